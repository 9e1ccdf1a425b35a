"""The smallest difference between what a forge shows and what it should show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accord.domain.forge.marker import Marker
from accord.domain.forge.plan import (
    CONTEXT,
    AddLabels,
    Answer,
    DeleteComment,
    EditComment,
    Gate,
    Plan,
    PostComment,
    RemoveLabel,
    Screen,
    SetStatus,
    Wanted,
    answered_posts,
    managed,
    plan,
    status_comments,
)
from accord.domain.forge.snapshot import BOT, Account, Form, Post, PullRequest, Status

NOW = datetime(2024, 8, 20, tzinfo=UTC)
TOOL, EVE = Account(id=BOT, login="github-actions", bot=True), Account(id=9, login="eve")
HEAD = "a" * 40
GATE = Gate(state="pending", description="Open.")
SCREEN = Screen(
    marker=Marker(revision=2, events=10, record="0" * 12),
    content="### It is open.\n\nWords.",
    tail="Written at ten.",
    notes={"labels": "Labels back.", "status": "Status back.", "comment": "Comment back."},
)
WANTED = Wanted(
    number=7, commit=HEAD, labels=frozenset({"state:open", "class:view"}), gate=GATE, screen=SCREEN
)
RIGHT = Status(context=CONTEXT, state="pending", description="Open.")


def post(body: str, id_: int = 1, author: Account = TOOL, editor: Account | None = None) -> Post:
    """A comment."""
    return Post(
        id=id_, author=author, body=body, created=NOW + timedelta(minutes=id_), edited=NOW, editor=editor
    )


def pull(
    *comments: Post,
    labels: tuple[str, ...] = ("state:open", "class:view"),
    statuses: tuple[Status, ...] = (RIGHT,),
) -> PullRequest:
    """A pull request."""
    body = Post(id=0, author=EVE, body="", created=NOW)
    return PullRequest(
        number=7,
        author=EVE,
        title="T",
        body=body,
        updated=NOW,
        open=True,
        labels=labels,
        comments=comments,
        head=HEAD,
        base="main",
        statuses=statuses,
    )


def older(**changes: object) -> str:
    """The comment of an earlier run."""
    marker = Marker(revision=2, events=4, record="f" * 12)
    screen = replace(SCREEN, marker=marker, tail="Written at nine.")
    return replace(screen, **changes).body()  # type: ignore[arg-type]


RIGHT_NOW = post(older())


def test_nothing_is_written_where_all_is_as_it_should_be() -> None:
    """The mark and the last line say when it was written, and are no difference."""
    assert plan(pull(RIGHT_NOW), WANTED, BOT) == Plan(number=7)
    crlf = post(older().replace("\n", "\r\n") + "\r\n")
    assert plan(pull(crlf), WANTED, BOT) == Plan(number=7)


def test_a_topic_that_shows_nothing_gets_everything_the_comment_last() -> None:
    """Whoever reads the comment finds the rest as it says."""
    wanted = replace(WANTED, answers=(Answer(posts=("comment/5",), body="An answer."),))
    assert plan(pull(labels=(), statuses=()), wanted, BOT).actions == (
        AddLabels(labels=("class:view", "state:open")),
        SetStatus(commit=HEAD, gate=GATE),
        PostComment(body="An answer."),
        PostComment(body=SCREEN.body(), status=True),
    )


@pytest.mark.parametrize(
    ("labels", "actions"),
    [
        (("state:open", "class:view", "help wanted"), ()),
        (("State:Open", "CLASS:view"), ()),
        (("state:open",), (AddLabels(labels=("class:view",)),)),
        (("state:open", "class:view", "state:ready"), (RemoveLabel(label="state:ready"),)),
        (("state:open", "class:view", "Window:W9"), (RemoveLabel(label="Window:W9"),)),
        (("stateless", "class", "statement:x", "state:open", "class:view"), ()),
        ((), (AddLabels(labels=("class:view", "state:open")),)),
    ],
)
def test_labels(labels: tuple[str, ...], actions: tuple[object, ...]) -> None:
    """Only those of managed prefixes are touched, and capitals don't count, as on the forge."""
    found = plan(pull(labels=labels), replace(WANTED, screen=None), BOT)
    assert found.actions == actions


def test_which_labels_are_managed() -> None:
    """Five prefixes, and nothing else."""
    assert [managed(one) for one in ("category:x", "class:", "kind:a", "window:W1", "state:open")] == [
        True
    ] * 5
    assert not any(managed(one) for one in ("bug", "states:x", "xstate:open", "windows", ""))


@pytest.mark.parametrize(
    ("statuses", "written"),
    [
        ((RIGHT,), False),
        ((), True),
        ((replace(RIGHT, state="success"),), True),
        ((replace(RIGHT, description="Other words."),), True),
        ((replace(RIGHT, context="another"),), True),
        ((replace(RIGHT, context="another", state="success"), RIGHT), False),
    ],
)
def test_the_status_is_set_where_it_is_another(statuses: tuple[Status, ...], written: bool) -> None:
    """By its own context, on the commit that was looked at."""
    wanted = replace(WANTED, screen=None)
    expected = (SetStatus(commit=HEAD, gate=GATE),) if written else ()
    assert plan(pull(statuses=statuses), wanted, BOT).actions == expected
    assert plan(pull(statuses=statuses), replace(wanted, gate=None), BOT).actions == ()


def test_a_form_has_no_status() -> None:
    """There is no commit to set it on."""
    form = Form(
        number=7, author=EVE, title="T", body=post(""), updated=NOW, open=True, labels=("state:open",)
    )
    assert plan(form, WANTED, BOT).actions == (
        AddLabels(labels=("class:view",)),
        PostComment(body=SCREEN.body(), status=True),
    )


