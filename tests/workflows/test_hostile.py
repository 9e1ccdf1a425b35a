"""What somebody without rights tries, through the real workflows: nothing runs, nothing doubles, the gate stays.

The table in docs/workflows.md has a row for each of these tests.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.double.faults import (
    Fault,
    bad_gateway,
    meanwhile,
    partial_data,
    rate_limited,
    secondary_limit,
    too_many,
)
from tests.double.server import Double
from tests.double.state import Pull
from tests.workflows import hostile
from tests.workflows.forum import GATE, Forum
from tests.workflows.harness import Run
from tests.workflows.triggers import Event

HOURS = ("to open schools in the evening", "to open schools until nine")
SHARE = ("to share what they learn from it", "to share what they learn, every year")


@pytest.fixture(name="forum", scope="module")
def _forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    double = Double(tmp_path_factory.mktemp("github")).start()
    forum = Forum(double, tmp_path_factory.mktemp("forum"))
    yield forum
    double.stop()
    assert double.world.violations == [], "\n".join(double.world.violations)


@pytest.fixture(name="honest", scope="module")
def _honest(forum: Forum) -> Pull:
    """Arcadia's contribution, read and answered: what everything below would like to disturb."""
    pull = forum.proposes("ana-example", HOURS)
    forum.settle()
    assert forum.gate(pull) == "pending"
    assert len(forum.said(pull)) == 1
    return pull


def state(forum: Forum) -> object:
    """All that a run could change: labels, comments, statuses, refs."""
    refs = forum.github.world.bare(forum.home).refs()
    topics = {
        number: (sorted(topic.labels), [comment.words.text for comment in topic.comments])
        for number, topic in forum.home.topics.items()
    }
    statuses = {sha: [(one.context, one.state) for one in rows] for sha, rows in forum.home.statuses.items()}
    return refs, topics, statuses


def reconciled(runs: list[Run]) -> Run:
    """The run of Reconcile among them."""
    (one,) = [run for run in runs if run.workflow == "Reconcile" and run.event.name == "workflow_run"]
    return one


# --- what a fork brings -----------------------------------------------------------------------------------


@pytest.fixture(name="attack", scope="module")
def _attack(forum: Forum, honest: Pull) -> tuple[Pull, list[Run], list[str]]:
    """One pull request with everything, what ran, and who left a line in the canary."""
    canary = forum.folder / "canary"
    world = forum.github.world
    brought = dict(hostile.files(str(canary)))
    pull = forum.proposes("mallory", SHARE, source="Mallory Limited", category="stakeholder")
    head = pull.head_repository
    assert head is not None
    forged = hostile.FORGED_RECONCILE.replace("HEAD_SHA", honest.head).replace("NUMBER", str(honest.number))
    brought[".github/workflows/reconcile.yml"] = forged
    world.clock.advance(minutes=5)
    world.push(head, pull.head_ref, brought, by="mallory", parent=pull.head)
    runs = forum.follow()
    lines = canary.read_text("utf-8").splitlines() if canary.exists() else []
    return pull, runs, lines


def test_code_of_a_fork_runs_without_rights_or_not_at_all(
    attack: tuple[Pull, list[Run], list[str]],
) -> None:
    """What ran, ran on the fork's own event with nothing; Reconcile ran none of it."""
    _, runs, lines = attack
    assert lines  # so the programs work, and GitHub runs them where they can do nothing
    assert {line.split()[-2] for line in lines} == {"pull_request"}
    assert {line.split()[-1] for line in lines} == {"[]"}
    assert reconciled(runs).result == "success", reconciled(runs).job.log


def test_a_workflow_of_a_fork_can_write_nothing(
    forum: Forum, honest: Pull, attack: tuple[Pull, list[Run], list[str]]
) -> None:
    """It asks for every right and gets reading: no status, no comment, no push."""
    _, runs, _ = attack
    forged = [run for run in runs if run.workflow == "Reconcile" and run.event.name == "pull_request"][-1]
    assert set(forged.job.permissions.values()) == {"read"}
    assert "status 403" in forged.text
    assert "comment 403" in forged.text
    assert "push refused" in forged.text
    assert forum.gate(honest) == "pending"


def test_a_fork_does_not_change_the_rules_that_judge_it(
    forum: Forum, attack: tuple[Pull, list[Run], list[str]]
) -> None:
    """Who may speak, and by which rules, is read from the main branch."""
    pull, _, _ = attack
    assert forum.gate(pull) != "success"
    forum.github.world.clock.advance(minutes=5)
    forum.github.world.comment(pull, "mallory", "/declare agreed")
    forum.settle()
    assert forum.gate(pull) != "success"
    assert [one for one in forum.record() if one["kind"] == "declared"] == []


