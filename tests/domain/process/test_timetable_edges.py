"""The timetable and its windows at their edges: neighbours, cut-offs, postings, contradictions and their places."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accord.domain.findings import Finding
from accord.domain.process.admission import admit
from accord.domain.process.days import parse_days
from accord.domain.process.moments import Interval, day_start, deadline, format_instant
from accord.domain.process.opinions import NewOpinion, cutoff, new_opinion_at
from accord.domain.process.rules import Cutoff, Gated
from accord.domain.process.timetable import (
    Admits,
    Amendment,
    Event,
    EventChange,
    Fixing,
    Timetable,
    WindowChange,
    table_rows,
)
from accord.domain.process.timetable_check import timetable_findings
from accord.domain.process.windows import Phase, is_final, window_at, window_times
from tests.domain.process.worlds import COMMENT, IN_W2, MEMBERS, PROCESS, at, known

TIMETABLE, RULES, FORUM = PROCESS.timetable, PROCESS.rules, PROCESS.forum
SECOND = timedelta(seconds=1)
NO_FINAL = replace(TIMETABLE, events=tuple(replace(event, contains=None) for event in TIMETABLE.events))


def with_event(name: str, timetable: Timetable = TIMETABLE, **changes: object) -> Timetable:
    """The timetable with one event changed."""
    events = (replace(one, **changes) if one.id == name else one for one in timetable.events)  # type: ignore[arg-type]
    return replace(timetable, events=tuple(events))


def amended(adopted: str, *changes: EventChange | WindowChange) -> Timetable:
    """The timetable with one invented amendment."""
    return replace(TIMETABLE, amendments=(Amendment(adopted=at(adopted), basis="invented", changes=changes),))


@pytest.mark.parametrize(
    ("moment", "name", "previous", "current", "following"),
    [
        ("2024-08-01T00:00:00Z", "before W1", None, None, "W1"),
        ("2024-08-20T00:00:00Z", "W1", None, "W1", "W2"),
        ("2024-10-01T00:00:00Z", "gap after W1", "W1", None, "W2"),
        ("2024-11-20T00:00:00Z", "W2", "W1", "W2", "W3"),
        ("2025-11-20T00:00:00Z", "W4", "W3", "W4", "forum"),
        ("2026-04-14T00:00:00Z", "undetermined (forum)", "W4", "forum", None),
        ("2026-08-01T00:00:00Z", "after forum", "forum", None, None),
    ],
)
def test_the_windows_around_a_moment(
    moment: str, name: str, previous: str | None, current: str | None, following: str | None
) -> None:
    """The last one closed, the one that is open or may be, and the next."""
    found = window_at(TIMETABLE, at(moment))
    around = [one.window.id if one else None for one in (found.previous, found.current, found.following)]
    assert (found.name, *around) == (name, previous, current, following)


def test_a_window_whose_opening_is_not_fixed() -> None:
    """Between the two days on which it may open it is undetermined, and the answer says what it waits for."""
    timetable = with_event("draft-2", planned=parse_days("2024-11"))
    found = window_at(timetable, at("2024-11-15T00:00:00Z"))
    assert (found.phase, found.awaits) == (Phase.UNDETERMINED, "draft-2")
    assert found.between == (parse_days("2024-11").first, parse_days("2024-11-29").last)
    assert found.previous is not None
    assert found.following is not None
    latest = day_start(parse_days("2024-11-30").first, TIMETABLE.zone)
    assert window_at(timetable, latest - SECOND).phase is Phase.UNDETERMINED
    assert window_at(timetable, latest).phase is Phase.OPEN


@pytest.mark.parametrize(
    ("posted", "opens"),
    [
        ({}, "2024-11-03T23:00:00Z"),
        ({"draft-2": "2024-11-05T10:00:00Z"}, "2024-11-05T10:00:00Z"),
        ({"draft-2": "2024-10-20T10:00:00Z"}, "2024-10-20T10:00:00Z"),
        ({"draft-2": "2024-08-20T10:00:00Z"}, "2024-08-26T22:00:00Z"),
        ({"draft-1": "2024-08-20T10:00:00Z"}, "2024-11-03T23:00:00Z"),
    ],
)
def test_when_the_second_window_opens(posted: dict[str, str], opens: str) -> None:
    """A4, R19: by the recorded posting, never before the first one has closed; planned openings are not moved."""
    times = window_times(TIMETABLE, {name: at(moment) for name, moment in posted.items()})
    assert format_instant(times[1].opens.earliest) == opens


@pytest.mark.parametrize(
    ("rule", "timetable", "limit"),
    [
        (Cutoff.STRICT, TIMETABLE, "2024-12-20T23:00:00Z"),
        (
            Cutoff.MEETING,
            TIMETABLE,
            format_instant(deadline(TIMETABLE.event("ieg-4").days.last, TIMETABLE.zone)),
        ),
        (Cutoff.FINAL, TIMETABLE, format_instant(TIMETABLE.begins("final").latest)),
        (Cutoff.STRICT, replace(TIMETABLE, windows=()), format_instant(TIMETABLE.begins("final").latest)),
        (Cutoff.STRICT, replace(NO_FINAL, windows=()), None),
        (Cutoff.FINAL, NO_FINAL, None),
    ],
)
def test_what_ends_the_time_for_new_opinions(rule: Cutoff, timetable: Timetable, limit: str | None) -> None:
    """A6. The last window for them, the last meeting, the final Report, or nothing."""
    found = cutoff(timetable, replace(RULES, new_opinion_cutoff=rule), FORUM)
    assert (format_instant(found.latest) if found else None) == limit


def test_without_meetings_the_final_report_ends_it() -> None:
    """A6. The next thing that can."""
    without = replace(NO_FINAL, events=tuple(e for e in TIMETABLE.events if e.kind.value != "meeting"))
    found = cutoff(without, replace(RULES, new_opinion_cutoff=Cutoff.MEETING), FORUM)
    assert found == TIMETABLE.begins("final")


def test_one_kind_of_opinion_is_enough_and_the_latest_window_counts() -> None:
    """A6. W1 admits outlines only; a later window that does not say so ends nothing."""
    outlines = tuple(
        replace(w, admits=(Admits(kind="opinion-outline", classes=("view",)),))
        if w.id == "W1"
        else replace(w, admits=())
        for w in TIMETABLE.windows
    )
    found = cutoff(
        replace(TIMETABLE, windows=outlines), replace(RULES, new_opinion_cutoff=Cutoff.STRICT), FORUM
    )
    assert found == TIMETABLE.ends("dl-1")
    backwards = replace(TIMETABLE, windows=tuple(reversed(TIMETABLE.windows[:2])))
    found = cutoff(backwards, replace(RULES, new_opinion_cutoff=Cutoff.STRICT), FORUM)
    assert found == TIMETABLE.ends("dl-2")


def test_the_recorded_posting_of_the_final_report_is_the_cut_off() -> None:
    """R10. Not its planned day."""
    posted = {"final": at("2026-05-01T08:00:00Z")}
    rules = replace(RULES, new_opinion_cutoff=Cutoff.FINAL)
    assert cutoff(TIMETABLE, rules, FORUM, posted) == Interval.at(posted["final"])
    assert is_final(TIMETABLE, posted["final"], posted)
    assert not is_final(TIMETABLE, posted["final"] - SECOND, posted)
    assert not is_final(NO_FINAL, at("2030-01-01T00:00:00Z"))


STRICT = replace(RULES, new_opinion_cutoff=Cutoff.STRICT)
END, FINAL = TIMETABLE.ends("dl-2").latest, TIMETABLE.begins("final").latest


@pytest.mark.parametrize(
    ("earliest", "latest", "answer"),
    [
        (END - SECOND, END - SECOND, NewOpinion.POSSIBLE),
        (END, END, NewOpinion.AFTER_CUTOFF),
        (END - SECOND, END, NewOpinion.UNDETERMINED),
        (FINAL - SECOND, FINAL - SECOND, NewOpinion.AFTER_CUTOFF),
        (FINAL, FINAL, NewOpinion.AFTER_FINAL),
        (FINAL - SECOND, FINAL, NewOpinion.UNDETERMINED),
    ],
)
def test_a_new_opinion_to_the_second(earliest: object, latest: object, answer: NewOpinion) -> None:
    """R10, A11. What spans a limit is nobody's guess."""
    receipt = Interval(earliest=earliest, latest=latest)  # type: ignore[arg-type]
    assert new_opinion_at(TIMETABLE, STRICT, FORUM, receipt).answer is answer


