"""`brackets`: how old each is, who brought it, what lifts it; and what the gate of the final Report says (R23)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_negotiation import listed
from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    OPINION,
    POSTED_2,
    REPORT,
    SAM,
    TEXT,
    Round,
    accord,
    agreed,
    bare_round,
    begin,
    rehearsal,
)

EVENING = "to open schools in the evening"
WITH = "to open schools [in the evening] [until nine]"


def of_text(round_: Round, now: str, *options: str) -> list[dict[str, Any]]:
    """The brackets that stand in the text."""
    return [one for one in listed(round_, *options, now=now)["brackets"] if one["sort"] == "typed"]


def bracketed(folder: Path) -> Round:
    """Arcadia's brackets were agreed on, and are in the text since 2 September 2024."""
    round_ = rehearsal(folder)
    round_.rewords("hours", (EVENING, WITH))
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    now = agreed(round_)
    round_.does(SAM, now, "incorporate", "1")
    return round_


def main(round_: Round, now: str, text: str, path: str = OPINION) -> None:
    """The main branch reads otherwise, and the secretariat takes responsibility."""
    commit = round_.repo.commit({path: text})
    round_.does(SAM, now, "regularise", commit, "--reason", "Put right by hand.")


def test_age_and_owner_of_a_bracket(tmp_path: Path) -> None:
    """Since the state of the text that first had it; by the contribution that brought it; its alternative beside it."""
    round_ = bracketed(tmp_path / "r")
    first, second = of_text(round_, "2024-09-12T10:00:00Z")
    assert (first["text"], first["beside"]) == ("[in the evening]", ["[until nine]"])
    assert (second["text"], second["beside"]) == ("[until nine]", ["[in the evening]"])
    for one in (first, second):
        assert one["owner"] == "Arcadia (invented), contribution 1"
        assert (one["since"], one["days"], one["draft"]) == ("2024-09-02T10:00:00Z", 10, "")
        assert (one["path"], one["line"], one["label"]) == (OPINION, 19, "invites Member States 1")
        assert "Nobody has proposed words without it" in one["lift"]
    told = round_.says("2024-09-12T10:00:00Z", "brackets").out
    assert (
        "in the text, since 2 September 2024 (10 days), in no draft yet, brought by Arcadia (invented)"
        in told
    )
    assert "2 brackets in 1 clause; the oldest: invites Member States 1 in opinions/access.md" in told


def test_age_outlives_edits_elsewhere_renumbering_and_words_in_it(tmp_path: Path) -> None:
    """A clause before it, other words in its sentence and in it: it is as old as it was, and its draft is known."""
    round_ = bracketed(tmp_path / "r")
    text = (round_.path / OPINION).read_text("utf-8")
    later = text.replace("1. to open", "1. to heat schools in winter;\n2. to open").replace(
        "2. to share", "3. to share"
    )
    main(round_, "2024-09-20T10:00:00Z", later.replace("that people learn", "that all people learn"))
    url = ("--at", "2024-11-04", "--url", "https://example.org/draft-2")
    round_.does(SAM, POSTED_2, "posted", "draft-2", *url)
    again = later.replace("to open schools [in the evening]", "to open all schools [in the late evening]")
    main(round_, "2024-11-10T10:00:00Z", again)
    first, second = of_text(round_, "2024-11-12T10:00:00Z")
    assert first["text"] == "[in the late evening]"
    assert second["text"] == "[until nine]"
    for one in (first, second):
        assert one["since"] == "2024-09-02T10:00:00Z"
        assert one["label"] == "invites Member States 2"
        assert one["draft"] == "draft-2"
        assert one["owner"] == "Arcadia (invented), contribution 1"


def test_a_new_bracket_beside_an_old_one_is_young(tmp_path: Path) -> None:
    """Each bracket has its own age and owner, also in one clause."""
    round_ = bracketed(tmp_path / "r")
    text = (round_.path / OPINION).read_text("utf-8")
    main(round_, "2024-09-20T10:00:00Z", text.replace("[in the evening]", "[all day] [in the evening]"))
    ages = {one["text"]: (one["since"], one["owner"]) for one in of_text(round_, "2024-09-21T10:00:00Z")}
    taken = "the secretariat, which took responsibility for the change (Sam Example)"
    assert ages["[all day]"] == ("2024-09-20T10:00:00Z", taken)
    assert ages["[in the evening]"] == ("2024-09-02T10:00:00Z", "Arcadia (invented), contribution 1")
    assert ages["[until nine]"][0] == "2024-09-02T10:00:00Z"


