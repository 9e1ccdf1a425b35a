"""Objections: each has an id, accumulates, and ends only by an act that names it (C6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.endings import End, Ways
from accord.domain.agreement.voices import counting
from accord.domain.agreement.world import World
from accord.domain.process.moments import days_after
from accord.domain.record.events import Asked, Event, Outcome, Position
from accord.domain.record.values import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection: whose, since when, on which clauses, and how it ended if it did.

    ``counts`` tells whether it withholds readiness (C2); one that doesn't is heard and shown with ``why_not``.
    ``said`` is the name that the rules give it. ``owners`` are the entities it belongs to now: the one that raised
    it, or its named successors; none is left of an ``orphaned`` one. ``words`` are those in which it was read if it
    was not given as an objection, and ``confirmed`` says that its owner since said that it stands. ``asked`` is the
    newest request to its owner, and ``escalates`` the first instant from which the chairs take it up.
    """

    id: str
    entity: str
    owners: tuple[str, ...]
    raised: datetime
    seq: int
    clauses: tuple[Entry, ...]
    said: str = "object"
    reason: str = ""
    counts: bool = True
    why_not: str = ""
    words: str = ""
    confirmed: bool = False
    asked: Asked | None = None
    escalates: datetime | None = None
    ended: End | None = None

    @property
    def orphaned(self) -> bool:
        """Whether nobody is left to whom it belongs."""
        return not self.owners

    @property
    def stands(self) -> bool:
        """Whether it withholds readiness."""
        return self.counts and self.ended is None


def meeting_objection_id(subject: str, meeting: str, entity: str) -> str:
    """The id of an objection stated in a meeting and recorded in its outcome."""
    return f"{subject}-{meeting}-{entity}"


def objections(dossier: Dossier, world: World, now: datetime) -> tuple[Objection, ...]:
    """Every objection raised by ``now``, standing or ended, in the order of the record."""
    found: dict[tuple[str, str], Objection] = {}  # no entity takes the place of another's by its id
    ways = Ways(dossier, world, now)
    for objection in _raised(dossier, now):
        said_before = found.get((objection.id, objection.entity))
        if said_before is not None and said_before.stands:
            continue  # C10. Said again in the same meeting, with less, it takes nothing away from what stands.
        why_not = counting(dossier, world, objection.entity, objection.raised, now, "object")
        rules = world.at(objection.raised).rules
        given = objection.reason or objection.words
        if not why_not and not given and rules.objection_needs_reason:
            # C4. Preset data says whether an objection stands without a reason. C6. Words read as one say theirs.
            why_not = "the rules ask for a reason, and none was given"
        asked = ways.asked(objection.id)
        found[objection.id, objection.entity] = replace(
            objection,
            owners=world.heirs(objection.entity, now),
            counts=not why_not,
            why_not=why_not,
            confirmed=ways.confirmed(objection.seq, objection.entity),
            asked=asked,
            escalates=_escalates(objection, asked, world),
            ended=ways.end(objection.id, objection.entity, objection.seq, objection.clauses),
        )
    return tuple(found.values())


def _escalates(objection: Objection, asked: Asked | None, world: World) -> datetime | None:
    """C6. A stuck objection goes to the chairs: so many days after it was raised, or when a request is not answered."""
    state = world.at(objection.raised)
    days = state.rules.escalate_days
    ends = [days_after(objection.raised, days, state.experts.zone)] if days else []
    ends += [asked.until] if asked else []
    return min(ends, default=None)


def _raised(dossier: Dossier, now: datetime) -> Iterator[Objection]:
    for event in dossier.heard:
        if event.received.earliest > now:
            continue
        if isinstance(event, Position) and event.stance == "object":
            found = _objection(event.objection, event.entity, event, event.effect, event.reason)
            yield replace(found, words=event.words, said=event.said or event.stance)
        elif isinstance(event, Outcome):
            for said in event.objections:
                id_ = meeting_objection_id(event.subject, event.meeting, said.entity)
                yield _objection(id_, said.entity, event, event.effect, said.text)


def _objection(id_: str, entity: str, event: Event, clauses: tuple[Entry, ...], reason: str) -> Objection:
    return Objection(
        id=id_,
        entity=entity,
        owners=(entity,),
        raised=event.received.earliest,
        seq=event.seq,
        clauses=clauses,
        reason=reason,
    )
