"""Two writers, killed writers, a full disk, other copies: nothing is lost, nothing of the user's is touched."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.application.ports import Batch
from accord.domain.findings import Exit, Refused
from tests.adapters.record.writer import receive
from tests.conftest import Repo, new_repo

ROOT = Path(__file__).resolve().parents[3]
WRITER = Path(__file__).with_name("writer.py")


def start_writer(repo: Repo, name: str, count: int, **options: Any) -> subprocess.Popen[str]:
    """A writer in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(repo.path), name, str(count)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'tools'}:{ROOT}"}, **options,
    )  # fmt: skip


def received(store: GitRecordStore) -> list[tuple[str, int]]:
    """Who got a number for which turn, in order; checks that both streams and the counters agree."""
    events = store.read_all()
    first = [(e["from"], e["turn"]) for e in events if e["kind"] == "received"]
    assert first == [(e["from"], e["turn"]) for e in events if e["kind"] == "counted"]
    assert len(first) == store.head().contributions
    return first


@pytest.mark.parametrize("writers", [2, 4])
def test_racing_writers_lose_nothing(store: GitRecordStore, repo: Repo, writers: int) -> None:
    """Every addition that was promised is there once, each writer's in its order, and history is one line."""
    names = [f"writer-{number}" for number in range(writers)]
    processes = [start_writer(repo, name, 12) for name in names]
    promised = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, "")
        promised += [int(number) for number in out.split()]

    assert sorted(promised) == list(range(1, 12 * writers + 1))
    assert {name: list(range(12)) for name in names} == {
        name: [turn for who, turn in received(store) if who == name] for name in names
    }
    assert store.appends_only() == []


def test_a_lost_race_asks_again_about_the_new_state(
    store: GitRecordStore, repo: Repo, moment: datetime
) -> None:
    """The decision sees what the other wrote, and its own words are written once."""
    seen: list[int] = []

    def decide(view: Any) -> Batch:
        seen.append(view.head.events)
        if len(seen) == 1:  # between looking and writing somebody else writes
            with Git.open(repo.path) as other:
                event = ("main", {"kind": "theirs"})
                GitRecordStore(other).append(lambda view: Batch(subject="x", events=[event]), moment)
        return Batch(subject="y", events=[("main", {"kind": "mine", "after": view.head.events})])

    added = store.append(decide, moment)
    assert seen == [0, 1]
    assert added.events == ({"seq": 2, "kind": "mine", "after": 1},)
    assert [event["kind"] for event in store.read_stream("main")] == ["theirs", "mine"]


