"""`ask`, `set-aside`, `confirm OBJECTION`: what becomes of an objection that stands (C6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, IN_W1, LEV, MIA, OPINION, SAM, TEXT, Round, first_window, under

SAID, ASKED, LATER = "2024-08-21T10:00:00Z", "2024-08-22T10:00:00Z", "2024-08-26T10:00:00Z"
BY, AFTER = "2024-09-10", "2024-09-11T10:00:00Z"


def objected(round_: Round, subject: str = "1") -> Round:
    """Experts nominated by Lyrania object."""
    round_.does(
        LEV, SAID, "position", subject, "object", "--for", "lyrania", "--reason", "Too late at night."
    )
    return round_


def asks(round_: Round, *words: str, who: str = CHO, now: str = ASKED, code: int = 0) -> list[str]:
    """A request; the rules of what was found."""
    return round_.does(who, now, "ask", *words, code=code).rules


def test_a_request_in_rules_in_which_nothing_lapses(tmp_path: Path) -> None:
    """`itu`: it says so at once; unanswered, the objection stands and is listed for the chairs with its dates."""
    round_ = objected(first_window(tmp_path / "r"))
    words = ("ask", "1-o1", "--until", BY, "--reason", "The text has changed since.")
    text = round_.says(ASKED, *words, "--as", CHO).out
    assert text.startswith(
        "Experts nominated by Lyrania (invented) asked to say by the end of Tuesday 10 September 2024"
    )
    assert (
        "objection 1-o1 stands all the same and goes to the chairs: by these rules (itu) nothing lapses (C6)."
        in text
    )
    assert "The text has changed since." in round_.events("1", ASKED)
    assert "they were asked on" in round_.says(ASKED, "why", "1", code=1).out
    assert "For the chairs" not in round_.says(ASKED, "status").out

    (objection,) = round_.status("1", AFTER)["objections"]
    assert (objection["stands"], objection["asked_until"]) == (True, "2024-09-10T22:00:00Z")
    text = round_.says(AFTER, "status").out
    assert "For the chairs, objections that are stuck (C6):" in text
    assert "1-o1 on contribution 1, of experts nominated by Lyrania (invented): raised" in text
    assert "no answer; with the chairs since" in text
    assert "they were asked on" in round_.says(AFTER, "status", "1").out
    round_.does(LEV, AFTER, "withdraw", "1-o1")
    assert "For the chairs" not in round_.says(AFTER, "status").out
    assert round_.says(AFTER, "verify").code == 0


def test_a_request_in_rules_in_which_objections_lapse(tmp_path: Path) -> None:
    """`lazy`: so many days at least; unanswered it lapses on its date, and its owner may object again."""
    round_ = objected(under("lazy", tmp_path / "r"))
    told = round_.does(CHO, ASKED, "ask", "1-o1", "--until", "2024-09-04", "--reason", "x", code=1)
    assert told.rules == ["ask-too-short"]
    assert "only if its owner had 14 days to answer (lazy, C6)" in told.data["findings"][0]["message"]
    text = round_.says(ASKED, "ask", "1-o1", "--until", BY, "--reason", "Is it still so?", "--as", SAM).out
    assert "objection 1-o1 lapses (lazy, C6)." in text
    assert round_.status("1", "2024-09-10T21:59:59Z")["objections"][0]["stands"] is True
    (objection,) = round_.status("1", AFTER)["objections"]
    assert (objection["stands"], objection["ended"]) == (False, "lapsed")
    assert "lapsed without an answer to the request by Sam Example" in round_.says(AFTER, "status", "1").out
    told = round_.does(CHO, AFTER, "ask", "1-o1", "--until", "2024-10-30", "--reason", "x", code=1)
    assert told.rules == ["objection-ended"]
    assert "lapsed without an answer to the request (C6)" in told.data["findings"][0]["message"]


def test_its_owner_answers_that_it_stands(tmp_path: Path) -> None:
    """`confirm 1-o1` keeps it, by an expert of its owner; then it may be asked again."""
    round_ = objected(under("lazy", tmp_path / "r"))
    asks(round_, "1-o1", "--until", BY, "--reason", "Is it still so?")
    assert asks(round_, "1-o1", "--until", BY, "--reason", "x", now=LATER, code=1) == ["ask-running"]
    for who, entity, rule in (
        (MIA, "lyrania", "expert-missing"),
        (SAM, "lyrania", "expert-missing"),
        (MIA, "example-university", "objection-not-theirs"),
        (LEV, "lyranja", "entity-unknown"),
    ):
        assert round_.does(who, LATER, "confirm", "1-o1", "--for", entity, code=2).rules == [rule]
    assert round_.does(LEV, LATER, "confirm", "1-o9", "--for", "lyrania", code=2).rules == [
        "objection-unknown"
    ]
    told = round_.does(LEV, LATER, "confirm", "1-o1", "--for", "lyrania")
    assert "Objection 1-o1 still stands" in told.data["summary"]
    assert round_.does(LEV, LATER, "confirm", "1-o1", "--for", "lyrania", code=1).rules == ["confirm-again"]
    assert round_.status("1", AFTER)["objections"][0]["stands"] is True
    assert "its experts say that it stands" in round_.says(AFTER, "status", "1").out
    asks(round_, "1-o1", "--until", "2024-10-30", "--reason", "And now?", now=AFTER)
    assert round_.says(AFTER, "verify").code == 0


@pytest.mark.parametrize(
    ("who", "words", "rule", "code"),
    [
        (LEV, ["1-o1", "--until", BY, "--reason", "x"], "role-missing", 2),
        ("", ["1-o1", "--until", BY, "--reason", "x"], "role-missing", 2),
        (CHO, ["1-o2", "--until", BY, "--reason", "x"], "objection-unknown", 2),
        (CHO, ["9-o1", "--until", BY, "--reason", "x"], "contribution-unknown", 2),
        (CHO, ["access-o1", "--until", BY, "--reason", "x"], "objection-unknown", 2),
        (CHO, ["1-o1", "--until", "2024-08-01", "--reason", "x"], "ask-past", 2),
        (CHO, ["1-o1", "--until", "soon", "--reason", "x"], "moment", 2),
        (CHO, ["1-o1", "--until", BY, "--reason", " "], "reason-missing", 2),
        (CHO, ["1-o1", "--until", BY], "usage", 2),
        (CHO, ["1-o1", "--reason", "x"], "usage", 2),
    ],
)
def test_a_request_that_cannot_be(tmp_path: Path, who: str, words: list[str], rule: str, code: int) -> None:
    """By a chair or the secretariat, about an objection that stands, with a reason, for a day that lies ahead."""
    round_ = objected(first_window(tmp_path / "r"))
    before = round_.refs()
    told = round_.does(who, ASKED, "ask", *words, code=code)
    assert told.rules == [rule]
    assert told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_setting_aside_where_the_rules_allow_it(tmp_path: Path) -> None:
    """C6. By a chair with a reason, shown wherever the objection is."""
    round_ = objected(under("lazy", tmp_path / "r"))
    for who, words, rule in (
        (SAM, ("--reason", "x"), "role-missing"),
        (CHO, ("--reason", ""), "reason-missing"),
        (CHO, (), "usage"),
    ):
        assert round_.does(who, ASKED, "set-aside", "1-o1", *words, code=2).rules == [rule]
    before = round_.refs()
    round_.does(CHO, ASKED, "set-aside", "1-o1", "--reason", "Outside the mandate.", "--dry-run")
    assert round_.refs() == before
    round_.does(CHO, ASKED, "set-aside", "1-o1", "--reason", "Outside the mandate.")
    (objection,) = round_.status("1", ASKED)["objections"]
    assert (objection["stands"], objection["ended"]) == (False, "set-aside")
    assert "set aside by Cho Example (chair)" in round_.says(ASKED, "status", "1").out
    assert "Outside the mandate." in round_.says(ASKED, "status", "1").out
    assert round_.does(CHO, LATER, "set-aside", "1-o1", "--reason", "x", code=1).rules == ["objection-ended"]
    assert round_.says(LATER, "verify").code == 0


def test_setting_aside_is_refused_by_the_other_rules(tmp_path: Path) -> None:
    """`itu` never; the ballot neither, but it knows rough consensus."""
    for preset, rough in (("itu", False), ("ietf-ballot", True)):
        round_ = first_window(tmp_path / preset) if preset == "itu" else under(preset, tmp_path / preset)
        word = "object" if preset == "itu" else "discuss"
        round_.does(LEV, SAID, "position", "1", word, "--for", "lyrania", "--reason", "No.")
        before = round_.refs()
        told = round_.does(CHO, ASKED, "set-aside", "1-o1", "--reason", "x", code=1)
        assert told.rules == ["set-aside-not-allowed"]
        finding = told.data["findings"][0]
        assert finding["message"] == f"These rules ({preset}) let nobody set an objection aside (C6)."
        assert "`accord ask 1-o1 --until DATE`" in finding["fix"]
        assert ("--rough" in finding["fix"]) is rough
        assert round_.refs() == before


def test_objections_to_opinions_whose_names_hold_dashes(tmp_path: Path) -> None:
    """One name begins like another; an objection raised in a meeting is found too."""
    round_ = first_window(tmp_path / "r")
    longer = TEXT.replace("id: access", "id: access-at-night")
    round_.repo.commit({OPINION.replace("access", "access-at-night"): longer}, "Another Opinion")
    objected(round_, "access-at-night")
    objected(round_, "access")
    found = round_.does(LEV, LATER, "withdraw", "access-at-night-o1").data["events"][-1]
    assert found["subject"] == "opinions/access-at-night"
    assert round_.status("access", LATER)["objections"][0]["stands"] is True
    now = "2024-10-08T10:00:00Z"
    round_.does(
        CHO, now, "meeting", "outcome", "ieg-1", "access-at-night", "not agreed", "--objection", "lyrania:No."
    )
    said = [o["id"] for o in round_.status("access-at-night", now)["objections"] if o["stands"]]
    assert len(said) == 1
    round_.does(LEV, now, "confirm", said[0], "--for", "lyrania")
    assert round_.status("access-at-night", now)["objections"][-1]["confirmed"] is True
    round_.does(LEV, now, "withdraw", said[0])
    assert not any(o["stands"] for o in round_.status("access-at-night", now)["objections"])
    assert round_.does(LEV, now, "withdraw", "acces-o1", code=2).rules == ["objection-unknown"]


def test_an_objection_that_went_with_its_clauses_is_found_where_it_stands(tmp_path: Path) -> None:
    """C6. Its name stays; whoever names it acts on the contribution that it is about now."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("hours", ("people learn in the evening", "grown people learn in the evening"))
    round_.does(ANA, IN_W1, "revise", "1", "hours")
    round_.does(MIA, SAID, "position", "1", "accept", "--for", "example-university")
    _, second = sorted(round_.status("1", SAID)["positions"][0]["clauses"])
    round_.does(
        LEV, SAID, "position", "1", "object", "--for", "lyrania", "--clause", second, "--reason", "No."
    )
    round_.does(ANA, ASKED, "split", "1", "--clause", second, "--reason", "They are apart.")
    assert [o["ended"] for o in round_.status("1", ASKED)["objections"]] == ["moved"]
    assert [o["id"] for o in round_.status("2", ASKED)["objections"] if o["stands"]] == ["1-o1"]
    for command in (
        ("ask", "1-o1", "--until", BY, "--reason", "Is it still so?"),
        ("confirm", "1-o1", "--for", "lyrania"),
        ("withdraw", "1-o1"),
    ):
        told = round_.does(CHO if command[0] == "ask" else LEV, LATER, *command)
        assert told.data["events"][-1]["subject"] == "2"
    assert not any(o["stands"] for o in round_.status("2", AFTER)["objections"])
    assert round_.does(LEV, AFTER, "withdraw", "1-o1", code=1).rules == ["objection-ended"]
    assert round_.says(AFTER, "verify").code == 0


def test_an_objection_to_report_text_is_shown_and_nobody_takes_it_up(tmp_path: Path) -> None:
    """C1. It does not block, so the chairs need not take it up."""
    round_ = first_window(tmp_path / "r")
    report = "report/03-next-steps.md"
    text = round_.repo.git("show", f"main:{report}")
    round_.proposes("steps", {report: text + "\n\nA sentence more.\n"})
    round_.does(ANA, IN_W1, "submit", "steps", "--metadata", round_.metadata(title="Steps"))
    objected(round_, "2")
    assert "2-o1" in round_.says(AFTER, "status", "2").out
    assert "the chairs take it up" not in round_.says(AFTER, "status", "2").out
    assert "For the chairs" not in round_.says(AFTER, "status").out
