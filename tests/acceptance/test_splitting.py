"""`split`: named clauses go to a contribution of their own, with everything that was said of them."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.record.layout import segment_path
from tests.acceptance.test_amending import agree, clean, described, effect
from tests.acceptance.world import ANA, CHO, IN_W1, LEV, MIA, OPINION, SAM, Round, rehearsal

LATER = "2024-08-21T10:00:00Z"
DONE = "2024-09-02T10:00:00Z"
WHY = ("--reason", "The group wants to treat it apart.")


def whole(folder: Path) -> Round:
    """Contribution 1 by Arcadia changes a clause, removes one and adds one."""
    round_ = rehearsal(folder)
    round_.rewords(
        "hours",
        ("to open schools in the evening", "to open schools until nine"),
        ("2. that schools close in the afternoon;\n", ""),
        (
            "that people learn in the evening,",
            "that people learn in the evening;\n4. that evenings are long,",
        ),
    )
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    return round_


def ids(round_: Round, number: str = "1", now: str = LATER) -> dict[str, str]:
    """What each change is → the clause."""
    out: dict[str, str] = {}
    for entry in effect(round_, number, now):
        what = "SUP" if entry["gets"] is None else "ADD" if entry["had"] is None else "MOD"
        out[what + ("" if what not in out else str(len(out)))] = entry["id"]
    return out


def by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries}


@pytest.mark.parametrize("what", ["MOD", "SUP", "ADD"])
def test_the_part_and_the_rest_are_the_whole(tmp_path: Path, what: str) -> None:
    """Entry for entry, ids of added clauses included; in one step of the record."""
    round_ = whole(tmp_path / "r")
    before, clause, record = effect(round_, "1"), ids(round_)[what], round_.record()
    told = round_.does(ANA, LATER, "split", "1", "--clause", clause, "--title", "Apart", *WHY)
    assert round_.repo.git("rev-parse", "record^") == record
    assert [event["kind"] for event in told.data["events"]] == ["received", "split", "revised"]
    part, rest = effect(round_, "2"), effect(round_, "1")
    assert by_id(part) | by_id(rest) == by_id(before)
    assert [entry["id"] for entry in part] == [clause]
    assert clause not in by_id(rest)
    assert round_.status("2", LATER)["title"] == "Apart"
    assert "was split from contribution 1" in round_.says(LATER, "status", "2").out
    assert f"The changes of {clause} went from it to contribution 2" in round_.says(LATER, "status", "1").out
    clean(round_)


@pytest.mark.parametrize("order", [("1", "2"), ("2", "1")])
@pytest.mark.parametrize("what", ["MOD", "SUP", "ADD"])
def test_both_come_into_the_text_in_either_order(tmp_path: Path, what: str, order: tuple[str, str]) -> None:
    """With the same bytes that the whole would have given."""
    round_ = whole(tmp_path / "r")
    wanted = round_.repo.git("show", f"refs/contributions/1/head:{OPINION}")
    round_.does(ANA, LATER, "split", "1", "--clause", ids(round_)[what], *WHY)
    for number in order:
        agree(round_, number, "2024-08-22", "2024-08-30", "2024-09-01")
    for number in order:
        round_.does(SAM, DONE, "incorporate", number)
    assert round_.repo.git("show", f"main:{OPINION}") == wanted
    clean(round_)


def test_it_comes_in_when_the_whole_did(tmp_path: Path) -> None:
    """The window has closed since; both parts are the text that came in time."""
    round_ = whole(tmp_path / "r")
    late = "2024-09-20T10:00:00Z"
    told = round_.does(ANA, late, "split", "1", "--clause", ids(round_)["MOD"], *WHY)
    assert told.data["events"][0]["received"]["earliest"] == IN_W1
    assert (round_.state("1", late), round_.state("2", late)) == ("open", "open")
    assert len(round_.says(LATER, "status").out.split("Opening hours of schools")) == 2  # not yet split then
    clean(round_)


def test_positions_stand_in_the_part_without_anybody_repeating_them(tmp_path: Path) -> None:
    """Objections about the part alone go there, those about both stand in both, and withdrawing one ends it in both."""
    round_ = whole(tmp_path / "r")
    clauses = ids(round_)
    round_.does(
        LEV, LATER, "position", "1", "object", "--for", "lyrania", "--clause", clauses["ADD"], "--reason", "x"
    )
    round_.does(
        MIA, LATER, "position", "1", "object", "--for", "example-university", "--reason", "All of it."
    )
    round_.does("Sol Example", LATER, "position", "1", "support", "--for", "example-telecom")
    told = round_.does(ANA, LATER, "split", "1", "--clause", clauses["ADD"], *WHY)
    assert told.data["events"][1]["objections"] == ["1-o1"]

    def standing(number: str) -> dict[str, bool]:
        return {one["id"]: one["stands"] for one in round_.status(number, LATER)["objections"]}

    assert standing("1") == {"1-o1": False, "1-o2": True}
    assert standing("2") == {"1-o1": True, "1-o2": True}
    assert "went with its clauses to contribution 2" in round_.says(LATER, "status", "1").out
    voices = {one["entity"]: one["clauses"] for one in round_.status("2", LATER)["positions"]}
    assert voices["example-telecom"] == {clauses["ADD"]: "support"}
    round_.does(MIA, LATER, "withdraw", "1-o2", "--reason", "Explained.")
    assert standing("1") == {"1-o1": False, "1-o2": False}
    assert standing("2") == {"1-o1": True, "1-o2": False}
    round_.does(LEV, LATER, "withdraw", "1-o1", "--reason", "Explained.")
    assert standing("2") == {"1-o1": False, "1-o2": False}
    agree(round_, "2", "2024-08-22", "2024-08-30", "2024-09-01")
    clean(round_)


def test_what_cannot_be_split(tmp_path: Path) -> None:
    """Each refusal says why and what to do; nothing changes."""
    round_ = whole(tmp_path / "r")
    clauses = ids(round_)
    every = [word for clause in clauses.values() for word in ("--clause", clause)]
    before = round_.refs()
    for words, rule, code in (
        (["--clause", "c-nothing"], "clause-untouched", 2),
        (every, "split-all", 2),
    ):
        assert round_.does(ANA, LATER, "split", "1", *words, *WHY, code=code).rules == [rule]
    one = ["--clause", clauses["MOD"]]
    assert round_.does(LEV, LATER, "split", "1", *one, *WHY, code=2).rules == ["source-only"]
    assert round_.refs() == before
    round_.does(SAM, LATER, "split", "1", *one, "--reason", "Asked for by letter L 4.", "--dry-run")
    assert round_.refs() == before
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    assert round_.does(ANA, DONE, "split", "1", *one, *WHY, code=1).rules == ["contribution-over"]


def test_clauses_that_hang_together(tmp_path: Path) -> None:
    """A clause added after an added one does not go without it; it is said which hangs on which."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords(
        "more",
        ("that people learn in the evening,", "that people learn in the evening;\n4. that a;\n5. that b,"),
    )
    round_.does(ANA, IN_W1, "submit", "more", "--metadata", round_.metadata())
    last = [entry for entry in effect(round_, "1") if entry["had"] is None][-1]
    told = round_.does(ANA, LATER, "split", "1", "--clause", last["id"], *WHY, code=1)
    assert told.rules == ["split-together"]
    assert f"{last['id']} comes right after {last['after']}" in told.data["findings"][0]["message"]


