"""Hard histories: each a short story that other systems get wrong, and its outcome said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from accord.domain.agreement.effect import Agreed, AgreedClause
from accord.domain.agreement.merged import unexplained
from accord.domain.agreement.verdict import Standing
from accord.domain.record.values import Entry
from tests.domain.agreement.story import BASE, ITU, LIST, OPINION, Story, change, entity

C1, C2 = change("c1", "better"), change("c2", "finer")


def told(*entries: Entry, **options: Any) -> Story:
    """A text with a call from day 1 to day 8; by default on one clause."""
    story = Story(**options)
    story.text(*(entries or (C1,)))
    story.call(at=1, until=8)
    return story


def reading(**words: str) -> Agreed:
    """The agreed text with some clauses in other words."""
    return Agreed(
        clauses=tuple(replace(c, digest=f"1:{words[c.id]}") if c.id in words else c for c in BASE.clauses)
    )


def open_objections(story: Story, at: float) -> list[str]:
    """Ids of the objections that stand."""
    return [one.id for one in story.ready(at).objections if one.stands]


# --- One entity, two words -------------------------------------------------------------------------------


def test_two_experts_of_one_entity_support_and_object_in_the_same_second() -> None:
    """One entity, one voice: it objects, whichever of the two the tool heard first."""
    for stances in (("support", "object"), ("object", "support")):
        story = told()
        for stance in stances:
            story.position("arcadia", stance, at=2)
        found = story.ready(9)
        assert [(voice.entity, voice.stance) for voice in found.voices] == [("arcadia", "object")]
        assert [m.what for m in found.missing] == ["objection"]


def test_an_entity_objects_to_one_clause_and_later_to_another_and_withdraws_one() -> None:
    """The other objection stands, and readiness waits for it by its id."""
    story = told(C1, C2)
    first = story.position("arcadia", "object", at=2, on=(C1,))
    second = story.position("arcadia", "object", at=3, on=(C2,))
    story.end(first, at=4)
    assert open_objections(story, 9) == [second.objection]
    shown = story.ready(9).objections
    assert [(o.id, [e.id for e in o.clauses]) for o in shown] == [
        (first.objection, ["c1"]),
        (second.objection, ["c2"]),
    ]


def test_a_support_on_the_current_text_followed_by_an_approval_from_a_stale_page() -> None:
    """The later approval is about the older text, and the support on the current one stands."""
    story = Story(rules=replace(ITU, needs_support=1))
    old = story.text(C1)
    story.text(change("c1", "best"), at=1)
    story.call(at=2, until=9)
    story.position("arcadia", "support", at=3)
    story.position("arcadia", "accept", at=4, on=old)
    assert story.ready(9).voices[0].stances == {"c1": "support"}
    assert story.ready(9).ready


def test_an_approval_from_a_stale_page_alone_is_outdated_from_the_start() -> None:
    """It is shown, and nothing relies on it."""
    story = Story(rules=replace(ITU, needs_support=1))
    old = story.text(C1)
    story.text(change("c1", "best"), at=1)
    story.call(at=2, until=9)
    story.position("arcadia", "support", at=3, on=old)
    voice = story.ready(9).voices[0]
    assert (voice.stances, voice.outdated) == ({}, {"c1": "support"})
    assert [m.what for m in story.ready(9).missing] == ["support"]


# --- Around the declaration ------------------------------------------------------------------------------


def test_an_objection_made_before_a_declaration_but_learned_of_after_it() -> None:
    """The declaration waits to be confirmed, and cannot be while the objection stands."""
    story = told()
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.AGREED
    objection = story.position("arcadia", "object", at=8.5, role="secretariat")
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED
    story.declare(at=11)
    assert story.verdict(11).standing is Standing.TO_BE_CONFIRMED
    story.end(objection, at=12)
    story.declare(at=13)
    assert story.verdict(13).standing is Standing.AGREED


def test_a_declared_amendment_of_an_agreed_clause() -> None:
    """It supersedes: the first agreement keeps what it agreed, and the second is about the new wording."""
    first = told()
    first.declare(at=9)
    first.incorporate(at=10)
    first.main(at=10, agreed=reading(c1="better"))

    second = Story(states=list(first.states))
    second.text(change("c1", "best"), at=11)
    assert [(e.had, e.gets) for e in second.effect(11)] == [("1:better", "1:best")]
    second.call(at=12, until=19)
    second.declare(at=20)
    assert second.verdict(20).standing is Standing.AGREED

    first.main(at=21, agreed=reading(c1="best"))
    assert first.verdict(22).standing is Standing.AGREED


def test_an_opinion_agreed_for_final_in_which_a_clause_is_inserted() -> None:
    """It is reopened, although every clause that was agreed still reads the same."""
    story = Story(path=OPINION)
    story.call(at=1, until=8)
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.AGREED
    inserted = AgreedClause(id="c9", path=OPINION, digest="1:new", container="k1", form="item")
    story.main(at=10, agreed=Agreed(clauses=(BASE.clauses[0], inserted, *BASE.clauses[1:])))
    assert story.verdict(10).standing is Standing.REOPENED


# --- Who leaves ------------------------------------------------------------------------------------------


def listed(**changes: Any) -> tuple[Any, ...]:
    """The list, which Arcadia leaves after 9 January (day 3)."""
    return (entity("arcadia", last=date(2025, 1, 9), **changes), *LIST[1:])


def test_an_objector_leaves_the_list_without_a_successor() -> None:
    """The objection stands until a chair disposes of it with a reason; it does not leave with its owner."""
    story = told(entities=listed())
    objection = story.position("arcadia", "object", at=2)
    assert [(m.what, m.who) for m in story.ready(9).missing] == [("objection-orphaned", "a chair")]
    story.end(objection, at=9, how="disposed", role="chair", reason="the text says what it asked for")
    assert story.ready(9).ready


def test_an_objector_comes_back_after_a_chair_disposed_of_its_objection() -> None:
    """What was rightly ended stays ended; it may object again."""
    back = (*listed(), entity("arcadia", first=date(2025, 1, 17)))
    story = told(entities=back)
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=9, how="disposed", role="chair", reason="the text says what it asked for")
    assert story.ready(12).ready
    again = story.position("arcadia", "object", at=12)
    assert open_objections(story, 13) == [again.objection]


def test_an_objector_merges_into_another_entity_on_the_list() -> None:
    """The objection passes to the named successor, who alone may withdraw it."""
    story = told(entities=listed(successors=("lyrania",)))
    story.position("arcadia", "object", at=2)
    found = story.ready(9).objections[0]
    assert (found.entity, found.owners, found.orphaned) == ("arcadia", ("lyrania",), False)


def test_an_objector_splits_and_its_successor_leaves_too() -> None:
    """Successor after successor is followed; the last one that is there owns it."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("north-arcadia",)),
        entity("north-arcadia", last=date(2025, 1, 10), successors=("lyrania",)),
        entity("south-arcadia"),
        *LIST[1:],
    )
    story = told(entities=people)
    story.position("arcadia", "object", at=2)
    assert [story.ready(at).objections[0].owners for at in (3, 4, 9)] == [
        ("arcadia",),
        ("north-arcadia",),
        ("lyrania",),
    ]


