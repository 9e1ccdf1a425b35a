"""Words of a clause as HTML, with what was added and removed marked: both texts in one, or one text alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.inline import atoms, by_cell, tree
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.redline_nodes import atoms_html, nodes_html, tags

_HEARD = {"del": ("[removed: ", " end of removed]"), "ins": ("[added: ", " end of added]")}


def words(row: Row) -> list[str]:
    """The row's wording as HTML with ``ins`` and ``del``: one part, or one a cell for a table row."""
    return Pen().words(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes the words of one row.

    ``facts``: attributes of every ``ins`` and ``del``, escaped (whose change it is). ``side``: OLD or NEW leaves the
    other text's words out, for a column of its own.
    """

    facts: str = ""
    side: Side = Side.BOTH

    def words(self, row: Row) -> list[str]:
        """Both texts in one: one part, or one a cell for a table row."""
        if row.op is Op.MOD and row.side is not Side.OLD:
            return ["".join(parts) for parts in self._cells(row.spans)]
        return self._whole(row.clause, {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side])

    def readings(self, row: Row) -> tuple[list[str], list[str]] | None:
        """The cells of the old and of the new reading of a table row that changed as a whole; None for any other."""
        if row.op is not Op.MOD or row.clause.kind not in ROWS or not row.old or not row.new:
            return None
        if any(span.op is SpanOp.KEEP and _has_border(span.atoms) for span in row.spans):
            return None
        return self._whole(row.old, "del"), self._whole(row.new, "ins")

    def column(self, row: Row, spans: Sequence[Span]) -> list[str]:
        """The wording of this pen's side; ``spans`` are the row's words, also for the place it moved away from."""
        old = self.side is Side.OLD
        clause = row.old if old else row.new
        if clause is None:
            return []
        if row.op is Op.SAME and not row.moved:
            return self._whole(clause, "")
        whole = clause.kind in ROWS and not any(
            span.op is SpanOp.KEEP and _has_border(span.atoms) for span in spans
        )
        if row.op is not Op.MOD or whole:
            return self._whole(clause, "del" if old else "ins")
        return ["".join(parts) for parts in self._cells(spans)]

    def _whole(self, clause: Clause, tag: str) -> list[str]:
        return [self._marked(part, tag) for part in _plain(clause.kind, clause.text)]

    def _cells(self, spans: Sequence[Span]) -> list[list[str]]:
        cells: list[list[str]] = [[]]
        borders = 0
        for span in spans:
            if span.op is SpanOp.KEEP and _has_border(span.atoms):
                borders += 1
                cells.append([])
            else:
                cells[-1].append(self._span(span))
        return cells[1:-1] if borders else cells

    def _span(self, span: Span) -> str:
        match span.op:
            case SpanOp.KEEP:
                return atoms_html(span.atoms)
            case SpanOp.DEL:
                return self._wrapped(span.atoms, "del")
            case SpanOp.INS:
                return self._wrapped(span.atoms, "ins")
            case SpanOp.FORMAT:
                old, new = self._wrapped(span.before, "del"), self._wrapped(span.atoms, "ins")
                note = "" if self.side is Side.OLD else _format_note(span)
                return f'<span class="format">{old}{new}{note}</span>'
            case _:
                opening, closing = tags(span.atoms[0].nodes[0])
                return opening + "".join(self._span(inner) for inner in span.inside) + closing

    def _wrapped(self, spelling: Sequence[Atom], tag: str) -> str:
        return self._marked(atoms_html(spelling), tag)

    def _marked(self, text: str, tag: str) -> str:
        """``text`` marked as added or removed, to be seen and to be heard."""
        if not tag or not text:
            return text
        if self.side is (Side.NEW if tag == "del" else Side.OLD):
            return ""
        start, end = _HEARD[tag]
        return f'<{tag}{self.facts}><span class="spoken">{start}</span>{text}<span class="spoken">{end}</span></{tag}>'


@lru_cache(maxsize=20_000)
def _plain(kind: Kind, text: str) -> tuple[str, ...]:
    """The canonical ``text`` without marks; it stands in both columns, and in the other view too."""
    if kind not in ROWS:
        return (nodes_html(tree(kind, text)),)
    return tuple(atoms_html(cell) for cell in by_cell(atoms(kind, text)))


def _has_border(spelling: Sequence[Atom]) -> bool:
    return any(atom.nodes and atom.nodes[0].tag == "cell" for atom in spelling)


def _format_note(span: Span) -> str:
    old = [node.target for atom in span.before for node in atom.nodes if node.target]
    new = [node.target for atom in span.atoms for node in atom.nodes if node.target]
    said = (
        f"target: {' '.join(old) or 'none'} → {' '.join(new) or 'none'}" if old != new else "only the format"
    )
    return f'<span class="remark"> ({escape(said)})</span>'
