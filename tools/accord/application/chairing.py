"""What every act of a chair starts from: whether it may be decided on, words for messages, ends that were named."""

from __future__ import annotations

from datetime import datetime

from accord.application.cases import Cases, OpinionCase, title_of
from accord.application.refusals import refuse_ended
from accord.domain.agreement.case import Case
from accord.domain.agreement.verdict import Verdict
from accord.domain.agreement.world import World
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import parse_until
from accord.render.messages import Speaking


def speaking(cases: Cases) -> Speaking:
    """Words, zone and names for messages about the present moment."""
    state = cases.world.at(cases.now)
    names = {entity.id: entity.shown for entity in state.experts.entities}
    return Speaking(
        forum=state.forum,
        zone=state.timetable.zone,
        name_of=lambda entity: names.get(entity, entity),
        labels=labels(cases.world, cases.now),
    )


def labels(world: World, now: datetime) -> dict[str, str]:
    """What the rules call the positions, by name; where they changed, what they call it now."""
    known = [*world.between(world.seen[0].recorded, now), world.at(now)]
    return {one.name: one.label for state in known for one in state.rules.positions if one.label}


def before_the_group(found: Case | OpinionCase) -> Verdict:
    """The verdict of something that may be decided on.

    Raises:
        Refused: it is over, or was not admitted.
    """
    refuse_settled(found)
    if found.verdict is None:
        raise refuse(
            "contribution-not-open",
            f"{title_of(found).capitalize()} is not before the group ({_state(found)}).",
            fix="`accord why` says what it needs first.",
        )
    return found.verdict


def refuse_settled(found: Case | OpinionCase) -> None:
    """Refuse to decide on a contribution that is over or in the text."""
    if not isinstance(found, Case):
        return
    refuse_ended(found)
    if found.incorporated is not None:
        raise refuse(
            "contribution-incorporated",
            f"Contribution {found.number} is in the text already.",
            fix="Propose a change of the text instead.",
        )


def refuse_no_reason(reason: str) -> None:
    """Refuse an act whose reason is shown wherever its result is, and that gives none (exit USAGE)."""
    if not reason.strip():
        raise refuse(
            "reason-missing",
            "This needs a reason: it is shown wherever the result is.",
            fix="Say why with `--reason TEXT`.",
            exit_code=Exit.USAGE,
        )


def named_end(text: str, cases: Cases) -> datetime:
    """An end as typed: an instant, or a day for its end in the process zone.

    Raises:
        Refused: it is neither (exit USAGE).
    """
    try:
        return parse_until(text, cases.world.at(cases.now).timetable.zone)
    except ValueError as problem:
        raise refuse(
            "moment", f"{problem}.", fix="Write a day like `2025-02-20`.", exit_code=Exit.USAGE
        ) from problem


def _state(found: Case | OpinionCase) -> str:
    return found.state.value if isinstance(found, Case) else found.verdict.standing.value