def test_a_comment_that_says_something_else_is_written_anew_in_its_place() -> None:
    """It keeps its place in the discussion."""
    found = plan(pull(post(older(content="### It was held."))), WANTED, BOT)
    assert found.actions == (EditComment(comment=1, body=SCREEN.body()),)
    assert found.drift == ()


STRANGERS: list[Callable[[], Post]] = [
    lambda: post(SCREEN.body(), author=EVE),
    lambda: post(SCREEN.body(), author=Account(id=None, login="ghost")),
    lambda: post(SCREEN.body(), author=Account(id=77, login="github-actions", bot=True)),
    lambda: post(" " + SCREEN.body()),
    lambda: post("\ufeff" + SCREEN.body()),
    lambda: post("Quoted:\n\n" + SCREEN.body()),
    lambda: post("> " + SCREEN.body()),
    lambda: post("<!-- accord:status revision=x events=10 record=000000000000 -->\n### It is open."),
    lambda: post("<!-- accord:answer comment/1 -->\n" + SCREEN.body()),
]


@pytest.mark.parametrize("comment", STRANGERS)
def test_a_pasted_mark_makes_no_comment_ours(comment: Callable[[], Post]) -> None:
    """Neither another account's nor one in which the mark does not come first: ours is written beside it."""
    found = plan(pull(comment()), WANTED, BOT)
    assert found.actions == (PostComment(body=SCREEN.body(), status=True),)


def test_of_several_of_our_own_the_oldest_is_kept() -> None:
    """Two runs at once may have written two."""
    second, first = post(older(), id_=5), post(older(), id_=3)
    assert plan(pull(second, first), WANTED, BOT).actions == (DeleteComment(comment=5),)
    assert [one.id for one in status_comments(pull(second, first), BOT)] == [3, 5]
    changed = post(older(content="Old."), id_=3)
    assert plan(pull(second, changed), WANTED, BOT).actions == (
        EditComment(comment=3, body=SCREEN.body()),
        DeleteComment(comment=5),
    )


@pytest.mark.parametrize(("events", "newer"), [(9, False), (10, False), (11, True)])
def test_an_older_run_never_writes_over_a_newer_one(events: int, newer: bool) -> None:
    """More events in the mark are a later look at the record: nothing at all is written then."""
    mark = Marker(revision=3, events=events, record="f" * 12)
    late = post(older(marker=mark, content="Another."), id_=9)
    found = plan(pull(RIGHT_NOW, late, labels=(), statuses=()), WANTED, BOT)
    assert found.newer is newer
    assert (found.actions == ()) is newer


def test_a_stranger_cannot_stop_a_run_with_a_great_number() -> None:
    """A pasted mark says nothing about what was seen."""
    pasted = post(replace(SCREEN, marker=Marker(revision=9, events=999, record="0" * 12)).body(), author=EVE)
    assert plan(pull(pasted), WANTED, BOT).newer is False


def test_labels_changed_by_hand_are_put_back_and_said() -> None:
    """What we said stands, so the labels were changed by somebody else."""
    found = plan(pull(RIGHT_NOW, labels=("state:ready", "class:view")), WANTED, BOT)
    assert found.drift == ("labels",)
    assert found.actions == (
        AddLabels(labels=("state:open",)),
        RemoveLabel(label="state:ready"),
        EditComment(comment=1, body=SCREEN.body("labels")),
    )
    assert SCREEN.body("labels").endswith("<sub>Written at ten. Labels back.</sub>")
    after = post(SCREEN.body("labels"))
    assert plan(pull(after), WANTED, BOT) == Plan(number=7), "and the next run writes nothing"


def test_a_status_set_by_hand_is_put_back_and_said() -> None:
    """One that is not there yet is no such thing: the run before may have stopped."""
    found = plan(pull(RIGHT_NOW, statuses=(replace(RIGHT, state="success"),)), WANTED, BOT)
    assert found.drift == ("status",)
    assert found.actions[-1] == EditComment(comment=1, body=SCREEN.body("status"))
    missing = plan(pull(RIGHT_NOW, statuses=()), WANTED, BOT)
    assert (missing.drift, missing.actions) == ((), (SetStatus(commit=HEAD, gate=GATE),))


def test_a_comment_edited_by_somebody_else_is_put_right_and_said() -> None:
    """A maintainer can edit it; what it says is the tool's."""
    found = plan(pull(post(older(content="It is agreed!"), editor=EVE)), WANTED, BOT)
    assert found.drift == ("comment",)
    assert found.actions == (EditComment(comment=1, body=SCREEN.body("comment")),)
    assert plan(pull(post(older(content="Old."), editor=TOOL)), WANTED, BOT).drift == ()


def test_what_was_answered_is_known_by_our_own_answers() -> None:
    """Each post that the beginning of one names; a stranger's comment answers nothing."""
    own = post("<!-- accord:answer comment/1#1 -->\n<!-- accord:answer review/2 -->\nWords.", id_=3)
    pasted = post("<!-- accord:answer comment/9 -->\nWords.", id_=4, author=EVE)
    assert answered_posts(pull(own, pasted), BOT) == {"comment/1#1", "review/2"}


def test_what_is_none_of_our_business_is_left_alone() -> None:
    """A pull request that is no contribution keeps its labels and has no comment of ours."""
    assert plan(pull(RIGHT_NOW, labels=("state:open",)), Wanted(number=7), BOT) == Plan(number=7)
