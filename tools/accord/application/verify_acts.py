"""The acts between the decisions: each one was what the rules allow, about something that was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from accord.application.cases import Cases, OpinionCase
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.earlier import cases_before
from accord.application.verify_record import said
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import by_clause
from accord.domain.agreement.objections import meeting_objection_id, objections
from accord.domain.agreement.split import only_about
from accord.domain.findings import Finding, Refused
from accord.domain.lint.catalogue import CATALOGUE
from accord.domain.record.events import (
    Asked,
    Called,
    Declared,
    Event,
    ObjectionEnded,
    Outcome,
    Position,
    Recalled,
    Reopened,
    Revised,
    Split,
    Waived,
    Withdrawn,
)

_CHECKED = (Asked, Declared, ObjectionEnded, Recalled, Reopened, Revised, Split, Waived, Withdrawn)


def check(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Every act, in the order of the record."""
    everything = chronicle.everything()
    yield from _ids_of_objections(everything)
    by_seq = {event.seq: event for event in everything}
    for event in everything:
        if not isinstance(event, _CHECKED):
            continue
        cases = cases_before(chronicle, desk.facts, event, event.seq)
        try:
            found = cases.subject(event.subject)
        except Refused as refused:
            yield from (said(event.seq, "record-subject", one.message) for one in refused.findings)
            continue
        match event:
            case Asked():
                yield from _asked(event, found, cases)
            case ObjectionEnded():
                yield from _ended(event, found, cases)
            case Declared():
                yield from _rough(event, cases)
            case Recalled():
                if not _decided(by_seq.get(event.call), event, Called, Declared, Outcome):
                    yield said(
                        event.seq, "C7", f"Event {event.call}, which it takes back, opened nothing about it."
                    )
            case Reopened():
                if not _decided(by_seq.get(event.declared), event, Declared, Outcome):
                    yield said(
                        event.seq,
                        "C9",
                        f"Event {event.declared}, which it reopens, decided nothing about it.",
                    )
            case Waived():
                yield from _waived(event, found)
            case Split() | Revised() | Withdrawn():
                yield from _by_its_source(event, found, cases)
        if isinstance(event, Split) and isinstance(found, Case):
            yield from _moved(event, found, cases)


def _ids_of_objections(everything: tuple[Event, ...]) -> Iterator[Finding]:
    """C6. Each objection has an id of its own, so that no other can take its place."""
    raised: dict[str, str] = {}  # id → the entity that objected in a meeting, and may do so there again
    for event in everything:
        ids: list[tuple[str, str]] = []
        if isinstance(event, Position) and event.stance == "object":
            ids = [(event.objection, "")]
        elif isinstance(event, Outcome):
            objected = [one.entity for one in event.objections]
            ids = [(meeting_objection_id(event.subject, event.meeting, one), one) for one in objected]
        for id_, entity in ids:
            if not id_:
                yield said(event.seq, "C6", "An objection without an id: no act could ever end it.")
            elif id_ in raised and (not entity or raised[id_] != entity):
                yield said(
                    event.seq, "C6", f"There is an objection {id_} already, and it ends with that one."
                )
            raised.setdefault(id_, entity)


def _asked(event: Asked, found: Case | OpinionCase, cases: Cases) -> Iterator[Finding]:
    """C6. A request names an objection, and gives its owner the time that the rules give."""
    if event.objection not in {one.id for one in objections(found.dossier, cases.world, cases.now)}:
        yield said(event.seq, "C6", f"It asks about objection {event.objection}, which there is not.")
    rules = cases.world.at(event.acted).rules
    shortest = timedelta(days=rules.lapse_days if rules.objections_may_lapse else 0)
    if event.until - event.received.latest < shortest or event.until <= event.received.latest:
        yield said(
            event.seq,
            "C6",
            f"It gives less time than the {rules.lapse_days} days that the rules give to answer.",
        )


