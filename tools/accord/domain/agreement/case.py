"""A contribution as it stands at a moment: its versions, whether it may come in, and where it is in its life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.revisions import Examine, Revision, newest, revisions, since
from accord.domain.agreement.verdict import Standing, Verdict, judge
from accord.domain.agreement.world import World
from accord.domain.process.door import Verdict as Door
from accord.domain.process.forum import State
from accord.domain.record.events import (
    Disposed,
    Event,
    Incorporated,
    Received,
    Revised,
    Withdrawn,
)


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
        return newest(self.revisions)

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
    found = revisions(first, known, world, examine, whole)
    dossier = _dossier(number, known, found, world)
    if others is not None:
        dossier = _among(dossier, first, found, others)
    verdict = judge(dossier, world, now) if dossier.versions else None
    disposals = [event for event in known if isinstance(event, Disposed)]
    disposed = disposals[-1] if disposals else None
    return Case(
        number=number,
        state=_state(known, found, verdict, disposed),
        received=first,
        revisions=found,
        dossier=dossier,
        verdict=verdict,
        disposed=disposed,
        incorporated=dossier.incorporated(now),
    )


def _dossier(number: int, events: Sequence[Event], revisions: Sequence[Revision], world: World) -> Dossier:
    counting = [revision for revision in revisions if revision.counts]
    shown = newest(revisions)
    contribution = shown.contribution
    entity = shown.admission.entity if shown.admission else None
    return Dossier(
        subject=str(number),
        events=tuple(events),
        versions=tuple(
            Version(number=r.number, moment=since(r), seq=r.seq, proposal=r.proposal) for r in counting
        ),
        source=entity or "",
        cosigners=_listed(contribution.cosigners if contribution else (), shown, world),
    )


def _among(dossier: Dossier, first: Received, revisions: Sequence[Revision], others: Others) -> Dossier:
    """The dossier with what it inherited, what it requires and what it amends."""
    contribution = newest(revisions).contribution
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
        last = revisions[-1]
        if last.returned or last.admission is None:
            return State.RETURNED
        return _DOORS[last.admission.verdict]
    if verdict.contested:
        return State.CONTESTED
    return _STATES[verdict.standing]
