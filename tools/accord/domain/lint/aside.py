"""Which findings of the lint the secretariat has set aside: for exactly the clause text that it looked at (C14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from accord.domain.findings import Severity
from accord.domain.lint.flaw import Flaw
from accord.domain.record.events import Event, Waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A flaw, and the act by which it was set aside, if it was."""

    flaw: Flaw
    aside: Waived | None


def judged(flaws: Iterable[Flaw], events: Iterable[Event]) -> tuple[Judged, ...]:
    """Each flaw with the newest act that set it aside: same rule, file, words and clause text.

    A clause that reads differently has another digest, so nothing that was set aside holds for it.
    """
    acts = {
        (event.rule, spot.path, spot.digest, spot.words): event
        for event in events
        if isinstance(event, Waived)
        for spot in event.spots
    }
    return tuple(Judged(flaw=one, aside=acts.get(one.key)) for one in flaws)


def shown(one: Judged, when: str) -> Flaw:
    """A flaw as it is shown: one that was set aside stays in sight, with who, when and why."""
    if one.aside is None:
        return one.flaw
    fix = f"Set aside by {one.aside.by.name}, {when}: {one.aside.reason}"
    return replace(one.flaw, fix=fix, severity=Severity.NOTE)
