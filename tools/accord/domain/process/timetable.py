"""The timetable as data: events, windows, and the amendments that change them from a day on (R11, A15)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import Enum

from accord.domain.process.days import Days
from accord.domain.process.moments import Interval


class EventKind(Enum):
    """What an entry of the timetable is."""

    CIRCULAR = "circular"
    POSTING = "posting"
    DEADLINE = "deadline"
    MEETING = "meeting"
    FORUM = "forum"


class ReportForm(Enum):
    """In what form a draft carries the Report."""

    OUTLINE = "outline"
    FULL = "full"
    FINAL = "final"


class OpinionsForm(Enum):
    """In what form a draft carries the draft Opinions (R20-R23)."""

    NONE = "none"
    OUTLINE = "outline"
    POSSIBLE_TEXT = "possible-text"
    TEXT = "text"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a posting must contain; the gates of a draft read it (R20-R23)."""

    report: ReportForm
    opinions: OpinionsForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixing:
    """The days an event was fixed on, and where that was published."""

    days: Days
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the timetable.

    `planned` is the date as the basis states it; :attr:`days` is what counts, the fixed days where there are any.
    `after` names the events that must be over before a posting (R19).
    """

    id: str
    kind: EventKind
    planned: Days
    label: str
    basis: str
    text: tuple[str, ...] = ()
    table: bool = True
    during: str = ""
    virtual: bool = False
    public: bool = False
    contains: Contents | None = None
    after: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    discusses: tuple[str, ...] = ()
    fixing: Fixing | None = None

    @property
    def days(self) -> Days:
        return self.fixing.days if self.fixing else self.planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Admits:
    """A kind of contribution that may come in, and from which classes."""

    kind: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time in which contributions are received: from a posting (`opens`) to another event's end (`closes`)."""

    id: str
    opens: str
    closes: str
    admits: tuple[Admits, ...]
    public: bool = False

    @property
    def draft(self) -> str:
        """The draft that contributions in this window are based on."""
        return self.opens

    def classes_for(self, kind: str) -> tuple[str, ...]:
        """The classes that may send this kind; none if the window doesn't admit it."""
        return next((admits.classes for admits in self.admits if admits.kind == kind), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What an amendment does to one event; what is None stays."""

    event: str
    planned: Days | None = None
    fixing: Fixing | None = None
    basis: str | None = None
    text: tuple[str, ...] | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowChange:
    """What an amendment does to one window; what is None stays."""

    window: str
    admits: tuple[Admits, ...] | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A recorded change of the timetable, in force from the instant it was adopted."""

    adopted: datetime
    basis: str
    changes: tuple[EventChange | WindowChange, ...]


class Passed(Enum):
    """Whether an event is over at a moment."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Every event and window, in order, with the amendments known so far.

    Use :meth:`at` first: it gives the timetable as it was in force at a moment.
    """

    title: str
    basis: str
    page: str
    zone: tzinfo
    events: tuple[Event, ...]
    windows: tuple[Window, ...]
    amendments: tuple[Amendment, ...] = ()

    def at(self, moment: datetime) -> Timetable:
        """The timetable in force at a moment: amendments adopted later are unknown to it (A15)."""
        adopted = sorted((a for a in self.amendments if a.adopted <= moment), key=lambda a: a.adopted)
        events = {event.id: event for event in self.events}
        windows = {window.id: window for window in self.windows}
        for amendment in adopted:
            for change in amendment.changes:
                if isinstance(change, EventChange):
                    if change.event in events:
                        events[change.event] = _amend_event(events[change.event], change, amendment.basis)
                elif change.window in windows:
                    windows[change.window] = _amend_window(windows[change.window], change)
        return replace(self, events=tuple(events.values()), windows=tuple(windows.values()), amendments=())

    def event(self, event_id: str) -> Event:
        """The event of that id; KeyError if there is none."""
        for event in self.events:
            if event.id == event_id:
                return event
        raise KeyError(event_id)

    def window(self, window_id: str) -> Window:
        """The window of that id; KeyError if there is none."""
        for window in self.windows:
            if window.id == window_id:
                return window
        raise KeyError(window_id)

    def of_kind(self, kind: EventKind) -> tuple[Event, ...]:
        """The events of one kind, in order."""
        return tuple(event for event in self.events if event.kind is kind)

    @property
    def drafts(self) -> tuple[str, ...]:
        """The ids of all postings, in order: `draft-1` ... `final`."""
        return tuple(event.id for event in self.of_kind(EventKind.POSTING))

    @property
    def final(self) -> str | None:
        """The id of the posting that ends the preparation: the one that contains the final Report, if there is one."""
        for event in self.of_kind(EventKind.POSTING):
            if event.contains and event.contains.report is ReportForm.FINAL:
                return event.id
        return None

    def ends(self, event_id: str) -> Interval:
        """When an event can be over at the earliest and at the latest."""
        return self.event(event_id).days.ends(self.zone)

    def begins(self, event_id: str) -> Interval:
        """When an event can begin at the earliest and at the latest."""
        return self.event(event_id).days.begins(self.zone)

    def passed(self, event_id: str, moment: datetime) -> Passed:
        """Whether an event is over; undetermined while its days are not fixed and it may or may not be (R19, A3)."""
        ends = self.ends(event_id)
        if moment < ends.earliest:
            return Passed.NO
        return Passed.YES if moment >= ends.latest else Passed.UNDETERMINED

    def upcoming(self, moment: datetime) -> tuple[Event, ...]:
        """The events that are not certainly over, the nearest first."""
        left = [event for event in self.events if self.passed(event.id, moment) is not Passed.YES]
        return tuple(sorted(left, key=lambda event: event.days.first))

    def meetings_at(self, moment: datetime) -> tuple[Event, ...]:
        """The meetings that are, or while their days are not fixed may be, in session at a moment (C11)."""
        return tuple(
            event
            for event in self.of_kind(EventKind.MEETING)
            if self.begins(event.id).earliest <= moment < self.ends(event.id).latest
        )

    def nominations_close(self) -> datetime | None:
        """The deadline for nominations, the first instant that is late (R15)."""
        for event in self.events:
            if "nomination" in event.closes:
                return self.ends(event.id).latest
        return None


def _amend_event(event: Event, change: EventChange, basis: str) -> Event:
    # A new planned date without a new fixing withdraws the old fixing: it was about the old date.
    fixing = change.fixing or (None if change.planned else event.fixing)
    return replace(
        event,
        planned=change.planned or event.planned,
        fixing=fixing,
        basis=change.basis or f"{event.basis}; {basis}",
        text=event.text if change.text is None else change.text,
        public=event.public if change.public is None else change.public,
    )


def _amend_window(window: Window, change: WindowChange) -> Window:
    return replace(
        window,
        admits=window.admits if change.admits is None else change.admits,
        public=window.public if change.public is None else change.public,
    )


def table_rows(timetable: Timetable) -> list[tuple[str, str]]:
    """The rows of the Report's Table 1: date or meeting, and what happens, in the timetable's own words."""
    return [(_when(event), " ".join(event.text)) for event in timetable.events if event.table]


def _when(event: Event) -> str:
    days = event.days.show()
    days = days[0].upper() + days[1:]
    if event.kind is not EventKind.MEETING:
        return days
    manner = ", ".join(
        filter(
            None, ["online" if event.virtual else "", f"during the {event.during}" if event.during else ""]
        )
    )
    return f"{event.label} ({', '.join(filter(None, [days, manner]))})"
