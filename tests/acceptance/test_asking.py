"""`now`, `status`, `why`, `check N`: answers about any moment, in words people use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    MIA,
    OPINION,
    SAM,
    TEXT,
    Round,
    accord,
    agreed,
    bare_round,
    first_window,
    rehearsal,
)

EVENING, NINE = "to open schools in the evening", "to open schools until nine"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2024-08-01T10:00:00Z", "The next one, W1, opens 5 August 2024"),
        ("2024-08-26T21:59:59Z", "Window W1 is open until the end of Monday 26 August 2024"),
        ("2024-08-26T22:00:00Z", "The last one, W1, closed with the end of Monday 26 August 2024"),
        ("2024-11-04", "Window W2 is open until the end of Friday 20 December 2024"),
        ("2024-12-20T23:00:00Z", "No window is open."),
        (
            "2026-07-01",
            "All windows of this timetable are past. To see one at work: accord now --now 2024-11-04",
        ),
    ],
)
def test_now_at_any_moment(tmp_path: Path, moment: str, words: str) -> None:
    """What is open, until when in the process zone and in UTC, what comes next; it needs no record."""
    round_ = bare_round(tmp_path / "r")
    told = round_.says(moment, "now").out
    assert words in told
    assert "Unofficial working aid" in told


def test_now_by_the_clock_offers_a_moment_to_look_at(tmp_path: Path) -> None:
    """Every window of the real timetable is past, and that is said."""
    round_ = bare_round(tmp_path / "r")
    assert "--now 2024-11-04" in accord("now", "--repo", str(round_.path)).out


def test_each_moment_of_a_life_replays(tmp_path: Path) -> None:
    """One record, asked about every moment of it: state, and what comes next from whom."""
    round_ = first_window(tmp_path / "r")
    round_.does(
        LEV, "2024-08-21T10:00:00Z", "position", "1", "object", "--for", "lyrania", "--reason", "Too late."
    )
    round_.does(CHO, "2024-08-22T10:00:00Z", "call", "1", "--until", "2024-08-30")
    round_.does(LEV, "2024-08-31T10:00:00Z", "withdraw", "1-o1")
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2024-09-02T10:00:00Z", "incorporate", "1")
    life = [
        (IN_W1, "open", "A chair opens a call"),
        ("2024-08-22T10:00:00Z", "in-call", "The call runs until"),
        ("2024-08-30T22:00:00Z", "not-yet-agreed", "Objection 1-o1"),
        ("2024-08-31T10:00:00Z", "ready", "A chair declares the result."),
        ("2024-09-01T10:00:00Z", "agreed", "The secretariat incorporates it."),
        ("2024-09-02T10:00:00Z", "disposed", "Nothing is left to do"),
    ]
    for moment, state, step in life:
        status = round_.status("1", moment)
        assert status["state"] == state
        assert step in status["next"]
    before = accord("status", "--repo", str(round_.path), "--now", "2024-08-20T09:59:59Z", "--format", "json")
    assert before.data["contributions"] == []
    assert "No contribution was received by this moment." in round_.says("2024-08-20T09:59:59Z", "status").out


def test_why_lists_everything_and_says_when_nothing_is_missing(tmp_path: Path) -> None:
    """Exit 1 while something is missing; rule numbers; 0 once it is agreed, with who declared it."""
    round_ = first_window(tmp_path / "r")
    round_.does(LEV, IN_W1, "position", "1", "object", "--for", "lyrania", "--reason", "Too late.")
    told = round_.says(IN_W1, "why", "1", code=1).out
    assert "(C7)" in told
    assert "“Too late.”" in told
    assert "(C6)" in told
    round_.does(LEV, IN_W1, "withdraw", "1-o1")
    now = agreed(round_)
    assert "Declared by Cho Example (event " in round_.says(now, "why", "1").out


def test_no_word_of_git_and_none_of_counting(tmp_path: Path) -> None:
    """What people read has no jargon, no percentage and no vote."""
    round_ = first_window(tmp_path / "r")
    round_.does(LEV, IN_W1, "position", "1", "object", "--for", "lyrania")
    round_.does(MIA, IN_W1, "position", "1", "support", "--for", "example-university")
    text = "\n".join(
        round_.says(IN_W1, *command, code=None).out.lower()
        for command in (
            ["status"],
            ["status", "1"],
            ["why", "1"],
            ["now"],
            ["conflicts"],
            ["status", "--experts"],
        )
    )
    for word in (
        " commit",
        " head",
        "rebase",
        " merge",
        " sha",
        "blocked",
        "rival",
        "roster",
        " vote",
        "%",
        "invalid",
    ):
        assert word not in text, word
    assert "experts nominated by Lyrania" in round_.says(IN_W1, "status", "1").out


def test_the_list_of_experts_at_a_moment(tmp_path: Path) -> None:
    """Before the first day of an entry it is not there; balance is counted and judged by people."""
    round_ = rehearsal(tmp_path / "r")
    told = round_.says("2024-08-06", "status", "--experts").out
    assert "Arcadia (invented)" in told
    assert "Lev Example" in told
    assert "R14" in told
    assert "Lev Example" not in round_.says("2024-06-25", "status", "--experts").out


def test_checking_a_received_contribution(tmp_path: Path) -> None:
    """What keeps it from the group, with place and fix, or that it is in order."""
    round_ = first_window(tmp_path / "r")
    assert "in order" in round_.says(IN_W1, "check", "1").out
    round_.does(ANA, IN_W1, "submit", "--metadata", round_.metadata(category="academia"), code=1)
    told = round_.says(IN_W1, "check", "#2", code=1)
    assert "category-disagrees" in told.err
    assert "→" in told.err
    everything = round_.says(IN_W1, "check", code=1)
    assert "contribution" not in everything.out or "problem" in everything.out


def test_a_copy_tells_the_same(tmp_path: Path) -> None:
    """A plain clone, with the record only as the branch of where it came from, answers alike."""
    round_ = first_window(tmp_path / "r")
    agreed(round_)
    clone = Round(type(round_.repo)(tmp_path / "clone"))
    round_.repo.git("clone", "--quiet", str(round_.path), str(clone.path))
    now = "2024-09-02T10:00:00Z"
    assert clone.says(now, "status").out == round_.says(now, "status").out
    assert clone.says(now, "status", "1").out == round_.says(now, "status", "1").out


def test_an_unexplained_merge_by_people_is_found(tmp_path: Path) -> None:
    """C13. Two clean merges make a sentence that nobody declared: what is declared does not explain it."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    round_.rewords("light", ("that lighthouses have power", "that many lighthouses have power"))
    round_.repo.git("merge", "--quiet", "--no-ff", "-m", "Both at once", "hours")
    round_.repo.git("merge", "--quiet", "--no-ff", "-m", "And the other", "light")
    round_.does(LEV, now, "position", "access", "accept", "--for", "lyrania")
    told = accord("status", "--repo", str(round_.path), "--now", now, "--format", "json")
    assert len(told.data["unexplained"]) == 2


