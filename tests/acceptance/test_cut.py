"""Cutting a draft: gates, documents, manifest, tag, record; and what a crash, a race or a second try leaves."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.folder import DocumentFolder
from accord.adapters.git import Git
from accord.application import cutting
from accord.application.desk import Desk
from accord.application.drafting import draw
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import manifest_in
from tests.acceptance.rounds import CUT_1, CUT_2, begun, outline, ready, second, statement
from tests.acceptance.world import ANA, CHO, OPINION, REPORT, SAM, Round, accord, bare_round

FILES = {
    "SHA256SUMS", "calendar.ics", "manifest.json", "contributions.html", "contributions.md",
    "report.akn.xml", "report.docx", "report.html", "report.md", "report.pdf",
    "redline.docx", "redline.html", "redline.md", "redline.pdf", "opinion-access.akn.xml",
    "compilation.csv", "compilation.docx", "compilation.html", "compilation.md", "compilation.xlsx",
}  # fmt: skip


def desk_of(round_: Round, now: str = CUT_2) -> Desk:
    """A desk for the secretariat."""
    return open_desk(str(round_.path), now, SAM)


def folder_of(round_: Round) -> DocumentFolder:
    """The folder of the second draft."""
    return DocumentFolder(round_.path / "build" / "draft-2")


def complete(round_: Round) -> None:
    """The second draft is there with all that belongs to it: documents, tag, event, and nothing half-made."""
    out = round_.path / "build" / "draft-2"
    assert {file.name for file in out.iterdir()} == FILES
    assert [file.name for file in out.parent.iterdir()] == ["draft-2"]
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)
    message = round_.repo.git("for-each-ref", "--format=%(contents)", "refs/tags/draft-2")
    assert manifest_in(message).text() == (out / "manifest.json").read_text("utf-8")
    events = open_desk(str(round_.path), CUT_2, "").chronicle().process()
    cuts = [event for event in events if type(event).__name__ == "Cut"]
    assert [event.draft for event in cuts] == ["draft-1", "draft-2"]  # type: ignore[attr-defined]


def test_a_draft_that_meets_its_gates_is_cut(tmp_path: Path) -> None:
    """One sees the files and the next step; the tag alone says what it was made from and what it holds."""
    round_ = ready(tmp_path / "r")
    told = round_.does(SAM, CUT_2, "cut", "draft-2")
    complete(round_)
    manifest = told.data["manifest"]
    assert manifest["commit"] == round_.repo.git("rev-parse", "main")
    assert manifest["record"] == round_.repo.git("rev-parse", "record~1"), (
        "the event comes after what it names"
    )
    assert manifest["rehearsal"] is True
    assert manifest["previous"]["draft"] == "draft-1"
    assert manifest["previous"]["tag"] == round_.repo.git("rev-parse", "draft-1")
    assert [(row["number"], row["disposition"]) for row in manifest["decisions"]] == [
        (1, "incorporated"),
        (2, "noted"),
    ]
    assert manifest["decisions"][0]["declared"] > 0
    assert manifest["decisions"][0]["statements"] == ["lyrania"]
    assert manifest["decisions"][0]["objections"] == [], "the only one was withdrawn"
    labels = {row["label"]: row["id"] for row in manifest["clauses"]}
    assert {"2.1", "considering a)", "invites Member States 2"} <= labels.keys()
    assert [(row["name"], row["showing"], row["standing"]) for row in manifest["opinions"]] == [
        ("access", "annex", "agreed")
    ]
    when = round_.repo.git("log", "-1", "--format=%ct", manifest["record"])
    assert round_.repo.git("for-each-ref", "--format=%(taggerdate:unix)", "refs/tags/draft-2") == when
    says = round_.repo.git("for-each-ref", "--format=%(contents)", "refs/tags/draft-2")
    assert says.startswith("Second Draft (draft-2) of WTPF-26\n\nRehearsal: ")
    assert "Contributions: 2 (1 incorporated, 1 noted)." in says


def test_what_one_sees_after_a_cut(tmp_path: Path) -> None:
    """The list of files, the next step, and the notice."""
    round_ = begun(tmp_path / "r")
    outline(round_)
    round_.does(CHO, "2024-10-08T10:00:00Z", "meeting", "outcome", "ieg-1", "access", "agreed")
    folder = DocumentFolder(tmp_path / "out")
    report = cutting.cut(desk_of(round_), "draft-2", folder)
    assert report.text.startswith("Second Draft (draft-2) is cut: ")
    assert "\n  report.html\n" in report.text
    assert "Next: check it as anybody can (`accord verify`)" in report.text
    assert "Unofficial working aid" in report.text


def test_the_first_draft_of_a_new_record(tmp_path: Path) -> None:
    """Cutting the first draft may be the first act of all; the record is then a real one, by the clock."""
    round_ = bare_round(tmp_path / "r")
    round_.repo.commit({OPINION: None})
    told = round_.does(SAM, CUT_1, "cut", "draft-1", code=2)
    assert told.rules == ["moment-given"], "a given moment works only in a rehearsal"
    assert round_.repo.git("tag") == ""


def test_the_first_act_of_a_real_record_may_be_a_cut(tmp_path: Path) -> None:
    """By the clock of the machine, without any preparation."""
    round_ = bare_round(tmp_path / "r")
    round_.repo.commit({OPINION: None})
    told = accord("cut", "draft-1", "--repo", str(round_.path), "--as", SAM)
    assert told.code == 0, told.err
    out = round_.path / "build" / "draft-1"
    assert "Rehearsal" not in (out / "report.md").read_text("utf-8")
    assert not (out / "redline.md").exists(), "there is no draft before the first"
    assert accord("verify", "--repo", str(round_.path)).code == 0


def test_the_same_text_and_record_give_the_same_bytes(tmp_path: Path) -> None:
    """Two copies of one repository come to the same tag object, and to the same files."""
    one = ready(tmp_path / "one")
    two = Round(type(one.repo)(Path(shutil.copytree(one.path, tmp_path / "two", symlinks=True))))
    for round_ in (one, two):
        round_.does(SAM, CUT_2, "cut", "draft-2")
    assert one.repo.git("rev-parse", "draft-2") == two.repo.git("rev-parse", "draft-2")
    for name in FILES:
        first, other = (r.path / "build" / "draft-2" / name for r in (one, two))
        assert first.read_bytes() == other.read_bytes(), name


def test_a_draft_made_again_later_reads_the_same(tmp_path: Path) -> None:
    """`build draft-2` gives the very files it was cut with, whatever has happened since."""
    round_ = second(tmp_path / "r")
    round_.repo.commit({REPORT: "# Next steps\n\nAnother text.\n"})
    out = tmp_path / "again"
    round_.says("2024-12-01T00:00:00Z", "build", "draft-2", "-o", str(out))
    for name in FILES:
        assert (out / name).read_bytes() == (round_.path / "build" / "draft-2" / name).read_bytes(), name


class Killed(BaseException):
    """What stands for a process that ends at this point."""


@pytest.mark.parametrize("step", ["documents", "rename", "tag-object", "tag", "event"])
def test_a_run_stopped_after_any_step_is_finished_by_running_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A crash leaves no tag or a complete draft to finish; the second run ends as an undisturbed one does."""
    round_ = ready(tmp_path / "r")
    with monkeypatch.context() as patched:
        _stop_after(patched, step)
        with pytest.raises(Killed):
            cutting.cut(desk_of(round_), "draft-2", folder_of(round_))
    tagged = "draft-2" in round_.repo.git("tag").split()
    assert tagged is (step in ("tag", "event"))
    out = round_.path / "build" / "draft-2"
    if out.exists():
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)
    before = round_.repo.git("rev-parse", "draft-2") if tagged else ""
    if step == "event":
        shutil.rmtree(out)  # the documents got lost as well
    later = desk_of(round_, "2024-11-04T08:30:00Z")
    report = cutting.cut(later, "draft-2", folder_of(round_))
    assert report.code == 0
    complete(round_)
    assert not before or round_.repo.git("rev-parse", "draft-2") == before
    assert cutting.cut(later, "draft-2", folder_of(round_)).code == 0, "a third run changes nothing"
    complete(round_)


