"""The timetable as an iCalendar file: what calendars subscribe to and phones open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from accord.domain.process.forum import Forum
from accord.domain.process.moments import show_until
from accord.domain.process.timetable import Amendment, Event, EventChange, EventKind, Timetable
from accord.domain.process.windows import WindowTimes, window_times
from accord.render.document_sheet import REHEARSAL

if TYPE_CHECKING:
    from icalendar import Event as Entry

NOT_FIXED = "date not fixed yet"
_PRODUCT = "-//Accord//unofficial working aid//EN"
_CATEGORIES = {
    EventKind.CIRCULAR: "Circular letter",
    EventKind.POSTING: "Posting",
    EventKind.DEADLINE: "Deadline",
    EventKind.MEETING: "Meeting",
    EventKind.FORUM: "Forum",
}
_OUTSIDE = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An entry as plain values; ``start`` and ``end`` are instants, or days of which the last is excluded."""

    id: str
    title: str
    category: str
    start: datetime | date
    end: datetime | date | None
    fixed: bool
    busy: bool
    place: str
    lines: tuple[str, ...]
    changes: tuple[Amendment, ...]
    posted: bool = False


def calendar_ics(
    timetable: Timetable,
    *,
    forum: Forum,
    posted: Mapping[str, datetime],
    moment: datetime,
    rehearsal: bool = False,
) -> bytes:
    """One entry for each event of the timetable in force at the moment, and one for each window.

    A deadline stands at its last second, in UTC; a day that is not fixed is a tentative span of whole days. An entry's
    id stays the same whatever amendments change, and its sequence counts them. ``posted`` are recorded postings, which
    open windows and count too.
    """
    from icalendar import Calendar

    notices = [*([REHEARSAL] if rehearsal else []), f"{forum.notice} {forum.page}"]
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _clean(forum.short_name))
    calendar.add("x-wr-caldesc", _clean(" ".join([f"{timetable.title}.", *notices])))
    for told in _entries(timetable, posted, moment):
        calendar.add_component(_entry(told, forum, timetable.page, moment, notices))
    return bytes(calendar.to_ical())


def _entries(timetable: Timetable, posted: Mapping[str, datetime], moment: datetime) -> list[_Told]:
    """All entries, in the order of the timetable: events first, then windows."""
    current = timetable.at(moment)
    adopted = tuple(sorted((a for a in timetable.amendments if a.adopted <= moment), key=lambda a: a.adopted))
    told = [_event(event, current, adopted) for event in current.events]
    windows = window_times(current, posted)
    return told + [_window(times, current, adopted, times.window.opens in posted) for times in windows]


def _event(event: Event, timetable: Timetable, adopted: tuple[Amendment, ...]) -> _Told:
    lines = list(event.text)
    start: datetime | date = event.days.first
    end: datetime | date | None = event.days.last + timedelta(days=1)
    if event.kind is EventKind.DEADLINE and event.days.fixed:
        ends = timetable.ends(event.id).latest
        start, end = ends - timedelta(seconds=1), None
        lines.append(f"What is received until {show_until(ends, timetable.zone)} is in time.")
    if not event.days.fixed:
        lines.append(f"Its {NOT_FIXED}: {event.days.show()}.")
    lines.append(f"Basis: {event.basis}")
    if event.fixing:
        lines.append(f"Days fixed by: {event.fixing.source}")
    where = ("online" if event.virtual else "", f"during the {event.during}" if event.during else "")
    return _Told(
        id=event.id,
        title=event.label,
        category=_CATEGORIES[event.kind],
        start=start,
        end=end,
        fixed=event.days.fixed,
        busy=event.kind in {EventKind.MEETING, EventKind.FORUM} and event.days.fixed,
        place=", ".join(filter(None, where)),
        lines=tuple(lines),
        changes=tuple(a for a in adopted if _touches(a, {event.id}, "")),
    )


def _window(times: WindowTimes, timetable: Timetable, adopted: tuple[Amendment, ...], posted: bool) -> _Told:
    window, opens, closes = times.window, times.opens, times.closes
    fixed = opens.exact and closes.exact
    zone = timetable.zone
    lines = [f"Contributions based on {window.draft} are received.", "It admits:"]
    lines += [f"- {admits.kind}: as {' or '.join(admits.classes)}" for admits in window.admits]
    lines.append("The public may take part." if window.public else "No public consultation is open in it.")
    known = f"It is open until {show_until(closes.latest, zone)}."
    lines.append(known if fixed else f"Its {NOT_FIXED}.")
    return _Told(
        id=f"window-{window.id}",
        title=f"Window {window.id} is open",
        category="Window",
        start=opens.earliest if fixed else opens.earliest.astimezone(zone).date(),
        end=closes.latest if fixed else closes.latest.astimezone(zone).date(),
        fixed=fixed,
        busy=False,
        place="",
        lines=tuple(lines),
        changes=tuple(a for a in adopted if _touches(a, {window.opens, window.closes}, window.id)),
        posted=posted,
    )


def _touches(amendment: Amendment, events: set[str], window: str) -> bool:
    return any(
        change.event in events if isinstance(change, EventChange) else change.window == window
        for change in amendment.changes
    )


def _entry(told: _Told, forum: Forum, page: str, moment: datetime, notices: Sequence[str]) -> Entry:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"accord-{_OUTSIDE.sub('-', forum.short_name.lower())}-{told.id}")
    entry.add("dtstamp", moment.astimezone(UTC))
    entry.add("dtstart", told.start)
    if told.end is not None:
        entry.add("dtend", told.end)
    title = f"{forum.short_name}: {told.title}"
    entry.add("summary", _clean(title if told.fixed else f"{title} ({NOT_FIXED})"))
    entry.add("description", "\n".join(_clean(line) for line in _description(told, notices)))
    entry.add("categories", [told.category])
    entry.add("status", "CONFIRMED" if told.fixed else "TENTATIVE")
    entry.add("transp", "OPAQUE" if told.busy else "TRANSPARENT")
    entry.add("sequence", len(told.changes) + told.posted)
    if told.changes:
        entry.add("last-modified", told.changes[-1].adopted)
    if told.place:
        entry.add("location", _clean(told.place))
    entry.add("url", _clean(page))
    return entry


def _description(told: _Told, notices: Sequence[str]) -> Iterator[str]:
    yield from told.lines
    for amendment in told.changes:
        yield f"Changed by: {amendment.basis}"
    yield from notices


def _clean(text: str) -> str:
    """Without signs that a calendar would break at or be steered by."""
    return _CONTROL.sub(" ", text)
