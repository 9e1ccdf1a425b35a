"""Several readings of one clause → one, word by word, where the changes do not touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, ROWS, Kind
from accord.domain.text.inline import atoms, cells, joined, respelled
from accord.domain.text.spelling import Atom
from accord.domain.text.words import opcodes


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces ``start`` to ``end`` of the base become ``pieces``."""

    start: int
    end: int
    pieces: tuple[Atom, ...]


def merge_words(kind: Kind, base: str, *sides: str) -> str | None:
    """The text with all changes, or None when two overlap or touch (no unchanged word between them).

    Table rows merge cell by cell, literal text line by line. The order of the sides changes nothing.
    """
    changed = sorted(set(sides) - {base})
    if len(changed) < 2:
        return changed[0] if changed else base
    if kind in ROWS:
        return _rows(base, changed)
    if kind in LITERAL:
        lines = [[Atom(line, ()) for line in text.split("\n")] for text in (base, *changed)]
        merged = _merged(lines[0], lines[1:])
        return None if merged is None else "\n".join(line.text for line in merged)
    return _prose(base, changed)


def _rows(base: str, sides: Sequence[str]) -> str | None:
    columns = [cells(text) for text in (base, *sides)]
    if len({len(row) for row in columns}) != 1:
        return None
    merged: list[str] = []
    for column in zip(*columns, strict=True):
        cell = merge_words(Kind.PARAGRAPH, *(text.replace("\\|", "|") for text in column))
        if cell is None:
            return None
        merged.append(cell.replace("|", "\\|"))
    return "|" + "".join(f" {cell} |" for cell in merged)


def _prose(base: str, sides: Sequence[str]) -> str | None:
    pieces = [atoms(Kind.PARAGRAPH, text) for text in (base, *sides)]
    merged = _merged(pieces[0], pieces[1:])
    if merged is None:
        return None
    text = respelled(merged)
    return text if joined(atoms(Kind.PARAGRAPH, text)) == text else None


def _merged(base: Sequence[Atom], sides: Sequence[Sequence[Atom]]) -> list[Atom] | None:
    edits: list[_Edit] = []
    for edit in sorted((edit for side in sides for edit in _edits(base, side)), key=_order):
        if edits and _order(edit) == _order(edits[-1]):
            continue
        if edits and not _has_word(base[edits[-1].end : edit.start]):
            return None
        edits.append(edit)
    result = list(base)
    for edit in reversed(edits):
        result[edit.start : edit.end] = edit.pieces
    return result


def _order(edit: _Edit) -> tuple[int, int, str]:
    return edit.start, edit.end, joined(edit.pieces)


def _edits(base: Sequence[Atom], side: Sequence[Atom]) -> Iterator[_Edit]:
    """The changes of one side, those parted by no unchanged word taken together."""
    last: _Edit | None = None
    for equal, a, b, c, d in opcodes([atom.text for atom in base], [atom.text for atom in side]):
        if equal:
            continue
        if last is not None and not _has_word(base[last.end : a]):
            between = tuple(base[last.end : a])
            last = _Edit(last.start, b, (*last.pieces, *between, *side[c:d]))
            continue
        if last is not None:
            yield last
        last = _Edit(a, b, tuple(side[c:d]))
    if last is not None:
        yield last


def _has_word(pieces: Sequence[Atom]) -> bool:
    return any(sign.isalnum() for piece in pieces for sign in piece.text)
