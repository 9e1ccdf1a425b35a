"""What a pull request brings, at its edges: order at one instant, wordings that are gone, what is known already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.domain.forge.deliveries import Changed, Known, Remark, Screen, Version, Words, delivered
from accord.domain.forge.snapshot import BOT, GHOST, Account, Form, PullRequest, Push, Thread, Wording
from accord.domain.record.values import Receipt
from tests.domain.forge.test_deliveries import (
    ANA,
    LEV,
    NONE,
    SAM,
    TOOL,
    A,
    B,
    at,
    edited_description,
    post,
    pull,
    review,
)

HISTORY = (
    Wording(moment=at(1), editor=LEV, text="one"),
    Wording(moment=at(2), editor=LEV, text="two"),
    Wording(moment=at(3), editor=SAM, text=None),
    Wording(moment=at(4), editor=GHOST, text="four"),
)
EDITED = replace(post("four", 1), edited=at(4), editor=GHOST, history=HISTORY)


def kinds(topic: PullRequest | Form, known: Known = NONE) -> list[str]:
    """The kinds of everything, in order."""
    return [type(one).__name__ for one in delivered(topic, known, at(60), BOT)]


def test_at_one_instant_the_text_comes_first_then_what_was_shown_then_what_was_said_of_it() -> None:
    """So that words said in the same second are about that text, and changes of words come after the words."""
    topic = pull(
        A,
        pushes=(Push(moment=at(1), after=A),),
        comments=(
            post("/support", 1, id_=3),
            post("shown", 1, TOOL, id_=2),
            replace(post("b", 0.5, id_=4), edited=at(1), history=(
                Wording(moment=at(0.5), editor=LEV, text="a"), Wording(moment=at(1), editor=LEV, text="b"))),
        ),
        threads=(Thread(id="T", path="p", line=1, resolved=False, posts=(post("Why?", 1, id_=5),)),),
    )  # fmt: skip
    assert kinds(topic) == ["Words", "Version", "Screen", "Words", "Words", "Changed", "Remark"]


def test_everything_is_in_the_order_of_its_moments() -> None:
    """Whatever order the forge shows it in."""
    topic = pull(
        A,
        pushes=(Push(moment=at(9), after=A),),
        comments=(post("late", 30, id_=3), post("early", 2, id_=4)),
        reviews=(review(A, 20),),
    )
    found = delivered(topic, NONE, at(60), BOT)
    assert [one.moment for one in found] == sorted(one.moment for one in found)
    assert len({one.moment for one in found}) == 4


def test_every_wording_after_the_first_is_read_against_all_before_it() -> None:
    """One that is gone is left out, and an account that is gone leaves the words to whoever wrote them first."""
    found = [one for one in delivered(pull(comments=(EDITED,)), NONE, at(60), BOT) if isinstance(one, Words)]
    assert [(one.text, one.before, one.first, one.account.id) for one in found] == [
        ("one", (), True, 2),
        ("two", ("one",), False, 2),
        ("four", ("one", "two"), False, 2),
    ]
    changes = [
        one for one in delivered(pull(comments=(EDITED,)), NONE, at(60), BOT) if isinstance(one, Changed)
    ]
    assert [(one.text, one.of, one.moment) for one in changes] == [
        ("two", "comment/1", at(2)),
        ("four", "comment/1", at(4)),
    ]


def test_a_known_change_is_brought_no_more_but_words_are() -> None:
    """A post can hold several acts, so its words are always looked through."""
    every = {one.post for one in delivered(pull(comments=(EDITED,)), NONE, at(60), BOT)}
    known = Known(posts=frozenset(every), heads=(A,))
    assert kinds(pull(comments=(EDITED,)), known) == ["Words", "Words", "Words"]


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (TOOL, ["Screen"]),
        (Account(id=BOT, login="odd"), ["Words"]),
        (Account(id=5, login="robot", bot=True), []),
    ],
)
def test_only_the_tool_shows_something(who: Account, found: list[str]) -> None:
    """A program with its account; anybody else's words are words, and another program's are nothing."""
    known = Known(posts=frozenset({"pull/7"}), heads=(A,))
    assert kinds(pull(comments=(post("x", 1, who),)), known) == found


def test_descriptions_after_a_known_version_are_versions() -> None:
    """All but the first, which came with it."""
    topic = pull(body=edited_description("one", "two", "three"))
    known = Known(posts=frozenset({"pull/7"}), heads=(A,))
    found = [one.text for one in delivered(topic, known, at(60), BOT) if isinstance(one, Version)]
    assert found == ["two", "three"]


@pytest.mark.parametrize(("named", "text"), [(9.9, "one"), (10, "two"), (10.1, "two"), (21, "three")])
def test_the_first_version_has_the_description_of_its_moment(named: float, text: str) -> None:
    """The wording in force when a server first named the head."""
    topic = pull(body=edited_description("one", "two", "three"), pushes=(Push(moment=at(named), after=A),))
    first = delivered(topic, NONE, at(60), BOT)
    assert [one.text for one in first if isinstance(one, Version) and one.head] == [text]


def test_a_form_that_is_known_brings_only_what_is_new() -> None:
    """Its corrections."""
    form = Form(
        number=9, author=ANA, title="T", body=edited_description("one", "two"), updated=at(0), open=True
    )
    known = Known(posts=frozenset({"form/9"}))
    assert [one.post for one in delivered(form, known, at(60), BOT)] == ["description/9@20240820T101000Z"]
    assert next(one.post for one in delivered(form, NONE, at(60), BOT)) == "form/9"


def test_half_characters_are_replaced_everywhere() -> None:
    """In what is shown as in what is said."""
    odd = "a\ud800b"
    topic = pull(body=post(odd, 0, ANA), comments=(post(odd, 1), post(odd, 2, TOOL, id_=2)))
    said = [one for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, (Words, Screen, Version))]
    assert [one.text for one in said] == ["a?b"] * 3


def test_an_empty_thread_and_a_review_without_a_head_bring_nothing_of_their_own() -> None:
    """Neither dates a head."""
    topic = pull(
        A,
        threads=(Thread(id="T", path="p", line=1, resolved=False, posts=()),),
        reviews=(review(None, 3, "COMMENTED"),),
    )
    found = delivered(topic, NONE, at(60), BOT)
    assert not [one for one in found if isinstance(one, Remark)]
    assert [one.receipt for one in found if isinstance(one, Version)] == [
        Receipt(earliest=at(0), latest=at(60), clock="first-seen")
    ]


def test_a_dismissal_without_a_moment_is_dated_by_the_review() -> None:
    """The forge does not always tell; by a server's clock all the same."""
    topic = pull(reviews=(review(A, 2, "DISMISSED"),))
    (gone,) = [one for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, Changed)]
    assert gone.receipt == Receipt.instant(at(2), "server")
    (words,) = [one for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, Words)]
    assert (words.state, words.commit, words.receipt) == ("COMMENTED", A, Receipt.instant(at(2), "server"))


