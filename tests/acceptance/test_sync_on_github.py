"""`sync` against the double of GitHub: the real requests, dry runs, limits, and what it costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.test_reconcile_on_github import NINE, OnGitHub
from tests.acceptance.world import accord
from tests.conftest import Repo
from tests.double import faults
from tests.double.server import Double


@pytest.fixture(name="on")
def _on(github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OnGitHub:
    return OnGitHub(github, tmp_path, monkeypatch)


def refs(on: OnGitHub) -> str:
    """Every name in the shared repository."""
    return Repo(on.forum.home.path).git("for-each-ref")


def test_a_dry_run_reads_and_shares_nothing(on: OnGitHub) -> None:
    """It says what would be recorded; then the same is recorded."""
    pull = on.forum.proposes("ana-example", NINE)
    on.world.comment(pull, "lev-example", "/support")
    before = refs(on)
    would = on.runs("sync --dry-run").splitlines()
    assert refs(on) == before
    done = on.runs("sync").splitlines()
    assert would[1] == "Would be recorded:"
    assert done[1] == "Recorded:"
    assert would[2:4] == done[2:4]
    assert "Contribution 1 received" in done[2]


def test_an_idle_look_is_one_question(on: OnGitHub) -> None:
    """Two with what was written a moment before it looked last."""
    on.forum.proposes("ana-example", NINE)
    on.runs("sync")
    on.runs("sync")
    on.world.clock.advance(hours=1)
    told = json.loads(on.runs("sync --format json"))
    assert (told["recorded"], told["spent"]["requests"]) == ([], 1)


@pytest.mark.parametrize(
    "fault",
    [faults.rate_limited(), faults.bad_gateway(), faults.secondary_limit(), faults.connection_lost()],
    ids=["limit", "bad gateway", "secondary limit", "no line"],
)
def test_what_github_refuses_is_taken_in_by_the_next_run(on: OnGitHub, fault: object) -> None:
    """Exit 4, nothing half-taken, and nothing lost."""
    on.forum.proposes("ana-example", NINE)
    before = refs(on)
    on.world.faults.add("graphql", fault, times=20)  # type: ignore[arg-type]
    on.runs("sync", code=4)
    assert refs(on) == before
    on.world.faults.clear()
    assert "Contribution 1 received" in on.runs("sync")


def test_without_leave_to_push_nothing_is_claimed(
    on: OnGitHub, github: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that may only read: refused from outside, and the shared record stays as it is."""
    on.forum.proposes("ana-example", NINE)
    on.runs("now")
    Repo(on.forum.folder / "copy").git(
        "remote", "set-url", "origin", f"{github.url}/{on.forum.home.full_name}"
    )
    reads = dict.fromkeys(("contents", "pull-requests", "issues", "statuses", "checks"), "read")
    able = on.world.mint(permissions={**reads, "contents": "write"}, repository=on.forum.home)
    monkeypatch.setenv("GITHUB_TOKEN", on.world.mint(permissions=reads, repository=on.forum.home))
    before = refs(on)
    on.runs("sync", code=4)
    assert refs(on) == before
    monkeypatch.setenv("ACCORD_RECORD_TOKEN", able)
    on.runs("sync")
    assert refs(on) != before


def test_what_was_for_another_branch_came_when_it_was_turned_to_this_one(on: OnGitHub) -> None:
    """Nothing late slips in by a pull request that waited elsewhere."""
    on.world.push(on.forum.home, "aside", {"notes.txt": "Aside."})
    pull = on.forum.proposes("ana-example", NINE)
    on.world.edit(pull, base="aside")
    on.runs("sync")
    on.world.clock.advance(hours=30)
    turned = on.world.clock.now()
    on.world.edit(pull, base="main")
    on.runs("sync")
    told = on.runs("status 1")
    assert f"between {turned.day} " in told, told


def test_nothing_is_shown_that_nobody_else_has(on: OnGitHub) -> None:
    """An entry made in a terminal is shared first, and shown then."""
    on.forum.proposes("ana-example", NINE)
    on.runs("sync")
    at = on.world.clock.now().isoformat()
    on.forum.accord("correct", "3", "--reason", "A note.", "--as", "Sam Example", at=at)
    copy = on.forum.folder / "copy"
    copy.rename(on.forum.folder / "kept")
    kept = Repo(on.forum.folder / "kept")
    told = accord("reconcile", "--repo", str(kept.path), "--format", "json")
    assert (told.code, told.rules) == (2, ["record-unshared"])
    assert accord("sync", "--repo", str(kept.path)).code == 0
    assert accord("reconcile", "--repo", str(kept.path)).code == 0
