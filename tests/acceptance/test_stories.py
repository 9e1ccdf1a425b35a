"""Random stories with every kind of act: `accord verify` and the script in `docs/` arrive at the same decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.cli.wiring import open_desk
from tests.acceptance.stories import END, story
from tests.acceptance.test_independent_check import checked, decisions
from tests.acceptance.world import accord

# Rules in force from the beginning, and those that later states of the text may bring.
RULES = {
    0: ("itu", "lazy"),
    1: ("lazy", "ietf-ballot"),
    2: ("ietf-ballot", "rust-fcp", "lazy"),
    3: ("rust-fcp", "itu"),
    4: ("lazy",),
}


@pytest.mark.parametrize("seed", RULES)
def test_both_arrive_at_the_same_decisions(tmp_path: Path, seed: int) -> None:
    """Declaration by declaration and outcome by outcome: what does not follow for one does not for the other."""
    folder = story(tmp_path / "r", seed, *RULES[seed]).path
    _, lines, text = checked(folder)
    told = accord("verify", "--repo", str(folder), "--now", END, "--format", "json")
    places = [one["place"] for one in told.data["findings"] if one["severity"] == "error" and one["place"]]
    wrong = {place["path"] for place in places if place["file"] == "record"}
    chronicle = open_desk(str(folder), END, "").chronicle()
    assert [(line.subject, line.seq, line.result) for line in lines] == decisions(chronicle)
    differing = [line for line in lines if line.follows == (f"event {line.seq}" in wrong)]
    assert differing == [], text
    assert len(lines) >= 40
    assert {line.follows for line in lines} == {True, False}
    assert "WRONG" not in text
