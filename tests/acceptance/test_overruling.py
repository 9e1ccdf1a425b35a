"""`waive` and `redact`: what the secretariat overrules or takes out of reach (C14)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    METADATA,
    REPORT,
    SAM,
    Round,
    accord,
    begin,
    rehearsal,
)

NOW = "2024-08-21T10:00:00Z"
LATER = "2024-08-22T10:00:00Z"


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """The first window, with nothing handed in."""
    round_ = rehearsal(tmp_path / "round")
    begin(round_, IN_W1)
    return round_


def outside(round_: Round) -> None:
    """Contribution 1 changes the Report, and brings a file that does not belong to it."""
    text = (round_.path / REPORT).read_text()
    round_.proposes("outside", {REPORT: text + "\nOne more sentence.\n", "notes.txt": "for ourselves"})
    round_.does(ANA, IN_W1, "submit", "outside", "--metadata", round_.metadata(), code=1)


def words(round_: Round, branch: str = "words", sentence: str = "The words of somebody.") -> str:
    """A contribution that adds a sentence to the Report; its number."""
    text = (round_.path / REPORT).read_text()
    round_.proposes(branch, {REPORT: f"{text}\n{sentence}\n"})
    told = round_.does(ANA, IN_W1, "submit", branch, "--metadata", round_.metadata())
    return str(told.data["number"])


# --- waive -----------------------------------------------------------------------------------------------


def test_a_finding_of_form_is_overruled_with_a_reason(round_: Round) -> None:
    """The contribution comes before the group; who overruled what, and why, stays in sight."""
    outside(round_)
    assert round_.state("1", NOW) == "returned"
    round_.does(SAM, NOW, "waive", "1", "path-outside", "--reason", "the notes are harmless")
    assert round_.state("1", NOW) == "open"
    assert (
        "overruled path-outside on version 1 — the notes are harmless" in round_.says(NOW, "status", "1").out
    )
    assert accord("verify", "--repo", str(round_.path), "--now", NOW).code == 0


WAIVE = [
    (("1", "path-outsid"), SAM, 2, "waive-nothing", "Did you mean `path-outside`?"),
    (("1", "objection"), SAM, 2, "waive-nothing", "It has: path-outside."),
    (("1", "path-outside"), CHO, 1, "secretariat-missing", ""),
    (("1", "path-outside"), "", 2, "", ""),
]


@pytest.mark.parametrize(
    ("what", "who", "code", "rule", "fix"), WAIVE, ids=[row[3] or "nobody" for row in WAIVE]
)
def test_what_cannot_be_overruled(
    round_: Round, what: tuple[str, ...], who: str, code: int, rule: str, fix: str
) -> None:
    """Only a finding of form that it has, and only by the secretariat."""
    outside(round_)
    told = accord(
        "waive",
        *what,
        "--reason",
        "x",
        "--repo",
        str(round_.path),
        "--as",
        who,
        "--now",
        NOW,
        "--format",
        "json",
    )
    assert told.code in (1, 2)
    if rule == "waive-nothing":
        assert told.rules == [rule]
        assert fix in told.out


def test_what_could_not_be_read_cannot_be_overruled(round_: Round) -> None:
    """A text that was not read would come in unseen."""
    round_.proposes("bytes", {REPORT: b"\xff\xfe not UTF-8"})
    round_.does(ANA, IN_W1, "submit", "bytes", "--metadata", round_.metadata(), code=1)
    told = round_.does(SAM, NOW, "waive", "1", "path-outside", "--reason", "x", code=1)
    assert told.rules == ["waive-unreadable"]


def test_a_later_version_is_judged_anew(round_: Round) -> None:
    """A waiver is for the version that was looked at."""
    outside(round_)
    round_.does(SAM, NOW, "waive", "1", "path-outside", "--reason", "harmless")
    text = (round_.path / REPORT).read_text()
    round_.proposes("again", {REPORT: text + "\nAnother sentence.\n", "other.txt": "more"})
    round_.does(ANA, NOW, "revise", "1", "again", code=1)
    newest = json.loads(round_.says(NOW, "check", "1", "--format", "json", code=None).out)
    assert "path-outside" in [finding["rule"] for finding in newest["findings"]]


# --- redact ----------------------------------------------------------------------------------------------


def test_a_text_taken_out_of_reach_leaves_a_notice_and_every_digest(round_: Round) -> None:
    """Whoever fetches it learns what happened; decisions are still recomputed, and `verify` says *redacted*."""
    number = words(round_)
    before = round_.status(number, NOW)
    round_.does(SAM, NOW, "redact", number, "--ground", "personal data", "--reason", "asked by its author")

    kept = round_.repo.git("for-each-ref", "--format=%(objectname)", "refs/contributions").split()
    assert (len(kept), len(set(kept))) == (2, 1)
    notice = round_.repo.git("show", f"{kept[0]}:REDACTED.md")
    assert "Ground: personal data" in notice
    assert "The words of somebody" not in notice

    after = round_.status(number, NOW)
    assert after["state"] == before["state"]
    told = accord("verify", "--repo", str(round_.path), "--now", NOW)
    assert told.code == 0
    assert "version-redacted" in told.out + told.err


def test_a_redacted_text_cannot_be_compared_or_incorporated(round_: Round) -> None:
    """Each says so, with the ground."""
    number = words(round_)
    round_.does(SAM, NOW, "redact", number, "--ground", "personal data", "--reason", "asked")
    assert "personal data" in round_.says(LATER, "diff", number, code=1).err
    told = round_.does(SAM, LATER, "incorporate", number, "--reason", "x", code=1)
    assert told.rules == ["text-redacted"]
    assert round_.says(LATER, "conflicts").code == 0


def test_after_a_redaction_a_later_version_may_come(round_: Round) -> None:
    """It is a text of its own, and in reach."""
    number = words(round_)
    round_.does(SAM, NOW, "redact", number, "--ground", "personal data", "--reason", "asked")
    text = (round_.path / REPORT).read_text()
    round_.proposes("clean", {REPORT: f"{text}\nA clean sentence.\n"})
    round_.does(ANA, LATER, "revise", number, "clean")
    assert "A clean sentence" in round_.says(LATER, "diff", number).out
    assert accord("verify", "--repo", str(round_.path), "--now", LATER).code == 0


def test_a_text_that_others_build_on_is_not_out_of_reach(round_: Round) -> None:
    """The later version holds its words too, so that one comes first."""
    number = words(round_)
    text = round_.repo.git("show", f"words:{REPORT}")
    round_.proposes("more", {REPORT: f"{text}\nAnd more.\n"}, start="words")
    round_.does(ANA, NOW, "revise", number, "more")
    told = round_.does(
        SAM, LATER, "redact", number, "--version", "1", "--ground", "g", "--reason", "r", code=1
    )
    assert told.rules == ["redact-used"]
    round_.does(SAM, LATER, "redact", number, "--version", "2", "--ground", "g", "--reason", "r")
    round_.does(SAM, LATER, "redact", number, "--version", "1", "--ground", "g", "--reason", "r")
    told = round_.does(SAM, LATER, "redact", number, "--ground", "g", "--reason", "r", code=2)
    assert told.rules == ["redact-nothing"]


def test_what_stands_in_the_agreed_text_is_public(round_: Round) -> None:
    """It is changed by a contribution, not redacted."""
    number = words(round_)
    round_.does(SAM, NOW, "incorporate", number, "--reason", "written from it")
    told = round_.does(SAM, LATER, "redact", number, "--ground", "g", "--reason", "r", code=1)
    assert told.rules == ["redact-incorporated"]


def test_only_the_secretariat_redacts_and_a_dry_run_changes_nothing(round_: Round) -> None:
    """Names and record stay as they were."""
    number = words(round_)
    before = round_.refs()
    assert round_.does(LEV, NOW, "redact", number, "--ground", "g", "--reason", "r", code=2).rules
    round_.does(SAM, NOW, "redact", number, "--ground", "g", "--reason", "r", "--dry-run")
    assert round_.refs() == before
    assert METADATA["source"] == "Arcadia"
