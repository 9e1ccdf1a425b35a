"""The GitHub of the tests gives tokens what they were given, and no more than its limits."""

from __future__ import annotations

import pytest

from tests.double.client import graphql, rest
from tests.double.server import Double
from tests.double.state import Pull, Repository

WTPF = "/repos/acme/wtpf"
READ = {"pull-requests": "read"}
POINT = "query { rateLimit { limit cost remaining used nodeCount resetAt } }"


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one file."""
    return github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})


@pytest.fixture
def pull(github: Double, home: Repository) -> Pull:
    """A pull request."""
    github.world.user("ana")
    return github.world.open_pull(home, "ana", files={"report/1.md": "Two.\n"})


@pytest.mark.parametrize(
    ("permissions", "method", "path", "body", "accepted"),
    [
        ({}, "GET", f"{WTPF}/pulls", None, "pull_requests=read"),
        (
            {"pull-requests": "read"},
            "POST",
            f"{WTPF}/issues/1/comments",
            {"body": "x"},
            "issues=write; pull_requests=write",
        ),
        ({"pull-requests": "write"}, "POST", f"{WTPF}/statuses/main", {"state": "success"}, "statuses=write"),
        ({"contents": "read"}, "POST", f"{WTPF}/releases", {"tag_name": "v1"}, "contents=write"),
        ({"contents": "write"}, "GET", f"{WTPF}/immutable-releases", None, "administration=read"),
    ],
)
def test_a_job_without_the_permission_is_refused(
    github: Double,
    pull: Pull,
    permissions: dict[str, str],
    method: str,
    path: str,
    body: object,
    accepted: str,
) -> None:
    token = github.world.mint(permissions=permissions)
    found = rest(github, method, path, token, body)
    assert (found.status, found.body["message"]) == (403, "Resource not accessible by integration")
    assert found.headers["x-accepted-github-permissions"] == accepted


def test_a_job_with_either_permission_may_comment(github: Double, pull: Pull) -> None:
    for name in ("issues", "pull-requests"):
        token = github.world.mint(permissions={name: "write"})
        assert rest(github, "POST", f"{WTPF}/issues/1/comments", token, {"body": "x"}).status == 201


def test_graphql_asks_for_the_permission_to_read(github: Double, pull: Pull) -> None:
    token = github.world.mint(permissions={"pull-requests": "read"})
    query = """query { repository(owner: "acme", name: "wtpf") { pullRequest(number: 1) { title
        commits(last: 1) { nodes { commit { oid status { state } } } } } } }"""
    body = graphql(github, token, query)
    assert body["data"]["repository"]["pullRequest"]["title"] == "A proposal"
    (error,) = body["errors"]
    assert (error["type"], error["path"][-1]) == ("FORBIDDEN", "status")


def test_the_token_of_a_job_reaches_its_own_repository_only(github: Double, home: Repository) -> None:
    github.world.repository("acme/other", {"a": "b"})
    token = github.world.mint(permissions={"issues": "write"}, repository=home)
    assert rest(github, "POST", "/repos/acme/other/issues", token, {"title": "x"}).status == 403
    assert rest(github, "POST", "/repos/acme/wtpf/issues", token, {"title": "x"}).status == 201


def test_who_a_token_is(github: Double, home: Repository) -> None:
    job, own = github.world.mint(), github.world.mint("acme", kind="user")
    assert rest(github, "GET", "/user", job).status == 403
    assert rest(github, "GET", "/user", own).body["login"] == "acme"
    github.world.revoke(own)
    assert rest(github, "GET", "/user", own).status == 401
    assert rest(github, "GET", WTPF, "nonsense").body["message"] == "Bad credentials"


def test_a_persons_token_does_what_the_person_may(github: Double, home: Repository) -> None:
    world = github.world
    world.user("ana")
    own = world.mint("ana", kind="user")
    body = {"state": "success"}
    assert rest(github, "POST", f"{WTPF}/issues", own, {"title": "x"}).status == 201
    assert rest(github, "POST", f"{WTPF}/statuses/main", own, body).status == 403
    world.grant(home, "ana", "write")
    assert rest(github, "POST", f"{WTPF}/statuses/main", own, body).status == 201
    assert rest(github, "GET", f"{WTPF}/actions/permissions", own).status == 403
    world.grant(home, "ana", "admin")
    assert rest(github, "GET", f"{WTPF}/actions/permissions", own).status == 200


def test_strangers_may_read_what_is_public(github: Double, home: Repository) -> None:
    assert rest(github, "GET", WTPF, None).status == 200
    assert rest(github, "POST", f"{WTPF}/issues", None, {"title": "x"}).status == 404
    home.private = True
    assert rest(github, "GET", WTPF, None).status == 404


def test_the_budget_of_an_hour(github: Double, home: Repository) -> None:
    world = github.world
    token = world.mint()
    world.limits.budget(world.tokens[token], "core").used = 999
    assert rest(github, "GET", WTPF, token).headers["x-ratelimit-remaining"] == "0"
    found = rest(github, "GET", WTPF, token)
    assert (found.status, found.headers["x-ratelimit-remaining"]) == (403, "0")
    assert found.body["message"].startswith("API rate limit exceeded")
    assert rest(github, "GET", "/rate_limit", token).body["resources"]["core"]["remaining"] == 0
    world.clock.advance(hours=1)
    assert rest(github, "GET", WTPF, token).status == 200


def test_jobs_of_a_repository_share_a_budget(github: Double, home: Repository) -> None:
    world = github.world
    one, two = world.mint(repository=home), world.mint(repository=home)
    rest(github, "GET", WTPF, one)
    assert rest(github, "GET", WTPF, two).headers["x-ratelimit-used"] == "2"


def test_the_points_of_graphql(github: Double, home: Repository) -> None:
    world = github.world
    token = world.mint()
    found = graphql(github, token, POINT)["data"]["rateLimit"]
    assert (found["limit"], found["cost"], found["remaining"], found["nodeCount"]) == (1000, 1, 999, 0)
    world.limits.budget(world.tokens[token], "graphql").used = 1000
    refused = rest(github, "POST", "/graphql", token, {"query": POINT})
    assert (refused.status, refused.headers["x-ratelimit-remaining"]) == (200, "0")
    assert [one["type"] for one in refused.body["errors"]] == ["RATE_LIMITED"]


def test_too_many_writes_in_a_minute(github: Double, pull: Pull) -> None:
    world = github.world
    token = world.mint(permissions={"issues": "write"})
    answers = [rest(github, "POST", f"{WTPF}/issues/1/comments", token, {"body": "x"}) for _ in range(81)]
    assert [one.status for one in answers] == [201] * 80 + [403]
    assert answers[-1].headers["retry-after"] == "60"
    assert len(pull.comments) == 80
    world.clock.advance(minutes=1)
    assert rest(github, "POST", f"{WTPF}/issues/1/comments", token, {"body": "x"}).status == 201
    assert world.limits.most_writes_a_minute == 80


def test_too_many_writes_in_an_hour(github: Double, pull: Pull) -> None:
    world = github.world
    world.limits.writes_an_hour = 10
    token = world.mint(permissions={"issues": "write"})
    for _ in range(10):
        world.clock.advance(minutes=1)
        assert rest(github, "POST", f"{WTPF}/issues/1/comments", token, {"body": "x"}).status == 201
    world.clock.advance(minutes=1)
    assert rest(github, "POST", f"{WTPF}/issues/1/comments", token, {"body": "x"}).status == 403


def test_too_many_points_in_a_minute(github: Double, home: Repository) -> None:
    world = github.world
    world.limits.points_a_minute["core"] = 10
    token = world.mint(permissions={"issues": "write"})
    assert rest(github, "POST", f"{WTPF}/issues", token, {"title": "x"}).status == 201
    assert [rest(github, "GET", WTPF, token).status for _ in range(6)] == [200] * 5 + [403]


def test_github_need_not_say_when_to_come_again(github: Double, home: Repository) -> None:
    world = github.world
    world.limits.points_a_minute["core"], world.limits.retry_after = 1, None
    token = world.mint()
    assert rest(github, "GET", WTPF, token).status == 200
    refused = rest(github, "GET", WTPF, token)
    assert (refused.status, "retry-after" in refused.headers) == (403, False)


def test_queries_have_a_limit_a_minute_too(github: Double, home: Repository) -> None:
    world = github.world
    world.limits.points_a_minute["graphql"] = 1
    token = world.mint()
    answers = [rest(github, "POST", "/graphql", token, {"query": POINT}) for _ in range(2)]
    assert [one.status for one in answers] == [200, 403]
    assert answers[1].headers["retry-after"] == "60"
