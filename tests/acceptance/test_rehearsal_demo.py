"""The demo: the round from the First Draft to the Second, as it is told and as it is recorded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from accord.cli.main import run
from tests.acceptance.rehearsed import ROOT, Rehearsed, rehearse

GOLDEN = Path(__file__).with_name("golden_demo.txt")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """The demo, played once."""
    return rehearse(tmp_path_factory.mktemp("demo"), "--until", "draft-2")


def test_the_story_of_the_demo(demo: Rehearsed) -> None:
    """Every sentence and every answer, commit and clause ids aside (they follow the Report's own text)."""
    told = re.sub(r"\b[0-9a-f]{12}\b", "<commit>", demo.story)
    told = re.sub(r"\bc-[a-z2-7]{6}\b", "<clause>", told)
    if told != GOLDEN.read_text("utf-8"):
        fresh = GOLDEN.with_suffix(".fresh")
        fresh.write_text(told, "utf-8")
        pytest.fail(
            f"the story differs; compare {fresh.name} with {GOLDEN.name}, and put it there if it is better"
        )


def test_what_the_demo_shows(demo: Rehearsed) -> None:
    """Every element of the round is in the record, not only in the story."""
    kinds = demo.kinds()
    assert demo.record.head().rehearsal
    assert set(demo.categories()) == {c.id for c in demo.process.forum.categories}
    assert demo.state_when_received("late") == "held"
    assert demo.state_when_received("in-time") == "open"
    assert demo.state_when_received("reading-room") == "held"
    assert demo.state_when_received("workshops") == "returned"
    assert demo.case("workshops").newest.receipt.latest.isoformat() == "2024-08-09T14:00:00+00:00"
    assert {"objection-ended", "confirmed", "outcome", "incorporated", "declared", "cut"} <= kinds.keys()
    assert [e.stance for e in demo.of_kind("position") if e.stance == "reserve"]
    assert [e for e in demo.of_kind("revised") if e.meeting == "ieg-1"]
    assert "secretariat-act" in {e.mode for e in demo.of_kind("incorporated")}
    assert len([e for e in demo.of_kind("declared") if e.subject == str(demo.number("radio"))]) == 2
    assert set(demo.tags()) == {"draft-1", "draft-2"}
    assert all(demo.case_of(number).disposed for number in demo.numbers())


def test_the_same_demo_gives_the_same_objects(demo: Rehearsed, tmp_path: Path) -> None:
    """Played again it gives the same tags and the same record, to the byte."""
    again = rehearse(tmp_path, "--until", "draft-2", "--quiet")

    assert again.tags() == demo.tags()
    assert again.refs() == demo.refs()


def test_the_folder_shows_the_main_text(demo: Rehearsed) -> None:
    """At the end the main branch is open, with its files and nothing changed."""
    assert demo.git("branch", "--show-current") == "main"
    assert demo.git("status", "--porcelain", "--untracked-files=no") == ""
    assert "draft: draft-2" in (demo.folder / "report" / "00-cover.md").read_text("utf-8")
    assert {p.name for p in (demo.folder / "build" / "draft-2").iterdir()} >= {"report.html", "redline.html"}
    assert demo.git("remote") == ""


def test_every_entity_is_named_as_invented(demo: Rehearsed) -> None:
    """Where the story or a document names an entity, it says that it is invented."""
    names = [entity.name.removesuffix(" (invented)") for entity in demo.process.experts.entities]
    report = (demo.folder / "build" / "draft-2" / "contributions.md").read_text("utf-8").replace("\\", "")
    for text in (demo.story, report):
        for name in names:
            for found in re.finditer(rf"{name}(.{{0,12}})", text):
                before = text[max(found.start() - 10, 0) : found.start()]
                assert "(invented" in found[1] or "invented" in before or "Outline" in found[0], found[0]


@pytest.mark.parametrize("there", ["file", "folder with a file"])
def test_a_folder_with_something_in_it_is_refused(
    there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of the user's is ever overwritten."""
    target = tmp_path / "there"
    inside = target if there == "file" else target / "mine.txt"
    inside.parent.mkdir(exist_ok=True)
    inside.write_text("mine", "utf-8")

    assert run(["rehearse", str(target), "--repo", str(ROOT)]) == 2

    assert inside.read_text("utf-8") == "mine"
    assert "folder-not-empty" in capsys.readouterr().err


def test_a_repository_without_texts_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal needs texts and process files to copy."""
    from tests.conftest import new_repo

    empty = new_repo(tmp_path / "empty")
    empty.commit({"README": "nothing here"})

    assert run(["rehearse", str(tmp_path / "out"), "--repo", str(empty.path)]) == 1
    assert "rehearsal-source" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_act_out_of_script_is_a_bug_that_is_said(tmp_path: Path) -> None:
    """The scripts say what must come of each act; something else stops the rehearsal."""
    from accord.application.rehearsal.acts import Begin, Post
    from accord.application.rehearsal.play import found_copy, texts_to_copy
    from accord.application.rehearsal.stage import OutOfScript, Stage
    from accord.application.reports import Report
    from accord.cli.wiring import open_desk, scratch_desk

    desk, _ = scratch_desk(str(tmp_path / "out"))
    found_copy(desk, texts_to_copy(open_desk(str(ROOT), "", "")))
    stage = Stage(desk=desk, cut=lambda *_: Report())
    stage.play(Begin(at="2024-08-05T06:00:00Z", who="Sam Example"))
    post = Post(
        at="2024-08-05T07:00:00Z",
        who="Sam Example",
        draft="draft-1",
        posted_at="2024-08-05",
        refused="draft-unknown",
    )

    with pytest.raises(OutOfScript, match="was not refused"):
        stage.play(post)


def test_as_data_it_tells_the_same(demo: Rehearsed, tmp_path: Path) -> None:
    """`--format json` prints one value: the acts, the drafts, where to look."""
    data = json.loads(rehearse(tmp_path, "--until", "draft-2", "--format", "json").story)

    assert data["version"] == 1
    assert data["drafts"] == ["draft-1", "draft-2"]
    assert data["contributions"] == len(demo.numbers())
    assert data["refusals"] == len([act for act in data["acts"] if act["refused"]])
    assert data["commands"]["verify"] == "accord verify --repo demo"
