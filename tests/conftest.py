"""Fixtures for every test: real repositories that no setting of this machine can reach."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from tests.double.fixtures import github  # noqa: F401  (a fixture for every test)

MOMENT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)

# Where a change is to land, the same examples are drawn each time: what it is judged by is no matter of luck.
settings.register_profile("landing", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("landing")


@pytest.fixture(scope="session", autouse=True)
def _plain_git() -> Iterator[None]:
    """No settings, hooks or identity of the machine."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    yield
    os.environ.clear()
    os.environ.update(before)


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository in a folder, worked on as a person would: with files and the `git` command."""

    path: Path

    def git(self, *args: str, stdin: str | bytes | None = None) -> str:
        """Run git here and return what it printed, without the last line break."""
        sent = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(["git", *args], cwd=self.path, input=sent, capture_output=True, check=False)
        assert done.returncode == 0, f"git {' '.join(args)}: {done.stderr.decode()}"
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, without committing them."""
        for name, content in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Mapping[str, str | bytes | None], message: str = "Change the text") -> str:
        """Write (or with ``None`` remove) files and commit exactly those; the commit."""
        self.write({name: content for name, content in files.items() if content is not None})
        for name, content in files.items():
            if content is None:
                (self.path / name).unlink()
        self.git("add", "--all", "--", *files)
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Open a new branch."""
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        """Open a branch."""
        self.git("switch", "--quiet", name)


def new_repo(path: Path, *options: str) -> Repo:
    """A fresh repository with an invented person as its user, branch `main`, no commit."""
    path.mkdir(parents=True, exist_ok=True)
    repo = Repo(path)
    repo.git("init", "--quiet", "--initial-branch=main", *options)
    repo.git("config", "user.name", "Ana of Arcadia")
    repo.git("config", "user.email", "")
    return repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A fresh repository, branch `main`, no commit yet."""
    return new_repo(tmp_path / "repo")


@pytest.fixture
def moment() -> datetime:
    """Monday 4 November 2024, 09:00 UTC: inside the window W2 of the real timetable."""
    return MOMENT
