"""C1-C6, a row or test for each rule sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.verdict import Standing
from accord.domain.agreement.voices import Voice
from accord.domain.record.events import Outcome
from accord.domain.record.values import Said, Stance
from tests.domain.agreement.story import BASE, ITU, LIST, Story, change, day, entity


def told(**options: object) -> Story:
    """A story with a text on one clause of an Opinion, and a call from day 1 to day 8."""
    story = Story(**options)  # type: ignore[arg-type]
    story.text(change("c1", "better"))
    return story


def called(**options: object) -> Story:
    """The same with a call that ended on day 8."""
    story = told(**options)
    story.call(at=1, until=8)
    return story


def voice_of(story: Story, entity_id: str, when: float) -> Voice:
    """What stands of one entity's words at a moment."""
    return next(one for one in story.ready(when).voices if one.entity == entity_id)


# --- C1: what it gates -----------------------------------------------------------------------------------


def test_c1_consensus_gates_opinions() -> None:
    """An objection to the text of an Opinion withholds readiness."""
    story = called()
    story.position("arcadia", "object", at=2)
    assert story.verdict(9).standing is Standing.NOT_YET_AGREED


def test_c1_on_report_text_an_objection_is_shown_and_does_not_block() -> None:
    """Positions, calls and readiness are tracked on Report text all the same."""
    story = Story()
    story.text(change("r1", "better"))
    story.call(at=1, until=8)
    story.position("arcadia", "object", at=2)

    found = story.ready(9)

    assert not found.gated
    assert found.ready
    assert [objection.stands for objection in found.objections] == [True]


# --- C2: who counts --------------------------------------------------------------------------------------

WHO = [
    ("arcadia", True, "a Member State on the list"),
    ("example-university", True, "Academia on the list"),
    ("example-associate", False, "a category that the rules do not let withhold consensus"),
    ("passer-by", False, "not on the list of nominated experts"),
    ("borduria", False, "the source"),
    ("lyrania", True, "a co-signer that has not itself confirmed: naming it does not silence it"),
]


@pytest.mark.parametrize(("who", "withholds", "why"), WHO, ids=[row[2] for row in WHO])
def test_c2_c3_whose_objection_withholds(who: str, withholds: bool, why: str) -> None:
    """Only the listed may withhold; anyone else is heard and shown."""
    story = called(cosigners=("lyrania",))
    story.position(who, "object", at=2)

    found = story.ready(9)

    assert found.ready is not withholds
    assert [voice.entity for voice in found.voices] == [who], "heard and shown in any case"
    assert found.voices[0].counts is withholds
    assert bool(found.objections[0].why_not) is not withholds


def test_c2_on_the_list_at_the_moment_it_speaks() -> None:
    """An entity that joins later doesn't make its earlier word count."""
    late = (*LIST, entity("ruritania", first=date(2025, 1, 9)))
    story = called(entities=late)
    story.position("ruritania", "object", at=2)
    assert story.ready(9).ready
    story.position("ruritania", "object", at=4)
    assert not story.ready(9).ready


def test_c2_when_an_entity_leaves_its_supports_lapse() -> None:
    """A support of an entity that left no longer stands."""
    leaving = (entity("arcadia", last=date(2025, 1, 9)), *LIST[1:])
    story = called(entities=leaving, rules=replace(ITU, needs_support=1))
    story.position("arcadia", "support", at=2)
    assert not [m for m in story.ready(3).missing if m.what == "support"]
    assert [m.what for m in story.ready(9).missing] == ["support"]


def test_c2_objections_pass_to_a_named_successor() -> None:
    """The successor owns the objection and may withdraw it."""
    leaving = (entity("arcadia", last=date(2025, 1, 9), successors=("lyrania",)), *LIST[1:])
    story = called(entities=leaving)
    story.position("arcadia", "object", at=2)
    assert [(m.what, m.who) for m in story.ready(9).missing] == [("objection", "lyrania")]


