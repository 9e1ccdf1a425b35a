"""One pull request from GitHub and back, as whole processes: seconds and requests.

Run: ``python bench/bench_reconcile.py``. On the GitHub of the tests, with a real clone: the first look at a pull
request, its first comment, one more remark, and a look at which nothing happened.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.double.server import Double
from tests.workflows.forum import NAME, Forum

RIGHTS = {
    "contents": "write",
    "pull-requests": "write",
    "issues": "write",
    "statuses": "write",
    "checks": "read",
}
NINE = ("to open schools in the evening", "to open schools until nine")


def main() -> None:
    """Play it and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        github = Double(Path(folder) / "github").start()
        (Path(folder) / "forum").mkdir()
        forum, world = Forum(github, Path(folder) / "forum"), github.world
        token = world.mint(permissions=RIGHTS, repository=forum.home)
        os.environ |= {
            "GITHUB_TOKEN": token,
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_API_URL": github.url,
            "GITHUB_GRAPHQL_URL": f"{github.url}/graphql",
        }
        forum.accord("now", at=world.clock.now().isoformat())  # the clone is there, as in a workflow
        rows = []

        def run(what: str, *words: str) -> None:
            world.clock.advance(minutes=5)
            before, began = len(world.log), time.perf_counter()
            forum.accord(*words, at=world.clock.now().isoformat())
            rows.append((what, time.perf_counter() - began, len(world.log) - before))

        pull = forum.proposes("ana-example", NINE)
        number = str(pull.number)
        run("sync, first look at one pull request", "sync", "--pr", number)
        run("reconcile, everything is to be written", "reconcile", "--pr", number)
        world.comment(pull, "lev-example", "/support It helps.")
        run("sync, one remark came", "sync", "--pr", number)
        run("reconcile, one comment is to be edited", "reconcile", "--pr", number)
        run("reconcile, nothing is to be written", "reconcile", "--pr", number)
        run("sync of everything", "sync")
        run("reconcile of everything", "reconcile")
        world.clock.advance(hours=1)
        run("sync of everything, idle", "sync")
        run("reconcile of everything, idle", "reconcile")
        github.stop()
    started = min(_version() for _ in range(3))
    print(f"{'as a whole process':<46}{'seconds':>9}{'requests':>10}")
    for what, seconds, requests in rows:
        print(f"{what:<46}{seconds:>9.2f}{requests:>10}")
    print(f"{'accord --version, to compare':<46}{started:>9.2f}{0:>10}")


def _version() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-m", "accord", "--version"], check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
