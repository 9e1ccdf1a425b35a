"""Instants, days and the one deadline function."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.process.days import parse_days
from accord.domain.process.moments import (
    Interval,
    day_start,
    deadline,
    format_instant,
    parse_day,
    parse_from,
    parse_instant,
    parse_until,
    show_moment,
    show_until,
)

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("day", "last_inside", "first_late"),
    [
        ("2024-08-26", "2024-08-26T21:59:59Z", "2024-08-26T22:00:00Z"),
        ("2024-12-20", "2024-12-20T22:59:59Z", "2024-12-20T23:00:00Z"),
        ("2025-06-16", "2025-06-16T21:59:59Z", "2025-06-16T22:00:00Z"),
        ("2025-12-19", "2025-12-19T22:59:59Z", "2025-12-19T23:00:00Z"),
    ],
)
def test_the_four_deadlines_include_their_whole_day(day: str, last_inside: str, first_late: str) -> None:
    """A1, A2: the last second of the day in Zurich is inside, the next one is late."""
    end = deadline(parse_day(day), ZURICH)
    assert parse_instant(last_inside) < end
    assert parse_instant(first_late) == end


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        pytest.param("Europe/Zurich", "2025-03-30", "2025-03-30T22:00:00Z", id="clocks-forward-that-day"),
        pytest.param("Europe/Zurich", "2024-10-27", "2024-10-27T23:00:00Z", id="clocks-back-that-day"),
        pytest.param("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z", id="midnight-is-skipped"),
        pytest.param("Asia/Kathmandu", "2024-12-20", "2024-12-20T18:15:00Z", id="odd-offset"),
        pytest.param("UTC", "2024-12-31", "2025-01-01T00:00:00Z", id="end-of-year"),
    ],
)
def test_a_day_ends_once_whatever_the_clocks_do(zone: str, day: str, end: str) -> None:
    """The deadline is the first instant after the day, also when clocks change around it."""
    assert format_instant(deadline(parse_day(day), ZoneInfo(zone))) == end


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
@settings(max_examples=200, deadline=None)
def test_the_end_of_a_day_is_the_beginning_of_the_next(day: date) -> None:
    """No instant lies between two days, and none in both."""
    for zone in (ZURICH, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Pacific/Apia")):
        assert deadline(day, zone) == day_start(day + timedelta(days=1), zone)


@given(st.integers(min_value=-(2**31), max_value=2**33))
@settings(max_examples=200, deadline=None)
def test_instants_survive_writing_and_reading(seconds: int) -> None:
    """What is written is read back to the second."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert parse_instant(format_instant(moment)) == moment


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-12-20T22:59:59Z", "2024-12-20T22:59:59Z"),
        ("2024-12-20T23:59:59+01:00", "2024-12-20T22:59:59Z"),
        ("2024-12-20T23:59+01:00", "2024-12-20T22:59:00Z"),
        ("2024-12-20T22:59:59.999999Z", "2024-12-20T22:59:59Z"),
    ],
)
def test_instants_are_read(text: str, instant: str) -> None:
    """Offsets are turned into UTC and fractions are cut, so that 22:59:59.9 is still inside."""
    assert format_instant(parse_instant(text)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-12-20",
        "2024-12-20T22:59:59",
        "2024-12-20 22:59:59Z",
        "2024-13-20T00:00:00Z",
        "2024-12-20T24:00:00Z",
        "2024-12-20T22:60:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T00:00:00Z",
        "2024-12-20T00:00:00+99:00",
        "x" * 9999,
    ],
)
def test_what_is_no_instant_is_refused_in_plain_words(text: str) -> None:
    """No crash, and a message of readable length."""
    with pytest.raises(ValueError, match="`") as refused:
        parse_instant(text)
    assert len(str(refused.value)) < 140