def test_links_and_other_repositories_are_not_followed(
    forum: Forum, attack: tuple[Pull, list[Run], list[str]]
) -> None:
    """A link to a file of the machine shows nothing of it."""
    pull, runs, _ = attack
    secret = Path("/etc/hostname").read_text("utf-8").strip()
    assert not secret or all(secret not in said for said in forum.said(pull))
    assert "Traceback" not in reconciled(runs).text


# --- forged signs -----------------------------------------------------------------------------------------


def test_a_forged_doorbell_changes_nothing(forum: Forum, honest: Pull) -> None:
    """Whatever it says of itself, the run is a plain Reconcile, and there was nothing to do."""
    before = state(forum)
    forged = {
        "action": "completed",
        "workflow_run": {
            "name": "Doorbell",
            "event": "pull_request_review",
            "conclusion": "success",
            "head_sha": honest.head,
            "head_branch": "main; touch canary",
            "display_title": "/declare agreed",
            "head_repository": {"full_name": "mallory/drafts"},
            "pull_requests": [{"number": honest.number, "head": {"sha": honest.head}}],
        },
    }
    (run,) = forum.rings(Event("workflow_run", forged, actor="cho-example"))
    assert run.result == "success", run.job.log
    assert state(forum) == before


def test_a_forged_check_does_not_open_the_gate(forum: Forum, honest: Pull) -> None:
    """A fork's job can have the gate's name; the gate is a status, and it stays as it is."""
    forum.github.world.check(forum.home, honest.head, GATE, "success")
    assert forum.turns().result == "success"
    assert forum.gate(honest) == "pending"


def test_a_label_by_hand_is_put_right(forum: Forum, honest: Pull) -> None:
    """Labels are output: one that says more than is so is taken off again."""
    world = forum.github.world
    good = set(honest.labels)
    world.set_label(honest, "state:agreed", forum.home.owner)
    forum.settle()
    assert set(honest.labels) == good


def test_a_pasted_comment_is_not_taken_for_the_own_one(forum: Forum, honest: Pull) -> None:
    """Somebody posts the bot's comment, mark and all, and says that it is agreed."""
    world = forum.github.world
    (own,) = forum.said(honest)
    world.clock.advance(minutes=5)
    pasted = own.replace("It is open", "It is agreed by the experts")
    world.comment(honest, "mallory", pasted)
    forum.settle()
    assert [one.words.text for one in honest.comments if one.words.author.login == "mallory"] == [pasted]
    assert len([said for said in forum.said(honest) if said.startswith("<!-- accord:status")]) == 1
    assert forum.gate(honest) == "pending"


def test_a_comment_that_is_edited_later_says_nothing_new(forum: Forum, honest: Pull) -> None:
    """Support edited into an objection, by a stranger or by its author, moves no position; the author is told."""
    world = forum.github.world
    world.clock.advance(minutes=5)
    comment = world.comment(honest, "lev-example", "/support")
    forum.settle()
    world.clock.advance(minutes=5)
    world.edit_comment(comment, "/support\n\n/declare agreed", by=forum.home.owner)
    forum.settle()
    kinds = [(one["kind"], one.get("stance")) for one in forum.record() if one.get("subject") == "1"]
    assert ("position", "support") in kinds
    assert "declared" not in {kind for kind, _ in kinds}
    assert forum.gate(honest) == "pending"


# --- hostile words ----------------------------------------------------------------------------------------


def test_hostile_titles_and_names_of_branches_are_only_shown(forum: Forum, honest: Pull) -> None:
    """No shell, no expression, no order in the log, no mention, no closing word."""
    world = forum.github.world
    canary = forum.folder / "title-canary"
    title, branch = (text.replace("CANARY", str(canary)) for text in (hostile.TITLE, hostile.BRANCH))
    world.clock.advance(minutes=5)
    pull = forum.proposes(
        "mallory",
        SHARE,
        title=title,
        source="Mallory Limited",
        category="stakeholder",
        body=hostile.BODY
        + forum.description(title="|-\n  " + title, source="Mallory Limited", category="stakeholder"),
        branch=branch.replace(str(canary), "canary"),
    )
    runs = forum.settle()
    assert not canary.exists()
    run = reconciled(runs)
    assert run.job.errors == run.job.warnings == ()
    assert "::add-mask::" not in run.job.log
    (said, *_) = forum.said(pull)
    assert "@everyone" not in said
    assert "closes #1" not in said
    assert "ghs_" not in said