def test_what_is_said_about_a_new_opinion() -> None:
    """The end in words; both ends where its days are not fixed; nothing where there is none."""
    receipt = Interval.at(at("2024-12-01T00:00:00Z"))
    nothing = new_opinion_at(replace(NO_FINAL, windows=()), STRICT, FORUM, receipt)
    assert (nothing.answer, nothing.cutoff_words) == (NewOpinion.POSSIBLE, "")
    open_days = with_event("dl-2", planned=parse_days("2024-12"))
    between = new_opinion_at(open_days, STRICT, FORUM, Interval.at(at("2024-12-15T00:00:00Z")))
    assert between.answer is NewOpinion.UNDETERMINED
    assert between.cutoff_words.startswith(
        "the end lies between 2024-12-01T23:00:00Z and 2024-12-31T23:00:00Z"
    )
    first = Interval.at(at("2024-12-01T23:00:00Z"))
    assert new_opinion_at(open_days, STRICT, FORUM, first).answer is NewOpinion.UNDETERMINED


def test_a_class_that_a_window_does_not_admit_is_held() -> None:
    """R9. Shown with the classes it admits; the right class comes in."""
    only = replace(TIMETABLE.window("W2"), admits=(Admits(kind="comment", classes=("proposal",)),))
    timetable = replace(TIMETABLE, windows=tuple(only if w.id == "W2" else w for w in TIMETABLE.windows))
    view = replace(COMMENT, category="academia", source=MEMBERS["academia"])
    circumstances = known(timetable=timetable)
    (finding,) = admit(view, Interval.at(IN_W2), circumstances).findings
    assert (finding.rule, finding.place and finding.place.path) == ("class-not-admitted", "/category")
    assert "only as proposal (R9)" in finding.message
    assert admit(COMMENT, Interval.at(IN_W2), circumstances).findings == ()