def _ended(event: ObjectionEnded, found: Case | OpinionCase, cases: Cases) -> Iterator[Finding]:
    """C2, C6. A chair disposes only of what nobody owns, and sets aside only where the rules let it."""
    raised = {one.id: one for one in objections(found.dossier, cases.world, cases.now)}
    objection = raised.get(event.objection)
    rules = cases.world.at(event.acted).rules
    if event.how == "set-aside" and not rules.set_aside_allowed:
        yield said(event.seq, "C6", f"The rules in force ({rules.name}) let nobody set an objection aside.")
    elif event.how in ("set-aside", "disposed") and not event.reason:
        yield said(event.seq, "C6", "A chair ended an objection without a reason.")
    elif event.how == "disposed" and objection is not None and not objection.orphaned:
        owners = " and ".join(objection.owners)
        yield said(
            event.seq, "C2", f"Objection {event.objection} belongs to {owners}, and nobody disposes of it."
        )


def _rough(event: Declared, cases: Cases) -> Iterator[Finding]:
    """C9. Rough consensus exists only where the rules know it, and never without a reason."""
    rules = cases.world.at(event.acted).rules
    if event.rough and not rules.rough_allowed:
        yield said(event.seq, "C9", f"The rules in force ({rules.name}) know no rough consensus.")
    elif event.rough and not event.reason:
        yield said(event.seq, "C9", "Rough consensus without a reason.")


def _decided(named: Event | None, event: Event, *kinds: type[Event]) -> bool:
    return isinstance(named, kinds) and named.subject == event.subject and named.seq < event.seq


def _waived(event: Waived, found: Case | OpinionCase) -> Iterator[Finding]:
    """C14. What is overruled is a finding of form on a version that is there, and with a reason.

    About an Opinion as it reads it is one of the lint, in clauses of that Opinion.
    """
    if isinstance(found, Case):
        there = event.revision in {one.number for one in found.revisions}
    else:
        there = bool(event.spots) and {spot.path for spot in event.spots} == {found.path}
    if event.spots and event.rule not in CATALOGUE:
        yield said(
            event.seq, "C14", f"It sets `{event.rule}` aside in clauses, which is no rule of drafting."
        )
    elif not there:
        yield said(
            event.seq, "C14", f"It overrules a finding on version {event.revision}, which there is not."
        )
    elif not event.reason:
        yield said(event.seq, "C14", "A finding was overruled without a reason.")


def _by_its_source(
    event: Split | Revised | Withdrawn, found: Case | OpinionCase, cases: Cases
) -> Iterator[Finding]:
    """A contribution is its source's: another version, a split, a withdrawal come from it or the secretariat.

    A5. What a meeting drafted is handed in by any expert or a chair.
    """
    if event.by.role != "source" or not isinstance(found, Case):
        return
    view = cases.world.at(event.acted).experts.at(event.acted)
    may: list[tuple[str, int | None]] = [(e.name, e.account) for e in view.experts_of(found.dossier.source)]
    if isinstance(event, Revised) and event.meeting:
        may += [(one.name, one.account) for one in view.experts]
        may += [(one.name, one.account) for one in view.chairs]
    first = found.received
    while first.split_from is not None:
        first = cases.contribution(first.split_from).received
    may.append((first.by.name, first.by.id))
    if (event.by.name, event.by.id) not in may:
        yield said(
            event.seq,
            "record-right",
            f"{event.by.name} neither handed in contribution {found.number} nor is an expert of its source.",
        )


def _moved(event: Split, found: Case, cases: Cases) -> Iterator[Finding]:
    """C6. With the clauses went exactly the objections that are about nothing else of the contribution."""
    proposed = by_clause(found.current.proposal)
    raised = [
        (one.id, tuple(entry for entry in one.clauses if entry.id in proposed))
        for one in objections(found.dossier, cases.world, cases.now)
        if one.ended is None
    ]
    right = only_about(raised, event.clauses)
    for id_ in event.objections:
        if id_ not in right:
            yield said(
                event.seq,
                "C6",
                f"Objection {id_} is not about these clauses alone, and did not go with them.",
            )
    for id_ in right:
        if id_ not in event.objections:
            yield said(event.seq, "C6", f"Objection {id_} is about these clauses alone, and went with them.")
