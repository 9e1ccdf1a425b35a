"""Fail closed in a small world, exhausted: what ends an objection and what does not, and what a change outdates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from accord.domain.agreement.objections import objections
from accord.domain.agreement.voices import voices
from accord.domain.record.events import (
    Asked,
    Called,
    Confirmed,
    Corrected,
    Cosigned,
    Declared,
    Event,
    ObjectionEnded,
    Position,
    Recalled,
    Reopened,
    Split,
    Withdrawn,
)
from accord.domain.record.values import CAUTION, Actor, Receipt, Stance
from tests.domain.agreement.small_world import ENDS, ENTITIES, GUEST, INSTANT, RULES, World, expert, said
from tests.domain.agreement.story import Story, change, day

LATER = (3.0, ENDS, 9.5)
NOW = 20.0
BETTER = (change("c1", "better"),)
CHAIR, SECRETARIAT = Actor(name="Cho", role="chair"), Actor(name="Sam", role="secretariat")
STANCES: tuple[Stance, ...] = ("support", "accept", "abstain", "reserve", "object")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens after an objection: what it is in words, under which rules it ends it alone, the event."""

    what: str
    ends: tuple[str, ...]
    event: Event


def common(at: float, by: Actor) -> dict[str, Any]:
    """What every event carries."""
    return {"by": by, "received": Receipt.instant(day(at)), "recorded": day(at), "subject": "7"}


def acts(objection: Position) -> Iterator[Act]:
    """Everything that can happen, at three instants: words of all, and each kind of act by each who could try it."""
    number = 1000
    for at in LATER:
        for who, stance in itertools.product((*ENTITIES, GUEST), STANCES):
            number += 1
            yield Act(f"{who} says {stance}", (), said(who, stance, at, number=number))
        for what, ends, event in acts_at(objection.objection, at):
            yield Act(what, ends, event)


def acts_at(id_: str, at: float) -> Iterator[tuple[str, tuple[str, ...], Event]]:
    """The acts that are no positions."""
    both = ("itu", "lazy")
    owner, other, guest = (
        common(at, expert("arcadia")),
        common(at, expert("lyrania")),
        common(at, expert(GUEST)),
    )
    chair, secretariat = common(at, CHAIR), common(at, SECRETARIAT)
    source = common(at, Actor(name="Bo", role="source"))

    def ended(base: dict[str, Any], how: Any, **more: Any) -> Event:
        return ObjectionEnded(**base, objection=id_, how=how, **more)

    yield "its owner withdraws it", both, ended(owner, "withdrawn")
    yield "its owner confirms that it is met", both, ended(owner, "met")
    yield "it is withdrawn in a recorded meeting", both, ended(secretariat, "withdrawn", meeting="ieg-2")
    yield "a chair sets it aside with a reason", ("lazy",), ended(chair, "set-aside", reason="out of scope")
    yield (
        "a split names it and leaves its clause here",
        (),
        Split(**source, into=8, clauses=("c1",), objections=(id_,)),
    )
    yield "a chair sets it aside without a reason", (), ended(chair, "set-aside")
    yield "a chair disposes of it while its owner is there", (), ended(chair, "disposed", reason="tried")
    yield "a chair says that it is withdrawn", (), ended(chair, "withdrawn")
    yield "the secretariat says that it is withdrawn", (), ended(secretariat, "withdrawn")
    yield "the secretariat sets it aside", (), ended(secretariat, "set-aside", reason="tried")
    yield "another entity withdraws it", (), ended(other, "withdrawn")
    yield "another entity says that it is met", (), ended(other, "met")
    yield "a guest withdraws it", (), ended(guest, "withdrawn")
    yield "the source says that it is met", (), ended(source, "met")
    yield "an act that names another objection", (), replace(ended(owner, "withdrawn"), objection="7-o999")  # type: ignore[call-arg]
    yield (
        "a split that names another objection",
        (),
        Split(**source, into=8, clauses=("c2",), objections=("7-o9",)),
    )
    yield (
        "its owner signs the contribution",
        (),
        Cosigned(**owner, entity="arcadia", accepted=True, effect=BETTER),
    )
    yield "its owner says that it stands", (), Confirmed(**owner, target=100, entity="arcadia")
    yield "another entity confirms it", (), Confirmed(**other, target=100, entity="lyrania")
    yield (
        "a chair asks, with too little time",
        (),
        Asked(**chair, objection=id_, until=day(at + 1), reason="x"),
    )
    yield "a chair calls again", (), Called(**chair, until=day(at + 7), effect=BETTER, rules="")
    yield "a chair takes the call back", (), Recalled(**chair, call=2, reason="x")
    declared: dict[str, Any] = {"effect": BETTER, "seen": "r0", "basis": 0}
    yield "a chair declares it agreed", (), Declared(**chair, result="agreed", **declared)
    rough: dict[str, Any] = {"rough": True, "reason": "x", **declared}
    yield "a chair declares rough consensus", (), Declared(**chair, result="agreed", **rough)
    yield "a chair reopens it", (), Reopened(**chair, declared=100, reason="x")
    yield "somebody contests it", (), Corrected(**secretariat, target=100, reason="x", contested=True)
    yield "the source withdraws the contribution", (), Withdrawn(**source, reason="x")


