"""The canonical spelling of an inline tree, cut into atoms that a redline never tears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from accord.domain.text.nodes import Node

_FIRST_HAN = "\u3040"
_PIECE = re.compile(r"\\.|&#32;|\s|\w(?:[\w'\u2019]*\w)?|.", re.DOTALL)
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
_LINE_START = re.compile(
    r"#(?=#{0,5}(?:\s|$))|>|[-+](?=\s|$)|-(?=[-\s]*$)|=(?==*\s*$)|[|:](?=[-:| ]*$)|-(?=[-:| ]*\|[-:| ]*$)|~(?=~)"
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+)$")
_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[A-Za-z0-9;/?:@&=+$,_.!~'()#%-]*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(r"[\\`*_~\[\]<!&]")


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest piece a redline marks: a word, a space, a sign, or a whole run of markup.

    ``text`` is its canonical spelling (the atoms of a clause joined are its canonical text), ``nodes`` what it says.
    A wrapper (emphasis, link...) also has the spelling of its ``head`` and ``tail`` and the atoms ``inside`` it.
    """

    text: str
    nodes: tuple[Node, ...]
    head: str = ""
    tail: str = ""
    inside: tuple[Atom, ...] = ()


class Style(NamedTuple):
    """How emphasis is spelt; the first style that reads back as the same tree is the canonical one.

    ``by_depth``: nested emphasis alternates ``*`` and ``_``; ``by_side``: neighbours do; ``entities``: a space at the
    edge of emphasis is written as an entity.
    """

    by_depth: bool = False
    by_side: bool = False
    entities: bool = False


STYLES = tuple(
    Style(by_depth=depth, by_side=side, entities=entities)
    for entities in (False, True)
    for depth, side in ((False, False), (True, False), (False, True), (True, True))
)


def literal(text: str) -> tuple[Atom, ...]:
    """Words, spaces and signs of text in which nothing is markup."""
    return tuple(_literal(piece) for piece in _pieces(text))


@lru_cache(maxsize=50_000)
def _literal(piece: str) -> Atom:
    return Atom(piece, (Node("text", piece),))


@lru_cache(maxsize=50_000)
def _word(piece: str) -> Atom:
    return _literal(piece) if "\\" not in piece and "&" not in piece else _escaped(piece)


def _escaped(piece: str) -> Atom:
    return Atom(piece, (Node("text", _ESCAPED.sub(r"\1", piece)),))


def _pieces(text: str) -> list[str]:
    """Words, spaces and signs; a combining mark stays with what it stands on."""
    if text.isascii():
        return _PIECE.findall(text)
    pieces: list[str] = (_han_pieces() if max(text) >= _FIRST_HAN else _PIECE).findall(text)
    whole: list[str] = []
    for piece in pieces:
        if whole and (piece[0] in _JOINERS or category(piece[0])[0] == "M" or whole[-1][-1] == "\u200d"):
            whole[-1] += piece
        else:
            whole.append(piece)
    return whole


@lru_cache(maxsize=1)
def _han_pieces() -> re.Pattern[str]:
    """In writing without spaces each sign is a piece of its own. (Slow to compile, so only when it is met.)"""
    letter = r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    return re.compile(rf"\\.|&#32;|\s|{letter}(?:(?:{letter}|['\u2019])*{letter})?|.", re.DOTALL)


def spell(nodes: Sequence[Node], style: Style) -> tuple[Atom, ...]:
    """The canonical spelling of one block in ``style``."""
    return tuple(_spell(nodes, style, depth=0, linked=False, block=True))


def _spell(nodes: Sequence[Node], style: Style, *, depth: int, linked: bool, block: bool) -> Iterator[Atom]:
    side = 0
    for index, node in enumerate(nodes):
        first = block and (index == 0 or nodes[index - 1].tag == "br")
        last = block and (index + 1 == len(nodes) or nodes[index + 1].tag == "br")
        match node.tag:
            case "text":
                escaped = _escape(node.text, first=first, last=last, linked=linked)
                if index and nodes[index - 1].tag == "note" and escaped.startswith(":"):
                    escaped = "\\" + escaped  # else it would define the note
                yield from _words(escaped)
            case "code":
                yield Atom(_code(node.text), (node,))
            case "html":
                alone = index + 1 == len(nodes) or nodes[index + 1].tag == "br"
                if first and (alone or _opens_block(node.text)):
                    yield Atom("&#32;", ())
                yield Atom(node.text, (node,))
            case "br":
                yield Atom("\\\n", (node,))
            case "note":
                yield Atom(f"[^{node.text}]", (node,))
            case "image":
                yield Atom(f"![{_escape(node.text, linked=True)}]({_target(node)})", (node,))
            case _:
                side = side + 1 if index and nodes[index - 1].tag == node.tag else 0
                yield _wrapper(node, style, depth=depth, linked=linked, side=side)


