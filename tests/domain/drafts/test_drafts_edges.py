"""The gates, the brackets and the manifest at their edges: the neighbour of each row that says something else."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import ContributionFacts, Correction, DraftFacts, Showing
from accord.domain.drafts.gates import judge_draft
from accord.domain.drafts.manifest import FORMAT, VERSION, MalformedManifest, Manifest, Previous, manifest_in
from accord.domain.process.days import parse_days
from accord.domain.process.forum import State
from accord.domain.process.moments import deadline, parse_instant
from tests.domain.drafts.test_brackets import brackets
from tests.domain.drafts.test_gates import BRACKET, TIMETABLE, contribution, facts, opinion

CLOSES = deadline(parse_days("2024-08-26").last, TIMETABLE.zone)


def told(it: DraftFacts) -> list[str]:
    """Each finding: how much it weighs, its rule and where it is."""
    return [
        f"{one.severity.value} {one.rule} {one.place.file}:{one.place.line or ''}" if one.place
        else f"{one.severity.value} {one.rule}"
        for one in judge_draft(it)
    ]  # fmt: skip


# What is different from a contribution that has its answer, for draft-2; what is then said.
CONTRIBUTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("answered", {}, []),
    ("answered without a reason", {"reason": ""}, ["error R25 contribution 7:"]),
    ("no answer and no reason is one problem", {"disposed": "", "reason": "", "state": State.OPEN},
     ["error R25 contribution 7:"]),
    ("no answer, came at the last instant", {"disposed": "", "state": State.OPEN, "received": CLOSES},
     ["warning R25 contribution 7:"]),
    ("no answer, held", {"disposed": "", "state": State.HELD, "reached": False}, ["error R24 contribution 7:"]),
    ("late and held", {"disposed": "", "state": State.HELD, "reached": False, "received": CLOSES},
     ["warning R25 contribution 7:"]),
    ("withdrawn", {"disposed": "", "state": State.WITHDRAWN}, []),
    ("carried over from the draft before", {"disposed": "carried-over", "disposed_seq": 50},
     ["error R25 contribution 7:"]),
    ("carried over since", {"disposed": "carried-over", "disposed_seq": 51}, []),
    ("noted before the draft before", {"disposed_seq": 50}, []),
    ("a meeting after the answer", {"outcomes": (("ieg-1", 91),)}, ["error C11 contribution 7:"]),
    ("a meeting at the same place of the record", {"outcomes": (("ieg-1", 90),)}, []),
    ("a meeting before the answer", {"outcomes": (("ieg-1", 89),)}, []),
    ("a meeting and no answer", {"disposed": "", "disposed_seq": 0, "outcomes": (("ieg-1", 1),)},
     ["error C11 contribution 7:"]),
    ("a declaration to be confirmed", {"standing": Standing.TO_BE_CONFIRMED}, ["error C9 contribution 7:"]),
    ("a contested declaration", {"contested": True}, ["warning C14 contribution 7:"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"), [row[1:] for row in CONTRIBUTIONS], ids=[row[0] for row in CONTRIBUTIONS]
)
def test_a_contribution_before_a_draft(changes: dict[str, Any], said: list[str]) -> None:
    """R24, R25, C9, C11, C14: exactly these findings, with their place."""
    assert told(facts(contributions=(contribution(**changes),), categories=())) == said


def test_the_reason_why_one_is_asked_for_again() -> None:
    """An answer that was put off once is not an answer for the next draft; the message says so."""
    first = contribution(disposed="", state=State.OPEN)
    again = contribution(disposed="carried-over", disposed_seq=50, state=State.OPEN)
    messages = [one.message for it in (first, again) for one in judge_draft(facts(contributions=(it,)))]
    assert ["since it was carried over" in one for one in messages] == [False, True]


@pytest.mark.parametrize(
    ("it", "traces", "said"),
    [
        (contribution(), {"ieg-1"}, []),
        (contribution(), set(), ["error R20"]),
        (contribution(received=CLOSES), set(), []),
        (contribution(reached=False), set(), []),
    ],
)
def test_a_meeting_with_contributions_leaves_something(
    it: ContributionFacts, traces: set[str], said: list[str]
) -> None:
    """R20, R24. Only what reached it in time counts."""
    found = told(facts(contributions=(it,), traces=frozenset(traces), categories=()))
    assert [one for one in found if "R20" in one] == said


@pytest.mark.parametrize(
    ("draft", "categories", "said"),
    [
        ("draft-1", ("academia",), []),
        ("draft-2", ("member-state",), []),
        ("draft-2", ("academia",), ["warning R27"]),
        ("draft-2", (), []),
    ],
)
def test_who_was_not_heard(draft: str, categories: tuple[str, ...], said: list[str]) -> None:
    """R27. Said from the second draft on, about categories from which nothing was admitted."""
    found = told(facts(draft, contributions=(contribution(),), categories=categories))
    assert [one for one in found if "R27" in one] == said


def test_what_was_held_does_not_count_as_heard() -> None:
    """R27. And before there is any contribution nothing is said."""
    held = contribution(reached=False, received=CLOSES)
    assert "warning R27" in told(facts(contributions=(held,)))
    assert told(facts(contributions=())) == []


OPINIONS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("agreed", "final", {}, []),
    ("adopted", "final", {"standing": Standing.ADOPTED}, []),
    ("not agreed", "final", {"standing": Standing.READY}, ["error R23 opinions/access.md:"]),
    ("not agreed, before the final Report", "draft-4", {"standing": Standing.READY}, []),
    ("to be confirmed", "final", {"standing": Standing.TO_BE_CONFIRMED}, ["error C9 opinions/access.md:"]),
    ("contested", "final", {"contested": True}, ["warning C14 opinions/access.md:"]),
    ("never discussed", "draft-3", {"discussed": False}, ["error R26 opinions/access.md:"]),
    ("an outline", "draft-2", {"stage": "outline"}, []),
    ("an outline", "draft-3", {"stage": "outline"}, ["error R21 opinions/access.md:"]),
    ("an outline", "draft-4", {"stage": "outline"}, ["error R22 opinions/access.md:"]),
    ("an outline", "final", {"stage": "outline"}, ["error R23 opinions/access.md:"]),
    ("a bracket", "draft-4", {"brackets": (BRACKET,)}, []),
    ("a bracket", "final", {"brackets": (BRACKET,)}, ["error R23 opinions/access.md:9"]),
    ("in brackets by a meeting", "final",
     {"brackets": (BRACKET,), "showing": Showing.IN_BRACKETS, "standing": Standing.READY}, []),
    ("reads differently since", "final", {"stale": True}, ["error R23 opinions/access.md:"]),
    ("left out", "final", {"showing": Showing.LEFT_OUT, "standing": Standing.READY, "discussed": False}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "changes", "said"),
    [row[1:] for row in OPINIONS],
    ids=[f"{row[0]}-{row[1]}" for row in OPINIONS],
)
def test_an_opinion_in_a_draft(draft: str, changes: dict[str, Any], said: list[str]) -> None:
    """R21-R23, R26, C9, C14: exactly these findings, with file and line."""
    assert told(facts(draft, opinions=(opinion(**changes),))) == said


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("draft-1", []), ("draft-2", ["error R20 opinions/:"]), ("draft-3", ["error R21 opinions/:"]),
        ("draft-4", ["error R22 opinions/:"]), ("final", ["error R23 opinions/:"]),
    ],
)  # fmt: skip
def test_a_draft_without_opinions(draft: str, said: list[str]) -> None:
    """Each draft names what it should have had."""
    assert told(facts(draft, opinions=())) == said


def test_how_a_bracket_is_told() -> None:
    """With the clause if it has a name, and whether its partner is missing."""
    bare = replace(BRACKET, label="", paired=False)
    said = [one.message for one in judge_draft(facts("final", report_brackets=(BRACKET, bare)))]
    assert said == [
        "Square brackets are open in considering a): [may]",
        "A square bracket without its partner is in the text: [may]",
    ]
    assert told(facts("draft-4", report_brackets=(BRACKET,))) == []


GOOD = Correction(of="draft-2", number=1, expected=1, exists=True, changed=True)
CORRECTIONS: list[tuple[str, Correction, tuple[str, ...], list[str]]] = [
    ("good", GOOD, ("draft-1", "draft-2"), []),
    (
        "of no draft, and nothing more is said",
        replace(GOOD, exists=False, changed=False),
        (),
        ["error corrigendum"],
    ),
    ("of the newest draft it knows", GOOD, (), []),
    ("of an older draft", GOOD, ("draft-1", "draft-2", "draft-3"), ["error corrigendum"]),
    ("of the wrong number", replace(GOOD, number=2), ("draft-2",), ["error corrigendum"]),
    ("of nothing", replace(GOOD, changed=False), ("draft-2",), ["error corrigendum"]),
    ("of what was agreed", replace(GOOD, agreed=(3,)), ("draft-2",), ["error corrigendum"]),
]


@pytest.mark.parametrize(
    ("it", "existing", "said"), [row[1:] for row in CORRECTIONS], ids=[row[0] for row in CORRECTIONS]
)
def test_a_corrigendum(it: Correction, existing: tuple[str, ...], said: list[str]) -> None:
    """It corrects the newest draft, in order, and brings nothing new."""
    assert told(facts("draft-2", correction=it, existing=existing)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cover_draft": "draft-1"}, ["warning R7 report/00-cover.md:"]),
        ({"cover_draft": ""}, []),
        ({"correction": replace(GOOD, of="draft-1"), "existing": ("draft-1",), "cover_draft": "draft-1"}, []),
        (
            {"correction": replace(GOOD, of="draft-1"), "existing": ("draft-1",)},
            ["warning R7 report/00-cover.md:"],
        ),
        ({"table_agrees": False}, ["warning R11 report/:"]),
    ],
)
def test_what_the_report_says_of_itself(changes: dict[str, Any], said: list[str]) -> None:
    """R7, R11. The cover of a corrected draft keeps the name of that draft."""
    assert told(facts("draft-2", **changes)) == said


def test_when_a_meeting_is_over_is_said_to_the_hour() -> None:
    """R19. Whoever waits is told how long."""
    early = facts("draft-2", now=parse_instant("2024-10-01T00:00:00Z"))
    assert any("the end of Tuesday 8 October 2024" in one.message for one in judge_draft(early))


def test_a_draft_closes_with_the_last_deadline_before_it() -> None:
    """With two deadlines the later one counts."""
    it = facts("draft-3")
    ends = [it.timetable.ends(name).latest for name in ("dl-1", "dl-2")]
    both = replace(it, event=replace(it.event, after=("dl-1", "dl-2")))
    assert both.closed == max(ends)
    assert replace(it, event=replace(it.event, after=())).closed is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("[" + "a" * 58 + "]", "[" + "a" * 58 + "]", id="sixty characters are shown"),
        pytest.param("[" + "a" * 59 + "]", "[" + "a" * 57 + " …", id="one more is cut"),
        pytest.param("see **[may]** now", "[may]", id="in strong words"),
        pytest.param("see ~~[may]~~ now", "[may]", id="in struck words"),
        pytest.param("see [a [may] b](https://example.org) now", "[may]", id="in the words of a link"),
        pytest.param("a[`b`]", "[ ]", id="around code"),
        pytest.param("---\ntitle: 'A: [b]'\n---\n\nText.", "[b]", id="after a colon in a title"),
        pytest.param("---\nsubtitle: '[b]'\n---\n\nText.", "[b]", id="in a subtitle"),
        pytest.param("---\ntitle: '[A]: b'\n---\n\nText.", "[A]", id="before a second colon"),
        pytest.param("“old […] words” and […] more", "[…]", id="an omission after the quotation has ended"),
        pytest.param('"old […] words" and […] more', "[…]", id="in plain quotation marks"),
        pytest.param("„old […] words” and […] more", "[…]", id="in low ones"),
        pytest.param("«old […] words» and […] more", "[…]", id="in angular ones"),
        pytest.param("] and [may]", "]", id="one too many before a pair"),
    ],
)
def test_what_a_bracket_shows(text: str, shown: str) -> None:
    """The first bracket found, as people see it."""
    assert brackets(text)[0].text == shown


def test_every_bracket_after_one_too_many_is_still_found() -> None:
    """A sign without a partner hides nothing."""
    assert [(one.text, one.paired) for one in brackets("a ] b [may] c ] d [")] == [
        ("]", False), ("[may]", True), ("]", False), ("[", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["DRAFT RESOLUTION [SEN-1A]", "as [ABC/12] says", "as [X.509] says", "as [B7] says"]
)
def test_numbers_to_be_given_are_no_brackets(text: str) -> None:
    """Provisional and official numbers of documents."""
    assert brackets(text) == ()


@pytest.mark.parametrize("message", ["", "A draft.", "A draft.\n\n{}", "{\n}\n"])
def test_a_message_without_a_manifest(message: str) -> None:
    """It is said that there is none."""
    with pytest.raises(MalformedManifest, match="no manifest"):
        manifest_in(message)


def test_before_the_first_deadline_nothing_is_asked_for() -> None:
    """R25. The first draft has no contributions to answer; a draft without contents has no opinions to miss."""
    waiting = contribution(disposed="", state=State.OPEN)
    assert told(facts("draft-1", contributions=(waiting,), categories=())) == []
    bare = facts("draft-3", opinions=(), categories=("academia",))
    assert told(replace(bare, event=replace(bare.event, contains=None))) == []


@pytest.mark.parametrize(
    ("part", "says"), [("missing", "`clauses` is missing"), ("unknown", "`apple` is not a field")]
)
def test_of_several_faults_of_a_manifest_the_first_by_name_is_told(part: str, says: str) -> None:
    """So that the message is the same each time."""
    names = [field.name for field in fields(Manifest)]
    whole: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if part == "unknown":
        whole |= dict.fromkeys([*names, "zebra", "pear", "fig", "apple"])
    else:
        whole |= dict.fromkeys(name for name in names if name < "c")
    with pytest.raises(MalformedManifest, match=says):
        Manifest.from_json(whole)


def test_an_omission_in_the_second_of_two_quotations_is_none() -> None:
    """Plain quotation marks open and close in turn."""
    assert brackets('"a" "b […] c"') == ()
    assert [one.text for one in brackets('"a" b […] "c"')] == ["[…]"]


def test_a_draft_that_was_only_posted_has_no_tag() -> None:
    """It was cut elsewhere, before this record began."""
    assert Previous(draft="draft-1", commit="a" * 40).tag == ""
