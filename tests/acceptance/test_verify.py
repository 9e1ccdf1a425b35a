"""Verifying: an honest round has nothing wrong; every kind of tampering is found, at its place."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.canonical import fact_digest
from accord.domain.drafts.manifest import manifest_in, tag_message
from accord.domain.process.moments import parse_instant
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import (
    Called,
    Cut,
    Declared,
    Event,
    Incorporated,
    Position,
    Received,
    Revised,
)
from accord.domain.record.values import Actor, Receipt
from tests.acceptance.rounds import second
from tests.acceptance.world import ANA, CHO, IN_W2, LEV, OPINION, REPORT, SAM, Round, accord

NOW = "2024-11-20T10:00:00Z"
CHAIR = Actor(name=CHO, role="chair", id=3)
SECRETARIAT = Actor(name=SAM, role="secretariat", id=4)


def found(round_: Round, *, now: str = NOW) -> dict[str, list[dict[str, Any]]]:
    """What `verify` finds, by rule, notes left out."""
    told = accord("verify", "--repo", str(round_.path), "--now", now, "--format", "json")
    out: dict[str, list[dict[str, Any]]] = {}
    for finding in told.data["findings"]:
        if finding["severity"] != "note":
            out.setdefault(finding["rule"], []).append(finding)
    errors = [f for fs in out.values() for f in fs if f["severity"] == "error"]
    assert told.code == (1 if errors else 0), told.out
    return out


def chronicle_of(round_: Round) -> Chronicle:
    """The record as it is."""
    return open_desk(str(round_.path), NOW, "").chronicle()


def forge(round_: Round, stream: str, event: Event | dict[str, Any]) -> int:
    """Add an event behind the tool's back; its running number."""
    desk = open_desk(str(round_.path), NOW, "")
    value = event if isinstance(event, dict) else event_to_json(event)

    def batch(_: RecordView) -> Batch:
        return Batch(subject="Forged", events=[(stream, value)])

    return int(desk.store.append(batch, parse_instant(NOW)).events[0]["seq"])


def third(round_: Round) -> None:
    """Contribution 3, by Arcadia in the second window, changes a clause of the Opinion."""
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(
        ANA, IN_W2, "submit", "hours", "--metadata", round_.metadata(kind="opinion-text", based_on="draft-2")
    )


def test_an_honest_round_verifies(tmp_path: Path) -> None:
    """Everything counted, progress on stderr, one note that the record is unguarded, exit code 0."""
    round_ = second(tmp_path / "r")
    told = accord("verify", "--repo", str(round_.path), "--now", NOW)
    assert told.code == 0
    assert "2 contributions, 2 states of the text, 2 decisions, 2 drafts." in told.out
    assert "Everything follows from the text and the record." in told.out
    assert "The drafts: each made again, byte for byte?" in told.err
    assert told.err.count("Record unguarded") == 1


def test_a_plain_clone_verifies_but_for_the_texts_it_does_not_have(tmp_path: Path) -> None:
    """Proposed texts are not part of an ordinary clone: it says so, and how to get them."""
    round_ = second(tmp_path / "r")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(round_.path), str(clone)], check=True)
    told = accord("verify", "--repo", str(clone), "--now", NOW, "--format", "json")
    assert told.code == 0
    assert told.rules == ["version-kept", "record-unguarded"]
    subprocess.run(
        ["git", "fetch", "--quiet", "origin", "+refs/contributions/*:refs/contributions/*"],
        cwd=clone,
        check=True,
    )
    assert accord("verify", "--repo", str(clone), "--now", NOW, "--format", "json").rules == [
        "record-unguarded"
    ]


def test_no_record_is_a_mistake_of_usage(tmp_path: Path) -> None:
    """There is nothing to verify then."""
    round_ = second(tmp_path / "r")
    round_.repo.git("update-ref", "-d", "refs/heads/record")
    assert accord("verify", "--repo", str(round_.path), "--now", NOW).code == 2


def test_a_declaration_that_was_not_ready(tmp_path: Path) -> None:
    """C9. A chair's declaration without a call, or over an objection, is found with what was missing."""
    round_ = second(tmp_path / "r")
    third(round_)
    cases = Cases(chronicle_of(round_), parse_instant(NOW))
    effect = cases.contribution("3").dossier.effect(cases.world, cases.now)
    base = {"by": CHAIR, "received": Receipt.instant(parse_instant(NOW)), "recorded": parse_instant(NOW)}
    declared = Declared(
        **base, subject="3", result="agreed", effect=effect, seen=round_.record(), basis=1  # type: ignore[arg-type]
    )  # fmt: skip
    seq = forge(round_, "contributions/3", declared)
    problems = found(round_)["C9"]
    assert {one["place"]["path"] for one in problems} == {f"event {seq}", ""}
    assert any("was not ready: no-call (C7)" in one["message"] for one in problems)


