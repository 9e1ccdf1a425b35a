"""Calls for consensus (C7): what is pinned, when it ends, and what a change of the text does to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.world import World
from accord.domain.process.rules import ChangeInCall
from accord.domain.record.events import Called, Declared, Outcome, Recalled, Reopened
from accord.domain.record.values import Effect

PUT_ORALLY = ("agreed", "agreed ad referendum", "adopted")
DECIDING = (*PUT_ORALLY, "not agreed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it stands: the text it is about, its end (exclusive instant), and whether it is void.

    ``restarted`` holds each moment at which a change of the text restarted it. ``basis`` is the event that
    opened it, ``oral`` the meeting in which the text was put instead (C11).
    """

    basis: int
    opened: datetime
    until: datetime
    effect: Effect
    rules: str
    restarted: tuple[datetime, ...] = ()
    void_since: datetime | None = None
    oral: Outcome | None = None

    def ended(self, now: datetime) -> bool:
        """Whether its end has come: ``until`` itself is past the end."""
        return now >= self.until


def current_call(dossier: Dossier, world: World, now: datetime) -> Call | None:
    """The newest call that was not recalled, after what changes of the text did to it; None without one."""
    recalled = _recalled(dossier, now)
    reopening = reopened(dossier, now)
    opened: list[Called | Outcome] = []
    for event in dossier.events:
        if event.received.earliest > now or event.seq in recalled:
            continue
        if reopening is not None and event.seq < reopening.seq:
            continue  # C9. What a chair reopened needs a call again.
        if isinstance(event, Called) or (isinstance(event, Outcome) and event.result in PUT_ORALLY):
            opened.append(event)
    if not opened:
        return None
    newest = max(opened, key=lambda event: (event.received.earliest, event.seq))
    if isinstance(newest, Outcome):
        return _put_orally(newest, world)
    return _after_changes(newest, dossier, world, now)


def last_declaration(dossier: Dossier, now: datetime) -> Declared | Outcome | None:
    """The newest declaration, or meeting outcome that decides, by ``now``, neither taken back nor reopened."""
    recalled = _recalled(dossier, now)
    reopening = reopened(dossier, now)
    deciding = [
        event
        for event in dossier.events
        if event.received.earliest <= now
        and event.seq not in recalled
        and (reopening is None or event.seq > reopening.seq)
        and (isinstance(event, Declared) or (isinstance(event, Outcome) and event.result in DECIDING))
    ]
    return max(deciding, key=lambda event: (event.received.earliest, event.seq), default=None)


def reopened(dossier: Dossier, now: datetime) -> Reopened | None:
    """The newest act by which a chair reopened what had been declared (C9).

    C13. What is in the agreed text by then is not reopened: a later declared amendment supersedes it.
    """
    acts = [
        event
        for event in dossier.events
        if isinstance(event, Reopened)
        and event.received.earliest <= now
        and dossier.incorporated(event.received.earliest) is None
    ]
    return acts[-1] if acts else None


def _recalled(dossier: Dossier, now: datetime) -> set[int]:
    return {
        event.call
        for event in dossier.events
        if isinstance(event, Recalled) and event.received.earliest <= now
    }


def _put_orally(event: Outcome, world: World) -> Call:
    """C11. The chair put the text in a meeting: it ended there, or ad referendum at a later instant."""
    moment = event.received.latest
    return Call(
        basis=event.seq,
        opened=moment,
        until=event.until or moment,
        effect=event.effect,
        rules=world.at(moment).rules.digest,
        oral=event,
    )


def _after_changes(event: Called, dossier: Dossier, world: World, now: datetime) -> Call:
    opened = event.received.latest
    policy = world.at(opened).rules.change_in_call
    effect, until, restarted, void = event.effect, event.until, [], None
    length = event.until - opened
    for moment, reads in dossier.changes(world, opened, now):
        if reads == effect:
            continue
        match policy:
            case ChangeInCall.RESTART:
                # C7 restart: the clock starts again, in full, for the text as it now reads.
                effect, until = reads, moment + length
                restarted.append(moment)
            case ChangeInCall.REFUSE:
                # C7 refuse: such a change is refused at the door; one that comes otherwise voids the call.
                void = moment
                break
            case ChangeInCall.HOLD:
                # C7 hold: the clock runs on, but nothing is ready until the text reads as pinned again.
                continue
    return Call(
        basis=event.seq,
        opened=opened,
        until=until,
        effect=effect,
        rules=event.rules,
        restarted=tuple(restarted),
        void_since=void,
    )
