"""The decisions: each declaration, outcome and incorporation follows from the events before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from accord.application.cases import Cases, OpinionCase
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.earlier import cases_before
from accord.application.verify_record import said
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import touches_opinions
from accord.domain.agreement.readiness import readiness
from accord.domain.agreement.verdict import Standing, judge, was_ready
from accord.domain.findings import Finding, Place, Refused, Severity
from accord.domain.process.timetable import EventKind
from accord.domain.record.events import Called, Declared, Event, Incorporated, Outcome


def check(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Every decision, in the order of the record; then those that somebody must look at again."""
    by_seq = {event.seq: event for event in chronicle.everything()}
    # What was incorporated is judged on the text as it was before its own commit came to it.
    landed = {state.commit: state.seq for state in chronicle.main_seen()}
    for event in chronicle.everything():
        if not isinstance(event, (Called, Declared, Outcome, Incorporated)):
            continue
        below = landed.get(getattr(event, "commit", ""), event.seq)
        # C11. The outcome of a meeting holds what was said there, and stands in for the call.
        cases = cases_before(chronicle, desk.facts, event, below + isinstance(event, Outcome))
        try:
            found = cases.subject(event.subject)
        except Refused as refused:
            yield from (said(event.seq, "decision-subject", one.message) for one in refused.findings)
            continue
        match event:
            case Called():
                yield from _called(event, found, cases)
            case Declared():
                yield from _declared(event, found, cases, by_seq, desk, chronicle)
            case Outcome():
                yield from _outcome(event, found, cases)
            case Incorporated():
                yield from _incorporated(event, found, cases)
    yield from _open_questions(Cases(chronicle, desk.now))


def _called(event: Called, found: Case | OpinionCase, cases: Cases) -> Iterator[Finding]:
    """C7. It pins the whole effect and the rules as they were, and lasts as long as they ask for."""
    state = cases.world.at(event.acted)
    if event.until - event.received.latest < timedelta(days=state.rules.minimum_call_days):
        yield said(
            event.seq,
            "C7",
            f"The call is shorter than the {state.rules.minimum_call_days} days it must last.",
        )
    if event.effect != found.dossier.effect(cases.world, event.acted):
        yield said(event.seq, "C7", "The call does not pin what the text would become.")
    if event.rules != state.rules.digest:
        yield said(event.seq, "C7", "The call does not name the rules that were in force.")


def _declared(
    event: Declared,
    found: Case | OpinionCase,
    cases: Cases,
    by_seq: dict[int, Event],
    desk: Desk,
    chronicle: Chronicle,
) -> Iterator[Finding]:
    """C9. It binds to the pinned effect and to the record commit seen, and was ready when it was said so."""
    basis = by_seq.get(event.basis)
    if not isinstance(basis, (Called, Outcome)) or basis.subject != event.subject or basis.seq > event.seq:
        rules = cases.world.at(event.acted).rules
        if event.result != "agreed" or rules.call_required or event.basis:
            yield said(event.seq, "C9", f"It rests on event {event.basis}, which opened nothing about it.")
    if event.seen:
        commit = desk.repository.resolve(event.seen)
        if commit is None or not desk.repository.is_ancestor(commit, chronicle.view.commit):
            yield said(
                event.seq, "C9", f"The record it was declared on, {event.seen[:12]}, is not part of this one."
            )
        elif desk.store.head(commit).events >= event.seq:
            yield said(event.seq, "C9", "It names a record that already holds it.")
    if event.effect != found.dossier.effect(cases.world, event.acted):
        yield said(event.seq, "C9", "It is about another wording than the one that was before the group.")
    elif event.result == "agreed" and not was_ready(found.dossier, cases.world, event):
        missing = _missing(found, cases, event)
        yield said(event.seq, "C9", f"It was declared agreed and was not ready: {missing}.")


