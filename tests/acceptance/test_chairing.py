"""`call`, `recall`, `declare`, `meeting outcome`: what a chair does, and what is refused to a chair."""

from __future__ import annotations

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
    agreed,
    first_window,
    rehearsal,
)

EVENING, NINE, TEN = (
    "to open schools in the evening",
    "to open schools until nine",
    "to open schools until ten",
)
OPENED, CLOSED, DECLARED = "2024-08-21T10:00:00Z", "2024-08-30T22:00:00Z", "2024-09-01T10:00:00Z"
MEETING, AFTER = "2024-10-08T10:00:00Z", "2024-10-09T10:00:00Z"


def called(folder: Path) -> Round:
    """A call on contribution 1 until the end of 30 August."""
    round_ = first_window(folder)
    round_.does(CHO, OPENED, "call", "1", "--until", "2024-08-30")
    return round_


def objects(round_: Round, now: str, who: str = LEV, entity: str = "lyrania", subject: str = "1") -> None:
    """An objection of an entity."""
    round_.does(who, now, "position", subject, "object", "--for", entity, "--reason", "Too late at night.")


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        ("2024-08-28", "2024-08-28T22:00:00Z"),
        ("2024-08-28T10:00:00Z", "2024-08-28T10:00:00Z"),
        ("2024-08-28T12:00", "2024-08-28T10:00:00Z"),
        ("2024-12-24", "2024-12-24T23:00:00Z"),
    ],
)
def test_a_call_ends_when_its_end_says(tmp_path: Path, until: str, ends: str) -> None:
    """C7. A day means its end in the process zone, summer or winter; a time without zone is the process zone's."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(CHO, OPENED, "call", "1", "--until", until)
    event = told.data["events"][-1]
    assert event["until"] == ends
    assert [entry["path"] for entry in event["effect"]] == [OPINION]
    assert event["rules"]
    assert ends in told.data["summary"]
    assert "Europe/Zurich" in told.data["summary"]


@pytest.mark.parametrize(
    ("who", "until", "rule", "code"),
    [
        (CHO, "2024-08-28T09:59:59Z", "call-too-short", 1),
        (CHO, "2024-08-01", "call-too-short", 1),
        (CHO, "soon", "moment", 2),
        (CHO, "2024-02-30", "moment", 2),
        (ANA, "2024-08-30", "role-missing", 2),
        (SAM, "2024-08-30", "role-missing", 2),
        ("Cho Exemple", "2024-08-30", "role-missing", 2),
        ("", "2024-08-30", "role-missing", 2),
    ],
)
def test_a_call_is_refused(tmp_path: Path, who: str, until: str, rule: str, code: int) -> None:
    """C7. By a chair only, and not shorter than the rules say; nothing changes."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, OPENED, "call", "1", "--until", until, code=code)
    assert told.rules == [rule]
    assert told.data["findings"][0]["fix"]
    if who == "Cho Exemple":
        assert "Did you mean `Cho Example`?" in told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_one_call_at_a_time_and_taken_back(tmp_path: Path) -> None:
    """C7. A second call waits for the first, or for its being taken back with a reason; what was said in it stays."""
    round_ = called(tmp_path / "r")
    objects(round_, OPENED)
    again = round_.does(CHO, OPENED, "call", "1", "--until", "2024-09-30", code=1)
    assert again.rules == ["call-running"]
    assert round_.does(ANA, OPENED, "recall", "1", "--reason", "x", code=2).rules == ["role-missing"]
    round_.does(CHO, OPENED, "recall", "1", "--reason", "The wrong text.")
    assert round_.state("1", OPENED) == "open"
    assert round_.status("1", OPENED)["objections"][0]["stands"] is True
    assert round_.does(CHO, OPENED, "recall", "1", "--reason", "x", code=1).rules == ["recall-nothing"]
    round_.does(CHO, OPENED, "call", "1", "--until", "2024-09-30")
    assert round_.state("1", OPENED) == "in-call"


