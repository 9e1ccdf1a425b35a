"""The words of answers: what counts all the same says why, invented entities say so, names stay as they are written."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.world import ANA, CHO, IN_W1, LEV, OPINION, SAM, TEXT, agreed, first_window, rehearsal

MEETING = "2024-10-07T10:00:00Z"


def test_drafting_work_of_a_meeting_says_why_it_counts(tmp_path: Path) -> None:
    """No window is open, but the version counts; nobody is told to admit it (A5)."""
    round_ = first_window(tmp_path / "round")
    round_.rewords("hours", ("until nine", "until ten"))

    told = round_.does(ANA, MEETING, "revise", "1", "hours", "--meeting", "ieg-1")

    (late,) = told.data["findings"]
    assert (late["rule"], late["severity"]) == ("window-late", "note")
    assert late["fix"] == "It counts all the same, as drafting work of ieg-1 (A5)."


def test_what_was_admitted_says_who_admitted_it(tmp_path: Path) -> None:
    """A held contribution that was admitted is no open question any more."""
    round_ = rehearsal(tmp_path / "round")
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(ANA, "2024-08-27T10:00:00Z", "submit", "hours", "--metadata", round_.metadata(), code=1)
    round_.does(SAM, "2024-08-28T10:00:00Z", "admit", "1", "--reason", "The registry was closed")

    told = round_.says("2024-08-29T10:00:00Z", "check", "1")

    assert "note: Late: window W1 closed" in told.err
    assert "It counts all the same: Sam Example admitted it (The registry was closed)." in told.err


def test_a_source_is_named_as_invented(tmp_path: Path) -> None:
    """The table, the page of one contribution and a refusal show the entity as the list marks it."""
    round_ = first_window(tmp_path / "round")

    assert "Arcadia (invented)" in round_.says(IN_W1, "status").out
    assert "Source: Arcadia (invented) (proposal)" in round_.says(IN_W1, "status", "1").out
    refused = round_.does(ANA, IN_W1, "position", "1", "support", "--for", "arcadia", code=1)
    assert refused.data["findings"][0]["message"].startswith("Arcadia (invented) cannot take a position")


def test_who_confirms_is_named_as_on_the_list(tmp_path: Path) -> None:
    """A confirmation names the entity, not its short id."""
    round_ = first_window(tmp_path / "round")
    letter = ("--evidence", round_.letter())
    round_.does(SAM, "2024-08-21T10:00:00Z", "position", "1", "accept", "--for", "lyrania", *letter)

    told = round_.does(LEV, "2024-08-22T10:00:00Z", "confirm", "1", "--for", "lyrania")

    assert told.data["summary"] == "contribution 1: Lyrania (invented) confirms what was entered for it"


def test_the_name_of_a_draft_keeps_its_spelling(tmp_path: Path) -> None:
    """`draft-1`, not `Draft-1`: it is what people type."""
    round_ = rehearsal(tmp_path / "round")
    posted = ("posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org/draft-1")

    told = round_.says(IN_W1, *posted, "--as", SAM)

    assert told.out.startswith("draft-1 posted officially.")


def test_a_text_reopened_after_its_agreement_says_so(tmp_path: Path) -> None:
    """Agreed, then reworded: the agreement does not stretch over other words (C9)."""
    round_ = first_window(tmp_path / "round")
    agreed(round_)
    round_.rewords("hours", ("until nine", "until ten"))
    round_.does(ANA, MEETING, "revise", "1", "hours", "--meeting", "ieg-1")

    assert round_.state("1", MEETING) == "reopened"
    assert "so it is open again" in round_.says(MEETING, "why", "1", code=1).out


def test_an_opinion_sent_on_in_brackets_says_so(tmp_path: Path) -> None:
    """It is not agreed, no draft waits for it, and a chair is not asked for a call; another wording ends that (R23)."""
    round_ = rehearsal(tmp_path / "round")
    round_.does(
        LEV, "2026-02-10T10:00:00Z", "position", "access", "object", "--for", "lyrania", "--reason", "Late."
    )
    sent = ("meeting", "outcome", "ieg-4", "access", "transmitted in brackets", "--item", "4")
    told = round_.does(CHO, "2026-02-28T10:00:00Z", *sent)
    moment = "2026-03-02T10:00:00Z"

    assert told.code == 0
    assert "not agreed, transmitted in brackets (ieg-4)" in round_.says(moment, "status").out
    assert "a chair opens a call" not in round_.says(moment, "status", "access").out.casefold()
    assert "No draft waits for it: ieg-4" in round_.says(moment, "why", "access", code=1).out

    round_.repo.commit({OPINION: TEXT.replace("in the evening;", "at night;")})
    round_.does(SAM, moment, "regularise", "main", "--reason", "The sentence is right")
    assert "transmitted in brackets" not in round_.says(moment, "status").out
