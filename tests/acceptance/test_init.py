"""Another forum: an invented assembly without Opinions plays a round on a prepared copy; no program is changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.yaml import parse_yaml
from accord.application.starting import FIRST_FORUM
from accord.cli.wiring import open_desk
from tests.acceptance.world import ROOT, Round, Told, accord, begin, scratch
from tests.conftest import Repo, new_repo

IRA, OTO, CHO, SAM = "Ira Example", "Oto Example", "Cho Example", "Sam Example"
GIVEN = (
    "--forum", "Lyrania Water Assembly", "--short", "LWA", "--experts", "Water Panel",
    "--page", "https://example.org/water", "--zone", "America/Lima", "--language", "en", "--language", "es",
    "--preset", "rust-fcp", "--proposing", "basin=Basin council", "--viewing", "water-user=Association of water users",
    "--public", "resident=Resident", "--theme", "springs=Springs and wells", "--theme", "tariffs=Tariffs",
    "--window", "2031-03-03/2031-03-31", "--window", "2031-06-02/2031-06-30", "--meeting", "2031-05-05/2031-05-06",
    "--final", "2031-09-01", "--held", "2031-10-06/2031-10-08",
)  # fmt: skip
EXPERTS = """\
version: 1
entities:
  - {id: upper-basin, name: Upper Basin, category: basin, from: "2031-01-01", invented: true}
  - {id: lower-basin, name: Lower Basin, category: basin, from: "2031-01-01", invented: true}
  - {id: canal-users, name: Canal Users, category: water-user, from: "2031-01-01", invented: true}
experts:
  - {account: 1, name: Ira Example, entity: upper-basin, country: Lyrania, active_in_own_country: true,
     nominated: "2031-01-01", from: "2031-01-01"}
  - {account: 2, name: Oto Example, entity: lower-basin, country: Lyrania, active_in_own_country: true,
     nominated: "2031-01-01", from: "2031-01-01"}
  - {account: 5, name: Una Example, entity: canal-users, country: Lyrania, active_in_own_country: true,
     nominated: "2031-01-01", from: "2031-01-01"}
chairs:
  - {account: 3, name: Cho Example, from: "2031-01-01"}
secretariat:
  - {account: 4, name: Sam Example, from: "2031-01-01"}
"""
REPORT = "report/01-about.md"
TEXT = """\
# Lyrania Water Assembly

Springs are measured once a year.

Tariffs are set by each basin council.
"""
FOLDERS = ("report", "opinions", "process", "schemas", ".github", "docs")


def copy(folder: Path) -> Round:
    """A fresh copy of this repository's texts, process files, schemas and forms, with a history of its own."""
    shutil.copytree(_copied(), folder, symlinks=True)
    return Round(Repo(folder))


@cache
def _copied() -> Path:
    folder = scratch()
    repo = new_repo(folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "A copy of the first forum")
    return folder


def prepared(folder: Path, *more: str, given: tuple[str, ...] = GIVEN) -> tuple[Round, Told]:
    """A copy that was prepared for the assembly, and what was answered."""
    round_ = copy(folder)
    told = accord("init", str(folder), *given, *more, "--format", "json")
    assert told.code == 0, told.out + told.err
    return round_, told


def value(round_: Round, name: str) -> Any:
    """A process file, parsed."""
    return parse_yaml((round_.path / f"process/{name}.yaml").read_bytes(), name).value


def test_what_is_written_and_what_is_left(tmp_path: Path) -> None:
    """Process files, pages and forms in one change; the programs stay; everything passes the checks as it stands."""
    round_, told = prepared(tmp_path / "lwa", "--without-opinions")
    written = [name for name in told.data["written"] if not name.startswith(FIRST_FORUM)]
    assert written == [
        ".github/ISSUE_TEMPLATE/contribution.yml",
        ".github/pull_request_template.md",
        "process/consensus.yaml",
        "process/experts.yaml",
        "process/forum.yaml",
        "process/timetable.yaml",
        "report/00-cover.md",
        "report/01-about.md",
        "report/02-timetable.md",
        "report/03-next-steps.md",
    ]
    assert told.data["removed"] == [
        "opinions/_template.md",
        "report/01-the-forum.md",
        "report/02-preparatory-process.md",
    ]
    assert round_.repo.git("status", "--porcelain") == ""
    assert round_.repo.git("rev-list", "--count", "HEAD") == "2"
    changeable = (
        "process/",
        "report/",
        "opinions/",
        ".github/ISSUE_TEMPLATE/",
        ".github/pull_request_template.md",
    )

    # The tests of the programs are about the first forum, so its files are kept for them.
    for path in ("process/forum.yaml", "report/01-the-forum.md", ".github/pull_request_template.md"):
        assert (round_.path / FIRST_FORUM / path).read_bytes() == (ROOT / path).read_bytes()
    assert all(name.startswith((*changeable, FIRST_FORUM)) for name in told.data["written"])

    checked = accord("check", "--repo", str(round_.path))
    assert checked.code == 0, checked.err
    assert "in order" in checked.out
    assert "WTPF" not in "".join((round_.path / name).read_text("utf-8") for name in written), (
        "nothing of the first forum is left in what was written"
    )
    left = "\n".join(told.data["left"])
    assert "process/experts.yaml: name the chairs" in left
    assert "examples" not in left
    assert "accord doctor" in left


