"""Which window a contribution belongs to: exactly one, whenever it came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.process.moments import parse_instant
from accord.domain.process.received_in import window_of
from accord.domain.process.windows import Phase, Standing, window_at
from tests.domain.process.worlds import PROCESS

TABLE = [
    ("before anything is open", "2024-07-01T10:00:00Z", "draft-1", "W1"),
    ("in a window", "2024-08-20T10:00:00Z", "draft-1", "W1"),
    ("in a window, on another draft", "2024-11-20T10:00:00Z", "draft-1", "W2"),
    ("in its last second", "2024-08-26T21:59:59Z", "draft-1", "W1"),
    ("late", "2024-08-26T22:00:00Z", "draft-1", "W1"),
    ("late, and it cannot be read", "2024-09-20T10:00:00Z", "", "W1"),
    ("early", "2024-10-20T10:00:00Z", "draft-2", "W2"),
    ("between two windows, on neither draft", "2025-01-20T10:00:00Z", "draft-1", "W3"),
    ("at the Forum", "2026-05-01T10:00:00Z", "final", "forum"),
    ("after everything", "2027-01-01T10:00:00Z", "final", "forum"),
]


@pytest.mark.parametrize(
    ("moment", "based_on", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_it_belongs_to(moment: str, based_on: str, wanted: str) -> None:
    """By its receipt; between two windows by the draft that it is based on, as its source was told."""
    assert window_of(window_at(PROCESS.timetable, parse_instant(moment)), based_on) == wanted


@settings(deadline=None, max_examples=200)
@given(
    st.integers(0, 1200), st.sampled_from(["", "draft-1", "draft-2", "draft-3", "draft-4", "final", "other"])
)
def test_there_is_always_one(days: int, based_on: str) -> None:
    """Also while the days of an event are not fixed."""
    moment = parse_instant("2024-06-01T00:00:00Z") + timedelta(days=days)

    found = window_of(window_at(PROCESS.timetable, moment), based_on)

    assert found in {window.id for window in PROCESS.timetable.windows}


def test_without_windows_there_is_none() -> None:
    """A timetable may have none."""
    assert window_of(Standing(phase=Phase.AFTER), "draft-1") == ""
