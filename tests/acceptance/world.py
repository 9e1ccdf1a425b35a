"""An invented round: a repository with this project's own report, process and schemas, and people who act in it."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from accord.cli.main import run
from accord.cli.wiring import open_desk
from tests.conftest import Repo, new_repo

ROOT = Path(__file__).resolve().parents[2]

# Who acts. Experts of three entities (and of a sector member), a chair, the secretariat.
ANA, LEV, MIA, SOL = "Ana Example", "Lev Example", "Mia Example", "Sol Example"
CHO, SAM = "Cho Example", "Sam Example"

EXPERTS = """\
version: 1
entities:
  - {id: arcadia, name: Arcadia, category: member-state, from: "2024-06-20", region: Europe, invented: true}
  - {id: lyrania, name: Lyrania, category: member-state, from: "2024-06-20", region: Africa, invented: true}
  - {id: example-university, name: Example University, category: academia, from: "2024-06-20", invented: true}
  - {id: example-telecom, name: Example Telecom, category: sector-member, from: "2024-06-20", invented: true}
experts:
  - {account: 1, name: Ana Example, entity: arcadia, active_in_own_country: true, nominated: "2024-07-01"}
  - {account: 2, name: Lev Example, entity: lyrania, active_in_own_country: true, nominated: "2024-07-01"}
  - {account: 5, name: Mia Example, entity: example-university, active_in_own_country: true, nominated: "2024-07-01"}
  - {account: 6, name: Sol Example, entity: example-telecom, active_in_own_country: true, nominated: "2024-07-01"}
chairs:
  - {account: 3, name: Cho Example, from: "2024-07-01"}
secretariat:
  - {account: 4, name: Sam Example, from: "2024-06-14"}
""".replace('nominated: "2024-07-01"}', 'nominated: "2024-07-01", country: Invented, from: "2024-07-01"}')

OPINION = "opinions/access.md"
TEXT = """\
---
id: access
title: Access in the evening
themes: [digital-divides]
stage: outline
language: en
---

The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that lighthouses have power and a connection;
2. that schools close in the afternoon;
3. that people learn in the evening,

*invites Member States*

1. to open schools in the evening;
2. to share what they learn from it.
"""

REPORT = "report/03-next-steps.md"

METADATA: Mapping[str, str] = {
    "category": "member-state",
    "source": "Arcadia",
    "kind": "comment",
    "based_on": "draft-1",
    "themes": "[digital-divides]",
    "title": "Opening hours of schools",
    "reasons": "Skills are needed.",
    "language": "en",
    "for": "action",
}

# Moments of the first two windows: W1 closes with 26 August, W2 runs from 4 November to 20 December.
POSTED_1 = "2024-08-05T08:00:00Z"
IN_W1 = "2024-08-20T10:00:00Z"
POSTED_2 = "2024-11-04T08:00:00Z"
IN_W2 = "2024-11-18T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Told:
    """What one command line came to: exit code, results, problems."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The results as JSON."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def rules(self) -> list[str]:
        """The rules of the findings of a JSON answer."""
        return [finding["rule"] for finding in self.data["findings"]]


