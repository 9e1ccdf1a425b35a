"""Plain tables for a terminal: columns as wide as they need, long cells wrapped."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

WIDTH = 118
_LEAST = 6


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int = WIDTH) -> str:
    """A table with a rule under its head. Cells are wrapped at words so that a row fits ``width`` columns."""
    widths = _widths([list(head), *[list(row) for row in rows]], width)
    lines = _row(head, widths)
    lines.append("  ".join("─" * size for size in widths))
    for row in rows:
        lines += _row(row, widths)
    return "\n".join(line.rstrip() for line in lines)


def _widths(rows: list[list[str]], width: int) -> list[int]:
    natural = [max(_length(cell) for cell in column) for column in zip(*rows, strict=True)]
    room = width - 2 * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    # The widest columns give way first, evenly.
    sizes = list(natural)
    while sum(sizes) > room and max(sizes) > _LEAST:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    out = []
    for index in range(height):
        parts = [lines[index] if index < len(lines) else "" for lines in wrapped]
        out.append(
            "  ".join(part + " " * (size - _length(part)) for part, size in zip(parts, widths, strict=True))
        )
    return out


def _length(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