@pytest.mark.parametrize("change", ["restart", "hold", "refuse"])
def test_a_split_while_a_call_runs(tmp_path: Path, change: str) -> None:
    """C7. It changes the effect of the whole: the rules for a change in a call apply."""
    round_ = whole(tmp_path / "r")
    text = (round_.path / "process/consensus.yaml").read_text("utf-8")
    (round_.path / "process/consensus.yaml").write_text(
        re.sub(r"change_in_call: \w+", f"change_in_call: {change}", text), "utf-8"
    )
    round_.repo.git("commit", "--quiet", "--all", "-m", "Rules")
    before = effect(round_, "1")
    clause = ids(round_)["MOD"]
    round_.does(CHO, LATER, "call", "1", "--until", "2024-08-30")
    now = "2024-08-22T10:00:00Z"
    told = round_.does(ANA, now, "split", "1", "--clause", clause, *WHY, code=1 if change == "refuse" else 0)
    if change == "refuse":
        assert told.rules == ["change-in-call"]
    else:
        assert len(effect(round_, "1", now)) == len(before) - 1
    clean(round_)


def test_a_part_of_a_part_and_a_part_of_an_amendment(tmp_path: Path) -> None:
    """The words follow from the whole to the part of the part; an amendment's part amends the same text."""
    round_ = whole(tmp_path / "r")
    clauses = ids(round_)
    round_.does(
        LEV, LATER, "position", "1", "object", "--for", "lyrania", "--clause", clauses["SUP"], "--reason", "x"
    )
    both = ["--clause", clauses["SUP"], "--clause", clauses["ADD"]]
    round_.does(ANA, LATER, "split", "1", *both, *WHY)
    round_.does(ANA, LATER, "split", "2", "--clause", clauses["SUP"], *WHY)
    found = round_.status("3", LATER)["objections"]
    assert [(one["id"], one["stands"]) for one in found] == [("1-o1", True)]
    round_.does(LEV, LATER, "withdraw", "1-o1", "--reason", "Explained.")
    assert [one["stands"] for one in round_.status("3", LATER)["objections"]] == [False]
    round_.rewords(
        "later", ("evenings are long", "nights are long"), ("learn in the evening,", "learn at night,"),
        start="refs/contributions/2/head",
    )  # fmt: skip
    round_.does(LEV, LATER, "amend", "2", "later", "--metadata", described(round_))
    entry = next(e for e in effect(round_, "4") if e["id"] == clauses["ADD"])
    before = effect(round_, "4")
    round_.does(LEV, LATER, "split", "4", "--clause", entry["id"], *WHY)
    assert by_id(effect(round_, "4")) | by_id(effect(round_, "5")) == by_id(before)
    assert "amends contribution 2" in round_.says(LATER, "status", "5").out
    clean(round_)