def test_the_process_files_say_what_was_given(tmp_path: Path) -> None:
    """Names, zone, categories, themes, windows and rules are those of the assembly; there are no Opinions."""
    round_, _ = prepared(tmp_path / "lwa", "--without-opinions")
    forum, timetable, rules = (value(round_, name) for name in ("forum", "timetable", "consensus"))
    assert [forum[name] for name in ("name", "short_name", "experts_name", "page", "languages")] == [
        "Lyrania Water Assembly",
        "LWA",
        "Water Panel",
        "https://example.org/water",
        ["en", "es"],
    ]
    assert [(one["id"], one["class"], one["nominates"]) for one in forum["categories"]] == [
        ("basin", "proposal", "true"),
        ("water-user", "view", "true"),
        ("resident", "view", "false"),
    ]
    assert [one["id"] for one in forum["themes"]] == ["springs", "tariffs"]
    assert [one["id"] for one in forum["kinds"]] == ["comment", "public-input", "secretariat-text"]
    assert timetable["zone"] == "America/Lima"
    assert {one["id"]: one["date"] for one in timetable["events"]} == {
        "draft-1": "2031-03-03",
        "dl-1": "2031-03-31",
        "meeting-1": "2031-05-05/2031-05-06",
        "draft-2": "2031-06-02",
        "dl-2": "2031-06-30",
        "final": "2031-09-01",
        "forum": "2031-10-06/2031-10-08",
    }
    assert [one["id"] for one in timetable["windows"]] == ["W1", "W2", "forum"]
    assert rules["use"] == "rust-fcp"
    assert {tuple(one["gates"]) for one in rules["presets"].values()} == {("report",)}
    assert "resident" in rules["presets"]["lazy"]["withholding_categories"]
    assert all("member-state" not in one["withholding_categories"] for one in rules["presets"].values())
    assert "Basin council" in (round_.path / ".github/ISSUE_TEMPLATE/contribution.yml").read_text("utf-8")