def test_c2_without_a_successor_a_chair_disposes_of_them_with_a_reason() -> None:
    """An orphaned objection stands until a chair disposes of it; a present owner's cannot be disposed of."""
    leaving = (entity("arcadia", last=date(2025, 1, 9)), *LIST[1:])
    story = called(entities=leaving)
    gone = story.position("arcadia", "object", at=2)
    here = story.position("lyrania", "object", at=2)
    assert [m.what for m in story.ready(9).missing] == ["objection-orphaned", "objection"]

    story.end(gone, at=9, how="disposed", role="chair", reason="the text was changed as it asked")
    story.end(here, at=9, how="disposed", role="chair", reason="tried")

    assert [m.detail for m in story.ready(10).missing] == [here.objection]


# --- C3: one voice ---------------------------------------------------------------------------------------


def stance_of(story: Story, who: str, at: float) -> Stance | None:
    """The standing word of an entity."""
    return next(voice.stance for voice in story.ready(at).voices if voice.entity == who)


def test_c3_the_latest_received_from_any_of_its_experts() -> None:
    """Order of receipt decides, not the order in which the tool learned it."""
    story = called()
    story.position("arcadia", "support", at=4)
    story.position("arcadia", "accept", at=3)
    assert stance_of(story, "arcadia", 9) == "support"


CAUTIOUS: list[tuple[Stance, Stance]] = [
    ("object", "reserve"),
    ("reserve", "abstain"),
    ("abstain", "accept"),
    ("accept", "support"),
]


@pytest.mark.parametrize("pair", CAUTIOUS, ids=[f"{a} over {b}" for a, b in CAUTIOUS])
@pytest.mark.parametrize("turned", [False, True], ids=["told first", "told last"])
def test_c3_at_one_instant_the_most_cautious_counts(pair: tuple[Stance, Stance], turned: bool) -> None:
    """Whatever the order of delivery."""
    story = called()
    for stance in reversed(pair) if turned else pair:
        story.position("arcadia", stance, at=2)
    assert stance_of(story, "arcadia", 9) == pair[0]


def test_c3_one_given_on_an_older_text_never_displaces_one_on_the_current_text() -> None:
    """A word about an old version that arrives later is outdated from the start."""
    story = told()
    old = story.effect(0)
    story.text(change("c1", "best"), at=1)
    story.position("arcadia", "accept", at=2)
    story.position("arcadia", "support", at=3, on=old)
    assert stance_of(story, "arcadia", 9) == "accept"


def test_c3_an_entity_that_objects_to_one_clause_and_supports_another_shows_its_objection() -> None:
    """The most cautious of its words stands for the whole."""
    story = Story()
    story.text(change("c1", "better"), change("c2", "finer"))
    story.position("arcadia", "support", at=1, on=(change("c1", "better"),))
    story.position("arcadia", "object", at=2, on=(change("c2", "finer"),))
    assert stance_of(story, "arcadia", 3) == "object"


# --- C4: what can be said --------------------------------------------------------------------------------

BLOCKS: list[tuple[Stance, bool]] = [
    ("support", False),
    ("accept", False),
    ("abstain", False),
    ("reserve", False),
    ("object", True),
]


@pytest.mark.parametrize(("stance", "blocks"), BLOCKS, ids=[row[0] for row in BLOCKS])
def test_c4_only_an_objection_withholds(stance: Stance, blocks: bool) -> None:
    """`reserve` joins with a statement for the record and does not block."""
    story = called()
    story.position("arcadia", stance, at=2)
    assert story.ready(9).ready is not blocks


def test_c4_an_objection_stands_without_a_reason_in_itu() -> None:
    """Its reason is asked for once; it counts without one."""
    story = called()
    story.position("arcadia", "object", at=2, reason="")
    assert not story.ready(9).ready


def test_c4_in_a_preset_that_asks_for_a_reason_an_objection_without_one_is_shown_only() -> None:
    """Preset data says whether it stands without one."""
    story = called(rules=replace(ITU, objection_needs_reason=True))
    story.position("arcadia", "object", at=2, reason="")
    assert story.ready(9).ready
    assert story.ready(9).objections[0].why_not
    story.position("lyrania", "object", at=2, reason="it forgets the islands")
    assert not story.ready(9).ready


# --- C5: what it is said about ---------------------------------------------------------------------------

