"""Every kind of record event, as a value. Events are facts that happened; no event stores a state.

`KINDS` maps the name written in the record to its class. The JSON form is made by `codec`, the JSON Schemas in
`schemas/events/` by `schema`; a test keeps all three together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from accord.domain.record.event import Event as Event
from accord.domain.record.posts import Heard as Heard
from accord.domain.record.posts import Point as Point
from accord.domain.record.posts import PointSettled as PointSettled
from accord.domain.record.posts import Shown as Shown
from accord.domain.record.posts import Synced as Synced
from accord.domain.record.posts import WordsChanged as WordsChanged
from accord.domain.record.values import (
    Channel,
    Disposition,
    Effect,
    Entry,
    Evidence,
    FormFinding,
    MeetingResult,
    Said,
    Spot,
    Stance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The record was born. A record born as a rehearsal can never be released as real."""

    forum: str
    rehearsal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MainSeen(Event):
    """The tool saw this state of the agreed text and of the process files (digests of facts in the record)."""

    commit: str
    agreed: str
    timetable: str
    experts: str
    forum: str
    consensus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """A contribution was received and given its number. ``metadata`` is null when it could not be read.

    ``split_from`` is the contribution whose part it is, if its source split one (see :class:`Split`).
    """

    channel: Channel
    alias: str
    metadata: dict[str, Any] | None
    head: str | None
    base: str | None
    effect: Effect
    form: tuple[FormFinding, ...] = ()
    evidence: Evidence | None = None
    split_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised(Event):
    """A later version of a contribution: its text, its description, or both. ``meeting`` links drafting work.

    ``took`` is the amendment of it that its source took into its own text.
    """

    revision: int
    metadata: dict[str, Any] | None
    head: str | None
    base: str | None
    effect: Effect
    form: tuple[FormFinding, ...] = ()
    meeting: str = ""
    reason: str = ""
    took: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Event):
    """A position of an entity on the effect it was given on (C3-C5). An objection carries its own id (C6).

    ``said`` is the name that the rules give the position where it is not the stance itself (*discuss*). ``words``
    holds the words in which an objection was read that was not given as one (prose, misspelt, C6).
    """

    entity: str
    stance: Stance
    effect: Effect
    reason: str = ""
    objection: str = ""
    clauses: tuple[str, ...] = ()
    revision: int = 1
    evidence: Evidence | None = None
    meeting: str = ""
    said: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned(Event):
    """An entity confirmed that it signs a contribution with its source, or declined to (C3).

    One that signs supports the effect it signed, from then on and until it says something else.
    """

    entity: str
    accepted: bool
    effect: Effect
    revision: int = 1
    reason: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Event):
    """An expert confirmed what was entered for the entity (C14), or that its own objection still stands (C6)."""

    target: int
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionEnded(Event):
    """An objection ended by an act that names it (C6): withdrawn or met after a change by its owner; disposed of by a
    chair when nobody owns it any more (C2); set aside by a chair where the rules allow it.
    """

    objection: str
    how: Literal["withdrawn", "met", "disposed", "set-aside"]
    reason: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """The owner of an objection was asked whether it still stands, and to answer before ``until`` (C6)."""

    objection: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Event):
    """A chair opened a call for consensus (C7): pinned effect, digest of the rules, instant of its end."""

    until: datetime
    effect: Effect
    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(Event):
    """A chair took a mistaken call back."""

    call: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Event):
    """A chair declared the result (C9), bound to the pinned effect and the record commit seen.

    ``rough`` says that objections stood and that the rules let a chair find rough consensus, with a reason.
    """

    result: Literal["agreed", "not agreed"]
    effect: Effect
    seen: str
    basis: int
    reason: str = ""
    rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """A chair reopened what had been declared: it needs a call again (C9)."""

    declared: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Event):
    """The result of putting a text orally in a meeting (C11)."""

    meeting: str
    item: str
    result: MeetingResult
    effect: Effect
    objections: tuple[Said, ...] = ()
    statements: tuple[Said, ...] = ()
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The source withdrew its contribution."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Event):
    """The source split its contribution: the changes of ``clauses`` went to contribution ``into``.

    ``objections`` names those that are about nothing but these clauses and so went with them (C6).
    """

    into: int
    clauses: tuple[str, ...]
    objections: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed(Event):
    """What became of a contribution, with a reason (R25)."""

    disposition: Disposition
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted(Event):
    """The secretariat admitted what was held, with a reason. It overrules findings of form only (C14)."""

    revision: int
    reason: str
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived(Event):
    """The secretariat overruled one finding of form on a version, with a reason (C14).

    ``spots`` are the clause texts in which a finding of the lint was set aside: it holds for exactly these, in whatever
    contribution or draft they stand. About an Opinion as it reads ``revision`` is 0.
    """

    revision: int
    rule: str
    reason: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted(Event):
    """The text of versions was taken out of reach, with the ground; what they changed stays known by its digests.

    ``heads`` names the commits whose text is no longer kept.
    """

    revisions: tuple[int, ...]
    heads: tuple[str, ...]
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """A note of correction to an earlier event; nothing is removed. ``contested`` marks a declaration."""

    target: int
    reason: str
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(Event):
    """The official posting of a draft (A4): when, where, under which symbol."""

    draft: str
    at: datetime
    url: str
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominated(Event):
    """A nomination arrived by letter (R12-R15): the entity and the expert."""

    entity: str
    category: str
    expert: int
    name: str
    evidence: Evidence
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incorporated(Event):
    """A text entered the agreed text: by agreement, or (Report text) by a secretariat act with sources (C1)."""

    commit: str
    parent: str
    mode: Literal["agreed", "secretariat-act"]
    effect: Effect
    ids: dict[str, str]
    sources: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regularised(Event):
    """A change that reached the agreed text without a declaration was taken responsibility for (C13)."""

    commit: str
    clauses: tuple[Entry, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Event):
    """A draft was tagged: the tag object, the commit it names, the record commit it was judged at."""

    draft: str
    tag: str
    commit: str
    record: str
    manifest: str


KINDS: dict[str, type[Event]] = {
    "opened": Opened,
    "main-seen": MainSeen,
    "received": Received,
    "revised": Revised,
    "position": Position,
    "cosigned": Cosigned,
    "confirmed": Confirmed,
    "objection-ended": ObjectionEnded,
    "asked": Asked,
    "called": Called,
    "recalled": Recalled,
    "declared": Declared,
    "reopened": Reopened,
    "outcome": Outcome,
    "withdrawn": Withdrawn,
    "split": Split,
    "disposed": Disposed,
    "admitted": Admitted,
    "waived": Waived,
    "redacted": Redacted,
    "corrected": Corrected,
    "posted": Posted,
    "nominated": Nominated,
    "incorporated": Incorporated,
    "regularised": Regularised,
    "cut": Cut,
    "heard": Heard,
    "words-changed": WordsChanged,
    "shown": Shown,
    "point": Point,
    "point-settled": PointSettled,
    "synced": Synced,
}
KIND_OF: dict[type[Event], str] = {cls: kind for kind, cls in KINDS.items()}