def accord(*arguments: str) -> Told:
    """Run the command line in this process, with captured streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return Told(int(code), out.getvalue(), err.getvalue())


@dataclass(slots=True)
class Round:
    """A round in a folder. Each act names who acts and when; it must come to the exit code named (default 0)."""

    repo: Repo
    files: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The folder."""
        return self.repo.path

    def does(self, who: str, now: str, *arguments: str, code: int = 0) -> Told:
        """A writing verb; its answer as JSON."""
        told = accord(*arguments, "--repo", str(self.path), "--as", who, "--now", now, "--format", "json")
        assert told.code == code, f"{arguments} → {told.code}\n{told.out}\n{told.err}"
        return told

    def says(self, now: str, *arguments: str, code: int | None = 0) -> Told:
        """A verb that reads, for people."""
        told = accord(*arguments, "--repo", str(self.path), "--now", now)
        assert code is None or told.code == code, f"{arguments} → {told.code}\n{told.out}\n{told.err}"
        return told

    def status(self, number: str, now: str) -> dict[str, Any]:
        """Where a contribution or Opinion stands, as JSON."""
        told = accord("status", number, "--repo", str(self.path), "--now", now, "--format", "json")
        assert told.code == 0, told.err
        return told.data

    def state(self, number: str, now: str) -> str:
        """One word for it."""
        return str(self.status(number, now)["state"])

    def metadata(self, **changes: str | None) -> str:
        """A description in a file; the file's name. A field given as None is left out."""
        fields = {**METADATA, **changes}
        text = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
        file = self.path.parent / f"metadata-{len(self.files)}.yaml"
        self.files[file.name] = text
        file.write_text(text, encoding="utf-8")
        return str(file)

    def letter(self, name: str = "letter.txt", text: str = "An invented letter.") -> str:
        """A letter in a file; its name."""
        file = self.path.parent / name
        file.write_text(text, encoding="utf-8")
        return str(file)

    def proposes(self, branch: str, files: Mapping[str, str | bytes | None], *, start: str = "main") -> str:
        """A branch whose files read like this; its commit. The folder is left on the main branch."""
        if self.repo.git("branch", "--list", branch):
            self.repo.switch(branch)
        else:
            self.repo.branch(branch, start)
        commit = self.repo.commit(files, "Change the text")
        self.repo.switch("main")
        return commit

    def rewords(self, branch: str, *changes: tuple[str, str], start: str = "main") -> str:
        """A branch on which the Opinion reads differently: words → other words, each there once; its commit."""
        exists = self.repo.git("branch", "--list", branch)
        text = self.repo.git("show", f"{branch if exists else start}:{OPINION}") + "\n"
        for old, new in changes:
            assert text.count(old) == 1, (old, text)
            text = text.replace(old, new)
        return self.proposes(branch, {OPINION: text}, start=start)

    def refs(self) -> str:
        """Every ref and what it names, and the state of the files: what a refusal must leave as it is."""
        return self.repo.git("for-each-ref") + "\n" + self.repo.git("status", "--porcelain")

    def record(self) -> str:
        """The newest commit of the record."""
        return self.repo.git("rev-parse", "refs/heads/record")

    def events(self, number: str, now: str) -> str:
        """The acts on a subject, as people read them."""
        return self.says(now, "status", number).out.partition("What happened:")[2]


def bare_round(folder: Path) -> Round:
    """A repository with texts and process files, and no record yet."""
    source = _prepared()
    shutil.copytree(source, folder, symlinks=True)
    return Round(Repo(folder))


def rehearsal(folder: Path) -> Round:
    """The same with a rehearsal record in which the first draft is posted."""
    shutil.copytree(_opened(), folder, symlinks=True)
    return Round(Repo(folder))


def begin(round_: Round, now: str, *, real: bool = False) -> None:
    """Start the record."""
    open_desk(str(round_.path), now, "").open_record(rehearsal=not real)


def first_window(folder: Path) -> Round:
    """Contribution 1 by Arcadia was received in the first window: it opens the schools `until nine`."""
    round_ = rehearsal(folder)
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    return round_


def under(preset: str, folder: Path, *, since: str = "") -> Round:
    """:func:`first_window` under other rules of agreement, which the record has seen; with ``since`` only from then."""
    round_ = first_window(folder) if since else rehearsal(folder)
    rules = (round_.path / "process/consensus.yaml").read_text("utf-8")
    assert rules.count("use: itu") == 1
    round_.repo.commit({"process/consensus.yaml": rules.replace("use: itu", f"use: {preset}")}, "Other rules")
    if since:
        round_.does(SAM, since, "correct", "1", "--reason", "Other rules are in force.")
        return round_
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata())
    return round_


def agreed(round_: Round, number: str = "1") -> str:
    """Call and declare it agreed in the first window; the moment after it."""
    round_.does(CHO, "2024-08-21T10:00:00Z", "call", number, "--until", "2024-08-30")
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", number, "agreed")
    return "2024-09-02T10:00:00Z"


def scratch() -> Path:
    """A folder for what several tests copy; it is gone when the tests end."""
    folder = Path(mkdtemp(prefix="accord-round-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "text"


@cache
def _prepared() -> Path:
    folder = scratch()
    repo = new_repo(folder)
    for name in ("report", "process", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    repo.write({"process/experts.yaml": EXPERTS, OPINION: TEXT})
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "First Draft")
    return folder


@cache
def _opened() -> Path:
    folder = scratch()
    round_ = bare_round(folder)
    begin(round_, POSTED_1)
    round_.does(
        SAM, POSTED_1, "posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org/draft-1"
    )
    return folder
