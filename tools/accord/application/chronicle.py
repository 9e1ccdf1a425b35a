"""A chronicle: the record at one commit, read as events, with the states of main it saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accord.application.ports import JsonObject, RecordView
from accord.application.seen import FactCache, SeenState
from accord.domain.canonical import fact_digest
from accord.domain.findings import Exit, Place, refuse
from accord.domain.record.codec import MalformedEvent, event_from_json
from accord.domain.record.events import Cut, Event, MainSeen, Posted, Synced

if TYPE_CHECKING:
    from accord.domain.agreement.world import World

PROCESS = "process"
MAIN = "main"
SYNCED = "synced"


def stream_of(subject: str) -> str:
    """The stream that holds the events of a subject: a contribution number, or `opinions/<id>`."""
    if subject.isdigit():
        return f"contributions/{subject}"
    return f"documents/{subject.partition('/')[2]}"


def decoded(values: Iterable[JsonObject]) -> tuple[Event, ...]:
    """Events from their JSON.

    Raises:
        Refused: one is malformed (exit FINDINGS); the place is its running number.
    """
    out = []
    for value in values:
        try:
            out.append(event_from_json(value))
        except MalformedEvent as problem:
            raise refuse(
                "record-event",
                f"An event of the record cannot be read: {problem}.",
                fix="Use the version of accord that wrote it, or go back to the last good commit of the record.",
                place=Place(file="record", path=f"event {value.get('seq')}"),
                exit_code=Exit.FINDINGS,
            ) from problem
    return tuple(out)


def drafts_at(process: Iterable[Event], moment: datetime) -> tuple[str, ...]:
    """Drafts tagged or posted by a moment."""
    found: dict[str, None] = {}
    for event in process:
        if isinstance(event, (Cut, Posted)) and event.recorded <= moment:
            found[event.draft] = None
    return tuple(found)


class Chronicle:
    """Reads what is asked for, once. ``pending`` events and facts are those about to be appended.

    ``allocated`` says that they take the next contribution number.
    """

    def __init__(self, view: RecordView, cache: FactCache) -> None:
        self.view = view
        self._cache = cache
        self._facts: dict[str, Any] = {}
        self._pending: list[Event] = []
        self._streams: dict[str, tuple[Event, ...]] = {}
        self._all: tuple[Event, ...] | None = None
        self._world: World | None = None
        self.allocated = False

    @property
    def pending(self) -> tuple[Event, ...]:
        """Events added in this chronicle that the record does not have yet, in order."""
        return tuple(self._pending)

    @property
    def pending_facts(self) -> tuple[Any, ...]:
        """Facts that go with them."""
        return tuple(self._facts.values())

    @property
    def next_seq(self) -> int:
        """The running number of the next event."""
        return self.view.head.events + len(self._pending) + 1

    def add_fact(self, value: Any) -> str:
        """Keep a JSON value with the batch; its digest."""
        digest = fact_digest(value)
        self._facts[digest] = value
        return digest

    def add(self, event: Event) -> None:
        """Add an event to the batch (with its running number) and to what is read from here on."""
        self._pending.append(event)
        self._world = None

    def fact(self, digest: str) -> Any:
        """A fact of the record or of the batch."""
        if digest in self._facts:
            return self._facts[digest]
        return self.view.fact(digest)

    def events(self, subject: str) -> tuple[Event, ...]:
        """The events about one subject, in the order of the record."""
        stream = stream_of(subject)
        if stream not in self._streams:
            self._streams[stream] = self._read(stream)
        added = tuple(event for event in self._pending if event.subject == subject)
        return self._streams[stream] + added

    def process(self) -> tuple[Event, ...]:
        """The acts of the process that are about no single subject."""
        if PROCESS not in self._streams:
            self._streams[PROCESS] = self._read(PROCESS)
        added = (e for e in self._pending if not e.subject and not isinstance(e, (MainSeen, Synced)))
        return (*self._streams[PROCESS], *added)

    def everything(self) -> tuple[Event, ...]:
        """Every event, by running number."""
        if self._all is None:
            self._all = decoded(self.view.read_all())
        return self._all + tuple(self._pending)

    def by_subject(self) -> Mapping[str, tuple[Event, ...]]:
        """Every event that has a subject, grouped."""
        out: dict[str, list[Event]] = {}
        for event in self.everything():
            if event.subject:
                out.setdefault(event.subject, []).append(event)
        return {subject: tuple(events) for subject, events in out.items()}

    def numbers(self) -> range:
        """The numbers of all contributions."""
        return range(1, self.view.head.contributions + self.allocated + 1)

    def main_seen(self) -> tuple[MainSeen, ...]:
        """Every state of main that was seen."""
        if MAIN not in self._streams:
            self._streams[MAIN] = self._read(MAIN)
        both = (*self._streams[MAIN], *self._pending)
        return tuple(event for event in both if isinstance(event, MainSeen))

    def synced(self) -> datetime | None:
        """Until when everything that the forge showed is here; None before the first look at it."""
        last = self.view.last(SYNCED)
        found = decoded([last] if last else [])
        return found[0].until if found and isinstance(found[0], Synced) else None

    def world(self) -> World:
        """The states seen, for the rules.

        Raises:
            Refused: the record has seen no state of main yet (exit USAGE).
        """
        if self._world is None:
            from accord.domain.agreement.world import World

            seen = self.main_seen()
            if not seen:
                raise refuse(
                    "record-empty",
                    "The record has seen no text yet.",
                    fix="`accord submit` starts it.",
                    exit_code=Exit.USAGE,
                )
            self._world = World([SeenState(event, self.fact, self._cache) for event in seen])
        return self._world

    def posted(self, moment: datetime) -> dict[str, datetime]:
        """Draft → when it was officially posted, as known at a moment (A4); the last entry for a draft counts."""
        return {
            event.draft: event.at
            for event in self.process()
            if isinstance(event, Posted) and event.recorded <= moment
        }

    def _read(self, stream: str) -> tuple[Event, ...]:
        return decoded(self.view.read_stream(stream))
