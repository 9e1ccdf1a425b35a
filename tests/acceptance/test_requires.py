"""`requires`: what a contribution builds on must be in the text before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.test_amending import agree, clean
from tests.acceptance.world import ANA, LEV, SAM, Round, accord, first_window

LATER = "2024-08-21T10:00:00Z"
DONE = "2024-09-02T10:00:00Z"


def building(folder: Path, requires: str | None = "[1]") -> Round:
    """Contribution 2 by Lyrania builds on contribution 1 by Arcadia."""
    round_ = first_window(folder)
    round_.rewords("share", ("to share what they learn", "to tell others what they learn"))
    round_.does(LEV, LATER, "submit", "share", "--metadata", described(round_, requires=requires))
    return round_


def described(round_: Round, **fields: str | None) -> str:
    return round_.metadata(**{"source": "Lyrania", "title": "Telling others", **fields})


@pytest.mark.parametrize(
    ("requires", "rule", "place"),
    [
        ("[1, 7]", "requires-unknown", "/requires/1"),
        ("[2]", "requires-itself", "/requires/0"),
    ],
)
def test_a_number_that_cannot_be_returns_it_for_correction(
    tmp_path: Path, requires: str, rule: str, place: str
) -> None:
    """With its place and the cure; corrected in time it keeps its time of receipt."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("share", ("to share what they learn", "to tell others what they learn"))
    told = round_.does(
        LEV, LATER, "submit", "share", "--metadata", described(round_, requires=requires), code=1
    )
    assert told.data["state"] == "returned"
    (finding,) = [one for one in told.data["findings"] if one["rule"] == rule]
    assert place in json.dumps(finding["place"])
    assert finding["fix"]
    assert "Its source corrects it" in round_.says(LATER, "status", "2").out
    # Another text with the same description is still to be corrected.
    round_.rewords("share", ("to tell others what they learn", "to tell everybody what they learn"))
    assert round_.does(LEV, LATER, "revise", "2", "share", code=1).data["state"] == "returned"
    round_.does(LEV, "2024-08-24T10:00:00Z", "revise", "2", "--metadata", described(round_, requires="[1]"))
    found = round_.status("2", "2024-08-24T11:00:00Z")
    assert found["state"] == "open"
    clean(round_)


def test_a_circle_is_returned(tmp_path: Path) -> None:
    """Each would wait for the other, whoever said it first; also by an amendment in between."""
    round_ = building(tmp_path / "r")
    circle = round_.does(ANA, LATER, "revise", "1", "--metadata", round_.metadata(requires="[2]"), code=1)
    assert "requires-circle" in circle.rules
    said = next(one for one in circle.data["findings"] if one["rule"] == "requires-circle")
    assert "1 builds on 2 builds on 1" in said["message"]
    round_.rewords("more", ("until nine", "until ten"), start="refs/contributions/1/head")
    round_.does(LEV, LATER, "amend", "1", "more", "--metadata", described(round_))
    told = round_.does(ANA, LATER, "revise", "1", "--metadata", round_.metadata(requires="[3]"), code=1)
    assert "requires-circle" in told.rules
    clean(round_)


def test_it_may_build_on_a_later_one(tmp_path: Path) -> None:
    """A later version of 1 builds on 2: then 2 comes first."""
    round_ = building(tmp_path / "r", requires=None)
    round_.does(ANA, LATER, "revise", "1", "--metadata", round_.metadata(requires="[2]"))
    assert "builds on contribution 2" in round_.says(LATER, "status", "1").out
    agree(round_, "2", "2024-08-21", "2024-08-30", "2024-09-01")
    assert "which must be in the text first" in round_.says(DONE, "why", "1", code=1).out
    round_.does(SAM, DONE, "incorporate", "2")
    now = agree(round_, "1", "2024-09-03", "2024-09-20", "2024-09-21")
    round_.does(SAM, now, "incorporate", "1")
    clean(round_)


def test_it_is_said_where_one_looks(tmp_path: Path) -> None:
    """In status, why and conflicts; in JSON too."""
    round_ = building(tmp_path / "r")
    sentence = "Contribution 2 builds on contribution 1, which must be in the text first."
    assert sentence in round_.says(LATER, "status", "2").out
    assert (
        "It builds on contribution 1, which must be in the text first"
        in round_.says(LATER, "why", "2", code=1).out
    )
    assert sentence in round_.says(LATER, "conflicts").out
    told = accord("conflicts", "--repo", str(round_.path), "--now", LATER, "--format", "json")
    assert told.data["builds_on"] == {"2": [1]}
    found = round_.status("2", LATER)
    assert (found["requires"], found["amends"], found["split_from"]) == ([1], None, None)


def test_the_wrong_order_is_refused(tmp_path: Path) -> None:
    """It is not declared before, and not incorporated by an act of the secretariat either; nothing moves."""
    round_ = building(tmp_path / "r")
    before = round_.refs()
    told = round_.does(SAM, LATER, "incorporate", "2", "--reason", "Sooner.", code=1)
    assert told.rules == ["requires-first"]
    assert "Incorporate contribution 1 first" in told.data["findings"][0]["fix"]
    assert round_.refs() == before
    agree(round_, "1", "2024-08-21", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "1")
    assert "which is in the text" in round_.says(DONE, "status", "2").out
    now = agree(round_, "2", "2024-09-03", "2024-09-20", "2024-09-21")
    round_.does(SAM, now, "incorporate", "2")
    clean(round_)


def test_what_it_builds_on_was_withdrawn(tmp_path: Path) -> None:
    """Then its source does without it."""
    round_ = building(tmp_path / "r")
    round_.does(ANA, LATER, "withdraw", "1")
    assert "which is off the table" in round_.says(LATER, "why", "2", code=1).out
    told = round_.does(SAM, LATER, "incorporate", "2", "--reason", "Sooner.", code=1)
    assert "is off the table" in told.data["findings"][0]["message"]
    round_.does(LEV, LATER, "revise", "2", "--metadata", described(round_))
    agree(round_, "2", "2024-08-22", "2024-08-30", "2024-09-01")
    round_.does(SAM, DONE, "incorporate", "2")
    clean(round_)
