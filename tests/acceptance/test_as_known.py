"""`--as-known`: what could be known then, whatever was learned since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.rounds import CUT_2, second
from tests.acceptance.world import CHO, LEV, SAM, Round, accord, first_window

CALLED, DECLARED = "2024-08-20T11:00:00Z", "2024-08-29T10:00:00Z"
END = "2024-08-28"


def called(folder: Path) -> Round:
    """A change in a call; a letter of objection that arrived during it is entered after the declaration."""
    round_ = first_window(folder)
    round_.does(CHO, CALLED, "call", "1", "--until", END)
    round_.does(CHO, DECLARED, "declare", "1", "agreed")
    return round_


def test_what_was_learned_later_was_not_known_then(tmp_path: Path) -> None:
    """The declaration was right on what was known; today it is to be confirmed (C9)."""
    round_ = called(tmp_path / "round")
    then = round_.record()
    round_.does(
        SAM, "2024-09-02T10:00:00Z", "position", "1", "object", "--for", "lyrania",
        "--received", "2024-08-27T10:00:00Z", "--evidence", round_.letter(),
    )  # fmt: skip
    now = ("--now", "2024-09-03T10:00:00Z")
    assert "to be confirmed" in accord("status", "1", "--repo", str(round_.path), *now).out
    known = accord("status", "1", "--repo", str(round_.path), *now, "--as-known", then)
    assert known.code == 0
    assert "to be confirmed" not in known.out
    assert "1-o1" not in known.out


def test_without_a_moment_it_is_that_of_the_last_entry_known(tmp_path: Path) -> None:
    """So that a call that runs since is shown as running."""
    round_ = called(tmp_path / "round")
    log = round_.repo.git("log", "--format=%H", "record").split()
    before = accord("status", "1", "--repo", str(round_.path), "--as-known", log[1])
    assert "in call" in before.out
    assert "no contribution 1" in accord("status", "1", "--repo", str(round_.path), "--as-known", log[3]).err


def test_a_draft_names_the_record_it_was_judged_on(tmp_path: Path) -> None:
    """What was known when it was cut: the text and the contributions as they stood."""
    round_ = second(tmp_path / "round")
    round_.does(LEV, "2024-11-18T10:00:00Z", "submit", "--metadata", round_.metadata(
        source="Lyrania", title="Later words", based_on="draft-2"))  # fmt: skip
    today = accord("status", "--repo", str(round_.path), "--now", "2024-11-19T10:00:00Z")
    known = accord("status", "--repo", str(round_.path), "--as-known", "draft-2")
    assert "Later words" in today.out
    assert known.code == 0
    assert "Later words" not in known.out
    assert CUT_2[:10] >= "2024-11-04"


@pytest.mark.parametrize("given", ["main", "draft-9", "no-such-commit"])
def test_what_is_no_part_of_the_record_is_refused(tmp_path: Path, given: str) -> None:
    """With what could be named instead."""
    round_ = called(tmp_path / "round")
    told = accord("status", "--repo", str(round_.path), "--as-known", given)
    assert told.code == 2
    assert "as-known-unknown" in told.err
    assert "none yet" in told.err


def test_verify_looks_at_the_whole_record(tmp_path: Path) -> None:
    """A check of a part would say nothing about the rest, so there is no such option."""
    round_ = called(tmp_path / "round")
    assert accord("verify", "--repo", str(round_.path), "--as-known", round_.record()).code == 2
