"""`amend`, `revise --take`: a change of what another contribution proposes, from the first word to the text."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.world import ANA, CHO, LEV, OPINION, REPORT, SAM, Round, first_window

NINE, TEN = "to open schools until nine", "to open schools until ten"
LATER = "2024-08-21T10:00:00Z"
DONE = "2024-09-02T10:00:00Z"


def amended(folder: Path, *changes: tuple[str, str]) -> Round:
    """Contribution 1 by Arcadia opens the schools until nine; contribution 2 by Lyrania amends it."""
    round_ = first_window(folder)
    round_.rewords("later", *(changes or ((NINE, TEN),)), start="refs/contributions/1/head")
    round_.does(LEV, LATER, "amend", "1", "later", "--metadata", described(round_))
    return round_


def described(round_: Round, **fields: str | None) -> str:
    """Lyrania's description."""
    return round_.metadata(**{"source": "Lyrania", "title": "An hour more", **fields})


def effect(round_: Round, number: str, now: str = LATER) -> list[dict[str, str]]:
    """The entries of the newest version that the record has."""
    told = round_.does(SAM, now, "position", number, "support", "--for", "example-university", "--dry-run",
                       "--evidence", round_.letter())  # fmt: skip
    return list(told.data["events"][-1]["effect"])


def clean(round_: Round, now: str = "2024-10-01T10:00:00Z") -> None:
    """Everything can be recomputed from the record."""
    told = round_.says(now, "verify", code=None)
    assert told.code == 0, told.out + told.err


def agree(round_: Round, number: str, *days: str) -> str:
    """Call and declare it agreed on these days; the moment after it."""
    begun, ended, declared = days
    round_.does(CHO, f"{begun}T10:00:00Z", "call", number, "--until", ended)
    round_.does(CHO, f"{declared}T10:00:00Z", "declare", number, "agreed")
    return f"{declared}T12:00:00Z"


def test_an_amendment_is_about_the_text_of_the_contribution(tmp_path: Path) -> None:
    """Its change is from `nine` to `ten`; the same clause, the wording proposed as what it had."""
    round_ = amended(tmp_path / "r")
    (first,), (second,) = effect(round_, "1"), effect(round_, "2")
    assert second["id"] == first["id"]
    assert second["had"] == first["gets"]
    shown = round_.says(LATER, "diff", "2").out
    assert "nine" in shown
    assert "ten" in shown
    assert "evening;" not in shown
    said = round_.says(LATER, "status", "2").out
    assert "Contribution 2 amends contribution 1, which must be in the text first." in said
    why = round_.says(LATER, "why", "2", code=1).out
    assert "It amends contribution 1, which must be in the text first" in why
    assert "contribution 2 amends contribution 1" in round_.says(LATER, "conflicts").out.lower()
    clean(round_)


def test_it_comes_into_the_text_after_what_it_amends(tmp_path: Path) -> None:
    """Refused before; after it, it merges cleanly and the clause came from both."""
    round_ = amended(tmp_path / "r")
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    before = round_.refs()
    assert round_.does(SAM, DONE, "incorporate", "2", code=1).rules == ["requires-first"]
    assert round_.refs() == before
    round_.does(SAM, DONE, "incorporate", "1")
    now = agree(round_, "2", "2024-09-03", "2024-09-20", "2024-09-21")
    told = round_.does(SAM, now, "incorporate", "2")
    assert TEN in round_.repo.git("show", f"main:{OPINION}")
    clause = told.data["events"][-2]["effect"][0]["id"]
    steps = round_.says(now, "provenance", clause).out
    assert "ontribution 1" in steps
    assert "ontribution 2" in steps
    clean(round_)


