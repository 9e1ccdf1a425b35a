"""Adding to the record with 10 and with 20,000 contributions, against committing one file with git itself.

Run: ``python bench/bench_record.py [CONTRIBUTIONS]``. Read the ratios; the milliseconds depend on the disk.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.adapters.record.layout import FORMAT, segment_path
from accord.adapters.record.segments import event_line, head_content
from accord.application.ports import Batch, RecordHead

MOMENT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
SMALL, ROUNDS = 10, 30


def record_of(folder: Path, contributions: int) -> None:
    """A repository with a record of so many contributions, each with one event of usual size."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    files: dict[str, bytes | None] = {
        segment_path(f"contributions/{number}", 0): event_line(
            {"seq": number, "kind": "received", "source": "Example University", "text": "word " * 60}
        )
        for number in range(1, contributions + 1)
    }
    head = RecordHead(
        format=FORMAT, events=contributions, contributions=contributions, rehearsal=True, forum="bench"
    )
    with Git.open(folder) as git:
        commit = git.write_commit(files | {"head.json": head_content(head)}, (), "Begin", MOMENT, "Accord")
        git.update_ref("refs/heads/record", commit, None)


def receive(store: GitRecordStore) -> None:
    """Receive a contribution, and enter a position on an old one."""
    store.append(
        lambda view: Batch(
            subject="Receive",
            events=[
                (f"contributions/{view.next_contribution}", {"kind": "received", "text": "word " * 60}),
                ("contributions/7", {"kind": "position", "stance": "support"}),
            ],
            facts=[{"number": view.next_contribution}],
            allocate=True,
        ),
        MOMENT,
    )


def milliseconds(work: Callable[[], object]) -> float:
    """How long *work* takes once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@contextmanager
def files_with_git(folder: Path, contributions: int) -> Iterator[Callable[[], None]]:
    """The peer: one file a contribution in the work tree; add a file, append to another, `git add`, `git commit`."""
    identity = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a"}
    quiet: Mapping[str, str] = os.environ | identity | {"GIT_AUTHOR_EMAIL": "", "GIT_COMMITTER_EMAIL": ""}

    def git(*args: str) -> None:
        subprocess.run(["git", "-c", "gc.auto=0", *args], cwd=folder, env=quiet, check=True)

    git("init", "--quiet")
    paths = [
        folder / segment_path(f"contributions/{number}", 0) for number in range(1, contributions + ROUNDS * 2)
    ]
    for path in paths[:contributions]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("word " * 60 + "\n")
    git("add", "--all")
    git("commit", "--quiet", "-m", "Begin")
    fresh = iter(paths[contributions:])

    def add() -> None:
        path = next(fresh)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("word " * 60 + "\n")
        with paths[6].open("a") as old:
            old.write("position\n")
        git("add", "--", str(path), str(paths[6]))
        git("commit", "--quiet", "-m", "Receive")

    yield add


def main(large: int) -> None:
    """Interleave all four, so that what else the machine does hits all alike."""
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        for size in (SMALL, large):
            (top / f"peer-{size}").mkdir()
            record_of(top / f"record-{size}", size)
        with (
            Git.open(top / f"record-{SMALL}") as git_small,
            Git.open(top / f"record-{large}") as git_large,
            files_with_git(top / f"peer-{SMALL}", SMALL) as peer_small,
            files_with_git(top / f"peer-{large}", large) as peer_large,
        ):
            small, big = GitRecordStore(git_small), GitRecordStore(git_large)
            work: dict[str, Callable[[], None]] = {
                f"record, {SMALL}": lambda: receive(small),
                f"record, {large:,}": lambda: receive(big),
                f"git commit, {SMALL}": peer_small,
                f"git commit, {large:,}": peer_large,
            }
            times: dict[str, list[float]] = {name: [] for name in work}
            for turn in range(ROUNDS + 3):
                for name, step in work.items():
                    taken = milliseconds(step)
                    if turn >= 3:
                        times[name].append(taken)
            print(f"adding one contribution and one position, median of {ROUNDS} (ms)")
            middle = {name: statistics.median(values) for name, values in times.items()}
            for name, value in middle.items():
                print(f"  {name:22} {value:7.1f}")
            names = list(middle)
            print(f"  ratio {large:,} : {SMALL}, record     {middle[names[1]] / middle[names[0]]:5.2f}")
            print(f"  ratio {large:,} : {SMALL}, git commit {middle[names[3]] / middle[names[2]]:5.2f}")
            first = milliseconds(big.read_all)
            receive(big)
            again = milliseconds(big.read_all)
            print(
                f"reading all {len(big.read_all()):,} events (ms): first {first:.0f}, after one addition {again:.0f}"
            )
            print(
                f"proving that it was only added to, {ROUNDS + 5} commits (ms): {milliseconds(big.appends_only):.0f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
