"""Rows of the redline as HTML blocks: real lists, tables and quotations, whatever was added to or taken from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.redline import FileRedline, Op, Row, Side
from accord.render.redline_inline import readings, words
from accord.render.redline_words import fold, mark, place, remarks

_OPENING = {"bullet": '<ul class="list">', "ordered": '<ol class="list">', "quote": "<blockquote>"}
_CLOSING = {"bullet": "</ul>", "ordered": "</ol>", "quote": "</blockquote>"}


@dataclass(slots=True)
class Blocks:
    """Writes the blocks of one file; remembers what is open. ``last`` is the number of the last change of all."""

    last: int
    frames: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    table: bool = False

    def file(self, file: FileRedline, context: int | None) -> Iterator[str]:
        """The HTML of all rows, nested blocks opened and closed as needed."""
        for shown in fold(file.rows, context):
            if isinstance(shown, int):
                yield from self._close(0)
                yield f'<p class="fold">… {shown} unchanged {"clause" if shown == 1 else "clauses"} …</p>'
            else:
                yield from self._row(shown)
        yield from self._close(0)

    def _row(self, row: Row) -> Iterator[str]:
        clause = row.clause
        names = clause.frames
        shared = 0
        while shared < min(len(names), len(self.frames)) and self.frames[shared] == names[shared]:
            shared += 1
        yield from self._close(shared - min(clause.apart, shared), keep_table=clause.kind is Kind.ROW)
        for depth in range(len(self.frames), len(names)):
            yield from self._open(names[depth], item=clause.kind is not Kind.ITEM or depth < len(names) - 1)
        if clause.kind is Kind.ITEM:
            yield from self._item()
        if clause.kind in ROWS:
            yield from self._table_rows(row)
        else:
            yield _block(row, self.last)

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
        cell = "th" if row.clause.kind is Kind.HEADER else "td"
        note = change_note(row, self.last)
        parts = words(row)
        if row.op is Op.MOD and row.side is not Side.OLD and row.old and row.new and len(parts) == 1:
            before, after = readings(row)
            if len(before) != len(after) or len(before) != 1:
                yield _tr(row, before, cell, note, reading="old")
                yield _tr(row, after, cell, "", reading="new")
                return
        yield _tr(row, parts, cell, note, reading="")


def _tr(row: Row, cells: list[str], cell: str, note: str, *, reading: str) -> str:
    label = f'<span class="label">{escape(row.clause.label)} </span>' if row.clause.label and not note else ""
    body = "".join(
        f'<{cell} dir="auto">{(note or label) if not index else ""}<span class="cell">{text}</span></{cell}>'
        for index, text in enumerate(cells)
    )
    extra = f' data-reading="{reading}"' if reading else ""
    return f"<tr{_facts(row)}{extra}>{body}</tr>"


def _block(row: Row, last: int) -> str:
    clause = row.clause
    note = change_note(row, last)
    label = f'<span class="label">{escape(clause.label)} </span>' if clause.label and not note else ""
    text = words(row)[0]
    wording = f'<span class="wording">{text}</span>'
    facts = f'{_facts(row)} dir="auto"'
    match clause.kind:
        case Kind.HEADING:
            tag = f"h{min(6, clause.level + 2)}"
            return f"{note}<{tag}{facts}>{label}{wording}</{tag}>"
        case Kind.RULE:
            return f"{note}<div{facts}><hr>{wording}</div>"
        case kind if kind in LITERAL:
            return f'{note}<pre{facts} class="{kind.value}">{wording}</pre>'
        case _:
            return f'{note}<p{facts} class="{clause.kind.value}">{label}{wording}</p>'


def _facts(row: Row) -> str:
    """The structure of the clause, and of its old reading where that differs."""
    facts = {"side": row.side.value, "op": row.op.value, **_structure(row.clause)}
    if row.side is Side.BOTH and row.old:
        old = _structure(row.old)
        facts |= {f"old-{name}": value for name, value in old.items() if value != facts[name]}
    return "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items())


def _structure(clause: Clause) -> dict[str, str]:
    return {
        "kind": clause.kind.value,
        "level": str(clause.level),
        "frames": " ".join(clause.frames),
        "apart": str(clause.apart),
        "detail": clause.detail,
    }


def anchor(row: Row) -> str:
    """The id of a change's place; a moved clause has two."""
    return f"change-{row.number}-from" if row.moved and row.side is Side.OLD else f"change-{row.number}"


def change_note(row: Row, last: int) -> str:
    """Number, sort and place of a change, with links to its neighbours."""
    if row.number is None:
        return ""
    said = escape(" · ".join([place(row.clause), *remarks(row)]))
    before = f'<a href="#change-{row.number - 1}">previous change</a> ' if row.number > 1 else ""
    after = f' <a href="#change-{row.number + 1}">next change</a>' if row.number < last else ""
    return (
        f'<span class="change" id="{anchor(row)}"><b>{row.number} {mark(row)}</b> {said}'
        f' <span class="steps">{before}{after}</span></span>'
    )
