"""Source text cut into the pieces that belong to its clauses, and put together again in another order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.domain.text.canonical import Writer
from accord.domain.text.clauses import Clause, Document, Kind

_LEAD = {
    Kind.ITEM: re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+"),
    Kind.HEADING: re.compile(r"[ \t>]*#{1,6}[ \t]+"),
    Kind.FOOTNOTE: re.compile(r"[ \t>]*\[\^[^\]]+\]:[ \t]+"),
}
_NUMBER = re.compile(r"\A([ \t>]*)\d{1,9}(?=[.)])")
_INDENT = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A clause's source: its lines with the blank lines (and table rule, link definitions) that follow them.

    ``origin`` names the source and place it was cut from, so that pieces that were neighbours stay as they were.
    ``size``: how many characters are its own; the rest, ``tail``, only follows it.
    """

    clause: Clause
    text: str
    origin: tuple[str, int]
    size: int

    @property
    def own(self) -> str:
        """Its own lines."""
        return self.text[: self.size]

    @property
    def tail(self) -> str:
        """What follows them, up to the next clause."""
        return self.text[self.size :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A file cut up: what stands before its first clause (front matter's fences apart), and the pieces."""

    before: str
    pieces: tuple[Piece, ...]


def cut(name: str, document: Document, text: str) -> Cut:
    """Cut ``text``, the source of ``document``; ``name`` marks the origin of the pieces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    front = [clause for clause in document.clauses if clause.kind is Kind.FRONT]
    body = [clause for clause in document.clauses if clause.kind is not Kind.FRONT]
    top = 0
    if document.front is not None:
        top = next(index for index, line in enumerate(lines) if index and line.rstrip() == "---") + 1
    starts = [clause.lines[0] for clause in body] + [len(lines)]
    ends = [clause.lines[1] for clause in front] + starts[1:]
    pieces = []
    for index, (clause, end) in enumerate(zip([*front, *body], ends, strict=True)):
        own = "".join(lines[slice(*clause.lines)])
        tail = "".join(lines[clause.lines[1] : end])
        pieces.append(Piece(clause=clause, text=own + tail, origin=(name, index), size=len(own)))
    return Cut(before="".join(lines[top : starts[0]]), pieces=tuple(pieces))


def respelt(piece: Piece, clause: Clause) -> Piece | None:
    """The piece with the wording of ``clause``, in the source's own marker and indentation; None when it can't be."""
    old = piece.clause
    if (old.kind, old.level, old.frames, old.detail) != (
        clause.kind,
        clause.level,
        clause.frames,
        clause.detail,
    ):
        return None
    first = piece.own.split("\n", 1)[0]
    match = _LEAD.get(clause.kind, _INDENT).match(first)
    if match is None or clause.kind in {Kind.CODE, Kind.HTML}:
        return None
    lead = match[0]
    rest = re.sub(r"[^>\t]", " ", lead)
    own = lead + clause.text.replace("\n", f"\n{rest}") + "\n"
    if clause.kind is Kind.FRONT:
        own = clause.text + "\n"
    return Piece(clause=clause, text=own + piece.tail, origin=("", 0), size=len(own))


def assemble(before: str, pieces: Sequence[Piece]) -> str:
    """One source text. Neighbours of old keep what stood between them; new ones get a blank line where needed."""
    writer = Writer()
    parts: list[str] = []
    last: Piece | None = None
    for piece in pieces:
        text = piece.text
        if (
            piece.clause.kind is Kind.ITEM
            and piece.clause.frames[-1] == "ordered"
            and writer.opens(piece.clause)
        ):
            text = _NUMBER.sub(rf"\g<1>{piece.clause.detail or 1}", text, count=1)
        chunk = writer.chunk(piece.clause)
        if last is None:
            parts.append("---\n" if piece.clause.kind is Kind.FRONT else before)
        elif last.clause.kind is Kind.FRONT and piece.clause.kind is not Kind.FRONT:
            parts.append("---\n" + (before or "\n"))
        elif not _neighbours(last, piece) and chunk.gap and not _ends_blank(parts[-1]):
            parts.append(f"{chunk.gap[0]}\n")
        parts.append(text if text.endswith("\n") or not text else text + "\n")
        last = piece
    if last is not None and last.clause.kind is Kind.FRONT:
        parts.append("---\n" + before)
    text = "".join(parts)
    return text.rstrip("\n") + "\n" if text.strip("\n") else text


def _neighbours(first: Piece, second: Piece) -> bool:
    return first.origin[0] == second.origin[0] and first.origin[1] + 1 == second.origin[1]


def _ends_blank(text: str) -> bool:
    return not text.rstrip("\n").rsplit("\n", 1)[-1].strip(" \t>") or text.endswith("\n\n")