@pytest.mark.parametrize("seed", range(6))
def test_the_real_report_taken_apart(tmp_path: Path, seed: int) -> None:
    """Changes of the Report's own text and of an Opinion, taken apart at random: the two together are the whole."""
    choose = random.Random(seed)
    round_ = rehearsal(tmp_path / "r")
    files = {}
    for path in ("report/01-the-forum.md", "report/02-preparatory-process.md", OPINION):
        text = (round_.path / path).read_text("utf-8")
        paragraphs = text.split("\n\n")
        for index in choose.sample(range(1, len(paragraphs)), 2):
            paragraphs[index] = paragraphs[index].replace(" the ", " this very ", 1)
        paragraphs.insert(
            choose.randrange(2, len(paragraphs)), f"A new paragraph number {seed} says something."
        )
        files[path] = "\n\n".join(paragraphs)
    round_.proposes("many", files)
    round_.does(ANA, IN_W1, "submit", "many", "--metadata", round_.metadata())
    before = effect(round_, "1")
    chosen = choose.sample([entry["id"] for entry in before], len(before) // 2)
    words = [word for clause in chosen for word in ("--clause", clause)]
    told = round_.does(ANA, LATER, "split", "1", *words, *WHY)
    assert told.data["number"] == 2
    part, rest = effect(round_, "2"), effect(round_, "1")
    assert by_id(part) | by_id(rest) == by_id(before)
    assert {entry["id"] for entry in part} == set(chosen)
    numbers = choose.sample(["1", "2"], 2)
    for number in numbers:
        agree(round_, number, "2024-08-22", "2024-08-30", "2024-09-01")
    for number in numbers:
        round_.does(SAM, DONE, "incorporate", number, "--reason", "As agreed.")
    for path, text in files.items():
        assert round_.repo.git("show", f"main:{path}") == text.rstrip("\n")
    clean(round_)


def test_status_names_the_clauses(tmp_path: Path) -> None:
    """What `--clause` asks for is read there, with what happens to each."""
    round_ = whole(tmp_path / "r")
    clauses = ids(round_)
    said = round_.says(LATER, "status", "1").out
    for what, word in (("MOD", "changed"), ("SUP", "removed"), ("ADD", "added")):
        assert f"  {clauses[what]}  {word}, {OPINION}" in said
    assert set(round_.status("1", LATER)["clauses"]) == set(clauses.values())


def test_a_part_of_an_admitted_late_contribution_is_admitted_with_it(tmp_path: Path) -> None:
    """It came after its window and the secretariat let it in: so are both parts, with the same reason."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords(
        "two", ("in the afternoon", "at noon"), ("to open schools in the evening", "to open schools")
    )
    late = "2024-09-10T10:00:00Z"
    told = round_.does(ANA, late, "submit", "two", "--metadata", round_.metadata(), code=1)
    assert told.data["state"] == "held"
    clause = told.data["events"][-1]["effect"][0]["id"]
    told = round_.does(ANA, late, "split", "1", "--clause", clause, *WHY, code=1)
    assert told.rules == ["split-not-open"]
    round_.does(SAM, late, "admit", "1", "--reason", "Its letter was delayed.")
    round_.does(ANA, late, "split", "1", "--clause", clause, *WHY)
    assert [round_.state(number, late) for number in ("1", "2")] == ["open", "open"]
    clean(round_)


def test_what_came_by_letter_is_split_by_its_source(tmp_path: Path) -> None:
    """The registry's time goes with the part; whoever handed in the whole acts for the part."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords(
        "two", ("in the afternoon", "at noon"), ("to open schools in the evening", "to open schools")
    )
    told = round_.does(
        SAM, "2024-08-28T10:00:00Z", "submit", "two", "--metadata", round_.metadata(), "--channel", "letter",
        "--received", "2024-08-26T21:59:59Z", "--evidence", round_.letter(), "--registry", "L 12",
    )  # fmt: skip
    clause = told.data["events"][-1]["effect"][0]["id"]
    round_.does(ANA, DONE, "split", "1", "--clause", clause, *WHY)
    assert [round_.state(number, DONE) for number in ("1", "2")] == ["open", "open"]
    round_.does(ANA, DONE, "withdraw", "2", "--reason", "We thought again.")
    clean(round_)


