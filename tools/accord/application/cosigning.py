"""Who signs a contribution with its source: `cosign` (C3)."""

from __future__ import annotations

from dataclasses import dataclass

from accord.application import people
from accord.application.cases import Cases
from accord.application.chairing import refuse_settled, speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.speaking import speaker
from accord.domain.agreement.case import Case
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import show_moment
from accord.domain.record.events import Confirmed, Cosigned
from accord.domain.record.values import Effect, Evidence, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as it was given, or that it is declined: by which entity, when, resting on what."""

    entity: str
    receipt: Receipt
    accepted: bool = True
    reason: str = ""
    evidence: Evidence | None = None


def cosign(desk: Desk, number: str, given: Signature) -> Done:
    """An entity signs a contribution with its source, or declines to (C3).

    Entered by the secretariat it is unconfirmed until the entity's own expert confirms it (C14).

    Raises:
        Refused: an Opinion, or a contribution that is over; an entity that is not on the list, or is the source;
            somebody who does not speak for it; the same once more; declining what nobody asked for.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(number)
        if not isinstance(found, Case):
            raise refuse(
                "cosign-opinion",
                "An Opinion as it reads has no source to sign it with (C3).",
                fix=f"Sign a contribution by its number, or take a position: `accord position {number} WORD`.",
                exit_code=Exit.USAGE,
            )
        experts = cases.world.at(desk.now).experts
        entity = people.entity_id(experts, given.entity)
        people.refuse_dating(experts, desk.who, desk.now, given.receipt)
        by = speaker(desk, experts, entity, given.receipt.latest, given.evidence)
        refuse_settled(found)
        _refuse_entity(cases, found, entity, given.receipt)
        effect = (
            found.dossier.effect(cases.world, desk.now) if found.dossier.versions else found.current.proposal
        )
        _refuse_again(cases, found, entity, effect, given, entered=by.role == "secretariat")
        event = Cosigned(
            by=by,
            received=given.receipt,
            recorded=desk.now,
            subject=str(found.number),
            entity=entity,
            accepted=given.accepted,
            effect=effect,
            revision=found.current.number,
            reason=given.reason,
            evidence=given.evidence,
        )
        did = "signs it with its source" if given.accepted else "does not sign it"
        name = people.shown(experts, entity)
        return Act(summary=f"contribution {found.number}: {name} {did}", events=(event,))

    return desk.carry_out(decide)


def _refuse_entity(cases: Cases, found: Case, entity: str, receipt: Receipt) -> None:
    name = people.shown(cases.world.at(cases.now).experts, entity)
    if cases.world.entity(entity, receipt.latest) is None:
        raise refuse(
            "cosign-unlisted",
            f"{name} is not on the list of nominated experts at that moment (C2).",
            fix="An entity that is on the list signs; `accord status --experts` shows it.",
        )
    if entity == found.dossier.source:
        raise refuse(
            "cosign-source",
            f"{name} is the source of contribution {found.number} and has signed it by handing it in (C3).",
            fix="Others sign it with the source.",
        )


def _refuse_again(
    cases: Cases, found: Case, entity: str, effect: Effect, given: Signature, *, entered: bool
) -> None:
    name = people.shown(cases.world.at(cases.now).experts, entity)
    acts = [e for e in found.dossier.events if isinstance(e, Cosigned) and e.entity == entity]
    if not acts:
        if not given.accepted and entity not in found.dossier.cosigners:
            raise refuse(
                "cosign-nothing",
                f"Nobody named {name} as a co-signer of contribution {found.number}, so it has nothing to decline.",
                fix=f"What it thinks of it: `accord position {found.number} WORD --for {entity}`.",
            )
        return
    last = acts[-1]
    done = {e.target for e in found.dossier.events if isinstance(e, Confirmed)}
    waits = last.by.role != "expert" and last.seq not in done
    same = last.accepted is given.accepted and (last.effect == effect or not given.accepted)
    if not same or (waits and not entered):
        return  # C14. Its own act replaces what was entered for it.
    when = show_moment(last.received.latest, speaking(cases).zone)
    did = "signed" if last.accepted else "declined to sign"
    raise refuse(
        "cosign-again",
        f"{name} {did} contribution {found.number} on {when} already.",
        fix=f"Its expert confirms it: `accord confirm {found.number} --for {entity}`."
        if waits
        else "Nothing is left to do.",
    )