@pytest.mark.parametrize("rules", ["itu", "lazy"])
def test_nothing_but_the_acts_that_c6_names_ends_an_objection(rules: str) -> None:
    """C6. An objection at each edge, and after it every one and every two of all things that can happen, at any time.

    It has ended exactly if one of them is an act that ends it under these rules; an end names its act and its rule.
    """
    world = World.under(RULES[rules])
    seen_world = world.story.world()
    told = stood = 0
    for at in (0.5, 1.0, 2.0, 3.0 - INSTANT):
        objection = said("arcadia", "object", at, reason="why", number=1)
        everything = list(acts(objection))
        for chosen in itertools.chain(((one,) for one in everything), itertools.combinations(everything, 2)):
            dossier = world.dossier((objection, *(one.event for one in chosen)))
            first = objections(dossier, seen_world, day(NOW))[0]
            told += 1
            stood += first.stands
            expected = not any(rules in one.ends for one in chosen)
            assert first.stands is expected, [one.what for one in chosen]
            if first.ended is not None:
                assert first.ended.by.name
                assert first.ended.rule == "C6"
                assert first.ended.seq in {101, 102}
    assert told == 32_004
    assert 0 < stood < told


@pytest.mark.parametrize("rules", ["itu", "lazy"])
def test_a_request_that_nobody_answers_and_everything_that_can_happen_meanwhile(rules: str) -> None:
    """C6. With a request of enough days it lapses in `lazy`, unless its owner says that it stands or objects again."""
    world = World.under(RULES[rules])
    objection = said("arcadia", "object", 1.0, reason="why", number=1)
    asked = Asked(
        **common(2, CHAIR), objection=objection.objection, until=day(17), reason="nothing was heard"
    )
    kept = {"its owner says that it stands", "arcadia says object"}
    told = 0
    for one in acts(objection):
        dossier = world.dossier((objection, asked, one.event))
        for now, due in ((17 - INSTANT, False), (17.0, True), (NOW, True)):
            first = objections(dossier, world.story.world(), day(now))[0]
            lapsed = rules == "lazy" and due and one.what not in kept
            assert first.stands is not (lapsed or rules in one.ends), one.what
            told += 1
    assert told == 378


def test_a_change_of_the_text_outdates_exactly_its_clause() -> None:
    """C5. Two clauses, of which one is reworded between any two words: what was said of the other stands.

    Every two words of two entities at every edge instant, each on the text as it then reads or on a page that is
    stale, with the change before, between and after; compared with a count by hand of which word is the last.
    """
    old = (change("c1", "better"), change("c2", "finer"))
    new = (change("c1", "better"), change("c2", "finest"))
    instants = (0.5, 1.0, ENDS - INSTANT, ENDS, 9.5)
    told = 0
    for changed in (0.75, ENDS, 9.0):
        story = Story()
        story.text(*old)
        story.text(*new, at=changed)
        world = story.world()
        words = [
            replace(said(who, stance, at), effect=new if at >= changed and not stale else old)
            for who, at, stance, stale in itertools.product(ENTITIES, instants, STANCES, (False, True))
            if not (stale and at < changed)
        ]
        for pair in itertools.combinations(words, 2):
            events = tuple(replace(one, seq=100 + number) for number, one in enumerate(pair))
            found = voices(replace(story.dossier(), events=events), world, day(NOW))
            assert {v.entity: (dict(v.stances), dict(v.outdated)) for v in found} == by_hand(pair, new)
            told += 1
    assert told == 8_190


def by_hand(words: Sequence[Position], new: Any) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """What stands of each entity, and what is outdated."""
    found = {}
    for who in {one.entity for one in words}:
        mine = sorted(
            (one for one in words if one.entity == who), key=lambda w: (w.received.latest, CAUTION[w.stance])
        )
        current = [one for one in mine if one.effect == new]
        stances: dict[str, str] = {"c1": mine[-1].stance}
        outdated: dict[str, str] = {}
        if current:
            stances["c2"] = current[-1].stance
        else:
            outdated["c2"] = mine[-1].stance
        found[who] = (stances, outdated)
    return found
