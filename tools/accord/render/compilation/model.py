"""A compilation: every contribution received for a window, clause by clause; each format is drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accord.domain.text.redline import Row

GENERAL = "General"
"""The clause of what is about a whole text."""


class CommentType(Enum):
    """The type of a comment in the form that standards bodies use."""

    GENERAL = "ge"
    TECHNICAL = "te"
    EDITORIAL = "ed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A contribution in words, said once: who it is from, why, what was observed, what became of it.

    ``received`` says when it was received, ``version`` which of its versions is shown. ``observations`` are remarks
    that the record has of the secretariat; ``disposition`` is its state or what became of it, ``reason`` why, or what
    comes next.
    """

    number: int
    title: str
    source: str
    cosigners: tuple[str, ...]
    category: str
    input_class: str
    kind: str
    received: str
    version: int
    reasons: str
    observations: tuple[str, ...]
    disposition: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One clause of what is proposed; ``lead`` is its printed number where several stand together."""

    row: Row
    lead: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """What one contribution proposes or says at one place.

    ``symbol``: ADD, MOD, (MOD), SUP, ADD* and SUP* (moved), NOC or OTHER. Without ``lines`` no text is proposed.
    """

    input: Input
    symbol: str
    type: CommentType
    lines: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseGroup:
    """A place in the text, with everything that was received about it.

    ``label`` names it among the others, ``clause`` is the number alone or *General*, ``element`` says what it is
    (paragraph, table row ...), ``lines`` where it stands in its file, ``current`` how it reads in the draft.
    """

    key: str
    label: str
    clause: str
    element: str
    lines: str
    current: Row | None
    entries: tuple[RowEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the Report, or a draft Opinion, or what is about the draft as a whole."""

    key: str
    title: str
    groups: tuple[ClauseGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Contributions that stand together: of the membership, of the public consultation, texts of the secretariat."""

    key: str
    title: str
    sections: tuple[Section, ...]

    @property
    def rows(self) -> Iterator[tuple[Section, ClauseGroup, RowEntry]]:
        """Every row with where it stands, in order."""
        for section in self.sections:
            for group in section.groups:
                for entry in group.entries:
                    yield section, group, entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """Everything received for a window.

    ``name`` is the window's, ``document`` the draft it comments on, ``date`` and ``as_of`` the moment in words.
    ``head`` are the sentences that count, ``inputs`` every contribution by number.
    """

    name: str
    title: str
    forum: str
    notice: str
    page: str
    rehearsal: bool
    document: str
    date: str
    as_of: str
    moment: datetime
    head: tuple[str, ...]
    inputs: tuple[Input, ...]
    parts: tuple[Part, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all contributions that have a row, in order."""
        found = {entry.input.number for part in self.parts for _, _, entry in part.rows}
        return tuple(sorted(found))

    def places(self) -> dict[int, tuple[str, ...]]:
        """Where each contribution stands in words, by number."""
        out: dict[int, dict[str, None]] = {}
        for part in self.parts:
            for section, group, entry in part.rows:
                out.setdefault(entry.input.number, {})[where(section, group)] = None
        return {number: tuple(found) for number, found in out.items()}


def where(section: Section, group: ClauseGroup) -> str:
    """A place as it is told apart from others: with its Opinion, since several may have a clause of that number."""
    if group.current is None and group.clause == GENERAL:
        return section.title
    return f"{section.title}: {group.label}" if section.key.startswith("opinions-") else group.label
