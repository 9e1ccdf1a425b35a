"""The list of nominated experts changes: what was closed stays, what is open is judged anew, and says why (C2, C3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.domain.agreement.readiness import Readiness
from accord.domain.agreement.verdict import Standing
from accord.domain.process.people import Entity
from tests.domain.agreement.story import ITU, LIST, Story, change, entity

ONE_SUPPORT = replace(ITU, needs_support=1)
LAST, NEXT = date(2025, 1, 9), date(2025, 1, 10)  # the change comes between day 3 and day 4 of the story
LEFT = "it has left the list of nominated experts"
STRANGER = "not on the list of nominated experts at that moment"


def until(**changes: Any) -> Entity:
    """Arcadia up to the change."""
    return entity("arcadia", last=LAST, **changes)


def since(id_: str = "arcadia", category: str = "member-state", **changes: Any) -> Entity:
    """An entity from the change on."""
    return replace(entity(id_, category, first=NEXT), **changes)


NORTH, SOUTH = since("north-arcadia"), since("south-arcadia")
SPLIT = (until(successors=("north-arcadia", "south-arcadia")), NORTH, SOUTH)
ONLY_STATES = "the rules do not let associate withhold consensus"

# the change, the entries of the list, what Arcadia said on day 2 is worth on day 9: does its support count and why
# not, who then owns its objection
CHANGES: list[tuple[str, tuple[Entity, ...], str, tuple[str, ...]]] = [
    ("nothing changes", (entity("arcadia"),), "", ("arcadia",)),
    ("it gets another name", (until(), since(name="New Arcadia")), "", ("arcadia",)),
    ("it leaves", (until(),), LEFT, ()),
    ("it leaves and comes back", (until(), entity("arcadia", first=date(2025, 1, 14))), "", ("arcadia",)),
    ("it splits into two", SPLIT, LEFT, ("north-arcadia", "south-arcadia")),
    ("it merges into another", (until(successors=("lyrania",)),), LEFT, ("lyrania",)),
    ("it becomes one that may not withhold", (until(), since(category="associate")), "", ("arcadia",)),
    ("it joins only later", (since(),), STRANGER, ("arcadia",)),
    (
        "it was one that may not withhold",
        (entity("arcadia", "associate", last=LAST), since()),
        ONLY_STATES,
        ("arcadia",),
    ),
]
IDS = [row[0] for row in CHANGES]


def told(entries: tuple[Entity, ...], **options: Any) -> Story:
    """A text on one clause, called from day 1 to day 8, under rules that ask for one support."""
    story = Story(entities=(*entries, *LIST[1:]), **options)
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    return story


def voice(found: Readiness, of: str = "arcadia") -> Any:
    """What stands of one entity."""
    return next(voice for voice in found.voices if voice.entity == of)


@pytest.mark.parametrize(("what", "entries", "why", "owners"), CHANGES, ids=IDS)
def test_c2_an_open_support_is_judged_by_the_list_and_says_why_it_lapsed(
    what: str, entries: tuple[Entity, ...], why: str, owners: tuple[str, ...]
) -> None:
    """It counts if Arcadia was on the list when it spoke, of a category that counts, and is still there."""
    story = told(entries, rules=ONE_SUPPORT)
    story.position("arcadia", "support", at=2)
    found = story.ready(9)
    assert (voice(found).counts, voice(found).why_not) == (not why, why)
    assert [(m.what, m.detail) for m in found.missing] == ([("support", "0 of 1")] if why else [])


@pytest.mark.parametrize(("what", "entries", "why", "owners"), CHANGES, ids=IDS)
def test_c2_an_open_objection_passes_on_and_says_to_whom(
    what: str, entries: tuple[Entity, ...], why: str, owners: tuple[str, ...]
) -> None:
    """To its named successors, else it is a chair's to dispose of; one that did not count never does."""
    story = told(entries)
    story.position("arcadia", "object", at=2)
    found = story.ready(9)
    (objection,) = found.objections
    counted = why in ("", LEFT)
    assert (objection.owners, objection.stands) == (owners, counted)
    assert objection.why_not == ("" if counted else why)
    expected = [("objection", ", ".join(owners))] if owners else [("objection-orphaned", "a chair")]
    assert [(m.what, m.who) for m in found.missing] == (expected if counted else [])


@pytest.mark.parametrize(("what", "entries", "why", "owners"), CHANGES, ids=IDS)
@pytest.mark.parametrize("stance", ["support", "object"])
def test_c9_what_was_closed_before_the_change_stays(
    what: str, entries: tuple[Entity, ...], why: str, owners: tuple[str, ...], stance: Any
) -> None:
    """Declared on a support, or refused over an objection, by the list of that day; a later list alters neither."""
    story = told((entity("arcadia"),), rules=ONE_SUPPORT)
    story.position("lyrania", "support", at=2)
    story.position("arcadia", stance, at=2)
    story.declare(at=9)
    before = story.verdict(10).standing
    assert before is (Standing.AGREED if stance == "support" else Standing.TO_BE_CONFIRMED)
    story.main(at=11, experts=replace(story.states[-1].experts, entities=(*entries, *LIST[1:])))
    assert [story.verdict(at).standing for at in (10, 12, 400)] == [before] * 3


# --- After the change -----------------------------------------------------------------------------------------

