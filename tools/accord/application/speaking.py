"""What entities say: `position`, `confirm`, `withdraw OBJECTION`."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from accord.application import people
from accord.application.cases import Cases, OpinionCase, key_of, subject_of, title_of
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.refusals import known_meeting, refuse_ended
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import only
from accord.domain.agreement.objections import Objection, objections
from accord.domain.agreement.voices import counting
from accord.domain.findings import Exit, refuse
from accord.domain.process.people import ExpertsList
from accord.domain.record.events import Confirmed, Disposed, ObjectionEnded, Position, Withdrawn
from accord.domain.record.values import Actor, Effect, Evidence, Receipt, Stance

_SAID: dict[Stance, str] = {
    "support": "support it",
    "accept": "can accept it",
    "abstain": "take no position",
    "reserve": "join with a statement",
    "object": "object",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A position as it was given: by which entity, what, about which clauses, resting on what."""

    entity: str
    stance: Stance
    receipt: Receipt
    reason: str = ""
    clauses: tuple[str, ...] = ()
    evidence: Evidence | None = None
    meeting: str = ""
    revision: int | None = None


def position(desk: Desk, subject: str, word: Word) -> Done:
    """Enter a position of an entity, spoken by one of its experts or entered by the secretariat (C3-C5, C14).

    Raises:
        Refused: the entity cannot hold a position here (C2, C3), a clause isn't touched, the secretariat gives no
            evidence; nothing is recorded.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        experts = cases.world.at(desk.now).experts
        entity = people.entity_id(experts, word.entity)
        people.refuse_dating(experts, desk.who, desk.now, word.receipt)
        by = _speaker(desk, experts, entity, word)
        _refuse_after_its_end(found, word)
        if word.meeting:
            known_meeting(cases, word.meeting)
        _refuse_source(found, cases, entity, word.stance)
        effect = _about(found, cases, word)
        number = sum(1 for e in found.dossier.events if isinstance(e, Position) and e.stance == "object") + 1
        key = key_of(found)
        event = Position(
            by=by,
            received=word.receipt,
            recorded=desk.now,
            subject=subject_of(found),
            entity=entity,
            stance=word.stance,
            effect=effect,
            reason=word.reason,
            objection=f"{key}-o{number}" if word.stance == "object" else "",
            clauses=word.clauses,
            revision=word.revision or (found.current.number if isinstance(found, Case) else 1),
            evidence=word.evidence,
            meeting=word.meeting,
        )
        name = people.shown(experts, entity)
        label = f"{title_of(found)}: experts nominated by {name} {_SAID[word.stance]}"
        return Act(summary=label, events=(event,))

    return desk.carry_out(decide)


def confirm(desk: Desk, subject: str, entity: str) -> Done:
    """An expert confirms everything the secretariat entered for the entity on this subject (C14).

    Raises:
        Refused: nothing awaits confirmation, or the one acting is no expert nominated by the entity.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        experts = cases.world.at(desk.now).experts
        id_ = people.entity_id(experts, entity)
        by = _own_expert(desk, experts, id_)
        done = {event.target for event in found.dossier.events if isinstance(event, Confirmed)}
        raised = {o.id: o.owners for o in objections(found.dossier, cases.world, desk.now)}
        waiting = [
            event
            for event in found.dossier.events
            if event.by.role == "secretariat"
            and event.seq not in done
            and (
                (isinstance(event, Position) and event.entity == id_)
                or (isinstance(event, ObjectionEnded) and id_ in raised.get(event.objection, ()))
            )
        ]
        if not waiting:
            raise refuse(
                "confirm-nothing",
                f"The secretariat has entered nothing for {entity} on {title_of(found)} that awaits confirmation.",
                fix=f"`accord status {subject}` shows what was entered.",
            )
        events = tuple(
            Confirmed(
                by=by,
                received=Receipt.instant(desk.now),
                recorded=desk.now,
                subject=subject_of(found),
                target=event.seq,
                entity=id_,
            )
            for event in waiting
        )
        return Act(
            summary=f"{title_of(found)}: {people.shown(experts, id_)} confirms what was entered for it",
            events=events,
        )

    return desk.carry_out(decide)


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
            by = _own_expert(desk, experts, *standing.owners)
        event = ObjectionEnded(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            objection=standing.id,
            how="met" if met else "withdrawn",
            reason=reason,
            meeting=meeting,
        )
        how = "met by a change" if met else "withdrawn"
        return Act(summary=f"Objection {standing.id} {how}", events=(event,))

    return desk.carry_out(decide)


