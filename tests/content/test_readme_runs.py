"""Every command of the README is run: on a fresh copy, or in an invented round in which it has something to do."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import ANA, CHO, LEV, MIA, POSTED_2, ROOT, SAM, Round, accord, rehearsal
from tests.double.server import Double

README = (ROOT / "README.md").read_text("utf-8")

# Who types a command of the README, when, and what may come of it. The first pattern that fits counts.
PLAYED: list[tuple[str, str, str, set[int]]] = [
    (r"submit my-version", ANA, "2024-11-19T10:00:00Z", {0}),
    (r"submit letter-7", SAM, "2024-11-19T10:00:00Z", {0}),
    (r"revise 12|withdraw 12", LEV, "2024-11-20T10:00:00Z", {0}),
    (r"amend 12", ANA, "2024-11-19T11:00:00Z", {0}),
    (r"cosign 12", MIA, "2024-11-21T10:00:00Z", {0}),
    (r"as-known", "", "2024-12-19T10:00:00Z", {0}),
    (r"position 12", ANA, "2024-11-21T10:00:00Z", {0}),
    (r"call 12", CHO, "2024-12-05T10:00:00Z", {0}),
    (r"declare 12", CHO, "2024-12-17T10:00:00Z", {0}),
    (r"incorporate 12|dispose 12", SAM, "2024-12-18T10:00:00Z", {0}),
    (r"cut draft-2", SAM, "2024-12-19T10:00:00Z", {0, 1}),  # the gates that are not met are named
    (r"why 12", "", "2024-11-21T10:00:00Z", {0, 1}),  # 1: something is missing
    (
        r"doctor",
        "",
        "2024-12-19T10:00:00Z",
        {1},
    ),  # the settings of the invented repository are those of a new one
    (r"sync|reconcile", "", "2024-12-19T10:00:00Z", {0}),
    (r"release draft-2", SAM, "2024-12-19T10:00:00Z", {1, 2}),  # a rehearsal is never released
    (r"compile|negotiation|brackets|pack|--ics", "", "2024-12-19T10:00:00Z", {0}),
    (r"status|diff|conflicts|verify", "", "2024-12-19T10:00:00Z", {0}),
]


def blocks(kind: str) -> list[list[str]]:
    """The commands of each fenced block of a kind, without prompts and remarks."""
    found = re.findall(rf"^```{kind}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [
        [line.removeprefix("$ ").partition("  #")[0].strip() for line in block.splitlines()]
        for block in found
    ]
    return [[line for line in block if line] for block in lines]


def round_with_twelve(folder: Path) -> Round:
    """Twelve contributions: eleven statements, and number 12 by Lyrania, which changes the Opinion."""
    round_ = rehearsal(folder)
    for number in range(1, 12):
        file = round_.metadata(title=f"Statement {number}")
        round_.does(ANA, "2024-08-20T10:00:00Z", "submit", "--metadata", file)
    round_.does(
        SAM, POSTED_2, "posted", "draft-2", "--at", "2024-11-04", "--url", "https://example.org/draft-2"
    )
    hours = ("to open schools in the evening", "to open schools until nine")
    round_.rewords("hours", hours)
    twelfth = round_.metadata(source="Lyrania", based_on="draft-2", title="Opening hours")
    round_.does(LEV, "2024-11-18T10:00:00Z", "submit", "hours", "--metadata", twelfth)
    round_.rewords("my-version", ("to open schools in the evening", "to open schools until ten"))
    round_.rewords(
        "my-words", ("to open schools until nine", "to open schools until half past nine"), start="hours"
    )
    round_.rewords("letter-7", ("to share what they learn", "to publish what they learn"))
    for name in ("description.yaml", "letter.pdf"):
        file = round_.metadata(based_on="draft-2") if name.endswith("yaml") else round_.letter()
        shutil.copy(file, round_.path / name)
    return round_


def typed(line: str) -> tuple[list[str], set[int]]:
    """A command of the README with who types it and when; the exit codes it may come to."""
    words = shlex.split(line)[1:]
    for pattern, who, now, codes in PLAYED:
        if re.search(pattern, line):
            extra = ["--as", who] if who else []
            return [*words, *extra, *(["--now", now] if "diff main" not in line else [])], codes
    raise AssertionError(f"say in PLAYED who types this and when: {line}")


CHAPTERS = [block for block in blocks("text") if any(line.startswith("accord ") for line in block)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda block: block[0])
def test_the_commands_for_each_reader_do_what_they_say(
    chapter: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """One after the other, in a round in which number 12 is open (and agreed before the secretariat takes over)."""
    round_ = round_with_twelve(tmp_path / "text")
    if any("accord sync" in line for line in chapter):
        on_github(round_, request.getfixturevalue("github"), monkeypatch)
    if any("incorporate 12" in line for line in chapter):
        round_.does(CHO, "2024-12-05T10:00:00Z", "call", "12", "--until", "2024-12-16")
        round_.does(CHO, "2024-12-17T10:00:00Z", "declare", "12", "agreed")
    monkeypatch.chdir(round_.path)
    for line in chapter:
        if not line.startswith("accord "):
            continue
        words, codes = typed(line)
        told = accord(*words)
        assert told.code in codes, f"{line} → {told.code}\n{told.out}\n{told.err}"


def on_github(round_: Round, github: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    """The round shared on the GitHub of the tests, in the environment that a workflow has."""
    home = github.world.repository("acme/forum")
    round_.repo.git("push", "--quiet", str(home.path), "main", "record")
    round_.repo.git("remote", "add", "origin", f"{github.url}/acme/forum")
    token = github.world.mint(
        permissions={
            "contents": "write",
            "issues": "write",
            "pull-requests": "write",
            "statuses": "write",
            "checks": "read",
        },
        repository=home,
    )
    monkeypatch.setenv("GITHUB_TOKEN", token)
    monkeypatch.setenv("GITHUB_REPOSITORY", "acme/forum")
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{github.url}/graphql")


def fresh_copy(folder: Path) -> Path:
    """A clone of this repository as it stands here, committed."""
    shutil.copytree(
        ROOT, folder, ignore=shutil.ignore_patterns(".*", "build", "demo", "__pycache__", "*.egg-info")
    )
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Copy"]):
        named = ["-c", "user.name=Test", "-c", "user.email=test"]
        subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True)
    return folder


def test_the_commands_offered_for_copying_work_on_a_fresh_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No record, no list of experts, nothing prepared."""
    monkeypatch.chdir(fresh_copy(tmp_path / "copy"))
    lines = [line for block in blocks("console") for line in block]
    assert len(lines) > 2
    for line in lines:
        told = accord(*shlex.split(line)[1:])
        assert told.code == 0, f"{line} → {told.code}\n{told.out}\n{told.err}"
        assert told.out.strip()


def made(target: str) -> Iterator[str]:
    """What `make TARGET` would run, without its set-up."""
    result = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True)
    yield from result.stdout.splitlines()


@pytest.mark.parametrize(
    ("target", "runs"), [("demo", "accord rehearse demo --until draft-2"), ("test", "python -m pytest")]
)
def test_the_two_commands_first_named_run_what_other_tests_play(target: str, runs: str) -> None:
    """`make demo` is the rehearsal up to draft-2; `make test` is this suite."""
    assert f"make {target}" in README
    assert any(runs in line for line in made(target))
