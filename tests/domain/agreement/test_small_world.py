"""C10 and fail closed in a small world, exhausted: every history, every edge instant, every order of delivery.

How much is told is written here and compared, so that it cannot shrink unseen. `make exhaust` tells all of it.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from accord.domain.agreement.verdict import Standing, judge
from accord.domain.record.events import Declared, Position
from accord.domain.record.values import Actor, Receipt
from tests.domain.agreement.small_world import (
    DECLARED,
    ENDS,
    EXHAUST,
    GUEST,
    INSTANT,
    MOMENTS,
    OPENS,
    RULES,
    Table,
    outline,
)
from tests.domain.agreement.story import change, day

# rules → up to how many events, how many histories that are, how many of them had to be judged at some moment,
# and how many were compared with another order of the record
SIZES = {
    "itu": (3, 57_226, 94_067, 33_275),
    "one support asked for": (2, 2_486, 4_877, 8_575),
    "ietf-ballot": (2, 3_571, 6_979, 12_348),
    "rust-fcp": (2, 904, 1_801, 3_087),
    "rust-fcp, nobody silent": (2, 904, 1_801, 3_087),
    "lazy": (2, 3_571, 6_979, 12_348),
}
# Where there are too many histories to tell in a minute only these edges of the call are; `make exhaust` tells all.
EDGES = (OPENS, ENDS - INSTANT, ENDS, DECLARED)


def most(rules: str) -> int:
    """Up to how many events are told under some rules."""
    return 3 if EXHAUST else SIZES[rules][0]


@pytest.mark.parametrize("rules", RULES)
def test_a_support_never_unmakes_readiness_and_an_objection_never_makes_it(rules: str) -> None:
    """C10. To every history one more word is added, at every instant, and both are judged at every moment.

    Nothing is ready before its call has ended. In `itu` it is then ready exactly if no objection has come.
    """
    table = Table(RULES[rules])
    objecting = withholding(table)
    histories, changes = {frozenset[int]()}, 0
    for history in table.histories(most(rules) - 1):
        if not table.first(history):
            continue
        for number, added in enumerate(table.told):
            if number in history:
                continue
            more = history | {number}
            histories.update((more, table.turned(more)))
            for moment in MOMENTS:
                before, after = table.ready(history, moment), table.ready(more, moment)
                changes += before != after
                assert after or not before or added.stance != "support", (table.events(more), moment)
                assert before or not after or added.stance != "object", (table.events(more), moment)
                assert moment >= ENDS or not after, (table.events(more), moment)
                if rules in ("itu", "lazy"):
                    assert after is (moment >= ENDS and not table.come(more, moment) & objecting)
    assert changes, "the world is too small to tell ready from not ready"
    assert EXHAUST or (most(rules), len(histories), table.judgements) == SIZES[rules][:3]


def withholding(table: Table) -> frozenset[int]:
    """The objections that the rules let stand: said in a line, and apart from the code."""
    asks = table.world.story.states[0].rules.objection_needs_reason
    said = enumerate(table.told)
    return frozenset(n for n, one in said if one.stance == "object" and (one.reason or not asks))


def at_the_edges(table: Table) -> frozenset[int]:
    """What is said at the edges of the call only."""
    edges = [day(at) for at in EDGES]
    return frozenset(n for n, one in enumerate(table.told) if one.received.latest in edges)


@pytest.mark.parametrize("rules", RULES)
def test_order_of_delivery_never_matters(rules: str) -> None:
    """C10. Whatever the order in which a history is recorded, a person sees the same, of voices and objections too."""
    table = Table(RULES[rules])
    edges = at_the_edges(table)
    compared = 0
    for history in table.histories(most(rules)):
        if len(history) < 2 or not table.first(history):
            continue
        if len(history) == 3 and not EXHAUST and not history <= edges:
            continue
        moments = MOMENTS if EXHAUST or len(history) == 2 else MOMENTS[-1:]
        for moment in moments:
            first, *others = itertools.permutations(table.events(history))
            seen = outline(table.world.judged(first, moment))
            for order in others:
                assert outline(table.world.judged(order, moment)) == seen, (order, moment)
                compared += 1
    assert EXHAUST or compared == SIZES[rules][3]


@pytest.mark.parametrize("rules", RULES)
def test_what_comes_later_is_never_looked_at_and_the_two_entities_are_alike(rules: str) -> None:
    """The two shortcuts: a history judged at a moment is what had come by then, whoever is called Arcadia."""
    table = Table(RULES[rules])
    edges = at_the_edges(table)
    for history in table.histories(most(rules) if EXHAUST else 2):
        if not table.first(history):
            continue
        if len(history) == 2 and rules != "itu" and not EXHAUST and not history <= edges:
            continue
        for moment in MOMENTS:
            found = table.world.judged(table.events(history), moment)
            come = table.come(history, moment)
            if come != history:
                assert outline(found) == outline(table.world.judged(table.events(come), moment))
            other = table.world.judged(table.events(table.turned(history)), moment)
            assert found.ready is other.ready
            assert sorted(m.what for m in found.missing) == sorted(m.what for m in other.missing)


@pytest.mark.parametrize("rules", RULES)
def test_a_guest_is_heard_and_never_matters(rules: str) -> None:
    """C2. A guest says anything at any instant, before or after all others: nothing else is found than without it."""
    table = Table(RULES[rules])
    guests = table.world.positions((GUEST,))
    guests = [replace(one, objection=one.objection and f"{one.objection}-guest") for one in guests]
    edges = at_the_edges(table)
    for history in table.histories(2 if EXHAUST or rules == "itu" else 1):
        if not table.first(history) or (len(history) == 2 and not EXHAUST and not history <= edges):
            continue
        events = table.events(history)
        alone = outline(table.world.judged(events, MOMENTS[-1]))
        for number, guest in enumerate(guests):
            order = (guest, *events) if number % 2 else (*events, guest)
            found = table.world.judged(order, MOMENTS[-1])
            (voice,) = (voice for voice in found.voices if voice.entity == GUEST)
            assert not voice.counts
            own = replace(
                found,
                voices=tuple(v for v in found.voices if v.entity != GUEST),
                objections=tuple(o for o in found.objections if o.entity != GUEST),
            )
            assert outline(own) == alone, order


@pytest.mark.parametrize("rules", RULES)
def test_what_may_not_have_come_yet_opens_nothing(rules: str) -> None:
    """C10. To what was said as the call opened comes a word that was received at some instant around its end.

    It is ready only if it is ready both with that word and without it.
    """
    table = Table(RULES[rules])
    last, first = ENDS - INSTANT, ENDS + 1.0
    around = [one for one in table.told if one.received.earliest == day(last)]
    before = {n for n, one in enumerate(table.told) if one.received.latest == day(OPENS)}
    opened = 0
    for history in table.histories(2):
        if not EXHAUST and not history <= before:
            continue
        events = table.events(history)
        for word in around:
            unsure = replace(word, received=Receipt(earliest=day(last), latest=day(first)), objection="7-o0u")
            for moment in (ENDS, ENDS + 0.75):
                if table.world.judged((*events, unsure), moment).ready:
                    opened += 1
                    assert table.world.judged(events, moment).ready, (events, unsure)
                    assert table.world.judged((*events, word), moment).ready, (events, unsure)
    assert opened


def test_what_a_declaration_carries() -> None:
    """C9. It is judged on what was received and recorded before it, and waits when something that may weaken it comes.

    Every history of up to two words and a declaration after the call, in every order of the record: agreed exactly if
    no objection had come, and nothing but supports was received by then and recorded after it.
    """
    table = Table(RULES["itu"])
    declared = Declared(
        by=Actor(name="Cho", role="chair"),
        received=Receipt.instant(day(DECLARED)),
        recorded=day(DECLARED),
        subject="7",
        result="agreed",
        effect=(change("c1", "better"),),
        seen="r0",
        basis=0,
    )
    standings = []
    for history in table.histories(2):
        for order in itertools.permutations((*table.events(history), declared)):
            place = order.index(declared)
            by_then = [one for one in order if one.received.latest <= day(DECLARED)]
            late = any(
                isinstance(one, Position) and one.stance != "support"
                for one in order[place:]
                if one in by_then
            )
            objected = any(
                isinstance(one, Position) and one.stance == "object"
                for one in order[:place]
                if one in by_then
            )
            expected = Standing.TO_BE_CONFIRMED if late or objected else Standing.AGREED
            found = judge(table.world.dossier(order), table.world.story.world(), day(10))
            assert found.standing is expected, order
            standings.append(found.standing)
    assert len(standings) == 14_631
    assert set(standings) == {Standing.TO_BE_CONFIRMED, Standing.AGREED}
