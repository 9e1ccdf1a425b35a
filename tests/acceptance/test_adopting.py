"""`adopt`: the experts agree, only the Forum adopts (C9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, LEV, OPINION, SAM, TEXT, Round, agreed, first_window

NOW, BEFORE, EARLY = "2026-05-12T10:00:00Z", "2026-04-01T10:00:00Z", "2025-12-01T10:00:00Z"
FORUM = ("--meeting", "wtpf-26")


def ready(folder: Path) -> Round:
    """The Opinion is agreed as it reads."""
    round_ = first_window(folder)
    agreed(round_, "access")
    return round_


def adopts(round_: Round, *words: str, who: str = CHO, now: str = NOW, code: int = 0) -> list[str]:
    """The rules of what was found."""
    return round_.does(who, now, "adopt", *words, code=code).rules


def test_the_forum_adopts_what_was_agreed(tmp_path: Path) -> None:
    """Shown as adopted, apart from agreed, in the table, by itself, in questions and in the documents."""
    round_ = ready(tmp_path / "r")
    assert round_.state("access", NOW) == "agreed"
    assert "As it reads it is agreed." in round_.says(NOW, "status", "access").out
    before = round_.refs()
    assert round_.does(CHO, NOW, "adopt", "access", *FORUM, "--dry-run").data["dry_run"] is True
    assert round_.refs() == before
    told = round_.does(
        CHO, NOW, "adopt", "access", *FORUM, "--item", "5", "--statement", "Lyrania:We join in the consensus."
    )
    assert told.data["summary"] == "wtpf-26: Opinion access adopted"
    event = told.data["events"][-1]
    assert (event["result"], event["meeting"], event["item"]) == ("adopted", "wtpf-26", "5")
    assert round_.state("access", NOW) == "adopted"
    assert "As it reads it is adopted by the Forum." in round_.says(NOW, "status", "access").out
    assert "adopted by the Forum" in round_.says(NOW, "status").out
    why = round_.says(NOW, "why", "access").out
    assert "It is adopted by the Forum." in why
    assert "Declared by Cho Example" in why
    assert round_.says(NOW, "verify").code == 0
    told = round_.says(NOW, "build", "main", "-o", str(tmp_path / "out"), code=None)
    texts = "\n".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.md"))
    assert "As it reads: adopted by the Forum." in texts
    assert adopts(round_, "access", *FORUM, code=1) == ["adopt-again"]
    told = round_.does(CHO, NOW, "reopen", "access", "--reason", "x", code=1)
    assert told.rules == ["reopen-adopted"]


def test_what_was_recorded_by_mistake_is_taken_back(tmp_path: Path) -> None:
    """Then it is agreed, as before."""
    round_ = ready(tmp_path / "r")
    adopts(round_, "access", *FORUM)
    round_.does(CHO, NOW, "recall", "access", "--reason", "Another Opinion was meant.")
    assert round_.state("access", NOW) == "agreed"


@pytest.mark.parametrize(
    ("who", "words", "now", "rule", "code"),
    [
        (CHO, ["access", "--meeting", "ieg-1"], NOW, "adopt-not-the-forum", 1),
        (CHO, ["access", "--meeting", "wtpf-25"], NOW, "meeting-unknown", 2),
        (CHO, ["access", *FORUM], EARLY, "meeting-ahead", 2),
        (CHO, ["access", *FORUM], BEFORE, "meeting-ahead", 2),
        (CHO, ["1", *FORUM], NOW, "adopt-contribution", 2),
        (CHO, ["acces", *FORUM], NOW, "opinion-unknown", 2),
        (CHO, ["access", *FORUM, "--statement", "Lyranja:We join."], NOW, "entity-unknown", 2),
        (CHO, ["access"], NOW, "usage", 2),
        (SAM, ["access", *FORUM], NOW, "role-missing", 2),
        (ANA, ["access", *FORUM], NOW, "role-missing", 2),
    ],
)
def test_an_adoption_that_cannot_be(
    tmp_path: Path, who: str, words: list[str], now: str, rule: str, code: int
) -> None:
    """By a chair, of an Opinion, in the Forum once it has begun; nothing is recorded else."""
    round_ = ready(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, now, "adopt", *words, code=code)
    assert told.rules == [rule]
    assert told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_only_what_was_agreed_and_reads_so_is_adopted(tmp_path: Path) -> None:
    """Not what nobody declared, not another wording, and not over an objection."""
    never = first_window(tmp_path / "never")
    told = never.does(CHO, NOW, "adopt", "access", *FORUM, code=1)
    assert told.rules == ["adopt-not-agreed"]
    assert "does not read as agreed: it is open (C9)" in told.data["findings"][0]["message"]

    other = ready(tmp_path / "other")
    other.repo.commit({OPINION: TEXT.replace("in the evening;", "at night;")}, "By hand")
    told = other.does(CHO, NOW, "adopt", "access", *FORUM, code=1)
    assert told.rules == ["adopt-not-agreed"]

    objected = ready(tmp_path / "objected")
    objected.does(LEV, NOW, "position", "access", "object", "--for", "lyrania", "--reason", "No.")
    told = objected.does(CHO, NOW, "adopt", "access", *FORUM, code=1)
    assert told.rules == ["not-ready"]
    assert "Objection access-o1" in told.data["findings"][0]["message"]
    objected.does(LEV, NOW, "withdraw", "access-o1")
    adopts(objected, "access", *FORUM)


def test_a_meeting_of_the_experts_has_no_such_result(tmp_path: Path) -> None:
    """`meeting outcome` does not offer it."""
    round_ = ready(tmp_path / "r")
    told = round_.does(CHO, NOW, "meeting", "outcome", "ieg-1", "access", "adopted", code=2)
    assert told.rules == ["usage"]


def test_a_text_that_changes_after_its_adoption_is_open_again(tmp_path: Path) -> None:
    """It is no longer what the Forum adopted."""
    round_ = ready(tmp_path / "r")
    adopts(round_, "access", *FORUM)
    round_.repo.commit({OPINION: TEXT.replace("in the evening;", "at night;")}, "By hand")
    later = "2026-05-20T10:00:00Z"
    round_.does(SAM, later, "correct", "2", "--reason", "So that it is seen.")
    assert round_.state("access", later) == "reopened"
