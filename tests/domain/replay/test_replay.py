"""What the rules find at the end of a recorded history, and the counts that a reader can check by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accord.domain.process.rules import Rules
from accord.domain.replay.counts import counts
from accord.domain.replay.engine import Fate, Outcome, Reading, Replayed, replay
from accord.domain.replay.trace import Trace, read_traces
from tests.domain.agreement.story import ITU
from tests.domain.replay.histories import (
    GONE,
    HEAD,
    NO,
    NO_CALL,
    OK,
    OLD,
    OLDER,
    SHARED,
    SUPPORTED,
    day,
    said,
    trace,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "positions-datagram.jsonl"
NAMED, REPLACED = Reading.NAMED, Reading.REPLACED
ASKED, AGAIN = said(2, "p02", NO, OLD), said(3, "p02", OK)
TWO = said(2, "p02", OK), said(3, "p03", OK)
TWO_OLD = said(4, "p04", OK, OLD), said(4, "p05", OK, OLD)
TWO_ASTRIDE = said(8, "p04", OK, HEAD, 10), said(8, "p05", OK, HEAD, 10)
NO_HEAD: dict[str, Any] = {"head": None}
ROWS: list[tuple[str, Trace, Rules, Reading, list[str]]] = [
    ("approved on the head", trace(said(2, "p02", OK)), SUPPORTED, NAMED, []),
    ("approved on an older commit", trace(said(2, "p02", OK, OLD)), SUPPORTED, NAMED, ["support"]),
    ("approved on a commit that is gone", trace(said(2, "p02", OK, None)), SUPPORTED, NAMED, ["support"]),
    ("on the head, then an old page", trace(said(2, "p02", OK), said(3, "p03", OK, OLD)), SUPPORTED, NAMED, []),
    ("silence where it is agreement", trace(), NO_CALL, NAMED, []),
    ("silence where support is asked for", trace(), SUPPORTED, NAMED, ["support"]),
    ("its author approves", trace(said(2, "p01", OK)), SUPPORTED, NAMED, ["support"]),
    ("its author asks for changes", trace(said(2, "p01", NO)), NO_CALL, NAMED, []),
    ("asked for changes", trace(ASKED), NO_CALL, NAMED, ["objection"]),
    ("asked on a commit that is gone", trace(said(2, "p02", NO, None)), NO_CALL, NAMED, ["objection"]),
    ("asked, then approved", trace(ASKED, AGAIN), NO_CALL, NAMED, ["objection"]),
    ("the same, replaced", trace(ASKED, AGAIN), NO_CALL, REPLACED, []),
    ("approved, then asked, replaced", trace(said(2, "p02", OK), said(3, "p02", NO)), NO_CALL, REPLACED, ["objection"]),
    ("both at one instant", trace(said(2, "p02", NO), said(2, "p02", OK)), NO_CALL, REPLACED, ["objection"]),
    ("asked, somebody else approved", trace(ASKED, said(3, "p03", OK)), NO_CALL, REPLACED, ["objection"]),
    ("asked, a comment", trace(ASKED, said(3, "p02", "COMMENTED")), NO_CALL, REPLACED, ["objection"]),
    ("asked twice, then approved", trace(ASKED, said(2.5, "p02", NO), AGAIN), NO_CALL, REPLACED, []),
    ("dismissed", trace(said(2, "p02", GONE)), NO_CALL, NAMED, ["dismissed"]),
    ("dismissed, then approved", trace(said(2, "p02", GONE), AGAIN), NO_CALL, NAMED, ["dismissed"]),
    ("the same, replaced", trace(said(2, "p02", GONE), AGAIN), NO_CALL, REPLACED, []),
    ("approved, then dismissed", trace(AGAIN, said(4, "p02", GONE)), SUPPORTED, REPLACED, ["dismissed"]),
    ("asked, then dismissed", trace(ASKED, said(3, "p02", GONE)), NO_CALL, REPLACED, ["objection", "dismissed"]),
    ("approved after the merge", trace(said(10, "p02", OK)), SUPPORTED, NAMED, ["support"]),
    ("approved at the merge", trace(said(9, "p02", OK)), SUPPORTED, NAMED, []),
    ("asked after the merge", trace(said(10, "p02", NO)), NO_CALL, NAMED, []),
    ("begun before, handed in after: approved", trace(said(8, "p02", OK, HEAD, 10)), SUPPORTED, NAMED, ["support"]),
    ("begun before, handed in after: asked", trace(said(8, "p02", NO, HEAD, 10)), NO_CALL, NAMED, ["objection"]),
    ("taken back too late", trace(ASKED, said(8, "p02", OK, HEAD, 10)), NO_CALL, REPLACED, ["objection"]),
    ("a share of those who took part", trace(said(2, "p02", OK), said(3, "p03", OK, OLD)), SHARED, NAMED, ["share"]),
    ("more than half of them", trace(*TWO, said(4, "p04", OK, OLD)), SHARED, NAMED, []),
    ("two of them silent", trace(*TWO, *TWO_OLD), SHARED, NAMED, ["share", "silent"]),
    ("who came after the end is not asked", trace(*TWO, said(10, "p04", OK), said(10, "p05", OK)), SHARED, NAMED, []),
    ("who may have come after it is not asked", trace(*TWO, *TWO_ASTRIDE), SHARED, NAMED, []),
    ("nobody took part", trace(), SHARED, NAMED, []),
    ("no last commit", trace(said(2, "p02", OK), **NO_HEAD), SUPPORTED, NAMED, ["head-unknown"]),
    ("no last commit, nothing said", trace(**NO_HEAD), SUPPORTED, NAMED, ["head-unknown"]),
    ("no last commit, asked", trace(ASKED, **NO_HEAD), SUPPORTED, NAMED, ["objection", "head-unknown"]),
    ("two accounts that are gone", trace(said(2, "ghost", NO), said(3, "ghost", OK)), NO_CALL, REPLACED, ["objection"]),
    ("its author is gone, and somebody else", trace(said(2, "ghost", NO), author=None), NO_CALL, NAMED, ["objection"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "history", "rules", "reading", "missing"), ROWS, ids=[row[0] for row in ROWS]
)
def test_what_the_rules_find(
    name: str, history: Trace, rules: Rules, reading: Reading, missing: list[str]
) -> None:
    """One row a way of ending; what the archive leaves open is undetermined, never ready (C10)."""
    found = replay(history, rules, reading)
    assert [one.what for one in found.missing] == missing
    open_only = set(missing) <= {"dismissed", "head-unknown"}
    expected = Outcome.READY if not missing else Outcome.UNDETERMINED if open_only else Outcome.NOT_READY
    assert found.outcome is expected
    assert found.differs is (expected is Outcome.NOT_READY)


CALLS: list[tuple[str, Trace, list[str]]] = [
    ("its shortest time is over", trace(), []),
    ("a second too early", trace(merged="2021-03-08T11:59:59Z"), ["call-runs"]),
    ("the text changed in it: it starts again", trace(said(3, "p02", OK, OLD)), ["call-runs"]),
    ("changed, and its time over again", trace(said(1.1, "p02", OK, OLD), said(2, "p02", OK)), []),
    ("somebody spoke about an old page", trace(said(2, "p02", OK), said(3, "p03", OK, OLD)), []),
    ("no last commit, too early", trace(merged=day(3), head=None), ["call-runs", "head-unknown"]),
]


@pytest.mark.parametrize(("name", "history", "missing"), CALLS, ids=[row[0] for row in CALLS])
def test_a_call_taken_to_be_open_from_the_beginning(name: str, history: Trace, missing: list[str]) -> None:
    """It runs the shortest time that the rules allow, on the first commit."""
    assert [one.what for one in replay(history, ITU, NAMED).missing] == missing


FATES: list[tuple[str, Trace, Fate, bool]] = [
    ("merged", trace(said(2, "p02", NO)), Fate.MERGED, True),
    ("closed", trace(said(2, "p02", NO), merged=None), Fate.CLOSED, False),
    ("closed though nothing stood in the way", trace(merged=None), Fate.CLOSED, True),
    ("open", trace(said(2, "p02", NO), merged=None, closed=None), Fate.OPEN, False),
    ("open though nothing stands in the way", trace(merged=None, closed=None), Fate.OPEN, False),
]


@pytest.mark.parametrize(("name", "history", "fate", "differs"), FATES, ids=[row[0] for row in FATES])
def test_what_happened_is_told_apart_from_the_answer(
    name: str, history: Trace, fate: Fate, differs: bool
) -> None:
    """What is still open differs from nothing yet."""
    found = replay(history, NO_CALL, NAMED)
    assert (found.fate, found.differs) == (fate, differs)


def numbers(*histories: Trace) -> dict[str, int]:
    """All counts of some histories, without those that are 0."""
    found = [replay(one, NO_CALL, NAMED) for one in histories]
    return {count.key: count.number for count in counts(found) if count.number}


COUNTED: list[tuple[str, Trace, dict[str, int]]] = [
    ("no review", trace(), {"merges_without_any_approval": 1}),
    (
        "two approve, one of them before the last change",
        trace(said(2, "p02", OK, OLD), said(3, "p03", OK)),
        {
            "approvals_given": 2,
            "approvals_standing_at_merge": 2,
            "approvals_on_an_older_commit": 1,
            "merges_with_an_approval": 1,
        },
    ),
    (
        "one approves three times, and never the last commit",
        trace(said(2, "p02", OK, OLDER), said(3, "p02", OK, OLDER), said(4, "p02", OK, OLD)),
        {
            "approvals_given": 3,
            "approvals_standing_at_merge": 1,
            "approvals_on_an_older_commit": 1,
            "merges_with_an_approval": 1,
            "merges_approved_but_not_on_the_merged_head": 1,
        },
    ),
    (
        "asked for changes to the end, and approved after the merge",
        trace(said(2, "p02", NO), said(10, "p02", OK)),
        {
            "approvals_given": 1,
            "requests_for_changes_given": 1,
            "merges_without_any_approval": 1,
            "merges_with_an_objection_its_owner_never_withdrew": 1,
            "merges_with_an_objection_not_withdrawn_by_name": 1,
            "reviews_after_the_end": 1,
        },
    ),
    (
        "asked for changes, then approved",
        trace(said(2, "p02", NO), said(3, "p02", OK)),
        {
            "approvals_given": 1,
            "requests_for_changes_given": 1,
            "approvals_standing_at_merge": 1,
            "merges_with_an_approval": 1,
            "merges_with_an_objection_not_withdrawn_by_name": 1,
        },
    ),
    (
        "approved, then commented",
        trace(said(2, "p02", OK), said(3, "p02", "COMMENTED", OLD)),
        {"approvals_given": 1, "approvals_standing_at_merge": 1, "merges_with_an_approval": 1},
    ),
    (
        "approved, then dismissed",
        trace(said(2, "p02", OK), said(3, "p02", GONE)),
        {"approvals_given": 1, "merges_without_any_approval": 1, "merges_with_a_dismissed_review": 1},
    ),
    (
        "the commit of the only approval is gone",
        trace(said(2, "p02", OK, None)),
        {
            "approvals_given": 1,
            "approvals_standing_at_merge": 1,
            "approvals_on_an_older_commit": 1,
            "approvals_whose_commit_is_not_recorded": 1,
            "merges_with_an_approval": 1,
            "merges_approved_but_not_on_the_merged_head": 1,
        },
    ),
    (
        "the last commit is not recorded",
        trace(said(2, "p02", OK), head=None),
        {
            "approvals_given": 1,
            "approvals_standing_at_merge": 1,
            "merges_with_an_approval": 1,
            "merges_whose_last_commit_is_not_recorded": 1,
        },
    ),
    (
        "begun before the merge and handed in after it",
        trace(said(8, "p02", OK, HEAD, 10)),
        {
            "approvals_given": 1,
            "approvals_standing_at_merge": 1,
            "merges_with_an_approval": 1,
            "reviews_begun_before_the_end_and_touched_after": 1,
        },
    ),
]


@pytest.mark.parametrize(("name", "history", "counted"), COUNTED, ids=[row[0] for row in COUNTED])
def test_what_is_counted_of_one_merged_history(name: str, history: Trace, counted: dict[str, int]) -> None:
    """One row a definition; nothing else is counted."""
    found = numbers(history)
    answers = {key for key in found if key.startswith(("merged_", "closed_"))}
    assert {key: number for key, number in found.items() if key not in answers} == {
        "histories": 1,
        "merged": 1,
        **counted,
    }
    assert len(answers) == 1


def test_the_answers_add_up_to_the_histories() -> None:
    """Each history stands behind exactly one answer, or is still open."""
    kinds = [trace(), trace(said(2, "p02", NO)), trace(said(2, "p02", GONE))]
    closed = [trace(merged=None), trace(said(2, "p02", NO), merged=None), trace(merged=None, head=None)]
    found = numbers(*kinds, *closed, trace(merged=None, closed=None))
    assert [found[key] for key in found if key.startswith(("merged_", "closed_but", "closed_and"))] == [1] * 6
    assert (found["merged"], found["closed_without_a_merge"], found["still_open"]) == (3, 3, 1)


@pytest.mark.skipif(not DATA.exists(), reason="the recorded histories are not beside this copy")
def test_the_counts_of_a_real_archive_are_those_counted_by_hand() -> None:
    """36 real pull requests, recounted here from the raw lines without the engine."""
    text = DATA.read_text("utf-8")
    raw = [value for value in map(json.loads, text.splitlines()) if value.get("merged")]
    standing = stale = none_on_head = objecting = 0
    for value in raw:
        last = {event[1]: event for event in sorted(value["ev"]) if event[0] <= value["merged"]}
        approvals = [event for event in last.values() if event[3] == "APPROVED"]
        old = [event for event in approvals if event[4] != value["head"]]
        standing += len(approvals)
        stale += len(old)
        none_on_head += bool(approvals) and len(old) == len(approvals)
        objecting += any(event[3] == "CHANGES_REQUESTED" for event in last.values())

    read = read_traces(text, DATA.name)
    found = numbers(*read.traces)

    assert not read.findings
    assert (found["histories"], found["merged"]) == (36, 34)
    assert found["merged"] == len(raw)
    assert found["approvals_standing_at_merge"] == standing == 65
    assert found["approvals_on_an_older_commit"] == stale == 30
    assert found["merges_approved_but_not_on_the_merged_head"] == none_on_head == 11
    assert found["merges_with_an_objection_its_owner_never_withdrew"] == objecting == 1
    assert found["merges_with_an_objection_not_withdrawn_by_name"] == 2


def test_the_histories_behind_a_count_are_named() -> None:
    """As often as it takes to recount them."""
    first, second = trace(said(2, "p02", OK, OLD)), trace(said(2, "p02", OK))
    found: list[Replayed] = [replay(one, NO_CALL, NAMED) for one in (first, second)]
    by_key = {count.key: count for count in counts(found)}
    assert [one.trace for one in by_key["approvals_standing_at_merge"].behind] == [first, second]
    assert [one.trace for one in by_key["approvals_on_an_older_commit"].behind] == [first]


def test_a_review_that_was_begun_long_before_its_commit_makes_no_version_of_its_own_time() -> None:
    """A real one was dated in March and named a commit of July: handed in, it was on the commit that it names."""
    history = trace(said(2, "p02", OK, OLD), said(1.1, "p03", OK, HEAD, 8.5), merged=day(9))
    found = replay(history, ITU, NAMED)
    assert [(one.what, one.by) for one in found.missing] == [
        ("call-runs", history.reviews[0].latest + timedelta(days=7))
    ]
