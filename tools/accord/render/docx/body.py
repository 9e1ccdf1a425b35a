"""The text itself: every clause at its place, changed or not, so that taking or refusing all changes gives one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.redline import Row
from accord.render.authorship import Author, Authorship
from accord.render.docx.book import Book
from accord.render.docx.change_notes import change_name, comment_text
from accord.render.docx.flow import DEL, FROM, INS, TO, Piece
from accord.render.docx.layout import Layout, Placed, Table, lay_out
from accord.render.docx.looks import PLAIN
from accord.render.docx.note_text import note_lines
from accord.render.docx.paragraphs import Shape, paragraph, shaped
from accord.render.docx.parts import TableRow, place, table
from accord.render.docx.right_to_left import runs_left
from accord.render.docx.row_words import changed_pieces, directions, pieces_of, turned
from accord.render.docx.runs import changed, runs, written
from accord.render.docx.shapes import indent, shape_of
from accord.render.docx.signs import Sign
from accord.render.docx.widths import widths

_ALIGN = {"l": "left", "c": "center", "r": "right"}
_NOTE = PLAIN._replace(style="FootnoteReference")
_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{}"/></w:r>'


@dataclass(slots=True, kw_only=True)
class Body:
    """Writes the clauses of files into ``book``.

    ``old`` and ``new`` are the signs of either text by the identity of the clause; ``shift`` is added to the level of
    headings. ``authorship`` is None where nothing can have changed. ``places`` names clauses that something leads to,
    ``new_page`` lets the next clause begin a page.
    """

    book: Book
    old: dict[int, Sign]
    new: dict[int, Sign]
    authorship: Authorship | None = None
    shift: int = 0
    places: Mapping[int, str] = field(default_factory=dict)
    new_page: bool = False
    layout: Layout = field(default_factory=Layout)
    told: set[tuple[int, bool]] = field(default_factory=set)
    waiting: list[Row] = field(default_factory=list)

    def file(self, rows: Sequence[Row]) -> None:
        """All clauses of one file."""
        self.layout = lay_out(rows)
        for block in self.layout.blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._block(block)

    def _author(self, row: Row) -> Author | None:
        return self.authorship.of(row) if self.authorship else None

    # -- paragraphs ------------------------------------------------------------------------------------------------

    def _block(self, one: Placed) -> None:
        cells = self._pieces(one)
        pieces = cells[0] if one.mark else turned(cells[0])
        rtl = directions(pieces)
        content = self._runs(one, pieces, rtl)
        before = self._shape(one.old, self.old, rtl[0])
        after = self._shape(one.new, self.new, rtl[1])
        author = self._author(one.row)
        shape = after or before or Shape()
        if self.new_page:
            shape, self.new_page = shape._replace(new_page=True), False
        change = ""
        if before and after and before != after:
            change = changed(self.book, "pPrChange", author, f"<w:pPr>{shaped(before)}</w:pPr>")
        mark = changed(self.book, one.mark, author) if one.mark else ""
        content = self._told(one, content)
        if name := self.places.get(id(one.clause)):
            content = place(self.book, name, content)
        end = ""
        if one.mark in {FROM, TO}:
            content, end = self._range(one, content, author)
        self.book.add(paragraph(content, shape, mark=mark, change=change) + end)

    def _shape(self, clause: Clause | None, signs: dict[int, Sign], rtl: bool) -> Shape | None:
        if clause is None:
            return None
        return shape_of(self.book, clause, signs.get(id(clause)), shift=self.shift, rtl=rtl)

    def _pieces(self, one: Placed) -> list[list[Piece]]:
        if one.old is not None and one.new is not None:
            cells = changed_pieces(one.old, one.new, one.row.spans)
        elif one.mark == TO and one.row.old is not None and one.row.new is not None:
            cells = [_moved(changed_pieces(one.row.old, one.row.new, one.row.spans)[0], one.row.new)]
        else:
            cells = pieces_of(one.clause, one.mark)
        if one.clause.kind is Kind.FOOTNOTE:
            # It is left in the text, where nothing shows its label.
            label = one.clause.frames[-1].removeprefix("note:")
            cells[0].insert(0, Piece("text", f"{label}\t", PLAIN, None, one.mark))
        return cells

    def _runs(self, one: Placed, pieces: list[Piece], rtl: tuple[bool, bool]) -> str:
        author = self._author(one.row)
        return runs(
            self.book, pieces, author=author, notes=lambda label, mark: self._note(one, label, mark), rtl=rtl
        )

    def _range(self, one: Placed, content: str, author: Author | None) -> tuple[str, str]:
        """What says that a paragraph moved, and from where to where."""
        number = self.book.next_id()
        start = changed(self.book, f"{one.mark}RangeStart", author)
        start = start.replace("/>", f' w:name="move{one.row.number}"/>')
        number = self.book.serial
        return start + content, f'<w:{one.mark}RangeEnd w:id="{number}"/>'

    # -- footnotes -------------------------------------------------------------------------------------------------

    def _note(self, one: Placed, label: str, mark: str) -> int | None:
        clauses = self.layout.notes.get(label, [])
        if any(name.startswith("note:") for name in one.clause.frames):
            return None  # no footnote on a footnote
        parts: list[str] = []
        for row, pieces in note_lines(clauses, mark):
            whose = self._author(one.row if mark else row)
            flow = pieces if mark else turned(pieces)
            parts.append(runs(self.book, flow, author=whose, rtl=directions(flow)))
            if row.changed and row not in self.waiting:
                self.waiting.append(row)
        if not parts:
            return None
        return self.book.note("".join(parts), written(label, _NOTE))

    # -- tables ----------------------------------------------------------------------------------------------------

    def _table(self, found: Table) -> None:
        head = found.head
        left, _ = indent(head.clause.frames)
        lines = [(head, self._pieces(head)), *((row, self._pieces(row)) for row in found.rows)]
        self.book.add(
            table(
                [self._row(one, cells, head.clause.detail) for one, cells in lines],
                widths([cells for _, cells in lines], self.book.width - left),
                left=left,
                rtl=runs_left(head.clause.text),
            )
        )
        mark = changed(self.book, head.mark, self._author(head.row)) if head.mark else ""
        self.book.add(paragraph("", Shape(style="Gap"), mark=mark))

    def _row(self, one: Placed, cells: list[list[Piece]], align: str) -> TableRow:
        author = self._author(one.row)
        style = "TableHead" if one.clause.kind is Kind.HEADER else "TableText"
        made: list[str] = []
        for index, cell in enumerate(cells):
            pieces = cell if one.mark else turned(cell)
            rtl = directions(pieces)
            content = self._runs(one, pieces, rtl)
            side = _ALIGN.get(align[index : index + 1], "")
            shape = Shape(style=style, align=side, rtl=rtl[one.mark != DEL])
            change = ""
            if rtl[0] != rtl[1] and not one.mark:
                change = changed(
                    self.book, "pPrChange", author, f"<w:pPr>{shaped(shape._replace(rtl=rtl[0]))}</w:pPr>"
                )
            if not index:
                content = self._told(one, content)
            mark = changed(self.book, one.mark, author) if one.mark else ""
            made.append(paragraph(content, shape, mark=mark, change=change))
        mark = changed(self.book, one.mark, author) if one.mark else ""
        return TableRow(cells=made, head=one.clause.kind is Kind.HEADER, mark=mark)

    # -- comments --------------------------------------------------------------------------------------------------

    def _told(self, one: Placed, content: str) -> str:
        """The content with a comment for each change in it, which goes and comes with it."""
        rows = [one.row, *self.waiting] if one.row.changed else self.waiting
        self.waiting = []
        for row in rows:
            away = one.mark == FROM
            author = self._author(row)
            if row.number is None or author is None or (row.number, away) in self.told:
                continue
            if not away and (row.number, False) not in self.told:
                content = place(self.book, change_name(row.number), content)
            self.told.add((row.number, away))
            number = self.book.comment(said=comment_text(row, author), author=author.name, stamp=author.stamp)
            reference = _REFERENCE.format(number)
            if one.mark:
                reference = changed(self.book, one.mark, self._author(one.row), reference)
            content = f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>{reference}'
        return content


def _moved(pieces: list[Piece], new: Clause) -> list[Piece]:
    """The new words of a text that moved; words that it brought are shown as added."""
    if turned(pieces) is not pieces:
        return pieces_of(new, TO)[0]
    return [
        piece._replace(mark=INS if piece.mark == INS else TO, was=None)
        for piece in pieces
        if piece.mark != DEL
    ]
