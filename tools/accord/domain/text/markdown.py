"""Markdown → clauses, by the block structure that CommonMark gives the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from accord.domain.findings import Place, refuse
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.inline import (
    NOTHING_DEFINED,
    Definitions,
    canonical_inline,
    definitions,
    reader,
    tree,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEY = re.compile(r"[^\s#\-][^:]*:(?:\s|$)")
_LISTS = {"bullet_list_open": "bullet", "ordered_list_open": "ordered"}
_ALIGN = {"text-align:left": "l", "text-align:center": "c", "text-align:right": "r"}


def parse_document(path: str, text: str) -> Document:
    """The clauses of ``text``, in order, without labels (see :func:`accord.domain.text.numbering.number`).

    Raises :class:`Refused` when blocks are nested deeper than a reader could follow (100): Markdown readers silently
    drop what is deeper, and nothing may be hidden.
    """
    from markdown_it.rules_core import StateCore

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body = _split_front(text)
    markdown = reader()
    env: dict[str, Any] = {}
    state = StateCore(body, markdown, env)
    markdown.core.process(state)
    if any(token.level >= 99 for token in state.tokens):
        raise refuse(
            "text-too-deep",
            f"{path} nests lists and quotations more than 50 deep, deeper than they can be shown",
            fix="write it with fewer levels",
            place=Place(file=path),
        )
    walk = _Walk(
        path=path,
        tokens=state.tokens,
        defined=definitions(env) if env else NOTHING_DEFINED,
        offset=text[: len(text) - len(body)].count("\n"),
    )
    return walk.document(front)


def _split_front(text: str) -> tuple[str | None, str]:
    """The raw front matter between two lines ``---`` at the very top, and the rest."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for index, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :])
    return None, text


