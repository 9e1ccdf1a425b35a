"""What reached the agreed text, and whether somebody answers for it (C13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from accord.domain.agreement.proposal import differences
from accord.domain.agreement.world import World
from accord.domain.record.events import Event, Incorporated, Regularised
from accord.domain.record.values import Effect, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """Clauses that a state of the agreed text brought without a declaration or a secretariat act."""

    commit: str
    seq: int
    clauses: Effect


def unexplained(world: World, events: Iterable[Event]) -> tuple[Unexplained, ...]:
    """Every state whose change of the text nobody answers for.

    C13. Every clause difference between two states of the agreed text needs a declaration or a recorded secretariat
    act with a reason; a regularisation of its commit is one. The first state seen is where the record begins.
    """
    acts: dict[str, list[Incorporated | Regularised]] = {}
    for event in events:
        if isinstance(event, (Incorporated, Regularised)):
            acts.setdefault(event.commit, []).append(event)
    found = []
    for before, after in pairwise(world.seen):
        changed = differences(before.agreed.clauses, after.agreed.clauses)
        left = tuple(entry for entry in changed if answering(entry, acts.get(after.commit, [])) is None)
        if left:
            found.append(Unexplained(commit=after.commit, seq=after.seq, clauses=left))
    return tuple(found)


def answering(entry: Entry, acts: Sequence[Incorporated | Regularised]) -> Incorporated | Regularised | None:
    """The act that answers for this change of a clause, for the words it reads; None when nobody does."""
    for act in acts:
        if isinstance(act, Regularised):
            covered = {one.id: one.gets for one in act.clauses}
        else:
            covered = {act.ids.get(one.id, one.id): one.gets for one in act.effect}
        if entry.id in covered and covered[entry.id] == entry.gets:
            return act
    return None