def test_a_kind_that_no_window_admits() -> None:
    """R16. It says that there is none."""
    nowhere = replace(TIMETABLE, windows=tuple(replace(w, admits=()) for w in TIMETABLE.windows))
    (finding,) = admit(COMMENT, Interval.at(IN_W2), known(timetable=nowhere)).findings
    assert finding.message.endswith("it is admitted in: none.")
    assert "Kinds admitted now: none." in finding.fix


def test_what_comes_after_the_last_window_is_late_for_it() -> None:
    """R16. Whatever draft it is based on."""
    (finding,) = admit(
        replace(COMMENT, based_on="draft-4"), Interval.at(at("2027-01-01T00:00:00Z")), known()
    ).findings
    assert finding.rule == "window-late"


@pytest.mark.parametrize("text", ["2025-02-11", "2025-02-11/2025-02-12", "2025-02"])
def test_meetings_at_a_moment(text: str) -> None:
    """C11. From the first instant at which it may be in session to the last."""
    days = parse_days(text)
    timetable = with_event("ieg-2", planned=days, fixing=None)
    begins, ends = day_start(days.first, TIMETABLE.zone), deadline(days.last, TIMETABLE.zone)
    names = [[e.id for e in timetable.meetings_at(m)] for m in (begins - SECOND, begins, ends - SECOND, ends)]
    assert names == [[], ["ieg-2"], ["ieg-2"], []]


def test_names_that_are_not_there() -> None:
    """A wrong name is a bug that is seen."""
    with pytest.raises(KeyError, match="nothing"):
        TIMETABLE.event("nothing")
    with pytest.raises(KeyError, match="nothing"):
        TIMETABLE.window("nothing")
    with pytest.raises(KeyError, match="nothing"):
        FORUM.class_of("nothing")


def test_what_has_no_words_is_shown_as_it_is() -> None:
    """Of states and dispositions."""
    from accord.domain.process.forum import Disposition, State

    bare = replace(FORUM, states={}, dispositions={})
    assert FORUM.state_label(State.IN_CALL) == FORUM.states["in-call"]
    assert bare.state_label(State.IN_CALL) == "in-call"
    assert FORUM.disposition_label("noted") == FORUM.dispositions["noted"]
    assert bare.disposition_label(Disposition.NOTED.value) == "noted"


def test_an_amendment_leaves_what_it_does_not_name() -> None:
    """A15. And it is part of the timetable it made, so that it is not applied twice."""
    now = amended(
        "2024-12-02T00:00:00Z", EventChange(event="nowhere", public=True), WindowChange(window="nowhere")
    )
    assert now.at(at("2025-01-01T00:00:00Z")) == replace(TIMETABLE, amendments=())
    assert not now.at(at("2024-01-01T00:00:00Z")).amendments


