"""Words of a clause as a flat flow of pieces, each with its look, its link and whether it came or went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from accord.domain.text.nodes import Node
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.docx.looks import PLAIN, Look

INS, DEL, FROM, TO = "ins", "del", "moveFrom", "moveTo"
"""What a change is called in the document."""

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
_REST = r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
# Word calls a document broken when an address in it is not one.
_SAFE = re.compile(
    rf"https?://{_HOST}(?:[/?]{_REST})?(?:#{_REST})?|mailto:[A-Za-z0-9._+-]+@{_HOST}", re.IGNORECASE
)
_LONGEST = 2000
_LOOKS = frozenset({"text", "code", "em", "strong", "s"})


class Link(NamedTuple):
    """A hyperlink to a safe target."""

    target: str
    title: str


class Piece(NamedTuple):
    """``kind``: text, br or note (``text`` is then its label). ``was`` is the look before a change of looks only."""

    kind: str
    text: str
    look: Look
    link: Link | None
    mark: str
    was: Look | None = None


def is_safe(target: str) -> bool:
    """May a reader be led to ``target``?"""
    return len(target) <= _LONGEST and _SAFE.fullmatch(target) is not None


def of_nodes(
    nodes: Iterable[Node], mark: str = "", look: Look = PLAIN, link: Link | None = None
) -> Iterator[Piece]:
    """The pieces of a tree."""
    for node in nodes:
        match node.tag:
            case "text":
                yield Piece("text", node.text, look, link, mark)
            case "em" | "strong" | "s":
                yield from of_nodes(node.children, mark, _wrapped(node, look), link)
            case "code":
                yield Piece("text", node.text, look._replace(style="InlineCode"), link, mark)
            case "html":
                yield Piece("text", node.text, look._replace(style="InlineHtml"), link, mark)
            case "br" | "note":
                yield Piece(node.tag, node.text, look, link, mark)
            case "image":
                yield Piece("text", f"[picture: {node.text}]", look._replace(style="Picture"), link, mark)
                yield _target(node, look, link, mark)
            case "link":
                yield from _linked(node, of_nodes(node.children, mark, *_inside(node, look)), look, mark)
            case _:
                pass


def of_spans(spans: Sequence[Span], *, look: Look = PLAIN, link: Link | None = None) -> Iterator[Piece]:
    """The pieces of a changed clause: what came, what went, what only looks otherwise now."""
    for span in spans:
        match span.op:
            case SpanOp.KEEP:
                yield from of_nodes(_nodes(span.atoms), "", look, link)
            case SpanOp.DEL:
                yield from of_nodes(_nodes(span.atoms), DEL, look, link)
            case SpanOp.INS:
                yield from of_nodes(_nodes(span.atoms), INS, look, link)
            case SpanOp.FORMAT:
                yield from _reformatted(span, look, link)
            case _:
                node = span.atoms[0].nodes[0]
                if node.tag == "link":
                    inner_look, inner_link = _inside(node, look)
                    inside = of_spans(span.inside, look=inner_look, link=inner_link)
                    yield from _linked(node, inside, look, "")
                else:
                    yield from of_spans(span.inside, look=_wrapped(node, look), link=link)


def _wrapped(node: Node, look: Look) -> Look:
    match node.tag:
        case "em":
            return look._replace(italic=True)
        case "strong":
            return look._replace(bold=True)
        case _:
            return look._replace(strike=True)


def _inside(node: Node, look: Look) -> tuple[Look, Link | None]:
    """The look and link of what stands in a link."""
    if is_safe(node.target):
        return look._replace(style="Hyperlink"), Link(node.target, node.title)
    return look._replace(style="LinkText"), None


def _linked(node: Node, inside: Iterator[Piece], look: Look, mark: str) -> Iterator[Piece]:
    """A link's words; a target that nobody may be led to is printed after them."""
    yield from inside
    if not is_safe(node.target):
        yield _target(node, look, None, mark)


def _target(node: Node, look: Look, link: Link | None, mark: str) -> Piece:
    title = f' "{node.title}"' if node.title else ""
    return Piece("text", f"<{node.target}{title}>", look._replace(style="Target"), link, mark)


def _nodes(atoms: Iterable[Atom]) -> Iterator[Node]:
    return (node for atom in atoms for node in atom.nodes)


def _reformatted(span: Span, look: Look, link: Link | None) -> Iterator[Piece]:
    """The same words with another look; where more than the look differs, the words went and came."""
    if not (_only_looks(_nodes(span.before)) and _only_looks(_nodes(span.atoms))):
        yield from of_nodes(_nodes(span.before), DEL, look, link)
        yield from of_nodes(_nodes(span.atoms), INS, look, link)
        return
    old = [(sign, piece.look) for piece in of_nodes(_nodes(span.before), "", look) for sign in piece.text]
    new = [(sign, piece.look) for piece in of_nodes(_nodes(span.atoms), "", look) for sign in piece.text]
    start = 0
    for at in range(1, len(new) + 1):
        if at == len(new) or (new[at][1], old[at][1]) != (new[start][1], old[start][1]):
            text = "".join(sign for sign, _ in new[start:at])
            now, was = new[start][1], old[start][1]
            yield Piece("text", text, now, link, "", was if was != now else None)
            start = at


def _only_looks(nodes: Iterable[Node]) -> bool:
    return all(node.tag in _LOOKS and _only_looks(node.children) for node in nodes)
