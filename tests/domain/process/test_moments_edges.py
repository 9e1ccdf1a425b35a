"""Days, instants and spans at their edges, and how each is said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accord.domain.process.days import Days, parse_days
from accord.domain.process.moments import (
    Interval,
    format_instant,
    parse_day,
    parse_from,
    parse_instant,
    parse_until,
    show_day,
    show_moment,
    show_until,
)

ZURICH = ZoneInfo("Europe/Zurich")
LOCAL = datetime(2024, 1, 1)  # noqa: DTZ001 - what must be refused


@pytest.mark.parametrize("text", ["1900-01-01", "9000-12-31", "2024-02-29"])
def test_days_that_are_read(text: str) -> None:
    """From the first to the last plausible day."""
    assert parse_day(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1899-12-31", "year must be 1900 to 9000"),
        ("9001-01-01", "year must be 1900 to 9000"),
        ("20241220", "is not a day"),
        ("2024-12-20T00:00", "write it like"),
        ("2024-12-20 ", "write it like"),
        ("2024-W51-5", "write it like"),
        ("2023-02-29", "not a day of the calendar"),
        ("x" * 40, f"`{'x' * 40}` is not a day"),
        ("x" * 41, f"`{'x' * 37}...` is not a day"),
    ],
)
def test_what_is_no_day(text: str, why: str) -> None:
    """A readable reason; a long text is cut where it still shows what was meant."""
    with pytest.raises(ValueError, match=why.replace("...", r"\.\.\.")):
        parse_day(text)


@pytest.mark.parametrize("text", ["2024-12-20T22:59:59Zz", "2024-12-20T22:59:59Z\n"])
def test_nothing_may_follow_an_instant(text: str) -> None:
    """A whole text is an instant or it is none."""
    with pytest.raises(ValueError, match="is not an instant"):
        parse_instant(text)


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (LOCAL, datetime(2024, 1, 2, tzinfo=UTC)),
        (datetime(2023, 1, 1, tzinfo=UTC), LOCAL),
    ],
)
def test_an_interval_needs_both_offsets(earliest: datetime, latest: datetime) -> None:
    """One end without an offset is not an instant."""
    with pytest.raises(ValueError, match="UTC offset"):
        Interval(earliest=earliest, latest=latest)


def test_an_instant_without_an_offset_is_not_written() -> None:
    """Rather a bug that is seen than a deadline that is wrong."""
    with pytest.raises(ValueError, match="UTC offset"):
        format_instant(LOCAL)


@pytest.mark.parametrize("read", [parse_from, parse_until])
@pytest.mark.parametrize(
    "text", ["2024-12-20T25:00", "2024-12-20 12:60", "1899-12-31T12:00", "9001-01-01 12:00"]
)
def test_a_local_time_that_no_clock_shows(read: object, text: str) -> None:
    """Hours, minutes and years are checked in times of the process zone too."""
    assert callable(read)
    with pytest.raises(ValueError, match=r"clock|year must be"):
        read(text, ZURICH)


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_named_as_in_the_calendar(month: int) -> None:
    """Compared with Python's own English names."""
    day = date(2024, month, month)
    assert show_day(day) == f"{day.day} {day:%B} {day.year}"


@pytest.mark.parametrize("number", range(2, 9))
def test_each_weekday_is_named(number: int) -> None:
    """2 to 8 December 2024, Monday to Sunday."""
    day = date(2024, 12, number)
    assert show_day(day, weekday=True).startswith(f"{day:%A} {number} ")


def test_an_end_in_the_middle_of_a_day_is_shown_as_it_is() -> None:
    """Only midnight is told as the end of the day before."""
    noon, midnight = parse_instant("2024-12-20T11:00:00Z"), parse_instant("2024-12-20T23:00:00Z")
    assert show_until(noon, ZURICH) == show_moment(noon, ZURICH)
    assert "20 December" in show_until(midnight, ZURICH)
    assert show_until(midnight, ZURICH) != show_moment(midnight, ZURICH)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-11-04", "4 November 2024"),
        ("2024-10-07/2024-10-08", "7-8 October 2024"),
        ("2024-09-30/2024-10-01", "30 September to 1 October 2024"),
        ("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025"),
        ("2025-02", "February 2025"),
        ("2026-01/2026-06", "first half of 2026"),
        ("2026-07/2026-12", "second half of 2026"),
        ("2026-01/2027-06", "between 1 January 2026 and 30 June 2027"),
        ("2026-02/2026-06", "between 1 February 2026 and 30 June 2026"),
        ("2026-01/2026-05", "between 1 January 2026 and 31 May 2026"),
        ("2025", "between 1 January 2025 and 31 December 2025"),
    ],
)
def test_how_days_are_said(text: str, shown: str) -> None:
    """Days, ranges within a month, a year and across, months, halves of a year, and anything else."""
    assert parse_days(text).show() == shown


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 1, 2), date(2026, 6, 30)), (date(2026, 1, 1), date(2026, 6, 29))]
)
def test_a_span_that_is_not_quite_a_half_year(first: date, last: date) -> None:
    """It is named by its days."""
    assert Days(text="", first=first, last=last, fixed=False).show().startswith("between")


@pytest.mark.parametrize(
    ("text", "first", "last", "fixed"),
    [
        ("2024-10-07/2024-10-08", "2024-10-07", "2024-10-08", True),
        ("2024-10/2024-11-08", "2024-10-01", "2024-11-08", False),
        ("2024-10-07/2024-11", "2024-10-07", "2024-11-30", False),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("2025", "2025-01-01", "2025-12-31", False),
        ("2024-10-07~", "2024-10-07", "2024-10-07", False),
    ],
)
def test_what_an_expression_covers(text: str, first: str, last: str, fixed: bool) -> None:
    """The very days only if both sides are days."""
    days = parse_days(text)
    assert (days.first.isoformat(), days.last.isoformat(), days.fixed) == (first, last, fixed)
    begins, ends = days.begins(ZURICH), days.ends(ZURICH)
    assert (begins.exact, ends.exact) == (fixed or first == last, fixed or first == last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-01/..", "open end"), ("../2024-01", "open end"), ("/2024-01", "open end"), ("2024-01/", "open end"),
        ("2024-13", "is not a date"), ("2024-00", "is not a date"), ("1899", "year must be"),
        ("9001-01", "year must be"),
        ("2024-02-30", "calendar"), ("2025-01/2024-01", "ends before it begins"),
        ("1-2-3", "is not a date"), ("next-spring-", "is not a date"), ("x" * 41, "is not a date"),
    ],
)  # fmt: skip
def test_what_are_no_days(text: str, why: str) -> None:
    """Each says what is wrong."""
    with pytest.raises(ValueError, match=why):
        parse_days(text)