def test_endless_races_are_given_up(
    store: GitRecordStore, git: Git, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After many tries: refused, safe to run again, nothing changed."""
    monkeypatch.setattr("accord.adapters.record.store.TRIES", 3)
    monkeypatch.setattr(git, "update_refs", lambda wanted: False)
    tip = store.tip()
    with pytest.raises(Refused, match="kept adding") as refusal:
        store.append(lambda view: Batch(subject="x", events=[("main", {"kind": "a"})]), moment)
    assert refusal.value.exit_code == Exit.OUTSIDE
    assert tip == store.tip()


def test_threads_with_a_repository_each(store: GitRecordStore, repo: Repo) -> None:
    """Threads of one program race like processes."""

    def work(name: str) -> None:
        with Git.open(repo.path) as git:
            for turn in range(6):
                receive(GitRecordStore(git), name, turn)

    threads = [threading.Thread(target=work, args=(f"thread-{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(received(store)) == 18
    assert store.appends_only() == []


@pytest.mark.parametrize("whole_group", [False, True], ids=["writer", "writer-and-git"])
def test_killed_writers_leave_the_record_intact(store: GitRecordStore, repo: Repo, whole_group: bool) -> None:
    """Killed at any moment, many times: what was promised is there, the rest is there whole or not at all."""
    chance = random.Random(2024)
    promised = 0
    kills = 12
    for turn in range(kills):
        before = len(received(store))
        process = start_writer(repo, f"writer-{turn}", 1000, start_new_session=True)
        assert process.stdout
        process.stdout.readline()  # it is at work
        time.sleep(chance.uniform(0, 0.06))
        kill = os.killpg if whole_group else os.kill
        kill(process.pid, signal.SIGKILL)
        told, _ = process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        _settle(repo)
        with Git.open(repo.path) as fresh:
            there = received(GitRecordStore(fresh))[before:]
        promised = 1 + len(told.split())
        assert promised <= len(there) <= promised + 1
        assert there == [(f"writer-{turn}", number) for number in range(len(there))]

    assert store.appends_only() == []
    repo.git("fsck", "--strict")
    assert repo.git("for-each-ref", "--format=%(refname)").split("\n") == [
        "refs/heads/main",
        "refs/heads/record",
    ]


def _settle(repo: Repo) -> None:
    """Let a git that outlived its writer end; remove a lock that a killed git left, as the message advises."""
    lock = repo.path / ".git/refs/heads/record.lock"
    deadline = time.monotonic() + 1
    while lock.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.02)
    lock.unlink(missing_ok=True)


def snapshot(repo: Repo) -> dict[str, str]:
    """Digest of each file of the user and of the index; head and branches."""
    files = [file for file in repo.path.rglob("*") if file.is_file() and ".git" not in file.parts]
    digests = {
        str(file): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in [*files, repo.path / ".git/index"]
    }
    return digests | {"HEAD": (repo.path / ".git/HEAD").read_text(), "main": repo.git("rev-parse", "main")}


def test_files_and_index_of_the_user_stay_as_they_are(git: Git, repo: Repo, moment: datetime) -> None:
    """With changed, staged, half staged and unknown files, from the birth of the record on."""
    repo.commit({"a.md": "a\n", "b.md": "b\n", "c.md": "c\n"})
    repo.write({"a.md": "changed\n", "b.md": "staged\n", "main/00/0000.jsonl": "mine\n", "head.json": "mine"})
    repo.git("add", "b.md")
    repo.write({"b.md": "changed again\n"})
    before = snapshot(repo)

    store = GitRecordStore(git)
    store.create(rehearsal=False, forum="example-forum", moment=moment)
    for turn in range(3):
        receive(store, "writer", turn)
    store.read_all()
    store.appends_only()
    assert before == snapshot(repo)
    assert not (repo.path / ".git/FETCH_HEAD").exists()


# --- a full disk ------------------------------------------------------------------------------------------


def small_disk(folder: Path, size: str) -> None:
    """A disk of its own under *folder*, or skip."""
    folder.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("no `mount` here; the test with a size limit stands in")
    if done.returncode:
        pytest.skip("mounting a small disk needs root; the test with a size limit stands in")


def fill(store: GitRecordStore) -> int:
    """Add until it is refused; how many were added."""
    for done in range(1000):
        try:
            receive(store, "writer", done)
        except Refused:
            return done
    raise AssertionError("the disk never filled up")


def test_a_full_disk_leaves_the_record_intact(tmp_path: Path, moment: datetime) -> None:
    """Refused in plain words each time, readable all the while, and going on once there is room."""
    small_disk(tmp_path / "disk", "900k")
    try:
        repo = new_repo(tmp_path / "disk/repo", "--template=")
        ballast = tmp_path / "disk/ballast"
        ballast.write_bytes(b"x" * 100_000)
        with Git.open(repo.path) as git:
            store = GitRecordStore(git)
            store.create(rehearsal=True, forum="example-forum", moment=moment)
            done = fill(store)
            for _ in range(3):
                with pytest.raises(Refused) as refusal:
                    receive(store, "writer", done)
            finding = refusal.value.findings[0]
            assert (finding.rule, refusal.value.exit_code) == ("disk-full", Exit.OUTSIDE)
            assert "The disk is full" in finding.message
            assert "Nothing was changed" in finding.message
            assert "Free some space" in finding.fix
            assert done == len(received(store)) > 0
            assert store.appends_only() == []
            ballast.unlink()
            receive(store, "writer", done)
            assert done + 1 == len(received(store))
            repo.git("fsck", "--strict")
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path / "disk")], check=True)


def test_a_limit_on_file_sizes_is_a_full_disk(store: GitRecordStore, repo: Repo) -> None:
    """The same where no disk can be made: writing more than so much to a file fails."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    process = start_writer(repo, "writer", 3, preexec_fn=limit)
    out, err = process.communicate(timeout=60)
    assert process.returncode == Exit.OUTSIDE
    assert out == ""
    assert err.startswith("disk-full: The disk is full")
    assert received(store) == []
    assert store.appends_only() == []


# --- other copies -----------------------------------------------------------------------------------------


def test_a_bare_clone(store: GitRecordStore, repo: Repo, tmp_path: Path) -> None:
    """A copy without files works the same."""
    receive(store, "here", 0)
    repo.git("clone", "--quiet", "--bare", str(repo.path), str(tmp_path / "bare.git"))
    with Git.open(tmp_path / "bare.git") as git:
        assert git.is_bare
        copy = GitRecordStore(git)
        receive(copy, "there", 1)
        assert received(copy) == [("here", 0), ("there", 1)]
        assert copy.appends_only() == []
    assert received(store) == [("here", 0)]


def test_a_linked_folder_shares_the_record(store: GitRecordStore, repo: Repo, tmp_path: Path) -> None:
    """What is added in one folder of a repository is there in the other."""
    repo.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    with Git.open(tmp_path / "linked") as git:
        receive(GitRecordStore(git), "linked", 0)
    assert received(store) == [("linked", 0)]
    assert repo.git("status", "--short") == ""


@pytest.mark.parametrize("depth", [None, 1], ids=["whole", "shallow"])
def test_a_fresh_clone_reads_and_continues(
    store: GitRecordStore, repo: Repo, tmp_path: Path, depth: int | None
) -> None:
    """A clone has the record under the name of where it came from, and starts its own branch by adding."""
    receive(store, "here", 0)
    options = [f"--depth={depth}", "--no-single-branch"] if depth else []
    repo.git("clone", "--quiet", *options, f"file://{repo.path}", str(tmp_path / "clone"))
    with Git.open(tmp_path / "clone") as git:
        copy = GitRecordStore(git)
        assert copy.tip() == store.tip()
        assert received(copy) == [("here", 0)]
        receive(copy, "there", 1)
        assert received(copy) == [("here", 0), ("there", 1)]
        assert git.is_ancestor(store.tip() or "", "refs/heads/record")
        assert git.resolve("origin/record") == store.tip()
        receive(copy, "there", 2)
        assert len(received(copy)) == 3


def test_a_record_open_in_a_folder_is_not_moved_under_it(
    store: GitRecordStore, repo: Repo, moment: datetime
) -> None:
    """Refused with the folder's name; once another branch is open there it goes on."""
    repo.switch("record")
    tip = store.tip()
    with pytest.raises(Refused, match="is open in") as refusal:
        receive(store, "writer", 0)
    assert refusal.value.exit_code == Exit.OUTSIDE
    assert str(repo.path) in refusal.value.findings[0].message
    assert tip == store.tip()
    assert store.read_all() == []
    repo.switch("main")
    receive(store, "writer", 0)
