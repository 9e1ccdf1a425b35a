"""Random stories with every kind of act: `accord verify` and the script in `docs/` arrive at the same decisions.

They must also give the same reasons, so that a decision that is wrong for two reasons does not hide a third.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from accord.cli.wiring import open_desk
from accord.domain.record.events import Declared
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
    5: ("mixed", "itu"),
    6: ("mixed",),
    7: ("mixed", "lazy"),
}

# What was missing, in the words of the script and by the keys of `verify`; support is counted in several ways.
_WORDS = {
    "there was no call": "no-call",
    "the call ran until": "call-runs",
    "which voids it": "call-void",
    "the text is not the one the call was about": "text-changed",
    "on which it builds, is not in the text": "builds",
    " stands (C6)": "objection",
    "entities support it": "support",
    "categories (C8)": "breadth-categories",
    "said nothing": "silent",
}
_KEYS = {
    "requires": "builds",
    "amends": "builds",
    "requires-over": "builds",
    "amends-over": "builds",
    "objection-orphaned": "objection",
    "share": "support",
    "breadth-entities": "support",
}
_MISSING = re.compile(r"not ready: (.*)\.")


def said_by_the_script(why: str) -> Counter[str]:
    """What was missing, as often as it was."""
    parts = why.split("; ")
    return Counter(key for part in parts for words, key in _WORDS.items() if words in part)


def said_by_verify(messages: list[str]) -> Counter[str]:
    """The same; support that is missing in two ways is said once."""
    found = [match for match in map(_MISSING.search, messages) if match]
    keys = [one.partition(" (")[0] for match in found for one in match[1].split(", ")]
    counted = Counter(_KEYS.get(key, key) for key in keys)
    return Counter({key: min(number, 1) if key == "support" else number for key, number in counted.items()})


@pytest.mark.parametrize("seed", RULES)
def test_both_arrive_at_the_same_decisions(tmp_path: Path, seed: int) -> None:
    """Declaration by declaration and outcome by outcome: what does not follow for one does not for the other."""
    folder = story(tmp_path / "r", seed, *RULES[seed]).path
    _, lines, text = checked(folder)
    told = accord("verify", "--repo", str(folder), "--now", END, "--format", "json")
    wrong: dict[int, list[str]] = defaultdict(list)
    for one in told.data["findings"]:
        place = one["place"]
        if one["severity"] == "error" and place and place["file"] == "record":
            wrong[int(place["path"].removeprefix("event "))].append(one["message"])
    chronicle = open_desk(str(folder), END, "").chronicle()
    assert [(line.subject, line.seq, line.result) for line in lines] == decisions(chronicle)
    rough = {one.seq for one in chronicle.everything() if isinstance(one, Declared) and one.rough}
    for line in lines:
        assert line.follows != (line.seq in wrong), f"{line}\n{wrong[line.seq]}"
        if line.seq not in rough:  # then what people said is not told
            assert said_by_the_script(line.why) == said_by_verify(wrong[line.seq]), (
                f"{line}\n{wrong[line.seq]}"
            )
    assert {line.follows for line in lines} == {True, False}
    assert "WRONG" not in text
