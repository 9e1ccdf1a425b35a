"""Who signs what they enter: everybody for whom the list of nominated experts has a key at that moment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from accord.application.ports import Sign, Signer
from accord.domain.record.values import Actor

if TYPE_CHECKING:
    from accord.domain.agreement.world import World
    from accord.domain.process.people import ExpertsList
    from accord.domain.record.events import Event


def signing(signer: Signer, experts: ExpertsList, people: Iterable[Actor], moment: datetime) -> Sign | None:
    """How what these people enter at a moment is signed; None if by nobody: no key is listed for who wrote it.

    Raises:
        Refused: a key is listed, and it is not here to sign with (exit USAGE).
    """
    writers = {by for by in people if by.role != "tool"}
    if len({(by.name, by.id) for by in writers}) != 1:
        return None  # nobody, or an act of several people at once, which no single one of them can sign
    writer = writers.pop()
    keys = due(experts, writer, moment)
    if not keys:
        return None
    signer.refuse_without_key(writer.name, keys)
    return lambda content: signer.sign(content, writer.name, keys)


def due(experts: ExpertsList, by: Actor, moment: datetime) -> frozenset[bytes]:
    """The keys with one of which somebody signs what is entered at a moment; none: it goes unsigned."""
    if by.role == "tool":
        return frozenset()
    from accord.domain.process.keys import keys_of

    return keys_of(experts, by.name, by.id, moment)


def due_on(experts: ExpertsList, event: Event) -> frozenset[bytes]:
    """The keys with one of which an entry is signed: its writer's, or the doorway's for what came from a forge."""
    return doorway_keys(experts, event.recorded) if event.post else due(experts, event.by, event.recorded)


def doorway_keys(experts: ExpertsList, moment: datetime) -> frozenset[bytes]:
    """The keys of the bots that the secretariat lists among itself: they sign what comes in from a forge."""
    from accord.domain.process.keys import keys_of

    bots = [one for one in experts.at(moment).secretariat if one.login.endswith("[bot]")]
    return frozenset(key for bot in bots for key in keys_of(experts, bot.name, bot.account, moment))


def signing_doorway(signer: Signer, experts: ExpertsList, moment: datetime) -> Sign | None:
    """How what comes in from a forge is signed; None where no bot with a key is listed.

    Raises:
        Refused: a key is listed, and it is not here to sign with (exit USAGE).
    """
    keys = doorway_keys(experts, moment)
    if not keys:
        return None
    signer.refuse_without_key("the doorway", keys)
    return lambda content: signer.sign(content, "the doorway", keys)


def list_before(world: World, event: Event) -> ExpertsList:
    """The newest list of nominated experts that the record had seen before an event."""
    place = bisect_left(world.seen, event.seq, key=lambda state: state.seq)
    return world.seen[max(place - 1, 0)].experts


def unsigned(world: World, events: Iterable[Event]) -> frozenset[int]:
    """The entries that are not signed though their writer had a key by the list as known then, by number."""
    from accord.domain.process.keys import people_with_keys

    if not any(entry.keys for _, _, entry in people_with_keys(world.seen[-1].experts)):
        return frozenset()  # nobody signs here, so no older list has to be read
    return frozenset(
        event.seq
        for event in events
        if not event.by.signed and due(list_before(world, event), event.by, event.recorded)
    )


__all__ = ["due", "due_on", "list_before", "signing", "signing_doorway", "unsigned"]
