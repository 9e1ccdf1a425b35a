"""What a contribution wants the text to read, place by place: the ground of the negotiating view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from accord.domain.record.values import Effect, Entry
from accord.domain.text.align import Pair
from accord.domain.text.clauses import Clause, Kind, digest
from accord.domain.text.identity import Identified
from accord.domain.text.redline import Row, build
from accord.render.redline_words import place

Spot = tuple[Literal["clause", "gap"], str, str]
"""A clause by its id, or the gap after one ("" at the top); and the file."""


class Ground:
    """The text that is negotiated: its clauses with ids and printed numbers, in reading order."""

    def __init__(self, clauses: Sequence[Identified]) -> None:
        self.clauses = clauses
        self.by_id: Mapping[str, Clause] = {one.id: one.clause for one in clauses}
        self._paths = {one.clause.path for one in clauses}

    def where(self, spot: Spot) -> str:
        """How people cite a place."""
        kind, id_, path = spot
        if id_ in self.by_id:
            return f"after {cited(self.by_id[id_])}" if kind == "gap" else cited(self.by_id[id_])
        return f"at the beginning of {path}" if path in self._paths else f"a new text, {path}"


def cited(clause: Clause) -> str:
    """A clause as people cite it: by its number, else by what it is and where."""
    if clause.kind is Kind.FRONT:
        return f"{clause.text.partition(':')[0]} (front matter)"
    return place(clause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one contribution wants at one place. ``ids`` are the clauses it is about, by the contribution's own ids.

    ``older``: a clause of it reads differently by now from what it was written on.
    """

    spot: Spot
    mark: str
    rows: tuple[Row, ...]
    clauses: tuple[Clause, ...]
    ids: frozenset[str]
    to: str = ""
    older: bool = False

    @property
    def same(self) -> tuple[str, str, tuple[tuple[str, str, int, tuple[str, ...]], ...]]:
        """What two readings have in common that read the same."""
        said = tuple((digest(one), one.kind.value, one.level, one.frames) for one in self.clauses)
        return self.mark, self.to, said


def readings(
    effect: Effect,
    written: Effect,
    proposed: Sequence[Identified],
    below: Mapping[str, Clause],
    ground: Ground,
    names: Mapping[str, str],
    hosts: Mapping[str, Spot],
) -> Iterator[Reading]:
    """The places that an effect touches, each with the reading it gets.

    ``written`` is the proposal as handed in; ``proposed`` are the clauses of the contribution's text, ``below`` those
    of the text it changes, by id; ``names`` are ids of its own → those of the agreed text; ``hosts`` are the places at
    which clauses stand that are themselves only proposed.
    """
    new = {one.id: one.clause for one in proposed}
    before = _before(proposed)
    was = {entry.id: entry.had for entry in written}
    moved = {entry.id for entry in effect if entry.after is not None}
    block: list[Entry] = []

    def spot(entry: Entry) -> Spot:
        id_ = names.get(entry.id, entry.id)
        if entry.had is not None and id_ in ground.by_id:
            return "clause", id_, ground.by_id[id_].path
        if id_ in hosts:
            return hosts[id_]
        return gap(entry)

    def gap(entry: Entry) -> Spot:
        previous = before.get(entry.id, "")
        while previous:
            id_ = names.get(previous, previous)
            if id_ in hosts:
                return hosts[id_]
            if id_ in ground.by_id and ground.by_id[id_].path == entry.path and previous not in moved:
                return "gap", id_, entry.path
            previous = before.get(previous, "")
        return "gap", "", entry.path

    def added() -> Reading:
        return Reading(
            spot=gap(block[0]),
            mark="ADD",
            rows=tuple(_row(None, new[entry.id]) for entry in block),
            clauses=tuple(new[entry.id] for entry in block),
            ids=frozenset(entry.id for entry in block),
        )

    for entry in effect:
        if entry.had is None and entry.gets is not None:
            if block and before.get(entry.id) != block[-1].id:
                yield added()
                block = []
            block.append(entry)
            continue
        id_ = names.get(entry.id, entry.id)
        old = below[id_ if id_ in below else entry.id]
        older = was.get(entry.id) != entry.had
        ids = frozenset({entry.id})
        if entry.gets is None:
            rows = (_row(old, None),)
            yield Reading(spot=spot(entry), mark="SUP", rows=rows, clauses=(), ids=ids, older=older)
            continue
        clause = replace(new[entry.id], label=old.label)
        mark = _mark(entry, moved=entry.id in moved)
        to = ground.where(gap(entry)) if entry.id in moved else ""
        yield Reading(
            spot=spot(entry),
            mark=mark,
            rows=(_row(old, clause),),
            clauses=(clause,),
            ids=ids,
            to=to,
            older=older,
        )
    if block:
        yield added()


def _mark(entry: Entry, *, moved: bool) -> str:
    reworded = entry.had != entry.gets
    if moved:
        return "moved + MOD" if reworded else "moved"
    return "MOD" if reworded else "structure"


def _before(clauses: Sequence[Identified]) -> Mapping[str, str]:
    """For each clause the one before it in its file."""
    found: dict[str, str] = {}
    last: dict[str, str] = {}
    for one in clauses:
        found[one.id] = last.get(one.clause.path, "")
        last[one.clause.path] = one.id
    return found


def _row(old: Clause | None, new: Clause | None) -> Row:
    pair = Pair(0 if old else None, 0 if new else None)
    paths = (old.path if old else None, new.path if new else None)
    (row,) = build([paths], [([old] if old else [], [new] if new else [])], [pair]).rows
    return row
