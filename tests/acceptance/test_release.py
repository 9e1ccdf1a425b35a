"""Releasing a draft on GitHub: the command line, real Git, and a stand-in that keeps to GitHub's descriptions."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.folder import DocumentFolder
from accord.adapters.git.remote import GitRemote
from accord.adapters.github.client import Client
from accord.application.forge import own_cut
from accord.cli import wiring
from tests.acceptance.world import OPINION, SAM, Round, Told, accord, bare_round
from tests.conftest import Repo
from tests.double.server import Double
from tests.double.state import Release, Repository

FILES = {"SHA256SUMS", "contributions.html", "contributions.md", "manifest.json", "report.html", "report.md"}
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


@pytest.mark.parametrize("where", ["the same folder", "a fresh one"])
@pytest.mark.parametrize("point", POINTS)
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
