"""`compilation.xlsx`: a workbook to sort, filter and write in; nothing in it is a formula, whatever it begins with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from accord.render.archive import archive
from accord.render.compilation.columns import COLUMNS, NUMBER, Cell, Columns, cells, iso_head, said
from accord.render.compilation.model import Compilation, Input, Part
from accord.render.compilation.pieces import lines_of, pieces
from accord.render.compilation.runs import Mark, harmless, plain
from accord.render.compilation.symbols import SYMBOLS, TYPES
from accord.render.document_sheet import REHEARSAL

INDEX, ABOUT = "Index", "About"
READING = (
    "A text too long for one cell goes on in the next row, which says so. Empty cells under “Observation of the "
    "secretariat” are there to be filled in."
)
_MARKS: Mapping[Mark, Mapping[str, Any]] = {
    Mark.KEEP: {},
    Mark.DEL: {"font_strikeout": True, "font_color": "#8A1520"},
    Mark.INS: {"underline": 1, "font_color": "#0B4F17"},
}
_A3, _A4 = 8, 9
_FOOTER = 180  # of the 255 signs that a footer may have
_LINE, _MARGIN, _MOST = 13.5, 4, 409  # points: a line of text, what is around it, the highest row there is
_INDEX = (
    ("No.", 6),
    ("Title", 36),
    ("Source", 28),
    ("Category", 18),
    ("Class", 10),
    ("Kind", 20),
    ("Version", 8),
    ("Receipt", 36),
    ("Where it stands", 36),
    ("Disposition", 20),
)


def compilation_xlsx(made: Compilation, columns: Columns) -> bytes:
    """The workbook: About, Index, then a sheet a part."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        # The moment is part of the file, so it is the one of the compilation and not that of writing.
        book.set_properties(
            {
                "title": harmless(made.title),
                "subject": harmless(made.forum),
                "comments": harmless(made.notice),
                "created": made.moment.astimezone(UTC).replace(tzinfo=None, microsecond=0),
            }
        )
        _Book(book, made, columns).write()
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as package:
        files = {name: package.read(name) for name in package.namelist()}
    return archive(files, first="[Content_Types].xml")