def _wrapper(node: Node, style: Style, *, depth: int, linked: bool, side: int) -> Atom:
    linked = linked or node.tag == "link"
    inner = tuple(_spell(node.children, style, depth=depth + 1, linked=linked, block=False))
    if style.entities and node.tag != "link" and inner:
        if inner[0].text == " ":
            inner = (Atom("&#32;", inner[0].nodes), *inner[1:])
        if inner[-1].text == " ":
            inner = (*inner[:-1], Atom("&#32;", inner[-1].nodes))
    if node.tag == "link":
        body = "".join(atom.text for atom in inner)
        plain = len(node.children) == 1 and node.children[0].tag == "text" and not node.title
        if plain and node.children[0].text == node.target and _AUTOLINK.fullmatch(node.target):
            return Atom(f"<{node.target}>", (node,))
        head, tail = "[", f"]({_target(node)})"
        return Atom(head + body + tail, (node,), head, tail, inner)
    under = (style.by_depth and depth % 2 == 1) != (style.by_side and side % 2 == 1)
    sign = "~~" if node.tag == "s" else ("_" if under else "*") * (2 if node.tag == "strong" else 1)
    return Atom(sign + "".join(atom.text for atom in inner) + sign, (node,), sign, sign, inner)


def _opens_block(html: str) -> bool:
    """Would a line that begins so be a block of HTML?"""
    from markdown_it.common.html_blocks import block_names

    if match := re.match(r"</?([A-Za-z][A-Za-z0-9-]*)", html):
        return match[1].lower() in {*block_names, "script", "pre", "style", "textarea"}
    return html.startswith("<")


def _words(text: str) -> Iterator[Atom]:
    return map(_word, _pieces(text))


def _code(text: str) -> str:
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    padded = (
        text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " " and text.strip() != "")
    )
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _target(node: Node) -> str:
    target = _ENTITY.sub(r"\\&", node.target)
    if not target or any(sign in target for sign in "()*_"):
        target = f"<{target}>"
    if not node.title:
        return target
    title = _ENTITY.sub(r"\\&", re.sub(r'[\\"`*_<\[\]]', r"\\\g<0>", " ".join(node.title.split())))
    return f'{target} "{title}"'


def _escape(text: str, *, first: bool = False, last: bool = False, linked: bool = False) -> str:
    """``text`` written so that it reads as itself wherever a clause may begin with it, end with it or hold it."""
    if _SPECIAL.search(text) is None:
        return _edged(text, first=first, last=last)
    out: list[str] = []
    safe = frozenset() if linked else _balanced(text)
    for index, sign in enumerate(text):
        before = text[index - 1] if index else ""
        after = text[index + 1] if index + 1 < len(text) else ""
        if (
            sign in "\\`*"
            or (sign == "_" and not _inside_word(text, index))
            or (sign == "~" and (not before or not after or "~" in (before, after)))
            or (sign in "[]" and index not in safe)
            or (sign == "<" and (not after or after.isalpha() or after in "/!?"))
            or (sign == "!" and (not after or after == "["))
            or (sign == "&" and _ENTITY.match(text, index))
        ):
            out.append("\\")
        out.append(sign)
    return _edged("".join(out), first=first, last=last)


def _edged(escaped: str, *, first: bool, last: bool) -> str:
    """Written so that it opens no block and closes no heading."""
    if first:
        if match := _NUMBER.match(escaped):
            escaped = f"{match[1]}\\{escaped[match.start(2) :]}"
        elif _LINE_START.match(escaped):
            escaped = "\\" + escaped
    if last and (match := _CLOSING.search(escaped)):
        escaped = f"{escaped[: match.start(2)]}\\{match[2]}"
    return escaped


def _inside_word(text: str, index: int) -> bool:
    start = end = index
    while start >= 0 and text[start] == "_":
        start -= 1
    while end < len(text) and text[end] == "_":
        end += 1
    return start >= 0 and end < len(text) and text[start].isalnum() and text[end].isalnum()


def _balanced(text: str) -> frozenset[int]:
    """Where square brackets stand in pairs that cannot be a link, an image, a footnote or a definition."""
    opened: list[int] = []
    safe: set[int] = set()
    for index, sign in enumerate(text):
        if sign == "[":
            opened.append(index)
        elif sign == "]" and opened:
            start = opened.pop()
            after = text[index + 1 : index + 2]
            if after not in {"(", "[", ":"} and text[start + 1] != "^" and text[max(0, start - 1)] != "!":
                safe |= {start, index}
    return frozenset(safe)
