"""Ends of objections at their edges: whose act, which request, which answer, under which rule (C2, C6, C14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.domain.agreement.endings import RULE, Ways
from accord.domain.process.people import Expert, ExpertsList, Term
from accord.domain.record.values import Actor, Role
from tests.domain.agreement.story import ITU, LIST, Story, change, day, entity
from tests.domain.agreement.test_ways import LAPSING, told


def test_each_way_out_has_its_rule() -> None:
    """C2 for what nobody owns any more, C6 for all others."""
    assert RULE == {
        "withdrawn": "C6",
        "met": "C6",
        "disposed": "C2",
        "set-aside": "C6",
        "lapsed": "C6",
        "moved": "C6",
    }


# who acts, how → is it an end of Arcadia's objection, in rules that let a chair set aside?
ACTS: list[tuple[Role, str, bool]] = [
    ("expert", "withdrawn", True),
    ("expert", "met", True),
    ("expert", "disposed", False),
    ("expert", "set-aside", False),
    ("chair", "withdrawn", False),
    ("chair", "met", False),
    ("chair", "disposed", False),
    ("chair", "set-aside", True),
    ("secretariat", "withdrawn", False),
    ("secretariat", "set-aside", False),
    ("secretariat", "disposed", False),
]


@pytest.mark.parametrize(("role", "how", "ends"), ACTS)
def test_c6_whose_act_ends_it_and_how(role: Role, how: str, ends: bool) -> None:
    """Its owner withdraws it or says it is met; a chair sets aside; nobody disposes of what is owned."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=3, role=role, how=how, reason="r")
    assert story.ready(9).objections[0].stands is not ends


def test_c6_what_is_said_in_a_meeting_for_its_owner_ends_it() -> None:
    """But a chair's disposing of it in a meeting does not."""
    story = told()
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=3, role="secretariat", how="disposed", reason="r", meeting="ieg-1")
    assert story.ready(9).objections[0].stands
    story.end(objection, at=4, role="secretariat", meeting="ieg-1")
    assert not story.ready(9).objections[0].stands


def test_c6_an_end_says_why_and_leaves_other_objections_alone() -> None:
    """The act names one; its reason stays with it."""
    story = told(rules=LAPSING)
    first = story.position("arcadia", "object", at=2)
    second = story.position("lyrania", "object", at=2)
    story.ask(first, at=2, until=9.5)
    story.end(second, at=3, reason="explained")
    one, other = story.ready(10).objections
    assert one.ended is not None
    assert other.ended is not None
    assert (one.ended.how, one.ended.reason) == ("lapsed", "nothing was heard of it")
    assert (other.ended.how, other.ended.reason) == ("withdrawn", "explained")


def test_c6_an_objection_that_moved_says_why() -> None:
    """The reason of the split."""
    story = told()
    moved = story.position("arcadia", "object", at=2, on=(change("c2", "two!"),))
    story.split("c2", at=5, objections=(moved.objection,))
    story.events[-1] = replace(story.events[-1], reason="the first clause can go on")  # type: ignore[call-arg]
    story.text(change("c1", "one!"), at=5)
    (found,) = story.ready(6).objections
    assert found.ended is not None
    assert found.ended.reason == "the first clause can go on"


def test_c6_one_clause_of_several_proposed_again_is_enough_for_it_to_stand_here() -> None:
    """It moved with two; the source proposes one of them anew."""
    story = told()
    both = story.position("arcadia", "object", at=2)
    story.split("c1", "c2", at=5, objections=(both.objection,))
    story.text(change("c1", "one, anew"), at=6)
    assert story.ready(7).objections[0].stands


# --- requests ---------------------------------------------------------------------------------------------------


def ways(story: Story, at: float = 30) -> Ways:
    """The acts by a moment."""
    return Ways(story.dossier(), story.world(), day(at))


def test_the_newest_request_about_this_objection() -> None:
    """Neither an older one nor one about another objection."""
    story = told()
    first = story.position("arcadia", "object", at=2)
    second = story.position("lyrania", "object", at=2)
    story.ask(first, at=6, until=20)
    newest = story.ask(first, at=7, until=12)
    story.ask(second, at=8, until=30)
    assert ways(story).asked(first.objection) == newest
    assert ways(story, at=5).asked(first.objection) is None


# what is confirmed, by whom → is the request answered?
ANSWERS: list[tuple[str, str, bool]] = [
    ("the objection", "arcadia", True),
    ("the objection", "lyrania", False),
    ("another event", "arcadia", False),
]


@pytest.mark.parametrize(("what", "who", "answered"), ANSWERS)
def test_c6_what_answers_a_request(what: str, who: str, answered: bool) -> None:
    """Its owner confirms this objection."""
    story = told(rules=LAPSING)
    other = story.position("arcadia", "support", at=1.5, on=(change("r1", "x"),))
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=10)
    story.confirm(objection if what == "the objection" else other, at=5, entity_id=who)
    found = next(o for o in story.ready(10).objections if o.id == objection.objection)
    assert found.stands is answered
    assert found.confirmed is answered


def test_c6_of_two_requests_each_is_answered_for_itself() -> None:
    """The first one left too little time; the second lapses all the same."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=4)
    story.ask(objection, at=3, until=11)
    assert story.ready(10.9).objections[0].stands
    assert not story.ready(11).objections[0].stands


# --- who speaks for whom ------------------------------------------------------------------------------------------

TERM = Term(first=date(2024, 1, 1), last=None)
EXPERTS = (
    Expert(name="Ana", entity="arcadia", term=TERM, account=1, country="X", active_in_own_country=True),
    Expert(name="Lev", entity="lyrania", term=TERM, country="X", active_in_own_country=True),
)
SPEAKERS: list[tuple[str, int | None, bool]] = [
    ("Ana", 1, True),
    ("Somebody", 1, True),  # the account says who it is
    ("Lev", None, False),  # an expert of another entity, known by name
    ("Ana", 2, True),  # nobody the list knows: `verify` asks for the right to speak
    ("Nobody", None, True),
]


@pytest.mark.parametrize(("name", "account", "ends"), SPEAKERS)
def test_c6_an_expert_of_another_entity_ends_nothing(name: str, account: int | None, ends: bool) -> None:
    """By account where there is one, else by name."""
    story = told()
    state = story.states[0]
    story.states[0] = replace(
        state, experts=ExpertsList(zone=state.experts.zone, entities=LIST, experts=EXPERTS)
    )
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=3)
    story.events[-1] = replace(story.events[-1], by=Actor(name=name, role="expert", id=account))
    assert story.ready(9).objections[0].stands is not ends


def test_c2_what_was_said_before_the_objection_was_raised_ends_nothing() -> None:
    """Its id may be known to somebody before; an act comes after what it ends."""
    story = told(rules=ITU)
    objection = story.position("arcadia", "object", at=2)
    early: Any = story.end(objection, at=2)
    story.events[-1] = replace(early, seq=objection.seq - 1)
    assert story.ready(9).objections[0].stands


def test_c2_of_two_successors_both_must_have_spoken_by_the_act() -> None:
    """The later word of the second is no part of the act of the first."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("north", "south")),
        entity("north"),
        entity("south"),
        *LIST[1:],
    )
    story = told(entities=people)
    objection = story.position("arcadia", "object", at=2)
    first = story.end(objection, at=9, role="secretariat")
    second = story.end(objection, at=10, role="secretariat")
    story.confirm(first, at=11, entity_id="north")
    story.confirm(second, at=12, entity_id="south")
    (found,) = story.ready(13).objections
    assert found.ended is not None
    assert found.ended.seq == second.seq
