"""`reopen`, and `declare --rough`: what a chair does after and beside a result (C9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, LEV, MIA, SAM, Round, agreed, first_window, under

OPENED, CLOSED, DECLARED, LATER = (
    "2024-08-21T10:00:00Z",
    "2024-09-10T10:00:00Z",
    "2024-09-11T10:00:00Z",
    "2024-09-12T10:00:00Z",
)
MEETING = "2024-10-08T10:00:00Z"
WHY = ("--reason", "New facts.")


def reopens(round_: Round, now: str, subject: str = "1", who: str = CHO, code: int = 0) -> list[str]:
    """The rules of what was found."""
    return round_.does(who, now, "reopen", subject, *WHY, code=code).rules


@pytest.mark.parametrize("what", ["agreed", "not agreed", "agreed ad referendum", "the Opinion as it reads"])
def test_what_was_declared_is_opened_again(tmp_path: Path, what: str) -> None:
    """It needs a call again, and cannot be incorporated before."""
    round_ = first_window(tmp_path / "r")
    subject, now = "1", MEETING
    match what:
        case "agreed":
            agreed(round_)
        case "not agreed":
            round_.does(CHO, now, "meeting", "outcome", "ieg-1", "1", "not agreed")
        case "agreed ad referendum":
            round_.does(
                CHO, now, "meeting", "outcome", "ieg-1", "1", "agreed ad referendum", "--until", "2024-10-20"
            )
        case _:
            subject = "access"
            agreed(round_, subject)
    reopens(round_, now, subject)
    assert round_.state(subject, now) == "reopened"
    assert "A chair reopened it: it needs a call again (C9)" in round_.says(now, "why", subject, code=1).out
    assert "New facts." in round_.events(subject, now)
    if subject == "1":
        assert "reopened" in round_.says(now, "status").out
        assert round_.does(SAM, now, "incorporate", "1", code=1).rules[0] == "incorporate-not-agreed"
    assert round_.does(CHO, now, "declare", subject, "agreed", code=1).rules == ["not-ready"]
    assert reopens(round_, now, subject, code=1) == ["reopen-nothing"]
    round_.does(CHO, now, "call", subject, "--until", "2024-10-30")
    round_.does(CHO, "2024-10-31T10:00:00Z", "declare", subject, "agreed")
    assert round_.state(subject, "2024-10-31T10:00:00Z") == "agreed"
    assert round_.says("2024-10-31T10:00:00Z", "verify").code == 0


def test_what_nobody_declared_is_not_reopened(tmp_path: Path) -> None:
    """Nor what is open again by itself, or in the text; and by nobody but a chair, with a reason."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(CHO, OPENED, "reopen", "1", *WHY, code=1)
    assert told.rules == ["reopen-nothing"]
    assert told.data["findings"][0]["message"] == (
        "Contribution 1 cannot be reopened: nothing is declared on it (open, C9)."
    )
    now = agreed(round_)
    before = round_.refs()
    for who in (ANA, SAM, ""):
        assert reopens(round_, now, who=who, code=2) == ["role-missing"]
    assert round_.does(CHO, now, "reopen", "1", "--reason", "", code=2).rules == ["reason-missing"]
    assert round_.refs() == before
    round_.does(SAM, now, "incorporate", "1")
    assert reopens(round_, now, code=1) in (["contribution-incorporated"], ["contribution-over"])


def test_a_text_that_changed_is_open_again_by_itself(tmp_path: Path) -> None:
    """And says so."""
    round_ = first_window(tmp_path / "r")
    agreed(round_)
    round_.rewords("hours", ("until nine", "until ten"))
    round_.does(ANA, MEETING, "revise", "1", "hours", "--meeting", "ieg-1")
    told = round_.does(CHO, MEETING, "reopen", "1", *WHY, code=1)
    assert "it is open again already" in told.data["findings"][0]["message"]


