"""Inline nodes as HTML. Nothing a contributor wrote becomes markup, script or a loaded picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from accord.domain.text.nodes import Node, tidy
from accord.domain.text.spelling import Atom
from accord.render.redline_words import UNSEEN

_SAFE = re.compile(r"(?:https?:|mailto:)|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


def atoms_html(atoms: Iterable[Atom]) -> str:
    """Atoms in a row."""
    return nodes_html(_joined(node for atom in atoms for node in atom.nodes))


def nodes_html(nodes: Iterable[Node]) -> str:
    """Nodes in a row."""
    return "".join(_node(node) for node in nodes)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    joined: list[Node] = []
    words: list[str] = []
    for node in nodes:
        if node.tag == "text":
            words.append(node.text)
            continue
        if words:
            joined.append(Node("text", "".join(words)))
            words = []
        joined.append(node)
    return [*joined, Node("text", "".join(words))] if words else joined


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
            opening, closing = tags(node)
            return f'<span class="remark">picture: </span>{opening}{_text(node.text)}{closing}'
        case _:
            opening, closing = tags(node)
            return opening + nodes_html(tidy(node.children)) + closing


def tags(node: Node) -> tuple[str, str]:
    """What opens and closes a wrapper; an address that a browser would run is only shown."""
    if node.tag not in {"link", "image"}:
        return f"<{node.tag}>", f"</{node.tag}>"
    name = "href" if _SAFE.match(node.target) else "data-href"
    title = f' title="{escape(node.title)}"' if node.title else ""
    kind = ' class="picture"' if node.tag == "image" else ""
    return f'<a{kind} {name}="{escape(node.target)}"{title} rel="nofollow noreferrer">', "</a>"


def _text(text: str) -> str:
    """Escaped; a sign that nobody sees is shown by its code."""
    return UNSEEN.sub(
        lambda match: f'<span class="sign" data-sign="{ord(match[0]):x}">U+{ord(match[0]):04X}</span>',
        escape(text),
    )
