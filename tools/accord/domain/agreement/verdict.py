"""Where a subject stands in being agreed: open, in call, ready, declared, to be confirmed, reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accord.domain.agreement.calls import current_call
from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.readiness import Missing, Readiness, readiness
from accord.domain.agreement.world import World
from accord.domain.record.events import (
    Corrected,
    Declared,
    Incorporated,
    Outcome,
    Position,
    Recalled,
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
        return self.standing is Standing.AGREED and not self.contested


def judge(dossier: Dossier, world: World, now: datetime) -> Verdict:
    """Say where a subject stands at ``now``; nothing but the arguments decides (C10)."""
    found = readiness(dossier, world, now)
    declared = last_declaration(dossier, now)
    if declared is None:
        return Verdict(standing=_undeclared(found, now), readiness=found, missing=found.missing)
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


def last_declaration(dossier: Dossier, now: datetime) -> Declared | Outcome | None:
    """The newest declaration, or meeting outcome that decides, received by ``now`` and not taken back."""
    recalled = {
        event.call
        for event in dossier.events
        if isinstance(event, Recalled) and event.received.earliest <= now
    }
    deciding = [
        event
        for event in dossier.events
        if event.received.earliest <= now
        and event.seq not in recalled
        and (
            isinstance(event, Declared)
            or (
                isinstance(event, Outcome)
                and event.result in {"agreed", "agreed ad referendum", "not agreed"}
            )
        )
    ]
    return max(deciding, key=lambda event: (event.received.earliest, event.seq), default=None)


def was_ready(dossier: Dossier, world: World, declared: Declared | Outcome) -> bool:
    """Whether agreement could be declared then, on everything received before it and recorded by then (C9)."""
    seq = declared.seq + 1 if isinstance(declared, Outcome) else declared.seq
    moment = declared.received.latest
    found = readiness(dossier.as_of(received_by=moment, seq_below=seq), world, moment)
    # C11. Ad referendum waits for its date; everything else must be met when the chair speaks.
    waits = {"call-runs"} if declared.result == "agreed ad referendum" else set()
    return all(missing.what in waits for missing in found.missing)


def incorporated(dossier: Dossier, now: datetime) -> Incorporated | None:
    """The act by which the subject's text entered the agreed text, if it did."""
    acts = [e for e in dossier.events if isinstance(e, Incorporated) and e.received.earliest <= now]
    return acts[-1] if acts else None


def _undeclared(found: Readiness, now: datetime) -> Standing:
    call = found.call
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
    if _late_news(dossier, declared) or not was_ready(dossier, world, declared):
        return Standing.TO_BE_CONFIRMED
    if incorporated(dossier, now) is None and found.effect != declared.effect:
        # C9. It binds to the pinned effect. C13. Once incorporated, a later amendment supersedes, not reopens.
        return Standing.REOPENED
    if isinstance(declared, Outcome):
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
        return _undeclared(found, now)
    return Standing.NOT_AGREED


def _ad_referendum(declared: Outcome, found: Readiness, now: datetime) -> Standing:
    """C11. Agreed ad referendum holds until its date; an objection received by then keeps it from agreement."""
    by_then = (o for o in found.objections if declared.until is None or o.raised < declared.until)
    objected = any(o.stands for o in by_then) and found.gated
    if declared.result == "agreed ad referendum":
        if objected:
            return Standing.NOT_YET_AGREED
        if declared.until is None or now < declared.until:
            return Standing.AD_REFERENDUM
        return Standing.AGREED
    return Standing.AGREED


def _late_news(dossier: Dossier, declared: Declared | Outcome) -> bool:
    """C9. Something received before the declaration was recorded after it.

    A support is no news that could weaken the result (C10), so it alone does not ask for confirmation.
    """
    for event in dossier.events:
        if event.seq <= declared.seq or event.received.earliest > declared.received.latest:
            continue
        if isinstance(event, Position) and event.stance != "support":
            return True
        if isinstance(event, (Revised, Recalled, Outcome)):
            return True
    return False
