"""A change taken apart: a text with some of the changes that another one makes to it, and with the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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


def with_changes(old: Reading, new: Reading, chosen: Collection[str], moved: Collection[str]) -> str | None:
    """The old text, in which the ``chosen`` clauses read as in the new one; None where no clause is left.

    ``moved`` clauses stand at another place in the new text. A chosen clause that is added or moved comes after the one
    that it follows there, if that stands where the old text has it.
    """
    fresh = {id_: piece for id_, piece in zip(new.ids, new.pieces, strict=True) if id_ in chosen}
    row: list[tuple[str, Piece]] = []
    for id_, piece in zip(old.ids, old.pieces, strict=True):
        if id_ not in chosen:
            row.append((id_, piece))
        elif id_ in fresh and id_ not in moved:
            row.append((id_, fresh[id_]))
    for index, id_ in enumerate(new.ids):
        if id_ in fresh and (id_ in moved or id_ not in old.ids):
            row.insert(_place(row, new.ids[:index], chosen, moved), (id_, fresh[id_]))
    if not row:
        return None
    version = old.version or new.version
    assert version is not None  # noqa: S101 - there is a piece, so there is a text
    return assemble(version.source.before, [piece for _, piece in row])


def _place(
    row: Sequence[tuple[str, Piece]], before: Sequence[str], chosen: Collection[str], moved: Collection[str]
) -> int:
    places = {id_: index for index, (id_, _) in enumerate(row)}
    for id_ in reversed(before):
        if id_ in places and (id_ in chosen or id_ not in moved):
            return places[id_] + 1
    return 0
