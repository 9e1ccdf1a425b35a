"""`position`, `confirm`, `withdraw OBJECTION`: what entities say, on which text, and what ends an objection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    EXPERTS,
    IN_W1,
    LEV,
    MIA,
    OPINION,
    REPORT,
    SAM,
    SOL,
    TEXT,
    Round,
    first_window,
    rehearsal,
)

EVENING, NINE = "to open schools in the evening", "to open schools until nine"
SAID, LATER, END = "2024-08-21T10:00:00Z", "2024-08-22T10:00:00Z", "2024-08-23T10:00:00Z"


def two_clauses(folder: Path) -> Round:
    """Contribution 1 changes two clauses; Lyrania supports it."""
    round_ = rehearsal(folder)
    round_.rewords(
        "hours", (EVENING, NINE), ("people learn in the evening", "grown people learn in the evening")
    )
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    round_.does(LEV, SAID, "position", "1", "support", "--for", "lyrania")
    return round_


def voice(round_: Round, number: str, now: str, entity: str = "lyrania") -> Mapping[str, Any]:
    """What experts nominated by an entity said."""
    found = [one for one in round_.status(number, now)["positions"] if one["entity"] == entity]
    assert len(found) == 1
    return dict(found[0])


def proposed(*changes: tuple[str, str]) -> str:
    """The Opinion with the two changes of :func:`two_clauses`, and more."""
    text = TEXT.replace(EVENING, NINE).replace(
        "people learn in the evening", "grown people learn in the evening"
    )
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "how", ["rebased", "squashed", "rewrapped", "smart quotes", "typo elsewhere", "respelt"]
)
def test_a_position_holds_while_its_clauses_read_the_same(tmp_path: Path, how: str) -> None:
    """C4, C5. Whatever was done to commits, lines, quotation marks or other clauses, nobody is asked again."""
    round_ = two_clauses(tmp_path / "r")
    match how:
        case "rebased":
            report = round_.repo.git("show", f"main:{REPORT}")
            round_.repo.commit({REPORT: report + "\n\nA sentence more.\n"})
            round_.proposes("again", {OPINION: proposed()})
        case "squashed":
            round_.proposes("again", {OPINION: proposed(("until nine", "until ten"))})
            round_.proposes("again", {OPINION: proposed()})
            round_.repo.switch("again")
            round_.repo.git("reset", "--quiet", "--soft", "main")
            round_.repo.git("commit", "--quiet", "-m", "One commit")
            round_.repo.switch("main")
        case "rewrapped":
            wrapped = ("to open schools until nine", "to open\n   schools\n   until nine")
            round_.proposes("again", {OPINION: proposed(wrapped)})
        case "smart quotes":
            round_.repo.commit({OPINION: TEXT.replace("lighthouses", 'so-called "lighthouses"')})
            round_.proposes("again", {OPINION: proposed(("lighthouses", "so-called “lighthouses”"))})
        case "typo elsewhere":
            round_.proposes("again", {OPINION: proposed(("schools close in", "schools shut in"))})
        case _:
            respelt = proposed().replace("*considering*", "_considering_").replace("2. that", "1. that")
            round_.proposes("again", {OPINION: respelt})
    told = round_.does(ANA, LATER, "revise", "1", "again")
    assert told.data["state"] == "open"
    said = voice(round_, "1", END)
    assert len(said["clauses"]) >= 2
    assert set(said["clauses"].values()) == {"support"}
    assert said["outdated"] == {}


def test_a_changed_word_outdates_exactly_its_clause(tmp_path: Path) -> None:
    """C5. The other clause keeps its support, and people are told which one to look at again."""
    round_ = two_clauses(tmp_path / "r")
    clauses = voice(round_, "1", SAID)["clauses"]
    assert len(clauses) == 2
    round_.rewords("hours", (NINE, "to open schools until ten"))
    revised = round_.does(ANA, LATER, "revise", "1", "hours").data["events"][-1]["effect"]
    said = voice(round_, "1", END)
    (changed,) = said["outdated"]
    assert set(said["clauses"]) == set(clauses) - {changed}
    before = round_.status("1", SAID)["positions"][0]["clauses"]
    assert changed in before
    assert changed in {entry["id"] for entry in revised}
    assert "supports on 1 clause that read differently then (outdated)" in round_.says(END, "status", "1").out
    round_.does(LEV, END, "position", "1", "accept", "--for", "lyrania")
    assert set(voice(round_, "1", END)["clauses"].values()) == {"accept"}
    assert voice(round_, "1", END)["outdated"] == {}


def test_a_change_of_the_agreed_text_below_it_outdates_it(tmp_path: Path) -> None:
    """C5. The clause it touches reads differently in the agreed text: what was said was about another change."""
    round_ = two_clauses(tmp_path / "r")
    round_.repo.commit({OPINION: TEXT.replace(EVENING, "to open schools at night")}, "By hand")
    round_.does(MIA, LATER, "position", "1", "support", "--for", "example-university")
    said = voice(round_, "1", END)
    assert (len(said["clauses"]), len(said["outdated"])) == (1, 1)


def test_a_position_about_an_older_version(tmp_path: Path) -> None:
    """C3. It is kept, it is outdated on what changed since, and it never displaces one on the current text."""
    round_ = two_clauses(tmp_path / "r")
    round_.rewords("hours", (NINE, "to open schools until ten"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    round_.does(MIA, LATER, "position", "1", "accept", "--for", "example-university")
    round_.does(MIA, END, "position", "1", "reserve", "--for", "example-university", "--revision", "1")
    said = voice(round_, "1", END, "example-university")
    assert sorted(said["clauses"].values()) == ["accept", "reserve"], (
        "the unchanged clause heard the later word"
    )
    told = round_.does(
        MIA, END, "position", "1", "accept", "--for", "example-university", "--revision", "3", code=2
    )
    assert told.rules == ["revision-unknown"]


def test_about_one_clause_only(tmp_path: Path) -> None:
    """An objection may name clauses; it says nothing about the others."""
    round_ = two_clauses(tmp_path / "r")
    first, second = voice(round_, "1", SAID)["clauses"]
    round_.does(
        LEV, LATER, "position", "1", "object", "--for", "lyrania", "--clause", second, "--reason", "No."
    )
    assert voice(round_, "1", END)["clauses"] == {first: "support", second: "object"}
    told = round_.does(
        LEV, END, "position", "1", "accept", "--for", "lyrania", "--clause", second[:-1], code=2
    )
    assert told.rules == ["clause-untouched"]
    assert told.data["findings"][0]["fix"] == f"Did you mean `{second}`?"


def test_source_and_cosigner_hold_no_position(tmp_path: Path) -> None:
    """C3. They are refused and told what they can do."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", (EVENING, NINE))
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata(cosigners="[Lyrania]"))
    for who, entity in ((ANA, "arcadia"), (LEV, "Lyrania")):
        told = round_.does(who, SAID, "position", "1", "support", "--for", entity, code=1)
        assert told.rules == ["position-of-source"]
    round_.does(MIA, SAID, "position", "1", "support", "--for", "Example University")


