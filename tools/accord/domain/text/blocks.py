"""Markdown → blocks: stretches of plain Markdown by the quick reader, all others by the reference reader.

A text is cut where it can be: before a line that begins at the margin after an empty one and cannot go on with a list.
What is read on its own there reads as it does in the whole text, unless a block of the stretch before is still open; so
after each stretch that the reference reader has read it is asked whether the next line would be a paragraph at the
margin, and where it would not, the stretch is made longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from accord.domain.text.inline import reader

if TYPE_CHECKING:
    from markdown_it.token import Token

TOO_DEEP = 99
_BREAK = re.compile(r"\n(?:[ \t]*+\n)++")
_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)")
_LISTED = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:\s|\Z)", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_LISTS = {"bullet_list_open": "bullet", "ordered_list_open": "ordered"}
_ALIGN = {"text-align:left": "l", "text-align:center": "c", "text-align:right": "r"}


class Block(NamedTuple):
    """A block, or where one that holds others begins or ends; ``start`` and ``end`` are lines of its stretch.

    ``kind``: heading, paragraph, code, html, rule, header, row; open and close of a list, quotation or footnote, item.
    ``text``: inline source, or the literal text of code and HTML, or the name of what is opened: ``bullet``,
    ``ordered``, ``quote``, ``note:LABEL``. ``detail``: a heading's level, where a list starts that does not start at 1,
    a table's column alignment (on its header). ``cells``: the inline sources of a row.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    detail: str = ""
    cells: tuple[str, ...] = ()


CLOSE = Block("close", 0, 0)


class Stretch(NamedTuple):
    """What a stretch of text says by itself, and what it defines for the whole text."""

    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    deep: bool = False


def stretches(body: str) -> Iterator[tuple[int, Stretch]]:
    """The stretches of a whole text with the line each begins at."""
    places = cut(body)
    line = index = 0
    while index + 1 < len(places):
        following, stretch = _longest(body, places, index)
        yield line, stretch
        line += body.count("\n", places[index], places[following])
        index = following


def whole(body: str) -> Stretch:
    """The same by the reference reader alone, in one piece."""
    found = _reference(body, last=True)
    if found is None:
        raise ValueError("the last stretch of a text is always closed")
    return found


def cut(body: str) -> list[int]:
    """Where the text may be cut, and its end."""
    places = [0]
    listed: bool | None = None
    for match in _BREAK.finditer(body):
        place = match.end()
        if body[place : place + 1] in {"", " ", "\t"}:
            continue
        if _MARKER.match(body, place):
            if listed is None:
                listed = _LISTED.search(body, places[-1], place) is not None
            if listed:
                continue
        places.append(place)
        listed = None
    return [*places, len(body)]


def _longest(body: str, places: list[int], index: int) -> tuple[int, Stretch]:
    """The stretch that begins at a place, as long as it must be, and the number of the next place."""
    following = index + 1
    text = body[places[index] : places[following]]
    last = following + 1 == len(places)
    if stretch := _quick(text):
        return following, stretch
    if _FENCE.search(text) and not last:
        closing = following
        while closing + 2 < len(places) and not _FENCE.search(body, places[closing], places[closing + 1]):
            closing += 1
        if stretch := _quick(body[places[index] : places[closing + 1]]):
            return closing + 1, stretch
    step = 1
    while True:
        last = following + 1 == len(places)
        if stretch := _reference(body[places[index] : places[following]], last=last):
            return following, stretch
        following = min(len(places) - 1, following + step)
        step *= 2


@lru_cache(maxsize=20_000)
def _quick(text: str) -> Stretch | None:
    from accord.domain.text.quick_blocks import quick_stretch

    return quick_stretch(text)


@lru_cache(maxsize=20_000)
def _reference(text: str, *, last: bool) -> Stretch | None:
    """What the reference reader finds; None when a block is still open at the end, unless it is the last stretch."""
    from markdown_it.rules_core import StateCore

    markdown = reader()
    env: dict[str, Any] = {}
    state = StateCore(text if last else f"{text}x\n", markdown, env)
    markdown.core.process(state)
    tokens = state.tokens
    if not last:
        tail = tokens[-3:]
        ours = [text.count("\n"), text.count("\n") + 1]
        if len(tail) < 3 or tail[0].type != "paragraph_open" or tail[0].level or tail[0].map != ours:
            return None
        tokens = tokens[:-3]
    links = env.get("references", {})
    return Stretch(
        tuple(_blocks(tokens)),
        tuple((name, str(ref["href"]), str(ref.get("title", ""))) for name, ref in links.items()),
        tuple(label[1:] for label in env.get("footnotes", {}).get("refs", {})),
        any(token.level >= TOO_DEEP for token in tokens),
    )


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    rows = Rows()
    for index, token in enumerate(tokens):
        start, end = token.map or (0, 0)
        match token.type:
            case "heading_open":
                yield Block("heading", start, end, tokens[index + 1].content, token.tag[1])
            case "paragraph_open":
                yield Block("paragraph", start, end, tokens[index + 1].content)
            case "fence" | "code_block":
                yield Block("code", start, end, code_text(token.info, token.content))
            case "html_block":
                yield Block("html", start, end, token.content)
            case "hr":
                yield Block("rule", start, end)
            case "bullet_list_open" | "ordered_list_open":
                number = token.attrs.get("start", 1)
                yield Block("open", start, end, _LISTS[token.type], "" if number == 1 else str(number))
            case "blockquote_open":
                yield Block("open", start, end, "quote")
            case "footnote_reference_open":
                yield Block("open", start, end, f"note:{token.meta['label']}")
            case "list_item_open":
                yield Block("item", start, end)
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close" | "footnote_reference_close":
                yield CLOSE
            case "table_open" | "tr_open" | "th_open" | "td_open" | "tr_close":
                yield from rows.take(token, tokens[index + 1].content if index + 1 < len(tokens) else "")
            case _:
                pass


class Rows:
    """Rows of tables, put together from their cells."""

    def __init__(self) -> None:
        self.kind = "header"
        self.lines = (0, 0)
        self.cells: list[str] = []
        self.align = ""

    def take(self, token: Token, content: str) -> Iterator[Block]:
        """The row that ends with ``token``, if one does; ``content`` is the inline source after it."""
        if token.type == "table_open":
            self.kind = "header"
        elif token.type == "tr_open":
            self.cells, self.align = [], ""
            self.lines = (token.map[0], token.map[1]) if token.map else self.lines
        elif token.type == "tr_close":
            yield Block(self.kind, *self.lines, "", self.align, tuple(self.cells))
            self.kind = "row"
        else:
            self.align += _ALIGN.get(str(token.attrs.get("style", "")), "-")
            self.cells.append(content)


def code_text(info: str, content: str) -> str:
    """A code block as a clause has it: its info line, then its lines."""
    info = " ".join(info.split())
    return f"{info}\n{content.removesuffix(chr(10))}" if content else info
