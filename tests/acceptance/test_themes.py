"""The themes of an Opinion are those of the forum, wherever it is checked; no schema knows them."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.world import IN_W1, OPINION, SAM, TEXT, accord, bare_round, rehearsal

STRANGE = TEXT.replace("[digital-divides]", "[digital-divides, fishing]")


def test_a_theme_that_the_forum_does_not_have(tmp_path: Path) -> None:
    """Said with the nearest names, by `check` and by the gate of a draft."""
    round_ = rehearsal(tmp_path / "r")
    (round_.path / OPINION).write_text(STRANGE, "utf-8")
    told = accord("check", "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert (told.code, told.rules) == (1, ["theme-unknown"])

    round_.repo.commit({OPINION: STRANGE}, "A strange theme")
    told = round_.does(SAM, IN_W1, "cut", "draft-2", code=1)
    assert "theme-unknown" in told.rules


def test_a_theme_that_comes_with_the_forum_that_has_it(tmp_path: Path) -> None:
    """The process files checked together with an Opinion are those that count."""
    round_ = bare_round(tmp_path / "r")
    forum = (round_.path / "process/forum.yaml").read_text("utf-8")
    mark = "  - {id: cross-cutting"
    assert forum.count(mark) == 1
    (round_.path / "process/forum.yaml").write_text(
        forum.replace(mark, f"  - {{id: fishing, label: Fishing}}\n{mark}"), "utf-8"
    )
    (round_.path / OPINION).write_text(STRANGE, "utf-8")
    assert accord("check", "--repo", str(round_.path), "--now", IN_W1).code == 0
