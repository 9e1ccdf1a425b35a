"""Objections: each has an id, accumulates, and ends only by an act that names it (C6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.voices import counting
from accord.domain.agreement.world import World
from accord.domain.record.events import Confirmed, Event, ObjectionEnded, Outcome, Position
from accord.domain.record.values import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection: whose, since when, on which clauses, and how it ended if it did.

    ``counts`` tells whether it withholds readiness (C2); one that doesn't is heard and shown with ``why_not``.
    ``owner`` is the entity it belongs to now: the one that raised it, or its named successor.
    """

    id: str
    entity: str
    owner: str
    raised: datetime
    seq: int
    clauses: tuple[Entry, ...]
    reason: str = ""
    counts: bool = True
    why_not: str = ""
    orphaned: bool = False
    ended: ObjectionEnded | None = None

    @property
    def stands(self) -> bool:
        """Whether it withholds readiness."""
        return self.counts and self.ended is None


def meeting_objection_id(subject: str, meeting: str, entity: str) -> str:
    """The id of an objection stated in a meeting and recorded in its outcome."""
    return f"{subject}-{meeting}-{entity}"


def objections(dossier: Dossier, world: World, now: datetime) -> tuple[Objection, ...]:
    """Every objection raised by ``now``, standing or ended, in the order of the record."""
    found: dict[str, Objection] = {}
    # C10. An act that may not have come yet ends nothing.
    known = [event for event in dossier.events if event.received.latest <= now]
    endings = [event for event in known if isinstance(event, ObjectionEnded)]
    confirmed = [event for event in known if isinstance(event, Confirmed)]
    for objection in _raised(dossier, now):
        why_not = counting(dossier, world, objection.entity, objection.raised)
        if not why_not and not objection.reason and world.at(objection.raised).rules.objection_needs_reason:
            # C4. Preset data says whether an objection stands without a reason.
            why_not = "the rules ask for a reason, and none was given"
        owner, orphaned = _owner(world, objection.entity, now)
        candidate = replace(objection, owner=owner, counts=not why_not, why_not=why_not, orphaned=orphaned)
        ended = next((e for e in endings if _ends(e, candidate, confirmed, world)), None)
        found[objection.id] = replace(candidate, ended=ended)
    return tuple(found.values())


def _raised(dossier: Dossier, now: datetime) -> Iterator[Objection]:
    for event in dossier.events:
        if event.received.earliest > now:
            continue
        if isinstance(event, Position) and event.stance == "object":
            yield _objection(event.objection, event.entity, event, event.effect, event.reason)
        elif isinstance(event, Outcome):
            for said in event.objections:
                id_ = meeting_objection_id(event.subject, event.meeting, said.entity)
                yield _objection(id_, said.entity, event, event.effect, said.text)


def _objection(id_: str, entity: str, event: Event, clauses: tuple[Entry, ...], reason: str) -> Objection:
    return Objection(
        id=id_,
        entity=entity,
        owner=entity,
        raised=event.received.earliest,
        seq=event.seq,
        clauses=clauses,
        reason=reason,
    )


def _owner(world: World, entity: str, now: datetime) -> tuple[str, bool]:
    """C2. When an entity leaves, its objections pass to a named successor, else a chair disposes of them."""
    owner, seen = entity, {entity}
    while world.entity(owner, now) is None:
        successor = world.successor(owner, now)
        if not successor or successor in seen:
            return entity, True
        owner = successor
        seen.add(owner)
    return owner, False


def _ends(event: ObjectionEnded, objection: Objection, confirmed: Sequence[Confirmed], world: World) -> bool:
    """Whether this act ends this objection.

    C6. Withdrawn by its owner, or confirmed as met by its owner. C2. Disposed of by a chair when its owner has
    left without a successor. C14. Said through the secretariat it ends only when the owner's experts confirmed
    it or it was said in a recorded meeting.
    """
    if event.objection != objection.id or event.seq < objection.seq:
        return False
    if event.how == "disposed":
        return event.by.role == "chair" and _owner(world, objection.entity, event.received.latest)[1]
    if event.by.role == "expert":
        return not _speaks_for_another(event, objection, world)
    return bool(event.meeting) or any(
        one.target == event.seq and one.entity == _owner(world, objection.entity, one.received.latest)[0]
        for one in confirmed
    )


def _speaks_for_another(event: ObjectionEnded, objection: Objection, world: World) -> bool:
    """Whether the list of nominated experts knows the one acting only as an expert of another entity."""
    moment = event.received.latest
    owner, _ = _owner(world, objection.entity, moment)
    listed = world.at(moment).experts.at(moment).experts
    entities = {
        one.entity
        for one in listed
        if (one.account == event.by.id if one.account is not None else one.name == event.by.name)
    }
    return bool(entities) and owner not in entities
