"""`accord conflicts` as a whole process: 300 open contributions over 200 clauses, beside git merging the same pairs.

The peer, `git merge-tree --write-tree --stdin`, merges in one process every pair of contributions that meets on a
clause, line by line; `accord conflicts` also reads the record, judges who is open, and shows each wording. Prints
medians and the ratio (required: less than 5 s); asserts nothing.
Run: python bench/bench_conflicts.py [CONTRIBUTIONS [CLAUSES]]
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from accord.application import receiving, secretariat
from accord.application.receiving import Description, Handed
from accord.cli.wiring import open_desk
from accord.domain.record.values import Receipt

ROOT = Path(__file__).parents[1]
ACCORD = str(Path(sys.executable).parent / "accord")
FILES, ROUNDS, MOST = 4, 5, 5.0
POSTED, HANDED_IN, ASKED = "2024-08-05T08:00:00Z", "2024-08-20T10:00:00Z", "2024-08-21T10:00:00Z"
WORDS = (
    "the", "Union", "members", "networks", "gaps", "skills", "between", "regions", "grow", "every", "year", "that",
    "schools", "learn", "share", "open", "bridge", "access", "cost", "power", "people", "villages", "islands", "space",
    "data", "rules", "trust", "standards", "spectrum", "connect", "affordable",
)  # fmt: skip
EXPERTS = """\
version: 1
entities:
  - {id: arcadia, name: Arcadia, category: member-state, from: "2024-06-20", region: Europe, invented: true}
experts: []
chairs: []
secretariat:
  - {account: 4, name: Sam Example, from: "2024-06-14"}
"""
METADATA = """\
category: member-state
source: Arcadia
kind: comment
based_on: draft-1
themes: [digital-divides]
title: Wording number {number}
reasons: It reads better.
language: en
for: action
"""


def texts(clauses: int) -> dict[str, str]:
    """So many paragraphs of 40 words, over a few sections of a Report."""
    chance = random.Random(7)
    files: dict[str, str] = {}
    for section in range(FILES):
        paragraphs = [
            " ".join(chance.choice(WORDS) for _ in range(40)) + "." for _ in range(clauses // FILES - 1)
        ]
        files[f"report/1{section}-section.md"] = "\n\n".join([f"# Section {section}", *paragraphs]) + "\n"
    return files


def edited(text: str, chance: random.Random) -> str:
    """The text with a few words of one paragraph changed."""
    paragraphs = text.split("\n\n")
    place = chance.randrange(1, len(paragraphs))
    words = paragraphs[place].split(" ")
    at = chance.randrange(len(words) - 1)
    words[at : at + 2] = [f"{chance.choice(WORDS)} and {chance.choice(WORDS)}"]
    paragraphs[place] = " ".join(words)
    return "\n\n".join(paragraphs)


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """Run git, and give what it printed."""
    done = subprocess.run(["git", *words], cwd=folder, input=given, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"git {words[0]}: {done.stderr.decode()}")
    return done.stdout.decode().strip()


def prepared(folder: Path, contributions: int, clauses: int) -> None:
    """A rehearsal in which so many contributions are open, each changing a few words of one clause."""
    shutil.copytree(ROOT / "process", folder / "process")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    files = {"process/experts.yaml": EXPERTS, **texts(clauses)}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Ana of Arcadia")
    git(folder, "config", "user.email", "")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "First Draft")
    chance = random.Random(11)
    stream = []
    for number in range(1, contributions + 1):
        name = chance.choice([name for name in files if name.startswith("report/")])
        data = edited(files[name], chance)
        stream.append(
            f"commit refs/heads/wording-{number}\ncommitter Ana of Arcadia <> {1724100000 + number} +0000\n"
            f"data 7\nWording\nfrom refs/heads/main^0\n"
            f"M 100644 inline {name}\ndata {len(data.encode())}\n{data}\n"
        )
    git(folder, "fast-import", "--quiet", given="".join(stream).encode())
    open_desk(str(folder), POSTED, "").open_record(rehearsal=True)
    desk = open_desk(str(folder), POSTED, "Sam Example")
    secretariat.posted(desk, "draft-1", POSTED, "https://example.org/draft-1", "")
    desk = open_desk(str(folder), HANDED_IN, "")
    for number in range(1, contributions + 1):
        description = Description(data=METADATA.format(number=number).encode(), name="description.yaml")
        receiving.submit(
            desk, f"wording-{number}", description, Handed(channel="local", receipt=Receipt.instant(desk.now))
        )


def seconds(command: list[str], folder: Path, given: bytes = b"") -> tuple[float, bytes]:
    """How long the command takes as a whole process, and what it printed."""
    # As installed: with the compiled modules that any first run leaves behind.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode()}")
    return took, done.stdout


def main(contributions: int, clauses: int) -> None:
    """Interleave both, so that what else the machine does hits both alike."""
    ours = [ACCORD, "conflicts", "--now", ASKED, "--format", "json"]
    peer = ["git", "merge-tree", "--write-tree", "--stdin"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "text"
        folder.mkdir()
        prepared(folder, contributions, clauses)
        found = json.loads(seconds(ours, folder)[1])["clauses"]
        pairs = sorted({tuple(one["contributions"]) for one in found if len(one["contributions"]) == 2})
        given = "".join(f"wording-{one} wording-{other}\n" for one, other in pairs).encode()
        times: dict[str, list[float]] = {"accord conflicts": [], "git merge-tree": []}
        for _ in range(ROUNDS):
            times["accord conflicts"].append(seconds(ours, folder)[0])
            times["git merge-tree"].append(seconds(peer, folder, given)[0])
    middle = {label: median(values) for label, values in times.items()}
    print(f"bench_conflicts: {contributions} contributions over {clauses} clauses, {len(pairs)} pairs meet")
    for label, value in middle.items():
        print(f"bench_conflicts: {label:18} {value:6.2f} s")
    ratio = middle["accord conflicts"] / middle["git merge-tree"]
    print(
        f"bench_conflicts: accord conflicts / git merge-tree = {ratio:.1f} (required: less than {MOST:.0f} s)"
    )


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], *("300", "200")[len(sys.argv) - 1 :])))
