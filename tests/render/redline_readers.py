"""Readers of rendered redlines that share nothing with the renderers: each gives back one side of the comparison.

``side`` is ``new`` (drop what was removed) or ``old`` (drop what was added).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from accord.domain.text.clauses import Clause
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node, tidy

Facts = tuple[str, str, tuple[str, ...], str, str]
"""kind, level, frames, apart, detail"""


@dataclass
class Read:
    """What a reader made of a clause: its structure, and its words as a tree (or as literal text)."""

    facts: Facts
    words: tuple[Node, ...] | str


def expected(clause: Clause, *, literal: bool) -> Read:
    """The same view of a clause of the model's input."""
    facts = (clause.kind.value, str(clause.level), clause.frames, str(clause.apart), clause.detail)
    return Read(facts, clause.text if literal else tidy(tree(clause.kind, clause.text)))


# -- text ----------------------------------------------------------------------------------------------------------

_MARK = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}|\[~(.*?)~>(.*?)~\]", re.DOTALL)
_ESCAPE = re.compile(r"(\[)\\(?=\\*[-~])|(-)\\(?=\\*\])|(\{)\\(?=\\*[+x])|(\+)\\(?=\\*\})|(~)\\(?=\\*[>\]])")
_CONTROL = re.compile(r"\{x([0-9a-f]+)\}")


def read_text(rendered: str, side: str) -> str:
    """The canonical Markdown of one side."""
    drop = "-" if side == "new" else "+"
    lines = [
        line[2:]
        for line in rendered.split("\n")[:-1]
        if not line.startswith("@") and not line.startswith(drop)
    ]
    text = "\n".join(lines)
    parts: list[str] = []
    at = 0
    for match in _MARK.finditer(text):
        removed, added, before, after = match.groups()
        parts.append(text[at : match.start()])
        parts.append((removed or before or "") if side == "old" else (added or after or ""))
        at = match.end()
    parts.append(text[at:])
    return "".join(_decoded(part) for part in parts) + ("\n" if lines else "")


def _decoded(part: str) -> str:
    """A stretch between marks, or inside one, as the text has it."""
    part = _CONTROL.sub(lambda match: chr(int(match[1], 16)), part)
    return _ESCAPE.sub(lambda match: "".join(sign for sign in match.groups() if sign), part)


# -- JSON ----------------------------------------------------------------------------------------------------------


def read_json(rendered: str, side: str) -> list[tuple[Facts, str]]:
    """Structure and canonical text of each clause, the text from the spans where there are any."""
    drop = "del" if side == "new" else "ins"

    def joined(spans: list[dict[str, Any]]) -> str:
        parts = []
        for span in spans:
            if span["op"] == "within":
                parts.append(f"{span['head']}{joined(span['spans'])}{span['tail']}")
            elif span["op"] == "format":
                parts.append(str(span[side]))
            elif span["op"] != drop:
                parts.append(str(span["text"]))
        return "".join(parts)

    found: list[tuple[Facts, str]] = []
    for file in json.loads(rendered)["files"]:
        for row in file["rows"]:
            if row["side"] not in {"both", side}:
                continue
            clause = row[side]
            frames = tuple(
                name for name in clause["container"] if not name.startswith(("heading:", "keyword:"))
            )
            facts = (clause["kind"], str(clause["level"]), frames, str(clause["apart"]), clause["detail"])
            found.append((facts, joined(row["spans"]) if row["spans"] else clause["text"]))
    return found


# -- HTML ----------------------------------------------------------------------------------------------------------

_UNSEEN = {"spoken", "label", "remark", "change"}
_LITERAL = {"front", "code", "html", "rule"}
_USUAL = {"kind": "", "level": "0", "frames": "", "apart": "0", "detail": ""}


