"""The redline side by side: a table of one row a clause, the old text on the left, the new text on the right.

Each column read by itself is that text, whole and exact; a clause that did not change stands in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.domain.text.words import Span
from accord.render.redline_blocks import block, folded, label, table_cells
from accord.render.redline_inline import Pen
from accord.render.redline_notes import Notes, structure
from accord.render.redline_words import fold

_DEEPEST = 6
_EMPTY = {Side.OLD: "not in the old text", Side.NEW: "not in the new text"}


class Columns:
    """Writes the tables of a redline's files."""

    def __init__(self, redline: Redline, notes: Notes):
        self._notes = notes
        self._moved: Mapping[int | None, tuple[Span, ...]] = {
            row.number: row.spans for row in redline.changes if row.moved and row.side is Side.NEW
        }

    def file(self, file: FileRedline, context: int | None) -> Iterator[str]:
        """One table."""
        yield (
            '<table class="columns"><thead><tr><th scope="col">Old text</th><th scope="col">New text</th></tr></thead>'
        )
        for shown in fold(file.rows, context):
            if isinstance(shown, int):
                yield f'<tr class="fold"><td colspan="2">{folded(shown)}</td></tr>'
                continue
            if shown.changed:
                yield f'<tr class="at"><td colspan="2">{self._notes.note(shown, "div")}</td></tr>'
            if shown.changed:
                yield f"<tr>{self._cell(shown, Side.OLD)}{self._cell(shown, Side.NEW)}</tr>"
            else:
                yield f'<tr class="same">{_same(shown)}</tr>'
        yield "</table>"

    def _cell(self, row: Row, side: Side) -> str:
        clause = row.old if side is Side.OLD else row.new
        if clause is None or row.side not in {Side.BOTH, side}:
            return f'<td class="none"><span class="spoken">{_EMPTY[side]}</span></td>'
        pen = Pen(facts=self._notes.facts(row), side=side)
        spans = self._moved[row.number] if row.moved and side is Side.OLD else row.spans
        heading = side is Side.NEW or row.op is Op.SUP
        return _td(clause, side, _inner(clause, pen.column(row, spans), heading=heading), moved=row.moved)


def _same(row: Row) -> str:
    """Both cells of a clause that did not change; only its printed number may differ."""
    if row.old is None or row.new is None:
        raise ValueError("an unchanged clause stands in both texts")
    parts = Pen().words(row)
    new = _inner(row.new, parts, heading=True)
    alike = row.old.label == row.new.label and row.new.kind is not Kind.HEADING
    old = new if alike else _inner(row.old, parts, heading=False)
    return _td(row.old, Side.OLD, old, moved=False) + _td(row.new, Side.NEW, new, moved=False)


def _inner(clause: Clause, parts: list[str], *, heading: bool) -> str:
    """What a cell shows. The list of headings has each once: where the new text has it too, the old one's is none."""
    if clause.kind in ROWS:
        return f'{label(clause)}<table class="row"><tr>{table_cells(clause, parts, "")}</tr></table>'
    if clause.kind is Kind.HEADING and not heading:
        return f'<p dir="auto" class="was-heading">{label(clause)}<span class="wording">{parts[0]}</span></p>'
    return block(clause, parts[0], facts="", labelled=True)


def _td(clause: Clause, side: Side, inner: str, *, moved: bool) -> str:
    frames = clause.frames
    names = side.value + (" moved" if moved else "")
    if not frames:
        return f'<td class="{names}"{structure(clause)}>{inner}</td>'
    names += f" in{min(_DEEPEST, len(frames))}" + (" quote" if "quote" in frames else "")
    return f'<td class="{names}"{structure(clause)}>{_within(frames)}{inner}</td>'


def _within(frames: tuple[str, ...]) -> str:
    """What cannot be seen of the blocks a clause stands in: a note's label, and that it is quoted."""
    notes = [f"note {name.removeprefix('note:')}" for name in frames if name.startswith("note:")]
    said = f'<span class="label">{escape(" ".join(notes))} </span>' if notes else ""
    return said + ('<span class="spoken">quoted: </span>' if "quote" in frames else "")