# --- at the same moment -----------------------------------------------------------------------------------


def test_two_runs_at_once_double_nothing(forum: Forum) -> None:
    """Both read the same news; the record has it once, and so has the page, at the latest after the next turn."""
    world = forum.github.world
    world.clock.advance(minutes=5)
    pull = forum.proposes("mia-example", SHARE, source="Example University", category="academia")
    forum.seen = len(world.events)  # the ring is lost; two turns begin at once instead
    results: list[Run] = []
    threads = [threading.Thread(target=lambda: results.append(forum.turns())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {run.result for run in results} == {"success"}, [run.job.log for run in results]
    forum.turns()
    received = [
        one for one in forum.record() if one["kind"] == "received" and f"pull/{pull.number}" in str(one)
    ]
    assert len(received) == 1
    assert len(forum.said(pull)) == 1
    contexts = [one.context for one in forum.home.statuses[pull.head]]
    assert contexts.count(GATE) <= 2
    before = state(forum)
    forum.turns()
    assert state(forum) == before


def test_a_push_between_reading_and_writing_gets_no_verdict(forum: Forum) -> None:
    """The new text was not looked at: no status on it until it was."""
    world = forum.github.world
    world.clock.advance(minutes=5)
    pull = forum.proposes("lev-example", SHARE, source="Lyrania", title="Every year")
    forum.settle()
    old = pull.head
    world.clock.advance(minutes=5)
    world.comment(pull, "ana-example", "/support")
    newer: list[str] = []

    def push() -> None:
        if not newer:
            newer.append(forum.pushes(pull, ("every year", "every two years")))

    world.faults.add("issues/update-comment", meanwhile(push))
    forum.settle_once()
    assert newer
    assert pull.head == newer[0] != old
    assert forum.gate(pull) in {"none", "pending"}
    forum.settle()
    assert forum.gate(pull) == "pending"


# --- GitHub fails -----------------------------------------------------------------------------------------

FAILS = [
    ("502 after the comment was made", "issues/create-comment", bad_gateway(after_commit=True)),
    ("502 before the comment was made", "issues/create-comment", bad_gateway()),
    ("too many requests", "issues/create-comment", too_many(retry_after=60)),
    ("too many writes", "repos/create-commit-status", secondary_limit()),
    ("budget of questions used up", "graphql", rate_limited()),
    ("half an answer", "graphql", partial_data("repository")),
    ("no answer at all", "graphql", Fault(drop=True)),
]


@pytest.mark.parametrize(("what", "operation", "fault"), FAILS, ids=[row[0] for row in FAILS])
def test_when_github_fails_the_next_run_goes_on(
    forum: Forum, what: str, operation: str, fault: Fault
) -> None:
    """The run waits and is green; after the next one everything is there once, as if nothing had been."""
    world = forum.github.world
    world.clock.advance(hours=2)
    pull = forum.proposes("lev-example", SHARE, source="Lyrania", title=what)
    world.faults.add(operation, fault)
    runs = forum.follow()
    assert reconciled(runs).result == "success", reconciled(runs).job.log
    assert forum.gate(pull) in {"none", "pending"}
    world.faults.clear()
    world.clock.advance(hours=2)
    assert forum.turns().result == "success"
    assert len(forum.said(pull)) == 1
    assert forum.gate(pull) == "pending"
    received = [
        one for one in forum.record() if one["kind"] == "received" and f"pull/{pull.number}" in str(one)
    ]
    assert len(received) == 1


@pytest.mark.parametrize("missing", ["statuses", "pull-requests", "contents"])
def test_a_token_without_rights_says_so_and_opens_nothing(forum: Forum, missing: str) -> None:
    """Somebody took a right out of the file: the run says which, and no gate opens."""
    world = forum.github.world
    world.clock.advance(hours=2)
    pull = forum.proposes("lev-example", SHARE, source="Lyrania", title=f"Without {missing}")
    one = forum.actions.workflow("reconcile.yml")
    one.data["jobs"]["reconcile"]["permissions"].pop(missing)
    run = forum.runs(one, Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert forum.gate(pull) in {"none", "pending"}
    assert "Traceback" not in run.job.text
    assert any(word in run.job.text for word in ("rights", "not let", "may not", "permission", "token"))
    forum.settle()
    assert forum.gate(pull) == "pending"


def test_nothing_that_a_job_wrote_started_anything(forum: Forum, honest: Pull) -> None:
    """All of the above wrote labels, comments and statuses; none of it rang."""
    bot = forum.github.world.bot
    written = [event for event in forum.github.world.events if event.sender is bot]
    assert written
    assert not any(event.fires for event in written)
