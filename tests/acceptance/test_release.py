"""Releasing a draft on GitHub: the command line, real Git, and a stand-in that keeps to GitHub's descriptions."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.folder import DocumentFolder
from accord.adapters.git.remote import GitRemote
from accord.adapters.github.client import Client
from accord.application.drafting import draw
from accord.application.forge import own_cut
from accord.application.forge.release_facts import facts_of_release
from accord.cli import wiring
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import manifest_in
from accord.render.release_notes import Facts
from tests.acceptance.rounds import CUT_2, begun, meeting, outline, second
from tests.acceptance.signed import with_key
from tests.acceptance.world import ANA, EXPERTS, OPINION, REPORT, ROOT, SAM, Round, Told, accord, bare_round
from tests.conftest import Repo
from tests.content.test_commands import commands, understand
from tests.double.faults import bad_gateway, meanwhile, secondary_limit
from tests.double.server import Double
from tests.double.state import Release, Repository
from tests.keys import new_key

FILES = {
    "SHA256SUMS", "calendar.ics", "contributions.html", "contributions.md", "manifest.json",
    "report.akn.xml", "report.docx", "report.html", "report.md", "report.pdf",
}  # fmt: skip
RIGHTS = {"contents": "write", "pull-requests": "read", "issues": "read", "checks": "read"}
SECRETARY = "4"


@dataclass
class Forum:
    """A forum's repository on the double, and copies of it in which somebody works."""

    double: Double
    home: Repository
    folder: Path
    token: str

    def copy(self, name: str = "copy") -> Path:
        """A fresh clone, as a job of a workflow has it."""
        path = self.folder / name
        address = f"{self.double.url}/{self.home.full_name}.git"
        subprocess.run(["git", "clone", "--quiet", address, str(path)], check=True)
        Repo(path).git("config", "user.name", "Sam Example")
        Repo(path).git("config", "user.email", "")
        return path

    def does(self, path: Path, *arguments: str, code: int = 0, account: str = SECRETARY) -> Told:
        """A release; its answer as JSON."""
        told = accord("release", *arguments, "--repo", str(path), "--as-account", account, "--format", "json")
        assert told.code == code, f"{arguments} → {told.code}\n{told.out}\n{told.err}"
        return told

    @property
    def git(self) -> Any:
        """The shared Git repository."""
        return self.double.world.bare(self.home)

    @property
    def release(self) -> Release:
        """The only release."""
        (only,) = self.home.releases
        return only

    def changes(self) -> list[str]:
        """Every request so far that changed something, in order."""
        return [call.operation for call in self.double.world.writes() if call.operation != "git fetch"]

    def drafts_recorded(self) -> list[str]:
        """The drafts that the shared record says were cut."""
        listed = self.git.git("ls-tree", "-r", "--name-only", "record").splitlines()
        lines = [
            json.loads(line)
            for name in listed
            if name.endswith(".jsonl")
            for line in self.git.git("show", f"record:{name}").splitlines()
        ]
        return [line["draft"] for line in lines if line["kind"] == "cut"]

    def complete(self, *, draft: str = "draft-1", published: bool = True) -> None:
        """The draft is on the forge with all its files, once; tag and record are shared."""
        one = self.release
        assert (one.tag, one.draft) == (draft, not published)
        tag = self.git.tip(f"refs/tags/{draft}")
        message = self.git.git("cat-file", "tag", tag).partition("\n\n")[2]
        manifest = json.loads(message[message.index("\n{\n") :])
        assert {asset.name for asset in one.assets} == FILES
        assert len(one.assets) == len(FILES)
        held = {asset.name: hashlib.sha256(asset.data).hexdigest() for asset in one.assets}
        assert {name: held[name] for name in manifest["files"]} == manifest["files"]
        sums = next(asset.data for asset in one.assets if asset.name == "SHA256SUMS").decode()
        assert sorted(sums.splitlines()) == sorted(
            f"{digest}  {name}" for name, digest in held.items() if name != "SHA256SUMS"
        )
        assert self.git.git("rev-parse", f"{draft}^{{commit}}") == manifest["commit"]
        assert self.git.git("rev-parse", "main") == manifest["commit"]
        assert self.drafts_recorded() == [draft]


