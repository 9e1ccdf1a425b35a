"""What the secretariat does: admit, dispose, post, nominate, incorporate, regularise; each with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accord.adapters.record import GitRecordStore
from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    MIA,
    OPINION,
    REPORT,
    SAM,
    TEXT,
    agreed,
    first_window,
    rehearsal,
)

EVENING, NINE = "to open schools in the evening", "to open schools until nine"
NOW = "2024-08-21T10:00:00Z"


@pytest.mark.parametrize(
    "command",
    [
        ["admit", "1", "--reason", "x"],
        ["dispose", "1", "noted", "--reason", "x"],
        ["correct", "4", "--reason", "x"],
        ["posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org"],
        ["nominate", "lyrania", "--name", "Lou Example", "--registry", "L 1"],
        ["incorporate", "1"],
        ["regularise", "main", "--reason", "x"],
    ],
    ids=lambda value: value[0],
)
@pytest.mark.parametrize("who", [ANA, CHO, "", "Sam Exemple"])
def test_only_the_secretariat(tmp_path: Path, command: list[str], who: str) -> None:
    """R28, C14. Not an expert, not a chair, not nobody; a misspelt name is told from a stranger."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, NOW, *command, code=2)
    assert told.rules == ["role-missing"]
    if who == "Sam Exemple":
        assert "Did you mean `Sam Example`?" in told.data["findings"][0]["fix"]
    assert round_.refs() == before


@pytest.mark.parametrize(
    "command", [["admit", "1"], ["dispose", "1", "noted"], ["correct", "4"], ["regularise", "main"]]
)
def test_no_act_without_a_reason(tmp_path: Path, command: list[str]) -> None:
    """It is asked for before anything else."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(SAM, NOW, *command, code=2)
    assert told.rules == ["usage"]
    assert "--reason" in told.data["findings"][0]["message"]


def test_admitting(tmp_path: Path) -> None:
    """A held one comes before the group with its reason shown; there is nothing to admit twice."""
    round_ = rehearsal(tmp_path / "r")
    later = "2024-09-02T10:00:00Z"
    round_.does(ANA, later, "submit", "--metadata", round_.metadata(), code=1)
    assert "W1 closed" in round_.says(later, "why", "1", code=1).err
    assert round_.does(SAM, later, "admit", "1", "--version", "2", "--reason", "x", code=2).rules == [
        "revision-unknown"
    ]
    round_.does(SAM, later, "admit", "1", "--reason", "The post was slow.")
    assert round_.state("1", later) == "open"
    assert "admitted version 1 — The post was slow." in round_.events("1", later)
    assert round_.does(SAM, later, "admit", "1", "--reason", "x", code=1).rules == ["admit-nothing"]


def test_what_cannot_be_read_cannot_be_admitted(tmp_path: Path) -> None:
    """Overruling reaches findings of form that people can weigh, not a description without its fields."""
    round_ = rehearsal(tmp_path / "r")
    round_.does(ANA, NOW, "submit", "--metadata", round_.metadata(title=None), code=1)
    assert round_.does(SAM, NOW, "admit", "1", "--reason", "x", code=1).rules == ["admit-unreadable"]


@pytest.mark.parametrize("word", ["reflected-in-part", "noted", "not-retained", "superseded"])
def test_every_disposition(tmp_path: Path, word: str) -> None:
    """R25. With its reason, shown with the contribution, in the words of the forum."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(SAM, NOW, "dispose", "1", word, "--reason", "Taken up in section 2.")
    assert told.data["next"] == "Nothing is left to do (Taken up in section 2)."
    status = round_.status("1", NOW)
    assert (status["state"], status["disposition"]) == ("disposed", word)
    assert word.replace("-", " ") in round_.says(NOW, "status").out
    assert round_.does(SAM, NOW, "dispose", "1", "noted", "--reason", "x").data["state"] == "disposed", (
        "mended"
    )


