"""What becomes of an objection: `withdraw`, `ask`, `set-aside`, `dispose` of one without an owner (C2, C6)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from accord.application import people
from accord.application.cases import Cases, OpinionCase, key_of, subject_of
from accord.application.chairing import named_end, refuse_no_reason, speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.refusals import known_meeting
from accord.application.speaking import own_expert
from accord.domain.agreement.case import Case
from accord.domain.agreement.endings import Ways
from accord.domain.agreement.objections import Objection, objections
from accord.domain.findings import Exit, refuse
from accord.domain.record.events import Asked, ObjectionEnded
from accord.domain.record.values import Actor, Receipt
from accord.render.messages import ended_how, until


def end_objection(desk: Desk, objection: str, *, met: bool, reason: str, meeting: str = "") -> Done:
    """The owner withdraws an objection, or says that a change met it (C6); a meeting's record may say so too.

    Raises:
        Refused: no such objection, already ended, or not the owner's experts acting (exit USAGE or FINDINGS).
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found, standing = find_objection(cases, objection)
        experts = cases.world.at(desk.now).experts
        by: Actor
        if people.is_secretariat(experts, desk.who, desk.now):
            by = people.secretariat(experts, desk.who, desk.now)
            if meeting:
                known_meeting(cases, meeting)
        else:
            by = own_expert(desk, experts, *standing.owners)
        event = _ended(desk, by, found, standing, "met" if met else "withdrawn", reason, meeting)
        how = "met by a change" if met else "withdrawn"
        return Act(summary=f"Objection {standing.id} {how}", events=(event,))

    return desk.carry_out(decide)


def ask(desk: Desk, objection: str, ends: str, reason: str) -> Done:
    """Ask the owner of an objection whether it still stands, and to answer by a date (C6).

    ``ends`` is an instant or a day; a day means its end in the process zone.

    Raises:
        Refused: neither a chair nor the secretariat; no such objection, ended already, or nobody's; a request runs;
            a date that is past, or too near where the rules let objections lapse.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found, standing = find_objection(cases, objection)
        experts = cases.world.at(desk.now).experts
        by = people.chair_or_secretariat(experts, desk.who, desk.now)
        refuse_no_reason(reason)
        _refuse_nobody(standing)
        _refuse_second_request(found, standing, cases)
        event = Asked(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            objection=standing.id,
            until=_answer_by(ends, cases),
            reason=reason,
        )
        owners = " and ".join(people.shown(experts, one) for one in standing.owners)
        by_when = until(event.until, speaking(cases))
        return Act(
            summary=f"Experts nominated by {owners} asked to say by {by_when} whether objection {standing.id} stands",
            events=(event,),
        )

    return desk.carry_out(decide)


def set_aside(desk: Desk, objection: str, reason: str) -> Done:
    """Set an objection aside with a reason, where the rules allow it (C6).

    Raises:
        Refused: not a chair; rules that do not allow it; no such objection, or ended already.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found, standing = find_objection(cases, objection)
        state = cases.world.at(desk.now)
        by = people.chair(state.experts, desk.who, desk.now)
        if not state.rules.set_aside_allowed:
            rough = (
                f", or a chair finds rough consensus (`accord declare {subject_of(found)} agreed --rough`)"
            )
            raise refuse(
                "set-aside-not-allowed",
                f"These rules ({state.rules.name}) let nobody set an objection aside (C6).",
                fix="Its owner withdraws it, or says that a change met it; "
                f"`accord ask {standing.id} --until DATE` asks for that"
                f"{rough if state.rules.rough_allowed else ''}.",
            )
        refuse_no_reason(reason)
        event = _ended(desk, by, found, standing, "set-aside", reason)
        return Act(summary=f"Objection {standing.id} set aside: {reason}", events=(event,))

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
        event = _ended(desk, by, found, standing, "disposed", reason)
        return Act(summary=f"Objection {standing.id} disposed of", events=(event,))

    return desk.carry_out(decide)


