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


__all__ = ["due", "list_before", "signing", "unsigned"]
