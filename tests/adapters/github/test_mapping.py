"""Answers become plain values: who by number, when by the server, words as they were, and no hole filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from accord.adapters.github import mapping
from accord.adapters.github.limits import Unanswered
from accord.adapters.github.mapping import FollowedUp
from accord.domain.forge.snapshot import GHOST, Account, Push, Status, Wording

START = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
ANA = {"__typename": "User", "login": "ana", "databaseId": 7}
BEN = {"__typename": "User", "login": "ben", "databaseId": 8}
NONE: dict[str, Any] = {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}, "totalCount": 0}


def at(seconds: int) -> str:
    return (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def words(body: str = "Hello", **more: Any) -> dict[str, Any]:
    """A comment as GraphQL shows it."""
    plain = {
        "id": "IC_1",
        "fullDatabaseId": "3000000001",
        "author": ANA,
        "body": body,
        "createdAt": at(0),
        "lastEditedAt": None,
        "editor": None,
        "includesCreatedEdit": False,
    }
    return plain | more


def edit(seconds: int, text: str | None, editor: Any = ANA, deleted: int | None = None) -> dict[str, Any]:
    when = None if deleted is None else at(deleted)
    return {"editedAt": at(seconds), "deletedAt": when, "diff": text, "editor": editor}


def listed(*nodes: Any) -> dict[str, Any]:
    return {**NONE, "nodes": list(nodes), "totalCount": len(nodes)}


def pull(**more: Any) -> dict[str, Any]:
    plain = {
        **words("Because", id="PR_1"),
        "number": 12,
        "title": "Words",
        "state": "OPEN",
        "updatedAt": at(5),
        "headRefOid": "c" * 40,
        "baseRefName": "main",
        **dict.fromkeys(("labels", "comments", "reviews", "reviewThreads", "timelineItems", "commits"), NONE),
    }
    return plain | more


def reviewed(**more: Any) -> dict[str, Any]:
    plain = {"id": "PRR_1", "state": "APPROVED", "submittedAt": at(0), "commit": {"oid": "c" * 40}}
    return words(**{**plain, **more})


# --- accounts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "account"),
    [
        (None, GHOST),
        (ANA, Account(id=7, login="ana")),
        (
            {"__typename": "Bot", "login": "github-actions", "databaseId": 41898282},
            Account(id=41898282, login="github-actions", bot=True),
        ),
        ({"__typename": "Organization", "login": "acme", "databaseId": 3}, Account(id=3, login="acme")),
        ({"__typename": "Mannequin", "login": "old", "databaseId": 4}, Account(id=4, login="old")),
        ({"__typename": "EnterpriseUserAccount", "login": "inc"}, Account(id=None, login="inc")),
    ],
)
def test_an_account_is_its_number(shown: Any, account: Account) -> None:
    assert mapping.account(shown) == account


@pytest.mark.parametrize(
    ("shown", "account"),
    [
        (None, GHOST),
        ({"id": 10137, "login": "ghost", "type": "User"}, GHOST),
        ({"id": 7, "login": "ana", "type": "User"}, Account(id=7, login="ana")),
        ({"id": 9, "login": "helper[bot]", "type": "Bot"}, Account(id=9, login="helper[bot]", bot=True)),
        ({"id": 10138, "login": "ghost", "type": "User"}, Account(id=10138, login="ghost")),
    ],
)
def test_an_account_of_rest_is_its_number(shown: Any, account: Account) -> None:
    assert mapping.rest_account(shown) == account


# --- wordings ---------------------------------------------------------------------------------------------


def test_an_untouched_post_has_one_wording() -> None:
    post = mapping.post(words(), FollowedUp())
    assert (post.id, post.author.id, post.body, post.created) == (3_000_000_001, 7, "Hello", START)
    assert (post.edited, post.editor, post.history) == (None, None, ())


def changed(
    edits: list[dict[str, Any]], body: str = "three", **more: Any
) -> list[tuple[int, int | None, str | None]]:
    """The wordings of a comment last edited at second 20, as seconds, editor and text."""
    node = words(body, **{"lastEditedAt": at(20), "editor": ANA, "includesCreatedEdit": True} | more)
    found = mapping.post(node, FollowedUp(wordings={"IC_1": edits}))
    assert found.edited == START + timedelta(seconds=20)
    return [(int((one.moment - START).total_seconds()), one.editor.id, one.text) for one in found.wordings]


EDITS = [edit(20, "three"), edit(10, "two", BEN), edit(0, "one")]
WHOLE = [(0, 7, "one"), (10, 8, "two"), (20, 7, "three")]


def test_wordings_come_oldest_first_whichever_way_they_were_told() -> None:
    assert changed(EDITS) == WHOLE
    assert changed(EDITS[::-1]) == WHOLE


def test_edits_within_one_second_keep_their_order() -> None:
    assert [text for *_, text in changed([edit(20, "three"), edit(20, "two"), edit(0, "one")])] == [
        "one",
        "two",
        "three",
    ]


def test_the_first_wording_is_the_authors_at_the_moment_of_posting() -> None:
    assert changed([edit(20, "three"), edit(1, "one", BEN)])[0] == (0, 7, "one")


def test_a_first_wording_that_is_not_told_is_not_made_up() -> None:
    assert changed([edit(20, "three")], includesCreatedEdit=False) == [(0, 7, None), (20, 7, "three")]


@pytest.mark.parametrize(
    "gone", [edit(10, None, BEN), edit(10, "two", BEN, deleted=30), edit(10, None, BEN, 30)]
)
def test_a_wording_that_was_removed_stays_known_without_its_text(gone: dict[str, Any]) -> None:
    assert changed([EDITS[0], gone, EDITS[2]]) == [(0, 7, "one"), (10, 8, None), (20, 7, "three")]


def test_an_editor_who_is_gone_is_a_ghost() -> None:
    assert changed([EDITS[0], edit(10, "two", None), EDITS[2]])[1] == (10, None, "two")


def test_where_wordings_are_not_whole_texts_none_is_taken_for_one() -> None:
    """Should GitHub ever show differences only: what somebody wrote is then not known, and never guessed."""
    assert changed([edit(20, "@@ -1 +1 @@"), *EDITS[1:]]) == [(0, 7, None), (10, 8, None), (20, 7, "three")]


def test_line_ends_make_no_difference_to_what_is_whole() -> None:
    assert changed([edit(20, "a\r\nb\r\n"), *EDITS[1:]], body="a\nb")[1:] == [(10, 8, "two"), (20, 7, "a\nb")]


def test_what_was_edited_after_the_look_is_left_to_the_next() -> None:
    assert changed([edit(25, "four"), *EDITS]) == WHOLE


def test_where_nothing_is_told_of_wordings_only_the_newest_is_known() -> None:
    assert changed([]) == [(0, 7, None), (20, 7, "three")]


# --- reviews ----------------------------------------------------------------------------------------------


def test_a_review_is_said_when_it_is_submitted() -> None:
    """What was changed in a draft that nobody else saw is no edit."""
    node = reviewed(body="two", submittedAt=at(30), lastEditedAt=at(20), editor=ANA, includesCreatedEdit=True)
    found = mapping.review(node, FollowedUp(wordings={"PRR_1": [edit(20, "two"), edit(0, "one")]}))
    assert (found.created, found.edited, found.body) == (START + timedelta(seconds=30), None, "two")
    assert found.history == ()


def test_a_review_changed_in_draft_and_later_keeps_what_was_submitted() -> None:
    node = reviewed(
        body="three", submittedAt=at(30), lastEditedAt=at(40), editor=BEN, includesCreatedEdit=True
    )
    edits = [edit(40, "three", BEN), edit(20, "two"), edit(0, "one")]
    found = mapping.review(node, FollowedUp(wordings={"PRR_1": edits}))
    submitted, later = START + timedelta(seconds=30), START + timedelta(seconds=40)
    assert found.history == (
        Wording(moment=submitted, editor=mapping.account(ANA), text="two"),
        Wording(moment=later, editor=mapping.account(BEN), text="three"),
    )


def test_a_review_in_draft_is_not_read() -> None:
    node = pull(reviews=listed(reviewed(state="PENDING", submittedAt=None), reviewed()))
    assert len(mapping.pull_request(node, FollowedUp()).reviews) == 1


def test_a_review_of_a_commit_that_is_gone_has_none() -> None:
    assert mapping.review(reviewed(commit=None), FollowedUp()).commit is None


def test_the_last_dismissal_counts_and_only_for_a_review_that_is_dismissed() -> None:
    def dismissal(seconds: int, said: str, review: str | None) -> dict[str, Any]:
        kept = None if review is None else {"fullDatabaseId": review}
        return {
            "__typename": "ReviewDismissedEvent",
            "createdAt": at(seconds),
            "previousReviewState": said,
            "review": kept,
        }

    events = listed(
        dismissal(1, "APPROVED", "1"),
        dismissal(2, "CHANGES_REQUESTED", "1"),
        dismissal(3, "APPROVED", "2"),
        dismissal(4, "APPROVED", None),
        dismissal(5, "DISMISSED", "3"),
    )
    reviews = listed(
        *(
            reviewed(id=f"PRR_{n}", fullDatabaseId=str(n), state=state)
            for n, state in ((1, "DISMISSED"), (2, "APPROVED"), (3, "DISMISSED"), (4, "DISMISSED"))
        )
    )
    one, two, three, four = mapping.pull_request(
        pull(reviews=reviews, timelineItems=events), FollowedUp()
    ).reviews
    assert (one.was, one.dismissed) == ("CHANGES_REQUESTED", START + timedelta(seconds=2))
    assert (two.was, two.dismissed) == (None, None)
    assert (three.was, three.dismissed) == (None, START + timedelta(seconds=5))
    assert (four.was, four.dismissed) == (None, None)


# --- versions ---------------------------------------------------------------------------------------------

A, B, C, D = ("a" * 40, "b" * 40, "c" * 40, "d" * 40)


def pushed(seconds: int, before: str | None, after: str | None) -> dict[str, Any]:
    return {
        "__typename": "HeadRefForcePushedEvent",
        "createdAt": at(seconds),
        "beforeCommit": before and {"oid": before},
        "afterCommit": after and {"oid": after},
    }


def test_every_moment_at_which_a_server_names_a_head_is_told_in_order() -> None:
    node = pull(
        timelineItems=listed(
            pushed(10, A, B), pushed(20, B, None), pushed(30, None, C), pushed(40, None, None)
        ),
        commits=listed({"commit": {"oid": C}}, {"commit": {"oid": D}}),
    )
    suites = {
        A: [{"createdAt": at(2)}, {"createdAt": at(1)}, {"createdAt": at(1)}],
        D: [{"createdAt": at(-5)}, {"createdAt": at(35)}],
    }
    found = mapping.pull_request(node, FollowedUp(suites=suites)).pushes
    moments = [START + timedelta(seconds=seconds) for seconds in (1, 2, 10, 20, 30, 35)]
    assert found == (
        Push(moment=moments[0], after=A),
        Push(moment=moments[1], after=A),
        Push(moment=moments[2], after=B, before=A),
        Push(moment=moments[3], after=B),
        Push(moment=moments[4], after=C),
        Push(moment=moments[5], after=D),
    )


def test_every_commit_that_may_have_been_the_head_is_asked_for_once() -> None:
    node = pull(
        timelineItems=listed(pushed(10, A, B), pushed(20, B, None)),
        commits=listed({"commit": {"oid": C}}),
        reviews=listed(reviewed(commit={"oid": D}), reviewed(commit=None)),
    )
    assert mapping.heads(node) == [C, D, A, B]


def test_the_statuses_are_those_of_the_newest_head() -> None:
    contexts = [{"context": "accord/contribution", "state": "SUCCESS", "description": None}]
    other = [{"context": "x", "state": "ERROR", "description": "y"}]
    found = mapping.pull_request(pull(), FollowedUp(statuses={C: contexts, A: other}))
    assert found.statuses == (Status(context="accord/contribution", state="success"),)


# --- topics -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "is_open", "merged"), [("OPEN", True, False), ("CLOSED", False, False), ("MERGED", False, True)]
)
def test_the_state_is_told(state: str, is_open: bool, merged: bool) -> None:
    found = mapping.pull_request(pull(state=state), FollowedUp())
    assert (found.open, found.merged) == (is_open, merged)


def test_a_thread_without_a_remark_that_is_shown_has_no_posts() -> None:
    node = {"id": "T_1", "path": "report/1.md", "line": None, "isResolved": True}
    found = mapping.thread(node, FollowedUp())
    assert (found.line, found.resolved, found.posts) == (None, True, ())


def test_posts_come_in_the_order_in_which_they_were_said() -> None:
    node = pull(
        comments=listed(
            words("c", fullDatabaseId="3", createdAt=at(2)),
            words("b", fullDatabaseId="2", createdAt=at(1)),
            words("a", fullDatabaseId="1", createdAt=at(1)),
        )
    )
    assert [one.body for one in mapping.pull_request(node, FollowedUp()).comments] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "connection", ["labels", "comments", "reviews", "reviewThreads", "timelineItems", "commits"]
)
def test_a_hole_is_refused(connection: str) -> None:
    with pytest.raises(Unanswered) as caught:
        mapping.pull_request(pull(**{connection: listed(None)}), FollowedUp())
    assert caught.value.findings[0].rule == "forge-partial"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-11-04T09:00:00Z", START),
        ("2024-11-04T10:00:00+01:00", START),
        ("2024-11-04T09:00:00.000Z", START),
    ],
)
def test_a_moment_is_read_in_utc(text: str, moment: datetime) -> None:
    assert mapping.moment(text) == moment
    assert mapping.moment(text).tzinfo is UTC
    assert moment.astimezone(timezone(timedelta(hours=5))) == moment


# --- REST -------------------------------------------------------------------------------------------------


def test_a_comment_of_rest_is_edited_when_its_moments_differ() -> None:
    comment = {
        "id": 5,
        "user": {"id": 7, "login": "ana", "type": "User"},
        "body": None,
        "created_at": at(0),
        "updated_at": at(0),
    }
    assert mapping.rest_post(comment).edited is None
    assert mapping.rest_post(comment).body == ""
    assert mapping.rest_post(comment | {"updated_at": at(9)}).edited == START + timedelta(seconds=9)
