"""What the checks at the door share: the verdicts, a reason for one, and the circumstances they look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.forum import Forum
from accord.domain.process.people import ExpertsList
from accord.domain.process.rules import Rules
from accord.domain.process.timetable import Timetable


class Verdict(Enum):
    """What becomes of a contribution at the door; a later member outweighs an earlier one."""

    OPEN = "open"
    UNDETERMINED = "undetermined"
    HELD = "held"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finding of a check, and the verdict it asks for."""

    verdict: Verdict
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the door knows beyond the metadata and the time of receipt.

    `posted` has the recorded postings of drafts, `drafts` the drafts that exist. `new_opinions` are the Opinions the
    text would add, None while the text isn't known: then the kind decides. `known_opinions` and `known_clauses` are
    what the draft has, None when not looked up. `confirmed` is the category the secretariat confirmed. `sender` is the
    account it came from, None if the channel shows none (a letter, a terminal): then the source's word is taken.
    `waived` names the rules the secretariat overruled with a recorded reason. `file` is where the metadata stands.
    """

    timetable: Timetable
    experts: ExpertsList
    forum: Forum
    rules: Rules
    posted: Mapping[str, datetime] = field(default_factory=dict)
    drafts: Collection[str] = ()
    new_opinions: Collection[str] | None = None
    known_opinions: Collection[str] | None = None
    known_clauses: Collection[str] | None = None
    by_secretariat: bool = False
    sender: int | None = None
    confirmed: str | None = None
    waived: Collection[str] = ()
    file: str = "metadata"

    def say(
        self,
        verdict: Verdict,
        rule: str,
        message: str,
        fix: str,
        at: str = "",
        *,
        severity: Severity = Severity.ERROR,
    ) -> Reason:
        """A reason placed at a field of the metadata (`at` is its JSON pointer without the first slash)."""
        place = Place(file=self.file, path=f"/{at}" if at else "")
        finding = Finding(rule=rule, message=message, fix=fix, place=place, severity=severity)
        return Reason(verdict=verdict, finding=finding)
