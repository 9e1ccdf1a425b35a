"""What the gates of a draft look at, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.brackets import Bracket
from accord.domain.findings import Finding
from accord.domain.process.forum import State
from accord.domain.process.timetable import Contents, Event, EventKind, Timetable


class Showing(Enum):
    """How a draft Opinion is shown: in the annex, there in square brackets, or not at all."""

    ANNEX = "annex"
    IN_BRACKETS = "in brackets"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionFacts:
    """A contribution as the gates see it.

    ``received`` is the earliest instant that counts for it; ``reached`` says whether it came before the group.
    ``disposed`` is the newest disposition with its place in the record; ``outcomes`` are meetings (id and place in the
    record) that put it; ``paths`` the files it touches.
    """

    number: int
    title: str
    received: datetime
    state: State
    reached: bool
    category: str = ""
    disposed: str = ""
    reason: str = ""
    disposed_seq: int = 0
    outcomes: tuple[tuple[str, int], ...] = ()
    standing: Standing | None = None
    contested: bool = False
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """A draft Opinion as the gates see it.

    ``discussed``: it came by an incorporated contribution with a declaration, or was put in a meeting. ``stale``: the
    meeting outcome that says how to show it is about another wording.
    """

    name: str
    path: str
    title: str
    stage: str
    standing: Standing
    showing: Showing = Showing.ANNEX
    discussed: bool = True
    contested: bool = False
    stale: bool = False
    brackets: tuple[Bracket, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A change of the text nobody answers for: the commit and how many clauses."""

    commit: str
    clauses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A Corrigendum: of which draft, which one, and what changed the text since that draft.

    ``expected`` is the number that comes next; ``agreed`` are contributions incorporated since as agreed.
    """

    of: str
    number: int
    expected: int
    exists: bool
    changed: bool
    agreed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """A draft about to be cut, at one moment.

    ``timetable`` is the one in force; ``event`` its posting; ``existing`` the drafts cut or posted by then;
    ``previous_seq`` the place in the record where the draft before was cut (0 for none). ``traces`` are the meetings
    that left something in the record. ``provisional`` are provisional numbers of documents, of the Report and of the
    Opinions that are shown.
    """

    draft: str
    now: datetime
    timetable: Timetable
    event: Event
    existing: tuple[str, ...] = ()
    previous_seq: int = 0
    contributions: tuple[ContributionFacts, ...] = ()
    opinions: tuple[OpinionFacts, ...] = ()
    report_brackets: tuple[Bracket, ...] = ()
    provisional: tuple[Bracket, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    traces: frozenset[str] = frozenset()
    table_agrees: bool = True
    cover_draft: str = ""
    categories: tuple[str, ...] = ()
    form: tuple[Finding, ...] = field(default_factory=tuple)
    correction: Correction | None = None

    @property
    def contains(self) -> Contents | None:
        """What its posting must contain."""
        return self.event.contains

    @property
    def before(self) -> tuple[Event, ...]:
        """The events that must be over first (R19)."""
        return tuple(self.timetable.event(name) for name in self.event.after)

    @property
    def meetings(self) -> tuple[Event, ...]:
        """The meetings whose discussion it takes in."""
        return tuple(event for event in self.before if event.kind is EventKind.MEETING)

    @property
    def closed(self) -> datetime | None:
        """The first instant that is late for it: the end of the last deadline before it."""
        ends = [self.timetable.ends(e.id).latest for e in self.before if e.kind is EventKind.DEADLINE]
        return max(ends, default=None)
