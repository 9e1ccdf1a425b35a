"""The shipped timetable, windows, amendments, and what is wrong with a bad one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from accord.domain.process.days import parse_days
from accord.domain.process.moments import day_start, format_instant, parse_day
from accord.domain.process.timetable import (
    Admits,
    Amendment,
    EventChange,
    Fixing,
    Passed,
    Timetable,
    WindowChange,
    table_rows,
)
from accord.domain.process.timetable_check import timetable_findings
from accord.domain.process.windows import Phase, is_final, window_at, window_times
from accord.render.timetable_table import render_table
from tests.domain.process.worlds import PROCESS, at

TIMETABLE = PROCESS.timetable
SECOND = timedelta(seconds=1)


def amended(adopted: str, *changes: EventChange | WindowChange) -> Timetable:
    """The shipped timetable with one invented amendment."""
    amendment = Amendment(adopted=at(adopted), basis="an invented decision", changes=changes)
    return replace(TIMETABLE, amendments=(*TIMETABLE.amendments, amendment))


def moved(event: str, date: str) -> EventChange:
    """A change of an event's date."""
    return EventChange(event=event, planned=parse_days(date))


# Domain 1.7: each window with its days, and how many.
WINDOWS = [
    ("W1", "2024-08-05", "2024-08-26", 22, "2024-08-26T21:59:59Z"),
    ("W2", "2024-11-04", "2024-12-20", 47, "2024-12-20T22:59:59Z"),
    ("W3", "2025-03-31", "2025-06-16", 78, "2025-06-16T21:59:59Z"),
    ("W4", "2025-11-03", "2025-12-19", 47, "2025-12-19T22:59:59Z"),
]


@pytest.mark.parametrize(("name", "first", "last", "days", "last_second"), WINDOWS)
def test_the_four_windows(name: str, first: str, last: str, days: int, last_second: str) -> None:
    """Each opens on its posting's first instant, closes after its deadline's last second, and lasts as stated."""
    opens, inside = day_start(parse_day(first), TIMETABLE.zone), at(last_second)
    assert window_at(TIMETABLE, opens).name == name
    assert window_at(TIMETABLE, opens - SECOND).name != name
    assert window_at(TIMETABLE, inside).name == name
    assert window_at(TIMETABLE, inside + SECOND).name == f"gap after {name}"
    assert (parse_day(last) - parse_day(first)).days + 1 == days


@pytest.mark.parametrize(
    ("moment", "phase", "name"),
    [
        ("2024-08-04T21:59:59Z", Phase.BEFORE, "before W1"),
        ("2024-08-04T22:00:00Z", Phase.OPEN, "W1"),
        ("2024-10-07T09:00:00Z", Phase.GAP, "gap after W1"),
        ("2026-04-13T12:00:00Z", Phase.OPEN, "forum"),
        ("2026-04-13T22:00:00Z", Phase.UNDETERMINED, "undetermined (forum)"),
        ("2026-06-30T21:59:59Z", Phase.UNDETERMINED, "undetermined (forum)"),
        ("2026-06-30T22:00:00Z", Phase.AFTER, "after forum"),
    ],
)
def test_where_a_moment_falls(moment: str, phase: Phase, name: str) -> None:
    """Before, open, gap, undetermined and after."""
    standing = window_at(TIMETABLE, at(moment))
    assert (standing.phase, standing.name) == (phase, name)


def test_a_verdict_on_an_unfixed_date_says_between_which_days() -> None:
    """A3, A14: the Forum's days are not fixed, so its window ends between 14 April and 30 June 2026."""
    standing = window_at(TIMETABLE, at("2026-05-20T12:00:00Z"))
    assert standing.awaits == "wtpf-26"
    assert standing.between == (parse_day("2026-04-14"), parse_day("2026-06-30"))


