"""The versions of a contribution as they were handed in: their texts, and which contribution each amends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.application.chronicle import Chronicle
from accord.domain.record.events import Incorporated, Received, Revised


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """A version as it was handed in, and the contribution whose text it changes (None: the agreed text).

    ``unread``: it brought no text of its own, or one that breaks the rules of form and was not read.
    """

    number: int
    event: Received | Revised
    amends: int | None
    unread: bool

    @property
    def revision(self) -> int:
        """Its number: 1, 2, ..."""
        return self.event.revision if isinstance(self.event, Revised) else 1


def versions(chronicle: Chronicle, number: int) -> list[TextVersion]:
    """Every version of a contribution, in the order of the record."""
    out: list[TextVersion] = []
    amends: int | None = None
    head: str | None = None
    for event in chronicle.events(str(number)):
        if not isinstance(event, (Received, Revised)):
            continue
        if event.metadata is not None:
            amends = amended(event.metadata)
        unread = event.head is None or event.base is None or not event.effect or event.head == head
        out.append(TextVersion(number=number, event=event, amends=amends, unread=unread))
        head = event.head
    return out


def newest_before(chronicle: Chronicle, number: int, seq: int | None = None) -> TextVersion | None:
    """The newest version that stood in the record before an event; by now if None."""
    found = [one for one in versions(chronicle, number) if seq is None or one.event.seq < seq]
    return found[-1] if found else None


def version_at(chronicle: Chronicle, number: int, head: str, seq: int | None = None) -> TextVersion | None:
    """The newest version with this text that stood in the record before an event."""
    found = [
        one
        for one in versions(chronicle, number)
        if one.event.head == head and (seq is None or one.event.seq < seq)
    ]
    return found[-1] if found else None


def incorporated(chronicle: Chronicle, number: int, seq: int | None = None) -> Incorporated | None:
    """The act that brought a contribution to the agreed text before an event of the record."""
    acts = [
        event
        for event in chronicle.events(str(number))
        if isinstance(event, Incorporated) and (seq is None or event.seq < seq)
    ]
    return acts[-1] if acts else None


def amended(metadata: Mapping[str, Any]) -> int | None:
    """The contribution that a description says it amends."""
    number = metadata.get("amends")
    return number if isinstance(number, int) and not isinstance(number, bool) else None