@dataclass
class _Element:
    tag: str
    attrs: dict[str, str]
    nodes: list[Node] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self, side: str, view: str) -> None:
        super().__init__(convert_charrefs=True)
        self.side = side
        self.view = view
        self.stack: list[_Element] = [_Element("page", {})]
        self.found: list[Read] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "object", "form", "input"}, tag
        values = {name: value or "" for name, value in attrs}
        assert not any(name.startswith("on") for name in values)
        assert not values.get("href", "").lower().startswith(("javascript:", "data:", "vbscript:"))
        if tag in {"meta", "hr"}:
            return
        if tag == "br":
            self.stack[-1].nodes.append(Node("br"))
            return
        self.stack.append(_Element(tag, values))

    def handle_data(self, data: str) -> None:
        self.stack[-1].nodes.append(Node("text", data))

    def handle_endtag(self, tag: str) -> None:
        element = self.stack.pop()
        assert element.tag == tag, f"<{element.tag}> closed by </{tag}>"
        above = self.stack[-1]
        if element.attrs.get("class") in _UNSEEN:
            return
        if tag == ("del" if self.side == "new" else "ins"):
            mine = any(self.side in one.attrs.get("class", "").split() for one in self.stack)
            assert self.view == "inline-view" or not mine, f"<{tag}> in the column of the {self.side} text"
            return
        if "data-kind" in element.attrs:
            if any(one.attrs.get("class") == self.view for one in self.stack):
                self._clause(element)
        elif element.attrs.get("class") == "cell":
            above.nodes += [Node("cell"), *element.nodes]
        else:
            above.nodes += _html_nodes(element)

    def _clause(self, element: _Element) -> None:
        attrs = element.attrs
        shown = attrs["class"].split()[0] if self.view == "columns-view" else attrs.get("data-side", "both")
        if shown not in {"both", self.side} or attrs.get("data-reading", self.side) != self.side:
            return
        prefix = "data-old-" if self.side == "old" and "data-old-kind" in attrs else "data-"
        facts = [attrs.get(prefix + name, usual) for name, usual in _USUAL.items()]
        kind = facts[0]
        if kind in _LITERAL:
            words: str | tuple[Node, ...] = "".join(node.text for node in element.nodes)
        else:
            cells = [Node("cell")] if kind in {"row", "header-row"} else []
            words = tidy((*element.nodes, *cells))
        self.found.append(Read((kind, facts[1], tuple(facts[2].split()), facts[3], facts[4]), words))


def _html_nodes(element: _Element) -> list[Node]:
    said = "".join(node.text for node in element.nodes)
    attrs = element.attrs
    target = attrs.get("href", attrs.get("data-href", ""))
    match element.tag, attrs.get("class"):
        case "code", "raw":
            return [Node("html", said)]
        case "code", _:
            return [Node("code", said)]
        case "sup", "ref":
            return [Node("note", said)]
        case "span", "sign":
            return [Node("text", chr(int(attrs["data-sign"], 16)))]
        case "a", "picture":
            return [Node("image", said, target, attrs.get("title", ""))]
        case "a", _:
            return [Node("link", "", target, attrs.get("title", ""), tuple(element.nodes))]
        case (("em" | "strong" | "s"), _):
            return [Node(element.tag, children=tuple(element.nodes))]
        case _:
            return element.nodes


def read_html(rendered: str, side: str) -> list[Read]:
    """The clauses of one side, both texts in one: structure from ``data-`` attributes, words from what is seen."""
    return _page(rendered, side, "inline-view")


def read_columns(rendered: str, side: str) -> list[Read]:
    """The clauses of one side, side by side: all that its column shows, and nothing of the other text's words."""
    return _page(rendered, side, "columns-view")


def _page(rendered: str, side: str, view: str) -> list[Read]:
    page = _Page(side, view)
    page.feed(rendered)
    page.close()
    assert len(page.stack) == 1, page.stack[-1].tag
    return page.found


# -- Markdown ------------------------------------------------------------------------------------------------------


def read_markdown(rendered: str, side: str) -> list[Read]:
    """The clauses of one side of the Markdown redline, read with a plain CommonMark parser."""
    tokens = MarkdownIt("commonmark", {"maxNesting": 100}).enable("strikethrough").parse(rendered)
    found: list[Read] = []
    for token in tokens:
        if token.type == "inline" and token.level == 1:
            head, body = _head(token.children or [], side)
            if head is not None:
                found.append(Read(head, body))
        elif token.type == "inline" and found:
            found[-1].words = tuple(_flow(iter(token.children or []), side))
        elif token.type == "fence" and found:
            kind, _, escaped = token.info.partition(" ")
            lines = token.content.split("\n")[:-1]
            if escaped:
                lines = [_CONTROL.sub(lambda match: chr(int(match[1], 16)), line) for line in lines]
                lines = [re.sub(r"\{\\(?=\\*x)", "{", line) for line in lines]
            if kind == "diff":
                lines = [line[1:] for line in lines if line[0] in {" ", "+" if side == "new" else "-"}]
            found[-1].words = "\n".join(lines)
    kept = [read for read in found if read.facts[0] != "gone"]
    for read in kept:
        if read.facts[0] in _LITERAL:
            read.words = read.words if isinstance(read.words, str) else ""
        else:
            assert not isinstance(read.words, str)
            read.words = _trimmed(read.words)
    return kept