@pytest.mark.parametrize(
    ("who", "words", "rule", "code"),
    [
        (LEV, ["support", "--for", "example-university"], "expert-missing", 2),
        ("", ["support", "--for", "lyrania"], "expert-missing", 2),
        (CHO, ["support", "--for", "lyrania"], "expert-missing", 2),
        (LEV, ["support", "--for", "lyranja"], "entity-unknown", 2),
        (LEV, ["support", "--for", "lyrania", "--received", "2024-08-20"], "registry-only", 2),
        (SAM, ["support", "--for", "lyrania"], "evidence-missing", 2),
        (SAM, ["support", "--for", "lyrania", "--meeting", "ieg-9"], "meeting-unknown", 2),
        (SAM, ["support", "--for", "lyrania", "--meeting", "ieg-1"], "meeting-ahead", 2),
        (
            SAM,
            ["support", "--for", "lyrania", "--registry", "L 1", "--received", "2024-09-20"],
            "moment-future",
            2,
        ),
    ],
)
def test_who_may_not_speak(tmp_path: Path, who: str, words: list[str], rule: str, code: int) -> None:
    """An entity's own experts speak for it; the secretariat enters what they wrote, with evidence; nothing else."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, SAID, "position", "1", *words, code=code)
    assert told.rules == [rule]
    assert round_.refs() == before


def test_the_latest_word_of_an_entity_counts(tmp_path: Path) -> None:
    """C3. One voice an entity; the most cautious at one instant."""
    round_ = first_window(tmp_path / "r")
    for moment, stance in (
        (SAID, "reserve"),
        (LATER, "support"),
        (END, "accept"),
        (END, "abstain"),
        (END, "support"),
    ):
        round_.does(LEV, moment, "position", "1", stance, "--for", "lyrania")
    assert set(voice(round_, "1", LATER)["clauses"].values()) == {"support"}
    assert set(voice(round_, "1", END)["clauses"].values()) == {"abstain"}


def test_the_record_keeps_the_registrys_time_of_a_position(tmp_path: Path) -> None:
    """Entered later, received then: the verdict of that moment hears it, and the entry says who entered it."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(
        SAM, "2024-08-25T10:00:00Z", "position", "1", "reserve", "--for", "lyrania", "--received",
        "2024-08-21T08:30:00Z", "--evidence", round_.letter(), "--registry", "L 9", "--reason", "We join.",
    )  # fmt: skip
    event = told.data["events"][-1]
    assert (event["received"]["latest"], event["received"]["clock"]) == ("2024-08-21T08:30:00Z", "registry")
    assert event["recorded"] == "2024-08-25T10:00:00Z"
    assert event["by"]["role"] == "secretariat"
    assert len(event["evidence"]["digest"]) == 64
    assert set(voice(round_, "1", "2024-08-21T08:30:00Z")["clauses"].values()) == {"reserve"}
    assert round_.status("1", "2024-08-21T08:29:59Z")["positions"] == []


