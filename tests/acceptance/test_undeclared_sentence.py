"""Two declared changes that Git merges, without a conflict, into a sentence that nobody declared (C13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    OPINION,
    POSTED_1,
    SAM,
    TEXT,
    Round,
    accord,
    bare_round,
    begin,
)

# One clause, wrapped over three lines, as people write it.
WRAPPED = TEXT.replace(
    "1. to open schools in the evening;\n",
    "1. to open schools\n   in the evening,\n   on every weekday,\n   without a fee,\n   for everybody;\n",
)
NIGHT = ("   in the evening,\n", "   at night,\n")
TEACHERS = ("   for everybody;\n", "   for teachers only;\n")
MADE = "to open schools at night, on every weekday, without a fee, for teachers only;"
DECLARED, NOW = "2024-09-01T10:00:00Z", "2024-09-02T10:00:00Z"


@pytest.fixture(name="round_")
def _round(tmp_path: Path) -> Round:
    """Two pull requests, each on another line of the clause, each called and declared agreed.

    The first opens the schools at night, the second opens them to teachers only. Somebody merges both with Git, which
    finds nothing to ask: the schools are open at night, to teachers only, and nobody agreed to that.
    """
    round_ = bare_round(tmp_path / "r")
    round_.repo.commit({OPINION: WRAPPED}, "Wrapped")
    begin(round_, POSTED_1)
    round_.does(SAM, POSTED_1, "posted", "draft-1", "--at", POSTED_1, "--url", "https://example.org/draft-1")
    for number, (branch, (old, new)) in enumerate((("night", NIGHT), ("teachers", TEACHERS)), 1):
        round_.proposes(branch, {OPINION: WRAPPED.replace(old, new)})
        title = f"Schools {branch}"
        round_.does(ANA, IN_W1, "submit", branch, "--metadata", round_.metadata(title=title))
        round_.does(LEV, IN_W1, "position", str(number), "support", "--for", "lyrania")
        round_.does(CHO, "2024-08-21T10:00:00Z", "call", str(number), "--until", "2024-08-30")
        round_.does(CHO, DECLARED, "declare", str(number), "agreed")
    assert [round_.state(number, NOW) for number in "12"] == ["agreed", "agreed"]
    round_.does(SAM, DECLARED, "incorporate", "1")
    round_.repo.git("merge", "--quiet", "--no-ff", "-m", "And the other", "teachers")
    return round_


def gates(round_: Round, now: str = NOW) -> list[str]:
    """The rules that keep the next draft from being cut."""
    told = accord("cut", "draft-2", "--repo", str(round_.path), "--as", SAM, "--now", now, "--format", "json")
    return [] if told.code == 0 else told.rules


def test_git_saw_no_conflict_and_made_a_sentence_of_its_own(round_: Round) -> None:
    """Both changes are in one clause, and neither contribution reads so."""
    words = " ".join(round_.repo.git("show", f"main:{OPINION}").split())
    assert MADE in words
    for branch in ("night", "teachers"):
        assert MADE not in " ".join(round_.repo.git("show", f"{branch}:{OPINION}").split())


def test_it_is_found_and_said_and_stops_the_next_draft(round_: Round) -> None:
    """Before any act has seen it: in the table, by `verify`, and at the gate, each naming the commit and what to do."""
    merge = round_.repo.git("rev-parse", "main")
    round_.does(LEV, NOW, "position", "access", "accept", "--for", "lyrania")
    table = round_.says(NOW, "status").out
    assert f"The change {merge[:12]} brought 1 clause that nobody declared (C13)." in table
    told = accord("verify", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert "C13" in told.rules
    assert "C13" in gates(round_)


def test_somebody_takes_responsibility_for_it(round_: Round) -> None:
    """A recorded act of the secretariat with a reason answers for the sentence; the next draft no longer waits."""
    told = round_.does(SAM, NOW, "regularise", "main", code=2)
    assert "--reason" in told.out
    round_.does(SAM, NOW, "regularise", "main", "--reason", "the meeting asked for both")
    assert "C13" not in gates(round_)
    assert "that nobody declared" not in round_.says(NOW, "status").out


def test_or_it_is_taken_back(round_: Round) -> None:
    """A revert brings back what was declared; the sentence is gone, and the next draft no longer waits for it."""
    round_.repo.git("revert", "--no-edit", "-m", "1", "main")
    assert "at night" in round_.repo.git("show", f"main:{OPINION}")
    assert MADE not in " ".join(round_.repo.git("show", f"main:{OPINION}").split())
    assert "C13" not in gates(round_)


def test_it_is_taken_back_after_an_act_had_seen_it(round_: Round) -> None:
    """The record has both states; the clause is again what was declared, and nothing waits for an answer."""
    round_.does(LEV, NOW, "position", "access", "accept", "--for", "lyrania")
    assert "C13" in gates(round_)
    round_.repo.git("revert", "--no-edit", "-m", "1", "main")
    assert "C13" not in gates(round_)
    round_.does(LEV, NOW, "position", "access", "support", "--for", "lyrania")
    assert "that nobody declared" not in round_.says(NOW, "status").out


def test_but_what_was_declared_is_not_undone_by_a_revert(round_: Round) -> None:
    """Taking back the declared change beside it is a change of its own, for which nobody answers."""
    round_.repo.git("revert", "--no-edit", "-m", "1", "main")
    declared = round_.repo.git("rev-parse", "main~2")
    round_.repo.git("revert", "--no-edit", declared)
    assert gates(round_).count("C13") == 1
