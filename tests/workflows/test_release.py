"""A draft is released through the real workflow: approved, cut, attested, published, and then the pages."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from tests.double.faults import bad_gateway
from tests.double.server import Double
from tests.workflows.forum import Forum
from tests.workflows.harness import Run
from tests.workflows.triggers import Event


@pytest.fixture(name="forum")
def _forum(github: Double, tmp_path_factory: pytest.TempPathFactory) -> Forum:
    """A forum on the day of its first draft; releases are immutable there."""
    forum = Forum(
        github,
        tmp_path_factory.mktemp("forum"),
        begins=datetime(2024, 8, 5, 8, tzinfo=UTC),
        posted=(),
        opinion=False,
    )
    forum.home.immutable_releases = True
    # Something to read besides: work on the tools, which is no contribution.
    github.world.open_pull(forum.home, "mallory", "A better tool", files={"tools/better.py": ""})
    return forum


def release(forum: Forum, who: str = "sam-example", draft: str = "draft-1") -> Run:
    """The form of a release, filled in."""
    account = forum.github.world.account(who)
    inputs = {"draft": draft, "reason": ""}
    payload = {"workflow": ".github/workflows/release.yml", "inputs": inputs}
    (run,) = forum.rings(Event("workflow_dispatch", payload, actor=who, actor_id=account.id))
    return run


def results(run: Run) -> dict[str, str]:
    return {name: job.result for name, job in run.jobs.items()}


DONE = {"release": "success", "pages/build": "success", "pages/deploy": "success"}


def test_a_draft_is_cut_attested_published_and_shown(forum: Forum) -> None:
    """What is attested is what is published, byte for byte."""
    run = release(forum)
    assert results(run) == DONE, [job.log for job in run.jobs.values()]
    (one,) = forum.home.releases
    assert (one.tag, one.draft, one.immutable) == ("draft-1", False, True)
    attested = {
        line.split()[2].rpartition("/")[2]: line.split()[1]
        for line in run.text.splitlines()
        if line.startswith("attested ")
    }
    assert attested == {asset.name: hashlib.sha256(asset.data).hexdigest() for asset in one.assets}
    assert "pages published" in run.text


def test_who_may_not_release_cuts_nothing(forum: Forum) -> None:
    """Anybody with write access can fill in the form; a draft is cut by the secretariat."""
    before = forum.github.world.bare(forum.home).refs()
    run = release(forum, "mallory")
    assert results(run) == {"release": "failure", "pages": "skipped"}
    assert forum.home.releases == []
    assert forum.github.world.bare(forum.home).refs() == before


def test_a_release_that_broke_off_is_finished_by_the_next_run(forum: Forum) -> None:
    """The upload of a file fails after half of it is there."""
    forum.github.world.faults.add("repos/upload-release-asset", bad_gateway(after_commit=True), call=3)
    first = release(forum)
    forum.github.world.faults.clear()
    if results(first) != DONE:  # what was uploaded may have been found again at once
        assert results(first) == {"release": "failure", "pages": "skipped"}
        assert all(one.draft for one in forum.home.releases)
        assert results(release(forum)) == DONE
    (one,) = forum.home.releases
    assert (one.draft, len(one.assets)) == (False, len({asset.name for asset in one.assets}))
