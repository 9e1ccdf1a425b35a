"""Which events start which workflow: a row for each that GitHub documents and these files rely on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.files import own_workflows, workflow
from tests.workflows.triggers import Event, granted, starts

OWN = {one.file: one for one in own_workflows()}

FORK = {"ref": "p", "sha": "1" * 40, "repo": {"full_name": "mallory/drafts"}}
BASE = {"ref": "main", "repo": {"full_name": "arcadia-forum/drafts"}}
OWN_HEAD = {"ref": "p", "sha": "1" * 40, "repo": {"full_name": "arcadia-forum/drafts"}}


def pull(
    action: str, head: dict[str, Any] | None = None, base: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"action": action, "pull_request": {"number": 7, "head": head or FORK, "base": base or BASE}}


def done(name: str) -> dict[str, Any]:
    return {"action": "completed", "workflow_run": {"name": name}}


COMMENT = {"action": "created", "issue": {"number": 7}}

# (event, the files it starts)
ROWS = [
    (Event("pull_request", pull("opened")), ["ci.yml", "doorbell.yml"]),
    (Event("pull_request", pull("synchronize")), ["ci.yml", "doorbell.yml"]),
    (Event("pull_request", pull("reopened")), ["ci.yml", "doorbell.yml"]),
    (Event("pull_request", pull("edited")), ["doorbell.yml"]),
    (Event("pull_request", pull("closed")), ["doorbell.yml"]),
    (Event("pull_request", pull("labeled")), ["doorbell.yml"]),
    (Event("pull_request", pull("assigned")), []),
    (Event("pull_request_review", pull("submitted")), ["doorbell.yml"]),
    (Event("pull_request_review", pull("edited")), ["doorbell.yml"]),
    (Event("pull_request_review", pull("dismissed")), ["doorbell.yml"]),
    (Event("pull_request_review_comment", pull("created")), ["doorbell.yml"]),
    (Event("pull_request_review_comment", pull("deleted")), ["doorbell.yml"]),
    (Event("pull_request_target", pull("opened")), []),
    (Event("issue_comment", COMMENT), ["reconcile.yml"]),
    (Event("issue_comment", {**COMMENT, "action": "edited"}), ["reconcile.yml"]),
    (Event("issue_comment", {**COMMENT, "action": "deleted"}), ["reconcile.yml"]),
    (Event("issues", {**COMMENT, "action": "opened"}), ["intake.yml"]),
    (Event("issues", {**COMMENT, "action": "edited"}), ["intake.yml"]),
    (Event("issues", {**COMMENT, "action": "labeled"}), ["intake.yml"]),
    (Event("issues", {**COMMENT, "action": "assigned"}), []),
    (Event("workflow_run", done("Doorbell")), ["reconcile.yml"]),
    (Event("workflow_run", done("Checks")), []),
    (Event("workflow_run", {**done("Doorbell"), "action": "requested"}), []),
    (Event("schedule", {"schedule": "7,27,47 * * * *"}), ["reconcile.yml"]),
    (Event("schedule", {"schedule": "13 2 * * *"}), ["reconcile.yml"]),
    (Event("schedule", {"schedule": "41 4 * * 1"}), ["ci.yml"]),
    (Event("push"), ["ci.yml", "pages.yml", "reconcile.yml"]),
    (Event("push", ref="refs/heads/record"), []),
    (Event("push", ref="refs/heads/a-change"), []),
    (Event("workflow_dispatch", {"workflow": ".github/workflows/release.yml"}), ["release.yml"]),
    (Event("workflow_dispatch", {"workflow": ".github/workflows/acts.yml"}), ["acts.yml"]),
    (Event("workflow_dispatch", {"workflow": ".github/workflows/doorbell.yml"}), []),
]


@pytest.mark.parametrize(
    ("event", "files"), ROWS, ids=[f"{e.name} {e.action} {n}" for n, (e, _) in enumerate(ROWS)]
)
def test_an_event_starts_these_workflows(event: Event, files: list[str]) -> None:
    """Exactly these, by name, type, branch and workflow."""
    assert [file for file, one in OWN.items() if starts(one, event)] == files


@pytest.mark.parametrize(
    "event", [event for event, files in ROWS if files], ids=lambda e: f"{e.name} {e.action}"
)
def test_what_a_job_does_with_its_token_starts_nothing(event: Event) -> None:
    """So no answer of ours answers itself; only a form filled in by a program would."""
    by_token = Event(event.name, event.payload, by_token=True, ref=event.ref)
    started = [file for file, one in OWN.items() if starts(one, by_token)]
    assert bool(started) == (event.name == "workflow_dispatch")


def test_every_event_that_a_workflow_names_is_tried() -> None:
    """No trigger without a row that it starts."""
    named = {(file, name) for file, one in OWN.items() for name in one.triggers} - {
        ("pages.yml", "workflow_call")
    }
    tried = {(file, event.name) for event, files in ROWS for file in files}
    rest = {("pages.yml", "workflow_dispatch"), ("reconcile.yml", "workflow_dispatch")}
    assert named == tried | rest


def test_pull_request_target_is_blocked_unless_a_policy_allows_it() -> None:
    """As GitHub does in public repositories since November 2026."""
    one = workflow("x.yml", "on: {pull_request_target: {types: [opened]}}\njobs: {}\n")
    event = Event("pull_request_target", pull("opened"))
    assert not starts(one, event)
    assert starts(one, event, policy_allows_target=True)


def test_without_types_a_pull_request_listens_to_three_actions() -> None:
    """Editing a description is none of them; that is why the doorbell names its types."""
    one = workflow("x.yml", "on: pull_request\njobs: {}\n")
    heard = [
        a
        for a in ("opened", "synchronize", "reopened", "edited")
        if starts(one, Event("pull_request", pull(a)))
    ]
    assert heard == ["opened", "synchronize", "reopened"]


def test_a_branch_filter_looks_at_the_target() -> None:
    """`branches` of a pull request are those it wants to come into."""
    one = workflow("x.yml", "on: {pull_request: {branches: [main, 'drafts/**']}}\njobs: {}\n")
    into = {
        name: Event("pull_request", pull("opened", base={**BASE, "ref": name}))
        for name in ("main", "drafts/a", "x")
    }
    assert [name for name, event in into.items() if starts(one, event)] == ["main", "drafts/a"]


def test_a_fork_reads_whatever_it_asks_for() -> None:
    """A changed doorbell that asks for everything gets nothing that writes."""
    asks = workflow("x.yml", "on: pull_request\njobs: {a: {permissions: {contents: write, issues: write}}}\n")
    job = asks.jobs["a"]
    assert granted(asks, job, Event("pull_request", pull("opened"))) == {"contents": "read", "issues": "read"}
    assert granted(asks, job, Event("pull_request", pull("opened", OWN_HEAD)))["contents"] == "write"
    deleted = {**FORK, "repo": None}
    assert granted(asks, job, Event("pull_request", pull("opened", deleted)))["contents"] == "read"