def test_fixing_the_days_settles_it() -> None:
    """A3: with `fixed` the same moment is inside, and the end of the last day closes the window."""
    fixing = Fixing(days=parse_days("2026-05-18/2026-05-20"), source="an invented calendar")
    timetable = amended("2026-01-01T00:00:00Z", EventChange(event="wtpf-26", fixing=fixing)).at(
        at("2026-05-20T12:00:00Z")
    )
    assert window_at(timetable, at("2026-05-20T21:59:59Z")).name == "forum"
    assert window_at(timetable, at("2026-05-20T22:00:00Z")).name == "after forum"


@pytest.mark.parametrize(
    ("moment", "passed"),
    [
        ("2025-02-01T22:59:59Z", Passed.NO),
        ("2025-02-01T23:00:00Z", Passed.UNDETERMINED),
        ("2025-02-28T22:59:59Z", Passed.UNDETERMINED),
        ("2025-02-28T23:00:00Z", Passed.YES),
    ],
)
def test_whether_a_meeting_known_by_its_month_is_over(moment: str, passed: Passed) -> None:
    """R19: within its month nobody can say; before and after everybody can."""
    assert TIMETABLE.passed("ieg-2", at(moment)) is passed


@pytest.mark.parametrize(
    ("posted", "probe", "name"),
    [
        pytest.param(
            "2024-11-06T10:00:00Z", "2024-11-05T12:00:00Z", "gap after W1", id="late-posting-opens-late"
        ),
        pytest.param("2024-11-06T10:00:00Z", "2024-11-06T10:00:00Z", "W2", id="open-from-the-posting-on"),
        pytest.param("2024-11-01T10:00:00Z", "2024-11-01T12:00:00Z", "W2", id="early-posting-opens-early"),
        pytest.param(
            "2024-08-10T10:00:00Z", "2024-08-20T12:00:00Z", "W1", id="never-before-the-last-window-closed"
        ),
        pytest.param("2024-08-10T10:00:00Z", "2024-08-26T22:00:00Z", "W2", id="but-right-after-it"),
    ],
)
def test_a_window_opens_by_the_recorded_posting(posted: str, probe: str, name: str) -> None:
    """A4: the actual posting replaces the planned opening, and deadlines stay."""
    assert window_at(TIMETABLE, at(probe), {"draft-2": at(posted)}).name == name


def test_the_final_report_is_out_by_its_recorded_posting() -> None:
    """R10: the plan counts until the posting is recorded."""
    noon = at("2026-04-13T12:00:00Z")
    assert is_final(TIMETABLE, noon)
    assert not is_final(TIMETABLE, noon, {"final": at("2026-04-14T08:00:00Z")})
    assert is_final(TIMETABLE, at("2026-04-10T12:00:00Z"), {"final": at("2026-04-10T08:00:00Z")})


def test_an_extension_counts_only_from_its_adoption() -> None:
    """A15: what was late before the amendment was adopted stays late, whatever is written later."""
    extended = amended("2025-01-03T09:00:00Z", moved("dl-2", "2025-01-10"))
    early = at("2024-12-27T12:00:00Z")
    late = at("2025-01-05T12:00:00Z")
    assert window_at(extended.at(early), early).name == "gap after W2"
    assert window_at(extended.at(late), late).name == "W2"
    assert window_at(extended.at(at("2025-01-03T08:59:59Z")), late).name == "gap after W2"
    assert window_at(TIMETABLE.at(early), early).name == window_at(extended.at(early), early).name


def test_amendments_build_on_each_other_in_the_order_of_adoption() -> None:
    """The last one adopted counts, in whatever order they are written."""
    first = Amendment(adopted=at("2024-09-01T00:00:00Z"), basis="one", changes=(moved("dl-2", "2025-01-10"),))
    second = Amendment(
        adopted=at("2024-10-01T00:00:00Z"), basis="two", changes=(moved("dl-2", "2025-01-20"),)
    )
    moment = at("2025-01-15T00:00:00Z")
    for order in ((first, second), (second, first)):
        timetable = replace(TIMETABLE, amendments=order).at(moment)
        assert window_at(timetable, moment).name == "W2"
        assert timetable.event("dl-2").basis.endswith("; one; two")


