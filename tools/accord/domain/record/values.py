"""The values that record events are made of: who acted, when it was received, which clauses it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["source", "expert", "chair", "secretariat", "guest", "tool"]
Stance = Literal["support", "accept", "abstain", "reserve", "object"]
Channel = Literal["local", "letter", "email", "form", "pull-request", "meeting"]
Disposition = Literal[
    "incorporated", "reflected-in-part", "noted", "not-retained", "carried-over", "withdrawn", "superseded"
]
MeetingResult = Literal[
    "agreed",
    "agreed ad referendum",
    "not agreed",
    "to drafting group",
    "transmitted in brackets",
    "left out",
    "adopted",
]
Clock = Literal["submit", "registry", "server", "first-seen", "meeting"]

# C3: at one instant the most cautious counts; this is the order of caution.
CAUTION: dict[Stance, int] = {"object": 4, "reserve": 3, "abstain": 2, "accept": 1, "support": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who acted: numeric account id (null where there is none), name shown, role acted in."""

    name: str
    role: Role
    id: int | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """When something was received, by a server's clock, as the shortest interval known (UTC, both inclusive).

    ``clock`` says which clock it was. A verdict that differs inside the interval is *undetermined*.
    """

    earliest: datetime
    latest: datetime
    clock: Clock = "submit"

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError("a receipt interval ends before it begins")

    @classmethod
    def instant(cls, moment: datetime, clock: Clock = "submit") -> Receipt:
        """A receipt known to the second."""
        return cls(earliest=moment, latest=moment, clock=clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a contribution does to one clause (C5).

    ``had`` and ``gets`` are clause digests with their algorithm version, null for *absent*; ``container`` is
    the id of the heading or keyword it stands under; ``after`` the id of its predecessor if added or moved;
    ``form`` the structural form it gets (kind, list, level), so that a change of structure is a change;
    ``lead`` the digest of the keyword it then stands under, whose verb belongs to its sentence ("" under a heading).
    """

    id: str
    path: str
    had: str | None
    gets: str | None
    container: str = ""
    after: str | None = None
    form: str = ""
    lead: str = ""


Effect = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFinding:
    """A problem of form noted at receipt: rule, message, fix, and the place as text."""

    rule: str
    message: str
    fix: str = ""
    place: str = ""
    severity: Literal["error", "warning", "note"] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The exact clause text in which a finding of form was set aside: its file, digest and printed label, and the words
    that the finding is about. For one about a whole Opinion ``digest`` is of all its clauses, ``label`` empty.
    """

    path: str
    digest: str
    label: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an entry rests on: a letter, mail or form, named by its file digest (SHA-256) and registry mark."""

    description: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something said in a meeting for the record: by whom (entity id) and the words or reason."""

    entity: str
    text: str = ""
