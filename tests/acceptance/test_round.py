"""The whole round from the command line, on one repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.acceptance.world import ANA, CHO, IN_W1, LEV, OPINION, SAM, accord, rehearsal


def test_a_round_from_submitting_to_incorporating(tmp_path: Path) -> None:
    """Checked, received, supported, called, declared, in the text; every step says what comes next, and from whom."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    description = round_.metadata()
    assert "in order" in round_.says(IN_W1, "check", description).out

    received = round_.does(ANA, IN_W1, "submit", "hours", "--metadata", description)
    assert received.data["number"] == 1
    assert received.data["state"] == "open"
    assert "A chair opens a call" in received.data["next"]

    round_.does(LEV, "2024-08-21T10:00:00Z", "position", "1", "support", "--for", "Lyrania")
    called = round_.does(CHO, "2024-08-22T10:00:00Z", "call", "1", "--until", "2024-08-30")
    assert called.data["state"] == "in-call"
    assert "before 2024-08-30T22:00:00Z" in called.data["next"]
    early = round_.does(CHO, "2024-08-30T21:59:59Z", "declare", "1", "agreed", code=1)
    assert early.rules == ["not-ready"]
    assert round_.state("1", "2024-08-30T22:00:00Z") == "ready"

    declared = round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    assert declared.data["next"] == "The secretariat incorporates it."
    assert round_.says("2024-09-01T11:00:00Z", "why", "1").code == 0
    before = round_.repo.git("rev-parse", "main")
    round_.does(SAM, "2024-09-02T10:00:00Z", "incorporate", "1")
    assert round_.repo.git("rev-parse", "main^") == before
    assert "until nine" in (round_.path / OPINION).read_text("utf-8"), "the open folder shows the new text"
    message = round_.repo.git("log", "-1", "--format=%B", "main")
    assert "Contribution: 1\nVersion: 1\nDeclared: " in message

    later = "2024-09-03T10:00:00Z"
    told = round_.says(later, "status")
    assert "1    Opening hours of schools  Arcadia (invented)  proposal  incorporated" in told.out
    assert "Unofficial working aid" in told.out
    assert "nobody declared" not in told.out
    assert "until nine" in round_.says(later, "diff", "main~1", "main").out
    assert round_.repo.git("status", "--porcelain") == ""


def test_the_same_as_a_program_of_its_own(tmp_path: Path) -> None:
    """Results go to stdout, problems to stderr, and the exit code says how it went."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))

    def real(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "accord", *arguments],
            cwd=round_.path,
            capture_output=True,
            text=True,
            check=False,
        )

    done = real("submit", "hours", "--metadata", round_.metadata(), "--now", IN_W1, "--as", ANA)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Contribution 1 received.\n")
    again = real("declare", "1", "agreed", "--now", IN_W1, "--as", CHO)
    assert (again.returncode, again.stdout) == (1, "")
    assert "A chair opens a call for consensus" in again.stderr
    assert accord("status", "1", "--repo", str(round_.path), "--now", IN_W1).code == 0