def test_a_bracket_older_than_the_record_and_one_nobody_answers_for(tmp_path: Path) -> None:
    """Both say so; the second is seen although no act of the record followed it."""
    round_ = bare_round(tmp_path / "r")
    round_.repo.commit({OPINION: TEXT.replace("lighthouses", "[all] lighthouses")})
    begin(round_, IN_W1)
    round_.repo.commit({OPINION: TEXT.replace("lighthouses", "[all] lighthouses").replace(EVENING, WITH)})
    first, second, _ = of_text(round_, "2024-08-21T10:00:00Z")
    assert (first["owner"], first["since"]) == ("in the text since the record began", IN_W1)
    assert second["owner"] == "nobody has answered for the change that brought it (C13)"


def test_a_bracket_around_several_clauses(tmp_path: Path) -> None:
    """It stands where it opens, says where it closes, and keeps its age when a clause inside it changes."""
    round_ = rehearsal(tmp_path / "r")
    text = TEXT.replace("1. to open schools", "1. [to open schools").replace(
        "learn from it.", "learn from it.]"
    )
    main(round_, "2024-09-02T10:00:00Z", text)
    main(round_, "2024-09-05T10:00:00Z", text.replace("to share what they", "to share all they"))
    (one,) = of_text(round_, "2024-09-06T10:00:00Z")
    assert one["text"] == "[to open schools in the evening; to share all they learn from it.]"
    assert (one["until"], one["since"], one["paired"]) == (
        "invites Member States 2",
        "2024-09-02T10:00:00Z",
        True,
    )
    assert "it closes in invites Member States 2" in round_.says("2024-09-06T10:00:00Z", "brackets").out


def test_a_bracket_after_the_end_of_one_from_before_has_its_own_age(tmp_path: Path) -> None:
    """A clause in which one closes and another stands: each is followed by itself."""
    round_ = rehearsal(tmp_path / "r")
    text = TEXT.replace("1. to open schools", "1. [to open schools").replace(
        "learn from it.", "learn] from it."
    )
    main(round_, "2024-09-02T10:00:00Z", text)
    main(round_, "2024-09-05T10:00:00Z", text.replace("learn] from it.", "learn] from [it] [them]."))
    main(round_, "2024-09-07T10:00:00Z", text.replace("learn] from it.", "learn] from [it all] [them]."))
    ages = {one["text"]: one["since"] for one in of_text(round_, "2024-09-08T10:00:00Z")}
    assert ages == {
        "[to open schools in the evening; to share what they learn]": "2024-09-02T10:00:00Z",
        "[it all]": "2024-09-05T10:00:00Z",
        "[them]": "2024-09-05T10:00:00Z",
    }


def test_what_would_lift_it_is_the_proposal_without_it(tmp_path: Path) -> None:
    """An open proposal that reads without brackets is named with what it needs; one that keeps them is not."""
    round_ = bracketed(tmp_path / "r")
    main_text = (round_.path / OPINION).read_text("utf-8")
    round_.proposes("nine", {OPINION: main_text.replace(WITH, "to open schools until nine")})
    now = "2024-11-18T10:00:00Z"
    url = ("--at", "2024-11-04", "--url", "https://example.org/draft-2")
    round_.does(SAM, POSTED_2, "posted", "draft-2", *url)
    round_.does(ANA, now, "submit", "nine", "--metadata", round_.metadata(based_on="draft-2"))
    first, _ = of_text(round_, now)
    assert first["lift"].startswith(
        "Contribution 2 (Arcadia (invented)) reads without it. A chair opens a call"
    )