def test_a_round_of_the_other_forum(tmp_path: Path) -> None:
    """Submit, check, position, objection, call, declare, incorporate, cut, verify: by its words, windows and rules."""
    round_, _ = prepared(tmp_path / "lwa", "--without-opinions")
    round_.repo.commit({"process/experts.yaml": EXPERTS, REPORT: TEXT}, "The panel, and a first draft")
    begin(round_, "2031-03-01T10:00:00Z")
    round_.does(SAM, "2031-03-03T14:00:00Z", "cut", "draft-1")
    posted = "2031-03-03T15:00:00Z"
    round_.does(SAM, posted, "posted", "draft-1", "--at", posted, "--url", "https://example.org/water/1")
    assert "W1" in round_.says("2031-03-04T10:00:00Z", "now").out

    round_.proposes("springs", {REPORT: TEXT.replace("once a year", "in spring and autumn")})
    description = round_.metadata(
        category="basin", source="Upper Basin", kind="comment", based_on="draft-1", themes="[springs]",
        title="Measure springs twice", reasons="They change.", language="es",
    )  # fmt: skip
    at = "2031-03-10T10:00:00Z"
    assert "in order" in round_.says(at, "check", description).out
    received = round_.does(IRA, at, "submit", "springs", "--metadata", description)
    assert (received.data["number"], received.data["state"]) == (1, "open")

    # A view of a resident, who is not on the list: admitted, because the window is open to the public.
    round_.does(
        SAM, at, "submit", "--metadata",
        round_.metadata(
            category="resident", source="Ada Example", kind="public-input", based_on="draft-1", themes="[tariffs]",
            title="Tariffs are too high", reasons="The invented bill.",
        ),
    )  # fmt: skip
    # The words of other forums are none here.
    strange = round_.metadata(category="member-state", kind="opinion-text", themes="[resilience]")
    told = accord("check", strange, "--repo", str(round_.path), "--now", at, "--format", "json")
    assert told.code == 1
    assert {"kind-unknown", "theme-unknown", "category-unknown"} <= set(told.rules)

    # The preset's own words: `reviewed` and `concern`.
    round_.does(
        OTO, "2031-03-11T10:00:00Z", "position", "1", "concern", "--for", "lower-basin", "--reason", "costs"
    )
    round_.does(CHO, "2031-03-12T10:00:00Z", "call", "1", "--until", "2031-03-25")
    early = round_.does(CHO, "2031-03-27T10:00:00Z", "declare", "1", "agreed", code=1)
    assert set(early.rules) == {"not-ready"}
    round_.does(OTO, "2031-03-27T11:00:00Z", "withdraw", "1-o1", "--reason", "explained")
    for who, entity in ((OTO, "lower-basin"), ("Una Example", "canal-users")):
        round_.does(who, "2031-03-27T12:00:00Z", "position", "1", "reviewed", "--for", entity)
    assert round_.state("1", "2031-03-28T10:00:00Z") == "ready"
    assert "It is ready." in round_.says("2031-03-28T10:00:00Z", "why", "1").out
    round_.does(CHO, "2031-03-28T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2031-03-28T11:00:00Z", "incorporate", "1")
    assert "spring and autumn" in (round_.path / REPORT).read_text("utf-8")
    round_.does(
        CHO, "2031-05-06T15:00:00Z", "meeting", "outcome", "meeting-1", "2", "not agreed", "--item", "3"
    )
    round_.does(
        SAM, "2031-05-07T10:00:00Z", "dispose", "2", "noted", "--reason", "For the tariffs of the councils"
    )

    round_.does(SAM, "2031-06-02T14:00:00Z", "cut", "draft-2")
    assert round_.repo.git("tag", "--list").split() == ["draft-1", "draft-2"]
    told = round_.says("2031-06-02T15:00:00Z", "status")
    assert "Measure springs twice" in told.out
    verified = accord("verify", "--repo", str(round_.path), "--now", "2031-06-02T15:00:00Z")
    assert verified.code == 0, verified.out + verified.err
    built = "".join(
        path.read_text("utf-8")
        for path in (round_.path / "build/draft-2").iterdir()
        if path.suffix in (".md", ".html")
    )
    assert "Basin council" in built
    for word in ("WTPF", "Secretary-General", "Member State", "Annex"):
        assert word not in built + told.out, word


def test_a_forum_with_opinions_and_nothing_else_given(tmp_path: Path) -> None:
    """Every place that was left empty has an example, is marked as one, and passes the checks."""
    round_, told = prepared(
        tmp_path / "lwa", given=("--forum", "Lyrania: *Water* [Assembly]", "--short", "LWA")
    )
    assert accord("check", "--repo", str(round_.path)).code == 0
    left = "\n".join(told.data["left"])
    for place in (
        "dates are examples",
        "`page` is an example",
        "categories are examples",
        "theme is an example",
    ):
        assert place in left
    assert "# EXAMPLE" in (round_.path / "process/timetable.yaml").read_text("utf-8")
    assert "opinion-text" in [one["id"] for one in value(round_, "forum")["kinds"]]
    assert (round_.path / "opinions/_template.md").is_file()
    assert "# Lyrania: \\*Water\\* \\[Assembly\\]" in (round_.path / REPORT).read_text("utf-8")


def test_preparing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """A second run finds everything as it is; a dry run never writes."""
    round_ = copy(tmp_path / "lwa")
    before = round_.refs()
    told = accord("init", str(round_.path), *GIVEN, "--dry-run", "--format", "json")
    assert told.code == 0
    assert told.data["written"]
    assert round_.refs() == before
    accord("init", str(round_.path), *GIVEN)
    after = round_.refs()
    assert after != before
    told = accord("init", str(round_.path), *GIVEN, "--format", "json")
    assert (told.data["written"], told.data["removed"]) == ([], [])
    assert round_.refs() == after


def _with_a_record(round_: Round) -> None:
    open_desk(str(round_.path), "", "").open_record()