def test_what_the_secretariat_enters_is_unconfirmed_and_displaces_nothing(tmp_path: Path) -> None:
    """C14. It never replaces what the entity's experts said themselves, until they confirm it."""
    round_ = first_window(tmp_path / "r")
    round_.does(LEV, SAID, "position", "1", "object", "--for", "lyrania", "--reason", "Too late at night.")
    letter = ("--registry", "L 5")
    round_.does(SAM, LATER, "position", "1", "accept", "--for", "lyrania", *letter)
    round_.does(SAM, LATER, "position", "1", "accept", "--for", "example-university", *letter)
    assert set(voice(round_, "1", END)["clauses"].values()) == {"object"}
    assert voice(round_, "1", END, "example-university")["unconfirmed"] is True
    assert "not yet confirmed" in round_.says(END, "status", "1").out
    for who in (SAM, MIA, ""):
        assert round_.does(who, END, "confirm", "1", "--for", "lyrania", code=2).rules == ["expert-missing"]
    round_.does(LEV, END, "confirm", "1", "--for", "lyrania")
    assert set(voice(round_, "1", END)["clauses"].values()) == {"accept"}
    assert round_.does(LEV, END, "confirm", "1", "--for", "lyrania", code=1).rules == ["confirm-nothing"]
    assert [o["stands"] for o in round_.status("1", END)["objections"]] == [True], (
        "an objection ends only by name"
    )


def objected(folder: Path) -> Round:
    """Contribution 1 with objection 1-o1 by Lyrania."""
    round_ = first_window(folder)
    told = round_.does(
        LEV, SAID, "position", "1", "object", "--for", "lyrania", "--reason", "Too late at night."
    )
    assert told.data["events"][-1]["objection"] == "1-o1"
    return round_


def stands(round_: Round, now: str = END) -> bool:
    """Whether 1-o1 stands."""
    return bool(next(o["stands"] for o in round_.status("1", now)["objections"] if o["id"] == "1-o1"))