def test_carried_over_stays_before_the_group(tmp_path: Path) -> None:
    """It is disposed of again later."""
    round_ = first_window(tmp_path / "r")
    round_.does(SAM, NOW, "dispose", "1", "carried-over", "--reason", "To the next draft.")
    assert round_.state("1", NOW) == "open"
    assert "carried over" in round_.says(NOW, "status").out
    round_.does(CHO, NOW, "call", "1", "--until", "2024-08-30")
    assert round_.state("1", NOW) == "in-call"


@pytest.mark.parametrize(
    ("words", "rule", "code"),
    [
        (["1", "incorporated"], "dispose-not-incorporated", 1),
        (["1", "withdrawn"], "usage", 2),
        (["1", "notd"], "usage", 2),
        (["1"], "usage", 2),
        (["7", "noted"], "contribution-unknown", 2),
    ],
)
def test_a_disposition_that_cannot_be(tmp_path: Path, words: list[str], rule: str, code: int) -> None:
    """What is not in the text is not incorporated; only its source withdraws it."""
    round_ = first_window(tmp_path / "r")
    assert round_.does(SAM, NOW, "dispose", *words, "--reason", "x", code=code).rules == [rule]


def test_what_is_in_the_text_is_not_disposed_of_as_if_it_were_not(tmp_path: Path) -> None:
    """One of the two would be untrue."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    round_.does(SAM, now, "incorporate", "1")
    for word in ("noted", "not-retained", "carried-over"):
        assert round_.does(SAM, now, "dispose", "1", word, "--reason", "x", code=1).rules == [
            "dispose-incorporated"
        ]
    assert round_.status("1", now)["disposition"] == "incorporated"


def test_a_posting_opens_its_window_when_it_really_happened(tmp_path: Path) -> None:
    """A4. Posted three days late, the window opens three days late: what came before that was early."""
    round_ = rehearsal(tmp_path / "r")
    planned, posted = "2024-11-05T10:00:00Z", "2024-11-07T09:00:00Z"
    assert "Window W2 is open" in round_.says(planned, "now").out
    round_.does(
        SAM, posted, "posted", "draft-2", "--at", posted, "--url", "https://example.org/2", "--symbol", "X 2"
    )
    metadata = round_.metadata(based_on="draft-2")
    assert round_.does(ANA, "2024-11-07T09:00:00Z", "submit", "--metadata", metadata).data["state"] == "open"
    assert round_.status("1", "2024-11-08T10:00:00Z")["window"] == "W2"
    letter = ("--channel", "letter", "--received", "2024-11-07T08:59:59Z", "--registry", "L 1")
    early = round_.does(SAM, "2024-11-08T10:00:00Z", "submit", "--metadata", metadata, *letter, code=1)
    assert early.data["state"] != "open"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["draft-9", "--at", "2024-08-05", "--url", "https://example.org"], "draft-unknown"),
        (["draft-1", "--at", "yesterday", "--url", "https://example.org"], "moment"),
        (["draft-1", "--at", "2024-08-22", "--url", "https://example.org"], "moment-future"),
        (["draft-1", "--at", "2024-08-05", "--url", "example.org"], "posted-address"),
    ],
)
def test_a_posting_that_cannot_be(tmp_path: Path, words: list[str], rule: str) -> None:
    """A draft of the timetable, a moment that has come, an address."""
    round_ = rehearsal(tmp_path / "r")
    told = round_.does(SAM, NOW, "posted", *words, code=2)
    assert told.rules == [rule]
    if rule == "draft-unknown":
        assert "Did you mean `draft-" in told.data["findings"][0]["fix"]


NEW = ("--name", "Zoe Example", "--category", "associate", "--entity-name", "Example Works", "--active-in-own-country",
       "--country", "Invented", "--invented")  # fmt: skip


def test_a_nomination_by_letter(tmp_path: Path) -> None:
    """R12. On the list with all its other lines as they were, in the record with its letter, and able to speak."""
    round_ = rehearsal(tmp_path / "r")
    before = (round_.path / "process/experts.yaml").read_text("utf-8").splitlines()
    told = round_.does(
        SAM, NOW, "nominate", "example-works", *NEW, "--account", "77", "--received", "2024-08-19", "--evidence",
        round_.letter(), "--registry", "L 3",
    )  # fmt: skip
    event = told.data["events"][-1]
    assert (event["kind"], event["entity"], event["name"], event["expert"]) == (
        "nominated", "example-works", "Zoe Example", 77,
    )  # fmt: skip
    assert event["received"]["clock"] == "registry"
    assert len(event["evidence"]["digest"]) == 64
    after = (round_.path / "process/experts.yaml").read_text("utf-8").splitlines()
    assert [line for line in after if line in before] == before
    assert "Zoe Example" in round_.says(NOW, "status", "--experts").out
    round_.rewords("hours", (EVENING, NINE))
    round_.does(ANA, NOW, "submit", "hours", "--metadata", round_.metadata())
    round_.does("77", NOW, "position", "1", "support", "--for", "example-works")


def test_a_late_nomination_needs_a_reason(tmp_path: Path) -> None:
    """R15. Received after the last day of nominations; the reason stands in the list and in the record."""
    round_ = rehearsal(tmp_path / "r")
    now = "2024-09-10T10:00:00Z"
    before = round_.refs()
    told = round_.does(SAM, now, "nominate", "example-works", *NEW, "--registry", "L 3", code=2)
    assert told.rules == ["nomination-late"]
    assert round_.refs() == before
    round_.does(
        SAM,
        now,
        "nominate",
        "example-works",
        *NEW,
        "--registry",
        "L 3",
        "--received",
        "2024-08-26T21:59:59Z",
        "--dry-run",
    )
    round_.does(
        SAM, now, "nominate", "example-works", *NEW, "--registry", "L 3", "--reason", "A strike of the post."
    )
    assert "A strike of the post." in (round_.path / "process/experts.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["example-works", *NEW], "nomination-letter"),
        (["example-works", "--name", "Zoe Example", "--registry", "L 3"], "nomination-category"),
    ],
)
def test_a_nomination_that_cannot_be(tmp_path: Path, words: list[str], rule: str) -> None:
    """Without a letter, or without the category of an entity that is new."""
    round_ = rehearsal(tmp_path / "r")
    before = round_.refs()
    assert round_.does(SAM, NOW, "nominate", *words, code=2).rules == [rule]
    assert round_.refs() == before


def test_a_nomination_that_would_break_the_list(tmp_path: Path) -> None:
    """The public nominates nobody; an account speaks for one entity. The list stays as it was."""
    round_ = rehearsal(tmp_path / "r")
    before = round_.refs()
    public = [word if word != "associate" else "stakeholder" for word in NEW]
    told = round_.does(SAM, NOW, "nominate", "example-works", *public, "--registry", "L 3", code=1)
    assert "experts-" in told.rules[0]
    taken = round_.does(
        SAM, NOW, "nominate", "example-works", *NEW, "--account", "2", "--registry", "L 3", code=1
    )
    assert taken.data["findings"]
    assert round_.refs() == before


def crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stops between moving the main branch and recording it."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(GitRecordStore, "append", stop)


def test_a_nomination_that_stopped_half_way_is_finished_by_running_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list moved, the record did not: the same command records the letter, and moves nothing twice."""
    round_ = rehearsal(tmp_path / "r")
    command = ("nominate", "example-works", *NEW, "--registry", "L 3")
    with monkeypatch.context() as patch:
        crash(patch)
        round_.does(SAM, NOW, *command, code=130)
    moved = round_.repo.git("rev-parse", "main")
    told = round_.does(SAM, NOW, *command)
    assert told.data["events"][-1]["kind"] == "nominated"
    assert round_.repo.git("rev-parse", "main") == moved
    assert round_.does(SAM, NOW, *command, code=1).rules == ["nomination-done"]


