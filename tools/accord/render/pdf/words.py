"""Words of a clause as Typst expressions, with what was added underlined and what was removed struck through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from accord.domain.text.clauses import ROWS, Clause
from accord.domain.text.inline import atoms, tree
from accord.domain.text.nodes import Node, tidy, visible
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.pdf.literal import joined, pieces, quoted, text

_WEB = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)
_LONGEST = 2000

References = Callable[[str], str]
"""The expression for a reference to the note of a label."""


def reference(label: str) -> str:
    """A note's label as a raised sign that leads nowhere."""
    return f"super({text(label)})"


def cells_of(clause: Clause, refer: References = reference) -> list[str]:
    """The wording of an unchanged clause: one part, or one a cell for a table row."""
    if clause.kind not in ROWS:
        return [nodes(tree(clause.kind, clause.text), refer)]
    return [nodes(_nodes_of(cell), refer) for cell in _split(atoms(clause.kind, clause.text))]


def words(row: Row) -> list[str]:
    """The row's wording with ``ins`` and ``del``: one part, or one a cell for a table row."""
    if row.op is Op.MOD and row.side is not Side.OLD:
        return [joined(parts) for parts in _cells(row.spans)]
    wrap = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side]
    return [_marked(cell, wrap) for cell in cells_of(row.clause)]


def readings(row: Row) -> tuple[list[str], list[str]]:
    """The cells of the old and of the new reading of a table row that changed as a whole."""
    if row.old is None or row.new is None:
        raise ValueError("only a changed row has two readings")
    old = [_marked(cell, "del") for cell in cells_of(row.old)]
    return old, [_marked(cell, "ins") for cell in cells_of(row.new)]


def lines(row: Row) -> list[str]:
    """The lines of a clause of literal text. Where a line end itself was added or removed, it is shown as a sign."""
    if row.op is Op.MOD and row.side is not Side.OLD:
        marks = {SpanOp.DEL: "del", SpanOp.INS: "ins"}
        parts = [(marks.get(span.op, ""), span.text) for span in row.spans]
    else:
        parts = [({Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side], row.clause.text)]
    whole = len(parts) == 1
    found: list[list[str]] = [[]]
    for mark, said in parts:
        first, *rest = said.split("\n")
        found[-1].append(_literal(first, mark, ended=bool(rest) and not whole))
        for index, line in enumerate(rest):
            found.append([_literal(line, mark, ended=index < len(rest) - 1 and not whole)])
    return [joined([part for part in line if part]) for line in found]


def _literal(said: str, mark: str, *, ended: bool) -> str:
    end = ["ended"] if ended and mark else []
    return _marked(joined([*pieces(said), *end]), mark) if said or end else ""


def nodes(tree_: Iterable[Node], refer: References = reference) -> str:
    """One expression for all ``tree_`` nodes in a row."""
    return joined([part for node in tree_ for part in _node(node, refer)])


def _split(spelling: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms of each cell of a row."""
    cells: list[list[Atom]] = []
    for atom in spelling[:-1]:
        if _is_border(atom):
            cells.append([])
        else:
            cells[-1].append(atom)
    return cells


def _cells(spans: Sequence[Span]) -> list[list[str]]:
    cells: list[list[str]] = [[]]
    borders = 0
    for span in spans:
        if span.op is SpanOp.KEEP and any(_is_border(atom) for atom in span.atoms):
            borders += 1
            cells.append([])
        else:
            cells[-1].append(_span(span))
    return cells[1:-1] if borders else cells


def _is_border(atom: Atom) -> bool:
    return bool(atom.nodes) and atom.nodes[0].tag == "cell"


def _span(span: Span) -> str:
    match span.op:
        case SpanOp.KEEP:
            return nodes(_nodes_of(span.atoms))
        case SpanOp.DEL:
            return _marked(nodes(_nodes_of(span.atoms)), "del")
        case SpanOp.INS:
            return _marked(nodes(_nodes_of(span.atoms)), "ins")
        case SpanOp.FORMAT:
            old, new = nodes(_nodes_of(span.before)), nodes(_nodes_of(span.atoms))
            return joined([_marked(old, "del"), _marked(new, "ins"), _format_note(span)])
        case _:
            inner = joined([_span(inside) for inside in span.inside])
            return joined(_wrapped(span.atoms[0].nodes[0], inner))


def _format_note(span: Span) -> str:
    old = [node.target for atom in span.before for node in atom.nodes if node.target]
    new = [node.target for atom in span.atoms for node in atom.nodes if node.target]
    said = (
        f"target: {' '.join(old) or 'none'} → {' '.join(new) or 'none'}" if old != new else "only the format"
    )
    return f"small({text(f' ({said})')})"


def _marked(expression: str, mark: str) -> str:
    return f"{mark}({expression})" if mark and expression != "[]" else expression


def _nodes_of(atoms_: Iterable[Atom]) -> list[Node]:
    """The nodes of atoms, neighbouring texts as one so that letters join and scripts stay together."""
    merged: list[Node] = []
    for atom in atoms_:
        for node in atom.nodes:
            if node.tag == "text" and merged and merged[-1].tag == "text":
                merged[-1] = Node("text", merged[-1].text + node.text)
            else:
                merged.append(node)
    return merged


def _node(node: Node, refer: References) -> list[str]:
    match node.tag:
        case "text":
            return list(pieces(node.text))
        case "code":
            return [f"code({text(node.text)})"]
        case "html":
            return [f"html({text(node.text)})"]
        case "br":
            return ['" "', "linebreak()"]
        case "note":
            return [refer(node.text)]
        case "image":
            where = f" <{node.target}>" if node.target else ""
            return [f"small({text('picture: ')})", *pieces(node.text), f"small({text(where)})"]
        case "cell":
            return []
        case _:
            return _wrapped(node, nodes(tidy(node.children), refer))


def _wrapped(node: Node, inner: str) -> list[str]:
    """Emphasis or a link around ``inner``. A target that is no web address is printed, never followed."""
    match node.tag:
        case "em":
            return [f"emph({inner})"]
        case "link":
            if (
                _WEB.fullmatch(node.target)
                and len(node.target) <= _LONGEST
                and visible(node.children).strip()
            ):
                return [f"link({quoted(node.target)}, {inner})"]
            return [inner, f"small({text(f' <{node.target}>')})"]
        case _:
            return [f"{node.tag}({inner})"]
