"""The table of open contributions: each one's changes laid on the text as it reads, held against each other.

It asks what incorporating would ask, of the same functions, so that nothing is a surprise once a text is to go in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.merging import (
    Beginning,
    Change,
    Changed,
    Clash,
    Step,
    beginning,
    carried,
    steps,
    version,
)
from accord.domain.text import numbering

if TYPE_CHECKING:
    from accord.domain.text.merge import Merge, Side

Place = tuple[Literal["clause", "gap"], str]
"""A clause, or the gap after one: by its id; a gap at the top of a file by the file."""


class Table:
    """Contributions on one state of the text. Each text is read once, and laid on the text once."""

    def __init__(self, desk: Desk, chronicle: Chronicle, main: str) -> None:
        self._desk = desk
        self._main = main
        self._row: Sequence[Step] = steps(desk, chronicle, main)
        self._identities = desk.identities(chronicle)
        self._agreed = self._identities.at(main)
        self._labels: dict[str, str] = {}
        self._ids: dict[str, Mapping[str, list[str]]] = {}
        self._carried: dict[tuple[str, int], tuple[Changed, list[Clash]]] = {}
        self._sides: dict[tuple[str, str, str], Side] = {}
        self._begun: dict[frozenset[str], Beginning] = {}

    def order(self) -> Mapping[str, int]:
        """Where each clause stands in the text, by id."""
        return {one.id: index for index, one in enumerate(self._agreed)}

    def label(self, clause: str) -> str:
        """The printed number of a clause, "" when it has none."""
        if not self._labels:
            documents = numbering.number(self._desk.texts.documents(self._main))
            numbered = (clause for document in documents for clause in document.clauses)
            self._labels = {one.id: found.label for one, found in zip(self._agreed, numbered, strict=True)}
        return self._labels.get(clause, "")

    def current(self, clause: str) -> str | None:
        """How a clause reads now; None when it is not in the text."""
        return next((one.clause.text for one in self._agreed if one.id == clause), None)

    def unfit(self, change: Change) -> bool:
        """Does a contribution clash with the text as it reads, whatever else is open?"""
        return bool(self.clashes([change]))

    def places(self, change: Change) -> set[Place]:
        """The clauses and gaps in which it may clash with another."""
        begun = self._beginning([change])
        out: set[Place] = set()
        for path, text in self._laid(begun.start, change)[0].items():
            ids = self._ids_at(begun.start).get(path, [])
            side = self._side(begun.start, path, text)
            if side is None:
                out |= {("gap", path), *(("clause", one) for one in ids), *(("gap", one) for one in ids)}
                continue
            for kind, index in side.places():
                name = ids[index] if index >= 0 else path
                out.add(("clause", name) if kind == "clause" else ("gap", name))
        return out

    def clashes(self, together: Sequence[Change]) -> list[Clash]:
        """Why these cannot all come into the text; nothing when they can, in any order."""
        begun = self._beginning(together)
        out: list[Clash] = []
        texts: dict[str, dict[int, str | None]] = {}
        for change in (*begun.inside, *together):
            files, found = self._laid(begun.start, change)
            out += found
            for path, text in files.items():
                texts.setdefault(path, {})[change.number] = text
        for path, wanted in texts.items():
            if len(set(wanted.values())) < 2:
                continue
            merge = self._merge(begun.start, path, wanted)
            if merge is None:
                why = "one adds or removes the whole file, the other changes it"
                out.append(Clash(path=path, why=why, index=None, wanted=dict.fromkeys(wanted, ())))
                continue
            out += [
                Clash(path=path, why=one.why, index=one.index, wanted=one.wanted) for one in merge.conflicts()
            ]
        return out

    def place_of(self, clash: Clash, together: Sequence[Change]) -> Place:
        """Where two clash."""
        ids = self._ids_at(self._beginning(together).start).get(clash.path, [])
        if clash.index is None or clash.index < 0:
            return "gap", clash.path
        return ("gap" if "add" in clash.why.split() or "adds" in clash.why.split() else "clause"), ids[
            clash.index
        ]

    def proposed(self, place: Place, change: Change) -> str | None:
        """What a contribution wants at a place: the wording, None where it takes the clause away."""
        begun = self._beginning([change])
        return self._reading(begun.start, place, [change], removed=None)

    def merged(self, place: Place, together: Sequence[Change]) -> str | None:
        """The wording with all of them in the text, "" where the clause is gone."""
        begun = self._beginning(together)
        return self._reading(begun.start, place, [*begun.inside, *together], removed="")

    def _reading(
        self, start: str, place: Place, changes: Sequence[Change], removed: str | None
    ) -> str | None:
        kind, name = place
        for path, ids in [(name, [])] if name not in self.order() else list(self._ids_at(start).items()):
            if name not in (path, *ids):
                continue
            index = -1 if name == path else ids.index(name)
            laid = {c.number: self._laid(start, c)[0] for c in changes}
            wanted = {number: files[path] for number, files in laid.items() if path in files}
            merge = self._merge(start, path, wanted)
            if merge is None:
                return next((text for text in wanted.values() if text is not None), removed)
            if kind == "gap":
                added = (side.added(index) for side in merge.sides.values())
                return "\n".join(clause.text for clause in next(filter(None, added), ()))
            piece = merge.combined(index)
            return removed if piece is None else piece.clause.text
        return removed

    def _beginning(self, changes: Sequence[Change]) -> Beginning:
        bases = frozenset(change.base for change in changes)
        if bases not in self._begun:
            self._begun[bases] = beginning(self._desk, self._row, self._main, bases)
        return self._begun[bases]

    def _laid(self, start: str, change: Change) -> tuple[Changed, list[Clash]]:
        key = (start, change.number)
        if key not in self._carried:
            self._carried[key] = carried(self._desk, start, change)
        return self._carried[key]

    def _ids_at(self, start: str) -> Mapping[str, list[str]]:
        if start not in self._ids:
            by_path: dict[str, list[str]] = {}
            for one in self._identities.at(start):
                by_path.setdefault(one.clause.path, []).append(one.id)
            self._ids[start] = by_path
        return self._ids[start]

    def _side(self, start: str, path: str, text: str | None) -> Side | None:
        """What a text does to its file; None when it adds or removes the whole of it."""
        from accord.domain.text.merge import side_of

        before = self._desk.texts.sources(start).get(path)
        if before is None or text is None:
            return None
        key = (start, path, text)
        if key not in self._sides:
            self._sides[key] = side_of(version(path, before), version(path, text))
        return self._sides[key]

    def _merge(self, start: str, path: str, wanted: Mapping[int, str | None]) -> Merge | None:
        """The changes of one file held against each other; None when one is of the whole file."""
        from accord.domain.text.merge import Merge

        sides = {number: self._side(start, path, text) for number, text in wanted.items()}
        before = self._desk.texts.sources(start).get(path)
        known = {number: side for number, side in sides.items() if side is not None}
        if before is None or len(known) < len(sides):
            return None
        return Merge(base=version(path, before).source.pieces, sides=known)
