"""`position WORD`: what can be said is data of the rules in force; words read as an objection (C4, C6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, IN_W1, LEV, MIA, SAM, SOL, first_window, under

SAID, LATER, END = "2024-08-21T10:00:00Z", "2024-08-22T10:00:00Z", "2024-08-23T10:00:00Z"
PROSE = ("object", "--for", "lyrania", "--words", "we can not live with this")


def test_the_words_of_the_ballot(tmp_path: Path) -> None:
    """C4. What an entity said is kept and shown by the name the rules give it; its meaning is what counts."""
    round_ = under("ietf-ballot", tmp_path / "r")
    event = round_.does(LEV, SAID, "position", "1", "yes", "--for", "lyrania").data["events"][-1]
    assert (event["stance"], event["said"]) == ("support", "yes")
    told = round_.does(
        MIA, SAID, "position", "1", "discuss", "--for", "example-university", "--reason", "Who pays?"
    )
    assert "experts nominated by Example University (invented) say Discuss" in told.data["summary"]
    assert (told.data["events"][-1]["stance"], told.data["events"][-1]["objection"]) == ("object", "1-o1")
    abstained = round_.does(SOL, SAID, "position", "1", "abstain", "--for", "example-telecom")
    assert "said" not in abstained.data["events"][-1] or not abstained.data["events"][-1]["said"]
    round_.does(SOL, LATER, "position", "1", "recuse", "--for", "example-telecom")

    text = round_.says(END, "status", "1").out
    assert "experts nominated by Lyrania (invented) (Member State): Yes on the text as it reads" in text
    assert "Discuss on the text as it reads" in text
    assert "Recuse on the text as it reads; recused, so that the rules do not ask it" in text
    assert "1-o1 (Discuss): experts nominated by Example University (invented)" in text
    assert "Objection 1-o1 (Discuss) of" in round_.says(END, "why", "1", code=1).out
    by_entity = {one["entity"]: one for one in round_.status("1", END)["positions"]}
    assert by_entity["lyrania"]["said"] == ["Yes"]
    assert by_entity["example-telecom"]["recused"] is True


def test_a_word_that_the_rules_do_not_know(tmp_path: Path) -> None:
    """Refused with the nearest and with all of them; the words of `itu` are none of the ballot's."""
    ballot, itu = under("ietf-ballot", tmp_path / "b"), first_window(tmp_path / "i")
    before = ballot.refs()
    told = ballot.does(LEV, SAID, "position", "1", "discus", "--for", "lyrania", code=2)
    assert told.rules == ["position-unknown"]
    assert told.data["findings"][0]["message"] == (
        "The rules in force (ietf-ballot) have no position `discus` (C4)."
    )
    assert told.data["findings"][0]["fix"] == (
        "Did you mean `discuss`? One can say: `yes` (Yes), `no-objection` (No Objection), `abstain` (Abstain), "
        "`recuse` (Recuse), `discuss` (Discuss)."
    )
    assert ballot.does(LEV, SAID, "position", "1", "reserve", "--for", "lyrania", code=2).rules == [
        "position-unknown"
    ]
    told = itu.does(LEV, SAID, "position", "1", "discuss", "--for", "lyrania", code=2)
    assert told.data["findings"][0]["fix"] == (
        "One can say: `support`, `accept`, `abstain`, `reserve`, `object`."
    )
    assert ballot.refs() == before


def test_the_rules_at_receipt_say_which_words_there_are(tmp_path: Path) -> None:
    """A letter that came under the earlier rules is entered with the words of then."""
    round_ = under("ietf-ballot", tmp_path / "r", since=SAID)
    letter = ("--for", "lyrania", "--registry", "L 1", "--received", "2024-08-20T12:00:00Z")
    assert round_.does(SAM, LATER, "position", "1", "yes", *letter, code=2).rules == ["position-unknown"]
    round_.does(SAM, LATER, "position", "1", "reserve", *letter)
    round_.does(LEV, LATER, "position", "1", "yes", "--for", "lyrania")


def test_words_read_as_an_objection_withhold_until_they_are_cleared_up(tmp_path: Path) -> None:
    """C6. Entered by the secretariat with evidence; its experts confirm it, or withdraw it."""
    round_ = first_window(tmp_path / "r")
    told = round_.does(SAM, SAID, "position", "1", *PROSE, "--registry", "Mail 3")
    assert "are read as objecting in the words “we can not live with this”" in told.data["summary"]
    assert told.data["events"][-1]["words"] == "we can not live with this"
    (objection,) = round_.status("1", SAID)["objections"]
    assert (objection["stands"], objection["confirmed"]) == (True, False)
    why = round_.says(SAID, "why", "1", code=1).out
    assert "was read in the words “we can not live with this” and stands until it is cleared up" in why
    assert "not yet cleared up" in round_.says(SAID, "status", "1").out

    round_.does(LEV, LATER, "confirm", "1-o1", "--for", "lyrania")
    (objection,) = round_.status("1", LATER)["objections"]
    assert (objection["stands"], objection["confirmed"]) == (True, True)
    assert "since confirmed; stands" in round_.says(LATER, "status", "1").out
    round_.does(LEV, END, "withdraw", "1-o1", "--reason", "Now I can.")
    assert not round_.status("1", END)["objections"][0]["stands"]
    assert round_.says(END, "verify").code == 0


def test_confirming_the_entry_clears_the_words_up_too(tmp_path: Path) -> None:
    """`confirm 1` confirms everything that was entered for the entity."""
    round_ = first_window(tmp_path / "r")
    round_.does(SAM, SAID, "position", "1", *PROSE, "--registry", "Mail 3")
    round_.does(LEV, LATER, "confirm", "1", "--for", "lyrania")
    assert round_.status("1", LATER)["objections"][0]["confirmed"] is True


def test_words_are_a_reason_where_the_rules_ask_for_one(tmp_path: Path) -> None:
    """C6. Under rules in which an objection without a reason does not stand, words read as one stand all the same."""
    round_ = under("lazy", tmp_path / "r")
    round_.does(SAM, SAID, "position", "1", *PROSE, "--registry", "Mail 3")
    assert round_.status("1", SAID)["objections"][0]["stands"] is True


@pytest.mark.parametrize(
    ("who", "words", "rule"),
    [
        (SAM, PROSE, "evidence-missing"),
        (LEV, PROSE, "words-own"),
        (CHO, PROSE, "expert-missing"),
        (SAM, ("support", *PROSE[1:], "--registry", "Mail 3"), "words-no-objection"),
    ],
)
def test_words_that_cannot_be_entered(tmp_path: Path, who: str, words: tuple[str, ...], rule: str) -> None:
    """By the secretariat, with evidence, as an objection; nothing is recorded else."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, SAID, "position", "1", *words, code=2)
    assert told.rules == [rule]
    assert told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_a_named_co_signer_is_told_how_to_sign(tmp_path: Path) -> None:
    """C3. It holds no position before it has itself signed, or declined to."""
    round_ = first_window(tmp_path / "r")
    round_.does(ANA, IN_W1, "revise", "1", "--metadata", round_.metadata(cosigners="[Lyrania]"))
    told = round_.does(LEV, SAID, "position", "1", "support", "--for", "lyrania", code=1)
    assert told.rules == ["position-of-source"]
    assert "`accord cosign 1 --for lyrania`" in told.data["findings"][0]["fix"]