def test_what_comes_next_is_in_the_order_of_days() -> None:
    """Whatever the order in the file."""
    backwards = replace(TIMETABLE, events=tuple(reversed(TIMETABLE.events)))
    days = [event.days.first for event in backwards.upcoming(at("2024-01-01T00:00:00Z"))]
    assert days == sorted(days)
    assert len(days) == len(TIMETABLE.events)


def meeting(**changes: object) -> Event:
    """A meeting of one day."""
    event = replace(
        TIMETABLE.event("ieg-2"),
        label="Second meeting",
        planned=parse_days("2025-02-11"),
        fixing=None,
        during="",
    )
    return replace(event, virtual=False, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "row"),
    [
        (meeting(), "Second meeting (11 February 2025)"),
        (replace(meeting(), virtual=True), "Second meeting (11 February 2025, online)"),
        (meeting(during="Council"), "Second meeting (11 February 2025, during the Council)"),
        (
            replace(meeting(during="Council"), virtual=True),
            "Second meeting (11 February 2025, online, during the Council)",
        ),
        (meeting(planned=parse_days("2026-01/2026-06")), "Second meeting (First half of 2026)"),
        (replace(TIMETABLE.event("dl-1"), planned=parse_days("2026-01/2026-06")), "First half of 2026"),
    ],
)
def test_a_row_of_table_1(event: Event, row: str) -> None:
    """Days, and for a meeting its name and manner."""
    assert table_rows(replace(TIMETABLE, events=(event,)))[0][0] == row
    assert table_rows(replace(TIMETABLE, events=(replace(event, table=False),))) == []


def places(timetable: Timetable) -> list[str]:
    """Rule and place of each contradiction."""
    found: list[Finding] = timetable_findings(timetable)
    assert all(one.fix for one in found)
    return [f"{one.rule} {one.place.file}{one.place.path}" for one in found if one.place]


INDEX = {event.id: number for number, event in enumerate(TIMETABLE.events)}
FIRST = TIMETABLE.windows[0]


def with_window(**changes: object) -> Timetable:
    """The timetable with its first window changed."""
    return replace(TIMETABLE, windows=(replace(FIRST, **changes), *TIMETABLE.windows[1:]))  # type: ignore[arg-type]


