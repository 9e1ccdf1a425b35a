"""Each workflow on each event that it listens to: it runs as on GitHub, with the rights of that event, and ends well.

In the place of Accord stands a program that says what it was asked; what Accord answers is told in the stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.workflows.bare import BareForge, bare_forge, from_fork, payload
from tests.workflows.files import own_workflows
from tests.workflows.harness import Actions
from tests.workflows.test_harness import echo
from tests.workflows.triggers import Event

# The two scripts that would set everything up from the network and run these tests again.
TELLS = '#!/usr/bin/env bash\nset -euo pipefail\necho "asked: \'$(basename "$0")\'"\n'
NUMBERS = {"number": 7, "labels": [{"name": "contribution"}]}


@pytest.fixture(name="forge", scope="module")
def _forge(tmp_path_factory: pytest.TempPathFactory) -> BareForge:
    return bare_forge(tmp_path_factory.mktemp("forge"), {".ci/run": TELLS, ".ci/pins": TELLS})


@pytest.fixture(name="pull", scope="module")
def _pull(forge: BareForge) -> dict[str, Any]:
    return from_fork(forge, {"report/01-introduction.md": "Another text.\n"})


@pytest.fixture(name="actions", scope="module")
def _actions(forge: BareForge, tmp_path_factory: pytest.TempPathFactory) -> Actions:
    folder = tmp_path_factory.mktemp("runner")
    return Actions(forge, folder, environment=echo(folder))


def triggers() -> Iterator[tuple[str, str, str]]:
    """File, event, and type or schedule, of every trigger of every workflow."""
    for one in own_workflows():
        for name, filters in one.triggers.items():
            some = {"workflow_call": [], "pull_request": ["opened", "synchronize", "reopened"]}.get(
                name, [""]
            )
            for kind in filters.get("types", filters.get("crons", some)):
                yield one.file, name, kind


def happens(file: str, name: str, kind: str, pull: dict[str, Any]) -> Event:
    """The event, as GitHub would tell it."""
    if name.startswith("pull_request"):
        return Event(name, payload(kind, pull_request=pull), actor="mallory", actor_id=66)
    if name.startswith("issue"):
        return Event(name, payload(kind, issue=NUMBERS, comment={"body": "/why"}), actor="lev-example")
    if name == "workflow_run":
        return Event(name, payload(kind, workflow_run={"name": "Doorbell", "pull_requests": []}))
    inputs = {"contribution": "12", "act": "recall", "details": "A mistake.", "draft": "draft-2", "pr": "7"}
    more: dict[str, dict[str, Any]] = {
        "schedule": {"schedule": kind},
        "push": {},
        "workflow_dispatch": {"workflow": f".github/workflows/{file}", "inputs": inputs},
    }
    return Event(name, more[name])


# What the program in Accord's place is asked in each workflow.
ASKED = {
    "acts.yml": ["command"],
    "doorbell.yml": [],
    "intake.yml": ["sync", "reconcile"],
    "reconcile.yml": ["sync", "reconcile"],
    "release.yml": ["sync", "release"],
    "pages.yml": ["build"],
}
CHECKED = {"pull_request": ["check"], "push": ["run"], "schedule": ["pins"]}


@pytest.mark.parametrize(("file", "name", "kind"), list(triggers()))
def test_a_workflow_on_its_event(
    actions: Actions, pull: dict[str, Any], file: str, name: str, kind: str
) -> None:
    """It starts; a fork's event reads only; the right verbs are asked, with the rights that the file says."""
    event = happens(file, name, kind, pull)
    one = actions.workflow(file, event.runs_as)
    run = actions.run(one, event)
    verbs = [line.split("'")[1] for line in run.text.splitlines() if line.startswith("asked:")]
    if file in {
        "release.yml",
        "pages.yml",
    }:  # the program in Accord's place makes no files to attest or hand over
        assert verbs[: len(ASKED[file])] == ASKED[file]
        assert run.result == "failure"
        return
    assert run.result == "success", [job.log for job in run.jobs.values()]
    assert verbs == ASKED.get(file, CHECKED.get(name))
    for name_, job in run.jobs.items():
        if job.result == "success":
            asked = one.jobs[name_]["permissions"]
            assert job.permissions == (dict.fromkeys(asked, "read") if event.from_fork else asked)


def test_there_is_a_row_for_every_trigger() -> None:
    """Not one is left out."""
    assert len(list(triggers())) > 30
    assert {(file, name) for file, name, _ in triggers()} == {
        (one.file, name) for one in own_workflows() for name in one.triggers if name != "workflow_call"
    }
