"""Moments: when something happened, and the one function that says when a day is over.

Instants are aware `datetime` values in UTC with whole seconds. A deadline is half-open: what is received
before the returned instant is in time, what is received at it is late.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 9000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Interval:
    """Something happened at one instant, known to lie from `earliest` to `latest`, both included.

    Raises ValueError when an end has no UTC offset or the ends are reversed.
    """

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.earliest.utcoffset() is None or self.latest.utcoffset() is None:
            raise ValueError("an interval needs instants with a UTC offset")
        if self.latest < self.earliest:
            raise ValueError("an interval cannot end before it begins")

    @classmethod
    def at(cls, moment: datetime) -> Interval:
        """An instant that is known exactly."""
        return cls(earliest=moment, latest=moment)

    @property
    def exact(self) -> bool:
        """Whether only one instant is possible."""
        return self.earliest == self.latest


def parse_day(text: str) -> date:
    """Read `2024-12-20`. Raises ValueError in plain words."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"`{_short(text)}` is not a day; write it like `2024-12-20`")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a day of the calendar") from None
    if not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
        raise ValueError(
            f"`{text}` is not a plausible day; the year must be {_EARLIEST_YEAR} to {_LATEST_YEAR}"
        )
    return day


def parse_instant(text: str) -> datetime:
    """Read `2024-12-20T22:59:59Z` or the same with an offset such as `+01:00`; fractions of a second are cut.

    Cutting never moves an instant across a deadline, because deadlines fall on whole seconds.
    Raises ValueError in plain words; a text without an offset is refused.
    """
    found = _INSTANT.fullmatch(text)
    if not found:
        raise ValueError(f"`{_short(text)}` is not an instant; write it like `2024-12-20T22:59:59Z`")
    day, clock, offset = found.groups()
    parse_day(day)
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if offset == 'Z' else offset}")
    except ValueError:
        raise ValueError(f"`{text}` names a time that no clock shows") from None
    return moment.astimezone(UTC)


def format_instant(moment: datetime) -> str:
    """Write an instant in the one form used in records: `2024-12-20T22:59:59Z`."""
    if moment.utcoffset() is None:
        raise ValueError("an instant needs a UTC offset")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_start(day: date, zone: tzinfo) -> datetime:
    """The first instant of a day in the process zone, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def deadline(day: date, zone: tzinfo) -> datetime:
    """The first instant after a day in the process zone: everything received before it is in time (A1, A2).

    The only deadline function there is; a whole day counts, whatever the clock change in between.
    """
    return day_start(day + timedelta(days=1), zone)


def days_after(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The end of the day so many days after a moment: the deadline of what must happen within these days."""
    return deadline(moment.astimezone(zone).date() + timedelta(days=days), zone)


def parse_from(text: str, zone: tzinfo) -> datetime:
    """Read a moment typed by a person, as a beginning: a bare day means its first instant in the process zone.

    A time without an offset is one of the process zone. Raises ValueError in plain words.
    """
    return day_start(parse_day(text), zone) if _DAY.fullmatch(text) else _parse_clock(text, zone)


def parse_until(text: str, zone: tzinfo) -> datetime:
    """Read a moment typed by a person, as an end: a bare day means its :func:`deadline` (C7).

    A time without an offset is one of the process zone. Raises ValueError in plain words.
    """
    return deadline(parse_day(text), zone) if _DAY.fullmatch(text) else _parse_clock(text, zone)


def _parse_clock(text: str, zone: tzinfo) -> datetime:
    local = _LOCAL.fullmatch(text)
    if not local:
        try:
            return parse_instant(text)
        except ValueError:
            raise ValueError(
                f"`{_short(text)}` is not a moment; write a day like `2024-12-20`, or `2024-12-20T17:00:00Z`"
            ) from None
    parse_day(local[1])
    try:
        return datetime.fromisoformat(f"{local[1]}T{local[2]}").replace(tzinfo=zone).astimezone(UTC)
    except ValueError:
        raise ValueError(f"`{text}` names a time that no clock shows") from None


def show_day(day: date, *, weekday: bool = False) -> str:
    """`20 December 2024`, or `Friday 20 December 2024`."""
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {words}" if weekday else words


def show_month(day: date) -> str:
    """`December 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def show_moment(moment: datetime, zone: tzinfo) -> str:
    """An instant for people: `20 December 2024, 23:59:59 (Europe/Zurich; 2024-12-20T22:59:59Z)`."""
    local = moment.astimezone(zone)
    return f"{show_day(local.date())}, {local:%H:%M:%S} ({zone}; {format_instant(moment)})"


def show_until(moment: datetime, zone: tzinfo) -> str:
    """An end for people: `the end of Friday 20 December 2024 (Europe/Zurich; before 2024-12-20T23:00:00Z)`."""
    local = moment.astimezone(zone)
    if local.time() == time.min:
        last = local.date() - timedelta(days=1)
        return f"the end of {show_day(last, weekday=True)} ({zone}; before {format_instant(moment)})"
    return show_moment(moment, zone)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
