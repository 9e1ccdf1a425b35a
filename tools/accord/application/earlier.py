"""The record as it was before one of its events: what could be known when that event was written."""

from __future__ import annotations

from collections.abc import Mapping

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.seen import FactCache
from accord.domain.record.events import Event, MainSeen, Received


class Earlier(Chronicle):
    """A chronicle that shows only events with a running number below ``below``."""

    def __init__(self, whole: Chronicle, cache: FactCache, below: int) -> None:
        super().__init__(whole.view, cache)
        self._whole = whole
        self._below = below

    def events(self, subject: str) -> tuple[Event, ...]:
        """The events about one subject, so far."""
        return self._cut(self._whole.events(subject))

    def process(self) -> tuple[Event, ...]:
        """The acts of the process, so far."""
        return self._cut(self._whole.process())

    def everything(self) -> tuple[Event, ...]:
        """Every event so far."""
        return self._cut(self._whole.everything())

    def by_subject(self) -> Mapping[str, tuple[Event, ...]]:
        """Every event so far that has a subject, grouped."""
        grouped = ((subject, self._cut(events)) for subject, events in self._whole.by_subject().items())
        return {subject: events for subject, events in grouped if events}

    def numbers(self) -> range:
        """The numbers of the contributions received so far."""
        received = [event for event in self.everything() if isinstance(event, Received)]
        return range(1, len(received) + 1)

    def main_seen(self) -> tuple[MainSeen, ...]:
        """The states of main seen so far."""
        return tuple(event for event in self._whole.main_seen() if event.seq < self._below)

    def fact(self, digest: str) -> object:
        """A fact of the record."""
        return self._whole.fact(digest)

    def _cut(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        return tuple(event for event in events if event.seq < self._below)


def cases_before(whole: Chronicle, cache: FactCache, event: Event, below: int) -> Cases:
    """Contributions and Opinions at the moment of an event, with what stood in the record before ``below``."""
    return Cases(Earlier(whole, cache, below), event.acted)
