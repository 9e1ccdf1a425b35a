"""Words of entities at their edges, calls as they stand, and amendments whose ground is in the text already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.verdict import Standing
from accord.domain.agreement.voices import WHOLE
from accord.domain.agreement.world import World
from accord.domain.process.rules import ChangeInCall
from accord.domain.record.values import Receipt
from tests.domain.agreement.story import BASE, ITU, Story, change, day
from tests.domain.agreement.test_effect_edges import act
from tests.domain.agreement.test_ways import told


def test_a_voice_keeps_its_category_its_reasons_and_what_it_said_before() -> None:
    """Each reason once; what is outdated by its own name; an empty reason is none."""
    story = told()
    story.position("arcadia", "support", at=2, reason="clear")
    story.position("arcadia", "support", at=3, reason="clear")
    story.position("arcadia", "accept", at=4)
    story.text(change("c1", "one!"), change("c2", "otherwise"), at=5)
    (voice,) = story.ready(9).voices
    assert (voice.category, voice.reasons) == ("member-state", ("clear",))
    assert (dict(voice.stances), dict(voice.outdated)) == ({"c1": "accept"}, {"c2": "accept"})
    assert (voice.said, voice.said_before) == (("accept",), ("accept",))
    assert (voice.cosigner, voice.recused, voice.unconfirmed, voice.undetermined) == (False,) * 4


def test_somebody_who_was_never_listed_has_no_category() -> None:
    """It is heard, by the name that was written."""
    story = told()
    story.position("ruritania", "support", at=2)
    (voice,) = story.ready(9).voices
    assert (voice.name, voice.category, voice.counts) == ("ruritania", "", False)


def test_words_on_clauses_that_are_no_longer_touched_are_shown_as_outdated() -> None:
    """Never dropped; and where others stand or are outdated, these are told of alone."""
    story = told()
    story.position("arcadia", "support", at=2, on=(change("c2", "two!"),))
    story.text(change("c1", "one!"), at=4)
    (voice,) = story.ready(9).voices
    assert (dict(voice.stances), dict(voice.outdated)) == ({}, {"c2": "support"})
    story.position("arcadia", "accept", at=5)
    (voice,) = story.ready(9).voices
    assert (dict(voice.stances), dict(voice.outdated)) == ({"c1": "accept"}, {})


def test_a_statement_without_text_is_spoken_of_as_a_whole() -> None:
    """There is no clause to name."""
    story = Story()
    story.text(at=0)
    story.position("arcadia", "support", at=1)
    (voice,) = story.ready(2).voices
    assert dict(voice.stances) == {WHOLE: "support"} == {"*": "support"}


# by whom it was entered, in a meeting or not → unconfirmed
ENTERED = [("expert", "", False), ("secretariat", "", True), ("secretariat", "ieg-1", False)]


@pytest.mark.parametrize(("role", "meeting", "unconfirmed"), ENTERED)
def test_c14_what_awaits_confirmation(role: str, meeting: str, unconfirmed: bool) -> None:
    """What the secretariat entered, unless it was said in a recorded meeting."""
    story = told()
    story.position("arcadia", "support", at=2, role=role, meeting=meeting)  # type: ignore[arg-type]
    (voice,) = story.ready(9).voices
    assert voice.unconfirmed is unconfirmed


def test_c14_one_entry_that_awaits_confirmation_is_enough_to_say_so() -> None:
    """On one clause its own word, on another the secretariat's entry."""
    story = told()
    story.position("arcadia", "support", at=2, role="secretariat", on=(change("c1", "one!"),))
    assert [voice.unconfirmed for voice in story.ready(9).voices] == [True]


def test_c11_what_was_said_in_a_meeting_is_a_word_of_the_entity() -> None:
    """An objection stated there is one, and a statement a reservation."""
    story = told()
    story.outcome("not agreed", at=3, objections=["arcadia"], statements=["lyrania"])
    assert {v.entity: v.stance for v in story.ready(9).voices} == {"arcadia": "object", "lyrania": "reserve"}
    assert not any(v.unconfirmed for v in story.ready(9).voices)


def test_c3_a_signature_is_of_the_entity_that_gave_it() -> None:
    """Another entity's says nothing of it."""
    story = told(cosigners=("lyrania",))
    story.cosign("arcadia", at=2)
    story.position("lyrania", "support", at=3)
    assert {v.entity: v.counts for v in story.ready(9).voices} == {"arcadia": True, "lyrania": False}


