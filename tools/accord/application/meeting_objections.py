"""What stands in the way of a text before a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.agreement.objections import Objection
from accord.domain.agreement.readiness import Readiness
from accord.render.meeting.model import Objected
from accord.render.meeting.reading import objection_short
from accord.render.messages import Speaking, objection_line


def open_on(ready: Readiness, words: Speaking, clause: str = "") -> tuple[Objected, ...]:
    """The objections that no act ended; on a clause, those that name it or none."""
    return tuple(
        Objected(short=objection_short(one, words), full=objection_line(one, words, gated=ready.gated))
        for one in _about(ready, clause)
        if one.ended is None
    )


def opposed_on(ready: Readiness, words: Speaking, clause: str = "") -> tuple[str, ...]:
    """The entities whose objections withhold agreement (C6), as people know them."""
    return tuple(
        dict.fromkeys(
            words.name_of(owner)
            for one in _about(ready, clause)
            if one.stands
            for owner in one.owners or (one.entity,)
        )
    )


def _about(ready: Readiness, clause: str) -> Iterator[Objection]:
    for one in ready.objections:
        named = {entry.id for entry in one.clauses}
        if not clause or not named or clause in named:
            yield one
