"""Which workflows an event starts, in which version, with which rights: what GitHub does and `act` does not model."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.workflows.files import Workflow

# Without `types:` these events listen to a part of their actions only; every other event listens to all.
DEFAULT_TYPES = {
    "pull_request": ("opened", "synchronize", "reopened"),
    "pull_request_target": ("opened", "synchronize", "reopened"),
}

# These run with what the pull request brings: the file is read from its merge with the target.
OF_THE_PULL_REQUEST = {"pull_request", "pull_request_review", "pull_request_review_comment"}

# What the token of a job does starts nothing, these two excepted.
STARTED_BY_TOKEN = {"workflow_dispatch", "repository_dispatch"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on GitHub."""

    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "ana-example"
    actor_id: int = 1
    by_token: bool = False  # done with the GITHUB_TOKEN of a job
    ref: str = "refs/heads/main"  # for push and workflow_dispatch: on which branch
    attempt: int = 1  # above 1 when somebody runs an old run again

    @property
    def action(self) -> str:
        """`opened`, `edited`...; empty where there is none."""
        return str(self.payload.get("action", ""))

    @property
    def number(self) -> int:
        """The number of the pull request or issue; 0 where there is none."""
        for kind in ("pull_request", "issue"):
            if kind in self.payload:
                return int(self.payload[kind]["number"])
        return 0

    @property
    def runs_as(self) -> str:
        """What a job sees as `github.ref`."""
        if self.name in OF_THE_PULL_REQUEST:
            return f"refs/pull/{self.number}/merge"
        return self.ref if self.name in {"push", "workflow_dispatch"} else "refs/heads/main"

    @property
    def from_fork(self) -> bool:
        """Does it run with what somebody brought who may not write here?"""
        if self.name not in OF_THE_PULL_REQUEST:
            return False
        pull = self.payload["pull_request"]
        repo = pull["head"]["repo"]
        return repo is None or repo["full_name"] != pull["base"]["repo"]["full_name"]


def starts(workflow: Workflow, event: Event, *, policy_allows_target: bool = False) -> bool:
    """Does *event* start *workflow*?

    ``pull_request_target`` starts nothing unless the repository has a policy that allows it: since November 2026
    GitHub blocks it in public repositories.
    """
    if event.by_token and event.name not in STARTED_BY_TOKEN:
        return False
    if event.name == "pull_request_target" and not policy_allows_target:
        return False
    filters = workflow.triggers.get(event.name)
    if filters is None:
        return False
    types = filters.get("types", DEFAULT_TYPES.get(event.name))
    if types is not None and event.action not in types:
        return False
    if event.name == "schedule":
        return event.payload["schedule"] in filters["crons"]
    if event.name == "workflow_dispatch":  # goes to one workflow; so says the payload
        return str(event.payload["workflow"]) == f".github/workflows/{workflow.file}"
    if event.name == "workflow_run":
        return event.payload["workflow_run"]["name"] in filters["workflows"]
    if event.name == "push":
        return _branch_matches(event.ref.removeprefix("refs/heads/"), filters)
    if event.name in {"pull_request", "pull_request_target"}:
        return _branch_matches(event.payload["pull_request"]["base"]["ref"], filters)
    return True


def _branch_matches(branch: str, filters: Mapping[str, Any]) -> bool:
    wanted = filters.get("branches")
    if wanted is not None and not any(fnmatch.fnmatchcase(branch, pattern) for pattern in wanted):
        return False
    return not any(fnmatch.fnmatchcase(branch, pattern) for pattern in filters.get("branches-ignore", ()))


def granted(workflow: Workflow, job: Mapping[str, Any], event: Event) -> dict[str, str]:
    """What the token of a job may do: what the job asks for, and from a fork nothing but reading."""
    asked = job.get("permissions", workflow.data.get("permissions"))
    if asked is None or isinstance(asked, str):
        raise AssertionError(f"{workflow.file}: a job must say what its token may do, one permission a line")
    return {
        str(name): "read" if event.from_fork else str(level)
        for name, level in asked.items()
        if level != "none"
    }