def test_a_rewritten_main_is_refused(tmp_path: Path) -> None:
    """The record saw a text that main no longer contains: every act stops until it is back."""
    round_ = first_window(tmp_path / "r")
    round_.repo.commit({OPINION: TEXT.replace("schools close", "schools shut")}, "Seen")
    round_.does(LEV, IN_W1, "position", "1", "support", "--for", "lyrania")
    seen = round_.repo.git("rev-parse", "main")
    round_.repo.git("reset", "--quiet", "--hard", "main~1")
    before = round_.refs()
    told = round_.does(LEV, IN_W1, "position", "1", "accept", "--for", "lyrania", code=1)
    assert told.rules == ["main-rewritten"]
    assert seen[:12] in told.data["findings"][0]["message"]
    assert round_.refs() == before
    round_.repo.git("reset", "--quiet", "--hard", seen)
    round_.does(LEV, IN_W1, "position", "1", "accept", "--for", "lyrania")


def test_from_a_folder_below(tmp_path: Path) -> None:
    """Wherever one stands in the copy; and a bare copy on a server can be asked as well."""
    round_ = first_window(tmp_path / "r")
    assert accord("status", "--repo", str(round_.path / "report"), "--now", IN_W1).code == 0
    bare = tmp_path / "bare.git"
    round_.repo.git("clone", "--quiet", "--mirror", str(round_.path), str(bare))
    assert accord("status", "--repo", str(bare), "--now", IN_W1).out == round_.says(IN_W1, "status").out
    shutil.rmtree(bare)
