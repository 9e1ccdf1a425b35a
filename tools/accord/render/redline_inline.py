"""Words of a clause as HTML. Nothing a contributor wrote becomes markup, script or a loaded picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from accord.domain.text.clauses import ROWS
from accord.domain.text.inline import atoms, tree
from accord.domain.text.nodes import Node, tidy
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp

_SAFE = re.compile(r"(?:https?:|mailto:)|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def words(row: Row) -> list[str]:
    """The row's wording as HTML with ``ins`` and ``del``: one part, or one a cell for a table row."""
    clause = row.clause
    if row.op is Op.MOD and row.side is not Side.OLD:
        return ["".join(parts) for parts in _cells(row.spans)]
    wrap = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side]
    if clause.kind not in ROWS:
        return [_marked(_nodes_html(tree(clause.kind, clause.text)), wrap)]
    return [_wrapped(cell, wrap) for cell in _split(atoms(clause.kind, clause.text))]


def readings(row: Row) -> tuple[list[str], list[str]]:
    """The cells of the old and of the new reading of a row that changed as a whole."""
    if row.old is None or row.new is None:
        raise ValueError("only a changed row has two readings")
    old = [_wrapped(cell, "del") for cell in _split(atoms(row.old.kind, row.old.text))]
    return old, [_wrapped(cell, "ins") for cell in _split(atoms(row.new.kind, row.new.text))]


def _split(spelling: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms of each cell; a clause that is no table row is one cell."""
    if not any(_is_border(atom) for atom in spelling):
        return [list(spelling)]
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
            cells[-1].append(span_html(span))
    return cells[1:-1] if borders else cells


def _is_border(atom: Atom) -> bool:
    return bool(atom.nodes) and atom.nodes[0].tag == "cell"


def span_html(span: Span) -> str:
    """One span."""
    match span.op:
        case SpanOp.KEEP:
            return _atoms_html(span.atoms)
        case SpanOp.DEL:
            return _wrapped(span.atoms, "del")
        case SpanOp.INS:
            return _wrapped(span.atoms, "ins")
        case SpanOp.FORMAT:
            old, new = _wrapped(span.before, "del"), _wrapped(span.atoms, "ins")
            return f'<span class="format">{old}{new}{_format_note(span)}</span>'
        case _:
            node = span.atoms[0].nodes[0]
            opening, closing = _tags(node)
            return opening + "".join(span_html(inner) for inner in span.inside) + closing


def _format_note(span: Span) -> str:
    old = [node.target for atom in span.before for node in atom.nodes if node.target]
    new = [node.target for atom in span.atoms for node in atom.nodes if node.target]
    said = (
        f"target: {' '.join(old) or 'none'} → {' '.join(new) or 'none'}" if old != new else "only the format"
    )
    return f'<span class="remark"> ({escape(said)})</span>'


def _nodes_html(nodes: Iterable[Node]) -> str:
    return "".join(_node(node) for node in nodes)


def _wrapped(atoms_: Iterable[Atom], tag: str) -> str:
    return _marked(_atoms_html(atoms_), tag)


def _marked(text: str, tag: str) -> str:
    """``text`` marked as added or removed, to be seen and to be heard."""
    if not tag or not text:
        return text
    start, end = ("removed", "end of removed") if tag == "del" else ("added", "end of added")
    return f'<{tag}><span class="spoken">[{start}: </span>{text}<span class="spoken"> {end}]</span></{tag}>'


def _atoms_html(atoms_: Iterable[Atom]) -> str:
    return "".join(_node(node) for node in _joined(node for atom in atoms_ for node in atom.nodes))


def _joined(nodes: Iterable[Node]) -> list[Node]:
    joined: list[Node] = []
    for node in nodes:
        if node.tag == "text" and joined and joined[-1].tag == "text":
            joined[-1] = Node("text", joined[-1].text + node.text)
        else:
            joined.append(node)
    return joined


def _node(node: Node) -> str:
    match node.tag:
        case "text":
            return _text(node.text)
        case "code":
            return f"<code>{_text(node.text)}</code>"
        case "html":
            return f'<code class="raw">{_text(node.text)}</code>'
        case "br":
            return "<br>"
        case "note":
            return f'<sup class="ref">{_text(node.text)}</sup>'
        case "image":
            opening, closing = _tags(node)
            return f'<span class="remark">picture: </span>{opening}{_text(node.text)}{closing}'
        case _:
            opening, closing = _tags(node)
            return opening + "".join(_node(child) for child in tidy(node.children)) + closing


def _tags(node: Node) -> tuple[str, str]:
    if node.tag not in {"link", "image"}:
        return f"<{node.tag}>", f"</{node.tag}>"
    name = "href" if _SAFE.match(node.target) else "data-href"
    title = f' title="{escape(node.title)}"' if node.title else ""
    kind = ' class="picture"' if node.tag == "image" else ""
    return f'<a{kind} {name}="{escape(node.target)}"{title} rel="nofollow noreferrer">', "</a>"


def _text(text: str) -> str:
    """Escaped; a control or direction sign is shown by its code, never obeyed."""
    return _CONTROL.sub(
        lambda match: f'<span class="sign" data-sign="{ord(match[0]):x}">U+{ord(match[0]):04X}</span>',
        escape(text),
    )
