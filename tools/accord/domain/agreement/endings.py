"""How an objection ends: only by an act that names it, and never in silence (C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.world import World
from accord.domain.record.events import Asked, Confirmed, Event, ObjectionEnded, Position, Split
from accord.domain.record.values import Actor, Effect

How = Literal["withdrawn", "met", "disposed", "set-aside", "lapsed", "moved"]
RULE: dict[How, str] = {
    "withdrawn": "C6",
    "met": "C6",
    "disposed": "C2",
    "set-aside": "C6",
    "lapsed": "C6",
    "moved": "C6",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How an objection ended: the way, the act that names it and who did it, when, and the reason.

    ``into`` is the contribution in which it lives on, if it moved there with its clauses.
    """

    how: How
    by: Actor
    at: datetime
    seq: int
    reason: str = ""
    into: int | None = None

    @property
    def rule(self) -> str:
        """The rule that lets it end so."""
        return RULE[self.how]


class Ways:
    """The acts on one dossier, by ``now``, by which its objections can end."""

    def __init__(self, dossier: Dossier, world: World, now: datetime) -> None:
        self._world = world
        self._now = now
        self._events = dossier.heard
        self._touched = {entry.id for entry in dossier.effect(world, now)}
        # C10. An act that may not have come yet ends nothing.
        self._known = tuple(event for event in dossier.heard if event.received.latest <= now)

    def asked(self, objection: str) -> Asked | None:
        """The newest request to the owner of an objection."""
        asked = [e for e in self._known if isinstance(e, Asked) and e.objection == objection]
        return max(asked, key=lambda event: (event.received.latest, event.seq), default=None)

    def confirmed(self, target: int, entity: str, after: int = 0) -> bool:
        """Whether experts of the owner confirmed the entry ``target`` (after an event of the record)."""
        return any(
            isinstance(event, Confirmed)
            and event.target == target
            and event.seq > after
            and event.entity in self._world.heirs(entity, event.received.latest)
            for event in self._events
            if event.received.earliest <= self._now
        )

    def end(self, objection: str, entity: str, seq: int, clauses: Effect) -> End | None:
        """The end of an objection that ``entity`` raised in event ``seq``; None while it stands.

        C6. Withdrawn by its owner, or confirmed as met by its owner; where it has several, by each of them. C2.
        Disposed of by a chair when nobody owns it any more. Where the rules allow it set aside by a chair with a
        reason, or lapsed when a recorded request was not answered in time. Moved with its ``clauses`` by a split.
        """
        acts = [
            event
            for event in self._known
            if isinstance(event, ObjectionEnded) and event.objection == objection and event.seq >= seq
        ]
        for event in acts:
            if self._is_the_chairs(event, entity) or self._is_the_owners(event, acts, entity):
                return End(
                    how=event.how, by=event.by, at=event.received.latest, seq=event.seq, reason=event.reason
                )
        return self._moved(objection, clauses) or self._lapsed(objection, entity, seq)

    def _is_the_chairs(self, event: ObjectionEnded, entity: str) -> bool:
        if event.by.role != "chair":
            return False
        moment = event.received.latest
        if event.how == "disposed":
            return bool(event.reason) and not self._world.heirs(entity, moment)
        if event.how == "set-aside":
            return self._world.at(moment).rules.set_aside_allowed and bool(event.reason)
        return False

    def _is_the_owners(self, event: ObjectionEnded, acts: list[ObjectionEnded], entity: str) -> bool:
        """Whether with this act each owner has said that it ends."""
        if event.how in ("disposed", "set-aside"):
            return False
        owners = self._world.heirs(entity, event.received.latest)
        earlier = [one for one in acts if one.seq <= event.seq]
        return bool(owners) and all(any(self._said_by(owner, one) for one in earlier) for owner in owners)

    def _said_by(self, owner: str, event: ObjectionEnded) -> bool:
        """C14. Said through the secretariat it holds only when the owner's experts confirmed it, or in a meeting."""
        if event.how in ("disposed", "set-aside"):
            return False
        if event.by.role == "expert":
            return self._speaks_for(owner, event)
        return bool(event.meeting) or any(
            isinstance(one, Confirmed) and one.target == event.seq and one.entity == owner
            for one in self._known
        )

    def _speaks_for(self, owner: str, event: Event) -> bool:
        """Whether the one acting is an expert of the owner, or nobody that the list knows as another entity's."""
        moment = event.received.latest
        entities = {
            one.entity
            for one in self._world.at(moment).experts.at(moment).experts
            if (one.account == event.by.id if one.account is not None else one.name == event.by.name)
        }
        return not entities or owner in entities

    def _moved(self, objection: str, clauses: Effect) -> End | None:
        """It lives on in the part; and it stands here again should one of its clauses be proposed here again."""
        if any(entry.id in self._touched for entry in clauses):
            return None
        for event in self._known:
            if isinstance(event, Split) and objection in event.objections:
                return End(
                    how="moved",
                    by=event.by,
                    at=event.received.latest,
                    seq=event.seq,
                    reason=event.reason,
                    into=event.into,
                )
        return None

    def _lapsed(self, objection: str, entity: str, seq: int) -> End | None:
        """C6. The rules let an objection lapse when a recorded request to its owner was not answered in time.

        An answer is whatever keeps it: its owner says that it stands, or objects again. Words of support are none,
        so that they never keep an objection alive (C10).
        """
        for event in self._known:
            if not isinstance(event, Asked) or event.objection != objection or self._now < event.until:
                continue
            rules = self._world.at(event.received.latest).rules
            long_enough = event.until - event.received.latest >= timedelta(days=rules.lapse_days)
            if (
                not rules.objections_may_lapse
                or not long_enough
                or not self._world.heirs(entity, event.until)
            ):
                continue
            if not self._answered(event, entity, seq):
                return End(how="lapsed", by=event.by, at=event.until, seq=event.seq, reason=event.reason)
        return None

    def _answered(self, request: Asked, entity: str, seq: int) -> bool:
        owners = self._world.heirs(entity, request.until)
        for event in self._events:
            after = (event.received.earliest, event.seq) > (request.received.earliest, request.seq)
            if not after or event.received.earliest >= request.until:
                continue
            if isinstance(event, Confirmed) and event.target == seq and event.entity in owners:
                return True
            if isinstance(event, Position) and event.stance == "object" and event.entity in owners:
                return True
        return False
