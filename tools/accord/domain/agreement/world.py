"""What was known of the world, and when: experts, rules, timetable and agreed text as the record saw them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from accord.domain.agreement.effect import Agreed
from accord.domain.process.forum import Forum
from accord.domain.process.people import Entity, ExpertsList
from accord.domain.process.rules import Rules
from accord.domain.process.timetable import Timetable


class Seen(Protocol):
    """One state of the main branch as the tool saw it: the agreed text and the process files then."""

    @property
    def recorded(self) -> datetime: ...
    @property
    def seq(self) -> int: ...
    @property
    def commit(self) -> str: ...
    @property
    def agreed(self) -> Agreed: ...
    @property
    def experts(self) -> ExpertsList: ...
    @property
    def rules(self) -> Rules: ...
    @property
    def timetable(self) -> Timetable: ...
    @property
    def forum(self) -> Forum: ...


class World:
    """The states seen, in order; each question names the moment it is about."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        """``seen`` must be in the order of the record and not empty."""
        if not seen:
            raise ValueError("a world without a state of the agreed text")
        self.seen = tuple(seen)
        self._moments = [state.recorded for state in seen]

    def at(self, moment: datetime) -> Seen:
        """The newest state seen by then, so that a backdated change never alters an earlier verdict.

        Before the first state seen, the first one.
        """
        return self.seen[max(bisect_right(self._moments, moment) - 1, 0)]

    def known_before(self, seq: int) -> World:
        """The world as it was before an event of the record: of states seen at the same instant only earlier ones."""
        known = [state for state in self.seen if state.seq < seq]
        return World(known or self.seen[:1])

    def between(self, since: datetime, until: datetime) -> tuple[Seen, ...]:
        """States seen after ``since`` and not after ``until``."""
        return self.seen[bisect_right(self._moments, since) : bisect_right(self._moments, until)]

    def entity(self, entity: str, moment: datetime) -> Entity | None:
        """The entity if it is on the list of nominated experts at this moment, else None (C2)."""
        return self.at(moment).experts.at(moment).entity(entity)

    def heirs(self, entity: str, moment: datetime) -> tuple[str, ...]:
        """Who speaks for an entity at this moment, by the list known then (C2)."""
        return self.at(moment).experts.heirs(entity, moment)