@pytest.fixture
def forum(tmp_path: Path, github: Double, monkeypatch: pytest.MonkeyPatch) -> Forum:
    """A forum that is ready for its first draft; releases are immutable there."""
    return on_github(bare_round(tmp_path / "begin"), tmp_path, github, monkeypatch)


def on_github(round_: Round, folder: Path, github: Double, monkeypatch: pytest.MonkeyPatch) -> Forum:
    """A round shared on the double, and the environment of a workflow there."""
    if (round_.path / OPINION).exists() and "record" not in round_.repo.git("branch"):
        round_.repo.commit({OPINION: None})
    home = github.world.repository("acme/wtpf")
    home.immutable_releases = True
    round_.repo.git("push", "--quiet", str(home.path), "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*")
    token = github.world.mint(permissions=RIGHTS, repository=home)
    for name, value in {
        "GITHUB_TOKEN": token,
        "GITHUB_REPOSITORY": home.full_name,
        "GITHUB_API_URL": github.url,
        "GITHUB_GRAPHQL_URL": f"{github.url}/graphql",
        "GITHUB_RUN_ID": "4242",
        "GITHUB_ACTOR": "sam",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(
        wiring,
        "open_client",
        lambda: Client(token, home.full_name, github.url, f"{github.url}/graphql", pause=0),
    )
    return Forum(double=github, home=home, folder=folder, token=token)


def test_a_draft_is_released_in_one_run(forum: Forum) -> None:
    """Cut, shared, uploaded, published; and a second run finds nothing to do."""
    told = forum.does(forum.copy(), "draft-1")
    forum.complete()
    assert forum.release.immutable
    assert told.data["published"] is True
    assert told.data["immutable"] is True
    assert told.data["files"].keys() == FILES
    before, calls = forum.git.refs(), forum.changes()
    again = forum.does(forum.copy("other"), "draft-1")
    assert again.data["steps"] == []
    assert (forum.git.refs(), forum.changes()) == (before, calls)
    assert accord("verify", "--repo", str(forum.copy("anybody"))).code == 0


def test_first_prepared_then_published(forum: Forum) -> None:
    """Between the two the files lie where they are attested, and nobody sees the release."""
    path = forum.copy()
    files = forum.folder / "attested"
    told = forum.does(path, "draft-1", "--prepare", "--assets-dir", str(files))
    assert told.data["published"] is False
    forum.complete(published=False)
    assert {file.name: file.read_bytes() for file in files.iterdir()} == {
        asset.name: asset.data for asset in forum.release.assets
    }
    told = forum.does(path, "draft-1", "--publish", "--assets-dir", str(files))
    forum.complete()
    assert told.data["steps"] == ["publish it"]


def test_the_notes_of_a_release(forum: Forum) -> None:
    """In plain words: unofficial, what is in it, what was checked, how to check it; later the official address."""
    path = forum.copy()
    forum.does(path, "draft-1")
    one = forum.release
    assert one.name == "First Draft (draft-1), WTPF-26"
    notes = one.body or ""
    for words in (
        "Unofficial working aid",
        "not posted on the official page yet",
        "`report.html`: the draft, to be read in a browser",
        "This is the first draft; there is none to compare it with.",
        "Every change of the text was declared",
        "sha256sum --check SHA256SUMS",
        forum.git.tip("refs/tags/draft-1"),
    ):
        assert words in notes, words
    assert "can be exchanged" not in notes
    posted = accord(
        "posted", "draft-1", "--repo", str(path), "--as", SAM, "--at", "2024-08-05T08:00:00Z",
        "--url", "https://example.org/draft-1", "--symbol", "S24-0001",
    )  # fmt: skip
    assert posted.code == 0, posted.err
    told = forum.does(path, "draft-1")
    assert told.data["steps"] == ["write its title and notes"]
    notes = forum.release.body or ""
    assert "<https://example.org/draft-1>" in notes
    assert "S24" in notes
    assert "not posted" not in notes


# --- stopped anywhere -------------------------------------------------------------------------------------


class Killed(BaseException):
    """What stands for a process that ends at this point."""


def killing(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, which: int) -> Callable[[], None]:
    """Let the process end right after a method was called so many times; the result brings the method back."""
    real = getattr(owner, name)
    calls: list[int] = []

    def then_killed(*args: Any, **named: Any) -> Any:
        done = real(*args, **named)
        calls.append(1)
        if len(calls) == which:
            raise Killed
        return done

    monkeypatch.setattr(owner, name, then_killed)
    return lambda: monkeypatch.setattr(owner, name, real)


POINTS = {
    "documents": (DocumentFolder, "replace", 1),
    "cut": (own_cut, "cut", 1),
    "shared": (GitRemote, "push", 1),
    "created": (Client, "post", 1),
    "first file": (Client, "upload", 1),
    "last file": (Client, "upload", len(FILES)),
    "published": (Client, "patch", 1),
}


@pytest.mark.parametrize(
    ("point", "where"),
    [
        *((point, "the same folder") for point in ("documents", "cut", "shared")),
        *((point, "a fresh one") for point in POINTS),
    ],
)
def test_a_run_stopped_anywhere_is_finished_by_running_again(
    forum: Forum, monkeypatch: pytest.MonkeyPatch, point: str, where: str
) -> None:
    """On the same machine or on another, with nothing doubled."""
    path = forum.copy()
    back = killing(monkeypatch, *POINTS[point])
    with pytest.raises(Killed):
        forum.does(path, "draft-1")
    back()
    forum.does(path if where == "the same folder" else forum.copy("fresh"), "draft-1")
    forum.complete()
    uploads = forum.double.world.calls()["repos/upload-release-asset"]
    assert (uploads, forum.double.world.calls()["repos/create-release"]) == (len(FILES), 1)


# --- others at work ---------------------------------------------------------------------------------------


def somebody_writes(forum: Forum) -> None:
    """Somebody else enters something, in a copy of their own, and shares it."""
    path = forum.folder / "somebody"
    if not path.exists():
        forum.copy("somebody")
    repo = Repo(path)
    if forum.git.tip("refs/heads/record") is None:
        open_desk(str(path), "", SAM).open_record()
    else:
        repo.git("fetch", "--quiet", "origin", "+record:refs/heads/record")
        told = accord("correct", "1", "--repo", str(path), "--as", SAM, "--reason", "Said more clearly.")
        assert told.code == 0, told.err
    repo.git("push", "--quiet", str(forum.home.path), "record")


@pytest.mark.parametrize("begun", [True, False], ids=["a record", "no record yet"])
def test_somebody_writes_while_the_draft_is_cut(
    forum: Forum, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    """It is cut once more on what they wrote; tag and record are shared together or not at all."""
    if begun:
        somebody_writes(forum)
    real = GitRemote.push
    calls: list[int] = []

    def push(self: GitRemote, refs: list[str]) -> bool:
        calls.append(1)
        if len(calls) == 1:
            somebody_writes(forum)
        return real(self, refs)

    monkeypatch.setattr(GitRemote, "push", push)
    forum.does(forum.copy(), "draft-1")
    forum.complete()
    assert len(calls) == 2
    assert accord("verify", "--repo", str(forum.copy("anybody"))).code == 0


def test_cut_on_a_laptop_and_others_wrote_since(forum: Forum) -> None:
    """What nobody else has of the cut is dropped, and the draft is cut on the record that everybody has."""
    somebody_writes(forum)
    path = forum.copy()
    Repo(path).git("fetch", "--quiet", "origin", "record:refs/heads/record")
    assert accord("cut", "draft-1", "--repo", str(path), "--as", SAM).code == 0
    before = Repo(path).git("rev-parse", "draft-1")
    somebody_writes(forum)
    forum.does(path, "draft-1")
    forum.complete()
    assert forum.git.tip("refs/tags/draft-1") != before
    assert accord("verify", "--repo", str(path)).code == 0


def test_what_else_is_only_on_the_laptop_is_never_dropped(forum: Forum) -> None:
    """An entry that nobody else has, on a record that went on without it: a person puts that right."""
    somebody_writes(forum)
    path = forum.copy()
    Repo(path).git("fetch", "--quiet", "origin", "record:refs/heads/record")
    assert accord("correct", "1", "--repo", str(path), "--as", SAM, "--reason", "Only here.").code == 0
    mine = Repo(path).git("rev-parse", "record")
    somebody_writes(forum)
    assert forum.does(path, "draft-1", code=4).rules == ["record-diverged"]
    assert Repo(path).git("rev-parse", "record") == mine
    assert forum.home.releases == []


def test_a_laptop_whose_text_is_behind(forum: Forum) -> None:
    """The text that everybody has is cut, not the one that happens to lie here."""
    path = forum.copy()
    text = forum.git.git("show", f"main:{REPORT}") + "\n\nOne more step.\n"
    tip = forum.double.world.push(forum.home, "main", {REPORT: text})
    forum.does(path, "draft-1")
    assert forum.git.git("rev-parse", "draft-1^{commit}") == tip
    assert Repo(path).git("rev-parse", "main") != tip


def test_the_text_goes_on_before_the_release_is_finished(forum: Forum) -> None:
    """The draft is the one that was cut, whatever is on the main branch by now."""
    forum.does(forum.copy(), "draft-1", "--prepare")
    tag = forum.git.tip("refs/tags/draft-1")
    forum.double.world.push(forum.home, "main", {REPORT: "# Next steps\n\nAnother text.\n"})
    forum.does(forum.copy("later"), "draft-1")
    assert (forum.git.tip("refs/tags/draft-1"), forum.release.draft) == (tag, False)
    assert forum.drafts_recorded() == ["draft-1"]


def test_two_at_once_made_two(forum: Forum) -> None:
    """The older one is published, the other is gone."""
    forum.does(forum.copy(), "draft-1", "--prepare")
    second = Client(
        forum.token, forum.home.full_name, forum.double.url, f"{forum.double.url}/graphql", pause=0
    )
    second.post("releases", {"tag_name": "draft-1", "name": "x", "draft": True})
    assert len(forum.home.releases) == 2
    forum.does(forum.copy("later"), "draft-1", "--publish")
    forum.complete()


# --- what GitHub does -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "call", "done"),
    [
        ("repos/create-release", 1, True),
        ("repos/upload-release-asset", 1, False),
        ("repos/upload-release-asset", 3, True),
        ("repos/update-release", 1, True),
    ],
)
def test_github_has_trouble(forum: Forum, operation: str, call: int, done: bool) -> None:
    """It is refused from outside; the next run finds what is there and doubles nothing."""
    forum.double.world.faults.add(operation, bad_gateway(after_commit=done), call=call)
    path = forum.copy()
    assert forum.does(path, "draft-1", code=4).rules == ["forge-trouble"]
    forum.does(path, "draft-1")
    forum.complete()


def test_github_asks_to_wait(forum: Forum) -> None:
    """The run ends at once, and the next one goes on from there."""
    forum.double.world.faults.add("repos/upload-release-asset", secondary_limit(), call=2)
    path = forum.copy()
    assert forum.does(path, "draft-1", code=4).rules == ["forge-rate"]
    assert len(forum.release.assets) == 1
    forum.does(path, "draft-1")
    forum.complete()


def test_a_burned_tag_is_explained(forum: Forum) -> None:
    """Somebody removed a published release: nothing is lost, and there is a way on."""
    path = forum.copy()
    forum.does(path, "draft-1")
    admin = forum.double.world.mint(permissions={"contents": "write"}, repository=forum.home)
    removing = Client(admin, forum.home.full_name, forum.double.url, f"{forum.double.url}/graphql", pause=0)
    removing.delete(f"releases/{forum.release.id}")
    told = forum.does(path, "draft-1", code=1)
    assert told.rules == ["release-burned"]
    assert "accord build draft-1" in told.data["findings"][0]["fix"]


def test_where_releases_are_not_immutable(forum: Forum) -> None:
    """It is published all the same, and everybody is told: in the warning and in the notes."""
    forum.home.immutable_releases = False
    told = forum.does(forum.copy(), "draft-1")
    assert told.rules == ["release-unguarded", "record-unguarded"]
    assert told.data["immutable"] is False
    forum.complete()
    assert "can be exchanged" in (forum.release.body or "")


def test_a_file_exchanged_after_it_was_published(forum: Forum) -> None:
    """It is found by its SHA-256, and not put right in silence."""
    forum.home.immutable_releases = False
    path = forum.copy()
    forum.does(path, "draft-1")
    next(one for one in forum.release.assets if one.name == "report.md").data = b"Another text.\n"
    before = forum.changes()
    told = forum.does(path, "draft-1", code=1)
    assert told.rules == ["release-differs"]
    assert "`report.md`" in told.data["findings"][0]["message"]
    assert forum.changes() == before


def test_a_file_exchanged_before_it_is_published(forum: Forum) -> None:
    """What was attested is not what lies there: it is not published until it is prepared again."""
    path = forum.copy()
    forum.does(path, "draft-1", "--prepare")
    next(one for one in forum.release.assets if one.name == "report.md").data = b"Another text.\n"
    assert forum.does(path, "draft-1", "--publish", code=1).rules == ["release-unprepared"]
    assert forum.release.draft
    forum.does(path, "draft-1", "--prepare")
    forum.does(path, "draft-1", "--publish")
    forum.complete()


# --- what is refused --------------------------------------------------------------------------------------


def test_a_rehearsal_is_never_released(
    tmp_path: Path, github: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a draft of a release is made, and no tag is shared."""
    forum = on_github(second(tmp_path / "begin"), tmp_path, github, monkeypatch)
    for arguments in (["draft-2"], ["draft-2", "--dry-run"], ["draft-2", "--publish"]):
        told = forum.does(forum.copy(f"copy-{len(arguments)}-{arguments[-1]}"), *arguments, code=1)
        assert told.rules == ["release-rehearsal"]
    assert (forum.home.releases, forum.changes()) == ([], [])


@pytest.mark.parametrize("stage", [(), ("--prepare",), ("--publish",)])
def test_only_the_secretariat_releases(forum: Forum, stage: tuple[str, ...]) -> None:
    """Whoever started the workflow, known by the number of their account; before and after it is cut (R28)."""
    for name in ("before", "after"):
        path = forum.copy(name)
        before = forum.changes()
        unprepared = name == "before" and "--publish" in stage
        for account in ("1", "3", "77"):
            told = forum.does(path, "draft-1", *stage, account=account, code=1 if unprepared else 2)
            assert told.rules == ["release-unprepared" if unprepared else "role-missing"]
        assert forum.changes() == before
        forum.does(path, "draft-1", "--prepare")


def test_nothing_is_published_that_was_not_prepared(forum: Forum) -> None:
    """The next step is named."""
    told = forum.does(forum.copy(), "draft-1", "--publish", code=1)
    assert told.rules == ["release-unprepared"]
    assert "--prepare" in told.data["findings"][0]["fix"]
    assert forum.does(forum.copy("other"), "draft-1", "--publish", "--prepare", code=2).rules == ["usage"]


def test_gates_that_are_not_met(forum: Forum) -> None:
    """As `accord cut` says them; nothing is shared."""
    told = forum.does(forum.copy(), "draft-2", code=1)
    assert "R19" in told.rules
    assert (forum.home.releases, forum.changes(), "record" in forum.git.refs()) == ([], [], False)


def test_somebody_elses_tag(forum: Forum) -> None:
    """A tag of that name which is no draft stops the release before anything is made."""
    forum.git.point("refs/tags/draft-1", forum.git.tip("main"))
    assert forum.does(forum.copy(), "draft-1", code=1).rules == ["tag-foreign"]
    assert forum.home.releases == []


def test_another_tag_here_than_everybodys(forum: Forum) -> None:
    """A tag never moves, neither here nor there."""
    path = forum.copy()
    forum.does(forum.copy("other"), "draft-1")
    Repo(path).git("tag", "draft-1", "main")
    told = forum.does(path, "draft-1", code=1)
    assert told.rules == ["tag-other"]
    assert "git tag -d draft-1" in told.data["findings"][0]["fix"]


@pytest.mark.parametrize("where", ["the same folder", "a fresh one"])
@pytest.mark.parametrize("to", ["a commit", "another draft", "nothing"])
def test_a_tag_that_was_moved_before_it_is_published(forum: Forum, to: str, where: str) -> None:
    """It is not the one that was cut: nothing is published, and it is said."""
    path = forum.copy()
    forum.does(path, "draft-1", "--prepare")
    tag = forum.git.tip("refs/tags/draft-1")
    if to == "another draft":
        body = forum.git.git("cat-file", "tag", tag).replace("tagger Accord", "tagger Mallory")
        forum.git.point("refs/tags/draft-1", forum.git.git("mktag", stdin=f"{body}\n".encode()))
    else:
        forum.git.point("refs/tags/draft-1", None if to == "nothing" else forum.git.tip("main"))
    path = path if where == "the same folder" else forum.copy("fresh")
    gone = to == "nothing"
    told = forum.does(path, "draft-1", "--publish", code=1)
    assert told.rules == (["release-unprepared"] if gone else ["tag-moved"])
    assert forum.release.draft
    told = forum.does(path, "draft-1", code=0 if gone else 1)
    if gone:  # the same one again, to the byte
        assert forum.git.tip("refs/tags/draft-1") == tag
        forum.complete()
    else:
        assert told.rules == ["tag-moved"]
        assert forum.release.draft


def test_a_tag_that_is_moved_while_it_is_published(forum: Forum) -> None:
    """Too late to stop it; it is found and said, with what to do."""
    path = forum.copy()
    forum.does(path, "draft-1", "--prepare")
    tip = forum.git.tip("main")
    moved = meanwhile(lambda: forum.git.point("refs/tags/draft-1", tip))
    forum.double.world.faults.add("repos/update-release", moved)
    told = forum.does(path, "draft-1", "--publish", code=1)
    assert told.rules == ["tag-moved"]
    assert "accord release draft-1-corr-1" in told.data["findings"][0]["fix"]


def test_who_else_can_write_the_record_is_said(forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until only the tool can, with a token of its own."""
    path = forum.copy()
    assert forum.does(path, "draft-1", "--prepare").rules == ["record-unguarded"]
    own = forum.double.world.mint(permissions={"contents": "write"}, repository=forum.home, kind="app")
    monkeypatch.setenv("ACCORD_RECORD_TOKEN", own)
    assert forum.does(path, "draft-1", "--publish").rules == []


# --- a dry run --------------------------------------------------------------------------------------------


def test_a_dry_run_says_every_step_and_does_none(forum: Forum) -> None:
    """Before, in the middle, and when all is done."""
    path = forum.copy()
    refs = Repo(path).git("for-each-ref")
    told = forum.does(path, "draft-1", "--dry-run")
    assert told.data["steps"] == [
        "cut draft-1 (its gates are met)",
        "share the tag draft-1 and the record",
        f"write {len(FILES)} files to {path}/build/draft-1",
        "make the release, which nobody sees yet",
        *(f"upload {name}" for name in sorted(FILES)),
        "publish it",
    ]
    assert (Repo(path).git("for-each-ref"), forum.changes(), (path / "build").exists()) == (refs, [], False)
    forum.does(path, "draft-1", "--prepare")
    before = forum.changes()
    told = forum.does(path, "draft-1", "--publish", "--dry-run")
    assert (told.data["steps"], told.data["published"], forum.changes()) == (["publish it"], False, before)
    forum.does(path, "draft-1", "--publish")
    told = accord("release", "draft-1", "--repo", str(path), "--as-account", SECRETARY, "--dry-run")
    assert "nothing to do" in told.out


# --- corrections ------------------------------------------------------------------------------------------


def test_a_corrigendum_is_released_beside_the_draft_it_corrects(forum: Forum) -> None:
    """With its reason; the release of the draft stays as it is."""
    path = forum.copy()
    forum.does(path, "draft-1")
    first = [(one.name, one.data) for one in forum.release.assets]
    text = forum.git.git("show", f"main:{REPORT}").replace("Later versions", "Later drafts") + "\n"
    commit = forum.double.world.push(forum.home, "main", {REPORT: text})
    Repo(path).git("fetch", "--quiet", "origin")
    Repo(path).git("merge", "--quiet", "--ff-only", "origin/main")
    told = accord("regularise", commit, "--repo", str(path), "--as", SAM, "--reason", "a misprint")
    assert told.code == 0, told.err
    forum.does(path, "draft-1-corr-1", "--reason", "a *misprint*, said @mallory")
    one, other = sorted(forum.home.releases, key=lambda each: each.id)
    assert [(each.name, each.data) for each in one.assets] == first
    assert (other.tag, other.draft, {each.name for each in other.assets}) == (
        "draft-1-corr-1", False, FILES | {"redline.docx", "redline.html", "redline.md", "redline.pdf"},
    )  # fmt: skip
    assert r"What this Corrigendum corrects: a \*misprint\*, said `@mallory`" in (other.body or "")
    assert "Since `draft-1`: 1 change: 1 MOD." in (other.body or "").replace("\\", "")


# --- the page about it -------------------------------------------------------------------------------------


def test_the_page_names_everything_that_can_be_said() -> None:
    """Each rule of these modules has its row, and each command of the page is one."""
    page = (ROOT / "docs/releasing.md").read_text("utf-8")
    modules = [*ROOT.glob("tools/accord/application/forge/*.py"), ROOT / "tools/accord/cli/release.py"]
    about = [one for one in modules if one.stem in {"releasing", "publishing", "own_cut", "release"}]
    rules = {
        rule
        for one in about
        for rule in re.findall(r'"((?:release|tag|record)-[a-z]+)"', one.read_text("utf-8"))
    }
    assert len(about) == 4
    assert len(rules) > 8
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in page] == []
    lines = commands("docs/releasing.md")
    assert len(lines) == 3
    for line in lines:
        understand(line)


# --- what the notes are made of ---------------------------------------------------------------------------


def facts(round_: Round, draft: str) -> Facts:
    """The facts of a draft that is cut."""
    desk = open_desk(str(round_.path), "2024-11-05T10:00:00Z", SAM)
    tag = desk.repository.read_tag(draft)
    assert tag is not None
    manifest = manifest_in(tag.message)
    drawn = draw(desk, draft, manifest.commit, manifest.record, manifest.reason)
    return facts_of_release(desk, drawn, tag.oid, tuple(manifest.files))


def test_the_notes_of_a_later_draft(tmp_path: Path) -> None:
    """What changed since the draft before, what became of the contributions, what was overruled for it, and why."""
    round_ = begun(tmp_path / "r")
    outline(round_)
    text = (round_.path / REPORT).read_text("utf-8")
    round_.proposes("outside", {REPORT: f"{text}\nMore.\n", "notes.txt": "ours"})
    at = "2024-08-10T10:00:00Z"
    round_.does(ANA, at, "submit", "outside", "--metadata", round_.metadata(), code=1)
    round_.does(SAM, at, "waive", "2", "path-outside", "--reason", "the notes are harmless")
    round_.does(SAM, "2024-10-09T10:00:00Z", "dispose", "2", "noted", "--reason", "heard")
    meeting(round_)
    round_.does(SAM, CUT_2, "cut", "draft-2")
    found = facts(round_, "draft-2")
    assert [(one.contribution, one.what, one.reason, one.by) for one in found.overruled] == [
        ("2", "`path-outside` overruled on version 1", "the notes are harmless", SAM)
    ]
    assert found.contributions == (("incorporated", 1), ("noted", 1))
    assert (found.previous, found.changes, found.correction) == ("draft-1", "13 changes: 13 ADD.", "")
    assert [name for name, _ in found.opinions] == ["Access in the evening"]
    assert found.posted is None
    assert facts(round_, "draft-1").overruled == ()
    round_.does(
        SAM, "2024-11-04T09:00:00Z", "posted", "draft-2", "--at", "2024-11-04T09:00:00Z",
        "--url", "https://example.org/draft-2", "--symbol", "S24-2",
    )  # fmt: skip
    posted = facts(round_, "draft-2").posted
    assert posted is not None
    assert (posted.url, posted.symbol) == ("https://example.org/draft-2", "S24-2")
    assert posted.when.startswith("4 November 2024")


def test_a_secretary_with_a_key_releases_by_the_workflow(
    tmp_path: Path, github: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their key is on their own machine; the workflow stands in for them, and everything still verifies."""
    round_ = bare_round(tmp_path / "begin")
    key = new_key(tmp_path, "sam")
    round_.repo.commit({"process/experts.yaml": with_key(EXPERTS, SAM, key.public)})
    forum = on_github(round_, tmp_path, github, monkeypatch)
    forum.does(forum.copy(), "draft-1")
    forum.complete()
    told = accord("verify", "--repo", str(forum.copy("anybody")))
    assert told.code == 0, told.out + told.err


def test_released_from_a_terminal_by_name(forum: Forum) -> None:
    """`--as` works as everywhere; and people read where it is and what comes next."""
    path = forum.copy()
    told = accord("release", "draft-1", "--repo", str(path), "--as", SAM, "--prepare")
    assert told.code == 0, told.err
    assert "First Draft (draft-1) is ready, with 10 files, and nobody else sees it yet: http" in told.out
    assert "accord release draft-1 --publish" in told.out
    assert "Make the release, which nobody sees yet.\nUpload SHA256SUMS." in told.err
    told = accord("release", "draft-1", "--repo", str(path), "--as", SAM, "--publish")
    assert told.code == 0, told.err
    assert "First Draft (draft-1) is published: http" in told.out
    assert "accord posted draft-1" in told.out
    assert "Unofficial working aid" in told.out