def test_rough_consensus_where_the_rules_allow_it(tmp_path: Path) -> None:
    """With a reason, over an objection that stays visible; it is said wherever the result is."""
    round_ = under("lazy", tmp_path / "r")
    round_.does(CHO, OPENED, "call", "1", "--until", "2024-08-30")
    round_.does(LEV, OPENED, "position", "1", "object", "--for", "lyrania", "--reason", "Too late at night.")
    reason = ("--reason", "One voice, answered.")
    told = round_.does(CHO, "2024-08-29T10:00:00Z", "declare", "1", "agreed", "--rough", *reason, code=1)
    assert told.rules == ["not-ready"], "the call runs"
    assert "1-o1" not in told.data["findings"][0]["message"]
    assert round_.does(CHO, DECLARED, "declare", "1", "agreed", code=1).rules == ["not-ready"]
    for words, rule in (((), "rough-reason"), (("--reason", " "), "rough-reason")):
        assert round_.does(CHO, DECLARED, "declare", "1", "agreed", "--rough", *words, code=2).rules == [rule]
    told = round_.does(CHO, DECLARED, "declare", "1", "not-agreed", "--rough", *reason, code=2)
    assert told.rules == ["rough-agreed"]

    told = round_.does(CHO, DECLARED, "declare", "1", "agreed", "--rough", *reason)
    said = "rough consensus: One voice, answered."
    assert "declared agreed by rough consensus (One voice, answered.)" in told.data["summary"]
    assert "(rough" in round_.says(DECLARED, "status").out
    assert round_.status("1", DECLARED)["rough"] == "One voice, answered."
    for words in (("status", "1"), ("why", "1")):
        assert said in round_.says(DECLARED, *words, code=None).out, words
    assert round_.status("1", DECLARED)["objections"][0]["stands"] is True
    round_.does(SAM, LATER, "incorporate", "1")
    assert said in round_.says(LATER, "status", "1").out
    assert round_.says(LATER, "verify", code=None).code == 0


def test_rough_consensus_in_the_documents(tmp_path: Path) -> None:
    """The list of contributions, and the Opinion in the annex."""
    round_ = under("lazy", tmp_path / "r")
    for subject in ("1", "access"):
        round_.does(CHO, OPENED, "call", subject, "--until", "2024-08-30")
        round_.does(LEV, OPENED, "position", subject, "object", "--for", "lyrania", "--reason", "Too late.")
        round_.does(
            CHO, DECLARED, "declare", subject, "agreed", "--rough", "--reason", f"Answered {subject}."
        )
    told = round_.says(DECLARED, "build", "main", "-o", str(tmp_path / "out"), code=None)
    assert told.code in (0, 1), told.err
    texts = "\n".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.md"))
    assert "rough consensus: Answered 1." in texts.replace("\\", "")
    assert "rough consensus: Answered access." in texts.replace("\\", "")


def test_rough_consensus_is_refused_by_the_other_rules(tmp_path: Path) -> None:
    """`itu` knows none; where nothing is missing none is needed."""
    round_ = first_window(tmp_path / "r")
    round_.does(CHO, OPENED, "call", "1", "--until", "2024-08-30")
    round_.does(MIA, OPENED, "position", "1", "object", "--for", "example-university")
    before = round_.refs()
    told = round_.does(CHO, DECLARED, "declare", "1", "agreed", "--rough", "--reason", "x", code=1)
    assert told.rules == ["rough-not-allowed"]
    assert told.data["findings"][0]["message"] == (
        "These rules (itu) know no rough consensus: one standing objection withholds agreement (C9)."
    )
    assert round_.refs() == before
    lazy = under("lazy", tmp_path / "l")
    lazy.does(CHO, OPENED, "call", "1", "--until", "2024-08-30")
    told = lazy.does(CHO, DECLARED, "declare", "1", "agreed", "--rough", "--reason", "x", code=1)
    assert told.rules == ["rough-needless"]