@pytest.mark.parametrize("between", [False, True])
def test_an_incorporation_that_stopped_half_way_is_finished_by_running_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: bool
) -> None:
    """Whether or not somebody else was at work in between; it is recorded as what it was, an agreed text."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    with monkeypatch.context() as patch:
        crash(patch)
        round_.does(SAM, now, "incorporate", "1", code=130)
    moved = round_.repo.git("rev-parse", "main")
    assert "until nine" in (round_.path / OPINION).read_text("utf-8")
    if between:
        round_.does(LEV, now, "position", "access", "support", "--for", "lyrania")
        assert "nobody declared (C13)" in round_.says(now, "status").out
    told = round_.does(SAM, now, "incorporate", "1")
    event = next(e for e in told.data["events"] if e["kind"] == "incorporated")
    assert (event["mode"], event["commit"]) == ("agreed", moved)
    assert event["effect"][0]["had"] != event["effect"][0]["gets"]
    assert round_.repo.git("rev-parse", "main") == moved
    assert "nobody declared" not in round_.says(now, "status").out
    assert round_.state("1", now) == "disposed"


def test_a_commit_that_only_claims_to_be_an_incorporation_is_none(tmp_path: Path) -> None:
    """C13. Its trailers are words like others: what was not agreed is not taken for it."""
    round_ = first_window(tmp_path / "r")
    text = TEXT.replace(EVENING, NINE)
    round_.repo.commit({OPINION: text}, "Hours\n\nContribution: 1\nVersion: 1\nDeclared: 9")
    told = round_.does(SAM, NOW, "incorporate", "1", code=1)
    assert told.rules == ["incorporate-not-agreed"]
    round_.does(LEV, NOW, "position", "1", "support", "--for", "lyrania")
    assert "nobody declared (C13)" in round_.says(NOW, "status").out


def test_incorporating_an_opinion_needs_agreement(tmp_path: Path) -> None:
    """C1. No reason of the secretariat's replaces it; once it is in, there is nothing left to do."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(SAM, NOW, "incorporate", "1", "--reason", "It is good.", code=1)
    assert told.rules == ["incorporate-not-agreed"]
    assert "A chair opens a call" in told.data["findings"][0]["message"]
    assert round_.refs() == before
    now = agreed(round_)
    round_.does(SAM, now, "incorporate", "1")
    assert round_.does(SAM, now, "incorporate", "1", code=1).rules == ["contribution-over"]
    for command in (["call", "1", "--until", "2024-10-01"], ["declare", "1", "agreed"]):
        assert round_.does(CHO, now, *command, code=1).rules == ["contribution-over"]


