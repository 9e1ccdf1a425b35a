"""What a command does that somebody wrote on a forge: the same as the verb of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from accord.application import (
    calling,
    confirming,
    cosigning,
    declaring,
    objecting,
    overruling,
    receiving,
    secretariat,
    speaking,
    splitting,
)
from accord.application.cosigning import Signature
from accord.application.desk import Desk, Done
from accord.application.speaking import Word
from accord.domain.agreement.world import Seen
from accord.domain.findings import Exit, refuse
from accord.domain.forge.grammar import Command, Vocabulary
from accord.domain.record.values import Disposition, Effect, Evidence, Receipt

_ID = re.compile(r"c-[a-z2-7]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the words are about (C12): a version, and its effect as the tool had shown it where it had."""

    revision: int | None = None
    effect: Effect | None = None


def obey(desk: Desk, subject: str, command: Command, about: About) -> Done:
    """Carry out what a command says, for whoever the desk acts for.

    Raises:
        Refused: whatever the verb of that name refuses; a position of somebody whom no entity nominated.
    """
    receipt = Receipt.instant(desk.now, "server")
    evidence = Evidence(description=command.evidence) if command.evidence else None
    reason = command.reason
    match command.kind:
        case "position":
            word = Word(
                entity=command.entity or own_entity(desk),
                said=command.position,
                receipt=receipt,
                reason=reason,
                clauses=named_clauses(desk, command.clauses),
                evidence=evidence,
                revision=about.revision,
                shown=about.effect,
            )
            return speaking.position(desk, subject, word)
        case "cosign" | "decline":
            signature = Signature(
                entity=command.entity or own_entity(desk),
                receipt=receipt,
                accepted=command.kind == "cosign",
                reason=reason,
                evidence=evidence,
            )
            return cosigning.cosign(desk, subject, signature)
        case "withdraw":
            return receiving.withdraw(desk, subject, reason)
        case "withdraw-objection" | "met":
            return objecting.end_objection(desk, command.objection, met=command.kind == "met", reason=reason)
        case "confirm":
            return confirming.confirm(desk, command.target or subject, own_entity(desk))
        case "split":
            return splitting.split(desk, subject, named_clauses(desk, command.clauses), reason=reason)
        case "call":
            return calling.call(desk, subject, command.until)
        case "recall":
            return calling.recall(desk, subject, reason)
        case "declare":
            agreed, rough = command.result != "not agreed", command.result == "rough"
            return declaring.declare(desk, subject, agreed=agreed, rough=rough, reason=reason)
        case "reopen":
            return calling.reopen(desk, subject, reason)
        case "set-aside":
            return objecting.set_aside(desk, command.objection, reason)
        case "dispose-objection":
            return objecting.dispose_objection(desk, command.objection, reason)
        case "ask":
            return objecting.ask(desk, command.objection, command.until, reason)
        case "admit":
            return secretariat.admit(desk, subject, reason)
        case "waive":
            return overruling.waive(desk, subject, command.finding, reason)
        case "dispose":
            return secretariat.dispose(desk, subject, cast("Disposition", command.disposition), reason)
        case _:
            raise AssertionError(f"a question is answered, not obeyed: {command.kind}")


def own_entity(desk: Desk) -> str:
    """The entity that nominated whoever the desk acts for.

    Raises:
        Refused: nobody did, so what they say is heard and is no position (C2; exit USAGE).
    """
    view = desk.chronicle().world().at(desk.now).experts.at(desk.now)
    expert = view.expert(int(desk.who)) if desk.who.isdigit() else None
    if expert is not None:
        return expert.entity
    raise refuse(
        "not-nominated",
        "Positions are those of entities on the list of nominated experts, and this account is no expert on it (C2).",
        fix="What you write is read as a view. An entity nominates an expert by letter to the secretariat.",
        exit_code=Exit.USAGE,
    )


def vocabulary(state: Seen) -> Vocabulary:
    """The words that people can use: the positions of the rules, and the entities of the list, of a state seen."""
    names = {entity.id: entity.name for entity in state.experts.entities}
    return Vocabulary(positions=state.rules.positions, entities=names)


def named_clauses(desk: Desk, given: tuple[str, ...]) -> tuple[str, ...]:
    """Clauses by id, as people name them: by id or by printed number.

    Raises:
        Refused: there is none of that name, or several (exit USAGE).
    """
    if all(_ID.fullmatch(one) for one in given):
        return given
    from accord.application.clause_names import find_clause
    from accord.application.revision import Revision

    chronicle = desk.chronicle()
    revision = Revision(desk, desk.main(), chronicle, desk.now)
    states = chronicle.world().seen
    return tuple(one if _ID.fullmatch(one) else find_clause(one, revision, states) for one in given)