def _outcome(event: Outcome, found: Case | OpinionCase, cases: Cases) -> Iterator[Finding]:
    """C11. Put in a meeting of the timetable, about the text as it was, agreed only without a standing objection."""
    timetable = cases.world.at(event.acted).timetable.at(event.acted)
    kind = EventKind.FORUM if event.result == "adopted" else EventKind.MEETING
    if event.meeting not in {one.id for one in timetable.of_kind(kind)}:
        known = any(one.id == event.meeting for one in timetable.events)
        why = f"`{event.meeting}` is not the Forum, and only the Forum adopts (C9)."
        missing = f"The timetable has no meeting `{event.meeting}`."
        yield said(event.seq, "C11", why if known and kind is EventKind.FORUM else missing)
    if event.result == "adopted" and not isinstance(found, OpinionCase):
        yield said(event.seq, "C9", "Only an Opinion can be adopted.")
    if event.effect != found.dossier.effect(cases.world, event.acted):
        yield said(event.seq, "C11", "The outcome is about another wording than the one before the group.")
    if not event.result.startswith(("agreed", "adopted")):
        return
    if event.result == "adopted" and isinstance(found, OpinionCase) and not _was_agreed(found, cases, event):
        yield said(event.seq, "C9", "The Forum adopted what the experts had not agreed as it read.")
    if event.objections:
        yield said(event.seq, "C11", f"It says `{event.result}` while an objection stands: one in the room.")
    if not was_ready(found.dossier, cases.world, event):
        missing = _missing(found, cases, event, waits=("call-runs",))
        yield said(event.seq, "C11", f"It says `{event.result}` and was not ready: {missing}.")


def _missing(
    found: Case | OpinionCase, cases: Cases, event: Declared | Outcome, waits: tuple[str, ...] = ()
) -> str:
    """What stood in the way of a decision, in keys of the rules."""
    ready = readiness(found.dossier, cases.world, event.received.latest)
    return ", ".join(f"{one.what} ({one.rule})" for one in ready.missing if one.what not in waits)


def _was_agreed(found: OpinionCase, cases: Cases, event: Outcome) -> bool:
    """Whether the Opinion read as agreed just before it was adopted."""
    return judge(found.dossier.as_of(seq_below=event.seq), cases.world, event.received.latest).agreed


def _incorporated(event: Incorporated, found: Case | OpinionCase, cases: Cases) -> Iterator[Finding]:
    """C1. As agreed only what was agreed, as it was proposed; Opinions only as agreed.

    An act of the secretariat answers for what it brings, where words of several were put together too.
    """
    if not isinstance(found, Case):
        yield said(event.seq, "C1", "Only a contribution can be incorporated.")
        return
    proposed = found.current.proposal
    known = {entry.id: entry.gets for entry in proposed}
    strange = [entry.id for entry in event.effect if known.get(entry.id, "") != entry.gets]
    if strange and event.mode == "agreed":
        yield said(
            event.seq,
            "C1",
            f"It brought something that version {found.current.number} did not propose: {', '.join(strange)}.",
        )
    rules = cases.world.at(event.acted).rules
    agreed = found.verdict is not None and found.verdict.standing is Standing.AGREED
    gated = rules.gates_report() or (rules.gates_opinions() and touches_opinions(event.effect))
    if event.mode == "agreed" and not agreed:
        yield said(event.seq, "C1", "It was incorporated as agreed, and was not agreed.")
    if event.mode == "secretariat-act" and gated:
        yield said(event.seq, "C1", "A text that consensus gates came in by an act of the secretariat.")
    for one in found.dossier.requires:
        if one.met is None or one.met.seq > event.seq:
            yield said(event.seq, "C8", f"It builds on contribution {one.number}, which was not in the text.")
    if event.mode == "secretariat-act" and not event.reason:
        yield said(event.seq, "C1", "An act of the secretariat without a reason.")


def _open_questions(cases: Cases) -> Iterator[Finding]:
    """C9, C14. What a chair must look at again: no mistake of the record, but it stops the next draft."""
    everything: list[tuple[str, Case | OpinionCase]] = [
        *((f"contribution {one.number}", one) for one in cases.all()),
        *((one.subject, one) for one in cases.opinions()),
    ]
    for name, one in everything:
        verdict = one.verdict
        if verdict is None:
            continue
        if verdict.standing is Standing.TO_BE_CONFIRMED:
            yield _look(
                name,
                "C9",
                "its declaration is to be confirmed: something came in before it and was entered after",
            )
        if verdict.contested:
            yield _look(name, "C14", "its declaration is contested")


def _look(name: str, rule: str, what: str) -> Finding:
    return Finding(
        rule=rule,
        message=f"For {name} {what}.",
        fix="A chair looks at it; `accord why` says what is missing.",
        place=Place(file=name),
        severity=Severity.WARNING,
    )
