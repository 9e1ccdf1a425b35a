"""A contribution that was split: which words went with its parts (C6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accord.domain.record.events import (
    Asked,
    Confirmed,
    Cosigned,
    Event,
    ObjectionEnded,
    Outcome,
    Position,
    Received,
)
from accord.domain.record.values import Effect


def inherited(whole: Iterable[Event], part: Received) -> tuple[Event, ...]:
    """Of the events of a contribution those that bear on the part that was split from it.

    C5, C6. A position on the clauses that went with the part still stands on them, and an objection to them is an
    objection to the part. What is later said of such an objection (withdrawn, confirmed, asked) ends it in both.
    """
    clauses = {entry.id for entry in part.effect}
    out: list[Event] = []
    for event in whole:
        match event:
            case Position(effect=effect) | Cosigned(effect=effect) | Outcome(effect=effect):
                if event.seq < part.seq and any(entry.id in clauses for entry in effect):
                    out.append(event)
            case Confirmed() | ObjectionEnded() | Asked():
                out.append(event)
            case _:
                pass
    return tuple(out)


def only_about(objections: Sequence[tuple[str, Effect]], clauses: Iterable[str]) -> tuple[str, ...]:
    """Ids of the objections that are about nothing but these clauses, and so go with them."""
    moved = set(clauses)
    return tuple(id_ for id_, effect in objections if effect and all(entry.id in moved for entry in effect))
