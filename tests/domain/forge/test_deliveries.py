"""What a pull request brings, out of what a server shows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accord.domain.forge.deliveries import Changed, Known, Remark, Screen, Version, Words, delivered
from accord.domain.forge.marker import Marker, answer_marks, answered, read_marker
from accord.domain.forge.snapshot import (
    BOT,
    GHOST,
    Account,
    Form,
    Post,
    PullRequest,
    Push,
    Review,
    Thread,
    Wording,
)

ANA, LEV, SAM = (Account(id=1, login="ana"), Account(id=2, login="lev"), Account(id=4, login="sam"))
TOOL = Account(id=BOT, login="github-actions", bot=True)
ROBOT = Account(id=77, login="robot", bot=True)
A, B, C = ("a" * 40, "b" * 40, "c" * 40)
NONE = Known()


def at(minute: float) -> datetime:
    """So many minutes after the pull request was opened."""
    return datetime(2024, 8, 20, 10, tzinfo=UTC) + timedelta(minutes=minute)


def pull(head: str = A, **changes: Any) -> PullRequest:
    """A pull request opened by Ana with a description."""
    body = changes.pop("body", Post(id=0, author=ANA, body="text", created=at(0)))
    return PullRequest(
        number=7,
        author=ANA,
        title="T",
        body=body,
        updated=at(0),
        open=True,
        head=head,
        base="main",
        **changes,
    )


def post(text: str, minute: float, who: Account = LEV, id_: int = 1, **changes: Any) -> Post:
    """A comment."""
    return Post(id=id_, author=who, body=text, created=at(minute), **changes)


def review(commit: str | None, minute: float, state: str = "APPROVED", **changes: Any) -> Review:
    """A review by Lev."""
    return Review(id=5, author=LEV, body="", created=at(minute), state=state, commit=commit, **changes)  # type: ignore[arg-type]


def versions(topic: PullRequest | Form, known: Known = NONE, taken: float = 60) -> list[tuple[Any, ...]]:
    """Post, head, text and receipt (in minutes) of each version, with the clock."""
    start = at(0)
    return [
        (
            one.post,
            one.head,
            one.text,
            (one.receipt.earliest - start) / timedelta(minutes=1),
            (one.receipt.latest - start) / timedelta(minutes=1),
            one.receipt.clock,
        )
        for one in delivered(topic, known, at(taken), BOT)
        if isinstance(one, Version)
    ]


# --- heads ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "topic", "known", "expected"),
    [
        (
            "nothing names the first head: it came at latest when it was first seen",
            pull(),
            NONE,
            [("pull/7", A, "text", 0, 60, "first-seen")],
        ),
        (
            "a check suite names it",
            pull(pushes=(Push(moment=at(2), after=A),)),
            NONE,
            [("pull/7", A, "text", 0, 2, "server")],
        ),
        (
            "a review names it",
            pull(reviews=(review(A, 9),)),
            NONE,
            [("pull/7", A, "text", 0, 9, "server")],
        ),
        (
            "what was named before the pull request was opened says nothing of when it was its head",
            pull(pushes=(Push(moment=at(-5), after=A),)),
            NONE,
            [("pull/7", A, "text", 0, 60, "first-seen")],
        ),
        (
            "a later push that nothing names came after the last head that something names",
            pull(B, pushes=(Push(moment=at(2), after=A),)),
            NONE,
            [("pull/7", A, "text", 0, 2, "server"), (f"head/{B}", B, None, 2, 60, "first-seen")],
        ),
        (
            "a replaced history names both sides",
            pull(B, pushes=(Push(moment=at(5), before=A, after=B),)),
            NONE,
            [("pull/7", A, "text", 0, 5, "server"), (f"head/{B}", B, None, 5, 5, "server")],
        ),
        (
            "there and back again is three versions",
            pull(A, pushes=(Push(moment=at(5), before=A, after=B), Push(moment=at(8), before=B, after=A))),
            Known(posts=frozenset({"pull/7"}), heads=(A,)),
            [(f"head/{B}", B, None, 5, 5, "server"), (f"head/{A}#2", A, None, 8, 8, "server")],
        ),
        (
            "a review on a head that was there between two looks",
            pull(
                C, reviews=(review(B, 4),), pushes=(Push(moment=at(1), after=A), Push(moment=at(6), after=C))
            ),
            NONE,
            [
                ("pull/7", A, "text", 0, 1, "server"),
                (f"head/{B}", B, None, 4, 4, "server"),
                (f"head/{C}", C, None, 6, 6, "server"),
            ],
        ),
        (
            "for another branch until after the deadline: it came when it was turned to this one",
            pull(A, based=at(30), pushes=(Push(moment=at(1), after=A),)),
            NONE,
            [("pull/7", A, "text", 30, 60, "first-seen")],
        ),
        (
            "the same, with a head that a server named since",
            pull(B, based=at(30), pushes=(Push(moment=at(1), after=A), Push(moment=at(40), after=B))),
            NONE,
            [("pull/7", B, "text", 30, 40, "server")],
        ),
        (
            "two heads within a second of each other: the newest comes last",
            pull(A, pushes=(Push(moment=at(0), after=A), Push(moment=at(0), after=B))),
            NONE,
            [("pull/7", B, "text", 0, 0, "server"), (f"head/{A}", A, None, 0, 0, "server")],
        ),
        (
            "a late review on a head that is past brings nothing back",
            pull(
                B, pushes=(Push(moment=at(1), after=A), Push(moment=at(5), after=B)), reviews=(review(A, 9),)
            ),
            NONE,
            [("pull/7", A, "text", 0, 1, "server"), (f"head/{B}", B, None, 5, 5, "server")],
        ),
        ("all of it is known", pull(), Known(posts=frozenset({"pull/7"}), heads=(A,)), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_versions(what: str, topic: PullRequest, known: Known, expected: list[tuple[Any, ...]]) -> None:
    """Each head with the time at which a server names it."""
    assert versions(topic, known) == expected, what


def test_nothing_is_brought_twice() -> None:
    """Whatever was brought is not brought again once the record has it."""
    topic = pull(
        A,
        pushes=(Push(moment=at(5), before=A, after=B), Push(moment=at(8), before=B, after=A)),
        body=edited_description("one", "two"),
    )
    found = [one for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, Version)]
    heads = tuple(one.head for one in found if one.head)
    assert heads == (A, B, A)
    known = Known(posts=frozenset(one.post for one in found), heads=heads)
    assert versions(topic, known) == []


# --- descriptions -----------------------------------------------------------------------------------------


def edited_description(*texts: str, editor: Account = ANA, hidden: bool = False) -> Post:
    """A description that was edited every ten minutes."""
    wordings = tuple(
        Wording(moment=at(10 * n), editor=ANA if not n else editor, text=None if hidden and not n else text)
        for n, text in enumerate(texts)
    )
    return Post(
        id=0,
        author=ANA,
        body=texts[-1],
        created=at(0),
        edited=at(10 * (len(texts) - 1)),
        editor=editor,
        history=wordings,
    )


def test_each_wording_of_a_description_is_a_version() -> None:
    """With the moment of its edit, and by whoever edited it."""
    topic = pull(
        body=edited_description("one", "two", "three", editor=SAM), pushes=(Push(moment=at(1), after=A),)
    )
    assert [row[:4] for row in versions(topic)] == [
        ("pull/7", A, "one", 0),
        ("description/7@20240820T101000Z", None, "two", 10),
        ("description/7@20240820T102000Z", None, "three", 20),
    ]
    who = [one.account.id for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, Version)]
    assert who == [1, 4, 4]


def test_a_first_wording_that_is_gone_gives_way_to_the_next() -> None:
    """What is no longer known is not made up."""
    topic = pull(body=edited_description("one", "two", hidden=True), pushes=(Push(moment=at(1), after=A),))
    assert [row[2] for row in versions(topic)] == ["two"]


def test_a_form_is_received_when_it_was_sent() -> None:
    """Every correction is a version."""
    form = Form(
        number=9, author=ANA, title="T", body=edited_description("one", "two"), updated=at(0), open=True
    )
    assert versions(form) == [
        ("form/9", None, "one", 0, 0, "server"),
        ("description/9@20240820T101000Z", None, "two", 10, 10, "server"),
    ]


# --- words ------------------------------------------------------------------------------------------------


def said(topic: PullRequest, known: Known = NONE) -> list[tuple[Any, ...]]:
    """Kind, post and words of everything but versions."""
    found: list[tuple[Any, ...]] = []
    for one in delivered(topic, known, at(60), BOT):
        if isinstance(one, Words):
            found.append(("words", one.post, one.text, one.first, one.account.id))
        elif isinstance(one, Changed):
            found.append((one.how, one.post, one.of, one.editor.id if one.editor else None))
        elif isinstance(one, Screen):
            found.append(("screen", one.post, one.text))
        elif isinstance(one, Remark):
            found.append(("thread", one.post, one.thread.resolved))
    return found


EDITED = post(
    "/accept",
    1,
    edited=at(3),
    editor=SAM,
    history=(
        Wording(moment=at(1), editor=LEV, text="/support"),
        Wording(moment=at(3), editor=SAM, text="/accept"),
    ),
)


@pytest.mark.parametrize(
    ("what", "topic", "known", "expected"),
    [
        (
            "words as posted",
            pull(comments=(post("/support", 1),)),
            NONE,
            [("words", "comment/1", "/support", True, 2)],
        ),
        (
            "an edit by somebody else: the words as posted, then his, then that they changed",
            pull(comments=(EDITED,)),
            NONE,
            [
                ("words", "comment/1", "/support", True, 2),
                ("words", "comment/1@20240820T100300Z", "/accept", False, 4),
                ("edited", "comment/1/edited@20240820T100300Z", "comment/1", 4),
            ],
        ),
        (
            "an edit whose first wording nobody shows any more",
            pull(comments=(post("/accept", 1, edited=at(3)),)),
            NONE,
            [
                ("words", "comment/1@20240820T100300Z", "/accept", False, 2),
                ("edited", "comment/1/edited@20240820T100300Z", "comment/1", 2),
            ],
        ),
        (
            "a comment that is gone",
            pull(),
            Known(acts=("comment/1#1", "comment/1#2", "review/5#0")),
            [
                ("deleted", "comment/1/deleted", "comment/1", None),
                ("deleted", "review/5/deleted", "review/5", None),
            ],
        ),
        (
            "a deletion that is known",
            pull(),
            Known(posts=frozenset({"comment/1/deleted"}), acts=("comment/1#1",)),
            [],
        ),
        (
            "a dismissed review says what it said, then that it was dismissed",
            pull(reviews=(review(A, 2, "DISMISSED", was="APPROVED", dismissed=at(6), editor=SAM),)),
            NONE,
            [("words", "review/5", "", True, 2), ("dismissed", "review/5/dismissed", "review/5", 4)],
        ),
        (
            "the tool's own comment",
            pull(comments=(post("shown", 1, TOOL),)),
            NONE,
            [("screen", "comment/1@20240820T100100Z", "shown")],
        ),
        (
            "what somebody made of the tool's comment was not shown by it",
            pull(
                comments=(
                    replace(
                        post("forged", 1, TOOL),
                        edited=at(4),
                        editor=SAM,
                        history=(
                            Wording(moment=at(1), editor=TOOL, text="shown"),
                            Wording(moment=at(4), editor=SAM, text="forged"),
                        ),
                    ),
                )
            ),
            NONE,
            [("screen", "comment/1@20240820T100100Z", "shown")],
        ),
        (
            "another program says nothing",
            pull(comments=(post("/support", 1, Account(id=77, login="x", bot=True)),)),
            NONE,
            [],
        ),
        (
            "an account that is gone",
            pull(comments=(post("/object", 1, GHOST),)),
            NONE,
            [("words", "comment/1", "/object", True, None)],
        ),
        (
            "a thread",
            pull(threads=(Thread(id="T", path="p", line=None, resolved=True, posts=(post("Why?", 1),)),)),
            NONE,
            [("thread", "thread/T", True)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words(what: str, topic: PullRequest, known: Known, expected: list[tuple[Any, ...]]) -> None:
    """What is said, changed, gone and shown."""
    assert said(topic, known) == expected, what


# --- the tool's own marks ---------------------------------------------------------------------------------


def test_a_mark_is_read_only_at_the_first_byte() -> None:
    """So that a pasted or quoted one is nothing."""
    marker = Marker(revision=3, events=41, record="0123456789ab")
    assert read_marker(f"{marker}\nText") == marker
    assert read_marker(f" {marker}\nText") is None
    assert read_marker(f"> {marker}") is None
    assert read_marker("<!-- accord:status revision=x events=1 record=0 -->") is None


def test_an_answer_names_the_posts_it_answers() -> None:
    """At its beginning only."""
    posts = ("comment/1#2", "review/5#0")
    body = answer_marks(posts) + "Text\n<!-- accord:answer comment/9#1 -->\n"
    assert answered(body) == posts
    assert answered("Text" + answer_marks(posts)) == ()