@dataclass(slots=True, kw_only=True)
class _Frame:
    """An open block: its name and which one of that name it is."""

    name: str
    serial: int


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One pass over the block tokens."""

    path: str
    tokens: list[Token]
    defined: Definitions
    clauses: list[Clause] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    previous: list[_Frame] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    keyword: str | None = None
    start: str = ""
    serial: int = 0
    offset: int = 0

    def document(self, front: str | None) -> Document:
        self.clauses = [
            Clause(path=self.path, kind=Kind.FRONT, text=content, lines=(1 + start, 1 + end))
            for start, end, content in _front_keys(front or "")
        ]
        index = 0
        while index < len(self.tokens):
            index = self._step(index)
        return Document(path=self.path, front=front, clauses=tuple(self.clauses))

    def _step(self, index: int) -> int:
        """Take the token at ``index``; the index of the next one."""
        token = self.tokens[index]
        lines = self._lines(token) or (0, 0)
        match token.type:
            case "heading_open":
                self._heading(int(token.tag[1]), self._inline(index + 1), lines)
                return index + 3
            case "paragraph_open":
                self._paragraph(index, lines)
                return index + 3
            case "fence" | "code_block":
                self._add(Kind.CODE, _code(token), lines)
            case "html_block":
                content = "\n".join(line.rstrip(" \t") for line in token.content.split("\n")).strip(" \t\n")
                self._add(Kind.HTML, content, lines)
            case "hr":
                self._add(Kind.RULE, "", lines)
            case "table_open":
                return self._table(index)
            case "bullet_list_open" | "ordered_list_open":
                self._open(_LISTS[token.type])
                number = token.attrs.get("start", 1)
                self.start = "" if number == 1 else str(number)
            case "blockquote_open":
                self._open("quote")
            case "list_item_open":
                return self._first(Kind.ITEM, index, lines)
            case "footnote_reference_open":
                self._open(f"note:{token.meta['label']}")
                return self._first(Kind.FOOTNOTE, index, lines)
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close" | "footnote_reference_close":
                self.frames.pop()
            case _:
                pass
        return index + 1

    def _lines(self, token: Token) -> tuple[int, int] | None:
        """Where the token stands in the file."""
        return (token.map[0] + self.offset, token.map[1] + self.offset) if token.map else None

    def _open(self, name: str) -> None:
        self.serial += 1
        self.frames.append(_Frame(name=name, serial=self.serial))

    def _inline(self, index: int) -> str:
        return canonical_inline(self.tokens[index].content, self.defined)

    def _first(self, kind: Kind, index: int, lines: tuple[int, int]) -> int:
        """An item or footnote: a clause with its first paragraph, or an empty one when it begins otherwise."""
        following = self.tokens[index + 1]
        after = self._lines(following)
        if following.type == "paragraph_open" and after:
            self._add(kind, self._inline(index + 2), (lines[0], after[1]))
            return index + 4
        self._add(kind, "", (lines[0], max(lines[0] + 1, after[0]) if after else lines[0] + 1))
        return index + 1

    def _paragraph(self, index: int, lines: tuple[int, int]) -> None:
        text = self._inline(index + 1)
        if not text:
            return  # nothing but white space written as entities: nobody sees it
        last = self.clauses[-1] if self.clauses else None
        if (
            last
            and last.kind in {Kind.ITEM, Kind.FOOTNOTE}
            and not last.text
            and self.previous == self.frames
        ):
            self.clauses[-1] = replace(last, text=text, lines=(last.lines[0], lines[1]))
            return
        kind = Kind.PARAGRAPH
        if self.tokens[index + 3 : index + 4] and self.tokens[index + 3].type == "table_open":
            kind = Kind.CAPTION if text.startswith("Table:") else kind
        elif not self.frames and not self.path.startswith("report/") and is_keyword(text):
            kind = Kind.KEYWORD
            self.keyword = None
        self._add(kind, text, lines)
        if kind is Kind.KEYWORD:
            self.keyword = text[1:-1]

    def _heading(self, level: int, text: str, lines: tuple[int, int]) -> None:
        if not self.frames:
            self.keyword = None
            while self.headings and self.headings[-1][0] >= level:
                self.headings.pop()
        self._add(Kind.HEADING, text, lines, level=level)
        if not self.frames:
            self.headings.append((level, text))

    def _table(self, index: int) -> int:
        """Every row of the table; the header row carries the alignment of the columns."""
        cells: list[str] = []
        align = ""
        kind = Kind.HEADER
        lines = (0, 0)
        while self.tokens[index].type != "table_close":
            token = self.tokens[index]
            if token.type == "tr_open":
                cells, align, lines = [], "", self._lines(token) or lines
            elif token.type in {"th_open", "td_open"}:
                align += _ALIGN.get(str(token.attrs.get("style", "")), "-")
                cells.append(self._inline(index + 1).replace("|", "\\|"))
            elif token.type == "tr_close":
                detail = align.rstrip("-") if kind is Kind.HEADER else ""
                self._add(kind, row(cells), lines, detail=detail)
                kind = Kind.ROW
            index += 1
        return index + 1

    def _add(
        self, kind: Kind, text: str, lines: tuple[int, int], *, level: int | None = None, detail: str = ""
    ) -> None:
        frames = self.frames
        names = same = 0
        for mine, theirs in zip(frames, self.previous, strict=False):
            if mine.name != theirs.name:
                break
            names += 1
            same += mine.serial == theirs.serial and same == names - 1
        if kind is Kind.ITEM:
            detail, self.start = self.start, ""
        container = tuple(f"heading:{text}" for _, text in self.headings)
        if self.keyword is not None:
            container += (f"keyword:{self.keyword}",)
        if level is None:
            level = sum(frame.name in {"bullet", "ordered"} for frame in frames)
        self.clauses.append(
            Clause(
                path=self.path,
                kind=kind,
                text=text,
                level=level,
                container=container + tuple(frame.name for frame in frames),
                apart=names - same,
                detail=detail,
                lines=lines,
            )
        )
        self.previous = list(frames)


def row(cells: list[str]) -> str:
    """A canonical table row."""
    return "|" + "".join(f" {cell} |" for cell in cells)


def is_keyword(text: str) -> bool:
    """Is this a paragraph of exactly one emphasis, the keyword of the clauses after it?"""
    if not (text.startswith(("*", "_")) and text.endswith(("*", "_"))):
        return False
    nodes = tree(Kind.PARAGRAPH, text)
    return len(nodes) == 1 and nodes[0].tag == "em" and all(node.tag == "text" for node in nodes[0].children)


def _code(token: Token) -> str:
    info = " ".join(token.info.split())
    if not token.content:
        return info
    return f"{info}\n{token.content.removesuffix(chr(10))}"


def _front_keys(content: str) -> Iterator[tuple[int, int, str]]:
    """(first line, end line, text) of each top-level key of raw front matter."""
    lines = content.split("\n")
    starts = [index for index, line in enumerate(lines) if _KEY.match(line)]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = "\n".join(line.rstrip() for line in lines[start:end]).strip("\n")
        if text:
            yield start, end, text
