"""Clauses → canonical Markdown, block by block, so that reading it gives the same clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.inline import cells

_MARKS = {"bullet": ("-", "*"), "ordered": (".", ")")}
_ALIGN = {"l": ":--", "c": ":-:", "r": "--:", "-": "---"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The lines of one clause: ``gap`` before it, ``head`` (marker and text up to the wording), the wording, the rest.

    The clause's lines are ``indent`` + ``head`` + text + ``tail``, each line after the first begun with ``rest``.
    """

    gap: tuple[str, ...]
    head: str
    text: str
    tail: str
    rest: str

    @property
    def lines(self) -> list[str]:
        """Its lines, without the gap."""
        return f"{self.head}{self.body(self.text)}{self.tail}".split("\n")

    def body(self, text: str) -> str:
        """``text`` with this chunk's indentation on every line but the first."""
        return text.replace("\n", f"\n{self.rest}")


@dataclass(slots=True)
class _Open:
    """An open block of the page: its name, the list marker in use, and what its lines begin with."""

    name: str
    marker: str
    prefix: str


@dataclass(slots=True)
class Writer:
    """Writes clauses one after another; remembers which blocks are open."""

    frames: list[_Open] = field(default_factory=list)
    last: Clause | None = None

    def chunk(self, clause: Clause) -> Chunk:
        """The next clause's lines. Front matter comes first, if there is any."""
        if clause.kind is Kind.FRONT:
            return self._front(clause)
        names = clause.frames
        kept = self._kept(clause)
        closed = self.frames[kept:]
        same_list = clause.kind is Kind.ITEM and len(names) == kept
        gap = self._gap(clause, kept, fresh=not same_list)
        del self.frames[kept:]
        start = "".join(frame.prefix for frame in self.frames[: kept - 1 if same_list else kept])
        head = start
        for depth in range(kept - 1 if same_list else kept, len(names)):
            head += self._enter(names[depth], depth, clause, closed, same_list=same_list)
        rest = "".join(frame.prefix for frame in self.frames)
        self.last = clause
        lead, text, tail = _wording(clause, rest)
        if not text and not lead:
            head = head.rstrip()
        return Chunk(gap=gap, head=head + lead, text=text, tail=tail, rest=rest)

    def opens(self, clause: Clause) -> bool:
        """Would ``clause``, an item, open a list rather than go on with the one that is open?"""
        return self._kept(clause) < len(clause.frames)

    def _kept(self, clause: Clause) -> int:
        """How many of the open blocks the clause stands in."""
        names = clause.frames
        shared = 0
        while shared < min(len(names), len(self.frames)) and self.frames[shared].name == names[shared]:
            shared += 1
        return max(0, shared - clause.apart)

    def end(self) -> tuple[str, ...]:
        """What closes the file: the end of front matter when nothing follows it."""
        return ("---",) if self.last is not None and self.last.kind is Kind.FRONT else ()

    def _front(self, clause: Clause) -> Chunk:
        gap = ("---",) if self.last is None else ()
        self.last = clause
        return Chunk(gap=gap, head="", text=clause.text, tail="", rest="")

    def _gap(self, clause: Clause, kept: int, *, fresh: bool) -> tuple[str, ...]:
        if self.last is None:
            return ()
        if self.last.kind is Kind.FRONT:
            return ("---", "")
        if clause.kind is Kind.ROW and self.last.kind in {Kind.HEADER, Kind.ROW}:
            return ()
        if clause.kind is Kind.ITEM and not clause.apart and self.last.kind is Kind.ITEM:
            deeper = len(clause.frames) > len(self.last.frames)
            if clause.text and (self.last.text or not deeper) and not (deeper and clause.detail):
                return ()
        if (
            self.last.kind in {Kind.ITEM, Kind.FOOTNOTE}
            and not self.last.text
            and kept == len(self.frames)
            and fresh
        ):
            return ()
        return ("".join(frame.prefix for frame in self.frames[:kept]).rstrip(),)

    def _enter(
        self, name: str, depth: int, clause: Clause, closed: Sequence[_Open], *, same_list: bool
    ) -> str:
        """Open the block ``name`` (or its next item) and give what its first line begins with."""
        if name == "quote":
            self.frames.append(_Open(name, "", "> "))
            return "> "
        if name.startswith("note:"):
            self.frames.append(_Open(name, "", "    "))
            return f"[^{name.removeprefix('note:')}]: "
        if same_list and depth == len(self.frames) - 1:
            marker = self.frames[depth].marker
        else:
            first, second = _MARKS[name]
            again = bool(closed) and closed[0].name == name and clause.apart > 0 and closed[0].marker == first
            marker = second if again else first
            number = clause.detail or "1" if depth == len(clause.frames) - 1 else "1"
            prefix = "  " if name == "bullet" else " " * (len(number) + 2)
            self.frames.append(_Open(name, marker, prefix))
            return f"{marker} " if name == "bullet" else f"{number}{marker} "
        if name == "bullet":
            self.frames[depth].prefix = "  "
            return f"{marker} "
        self.frames[depth].prefix = "   "
        return f"1{marker} "


def _wording(clause: Clause, rest: str) -> tuple[str, str, str]:
    """(before, text, after) of a clause's own lines."""
    match clause.kind:
        case Kind.HEADING if "\n" in clause.text:
            return "", clause.text, f"\n{rest}{'===' if clause.level == 1 else '---'}"
        case Kind.HEADING:
            return "#" * clause.level + (" " if clause.text else ""), clause.text, ""
        case Kind.CODE:
            runs = re.findall(r"^ *(`+)", clause.text, re.MULTILINE)
            info = clause.text.split("\n", 1)[0]
            sign = "~" if "`" in info else "`"
            if sign == "~":
                runs = re.findall(r"^ *(~+)", clause.text, re.MULTILINE)
            fence = sign * max(3, 1 + max((len(run) for run in runs), default=0))
            apart = " " if info.startswith(sign) else ""  # or the fence would be longer
            return fence + apart, clause.text, f"\n{rest}{fence}"
        case Kind.RULE:
            return "___", "", ""
        case Kind.HEADER:
            return "", clause.text, f"\n{rest}{_delimiter(clause)}"
        case _:
            return "", clause.text, ""


def _delimiter(clause: Clause) -> str:
    signs = clause.detail.ljust(len(cells(clause.text)), "-")
    return "|" + "".join(f" {_ALIGN[sign]} |" for sign in signs)


def chunks(clauses: Iterable[Clause]) -> Iterator[Chunk]:
    """The chunks of one file's clauses."""
    writer = Writer()
    for clause in clauses:
        yield writer.chunk(clause)


def canonical(document: Document) -> str:
    """Canonical Markdown: the same clauses when read again, and the same text for the same clauses."""
    writer = Writer()
    lines: list[str] = []
    for clause in document.clauses:
        chunk = writer.chunk(clause)
        lines += [*chunk.gap, *chunk.lines]
    lines += writer.end()
    return "\n".join(lines) + "\n" if lines else ""
