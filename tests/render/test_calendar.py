"""The calendar file: what each kind of event becomes, read back with a calendar library; the same bytes every time."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from accord.domain.process.days import parse_days
from accord.domain.process.timetable import Amendment, EventChange, Fixing, Timetable, WindowChange
from accord.render.calendar_ics import NOT_FIXED, calendar_ics
from tests.acceptance.world import accord, bare_round
from tests.domain.process.worlds import PROCESS, at

GOLDEN = Path(__file__).parent / "golden" / "calendar.ics"
NOW = at("2024-11-20T10:00:00Z")
FIXED = EventChange(
    event="ieg-2",
    fixing=Fixing(days=parse_days("2025-02-11/2025-02-12"), source="an invented calendar of the cluster"),
)


def amended(*changes: EventChange | WindowChange, adopted: str = "2024-11-10T00:00:00Z") -> Timetable:
    """The shipped timetable after an invented decision."""
    amendment = Amendment(adopted=at(adopted), basis="an invented decision", changes=changes)
    return replace(PROCESS.timetable, amendments=(amendment,))


def written(timetable: Timetable = PROCESS.timetable, **options: Any) -> bytes:
    """The file."""
    usual: dict[str, Any] = {"forum": PROCESS.forum, "posted": {}, "moment": NOW}
    return calendar_ics(timetable, **{**usual, **options})


def read(data: bytes) -> dict[str, Any]:
    """Its entries by what their id ends with."""
    calendar = Calendar.from_ical(data)
    return {str(entry["uid"]).removeprefix("accord-wtpf-26-"): entry for entry in calendar.walk("VEVENT")}


def utc(*parts: int) -> datetime:
    """An instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


# entry, start, end (None: a single instant), status, shown as busy
TABLE = [
    ("cl-24-44", date(2024, 6, 14), date(2024, 6, 15), "CONFIRMED", False),
    ("draft-2", date(2024, 11, 4), date(2024, 11, 5), "CONFIRMED", False),
    ("dl-1", utc(2024, 8, 26, 21, 59, 59), None, "CONFIRMED", False),
    ("dl-2", utc(2024, 12, 20, 22, 59, 59), None, "CONFIRMED", False),
    ("ieg-1", date(2024, 10, 7), date(2024, 10, 9), "CONFIRMED", True),
    ("ieg-2", date(2025, 2, 1), date(2025, 3, 1), "TENTATIVE", False),
    ("wtpf-26", date(2026, 1, 1), date(2026, 7, 1), "TENTATIVE", False),
    ("window-W1", utc(2024, 8, 4, 22), utc(2024, 8, 26, 22), "CONFIRMED", False),
    ("window-W2", utc(2024, 11, 3, 23), utc(2024, 12, 20, 23), "CONFIRMED", False),
    ("window-forum", date(2026, 4, 13), date(2026, 7, 1), "TENTATIVE", False),
]


@pytest.mark.parametrize(("name", "start", "end", "status", "busy"), TABLE, ids=[row[0] for row in TABLE])
def test_what_each_kind_becomes(name: str, start: date, end: date | None, status: str, busy: bool) -> None:
    """A deadline stands at its last second, a meeting on its days, a month as a span of days that is tentative."""
    entry = read(written())[name]
    assert entry["dtstart"].dt == start
    assert (entry["dtend"].dt if "dtend" in entry else None) == end
    assert str(entry["status"]) == status
    assert (str(entry["transp"]) == "OPAQUE") is busy
    unsure = status == "TENTATIVE"
    assert (NOT_FIXED in entry["summary"]) is (NOT_FIXED in entry["description"]) is unsure


def test_everything_of_the_timetable_is_there() -> None:
    """Every event and every window, once, and each says that it is unofficial (R6)."""
    entries = read(written())
    wanted = {event.id for event in PROCESS.timetable.events}
    wanted |= {f"window-{window.id}" for window in PROCESS.timetable.windows}
    assert set(entries) == wanted
    assert len(Calendar.from_ical(written()).walk("VEVENT")) == len(wanted)
    assert all(PROCESS.forum.notice in entry["description"] for entry in entries.values())


def test_a_window_tells_until_when_and_what_it_admits() -> None:
    """In the words of `accord now`."""
    said = str(read(written())["window-W2"]["description"])
    assert "until the end of Friday 20 December 2024 (Europe/Zurich; before 2024-12-20T23:00:00Z)" in said
    assert "opinion-text: as proposal or view" in said
    assert "The public may take part." in said


