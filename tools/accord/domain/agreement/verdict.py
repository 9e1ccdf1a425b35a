"""Where a subject stands in being agreed: open, in call, ready, declared, to be confirmed, reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accord.domain.agreement.calls import current_call, last_declaration, reopened
from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.effect import reads_so
from accord.domain.agreement.readiness import WHAT_PEOPLE_SAID, Missing, Readiness, readiness
from accord.domain.agreement.voices import counting
from accord.domain.agreement.world import World
from accord.domain.record.events import (
    Corrected,
    Declared,
    Outcome,
    Position,
    Recalled,
    Reopened,
    Revised,
)


class Standing(Enum):
    """The result of the rules of agreement; the words shown are in `render.messages`."""

    OPEN = "open"
    IN_CALL = "in call"
    READY = "ready"
    NOT_YET_AGREED = "not yet agreed"
    AGREED = "agreed"
    AD_REFERENDUM = "agreed ad referendum"
    NOT_AGREED = "not agreed"
    TO_BE_CONFIRMED = "to be confirmed"
    REOPENED = "reopened"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A standing, the readiness behind it, the declaration it rests on, and whether that is contested (C14)."""

    standing: Standing
    readiness: Readiness
    declared: Declared | Outcome | None = None
    contested: bool = False
    missing: tuple[Missing, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether the text may be incorporated and shown as agreed."""
        return self.standing in (Standing.AGREED, Standing.ADOPTED) and not self.contested

    @property
    def rough(self) -> bool:
        """Whether it rests on rough consensus, which is said wherever the result is (C9)."""
        return isinstance(self.declared, Declared) and self.declared.rough


def judge(dossier: Dossier, world: World, now: datetime) -> Verdict:
    """Say where a subject stands at ``now``; nothing but the arguments decides (C10)."""
    found = readiness(dossier, world, now)
    declared = last_declaration(dossier, now)
    if declared is None:
        standing = _undeclared(dossier, found, now)
        if standing is Standing.REOPENED:
            acted = Missing(rule="C9", what="reopened-by-chair", who="a chair")
            return Verdict(standing=standing, readiness=found, missing=(acted, *found.missing))
        return Verdict(standing=standing, readiness=found, missing=found.missing)
    contested = any(
        isinstance(event, Corrected)
        and event.contested
        and event.target == declared.seq
        and event.received.earliest <= now
        for event in dossier.events
    )
    standing = _declared(dossier, world, now, declared, found)
    missing: tuple[Missing, ...] = ()
    match standing:
        case Standing.TO_BE_CONFIRMED:
            missing = (Missing(rule="C9", what="to-be-confirmed", who="a chair"),)
        case Standing.REOPENED:
            first = "reopened-ready" if found.ready else "reopened"
            missing = (Missing(rule="C9", what=first, who="a chair"), *found.missing)
        case Standing.AD_REFERENDUM if isinstance(declared, Outcome):
            missing = (Missing(rule="C11", what="ad-referendum", who="time", by=declared.until),)
        case _:
            pass
    if contested:
        # C14. A disputed declaration carries nothing until it is made again.
        missing = (Missing(rule="C14", what="contested", who="a chair"), *missing)
    return Verdict(
        standing=standing, readiness=found, declared=declared, contested=contested, missing=missing
    )


def was_ready(dossier: Dossier, world: World, declared: Declared | Outcome) -> bool:
    """Whether agreement could be declared then, on everything received before it and recorded by then (C9)."""
    seq = declared.seq + 1 if isinstance(declared, Outcome) else declared.seq
    moment = declared.received.latest
    world = world.known_before(declared.seq)
    found = readiness(dossier.as_of(received_by=moment, seq_below=seq), world, moment)
    # C11. Ad referendum waits for its date; everything else must be met when the chair speaks.
    waits = frozenset({"call-runs"} if declared.result == "agreed ad referendum" else ())
    if isinstance(declared, Declared) and declared.rough and declared.reason:
        # C9. Rough consensus, where the rules allow it: the text and the call must be right, what people said may not.
        waits = WHAT_PEOPLE_SAID if world.at(moment).rules.rough_allowed else frozenset()
    return all(missing.what in waits for missing in found.missing)


def _undeclared(dossier: Dossier, found: Readiness, now: datetime) -> Standing:
    call = found.call
    if call is None and reopened(dossier, now) is not None:
        return Standing.REOPENED
    if call is None or call.void_since is not None:
        return Standing.OPEN
    if not call.ended(now):
        return Standing.IN_CALL
    return Standing.READY if found.ready else Standing.NOT_YET_AGREED


def _declared(
    dossier: Dossier, world: World, now: datetime, declared: Declared | Outcome, found: Readiness
) -> Standing:
    if declared.result == "not agreed":
        return _after_not_agreed(dossier, world, now, declared, found)
    if _late_news(dossier, world, declared) or not was_ready(dossier, world, declared):
        return Standing.TO_BE_CONFIRMED
    merged = not dossier.path and not found.effect and reads_so(world.at(now).agreed, declared.effect)
    if dossier.incorporated(now) is None and found.effect != declared.effect and not merged:
        # C9. It binds to the pinned effect. C13. Once incorporated, a later amendment supersedes, not reopens; nor is
        # reopened what somebody merged just as it was declared, before it was recorded that it is in the text.
        return Standing.REOPENED
    if declared.result == "adopted":
        return Standing.ADOPTED
    if declared.result == "agreed ad referendum" and isinstance(declared, Outcome):
        return _ad_referendum(declared, found, now)
    return Standing.AGREED


def _after_not_agreed(
    dossier: Dossier, world: World, now: datetime, declared: Declared | Outcome, found: Readiness
) -> Standing:
    call = current_call(dossier, world, now)
    # Another call, or the same one started again by a change of the text (C7), opens the question again.
    if call is not None and (
        call.basis > declared.seq or any(moment > declared.received.latest for moment in call.restarted)
    ):
        return _undeclared(dossier, found, now)
    return Standing.NOT_AGREED


def _ad_referendum(declared: Outcome, found: Readiness, now: datetime) -> Standing:
    """C11. Agreed ad referendum holds until its date; an objection received by then keeps it from agreement."""
    by_then = (o for o in found.objections if declared.until is None or o.raised < declared.until)
    if found.gated and any(objection.stands for objection in by_then):
        return Standing.NOT_YET_AGREED
    if declared.until is None or now < declared.until:
        return Standing.AD_REFERENDUM
    return Standing.AGREED


def _late_news(dossier: Dossier, world: World, declared: Declared | Outcome) -> bool:
    """C9. Something received before the declaration was recorded after it.

    A support is no news that could weaken the result (C10), so it alone does not ask for confirmation; nor do words
    of somebody who cannot withhold consensus (C2), or a stranger could hold up a draft.
    """
    said = declared.received.latest
    for event in dossier.events:
        if event.seq <= declared.seq or event.received.earliest > said:
            continue
        if isinstance(event, Position) and event.stance != "support":
            moments = (event.received.earliest, event.received.latest)
            if not all(counting(dossier, world, event.entity, m, said, event.stance) for m in moments):
                return True
        elif isinstance(event, (Revised, Recalled, Reopened, Outcome)):
            return True
    return False
