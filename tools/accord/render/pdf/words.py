"""Words of a clause as Typst expressions, with what was added underlined and what was removed struck through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.inline import atoms, by_cell, is_border, tree
from accord.domain.text.nodes import Node, tidy, visible
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.pdf.literal import joined, pieces, quoted, text

_WEB = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)
_LONGEST = 2000
_WRAP = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}
_MARKS = {SpanOp.DEL: "del", SpanOp.INS: "ins"}

References = Callable[[str], str]
"""The expression for a reference to the note of a label."""


def reference(label: str) -> str:
    """A note's label as a raised sign that leads nowhere."""
    return f"super({text(label)})"


@dataclass(frozen=True, slots=True)
class Words:
    """Writes the words of one clause. ``apart``: some of them run from right to left (see :func:`pieces`)."""

    apart: bool = False
    refer: References = reference

    def cells(self, clause: Clause) -> list[str]:
        """The wording of an unchanged clause: one part, or one a cell for a table row."""
        if clause.kind not in ROWS:
            return [self.nodes(tree(clause.kind, clause.text))]
        return [self._atoms(cell) for cell in by_cell(atoms(clause.kind, clause.text))]

    def row(self, row: Row) -> list[str]:
        """A row's wording with ``ins`` and ``del``: one part, or one a cell for a table row."""
        if row.op is Op.MOD and row.side is not Side.OLD:
            return [joined([self._span(span) for span in cell]) for cell in _cells(row.spans)]
        return [_marked(cell, _WRAP[row.side]) for cell in self.cells(row.clause)]

    def readings(self, row: Row) -> tuple[list[str], list[str]]:
        """The cells of the old and of the new reading of a table row that changed as a whole."""
        if row.old is None or row.new is None:
            raise ValueError("only a changed row has two readings")
        old = [_marked(cell, "del") for cell in self.cells(row.old)]
        return old, [_marked(cell, "ins") for cell in self.cells(row.new)]

    def lines(self, row: Row) -> list[str]:
        """The lines of a clause of literal text. A line end that was itself added or removed is shown as a sign."""
        parts = [(_WRAP[row.side], row.clause.text)]
        inside = row.op is Op.MOD and row.side is not Side.OLD
        if inside:
            parts = [(_MARKS.get(span.op, ""), span.text) for span in row.spans]
        found: list[list[str]] = [[]]
        for mark, said in parts:
            *ended, last = said.split("\n")
            for line in ended:
                found[-1].append(self._literal(line, mark, end=inside))
                found.append([])
            found[-1].append(self._literal(last, mark, end=False))
        shown = [joined([part for part in line if part]) for line in found]
        if row.clause.kind is Kind.CODE and shown[0] == "[]":
            del shown[0]  # no language was named
        return ['" "' if line == "[]" else line for line in shown]

    def nodes(self, found: Iterable[Node]) -> str:
        """One expression for all nodes in a row."""
        return joined([part for node in found for part in self._node(node)])

    def _literal(self, said: str, mark: str, *, end: bool) -> str:
        parts = list(pieces(said, apart=self.apart)) + (["ended"] if end and mark else [])
        return _marked(joined(parts), mark) if parts else ""

    def _span(self, span: Span) -> str:
        match span.op:
            case SpanOp.KEEP:
                return self._atoms(span.atoms)
            case SpanOp.DEL | SpanOp.INS:
                return _marked(self._atoms(span.atoms), _MARKS[span.op])
            case SpanOp.FORMAT:
                old, new = self._atoms(span.before), self._atoms(span.atoms)
                return joined([_marked(old, "del"), _marked(new, "ins"), _format_note(span)])
            case _:
                inner = joined([self._span(inside) for inside in span.inside])
                return joined(self._wrapped(span.atoms[0].nodes[0], inner))

    def _atoms(self, found: Iterable[Atom]) -> str:
        """Neighbouring texts as one, so that letters join and scripts stay together."""
        merged: list[Node] = []
        for node in (node for atom in found for node in atom.nodes):
            if node.tag == "text" and merged and merged[-1].tag == "text":
                merged[-1] = Node("text", merged[-1].text + node.text)
            else:
                merged.append(node)
        return self.nodes(merged)

    def _node(self, node: Node) -> list[str]:
        said = list(pieces(node.text, apart=self.apart))
        match node.tag:
            case "text":
                return said
            case "code" | "html":
                return [f"{node.tag}({joined(said)})"]
            case "br":
                return ['" "', "linebreak()"]
            case "note":
                return [self.refer(node.text)]
            case "image":
                where = f" <{node.target}>" if node.target else ""
                return [small("picture: "), *said, small(where)]
            case "cell":
                return []
            case _:
                return self._wrapped(node, self.nodes(tidy(node.children)))

    def _wrapped(self, node: Node, inner: str) -> list[str]:
        """Emphasis or a link around ``inner``. A target that is no web address is printed, never followed."""
        match node.tag:
            case "em":
                return [f"emph({inner})"]
            case "link":
                shown = visible(node.children).strip()
                if shown and len(node.target) <= _LONGEST and _WEB.fullmatch(node.target):
                    return [f"link({quoted(node.target)}, {inner})"]
                return [inner, small(f" <{node.target}>")]
            case tag:
                return [f"{tag}({inner})"]


def small(said: str) -> str:
    """What is not the text: smaller and grey."""
    return f"small({text(said)})"


def _cells(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans of each cell; a clause that is no table row is one cell."""
    cells: list[list[Span]] = [[]]
    for span in spans:
        if span.op is SpanOp.KEEP and any(is_border(atom) for atom in span.atoms):
            cells.append([])
        else:
            cells[-1].append(span)
    return cells[1:-1] if len(cells) > 1 else cells


def _format_note(span: Span) -> str:
    old = [node.target for atom in span.before for node in atom.nodes if node.target]
    new = [node.target for atom in span.atoms for node in atom.nodes if node.target]
    if old == new:
        return small(" (only the format)")
    return small(f" (target: {' '.join(old) or 'none'} → {' '.join(new) or 'none'})")


def _marked(expression: str, mark: str) -> str:
    return f"{mark}({expression})" if mark and expression != "[]" else expression
