"""A row whose text is too long for a cell, cut into rows that follow each other; no word is lost."""

from __future__ import annotations

from collections.abc import Sequence

from accord.render.compilation.columns import Cell
from accord.render.compilation.runs import Mark, Run

CONTINUED = "(continued) "
# A row of a spreadsheet is at most 409 points high: what goes beyond is seen on no screen and on no paper. A cell
# holds 32,767 characters, so many lines of any column.
LINES = 28
_REPEATED = 120


def pieces(row: Sequence[Cell], widths: Sequence[int]) -> list[tuple[Cell, ...]]:
    """The rows that it takes; what is short is said again in each, so that sorting and filtering keep them together."""
    cut = [_pieces(cell, width - 1) for cell, width in zip(row, widths, strict=True)]
    return [tuple(_at(parts, place) for parts in cut) for place in range(max(map(len, cut)))]


def lines_of(cell: Cell, width: int) -> int:
    """How many lines a cell takes in a column."""
    line, column = 1, 0
    for run in cell:
        for word in _words(run.text):
            lines, column = _laid(word, column, width)
            line += lines
    return line


def _at(parts: list[Cell], place: int) -> Cell:
    if place < len(parts):
        return parts[place]
    return parts[0] if len(parts) == 1 and sum(len(run.text) for run in parts[0]) <= _REPEATED else ()


def _pieces(cell: Cell, width: int) -> list[Cell]:
    """A cell cut after at most so many lines of its column, between words where there are any."""
    out: list[list[Run]] = [[]]
    line, column = 1, 0
    for run in cell:
        kept = ""
        for word in _words(run.text):
            lines, end = _laid(word, column, width)
            if line + lines > LINES and (kept or out[-1]):
                if kept:
                    out[-1].append(Run(run.mark, kept))
                out.append([Run(Mark.KEEP, CONTINUED)])
                kept, line, column = "", 1, len(CONTINUED)
                if word == "\n":
                    continue
                lines, end = _laid(word, column, width)
            kept, line, column = kept + word, line + lines, end
        if kept:
            out[-1].append(Run(run.mark, kept))
    return [tuple(part) for part in out]


def _laid(word: str, column: int, width: int) -> tuple[int, int]:
    """How many lines it goes down, and where it ends."""
    if word == "\n":
        return 1, 0
    end = column + _wide(word)
    if end <= width:
        return 0, end
    if column and _wide(word) <= width:
        return 1, _wide(word)
    return end // width, end % width


def _wide(word: str) -> int:
    """Columns it takes; ideographs take two."""
    return sum(2 if ord(sign) >= 0x1100 else 1 for sign in word)


def _words(text: str) -> list[str]:
    """Words with the space behind them, line breaks, and at most so much of a word without an end."""
    out: list[str] = []
    word = ""
    for sign in text:
        if sign == "\n":
            out += [word, sign] if word else [sign]
            word = ""
            continue
        word += sign
        if sign == " " or len(word) >= 20:
            out.append(word)
            word = ""
    return [*out, word] if word else out