_GONE: Facts = ("gone", "", (), "", "")


def _head(children: list[Token], side: str) -> tuple[Facts | None, tuple[Node, ...]]:
    """The small print of a clause, and the words after it in the same line."""
    said = {"strong": "", "sub": ""}
    inside, dropped, end = "", 0, None
    for index, token in enumerate(children):
        tag = token.content.strip("<>/") if token.type == "html_inline" else ""
        closing = token.content.startswith("</")
        if tag in said:
            inside = "" if closing else tag
            if tag == "sub" and closing:
                end = index + 1
                break
        elif tag == ("del" if side == "new" else "ins"):
            dropped += -1 if closing else 1
        elif inside and not tag and not dropped:
            said[inside] += token.content
    if end is None:
        return None, ()
    mark = said["strong"].partition(" ")[2]
    if (side == "old" and mark.startswith(("ADD", "moved here"))) or (
        side == "new" and mark.startswith(("SUP", "moved away"))
    ):
        return _GONE, ()
    rest = [] if mark else children[end:]
    return _facts(said["sub"]), tuple(_flow(iter(rest), side))


def _facts(small: str) -> Facts:
    first, *more = small.split("; ")
    named, _, frames = first.partition(" in ")
    kind, _, level = named.partition(" ")
    values = dict(part.split(" ", 1) for part in more)
    listed = tuple(frames.split())
    depth = str(sum(name in {"bullet", "ordered"} for name in listed))
    return kind, level or depth, listed, values.get("apart", "0"), values.get("detail", "")


def _flow(tokens: Iterator[Token], side: str, until: str = "") -> Iterator[Node]:
    """Nodes of inline tokens up to the closing tag ``until``."""
    for token in tokens:
        tag = token.content.strip("<>/") if token.type == "html_inline" else ""
        if until and (token.type == until or (tag == until and token.content.startswith("</"))):
            return
        match tag or token.type:
            case "del" | "ins":
                inner = list(_flow(tokens, side, tag))
                if tag == ("ins" if side == "new" else "del"):
                    yield from inner
            case "kbd" | "sup":
                said = "".join(node.text for node in _flow(tokens, side, tag))
                yield Node("html" if tag == "kbd" else "note", said)
            case "samp":
                said = "".join(node.text for node in _flow(tokens, side, tag))
                yield Node("text", chr(int(said.removeprefix("U+"), 16)))
            case "code":
                yield Node("code", "".join(node.text for node in _flow(tokens, side, tag)))
            case "b":
                list(_flow(tokens, side, "b"))
                yield Node("cell")
            case "em" | "strong" | "s":
                yield Node(tag, children=tuple(_flow(tokens, side, tag)))
            case "wbr":
                pass
            case "text" | "text_special":
                yield Node("text", token.content)
            case "softbreak":
                yield Node("text", " ")
            case "hardbreak":
                yield Node("br")
            case "code_inline":
                yield Node("code", token.content)
            case "image":
                yield Node("image", _alt(token), str(token.attrs["src"]), str(token.attrs.get("title", "")))
            case "link_open":
                children = tuple(_flow(tokens, side, "link_close"))
                yield Node("link", "", str(token.attrs["href"]), str(token.attrs.get("title", "")), children)
            case "em_open" | "strong_open" | "s_open":
                name = token.type.removesuffix("_open")
                yield Node(name, children=tuple(_flow(tokens, side, f"{name}_close")))
            case other:
                raise AssertionError(f"unexpected {other} {token.content}")


def _alt(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def _trimmed(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Cell borders without the spaces around them."""
    out: list[Node] = []
    listed = tidy(nodes)
    for index, node in enumerate(listed):
        if node.tag == "text":
            text = node.text
            if index and listed[index - 1].tag == "cell":
                text = text.lstrip()
            if index + 1 < len(listed) and listed[index + 1].tag == "cell":
                text = text.rstrip()
            if index == 0:
                text = text.lstrip()
            if index + 1 == len(listed):
                text = text.rstrip()
            if text:
                out.append(Node("text", text))
        else:
            out.append(node)
    return tuple(out)