def test_only_an_act_that_names_it_ends_an_objection(tmp_path: Path) -> None:
    """C6. Not supporting later, not another wording, not somebody else."""
    round_ = objected(tmp_path / "r")
    round_.does(LEV, LATER, "position", "1", "support", "--for", "lyrania")
    assert stands(round_)
    round_.rewords("hours", (NINE, "to open schools until eight"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    assert stands(round_)
    for who in (MIA, ANA, CHO, ""):
        assert round_.does(who, END, "withdraw", "1-o1", code=2).rules == ["expert-missing"]
    refused = round_.does(CHO, END, "dispose", "1-o1", "--reason", "Enough.", code=1)
    assert refused.rules == ["objection-owned"]
    assert stands(round_)
    assert "Too late at night." in round_.says(END, "why", "1", code=1).out


@pytest.mark.parametrize(
    ("options", "how"), [([], "withdrawn"), (["--met", "--reason", "It ends at eight."], "met")]
)
def test_its_owner_ends_it(tmp_path: Path, options: list[str], how: str) -> None:
    """C6. Withdrawn, or met by a change; it stays to be read, and cannot be ended twice."""
    round_ = objected(tmp_path / "r")
    round_.does(LEV, LATER, "withdraw", "1-o1", *options)
    assert not stands(round_)
    assert round_.status("1", END)["objections"][0]["ended"] == how
    assert round_.does(LEV, END, "withdraw", "1-o1", code=1).rules == ["objection-ended"]
    again = round_.does(LEV, END, "position", "1", "object", "--for", "lyrania")
    assert again.data["events"][-1]["objection"] == "1-o2"
    assert again.rules == ["objection-reason"], "asked for once, recorded all the same"


def test_an_unknown_objection_is_named_with_its_neighbours(tmp_path: Path) -> None:
    """Did you mean; and nothing changes."""
    round_ = objected(tmp_path / "r")
    told = round_.does(LEV, LATER, "withdraw", "1-o2", code=2)
    assert told.data["findings"][0]["fix"] == "Did you mean `1-o1`?"
    assert round_.does(LEV, LATER, "withdraw", "nothing-o1", code=2).rules == ["objection-unknown"]
    assert round_.does(LEV, LATER, "withdraw", "9-o1", code=2).rules == ["contribution-unknown"]


def test_through_the_secretariat_it_ends_when_confirmed(tmp_path: Path) -> None:
    """C14. Reported by the secretariat alone it stands; the owner's word, or a recorded meeting, ends it."""
    round_ = objected(tmp_path / "r")
    round_.does(SAM, LATER, "withdraw", "1-o1", "--reason", "Told by telephone.")
    assert stands(round_)
    round_.does(LEV, END, "confirm", "1", "--for", "lyrania")
    assert not stands(round_)


def test_said_in_a_meeting_it_ends_by_the_record_of_the_meeting(tmp_path: Path) -> None:
    """C14. The meeting must be one of the timetable."""
    round_ = objected(tmp_path / "r")
    in_meeting = "2024-10-07T12:00:00Z"
    wrong = round_.does(SAM, in_meeting, "withdraw", "1-o1", "--meeting", "ieg-11", code=2)
    assert wrong.rules == ["meeting-unknown"]
    round_.does(SAM, in_meeting, "withdraw", "1-o1", "--meeting", "ieg-1", "--reason", "Said in the room.")
    assert not stands(round_, in_meeting)


def test_an_objection_without_an_owner_is_disposed_of_by_a_chair(tmp_path: Path) -> None:
    """C2. Its entity left the list without a successor; a chair disposes of it with a reason, nobody else."""
    round_ = objected(tmp_path / "r")
    leave(round_, "")
    assert round_.status("1", END)["positions"][0]["clauses"]
    assert stands(round_)
    assert "has no owner any more" in round_.says(END, "why", "1", code=1).out
    assert round_.does(SAM, END, "dispose", "1-o1", "--reason", "Left.", code=2).rules == ["role-missing"]
    round_.does(CHO, END, "dispose", "1-o1", "--reason", "Its entity left.")
    assert not stands(round_)


def test_an_objection_passes_to_the_named_successor(tmp_path: Path) -> None:
    """C2. Then it is the successor's to withdraw, and no chair's to dispose of."""
    round_ = objected(tmp_path / "r")
    leave(round_, ", successor: example-telecom")
    assert round_.does(CHO, END, "dispose", "1-o1", "--reason", "Left.", code=1).rules == ["objection-owned"]
    assert round_.does(MIA, END, "withdraw", "1-o1", code=2).rules == ["expert-missing"]
    round_.does(SOL, END, "withdraw", "1-o1")
    assert not stands(round_)


def leave(round_: Round, successor: str) -> None:
    """Lyrania leaves the list of nominated experts on 22 August."""
    lines = EXPERTS.splitlines(keepends=True)
    changed = [
        line.replace("invented: true}", f'invented: true, until: "2024-08-22"{successor}}}')
        if "id: lyrania" in line
        else line.replace('from: "2024-07-01"}', 'from: "2024-07-01", until: "2024-08-22"}')
        if "entity: lyrania" in line
        else line
        for line in lines
    ]
    assert changed != lines
    round_.repo.commit({"process/experts.yaml": "".join(changed)}, "Lyrania leaves")
    round_.does(MIA, LATER, "position", "1", "abstain", "--for", "example-university")
