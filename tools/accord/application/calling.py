"""Calls for consensus: `call`, `recall`, `reopen` (C7, C9)."""

from __future__ import annotations

from datetime import timedelta

from accord.application import people
from accord.application.bringing import refuse_older
from accord.application.cases import Cases, OpinionCase, subject_of, title_of
from accord.application.chairing import (
    before_the_group,
    named_end,
    refuse_no_reason,
    refuse_settled,
    speaking,
)
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.domain.agreement.case import Case
from accord.domain.agreement.verdict import Standing
from accord.domain.findings import refuse
from accord.domain.record.events import Called, Declared, Outcome, Recalled, Reopened
from accord.domain.record.values import Receipt
from accord.render.messages import until

# What a chair can reopen: something was declared, and neither the text nor the Forum went on with it.
_REOPENS = (Standing.AGREED, Standing.AD_REFERENDUM, Standing.NOT_AGREED, Standing.TO_BE_CONFIRMED)


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
        verdict = before_the_group(found)
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
        if isinstance(found, Case):
            refuse_older(desk, cases, found)
        moment = named_end(ends, cases)
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
        refuse_settled(found)
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


def reopen(desk: Desk, subject: str, reason: str) -> Done:
    """Open again what was declared, with a reason: it needs a call again (C9).

    Raises:
        Refused: not a chair; nothing is declared; it is in the text, over, adopted by the Forum, or open already.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        refuse_no_reason(reason)
        declared = _reopenable(found, subject)
        event = Reopened(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            declared=declared.seq,
            reason=reason,
        )
        return Act(summary=f"{title_of(found)} reopened", events=(event,))

    return desk.carry_out(decide)


def _reopenable(found: Case | OpinionCase, subject: str) -> Declared | Outcome:
    verdict = before_the_group(found)
    declared = verdict.declared
    if verdict.standing is Standing.ADOPTED:
        raise refuse(
            "reopen-adopted",
            f"The Forum adopted {title_of(found)}; a chair of the experts does not reopen it (C9).",
            fix="Nothing is left to do here. If it was recorded by mistake, `accord recall` takes it back.",
        )
    # C11. What somebody objected to by its date was agreed ad referendum, and is not agreed.
    stuck = verdict.standing is Standing.NOT_YET_AGREED and declared is not None
    if declared is None or not (verdict.standing in _REOPENS or stuck):
        why = "nothing is declared on it" if declared is None else "it is open again already"
        raise refuse(
            "reopen-nothing",
            f"{title_of(found).capitalize()} cannot be reopened: {why} ({verdict.standing.value}, C9).",
            fix=f"`accord why {subject}` says what it needs next.",
        )
    return declared
