"""Clause identity: derived by aligning one state of the text with the next; an id never means another clause."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accord.domain.text.align import align_files
from accord.domain.text.clauses import Clause, Document

LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A clause and its id, which stays when the clause is reworded, renumbered or moved."""

    id: str
    clause: Clause


def carry(
    previous: Sequence[Identified], new: Sequence[Document], *, ever_given: Collection[str]
) -> tuple[Identified, ...]:
    """The clauses of the new state, in reading order, each with its id.

    A clause that survives (the same, modified or moved) keeps its id. A new one gets a fresh id that is in neither
    `ever_given` nor the previous state: it is derived from its path, kind and text, so the same history gives the
    same ids.
    """
    paths = list(dict.fromkeys([one.clause.path for one in previous] + [document.path for document in new]))
    olds = {path: [one for one in previous if one.clause.path == path] for path in paths}
    news = {document.path: document.clauses for document in new}
    before = [one for path in paths for one in olds[path]]
    after = [clause for path in paths for clause in news.get(path, ())]
    pairs = align_files([([one.clause for one in olds[path]], news.get(path, ())) for path in paths])
    kept = {pair.new: before[pair.old].id for pair in pairs if pair.old is not None and pair.new is not None}
    taken = {*ever_given, *(one.id for one in previous)}
    given: dict[int, str] = {}
    for index, clause in enumerate(after):
        if index in kept:
            given[index] = kept[index]
        else:
            given[index] = _fresh(clause, taken)
            taken.add(given[index])
    position = {id(clause): given[index] for index, clause in enumerate(after)}
    return tuple(
        Identified(id=position[id(clause)], clause=clause) for document in new for clause in document.clauses
    )


def _fresh(clause: Clause, taken: Collection[str]) -> str:
    salt = 0
    while True:
        seed = "\n".join((clause.path, clause.kind.value, clause.text, str(salt)))
        name = base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:LENGTH]
        if f"c-{name}" not in taken:
            return f"c-{name}"
        salt += 1
