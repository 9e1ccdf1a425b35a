"""What is missing, with rule, person and date, in every standing; and the words of the standings themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.readiness import WHAT_PEOPLE_SAID, Missing, readiness
from accord.domain.agreement.verdict import Standing
from accord.domain.process.rules import ChangeInCall, Gated, Share
from accord.domain.record.events import Withdrawn
from accord.domain.record.values import Actor, Receipt
from tests.domain.agreement.story import BASE, ITU, LIST, OPINION, REPORT, Story, change, day, entity

Row = tuple[str, str, str, datetime | None]


def told(**changes: Any) -> Story:
    """A text of one clause that nobody called on yet."""
    story = Story(**changes)
    story.text(change("c1", "one!"), at=0)
    return story


def rows(missing: tuple[Missing, ...]) -> list[Row]:
    """Rule, what, who, by when."""
    return [(one.rule, one.what, one.who, one.by) for one in missing]


def called(**changes: Any) -> Story:
    """The same in a call from day 1 to day 8."""
    story = told(**changes)
    story.call(at=1, until=8)
    return story


def declared(**changes: Any) -> Story:
    """Declared agreed on day 9."""
    story = called(**changes)
    story.declare(at=9)
    return story


def late(story: Story) -> Story:
    """An objection of day 8 that is learned of on day 10."""
    story.position("arcadia", "object", at=8.5, role="secretariat")
    return story


def reworded(story: Story, at: float) -> Story:
    """Another wording."""
    story.text(change("c1", "otherwise"), at=at)
    return story


def reopened(story: Story) -> Story:
    """A chair reopens what was declared."""
    story.reopen(story.events[-1], at=10)
    return story


def contested(story: Story) -> Story:
    """Somebody disputes the declaration."""
    story.contest(story.events[-1], at=10)
    return story


def ad_referendum() -> Story:
    """Agreed in a meeting on day 2, for good after day 5."""
    story = told()
    story.outcome("agreed ad referendum", at=2, until=5)
    return story


NO_CALL: Row = ("C7", "no-call", "a chair", None)
CHANGED: Row = ("C8", "text-changed", "a chair", None)
REFUSING = replace(ITU, change_in_call=ChangeInCall.REFUSE)
HOLDING = replace(ITU, change_in_call=ChangeInCall.HOLD)

# story, moment → standing, what is missing
STANDINGS: list[tuple[str, Callable[[], Story], float, Standing, list[Row]]] = [
    ("nobody called", told, 1, Standing.OPEN, [NO_CALL]),
    ("the call runs", called, 7, Standing.IN_CALL, [("C7", "call-runs", "time", day(8))]),
    ("the call is over", called, 8, Standing.READY, []),
    (
        "a change in a call that takes none",
        lambda: reworded(called(rules=REFUSING), 3),
        9,
        Standing.OPEN,
        [("C7", "call-void", "a chair", day(3))],
    ),
    (
        "a change that the call holds for",
        lambda: reworded(called(rules=HOLDING), 3),
        9,
        Standing.NOT_YET_AGREED,
        [CHANGED],
    ),
    ("declared", declared, 10, Standing.AGREED, []),
    (
        "learned of later",
        lambda: late(declared()),
        10,
        Standing.TO_BE_CONFIRMED,
        [("C9", "to-be-confirmed", "a chair", None)],
    ),
    (
        "reads otherwise since",
        lambda: reworded(declared(), 10),
        10.5,
        Standing.REOPENED,
        [("C9", "reopened", "a chair", None), ("C7", "call-runs", "time", day(17))],
    ),
    (
        "reads otherwise, called anew",
        lambda: reworded(declared(), 10),
        17,
        Standing.REOPENED,
        [("C9", "reopened-ready", "a chair", None)],
    ),
    (
        "reopened by a chair",
        lambda: reopened(declared()),
        11,
        Standing.REOPENED,
        [("C9", "reopened-by-chair", "a chair", None), NO_CALL],
    ),
    ("disputed", lambda: contested(declared()), 11, Standing.AGREED, [("C14", "contested", "a chair", None)]),
    ("ad referendum", ad_referendum, 4, Standing.AD_REFERENDUM, [("C11", "ad-referendum", "time", day(5))]),
    ("after its day", ad_referendum, 5, Standing.AGREED, []),
]


@pytest.mark.parametrize(
    ("what", "story", "at", "standing", "missing"), STANDINGS, ids=[r[0] for r in STANDINGS]
)
def test_where_it_stands_and_what_it_needs_from_whom_by_when(
    what: str, story: Callable[[], Story], at: float, standing: Standing, missing: list[Row]
) -> None:
    """One row a standing."""
    found = story().verdict(at)
    assert (found.standing, rows(found.missing)) == (standing, missing)
    assert found.contested is (what == "disputed")
    assert found.agreed is (standing is Standing.AGREED and what != "disputed")
    assert found.rough is False


def test_only_a_dispute_of_this_declaration_counts() -> None:
    """A note on another event, or one that disputes nothing, leaves it as it is."""
    story = declared()
    story.contest(story.events[0], at=10)
    assert not story.verdict(11).contested
    noted = replace(story.events[-1], target=story.events[-2].seq, contested=False)  # type: ignore[call-arg]
    story.events.append(noted)
    assert not story.verdict(11).contested


def test_the_standings_as_they_are_written() -> None:
    """Programs read these words."""
    assert [one.value for one in Standing] == [
        "open", "in call", "ready", "not yet agreed", "agreed", "agreed ad referendum", "not agreed",
        "to be confirmed", "reopened", "adopted",
    ]  # fmt: skip


ASKING = replace(
    ITU,
    needs_support=1,
    needs_share=Share(numerator=1, denominator=2),
    may_be_silent=1,
    breadth_categories=1,
    breadth_entities=1,
    escalate_days=5,
)


def test_what_the_rules_ask_for_with_rule_and_count() -> None:
    """Four are asked: all but the source; an associate is none of them."""
    found = called(rules=ASKING).ready(9).missing
    assert [(one.rule, one.what, one.who, one.detail) for one in found] == [
        ("C8", "support", "entities on the list", "0 of 1"),
        ("C8", "share", "entities on the list", "0 of 2"),
        ("C8", "silent", "entities on the list", "3, at most 1 may be"),
        ("C8", "breadth-categories", "entities of other categories", "0 of 1"),
        ("C8", "breadth-entities", "other entities", "0 of 1"),
    ]


def test_rough_consensus_is_in_spite_of_what_people_said_and_of_nothing_else() -> None:
    """The text, the call, and what it builds on must be right."""
    assert {
        "objection", "objection-orphaned", "support", "share", "silent", "breadth-categories", "breadth-entities",
    } == WHAT_PEOPLE_SAID  # fmt: skip


def test_support_that_is_outdated_on_one_clause_is_no_support_of_the_text() -> None:
    """C8. Nothing the rule relies on is outdated."""
    story = Story(rules=replace(ITU, needs_support=1))
    story.text(change("c1", "one!"), change("c2", "two!"), at=0)
    story.call(at=1, until=8)
    story.position("arcadia", "support", at=2)
    assert [one.what for one in story.ready(3).missing] == ["call-runs"]
    story.text(change("c1", "one!"), change("c2", "otherwise"), at=4)
    assert [one.what for one in story.ready(30).missing] == ["support"]


def test_an_objection_says_since_when_the_chairs_take_it_up() -> None:
    """C6. The date stands with what is missing; an owner that left leaves it to a chair."""
    people = (entity("arcadia", last=day(3).date()), *LIST[1:])
    story = called(rules=ASKING, entities=people)
    one = story.position("arcadia", "object", at=2)
    other = story.position("lyrania", "object", at=2)
    until = story.ready(3).objections[0].escalates
    assert [(m.rule, m.what, m.who, m.by, m.detail) for m in story.ready(9).missing[:2]] == [
        ("C6", "objection-orphaned", "a chair", until, one.objection),
        ("C6", "objection", "lyrania", until, other.objection),
    ]


GATES = [
    ((Gated.OPINIONS,), "c1", True),
    ((Gated.OPINIONS,), "r1", False),
    ((Gated.REPORT,), "r1", True),
    ((), "c1", False),
]


@pytest.mark.parametrize(("gates", "clause", "gated"), GATES)
def test_c1_what_is_gated_is_data(gates: tuple[Gated, ...], clause: str, gated: bool) -> None:
    """Opinions, the Report, or nothing."""
    story = Story(rules=replace(ITU, gates=gates))
    story.text(change(clause, "another"), at=0)
    assert story.ready(1).gated is gated
    assert BASE.by_id[clause].path in (OPINION, REPORT)


OVER = Withdrawn(
    by=Actor(name="b", role="source"), received=Receipt.instant(day(1)), recorded=day(1), subject="3", seq=2
)
BUILDING: list[tuple[str, bool, Requirement, tuple[str, str]]] = [
    ("requires", False, Requirement(number=3), ("requires", "a chair")),
    ("requires what is over", False, Requirement(number=3, over=OVER), ("requires-over", "its source")),
    ("amends", True, Requirement(number=3), ("amends", "a chair")),
    ("amends what is over", True, Requirement(number=3, over=OVER), ("amends-over", "its source")),
    ("amends one and requires another", True, Requirement(number=4), ("requires", "a chair")),
]


@pytest.mark.parametrize(("what", "amends", "one", "missing"), BUILDING, ids=[row[0] for row in BUILDING])
def test_c8_what_it_builds_on(what: str, amends: bool, one: Requirement, missing: tuple[str, str]) -> None:
    """Named by its number, and by whether it is amended, required, or off the table."""
    story = called()
    onto = Dossier(subject="3", events=(), versions=(Version(number=1, moment=day(0), seq=1, proposal=()),))
    dossier = replace(story.dossier(), requires=(one,), onto=onto if amends else None)
    found = readiness(dossier, story.world(), day(9)).missing
    assert [(m.rule, m.what, m.who, m.detail) for m in found] == [("C8", *missing, str(one.number))]
