"""`cosign`, and `confirm` of one entered by letter: who signs a contribution with its source (C3, C14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, IN_W1, LEV, MIA, SAM, Round, agreed, first_window

SIGNED, LATER, END = "2024-08-21T10:00:00Z", "2024-08-22T10:00:00Z", "2024-08-23T10:00:00Z"


def named(folder: Path) -> Round:
    """Contribution 1 names Lyrania as a co-signer."""
    round_ = first_window(folder)
    round_.does(ANA, IN_W1, "revise", "1", "--metadata", round_.metadata(cosigners="[Lyrania]"))
    return round_


def cosigns(
    round_: Round, who: str, now: str, *words: str, entity: str = "lyrania", code: int = 0
) -> list[str]:
    """The rules of what was found."""
    return round_.does(who, now, "cosign", "1", "--for", entity, *words, code=code).rules


def test_a_named_co_signer_signs(tmp_path: Path) -> None:
    """From then on it supports the text that it signed, and says so wherever co-signers are shown."""
    round_ = named(tmp_path / "r")
    said = "Named as co-signers: Lyrania (invented) (has not itself confirmed)."
    assert said in round_.says(SIGNED, "status", "1").out
    told = round_.does(LEV, SIGNED, "cosign", "1", "--for", "Lyrania")
    assert told.data["summary"] == "contribution 1: Lyrania (invented) signs it with its source"
    text = round_.says(SIGNED, "status", "1").out
    assert "Named as co-signers: Lyrania (invented)." in text
    assert "supports on the text as it reads; signed as co-signer" in text
    (voice,) = round_.status("1", SIGNED)["positions"]
    assert (voice["entity"], voice["cosigner"], voice["counts"]) == ("lyrania", True, True)
    assert "lyrania signed it with the source" in round_.events("1", SIGNED)
    round_.does(LEV, LATER, "position", "1", "reserve", "--for", "lyrania", "--reason", "Costs.")
    assert round_.says(END, "verify").code == 0


def test_anybody_on_the_list_signs_and_a_later_text_asks_again(tmp_path: Path) -> None:
    """One that was not named signs too; the same twice is refused kindly, and a changed text is signed anew."""
    round_ = first_window(tmp_path / "r")
    cosigns(round_, MIA, SIGNED, entity="example-university")
    told = round_.does(MIA, LATER, "cosign", "1", "--for", "example-university", code=1)
    assert told.rules == ["cosign-again"]
    assert "signed contribution 1 on" in told.data["findings"][0]["message"]
    assert told.data["findings"][0]["fix"] == "Nothing is left to do."
    round_.rewords("hours", ("until nine", "until ten"))
    round_.does(ANA, LATER, "revise", "1", "hours")
    assert "(outdated)" in round_.says(LATER, "status", "1").out
    cosigns(round_, MIA, END, entity="example-university")
    assert "(outdated)" not in round_.says(END, "status", "1").out


def test_declining(tmp_path: Path) -> None:
    """One that was named says no, and is then an entity like any other."""
    round_ = named(tmp_path / "r")
    cosigns(round_, LEV, SIGNED, "--decline", "--reason", "Nobody asked us.")
    assert "lyrania did not sign it — Nobody asked us." in round_.events("1", SIGNED)
    assert cosigns(round_, LEV, LATER, "--decline", code=1) == ["cosign-again"]
    round_.does(LEV, LATER, "position", "1", "support", "--for", "lyrania")
    assert round_.status("1", LATER)["positions"][0]["cosigner"] is False


def test_a_signature_by_letter_waits_for_its_expert(tmp_path: Path) -> None:
    """C14. The secretariat enters it with evidence; it counts once the entity's own expert confirms it."""
    round_ = named(tmp_path / "r")
    cosigns(
        round_,
        SAM,
        SIGNED,
        "--evidence",
        round_.letter(),
        "--registry",
        "L 7",
        "--received",
        "2024-08-20T12:00:00Z",
    )
    assert round_.status("1", SIGNED)["positions"] == []
    told = round_.does(SAM, LATER, "cosign", "1", "--for", "lyrania", "--registry", "L 8", code=1)
    assert told.rules == ["cosign-again"]
    assert "`accord confirm 1 --for lyrania`" in told.data["findings"][0]["fix"]
    assert round_.does(MIA, LATER, "confirm", "1", "--for", "lyrania", code=2).rules == ["expert-missing"]
    round_.does(LEV, LATER, "confirm", "1", "--for", "lyrania")
    assert round_.status("1", LATER)["positions"][0]["cosigner"] is True
    assert round_.does(LEV, END, "confirm", "1", "--for", "lyrania", code=1).rules == ["confirm-nothing"]
    assert round_.says(END, "verify").code == 0


@pytest.mark.parametrize(
    ("who", "words", "rule", "code"),
    [
        (ANA, ["1", "--for", "arcadia"], "cosign-source", 1),
        (MIA, ["1", "--for", "lyrania"], "expert-missing", 2),
        (CHO, ["1", "--for", "lyrania"], "expert-missing", 2),
        (SAM, ["1", "--for", "lyrania"], "evidence-missing", 2),
        (LEV, ["1", "--for", "lyranja"], "entity-unknown", 2),
        (LEV, ["1", "--for", "lyrania", "--decline"], "cosign-nothing", 1),
        (LEV, ["1", "--for", "lyrania", "--received", "2024-08-20"], "registry-only", 2),
        (LEV, ["access", "--for", "lyrania"], "cosign-opinion", 2),
        (LEV, ["9", "--for", "lyrania"], "contribution-unknown", 2),
    ],
)
def test_a_signature_that_cannot_be(tmp_path: Path, who: str, words: list[str], rule: str, code: int) -> None:
    """Each with a way out; nothing is recorded."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, SIGNED, "cosign", *words, code=code)
    assert told.rules == [rule]
    assert told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_what_is_in_the_text_is_not_signed_any_more(tmp_path: Path) -> None:
    """Nor what is over."""
    round_ = first_window(tmp_path / "r")
    now = agreed(round_)
    round_.does(SAM, now, "incorporate", "1")
    assert cosigns(round_, LEV, now, code=1) in (["contribution-incorporated"], ["contribution-over"])
