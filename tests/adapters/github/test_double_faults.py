"""What can go wrong outside goes wrong on demand, at exactly the call that a test says."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

from tests.double.client import graphql, rest
from tests.double.faults import (
    Fault,
    bad_gateway,
    connection_lost,
    gateway_timeout,
    meanwhile,
    partial_data,
    rate_limited,
    resource_limit,
    secondary_limit,
    too_many,
    truncated,
)
from tests.double.server import Double
from tests.double.state import Pull

COMMENTS = "/repos/acme/wtpf/issues/1/comments"
QUERY = """query Snapshot { repository(owner: "acme", name: "wtpf") { pullRequests(first: 50) { nodes {
    number comments(first: 10) { nodes { body } } } } } }"""


@pytest.fixture
def pull(github: Double) -> Pull:
    """A pull request with two comments."""
    world = github.world
    world.user("ana")
    pull = world.open_pull(world.repository("acme/wtpf", {"a.md": "One.\n"}), "ana", files={"a.md": "Two.\n"})
    world.comment(pull, "ana", "One")
    world.comment(pull, "ana", "Two")
    return pull


@pytest.fixture
def token(github: Double, pull: Pull) -> str:
    """A token that may comment."""
    return github.world.mint(permissions={"pull-requests": "write"})


@pytest.mark.parametrize(
    ("fault", "status", "retry_after", "made"),
    [
        (bad_gateway(), 502, None, 0),
        (bad_gateway(after_commit=True), 502, None, 1),
        (gateway_timeout(), 504, None, 0),
        (gateway_timeout(after_commit=True), 504, None, 1),
        (too_many(), 429, None, 0),
        (too_many(7), 429, "7", 0),
        (secondary_limit(), 403, "60", 0),
        (secondary_limit(None), 403, None, 0),
    ],
)
def test_a_write_that_fails(
    github: Double, pull: Pull, token: str, fault: Fault, status: int, retry_after: str | None, made: int
) -> None:
    github.world.faults.add("issues/create-comment", fault, call=2)
    answers = [rest(github, "POST", COMMENTS, token, {"body": "x"}) for _ in range(3)]
    assert [one.status for one in answers] == [201, status, 201]
    assert answers[1].headers.get("retry-after") == retry_after
    assert len(pull.comments) == 2 + 2 + made


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
def test_a_connection_that_ends(github: Double, pull: Pull, token: str, after: bool, made: int) -> None:
    github.world.faults.add("issues/create-comment", connection_lost(after_commit=after))
    with pytest.raises(http.client.RemoteDisconnected):
        rest(github, "POST", COMMENTS, token, {"body": "x"})
    assert len(pull.comments) == 2 + made


def test_a_query_that_is_refused_with_status_200(github: Double, token: str) -> None:
    github.world.faults.add("graphql/Snapshot", rate_limited())
    assert [one["type"] for one in graphql(github, token, QUERY)["errors"]] == ["RATE_LIMITED"]
    assert "errors" not in graphql(github, token, QUERY)


def test_data_with_a_hole(github: Double, token: str) -> None:
    path = ("repository", "pullRequests", "nodes", 0, "comments")
    github.world.faults.add("graphql", partial_data(*path))
    body = graphql(github, token, QUERY)
    assert body["data"]["repository"]["pullRequests"]["nodes"] == [{"number": 1, "comments": None}]
    assert body["errors"][0]["path"] == list(path)


def test_queries_that_ask_for_too_much_at_once(github: Double, token: str) -> None:
    github.world.faults.add("graphql", resource_limit(25), times=9)
    body = graphql(github, token, QUERY)
    assert (body["data"], body["errors"][0]["type"]) == ({"repository": None}, "RESOURCE_LIMITS_EXCEEDED")
    assert "errors" not in graphql(github, token, QUERY.replace("50", "25"))


def test_a_push_between_read_and_write(github: Double, pull: Pull, token: str) -> None:
    before = pull.head
    assert pull.head_repository is not None
    home, ref = pull.head_repository, pull.head_ref
    github.world.faults.add(
        "issues/create-comment", meanwhile(lambda: github.world.push(home, ref, {"a.md": "Three.\n"}))
    )
    assert rest(github, "GET", "/repos/acme/wtpf/pulls/1", token).body["head"]["sha"] == before
    assert rest(github, "POST", COMMENTS, token, {"body": "x"}).status == 201
    assert rest(github, "GET", "/repos/acme/wtpf/pulls/1", token).body["head"]["sha"] == pull.head != before


def test_pages_with_things_left_out(github: Double, token: str) -> None:
    github.world.faults.add("issues/list-comments", truncated(keep=1))
    assert [one["body"] for one in rest(github, "GET", COMMENTS, token).body] == ["One"]
    assert [one["body"] for one in rest(github, "GET", COMMENTS, token).body] == ["One", "Two"]
    nodes: tuple[Any, ...] = ("repository", "pullRequests", "nodes", 0, "comments", "nodes")
    github.world.faults.add("graphql", truncated(*nodes, keep=1))
    found = graphql(github, token, QUERY)["data"]["repository"]["pullRequests"]["nodes"]
    assert found[0]["comments"]["nodes"] == [{"body": "One"}]


def test_nothing_goes_wrong_any_more(github: Double, token: str) -> None:
    github.world.faults.add("issues/list-comments", bad_gateway(), times=99)
    assert rest(github, "GET", COMMENTS, token).status == 502
    github.world.faults.clear()
    assert rest(github, "GET", COMMENTS, token).status == 200
