"""Who signs what they enter: everybody for whom the list of nominated experts has a key at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from accord.application.ports import Sign, Signer
from accord.domain.record.values import Actor

if TYPE_CHECKING:
    from accord.domain.process.people import ExpertsList


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


__all__ = ["due", "signing"]