def _stop_after(patched: pytest.MonkeyPatch, step: str) -> None:
    """End the run right after a step of it."""

    def after(owner: Any, name: str, only: Any = lambda *_: True) -> None:
        real = getattr(owner, name)

        def stopped(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
            if only(*args):
                raise Killed
            return result

        patched.setattr(owner, name, stopped)

    match step:
        case "documents":
            after(cutting, "draw")
        case "rename":
            after(DocumentFolder, "replace")
        case "tag-object":
            after(Git, "write_tag_object")
        case "tag":
            after(Git, "update_refs", lambda _, wanted: "refs/tags/draft-2" in wanted)
        case "event":
            after(cutting, "_record")


@pytest.mark.parametrize("moves", ["text", "record"])
def test_what_moved_while_it_was_being_written_is_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: str
) -> None:
    """A draft is never tagged on a text or a record that is no longer the newest."""
    round_ = ready(tmp_path / "r")
    real = DocumentFolder.replace
    done: list[bool] = []

    def replace(self: DocumentFolder, files: Mapping[str, bytes]) -> None:
        real(self, files)
        if not done:
            done.append(True)
            if moves == "record":
                round_.does(SAM, CUT_2, "dispose", "2", "noted", "--reason", "said again")
            else:
                round_.repo.commit({REPORT: "# Next steps\n\nNobody declared this.\n"})

    monkeypatch.setattr(DocumentFolder, "replace", replace)
    told = round_.does(SAM, CUT_2, "cut", "draft-2", code=0 if moves == "record" else 1)
    if moves == "record":
        complete(round_)
        text = (round_.path / "build" / "draft-2" / "contributions.md").read_text("utf-8")
        assert "said again" in text
    else:
        assert "C13" in told.rules
        assert "draft-2" not in round_.repo.git("tag").split()