def test_report_text_enters_by_an_act_of_the_secretariat(tmp_path: Path) -> None:
    """C1. With a reason and the names of what it was written from; an objection stays visible and blocks nothing."""
    round_ = rehearsal(tmp_path / "r")
    report = round_.repo.git("show", f"main:{REPORT}") + "\n\nThe secretariat adds a sentence.\n"
    round_.proposes("next", {REPORT: report})
    round_.does(ANA, IN_W1, "submit", "--metadata", round_.metadata(title="A statement"))
    round_.does(ANA, IN_W1, "submit", "next", "--metadata", round_.metadata(title="One sentence more"))
    round_.does(LEV, NOW, "position", "2", "object", "--for", "lyrania", "--reason", "Too long.")
    assert "do not block it (C1)" in round_.says(NOW, "why", "2", code=None).out
    missing = round_.does(SAM, NOW, "incorporate", "2", code=2)
    assert missing.rules == ["incorporate-reason"]
    unknown = round_.does(SAM, NOW, "incorporate", "2", "--source", "9", "--reason", "x", code=2)
    assert unknown.rules == ["contribution-unknown"]
    later = "2024-10-08T10:00:00Z"
    told = round_.does(
        SAM, later, "incorporate", "2", "--source", "1", "--source", "ieg-1", "--reason", "Asked for."
    )
    event = next(e for e in told.data["events"] if e["kind"] == "incorporated")
    assert (event["mode"], event["sources"], event["reason"]) == (
        "secretariat-act",
        ["1", "ieg-1", "2"],
        "Asked for.",
    )
    message = round_.repo.git("log", "-1", "--format=%B", "main")
    assert "Act: secretariat\nWritten-from: 1\nWritten-from: ieg-1" in message
    assert round_.status("2", later)["objections"][0]["stands"] is True
    assert "nobody declared" not in round_.says(later, "status").out


