"""Who acts: a name or account number given on the command line, resolved in the list of nominated experts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import datetime

from accord.domain.findings import Exit, Refused, refuse
from accord.domain.process.people import Chair, Expert, ExpertsList, Secretary
from accord.domain.record.values import Actor, Receipt

Person = Expert | Chair | Secretary


def chair(experts: ExpertsList, who: str, moment: datetime) -> Actor:
    """The chair acting.

    Raises:
        Refused: nobody was named, or the one named is no chair at that moment (exit USAGE).
    """
    view = experts.at(moment)
    person = _find(view.chairs, who)
    if person is None:
        raise _no_role(view.chairs, who, "chair", "Only a chair may do this (C7, C9).")
    return Actor(name=person.name, role="chair", id=person.account)


def chair_or_secretariat(experts: ExpertsList, who: str, moment: datetime) -> Actor:
    """Whoever acts for a meeting or the group: a member of the secretariat, else a chair.

    Raises:
        Refused: neither of them.
    """
    if is_secretariat(experts, who, moment):
        return secretariat(experts, who, moment)
    return chair(experts, who, moment)


def secretariat(experts: ExpertsList, who: str, moment: datetime) -> Actor:
    """The member of the secretariat acting.

    Raises:
        Refused: as for :func:`chair`.
    """
    view = experts.at(moment)
    person = _find(view.secretariat, who)
    if person is None:
        raise _no_role(
            view.secretariat, who, "member of the secretariat", "Only the secretariat may do this (R28, C14)."
        )
    return Actor(name=person.name, role="secretariat", id=person.account)


def is_secretariat(experts: ExpertsList, who: str, moment: datetime) -> bool:
    """Whether the one named is a member of the secretariat at that moment."""
    return _find(experts.at(moment).secretariat, who) is not None


def is_chair(experts: ExpertsList, who: str, moment: datetime) -> bool:
    """Whether the one named is a chair at that moment."""
    return _find(experts.at(moment).chairs, who) is not None


def expert_of(experts: ExpertsList, who: str, entity: str, moment: datetime) -> Actor | None:
    """The expert acting for an entity, None if the one named is no expert nominated by it at that moment."""
    person = _find(experts.at(moment).experts_of(entity), who)
    return None if person is None else Actor(name=person.name, role="expert", id=person.account)


def source(experts: ExpertsList, who: str, moment: datetime) -> Actor:
    """Whoever submits: an expert by name where the list knows one, else the name given."""
    view = experts.at(moment)
    person = _find(view.experts, who) or _find(view.secretariat, who) or _find(view.chairs, who)
    if person is not None:
        role = "secretariat" if isinstance(person, Secretary) else "source"
        return Actor(name=person.name, role=role, id=person.account)  # type: ignore[arg-type]
    return Actor(name=who or "unnamed", role="source")


def for_source(
    experts: ExpertsList, who: str, moment: datetime, *, entity: str, handed_in_by: Actor
) -> Actor:
    """Whoever acts for the source of a contribution: one of its experts, the one who handed it in, the secretariat.

    Raises:
        Refused: somebody else (exit USAGE).
    """
    actor = source(experts, who, moment)
    own = expert_of(experts, who, entity, moment) is not None
    # An account is known by its number; names change hands.
    numbered = handed_in_by.id is not None
    same = who == str(handed_in_by.id) if numbered and actor.id is None else actor.name == handed_in_by.name
    if own or actor.role == "secretariat" or same:
        return actor
    names = [person.name for person in experts.at(moment).experts_of(entity)]
    known = ", ".join(dict.fromkeys([*names, handed_in_by.name]))
    raise refuse(
        "source-only",
        f"Only its source may do this, or the secretariat for it; `{who or 'nobody'}` is neither.",
        fix=f"Say who acts with `--as NAME`: {known}.",
        exit_code=Exit.USAGE,
    )


def refuse_dating(experts: ExpertsList, who: str, moment: datetime, receipt: Receipt) -> None:
    """Refuse a time of receipt that is not a server's: only the secretariat enters what its registry got.

    Raises:
        Refused: somebody else gives one (exit USAGE).
    """
    if receipt.clock == "registry" and not is_secretariat(experts, who, moment):
        raise refuse(
            "registry-only",
            "A time of receipt is given only by the secretariat, for what its registry got.",
            fix="Leave `--received` out: what you hand in here is received now.",
            exit_code=Exit.USAGE,
        )


def entity_id(experts: ExpertsList, given: str) -> str:
    """An entity by id or name, from every entry there ever was.

    Raises:
        Refused: the list doesn't know it (exit USAGE), with the nearest name.
    """
    for entity in experts.entities:
        if given in (entity.id, entity.name):
            return entity.id
    close = difflib.get_close_matches(given, experts.known_entities(), n=1)
    hint = f"Did you mean `{close[0]}`?" if close else "`accord status --experts` lists them."
    raise refuse(
        "entity-unknown",
        f"The list of nominated experts has no entity `{given}`.",
        fix=hint,
        exit_code=Exit.USAGE,
    )


def shown(experts: ExpertsList, entity: str) -> str:
    """An entity as people see it, by its id; the id where the list never knew it."""
    return next((one.shown for one in reversed(experts.entities) if one.id == entity), entity)


def _find(people: Iterable[Person], who: str) -> Person | None:
    if not who:
        return None
    for person in people:
        if who in (person.name, person.login) or (person.account is not None and who == str(person.account)):
            return person
    return None


def _no_role(people: Iterable[Person], who: str, role: str, rule: str) -> Refused:
    names = [person.name for person in people]
    known = f"At this moment: {', '.join(names)}." if names else "process/experts.yaml names nobody yet."
    said = f"`{who}` is not a {role}." if who else f"{rule} Nobody was named."
    close = difflib.get_close_matches(who, names, n=1) if who else []
    hint = f"Did you mean `{close[0]}`? " if close else ""
    return refuse(
        "role-missing", f"{said} {known}", fix=f"{hint}Say who acts with `--as NAME`.", exit_code=Exit.USAGE
    )
