"""What is put in a meeting: `meeting outcome`, and what the Forum adopts: `adopt` (C9, C11)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime

from accord.application import people
from accord.application.cases import Cases, OpinionCase, key_of, subject_of, title_of
from accord.application.chairing import before_the_group, named_end, speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.refusals import known_meeting
from accord.domain.agreement.case import Case
from accord.domain.agreement.verdict import Standing
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.moments import show_moment
from accord.domain.process.timetable import EventKind, Passed
from accord.domain.record.events import Outcome
from accord.domain.record.values import MeetingResult, Receipt, Said
from accord.render.messages import missing_sentence, opinion_state

# What the Forum's own putting of the text stands in for (C11).
_THE_CALL = ("no-call", "call-runs", "call-void")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The outcome of putting a text in a meeting, as the chair states it."""

    meeting: str
    item: str
    result: MeetingResult
    objections: tuple[Said, ...] = ()
    statements: tuple[Said, ...] = ()
    until: str = ""
    reason: str = ""


def meeting_outcome(desk: Desk, subject: str, spoken: Spoken) -> Done:
    """Record what a meeting found on a text that the chair put orally (C11).

    Raises:
        Refused: not a chair or the secretariat; no such meeting; `agreed` while an objection stands; an end that is
            missing or needless.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        experts = cases.world.at(desk.now).experts
        by = people.chair_or_secretariat(experts, desk.who, desk.now)  # which keeps the record of the meeting
        known_meeting(cases, spoken.meeting)
        verdict = before_the_group(found)
        if spoken.result.startswith("agreed"):
            _refuse_objections(found, spoken, cases)
        ends = _outcome_end(spoken, cases)
        event = Outcome(
            by=by,
            received=Receipt.instant(desk.now, "meeting"),
            recorded=desk.now,
            subject=subject_of(found),
            meeting=spoken.meeting,
            item=spoken.item,
            result=spoken.result,
            effect=verdict.readiness.effect,
            objections=_named(spoken.objections, cases),
            statements=_named(spoken.statements, cases),
            until=ends,
            reason=spoken.reason,
        )
        return Act(summary=f"{spoken.meeting}: {title_of(found)} {spoken.result}", events=(event,))

    return desk.carry_out(decide)


def adopt(desk: Desk, opinion: str, spoken: Spoken) -> Done:
    """Record that the Forum adopted an Opinion as it reads, in its own meeting of the timetable (C9).

    Raises:
        Refused: not a chair; a contribution; not the Forum's meeting, or before it; an objection stands; the text is
            not as agreed; adopted already.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = _adoptable(cases, opinion)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        _the_forum(cases, spoken.meeting)
        _refuse_not_as_agreed(found, cases, opinion)
        event = Outcome(
            by=by,
            received=Receipt.instant(desk.now, "meeting"),
            recorded=desk.now,
            subject=found.subject,
            meeting=spoken.meeting,
            item=spoken.item,
            result="adopted",
            effect=found.verdict.readiness.effect,
            statements=_named(spoken.statements, cases),
            reason=spoken.reason,
        )
        return Act(summary=f"{spoken.meeting}: {title_of(found)} adopted", events=(event,))

    return desk.carry_out(decide)


def _adoptable(cases: Cases, opinion: str) -> OpinionCase:
    if opinion.lstrip("#").isdigit():
        names = ", ".join(
            path.removeprefix("opinions/").removesuffix(".md") for path in cases.opinion_paths()
        )
        raise refuse(
            "adopt-contribution",
            f"The Forum adopts Opinions, and {opinion} is a contribution (C9).",
            fix=f"Name the Opinion: {names or 'there is none yet'}.",
            exit_code=Exit.USAGE,
        )
    return cases.opinion(opinion)


