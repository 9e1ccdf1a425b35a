"""What an entity's own expert confirms: entries made for it, and that its objection still stands (C6, C14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.application import people
from accord.application.cases import Cases, OpinionCase, key_of, subject_of, title_of
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.objecting import find_objection
from accord.application.speaking import own_expert
from accord.domain.agreement.case import Case
from accord.domain.agreement.endings import Ways
from accord.domain.agreement.objections import objections
from accord.domain.findings import Exit, refuse
from accord.domain.record.events import Confirmed, Cosigned, ObjectionEnded, Position
from accord.domain.record.values import Receipt

_OBJECTION = re.compile(r".+-o\d+")


def confirm(desk: Desk, what: str, entity: str) -> Done:
    """An expert confirms everything entered for the entity on a subject, or that its objection still stands (C6, C14).

    Raises:
        Refused: nothing awaits confirmation, it was confirmed already, or the one acting is no expert nominated by
            the entity; an objection that is not there, has ended, or belongs to others.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        if _names_objection(cases, what):
            return _still_stands(desk, cases, what, entity)
        return _entered(desk, cases, what, entity)

    return desk.carry_out(decide)


def _names_objection(cases: Cases, what: str) -> bool:
    """Whether this is an objection's id; the name of an Opinion may look like one."""
    if what.lstrip("#").isdigit() or what.removeprefix("opinions/") in map(key_of, cases.opinions()):
        return False
    if _OBJECTION.fullmatch(what):
        return True
    raised = (o.id for one in _everything(cases) for o in objections(one.dossier, cases.world, cases.now))
    return what in raised


def _everything(cases: Cases) -> Iterator[Case | OpinionCase]:
    yield from cases.all()
    yield from cases.opinions()


def _entered(desk: Desk, cases: Cases, subject: str, entity: str) -> Act:
    found = cases.subject(subject)
    experts = cases.world.at(desk.now).experts
    id_ = people.entity_id(experts, entity)
    by = own_expert(desk, experts, id_)
    done = {event.target for event in found.dossier.events if isinstance(event, Confirmed)}
    raised = {o.id: o.owners for o in objections(found.dossier, cases.world, desk.now)}
    waiting = [
        event
        for event in found.dossier.events
        if event.by.role in ("secretariat", "tool")
        and event.seq not in done
        and (
            (isinstance(event, (Position, Cosigned)) and event.entity == id_)
            or (isinstance(event, ObjectionEnded) and id_ in raised.get(event.objection, ()))
        )
    ]
    if not waiting:
        raise refuse(
            "confirm-nothing",
            f"Nothing that was entered for {people.shown(experts, id_)} on {title_of(found)} awaits confirmation.",
            fix=f"`accord status {subject}` shows what was entered.",
        )
    return Act(
        summary=f"{title_of(found)}: {people.shown(experts, id_)} confirms what was entered for it",
        events=tuple(
            Confirmed(
                by=by,
                received=Receipt.instant(desk.now),
                recorded=desk.now,
                subject=subject_of(found),
                target=event.seq,
                entity=id_,
            )
            for event in waiting
        ),
    )


def _still_stands(desk: Desk, cases: Cases, objection: str, entity: str) -> Act:
    found, standing = find_objection(cases, objection)
    experts = cases.world.at(desk.now).experts
    id_ = people.entity_id(experts, entity)
    if id_ not in standing.owners:
        owners = " and ".join(people.shown(experts, one) for one in standing.owners) or "nobody any more"
        raise refuse(
            "objection-not-theirs",
            f"Objection {standing.id} is not that of {people.shown(experts, id_)}: it belongs to {owners} (C6).",
            fix="Its owner's experts say whether it stands.",
            exit_code=Exit.USAGE,
        )
    by = own_expert(desk, experts, id_)
    after = standing.asked.seq if standing.asked else 0
    if Ways(found.dossier, cases.world, desk.now).confirmed(standing.seq, id_, after=after):
        raise refuse(
            "confirm-again",
            f"{people.shown(experts, id_)} has said already that objection {standing.id} stands.",
            fix=f"Nothing is left to do; it ends with `accord withdraw {standing.id}`.",
        )
    event = Confirmed(
        by=by,
        received=Receipt.instant(desk.now),
        recorded=desk.now,
        subject=subject_of(found),
        target=standing.seq,
        entity=id_,
    )
    summary = f"Objection {standing.id} still stands, say experts nominated by {people.shown(experts, id_)}"
    return Act(summary=summary, events=(event,))