def test_a_declaration_over_an_objection(tmp_path: Path) -> None:
    """C6. One standing objection withholds it, whoever says otherwise."""
    round_ = second(tmp_path / "r")
    third(round_)
    round_.does(LEV, "2024-11-18T11:00:00Z", "position", "3", "object", "--for", "lyrania", "--reason", "no")
    round_.does(CHO, "2024-11-18T12:00:00Z", "call", "3", "--until", "2024-11-29")
    events = chronicle_of(round_).events("3")
    called = next(event for event in events if isinstance(event, Called))
    moment = parse_instant("2024-12-02T10:00:00Z")
    declared = Declared(
        by=CHAIR, received=Receipt.instant(moment), recorded=moment, subject="3", result="agreed",
        effect=called.effect, seen=round_.record(), basis=called.seq,
    )  # fmt: skip
    forge(round_, "contributions/3", declared)
    assert "objection (C6)" in found(round_, now="2024-12-03T00:00:00Z")["C9"][0]["message"]


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (Actor(name=LEV, role="expert", id=2), "no expert nominated by example-telecom"),
        (Actor(name="Somebody Else", role="expert"), "no expert nominated by example-telecom"),
        (SECRETARIAT, "entered for an entity without evidence"),
        (Actor(name=CHO, role="chair", id=3), "was written by a chair"),
        (Actor(name="Nobody", role="secretariat"), "not of the secretariat"),
    ],
    ids=["other-entity", "stranger", "no-evidence", "role", "not-listed"],
)
def test_a_position_written_by_somebody_without_the_right(tmp_path: Path, by: Actor, says: str) -> None:
    """C2, C14. Judged by the list of nominated experts as known then."""
    round_ = second(tmp_path / "r")
    third(round_)
    received = chronicle_of(round_).events("3")[0]
    assert isinstance(received, Received)
    moment = parse_instant(NOW)
    position = Position(
        by=by, received=Receipt.instant(moment), recorded=moment, subject="3", entity="example-telecom",
        stance="support", effect=received.effect,
    )  # fmt: skip
    seq = forge(round_, "contributions/3", position)
    (problem,) = found(round_)["record-right"]
    assert says in problem["message"]
    assert problem["place"] == {"file": "record", "line": None, "column": None, "path": f"event {seq}"}


def test_an_event_that_does_not_fit_its_schema(tmp_path: Path) -> None:
    """Reported with its number; nothing that rests on it is recomputed."""
    round_ = second(tmp_path / "r")
    seq = forge(round_, "process", {"kind": "posted", "draft": 5})
    assert found(round_)["record-event"][0]["place"]["path"] == f"event {seq}"


def test_an_event_of_the_future(tmp_path: Path) -> None:
    """Nothing is received after it was recorded."""
    round_ = second(tmp_path / "r")
    cut = next(event for event in chronicle_of(round_).process() if isinstance(event, Cut))
    later = Receipt.instant(parse_instant("2025-01-01T00:00:00Z"))
    forge(round_, "process", replace(cut, received=later, recorded=parse_instant(NOW)))
    assert "record-time" in found(round_)


def test_an_edited_line_of_the_record(tmp_path: Path) -> None:
    """A reason rewritten in place: the record did not only grow."""
    round_ = second(tmp_path / "r")
    round_.repo.git("worktree", "add", "--quiet", str(tmp_path / "record"), "record")
    other = type(round_.repo)(tmp_path / "record")
    file = next(f for f in other.path.rglob("*.jsonl") if "explained" in f.read_text("utf-8"))
    name = str(file.relative_to(other.path))
    other.commit({name: file.read_text("utf-8").replace("explained", "EXPLAINED")})
    assert "record-line-changed" in found(round_)


def test_a_version_that_proposes_something_else(tmp_path: Path) -> None:
    """C5. The effect is recomputed from the texts."""
    round_ = second(tmp_path / "r")
    third(round_)
    received = chronicle_of(round_).events("3")[0]
    assert isinstance(received, Received)
    entry = replace(received.effect[0], gets="1:" + "0" * 32)
    round_.rewords("hours", ("until nine", "until ten"))
    head = round_.repo.git("rev-parse", "hours")
    round_.repo.git("update-ref", "refs/contributions/3/v2", head)
    moment = parse_instant(NOW)
    revised = Revised(
        by=Actor(name=ANA, role="source", id=1), received=Receipt.instant(moment), recorded=moment, subject="3",
        revision=2, metadata=None, head=head, base=received.base, effect=(entry,),
    )  # fmt: skip
    forge(round_, "contributions/3", revised)
    assert "Version 2 of contribution 3" in found(round_)["version-effect"][0]["message"]


def test_a_version_that_is_not_kept(tmp_path: Path) -> None:
    """Each version a position may be about stays reachable."""
    round_ = second(tmp_path / "r")
    third(round_)
    round_.repo.git("update-ref", "-d", "refs/contributions/3/v1")
    assert "Version 1 of contribution 3" in found(round_)["version-kept"][0]["message"]


