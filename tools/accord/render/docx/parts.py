"""What a document is put together from: words, paragraphs, headings, links, tables. Each is XML for a :class:`Book`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accord.render.docx.book import Book
from accord.render.docx.flow import Link, is_safe
from accord.render.docx.looks import PLAIN, Look
from accord.render.docx.paragraphs import Shape, paragraph
from accord.render.docx.right_to_left import runs_left
from accord.render.docx.runs import written
from accord.render.docx.xml import clean


def words(
    text: str, *, bold: bool = False, italic: bool = False, strike: bool = False, style: str = ""
) -> str:
    """``text`` as runs, nothing in it obeyed. ``style`` is a character style of the document."""
    return written(text, Look(bold, italic, strike, style), rtl=runs_left(text))


def para(
    content: str,
    style: str = "",
    *,
    align: str = "",
    keep: bool = False,
    new_page: bool = False,
    rtl: bool = False,
) -> str:
    """A paragraph of runs. ``keep`` holds it on the page of the next one. ``rtl``: it runs from right to left."""
    return paragraph(content, Shape(style=style, align=align, keep=keep, new_page=new_page, rtl=rtl))


def heading(book: Book, text: str, level: int, *, anchor: str = "") -> str:
    """A heading of level 1 to 6, with a place to jump to."""
    runs = words(text)
    return para(place(book, anchor, runs) if anchor else runs, f"Heading{level}", rtl=runs_left(text))


def place(book: Book, name: str, runs: str) -> str:
    """``runs`` as a place to jump to; ``name`` must be unique (letters, digits and ``_``, at most 40)."""
    number = book.next_id()
    return f'<w:bookmarkStart w:id="{number}" w:name="{clean(name)}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def jump(text: str, name: str) -> str:
    """``text`` as a link to a place in the document."""
    runs = written(text, Look(style="Hyperlink"), rtl=runs_left(text))
    return f'<w:hyperlink w:anchor="{clean(name)}" w:history="1">{runs}</w:hyperlink>'


def address(book: Book, text: str, target: str) -> str:
    """``text`` as a link to an outside ``target``; only the text where nobody may be led there."""
    if not is_safe(target):
        return words(text)
    link = Link(target, "")
    runs = written(text, Look(style="Hyperlink"), rtl=runs_left(text))
    return f'<w:hyperlink r:id="{book.link(link.target)}" w:history="1">{runs}</w:hyperlink>'


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: the XML of the paragraphs of each cell. ``mark`` says that the row came or went, as XML.

    ``splits``: it may go on on the next page, as one that is higher than a page must.
    """

    cells: Sequence[str]
    head: bool = False
    mark: str = ""
    splits: bool = False


def cell(runs: str, *, head: bool = False, align: str = "", rtl: bool = False, mark: str = "") -> str:
    """The paragraph of a cell."""
    style = "TableHead" if head else "TableText"
    return paragraph(runs, Shape(style=style, align=align, rtl=rtl), mark=mark)


def table(
    rows: Sequence[TableRow], widths: Sequence[int], *, style: str = "Grid", left: int = 0, rtl: bool = False
) -> str:
    """A table; ``widths`` in twentieths of a point. Head rows are repeated on each page, and no row is torn apart that
    must not be.

    A paragraph must stand between two tables, or Word makes them one.
    """
    direction = "<w:bidiVisual/>" if rtl else ""
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{direction}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + "".join(_row(row, widths) for row in rows)
        + "</w:tbl>"
    )


def _row(row: TableRow, widths: Sequence[int]) -> str:
    head = "<w:tblHeader/>" if row.head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for content, width in zip(row.cells, widths, strict=True)
    )
    whole = "" if row.splits else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{head}{row.mark}</w:trPr>{cells}</w:tr>"


def shares(total: int, *weights: float) -> list[int]:
    """``total`` cut into whole parts in proportion to ``weights``."""
    whole = sum(weights) or 1
    cut = [int(total * weight / whole) for weight in weights]
    cut[-1] += total - sum(cut)
    return cut


GAP = paragraph("", Shape(style="Gap"))
"""A small empty paragraph: what must stand after a table."""

__all__ = [
    "GAP",
    "PLAIN",
    "TableRow",
    "address",
    "cell",
    "heading",
    "jump",
    "para",
    "place",
    "shares",
    "table",
    "words",
]
