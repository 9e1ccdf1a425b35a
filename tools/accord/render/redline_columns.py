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
from accord.render.redline_notes import Notes, attributes, structure
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
            old, new = self._cell(shown, Side.OLD), self._cell(shown, Side.NEW)
            kind = "" if shown.changed else ' class="same"'
            yield f"<tr{kind}>{old}{new}</tr>"
        yield "</table>"

    def _cell(self, row: Row, side: Side) -> str:
        clause = row.old if side is Side.OLD else row.new
        if clause is None or row.side not in {Side.BOTH, side}:
            return f'<td class="none"><span class="spoken">{_EMPTY[side]}</span></td>'
        pen = Pen(facts=self._notes.facts(row), side=side)
        spans = self._moved[row.number] if row.moved and side is Side.OLD else row.spans
        parts = pen.column(row, spans)
        if clause.kind in ROWS:
            cells = table_cells(clause, parts, "")
            inner = f'{label(clause)}<table class="row"><tr>{cells}</tr></table>'
        elif clause.kind is Kind.HEADING and side is Side.OLD and row.op is not Op.SUP:
            # The new text's heading stands beside it: a list of headings must not have it twice.
            wording = f'<span class="wording">{parts[0]}</span>'
            inner = f'<p dir="auto" class="was-heading">{label(clause)}{wording}</p>'
        else:
            inner = block(clause, parts[0], facts="", labelled=True)
        return f'<td class="{_class(row, clause, side)}"{attributes(structure(clause))}>{_frames(clause)}{inner}</td>'


def _class(row: Row, clause: Clause, side: Side) -> str:
    depth = min(_DEEPEST, len(clause.frames))
    return (
        side.value
        + (f" in{depth}" if depth else "")
        + (" quote" if "quote" in clause.frames else "")
        + (" moved" if row.moved else "")
    )


def _frames(clause: Clause) -> str:
    """What cannot be seen of the blocks a clause stands in: a note's label, and that it is quoted."""
    notes = [f"note {name.removeprefix('note:')}" for name in clause.frames if name.startswith("note:")]
    said = f'<span class="label">{escape(" ".join(notes))} </span>' if notes else ""
    return said + ('<span class="spoken">quoted: </span>' if "quote" in clause.frames else "")
