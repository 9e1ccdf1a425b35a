"""Three readings of one clause → one, word by word, where the two changes do not touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, ROWS, Kind
from accord.domain.text.inline import atoms, cells, joined
from accord.domain.text.words import opcodes


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces ``start`` to ``end`` of the base become ``pieces``."""

    start: int
    end: int
    pieces: tuple[str, ...]


def merge_words(kind: Kind, base: str, ours: str, theirs: str) -> str | None:
    """The text with both changes, or None when they overlap or touch (no unchanged word between them).

    Table rows merge cell by cell, literal text line by line. Swapping ``ours`` and ``theirs`` changes nothing.
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if kind in ROWS:
        return _rows(base, ours, theirs)
    if kind in LITERAL:
        lines = [text.split("\n") for text in (base, ours, theirs)]
        merged = _merged(lines[0], lines[1], lines[2])
        return None if merged is None else "\n".join(merged)
    return _prose(base, ours, theirs)


def _rows(base: str, ours: str, theirs: str) -> str | None:
    columns = [cells(text) for text in (base, ours, theirs)]
    if len({len(row) for row in columns}) != 1:
        return None
    merged: list[str] = []
    for one, two, three in zip(*columns, strict=True):
        cell = merge_words(Kind.PARAGRAPH, *(text.replace("\\|", "|") for text in (one, two, three)))
        if cell is None:
            return None
        merged.append(cell.replace("|", "\\|"))
    return "|" + "".join(f" {cell} |" for cell in merged)


def _prose(base: str, ours: str, theirs: str) -> str | None:
    pieces = [[atom.text for atom in atoms(Kind.PARAGRAPH, text)] for text in (base, ours, theirs)]
    merged = _merged(pieces[0], pieces[1], pieces[2])
    if merged is None:
        return None
    text = "".join(merged)
    # Two harmless edits can make markup together (`*` here, `*` there): then people decide.
    return text if joined(atoms(Kind.PARAGRAPH, text)) == text else None


def _merged(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    edits: list[_Edit] = []
    for edit in sorted(
        [*_edits(base, ours), *_edits(base, theirs)], key=lambda edit: (edit.start, edit.end, edit.pieces)
    ):
        if edits and edit == edits[-1]:
            continue
        if edits and not any(_is_word(piece) for piece in base[edits[-1].end : edit.start]):
            return None
        edits.append(edit)
    result = list(base)
    for edit in reversed(edits):
        result[edit.start : edit.end] = edit.pieces
    return result


def _edits(base: Sequence[str], side: Sequence[str]) -> Iterator[_Edit]:
    """The changes of one side, those parted by no unchanged word taken together."""
    last: _Edit | None = None
    for equal, a, b, c, d in opcodes(base, side):
        if equal:
            continue
        if last is not None and not any(_is_word(piece) for piece in base[last.end : a]):
            between = tuple(base[last.end : a])
            last = _Edit(last.start, b, (*last.pieces, *between, *side[c:d]))
            continue
        if last is not None:
            yield last
        last = _Edit(a, b, tuple(side[c:d]))
    if last is not None:
        yield last


def _is_word(piece: str) -> bool:
    return any(sign.isalnum() for sign in piece)
