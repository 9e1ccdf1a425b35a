"""How far a proposal is from the text as it reads: the order in which alternatives to one clause are put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from accord.domain.text.inline import tree
from accord.domain.text.nodes import visible
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.words import Span, SpanOp

ORDER = (
    "Alternatives to one clause are put in the order of how far they are from the text as it reads. First what takes "
    "the clause away; then new text, the longer first; then changes of its words, the one that changes the larger part "
    "of them first; then what only moves the clause or changes its form. At the same distance the order is that of "
    "their numbers. The letters are those of the negotiating text and say nothing of the order."
)
_WORD = re.compile(r"\w+")


class Reach(IntEnum):
    """The kinds of change, the farthest highest."""

    FORM = 0
    WORDS = 1
    NEW = 2
    GONE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a proposal is: ``changed`` of ``words`` words of both texts, or ``words`` new ones."""

    reach: Reach
    changed: int
    words: int

    @property
    def key(self) -> tuple[int, Fraction, int]:
        """Sorts the farthest first."""
        part = Fraction(self.changed, self.words) if self.words else Fraction(0)
        return -self.reach, -part, -self.changed

    @property
    def said(self) -> str:
        """In words, with the numbers that it was reckoned from."""
        match self.reach:
            case Reach.GONE:
                return "takes it away"
            case Reach.NEW:
                return f"new text, {_words(self.changed)}"
            case Reach.WORDS:
                return f"changes {self.changed} of {_words(self.words)} (removed and added, of both texts)"
            case Reach.FORM:
                return "changes no word"


def distance(rows: Sequence[Row]) -> Distance:
    """The distance of what is proposed at one place; ``rows`` are those that change something."""
    old = new = kept = 0
    for row in rows:
        before, after, same = _counted(row)
        old, new, kept = old + before, new + after, kept + same
    changed = old + new - 2 * kept
    sides = {_side(row) for row in rows}
    if sides == {Op.SUP}:
        reach = Reach.GONE
    elif sides == {Op.ADD}:
        reach = Reach.NEW
    else:
        reach = Reach.WORDS if changed else Reach.FORM
    return Distance(reach=reach, changed=changed, words=old + new)


def _side(row: Row) -> Op:
    return Op.MOD if row.moved else row.op


def _counted(row: Row) -> tuple[int, int, int]:
    """Words of the old text, of the new text, and those that stand in both."""
    if row.moved and row.side is Side.OLD:
        return 0, 0, 0  # counted where it stands now
    before = _count_clause(row, old=True)
    after = _count_clause(row, old=False)
    if row.op is Op.MOD and row.spans:
        return before, after, sum(_kept(row.spans))
    return before, after, min(before, after) if row.old is not None and row.new is not None else 0


def _count_clause(row: Row, *, old: bool) -> int:
    clause = row.old if old else row.new
    return len(_WORD.findall(visible(tree(clause.kind, clause.text)))) if clause is not None else 0


def _kept(spans: Iterable[Span]) -> Iterable[int]:
    for span in spans:
        if span.op is SpanOp.WITHIN:
            yield from _kept(span.inside)
        elif span.op in (SpanOp.KEEP, SpanOp.FORMAT):
            yield len(_WORD.findall(visible(node for atom in span.atoms for node in atom.nodes)))


def _words(count: int) -> str:
    return f"{count} word{'' if count == 1 else 's'}"