def test_c10_a_word_that_may_not_have_come_yet_says_so() -> None:
    """It stands, since it may weaken; on one clause is enough."""
    story = told()
    story.position("arcadia", "support", at=2)
    word = story.position("arcadia", "abstain", at=4, on=(change("c1", "one!"),))
    story.events[-1] = replace(word, received=Receipt(earliest=day(4), latest=day(8)))
    assert [v.undetermined for v in story.ready(5).voices] == [True]
    assert [v.undetermined for v in story.ready(8).voices] == [False]


# --- calls -----------------------------------------------------------------------------------------------------


def test_c7_a_call_says_when_it_was_restarted() -> None:
    """Each change that made the text read otherwise, and no other."""
    story = told()
    story.text(change("c1", "one!"), change("c2", "two!"), at=2)
    story.text(change("c1", "one!"), change("c2", "otherwise"), at=3)
    story.text(change("c1", "one!"), change("c2", "once more"), at=4)
    call = story.ready(5).call
    assert call is not None
    assert (call.restarted, call.until, call.oral) == ((day(3), day(4)), day(11), None)


def test_c7_a_call_that_takes_no_change_is_void_from_the_first() -> None:
    """What comes after does not move the moment."""
    story = told(rules=replace(ITU, change_in_call=ChangeInCall.REFUSE))
    for at in (3, 4):
        story.text(change("c1", f"version of day {at}"), at=at)
    call = story.ready(5).call
    assert call is not None
    assert (call.void_since, call.restarted) == (day(3), ())


def test_c11_a_text_put_orally_ended_in_the_meeting_or_at_its_date() -> None:
    """The outcome stands with the call."""
    story = told()
    outcome = story.outcome("agreed", at=3)
    call = story.ready(4).call
    assert call is not None
    assert (call.until, call.oral) == (day(3), outcome)
    later = story.outcome("agreed ad referendum", at=4, until=9)
    call = story.ready(5).call
    assert call is not None
    assert (call.until, call.oral) == (day(9), later)


def test_c7_what_was_taken_back_hides_nothing_before_it() -> None:
    """The call before it is the newest again; a declaration taken back is none."""
    story = told()
    second = story.call(at=2, until=20)
    story.recall(second, at=3)
    call = story.ready(4).call
    assert call is not None
    assert call.until == day(8)
    declared = story.declare(at=9)
    story.recall(declared, at=10)
    assert story.verdict(9.5).standing is Standing.AGREED
    assert story.verdict(11).standing is Standing.READY


def test_c9_a_reopening_counts_from_its_moment() -> None:
    """The very instant on, not before."""
    story = told()
    declared = story.declare(at=9)
    story.reopen(declared, at=10)
    assert story.verdict(10 - 1 / 86400).standing is Standing.AGREED
    assert story.verdict(10).standing is Standing.REOPENED


# --- what it amends is in the text already ------------------------------------------------------------------------


def test_c5_an_amendment_of_what_is_in_the_text_speaks_of_its_clauses_by_its_own_ids() -> None:
    """What the amended one added has another id there; the act that brought it says which."""
    there = replace(BASE.clauses[0], id="c7")
    text = replace(BASE, clauses=(there, *BASE.clauses[1:]))
    world = World([replace(Story().states[0], agreed=text)])  # type: ignore[list-item]
    wanted = (replace(change("c1", "amended"), id="own"),)
    brought = replace(act(4, 40), ids={"own": "c7"})
    dossier = Dossier(
        subject="8",
        events=(),
        versions=(Version(number=1, moment=day(1), seq=9, proposal=wanted),),
        onto=Dossier(subject="3", events=(brought,)),
        requires=(Requirement(number=2, met=act(3, 30)), Requirement(number=3, met=brought)),
    )
    (entry,) = dossier.effect(world, day(5))
    assert (entry.id, entry.had, entry.gets) == ("own", "1:one", "1:amended")
    assert dossier.ids_below == {"own": "c7"}
    assert replace(dossier, onto=None).ids_below == {}
    assert replace(dossier, requires=dossier.requires[:1]).ids_below == {}
    assert replace(dossier, requires=(Requirement(number=3),)).ids_below == {}