def test_a_held_contribution_cannot_be_called_on(tmp_path: Path) -> None:
    """It is not before the group."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", (EVENING, NINE))
    round_.does(ANA, "2024-09-20T10:00:00Z", "submit", "hours", "--metadata", round_.metadata(), code=1)
    told = round_.does(CHO, MEETING, "call", "1", "--until", "2024-10-30", code=1)
    assert told.rules == ["contribution-not-open"]
    told = round_.does(CHO, MEETING, "meeting", "outcome", "ieg-1", "1", "agreed", code=1)
    assert told.rules == ["contribution-not-open"]


def test_declaring_is_refused_with_every_missing_condition(tmp_path: Path) -> None:
    """C8, C9. Each in a sentence with its rule: the call that runs, and every objection that stands."""
    round_ = called(tmp_path / "r")
    objects(round_, OPENED)
    objects(round_, OPENED, MIA, "example-university")
    before = round_.refs()
    told = round_.does(CHO, "2024-08-29T10:00:00Z", "declare", "1", "agreed", code=1)
    sentences = [finding["message"] for finding in told.data["findings"]]
    assert told.rules == ["not-ready"] * 3
    assert [rule for text in sentences for rule in ("(C6)", "(C7)") if rule in text] == [
        "(C7)",
        "(C6)",
        "(C6)",
    ]
    assert "1-o1" in sentences[1]
    assert "Example University" in sentences[2]
    assert round_.refs() == before
    told = round_.does(CHO, DECLARED, "declare", "1", "agreed", code=1)
    assert told.rules == ["not-ready"] * 2


@pytest.mark.parametrize("who", [ANA, SAM, "", "Nobody Inparticular"])
def test_only_a_chair_declares(tmp_path: Path, who: str) -> None:
    """C9."""
    round_ = called(tmp_path / "r")
    for result in ("agreed", "not-agreed"):
        assert round_.does(who, DECLARED, "declare", "1", result, code=2).rules == ["role-missing"]


def test_an_objection_after_the_end_and_before_the_declaration_stands(tmp_path: Path) -> None:
    """C7. The end of the call closes no mouth; after the declaration an objection is heard and changes nothing."""
    round_ = called(tmp_path / "r")
    assert round_.state("1", CLOSED) == "ready"
    objects(round_, "2024-08-31T10:00:00Z")
    assert round_.state("1", "2024-08-31T10:00:00Z") == "not-yet-agreed"
    assert round_.does(CHO, DECLARED, "declare", "1", "agreed", code=1).rules == ["not-ready"]
    round_.does(LEV, DECLARED, "withdraw", "1-o1")
    round_.does(CHO, DECLARED, "declare", "1", "agreed")
    objects(round_, "2024-09-03T10:00:00Z", MIA, "example-university")
    assert round_.state("1", "2024-09-03T11:00:00Z") == "agreed"


def test_without_a_call_nothing_is_declared(tmp_path: Path) -> None:
    """C7, C9. Neither agreed nor not agreed."""
    round_ = first_window(tmp_path / "r")
    assert round_.does(CHO, DECLARED, "declare", "1", "agreed", code=1).rules == ["not-ready"]
    assert round_.does(CHO, DECLARED, "declare", "1", "not-agreed", code=1).rules == ["declare-without-call"]


def test_not_agreed_and_called_again(tmp_path: Path) -> None:
    """It stays before the group: another call may follow."""
    round_ = called(tmp_path / "r")
    objects(round_, OPENED)
    round_.does(CHO, DECLARED, "declare", "1", "not-agreed", "--reason", "Views differ.")
    assert round_.state("1", DECLARED) == "not-agreed"
    assert round_.does(SAM, DECLARED, "incorporate", "1", code=1).rules == ["incorporate-not-agreed"]
    round_.does(LEV, DECLARED, "withdraw", "1-o1")
    round_.does(CHO, DECLARED, "call", "1", "--until", "2024-09-10")
    assert round_.state("1", DECLARED) == "in-call"
    round_.does(CHO, "2024-09-11T10:00:00Z", "declare", "1", "agreed")
    assert round_.state("1", "2024-09-11T10:00:00Z") == "agreed"


def test_a_change_of_the_text_restarts_the_call(tmp_path: Path) -> None:
    """C7. In `itu` the clock starts again in full, for the text as it now reads."""
    round_ = called(tmp_path / "r")
    round_.rewords("hours", (NINE, TEN))
    round_.does(ANA, "2024-08-25T10:00:00Z", "revise", "1", "hours")
    assert round_.state("1", CLOSED) == "in-call"
    told = round_.does(CHO, CLOSED, "declare", "1", "agreed", code=1)
    assert "before 2024-09-03T22:00:00Z" in told.data["findings"][0]["message"]
    round_.does(CHO, "2024-09-03T22:00:00Z", "declare", "1", "agreed")
    assert round_.state("1", "2024-09-04T10:00:00Z") == "agreed"


def test_where_the_rules_refuse_a_change_it_is_refused_at_the_door(tmp_path: Path) -> None:
    """C7. The policy is data: with `refuse` a revision waits for the result, or for the call to be taken back."""
    round_ = rehearsal(tmp_path / "r")
    rules = (round_.path / "process/consensus.yaml").read_text("utf-8")
    change = 'changes: [{field: change_in_call, value: refuse, reason: "invented"}]'
    round_.repo.commit({"process/consensus.yaml": rules.replace("changes: []", change)}, "Other rules")
    round_.rewords("hours", (EVENING, NINE))
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    round_.does(CHO, OPENED, "call", "1", "--until", "2024-08-30")
    round_.rewords("hours", (NINE, TEN))
    told = round_.does(ANA, "2024-08-25T10:00:00Z", "revise", "1", "hours", code=1)
    assert told.rules == ["change-in-call"]
    round_.does(CHO, "2024-08-25T10:00:00Z", "recall", "1", "--reason", "So that it can be mended.")
    round_.does(ANA, "2024-08-25T10:00:00Z", "revise", "1", "hours")


@pytest.mark.parametrize(
    ("stance", "state"),
    [("object", "to-be-confirmed"), ("reserve", "to-be-confirmed"), ("support", "agreed")],
)
def test_a_letter_received_before_and_entered_after_the_declaration(
    tmp_path: Path, stance: str, state: str
) -> None:
    """C9, C10. It asks for confirmation and stops the text; a support asks for nothing."""
    round_ = called(tmp_path / "r")
    round_.does(CHO, DECLARED, "declare", "1", "agreed")
    later = "2024-09-05T10:00:00Z"
    round_.does(
        SAM, later, "position", "1", stance, "--for", "lyrania", "--received", "2024-08-29T10:00:00Z",
        "--registry", "L 8", "--reason", "A word.",
    )  # fmt: skip
    assert round_.state("1", later) == state
    assert round_.state("1", "2024-09-02T10:00:00Z") == state, (
        "the record knows it now, whatever moment is asked about"
    )
    if state == "agreed":
        return
    assert round_.does(SAM, later, "incorporate", "1", code=1).rules == ["incorporate-not-agreed"]
    assert "a chair declares again" in round_.says(later, "why", "1", code=1).out
    if stance == "object":
        assert round_.does(CHO, later, "declare", "1", "agreed", code=1).rules == ["not-ready"]
        round_.does(LEV, later, "withdraw", "1-o1")
    round_.does(CHO, later, "declare", "1", "agreed")
    assert round_.state("1", later) == "agreed"
    round_.does(SAM, later, "incorporate", "1")


def test_a_letter_entered_after_the_text_was_put_in_still_asks_for_confirmation(tmp_path: Path) -> None:
    """C9. What was received in time is recorded, however late; after the end of it nothing more is taken."""
    round_ = called(tmp_path / "r")
    round_.does(CHO, DECLARED, "declare", "1", "agreed")
    round_.does(SAM, DECLARED, "incorporate", "1")
    later = "2024-09-05T10:00:00Z"
    letter = ("--registry", "L 8", "--reason", "A word.")
    early = ("--received", "2024-08-29T10:00:00Z")
    assert round_.does(SAM, later, "position", "1", "object", "--for", "lyrania", *letter, code=1).rules == [
        "contribution-over"
    ]
    round_.does(SAM, later, "position", "1", "object", "--for", "lyrania", *letter, *early)
    assert round_.status("1", later)["missing"][0]["what"] == "to-be-confirmed"


@pytest.mark.parametrize("by", ["its source", "a change of the agreed text"])
def test_an_agreed_text_that_reads_differently_is_reopened(tmp_path: Path, by: str) -> None:
    """C7, C9. The call starts again in full for the text as it reads now, and nothing is put in before its end."""
    round_ = first_window(tmp_path / "r")
    agreed(round_)
    if by == "its source":
        round_.rewords("hours", (NINE, TEN))
        told = round_.does(ANA, MEETING, "revise", "1", "hours", "--meeting", "ieg-1")
        assert told.data["state"] == "reopened"
    else:
        round_.repo.commit({OPINION: TEXT.replace(EVENING, "to open schools at night")}, "By hand")
        round_.does(MIA, MEETING, "position", "1", "accept", "--for", "example-university")
    assert round_.state("1", MEETING) == "reopened"
    assert round_.does(SAM, MEETING, "incorporate", "1", code=1).rules[0] == "incorporate-not-agreed"
    assert round_.does(CHO, MEETING, "call", "1", "--until", "2024-10-20", code=1).rules == ["call-running"]
    assert round_.does(CHO, "2024-10-17T21:59:59Z", "declare", "1", "agreed", code=1).rules == ["not-ready"]
    round_.does(CHO, "2024-10-18T10:00:00Z", "declare", "1", "agreed")
    assert round_.state("1", "2024-10-18T10:00:00Z") == "agreed"
    told = round_.does(SAM, "2024-10-18T10:00:00Z", "incorporate", "1", code=int(by != "its source"))
    if by != "its source":
        assert told.rules == ["text-conflict"], (
            "it replaces words that are no longer there: its source looks at it"
        )
        assert "“to open schools at night;”" in told.data["findings"][0]["message"]
        assert "“to open schools until nine;”" in told.data["findings"][0]["message"]


def test_a_text_that_was_not_agreed_and_reads_differently_is_in_call_again(tmp_path: Path) -> None:
    """C7. The change starts the call again; nothing is stuck at `not agreed`."""
    round_ = called(tmp_path / "r")
    objects(round_, OPENED)
    round_.does(CHO, DECLARED, "declare", "1", "not-agreed")
    round_.rewords("hours", (NINE, TEN))
    round_.does(CHO, MEETING, "revise", "1", "hours", "--meeting", "ieg-1")
    assert round_.state("1", MEETING) == "in-call"
    round_.does(LEV, MEETING, "withdraw", "1-o1", "--met")
    round_.does(CHO, "2024-10-18T10:00:00Z", "declare", "1", "agreed")
    assert round_.state("1", "2024-10-18T10:00:00Z") == "agreed"


def test_a_declaration_taken_back(tmp_path: Path) -> None:
    """What was declared by mistake is taken back with a reason; the call stays as it was."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    round_.does(CHO, now, "recall", "1", "--reason", "Read out the wrong number.")
    assert round_.state("1", now) == "ready"


