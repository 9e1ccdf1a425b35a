"""Which square bracket belongs to which: inside a clause first, then across the clauses of one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OPENING, CLOSING = "[\uff3b", "]\uff3d"
"""As typed on Latin and on Chinese keyboards."""


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """A bracket sign: the clause it stands in (by place in the file) and where in its words."""

    clause: int
    at: int


@dataclass(frozen=True, slots=True)
class Match:
    """A pair; ``opening`` or ``closing`` is None for a sign that has no partner."""

    opening: Sign | None
    closing: Sign | None

    @property
    def paired(self) -> bool:
        """Whether both signs are there."""
        return self.opening is not None and self.closing is not None

    @property
    def first(self) -> Sign:
        """Where it begins."""
        sign = self.opening or self.closing
        assert sign is not None  # noqa: S101 - a match has a sign at least
        return sign

    def holds(self, other: Match) -> bool:
        """Whether another one that begins later stands inside; what never closes reaches to the end of its clause."""
        if self.opening is None:
            return False
        if self.closing is None:
            return (other.closing or other.first).clause == self.opening.clause
        return other.first < self.closing


def matches(texts: Sequence[str]) -> list[Match]:
    """Every pair of the clauses of one file, and every sign without a partner, in reading order."""
    found: list[Match] = []
    waiting: list[Sign] = []
    for clause, text in enumerate(texts):
        opened, closers = _inside(clause, text, found)
        found += [Match(waiting.pop() if waiting else None, closing) for closing in closers]
        waiting += opened
    found += [Match(sign, None) for sign in waiting]
    return sorted(found, key=lambda one: one.first)


def outermost(found: Sequence[Match]) -> list[tuple[Match, list[Match]]]:
    """The pairs that stand in no other one, each with those directly inside it; given and found in reading order."""
    out: list[tuple[Match, list[Match]]] = []
    around: list[Match] = []
    for one in found:
        while around and not around[-1].holds(one):
            around.pop()
        if not around:
            out.append((one, []))
        elif len(around) == 1:
            out[-1][1].append(one)
        around.append(one)
    return out


def _inside(clause: int, text: str, found: list[Match]) -> tuple[list[Sign], list[Sign]]:
    """Note the pairs inside one clause; the opening and the closing signs that are left over."""
    opened: list[Sign] = []
    closers: list[Sign] = []
    for index, sign in enumerate(text):
        if sign in OPENING:
            opened.append(Sign(clause, index))
        elif sign in CLOSING:
            if opened:
                found.append(Match(opened.pop(), Sign(clause, index)))
            else:
                closers.append(Sign(clause, index))
    return opened, closers
