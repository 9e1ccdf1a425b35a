"""A dossier: everything recorded about one subject, laid out for the rules of agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accord.domain.agreement.effect import Agreed, document_effect, effect_against, named, overlaid
from accord.domain.agreement.world import World
from accord.domain.record.events import Disposed, Event, Incorporated, Withdrawn
from accord.domain.record.values import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a contribution that counts: from when, and what it proposes relative to its own base."""

    number: int
    moment: datetime
    seq: int
    proposal: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A contribution that must be in the text before this one, and the act that brought it there if one did.

    ``over`` is the act that took it off the table instead: then it will not come there.
    """

    number: int
    met: Incorporated | None = None
    over: Withdrawn | Disposed | None = None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One subject (a contribution, or an Opinion as it reads) with its events in the order of the record.

    ``versions`` holds only those received in time or admitted; an Opinion as it reads has none.
    ``source`` holds no position on it, nor does one of ``cosigners`` (those its description names) before it has
    itself confirmed (C3). ``inherited`` are the words given on the contribution that this one was split from, and
    ``onto`` is the contribution whose text it amends.
    """

    subject: str
    events: tuple[Event, ...]
    versions: tuple[Version, ...] = ()
    path: str = ""
    source: str = ""
    cosigners: tuple[str, ...] = ()
    inherited: tuple[Event, ...] = ()
    requires: tuple[Requirement, ...] = ()
    onto: Dossier | None = None

    @property
    def heard(self) -> tuple[Event, ...]:
        """Everything that can hold what somebody said, in the order of the record."""
        return (*self.inherited, *self.events)

    def as_of(self, *, received_by: datetime | None = None, seq_below: int | None = None) -> Dossier:
        """The same dossier with only what was received by a moment, or stood earlier in the record."""
        return replace(
            self,
            events=tuple(_within(self.events, received_by, seq_below)),
            inherited=tuple(_within(self.inherited, received_by, seq_below)),
            versions=tuple(
                v
                for v in self.versions
                if (received_by is None or v.moment <= received_by)
                and (seq_below is None or v.seq < seq_below)
            ),
            requires=tuple(_as_of(one, received_by, seq_below) for one in self.requires),
            onto=self.onto and self.onto.as_of(received_by=received_by, seq_below=seq_below),
        )

    def effect(self, world: World, moment: datetime) -> Effect:
        """The effect at a moment, against the newest state of the agreed text seen by then (C5).

        Once its text is in the agreed text, the effect stays the one with which it came there.
        """
        act = self.incorporated(moment)
        return act.effect if act else self._effect_on(self.ground(world, moment), moment)

    def ground(self, world: World, moment: datetime) -> Agreed:
        """The text it is about: the agreed text; for an amendment with what it amends put in, until that is there.

        What the amended contribution added keeps the ids it gave, also once the agreed text has it under another.
        """
        if self.onto is None:
            return world.at(moment).agreed
        below = self.onto.ground(world, moment)
        act = self.onto.incorporated(moment)
        return named(below, act.ids) if act else overlaid(below, self.onto.effect(world, moment))

    @property
    def ids_below(self) -> Mapping[str, str]:
        """For an amendment: the ids of what the amended contribution added → those they have in the agreed text."""
        met = [one.met for one in self.requires if self.onto and self.onto.subject == str(one.number)]
        return met[0].ids if met and met[0] else {}

    def incorporated(self, moment: datetime) -> Incorporated | None:
        """The act by which its text entered the agreed text, if it did by a moment."""
        for event in reversed(self.events):
            if isinstance(event, Incorporated) and event.received.earliest <= moment:
                return event
        return None

    def changes(self, world: World, since: datetime, until: datetime) -> Sequence[tuple[datetime, Effect]]:
        """Each moment after ``since`` at which the effect may read differently, with the effect from then on."""
        moments = {version.moment for version in self.versions if since < version.moment <= until}
        if self.onto is not None:
            moments |= {moment for moment, _ in self.onto.changes(world, since, until)}
        moments |= {state.recorded for state in world.between(since, until)}
        return [(moment, self.effect(world, moment)) for moment in sorted(moments)]

    def _effect_on(self, agreed: Agreed, moment: datetime) -> Effect:
        if self.path:
            return document_effect(agreed, self.path)
        current = [version for version in self.versions if version.moment <= moment]
        return effect_against(current[-1].proposal, agreed) if current else ()


def _as_of(one: Requirement, received_by: datetime | None, seq_below: int | None) -> Requirement:
    met = one.met if one.met and any(_within((one.met,), received_by, seq_below)) else None
    over = one.over if one.over and any(_within((one.over,), received_by, seq_below)) else None
    return replace(one, met=met, over=over)


def _within(events: Iterable[Event], received_by: datetime | None, seq_below: int | None) -> Iterable[Event]:
    for event in events:
        if received_by is not None and event.received.earliest > received_by:
            continue
        if seq_below is not None and event.seq >= seq_below:
            continue
        yield event
