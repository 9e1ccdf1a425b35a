"""`accord check META.yaml` as a whole process beside `check-jsonschema` on the same file, in one run.

`check-jsonschema` holds the file against the schema; `accord check` also says what the timetable, the list of nominated
experts and the rules of the door make of it. Prints medians and the ratio (aimed at: 1.5 at most); asserts nothing.
Run: python bench/bench_check.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ROUNDS = 15
AIM = 1.5

METADATA = """\
category: stakeholder
source: Example Reading Circle (invented)
kind: comment
based_on: draft-2
themes: [digital-divides]
title: Opening hours of schools
reasons: People learn in the evening.
language: en
for: action
"""


def prepared(folder: Path) -> None:
    """A copy of this repository's texts and process files, under Git, and a description."""
    for name in ("report", "opinions", "process", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "META.yaml").write_text(METADATA, "utf-8")
    plain = ["-c", "user.name=Ana of Arcadia", "-c", "user.email="]
    for words in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        [*plain, "commit", "--quiet", "-m", "x"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)


def seconds(command: list[str], folder: Path) -> float:
    """How long the command takes as a whole process."""
    # As installed: with the compiled modules that any first run leaves behind.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stdout.decode()}{done.stderr.decode()}")
    return took


def main() -> None:
    accord = str(BIN / "accord")
    schema = "schemas/contribution.schema.json"
    commands = {
        "accord check": [accord, "check", "META.yaml", "--now", "2024-11-18T10:00:00Z"],
        "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", schema, "META.yaml"],
        "accord now": [accord, "now", "--now", "2024-11-18T10:00:00Z"],
        "accord --version": [accord, "--version"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "text"
        folder.mkdir()
        prepared(folder)
        times: dict[str, list[float]] = {label: [] for label in commands}
        for turn in range(ROUNDS + 1):
            for label, command in commands.items():
                took = seconds(command, folder)
                if turn:  # the first one only warms up
                    times[label].append(took)
    for label, found in times.items():
        print(f"bench_check: {label:18} {median(found) * 1000:6.0f} ms")
    ratio = median(times["accord check"]) / median(times["check-jsonschema"])
    print(f"bench_check: accord check / check-jsonschema = {ratio:.2f} (aimed at: at most {AIM})")


if __name__ == "__main__":
    main()
