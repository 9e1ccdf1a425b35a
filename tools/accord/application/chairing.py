"""What a chair does: `call`, `recall`, `declare`, `meeting`, and disposing of an objection without an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accord.application import people
from accord.application.cases import Cases, OpinionCase, subject_of, title_of
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.refusals import known_meeting, refuse_ended
from accord.application.speaking import find_objection
from accord.domain.agreement.case import Case
from accord.domain.agreement.verdict import Verdict
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.moments import parse_until
from accord.domain.record.events import Called, Declared, ObjectionEnded, Outcome, Recalled
from accord.domain.record.values import MeetingResult, Receipt, Said
from accord.render.messages import Speaking, missing_sentence, until


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


def call(desk: Desk, subject: str, ends: str) -> Done:
    """Open a call for consensus on a contribution, or on an Opinion as it reads (C7).

    ``ends`` is an instant or a day; a day means its end in the process zone.

    Raises:
        Refused: not a chair, nothing to call on, too short by the rules, one is running already.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        state = cases.world.at(desk.now)
        by = people.chair(state.experts, desk.who, desk.now)
        verdict = _before_the_group(found)
        effect = found.dossier.effect(cases.world, desk.now)
        running = verdict.readiness.call
        if running is not None and running.void_since is None and not running.ended(desk.now):
            raise refuse(
                "call-running",
                f"A call on {title_of(found)} is open already; it runs until {until(running.until, speaking(cases))}.",
                fix=f"Wait for its end, or take it back with `accord recall {subject}`.",
            )
        if not effect:
            raise refuse(
                "call-without-text",
                f"{title_of(found).capitalize()} changes no text, so there is nothing to agree on.",
                fix=f"Say what becomes of it with `accord dispose {subject}`.",
            )
        moment = _end(ends, cases)
        shortest = desk.now + timedelta(days=state.rules.minimum_call_days)
        if moment < shortest:
            days = state.rules.minimum_call_days
            raise refuse(
                "call-too-short",
                f"A call lasts at least {days} days (C7); this one would end at {until(moment, speaking(cases))}.",
                fix=f"Name an end not before {until(shortest, speaking(cases))}.",
            )
        event = Called(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            until=moment,
            effect=effect,
            rules=state.rules.digest,
        )
        shown = until(moment, speaking(cases))
        return Act(summary=f"Call on {title_of(found)} until {shown}", events=(event,))

    return desk.carry_out(decide)


def recall(desk: Desk, subject: str, reason: str) -> Done:
    """Take back the newest call, or declaration, made by mistake (C7); what was said in it stays.

    Raises:
        Refused: not a chair, or there is nothing to take back.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        _refuse_settled(found)
        gone = {event.call for event in found.dossier.events if isinstance(event, Recalled)}
        candidates = [
            event
            for event in found.dossier.events
            if isinstance(event, (Called, Declared, Outcome)) and event.seq not in gone
        ]
        if not candidates:
            raise refuse(
                "recall-nothing", f"There is no call on {title_of(found)} to take back.", fix="Nothing to do."
            )
        event = Recalled(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            call=candidates[-1].seq,
            reason=reason,
        )
        return Act(summary=f"Call on {title_of(found)} taken back", events=(event,))

    return desk.carry_out(decide)


def declare(desk: Desk, subject: str, *, agreed: bool, reason: str = "") -> Done:
    """Declare the result (C9). Agreement is refused, with every missing condition, when it is not ready.

    Raises:
        Refused: not a chair; not ready; no call to declare on.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        verdict = _before_the_group(found)
        ready = verdict.readiness
        if agreed:
            _refuse_unready(found, verdict, cases)
        elif ready.call is None:
            raise refuse(
                "declare-without-call",
                f"There was no call on {title_of(found)}.",
                fix=f"Open one with `accord call {subject} --until DATE`.",
            )
        event = Declared(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            result="agreed" if agreed else "not agreed",
            effect=ready.effect,
            seen=chronicle.view.commit,
            basis=ready.call.basis if ready.call else 0,
            reason=reason,
        )
        said = ""
        if by.id is not None and _entity_of_chair(cases, by.id) == found.dossier.source:
            said = " by a chair whose own entity is the source"  # C9
        return Act(summary=f"{title_of(found).capitalize()} declared {event.result}{said}", events=(event,))

    return desk.carry_out(decide)


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
        if people.is_secretariat(experts, desk.who, desk.now):
            by = people.secretariat(experts, desk.who, desk.now)  # keeps the record of the meeting
        else:
            by = people.chair(experts, desk.who, desk.now)
        known_meeting(cases, spoken.meeting)
        verdict = _before_the_group(found)
        if spoken.result.startswith("agreed"):
            _refuse_objections(found, verdict, spoken, cases)
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


