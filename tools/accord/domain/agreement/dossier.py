"""A dossier: everything recorded about one subject, laid out for the rules of agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.domain.agreement.effect import Agreed, document_effect, effect_against
from accord.domain.agreement.world import World
from accord.domain.record.events import Event, Incorporated
from accord.domain.record.values import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a contribution that counts: from when, and what it proposes relative to its own base."""

    number: int
    moment: datetime
    seq: int
    proposal: Effect


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One subject (a contribution, or an Opinion as it reads) with its events in the order of the record.

    ``versions`` holds only those received in time or admitted; an Opinion as it reads has none.
    ``source`` and ``cosigners`` are entities that hold no position on it (C3).
    """

    subject: str
    events: tuple[Event, ...]
    versions: tuple[Version, ...] = ()
    path: str = ""
    source: str = ""
    cosigners: tuple[str, ...] = ()

    def as_of(self, *, received_by: datetime | None = None, seq_below: int | None = None) -> Dossier:
        """The same dossier with only what was received by a moment, or stood earlier in the record."""
        return Dossier(
            subject=self.subject,
            events=tuple(_within(self.events, received_by, seq_below)),
            versions=tuple(
                v
                for v in self.versions
                if (received_by is None or v.moment <= received_by)
                and (seq_below is None or v.seq < seq_below)
            ),
            path=self.path,
            source=self.source,
            cosigners=self.cosigners,
        )

    def effect(self, world: World, moment: datetime) -> Effect:
        """The effect at a moment, against the newest state of the agreed text seen by then (C5).

        Once its text is in the agreed text, the effect stays the one with which it came there.
        """
        for event in reversed(self.events):
            if isinstance(event, Incorporated) and event.received.earliest <= moment:
                return event.effect
        return self._effect_on(world.at(moment).agreed, moment)

    def changes(self, world: World, since: datetime, until: datetime) -> Sequence[tuple[datetime, Effect]]:
        """Each moment after ``since`` at which the effect may read differently, with the effect from then on."""
        moments = {v.moment for v in self.versions if since < v.moment <= until}
        moments |= {state.recorded for state in world.between(since, until)}
        return [(moment, self.effect(world, moment)) for moment in sorted(moments)]

    def _effect_on(self, agreed: Agreed, moment: datetime) -> Effect:
        if self.path:
            return document_effect(agreed, self.path)
        current = [version for version in self.versions if version.moment <= moment]
        return effect_against(current[-1].proposal, agreed) if current else ()


def _within(events: Iterable[Event], received_by: datetime | None, seq_below: int | None) -> Iterable[Event]:
    for event in events:
        if received_by is not None and event.received.earliest > received_by:
            continue
        if seq_below is not None and event.seq >= seq_below:
            continue
        yield event
