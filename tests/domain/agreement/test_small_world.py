"""C10 in a small world, exhausted: every history of up to three events, every order of delivery, every edge instant."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.readiness import readiness
from accord.domain.agreement.verdict import judge
from accord.domain.record.events import Event, ObjectionEnded, Position
from accord.domain.record.values import Stance
from tests.domain.agreement.story import ITU, Story, change, day

SECOND = 1 / 86400
CALL_ENDS = 8
WHO = ("arcadia", "lyrania", "passer-by")
STANCES: tuple[Stance, ...] = ("support", "object")
INSTANTS = (0.5, CALL_ENDS - SECOND, CALL_ENDS, 9.0)  # before the call, its last second, its end, after it
MOMENTS = (CALL_ENDS - SECOND, CALL_ENDS, 10.0)
RULES = {"itu": ITU, "one support asked for": replace(ITU, needs_support=1, breadth_entities=1)}


def world(rules: str) -> Story:
    """A text on one clause, called from day 1 to day 8."""
    story = Story(rules=RULES[rules])
    story.text(change("c1", "better"))
    story.call(at=1, until=CALL_ENDS)
    return story


def words(story: Story) -> list[Event]:
    """Every single thing that can be said, or taken back, in this world."""
    told: list[Event] = []
    for who, stance, at in itertools.product(WHO, STANCES, INSTANTS):
        position = story.position(who, stance, at=at)
        story.events.remove(position)
        told.append(position)
        if stance == "object":
            end = story.end(position, at=at + 0.25)
            story.events.remove(end)
            told.append(end)
    return told


def with_events(story: Story, events: Sequence[Event]) -> Dossier:
    """The dossier with these events recorded after the call, in this order."""
    numbered = [replace(event, seq=100 + index) for index, event in enumerate(events)]
    return replace(story.dossier(), events=(*story.events, *numbered))


def histories(told: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """None, one or two events."""
    yield ()
    yield from ((one,) for one in told)
    yield from itertools.combinations(told, 2)


@pytest.mark.parametrize("rules", RULES)
def test_a_support_never_unmakes_readiness_and_an_objection_never_makes_it(rules: str) -> None:
    """Adding a support never turns ready into not ready; adding an objection never the reverse."""
    story = world(rules)
    told = words(story)
    seen_world = story.world()
    checked = turned = 0
    for history in histories(told):
        for moment in MOMENTS:
            before = readiness(with_events(story, history), seen_world, day(moment)).ready
            for event in told:
                if not isinstance(event, Position):
                    continue
                after = readiness(with_events(story, (*history, event)), seen_world, day(moment)).ready
                checked += 1
                turned += before != after
                if event.stance == "support":
                    assert after or not before, (history, event, moment)
                else:
                    assert before or not after, (history, event, moment)
    assert checked > 40_000
    assert turned, "the world is too small to tell ready from not ready"


@pytest.mark.parametrize("rules", RULES)
def test_order_of_delivery_never_matters(rules: str) -> None:
    """Two events told in either order give the same standing and the same voices at every edge."""
    story = world(rules)
    told = words(story)
    seen_world = story.world()
    for one, other in itertools.combinations(told, 2):
        if isinstance(other, ObjectionEnded) or isinstance(one, ObjectionEnded):
            continue  # an act that names an objection comes after it
        for moment in MOMENTS:
            forth = judge(with_events(story, (one, other)), seen_world, day(moment))
            back = judge(with_events(story, (other, one)), seen_world, day(moment))
            assert forth.standing is back.standing
            assert [(v.entity, v.stance) for v in forth.readiness.voices] == [
                (v.entity, v.stance) for v in back.readiness.voices
            ]
            assert {o.id: o.stands for o in forth.readiness.objections} == {
                o.id: o.stands for o in back.readiness.objections
            }


def test_nothing_is_ready_before_its_call_has_ended() -> None:
    """Fail closed: whatever is said, the last second of the call is not its end."""
    story = world("itu")
    told = words(story)
    seen_world = story.world()
    for history in histories(told):
        assert not readiness(with_events(story, history), seen_world, day(CALL_ENDS - SECOND)).ready