CHANGES: list[tuple[str, Callable[[Story], object], bool]] = [
    ("nothing", lambda s: None, False),
    ("the same text again, rebased", lambda s: s.text(change("c1", "better"), at=3), False),
    ("another clause of the agreed text", lambda s: s.main(at=3, agreed=reworded("c2")), False),
    ("another word in the clause", lambda s: s.text(change("c1", "best"), at=3), True),
    ("the agreed text of the clause itself", lambda s: s.main(at=3, agreed=reworded("c1")), True),
    (
        "the keyword it stands under",
        lambda s: s.text(change("c1", "better", container="k2", after="k2"), at=3),
        True,
    ),
    ("its place", lambda s: s.text(change("c1", "better", after="c2"), at=3), True),
    ("its form", lambda s: s.text(change("c1", "better", form="paragraph"), at=3), True),
    ("deleted instead", lambda s: s.text(change("c1", None), at=3), True),
]


def reworded(clause: str) -> Agreed:
    """The base text with one clause reading differently."""
    return Agreed(clauses=tuple(replace(c, digest="1:other") if c.id == clause else c for c in BASE.clauses))


@pytest.mark.parametrize(("what", "happens", "outdated"), CHANGES, ids=[row[0] for row in CHANGES])
def test_c5_a_position_is_outdated_exactly_when_its_clause_reads_differently(
    what: str, happens: Callable[[Story], object], outdated: bool
) -> None:
    """The effect is id, digests before and after, container, predecessor."""
    story = told()
    story.position("arcadia", "support", at=2)
    happens(story)
    voice = story.ready(4).voices[0]
    assert bool(voice.outdated) is outdated
    assert bool(voice.stances) is not outdated


def test_c5_outdated_for_those_clauses_only() -> None:
    """The word on the clause that did not change stands."""
    story = Story()
    story.text(change("c1", "better"), change("c2", "finer"))
    story.position("arcadia", "support", at=1)
    story.text(change("c1", "best"), change("c2", "finer"), at=2)

    voice = story.ready(3).voices[0]

    assert voice.stances == {"c2": "support"}
    assert voice.outdated == {"c1": "support"}


def test_c5_what_the_agreed_text_already_reads_is_no_effect() -> None:
    """Once incorporated elsewhere, the same change touches nothing."""
    story = told()
    done = Agreed(clauses=tuple(replace(c, digest="1:better") if c.id == "c1" else c for c in BASE.clauses))
    story.main(at=2, agreed=done)
    assert story.effect(3) == ()


@pytest.mark.parametrize("how", ["edited", "deleted", "dismissed"])
def test_c12_changed_words_count_no_more_until_said_again(how: str) -> None:
    """A support whose words were edited, deleted or dismissed is shown as outdated, until it is given again."""
    story = called()
    said = story.position("arcadia", "support", at=2)
    story.edited(said, at=3, how=how)
    before, after = (voice_of(story, "arcadia", when) for when in (2.5, 3))
    assert (before.stance, after.stance, dict(after.outdated)) == ("support", None, {"c1": "support"})
    story.position("arcadia", "support", at=4)
    assert voice_of(story, "arcadia", 5).stance == "support"


def test_c12_changed_words_bring_back_nothing_said_before_them() -> None:
    """What a reservation had replaced does not count again because the reservation was edited."""
    story = called()
    story.position("arcadia", "support", at=2)
    story.edited(story.position("arcadia", "reserve", at=3, reason="for the record"), at=4)
    assert voice_of(story, "arcadia", 5).stance is None


@pytest.mark.parametrize("how", ["edited", "deleted", "dismissed"])
def test_c6_changed_words_end_no_objection(how: str) -> None:
    """An edit, a deletion or a dismissed review ends nothing."""
    story = called()
    objection = story.position("arcadia", "object", at=2)
    story.edited(objection, at=3, how=how)
    assert [m.detail for m in story.ready(9).missing] == [objection.objection]
    assert voice_of(story, "arcadia", 9).stance == "object"


# --- C6: objections --------------------------------------------------------------------------------------