def _ended(
    desk: Desk,
    by: Actor,
    found: Case | OpinionCase,
    objection: Objection,
    how: Literal["withdrawn", "met", "disposed", "set-aside"],
    reason: str,
    meeting: str = "",
) -> ObjectionEnded:
    """The act that names an objection and ends it."""
    return ObjectionEnded(
        by=by,
        received=Receipt.instant(desk.now),
        recorded=desk.now,
        subject=subject_of(found),
        objection=objection.id,
        how=how,
        reason=reason,
        meeting=meeting,
    )


def find_objection(cases: Cases, objection: str) -> tuple[Case | OpinionCase, Objection]:
    """The subject and the objection of an id like `12-o1`, where it stands: one that went with its clauses to another
    contribution is found there.

    Raises:
        Refused: there is none (exit USAGE), or it has ended already.
    """
    raised: list[str] = []
    for found in _subjects(cases, objection):
        here = objections(found.dossier, cases.world, cases.now)
        raised += [one.id for one in here]
        one = next((o for o in here if o.id == objection), None)
        if one is not None:
            return _where_it_stands(cases, found, one)
    raise _no_objection(objection, raised)


def _subjects(cases: Cases, objection: str) -> Iterator[Case | OpinionCase]:
    """What an objection of this id can be about; a name of an Opinion may hold a dash, or begin like another's."""
    number = objection.partition("-")[0].lstrip("#")
    if number.isdigit():
        yield cases.contribution(number)
        return
    name = objection.removeprefix("opinions/")
    for opinion in cases.opinions():
        if name.startswith(f"{key_of(opinion)}-"):
            yield opinion


def _where_it_stands(
    cases: Cases, found: Case | OpinionCase, one: Objection
) -> tuple[Case | OpinionCase, Objection]:
    while one.ended is not None and one.ended.into is not None:
        found = cases.contribution(one.ended.into)
        one = next(o for o in objections(found.dossier, cases.world, cases.now) if o.id == one.id)
    if one.ended is not None:
        raise refuse(
            "objection-ended",
            f"Objection {one.id} has ended already: {ended_how(one.ended)} ({one.ended.rule}).",
            fix="Nothing is left to do; its owner may object again.",
        )
    return found, one


def _no_objection(objection: str, known: list[str]) -> Exception:
    close = difflib.get_close_matches(objection, known, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known) or 'none'}."
    return refuse(
        "objection-unknown", f"There is no objection `{objection}`.", fix=hint, exit_code=Exit.USAGE
    )


def _refuse_nobody(standing: Objection) -> None:
    if standing.orphaned:
        raise refuse(
            "objection-orphaned",
            f"Objection {standing.id} has no owner any more, so that nobody can answer (C2).",
            fix=f"A chair disposes of it with a reason: `accord dispose {standing.id} --reason TEXT`.",
        )


def _refuse_second_request(found: Case | OpinionCase, standing: Objection, cases: Cases) -> None:
    asked = standing.asked
    if asked is None or cases.now >= asked.until:
        return
    if Ways(found.dossier, cases.world, cases.now).confirmed(standing.seq, standing.entity, after=asked.seq):
        return
    raise refuse(
        "ask-running",
        f"{asked.by.name} has asked already, for an answer by {until(asked.until, speaking(cases))}.",
        fix="Wait for the answer, or for that date.",
    )


def _answer_by(ends: str, cases: Cases) -> datetime:
    moment = named_end(ends, cases)
    rules, words = cases.world.at(cases.now).rules, speaking(cases)
    if moment <= cases.now:
        raise refuse(
            "ask-past",
            f"The request would have ended at {until(moment, words)}.",
            fix="Name a day that lies ahead.",
            exit_code=Exit.USAGE,
        )
    shortest = cases.now + timedelta(days=rules.lapse_days)
    if rules.objections_may_lapse and moment < shortest:
        raise refuse(
            "ask-too-short",
            f"An objection lapses only if its owner had {rules.lapse_days} days to answer ({rules.name}, C6); "
            f"this request would end at {until(moment, words)}.",
            fix=f"Name an end not before {until(shortest, words)}.",
        )
    return moment
