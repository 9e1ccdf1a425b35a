"""Recorded histories: reading them, and what the rules find at their end."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.application.replaying import counts
from accord.domain.process.rules import Rules
from accord.domain.replay.engine import Fate, Reading, replay
from accord.domain.replay.trace import MalformedTrace, Trace, from_archive, read_traces
from tests.domain.agreement.story import ITU

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "positions-datagram.jsonl"
NO_CALL = replace(ITU, call_required=False)
SUPPORTED = replace(NO_CALL, needs_support=1)


def trace(*events: list[str], head: str = "bbbbbbb", **changes: Any) -> Trace:
    """A history from 1 to 9 March, merged at its end unless said otherwise."""
    value = {
        "pr": 7,
        "author": "p01",
        "created": "2021-03-01T00:00:00Z",
        "closed": "2021-03-09T00:00:00Z",
        "merged": "2021-03-09T00:00:00Z",
        "merged_by": "p01",
        "head": head,
        "ev": [list(event) for event in events],
        **changes,
    }
    return read_traces([json.dumps(value)])[1][0]


def said(day: int, who: str, state: str, commit: str = "bbbbbbb") -> list[str]:
    """A review on a day of March."""
    return [f"2021-03-{day:02}T12:00:00Z", who, "MEMBER", state, commit]


OK, NO, OLD = "APPROVED", "CHANGES_REQUESTED", "aaaaaaa"
NAMED, REPLACED = Reading.NAMED, Reading.REPLACED
ASKED, AGAIN = said(2, "p02", NO, OLD), said(3, "p02", OK)
ROWS: list[tuple[str, Trace, Rules, Reading, list[str]]] = [
    ("approved on the head", trace(said(2, "p02", OK)), SUPPORTED, NAMED, []),
    ("approved on an older commit", trace(said(2, "p02", OK, OLD)), SUPPORTED, NAMED, ["support"]),
    ("silence where it is agreement", trace(), NO_CALL, NAMED, []),
    ("silence where support is asked for", trace(), SUPPORTED, NAMED, ["support"]),
    ("its author approves", trace(said(2, "p01", OK)), SUPPORTED, NAMED, ["support"]),
    ("asked for changes", trace(ASKED), NO_CALL, NAMED, ["objection"]),
    ("asked, then approved", trace(ASKED, AGAIN), NO_CALL, NAMED, ["objection"]),
    ("the same, replaced", trace(ASKED, AGAIN), NO_CALL, REPLACED, []),
    ("asked, somebody else approved", trace(ASKED, said(3, "p03", OK)), NO_CALL, REPLACED, ["objection"]),
    ("asked, then dismissed", trace(ASKED, said(3, "p02", "DISMISSED")), NO_CALL, REPLACED, ["objection"]),
    ("approved after the merge", trace(said(10, "p02", OK)), SUPPORTED, NAMED, ["support"]),
]


@pytest.mark.parametrize(
    ("name", "history", "rules", "reading", "missing"), ROWS, ids=[row[0] for row in ROWS]
)
def test_what_the_rules_find(
    name: str, history: Trace, rules: Rules, reading: Reading, missing: list[str]
) -> None:
    """One row a way of ending."""
    found = replay(history, rules, reading)
    assert [one.what for one in found.missing] == missing
    assert found.ready is not bool(missing)
    assert found.differs is bool(missing)


def test_a_call_taken_to_be_open_from_the_beginning_runs_its_shortest_time() -> None:
    """Both sides of the minimum."""
    assert replay(trace(), ITU, Reading.NAMED).ready
    early = trace(merged="2021-03-07T23:59:59Z")
    assert [one.what for one in replay(early, ITU, Reading.NAMED).missing] == ["call-runs"]


def test_a_history_that_was_never_merged_is_looked_at_at_its_closing() -> None:
    """Its fate is told apart from the answer."""
    found = replay(trace(said(2, "p02", NO), merged=None), NO_CALL, Reading.NAMED)
    assert (found.fate, found.differs) == (Fate.CLOSED, False)


BAD = [
    ("{", "line 1 is no JSON"),
    ("[]", "line 1 is no JSON object"),
    ('{"pr": 1}', "line 1: the field 'ev' is missing"),
    ('{"pr": 1, "ev": [[1]]}', "line 1"),
    ('{"pr": 1, "ev": [], "author": "a", "created": "soon", "head": "x"}', "line 1"),
]


@pytest.mark.parametrize(("line", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_malformed_line_is_named(line: str, says: str) -> None:
    """With its number."""
    with pytest.raises(MalformedTrace, match=says):
        read_traces([line])


def test_an_archive_made_by_i_d_template_converts() -> None:
    """Only who, when, state and commit are kept; comments and gone accounts are handled."""
    archive = {
        "repo": "example/draft",
        "pulls": [
            {
                "number": 4, "author": "p01", "createdAt": "2021-03-01T00:00:00Z", "closedAt": None, "mergedAt": None,
                "headRefOid": "bbbbbbb123", "body": "prose that is not kept",
                "reviews": [
                    {"author": "p02", "authorAssociation": "MEMBER", "state": "APPROVED", "body": "nice",
                     "createdAt": "2021-03-02T00:00:00Z", "updatedAt": "2021-03-02T00:00:01Z",
                     "commit": {"abbreviatedOid": "aaaaaaa9"}},
                    {"author": None, "state": "CHANGES_REQUESTED", "createdAt": "2021-03-03T00:00:00Z", "commit": None},
                    {"author": "p03", "state": "COMMENTED", "createdAt": "2021-03-03T00:00:00Z", "commit": None},
                ],
            }
        ],
    }  # fmt: skip
    lines = [json.dumps(line) for line in from_archive(archive)]

    source, traces = read_traces(lines)

    assert source == "example/draft"
    assert [(r.who, r.state, r.commit) for r in traces[0].reviews] == [
        ("p02", "APPROVED", "aaaaaaa"),
        ("ghost", "CHANGES_REQUESTED", ""),
    ]
    assert "prose" not in "".join(lines)


@pytest.mark.skipif(not DATA.exists(), reason="the recorded histories are not beside this copy")
def test_the_counts_of_a_real_archive_are_those_counted_by_hand() -> None:
    """36 real pull requests, recounted here from the raw lines without the engine."""
    lines = DATA.read_text("utf-8").splitlines()
    raw = [value for value in map(json.loads, lines) if value.get("merged")]
    standing = stale = none_on_head = objecting = 0
    for value in raw:
        last = {event[1]: event for event in sorted(value["ev"]) if event[0] <= value["merged"]}
        approvals = [event for event in last.values() if event[3] == "APPROVED"]
        old = [event for event in approvals if event[4] != value["head"]]
        standing += len(approvals)
        stale += len(old)
        none_on_head += bool(approvals) and len(old) == len(approvals)
        objecting += any(event[3] == "CHANGES_REQUESTED" for event in last.values())

    found = counts([replay(one, NO_CALL, Reading.NAMED) for one in read_traces(lines)[1]])

    assert found["merged"] == len(raw) == 34
    assert found["approvals_standing_at_merge"] == standing == 65
    assert found["approvals_on_an_older_commit"] == stale == 30
    assert found["merges_approved_but_not_on_the_merged_head"] == none_on_head == 11
    assert found["merges_with_an_objection_its_owner_never_withdrew"] == objecting == 1
