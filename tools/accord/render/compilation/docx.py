"""`compilation.docx`: the same tables across the page, to print and to write in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.domain.text.clauses import Kind
from accord.render.compilation.columns import (
    NO_TEXT,
    Columns,
    about,
    disposition,
    iso_head,
    joined,
    said,
    source,
)
from accord.render.compilation.model import ClauseGroup, Compilation, Line, RowEntry, Section
from accord.render.compilation.pieces import lines_of
from accord.render.compilation.runs import harmless, line_runs
from accord.render.compilation.symbols import SYMBOLS, TYPES
from accord.render.document_sheet import REHEARSAL
from accord.render.docx.book import Book
from accord.render.docx.package import Facts, package
from accord.render.docx.parts import (
    GAP,
    TableRow,
    address,
    cell,
    heading,
    jump,
    para,
    place,
    shares,
    table,
    words,
)
from accord.render.docx.right_to_left import runs_left
from accord.render.docx.row_words import shown_words

_ITU = (
    ("Clause and current text", 20),
    ("Proposal", 28),
    ("Contribution", 17),
    ("Reasons", 17),
    ("Observation of the secretariat", 15),
    ("Disposition", 14),
)
_ISO = (
    ("MB/NC", 12),
    ("Line no.", 6),
    ("Clause/ Subclause/ Annex", 12),
    ("Paragraph/ Figure/ Table", 12),
    ("Type (ge/ te/ ed)", 7),
    ("Comments (justification)", 24),
    ("Proposed change", 30),
    ("Observations of the secretariat", 20),
)
_INDEX = (
    ("No.", 5),
    ("Title", 28),
    ("Source", 22),
    ("Class", 9),
    ("Where it stands", 24),
    ("Disposition", 14),
)
_SIGNS = 122  # signs of a table's text that go into a line across the page
_HIGH = 24  # lines: a higher row would leave a page half empty, or not fit on one at all


def compilation_docx(made: Compilation, columns: Columns) -> bytes:
    """The document."""
    book = Book(landscape=True)
    _Document(book, made, columns).write()
    facts = Facts(
        title=harmless(made.title),
        moment=made.moment,
        label=made.document,
        short=made.title,
        notice=made.notice,
    )
    return package(book, facts)


class _Document:
    """A document being written; it knows which contributions have had their place to jump to."""

    def __init__(self, book: Book, made: Compilation, columns: Columns) -> None:
        self._book = book
        self._made = made
        self._columns = columns
        self._heads = _ITU if columns is Columns.ITU else _ISO
        self._named: set[int] = set()

    def write(self) -> None:
        """All of it."""
        book, made = self._book, self._made
        book.add(para(words(made.title), "Title"))
        book.add(para(words(f"{made.notice} ") + address(book, made.page, made.page), "Notice"))
        if made.rehearsal:
            book.add(para(words(REHEARSAL, bold=True), "Notice"))
        for label, value in (*iso_head(made), ("As of", made.as_of)):
            book.add(para(words(f"{label}: ", bold=True) + words(value)))
        for index, sentence in enumerate(made.head):
            book.add(para(words(sentence, bold=index == 0)))
        book.add(para(words(SYMBOLS)))
        if self._columns is Columns.ISO:
            book.add(para(words(TYPES)))
        for part in made.parts:
            book.add(heading(book, part.title, 1))
            if not part.sections:
                book.add(para(words("Nothing was received.")))
            for section in part.sections:
                book.add(heading(book, section.title, 2), self._table(section), GAP)
        book.add(heading(book, "Contributions by number", 1), self._index(), GAP)

    def _table(self, section: Section) -> str:
        rows = [_head(self._heads)]
        for group in section.groups:
            for index, entry in enumerate(group.entries):
                rows.append(self._row(group, entry, first=index == 0))
        return table(rows, shares(self._book.width, *(width for _, width in self._heads)))

    def _row(self, group: ClauseGroup, entry: RowEntry, *, first: bool) -> TableRow:
        it = entry.input
        if self._columns is Columns.ISO:
            cells = [
                _cells(source(entry)),
                _cells(group.lines),
                _cells(group.clause),
                _cells(group.element),
                _cells(entry.type.value),
                cell(self._number(it.number)) + _cells(it.title, bold=True) + _cells(it.reasons),
                self._proposal(entry),
                _cells(joined(*it.observations, disposition(entry))),
            ]
        else:
            now = self._lines([Line(row=group.current)]) if group.current and first else ""
            cells = [
                _cells(group.label, bold=True) + now,
                self._proposal(entry),
                cell(self._number(it.number))
                + _cells(it.title, bold=True)
                + _cells(joined(source(entry), about(entry))),
                _cells(it.reasons),
                _cells(joined(*it.observations)),
                _cells(it.disposition, bold=True) + _cells(it.reason),
            ]
        return TableRow(cells=[one or cell("") for one in cells], splits=self._high(entry))

    def _high(self, entry: RowEntry) -> bool:
        """Whether a row would be too high to be kept together."""
        whole = sum(width for _, width in self._heads)
        widths = {name: int(_SIGNS * width / whole) for name, width in self._heads}
        texts = {
            "Proposal": line_runs(entry.lines),
            "Proposed change": line_runs(entry.lines),
            "Reasons": said(entry.input.reasons),
            "Comments (justification)": said(entry.input.reasons),
        }
        return any(lines_of(texts[name], widths[name]) > _HIGH for name in texts if name in widths)

    def _number(self, number: int) -> str:
        link = jump(str(number), f"number_{number}")
        if number in self._named:
            return link
        self._named.add(number)
        return place(self._book, f"contribution_{number}", link)

    def _proposal(self, entry: RowEntry) -> str:
        out = _cells(entry.symbol, bold=True) + self._lines(entry.lines)
        if not entry.lines and not entry.remarks:
            out += _cells(NO_TEXT.get(entry.symbol, ""))
        return out + "".join(cell(words(remark, italic=True)) for remark in entry.remarks)

    def _lines(self, lines: Sequence[Line]) -> str:
        return "".join(map(self._line, lines))

    def _line(self, line: Line) -> str:
        lead = words(f"{line.lead} ") if line.lead else ""
        behind = "".join(words(f" ({remark})", italic=True) for remark in line.remarks)
        text = words(" | ").join(shown_words(self._book, line.row))
        rtl = line.row.clause.kind is not Kind.CODE and runs_left(line.row.clause.text)
        return cell(lead + text + behind, rtl=rtl)

    def _index(self) -> str:
        places = self._made.places()
        rows = [_head(_INDEX)]
        for it in self._made.inputs:
            mark = place(self._book, f"number_{it.number}", jump(str(it.number), f"contribution_{it.number}"))
            where = "; ".join(places[it.number])
            texts = (it.title, it.source, it.input_class, where, it.disposition)
            rows.append(TableRow(cells=[cell(mark), *(_cells(text) or cell("") for text in texts)]))
        return table(rows, shares(self._book.width, *(width for _, width in _INDEX)))


def _head(heads: Sequence[tuple[str, int]]) -> TableRow:
    return TableRow(cells=[cell(words(name), head=True) for name, _ in heads], head=True)


def _cells(text: str, *, bold: bool = False) -> str:
    """A paragraph a line of what somebody wrote."""
    return "".join(cell(words(line, bold=bold), rtl=runs_left(line)) for line in _written(text))


def _written(text: str) -> Iterator[str]:
    return (line for line in harmless(text).split("\n") if line.strip())