def test_what_is_listed_and_what_the_check_answers(tmp_path: Path) -> None:
    """By Opinion and by Report; numbers of documents are told apart aloud; exit 1 only with `--check`."""
    round_ = bracketed(tmp_path / "r")
    report = (round_.path / REPORT).read_text("utf-8")
    now = "2024-09-10T10:00:00Z"
    main(
        round_,
        "2024-09-05T10:00:00Z",
        f"{report.rstrip()} It is about Opinion [SEN-1] [and others].\n",
        REPORT,
    )
    assert [one["text"] for one in of_text(round_, now, "--report")] == ["[and others]"]
    assert len(of_text(round_, now, "--opinion", "access")) == 2
    assert len(of_text(round_, now)) == 3
    told = round_.says(now, "brackets")
    assert "Taken for provisional numbers of documents, not for brackets:\n  [SEN-1] in " in told.out
    assert round_.says(now, "brackets", "--check", code=1).out == told.out
    wrong = accord("brackets", "--repo", str(round_.path), "--now", now, "--opinion", "acces")
    assert (wrong.code, "Did you mean `access`?" in wrong.err) == (2, True)
    both = accord("brackets", "--repo", str(round_.path), "--now", now, "--opinion", "access", "--report")
    assert both.code == 2


FINAL = "2026-04-13T10:00:00Z"


def gates(round_: Round) -> list[tuple[str, str, str]]:
    """What keeps `final` from being cut for the sake of R23: severity, message, fix."""
    told = round_.does(SAM, FINAL, "cut", "final", "--dry-run", code=1)
    return [
        (one["severity"], one["message"], one["fix"]) for one in told.data["findings"] if one["rule"] == "R23"
    ]


def test_the_final_report_names_each_bracket_with_its_owner(tmp_path: Path) -> None:
    """R23. In sentences, in titles, on the cover, around several clauses; each with who brought it and since when."""
    round_ = bracketed(tmp_path / "r")
    text = (
        (round_.path / OPINION)
        .read_text("utf-8")
        .replace("title: Access", "title: '[Access] as in [SEN-1]'  #")
    )
    cover = (round_.path / "report/00-cover.md").read_text("utf-8")
    assert "\ntitle: " in cover
    round_.repo.commit(
        {"report/00-cover.md": cover.replace("\ntitle: ", "\nabstract: 'All [of it]'\ntitle: ")}
    )
    main(round_, "2024-09-05T10:00:00Z", text)
    found = [one for one in gates(round_) if "racket" in one[1] or "provisional" in one[1]]
    by_text = {message: (severity, fix) for severity, message, fix in found}
    hours = [message for message in by_text if "[in the evening]" in message]
    assert len(hours) == 1
    assert hours[0] == (
        "Square brackets are open in invites Member States 1: [in the evening]; brought by Arcadia (invented), "
        "contribution 1, here since 2 September 2024, 588 days, in no draft yet"
    )
    assert "transmitted in square brackets" in by_text[hours[0]][1]
    assert any("[Access]" in message and "brought by the secretariat" in message for message in by_text)
    assert any("[of it]" in message for message in by_text)
    assert [by_text[m][0] for m in by_text if "provisional number" in m] == ["warning"]


@pytest.mark.parametrize("result", ["transmitted in brackets", "left out"])
def test_a_meeting_sends_an_opinion_on_with_the_brackets_inside_it(tmp_path: Path, result: str) -> None:
    """R23. Transmitted in brackets it may hold brackets of its own: they say what the experts did not agree on.

    Left out, they are nobody's matter. Another wording afterwards needs the meeting's word again.
    """
    round_ = bracketed(tmp_path / "r")
    assert any("[until nine]" in message for _, message, _ in gates(round_))
    outcome = ("meeting", "outcome", "ieg-4", "access", result, "--item", "4")
    round_.does(CHO, "2026-02-10T10:00:00Z", *outcome)
    assert not any("[until nine]" in message for _, message, _ in gates(round_))
    assert len(of_text(round_, FINAL)) == 2, "the list names them all the same"
    text = (round_.path / OPINION).read_text("utf-8")
    main(round_, "2026-03-01T10:00:00Z", text.replace("[until nine]", "[until ten]"))
    again = [message for _, message, _ in gates(round_)]
    assert any("[until ten]" in message or "left out" in message for message in again) == (
        result != "left out"
    )