# the change, the entries, what an objection that Arcadia makes on day 5 is worth
AFTER: list[tuple[str, tuple[Entity, ...], str]] = [
    ("another name", (until(), since(name="New Arcadia")), ""),
    ("it left", (until(),), STRANGER),
    ("it split", SPLIT, STRANGER),
    ("it may not withhold any more", (until(), since(category="associate")), ONLY_STATES),
    ("it joined", (since(),), ""),
    ("it may withhold now", (entity("arcadia", "associate", last=LAST), since()), ""),
]


@pytest.mark.parametrize(("what", "entries", "why"), AFTER, ids=[row[0] for row in AFTER])
def test_c2_a_word_said_after_the_change_counts_by_the_new_list(
    what: str, entries: tuple[Entity, ...], why: str
) -> None:
    """At the moment it speaks."""
    story = told(entries)
    story.position("arcadia", "object", at=5)
    assert [(o.stands, o.why_not) for o in story.ready(9).objections] == [(not why, why)]


def test_a_renamed_entity_is_shown_under_the_name_it_had_when_it_spoke() -> None:
    """And under its new one from its next word on."""
    story = told((until(), since(name="New Arcadia")))
    story.position("arcadia", "support", at=2)
    assert voice(story.ready(9)).name == "Arcadia (invented)"
    story.position("arcadia", "support", at=5)
    assert voice(story.ready(9)).name == "New Arcadia (invented)"


def test_c2_each_successor_of_an_entity_that_split_speaks_for_itself() -> None:
    """Both own the old objection; a support by one is its own, and ends nothing."""
    story = told(SPLIT, rules=ONE_SUPPORT)
    objection = story.position("arcadia", "object", at=2)
    story.position("north-arcadia", "support", at=5)
    assert [(m.what, m.detail) for m in story.ready(9).missing] == [("objection", objection.objection)]
    south = story.position("south-arcadia", "object", at=6)
    assert [o.id for o in story.ready(9).objections if o.stands] == [objection.objection, south.objection]


def test_c2_the_other_entity_of_a_merger_keeps_its_own_words() -> None:
    """Lyrania owns the objection of Arcadia beside its own; each ends by an act that names it."""
    story = told((until(successors=("lyrania",)),))
    story.position("arcadia", "object", at=2)
    own = story.position("lyrania", "object", at=2)
    story.end(own, at=5)
    assert [(m.what, m.who) for m in story.ready(9).missing] == [("objection", "lyrania")]


def test_a_list_corrected_after_the_fact_alters_no_earlier_verdict() -> None:
    """It now says that Arcadia had left long ago: what was found stays, what is asked from then on says why."""
    story = told((entity("arcadia"),), rules=ONE_SUPPORT)
    story.position("arcadia", "support", at=2)
    gone = (entity("arcadia", last=date(2024, 12, 31)), *LIST[1:])
    story.main(at=9, experts=replace(story.states[-1].experts, entities=gone))
    assert story.ready(8.5).ready
    found = story.ready(10)
    assert [m.what for m in found.missing] == ["support"]
    assert voice(found).why_not == LEFT


def test_c10_an_entity_of_another_category_supports_once_more() -> None:
    """Breadth is of the categories that the supporters are of now, so that saying it again changes nothing."""
    people = (entity("arcadia", "academia", last=LAST), since())
    for again in (False, True):
        story = told(people, rules=replace(ITU, breadth_categories=2))
        story.position("arcadia", "support", at=2)
        story.position("lyrania", "support", at=2)
        assert story.ready(3).missing[0].what == "call-runs", "two categories on day 3"
        if again:
            story.position("arcadia", "support", at=5)
        assert [(m.what, m.detail) for m in story.ready(9).missing] == [("breadth-categories", "1 of 2")]


# --- Co-signers -------------------------------------------------------------------------------------------------


def nothing(story: Story) -> None:
    """Only its name in the description."""


def letter(story: Story, *confirmed_by: str) -> None:
    """The secretariat enters a letter, perhaps confirmed."""
    entry = story.cosign("arcadia", at=3, role="secretariat")
    for one in confirmed_by:
        story.confirm(entry, at=4, entity_id=one)


NAMED = "it is named as a co-signer and has not itself confirmed"
COSIGNERS: list[tuple[str, Any, bool]] = [
    ("it is only named", nothing, False),
    ("it signs", lambda story: story.cosign("arcadia", at=3), True),
    ("a letter signs for it", letter, False),
    ("a letter that another entity confirms", lambda story: letter(story, "lyrania"), False),
    ("a letter that it confirms itself", lambda story: letter(story, "arcadia"), True),
    ("it says that it does not sign", lambda story: story.cosign("arcadia", at=3, accepted=False), True),
]


@pytest.mark.parametrize(("what", "act", "counts"), COSIGNERS, ids=[row[0] for row in COSIGNERS])
def test_c3_a_co_signer_counts_only_after_its_own_act(what: str, act: Any, counts: bool) -> None:
    """Its support of day 2 counts once it has itself signed or declined; until then its voice says why not."""
    story = told((entity("arcadia"),), rules=ONE_SUPPORT, cosigners=("arcadia",))
    story.position("arcadia", "support", at=2)
    act(story)
    found = story.ready(9)
    assert found.ready is counts
    assert voice(found).why_not == ("" if counts else NAMED)
