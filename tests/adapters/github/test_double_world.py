"""The GitHub of the tests keeps what is done to it, and shows it alike in REST, GraphQL and Git."""

from __future__ import annotations

from typing import Any

import pytest

from tests.double.client import graphql, rest
from tests.double.server import Double
from tests.double.state import Pull, Repository

ALL = {
    "contents": "write",
    "issues": "write",
    "pull-requests": "write",
    "statuses": "write",
    "checks": "write",
}


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one file."""
    github.world.user("ana")
    return github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})


@pytest.fixture
def pull(github: Double, home: Repository) -> Pull:
    """A pull request from the fork of somebody."""
    github.world.user("mallory")
    return github.world.open_pull(home, "mallory", "A word", "Why", files={"report/1.md": "Two.\n"})


@pytest.fixture
def token(github: Double, home: Repository) -> str:
    """A token of a job that may do all that jobs need."""
    return github.world.mint(permissions=ALL, repository=home)


def shown(github: Double, token: str, fields: str) -> Any:
    """The pull request of these tests in GraphQL."""
    query = f'query {{ repository(owner: "acme", name: "wtpf") {{ pullRequest(number: 1) {{ {fields} }} }} }}'
    body = graphql(github, token, query)
    assert "errors" not in body, body
    return body["data"]["repository"]["pullRequest"]


def test_a_comment_of_the_bot_is_there_everywhere(github: Double, pull: Pull, token: str) -> None:
    made = rest(github, "POST", "/repos/acme/wtpf/issues/1/comments", token, {"body": "Hello"})
    assert (made.status, made.body["user"]["id"], made.body["user"]["type"]) == (201, 41898282, "Bot")
    assert made.body["user"]["login"] == "github-actions[bot]"
    found = shown(
        github, token, "comments(first: 5) { nodes { fullDatabaseId body author { __typename login } } }"
    )
    author = {"__typename": "Bot", "login": "github-actions"}
    assert found["comments"]["nodes"] == [
        {"fullDatabaseId": str(made.body["id"]), "body": "Hello", "author": author}
    ]
    assert [one.words.text for one in pull.comments] == ["Hello"]


def test_every_wording_of_a_comment_is_kept(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    comment = world.comment(pull, "ana", "/object no")
    world.clock.advance(minutes=5)
    world.edit_comment(comment, "/support", by="acme")
    history = "userContentEdits(first: 9) { nodes { editedAt editor { login } diff } }"
    fields = f"body lastEditedAt editor {{ login }} {history}"
    found = shown(github, token, f"comments(first: 5) {{ nodes {{ {fields} }} }}")["comments"]["nodes"]
    later, first = "2024-11-04T09:05:00Z", "2024-11-04T09:00:00Z"
    assert found == [
        {
            "body": "/support",
            "lastEditedAt": later,
            "editor": {"login": "acme"},
            "userContentEdits": {
                "nodes": [
                    {"editedAt": later, "editor": {"login": "acme"}, "diff": "/support"},
                    {"editedAt": first, "editor": {"login": "ana"}, "diff": "/object no"},
                ]
            },
        }
    ]


def test_what_was_never_edited_has_no_history(github: Double, pull: Pull, token: str) -> None:
    fields = "lastEditedAt editor { login } userContentEdits(first: 9) { totalCount }"
    assert shown(github, token, fields) == {
        "lastEditedAt": None,
        "editor": None,
        "userContentEdits": {"totalCount": 0},
    }


def test_a_replaced_history_is_in_the_timeline(github: Double, pull: Pull, token: str) -> None:
    world, before = github.world, pull.head
    assert pull.head_repository is not None
    world.clock.advance(hours=1)
    world.push(pull.head_repository, pull.head_ref, {"report/1.md": "Three.\n"}, parent=pull.base_sha)
    kinds = "itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]"
    one = "... on HeadRefForcePushedEvent { createdAt beforeCommit { oid } afterCommit { oid } }"
    found = shown(github, token, f"headRefOid timelineItems(first: 9, {kinds}) {{ nodes {{ {one} }} }}")
    event = {
        "createdAt": "2024-11-04T10:00:00Z",
        "beforeCommit": {"oid": before},
        "afterCommit": {"oid": pull.head},
    }
    assert found == {"headRefOid": pull.head, "timelineItems": {"nodes": [event]}}
    assert pull.head != before


def test_a_push_forward_is_no_replaced_history(github: Double, pull: Pull) -> None:
    assert pull.head_repository is not None
    github.world.push(pull.head_repository, pull.head_ref, {"report/1.md": "Three.\n"})
    assert pull.timeline == []
    assert github.world.bare(pull.repository).tip("refs/pull/1/head") == pull.head


def test_the_server_says_when_a_head_came(github: Double, pull: Pull, token: str) -> None:
    fields = "commits(last: 1) { nodes { commit { oid checkSuites(first: 5) { nodes { createdAt } } } } }"
    (found,) = shown(github, token, fields)["commits"]["nodes"]
    assert found["commit"] == {
        "oid": pull.head,
        "checkSuites": {"nodes": [{"createdAt": "2024-11-04T09:00:00Z"}]},
    }


def test_edits_of_a_pull_request_and_what_its_timeline_keeps(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    world.point(pull.repository, "refs/heads/other", pull.base_sha)
    world.edit(pull, title="Another word", body="Because", base="other")
    comment = world.comment(pull, "ana", "Gone soon")
    world.delete_comment(comment, by="acme")
    review = world.review(pull, "ana", "APPROVED")
    world.dismiss_review(review, "acme", "Too early")
    world.close(pull)
    world.reopen(pull)
    kinds = "BASE_REF_CHANGED_EVENT RENAMED_TITLE_EVENT COMMENT_DELETED_EVENT "
    kinds += "REVIEW_DISMISSED_EVENT CLOSED_EVENT REOPENED_EVENT"
    parts = (
        "... on BaseRefChangedEvent { previousRefName currentRefName } "
        "... on RenamedTitleEvent { previousTitle currentTitle } "
        "... on CommentDeletedEvent { actor { login } deletedCommentAuthor { login } } "
        "... on ReviewDismissedEvent { previousReviewState dismissalMessage }"
    )
    fields = f"timelineItems(first: 20, itemTypes: [{kinds}]) {{ nodes {{ __typename {parts} }} }}"
    found = [tuple(one.values()) for one in shown(github, token, fields)["timelineItems"]["nodes"]]
    assert found == [
        ("RenamedTitleEvent", "A word", "Another word"),
        ("BaseRefChangedEvent", "main", "other"),
        ("CommentDeletedEvent", {"login": "acme"}, {"login": "ana"}),
        ("ReviewDismissedEvent", "APPROVED", "Too early"),
        ("ClosedEvent",),
        ("ReopenedEvent",),
    ]


def test_threads_and_their_state(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    thread = world.remark(pull, "ana", "report/1.md", 1, "Which one?")
    world.reply(thread, "mallory", "This one.")
    fields = (
        "reviewThreads(first: 9) { nodes { isResolved path line comments(first: 9) { nodes { body } } } }"
    )
    expected = {"isResolved": False, "path": "report/1.md", "line": 1}
    said = {"comments": {"nodes": [{"body": "Which one?"}, {"body": "This one."}]}}
    assert shown(github, token, fields)["reviewThreads"]["nodes"] == [{**expected, **said}]
    world.resolve(thread, "ana")
    assert shown(github, token, fields)["reviewThreads"]["nodes"][0]["isResolved"] is True
    listed = rest(github, "GET", "/repos/acme/wtpf/pulls/1/comments", token).body
    assert [(one["body"], one.get("in_reply_to_id")) for one in listed] == [
        ("Which one?", None),
        ("This one.", listed[0]["id"]),
    ]


def test_what_a_deleted_account_wrote_stays_as_a_ghosts(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    world.comment(pull, "mallory", "Mine")
    world.review(pull, "mallory", "COMMENTED", "Mine too")
    world.delete_user("mallory")
    author = "author { login }"
    fields = (
        f"{author} comments(first: 5) {{ nodes {{ {author} }} }} reviews(first: 5) {{ nodes {{ {author} }} }}"
    )
    nobody = {"nodes": [{"author": None}]}
    assert shown(github, token, fields) == {"author": None, "comments": nobody, "reviews": nobody}
    (comment,) = rest(github, "GET", "/repos/acme/wtpf/issues/1/comments", token).body
    (review,) = rest(github, "GET", "/repos/acme/wtpf/pulls/1/reviews", token).body
    found = rest(github, "GET", "/repos/acme/wtpf/pulls/1", token).body
    assert (comment["user"]["login"], review["user"]) == ("ghost", None)
    assert (found["user"]["login"], found["head"]["user"], found["head"]["repo"]) == ("ghost", None, None)


def test_a_deleted_fork_leaves_the_pull_request(github: Double, pull: Pull, token: str) -> None:
    assert pull.head_repository is not None
    github.world.delete_fork(pull.head_repository)
    assert rest(github, "GET", "/repos/acme/wtpf/pulls/1", token).body["head"]["repo"] is None
    assert shown(github, token, "headRefOid headRepository { nameWithOwner }") == {
        "headRefOid": pull.head,
        "headRepository": None,
    }


def test_a_renamed_account_keeps_its_number(github: Double, pull: Pull, token: str) -> None:
    number = github.world.account("mallory").id
    github.world.rename_user("mallory", "mal")
    assert shown(github, token, "author { login ... on User { databaseId } }")["author"] == {
        "login": "mal",
        "databaseId": number,
    }
    assert rest(github, "GET", "/users/mallory", token).status == 404
    assert rest(github, "GET", f"/user/{number}", token).body["login"] == "mal"


def test_a_renamed_or_transferred_repository_is_found_by_its_old_name(
    github: Double, home: Repository, token: str
) -> None:
    github.world.rename_repository(home, "forum/opinions")
    moved = rest(github, "GET", "/repos/acme/wtpf/issues?per_page=5", token)
    assert (moved.status, moved.headers["location"]) == (
        301,
        f"{github.url}/repositories/{home.id}/issues?per_page=5",
    )
    assert rest(github, "GET", moved.headers["location"], token).status == 200
    assert rest(github, "GET", "/repos/acme/wtpf", token).status == 301
    query = 'query { repository(owner: "acme", name: "wtpf") { nameWithOwner databaseId } }'
    assert graphql(github, token, query)["data"]["repository"] == {
        "nameWithOwner": "forum/opinions",
        "databaseId": home.id,
    }


def test_a_merge_by_people_closes_it_as_merged(github: Double, pull: Pull, token: str) -> None:
    github.world.merge(pull, by="acme")
    assert shown(github, token, "state merged mergedBy { login }") == {
        "state": "MERGED",
        "merged": True,
        "mergedBy": {"login": "acme"},
    }
    assert pull.state == "closed"


def test_labels_are_the_same_whatever_their_case(github: Double, pull: Pull, token: str) -> None:
    path = "/repos/acme/wtpf/issues/1/labels"
    github.world.label(pull.repository, "State: open")
    added = rest(github, "POST", path, token, {"labels": ["state: OPEN", "new"]})
    assert [one["name"] for one in added.body] == ["State: open", "new"]
    assert rest(github, "DELETE", f"{path}/STATE%3A%20open", token).status == 200
    assert rest(github, "DELETE", f"{path}/STATE%3A%20open", token).status == 404
    assert [one["name"] for one in rest(github, "PUT", path, token, ["a", "b"]).body] == ["a", "b"]
    assert pull.labels == ["a", "b"]


def test_statuses_and_a_forged_check_of_the_same_name(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    world.check(pull.repository, pull.head, "accord/contribution")
    body = {"state": "pending", "context": "accord/contribution", "description": "Waits"}
    assert rest(github, "POST", f"/repos/acme/wtpf/statuses/{pull.head}", token, body).status == 201
    combined = rest(github, "GET", f"/repos/acme/wtpf/commits/{pull.head}/status", token).body
    assert (combined["state"], combined["total_count"]) == ("pending", 1)
    fields = (
        'commits(last: 1) { nodes { commit { status { state context(name: "accord/contribution") { description } } '
        "statusCheckRollup { state contexts(first: 9) { totalCount } } } } }"
    )
    assert shown(github, token, fields)["commits"]["nodes"][0]["commit"] == {
        "status": {"state": "PENDING", "context": {"description": "Waits"}},
        "statusCheckRollup": {"state": "PENDING", "contexts": {"totalCount": 2}},
    }
    runs = rest(github, "GET", f"/repos/acme/wtpf/commits/{pull.head}/check-runs", token).body
    assert [one["name"] for one in runs["check_runs"]] == ["accord/contribution"]


def test_issues_have_pull_requests_among_them_only_in_rest(github: Double, pull: Pull, token: str) -> None:
    github.world.open_issue(pull.repository, "ana", "A form", labels=("intake",))
    listed = rest(github, "GET", "/repos/acme/wtpf/issues", token).body
    assert [(one["number"], "pull_request" in one) for one in listed] == [(2, False), (1, True)]
    query = (
        'query { repository(owner: "acme", name: "wtpf") { issues(first: 9) { nodes { number title } } } }'
    )
    found = graphql(github, token, query)["data"]["repository"]["issues"]["nodes"]
    assert found == [{"number": 2, "title": "A form"}]


def test_comments_of_a_repository_since_a_moment(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    world.comment(pull, "ana", "Early")
    world.clock.advance(hours=2)
    world.comment(pull, "ana", "Late")
    found = rest(github, "GET", "/repos/acme/wtpf/issues/comments?since=2024-11-04T10:00:00Z", token).body
    assert [one["body"] for one in found] == ["Late"]


def test_one_page_leads_to_the_next(github: Double, pull: Pull, token: str) -> None:
    for number in range(5):
        github.world.comment(pull, "ana", str(number))
    first = rest(github, "GET", "/repos/acme/wtpf/issues/1/comments?per_page=2", token)
    assert [one["body"] for one in first.body] == ["0", "1"]
    parts = (part.partition("; ") for part in first.headers["link"].split(", "))
    links = {rel: address.strip("<>") for address, _, rel in parts}
    assert rest(github, "GET", links['rel="last"'], token).body[0]["body"] == "4"
    cursors = "first: 2, after: $after"
    query = (
        'query ($after: String) { repository(owner: "acme", name: "wtpf") { pullRequest(number: 1) { '
        f"comments({cursors}) {{ nodes {{ body }} pageInfo {{ hasNextPage endCursor }} }} }} }} }}"
    )
    seen, after = [], None
    for _ in range(3):
        page = graphql(github, token, query, after=after)["data"]["repository"]["pullRequest"]["comments"]
        seen += [one["body"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert (seen, page["pageInfo"]["hasNextPage"]) == (["0", "1", "2", "3", "4"], False)


def test_what_is_unchanged_costs_nothing(github: Double, home: Repository, token: str) -> None:
    first = rest(github, "GET", "/repos/acme/wtpf/issues", token)
    again = rest(github, "GET", "/repos/acme/wtpf/issues", token, If_None_Match=first.headers["etag"])
    assert (again.status, again.headers["x-ratelimit-used"]) == (304, first.headers["x-ratelimit-used"])


def test_a_pull_request_opened_by_rest(github: Double, pull: Pull, token: str) -> None:
    world = github.world
    assert pull.head_repository is not None
    world.push(pull.head_repository, "other", {"report/1.md": "Other.\n"})
    body = {"title": "Another", "head": "mallory:other", "base": "main"}
    path, own = "/repos/acme/wtpf/pulls", world.mint("mallory", kind="user")
    made = rest(github, "POST", path, own, body).body
    assert (made["number"], made["user"]["login"], made["head"]["label"]) == (2, "mallory", "mallory:other")
    assert "already exists" in rest(github, "POST", path, own, body).body["errors"][0]["message"]
    assert rest(github, "POST", path, own, {**body, "head": "mallory:none"}).status == 422
    assert [one["number"] for one in rest(github, "GET", path, token).body] == [2, 1]


@pytest.mark.parametrize(
    ("quiet", "changed"), [(set(), "2024-11-04T10:00:00Z"), ({"comment edited"}, "2024-11-04T09:00:00Z")]
)
def test_what_counts_as_a_change(
    github: Double, pull: Pull, token: str, quiet: set[str], changed: str
) -> None:
    world = github.world
    comment = world.comment(pull, "ana", "Hello")
    world.quiet = quiet
    world.clock.advance(hours=1)
    world.edit_comment(comment, "Hello again")
    assert shown(github, token, "updatedAt")["updatedAt"] == changed


def test_a_status_or_a_check_is_no_change(github: Double, pull: Pull) -> None:
    world, before = github.world, pull.updated
    world.clock.advance(hours=1)
    world.set_status(pull.repository, pull.head, "x", "success", "acme")
    world.check(pull.repository, pull.head, "x")
    assert pull.updated == before


def test_who_asks_has_the_name_that_rest_gives_it(github: Double, token: str) -> None:
    found = graphql(github, token, "query { viewer { login databaseId } }")["data"]["viewer"]
    assert found == {"login": "github-actions[bot]", "databaseId": 41898282}
