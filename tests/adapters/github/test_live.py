"""What Accord relies on in GitHub. By default these sentences are tested against the double; with `--target=live`
against the real one, in a sandbox repository: the only way to find out that GitHub changed what it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.adapters.github.conftest import Target


@pytest.fixture
def issue(target: Target) -> Iterator[int]:
    """A fresh issue, closed at the end."""
    made = target.rest("POST", "/issues", {"title": f"Trial {uuid4()}", "body": "Made by a test."})
    assert made.status == 201
    yield made.body["number"]
    target.rest("PATCH", f"/issues/{made.body['number']}", {"state": "closed"})


def comment(target: Target, issue: int, text: str) -> int:
    """A new comment's number."""
    made = target.rest("POST", f"/issues/{issue}/comments", {"body": text})
    assert made.status == 201
    number: int = made.body["id"]
    return number


def test_every_wording_is_kept_newest_first_and_whole(target: Target, issue: int) -> None:
    number = comment(target, issue, "/object to 2.1")
    assert target.rest("PATCH", f"/issues/comments/{number}", {"body": "/support"}).status == 200
    history = "userContentEdits(first: 9) { totalCount nodes { diff } }"
    fields = f"issue(number: {issue}) {{ comments(first: 9) {{ nodes {{ body lastEditedAt {history} }} }} }}"
    (found,) = target.graphql(fields)["data"]["repository"]["issue"]["comments"]["nodes"]
    assert found["lastEditedAt"] is not None
    assert found["userContentEdits"] == {
        "totalCount": 2,
        "nodes": [{"diff": "/support"}, {"diff": "/object to 2.1"}],
    }


def test_what_was_not_edited_has_no_last_edit(target: Target, issue: int) -> None:
    comment(target, issue, "Hello")
    fields = (
        f"issue(number: {issue}) {{ comments(first: 9) {{ nodes {{ lastEditedAt editor {{ login }} }} }} }}"
    )
    (found,) = target.graphql(fields)["data"]["repository"]["issue"]["comments"]["nodes"]
    assert found == {"lastEditedAt": None, "editor": None}


def test_a_deleted_comment_leaves_a_trace(target: Target, issue: int) -> None:
    number = comment(target, issue, "Gone soon")
    assert target.rest("DELETE", f"/issues/comments/{number}").status == 204
    assert target.rest("GET", f"/issues/comments/{number}").status == 404
    events = "timelineItems(first: 9, itemTypes: [COMMENT_DELETED_EVENT]) { nodes { __typename } }"
    found = target.graphql(f"issue(number: {issue}) {{ {events} }}")["data"]["repository"]["issue"]
    assert found["timelineItems"]["nodes"] == [{"__typename": "CommentDeletedEvent"}]


def test_numbers_of_comments_come_as_text(target: Target, issue: int) -> None:
    number = comment(target, issue, "Hello")
    fields = f"issue(number: {issue}) {{ comments(first: 9) {{ nodes {{ fullDatabaseId }} }} }}"
    (found,) = target.graphql(fields)["data"]["repository"]["issue"]["comments"]["nodes"]
    assert found == {"fullDatabaseId": str(number)}


def test_a_comment_has_a_longest_length(target: Target, issue: int) -> None:
    assert target.rest("POST", f"/issues/{issue}/comments", {"body": "x" * 65_537}).status == 422


def test_labels_go_by_name_whatever_the_case(target: Target, issue: int) -> None:
    name = f"trial-{uuid4().hex[:8]}"
    assert target.rest("POST", f"/issues/{issue}/labels", {"labels": [name]}).status == 200
    again = target.rest("POST", f"/issues/{issue}/labels", [name.upper()])
    assert [one["name"] for one in again.body] == [name], "a bare list is taken, too"
    assert target.rest("DELETE", f"/issues/{issue}/labels/{name.upper()}").status == 200
    assert target.rest("DELETE", f"/issues/{issue}/labels/{name}").status == 404


def test_the_newest_status_of_a_context_holds(target: Target) -> None:
    tip = target.graphql("defaultBranchRef { target { oid } }")["data"]["repository"]["defaultBranchRef"]
    sha, context = tip["target"]["oid"], f"trial-{uuid4().hex[:8]}"
    for state in ("pending", "success"):
        assert target.rest("POST", f"/statuses/{sha}", {"state": state, "context": context}).status == 201
    combined = target.rest("GET", f"/commits/{sha}/status?per_page=100").body
    assert [one["state"] for one in combined["statuses"] if one["context"] == context] == ["success"]
    fields = (
        f'object(oid: "{sha}") {{ ... on Commit {{ status {{ context(name: "{context}") {{ state }} }} }} }}'
    )
    assert target.graphql(fields)["data"]["repository"]["object"]["status"] == {
        "context": {"state": "SUCCESS"}
    }


def test_refs_go_forward_only(target: Target) -> None:
    tip = target.graphql("defaultBranchRef { target { oid } }")["data"]["repository"]["defaultBranchRef"]
    sha, name = tip["target"]["oid"], f"trial-{uuid4().hex[:8]}"
    made = {"ref": f"refs/heads/{name}", "sha": sha}
    assert target.rest("POST", "/git/refs", made).status == 201
    again = target.rest("POST", "/git/refs", made)
    assert (again.status, again.body["message"]) == (422, "Reference already exists")
    assert target.rest("DELETE", f"/git/refs/heads/{name}").status == 204
    assert target.rest("GET", f"/git/ref/heads/{name}").status == 404


def test_what_is_unchanged_is_not_sent_again(target: Target, issue: int) -> None:
    first = target.rest("GET", f"/issues/{issue}/comments")
    assert target.rest("GET", f"/issues/{issue}/comments", If_None_Match=first.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("pullRequests(first: 101) { totalCount }", "EXCESSIVE_PAGINATION"),
        ("pullRequests { totalCount }", "MISSING_PAGINATION_BOUNDARIES"),
        ("pullRequest(number: 999999) { id }", "NOT_FOUND"),
    ],
)
def test_what_queries_are_told(target: Target, fields: str, kind: str) -> None:
    assert [one["type"] for one in target.graphql(fields)["errors"]] == [kind]


def test_the_price_of_a_query_is_told(target: Target) -> None:
    query = "createdAt } rateLimit { cost limit remaining nodeCount resetAt"
    found = target.graphql(query)["data"]["rateLimit"]
    assert (found["cost"], found["nodeCount"]) == (1, 0)