def test_an_amendment_can_change_what_a_window_admits() -> None:
    """R17, R18: kinds and the public of a window are data too."""
    change = WindowChange(window="W4", public=True, admits=(Admits(kind="public-input", classes=("view",)),))
    window = amended("2025-01-01T00:00:00Z", change).at(at("2025-11-20T00:00:00Z")).window("W4")
    assert window.public
    assert window.classes_for("public-input") == ("view",)
    assert window.classes_for("comment") == ()


def test_a_new_date_withdraws_an_earlier_fixing() -> None:
    """The fixed days were days of the old date."""
    fixing = Fixing(days=parse_days("2025-02-11"), source="an invented calendar")
    timetable = amended("2024-12-01T00:00:00Z", EventChange(event="ieg-2", fixing=fixing))
    later = Amendment(adopted=at("2025-01-01T00:00:00Z"), basis="again", changes=(moved("ieg-2", "2025-03"),))
    timetable = replace(timetable, amendments=(*timetable.amendments, later))
    assert timetable.at(at("2024-12-15T00:00:00Z")).event("ieg-2").days.fixed
    assert timetable.at(at("2025-01-15T00:00:00Z")).event("ieg-2").days.show() == "March 2025"


def test_the_shipped_timetable_has_every_event_of_the_seed() -> None:
    """Decision 641, Annex 2: postings, deadlines, meetings, the Forum, and the call for nominations."""
    found = {event.id: event.planned.text for event in TIMETABLE.events}
    assert found == {
        "cl-24-44": "2024-06-14",
        "draft-1": "2024-08-05",
        "dl-1": "2024-08-26",
        "ieg-1": "2024-10-07/2024-10-08",
        "draft-2": "2024-11-04",
        "dl-2": "2024-12-20",
        "ieg-2": "2025-02",
        "draft-3": "2025-03-31",
        "dl-3": "2025-06-16",
        "ieg-3": "2025-09",
        "draft-4": "2025-11-03",
        "dl-4": "2025-12-19",
        "ieg-4": "2026-02",
        "final": "2026-04-13",
        "wtpf-26": "2026-01/2026-06",
    }
    assert all(event.basis for event in TIMETABLE.events)
    assert str(TIMETABLE.zone) == "Europe/Zurich"


def test_public_consultation_is_open_in_the_second_and_third_window_only() -> None:
    """R18: for the windows and for the postings that open them."""
    assert [window.id for window in TIMETABLE.windows if window.public] == ["W2", "W3"]
    assert [event.id for event in TIMETABLE.events if event.public] == ["draft-2", "draft-3"]


