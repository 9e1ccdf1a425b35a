"""The words of a row of the redline: one flow of pieces, or one a cell for a table row."""

from __future__ import annotations

from collections.abc import Sequence

from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.inline import atoms, tree
from accord.domain.text.nodes import Node
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.words import Span, SpanOp, spans
from accord.render.docx.book import Book
from accord.render.docx.flow import DEL, INS, Piece, of_nodes, of_spans
from accord.render.docx.right_to_left import has_rtl, runs_left
from accord.render.docx.runs import runs


def pieces_of(clause: Clause, mark: str = "") -> list[list[Piece]]:
    """The words of a clause, all of them with one mark: one flow, or one a cell."""
    if clause.kind not in ROWS:
        return [list(of_nodes(tree(clause.kind, _said(clause)), mark))]
    cells: list[list[Node]] = []
    for atom in atoms(clause.kind, clause.text)[:-1]:
        if atom.nodes and atom.nodes[0].tag == "cell":
            cells.append([])
        else:
            cells[-1] += atom.nodes
    return [list(of_nodes(cell, mark)) for cell in cells]


def changed_pieces(old: Clause, new: Clause, found: Sequence[Span]) -> list[list[Piece]]:
    """The words of a clause that stands in both texts, with what came and what went marked; one flow, or one a cell.

    ``found`` are the spans of the row where it has any. Both clauses must have as many cells.
    """
    if old.text == new.text:
        return pieces_of(new)
    said = _said(old), _said(new)
    if not found or said != (old.text, new.text):
        found = spans(new.kind, *said)
    return [list(of_spans(cell)) for cell in _cells(found)]


def shown_words(book: Book, row: Row) -> list[str]:
    """The runs of a row, added words underlined and removed ones struck through but nothing a tracked change."""
    if row.op is Op.MOD and row.side is not Side.OLD and row.old and row.new:
        gone, come = pieces_of(row.old, DEL), pieces_of(row.new, INS)
        cells = changed_pieces(row.old, row.new, row.spans) if len(gone) == len(come) else [*gone, *come]
    else:
        cells = pieces_of(row.clause, {Side.OLD: DEL, Side.NEW: INS, Side.BOTH: ""}[row.side])
    return [
        runs(
            book,
            [piece._replace(mark="", was=None, look=piece.look._replace(seen=piece.mark)) for piece in cell],
            rtl=directions(cell),
        )
        for cell in cells
    ]


def directions(pieces: Sequence[Piece]) -> tuple[bool, bool]:
    """Does the old reading run from right to left, and does the new one?"""
    old = "".join(piece.text for piece in pieces if piece.mark != INS)
    new = "".join(piece.text for piece in pieces if piece.mark != DEL)
    return runs_left(old), runs_left(new)


def turned(pieces: list[Piece]) -> list[Piece]:
    """The same change, as all old words and then all new ones where a kept word could run the other way.

    What runs which way follows from the whole paragraph, unless all of it runs from right to left.
    """
    if all(directions(pieces)) or not any(has_rtl(piece.text) for piece in pieces):
        return pieces
    if not any(piece.mark or piece.was for piece in pieces):
        return pieces
    gone = [p._replace(mark=DEL, look=p.was or p.look, was=None) for p in pieces if p.mark != INS]
    return gone + [p._replace(mark=INS, was=None) for p in pieces if p.mark != DEL]


def _said(clause: Clause) -> str:
    """What is shown: no empty line for a code block's missing information, no mark of a caption."""
    if clause.kind is Kind.CODE:
        return clause.text.removeprefix("\n")
    if clause.kind is not Kind.CAPTION:
        return clause.text
    from accord.render.document_sheet import caption

    return caption(clause.text)


def _cells(found: Sequence[Span]) -> list[list[Span]]:
    cells: list[list[Span]] = [[]]
    for span in found:
        if span.op is SpanOp.KEEP and any(atom.nodes and atom.nodes[0].tag == "cell" for atom in span.atoms):
            cells.append([])
        else:
            cells[-1].append(span)
    return cells[1:-1] if len(cells) > 1 else cells
