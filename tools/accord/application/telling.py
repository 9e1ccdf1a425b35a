"""What a verb says once it is done: the act, where the subject stands now, and what it needs next."""

from __future__ import annotations

from dataclasses import replace

from accord.application.cases import Cases, OpinionCase, sent_on
from accord.application.chairing import speaking
from accord.application.desk import Desk, Done
from accord.application.reports import Report
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision
from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.forum import State
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import (
    Asked,
    Called,
    Event,
    MainSeen,
    Position,
    Received,
    Redacted,
    Revised,
)
from accord.domain.record.values import FormFinding
from accord.render import messages
from accord.render.building_on import building_lines
from accord.render.messages import Speaking, missing_sentence, next_step, notice, received_line, state_words

_ONCE_NOTED = ("wording-prescriptive", "wording-addressee")
_STOPPED = (State.RETURNED, State.HELD, State.REFUSED, State.UNDETERMINED)


def after(desk: Desk, done: Done) -> Report:
    """The report of a writing verb about the one subject its events name."""
    events = [event for event in done.events if not isinstance(event, MainSeen)]
    subject = next((event.subject for event in events if event.subject), "")
    lines = [f"Would be recorded: {done.summary}." if done.dry_run else _sentence(done.summary)]
    state: dict[str, object] = {}
    findings: tuple[Finding, ...] = ()
    if subject:
        cases = Cases(done.foreseen or desk.chronicle(), desk.now)
        words = speaking(cases)
        found = cases.subject(subject)
        if isinstance(found, Case):
            lines += case_lines(found, words)
            if any(isinstance(event, Called) for event in events):
                lines += _alternatives(desk, cases, found)
            state = {"state": found.state.value, "next": next_step(found, words)}
            # What stops a contribution at the door is said only when it came to the door just now.
            at_door = any(isinstance(event, (Received, Revised)) for event in events)
            findings = _at_door(desk, cases, found) if at_door else ()
        else:
            lines += opinion_lines(found, words)
            state = {"state": found.verdict.standing.value}
        rules = cases.world.at(desk.now).rules
        lines += [
            messages.asked_line(event.until, event.objection, rules, words)
            for event in events
            if isinstance(event, Asked)
        ]
        lines.append(notice(words.forum) + ".")
        findings += tuple(_reason_asked(event) for event in events if _gives_no_reason(event))
        if isinstance(found, Case) and found.received.post and any(isinstance(e, Redacted) for e in events):
            findings += (_still_there(found),)
    return Report(text="\n".join(lines), data=_data(done, state), findings=findings)


def case_lines(case: Case, words: Speaking) -> list[str]:
    """Receipt, state, and what it needs next."""
    return [
        received_line(case, words),
        *building_lines(case),
        f"It is {state_words(case, words)}.",
        f"Next: {next_step(case, words)}",
    ]


def opinion_lines(found: OpinionCase, words: Speaking) -> list[str]:
    """Where an Opinion stands as it reads."""
    lines = [f"As it reads it is {opinion_state(found, words)}."]
    if found.verdict.missing and sent_on(found) is None:
        first = missing_sentence(found.verdict.missing[0], words, found.verdict.readiness.objections)
        lines.append(f"Next: {first}.")
    return lines


def opinion_state(found: OpinionCase, words: Speaking) -> str:
    """Its standing in a word, or how a meeting sent it on without agreement."""
    sent = sent_on(found)
    if sent is None:
        return messages.opinion_state(found.verdict, words)
    return f"not agreed, {sent.result} ({sent.meeting})"


def door_findings(case: Case) -> tuple[Finding, ...]:
    """What keeps the newest version of a contribution from the group, as findings; warnings otherwise."""
    newest = case.newest
    # How an Opinion is drafted was once noted at the door; it is looked at anew whenever it is shown.
    found = [_finding(one) for one in newest.form if one.rule not in _ONCE_NOTED]
    if newest.admission is not None:
        stopped = case.state in _STOPPED or not newest.counts
        counts_by = _counts_by(newest)
        for finding in newest.admission.findings:
            if stopped:
                found.append(finding)
            elif counts_by:
                found.append(replace(finding, severity=Severity.NOTE, fix=counts_by))
            else:
                found.append(replace(finding, severity=Severity.WARNING))
    return tuple(found)


def _at_door(desk: Desk, cases: Cases, case: Case) -> tuple[Finding, ...]:
    from accord.application.linting import lint_findings

    return *door_findings(case), *lint_findings(desk, cases, case)


def _counts_by(newest: Revision) -> str:
    """Why a version counts though something stood in its way; an empty text when nothing had to be overruled."""
    if newest.admitted is not None:
        return f"It counts all the same: {newest.admitted.by.name} admitted it ({newest.admitted.reason})."
    return f"It counts all the same, as drafting work of {newest.meeting} (A5)." if newest.meeting else ""


def _alternatives(desk: Desk, cases: Cases, case: Case) -> list[str]:
    """What else is on the table for the same clauses, said when a call opens."""
    from accord.application.conflicts import meetings_of
    from accord.render.alternatives import alternatives_line

    line = alternatives_line(meetings_of(desk, cases, case), case.number)
    return [line] if line else []


def _gives_no_reason(event: Event) -> bool:
    return isinstance(event, Position) and event.stance == "object" and not event.reason


def _reason_asked(event: Event) -> Finding:
    # C4. The reason of an objection is asked for once.
    assert isinstance(event, Position)  # noqa: S101 - narrows for the type checker
    return Finding(
        rule="objection-reason",
        message=f"Objection {event.objection} gives no reason, so that nobody can answer it.",
        fix="Say why in a further position with `--reason`; the objection is recorded either way.",
        severity=Severity.NOTE,
    )


def _still_there(case: Case) -> Finding:
    return Finding(
        rule="redact-forge",
        message=f"GitHub still shows this text under {case.received.alias}: no program can take it away there.",
        fix="Ask GitHub's support to remove what its pull request or form keeps, and whoever fetched it to delete it.",
        severity=Severity.WARNING,
    )


def _finding(noted: FormFinding) -> Finding:
    return Finding(
        rule=noted.rule,
        message=noted.message,
        fix=noted.fix,
        place=Place(file=noted.place) if noted.place else None,
        severity=Severity(noted.severity),
    )


def _sentence(text: str) -> str:
    # A name such as `draft-2` or `ieg-1` at the beginning stays as it is written everywhere else.
    named = any(sign.isdigit() for sign in text.partition(" ")[0])
    return (text if named else text[0].upper() + text[1:]) + "."


def _data(done: Done, state: dict[str, object]) -> dict[str, object]:
    return {
        "summary": done.summary,
        "dry_run": done.dry_run,
        "number": done.number,
        "events": [event_to_json(event) for event in done.events],
        **state,
    }
