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


def changed_pieces(row: Row) -> list[list[Piece]]:
    """The words of a row that stands in both texts: what came and what went marked."""
    if row.old is None or row.new is None or row.op is not Op.MOD:
        return pieces_of(row.clause)
    found = row.spans
    if row.new.kind is Kind.CODE:
        found = spans(Kind.CODE, _said(row.old), _said(row.new))
    elif len(pieces_of(row.old)) != len(pieces_of(row.new)):
        raise ValueError("a row that gained or lost a cell has two readings")
    if _turns(row.old, row.new):
        whole = [*pieces_of(row.old, DEL), *pieces_of(row.new, INS)]
        half = len(whole) // 2
        return [[*gone, *come] for gone, come in zip(whole[:half], whole[half:], strict=True)]
    return [list(of_spans(cell)) for cell in _cells(found)]


def shown_words(book: Book, row: Row) -> list[str]:
    """The runs of a row, added words underlined and removed ones struck through but nothing a tracked change."""
    if row.op is Op.MOD and row.side is not Side.OLD and row.old and row.new:
        same = len(pieces_of(row.old)) == len(pieces_of(row.new))
        cells = changed_pieces(row) if same else [*pieces_of(row.old, DEL), *pieces_of(row.new, INS)]
    else:
        cells = pieces_of(row.clause, {Side.OLD: DEL, Side.NEW: INS, Side.BOTH: ""}[row.side])
    rtl = runs_left(row.clause.text)
    return [
        runs(
            book,
            [piece._replace(mark="", was=None, look=piece.look._replace(seen=piece.mark)) for piece in cell],
            author=None,
            rtl=rtl,
        )
        for cell in cells
    ]


def _said(clause: Clause) -> str:
    """What is shown: a code block without an information line shows no empty one for it."""
    return clause.text.removeprefix("\n") if clause.kind is Kind.CODE else clause.text


def _turns(old: Clause, new: Clause) -> bool:
    """Could a kept word run the other way, because of what stands around it?

    What runs which way follows from the whole paragraph, unless all of it runs from right to left.
    """
    if not (has_rtl(old.text) or has_rtl(new.text)):
        return False
    return not (runs_left(old.text) and runs_left(new.text))


def _cells(found: Sequence[Span]) -> list[list[Span]]:
    cells: list[list[Span]] = [[]]
    for span in found:
        if span.op is SpanOp.KEEP and any(atom.nodes and atom.nodes[0].tag == "cell" for atom in span.atoms):
            cells.append([])
        else:
            cells[-1].append(span)
    return cells[1:-1] if len(cells) > 1 else cells
