"""What reached the agreed text, and whether somebody answers for it (C13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from accord.domain.agreement.effect import Agreed, AgreedClause, by_clause
from accord.domain.agreement.proposal import differences
from accord.domain.agreement.world import Seen, World
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
    act with a reason; a regularisation of its commit is one. What was taken back, so that the clause is again what it
    was, needs none. The first state seen is where the record begins.
    """
    acts: dict[str, list[Incorporated | Regularised]] = {}
    for event in events:
        if isinstance(event, (Incorporated, Regularised)):
            acts.setdefault(event.commit, []).append(event)
    changes = []
    for before, after in pairwise(world.seen):
        changed = differences(before.agreed.clauses, after.agreed.clauses)
        left = [entry for entry in changed if answering(entry, acts.get(after.commit, [])) is None]
        changes.append(_Change(before, after, {entry.id for entry in changed}, by_clause(tuple(left))))
    back = _taken_back(changes)
    found: list[Unexplained] = []
    for place, one in enumerate(changes):
        left = [entry for id_, entry in one.left.items() if (place, id_) not in back]
        if left:
            found.append(Unexplained(commit=one.after.commit, seq=one.after.seq, clauses=tuple(left)))
    return tuple(found)


class _Change(NamedTuple):
    """One step of the agreed text: the clauses it touched, and those of them that nobody answers for."""

    before: Seen
    after: Seen
    touched: set[str]
    left: Mapping[str, Entry]


def _taken_back(changes: Sequence[_Change]) -> set[tuple[int, str]]:
    """Places and clauses of unanswered changes after which the clause is again what it was, and of what undid them."""
    found: set[tuple[int, str]] = set()
    for place, one in enumerate(changes):
        for id_ in one.left:
            if (place, id_) in found:
                continue  # It took something back; what undoes that is done anew.
            run = [place]
            for later in range(place + 1, len(changes)):
                if id_ not in changes[later].touched:
                    continue
                if id_ not in changes[later].left:
                    break  # Somebody answers for what it was made into.
                run.append(later)
                if _stands(changes[later].after.agreed, id_) == _stands(one.before.agreed, id_):
                    found |= {(step, id_) for step in run}
                    break
    return found


def _stands(agreed: Agreed, id_: str) -> tuple[AgreedClause | None, str]:
    """A clause and the one before it in the text."""
    ids = list(agreed.by_id)
    place = ids.index(id_) if id_ in agreed.by_id else 0
    return agreed.by_id.get(id_), ids[place - 1] if place else ""


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