def test_submit_says_it_in_the_description(tmp_path: Path) -> None:
    """`amends: 1` does the same; another number than the verb's is refused with its place."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("later", (NINE, TEN), start="refs/contributions/1/head")
    told = round_.does(LEV, LATER, "amend", "1", "later", "--metadata", described(round_, amends="7"), code=1)
    assert told.rules == ["amends-other"]
    assert "/amends" in str(told.data["findings"][0])
    round_.does(LEV, LATER, "submit", "later", "--metadata", described(round_, amends="1"))
    assert round_.does(LEV, LATER, "amend", "9", "later", "--metadata", described(round_), code=2).rules == [
        "contribution-unknown"
    ]
    clean(round_)


def test_it_must_be_written_on_that_text(tmp_path: Path) -> None:
    """A branch from the main branch is refused, with the name to begin from; nothing changes."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("beside", ("to open schools in the evening", TEN))
    before = round_.refs()
    told = round_.does(LEV, LATER, "amend", "1", "beside", "--metadata", described(round_), code=1)
    assert told.rules == ["amends-base"]
    assert "refs/contributions/1/head" in told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_what_is_over_is_not_amended(tmp_path: Path) -> None:
    """Withdrawn, or in the text: the change is proposed to the text itself."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("later", (NINE, TEN), start="refs/contributions/1/head")
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    told = round_.does(LEV, DONE, "amend", "1", "later", "--metadata", described(round_), code=1)
    assert told.rules == ["amends-incorporated"]


def test_an_amendment_of_what_was_withdrawn_says_what_its_source_can_do(tmp_path: Path) -> None:
    """It amends something that is off the table; a version on the text itself goes on."""
    round_ = amended(tmp_path / "r")
    round_.does(ANA, LATER, "withdraw", "1", "--reason", "We thought again.")
    why = round_.says(LATER, "why", "2", code=1).out
    assert "It amends contribution 1, which is off the table" in why
    assert "without `amends`" in why
    round_.rewords("afresh", ("to open schools in the evening", TEN))
    told = round_.does(LEV, LATER, "revise", "2", "--metadata", described(round_), code=1)
    assert told.rules == ["amends-text"]
    round_.does(LEV, LATER, "revise", "2", "afresh", "--metadata", described(round_))
    assert "off the table" not in round_.says(LATER, "why", "2", code=None).out
    agree(round_, "2", "2024-08-22", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "2")
    clean(round_)


def test_an_amendment_of_an_amendment(tmp_path: Path) -> None:
    """The same way once more: `nine` becomes `ten` becomes `eleven`, in that order."""
    round_ = amended(tmp_path / "r")
    round_.rewords("eleven", (TEN, "to open schools until eleven"), start="refs/contributions/2/head")
    round_.does(ANA, LATER, "amend", "2", "eleven", "--metadata", round_.metadata(title="Another hour"))
    (second,), (third,) = effect(round_, "2"), effect(round_, "3")
    assert (third["id"], third["had"]) == (second["id"], second["gets"])
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    assert effect(round_, "3", DONE) == [third]
    assert round_.does(SAM, DONE, "incorporate", "3", code=1).rules == ["requires-first"]
    now = agree(round_, "2", "2024-09-03", "2024-09-20", "2024-09-21")
    round_.does(SAM, now, "incorporate", "2")
    now = agree(round_, "3", "2024-09-22", "2024-10-10", "2024-10-11")
    round_.does(SAM, now, "incorporate", "3")
    assert "until eleven" in round_.repo.git("show", f"main:{OPINION}")
    clean(round_, "2024-11-01T10:00:00Z")


def test_what_came_in_beside_it_does_not_disturb_it(tmp_path: Path) -> None:
    """Another contribution comes into the text between the two, and one more after both."""
    round_ = amended(tmp_path / "r")
    for branch, words in (
        ("x", ("in the afternoon", "at noon")),
        ("y", ("share what they learn", "tell others")),
    ):
        round_.rewords(branch, words)
        round_.does(ANA, LATER, "submit", branch, "--metadata", round_.metadata(title=f"Words of {branch}"))
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    for number in ("3", "4"):
        agree(round_, number, "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    round_.does(SAM, DONE, "incorporate", "3")
    now = agree(round_, "2", "2024-09-03", "2024-09-20", "2024-09-21")
    round_.does(SAM, now, "incorporate", "2")
    round_.does(SAM, now, "incorporate", "4")
    text = round_.repo.git("show", f"main:{OPINION}")
    assert all(words in text for words in (TEN, "at noon", "tell others"))
    clean(round_)


def test_a_clause_that_was_added_and_reworded_keeps_its_id_for_the_amendment(tmp_path: Path) -> None:
    """Contribution 1 adds a clause and rewords it; 2 changes the addition. The agreed text has it under another id."""
    round_ = first_window(tmp_path / "r")
    added = (NINE + ";", NINE + ";\n3. to lend lamps to all who come;")
    round_.rewords("hours", added)
    round_.does(ANA, LATER, "revise", "1", "hours")
    round_.rewords("hours", ("to lend lamps to all who come", "to lend a lamp to everybody who comes"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    round_.rewords(
        "later", ("to everybody who comes", "to each child that comes"), start="refs/contributions/1/head"
    )
    round_.does(LEV, LATER, "amend", "1", "later", "--metadata", described(round_))
    (entry,) = effect(round_, "2")
    assert entry["id"] in {one["id"] for one in effect(round_, "1")}
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    assert effect(round_, "2", DONE) == [entry]
    now = agree(round_, "2", "2024-09-03", "2024-09-20", "2024-09-21")
    round_.does(SAM, now, "incorporate", "2")
    assert "to each child that comes" in round_.repo.git("show", f"main:{OPINION}")
    clean(round_)


def test_an_amendment_of_report_text_that_the_secretariat_put_there(tmp_path: Path) -> None:
    """By an act of the secretariat, both; the paragraph that was added and reworded is the same one all along."""
    round_ = first_window(tmp_path / "r")
    text = (round_.path / REPORT).read_text("utf-8")
    for words in (
        "A paragraph of many words that is added here.",
        "A paragraph of many words which is put here.",
    ):
        round_.proposes("report", {REPORT: f"{text}\n{words}\n"})
        if words.endswith("added here."):
            round_.does(ANA, LATER, "submit", "report", "--metadata", round_.metadata(title="A paragraph"))
    round_.does(ANA, LATER, "revise", "2", "report")
    added = text + "\nA paragraph of several words which is put here.\n"
    round_.proposes("fewer", {REPORT: added}, start="refs/contributions/2/head")
    round_.does(LEV, LATER, "amend", "2", "fewer", "--metadata", described(round_))
    (entry,) = effect(round_, "3")
    for number in ("2", "3"):
        round_.does(SAM, LATER, "incorporate", number, "--reason", "The meeting asked for it.")
    assert round_.repo.git("show", f"main:{REPORT}") == added.rstrip("\n")
    assert entry["had"] is not None
    clean(round_)


# --- taking it -----------------------------------------------------------------------------------------------


def test_the_source_takes_it_into_its_own_text(tmp_path: Path) -> None:
    """A new version with both changes; what was said of other clauses holds, and nothing of the amendment is left."""
    round_ = amended(tmp_path / "r", (NINE, TEN), ("share what they learn", "tell others what they learn"))
    round_.rewords("hours", ("in the afternoon", "at noon"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    told = round_.does(ANA, LATER, "revise", "1", "--take", "2")
    event = told.data["events"][-1]
    assert (event["took"], event["revision"]) == (2, 3)
    assert "contribution 2" in event["reason"]
    text = round_.repo.git("show", f"refs/contributions/1/head:{OPINION}")
    assert all(words in text for words in (TEN, "at noon", "tell others"))
    assert len(event["effect"]) == 3
    said = round_.says(LATER, "status", "2").out
    assert "The source of contribution 1 took it into its own text (version 3)" in said
    assert "accord dispose 2 superseded" in said
    round_.does(SAM, LATER, "dispose", "2", "superseded", "--reason", "It is in contribution 1.")
    agree(round_, "1", "2024-08-22", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    clean(round_)


def test_both_changed_the_same_words(tmp_path: Path) -> None:
    """Refused with what each wants there; the source decides with a version of its own."""
    round_ = amended(tmp_path / "r")
    round_.rewords("hours", (NINE, "to open schools until eleven"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    before = round_.refs()
    told = round_.does(ANA, LATER, "revise", "1", "--take", "2", code=1)
    assert told.rules == ["text-conflict"]
    said = told.data["findings"][0]["message"]
    assert "contribution 1 proposes" in said
    assert "eleven" in said
    assert "contribution 2 proposes" in said
    assert "ten" in said
    assert round_.refs() == before


def test_who_may_take_what(tmp_path: Path) -> None:
    """The source of the contribution; an amendment of it; once."""
    round_ = amended(tmp_path / "r")
    assert round_.does(LEV, LATER, "revise", "1", "--take", "2", code=2).rules == ["source-only"]
    assert round_.does(LEV, LATER, "revise", "2", "--take", "1", code=2).rules == ["take-no-amendment"]
    round_.does(SAM, LATER, "revise", "1", "--take", "2", "--reason", "Asked for by letter L 4.")
    assert round_.does(ANA, LATER, "revise", "1", "--take", "2", code=1).rules == ["revision-same"]
    clean(round_)
