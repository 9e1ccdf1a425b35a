"""`replay`: a file of histories or an archive on the command line, with its exit codes and what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.world import accord, bare_round
from tests.domain.replay.histories import NO, OK, OLD, archive, line, pull, review, said


@pytest.fixture
def repo(tmp_path: Path) -> str:
    """A repository with the presets of this project."""
    return str(bare_round(tmp_path / "r").path)


def written(folder: Path, value: object) -> str:
    """A file of histories, or an archive."""
    path = folder / "histories"
    if isinstance(value, dict):
        path.write_text(json.dumps(value, indent=2), "utf-8")
    else:
        assert isinstance(value, list)
        path.write_text("".join(json.dumps(one) + "\n" for one in value), "utf-8")
    return str(path)


@pytest.mark.parametrize("preset", ["itu", "ietf-ballot", "rust-fcp", "lazy"])
def test_every_preset_answers(repo: str, tmp_path: Path, preset: str) -> None:
    """Whatever it asks for, an objection withholds readiness, and one approval by the only one asked is enough."""
    file = written(tmp_path, [line(said(2, "p02", NO), pr=1), line(said(2, "p02", OK), pr=2)])
    told = accord("replay", file, "--rules", preset, "--repo", repo)
    assert told.code == 0
    assert "≠ #1     merged on 2021-03-09; the rules would have waited: an objection by p02 stood" in told.out
    assert "= #2     merged on 2021-03-09; nothing stood in the way" in told.out
    assert f"2 histories under the rules `{preset}`." in told.out


def test_an_archive_is_recognised_run_and_converted(repo: str, tmp_path: Path) -> None:
    """And the converted file gives the same answers."""
    file = written(tmp_path, archive(pull(4, review(2, "ned", OK, OLD)), pull(5, review(2, "nell", NO))))
    copy = tmp_path / "positions.jsonl"
    told = accord("replay", file, "--convert", str(copy), "--list", "--repo", repo, "--rules", "rust-fcp")
    assert told.code == 0
    assert "#5 at bbbbbbb: p03 asked for changes on bbbbbbb 2021-03-02 12:00:00" in told.out
    assert "ned" not in copy.read_text("utf-8")
    again = accord("replay", str(copy), "--list", "--repo", repo, "--rules", "rust-fcp")
    assert again.out.strip() == told.out.split("\n\nLeft out:")[0].strip()


def test_names_are_shown_only_when_asked_for(repo: str, tmp_path: Path) -> None:
    """Nobody is named by default."""
    file = written(tmp_path, archive(pull(5, review(2, "nell", NO))))
    assert "an objection by p02 stood" in accord("replay", file, "--repo", repo).out
    assert "an objection by nell stood" in accord("replay", file, "--repo", repo, "--names").out


def test_an_approval_that_replaces_and_a_call(repo: str, tmp_path: Path) -> None:
    """The two other ways of reading an archive."""
    file = written(tmp_path, [line(said(2, "p02", NO), said(3, "p02", OK), merged="2021-03-04T12:00:00Z")])
    replaced = accord("replay", file, "--approval-replaces", "--repo", repo).out
    assert "nothing stood in the way" in replaced
    assert "the call still ran" in accord("replay", file, "--calls", "--repo", repo).out


def test_what_cannot_be_read_is_told_and_the_rest_is_run(repo: str, tmp_path: Path) -> None:
    """Exit code 1, with the report."""
    file = written(tmp_path, [line(pr=1), {"pr": 2}, line(pr=3)])
    told = accord("replay", file, "--repo", repo, "--format", "json")
    assert told.code == 1
    assert [one["pr"] for one in told.data["histories"]] == [1, 3]
    assert told.data["left_out"] == {"malformed": 1}
    assert told.rules == ["trace-malformed"]


def test_a_preset_that_is_not_there_is_a_mistake_of_usage(repo: str, tmp_path: Path) -> None:
    """Exit code 2."""
    assert accord("replay", written(tmp_path, [line()]), "--rules", "shouting", "--repo", repo).code == 2


def test_the_file_that_was_read_is_never_written_over(repo: str, tmp_path: Path) -> None:
    """An archive is hard to get again."""
    file = written(tmp_path, archive(pull(5)))
    before = Path(file).read_bytes()
    told = accord("replay", file, "--convert", file, "--repo", repo, "--format", "json")
    assert (told.code, told.rules) == (2, ["convert-itself"])
    assert Path(file).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if "half" in one.name] == []
