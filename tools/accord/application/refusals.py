"""What every acting verb refuses: contributions that are over, meetings the timetable does not have."""

from __future__ import annotations

import difflib

from accord.application.cases import Cases
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.rules import ChangeInCall
from accord.domain.record.values import Effect


def refuse_ended(case: Case) -> None:
    """Refuse to act on what is over."""
    if case.ended:
        raise refuse(
            "contribution-over",
            f"Contribution {case.number} is over ({case.state.value}).",
            fix="Hand in a new contribution.",
        )


def refuse_redacted(case: Case, version: Revision) -> None:
    """Refuse what needs a text that was taken out of reach."""
    if version.redacted is not None:
        raise refuse(
            "text-redacted",
            f"The text of contribution {case.number}, version {version.number} was taken out of reach: "
            f"{version.redacted.ground}.",
            fix="Its source can hand in a later version.",
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


def refuse_in_call(case: Case, effect: Effect, cases: Cases) -> None:
    """C7. Refuse another text while a call runs, where the rules say so."""
    verdict = case.verdict
    call = verdict.readiness.call if verdict else None
    if call is None or verdict is None or verdict.declared is not None or effect == case.newest.proposal:
        return
    if cases.world.at(call.opened).rules.change_in_call is ChangeInCall.REFUSE and call.void_since is None:
        raise refuse(
            "change-in-call",
            f"A call on contribution {case.number} is open, and the rules refuse a change of its text then (C7).",
            fix="Wait for the result, or ask a chair to take the call back.",
        )


def refuse_unmet(case: Case) -> None:
    """C8. Refuse to put in the text what builds on something that is not there yet."""
    waiting = [one for one in case.dossier.requires if one.met is None]
    if waiting:
        raise Refused(
            Finding(
                rule="requires-first",
                message=f"Contribution {case.number} builds on contribution {one.number}, which is not in the text"
                f"{' and is off the table' if one.over else ''}.",
                fix=f"Its source can build on the text itself: a version without {one.number}."
                if one.over
                else f"Incorporate contribution {one.number} first.",
            )
            for one in waiting
        )