def test_a_failing_gate_changes_nothing_and_each_is_named(tmp_path: Path) -> None:
    """Too early, an undisposed contribution, no trace of the meeting: all at once, with rule and fix."""
    round_ = begun(tmp_path / "r")
    outline(round_)
    statement(round_, disposed=False)
    before = round_.refs()
    told = round_.does(SAM, "2024-10-07T12:00:00Z", "cut", "draft-2", code=1)
    errors = {f["rule"]: f for f in told.data["findings"] if f["severity"] == "error"}
    assert errors.keys() == {"R19", "R20", "R25"}
    assert "ieg-1" in errors["R19"]["message"]
    assert errors["R25"]["place"]["file"] == "contribution 2"
    assert "accord dispose 2" in errors["R25"]["fix"]
    assert round_.refs() == before
    assert not (round_.path / "build").exists()


def test_only_the_secretariat_cuts(tmp_path: Path) -> None:
    """R28. Neither an expert nor a chair."""
    round_ = ready(tmp_path / "r")
    before = round_.refs()
    for who in (ANA, CHO):
        assert round_.does(who, CUT_2, "cut", "draft-2", code=2).rules == ["role-missing"]
    assert round_.refs() == before


def test_a_dry_run_says_what_would_be_and_does_nothing(tmp_path: Path) -> None:
    """`cut --dry-run` is how the secretariat looks at the gates."""
    round_ = ready(tmp_path / "r")
    before = round_.refs()
    told = round_.does(SAM, CUT_2, "cut", "draft-2", "--dry-run")
    assert told.data["dry_run"] is True
    answers = {gate["rule"]: gate["answer"] for gate in told.data["gates"]}
    assert {rule for rule, answer in answers.items() if answer == "not asked"} == {
        "R21", "R22", "R23", "corrigendum"
    }  # fmt: skip
    assert {f"R{number}" for number in range(19, 29)} <= answers.keys()
    assert "fails" not in answers.values()
    assert round_.refs() == before


def test_a_dry_run_names_each_gate_that_fails_and_the_clause(tmp_path: Path) -> None:
    """It goes on to the last gate, exits as a finding does, and changes nothing."""
    round_ = begun(tmp_path / "r")
    before = round_.refs()
    told = round_.does(SAM, CUT_2, "cut", "draft-2", "--dry-run", code=1)
    failing = {gate["rule"]: gate["findings"] for gate in told.data["gates"] if gate["answer"] == "fails"}
    assert "R20" in failing
    assert all(found[0]["message"] and found[0]["fix"] for found in failing.values())
    assert round_.refs() == before


def test_an_unknown_draft_suggests_the_nearest(tmp_path: Path) -> None:
    """A misspelt name is a mistake of usage."""
    told = ready(tmp_path / "r").does(SAM, CUT_2, "cut", "draft-22", code=2)
    assert told.rules == ["draft-unknown"]
    assert "Did you mean `draft-2`?" in told.data["findings"][0]["fix"]


def test_a_tag_never_moves(tmp_path: Path) -> None:
    """The same draft from another text is refused, with the Corrigendum as the way to correct it."""
    round_ = second(tmp_path / "r")
    tag = round_.repo.git("rev-parse", "draft-2")
    round_.repo.commit({REPORT: "# Next steps\n\nAnother text.\n"})
    told = round_.does(SAM, "2024-11-05T10:00:00Z", "cut", "draft-2", code=1)
    assert told.rules == ["draft-cut"]
    assert "accord cut draft-2-corr-1" in told.data["findings"][0]["fix"]
    assert round_.repo.git("rev-parse", "draft-2") == tag