def test_what_each_draft_must_contain() -> None:
    """R20-R23: outline and full report; opinions none, outline, possible text, text, final."""
    contents = [event.contains for event in TIMETABLE.events if event.contains]
    assert [one.report.value for one in contents] == ["outline", "full", "full", "full", "final"]
    assert [one.opinions.value for one in contents] == ["none", "outline", "possible-text", "text", "final"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_later_draft_comes_after_the_deadline_and_the_meeting_before_it(number: int) -> None:
    """R19: draft N+1 not before meeting N closed and deadline N passed."""
    following = TIMETABLE.drafts[number]
    assert set(TIMETABLE.event(following).after) == {f"dl-{number}", f"ieg-{number}"}


def test_the_next_events_and_the_deadline_for_nominations() -> None:
    """What comes next, nearest first; nominations close with W1 (R15)."""
    assert [event.id for event in TIMETABLE.upcoming(at("2024-12-01T00:00:00Z"))][:3] == [
        "dl-2",
        "ieg-2",
        "draft-3",
    ]
    close = TIMETABLE.nominations_close()
    assert close is not None
    assert format_instant(close) == "2024-08-26T22:00:00Z"
    assert [event.id for event in TIMETABLE.meetings_at(at("2024-10-08T09:00:00Z"))] == ["ieg-1"]


def test_the_table_of_the_report_has_a_row_for_each_event_shown() -> None:
    """Table 1: fourteen rows, meetings with their days and manner, deadlines with both sentences."""
    rows = table_rows(TIMETABLE)
    assert len(rows) == 14
    assert rows[2][0] == "First meeting of the experts (7-8 October 2024, during the CWG cluster)"
    assert rows[11][0] == "Fourth meeting of the experts (February 2026, online, during the CWG cluster)"
    assert "nominating" in rows[1][1]
    markdown = render_table(TIMETABLE).splitlines()
    assert markdown[0].startswith("Table: ")
    assert markdown[2:4] == ["| Date or meeting | What happens |", "| --- | --- |"]
    assert len(markdown) == 4 + len(rows)
    assert all(line.count("|") == 3 for line in markdown[2:])


def rules_of(timetable: Timetable) -> list[str]:
    """The names of the rules a timetable breaks."""
    return [finding.rule for finding in timetable_findings(timetable)]


def with_event(event: str, **changes: Any) -> Timetable:
    """The shipped timetable with one event changed."""
    events = tuple(replace(one, **changes) if one.id == event else one for one in TIMETABLE.events)
    return replace(TIMETABLE, events=events)


@pytest.mark.parametrize(
    ("timetable", "rule"),
    [
        (with_event("dl-1", planned=parse_days("2024-08-01")), "timetable-window-reversed"),
        (with_event("dl-1", planned=parse_days("2024-11-10")), "timetable-windows-overlap"),
        (with_event("dl-1", planned=parse_days("2024-11-10")), "timetable-order"),
        (with_event("dl-1", id="draft-1"), "timetable-duplicate"),
        (with_event("draft-2", after=("ieg-9",)), "timetable-unknown-event"),
        (replace(TIMETABLE, windows=(*TIMETABLE.windows, TIMETABLE.windows[0])), "timetable-duplicate"),
        (
            replace(TIMETABLE, windows=(replace(TIMETABLE.windows[0], closes="dl-9"),)),
            "timetable-unknown-event",
        ),
        (
            replace(TIMETABLE, windows=(replace(TIMETABLE.windows[0], opens="dl-1"),)),
            "timetable-window-opening",
        ),
        (with_event("draft-4", contains=TIMETABLE.event("final").contains), "timetable-final"),
        (amended("2024-09-01T00:00:00Z", moved("dl-9", "2024-09-02")), "timetable-unknown-event"),
        (amended("2024-09-01T00:00:00Z", WindowChange(window="W9", public=True)), "timetable-unknown-window"),
        (amended("2024-09-01T00:00:00Z", moved("dl-2", "2024-10-30")), "timetable-window-reversed"),
        (
            amended(
                "2024-09-01T00:00:00Z",
                EventChange(event="ieg-2", fixing=Fixing(days=parse_days("2025-03-03"), source="x")),
            ),
            "timetable-fixed-outside",
        ),
    ],
)
def test_a_contradiction_is_found_with_its_place_and_a_fix(timetable: Timetable, rule: str) -> None:
    """Reversed, overlapping, doubled and dangling entries, in the timetable and in what an amendment makes of it."""
    assert rule in rules_of(timetable)
    assert all(
        finding.place and finding.place.path and finding.fix for finding in timetable_findings(timetable)
    )


def test_the_shipped_timetable_has_no_contradiction() -> None:
    """Neither as shipped nor with the last window's end moved by a sound amendment."""
    assert rules_of(TIMETABLE) == []
    assert rules_of(amended("2025-12-01T00:00:00Z", moved("dl-4", "2026-01-09"))) == []


def test_windows_never_overlap_whatever_was_posted() -> None:
    """A4: however early drafts are posted, at most one window is open at a time."""
    posted = {draft: at("2024-08-06T00:00:00Z") for draft in TIMETABLE.drafts}
    times = window_times(TIMETABLE, posted)
    assert all(one.closes.latest <= two.opens.earliest for one, two in pairwise(times))
