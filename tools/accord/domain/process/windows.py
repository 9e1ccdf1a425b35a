"""Which window is open at a moment: open, in a gap, before the first, after the last, or undetermined (R16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from accord.domain.process.days import not_before
from accord.domain.process.moments import Interval, deadline
from accord.domain.process.timetable import Timetable, Window


class Phase(Enum):
    """Where a moment falls."""

    BEFORE = "before"
    OPEN = "open"
    GAP = "gap"
    AFTER = "after"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTimes:
    """A window with its ends: it includes `opens` and excludes `closes`, each exact or between two instants."""

    window: Window
    opens: Interval
    closes: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The answer for one moment.

    `current` is the window that is open (or may be, when undetermined), `previous` the last one certainly closed,
    `following` the next one to open. `between` gives, when undetermined, the first and the last day on which
    the event `awaits` may end the uncertainty.
    """

    phase: Phase
    current: WindowTimes | None = None
    previous: WindowTimes | None = None
    following: WindowTimes | None = None
    awaits: str = ""
    between: tuple[date, date] | None = None

    @property
    def name(self) -> str:
        """A short stable name: `W2`, `gap after W2`, `before W1`, `after forum`, `undetermined (forum)`."""
        match self.phase:
            case Phase.OPEN if self.current:
                return self.current.window.id
            case Phase.GAP if self.previous:
                return f"gap after {self.previous.window.id}"
            case Phase.BEFORE if self.following:
                return f"before {self.following.window.id}"
            case Phase.AFTER if self.previous:
                return f"after {self.previous.window.id}"
            case _:
                return f"undetermined ({self.current.window.id})" if self.current else self.phase.value


def window_times(
    timetable: Timetable, posted: Mapping[str, datetime] | None = None
) -> tuple[WindowTimes, ...]:
    """All windows with their ends, in order.

    `posted` gives the recorded posting of drafts: it replaces the planned opening, earlier or later (A4), but a
    window never opens before the one before it has closed (R19).
    """
    actual = posted or {}
    found: list[WindowTimes] = []
    for window in timetable.windows:
        opens = (
            Interval.at(actual[window.opens]) if window.opens in actual else timetable.begins(window.opens)
        )
        if found and window.opens in actual:
            opens = not_before(opens, found[-1].closes.latest)
        closes = timetable.ends(window.closes)
        # A14. While its days are not fixed, what closes a window takes place after the day that opened it.
        opening_day = opens.earliest.astimezone(timetable.zone).date()
        closes = not_before(closes, opens.earliest if closes.exact else deadline(opening_day, timetable.zone))
        found.append(WindowTimes(window=window, opens=opens, closes=closes))
    return tuple(found)


def window_at(
    timetable: Timetable, moment: datetime, posted: Mapping[str, datetime] | None = None
) -> Standing:
    """Where a moment falls. Pass the timetable in force then: `timetable.at(moment)`."""
    previous: WindowTimes | None = None
    for times in window_times(timetable, posted):
        if moment >= times.closes.latest:
            previous = times
            continue
        if moment < times.opens.earliest:
            phase = Phase.GAP if previous else Phase.BEFORE
            return Standing(phase=phase, previous=previous, following=times)
        following = _next(timetable, times, posted)
        if moment < times.opens.latest:
            return _undetermined(timetable, times, times.window.opens, times.opens, previous, following)
        if moment >= times.closes.earliest:
            return _undetermined(timetable, times, times.window.closes, times.closes, previous, following)
        return Standing(phase=Phase.OPEN, current=times, previous=previous, following=following)
    return Standing(phase=Phase.AFTER, previous=previous)


def is_final(timetable: Timetable, moment: datetime, posted: Mapping[str, datetime] | None = None) -> bool:
    """Whether the final Report is out at a moment, by its recorded posting or else by its planned day (R10)."""
    final = timetable.final
    if final is None:
        return False
    actual = (posted or {}).get(final)
    return moment >= (actual or timetable.begins(final).latest)


def _next(
    timetable: Timetable, times: WindowTimes, posted: Mapping[str, datetime] | None
) -> WindowTimes | None:
    everything = window_times(timetable, posted)
    later = everything[everything.index(times) + 1 :]
    return later[0] if later else None


def _undetermined(
    timetable: Timetable,
    times: WindowTimes,
    awaits: str,
    span: Interval,
    previous: WindowTimes | None,
    following: WindowTimes | None,
) -> Standing:
    first = span.earliest.astimezone(timetable.zone).date()
    last = (span.latest.astimezone(timetable.zone) - timedelta(seconds=1)).date()
    return Standing(
        phase=Phase.UNDETERMINED,
        current=times,
        previous=previous,
        following=following,
        awaits=awaits,
        between=(min(first, last), last),
    )