@pytest.mark.parametrize("gone", ["name", "object"])
def test_a_lost_tag_comes_back_as_the_same_one(tmp_path: Path, gone: str) -> None:
    """What the record says was cut is never cut a second time: the tag is made again, to the byte."""
    round_ = second(tmp_path / "r")
    tag = round_.repo.git("rev-parse", "draft-2")
    round_.repo.git("tag", "-d", "draft-2")
    if gone == "object":
        (round_.path / ".git" / "objects" / tag[:2] / tag[2:]).unlink()
    round_.does(SAM, "2024-11-20T10:00:00Z", "cut", "draft-2")
    assert round_.repo.git("rev-parse", "draft-2") == tag
    complete(round_)


def test_a_lost_tag_that_cannot_be_made_again(tmp_path: Path) -> None:
    """With another reason given for a Corrigendum it would be another one: refused, with the way to get it back."""
    round_ = second(tmp_path / "r")
    now = "2024-11-05T10:00:00Z"
    text = round_.repo.git("show", f"main:{REPORT}") + "\n"
    commit = round_.repo.commit({REPORT: text.replace("Later versions", "Later drafts")})
    round_.does(SAM, now, "regularise", commit, "--reason", "a misprint")
    round_.does(SAM, now, "cut", "draft-2-corr-1", "--reason", "a misprint")
    tag = round_.repo.git("rev-parse", "draft-2-corr-1")
    round_.repo.git("tag", "-d", "draft-2-corr-1")
    (round_.path / ".git" / "objects" / tag[:2] / tag[2:]).unlink()
    told = round_.does(SAM, now, "cut", "draft-2-corr-1", "--reason", "another", code=1)
    assert told.rules == ["tag-missing"]
    assert "draft-2-corr-1" not in round_.repo.git("tag").split()


def test_somebody_elses_tag_is_left_alone(tmp_path: Path) -> None:
    """A tag of that name which is no draft is not overwritten."""
    round_ = ready(tmp_path / "r")
    round_.repo.git("tag", "draft-2", "main")
    assert round_.does(SAM, CUT_2, "cut", "draft-2", code=1).rules == ["tag-foreign"]


def test_a_corrigendum_corrects_a_tagged_draft(tmp_path: Path) -> None:
    """It needs a reason and a changed text, names what it corrects, and leaves the tag as it is."""
    round_ = second(tmp_path / "r")
    now = "2024-11-05T10:00:00Z"
    assert round_.does(SAM, now, "cut", "draft-2-corr-1", code=2).rules == ["corrigendum-reason"]
    same = round_.does(SAM, now, "cut", "draft-2-corr-1", "--reason", "a misprint", code=1)
    assert "corrigendum" in same.rules
    text = round_.repo.git("show", f"main:{REPORT}") + "\n"
    commit = round_.repo.commit({REPORT: text.replace("Later versions", "Later drafts")})
    assert "C13" in round_.does(SAM, now, "cut", "draft-2-corr-1", "--reason", "a misprint", code=1).rules
    round_.does(SAM, now, "regularise", commit, "--reason", "a misprint")
    told = round_.does(SAM, now, "cut", "draft-2-corr-1", "--reason", "a misprint")
    assert told.data["manifest"]["previous"]["draft"] == "draft-2"
    out = round_.path / "build" / "draft-2-corr-1"
    assert "Second Draft, Corrigendum 1" in (out / "report.md").read_text("utf-8")
    assert "Corrigendum: a misprint" in (out / "report.md").read_text("utf-8")
    assert "1 change: 1 MOD." in (out / "redline.md").read_text("utf-8")


def test_the_manifest_of_a_tag_alone_is_enough_to_make_the_draft_again(tmp_path: Path) -> None:
    """Text, record and the tag of a clone give the same documents."""
    round_ = second(tmp_path / "r")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(round_.path), str(clone)], check=True)
    desk = open_desk(str(clone), CUT_2, "")
    tag = desk.repository.read_tag("draft-2")
    assert tag is not None
    manifest = manifest_in(tag.message)
    drawn = draw(desk, "draft-2", manifest.commit, manifest.record, "")
    assert {n: hashlib.sha256(d).hexdigest() for n, d in drawn.files.items()} == dict(manifest.files)
    assert json.loads(drawn.manifest.text()) == json.loads(manifest.text())
