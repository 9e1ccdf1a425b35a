"""Fail closed: what is not sure, not said by the one it names, or not yet known opens no gate (C2, C6, C8-C10, C14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import Any

from accord.domain.agreement.verdict import Standing
from accord.domain.process.people import Expert, ExpertsList, Term
from accord.domain.record.events import Event
from accord.domain.record.values import Actor, Receipt
from tests.domain.agreement.story import BASE, ITU, LIST, Story, change, day, entity

ONE_SUPPORT = replace(ITU, needs_support=1)


def called(**options: Any) -> Story:
    """A text on one clause of an Opinion, with a call from day 1 to day 8."""
    story = Story(**options)
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    return story


def between(story: Story, event: Event, first: float, last: float) -> None:
    """It was received at some instant between two, as far as anybody knows."""
    index = story.events.index(event)
    story.events[index] = replace(event, received=Receipt(earliest=day(first), latest=day(last)))


# --- C8: nothing the rule relies on is missing -----------------------------------------------------------


def test_c8_a_support_says_nothing_of_a_clause_that_was_added_afterwards() -> None:
    """A text on clause 5 that nobody opposed, to which a change of clause 9 is added."""
    story = Story(rules=ONE_SUPPORT)
    story.text(change("c1", "better"))
    story.position("arcadia", "support", at=1)
    story.text(change("c1", "better"), change("c2", "finer"), at=2)
    story.call(at=3, until=10)
    assert [m.what for m in story.ready(11).missing] == ["support"]
    story.position("arcadia", "support", at=4)
    assert story.ready(11).ready


# --- C6, C14: only the owner ends or confirms ------------------------------------------------------------


def test_c14_another_entity_cannot_confirm_that_an_objection_is_withdrawn() -> None:
    """Only experts of the entity that it belongs to."""
    story = called()
    objection = story.position("arcadia", "object", at=2)
    ended = story.end(objection, at=3, role="secretariat")
    story.confirm(ended, at=4, entity_id="lyrania")
    assert not story.ready(9).ready
    story.confirm(ended, at=5, entity_id="arcadia")
    assert story.ready(9).ready


def test_c14_another_entity_cannot_confirm_a_position() -> None:
    """It stays marked, and replaces nothing."""
    story = called()
    story.position("arcadia", "reserve", at=2)
    entry = story.position("arcadia", "support", at=3, role="secretariat")
    story.confirm(entry, at=4, entity_id="lyrania")
    assert story.ready(9).voices[0].stance == "reserve"


def test_c6_an_expert_nominated_by_another_entity_ends_nothing() -> None:
    """Whatever stands in the record: it ends by an act of its owner."""
    term = Term(first=date(2024, 1, 1))
    experts = tuple(
        Expert(name=name, entity=of, term=term, account=account)
        for name, of, account in (("Ana", "arcadia", 1), ("Lev", "lyrania", 2))
    )
    story = called()
    listed = ExpertsList(zone=UTC, entities=LIST, experts=experts)
    story.states[0] = replace(story.states[0], experts=listed)
    objection = story.position("arcadia", "object", at=2)
    for name, account, ready in (("Lev", 2, False), ("Ana", 1, True)):
        ended = story.end(objection, at=3)
        story.events[-1] = replace(ended, by=Actor(name=name, role="expert", id=account))
        assert story.ready(9).ready is ready


# --- C10: undetermined is never ready --------------------------------------------------------------------


def test_c10_a_support_that_may_not_have_come_yet_is_not_relied_on() -> None:
    """It is only once it certainly has."""
    story = called(rules=ONE_SUPPORT)
    between(story, story.position("arcadia", "support", at=7), 7, 9)
    assert not story.ready(8.5).ready
    assert story.ready(9).ready


def test_c10_a_withdrawal_that_may_not_have_come_yet_ends_nothing() -> None:
    """The objection stands until it certainly is withdrawn."""
    story = called()
    objection = story.position("arcadia", "object", at=2)
    between(story, story.end(objection, at=7), 7, 9)
    assert not story.ready(8.5).ready
    assert story.ready(9).ready


def test_c10_an_objection_that_may_have_come_stands() -> None:
    """Caution needs no certainty."""
    story = called()
    between(story, story.position("arcadia", "object", at=7), 7, 20)
    assert not story.ready(8.5).ready


# --- C2: at the moment it speaks -------------------------------------------------------------------------


def test_c2_a_word_from_before_it_was_on_the_list_does_not_count_later() -> None:
    """Not even when the entity has joined and spoken, on another text, since."""
    late = (*LIST, entity("ruritania", first=date(2025, 1, 9)))
    story = called(entities=late, rules=ONE_SUPPORT)
    story.position("ruritania", "support", at=1.5)
    story.position("ruritania", "reserve", at=4, on=(change("c1", "older"),))
    assert not story.ready(9).ready


# --- C9: what was received earlier and recorded later ----------------------------------------------------


def test_c9_a_recall_received_earlier_and_recorded_later_makes_it_to_be_confirmed() -> None:
    """The chair had taken the call back before the other chair declared."""
    story = Story()
    story.text(change("c1", "better"))
    call = story.call(at=1, until=8)
    story.declare(at=9)
    story.recall(call, at=8.5)
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED


def test_c9_a_meeting_that_did_not_agree_and_is_recorded_later_makes_it_to_be_confirmed() -> None:
    """Even when nobody's objection was written down."""
    story = called()
    story.declare(at=9)
    story.outcome("not agreed", at=8.5)
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED


# --- Nothing that came later changes what was found before ------------------------------------------------


def test_a_call_still_runs_at_the_moment_before_it_is_taken_back() -> None:
    """And a declaration is not contested before somebody contests it, nor an entry confirmed."""
    story = Story()
    story.text(change("c1", "better"))
    story.recall(story.call(at=1, until=8), at=5)
    assert story.verdict(4).standing is Standing.IN_CALL
    assert story.verdict(5).standing is Standing.OPEN

    story = called()
    entry = story.position("arcadia", "support", at=2, role="secretariat")
    story.confirm(entry, at=5, entity_id="arcadia")
    story.contest(story.declare(at=9), at=12)
    assert story.ready(4).voices[0].unconfirmed
    assert not story.ready(5).voices[0].unconfirmed
    assert [story.verdict(at).contested for at in (11, 12)] == [False, True]


# --- C5: the file is part of the effect ------------------------------------------------------------------


def test_c5_a_clause_that_goes_to_another_file_is_an_effect() -> None:
    """Though its words, and everything about it but the file, are the same."""
    story = Story()
    story.text(change("c1", "one", path="opinions/other.md", after=""))
    assert [entry.path for entry in story.effect(1)] == ["opinions/other.md"]
    assert BASE.by_id["c1"].path != "opinions/other.md"
