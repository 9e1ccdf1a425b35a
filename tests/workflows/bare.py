"""A forge that has nothing but its repository: enough to see a workflow start, fetch and install."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import Repo, new_repo
from tests.workflows.files import ROOT

CARRIED = (".ci", ".github/workflows")


@dataclass(slots=True)
class BareForge:
    """Plays the repository of a forum at a place in the file system. Its tokens say what they may do."""

    folder: Path
    repository: str = "arcadia-forum/drafts"
    base_url: str = "http://127.0.0.1:1/nobody-answers"
    tokens: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def server_url(self) -> str:
        """Where the repositories are."""
        return f"file://{self.folder}"

    @property
    def git(self) -> Repo:
        """The bare repository."""
        return Repo(self.folder / self.repository)

    def job_token(self, permissions: Mapping[str, str]) -> str:
        """A token that nobody accepts."""
        self.tokens.append(dict(permissions))
        return f"ghs_invented{len(self.tokens):024d}"

    def files(self, ref: str, folder: str) -> Mapping[str, str]:
        """The files of a folder at *ref*."""
        names = self.git.git("ls-tree", "--name-only", f"{ref}:{folder}").splitlines()
        return {name: self.git.git("show", f"{ref}:{folder}/{name}") + "\n" for name in names}

    def commit(self, ref: str) -> str:
        """The commit that *ref* names."""
        return self.git.git("rev-parse", f"{ref}^{{commit}}")


def carried() -> dict[str, bytes]:
    """The files of this checkout that a job needs."""
    return {
        str(path.relative_to(ROOT)): path.read_bytes()
        for folder in CARRIED
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }


def bare_forge(folder: Path, files: Mapping[str, bytes | str] | None = None) -> BareForge:
    """A repository whose main branch has this checkout's workflows and scripts, and *files*."""
    forge = BareForge(folder)
    work = new_repo(folder / "work")
    work.write({**carried(), **(files or {})})
    for script in (work.path / ".ci").iterdir():
        script.chmod((ROOT / ".ci" / script.name).stat().st_mode)
    work.git("add", "--all")
    work.git("commit", "--quiet", "-m", "The forum")
    forge.git.path.parent.mkdir()
    work.git("clone", "--quiet", "--bare", ".", str(forge.git.path))
    return forge


def from_fork(
    forge: BareForge, files: Mapping[str, bytes | str], *, title: str = "A proposal"
) -> dict[str, Any]:
    """What a pull request from a fork brings: *files* on a branch of the fork; the payload's `pull_request`."""
    work = Repo(forge.folder / "work")
    work.git("switch", "--quiet", "--detach", "main")
    work.write(files)
    work.git("add", "--all")
    work.git("commit", "--quiet", "--allow-empty", "-m", "From the fork")
    work.git("push", "--quiet", str(forge.git.path), "+HEAD:refs/pull/7/head", "+HEAD:refs/pull/7/merge")
    head = work.git("rev-parse", "HEAD")
    work.git("switch", "--quiet", "main")
    return {
        "number": 7,
        "title": title,
        "head": {"ref": "p", "sha": head, "repo": {"full_name": "mallory/drafts", "fork": True}},
        "base": {"ref": "main", "sha": forge.commit("main"), "repo": {"full_name": forge.repository}},
    }


def payload(action: str, **parts: object) -> Mapping[str, Any]:
    """The payload of an event, as JSON would carry it."""
    value: Mapping[str, Any] = json.loads(json.dumps({"action": action, **parts}))
    return value
