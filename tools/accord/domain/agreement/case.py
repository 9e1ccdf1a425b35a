"""A contribution as it stands at a moment: its versions, whether it may come in, and where it is in its life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.verdict import Standing, Verdict, judge
from accord.domain.agreement.world import World
from accord.domain.process.admission import Admission
from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Verdict as Door
from accord.domain.process.forum import State
from accord.domain.process.moments import days_after
from accord.domain.record.events import (
    Admitted,
    Disposed,
    Event,
    Incorporated,
    Received,
    Redacted,
    Revised,
    Split,
    Waived,
    Withdrawn,
)
from accord.domain.record.values import Effect, FormFinding, Receipt, Role

Metadata = dict[str, Any]
Examine = Callable[[Metadata, Receipt, "Revision"], tuple[Contribution | None, Admission | None]]


class Others(Protocol):
    """What the case of one contribution asks of others."""

    def dossier(self, number: int) -> Dossier | None:
        """The dossier of another contribution received by now, or None."""

    def requirement(self, number: int) -> Requirement:
        """Whether another contribution is in the text by now, or off the table."""

    def inherited(self, received: Received) -> tuple[Event, ...]:
        """What was said of the contribution that this one was split from, as far as it is about this one."""

    def whole(self, received: Received) -> Revision | None:
        """The version that this one was split from, None if it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One received version. ``receipt`` is the one that counts for its window (see :func:`open_case`).

    ``correct_by`` is the first instant at which a corrected one no longer keeps that time of receipt. ``waived`` are
    the findings of form that the secretariat overruled on it, by rule; ``redacted`` is the act that took its text out
    of reach.
    """

    number: int
    seq: int
    receipt: Receipt
    own_receipt: Receipt
    metadata: Metadata | None
    head: str | None
    base: str | None
    proposal: Effect
    form: tuple[FormFinding, ...]
    role: Role = "source"
    meeting: str = ""
    contribution: Contribution | None = None
    admission: Admission | None = None
    admitted: Admitted | None = None
    waived: tuple[str, ...] = ()
    redacted: Redacted | None = None
    correct_by: datetime | None = None

    @property
    def returned(self) -> bool:
        """Whether something of its form must be corrected before anything else."""
        if self.admitted is not None:
            return False
        errors = (f.rule for f in self.form if f.severity == "error")
        broken = self.metadata is None or any(rule not in self.waived for rule in errors)
        return broken or self.admission is None or self.admission.verdict is Door.RETURNED

    @property
    def counts(self) -> bool:
        """Whether it is before the group: open, admitted with a reason, or drafting work of a meeting (A5)."""
        if self.returned:
            return False
        if self.admitted is not None or self.meeting:
            return True
        return self.admission is not None and self.admission.verdict is Door.OPEN


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything about one contribution at a moment."""

    number: int
    state: State
    received: Received
    revisions: tuple[Revision, ...]
    dossier: Dossier
    verdict: Verdict | None
    disposed: Disposed | None
    incorporated: Incorporated | None

    @property
    def current(self) -> Revision:
        """The version before the group; the newest one where none is."""
        return _newest(self.revisions)

    @property
    def newest(self) -> Revision:
        """The newest version received, whether it counts or not."""
        return self.revisions[-1]

    @property
    def title(self) -> str:
        """Its title, or the name it came under when its description could not be read."""
        metadata = self.current.metadata or self.newest.metadata or {}
        return str(metadata.get("title") or self.received.alias)

    @property
    def taken(self) -> Revised | None:
        """The version by which the contribution it amends took all of it over, if nothing of it is left to do."""
        if self.dossier.onto is None or self.verdict is None or self.verdict.readiness.effect:
            return None
        found = [e for e in self.dossier.onto.events if isinstance(e, Revised) and e.took == self.number]
        return found[-1] if found and self.current.proposal else None

    @property
    def ended(self) -> bool:
        """Whether it is over: disposed of (other than carried over) or withdrawn."""
        return self.state in (State.DISPOSED, State.WITHDRAWN)


def open_case(
    number: int,
    events: Sequence[Event],
    world: World,
    now: datetime,
    examine: Examine,
    others: Others | None = None,
) -> Case:
    """Lay a contribution out at ``now``. ``examine`` applies the rules of the door to metadata and receipt.

    ``others`` answers for the contributions it amends, requires or was split from; None where there are none.
    """
    known = tuple(event for event in events if event.received.earliest <= now)
    first = next(event for event in events if isinstance(event, Received))
    whole = others.whole(first) if others is not None else None
    revisions = _revisions(first, known, world, examine, whole)
    dossier = _dossier(number, known, revisions, world)
    if others is not None:
        dossier = _among(dossier, first, revisions, others)
    verdict = judge(dossier, world, now) if dossier.versions else None
    disposals = [event for event in known if isinstance(event, Disposed)]
    disposed = disposals[-1] if disposals else None
    return Case(
        number=number,
        state=_state(known, revisions, verdict, disposed),
        received=first,
        revisions=revisions,
        dossier=dossier,
        verdict=verdict,
        disposed=disposed,
        incorporated=dossier.incorporated(now),
    )