def dispose_objection(desk: Desk, objection: str, reason: str) -> Done:
    """Dispose of an objection whose owner left without a successor (C2).

    Raises:
        Refused: not a chair, or its owner is still there: nobody overrules an objection.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found, standing = find_objection(cases, objection)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        if not standing.orphaned:
            raise refuse(
                "objection-owned",
                f"Objection {objection} belongs to {' and '.join(standing.owners)}, and nobody overrules it (C6).",
                fix="Its owner withdraws it, or says that a change met it.",
            )
        event = ObjectionEnded(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            objection=standing.id,
            how="disposed",
            reason=reason,
        )
        return Act(summary=f"Objection {standing.id} disposed of", events=(event,))

    return desk.carry_out(decide)


def speaking(cases: Cases) -> Speaking:
    """Words, zone and names for messages about the present moment."""
    state = cases.world.at(cases.now)
    names = {entity.id: entity.shown for entity in state.experts.entities}
    return Speaking(
        forum=state.forum, zone=state.timetable.zone, name_of=lambda entity: names.get(entity, entity)
    )


def _entity_of_chair(cases: Cases, account: int) -> str | None:
    chair = cases.world.at(cases.now).experts.at(cases.now).chair(account)
    return chair.entity if chair else None


def _before_the_group(found: Case | OpinionCase) -> Verdict:
    """The verdict of something that may be decided on.

    Raises:
        Refused: it is over, or was not admitted.
    """
    _refuse_settled(found)
    if found.verdict is None:
        raise refuse(
            "contribution-not-open",
            f"{title_of(found).capitalize()} is not before the group ({_state(found)}).",
            fix="`accord why` says what it needs first.",
        )
    return found.verdict


def _refuse_settled(found: Case | OpinionCase) -> None:
    if not isinstance(found, Case):
        return
    refuse_ended(found)
    if found.incorporated is not None:
        raise refuse(
            "contribution-incorporated",
            f"Contribution {found.number} is in the text already.",
            fix="Propose a change of the text instead.",
        )


def _state(found: Case | OpinionCase) -> str:
    return found.state.value if isinstance(found, Case) else found.verdict.standing.value


def _end(text: str, cases: Cases) -> datetime:
    try:
        return parse_until(text, cases.world.at(cases.now).timetable.zone)
    except ValueError as problem:
        raise refuse(
            "moment", f"{problem}.", fix="Write a day like `2025-02-20`.", exit_code=Exit.USAGE
        ) from problem


def _refuse_unready(found: Case | OpinionCase, verdict: Verdict, cases: Cases) -> None:
    words = speaking(cases)
    if verdict.readiness.missing:
        raise Refused(
            Finding(
                rule="not-ready",
                message=f"{title_of(found).capitalize()} cannot be declared agreed: "
                f"{missing_sentence(missing, words, verdict.readiness.objections)}.",
                fix="`accord why` lists everything that is missing.",
            )
            for missing in verdict.readiness.missing
        )


def _refuse_objections(found: Case | OpinionCase, verdict: Verdict, spoken: Spoken, cases: Cases) -> None:
    if spoken.objections:
        raise refuse(
            "outcome-contradiction",
            "A text that somebody objects to in the meeting is not agreed there (C11).",
            fix="Record `not agreed`, or leave the objection out if it was withdrawn in the room.",
        )
    if not verdict.readiness.gated:
        return
    words = speaking(cases)
    standing = [m for m in verdict.readiness.missing if m.what.startswith("objection")]
    if standing:
        raise Refused(
            Finding(
                rule="not-ready",
                message=f"{title_of(found).capitalize()}: "
                f"{missing_sentence(missing, words, verdict.readiness.objections)}.",
                fix=f"If it was withdrawn in the room: `accord withdraw {missing.detail} --meeting {spoken.meeting}`.",
            )
            for missing in standing
        )


def _outcome_end(spoken: Spoken, cases: Cases) -> datetime | None:
    if spoken.result == "agreed ad referendum":
        if not spoken.until:
            raise refuse(
                "outcome-until",
                "Agreed ad referendum needs a date until which capitals may object (C11).",
                fix="Add `--until DATE`.",
            )
        return _end(spoken.until, cases)
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
