"""What queries may ask and what they cost, by GitHub's own examples."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse, validate

from tests.double.client import graphql
from tests.double.graph.cost import reckon
from tests.double.graph.schema import schema
from tests.double.server import Double
from tests.double.state import Pull, Repository

# The two examples of GitHub's page on limits: https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
SMALL = """{ viewer {
  repositories(first: 50) { edges { node { issues(first: 10) { totalCount edges { node { title } } } } } } } }"""
LARGE = """{ viewer {
  repositories(first: 50) { edges { node {
    pullRequests(first: 20) { edges { node { comments(first: 10) { edges { node { bodyHTML } } } } } }
    issues(first: 20) { edges { node { comments(first: 10) { edges { node { bodyHTML } } } } } } } } }
  followers(first: 10) { edges { node { login } } } } }"""
POINTS = """{ viewer { repositories(first: 100) { edges { node {
    issues(first: 50) { edges { node { labels(first: 60) { edges { node { name } } } } } } } } } } }"""


@pytest.mark.parametrize(
    ("query", "nodes", "requests", "points"),
    [
        (SMALL, 50 + 50 * 10, 51, 1),
        (LARGE, 22_060, 1 + 1 + 50 + 50 * 20 + 50 + 50 * 20, 21),
        (POINTS, 100 + 100 * 50 + 100 * 50 * 60, 5_101, 51),
        ("{ viewer { login } }", 0, 0, 1),
    ],
)
def test_cost_as_github_reckons_it(query: str, nodes: int, requests: int, points: int) -> None:
    document = parse(query)
    assert validate(schema(), document) == []
    found = reckon(schema(), document, {})
    assert (found.nodes, found.requests, found.points) == (nodes, requests, points)


def test_fragments_and_variables_cost_the_same() -> None:
    written = """query ($n: Int!, $m: Int = 10) { viewer { ...both } }
        fragment both on User {
            repositories(first: $n) { nodes { ... on Repository { issues(last: $m) { totalCount } } } } }"""
    found = reckon(schema(), parse(written), {"n": 50})
    assert (found.nodes, found.requests) == (550, 51)


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with three pull requests, the first changed last."""
    world = github.world
    world.user("ana")
    home = world.repository("acme/wtpf", {"report/1.md": "One.\n"})
    for number in range(3):
        world.clock.advance(minutes=1)
        world.open_pull(home, "ana", f"Number {number + 1}", files={"report/1.md": f"{number}.\n"})
    world.clock.advance(minutes=1)
    world.comment(home.topics[1], "ana", "Still here")
    return home


@pytest.fixture
def token(github: Double, home: Repository) -> str:
    """A token that may read."""
    return github.world.mint(permissions={"pull-requests": "read", "issues": "read", "contents": "read"})


def asked(github: Double, token: str, fields: str) -> Any:
    """Fields of the repository."""
    return graphql(github, token, f'query {{ repository(owner: "acme", name: "wtpf") {{ {fields} }} }}')


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        ("pullRequests(first: 101) { totalCount }", "EXCESSIVE_PAGINATION"),
        ("pullRequests(first: 0) { totalCount }", "EXCESSIVE_PAGINATION"),
        ("pullRequests { totalCount }", "MISSING_PAGINATION_BOUNDARIES"),
        (
            """pullRequests(first: 50) { nodes { reviews(first: 100) { nodes {
            comments(first: 100) { totalCount } } } } }""",
            "MAX_NODE_LIMIT_EXCEEDED",
        ),
    ],
)
def test_pages_have_bounds(github: Double, token: str, pages: str, kind: str) -> None:
    body = asked(github, token, pages)
    assert [one["type"] for one in body["errors"]] == [kind]
    assert "data" not in body


def test_in_the_order_asked_for(github: Double, token: str, home: Repository) -> None:
    def numbers(order: str) -> list[int]:
        body = asked(github, token, f"pullRequests(first: 9{order}) {{ nodes {{ number }} }}")
        return [one["number"] for one in body["data"]["repository"]["pullRequests"]["nodes"]]

    assert numbers("") == [1, 2, 3]
    assert numbers(", orderBy: {field: UPDATED_AT, direction: DESC}") == [1, 3, 2]
    assert numbers(", orderBy: {field: UPDATED_AT, direction: ASC}") == [2, 3, 1]
    github.world.close(home.topics[2])
    assert numbers(", states: [OPEN]") == [1, 3]
    assert numbers(", states: [CLOSED, MERGED]") == [2]


