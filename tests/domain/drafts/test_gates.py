"""The gates of a draft: for each sentence of the rules a row that fails and the neighbour that passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.process_files import read_process
from accord.application.reading import PROCESS_FILES
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.brackets import Bracket
from accord.domain.drafts.facts import (
    ContributionFacts,
    Correction,
    DraftFacts,
    OpinionFacts,
    Showing,
    Unanswered,
)
from accord.domain.drafts.gates import judge_draft
from accord.domain.findings import Finding, Severity
from accord.domain.process.days import parse_days
from accord.domain.process.forum import State
from accord.domain.process.moments import parse_instant
from accord.domain.process.timetable import Fixing, Timetable

ROOT = Path(__file__).resolve().parents[3]
DAY = {
    "draft-1": "2024-08-05T08:00:00Z",
    "draft-2": "2024-11-04T08:00:00Z",
    "draft-3": "2025-03-31T08:00:00Z",
    "draft-4": "2025-11-03T08:00:00Z",
    "final": "2026-04-13T08:00:00Z",
}
ORDER = list(DAY)


def timetable() -> Timetable:
    """The real timetable."""
    loaded = read_process({path: (ROOT / path).read_bytes() for path in PROCESS_FILES.values()})
    assert loaded.value is not None
    return loaded.value.timetable


TIMETABLE = timetable()
BRACKET = Bracket(path="opinions/access.md", line=9, label="considering a)", text="[may]", paired=True)


def opinion(**changes: Any) -> OpinionFacts:
    """An Opinion that every draft may show: a text, discussed, agreed as it reads."""
    base = OpinionFacts(
        name="access", path="opinions/access.md", title="Access", stage="text", standing=Standing.AGREED
    )
    return replace(base, **changes)


def contribution(**changes: Any) -> ContributionFacts:
    """A contribution of the first window that has its disposition."""
    base = ContributionFacts(
        number=7, title="Hours", received=parse_instant("2024-08-20T10:00:00Z"), state=State.DISPOSED,
        reached=True, category="member-state", disposed="noted", reason="heard", disposed_seq=90,
    )  # fmt: skip
    return replace(base, **changes)


def facts(draft: str = "draft-2", **changes: Any) -> DraftFacts:
    """A draft on its day, with everything that its gates ask for."""
    base = DraftFacts(
        draft=draft,
        now=parse_instant(DAY[draft]),
        timetable=TIMETABLE,
        event=TIMETABLE.event(draft),
        existing=tuple(ORDER[: ORDER.index(draft)]),
        opinions=() if draft == "draft-1" else (opinion(),),
        traces=frozenset({"ieg-1", "ieg-2", "ieg-3", "ieg-4"}),
        categories=("member-state",),
        cover_draft=draft,
        previous_seq=50,
    )
    return replace(base, **changes)


def stopped(it: DraftFacts) -> list[str]:
    """The rules of the gates that fail, in order."""
    return [finding.rule for finding in judge_draft(it) if finding.severity is Severity.ERROR]


def warned(it: DraftFacts) -> list[str]:
    """The rules of what people should look at."""
    return [finding.rule for finding in judge_draft(it) if finding.severity is not Severity.ERROR]


@pytest.mark.parametrize("draft", ORDER)
def test_a_draft_with_everything_passes_every_gate(draft: str) -> None:
    """The rows below each change one thing of this."""
    it = facts(draft, contributions=(contribution(),))
    assert judge_draft(it) == ()


# R19. The next draft comes after the meeting on the present one has closed and its deadline has passed.
@pytest.mark.parametrize(
    ("draft", "now", "rules"),
    [
        ("draft-2", "2024-10-08T22:00:00Z", []),  # the first instant after the second day of the meeting
        ("draft-2", "2024-10-08T21:59:59Z", ["R19"]),  # the meeting
        ("draft-2", "2024-08-26T21:59:59Z", ["R19", "R19"]),  # its deadline too
        ("draft-2", "2024-10-09T08:00:00Z", []),  # before the planned posting, after its meeting
        ("draft-3", "2025-02-28T23:00:00Z", []),  # the meeting is some day of February
        ("draft-3", "2025-02-28T22:59:59Z", ["R19"]),  # undetermined
        ("draft-3", "2025-01-31T12:00:00Z", ["R19"]),  # certainly not over
        ("draft-1", "2024-06-14T22:00:00Z", []),
        ("draft-1", "2024-06-14T21:59:59Z", ["R19"]),
    ],
)
def test_r19_meeting_and_deadline(draft: str, now: str, rules: list[str]) -> None:
    """Both sides of each boundary, fixed and fuzzy days."""
    assert stopped(facts(draft, now=parse_instant(now))) == rules


def test_r19_an_unfixed_meeting_is_said_to_be_undetermined() -> None:
    """A3. Never a guess; recording the days settles it."""
    now = parse_instant("2025-02-15T08:00:00Z")
    it = facts("draft-3", now=now)
    assert "undetermined: it ends between 2 February 2025 and 1 March 2025" in judge_draft(it)[0].message
    fixed = replace(
        TIMETABLE,
        events=tuple(
            replace(event, fixing=Fixing(days=parse_days("2025-02-11/2025-02-12"), source="invented"))
            if event.id == "ieg-2"
            else event
            for event in TIMETABLE.events
        ),
    )
    assert stopped(replace(it, timetable=fixed)) == []


@pytest.mark.parametrize(
    ("draft", "existing", "rules"),
    [
        ("draft-1", (), []),
        ("draft-2", ("draft-1",), []),
        ("draft-2", (), ["R19"]),  # the one before is missing
        ("draft-3", ("draft-1",), ["R19"]),
        ("draft-2", ("draft-1", "draft-3"), ["R19"]),  # a later one exists
        ("draft-4", ("draft-1", "draft-2", "draft-3"), []),
    ],
)
def test_r19_order(draft: str, existing: tuple[str, ...], rules: list[str]) -> None:
    """Drafts come in their order, each after the one before it."""
    assert stopped(facts(draft, existing=existing)) == rules


# R20-R23. What each draft contains, by the timetable's data.
@pytest.mark.parametrize(
    ("draft", "stage", "rules"),
    [
        ("draft-1", "outline", []),
        ("draft-2", "outline", []),
        ("draft-2", "text", []),
        ("draft-3", "outline", ["R21"]),
        ("draft-3", "text", []),
        ("draft-4", "outline", ["R22"]),
        ("draft-4", "text", []),
        ("final", "outline", ["R23"]),
        ("final", "text", []),
    ],
)
def test_r20_to_r23_outline_or_text(draft: str, stage: str, rules: list[str]) -> None:
    """Outlines in the second draft, texts from the third on."""
    assert stopped(facts(draft, opinions=(opinion(stage=stage),))) == rules


@pytest.mark.parametrize(
    ("draft", "rules"),
    [("draft-1", []), ("draft-2", ["R20"]), ("draft-3", ["R21"]), ("draft-4", ["R22"]), ("final", ["R23"])],
)
def test_r20_to_r23_an_annex_at_all(draft: str, rules: list[str]) -> None:
    """Every draft but the first includes draft Opinions."""
    assert stopped(facts(draft, opinions=())) == rules


def test_r20_the_meeting_left_something_in_the_record() -> None:
    """With contributions before it, a meeting that left nothing stops the draft; without any, there was nothing."""
    assert stopped(facts(contributions=(contribution(),), traces=frozenset())) == ["R20"]
    assert stopped(facts(contributions=(), traces=frozenset())) == []
    assert stopped(facts(contributions=(contribution(),), traces=frozenset({"ieg-2"}))) == ["R20"]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"standing": Standing.OPEN}, ["R23"]),
        ({"standing": Standing.REOPENED}, ["R23"]),
        ({"standing": Standing.AD_REFERENDUM}, ["R23"]),
        ({"standing": Standing.NOT_AGREED}, ["R23"]),
        ({"standing": Standing.OPEN, "showing": Showing.LEFT_OUT}, []),
        ({"standing": Standing.OPEN, "showing": Showing.IN_BRACKETS}, []),
        ({"standing": Standing.OPEN, "stale": True}, ["R23"]),
        ({"brackets": (BRACKET,)}, ["R23"]),
        ({"brackets": (BRACKET,), "showing": Showing.IN_BRACKETS, "standing": Standing.OPEN}, []),
        ({"brackets": (BRACKET,), "showing": Showing.LEFT_OUT}, []),
    ],
)
def test_r23_final_text(changes: dict[str, Any], rules: list[str]) -> None:
    """Agreed as it reads with no bracket open; or left out, or transmitted in brackets, by a meeting."""
    assert stopped(facts("final", opinions=(opinion(**changes),))) == rules
    before = {key: value for key, value in changes.items() if key != "stale"}
    assert stopped(facts("draft-4", opinions=(opinion(**before),))) == [], "only the final draft asks for it"


def test_r23_open_brackets_in_the_report() -> None:
    """The Report too has none in its final form; the place is the line."""
    one = replace(BRACKET, path="report/01.md", label="1.2")
    assert stopped(facts("final", report_brackets=(one,))) == ["R23"]
    assert stopped(facts("draft-4", report_brackets=(one,))) == []
    half = replace(one, paired=False)
    (found,) = judge_draft(facts("final", report_brackets=(half,)))
    assert "without its partner" in found.message
    assert str(found.place) == "report/01.md:9"


def test_r26_only_what_was_discussed_is_in_the_annex() -> None:
    """One that came in without a decision and was never put stops the draft, unless it is left out."""
    it = opinion(discussed=False)
    assert stopped(facts(opinions=(it,))) == ["R26"]
    assert stopped(facts(opinions=(replace(it, showing=Showing.LEFT_OUT),))) == []


# R24, R25, C11. Every contribution reached the meeting and has its answer.
EARLY, LATE = "2024-08-26T21:59:59Z", "2024-08-26T22:00:00Z"


@pytest.mark.parametrize(
    ("changes", "errors", "warnings"),
    [
        ({}, [], []),
        ({"disposed": "", "state": State.OPEN}, ["R25"], []),
        ({"disposed": "", "state": State.AGREED}, ["R25"], []),
        ({"reason": ""}, ["R25"], []),
        ({"disposed": "carried-over", "state": State.OPEN}, [], []),
        (
            {"disposed": "carried-over", "state": State.OPEN, "disposed_seq": 40},
            ["R25"],
            [],
        ),  # for the draft before
        ({"disposed": "", "state": State.WITHDRAWN}, [], []),
        ({"disposed": "", "state": State.HELD, "reached": False}, ["R24"], []),
        ({"disposed": "", "state": State.RETURNED, "reached": False}, ["R24"], []),
        ({"disposed": "", "state": State.UNDETERMINED, "reached": False}, ["R24"], []),
        ({"state": State.DISPOSED, "reached": False}, [], []),  # held, and answered with a reason
        ({"disposed": "", "state": State.OPEN, "received": LATE}, [], ["R25"]),
        ({"disposed": "", "state": State.OPEN, "received": EARLY}, ["R25"], []),
        ({"outcomes": (("ieg-1", 80),)}, [], []),
        ({"outcomes": (("ieg-1", 95),)}, ["C11"], []),  # put again after its disposition
        ({"outcomes": (("ieg-1", 80),), "disposed": "", "state": State.AGREED}, ["C11"], []),
        ({"outcomes": (("ieg-1", 80),), "disposed": "", "state": State.OPEN, "received": LATE}, ["C11"], []),
        ({"standing": Standing.TO_BE_CONFIRMED}, ["C9"], []),
        ({"standing": Standing.AGREED}, [], []),
        ({"contested": True}, [], ["C14"]),
    ],
)
def test_r24_r25_c9_c11_contributions(
    changes: dict[str, Any], errors: list[str], warnings: list[str]
) -> None:
    """One thing changed of a contribution that was noted with a reason."""
    moment = changes.get("received")
    if isinstance(moment, str):
        changes = {**changes, "received": parse_instant(moment)}
    it = facts(contributions=(contribution(**changes),), categories=())
    assert (stopped(it), warned(it)) == (errors, warnings)


def test_c9_an_opinion_that_is_to_be_confirmed_stops_every_draft() -> None:
    """And a contested one is shown, and said."""
    assert stopped(facts(opinions=(opinion(standing=Standing.TO_BE_CONFIRMED),))) == ["C9"]
    assert stopped(facts("final", opinions=(opinion(standing=Standing.TO_BE_CONFIRMED),))) == ["C9"]
    assert warned(facts(opinions=(opinion(contested=True),))) == ["C14"]


def test_c13_a_change_nobody_answers_for() -> None:
    """It names the change and how to answer for it."""
    it = facts(unanswered=(Unanswered(commit="abcdef0123456789", clauses=2),))
    assert stopped(it) == ["C13"]
    finding = judge_draft(it)[0]
    assert "touched 2 clauses" in finding.message
    assert "accord regularise abcdef012345" in finding.fix


@pytest.mark.parametrize(
    ("draft", "categories", "rules"),
    [
        ("draft-1", ("member-state", "academia"), []),  # an outline: nothing came in yet
        ("draft-2", ("member-state",), []),
        ("draft-2", ("member-state", "academia"), ["R27"]),
        ("final", ("member-state", "academia"), ["R27"]),
    ],
)
def test_r27_categories_that_were_not_heard(
    draft: str, categories: tuple[str, ...], rules: list[str]
) -> None:
    """Said, never a reason to stop."""
    it = facts(draft, categories=categories, contributions=(contribution(),))
    assert (stopped(it), warned(it)) == ([], rules)


def test_what_the_texts_say_of_themselves_is_a_warning() -> None:
    """Table 1 and the timetable, the cover and the draft."""
    assert warned(facts(table_agrees=False)) == ["R11"]
    assert warned(facts(cover_draft="draft-1")) == ["R7"]
    assert warned(facts(cover_draft="")) == []


def test_problems_of_form_are_passed_on() -> None:
    """Front matter that cannot be read stops a draft with its own place."""
    finding = Finding(rule="schema", message="`themes` is missing.")
    assert finding in judge_draft(facts(form=(finding,)))


CORRECTION = Correction(of="draft-2", number=1, expected=1, exists=True, changed=True)


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"exists": False}, ["corrigendum"]),
        ({"number": 2}, ["corrigendum"]),
        ({"changed": False}, ["corrigendum"]),
        ({"agreed": (9,)}, ["corrigendum"]),
    ],
)
def test_a_corrigendum(changes: dict[str, Any], rules: list[str]) -> None:
    """Of a tagged draft, the next in number, with a correction and nothing else; windows and answers don't matter."""
    open_one = contribution(disposed="", state=State.OPEN)
    it = facts(
        existing=("draft-1", "draft-2"),
        correction=replace(CORRECTION, **changes),
        contributions=(open_one,),
    )
    assert stopped(it) == rules


