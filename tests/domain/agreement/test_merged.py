"""C13: every difference of the agreed text needs a declaration or a recorded act."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.merged import unexplained
from accord.domain.agreement.world import World
from accord.domain.record.events import Event, Incorporated, Regularised
from accord.domain.record.values import Actor, Entry, Receipt
from tests.domain.agreement.story import BASE, State, change, day

BY = Actor(name="Sam", role="secretariat")
COMMON: dict[str, Any] = {"by": BY, "received": Receipt.instant(day(1)), "recorded": day(1), "seq": 9}


def world(*clauses: str) -> World:
    """The base text, then a state in which these clauses read differently, brought by commit m1."""
    after = Agreed(
        clauses=tuple(replace(c, digest="1:better") if c.id in clauses else c for c in BASE.clauses)
    )
    seen = [State(recorded=day(0)), State(recorded=day(1), seq=2, commit="m1", agreed=after)]
    return World(cast("Any", seen))


def incorporated(*entries: Entry, commit: str = "m1", **ids: str) -> Event:
    """A recorded act that put these entries in the text."""
    return Incorporated(**COMMON, commit=commit, parent="m0", mode="agreed", effect=entries, ids=ids)


def regularised(*entries: Entry) -> Event:
    """A recorded act that answers for them."""
    return Regularised(
        **COMMON, commit="m1", clauses=entries, reason="two clean merges, read and found right"
    )


C1, C2 = change("c1", "better"), change("c2", "better")
ROWS: list[tuple[str, tuple[str, ...], list[Event], list[str]]] = [
    ("the text stays", (), [], []),
    ("nobody answers", ("c1",), [], ["c1"]),
    ("incorporated as it reads", ("c1",), [incorporated(C1)], []),
    ("incorporated, and something else with it", ("c1", "c2"), [incorporated(C1)], ["c2"]),
    ("incorporated with other words", ("c1",), [incorporated(change("c1", "best"))], ["c1"]),
    ("incorporated by another commit", ("c1",), [incorporated(C1, commit="m7")], ["c1"]),
    (
        "incorporated, one of it under the id it got",
        ("c1",),
        [incorporated(replace(C1, id="n1"), n1="c1")],
        [],
    ),
    ("the rest regularised", ("c1", "c2"), [incorporated(C1), regularised(C2)], []),
    ("regularised with other words", ("c1",), [regularised(change("c1", "best"))], ["c1"]),
]


@pytest.mark.parametrize(("name", "changed", "acts", "left"), ROWS, ids=[row[0] for row in ROWS])
def test_c13_what_is_left_unanswered(
    name: str, changed: tuple[str, ...], acts: list[Event], left: list[str]
) -> None:
    """Clause by clause, and for the words it reads."""
    found = unexplained(world(*changed), acts)
    assert [entry.id for one in found for entry in one.clauses] == left
    assert all(one.commit == "m1" for one in found)


def test_c13_the_first_state_seen_is_where_the_record_begins() -> None:
    """What stood there before the record needs no answer."""
    assert unexplained(World(cast("Any", [State(recorded=day(0))])), []) == ()