def test_a_contested_declaration_is_not_put_in_the_text(tmp_path: Path) -> None:
    """C14. Disputed, it shows so until a chair declares again; a note of correction removes nothing."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    declared = next(
        e for e in reversed(round_.events("1", now).splitlines()) if "declared agreed" in e
    ).split()[0]
    call = str(int(declared) - 1)
    assert round_.does(SAM, now, "correct", call, "--contested", "--reason", "x", code=2).rules == [
        "contest-no-declaration"
    ]
    assert round_.does(SAM, now, "correct", "9999", "--reason", "x", code=2).rules == ["event-unknown"]
    assert round_.does(CHO, now, "correct", declared, "--reason", "x", code=2).rules == ["role-missing"]
    round_.does(SAM, now, "correct", call, "--reason", "The chair's name is spelt otherwise.")
    assert round_.state("1", now) == "agreed"
    round_.does(SAM, now, "correct", declared, "--contested", "--reason", "Lyrania was cut off.")
    assert round_.state("1", now) == "contested"
    assert round_.does(SAM, now, "incorporate", "1", code=1).rules == ["incorporate-not-agreed"]
    assert f"corrects event {declared} — Lyrania was cut off." in round_.events("1", now)
    round_.does(CHO, now, "declare", "1", "agreed")
    assert round_.state("1", now) == "agreed"


def outcome(round_: Round, now: str, *words: str, who: str = CHO, code: int = 0) -> list[str]:
    """An outcome of the first meeting on contribution 1; the rules of its findings."""
    return round_.does(who, now, "meeting", "outcome", "ieg-1", "1", *words, code=code).rules


@pytest.mark.parametrize(
    ("result", "state"),
    [
        ("agreed", "agreed"),
        ("not agreed", "not-agreed"),
        ("to drafting group", "open"),
        ("transmitted in brackets", "open"),
        ("left out", "open"),
    ],
)
@pytest.mark.parametrize("who", [CHO, SAM])
def test_the_outcome_of_a_meeting(tmp_path: Path, result: str, state: str, who: str) -> None:
    """C11. Put orally, without a call; the chair states it, or the secretariat that keeps the record."""
    round_ = first_window(tmp_path / "r")
    outcome(round_, MEETING, result, "--item", "3", "--statement", "Lyrania:We join.", who=who)
    assert round_.state("1", AFTER) == state
    assert f"ieg-1: {result}" in round_.events("1", AFTER)
    voices = round_.status("1", AFTER)["positions"]
    assert [(v["entity"], set(v["clauses"].values())) for v in voices] == [("lyrania", {"reserve"})]
    refused = [] if state == "agreed" else ["incorporate-not-agreed"]
    assert round_.does(SAM, AFTER, "incorporate", "1", code=len(refused)).rules == refused


def test_agreed_ad_referendum_waits_for_its_date(tmp_path: Path) -> None:
    """C11. Not before it, and not if somebody objects by then; an objection after it comes too late."""
    quiet, late, heard = (first_window(tmp_path / name) for name in ("quiet", "late", "heard"))
    for round_ in (quiet, late, heard):
        outcome(round_, MEETING, "agreed ad referendum", "--until", "2024-10-20")
        assert round_.state("1", AFTER) == "agreed-ad-referendum"
        assert round_.does(SAM, AFTER, "incorporate", "1", code=1).rules == ["incorporate-not-agreed"]
    before, after, end = "2024-10-20T21:59:59Z", "2024-10-20T22:00:00Z", "2024-10-25T10:00:00Z"
    assert quiet.state("1", before) == "agreed-ad-referendum"
    assert quiet.state("1", after) == "agreed"
    quiet.does(SAM, end, "incorporate", "1")
    objects(heard, before)
    assert heard.state("1", end) == "not-yet-agreed"
    heard.does(LEV, end, "withdraw", "1-o1")
    assert heard.state("1", end) == "agreed"
    objects(late, after)
    assert late.state("1", end) == "agreed"


def test_an_objection_in_the_room_is_kept_by_name(tmp_path: Path) -> None:
    """C6, C11. It withholds agreement until its owner ends it."""
    round_ = first_window(tmp_path / "r")
    outcome(round_, MEETING, "not agreed", "--objection", "lyrania:Too late at night.")
    (objection,) = round_.status("1", AFTER)["objections"]
    assert (objection["entity"], objection["stands"], objection["reason"]) == (
        "lyrania",
        True,
        "Too late at night.",
    )
    round_.does(LEV, AFTER, "withdraw", objection["id"])
    assert round_.status("1", AFTER)["objections"][0]["stands"] is False


@pytest.mark.parametrize(
    ("who", "words", "rule", "code"),
    [
        (LEV, ["ieg-1", "1", "agreed"], "role-missing", 2),
        (CHO, ["ieg-5", "1", "agreed"], "meeting-unknown", 2),
        (CHO, ["ieg-2", "1", "agreed"], "meeting-ahead", 2),
        (CHO, ["ieg-1", "1", "agreed ad referendum"], "outcome-until", 1),
        (CHO, ["ieg-1", "1", "agreed", "--until", "2024-10-20"], "outcome-until", 1),
        (CHO, ["ieg-1", "1", "agreed", "--objection", "lyrania:No."], "outcome-contradiction", 1),
        (CHO, ["ieg-1", "1", "not agreed", "--objection", "lyranja:No."], "entity-unknown", 2),
        (CHO, ["ieg-1", "1", "agreed", "--statement", "Nowhere:Yes."], "entity-unknown", 2),
        (CHO, ["ieg-1", "nothing", "agreed"], "opinion-unknown", 2),
        (CHO, ["ieg-1", "1", "agree"], "usage", 2),
    ],
)
def test_an_outcome_that_cannot_be(tmp_path: Path, who: str, words: list[str], rule: str, code: int) -> None:
    """C11. Each says why; nothing is recorded."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, MEETING, "meeting", "outcome", *words, code=code)
    assert told.rules == [rule]
    assert round_.refs() == before