def test_a_corrigendum_only_of_the_newest_draft() -> None:
    """And it meets the gates of the texts like any other."""
    assert stopped(facts(existing=("draft-1", "draft-2", "draft-3"), correction=CORRECTION)) == [
        "corrigendum"
    ]
    it = facts(existing=("draft-1", "draft-2"), correction=CORRECTION, opinions=(opinion(discussed=False),))
    assert stopped(it) == ["R26"]


def test_every_gate_says_what_to_do() -> None:
    """A message ends as a sentence, and each has a fix."""
    moment: datetime = parse_instant("2025-02-15T08:00:00Z")
    it = facts(
        "final", now=moment, existing=(), cover_draft="x", table_agrees=False, categories=("academia",),
        contributions=(
            contribution(disposed="", state=State.HELD, reached=False), contribution(contested=True),
            contribution(standing=Standing.TO_BE_CONFIRMED),
        ),
        opinions=(
            opinion(standing=Standing.OPEN, discussed=False, stage="outline", contested=True), opinion(stale=True),
        ),
        unanswered=(Unanswered(commit="a" * 40, clauses=1),), traces=frozenset(),
    )  # fmt: skip
    found = judge_draft(it)
    assert {"R19", "R20", "R23", "R24", "R26", "C9", "C13", "C14", "R7", "R11", "R27"} <= {
        f.rule for f in found
    }
    assert all(one.fix and one.message.endswith(".") for one in found)
