"""`now --rules`: what a preset means, in sentences a person can read and hold the tool to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.acceptance.world import ROOT, accord, rehearsal

GOLDEN = Path(__file__).with_name("golden_rules.txt")
PRESETS = ("itu", "ietf-ballot", "rust-fcp", "lazy")
AT = ("--now", "2024-11-04", "--repo", str(ROOT))


def test_the_shipped_presets_in_sentences() -> None:
    """Held against a page that people read; `ACCORD_WRITE_GOLDEN=1` writes it anew."""
    found = "\n".join(accord("now", "--rules", preset, *AT).out for preset in PRESETS)
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8")


def test_without_a_name_it_is_the_rules_in_force() -> None:
    """Here those of `itu`."""
    assert accord("now", "--rules", *AT).out == accord("now", "--rules", "itu", *AT).out


def test_an_unknown_preset_is_refused_with_the_nearest() -> None:
    """Exit code 2: nothing was looked at."""
    told = accord("now", "--rules", "rust", *AT)
    assert told.code == 2
    assert "Did you mean `rust-fcp`?" in told.err


NEW = """\
  quiet-village:
    gates: [opinions]
    withholding_categories: [member-state]
    positions:
      aye: {means: support, label: Aye}
      can-live-with-it: {means: accept, label: can live with it}
      nay: {means: object, label: Nay}
    objection_needs_reason: true
    minimum_call_days: 1
    call_required: true
    change_in_call: refuse
    objections_may_lapse: true
    lapse_days: 3
    set_aside_allowed: false
    rough_allowed: false
    needs_support: 2
    supporting_positions: [support]
    may_be_silent: 4
    breadth_categories: 0
    breadth_entities: 3
    correction_days: 7
    new_opinion_cutoff: strict
    public_outside_consultation: hold
"""


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A copy in which a new forum wrote its own rules, in YAML and nowhere else."""
    round_ = rehearsal(tmp_path / "village")
    file = round_.path / "process/consensus.yaml"
    file.write_text(file.read_text().replace("use: itu", "use: quiet-village") + NEW)
    round_.repo.git("commit", "-qam", "Our own rules")
    return round_.path


def test_a_new_forum_writes_its_rule_in_yaml(village: Path) -> None:
    """No code is touched, and the sentences are about its own words and numbers."""
    out = accord("now", "--rules", "--repo", str(village), "--now", "2024-08-20").out
    assert "What can be said: Aye, can live with it and Nay." in out
    assert "One “Nay” with a reason withholds consensus." in out
    assert "2 entities must have said “Aye” of the text as it reads." in out
    assert "at most 4 may have said nothing" in out
    assert "No change of the text is taken during the call." in out
    assert "its owner does not answer a recorded request within 3 days" in out


BROKEN = [
    ("{means: support, label: Aye}", "{means: suport, label: Aye}", "/positions/aye/means"),
    ("nay: {means: object, label: Nay}", "nay: {means: abstain, label: Nay}", "rules-no-objection"),
    ("may_be_silent: 4", "may_be_silent: some", "may_be_silent"),
    ("lapse_days: 3", "lapse_days: 0", "rules-lapse"),
    ("breadth_entities: 3", "breadth_entities: 3\n    needs_share: 3/2", "is no share of those asked"),
    ("breadth_entities: 3", "breadth_entities: 3\n    needs_share: most", "Write a share"),
]


@pytest.mark.parametrize(("old", "new", "named"), BROKEN, ids=[row[2] for row in BROKEN])
def test_rules_that_make_no_sense_are_refused_with_place_and_fix(
    village: Path, old: str, new: str, named: str
) -> None:
    """Found by `check`, before anybody is judged by them."""
    file = village / "process/consensus.yaml"
    file.write_text(file.read_text().replace(old, new))
    told = accord("check", str(file), "--repo", str(village))
    assert told.code == 1
    assert named in told.out + told.err