def test_two_entities_that_name_each_other_as_successor_and_both_leave() -> None:
    """No circle: a chair is asked."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("lyrania",)),
        entity("lyrania", last=date(2025, 1, 9), successors=("arcadia",)),
        *LIST[2:],
    )
    story = told(entities=people)
    story.position("arcadia", "object", at=2)
    assert [m.what for m in story.ready(9).missing] == ["objection-orphaned"]


def test_a_list_whose_past_is_rewritten_alters_no_earlier_verdict() -> None:
    """A later list that says Arcadia had left before it objected is unknown to what was found before."""
    story = told()
    story.position("arcadia", "object", at=2)
    assert open_objections(story, 9) != []
    gone = (entity("arcadia", last=date(2025, 1, 6), successors=("lyrania",)), *LIST[1:])
    story.main(at=10, experts=replace(story.states[-1].experts, entities=gone))
    assert open_objections(story, 9) == open_objections(story, 11) != []


# --- What is merged, and the secretariat -----------------------------------------------------------------


def test_two_clean_merges_into_a_sentence_that_nobody_declared() -> None:
    """Each half has its declaration; the sentence they make together has none, and is found."""
    stories = [told(change("c1", half)) for half in ("first half", "second half")]
    for story in stories:
        story.declare(at=9)
        story.incorporate(at=10)
    both = stories[1]
    both.main(at=11, agreed=reading(c1="both halves"), commit="m1")
    acts = [event for story in stories for event in story.events]
    found = unexplained(both.world(), acts)
    assert [(one.commit, [(e.id, e.gets) for e in one.clauses]) for one in found] == [
        ("m1", [("c1", "1:both halves")])
    ]


def test_the_secretariats_entry_against_a_position_the_entity_gave_itself() -> None:
    """Unconfirmed it replaces nothing; confirmed by the entity's own expert it is its latest word."""
    story = told()
    story.position("arcadia", "reserve", at=2)
    entry = story.position("arcadia", "support", at=3, role="secretariat")
    assert story.ready(4).voices[0].stance == "reserve"
    story.confirm(entry, at=5, entity_id="arcadia")
    assert story.ready(6).voices[0].stance == "support"


def test_a_letter_of_support_does_not_end_an_objection_even_when_confirmed() -> None:
    """Support and withdrawal are two acts."""
    story = told()
    objection = story.position("arcadia", "object", at=2)
    entry = story.position("arcadia", "support", at=3, role="secretariat")
    story.confirm(entry, at=4, entity_id="arcadia")
    assert open_objections(story, 9) == [objection.objection]


# --- Meetings --------------------------------------------------------------------------------------------


def test_agreed_ad_referendum_lapses_when_a_capital_objects_in_time() -> None:
    """It is not yet agreed, stays so at its date, and is agreed once the objection is withdrawn."""
    story = Story()
    story.text(C1)
    story.outcome("agreed ad referendum", at=5, until=12)
    objection = story.position("arcadia", "object", at=10)
    assert [story.verdict(at).standing for at in (9, 10, 12)] == [
        Standing.AD_REFERENDUM,
        Standing.NOT_YET_AGREED,
        Standing.NOT_YET_AGREED,
    ]
    story.end(objection, at=13)
    assert story.verdict(13).standing is Standing.AGREED


def test_agreed_ad_referendum_on_a_text_that_reads_differently_at_its_date() -> None:
    """Nobody referred the new text to a capital: it is reopened."""
    story = Story()
    story.text(C1)
    story.outcome("agreed ad referendum", at=5, until=12)
    story.text(change("c1", "best"), at=8)
    assert story.verdict(12).standing is Standing.REOPENED
