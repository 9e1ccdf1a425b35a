"""Whichever contribution comes into the text first, the main branch reads the same, byte for byte."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, IN_W1, REPORT, SAM, Round, accord, rehearsal
from tests.conftest import Repo

NOW = "2024-08-21T10:00:00Z"
SECTION = """\
# Next steps

The Forum meets
in the spring, as [the plan][1] says.

1. Members prepare
   texts in time.
2. The secretariat
   reads them.

Then it ends.

[1]: https://example.org/plan
"""

COMPATIBLE: dict[str, list[tuple[tuple[str, str], ...]]] = {
    "different words of one clause": [
        (("The Forum", "The whole Forum"),),
        (("in the spring", "in the early spring"),),
        (("the plan", "the new plan"),),
    ],
    "one clause, typed in several ways": [
        (("Members prepare\n   texts", "All Members prepare texts"),),
        (("Members prepare\n   texts in time", "Members prepare\n   texts in good time"),),
        (("1. Members", "1.  Members"), ("   texts", "    texts"), ("reads them", "reads all of them")),
    ],
    "the same addition, and clauses taken away beside it": [
        (("   reads them.\n", "   reads them.\n3. Experts meet.\n"), ("1. Members", "1. All Members")),
        (("   reads them.\n", "   reads them.\n3. Experts\n   meet.\n"), ("The Forum", "The whole Forum")),
        (("\nThen it ends.\n", ""),),
    ],
    "a link, and what defines it": [
        (("[1]: https://example.org/plan\n", ""), ("as [the plan][1]", "so [the plan](https://example.org/plan)")),
        (("in the spring", "in the early spring"),),
        (("2. The secretariat\n   reads them.\n", ""),),
    ],
}  # fmt: skip


def table(folder: Path, changes: list[tuple[tuple[str, str], ...]]) -> Round:
    """A Report with one short section, and a contribution for each of the changes."""
    round_ = rehearsal(folder)
    round_.repo.commit({REPORT: SECTION}, "A short section")
    for number, edits in enumerate(changes, 1):
        text = SECTION
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        round_.proposes(f"wording-{number}", {REPORT: text})
        round_.does(ANA, IN_W1, "submit", f"wording-{number}", "--metadata", round_.metadata())
    return round_


def results(round_: Round, now: str = NOW) -> set[str]:
    """What `conflicts` says of those that meet."""
    told = accord("conflicts", "--repo", str(round_.path), "--now", now, "--format", "json")
    return {one["result"] for one in told.data["clauses"]}


@pytest.mark.parametrize("name", COMPATIBLE)
def test_every_order_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    """And nothing clashes that was not shown before."""
    round_ = table(tmp_path / "r", COMPATIBLE[name])
    assert results(round_) <= {"compatible"}
    texts = {}
    for order in permutations("123"):
        other = Round(Repo(tmp_path / "-".join(order)))
        shutil.copytree(round_.path, other.path, symlinks=True)
        for number in order:
            other.does(SAM, NOW, "incorporate", number, "--reason", "asked for by the meeting")
        texts[order] = (other.path / REPORT).read_bytes()
    assert len(set(texts.values())) == 1, texts


def test_what_is_not_an_incorporation_ends_the_row(tmp_path: Path) -> None:
    """A change by people in between stays as they typed it."""
    round_ = table(tmp_path / "r", COMPATIBLE["different words of one clause"])
    round_.does(SAM, NOW, "incorporate", "3", "--reason", "x")
    text = (round_.path / REPORT).read_text("utf-8").replace("Then it ends.", "Then  it\nends.")
    round_.repo.commit({REPORT: text}, "Typed anew")
    round_.does(SAM, NOW, "incorporate", "1", "--reason", "x")
    assert "Then  it\nends." in (round_.path / REPORT).read_text("utf-8")
    assert "The whole Forum" in (round_.path / REPORT).read_text("utf-8")


def test_alternatives_are_shown_before_the_call(tmp_path: Path) -> None:
    """Two that add at one place where a third takes a clause away: shown side by side, and said to the chair."""
    round_ = table(
        tmp_path / "r",
        [
            (("2. The secretariat\n   reads them.\n", "2. Experts meet.\n"),),
            (("   reads them.\n", "   reads them.\n3. Chairs meet.\n"),),
        ],
    )
    assert results(round_) == {"alternatives"}
    told = accord(
        "call", "1", "--until", "2024-08-30", "--repo", str(round_.path), "--as", CHO, "--now", NOW
    ).out
    assert "an alternative to it on the table: contribution 2" in told
    round_.does(SAM, NOW, "incorporate", "1", "--reason", "x")
    assert round_.does(SAM, NOW, "incorporate", "2", "--reason", "x", code=1).rules == ["text-conflict"]
    assert "Contribution 2 no longer fits" in round_.says(NOW, "conflicts").out