def _the_forum(cases: Cases, meeting: str) -> None:
    """C9. The experts agree; only the Forum adopts, once it has begun, and the final Report precedes it (A14)."""
    now = cases.now
    timetable = cases.world.at(now).timetable.at(now)
    forums = [event.id for event in timetable.of_kind(EventKind.FORUM)]
    known = (
        f"Name the Forum: {', '.join(f'`{one}`' for one in forums)}."
        if forums
        else "The timetable has no Forum."
    )
    if meeting not in forums:
        others = [event.id for event in timetable.of_kind(EventKind.MEETING)]
        if meeting in others:
            raise refuse(
                "adopt-not-the-forum",
                f"`{meeting}` is a meeting of the experts: they agree, and only the Forum adopts (C9).",
                fix=f"{known} What the experts find: `accord meeting outcome {meeting} OPINION agreed`.",
            )
        close = difflib.get_close_matches(meeting, forums, n=1)
        raise refuse(
            "meeting-unknown",
            f"The timetable has no meeting `{meeting}`.",
            fix=f"Did you mean `{close[0]}`?" if close else known,
            exit_code=Exit.USAGE,
        )
    begins = timetable.begins(meeting).earliest
    if now < begins:
        raise refuse(
            "meeting-ahead",
            f"The Forum (`{meeting}`) has not begun: {timetable.event(meeting).days.show()}.",
            fix="Enter what it adopts once it has begun.",
            exit_code=Exit.USAGE,
        )
    final = timetable.final
    posted = final is None or final in cases.chronicle.posted(now)
    if not posted and final is not None and timetable.passed(final, now) is not Passed.YES:
        day = timetable.event(final).days.show()
        raise refuse(
            "meeting-ahead",
            f"The Forum (`{meeting}`) has before it the final Report, which is posted on {day} (A14).",
            fix="Enter what it adopts once it has begun.",
            exit_code=Exit.USAGE,
        )


def _refuse_not_as_agreed(found: OpinionCase, cases: Cases, opinion: str) -> None:
    """C9. Only what was agreed and still reads so, and over nobody's objection (C6)."""
    verdict, words = found.verdict, speaking(cases)
    if verdict.standing is Standing.ADOPTED and verdict.declared is not None:
        when = show_moment(verdict.declared.received.latest, words.zone)
        raise refuse(
            "adopt-again",
            f"The Forum adopted {title_of(found)} on {when} already.",
            fix="Nothing is left to do.",
        )
    forum = "If it was withdrawn in the Forum, its owner's experts say so: `accord withdraw {}`."
    _refuse_unready(found, cases, f"{title_of(found)} cannot be adopted:", forum)
    if not verdict.agreed:
        raise refuse(
            "adopt-not-agreed",
            f"{title_of(found)} does not read as agreed: it is {opinion_state(verdict, words)} (C9).",
            fix=f"A chair opens a call first (`accord call {opinion} --until DATE`); `accord why {opinion}` says what "
            "it needs.",
        )


def _refuse_objections(found: Case | OpinionCase, spoken: Spoken, cases: Cases) -> None:
    if spoken.objections:
        raise refuse(
            "outcome-contradiction",
            "A text that somebody objects to in the meeting is not agreed there (C11).",
            fix="Record `not agreed`, or leave the objection out if it was withdrawn in the room.",
        )
    room = f"If it was withdrawn in the room: `accord withdraw {{}} --meeting {spoken.meeting}`."
    _refuse_unready(found, cases, f"{title_of(found).capitalize()}:", room)


def _refuse_unready(found: Case | OpinionCase, cases: Cases, begins: str, withdrawn: str) -> None:
    """C8, C11. A meeting stands in for the call, and for nothing else that the rules ask.

    ``withdrawn`` says what to do about an objection, with a place for its id.
    """
    verdict, words = before_the_group(found), speaking(cases)
    missing = [one for one in verdict.readiness.missing if one.what not in (*_THE_CALL, "text-changed")]
    if missing:
        raise Refused(
            Finding(
                rule="not-ready",
                message=f"{begins} {missing_sentence(one, words, verdict.readiness.objections)}.",
                fix=withdrawn.format(one.detail)
                if one.what.startswith("objection")
                else f"`accord why {key_of(found)}` lists everything that is missing.",
            )
            for one in missing
        )


def _outcome_end(spoken: Spoken, cases: Cases) -> datetime | None:
    if spoken.result == "agreed ad referendum":
        if not spoken.until:
            raise refuse(
                "outcome-until",
                "Agreed ad referendum needs a date until which capitals may object (C11).",
                fix="Add `--until DATE`.",
            )
        return named_end(spoken.until, cases)
    if spoken.until:
        raise refuse(
            "outcome-until",
            f"`--until` goes only with `agreed ad referendum`, not with `{spoken.result}`.",
            fix="Leave it out.",
        )
    return None


def _named(said: tuple[Said, ...], cases: Cases) -> tuple[Said, ...]:
    experts = cases.world.at(cases.now).experts
    return tuple(Said(entity=people.entity_id(experts, one.entity), text=one.text) for one in said)
