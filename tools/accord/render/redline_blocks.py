"""Rows of the redline as HTML blocks: real lists, tables and quotations, whatever was added to or taken from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.redline import FileRedline, Row, Side
from accord.render.redline_inline import Pen
from accord.render.redline_notes import Notes, structure
from accord.render.redline_words import fold

_OPENING = {"bullet": '<ul class="list">', "ordered": '<ol class="list">', "quote": "<blockquote>"}
_CLOSING = {"bullet": "</ul>", "ordered": "</ol>", "quote": "</blockquote>"}
_HEADINGS = 6


@dataclass(slots=True)
class Blocks:
    """Writes the blocks of one file, both texts in one; remembers what is open."""

    notes: Notes
    frames: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    table: bool = False

    def file(self, file: FileRedline, context: int | None) -> Iterator[str]:
        """The HTML of all rows, nested blocks opened and closed as needed."""
        for shown in fold(file.rows, context):
            if isinstance(shown, int):
                yield from self._close(0)
                yield f'<p class="fold">{folded(shown)}</p>'
            else:
                yield from self._row(shown)
        yield from self._close(0)

    def _row(self, row: Row) -> Iterator[str]:
        clause = row.clause
        names = clause.frames
        shared = 0
        while shared < min(len(names), len(self.frames)) and self.frames[shared] == names[shared]:
            shared += 1
        goes_on = clause.kind is Kind.ROW and shared == len(names)
        yield from self._close(shared - min(clause.apart, shared), keep_table=goes_on)
        for depth in range(len(self.frames), len(names)):
            yield from self._open(names[depth], item=clause.kind is not Kind.ITEM or depth < len(names) - 1)
        if clause.kind is Kind.ITEM:
            yield from self._item()
        if clause.kind in ROWS:
            yield from self._table_rows(row)
        else:
            yield self._block(row)

    def _open(self, name: str, *, item: bool) -> Iterator[str]:
        self.frames.append(name)
        yield _OPENING.get(name, f'<aside class="note-text" aria-label="note {escape(name[5:])}">')
        self.items.append(item and name in {"bullet", "ordered"})
        if self.items[-1]:
            yield "<li>"

    def _item(self) -> Iterator[str]:
        if self.items[-1]:
            yield "</li>"
        self.items[-1] = True
        yield "<li>"

    def _close(self, depth: int, *, keep_table: bool = False) -> Iterator[str]:
        if self.table and not (keep_table and depth == len(self.frames)):
            self.table = False
            yield "</table>"
        while len(self.frames) > depth:
            if self.items.pop():
                yield "</li>"
            yield _CLOSING.get(self.frames.pop(), "</aside>")

    def _table_rows(self, row: Row) -> Iterator[str]:
        if not self.table:
            self.table = True
            yield "<table>"
        pen = Pen(facts=self.notes.facts(row))
        readings = pen.readings(row)
        cells = readings[1] if readings else pen.words(row)
        head = row.clause.kind is Kind.HEADER
        if head:
            yield "<thead>"
        if note := self.notes.note(row, "div"):
            yield f'<tr class="at"><td colspan="{len(cells)}">{note}</td></tr>'
        if readings:
            yield _tr(row, readings[0], labelled=False, reading="old")
        yield _tr(row, cells, labelled=not note, reading="new" if readings else "")
        if head:
            yield "</thead>"

    def _block(self, row: Row) -> str:
        note = self.notes.note(row)
        text = Pen(facts=self.notes.facts(row)).words(row)[0]
        return note + block(row.clause, text, facts=_facts(row), labelled=not note)


def folded(count: int) -> str:
    """How many clauses are left out."""
    return f"… {count} unchanged {'clause' if count == 1 else 'clauses'} …"


def block(clause: Clause, text: str, *, facts: str, labelled: bool) -> str:
    """One clause that is no table row; ``labelled``: its printed number goes before the words."""
    wording = (label(clause) if labelled else "") + f'<span class="wording">{text}</span>'
    match clause.kind:
        case Kind.HEADING:
            level = clause.level + 2
            deep = f' aria-level="{level}"' if level > _HEADINGS else ""
            tag = f"h{min(_HEADINGS, level)}"
            return f'<{tag}{facts}{deep} dir="auto">{wording}</{tag}>'
        case Kind.RULE:
            return f"<div{facts}><hr>{wording}</div>"
        case kind if kind in LITERAL:
            return f'<pre{facts} dir="auto" class="{kind.value}">{wording}</pre>'
        case _:
            return f'<p{facts} dir="auto" class="{clause.kind.value}">{wording}</p>'


def table_cells(clause: Clause, cells: list[str], label: str) -> str:
    """The cells of one table row, ``label`` in the first."""
    tag = "th" if clause.kind is Kind.HEADER else "td"
    return "".join(
        f'<{tag} dir="auto">{label if not index else ""}<span class="cell">{text}</span></{tag}>'
        for index, text in enumerate(cells)
    )


def label(clause: Clause) -> str:
    """The printed number before a clause; a keyword is its own."""
    if not clause.label or clause.kind is Kind.KEYWORD:
        return ""
    return f'<span class="label">{escape(clause.label)} </span>'


def _tr(row: Row, cells: list[str], *, labelled: bool, reading: str) -> str:
    extra = f' data-reading="{reading}"' if reading else ""
    number = label(row.clause) if labelled else ""
    return f"<tr{_facts(row)}{extra}>{table_cells(row.clause, cells, number)}</tr>"


def _facts(row: Row) -> str:
    """The structure of the clause, and of its old reading where that differs."""
    side = f' data-side="{row.side.value}"' if row.side is not Side.BOTH else ""
    new = structure(row.clause)
    if row.side is Side.BOTH and row.old and structure(row.old) != new:
        return side + new + structure(row.old, "data-old")
    return side + new
