"""Days that may not be fixed yet: `2025-02` is some day of February 2025 until somebody fixes it (A3)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from accord.domain.process.moments import Interval, day_start, deadline, parse_day, show_day, show_month

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From `first` to `last` day, both included.

    `fixed` says whether these are the very days (a meeting held on both), or only the days between which
    it will fall. `text` is the EDTF expression it was read from.
    """

    text: str
    first: date
    last: date
    fixed: bool

    def begins(self, zone: tzinfo) -> Interval:
        """When it can begin: one instant if the days are fixed."""
        earliest = day_start(self.first, zone)
        return (
            Interval.at(earliest)
            if self.fixed
            else Interval(earliest=earliest, latest=day_start(self.last, zone))
        )

    def ends(self, zone: tzinfo) -> Interval:
        """When it can be over: one instant if the days are fixed."""
        latest = deadline(self.last, zone)
        return (
            Interval.at(latest)
            if self.fixed
            else Interval(earliest=deadline(self.first, zone), latest=latest)
        )

    def show(self) -> str:
        """In words: `4 November 2024`, `7-8 October 2024`, `February 2025`, `between ... and ...`."""
        if self.first == self.last:
            return show_day(self.first)
        if self.fixed:
            return _show_range(self.first, self.last)
        if _MONTH.fullmatch(self.text):
            return show_month(self.first)
        half = {(1, 6): "first half of", (7, 12): "second half of"}.get((self.first.month, self.last.month))
        if half and self.first.year == self.last.year and self.first.day == 1 and self.last.day in (30, 31):
            return f"{half} {self.first.year}"
        return f"between {show_day(self.first)} and {show_day(self.last)}"


def parse_days(text: str) -> Days:
    """Read an EDTF date or interval. Raises ValueError in plain words.

    Days on both sides of an interval mean those very days; a month, a half-year or an approximate date means
    some day in it.
    """
    first, slash, last = text.partition("/")
    if slash and ("" in (first, last) or ".." in (first, last)):
        raise ValueError(f"`{text[:40]}` has an open end; name both ends of the time")
    exact = _is_day(first) and (not slash or _is_day(last))
    try:
        lower, upper = (_span(first)[0], _span(last)[1]) if slash else _span(first)
    except _NeedsLibrary:
        lower, upper = _span_by_library(text)
    if upper < lower:
        raise ValueError(f"`{text}` ends before it begins")
    return Days(text=text, first=lower, last=upper, fixed=exact)


class _NeedsLibrary(Exception):
    """The expression is beyond plain years, months and days."""


def _is_day(text: str) -> bool:
    return len(text) == len("2024-12-20") and text.count("-") == 2


def _span(text: str) -> tuple[date, date]:
    # The edtf package takes a tenth of a second to import, so the plain forms are read here.
    if _is_day(text):
        day = parse_day(text)
        return day, day
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        parse_day(f"{text}-01")
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if _YEAR.fullmatch(text):
        parse_day(f"{text}-01-01")
        return date(int(text), 1, 1), date(int(text), 12, 31)
    raise _NeedsLibrary


def _span_by_library(text: str) -> tuple[date, date]:
    from contextlib import redirect_stdout
    from io import StringIO

    from edtf import parse_edtf

    unreadable = ValueError(
        f"`{text[:40]}` is not a date; write a day `2025-02-11`, a month `2025-02`, or `2026-01/2026-06`"
    )
    if len(text) > 40:
        raise unreadable
    try:
        with redirect_stdout(StringIO()):  # the package prints what it cannot read
            parsed = parse_edtf(text)
            lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return date(*lower[:3]), date(*upper[:3])
    except Exception:  # the package raises whatever its parser meets, AttributeError included
        raise unreadable from None


def _show_range(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{show_day(last)}"
    if first.year == last.year:
        return f"{show_day(first).rpartition(' ')[0]} to {show_day(last)}"
    return f"{show_day(first)} to {show_day(last)}"


def not_before(span: Interval, floor: datetime) -> Interval:
    """The same interval with everything before `floor` ruled out."""
    return Interval(earliest=max(span.earliest, floor), latest=max(span.latest, floor))