def test_a_meeting_does_not_agree_over_an_objection(tmp_path: Path) -> None:
    """C6, C11. Whoever objected in writing says in the room that it is withdrawn; the record names it."""
    round_ = first_window(tmp_path / "r")
    objects(round_, OPENED)
    told = round_.does(CHO, MEETING, "meeting", "outcome", "ieg-1", "1", "agreed", code=1)
    assert told.rules == ["not-ready"]
    assert "accord withdraw 1-o1 --meeting ieg-1" in told.data["findings"][0]["fix"]
    round_.does(SAM, MEETING, "withdraw", "1-o1", "--meeting", "ieg-1")
    outcome(round_, MEETING, "agreed")
    assert round_.state("1", AFTER) == "agreed"


def test_an_opinion_as_it_reads(tmp_path: Path) -> None:
    """C9. A call on the whole Opinion pins its clauses; changing one of them reopens it."""
    round_ = rehearsal(tmp_path / "r")
    round_.does(LEV, OPENED, "position", "access", "support", "--for", "lyrania")
    round_.does(CHO, OPENED, "call", "access", "--until", "2024-08-30")
    assert round_.state("access", OPENED) == "in call"
    round_.does(CHO, DECLARED, "declare", "access", "agreed")
    assert round_.state("access", DECLARED) == "agreed"
    assert "Opinion as it reads  State" in round_.says(DECLARED, "status").out
    round_.repo.commit({OPINION: TEXT.replace(EVENING, NINE)}, "By hand")
    round_.does(LEV, AFTER, "position", "access", "object", "--for", "lyrania", "--reason", "Too late.")
    assert round_.state("access", AFTER) == "reopened"
    assert round_.status("access", AFTER)["objections"][0]["id"] == "access-o1"
    round_.does(LEV, AFTER, "withdraw", "access-o1")
    told = round_.does(CHO, AFTER, "call", "acces", "--until", "2024-10-30", code=2)
    assert told.data["findings"][0]["fix"] == "Did you mean `access`?"