def _revisions(
    first: Received, events: Sequence[Event], world: World, examine: Examine, whole: Revision | None
) -> tuple[Revision, ...]:
    admitted = {event.revision: event for event in events if isinstance(event, Admitted)}
    rests = {event.seq + 1 for event in events if isinstance(event, Split)}
    out: list[Revision] = []
    received: list[Received | Revised] = [first]
    received += [event for event in events if isinstance(event, Revised)]
    for event in received:
        number = event.revision if isinstance(event, Revised) else 1
        previous = out[-1] if out else None
        metadata = event.metadata
        if metadata is None and isinstance(event, Revised) and previous is not None and not event.form:
            metadata = previous.metadata  # the description was left as it was
        revision = Revision(
            number=number,
            seq=event.seq,
            receipt=_counting_receipt(event, previous, world),
            own_receipt=event.received,
            metadata=metadata,
            head=event.head,
            base=event.base,
            proposal=event.effect,
            form=event.form,
            role=event.by.role,
            meeting=event.meeting if isinstance(event, Revised) else "",
            admitted=admitted.get(number),
            waived=tuple(e.rule for e in events if isinstance(e, Waived) and e.revision == number),
            redacted=next((e for e in events if isinstance(e, Redacted) and number in e.revisions), None),
        )
        split = previous if event.seq in rests else whole if event is first else None
        revision = _let_in_as(split, revision) if split else revision
        revision = replace(revision, correct_by=_correct_by(revision.receipt, world))
        contribution, admission = (
            (None, None) if metadata is None else examine(metadata, revision.receipt, revision)
        )
        out.append(replace(revision, contribution=contribution, admission=admission))
    return tuple(out)


def _let_in_as(whole: Revision, part: Revision) -> Revision:
    """C6. The parts of a version that was split are the same text, so each came in when and as the whole did."""
    return replace(
        part,
        receipt=whole.receipt,
        role=whole.role,
        meeting=whole.meeting,
        admitted=part.admitted or whole.admitted,
        waived=(*whole.waived, *part.waived),
    )


def _counting_receipt(event: Received | Revised, previous: Revision | None, world: World) -> Receipt:
    """A timely contribution returned for its form keeps its receipt time if corrected in time, text unchanged."""
    if previous is None or not previous.returned or event.effect != previous.proposal:
        return event.received
    by = _correct_by(previous.receipt, world)
    return previous.receipt if event.received.latest < by else event.received


def _correct_by(receipt: Receipt, world: World) -> datetime:
    state = world.at(receipt.latest)
    return days_after(receipt.latest, state.rules.correction_days, state.timetable.zone)


def _dossier(number: int, events: Sequence[Event], revisions: Sequence[Revision], world: World) -> Dossier:
    counting = [revision for revision in revisions if revision.counts]
    newest = _newest(revisions)
    contribution = newest.contribution
    entity = newest.admission.entity if newest.admission else None
    return Dossier(
        subject=str(number),
        events=tuple(events),
        versions=tuple(
            Version(number=r.number, moment=_since(r), seq=r.seq, proposal=r.proposal) for r in counting
        ),
        source=entity or "",
        cosigners=_listed(contribution.cosigners if contribution else (), newest, world),
    )


def _newest(revisions: Sequence[Revision]) -> Revision:
    """The version before the group; the newest one where none is."""
    counting = [revision for revision in revisions if revision.counts]
    return counting[-1] if counting else revisions[-1]


def _among(dossier: Dossier, first: Received, revisions: Sequence[Revision], others: Others) -> Dossier:
    """The dossier with what it inherited, what it requires and what it amends."""
    contribution = _newest(revisions).contribution
    amends = contribution.amends if contribution else None
    # Only what came earlier can be amended, so that no two amend each other.
    onto = others.dossier(amends) if amends and amends < int(dossier.subject) else None
    wanted = dict.fromkeys((*(contribution.requires if contribution else ()), *([amends] if amends else ())))
    requires = tuple(others.requirement(number) for number in wanted)
    return replace(dossier, inherited=others.inherited(first), requires=requires, onto=onto)


def _listed(names: Sequence[str], revision: Revision, world: World) -> tuple[str, ...]:
    """Co-signers by entity id where the list of nominated experts knows them, else as written."""
    entities = world.at(revision.own_receipt.latest).experts.entities
    ids = {name.casefold(): entity.id for entity in entities for name in (entity.id, entity.name)}
    return tuple(ids.get(name.casefold(), name) for name in names)


def _since(revision: Revision) -> datetime:
    """From when a version counts: its own receipt, or the moment it was admitted."""
    if revision.admitted is not None:
        return max(revision.own_receipt.latest, revision.admitted.received.latest)
    return revision.own_receipt.latest


_STATES = {
    Standing.OPEN: State.OPEN,
    Standing.IN_CALL: State.IN_CALL,
    Standing.READY: State.READY,
    Standing.NOT_YET_AGREED: State.NOT_YET_AGREED,
    Standing.AGREED: State.AGREED,
    Standing.AD_REFERENDUM: State.AD_REFERENDUM,
    Standing.NOT_AGREED: State.NOT_AGREED,
    Standing.TO_BE_CONFIRMED: State.TO_BE_CONFIRMED,
    Standing.REOPENED: State.REOPENED,
    Standing.ADOPTED: State.ADOPTED,
}

_DOORS = {
    Door.HELD: State.HELD,
    Door.UNDETERMINED: State.UNDETERMINED,
    Door.REFUSED: State.REFUSED,
    Door.RETURNED: State.RETURNED,
    Door.OPEN: State.OPEN,
}


def _state(
    events: Sequence[Event],
    revisions: Sequence[Revision],
    verdict: Verdict | None,
    disposed: Disposed | None,
) -> State:
    if any(isinstance(event, Withdrawn) for event in events):
        return State.WITHDRAWN
    if disposed is not None and disposed.disposition != "carried-over":
        return State.DISPOSED
    if verdict is None:
        newest = revisions[-1]
        if newest.returned or newest.admission is None:
            return State.RETURNED
        return _DOORS[newest.admission.verdict]
    if verdict.contested:
        return State.CONTESTED
    return _STATES[verdict.standing]