FILE = "process/timetable.yaml"
CONTRADICTIONS: list[tuple[str, Timetable, list[str]]] = [
    ("as shipped", TIMETABLE, []),
    ("an unknown opening", with_window(opens="draft-x"), [f"timetable-unknown-event {FILE}/windows/0/opens"]),
    ("an unknown end", with_window(closes="dl-x"), [f"timetable-unknown-event {FILE}/windows/0/closes"]),
    ("an opening that is no posting", with_window(opens="dl-1"), [f"timetable-window-opening {FILE}/windows/0/opens"]),
    ("an unknown event before a posting", with_event("draft-2", after=("dl-1", "ieg-x")),
     [f"timetable-unknown-event {FILE}/events/{INDEX['draft-2']}/after/1"]),
    ("an amendment of an unknown event", amended("2024-12-01T00:00:00Z", EventChange(event="ieg-x")),
     [f"timetable-unknown-event {FILE}/amendments/0/changes/0/event"]),
    ("an amendment of an unknown window",
     amended("2024-12-01T00:00:00Z", EventChange(event="ieg-1"), WindowChange(window="W9")),
     [f"timetable-unknown-window {FILE}/amendments/0/changes/1/window"]),
    ("an amendment of a window", amended("2024-12-01T00:00:00Z", WindowChange(window="W1", public=True)), []),
    ("an event twice", replace(TIMETABLE, events=(*TIMETABLE.events, TIMETABLE.events[0])),
     [f"timetable-duplicate {FILE}/events/{len(TIMETABLE.events)}/id"]),
    ("a window twice", replace(TIMETABLE, windows=(*TIMETABLE.windows, FIRST)),
     [f"timetable-duplicate {FILE}/windows/{len(TIMETABLE.windows)}/id"]),
    ("two final Reports", with_event("draft-4", contains=TIMETABLE.event("final").contains),
     [f"timetable-final {FILE}/events"]),
    ("a posting without contents", with_event("draft-4", contains=None), []),
    ("fixed before the planned month",
     with_event("ieg-2", planned=parse_days("2025-02"), fixing=Fixing(days=parse_days("2025-01-31"), source="x")),
     [f"timetable-fixed-outside {FILE}/events/{INDEX['ieg-2']}/fixed"]),
    ("fixed after it",
     with_event("ieg-2", planned=parse_days("2025-02"), fixing=Fixing(days=parse_days("2025-03-01"), source="x")),
     [f"timetable-fixed-outside {FILE}/events/{INDEX['ieg-2']}/fixed"]),
    ("fixed on its first day",
     with_event("ieg-2", planned=parse_days("2025-02"), fixing=Fixing(days=parse_days("2025-02-01"), source="x")), []),
    ("fixed on its last day",
     with_event("ieg-2", planned=parse_days("2025-02"), fixing=Fixing(days=parse_days("2025-02-28"), source="x")), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("timetable", "expected"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
)
def test_each_contradiction_has_its_place(timetable: Timetable, expected: list[str]) -> None:
    """The file, and the entry and field in it."""
    assert places(timetable) == expected


def test_an_amendment_that_brings_a_contradiction_is_named_and_an_old_one_is_told_once() -> None:
    """A15. Each problem once, with the amendment that made it."""
    reversed_first = amended(
        "2024-08-01T00:00:00Z", EventChange(event="dl-1", planned=parse_days("2024-08-01"))
    )
    (found,) = timetable_findings(reversed_first)
    assert found.rule == "timetable-window-reversed"
    assert found.message.endswith("with the amendment of 1 August 2024.")
    again = replace(
        with_event("dl-1", planned=parse_days("2024-08-01")),
        amendments=amended(
            "2024-12-01T00:00:00Z", EventChange(event="dl-2", planned=parse_days("2024-10-01"))
        ).amendments,
    )
    assert [(one.rule, one.place and one.place.path) for one in timetable_findings(again)] == [
        ("timetable-window-reversed", "/windows/0"),
        ("timetable-window-reversed", "/windows/1"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-08-05", []), ("2024-08-04", ["timetable-window-reversed /windows/0"])],
)
def test_a_window_may_last_one_day_and_no_less(day: str, expected: list[str]) -> None:
    """It closes at the end of the day on which it opens, at the earliest."""
    found = timetable_findings(with_event("dl-1", planned=parse_days(day)))
    assert [f"{one.rule} {one.place.path}" for one in found if one.place] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-11-03", []), ("2024-11-04", ["timetable-windows-overlap /windows/1"])],
)
def test_the_next_window_opens_when_the_one_before_has_closed_at_the_earliest(
    day: str, expected: list[str]
) -> None:
    """At that instant is early enough."""
    found = timetable_findings(with_event("dl-1", planned=parse_days(day)))
    assert [f"{one.rule} {one.place.path}" for one in found if one.place] == expected


def test_an_amendment_is_named_by_its_day_in_the_zone_of_the_process() -> None:
    """Also when it was another day in UTC."""
    zone = ZoneInfo("Europe/Zurich")
    assert TIMETABLE.zone == zone
    (found,) = timetable_findings(
        amended("2024-07-31T22:30:00Z", EventChange(event="dl-1", planned=parse_days("2024-08-01")))
    )
    assert "1 August 2024" in found.message


def test_a_contradiction_of_the_timetable_itself_names_no_amendment() -> None:
    """And two at one place are both told."""
    early = with_event("draft-2", planned=parse_days("2024-08-20"), after=())
    both = with_event("dl-2", early, planned=parse_days("2024-08-10"))
    said = {
        one.rule: one.message
        for one in timetable_findings(both)
        if one.place and one.place.path == "/windows/1"
    }
    assert said == {
        "timetable-window-reversed": "Window W2 closes before it opens.",
        "timetable-windows-overlap": "Window W2 opens before window W1 has closed.",
    }


@pytest.mark.parametrize(
    ("change", "planned", "fixed", "basis", "text", "public"),
    [
        ({}, "2024-12", "2024-12-20", "law; invented", ("words",), False),
        ({"planned": parse_days("2025-01")}, "2025-01", None, "law; invented", ("words",), False),
        ({"fixing": Fixing(days=parse_days("2024-12-19"), source="y")}, "2024-12", "2024-12-19", "law; invented",
         ("words",), False),
        ({"planned": parse_days("2025-01"), "fixing": Fixing(days=parse_days("2025-01-09"), source="y")},
         "2025-01", "2025-01-09", "law; invented", ("words",), False),
        ({"basis": "new law"}, "2024-12", "2024-12-20", "new law", ("words",), False),
        ({"text": ()}, "2024-12", "2024-12-20", "law; invented", (), False),
        ({"text": ("a", "b")}, "2024-12", "2024-12-20", "law; invented", ("a", "b"), False),
        ({"public": True}, "2024-12", "2024-12-20", "law; invented", ("words",), True),
    ],
)  # fmt: skip
def test_an_amendment_changes_what_it_names(
    change: dict[str, Any], planned: str, fixed: str | None, basis: str, text: tuple[str, ...], public: bool
) -> None:
    """A15. A new date without a fixing withdraws the old fixing; everything else stays."""
    fixing = Fixing(days=parse_days("2024-12-20"), source="x")
    before = with_event(
        "dl-2", planned=parse_days("2024-12"), fixing=fixing, basis="law", text=("words",), public=False
    )
    changes = (EventChange(event="dl-2", **change),)
    amendment = Amendment(adopted=at("2024-12-01T00:00:00Z"), basis="invented", changes=changes)
    event = replace(before, amendments=(amendment,)).at(at("2024-12-01T00:00:00Z")).event("dl-2")
    assert (event.planned.text, event.fixing and event.fixing.days.text) == (planned, fixed)
    assert (event.basis, event.text, event.public) == (basis, text, public)


@pytest.mark.parametrize(
    ("change", "public", "kinds"),
    [({}, True, 4), ({"public": False}, False, 4), ({"admits": ()}, True, 0), ({"public": True}, True, 4)],
)
def test_an_amendment_of_a_window_changes_what_it_names(
    change: dict[str, Any], public: bool, kinds: int
) -> None:
    """A15. Whom it admits, or whether the public is asked."""
    later = amended("2024-12-01T00:00:00Z", WindowChange(window="W2", **change)).at(
        at("2025-01-01T00:00:00Z")
    )
    window = later.window("W2")
    assert (window.public, len(window.admits)) == (public, kinds)


@pytest.mark.parametrize(
    ("earliest", "latest", "name"),
    [
        ("2024-11-03T22:59:59Z", "2024-11-03T23:00:00Z", "undetermined (W2)"),
        ("2024-12-20T22:59:59Z", "2024-12-20T23:00:00Z", "undetermined (W2)"),
        ("2024-10-01T00:00:00Z", "2025-01-01T00:00:00Z", "undetermined"),
        ("2026-04-01T00:00:00Z", "2026-04-20T00:00:00Z", "undetermined (forum)"),
    ],
)
def test_a_receipt_that_spans_a_limit(earliest: str, latest: str, name: str) -> None:
    """It is undetermined for the window it may fall into, and waits for nobody but the secretariat."""
    receipt = Interval(earliest=at(earliest), latest=at(latest))
    found = admit(replace(COMMENT, based_on="draft-2"), receipt, known())
    assert (found.window, found.standing.awaits, found.standing.between) == (name, "", None)
    assert "receipt-undetermined" in found.holding


def test_a_kind_of_a_forum_of_its_own_cites_the_rule_of_windows() -> None:
    """R16. Neither an Opinion nor input of the public."""
    letter = replace(FORUM.kinds[0], id="letter", public=False)
    it = replace(COMMENT, kind="letter")
    found = admit(it, Interval.at(IN_W2), known(forum=replace(FORUM, kinds=(*FORUM.kinds, letter))))
    assert "doesn't admit `letter` (R16)" in found.findings[0].message
    public = replace(it, category="stakeholder", source="Example Citizens")
    found = admit(public, Interval.at(IN_W2), known(forum=replace(FORUM, kinds=(*FORUM.kinds, letter))))
    assert "doesn't admit `letter` (R18)" in found.findings[0].message


def test_a_window_that_opens_after_its_end_is_over_at_once() -> None:
    """A4. A posting later than the deadline leaves no time, not the rest of that day."""
    posted = {"draft-2": at("2024-12-25T10:00:00Z")}
    times = window_times(TIMETABLE, posted)[1]
    assert times.opens == times.closes == Interval.at(posted["draft-2"])


def test_what_consensus_gates() -> None:
    """C1. What the rules name."""
    assert (RULES.gates_opinions(), RULES.gates_report()) == (True, False)
    both = replace(RULES, gates=(Gated.REPORT,))
    assert (both.gates_opinions(), both.gates_report()) == (False, True)
