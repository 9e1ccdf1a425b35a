"""One end of a day for everybody who asks: calls, windows, terms and corrections agree on every minute around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accord.domain.agreement.calls import Call
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.verdict import Standing
from accord.domain.process.days import parse_days
from accord.domain.process.moments import deadline, parse_until
from accord.domain.process.people import Term
from accord.domain.process.rules import ChangeInCall
from accord.domain.process.timetable import Admits, Event, EventKind, Passed, Timetable, Window
from accord.domain.process.windows import Phase, window_at
from accord.domain.record.values import Receipt
from tests.domain.agreement.story import ITU, Story, change, day
from tests.domain.process.worlds import PROCESS

SECOND = timedelta(seconds=1)
ONE_SECOND = 1 / 86400
# Each zone with the end of W2 and, where clocks change, both of its changes: that day and the one before it.
DAYS = {
    "Europe/Zurich": ("2024-12-20", "2024-10-26", "2024-10-27", "2025-03-29", "2025-03-30"),
    "America/New_York": ("2024-12-20", "2024-11-02", "2024-11-03", "2025-03-08", "2025-03-09"),
    "America/Santiago": ("2024-12-20", "2024-09-07", "2024-09-08", "2025-04-05", "2025-04-06"),  # at midnight
    "Australia/Lord_Howe": (
        "2024-12-20",
        "2024-10-05",
        "2024-10-06",
        "2025-04-05",
        "2025-04-06",
    ),  # half an hour
    "Asia/Kathmandu": ("2024-12-20",),
}
ROWS = [(zone, one) for zone, days in DAYS.items() for one in days]


def minutes(end: datetime) -> Iterator[datetime]:
    """Every minute of 36 hours before and after an end, and the seconds beside it."""
    yield from (end - SECOND, end + SECOND)
    yield from (end + timedelta(minutes=minute) for minute in range(-36 * 60, 36 * 60 + 1))


def closing(text: str, zone: ZoneInfo) -> Timetable:
    """A timetable with one window that closes on a day."""
    opens = (date.fromisoformat(text) - timedelta(days=30)).isoformat()
    events = (
        Event(id="draft", kind=EventKind.POSTING, planned=parse_days(opens), label="Draft", basis="invented"),
        Event(
            id="end",
            kind=EventKind.DEADLINE,
            planned=parse_days(text),
            label="End",
            basis="invented",
            closes=("nomination",),
        ),
    )
    window = Window(
        id="W", opens="draft", closes="end", admits=(Admits(kind="comment", classes=("proposal",)),)
    )
    return Timetable(title="Invented", basis="invented", page="", zone=zone, events=events, windows=(window,))


@pytest.mark.parametrize(("name", "text"), ROWS, ids=[f"{zone} {one}" for zone, one in ROWS])
def test_every_minute_around_the_end_of_a_day_is_judged_alike(name: str, text: str) -> None:
    """In time is what a calendar on the wall of that zone still shows as that day, or an earlier one."""
    zone, last = ZoneInfo(name), date.fromisoformat(text)
    end = deadline(last, zone)
    timetable = closing(text, zone)
    call = Call(basis=1, opened=end - timedelta(days=9), until=parse_until(text, zone), effect=(), rules="")
    term = Term(first=last - timedelta(days=30), last=last)
    assert timetable.nominations_close() == call.until == end
    for moment in minutes(end):
        in_time = moment.astimezone(zone).date() <= last
        assert (moment < end) is in_time, moment
        assert call.ended(moment) is not in_time, moment
        assert term.holds(moment, zone) is in_time, moment
        assert (timetable.passed("end", moment) is Passed.NO) is in_time, moment
        assert (window_at(timetable, moment).phase is Phase.OPEN) is in_time, moment


@pytest.mark.parametrize("name", DAYS)
def test_every_minute_around_the_end_of_w2(name: str) -> None:
    """The window of the real timetable, as it would be in other zones: W2 to the last second, then the gap."""
    zone = ZoneInfo(name)
    timetable = replace(PROCESS.timetable, zone=zone)
    end = timetable.ends("dl-2").latest
    assert end == deadline(date(2024, 12, 20), zone)
    for moment in minutes(end):
        expected = "W2" if moment.astimezone(zone).date() <= date(2024, 12, 20) else "gap after W2"
        assert window_at(timetable, moment).name == expected, moment


# --- Between the end of a call and the declaration --------------------------------------------------------


def called() -> Story:
    """A text on one clause, with a call from day 1 to day 8."""
    story = Story()
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    return story


AROUND = [
    ("in the last second of the call", 8 - ONE_SECOND, Standing.TO_BE_CONFIRMED),
    ("at its end", 8, Standing.TO_BE_CONFIRMED),
    ("between the end and the declaration", 8.5, Standing.TO_BE_CONFIRMED),
    ("in the second of the declaration", 9, Standing.TO_BE_CONFIRMED),
    ("a second after it", 9 + ONE_SECOND, Standing.AGREED),
]


@pytest.mark.parametrize(("when", "at", "expected"), AROUND, ids=[row[0] for row in AROUND])
def test_an_objection_around_the_end_and_the_declaration(when: str, at: float, expected: Standing) -> None:
    """Everything received by the declaration is judged, the end of the call shuts nobody out."""
    story = called()
    if at <= 9:
        story.position("arcadia", "object", at=at)
    story.declare(at=9)
    if at > 9:
        story.position("arcadia", "object", at=at)
    assert story.verdict(10).standing is expected


@pytest.mark.parametrize("stance", ["support", "accept", "abstain", "reserve"])
def test_any_other_word_between_the_end_and_the_declaration_leaves_it_ready(stance: str) -> None:
    """Only an objection withholds readiness."""
    story = called()
    story.position("arcadia", stance, at=8.5)  # type: ignore[arg-type]
    assert story.verdict(9).standing is Standing.READY


# --- One history under the three presets for a change of the text ------------------------------------------


def trace(policy: ChangeInCall) -> Story:
    """Called on day 1 for seven days; reworded on day 3, as pinned again on day 5, another clause moves on day 6."""
    story = Story(rules=replace(ITU, change_in_call=policy))
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    story.text(change("c1", "best"), at=3)
    story.text(change("c1", "better"), at=5)
    moved = tuple(
        replace(c, digest="1:moved") if c.id == "c2" else c for c in story.states[-1].agreed.clauses
    )
    story.main(at=6, agreed=Agreed(clauses=moved))
    return story


OPEN, CALL, READY = Standing.OPEN, Standing.IN_CALL, Standing.READY
# what the preset does, in words; when the call ends and what keeps it from being ready, asked on each of these days
ASKED = (2, 4, 5.5, 8 - ONE_SECOND, 8, 10, 12 - ONE_SECOND, 12)
POLICIES: list[tuple[str, ChangeInCall, float, list[Standing]]] = [
    (
        "restart: seven days from each change, so to day 10 and then to day 12; day 6 changes nothing here",
        ChangeInCall.RESTART,
        12,
        [CALL] * 7 + [READY],
    ),
    (
        "refuse: void from day 3, for good; that it reads as pinned again on day 5 mends nothing",
        ChangeInCall.REFUSE,
        8,
        [CALL] + [OPEN] * 7,
    ),
    (
        "hold: it runs on to day 8, and is ready then because it reads as pinned again since day 5",
        ChangeInCall.HOLD,
        8,
        [CALL] * 4 + [READY] * 4,
    ),
]


@pytest.mark.parametrize(
    ("words", "policy", "ends", "standings"), POLICIES, ids=[row[0][:7] for row in POLICIES]
)
def test_c7_one_history_under_each_preset(
    words: str, policy: ChangeInCall, ends: float, standings: list[Standing]
) -> None:
    """C7. The end of the call, and where the text stands on each of the days asked for."""
    story = trace(policy)
    call = story.ready(20).call
    assert call is not None
    assert call.until == day(ends)
    assert [story.verdict(at).standing for at in ASKED] == standings
    assert call.restarted == ((day(3), day(5)) if policy is ChangeInCall.RESTART else ())
    assert call.void_since == (day(3) if policy is ChangeInCall.REFUSE else None)


MISSING_ON_DAY_4 = {
    ChangeInCall.RESTART: [("call-runs", day(10))],
    ChangeInCall.REFUSE: [("call-void", day(3))],
    ChangeInCall.HOLD: [("call-runs", day(8)), ("text-changed", None)],
}


@pytest.mark.parametrize("policy", ChangeInCall)
def test_c7_between_the_two_changes_it_is_said_what_is_missing_and_until_when(policy: ChangeInCall) -> None:
    """On day 4 the text reads differently than it was called."""
    assert [(m.what, m.by) for m in trace(policy).ready(4).missing] == MISSING_ON_DAY_4[policy]


# --- A call that was opened by mistake ------------------------------------------------------------------------


def test_a_call_opened_by_mistake_and_taken_back_leaves_nothing_behind() -> None:
    """Its end comes and nothing is ready; the earlier call, if there was one, runs on to its own end."""
    alone = Story()
    alone.text(change("c1", "better"))
    alone.recall(alone.call(at=1, until=8), at=2)
    assert [alone.verdict(at).standing for at in (1.5, 2, 8, 20)] == [CALL, OPEN, OPEN, OPEN]
    story = called()
    mistaken = story.call(at=3, until=30)
    story.recall(mistaken, at=4)
    assert [story.verdict(at).standing for at in (3.5, 8 - ONE_SECOND, 8)] == [CALL, CALL, READY]


def test_what_was_said_in_a_call_that_was_taken_back_stands() -> None:
    """A position is on a text, not on a call: the objection waits for the next one."""
    story = Story()
    story.text(change("c1", "better"))
    mistaken = story.call(at=1, until=8)
    objection = story.position("arcadia", "object", at=2)
    story.recall(mistaken, at=3)
    story.call(at=4, until=11)
    assert [m.detail for m in story.ready(11).missing] == [objection.objection]


def test_a_call_taken_back_after_its_end_and_before_the_declaration() -> None:
    """What had been ready is open again, and a declaration on it is not honoured."""
    story = Story()
    story.text(change("c1", "better"))
    call = story.call(at=1, until=8)
    story.recall(call, at=8.5)
    story.declare(at=9)
    assert [story.verdict(at).standing for at in (8, 8.5, 10)] == [READY, OPEN, Standing.TO_BE_CONFIRMED]


# --- The tool was down when the call ended ----------------------------------------------------------------


def test_a_call_ends_on_time_although_nobody_looked() -> None:
    """Nothing has to happen at the end: the answer is the same whenever it is asked for."""
    story = called()
    assert [story.verdict(at).standing for at in (8, 20, 400)] == [Standing.READY] * 3
    call = story.ready(400).call
    assert call is not None
    assert call.until == day(8)


def test_what_was_received_in_the_downtime_counts_from_when_it_was_received() -> None:
    """The tool learns of it days later and says what it would have said then."""
    up, down = called(), called()
    for story, learned in ((up, 7.5), (down, 11)):
        event = story.position("lyrania", "object", at=7.5)
        story.events[-1] = replace(event, recorded=day(learned), received=Receipt.instant(day(7.5)))
    for at in (8, 9, 12):
        assert up.verdict(at).standing is down.verdict(at).standing is Standing.NOT_YET_AGREED
    assert down.ready(12).objections[0].raised == day(7.5)


def test_a_change_of_the_text_in_the_downtime_restarts_from_its_receipt() -> None:
    """Not from when the tool came back."""
    story = called()
    story.position("arcadia", "support", at=9)
    story.text(change("c1", "best"), at=7.5)
    call = story.ready(12).call
    assert call is not None
    assert (call.restarted, call.until) == ((day(7.5),), day(14.5))


def test_a_chair_declared_before_the_tool_learned_what_came_in_the_downtime() -> None:
    """The declaration is to be confirmed, and stops the draft until then."""
    story = called()
    story.declare(at=9)
    story.position("lyrania", "object", at=7.5)
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED


def test_a_receipt_that_spans_the_downtime_is_counted_with_caution() -> None:
    """It may have come before the end or after it: an objection stands from the earliest moment."""
    story = called()
    event = story.position("lyrania", "object", at=7)
    story.events[-1] = replace(event, received=Receipt(earliest=day(7), latest=day(11), clock="first-seen"))
    assert [story.verdict(at).standing for at in (7, 8, 12)] == [
        Standing.IN_CALL,
        Standing.NOT_YET_AGREED,
        Standing.NOT_YET_AGREED,
    ]


def test_the_ends_here_are_in_utc() -> None:
    """Instants are kept in UTC, whatever the zone of the process."""
    assert all(deadline(date.fromisoformat(text), ZoneInfo(zone)).tzinfo is UTC for zone, text in ROWS)
