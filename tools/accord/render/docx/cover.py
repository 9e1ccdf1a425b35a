"""The cover: who the document is from, what it is, what is asked of the reader; and that it is not the official one."""

from __future__ import annotations

from collections.abc import Iterator

from accord.render.document_sheet import REHEARSAL, Sheet
from accord.render.docx.book import PORTRAIT, Book
from accord.render.docx.notices import notices
from accord.render.docx.parts import GAP, TableRow, cell, para, shares, table, words
from accord.render.docx.right_to_left import runs_left


def cover(book: Book, sheet: Sheet) -> Iterator[str]:
    """The blocks of the cover."""
    yield _head(sheet)
    yield GAP
    if sheet.source:
        yield para(words(sheet.source), "Source", rtl=runs_left(sheet.source))
    yield para(words(sheet.title), "Title", rtl=runs_left(sheet.title))
    if sheet.subtitle:
        yield para(words(sheet.subtitle), "Subtitle", rtl=runs_left(sheet.subtitle))
    yield para(words(sheet.label), "Subtitle")
    yield from notices(book, sheet.notice, sheet.page)
    if sheet.rehearsal:
        yield para(words(REHEARSAL, bold=True), "Notice")
    rows = list(_pairs(sheet))
    if rows:
        yield table(
            [
                TableRow(cells=[cell(words(label, bold=True)), cell(words(value), rtl=runs_left(value))])
                for label, value in rows
            ],
            shares(book.width, 24, 76),
            style="Cover",
        )
        yield GAP
    for remark in sheet.remarks:
        yield para(words(remark), "Remark", rtl=runs_left(remark))


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What the cover states; what stands above it already is not said again."""
    above = {"Document symbol": sheet.symbol, "Original": sheet.original, "Source": sheet.source}
    stated = {label for label, _ in sheet.cover}
    if sheet.action and "Action required" not in stated:
        yield "Action required", sheet.action
    for label, value in sheet.cover:
        if value and above.get(label) != value:
            yield label, value


def _head(sheet: Sheet) -> str:
    """Left the forum, right what identifies the document, as documents of the ITU have it."""
    lines = [
        sheet.symbol and f"Document {sheet.symbol}",
        sheet.date,
        sheet.original and f"Original: {sheet.original}",
    ]
    right = "".join(para(words(line, bold=True), "TableText") for line in lines if line)
    left = para(words(sheet.forum, bold=True), "Forum")
    return table(
        [TableRow(cells=[left, right or para("", "TableText")])], shares(PORTRAIT, 62, 38), style="Head"
    )
