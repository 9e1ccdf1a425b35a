"""What comes into the text is what was declared, or what an act of the secretariat answers for (C1, C13)."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.world import ANA, CHO, LEV, OPINION, REPORT, SAM, TEXT, Round, accord, rehearsal

T0, T1, T3 = "2024-08-06T10:00:00Z", "2024-08-07T10:00:00Z", "2024-08-16T10:00:00Z"
END, LATER, AGAIN = "2024-08-15", "2024-08-17T10:00:00Z", "2024-08-27"
ITEM = "that lighthouses have power and a connection;"


def two(folder: Path, file: str, text: str, *, first: str, second: str) -> Round:
    """Contributions 1 by Arcadia and 2 by Lyrania, each with one word of the same clause."""
    round_ = rehearsal(folder)
    for who, source, branch, new in ((ANA, "Arcadia", "one", first), (LEV, "Lyrania", "two", second)):
        round_.proposes(branch, {file: text.replace(ITEM, new)})
        round_.does(who, T0, "submit", branch, "--metadata", round_.metadata(source=source))
    return round_


def test_words_of_two_put_together_in_the_report_are_answered_for(tmp_path: Path) -> None:
    """The secretariat's act names what it brought; nobody has to regularise it."""
    round_ = rehearsal(tmp_path / "round")
    text = (round_.path / REPORT).read_text()
    line = next(one for one in text.splitlines() if len(one) > 80 and one[0].isalpha())
    for who, source, branch, new in (
        (ANA, "Arcadia", "one", line.replace(" ", " early ", 1)),
        (LEV, "Lyrania", "two", line[:-1] + " today" + line[-1]),
    ):
        round_.proposes(branch, {REPORT: text.replace(line, new)})
        round_.does(who, T0, "submit", branch, "--metadata", round_.metadata(source=source))
    for number in ("1", "2"):
        round_.does(SAM, T1, "incorporate", number, "--reason", "discussed")
    merged = (round_.repo.git("show", f"main:{REPORT}")).splitlines()
    assert any(" early " in one and " today" in one for one in merged)
    assert accord("verify", "--repo", str(round_.path), "--now", LATER).code == 0


def test_a_call_is_refused_on_a_text_that_would_say_what_nobody_proposed(tmp_path: Path) -> None:
    """Contribution 1 is in the text; contribution 2 changes another word of the same clause as it read before."""
    round_ = two(
        tmp_path / "round", OPINION, TEXT,
        first=ITEM.replace("lighthouses", "all lighthouses"),
        second=ITEM.replace("connection", "fast connection"),
    )  # fmt: skip
    round_.does(CHO, T1, "call", "1", "--until", END)
    round_.does(CHO, T3, "declare", "1", "agreed")
    round_.does(SAM, T3, "incorporate", "1")
    told = round_.does(CHO, T3, "call", "2", "--until", AGAIN, code=1)
    assert told.rules == ["text-older"]

    # Its source writes on the text as it reads, and it can be called on, agreed and incorporated.
    now = round_.repo.git("show", f"main:{OPINION}") + "\n"
    round_.proposes("newer", {OPINION: now.replace("a connection", "a fast connection")})
    round_.does(LEV, LATER, "revise", "2", "newer")
    round_.does(CHO, LATER, "call", "2", "--until", AGAIN)
    round_.does(CHO, "2024-08-28T10:00:00Z", "declare", "2", "agreed")
    round_.does(SAM, "2024-08-28T10:00:00Z", "incorporate", "2")
    assert "all lighthouses have power and a fast connection" in round_.repo.git("show", f"main:{OPINION}")
    assert accord("verify", "--repo", str(round_.path), "--now", "2024-08-28T10:00:00Z").code == 0


def test_agreed_before_the_other_came_in_it_is_open_again(tmp_path: Path) -> None:
    """C9. What was agreed was another sentence; it is not put together with the other behind people's backs."""
    round_ = two(
        tmp_path / "round", OPINION, TEXT,
        first=ITEM.replace("lighthouses", "all lighthouses"),
        second=ITEM.replace("connection", "fast connection"),
    )  # fmt: skip
    for number in ("1", "2"):
        round_.does(CHO, T1, "call", number, "--until", END)
        round_.does(CHO, T3, "declare", number, "agreed")
    round_.does(SAM, T3, "incorporate", "1")
    assert round_.state("2", T3) == "reopened"
    told = round_.does(SAM, T3, "incorporate", "2", code=1)
    assert told.rules == ["incorporate-not-agreed"] * len(told.rules)
    assert accord("verify", "--repo", str(round_.path), "--now", T3).code == 0