def test_c6_supporting_later_does_not_end_an_objection() -> None:
    """It ends only by an act that names it."""
    story = called()
    story.position("arcadia", "object", at=2)
    story.position("arcadia", "support", at=3)
    assert [m.what for m in story.ready(9).missing] == ["objection"]


def test_c6_objections_accumulate_each_with_its_id() -> None:
    """Two objections of one entity are two."""
    story = called()
    one = story.position("arcadia", "object", at=2)
    two = story.position("arcadia", "object", at=3)
    story.end(one, at=4)
    assert one.objection != two.objection
    assert [m.detail for m in story.ready(9).missing] == [two.objection]


def test_c6_the_earlier_of_two_objections_stands_when_the_later_is_withdrawn() -> None:
    """A second objection replaces nothing."""
    story = called()
    one = story.position("arcadia", "object", at=2)
    two = story.position("arcadia", "object", at=3)
    assert [m.detail for m in story.ready(9).missing] == [one.objection, two.objection]
    story.end(two, at=4)
    assert [m.detail for m in story.ready(9).missing] == [one.objection]


ENDINGS: list[tuple[str, Callable[[Story, Any], object], bool]] = [
    ("withdrawn by its owner", lambda s, o: s.end(o, at=4), True),
    ("confirmed as met by its owner", lambda s, o: s.end(o, at=4, how="met"), True),
    ("said to be withdrawn by the secretariat", lambda s, o: s.end(o, at=4, role="secretariat"), False),
    (
        "withdrawn in a recorded meeting",
        lambda s, o: s.end(o, at=4, role="secretariat", meeting="ieg-2"),
        True,
    ),
    (
        "said by the secretariat and confirmed by the owner",
        lambda s, o: s.confirm(s.end(o, at=4, role="secretariat"), at=5, entity_id="arcadia"),
        True,
    ),
    (
        "disposed of by a chair while its owner is there",
        lambda s, o: s.end(o, at=4, how="disposed", role="chair"),
        False,
    ),
    ("a later support", lambda s, o: s.position("arcadia", "support", at=4), False),
    (
        "a position on another clause",
        lambda s, o: s.position("arcadia", "support", at=4, on=(change("c2", "x"),)),
        False,
    ),
    ("a change of the text", lambda s, o: s.text(change("c1", "best"), at=4), False),
    ("an act that names another objection", lambda s, o: s.end(replace(o, objection="7-o99"), at=4), False),
]


@pytest.mark.parametrize(("what", "act", "ends"), ENDINGS, ids=[row[0] for row in ENDINGS])
def test_c6_how_an_objection_ends(what: str, act: Callable[[Story, Any], object], ends: bool) -> None:
    """Every way out carries an actor and names the objection; there is no silent one."""
    story = told()
    objection = story.position("arcadia", "object", at=2)
    act(story, objection)
    assert [o.stands for o in story.ready(6).objections] == [not ends]


def test_c6_an_ended_objection_stays_visible_with_the_act_that_ended_it() -> None:
    """Nobody's objection disappears."""
    story = called()
    objection = story.position("arcadia", "object", at=2, reason="unclear")
    ended = story.end(objection, at=3, reason="the new wording is clear")
    shown = story.ready(9).objections[0]
    assert shown.ended is not None
    assert (shown.reason, shown.ended.seq, shown.ended.how) == ("unclear", ended.seq, "withdrawn")
    assert (shown.ended.rule, shown.ended.by.role) == ("C6", "expert")
    assert (shown.ended.at, shown.ended.reason) == (day(3), "the new wording is clear")
    assert shown.raised == day(2)


def test_c6_said_again_in_the_same_meeting_it_takes_nothing_away() -> None:
    """C4, C10. An objection that stands is not replaced by the same one without the reason that the rules ask for."""
    story = told(rules=replace(ITU, objection_needs_reason=True))
    for text in ("no power", ""):
        outcome = story.outcome("not agreed", at=2)
        assert isinstance(outcome, Outcome)
        story.events[-1] = replace(outcome, objections=(Said(entity="arcadia", text=text),))
    assert [(one.reason, one.stands) for one in story.ready(3).objections] == [("no power", True)]