def test_an_amendment_keeps_the_id_and_counts() -> None:
    """A calendar replaces the entry it has; what the amendment does not touch stays as it was."""
    before, after = read(written()), read(written(amended(FIXED)))
    assert set(before) == set(after)
    meeting = after["ieg-2"]
    assert (meeting["dtstart"].dt, meeting["dtend"].dt) == (date(2025, 2, 11), date(2025, 2, 13))
    assert (before["ieg-2"]["sequence"], meeting["sequence"]) == (0, 1)
    assert meeting["last-modified"].dt == at("2024-11-10T00:00:00Z")
    assert "Days fixed by: an invented calendar of the cluster" in meeting["description"]
    assert "Changed by: an invented decision" in meeting["description"]
    assert NOT_FIXED not in meeting["summary"]
    assert {name for name in after if after[name] != before[name]} == {"ieg-2"}


def test_an_amendment_of_later_is_not_known() -> None:
    """A15. What was adopted after the moment changes nothing."""
    assert written(amended(FIXED, adopted="2024-11-21T00:00:00Z")) == written()


def test_a_moved_deadline_moves_its_window() -> None:
    """Both count as changed."""
    moved = EventChange(event="dl-2", planned=parse_days("2025-01-10"))
    entries = read(written(amended(moved)))
    assert entries["dl-2"]["dtstart"].dt == utc(2025, 1, 10, 22, 59, 59)
    assert entries["window-W2"]["dtend"].dt == utc(2025, 1, 10, 23)
    assert (entries["dl-2"]["sequence"], entries["window-W2"]["sequence"]) == (1, 1)
    assert entries["window-W3"]["sequence"] == 0


def test_a_recorded_posting_opens_the_window() -> None:
    """A4. Later than planned, and the entry says that it changed."""
    entry = read(written(posted={"draft-2": at("2024-11-06T09:30:00Z")}))["window-W2"]
    assert entry["dtstart"].dt == utc(2024, 11, 6, 9, 30)
    assert entry["sequence"] == 1


def test_a_rehearsal_says_so_everywhere() -> None:
    """Nobody takes an invented day for a real one."""
    calendar = Calendar.from_ical(written(rehearsal=True))
    assert "Rehearsal" in str(calendar["x-wr-caldesc"])
    assert all("Rehearsal" in str(entry["description"]) for entry in calendar.walk("VEVENT"))
    assert b"Rehearsal" not in written()


def test_the_file_as_it_is() -> None:
    """Line by line."""
    data = written(amended(FIXED))
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_bytes(data.replace(b"\r\n", b"\n"))
    assert data.replace(b"\r\n", b"\n") == GOLDEN.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


SIGNS = st.text(alphabet=st.sampled_from(list("aé漢🚀 ,;:\\\n\r\t\x00\x0b\u202e\u2028\"'=")), max_size=120)


@settings(max_examples=80, deadline=None)
@given(SIGNS, SIGNS)
def test_any_words_fold_and_read_back(label: str, text: str) -> None:
    """No line is longer than 75 octets or cut inside a character, and no words become a property."""
    first = PROCESS.timetable.events[0]
    event = replace(first, label=label, text=(text,), basis=text)
    data = written(replace(PROCESS.timetable, events=(event, *PROCESS.timetable.events[1:])))
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert b"\n" not in line
        assert b"\r" not in line
    entry = read(data)["cl-24-44"]
    assert set(entry) == set(read(written())["cl-24-44"])
    seen = "".join(sign for sign in str(entry["description"]) if not sign.isspace())
    wanted = "".join(sign for sign in text if not sign.isspace() and sign not in "\x00\x0b\u202e")
    assert seen.startswith(wanted)


def test_the_same_moment_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under any time zone of the machine."""
    first = written()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert written() == first
    assert written(moment=NOW + timedelta(seconds=1)) != first


def test_now_writes_it(tmp_path: Path) -> None:
    """`accord now --ics FILE`, and what it refuses."""
    round_ = bare_round(tmp_path / "r")
    target = tmp_path / "calendar.ics"
    asked = ("--repo", str(round_.path), "--now", "2024-11-20T10:00:00Z")
    told = accord("now", "--ics", str(target), *asked)
    assert (told.code, str(target) in told.out) == (0, True)
    assert target.read_bytes() == written()
    assert accord("now", "--ics", str(target), "--rules", *asked).code == 2
    refused = accord("now", "--ics", str(tmp_path / "none" / "c.ics"), *asked)
    assert refused.code == 4
    assert "cannot be written" in refused.err
    assert not list(tmp_path.glob(".*"))