def find_objection(cases: Cases, objection: str) -> tuple[Case | OpinionCase, Objection]:
    """The subject and the objection of an id like `12-o1`.

    Raises:
        Refused: there is none (exit USAGE), or it has ended already.
    """
    key = objection.partition("-")[0]
    found: Case | OpinionCase | None
    if key.isdigit():
        found = cases.contribution(key)
    else:
        found = next((o for o in cases.opinions() if objection.startswith(f"{key_of(o)}-")), None)
    if found is None:
        raise _no_objection(objection, [])
    raised = objections(found.dossier, cases.world, cases.now)
    one = next((o for o in raised if o.id == objection), None)
    if one is None:
        raise _no_objection(objection, [o.id for o in raised])
    if one.ended is not None:
        raise refuse(
            "objection-ended",
            f"Objection {objection} has ended already: {one.ended.how}.",
            fix="Nothing is left to do.",
        )
    return found, one


def _no_objection(objection: str, known: list[str]) -> Exception:
    close = difflib.get_close_matches(objection, known, n=1)
    hint = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known) or 'none'}."
    return refuse(
        "objection-unknown", f"There is no objection `{objection}`.", fix=hint, exit_code=Exit.USAGE
    )


def _speaker(desk: Desk, experts: ExpertsList, entity: str, word: Word) -> Actor:
    by = people.expert_of(experts, desk.who, entity, word.receipt.latest)
    if by is not None:
        return by
    if not people.is_secretariat(experts, desk.who, desk.now):
        return _own_expert(desk, experts, entity)  # refuses, naming the experts
    if word.evidence is None and not word.meeting:
        raise refuse(
            "evidence-missing",
            "The secretariat enters what others said only with evidence (C14).",
            fix="Name the letter or mail with `--evidence FILE`, or the meeting with `--meeting`.",
            exit_code=Exit.USAGE,
        )
    return people.secretariat(experts, desk.who, desk.now)


def _own_expert(desk: Desk, experts: ExpertsList, *entities: str) -> Actor:
    for entity in entities:
        by = people.expert_of(experts, desk.who, entity, desk.now)
        if by is not None:
            return by
    view = experts.at(desk.now)
    names = ", ".join(e.name for one in entities for e in view.experts_of(one)) or "nobody at this moment"
    raise refuse(
        "expert-missing",
        f"`{desk.who or 'nobody'}` is no expert nominated by {' or '.join(entities) or 'its owner'}. "
        f"Its experts: {names}.",
        fix="Say who speaks with `--as NAME`; the secretariat enters letters with `--evidence FILE`.",
        exit_code=Exit.USAGE,
    )


def _refuse_source(found: Case | OpinionCase, cases: Cases, entity: str, stance: Stance) -> None:
    # C3. The source, and a co-signer until it has itself confirmed, hold no position.
    named = entity == found.dossier.source or entity in found.dossier.cosigners
    why = counting(found.dossier, cases.world, entity, cases.now, cases.now, stance) if named else ""
    if why:
        shown = people.shown(cases.world.at(cases.now).experts, entity)
        raise refuse(
            "position-of-source",
            f"{shown} cannot take a position on {title_of(found)}: {why} (C3).",
            fix="The source can hand in a new version or withdraw it.",
        )


def _refuse_after_its_end(found: Case | OpinionCase, word: Word) -> None:
    """What was received before its end is recorded all the same, however late it is entered (C9)."""
    if not isinstance(found, Case) or not found.ended:
        return
    ends = [event for event in found.dossier.events if isinstance(event, (Disposed, Withdrawn))]
    if word.receipt.latest >= ends[-1].received.earliest:
        refuse_ended(found)


def _about(found: Case | OpinionCase, cases: Cases, word: Word) -> Effect:
    """The effect the word is about: of the version before the group, or of the version it names (C5, C12)."""
    effect = found.dossier.effect(cases.world, cases.now)
    if word.revision is not None and isinstance(found, Case):
        older = next((r for r in found.revisions if r.number == word.revision), None)
        if older is None:
            raise refuse(
                "revision-unknown",
                f"Contribution {found.number} has no version {word.revision}.",
                fix=f"Its versions run from 1 to {found.newest.number}.",
                exit_code=Exit.USAGE,
            )
        effect = older.proposal if older.number != found.current.number else effect
    known = [entry.id for entry in effect]
    unknown = [clause for clause in word.clauses if clause not in known]
    if unknown:
        close = difflib.get_close_matches(unknown[0], known, n=1)
        raise refuse(
            "clause-untouched",
            f"{title_of(found)} does not touch the clause `{unknown[0]}`.",
            fix=f"Did you mean `{close[0]}`?" if close else f"It touches: {', '.join(known) or 'no text'}.",
            exit_code=Exit.USAGE,
        )
    return only(effect, word.clauses)