def test_moved_clauses(tmp_path: Path) -> None:
    """A clause that was moved goes with its new place, or it is refused and said why; never half."""
    round_ = rehearsal(tmp_path / "r")
    one, two = (
        "1. that lighthouses have power and a connection;\n",
        "2. that schools close in the afternoon;\n",
    )
    round_.rewords("swap", (one + two, two + one), ("to open schools in the evening", "to open schools"))
    told = round_.does(ANA, IN_W1, "submit", "swap", "--metadata", round_.metadata())
    before = told.data["events"][-1]["effect"]
    moved = [entry["id"] for entry in before if entry.get("after") is not None]
    assert moved
    words = [word for clause in moved for word in ("--clause", clause)]
    round_.does(ANA, LATER, "split", "1", *words, *WHY)
    wanted = round_.repo.git("show", f"swap:{OPINION}")
    for number in ("1", "2"):
        agree(round_, number, "2024-08-22", "2024-08-30", "2024-09-01")
    for number in ("2", "1"):
        round_.does(SAM, DONE, "incorporate", number)
    assert round_.repo.git("show", f"main:{OPINION}") == wanted
    clean(round_)


def test_a_forged_split_is_found(tmp_path: Path) -> None:
    """A part that is not what the whole was, or that came in earlier than it, is named with its event."""
    round_ = whole(tmp_path / "r")
    round_.does(ANA, LATER, "split", "1", "--clause", ids(round_)["MOD"], *WHY)
    path = segment_path("contributions/2", 0)
    line = round_.repo.git("show", f"record:{path}")
    assert IN_W1 in line
    forged = line.replace(IN_W1, "2024-08-19T10:00:00Z") + "\n"
    round_.repo.git("branch", "forge", "record")
    round_.repo.switch("forge")
    (round_.path / path).write_text(forged, "utf-8")
    round_.repo.git("commit", "--quiet", "--all", "-m", "Forge")
    round_.repo.switch("main")
    round_.repo.git("update-ref", "refs/heads/record", "forge")
    said = round_.says("2024-10-01T10:00:00Z", "verify", code=None)
    assert said.code == 1
    assert "The part did not come in when the whole did" in said.out + said.err
