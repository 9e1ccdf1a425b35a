"""The GitHub of the tests keeps what is done to it, and shows it alike in REST, GraphQL and Git."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.double.server import Double
from tests.double.state import Pull, Repository

ALL = {
    "contents": "write",
    "issues": "write",
    "pull-requests": "write",
    "statuses": "write",
    "checks": "write",
}


def rest(double: Double, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
    """One request, and what came: its status and its body."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(double.url + path, data, headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as found:  # noqa: S310
            return found.status, json.loads(found.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def graphql(double: Double, token: str, query: str, **variables: Any) -> Any:
    """One query, and what came."""
    return rest(double, "POST", "/graphql", token, {"query": query, "variables": variables})[1]


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one file."""
    return github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})


@pytest.fixture
def pull(github: Double, home: Repository) -> Pull:
    """A pull request from the fork of somebody."""
    github.world.user("mallory")
    return github.world.open_pull(home, "mallory", "A word", files={"report/1.md": "Two.\n"})


def test_a_comment_of_the_bot_is_there_everywhere(github: Double, home: Repository, pull: Pull) -> None:
    token = github.world.mint(permissions=ALL, repository=home)
    status, made = rest(github, "POST", "/repos/acme/wtpf/issues/1/comments", token, {"body": "Hello"})
    assert (status, made["user"]["id"], made["user"]["type"]) == (201, 41898282, "Bot")
    query = """query { repository(owner: "acme", name: "wtpf") { pullRequest(number: 1) {
        comments(first: 5) { nodes { fullDatabaseId body author { __typename login } } } } } }"""
    found = graphql(github, token, query)["data"]["repository"]["pullRequest"]["comments"]["nodes"]
    author = {"__typename": "Bot", "login": "github-actions"}
    assert found == [{"fullDatabaseId": str(made["id"]), "body": "Hello", "author": author}]
    assert [one.words.text for one in pull.comments] == ["Hello"]


def test_the_head_of_a_pull_request_is_fetched_from_its_base(
    github: Double, home: Repository, pull: Pull, tmp_path: Path
) -> None:
    bare = github.world.bare(home)
    assert bare.tip("refs/pull/1/head") == pull.head
    assert bare.read("show", "refs/pull/1/head:report/1.md") == b"Two.\n"
