"""Cases: contributions and Opinions as they stand, from the record."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accord.application.chronicle import Chronicle, drafts_at
from accord.application.loading import load_contribution, plain_places
from accord.domain.agreement import split
from accord.domain.agreement.case import Case, open_case
from accord.domain.agreement.dossier import Dossier, Requirement
from accord.domain.agreement.effect import OPINIONS, Agreed
from accord.domain.agreement.revisions import Examine, Metadata, Revision
from accord.domain.agreement.verdict import Verdict, judge
from accord.domain.agreement.world import World
from accord.domain.findings import Exit, refuse
from accord.domain.process.admission import Admission, admit
from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Circumstances
from accord.domain.process.moments import Interval
from accord.domain.record.events import (
    Declared,
    Disposed,
    Event,
    Incorporated,
    Outcome,
    Recalled,
    Received,
    Reopened,
    Withdrawn,
)
from accord.domain.record.values import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionCase:
    """A draft Opinion of the agreed text as it reads: its file, its dossier and where it stands."""

    subject: str
    path: str
    dossier: Dossier
    verdict: Verdict


class Cases:
    """Opens cases against one chronicle at one moment."""

    def __init__(self, chronicle: Chronicle, now: datetime) -> None:
        self.chronicle = chronicle
        self.now = now
        self.world = chronicle.world()
        self._cases: dict[int, Case | None] = {}

    def before(self, commit: str) -> None:
        """Look at the world as it was before a state of main was seen."""
        seen = next((s for s in self.world.seen if s.commit == commit), None)
        if seen is not None and seen.seq > self.world.seen[0].seq:
            self.world = World([state for state in self.world.seen if state.seq < seen.seq])
            self._cases.clear()

    def contribution(self, number: int | str) -> Case:
        """One contribution.

        Raises:
            Refused: there is none of that number (exit USAGE).
        """
        text = str(number).lstrip("#")
        numbers = self.chronicle.numbers()
        if not text.isdigit() or int(text) not in numbers:
            known = f"They run from 1 to {len(numbers)}." if len(numbers) else "There are none yet."
            raise refuse(
                "contribution-unknown",
                f"There is no contribution {number}. {known}",
                fix="`accord status` lists them.",
                exit_code=Exit.USAGE,
            )
        return self._open(int(text), self.chronicle.events(text))

    def all(self) -> list[Case]:
        """Every contribution received by now, by number."""
        grouped = self.chronicle.by_subject()
        out = []
        for number in self.chronicle.numbers():
            events = grouped.get(str(number), ())
            if self._there(events):
                out.append(self._open(number, events))
        return out

    def opinion(self, subject: str) -> OpinionCase:
        """A draft Opinion by its subject `opinions/NAME` or its name.

        Raises:
            Refused: the agreed text has no such Opinion (exit USAGE).
        """
        name = subject.removeprefix(OPINIONS).removesuffix(".md")
        names = [path.removeprefix(OPINIONS).removesuffix(".md") for path in self.opinion_paths()]
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            known = (
                f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(names) or 'none yet'}."
            )
            raise refuse(
                "opinion-unknown",
                f"The agreed text has no Opinion `{name}`.",
                fix=known,
                exit_code=Exit.USAGE,
            )
        return self._opinion(f"{OPINIONS}{name}")

    def opinions(self) -> list[OpinionCase]:
        """Every draft Opinion of the agreed text, in the order of their files."""
        return [self._opinion(path.removesuffix(".md")) for path in self.opinion_paths()]

    def opinion_paths(self) -> list[str]:
        """Files of the Opinions in the newest state seen by now."""
        agreed = self.world.at(self.now).agreed
        return list(dict.fromkeys(c.path for c in agreed.clauses if c.path.startswith(OPINIONS)))

    def drafts(self) -> tuple[str, ...]:
        """Names of the drafts that exist by now: tagged or officially posted, in that order."""
        return drafts_at(self.chronicle.process(), self.now)

    def subject(self, given: str) -> Case | OpinionCase:
        """Whatever a person names: a number, or an Opinion."""
        if given.lstrip("#").isdigit():
            return self.contribution(given)
        return self.opinion(given)

    def _opinion(self, subject: str) -> OpinionCase:
        path = f"{subject}.md"
        events = tuple(e for e in self.chronicle.events(subject) if e.received.earliest <= self.now)
        dossier = Dossier(subject=subject, events=events, path=path)
        return OpinionCase(
            subject=subject, path=path, dossier=dossier, verdict=judge(dossier, self.world, self.now)
        )

    def _open(self, number: int, events: tuple[Event, ...]) -> Case:
        return open_case(number, events, self.world, self.now, self._examiner(), self)

    def dossier(self, number: int) -> Dossier | None:
        """The dossier of a contribution received by now, or None."""
        found = self._known(number)
        return found.dossier if found else None

    def requirement(self, number: int) -> Requirement:
        """Whether a contribution is in the text by now, or off the table."""
        events = self.chronicle.events(str(number)) if number in self.chronicle.numbers() else ()
        by_now = [event for event in events if event.received.earliest <= self.now]
        met = [event for event in by_now if isinstance(event, Incorporated)]
        over = [
            event
            for event in by_now
            if isinstance(event, Withdrawn)
            or (isinstance(event, Disposed) and event.disposition not in ("carried-over", "incorporated"))
        ]
        return Requirement(
            number=number, met=met[-1] if met else None, over=over[-1] if over and not met else None
        )

    def inherited(self, received: Received) -> tuple[Event, ...]:
        """What was said of the contribution that this one was split from, as far as it is about this one."""
        if received.split_from is None:
            return ()
        whole = self.dossier(received.split_from)
        return split.inherited(whole.heard, received) if whole else ()

    def whole(self, received: Received) -> Revision | None:
        """The version that a part was split from; None for what is no part."""
        whole = self._known(received.split_from) if received.split_from is not None else None
        before = [one for one in whole.revisions if one.seq < received.seq] if whole else []
        return before[-1] if before else None

    def _known(self, number: int) -> Case | None:
        """A contribution received by now, or None; opened once."""
        if number not in self._cases:
            events = self.chronicle.events(str(number)) if number in self.chronicle.numbers() else ()
            self._cases[number] = self._open(number, events) if self._there(events) else None
        return self._cases[number]

    def _there(self, events: Iterable[Event]) -> bool:
        """Whether it was received by now; a part is there only once it was split off."""
        return any(
            (e.received.earliest if e.split_from is None else e.recorded) <= self.now
            for e in events
            if isinstance(e, Received)
        )

    def _examiner(self) -> Examine:
        process = self.chronicle.process()

        def examine(
            metadata: Metadata, receipt: Receipt, revision: Revision
        ) -> tuple[Contribution | None, Admission | None]:
            loaded = load_contribution(metadata, plain_places("description"))
            if loaded.value is None:
                return None, None
            moment = receipt.latest
            state = self.world.at(moment)
            confirmed = revision.admitted.category if revision.admitted else ""
            circumstances = Circumstances(
                timetable=state.timetable,
                experts=state.experts,
                forum=state.forum,
                rules=state.rules,
                posted=self.chronicle.posted(moment),
                drafts=drafts_at(process, moment),
                new_opinions=new_opinions(revision, state.agreed),
                by_secretariat=revision.role == "secretariat",
                sender=revision.sender,
                confirmed=confirmed or None,
                waived=revision.waived,
                file="description",
            )
            interval = Interval(earliest=receipt.earliest, latest=receipt.latest)
            return loaded.value, admit(loaded.value, interval, circumstances)

        return examine


def subject_of(found: Case | OpinionCase) -> str:
    """How the record names it: a number, or `opinions/NAME`."""
    return str(found.number) if isinstance(found, Case) else found.subject


def key_of(found: Case | OpinionCase) -> str:
    """The first part of an objection's id: the number, or the Opinion's name."""
    return str(found.number) if isinstance(found, Case) else found.subject.partition("/")[2]


def title_of(found: Case | OpinionCase) -> str:
    """How people name it."""
    return f"contribution {found.number}" if isinstance(found, Case) else f"Opinion {key_of(found)}"


def deciding(events: Iterable[Event]) -> Declared | Outcome | None:
    """The newest event that says how far an Opinion is, unless it was taken back."""
    known = tuple(events)
    gone = {event.call for event in known if isinstance(event, Recalled)}
    reopened = max((event.seq for event in known if isinstance(event, Reopened)), default=0)
    found = [
        e for e in known if isinstance(e, (Declared, Outcome)) and e.seq not in gone and e.seq > reopened
    ]
    return max(found, key=lambda event: (event.received.earliest, event.seq), default=None)


def sent_on(found: OpinionCase) -> Outcome | None:
    """The outcome of a meeting by which an Opinion that is not agreed goes on in brackets or is left out, if its text
    is still the one the meeting had before it."""
    decided = deciding(found.dossier.events)
    if not isinstance(decided, Outcome) or decided.effect != found.verdict.readiness.effect:
        return None
    return decided if decided.result in ("transmitted in brackets", "left out") else None


def new_opinions(revision: Revision, agreed: Agreed) -> tuple[str, ...]:
    """Opinions that a version would add to the agreed text, by name (R10)."""
    known = {clause.path for clause in agreed.clauses}
    paths = dict.fromkeys(
        entry.path
        for entry in revision.proposal
        if entry.gets is not None and entry.path.startswith(OPINIONS) and entry.path not in known
    )
    return tuple(path.removeprefix(OPINIONS).removesuffix(".md") for path in paths)
