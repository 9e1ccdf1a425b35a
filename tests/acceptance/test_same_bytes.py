"""The same draft on another machine: another zone, language, umask, hash seed and folder give the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from accord.domain.drafts.manifest import manifest_in
from tests.acceptance.rehearsed import Rehearsed, rehearse

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "UMASK": "022"}
ELSEWHERE = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "UMASK": "077"}
LANGUAGES = {"LANG": "ar_EG.UTF-8", "LANGUAGE": "ar"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """A rehearsal up to the draft that has everything: texts of Opinions, a redline, a compilation."""
    return rehearse(tmp_path_factory.mktemp("played"), "--until", "draft-3")


def built(repository: Path, out: Path, where: dict[str, str]) -> dict[str, str]:
    """The digests of the files that `accord build` writes in a process of its own."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "SOURCE"))
    }
    environment |= {name: value for name, value in where.items() if name != "UMASK"}
    command = [sys.executable, "-m", "accord", "build", "draft-3", "--repo", str(repository), "-o", str(out)]
    work = out.parent / f"from-{out.name}"
    work.mkdir(parents=True)
    subprocess.run(
        ["sh", "-c", f'umask {where["UMASK"]}; exec "$@"', "sh", *command],
        env=environment, cwd=work, check=True, capture_output=True,
    )  # fmt: skip
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(out.iterdir())}


def test_a_draft_built_twice_is_the_same_to_the_byte(played: Rehearsed, tmp_path: Path) -> None:
    """And it is what its tag says it was when it was cut."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--mirror", str(played.folder), str(clone)], check=True)
    first = built(played.folder, tmp_path / "one", HERE)
    second = built(clone, tmp_path / "two", ELSEWHERE | LANGUAGES)
    assert first == second
    message = subprocess.run(
        ["git", "-C", str(clone), "for-each-ref", "--format=%(contents)", "refs/tags/draft-3"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    manifest = manifest_in(message)
    assert {name: first[name] for name in manifest.files} == dict(manifest.files)
    endings = {name.partition(".")[2] for name in first}
    assert {"md", "html", "docx", "pdf", "xlsx", "csv", "akn.xml", "ics", "json"} <= endings
