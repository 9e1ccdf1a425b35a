"""Markdown → clauses, by the block structure that CommonMark gives the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from accord.domain.findings import Place, refuse
from accord.domain.text.blocks import Block, Stretch, stretches, whole
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.inline import Definitions, canonical_inline, reference_inline, tree

_KEY = re.compile(r"[^\s#\-][^:]*:(?:\s|$)")


def parse_document(path: str, text: str) -> Document:
    """The clauses of ``text``, in order, without labels (see :func:`accord.domain.text.numbering.number`).

    Raises :class:`Refused` when blocks are nested deeper than a reader could follow (100): Markdown readers silently
    drop what is deeper, and nothing may be hidden.
    """
    front, body, first = _split_front(text)
    return _document(path, front, first, stretches(body), canonical_inline)


def reference_document(path: str, text: str) -> Document:
    """The same by the reference reader alone, which decides what a text means; slower, and used to prove the other."""
    front, body, first = _split_front(text)
    return _document(path, front, first, [(0, whole(body))], reference_inline)


def _document(
    path: str,
    front: str | None,
    first: int,
    parts: Iterable[tuple[int, Stretch]],
    inline: Callable[[str, Definitions], str],
) -> Document:
    blocks: list[Block] = []
    lines: list[int] = []
    links: dict[str, tuple[str, str, str]] = {}
    notes: set[str] = set()
    for line, part in parts:
        if part.deep:
            raise refuse(
                "text-too-deep",
                f"{path} nests lists and quotations more than 50 deep, deeper than they can be shown",
                fix="write it with fewer levels",
                place=Place(file=path),
            )
        blocks += part.blocks
        lines += [first + line] * len(part.blocks)
        for link in part.links:
            links.setdefault(link[0], link)
        notes.update(part.notes)
    defined = Definitions(tuple(links.values()), tuple(sorted(notes)))
    walk = _Walk(path=path, blocks=blocks, lines=lines, defined=defined, inline=inline)
    return walk.document(front)


def _split_front(text: str) -> tuple[str | None, str, int]:
    """The raw front matter between two lines ``---`` at the very top, the rest, and the line the rest begins at."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---"):
        return None, text, 0
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for index, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                front, body = "\n".join(lines[1:index]), "\n".join(lines[index + 1 :])
                return front, body, text[: len(text) - len(body)].count("\n")
    return None, text, 0


class _Frame(NamedTuple):
    """An open block: its name and which one of that name it is."""

    name: str
    serial: int


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One pass over the blocks; ``lines`` says at which line of the file the stretch of each block begins."""

    path: str
    blocks: list[Block]
    lines: list[int]
    defined: Definitions
    inline: Callable[[str, Definitions], str]
    clauses: list[Clause] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    previous: list[_Frame] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    above: tuple[str, ...] = ()
    start: str = ""
    serial: int = 0

    def document(self, front: str | None) -> Document:
        self.clauses = [
            Clause(path=self.path, kind=Kind.FRONT, text=content, lines=(1 + start, 1 + end))
            for start, end, content in _front_keys(front or "")
        ]
        index = 0
        while index < len(self.blocks):
            index = self._step(index)
        return Document(path=self.path, front=front, clauses=tuple(self.clauses))

    def _step(self, index: int) -> int:
        """Take the block at ``index``; the index of the next one."""
        block = self.blocks[index]
        lines = self._lines(index)
        match block.kind:
            case "paragraph":
                self._paragraph(index, lines)
            case "heading":
                self._heading(int(block.detail), self._inline(block.text), lines)
            case "item":
                return self._first(Kind.ITEM, index, lines)
            case "open":
                self._open(block.text)
                if block.text.startswith("note:"):
                    return self._first(Kind.FOOTNOTE, index, lines)
                if block.text != "quote":
                    self.start = block.detail
            case "close":
                self.frames.pop()
            case "header" | "row":
                cells = [self._inline(cell).replace("|", "\\|") for cell in block.cells]
                kind, detail = (
                    (Kind.ROW, "") if block.kind == "row" else (Kind.HEADER, block.detail.rstrip("-"))
                )
                self._add(kind, row(cells), lines, detail=detail)
            case "code":
                self._add(Kind.CODE, block.text, lines)
            case "html":
                content = "\n".join(line.rstrip(" \t") for line in block.text.split("\n")).strip(" \t\n")
                self._add(Kind.HTML, content, lines)
            case _:
                self._add(Kind.RULE, "", lines)
        return index + 1

    def _lines(self, index: int) -> tuple[int, int]:
        """Where a block stands in the file."""
        block, first = self.blocks[index], self.lines[index]
        return block.start + first, block.end + first

    def _open(self, name: str) -> None:
        self.serial += 1
        self.frames.append(_Frame(name=name, serial=self.serial))

    def _inline(self, source: str) -> str:
        return self.inline(source, self.defined)

    def _first(self, kind: Kind, index: int, lines: tuple[int, int]) -> int:
        """An item or footnote: a clause with its first paragraph, or an empty one when it begins otherwise."""
        following = self.blocks[index + 1]
        after = self._lines(index + 1)
        if following.kind == "paragraph":
            self._add(kind, self._inline(following.text), (lines[0], after[1]))
            return index + 2
        holds = following.kind not in {"close", "item"}
        end = max(lines[0] + 1, after[0]) if holds else lines[0] + 1
        self._add(kind, "", (lines[0], end))
        return index + 1

    def _paragraph(self, index: int, lines: tuple[int, int]) -> None:
        text = self._inline(self.blocks[index].text)
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
        if self.blocks[index + 1 : index + 2] and self.blocks[index + 1].kind == "header":
            kind = Kind.CAPTION if text.startswith("Table:") else kind
        elif not self.frames and not self.path.startswith("report/") and is_keyword(text):
            kind = Kind.KEYWORD
            self._stand_under(None)
        self._add(kind, text, lines)
        if kind is Kind.KEYWORD:
            self._stand_under(text[1:-1])

    def _heading(self, level: int, text: str, lines: tuple[int, int]) -> None:
        if not self.frames:
            while self.headings and self.headings[-1][0] >= level:
                self.headings.pop()
            self._stand_under(None)
        self._add(Kind.HEADING, text, lines, level=level)
        if not self.frames:
            self.headings.append((level, text))
            self._stand_under(None)

    def _stand_under(self, keyword: str | None) -> None:
        """What follows stands under the open headings, and under a keyword if there is one."""
        self.above = tuple(f"heading:{text}" for _, text in self.headings)
        if keyword is not None:
            self.above += (f"keyword:{keyword}",)

    def _add(
        self, kind: Kind, text: str, lines: tuple[int, int], *, level: int | None = None, detail: str = ""
    ) -> None:
        frames = self.frames
        container = self.above
        names = same = 0
        for mine, theirs in zip(frames, self.previous, strict=False):
            if mine.name != theirs.name:
                break
            names += 1
            same += mine.serial == theirs.serial and same == names - 1
        if kind is Kind.ITEM:
            detail, self.start = self.start, ""
        if level is None:
            level = sum(frame.name in {"bullet", "ordered"} for frame in frames) if frames else 0
        if frames:
            container += tuple(frame.name for frame in frames)
        self.clauses.append(
            Clause(
                path=self.path,
                kind=kind,
                text=text,
                level=level,
                container=container,
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
