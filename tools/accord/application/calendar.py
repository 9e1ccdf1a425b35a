"""`now`: what is open, for whom, until when, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accord.application.desk import Desk
from accord.application.loading import Process
from accord.application.present import process_at
from accord.application.reports import Report
from accord.domain.process.moments import show_day, show_moment, show_until
from accord.domain.process.timetable import Event, Timetable
from accord.domain.process.windows import Phase, Standing, window_at
from accord.domain.record.codec import instant_text
from accord.render.calendar_ics import calendar_ics
from accord.render.messages import notice

SHOWN = 5


def calendar_of(desk: Desk) -> bytes:
    """The timetable as known at the moment, as an iCalendar file."""
    process = process_at(desk)
    return calendar_ics(
        process.timetable,
        forum=process.forum,
        posted=_posted(desk),
        moment=desk.now,
        rehearsal=desk.store.exists() and desk.chronicle().view.head.rehearsal,
    )


def _posted(desk: Desk) -> dict[str, datetime]:
    return desk.chronicle().posted(desk.now) if desk.store.exists() else {}


def now(desk: Desk) -> Report:
    """The window that is open (or why none is) and the next events, at the moment."""
    process = process_at(desk)
    timetable = process.timetable.at(desk.now)
    standing = window_at(timetable, desk.now, _posted(desk))
    coming = timetable.upcoming(desk.now)[:SHOWN]
    lines = [f"{process.forum.name}, {show_moment(desk.now, timetable.zone)}", ""]
    lines += _standing_lines(standing, process, timetable)
    lines.append("")
    if coming:
        lines.append("What comes next:")
        lines += [f"  {event.days.show()}: {event.label}" for event in coming]
    else:
        lines.append("Nothing more is in the timetable.")
    if not coming or standing.phase is Phase.AFTER:
        first = timetable.windows[1] if len(timetable.windows) > 1 else timetable.windows[0]
        day = timetable.event(first.opens).days.first.isoformat()
        lines.append(f"All windows of this timetable are past. To see one at work: accord now --now {day}")
    lines += ["", notice(process.forum) + "."]
    return Report(
        text="\n".join(lines),
        data={
            "moment": instant_text(desk.now),
            "zone": str(timetable.zone),
            "phase": standing.phase.value,
            "window": standing.current.window.id if standing.current else None,
            "opens": _instant(standing, "opens"),
            "closes": _instant(standing, "closes"),
            "admits": _admits(standing),
            "next": [_event(event) for event in coming],
        },
    )


def _standing_lines(standing: Standing, process: Process, timetable: Timetable) -> list[str]:
    zone = timetable.zone
    current = standing.current
    if standing.phase is Phase.OPEN and current is not None:
        lines = [
            f"Window {current.window.id} is open until {show_until(current.closes.latest, zone)}.",
            f"It is about {current.window.draft}. It admits:",
        ]
        for admits in current.window.admits:
            kind = process.forum.kind(admits.kind)
            lines.append(f"  {kind.label if kind else admits.kind}: as {' or '.join(admits.classes)}")
        public = (
            "The public may take part." if current.window.public else "No public consultation is open in it."
        )
        return [*lines, public]
    if standing.phase is Phase.UNDETERMINED and standing.between is not None:
        first, last = standing.between
        event = timetable.event(standing.awaits)
        days = f"the days of “{event.label}” are not fixed ({event.days.show()})"
        return [f"Undetermined between {show_day(first)} and {show_day(last)}: {days}."]
    previous, following = standing.previous, standing.following
    lines = ["No window is open."]
    if previous is not None:
        lines.append(
            f"The last one, {previous.window.id}, closed with {show_until(previous.closes.latest, zone)}."
        )
    if following is not None:
        lines.append(
            f"The next one, {following.window.id}, opens {show_moment(following.opens.earliest, zone)}."
        )
    lines.append("What arrives now is kept and held for the secretariat; nothing is lost.")
    return lines


def _instant(standing: Standing, end: str) -> str | None:
    if standing.current is None:
        return None
    return instant_text(getattr(standing.current, end).latest)


def _admits(standing: Standing) -> list[dict[str, Any]]:
    if standing.current is None or standing.phase is not Phase.OPEN:
        return []
    return [{"kind": a.kind, "classes": list(a.classes)} for a in standing.current.window.admits]


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "kind": event.kind.value,
        "label": event.label,
        "first": event.days.first.isoformat(),
        "last": event.days.last.isoformat(),
        "fixed": event.days.fixed,
    }
