"""Every writing verb: `--dry-run` changes nothing, `--format json` is JSON, `--now` is refused in a real record."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import click
import pytest

from accord.cli.verbs import VERBS
from accord.cli.wiring import open_desk
from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    MIA,
    OPINION,
    POSTED_1,
    SAM,
    TEXT,
    Round,
    accord,
    bare_round,
    first_window,
    scratch,
)
from tests.conftest import Repo

NOW = "2024-10-08T10:00:00Z"  # in the first meeting
# Tested where there are drafts and rehearsals, rules that allow it, the Forum, and GitHub.
ELSEWHERE = {"cut", "build", "provenance", "verify", "rehearse", "init", "set-aside", "adopt"} | {
    "sync",
    "reconcile",
    "release",
    "command",
}

TAUGHT = "c-b6xugo"  # the clause on learning in the evening

Words = Callable[[Round], list[str]]

# verb → who does it, and the words of a command that can be carried out in :func:`busy`.
ACTS: dict[str, tuple[str, Words]] = {
    "submit": (ANA, lambda r: ["submit", "hours", "--metadata", r.metadata()]),
    "submit a statement": (ANA, lambda r: ["submit", "--metadata", r.metadata()]),
    "revise": (ANA, lambda r: ["revise", "2", "more"]),
    "withdraw": (ANA, lambda r: ["withdraw", "2", "--reason", "Overtaken."]),
    "withdraw an objection": (LEV, lambda r: ["withdraw", "2-o1", "--met"]),
    "position": (LEV, lambda r: ["position", "2", "support", "--for", "lyrania"]),
    "confirm": (MIA, lambda r: ["confirm", "2", "--for", "example-university"]),
    "cosign": (MIA, lambda r: ["cosign", "2", "--for", "example-university"]),
    "confirm an objection": (LEV, lambda r: ["confirm", "2-o1", "--for", "lyrania"]),
    "ask": (CHO, lambda r: ["ask", "2-o1", "--until", "2024-10-30", "--reason", "Is it still so?"]),
    "reopen": (CHO, lambda r: ["reopen", "1", "--reason", "New facts."]),
    "call": (CHO, lambda r: ["call", "2", "--until", "2024-10-30"]),
    "recall": (CHO, lambda r: ["recall", "3", "--reason", "Too early."]),
    "declare": (CHO, lambda r: ["declare", "3", "agreed"]),
    "meeting": (CHO, lambda r: ["meeting", "outcome", "ieg-1", "2", "to drafting group"]),
    "admit": (SAM, lambda r: ["admit", "4", "--reason", "The post was slow."]),
    "dispose": (SAM, lambda r: ["dispose", "2", "noted", "--reason", "Heard."]),
    "correct": (SAM, lambda r: ["correct", "4", "--reason", "A slip of the pen."]),
    "posted": (SAM, lambda r: ["posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org/d"]),
    "nominate": (
        SAM,
        lambda r: ["nominate", "lyrania", "--name", "Lou Example", "--country", "Invented",
                   "--active-in-own-country", "--registry", "L 7", "--reason", "The post was slow."],
    ),
    "amend": (LEV, lambda r: ["amend", "2", "amending", "--metadata", r.metadata(source="Lyrania")]),
    "split": (ANA, lambda r: ["split", "6", "--clause", TAUGHT, "--reason", "They are apart."]),
    "waive": (SAM, lambda r: ["waive", "5", "path-outside", "--reason", "Harmless."]),
    "redact": (SAM, lambda r: ["redact", "2", "--ground", "personal data", "--reason", "Asked by its author."]),
    "incorporate": (SAM, lambda r: ["incorporate", "1"]),
    "regularise": (SAM, lambda r: ["regularise", "main", "--reason", "A slip, now answered for."]),
}  # fmt: skip


@cache
def _busy() -> Path:
    """A round in which every act is possible."""
    folder = scratch()
    round_ = first_window(folder)
    for branch, words in (
        ("two", "to open libraries at night"),
        ("three", "to open schools at noon"),
        ("more", "to open all"),
    ):
        round_.rewords(branch, ("to open schools in the evening", words))
    for branch in ("two", "three"):
        round_.does(ANA, IN_W1, "submit", branch, "--metadata", round_.metadata(title=branch.title()))
    round_.does(ANA, "2024-08-28T10:00:00Z", "submit", "--metadata", round_.metadata(title="Late"), code=1)
    round_.rewords(
        "amending", ("to open libraries", "to open all libraries"), start="refs/contributions/2/head"
    )
    round_.rewords("five", ("power and a connection", "power"))
    round_.proposes("five", {"notes.txt": "for ourselves"})
    round_.does(ANA, IN_W1, "submit", "five", "--metadata", round_.metadata(title="Five"), code=1)
    round_.rewords("six", ("lighthouses", "all lighthouses"), ("people learn", "grown people learn"))
    round_.does(ANA, IN_W1, "submit", "six", "--metadata", round_.metadata(title="Six"))
    round_.does(LEV, IN_W1, "position", "2", "object", "--for", "lyrania", "--reason", "Too dark.")
    round_.does(SAM, IN_W1, "position", "2", "reserve", "--for", "example-university", "--registry", "L 1")
    for number in ("1", "3"):
        round_.does(CHO, "2024-08-21T10:00:00Z", "call", number, "--until", "2024-08-30")
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    round_.repo.commit({OPINION: TEXT.replace("schools close", "schools shut")}, "A change nobody declared")
    return folder


def busy(folder: Path) -> Round:
    """A copy of it."""
    shutil.copytree(_busy(), folder, symlinks=True)
    return Round(Repo(folder))


def test_the_table_names_every_writing_verb() -> None:
    """No verb with `--dry-run` is left out here by mistake."""
    writing = set()
    for verb, (module, _) in VERBS.items():
        if verb in ELSEWHERE:
            continue
        command = getattr(importlib.import_module(f"accord.cli.{module}"), verb.replace("-", "_"))
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        if any(option.name == "dry_run" for one in inner for option in one.params):
            writing.add(verb)
    assert writing == {key.partition(" ")[0] for key in ACTS}


@pytest.mark.parametrize("act", ACTS)
def test_a_dry_run_says_what_would_be_recorded_and_changes_nothing(tmp_path: Path, act: str) -> None:
    """No ref and no file; then the same without `--dry-run` is carried out, and both are JSON."""
    round_ = busy(tmp_path / "r")
    who, words = ACTS[act]
    command = words(round_)
    before = round_.refs()

    held = int(
        act.partition(" ")[0] in {"submit", "revise", "amend"}
    )  # no window is open that day: received, and held
    told = round_.does(who, NOW, *command, "--dry-run", code=held)
    assert told.data["version"] == 1
    assert told.data["dry_run"] is True
    assert told.data["number"] is None
    assert told.data["events"]
    text = accord(*command, "--dry-run", "--repo", str(round_.path), "--as", who, "--now", NOW)
    assert text.code == held
    assert text.out.startswith("Would be recorded: ")
    assert round_.refs() == before

    done = round_.does(who, NOW, *command, code=held)
    assert done.data["version"] == 1
    assert done.data["dry_run"] is False
    kinds = [[e["kind"] for e in one.data["events"] if e["kind"] != "main-seen"] for one in (told, done)]
    assert kinds[0] == kinds[1]
    assert (told.data.get("state"), told.data.get("next")) == (done.data.get("state"), done.data.get("next"))
    assert told.data["findings"] == done.data["findings"]
    assert round_.refs() != before


@pytest.mark.parametrize("act", ACTS)
def test_a_given_moment_is_refused_in_a_real_record(tmp_path: Path, act: str) -> None:
    """`--now` on a verb that writes works only in a rehearsal; nothing is changed, main least of all."""
    round_ = real(tmp_path / "r")
    who, words = ACTS[act]
    for branch in ("hours", "more", "amending"):
        round_.rewords(branch, ("to open schools in the evening", f"to open {branch}"))
    command = words(round_)
    before = round_.refs()
    for extra in ((), ("--dry-run",)):
        told = round_.does(who, NOW, *command, *extra, code=2)
        assert told.rules == ["moment-given"]
    assert round_.refs() == before


@pytest.mark.parametrize("act", ["submit", "posted", "nominate"])
def test_a_given_moment_starts_no_record(tmp_path: Path, act: str) -> None:
    """Where there is no record yet, one that is not a rehearsal would begin."""
    round_ = bare_round(tmp_path / "r")
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    who, words = ACTS[act]
    command = words(round_)
    before = round_.refs()
    told = round_.does(who, NOW, *command, code=2)
    assert told.rules == ["moment-given"]
    assert round_.refs() == before


def test_the_first_act_starts_a_real_record(tmp_path: Path) -> None:
    """By the clock, and only if it is carried out: a dry run and a refused act start none."""
    round_ = bare_round(tmp_path / "r")
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    where = ("--repo", str(round_.path))
    before = round_.refs()
    dry = accord("submit", "hours", "--metadata", round_.metadata(), *where, "--dry-run", "--format", "json")
    assert [event["kind"] for event in dry.data["events"]] == ["opened", "main-seen", "received"]
    wrong = accord("submit", "house", "--metadata", round_.metadata(), *where)
    assert (wrong.code, "Did you mean `hours`?" in wrong.err) == (2, True)
    assert (
        accord(
            "posted", "draft-9", "--at", "2024-08-05", "--url", "https://example.org", "--as", SAM, *where
        ).code
        == 2
    )
    assert round_.refs() == before

    done = accord("submit", "hours", "--metadata", round_.metadata(), *where, "--format", "json")
    assert (done.data["number"], done.data["state"]) == (1, "returned")
    assert done.rules[0] == "draft-missing", "no draft is posted yet"
    assert [event["kind"] for event in done.data["events"]] == ["opened", "main-seen", "received"]
    assert done.data["events"][0]["rehearsal"] is False


READING: dict[str, list[str]] = {
    "now": ["now"],
    "check": ["check"],
    "check one": ["check", "2"],
    "status": ["status"],
    "status of one": ["status", "2"],
    "status of an Opinion": ["status", "access"],
    "experts": ["status", "--experts"],
    "why": ["why", "2"],
    "why of an Opinion": ["why", "access"],
    "diff": ["diff", "main~1", "main"],
    "diff of one": ["diff", "2"],
    "conflicts": ["conflicts"],
}


@pytest.mark.parametrize("question", READING)
def test_questions_answer_in_json_and_change_nothing(tmp_path: Path, question: str) -> None:
    """Valid JSON with its version and its findings, and the same exit code as for people."""
    round_ = busy(tmp_path / "r")
    before = round_.refs()
    where = ("--repo", str(round_.path), "--now", NOW)
    told = accord(*READING[question], *where, "--format", "json")
    assert told.data["version"] == 1
    assert isinstance(told.data["findings"], list)
    text = accord(*READING[question], *where)
    assert text.code == told.code
    assert text.out or text.err
    assert round_.refs() == before


@pytest.mark.parametrize(
    "command",
    [
        ["status", "99"], ["why", "99"], ["check", "99"], ["diff", "99"], ["diff", "main", "maim"],
        ["status", "acces"], ["status", "1", "--experts"], ["diff", "one"], ["statu"], ["now", "--nwo"],
        ["position", "99", "support", "--for", "lyrania"], ["position", "2", "suport", "--for", "lyrania"],
        ["position", "2", "support"], ["call", "99", "--until", "2024-10-30"], ["recall", "99", "--reason", "x"],
        ["declare", "99", "agreed"], ["meeting", "outcome", "ieg-1", "99", "agreed"], ["admit", "99", "--reason", "x"],
        ["dispose", "99", "noted", "--reason", "x"], ["dispose", "2", "--reason", "x"], ["incorporate", "99"],
        ["regularise", "nowhere", "--reason", "x"], ["correct", "999", "--reason", "x"], ["revise", "99", "more"],
        ["cosign", "99", "--for", "lyrania"], ["ask", "2-o9", "--until", "2024-10-30", "--reason", "x"],
        ["set-aside", "2-o9", "--reason", "x"], ["reopen", "99", "--reason", "x"],
        ["adopt", "acces", "--meeting", "wtpf-26"], ["confirm", "2-o9", "--for", "lyrania"],
        ["revise", "2"], ["withdraw", "99"], ["withdraw", "2-o9"], ["confirm", "99", "--for", "lyrania"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_mistakes_are_findings_in_json_too(tmp_path: Path, command: list[str]) -> None:
    """A program reads what went wrong from stdout: rule, message and a way out; usage mistakes as well."""
    round_ = busy(tmp_path / "r")
    before = round_.refs()
    who = (
        CHO if command[0] in {"call", "recall", "declare", "meeting", "reopen", "adopt", "set-aside"} else SAM
    )
    writes = {key.partition(" ")[0] for key in ACTS} | ELSEWHERE
    extra = ["--as", who] if command[0] in writes else []
    told = accord(*command, *extra, "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert (told.code, told.err) == (2, "")
    assert told.data["version"] == 1
    assert told.data["findings"]
    assert all(f["rule"] and f["message"] and f["fix"] for f in told.data["findings"])
    assert round_.refs() == before


def real(folder: Path) -> Round:
    """A round with a record that is no rehearsal."""
    round_ = bare_round(folder)
    desk = open_desk(str(round_.path), POSTED_1, "")
    desk.replayed = False  # as if it were that day
    desk.open_record()
    return round_