def test_a_page_shifts_when_things_change_between(github: Double, token: str, home: Repository) -> None:
    order = "orderBy: {field: UPDATED_AT, direction: DESC}"
    page = f"pullRequests(first: 2, {order}%s) {{ nodes {{ number }} pageInfo {{ endCursor hasNextPage }} }}"
    first = asked(github, token, page % "")["data"]["repository"]["pullRequests"]
    github.world.clock.advance(minutes=1)
    github.world.comment(home.topics[2], "ana", "I move to the front")
    cursor = first["pageInfo"]["endCursor"]
    second = asked(github, token, page % f', after: "{cursor}"')["data"]["repository"]["pullRequests"]
    assert [one["number"] for one in first["nodes"]] == [1, 3]
    assert second["nodes"] == [], "what moved to the front is not seen on a later page"


def test_a_cursor_that_is_none(github: Double, token: str) -> None:
    body = asked(github, token, 'pullRequests(first: 2, after: "zzz!") { nodes { number } }')
    assert [one["type"] for one in body["errors"]] == ["INVALID_CURSOR_ARGUMENTS"]


def test_what_is_not_there(github: Double, token: str) -> None:
    body = asked(github, token, "pullRequest(number: 99) { id }")
    (error,) = body["errors"]
    assert body["data"] == {"repository": {"pullRequest": None}}
    assert (error["type"], error["path"]) == ("NOT_FOUND", ["repository", "pullRequest"])
    body = graphql(github, token, 'query { repository(owner: "acme", name: "nothing") { id } }')
    assert (body["data"], body["errors"][0]["type"]) == ({"repository": None}, "NOT_FOUND")


def test_nodes_by_their_ids(github: Double, token: str, home: Repository) -> None:
    comment = home.topics[1].comments[0]
    github.world.delete_comment(comment)
    ids = [f"PR_{home.topics[2].id}", f"IC_{comment.id}", "nonsense"]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number } } }"
    body = graphql(github, token, query, ids=ids)
    assert body["data"]["nodes"] == [{"number": 2}, None, None]
    assert [(one["type"], one["path"]) for one in body["errors"]] == [
        ("NOT_FOUND", ["nodes", 1]),
        ("NOT_FOUND", ["nodes", 2]),
    ]


def test_a_number_past_graphqls_int_is_an_error(github: Double, token: str) -> None:
    body = asked(github, token, "pullRequest(number: 1) { comments(first: 1) { nodes { databaseId } } }")
    assert body["data"]["repository"]["pullRequest"]["comments"]["nodes"] == [{"databaseId": None}]
    assert "32-bit" in body["errors"][0]["message"]
    assert len(github.world.violations) == 1, "a program that asks for it has a mistake"
    github.world.violations.clear()


def test_objects_of_git(github: Double, token: str, home: Repository) -> None:
    fields = 'defaultBranchRef { name target { oid } } object(expression: "main:report/1.md") { ... on Blob { text } }'
    found = asked(github, token, fields)["data"]["repository"]
    tip = github.world.bare(home).tip("refs/heads/main")
    assert found == {
        "defaultBranchRef": {"name": "main", "target": {"oid": tip}},
        "object": {"text": "One.\n"},
    }


def test_issues_since_a_moment(github: Double, token: str, home: Repository) -> None:
    world = github.world
    world.open_issue(home, "ana", "Early")
    world.clock.advance(minutes=1)
    world.open_issue(home, "ana", "Late", labels=("intake",))
    for wanted, seen in (
        (f'{{since: "{world.clock.now().isoformat()}"}}', ["Late"]),
        ('{labels: ["INTAKE"]}', ["Late"]),
        ("{states: [OPEN]}", ["Early", "Late"]),
    ):
        body = asked(github, token, f"issues(first: 9, filterBy: {wanted}) {{ nodes {{ title }} }}")
        assert [one["title"] for one in body["data"]["repository"]["issues"]["nodes"]] == seen


def test_files_and_the_last_of_many(github: Double, token: str, home: Repository) -> None:
    pull = home.topics[3]
    assert isinstance(pull, Pull)
    for number in range(3):
        github.world.review(pull, "ana", "COMMENTED", str(number))
    reviews = "reviews(last: 2) { nodes { body } pageInfo { hasPreviousPage } }"
    fields = f"files(first: 9) {{ nodes {{ path changeType }} }} {reviews}"
    found = asked(github, token, f"pullRequest(number: 3) {{ {fields} }}")["data"]["repository"][
        "pullRequest"
    ]
    assert found["files"]["nodes"] == [{"path": "report/1.md", "changeType": "MODIFIED"}]
    assert [one["body"] for one in found["reviews"]["nodes"]] == ["1", "2"]
    assert found["reviews"]["pageInfo"]["hasPreviousPage"] is True