@pytest.mark.parametrize(
    ("text", "beginning", "end"),
    [
        ("2024-12-20", "2024-12-19T23:00:00Z", "2024-12-20T23:00:00Z"),
        ("2024-12-20 17:00", "2024-12-20T16:00:00Z", "2024-12-20T16:00:00Z"),
        ("2024-12-20T17:00:00Z", "2024-12-20T17:00:00Z", "2024-12-20T17:00:00Z"),
    ],
)
def test_a_bare_day_means_its_beginning_or_its_end(text: str, beginning: str, end: str) -> None:
    """C7: as an end a day means all of it; a time without an offset is one of the process zone."""
    assert format_instant(parse_from(text, ZURICH)) == beginning
    assert format_instant(parse_until(text, ZURICH)) == end


def test_a_moment_that_cannot_be_read_is_refused() -> None:
    """Neither a word nor an impossible day is a moment."""
    for text in ("tomorrow", "2024-02-30", "2024-02-30 10:00", "2024-02-03 25:00"):
        with pytest.raises(ValueError, match="`"):
            parse_until(text, ZURICH)


def test_moments_are_shown_in_the_process_zone_and_in_utc() -> None:
    """C7: people see both, and an end of a day is named by that day."""
    assert (
        show_moment(parse_instant("2024-12-20T22:59:59Z"), ZURICH)
        == "20 December 2024, 23:59:59 (Europe/Zurich; 2024-12-20T22:59:59Z)"
    )
    assert (
        show_until(parse_instant("2024-12-20T23:00:00Z"), ZURICH)
        == "the end of Friday 20 December 2024 (Europe/Zurich; before 2024-12-20T23:00:00Z)"
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "fixed", "shown"),
    [
        ("2024-12-20", "2024-12-20", "2024-12-20", True, "20 December 2024"),
        ("2024-10-07/2024-10-08", "2024-10-07", "2024-10-08", True, "7-8 October 2024"),
        ("2025-02", "2025-02-01", "2025-02-28", False, "February 2025"),
        ("2024-02", "2024-02-01", "2024-02-29", False, "February 2024"),
        ("2026-01/2026-06", "2026-01-01", "2026-06-30", False, "first half of 2026"),
        ("2026-40", "2026-01-01", "2026-06-30", False, "first half of 2026"),
        ("2025-09~", "2025-09-01", "2025-09-30", False, "between 1 September 2025 and 30 September 2025"),
        ("2025", "2025-01-01", "2025-12-31", False, "between 1 January 2025 and 31 December 2025"),
    ],
)
def test_fuzzy_dates_span_days(text: str, first: str, last: str, fixed: bool, shown: str) -> None:
    """A3: a month is some day in it; days on both sides of an interval are those days."""
    days = parse_days(text)
    assert (days.first.isoformat(), days.last.isoformat(), days.fixed, days.show()) == (
        first,
        last,
        fixed,
        shown,
    )


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-13", "2025-02-30", "2025-03/2025-02", "2025-1X", "/", "2025/", "[" * 30]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Nothing the date library raises or prints gets through."""
    with pytest.raises(ValueError, match="`"):
        parse_days(text)


def test_an_unfixed_end_lies_between_two_instants() -> None:
    """A meeting some day of February 2025 is over between the end of the 1st and the end of the 28th."""
    ends = parse_days("2025-02").ends(ZURICH)
    assert (format_instant(ends.earliest), format_instant(ends.latest)) == (
        "2025-02-01T23:00:00Z",
        "2025-02-28T23:00:00Z",
    )
    assert parse_days("2024-10-07/2024-10-08").ends(ZURICH).exact


def test_an_interval_cannot_be_reversed_or_without_zone() -> None:
    """A bad value cannot be built."""
    early, late = parse_instant("2024-01-01T00:00:00Z"), parse_instant("2024-01-02T00:00:00Z")
    with pytest.raises(ValueError, match="before"):
        Interval(earliest=late, latest=early)
    with pytest.raises(ValueError, match="offset"):
        Interval.at(datetime(2024, 1, 1))  # noqa: DTZ001 - the point of the test