class _Book:
    """A workbook being written: formats, and the row at which each contribution first stands."""

    def __init__(self, book: Any, made: Compilation, columns: Columns) -> None:
        self._book = book
        self._made = made
        self._columns = columns
        plain_ = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10}
        wrapped = {**plain_, "border": 1, "border_color": "#999999"}
        self._cells = {mark: book.add_format({**wrapped, **_MARKS[mark]}) for mark in Mark}
        self._quoted = {
            mark: book.add_format({**wrapped, **_MARKS[mark], "quote_prefix": True}) for mark in Mark
        }
        self._runs = {
            mark: book.add_format({"font_name": "Calibri", "font_size": 10, **_MARKS[mark]}) for mark in Mark
        }
        self._link = book.add_format({**wrapped, "font_color": "#1B4F8F", "underline": 1})
        self._head = book.add_format({**wrapped, "bold": True, "bg_color": "#E6EDF5"})
        self._plain = book.add_format(plain_)
        self._bold = book.add_format({**plain_, "bold": True})
        self._flat = book.add_format({"font_name": "Calibri", "font_size": 10})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._places = {it.number: row for row, it in enumerate(made.inputs, start=1)}
        self._first: dict[int, tuple[str, int]] = {}

    def write(self) -> None:
        """Every sheet, About and Index first."""
        about = self._sheet(ABOUT)
        index = self._sheet(INDEX)
        for part in self._made.parts:
            self._part(part)
        self._about(about)
        self._index(index)

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A3 if self._columns is Columns.ITU else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        notice = harmless(self._made.notice).replace("&", "&&")[:_FOOTER]
        sheet.set_footer(f"&L{notice}&C&A&RPage &P of &N")
        if self._made.rehearsal:
            sheet.set_header(f"&C{REHEARSAL}")
        return sheet

    def _about(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 110)
        made = self._made
        sheet.write_string(0, 0, harmless(made.title), self._title)
        lines: list[tuple[str, str]] = [("Notice", f"{made.notice} {made.page}")]
        if made.rehearsal:
            lines.append(("Rehearsal", REHEARSAL))
        lines += [*iso_head(made), ("As of", made.as_of)]
        lines += [("Counted" if place == 0 else "", sentence) for place, sentence in enumerate(made.head)]
        lines += [("Symbols", SYMBOLS), ("Types", TYPES)]
        lines.append(("Reading it", READING))
        for row, (label, text) in enumerate(lines, start=2):
            sheet.write_string(row, 0, label, self._bold)
            sheet.write_string(row, 1, harmless(text), self._plain)
            _heighten(sheet, row, [said(text)], [110])

    def _index(self, sheet: Any) -> None:
        for column, (name, width) in enumerate(_INDEX):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._head)
        places = self._made.places()
        for row, it in enumerate(self._made.inputs, start=1):
            name, target = self._first[it.number]
            sheet.write_url(row, 0, f"internal:'{name}'!A{target + 1}", self._link, str(it.number))
            where = "; ".join(places[it.number])
            row_ = [said(text) for text in (str(it.number), *_facts(it, where))]
            for column, cell in enumerate(row_[1:], start=1):
                self._put(sheet, row, column, cell)
            _heighten(sheet, row, row_, [width for _, width in _INDEX])
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(self._made.inputs)), len(_INDEX) - 1)

    def _part(self, part: Part) -> None:
        sheet = self._sheet(part.title[:31])
        heads = COLUMNS[self._columns]
        widths = [one.width for one in heads]
        top = self._above(sheet) if self._columns is Columns.ISO else 0
        for column, one in enumerate(heads):
            sheet.set_column(column, column, one.width)
            sheet.write_string(top, column, one.head, self._head)
        _heighten(sheet, top, [said(one.head) for one in heads], widths)
        row = top
        for section, group, entry in part.rows:
            whole = cells(section, group, entry, self._columns)
            for place, piece in enumerate(pieces(whole, widths)):
                row += 1
                if place == 0:
                    self._first.setdefault(entry.input.number, (sheet.get_name(), row))
                self._row(sheet, row, piece, entry.input.number)
                _heighten(sheet, row, piece, widths)
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        sheet.autofilter(top, 0, max(row, top + 1), len(heads) - 1)

    def _above(self, sheet: Any) -> int:
        """What stands over the eight columns; the row after it."""
        for row, (label, value) in enumerate(iso_head(self._made)):
            sheet.write_string(row, 0, label, self._bold)
            sheet.write_string(row, 1, harmless(value), self._flat)
        return len(iso_head(self._made)) + 1

    def _row(self, sheet: Any, row: int, piece: Sequence[Cell], number: int) -> None:
        link = NUMBER if self._columns is Columns.ITU else None
        for column, cell in enumerate(piece):
            if column == link:
                target = f"internal:'{INDEX}'!A{self._places[number] + 1}"
                sheet.write_url(row, column, target, self._link, plain(cell))
            else:
                self._put(sheet, row, column, cell)

    def _put(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """A string and nothing else; one that a spreadsheet could take for a formula when it is edited says so."""
        text = "".join(run.text for run in cell)
        forms = self._quoted if text.startswith(("=", "+", "-", "@", "\t")) else self._cells
        if not text:
            sheet.write_blank(row, column, None, self._cells[Mark.KEEP])
        elif len(cell) == 1:
            # A cell of one stretch cannot hold marks inside, so the cell itself has them.
            sheet.write_string(row, column, text, forms[cell[0].mark])
        else:
            parts = [part for run in cell for part in (self._runs[run.mark], run.text)]
            sheet.write_rich_string(row, column, *parts, forms[Mark.KEEP])


def _heighten(sheet: Any, row: int, cells_: Sequence[Cell], widths: Sequence[int]) -> None:
    """As high as its text needs: not every program finds that out by itself."""
    lines = max(lines_of(cell, width - 1) for cell, width in zip(cells_, widths, strict=True))
    sheet.set_row(row, min(_MOST, lines * _LINE + _MARGIN))


def _facts(it: Input, where: str) -> tuple[str, ...]:
    version = str(it.version)
    return (
        it.title,
        it.source,
        it.category,
        it.input_class,
        it.kind,
        version,
        it.received,
        where,
        it.disposition,
    )
