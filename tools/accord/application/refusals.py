"""What every acting verb refuses: contributions that are over, meetings the timetable does not have."""

from __future__ import annotations

import difflib

from accord.application.cases import Cases
from accord.domain.agreement.case import Case
from accord.domain.findings import Exit, refuse


def refuse_ended(case: Case) -> None:
    """Refuse to act on what is over."""
    if case.ended:
        raise refuse(
            "contribution-over",
            f"Contribution {case.number} is over ({case.state.value}).",
            fix="Hand in a new contribution.",
        )


def known_meeting(cases: Cases, meeting: str) -> None:
    """Refuse a meeting that the timetable doesn't have, or that has not begun: nothing was said in it yet."""
    timetable = cases.world.at(cases.now).timetable.at(cases.now)
    meetings = {event.id: event for event in timetable.events if event.kind.value == "meeting"}
    names = list(meetings)
    if meeting not in meetings:
        close = difflib.get_close_matches(meeting, names, n=1)
        raise refuse(
            "meeting-unknown",
            f"The timetable has no meeting `{meeting}`.",
            fix=f"Did you mean `{close[0]}`?" if close else f"Meetings: {', '.join(names)}.",
            exit_code=Exit.USAGE,
        )
    days = meetings[meeting].days
    if cases.now.astimezone(timetable.zone).date() < days.first:
        raise refuse(
            "meeting-ahead",
            f"The meeting `{meeting}` has not begun: {days.show()}.",
            fix="Enter what is said in it once it has begun; a change of its days is an amendment of the timetable.",
            exit_code=Exit.USAGE,
        )
