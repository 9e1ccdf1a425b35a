"""The words of a clause as Akoma Ntoso: nothing a contributor wrote becomes an element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node
from accord.render.akn.notes import Notes
from accord.render.akn.xml import Element, element, spelled
from accord.render.document_sheet import caption

Words = list[Element | str]
_ADDRESS = re.compile(r"(?:https?:|mailto:)[^\x00-\x20]+|(?![a-z][a-z0-9+.-]*:)[^\x00-\x20]+", re.IGNORECASE)
_STRANGE = re.compile(r"[^0-9A-Za-z/:?#@!$&'()*+,;=._~%-]")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TAGS = {"strong": "b", "em": "i"}


def words(clause: Clause, notes: Notes) -> Words:
    """The wording of a clause that is no table row, with the notes that it is the first to refer to."""
    nodes = tree(clause.kind, clause.text)
    if clause.kind is Kind.CAPTION and nodes:
        nodes = (replace(nodes[0], text=caption(nodes[0].text)), *nodes[1:])
    return _nodes(nodes, notes)


def cells(clause: Clause, notes: Notes) -> list[Words]:
    """The wording of a table row, cell by cell."""
    found: list[list[Node]] = []
    for node in tree(clause.kind, clause.text):
        if node.tag == "cell":
            found.append([])
        elif found:
            found[-1].append(node)
    return [_nodes(nodes, notes) for nodes in found[:-1]] if clause.kind in ROWS else []


def _nodes(nodes: Iterable[Node], notes: Notes) -> Words:
    return [part for node in nodes for part in _node(node, notes)]


def _node(node: Node, notes: Notes) -> Words:
    match node.tag:
        case "text":
            return spelled(node.text)
        case "br":
            return [element("br")]
        case "code" | "html":
            return [element("inline", *spelled(node.text), name=node.tag)]
        case "image":
            return [element("inline", *spelled(node.text), name="picture", title=node.target)]
        case "note":
            return [notes.reference(node.text)]
        case "link":
            return [_link(node, _nodes(node.children, notes))]
        case "s":
            return [element("inline", *_nodes(node.children, notes), name="struck")]
        case tag:
            return [element(_TAGS[tag], *_nodes(node.children, notes))]


def _link(node: Node, inside: Words) -> Element:
    """A link that can be followed; one that a reader must not follow keeps its address as words."""
    if not _ADDRESS.fullmatch(node.target):
        return element("inline", *inside, name="link", title=node.target or "#")
    address = _STRANGE.sub(_quoted, _PERCENT.sub("%25", node.target))
    return element("a", *inside, href=address, title=node.title)


def _quoted(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
