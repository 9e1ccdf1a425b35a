"""Which commands make sense now, for whom: those of the grammar that fit where a contribution stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from accord.domain.agreement.verdict import Standing
from accord.domain.forge.grammar import FOR_DOES, FOR_EXAMPLE, FOR_USAGE, FORMS, Form, position_form
from accord.domain.process.forum import State
from accord.domain.process.rules import Rules

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.verdict import Verdict

_WHO = {
    "expert": "Nominated experts",
    "source": "Its source",
    "co-signer": "Co-signers named in it",
    "chair": "A chair",
    "chair or secretariat": "A chair or the secretariat",
    "secretariat": "The secretariat",
    "anybody": "Anybody",
}


_SOME_OBJECTION = "12-o1"  # as the examples of the grammar name one


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """A command that can be written now; ``position`` tells those that say what somebody thinks of the text."""

    who: str
    usage: str
    example: str
    does: str
    position: bool = False


def usable(case: Case, rules: Rules) -> list[Usable]:
    """The commands that can be written under a contribution now, by who may write them."""
    return _listed(case.verdict if _before_the_group(case) else None, set(_kinds(case, rules)), rules)


def usable_on_opinion(verdict: Verdict, rules: Rules) -> list[Usable]:
    """The commands that can be written where an Opinion is discussed as it reads."""
    kinds = {"why", "recheck", *_of_objections(verdict, rules), *_of_calls(verdict)}
    return _listed(verdict, kinds, rules)


def _listed(verdict: Verdict | None, kinds: set[str], rules: Rules) -> list[Usable]:
    """Positions where the group has it before it, and the commands of these kinds; examples name a real objection."""
    standing = _standing(verdict)
    shown = [*_positions(verdict, rules), *(_shown(form) for form in FORMS if form.kind in kinds)]
    if standing:
        shown = [replace(one, example=one.example.replace(_SOME_OBJECTION, standing[0].id)) for one in shown]
    order = list(_WHO.values())
    return sorted(shown, key=lambda one: order.index(one.who))


def _positions(verdict: Verdict | None, rules: Rules) -> list[Usable]:
    if verdict is None or verdict.agreed:
        return []
    words = [_shown(position_form(one)) for one in rules.positions]
    entry = Usable(who=_WHO["secretariat"], usage=FOR_USAGE, example=FOR_EXAMPLE, does=FOR_DOES)
    return [*words, entry]


def _kinds(case: Case, rules: Rules) -> Iterator[str]:
    """The kinds of commands that fit where a contribution stands."""
    if case.ended:
        return
    yield from ("why", "recheck", "dispose")
    if case.incorporated is None:
        yield "withdraw"
    if not case.newest.counts:
        yield from ("admit", "waive")
    if not _before_the_group(case) or case.verdict is None:
        return
    if len(case.current.proposal) > 1:
        yield "split"
    if case.dossier.cosigners:
        yield from ("cosign", "decline")
    yield from _of_objections(case.verdict, rules)
    if case.current.proposal:
        yield from _of_calls(case.verdict)


def _of_objections(verdict: Verdict, rules: Rules) -> Iterator[str]:
    standing = _standing(verdict)
    unconfirmed = any(voice.unconfirmed for voice in verdict.readiness.voices)
    if unconfirmed or any(one.words and not one.confirmed for one in standing):
        yield "confirm"
    if standing:
        yield from ("withdraw-objection", "met", "ask")
        if rules.set_aside_allowed:
            yield "set-aside"
    if any(one.orphaned for one in standing):
        yield "dispose-objection"


def _of_calls(verdict: Verdict) -> Iterator[str]:
    match verdict.standing:
        case Standing.IN_CALL:
            yield "recall"
        case Standing.READY | Standing.TO_BE_CONFIRMED:
            yield from ("declare", "recall")
        case Standing.AGREED | Standing.AD_REFERENDUM | Standing.ADOPTED:
            yield "reopen"
        case Standing.NOT_YET_AGREED:
            yield from ("declare", "call", "recall")
        case _:
            yield "call"


def _standing(verdict: Verdict | None) -> list[Objection]:
    return [one for one in verdict.readiness.objections if one.stands] if verdict else []


def _before_the_group(case: Case) -> bool:
    return (
        case.verdict is not None
        and case.incorporated is None
        and case.state not in (State.DISPOSED, State.WITHDRAWN)
    )


def _shown(form: Form) -> Usable:
    return Usable(
        who=_WHO[form.who],
        usage=form.usage,
        example=form.example,
        does=form.does,
        position=form.kind == "position",
    )
