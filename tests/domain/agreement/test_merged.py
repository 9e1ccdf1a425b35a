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


# what the clause reads in state after state (None is not there), which of the later states are answered for, and which
# are left
RUNS: list[tuple[str, tuple[str | None, ...], tuple[int, ...], list[str]]] = [
    ("changed", ("one", "other"), (), ["m1"]),
    ("changed, and taken back", ("one", "other", "one"), (), []),
    ("changed, and taken back in two steps", ("one", "other", "third", "one"), (), []),
    ("changed, and changed again", ("one", "other", "third"), (), ["m1", "m2"]),
    ("changed, agreed, and changed to what it was", ("one", "other", "third", "one"), (2,), ["m1", "m3"]),
    ("agreed, and undone by hand", ("one", "other", "one"), (1,), ["m2"]),
    ("changed, and brought back by an agreed text", ("one", "other", "one"), (2,), ["m1"]),
    ("taken back, and done again", ("one", "other", "one", "other"), (), ["m3"]),
    ("deleted, and brought back", ("one", None, "one"), (), []),
]


@pytest.mark.parametrize(("what", "words", "answered", "left"), RUNS, ids=[row[0] for row in RUNS])
def test_c13_what_is_taken_back_needs_no_answer(
    what: str, words: tuple[str | None, ...], answered: tuple[int, ...], left: list[str]
) -> None:
    """Regularised or reverted: when a clause is again what it was, and nobody answered for a step, nothing is left."""
    seen, acts = [], []
    for number, word in enumerate(words):
        kept = [replace(c, digest=f"1:{word}") if c.id == "c1" else c for c in BASE.clauses]
        agreed = Agreed(clauses=tuple(c for c in kept if word is not None or c.id != "c1"))
        seen.append(State(recorded=day(number), seq=number, commit=f"m{number}", agreed=agreed))
        if number in answered:
            acts.append(incorporated(change("c1", word), commit=f"m{number}"))
    assert [one.commit for one in unexplained(World(cast("Any", seen)), acts)] == left


def test_c13_a_clause_that_comes_back_at_another_place_was_not_taken_back() -> None:
    """Its words are the same, its place is another, and nobody answers for that."""
    one, *rest = BASE.clauses
    texts = (BASE.clauses, tuple(rest), (*rest[:1], one, *rest[1:]))
    seen = [
        State(recorded=day(number), seq=number, commit=f"m{number}", agreed=Agreed(clauses=clauses))
        for number, clauses in enumerate(texts)
    ]
    assert [found.commit for found in unexplained(World(cast("Any", seen)), [])] == ["m1", "m2"]
