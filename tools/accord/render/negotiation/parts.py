"""The words of a place cut into what stands without brackets and what stands in them; every format is drawn from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from accord.domain.drafts.bracket_pairs import CLOSING, OPENING
from accord.domain.text.clauses import LITERAL, ROWS, Clause
from accord.domain.text.inline import atoms, joined
from accord.domain.text.nodes import Node
from accord.domain.text.redline import Op, Row
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.negotiation.model import Alternative, Place
from accord.render.negotiation.words import lead

_INSIDE = frozenset({SpanOp.KEEP, SpanOp.DEL, SpanOp.INS})
_BORDER = Atom(" | ", (Node("text", " | "),))


class Sort(Enum):
    """AGREED stands without brackets; CURRENT is the text as it reads, in brackets; PROPOSED somebody's words."""

    AGREED = "agreed"
    CURRENT = "current"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of words. ``lead`` is whose they are; ``opens`` and ``closes`` say whether the bracket does so here.
    ``fresh`` marks words that the text does not have.
    """

    sort: Sort
    atoms: tuple[Atom, ...]
    lead: str = ""
    opens: bool = True
    closes: bool = True
    fresh: bool = False


_SPACE = Part(sort=Sort.AGREED, atoms=(Atom(" ", (Node("text", " "),)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One clause as the view prints it: ``clause`` gives its form. ``own`` is False for words of an alternative."""

    clause: Clause
    parts: tuple[Part, ...]
    own: bool


def passages(place: Place) -> Iterator[Passage]:
    """What is printed at a place: the clause as it reads, then each alternative that is not told inside it."""
    inside = _inside(place)
    if place.clause is not None:
        parts = inside or (_whole(place.clause, place.alternatives),)
        yield Passage(clause=place.clause, parts=parts, own=True)
    if not inside:
        for alternative in place.alternatives:
            yield from _proposed(alternative)


def _whole(clause: Clause, alternatives: Sequence[Alternative]) -> Part:
    sort = Sort.CURRENT if alternatives else Sort.AGREED
    return Part(sort=sort, atoms=_atoms(clause))


def _inside(place: Place) -> tuple[Part, ...]:
    """The brackets inside one clause, where a single proposal changes some words of it; else nothing."""
    if len(place.alternatives) != 1 or place.clause is None:
        return ()
    (alternative,) = place.alternatives
    row = alternative.rows[0]
    if alternative.mark != "MOD" or row.clause.kind in ROWS | LITERAL or row.old != place.clause:
        return ()
    if any(span.op not in _INSIDE or _brackets(span) for span in row.spans) or not _mostly_kept(row.spans):
        return ()
    return tuple(_spaced(_part(span, lead(alternative)) for span in row.spans))


def _brackets(span: Span) -> bool:
    """Whether brackets of the text itself change: inside ours they could not be told apart."""
    return span.op is not SpanOp.KEEP and any(sign in span.text for sign in OPENING + CLOSING)


def _mostly_kept(spans: Sequence[Span]) -> bool:
    """Whether one still sees the sentence between its brackets."""
    kept = sum(len(span.text) for span in spans if span.op is SpanOp.KEEP)
    return 2 * kept >= sum(len(span.text) for span in spans)


def _part(span: Span, source: str) -> Part:
    match span.op:
        case SpanOp.KEEP:
            return Part(sort=Sort.AGREED, atoms=span.atoms)
        case SpanOp.DEL:
            return Part(sort=Sort.CURRENT, atoms=span.atoms)
        case _:
            return Part(sort=Sort.PROPOSED, atoms=span.atoms, lead=source, fresh=True)


def _spaced(parts: Iterable[Part]) -> Iterator[Part]:
    """Spaces at the edge of a bracket stand outside it, and two brackets stand apart."""
    before: Part | None = None
    for part in parts:
        if part.sort is Sort.AGREED:
            yield part
            before = part
            continue
        words = list(part.atoms)
        start, end = _edges(words)
        if start or (before is not None and before.sort is not Sort.AGREED):
            yield _SPACE
        yield replace(part, atoms=tuple(words[start:end]))
        if end < len(words):
            yield _SPACE
        before = _SPACE if end < len(words) else part


def _edges(words: Sequence[Atom]) -> tuple[int, int]:
    """Where the words without the spaces around them begin and end; a bracket around nothing but spaces keeps them."""
    start, end = 0, len(words)
    while start < end and words[start].text == " ":
        start += 1
    while end > start and words[end - 1].text == " ":
        end -= 1
    return (start, end) if start < end else (0, len(words))


def _proposed(alternative: Alternative) -> Iterator[Passage]:
    """The reading of an alternative: one bracket, however many clauses it holds."""
    if alternative.mark in ("moved", "structure"):
        return
    last = len(alternative.rows) - 1
    for index, row in enumerate(alternative.rows):
        if row.new is None:
            continue
        parts = [replace(part, opens=False, closes=False) for part in _fresh(row)]
        parts[0] = replace(parts[0], opens=index == 0, lead=lead(alternative) if index == 0 else "")
        parts[-1] = replace(parts[-1], closes=index == last)
        yield Passage(clause=row.new, parts=tuple(parts), own=False)


def _fresh(row: Row) -> list[Part]:
    """The new reading of a row; what the text does not have is marked where the rest of the clause is the same."""
    clause = row.new
    assert clause is not None  # noqa: S101 - asked for a row that has one
    if row.op is not Op.MOD or clause.kind in ROWS | LITERAL:
        return [Part(sort=Sort.PROPOSED, atoms=_atoms(clause))]
    parts = [
        Part(sort=Sort.PROPOSED, atoms=span.atoms, fresh=span.op is not SpanOp.KEEP)
        for span in row.spans
        if span.op is not SpanOp.DEL
    ]
    return parts or [Part(sort=Sort.PROPOSED, atoms=_atoms(clause))]


def _atoms(clause: Clause) -> tuple[Atom, ...]:
    """The words of a clause; the cells of a table row are parted by a bar."""
    spelling = atoms(clause.kind, clause.text)
    if clause.kind not in ROWS:
        return spelling
    inner = spelling[1:-1]
    return tuple(_BORDER if atom.nodes and atom.nodes[0].tag == "cell" else atom for atom in inner)


def text(parts: Sequence[Part]) -> str:
    """The parts as plain text with their brackets: what a program or a person without layout reads."""
    out = []
    for part in parts:
        words = joined(part.atoms)
        if part.sort is not Sort.AGREED:
            source = f"{part.lead}: " if part.lead else ""
            words = f"{'[' if part.opens else ''}{source}{words}{']' if part.closes else ''}"
        out.append(words)
    return "".join(out)
