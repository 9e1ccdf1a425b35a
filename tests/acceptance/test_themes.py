"""The themes of an Opinion are those of the forum, wherever it is checked; no schema knows them."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.world import ANA, IN_W1, OPINION, SAM, TEXT, accord, bare_round, rehearsal

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


def test_whom_an_opinion_is_for_is_the_forums(tmp_path: Path) -> None:
    """R5. Another addressee is pointed out where the forum names some, by `check` and at the door; it stops nothing."""
    round_ = rehearsal(tmp_path / "r")
    lighthouses = TEXT.replace("*invites Member States*", "*invites lighthouses*")
    (round_.path / OPINION).write_text(lighthouses, "utf-8")
    told = accord("check", "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert (told.code, told.rules) == (0, ["wording-addressee"])
    round_.repo.git("checkout", "--quiet", OPINION)

    def admitted(branch: str) -> str:
        round_.rewords(branch, ("invites Member States", "invites lighthouses"))
        done = round_.does(ANA, IN_W1, "submit", branch, "--metadata", round_.metadata())
        return accord("check", str(done.data["number"]), "--repo", str(round_.path), "--now", IN_W1).err

    assert "wording-addressee" in admitted("one")
    forum = (round_.path / "process/forum.yaml").read_text("utf-8")
    line = "opinion_readers: [Member States, Sector Members, relevant ITU meetings]"
    assert forum.count(line) == 1
    round_.repo.commit({"process/forum.yaml": forum.replace(line, "opinion_readers: []")}, "For anybody")
    assert "wording-addressee" not in admitted("two")


def test_a_word_that_is_none_of_the_forum_is_shown_where_it_stands(tmp_path: Path) -> None:
    """With the line of the file, as every other mistake of a description."""
    round_ = rehearsal(tmp_path / "r")
    file = round_.metadata(category="member-sate", themes="[digital-divides, fishing]")
    told = accord("check", file, "--repo", str(round_.path), "--now", IN_W1)
    assert told.code == 1
    assert f"{file}:1:11: /category: error: `member-sate` is no category of this forum (R9)." in told.err
    assert "Did you mean `member-state`?" in told.err
    assert f"{file}:5:27: /themes/1: error: `fishing`" in told.err
