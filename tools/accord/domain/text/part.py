"""A change taken apart: a text with some of the changes that another one makes to it, and with the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from accord.domain.text.merge import Version
from accord.domain.text.splice import Piece, assemble


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text and the ids of its clauses, in order; no text where the file is not there."""

    version: Version | None
    ids: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The source, cut up."""
        return self.version.source.pieces if self.version else ()


def with_changes(
    old: Reading, new: Reading, chosen: Collection[str], moved: Collection[str], *, undone: bool = False
) -> str | None:
    """The old text, in which the ``chosen`` clauses read as in the new one; None where no clause is left.

    ``moved`` clauses stand at another place in the new text. A chosen clause that is added or moved comes after the one
    that it follows there. ``undone``: the old text is the changed one, and what comes back stands before the clause
    that it preceded, so that what was added there still follows what it was added after.
    """
    fresh = {id_: piece for id_, piece in zip(new.ids, new.pieces, strict=True) if id_ in chosen}
    row: list[tuple[str, Piece]] = []
    for id_, piece in zip(old.ids, old.pieces, strict=True):
        if id_ not in chosen:
            row.append((id_, piece))
        elif id_ in fresh and id_ not in moved:
            row.append((id_, fresh[id_]))
    ids = new.ids[::-1] if undone else new.ids
    for index, id_ in enumerate(ids):
        if id_ in fresh and (id_ in moved or id_ not in old.ids):
            row.insert(_place(row, ids[:index], chosen, moved, undone=undone), (id_, fresh[id_]))
    if not row:
        return None
    version = old.version or new.version
    assert version is not None  # noqa: S101 - there is a piece, so there is a text
    return assemble(version.source.before, _spaced(row, old, new))


def _spaced(row: Sequence[tuple[str, Piece]], old: Reading, new: Reading) -> list[Piece]:
    """The pieces with what stands between them: as in the old text where they are neighbours there, else in the new."""
    tails: dict[tuple[str, str], str] = {}
    for reading in (new, old):
        for index, (id_, piece) in enumerate(zip(reading.ids, reading.pieces, strict=True)):
            tails[id_, reading.ids[index + 1] if index + 1 < len(reading.ids) else ""] = piece.tail
    out = []
    for index, (id_, piece) in enumerate(row):
        follower = row[index + 1][0] if index + 1 < len(row) else ""
        tail = tails.get((id_, follower), piece.tail)
        out.append(piece if tail == piece.tail else replace(piece, text=piece.own + tail))
    return out


def _place(
    row: Sequence[tuple[str, Piece]],
    beside: Sequence[str],
    chosen: Collection[str],
    moved: Collection[str],
    *,
    undone: bool,
) -> int:
    """Where a clause goes: right beside the nearest that stands where the old text has it."""
    places = {id_: index for index, (id_, _) in enumerate(row)}
    for id_ in reversed(beside):
        if id_ in places and (id_ in chosen or id_ not in moved):
            return places[id_] + (not undone)
    return len(row) if undone else 0