def test_what_is_gone_was_there_until_it_was_looked_for() -> None:
    """Between the opening and the look; each post once, whatever lines and wordings of it were taken."""
    known = Known(heads=(A,), acts=("comment/8#1", "comment/8@20240820T100000Z#2", "comment/1#1"))
    found = [
        one
        for one in delivered(pull(comments=(post("x", 1),)), known, at(60), BOT)
        if isinstance(one, Changed)
    ]
    assert [(one.of, one.receipt) for one in found] == [
        ("comment/8", Receipt(earliest=at(0), latest=at(60), clock="first-seen"))
    ]


def test_a_push_that_nothing_dates_comes_after_the_last_that_something_does() -> None:
    """Also where the dated one is known already."""
    topic = pull(B, pushes=(Push(moment=at(5), after=A),))
    known = Known(posts=frozenset({"pull/7"}), heads=(A,))
    (version,) = [one for one in delivered(topic, known, at(60), BOT) if isinstance(one, Version)]
    assert version.receipt == Receipt(earliest=at(5), latest=at(60), clock="first-seen")


def reviewed(**changes: object) -> list[tuple[object, ...]]:
    """What one review brings: words with its state and head, changes with their moment."""
    topic = pull(reviews=(review(A, 2, **changes),))  # type: ignore[arg-type]
    found = delivered(topic, Known(posts=frozenset({"pull/7"}), heads=(A,)), at(60), BOT)
    return [
        (one.text, one.state, one.commit)
        if isinstance(one, Words)
        else (one.how, one.moment, one.receipt.clock)
        for one in found
        if isinstance(one, (Words, Changed))
    ]


def test_a_review_brings_its_button_and_its_words() -> None:
    """As it was pressed; what an edit brings in has no button."""
    assert reviewed(state="CHANGES_REQUESTED") == [("", "CHANGES_REQUESTED", A)]
    history = (Wording(moment=at(2), editor=LEV, text="one"), Wording(moment=at(7), editor=LEV, text="two"))
    assert reviewed(state="APPROVED", edited=at(7), editor=LEV, history=history) == [
        ("one", "APPROVED", A),
        ("two", "", None),
        ("edited", at(7), "server"),
    ]


def test_a_dismissed_review_brings_what_it_said_and_when_it_was_dismissed() -> None:
    """As far as the forge tells."""
    assert reviewed(state="DISMISSED", was="CHANGES_REQUESTED", dismissed=at(9)) == [
        ("", "CHANGES_REQUESTED", A),
        ("dismissed", at(9), "server"),
    ]


def test_a_programs_review_brings_nothing_and_a_review_that_is_there_is_not_gone() -> None:
    """Whatever was taken from it."""
    robot = replace(review(A, 2), author=Account(id=5, login="robot", bot=True))
    known = Known(posts=frozenset({"pull/7"}), heads=(A,), acts=("review/5#0",))
    assert kinds(pull(reviews=(robot,)), known) == []
    assert kinds(pull(reviews=(review(A, 2),)), known) == ["Words"]
    assert kinds(pull(), known) == ["Changed"]


def test_what_a_replaced_history_says_goes_before_a_check_made_in_the_same_second() -> None:
    """So that the text it replaced is known as the earlier one."""
    topic = pull(B, pushes=(Push(moment=at(5), after=B), Push(moment=at(5), before=A, after=B)))
    heads = [one.head for one in delivered(topic, NONE, at(60), BOT) if isinstance(one, Version)]
    assert heads == [A, B]


def test_a_description_that_nobody_shows_any_more_is_the_newest_that_is_known() -> None:
    """By its author, from the beginning."""
    body = replace(edited_description("one", "two"), history=(Wording(moment=at(0), editor=ANA, text=None),))
    (version,) = [one for one in delivered(pull(body=body), NONE, at(60), BOT) if isinstance(one, Version)]
    assert (version.text, version.account.id) == ("two", 1)
