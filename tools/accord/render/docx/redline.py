"""The redline as a Word document: native tracked changes, each with its number, and a table of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from accord.domain.text.redline import FileRedline, Redline, Side
from accord.render.authorship import Authorship
from accord.render.docx.body import Body
from accord.render.docx.book import Book
from accord.render.docx.change_notes import all_remarks, by_whom, change_name, cited
from accord.render.docx.flow import DEL, INS
from accord.render.docx.notices import notices
from accord.render.docx.package import Facts, package
from accord.render.docx.paragraphs import Shape, paragraph
from accord.render.docx.parts import GAP, TableRow, cell, jump, para, place, shares, table, words
from accord.render.docx.runs import changed, written
from accord.render.docx.signs import signs_of
from accord.render.redline_words import counts, mark

HOW = (
    "Every change is a tracked change: it can be accepted or rejected one by one. With all accepted this is the new"
    " text exactly, with all rejected the old one."
)
_TABLE = "table_of_changes"


def redline_docx(
    redline: Redline,
    *,
    title: str,
    authorship: Authorship,
    notice: str = "",
    page: str = "",
    moment: datetime,
    remarks: Sequence[str] = (),
) -> bytes:
    """The document.

    ``notice`` says what it is not (R6), ``page`` is the address of the official place, ``remarks`` are sentences for
    the top. ``moment`` dates the document; each change has the date of its author.
    """
    book = Book()
    _head(book, redline, title=title, notice=notice, page=page, remarks=remarks)
    body = Body(
        book=book,
        old=signs_of(
            [[row.old for row in file.rows if row.side is not Side.NEW and row.old] for file in redline.files]
        ),
        new=signs_of(
            [[row.new for row in file.rows if row.side is not Side.OLD and row.new] for file in redline.files]
        ),
        authorship=authorship,
    )
    for file in redline.files:
        if len(redline.files) > 1:
            book.add(_file_name(book, file, authorship))
        body.file(file.rows)
    book.extend(_changes(book, redline, authorship))
    facts = Facts(title=title, moment=moment, short=title, label="Redline", notice=notice)
    return package(book, facts)


def _head(
    book: Book, redline: Redline, *, title: str, notice: str, page: str, remarks: Sequence[str]
) -> None:
    book.add(para(words(title), "Title"))
    book.extend(notices(book, notice, page))
    book.extend(para(words(remark), "Remark") for remark in remarks)
    runs = words(counts(redline))
    if redline.changes:
        runs += words(" See the ") + jump("table of changes", _TABLE) + words(f" at the end. {HOW}")
    book.add(para(runs, "Remark"))


def _file_name(book: Book, file: FileRedline, authorship: Authorship) -> str:
    """The name of a file, which comes and goes with it."""
    old, new = file.old_path, file.new_path
    author = authorship.default
    if old == new:
        return para(written(new or ""), "FileName")
    gone = changed(book, DEL, author, written(old, gone=True)) if old else ""
    come = changed(book, INS, author, written(new)) if new else ""
    mark = "" if old and new else changed(book, DEL if old else INS, author)
    return paragraph(gone + come, Shape(style="FileName"), mark=mark)


def _changes(book: Book, redline: Redline, authorship: Authorship) -> Iterator[str]:
    """The table of changes, numbered as in every format."""
    if not redline.changes:
        yield GAP
        return
    yield paragraph(place(book, _TABLE, words("Table of changes")), Shape(style="PartTitle", new_page=True))
    names = ("No.", "Change", "Where", "By", "Remarks")
    rows = [TableRow(cells=[cell(words(name), head=True) for name in names], head=True)]
    for file in redline.files:
        for row in file.rows:
            if row.number is None or (row.moved and row.side is Side.OLD):
                continue
            where = cited(row) if len(redline.files) == 1 else f"{file.path}, {cited(row)}"
            said = [mark(row), where, by_whom(authorship.of(row)), "; ".join(all_remarks(row))]
            number = jump(str(row.number), change_name(row.number))
            rows.append(TableRow(cells=[cell(number), *(cell(words(text)) for text in said)]))
    yield table(rows, shares(book.width, 7, 13, 28, 27, 25))
    yield GAP