def test_a_text_that_nobody_declared(tmp_path: Path) -> None:
    """C13. A change of main by hand."""
    round_ = second(tmp_path / "r")
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    commit = round_.repo.commit({OPINION: text.replace("people learn", "many learn")})
    assert found(round_).keys() == {"C13"}, "found before any act has seen it"
    third(round_)
    (problem,) = found(round_)["C13"]
    assert problem["place"]["path"] == f"commit {commit[:12]}"
    round_.does(SAM, NOW, "regularise", commit, "--reason", "a slip")
    assert found(round_) == {}


def test_a_rewritten_text(tmp_path: Path) -> None:
    """The main branch no longer has what the record saw."""
    round_ = second(tmp_path / "r")
    round_.repo.git("commit", "--quiet", "--amend", "-m", "Another story", "--date", "2020-01-01T00:00:00Z")
    assert "text-history" in found(round_)


def test_an_incorporation_that_did_not_happen(tmp_path: Path) -> None:
    """C1. Not agreed, and its commit is no state of the text."""
    round_ = second(tmp_path / "r")
    third(round_)
    received = chronicle_of(round_).events("3")[0]
    assert isinstance(received, Received)
    assert received.head is not None
    assert received.base is not None
    moment = parse_instant(NOW)
    event = Incorporated(
        by=SECRETARIAT, received=Receipt.instant(moment), recorded=moment, subject="3", commit=received.head,
        parent=received.base, mode="agreed", effect=received.effect, ids={},
    )  # fmt: skip
    forge(round_, "contributions/3", event)
    problems = found(round_)
    assert "is no state of the text" in problems["incorporated-commit"][0]["message"]
    assert "was not agreed" in problems["C1"][0]["message"]


def test_a_moved_or_missing_tag(tmp_path: Path) -> None:
    """The record names the tag object itself."""
    round_ = second(tmp_path / "r")
    round_.repo.git("tag", "-f", "-a", "-m", "mine", "draft-2", "main")
    assert "another than the one cut" in found(round_)["draft-tag"][0]["message"]
    round_.repo.git("tag", "-d", "draft-2")
    assert "is not here" in found(round_)["draft-tag"][0]["message"]


def test_a_manifest_that_lies(tmp_path: Path) -> None:
    """Tag and record agree with each other, but not with text and record: the draft is made again and compared."""
    round_ = second(tmp_path / "r")
    desk = open_desk(str(round_.path), NOW, "")
    tag = desk.repository.read_tag("draft-2")
    assert tag is not None
    assert tag.moment is not None
    honest = manifest_in(tag.message)
    lying = replace(
        honest,
        draft="draft-2-corr-1",
        files={**honest.files, "report.md": "0" * 64},
        decisions=(replace(honest.decisions[1], disposition="incorporated"), *honest.decisions[2:]),
    )
    oid = desk.repository.write_tag_object(
        "draft-2-corr-1", tag.target, tag_message("A lie", lying), tag.moment, "Accord"
    )
    round_.repo.git("update-ref", "refs/tags/draft-2-corr-1", oid)
    assert found(round_)["draft-unrecorded"][0]["severity"] == "warning"
    cut = next(e for e in chronicle_of(round_).process() if isinstance(e, Cut) and e.draft == "draft-2")
    forged = replace(cut, draft="draft-2-corr-1", tag=oid, manifest=fact_digest(lying.to_json()))
    seq = forge(round_, "process", forged)
    problems = found(round_)
    assert "report.md" in problems["draft-documents"][0]["message"]
    assert problems["draft-documents"][0]["place"]["path"] == f"event {seq}"
    assert {"decisions"} <= {one["message"].split("`")[1] for one in problems["draft-manifest"]}
    assert "corrigendum" in problems, "its gates were not met either"


def test_what_a_chair_must_look_at_is_a_warning(tmp_path: Path) -> None:
    """C9. Something received before a declaration and entered after it: no forgery, but it is said."""
    round_ = second(tmp_path / "r")
    third(round_)
    round_.does(CHO, "2024-11-18T12:00:00Z", "call", "3", "--until", "2024-11-29")
    round_.does(CHO, "2024-12-02T10:00:00Z", "declare", "3", "agreed")
    round_.does(
        SAM, "2024-12-03T10:00:00Z", "position", "3", "object", "--for", "lyrania", "--reason", "late letter",
        "--received", "2024-11-25T10:00:00Z", "--evidence", round_.letter(),
    )  # fmt: skip
    (problem,) = found(round_, now="2024-12-04T10:00:00Z")["C9"]
    assert problem["severity"] == "warning"


def test_verify_changes_nothing(tmp_path: Path) -> None:
    """It only reads, and says the same as JSON."""
    round_ = second(tmp_path / "r")
    before = round_.refs()
    told = accord("verify", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert json.loads(told.out)["checked"]["drafts"] == 2
    assert round_.refs() == before
    assert REPORT in round_.repo.git("ls-files")