def test_what_changes_no_text_is_disposed_of_instead(tmp_path: Path) -> None:
    """It is told how."""
    round_ = rehearsal(tmp_path / "r")
    round_.does(ANA, IN_W1, "submit", "--metadata", round_.metadata())
    told = round_.does(SAM, NOW, "incorporate", "1", code=1)
    assert told.rules == ["incorporate-no-text"]
    assert "accord dispose 1" in told.data["findings"][0]["fix"]


def test_a_moved_main_is_merged_clause_by_clause(tmp_path: Path) -> None:
    """Two contributions to one Opinion, both agreed: the second goes on the text with the first in it."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("share", ("to share what they learn from it", "to publish what they learn from it"))
    round_.does(
        MIA,
        IN_W1,
        "submit",
        "share",
        "--metadata",
        round_.metadata(source="Example University", category="academia"),
    )
    for number in ("1", "2"):
        round_.does(CHO, NOW, "call", number, "--until", "2024-08-30")
    now = "2024-09-01T10:00:00Z"
    for number in ("1", "2"):
        round_.does(CHO, now, "declare", number, "agreed")
    round_.does(SAM, now, "incorporate", "1")
    assert round_.state("2", now) == "agreed", "another clause: nobody is asked again"
    round_.does(SAM, now, "incorporate", "2")
    text = (round_.path / OPINION).read_text("utf-8")
    assert text == TEXT.replace(EVENING, NINE).replace("to share what", "to publish what")
    assert "nobody declared" not in round_.says(now, "status").out
    assert round_.repo.git("log", "--format=%s", "--first-parent", "main").count("\n") == 2


def test_a_change_nobody_declared_is_found_and_answered_for(tmp_path: Path) -> None:
    """C13. Status names it and what it stops; the secretariat takes responsibility with a reason, once."""
    round_ = first_window(tmp_path / "r")
    commit = round_.repo.commit({OPINION: TEXT.replace("schools close", "schools shut")}, "A slip")
    round_.does(LEV, NOW, "position", "1", "support", "--for", "lyrania")
    told = round_.says(NOW, "status").out
    assert f"The change {commit[:12]} brought 1 clause that nobody declared (C13)." in told
    assert "no draft is cut before" in told
    wrong = round_.does(SAM, NOW, "regularise", "main~1", "--reason", "x", code=2)
    assert wrong.rules == ["regularise-nothing"]
    assert commit[:12] in wrong.data["findings"][0]["fix"]
    round_.does(SAM, NOW, "regularise", commit[:10], "--reason", "A slip of the pen, left as it is.")
    assert "nobody declared" not in round_.says(NOW, "status").out
    assert round_.does(SAM, NOW, "regularise", commit, "--reason", "x", code=2).rules == [
        "regularise-nothing"
    ]


def test_a_file_that_is_not_saved_is_never_overwritten(tmp_path: Path) -> None:
    """The folder has the main branch open with work in it: incorporating waits, and loses nothing."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    (round_.path / OPINION).write_text(TEXT + "\nUnsaved.\n", "utf-8")
    main = round_.repo.git("rev-parse", "main")
    told = round_.does(SAM, now, "incorporate", "1", code=4)
    assert told.data["findings"][0]["fix"]
    assert round_.repo.git("rev-parse", "main") == main
    assert (round_.path / OPINION).read_text("utf-8") == TEXT + "\nUnsaved.\n"
    (round_.path / OPINION).write_text(TEXT, "utf-8")
    round_.does(SAM, now, "incorporate", "1")
