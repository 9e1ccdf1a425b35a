"""Proof that the record was only added to: each way of doing otherwise is found, named, and placed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.application.ports import Appended
from accord.domain.canonical import fact_digest
from accord.domain.findings import Severity

if TYPE_CHECKING:
    from tests.conftest import Repo

Add = Callable[..., Appended]
TOP, MAIN, ONE = "head.json", "main/00/0000.jsonl", "contributions/00/00/01/0000.jsonl"
FACT = f"facts/{fact_digest('words')[:2]}/{fact_digest('words')}.json"


def line(seq: int, kind: str = "a", **more: Any) -> bytes:
    """An event as the record writes it."""
    return json.dumps({"seq": seq, "kind": kind} | more, separators=(",", ":")).encode() + b"\n"


def head(events: int = 4, contributions: int = 1, **more: Any) -> bytes:
    """A `head.json`."""
    born = {"format": 1, "rehearsal": True, "forum": "example-forum"}
    return json.dumps(born | {"events": events, "contributions": contributions} | more).encode()


CHANGED, UNREADABLE = "record-line-changed", "record-line-unreadable"
COUNT, SEQUENCE, ORDER = "record-count", "record-sequence", "record-segment-order"
LATER = "main/00/0002.jsonl"
MISPLACED = f"facts/00/{'00' * 32}.json"
OLD = line(2) + line(3) + line(4)


@pytest.fixture(name="begun")
def _begun(store: GitRecordStore, add: Add) -> GitRecordStore:
    """Event 1 in contribution 1, events 2 to 4 in `main`, one fact."""
    add(None, {"kind": "received"}, facts=["words"])
    add("main", {"kind": "a"}, {"kind": "a"}, {"kind": "a"})
    return store


def test_what_the_store_does_is_only_adding(begun: GitRecordStore, add: Add, git: Git) -> None:
    """Many additions of every kind, nothing to say about them."""
    for turn in range(30):
        add(
            None,
            *({"kind": "received", "turn": turn} for _ in range(turn)),
            {"kind": "b"},
            facts=[turn, "words"],
        )
        add("contributions/1", {"kind": "position"})
        add("documents/op-skills", *({"kind": "call"} for _ in range(90)))

    assert begun.appends_only() == []
    assert begun.appends_only(since=git.resolve("record~20")) == []
    assert begun.head().contributions == 31


@pytest.mark.parametrize(
    ("changes", "rule", "place", "words"),
    [
        pytest.param({MAIN: line(2) + line(3, "b") + line(4)}, CHANGED, f"{MAIN}:2", "edited", id="edited"),
        pytest.param({MAIN: line(2) + line(4)}, CHANGED, f"{MAIN}:2", "Dropped: 1", id="dropped"),
        pytest.param({MAIN: line(2)}, CHANGED, f"{MAIN}:2", "Dropped: 2", id="cut-short"),
        pytest.param({MAIN: line(3) + line(2) + line(4)}, CHANGED, f"{MAIN}:1", "order", id="reordered"),
        pytest.param({MAIN: line(5) + OLD, TOP: head(5)}, CHANGED, f"{MAIN}:1", "before others", id="put-first"),
        pytest.param({MAIN: line(2, "x") * 3}, CHANGED, f"{MAIN}:1", "rewritten", id="rewritten"),
        pytest.param({MAIN: OLD[:-1]}, CHANGED, f"{MAIN}:3", "edited", id="line-end-removed"),
        pytest.param({MAIN: OLD + line(5)[:-1], TOP: head(5)}, "record-line-cut", f"{MAIN}:4", "complete",
                     id="half-line"),
        pytest.param({MAIN: OLD + b"words\n", TOP: head(5)}, UNREADABLE, f"{MAIN}:4", "no event", id="no-event"),
        pytest.param({MAIN: OLD + b'{"seq":5,"seq":5,"kind":"a"}\n', TOP: head(5)}, UNREADABLE, MAIN, "twice",
                     id="field-twice"),
        pytest.param({MAIN: None}, "record-file-removed", MAIN, "removed", id="file-removed"),
        pytest.param({ONE: None}, "record-file-removed", ONE, "removed", id="contribution-removed"),
        pytest.param({FACT: None}, "record-file-removed", FACT, "removed", id="fact-removed"),
        pytest.param({FACT: b'"else"'}, "record-fact-changed", FACT, "rewritten", id="fact-rewritten"),
        pytest.param({MISPLACED: b'"x"'}, "record-fact-changed", MISPLACED, "the name says",
                     id="fact-under-another-name"),
        pytest.param({"README.md": b"x"}, "record-readme-changed", "README.md", "edited", id="readme"),
        pytest.param({"notes.md": b"x"}, "record-file-unknown", "notes.md", "no such file", id="unknown-file"),
        pytest.param({LATER: line(5), TOP: head(5)}, ORDER, LATER, "not the next", id="segment-skipped"),
        pytest.param({MAIN: OLD + line(5)}, COUNT, TOP, "without counting", id="not-counted"),
        pytest.param({TOP: head(5)}, COUNT, TOP, "counts 1 more events, but 0", id="counted-for-nothing"),
        pytest.param({TOP: head(3)}, COUNT, TOP, "counts -1 more", id="counted-back"),
        pytest.param({MAIN: OLD + line(6), TOP: head(5)}, SEQUENCE, TOP, "numbered 6; 5 comes next",
                     id="number-left-out"),
        pytest.param({MAIN: OLD + line(4), TOP: head(5)}, SEQUENCE, TOP, "numbered 4; 5 comes next", id="number-again"),
        pytest.param({TOP: head(contributions=2)}, COUNT, TOP, "but new are: none", id="contribution-for-nothing"),
        pytest.param({"contributions/00/00/03/0000.jsonl": line(5), TOP: head(5, 2)}, COUNT, TOP, "but new are: 3",
                     id="contribution-left-out"),
        pytest.param({TOP: head(rehearsal=False)}, "record-head-changed", TOP, "born", id="rehearsal-made-real"),
        pytest.param({TOP: head(forum="other")}, "record-head-changed", TOP, "born", id="other-forum"),
        pytest.param({TOP: None}, "record-file-removed", TOP, "removed", id="head-removed"),
        pytest.param({TOP: b"{"}, "record-head-unreadable", TOP, "no JSON", id="head-unreadable"),
    ],
)  # fmt: skip
def test_everything_but_adding_is_found(
    begun: GitRecordStore, git: Git, moment: datetime,
    changes: dict[str, bytes | None], rule: str, place: str, words: str,
) -> None:  # fmt: skip
    """Each names the file, the line where there is one, the commit, and what was done; nothing is blamed on others."""
    tip = begun.tip() or ""
    commit = git.write_commit(changes, [tip], "By hand", moment, "Mallory of Lyrania")
    git.update_ref("refs/heads/record", commit, tip)
    findings = begun.appends_only()

    assert (rule, f"{place}: at {commit[:12]}") in [
        (finding.rule, str(finding.place)) for finding in findings
    ]
    assert any(re.search(words, finding.message) for finding in findings if finding.rule == rule), findings
    assert {f"at {commit[:12]}"} == {finding.place.path for finding in findings if finding.place}
    assert begun.appends_only(at=tip) == []


def test_tampering_that_is_undone_later_is_still_found(
    begun: GitRecordStore, git: Git, moment: datetime, add: Add
) -> None:
    """Every commit is looked at, not only the first and the last."""
    tip = begun.tip() or ""
    edited = git.write_commit({MAIN: line(2, "x") + line(3) + line(4)}, [tip], "x", moment, "Mallory")
    back = git.write_commit({MAIN: OLD}, [edited], "y", moment, "Mallory")
    git.update_ref("refs/heads/record", back, tip)
    add("main", {"kind": "a"})

    assert len(begun.read_all()) == 5, "it reads as if nothing had been"
    assert [f"at {edited[:12]}", f"at {back[:12]}"] == [f.place.path for f in begun.appends_only() if f.place]


def test_events_added_to_a_closed_file_are_found(
    begun: GitRecordStore, git: Git, moment: datetime, add: Add
) -> None:
    """Only the last file of a stream grows."""
    add("process", *({"kind": "a"} for _ in range(201)))
    tip = begun.tip() or ""
    path = "process/00/0000.jsonl"
    more = (git.read_one(f"record:{path}") or b"") + line(206)
    git.update_ref(
        "refs/heads/record",
        git.write_commit({path: more, TOP: head(206)}, [tip], "x", moment, "Mallory"),
        tip,
    )

    assert [finding.rule for finding in begun.appends_only()] == ["record-segment-order"]


def test_joined_histories_and_odd_files(
    begun: GitRecordStore, git: Git, moment: datetime, repo: Repo
) -> None:
    """A merge, and a link in place of a file."""
    tip = begun.tip() or ""
    other = git.write_commit({"README.md": b"other"}, [], "Other beginning", moment, "Mallory")
    joined = git.write_commit({}, [tip, other], "Join", moment, "Mallory")
    repo.git("switch", "--quiet", "--detach", joined)
    (repo.path / MAIN).unlink()
    (repo.path / MAIN).symlink_to("elsewhere")
    repo.git("commit", "--quiet", "--all", "-m", "Link")
    git.update_ref("refs/heads/record", repo.git("rev-parse", "HEAD"), tip)

    rules = [finding.rule for finding in begun.appends_only()]
    assert "record-history-joined" in rules
    assert "record-file-odd" in rules


def test_history_that_is_only_partly_here_is_said(
    begun: GitRecordStore, add: Add, repo: Repo, tmp_path: Path
) -> None:
    """A shallow clone proves what it has, and says from where."""
    add("main", {"kind": "a"})
    repo.git(
        "clone", "--quiet", "--depth=2", "--branch=record", f"file://{repo.path}", str(tmp_path / "clone")
    )
    with Git.open(tmp_path / "clone") as clone:
        findings = GitRecordStore(clone).appends_only()

        assert [(f.rule, f.severity) for f in findings] == [("record-history-partial", Severity.NOTE)]
        assert len(GitRecordStore(clone).read_all()) == 5


POOL = st.sampled_from([line(n, kind) for n in (2, 3, 4, 5) for kind in "ab"] + [b"\n", b"{"])


@given(st.lists(POOL, max_size=5).map(b"".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_passes_but_what_continues(
    begun: GitRecordStore, git: Git, moment: datetime, content: bytes
) -> None:
    """Whatever takes the place of a file: it is found unless it is the old content and the next event."""
    tip = begun.tip() or ""
    commit = git.write_commit({MAIN: content, TOP: head(5)}, [tip], "By hand", moment, "Mallory")

    allowed = content in {OLD + line(5, "a"), OLD + line(5, "b")}
    assert allowed == (begun.appends_only(at=commit) == [])