def _with_the_record_of_another(round_: Round) -> None:
    _with_a_record(round_)
    round_.repo.git("update-ref", "refs/remotes/origin/record", "record")
    round_.repo.git("branch", "--quiet", "-D", "record")


def _with_a_draft(round_: Round) -> None:
    round_.repo.git("tag", "draft-1")


def _with_changes(round_: Round) -> None:
    (round_.path / "process/forum.yaml").write_text("mine", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_with_a_record, "record-exists"),
        (_with_the_record_of_another, "record-exists"),
        (_with_a_draft, "drafts-exist"),
        (_with_changes, "work-tree-changed"),
    ],
)
def test_a_copy_that_is_not_fresh_is_refused(
    tmp_path: Path, spoil: Callable[[Round], None], rule: str
) -> None:
    """What somebody received, decided, published or wrote there is not overwritten."""
    round_ = copy(tmp_path / "lwa")
    spoil(round_)
    before = round_.refs()
    told = accord("init", str(round_.path), *GIVEN, "--format", "json")
    assert (told.code, told.rules) == (2, [rule])
    assert round_.refs() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--preset", "majority"), "no preset `majority`"),
        (("--zone", "Nowhere/Else"), "no such time zone"),
        (("--page", "example"), "https://"),
        (("--theme", "Springs=x"), "short name in small letters"),
        (("--theme", "springs"), "short name in small letters"),
        (("--window", "2031-03"), "write days like"),
        (("--window", "2031-03-03/2031-03-01"), "ends before it begins"),
        (("--window", "2031-03-03/2031-04-01", "--window", "2031-03-20/2031-05-01"), "has closed"),
        (("--theme", "a=A", "--theme", "a=B"), "stands twice"),
        (("--language", "english"), "two-letter"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    """As a mistake of usage, in words; the copy stays as it is."""
    round_ = copy(tmp_path / "lwa")
    before = round_.refs()
    told = accord("init", str(round_.path), "--forum", "Lyrania Water Assembly", "--short", "LWA", *options)
    assert told.code == 2
    assert words in told.err
    assert round_.refs() == before


def test_the_forms_follow_the_process_files(tmp_path: Path) -> None:
    """Another label in the forum, and `--forms` brings it into the forms; nothing else, and nothing twice."""
    round_, _ = prepared(tmp_path / "lwa", "--without-opinions")
    forum = (round_.path / "process/forum.yaml").read_text("utf-8")
    round_.repo.commit(
        {"process/forum.yaml": forum.replace("Basin council", "Council of a basin")}, "A label"
    )
    dry = accord("init", str(round_.path), "--forms", "--dry-run", "--format", "json")
    assert dry.data["written"] == [
        ".github/ISSUE_TEMPLATE/contribution.yml",
        ".github/pull_request_template.md",
    ]
    told = accord("init", str(round_.path), "--forms", "--format", "json")
    assert told.data["written"] == dry.data["written"]
    assert "Council of a basin" in (round_.path / ".github/ISSUE_TEMPLATE/contribution.yml").read_text(
        "utf-8"
    )
    assert round_.repo.git("diff", "--name-only", "HEAD~1").split() == told.data["written"]
    assert accord("init", str(round_.path), "--forms", "--format", "json").data["written"] == []
    assert accord("init", str(round_.path), "--short", "LWA").code == 2


def test_the_tests_find_the_first_forum_in_a_copy_for_another(tmp_path: Path) -> None:
    """`.ci/test` runs a command where the files of the first forum are in their places, and leaves the copy alone."""
    repo = new_repo(tmp_path / "copy")
    repo.write(
        {".ci/test": (ROOT / ".ci/test").read_bytes(), "process/forum.yaml": "other", "report/new.md": "x"}
    )
    (repo.path / ".ci/test").chmod(0o755)

    def seen(command: str) -> str:
        done = subprocess.run(
            [".ci/test", "sh", "-c", command], cwd=repo.path, capture_output=True, text=True, check=False
        )
        return f"{done.stdout}{done.returncode}"

    assert seen("cat process/forum.yaml") == "other0"
    repo.commit({"tests/first-forum/process/forum.yaml": "first", "tests/first-forum/report/old.md": "y"})
    repo.git("add", "--all")
    assert seen("cat process/forum.yaml; ls report; exit 3") == "firstold.md\n3"
    assert (repo.path / "process/forum.yaml").read_text("utf-8") == "other"
    assert (repo.path / "tests/first-forum/report/old.md").is_file()
