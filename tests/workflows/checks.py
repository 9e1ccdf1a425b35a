"""What must hold for every workflow of this project. Each check takes a workflow and says what is wrong, a line each.

Three of them follow the checks of OpenSSF Scorecard that bear on workflows (Dangerous-Workflow, Token-Permissions,
Pinned-Dependencies) and are stricter. The others are this project's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.workflows.files import Workflow

GATE = "accord/contribution"

# Six actions, all of GitHub's own. `name: (commit, version)`; docs/workflows.md says how each was proved.
ACTIONS = {
    "actions/attest": ("a1948c3f048ba23858d222213b7c278aabede763", "v4.1.1"),
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/create-github-app-token": ("bcd2ba49218906704ab6c1aa796996da409d3eb1", "v3.2.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
}

# Events whose run has rights although a stranger can cause it.
STRANGERS_WITH_RIGHTS = {"workflow_run", "issue_comment", "issues"}

# Jobs that run what a change brings, and so may read and nothing else.
UNTRUSTED_EVENTS = {"pull_request", "pull_request_review", "pull_request_review_comment"}

_GUARD = "!github.event.repository.fork || vars.ACCORD_REPOSITORY == github.repository"
_RUN = re.compile(r"(?:true|\.ci/[a-z-]+(?: [a-z]+(?: -o)?(?: [a-z]+(?:/[a-z]+)?)*)*)")


def jobs(workflow: Workflow) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The jobs with their ids."""
    yield from workflow.jobs.items()


def steps(workflow: Workflow) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every step, with the id of its job."""
    for name, job in jobs(workflow):
        for step in job.get("steps", ()):
            yield name, step


def has_rights(job: Mapping[str, Any]) -> bool:
    """May its token write, or does it get a secret?"""
    permissions = job.get("permissions")
    writes = not isinstance(permissions, Mapping) or "write" in permissions.values()
    return writes or "environment" in job


def dangerous_triggers(workflow: Workflow) -> Iterator[str]:
    """Scorecard, Dangerous-Workflow: nothing runs a stranger's code with rights."""
    if "pull_request_target" in workflow.triggers:
        yield "listens to pull_request_target, which GitHub blocks and nothing here may depend on"
    for name, job in jobs(workflow):
        if UNTRUSTED_EVENTS & set(workflow.triggers) and has_rights(job):
            yield f"{name}: has rights in a workflow that runs what a pull request brings"
    for name, step in steps(workflow):
        if not step.get("uses", "").startswith("actions/checkout@"):
            continue
        given = step.get("with") or {}
        if has_rights(workflow.jobs[name]) and given.get("ref") != "main":
            yield f"{name}: has rights and fetches something else than the main branch"
        if given.get("persist-credentials") is not False:
            yield f"{name}: leaves its token in the folder (persist-credentials)"
        if "repository" in given or "allow-unsafe-pr-checkout" in given:
            yield f"{name}: fetches from somewhere else"


def injections(workflow: Workflow) -> Iterator[str]:
    """Scorecard, Dangerous-Workflow: no words of a stranger in a command. Here: no expression in a command at all."""
    for name, step in steps(workflow):
        if "${{" in str(step.get("run", "")):
            yield f"{name}: an expression in `run`"
        if "script" in (step.get("with") or {}):
            yield f"{name}: a script in `with`"
        if "shell" in step:
            yield f"{name}: chooses its shell"


def commands(workflow: Workflow) -> Iterator[str]:
    """A step runs one script of the main branch; what is written in scripts can be read, tested and owned."""
    for name, step in steps(workflow):
        if "run" in step and not _RUN.fullmatch(step["run"]):
            yield f"{name}: runs something else than one script of .ci/: {step['run']}"


def permissions(workflow: Workflow) -> Iterator[str]:
    """Scorecard, Token-Permissions: nothing at the top, the minimum a job, and each with its reason."""
    if workflow.data.get("permissions") != {}:
        yield "`permissions` at the top are not empty"
    for name, job in jobs(workflow):
        if not isinstance(job.get("permissions"), Mapping):
            yield f"{name}: does not say its permissions one by one"
    for line in workflow.text.splitlines():
        granted = re.fullmatch(r"\s+(?!permission-)([a-z-]+): (?:read|write)(\s+# \S.*)?", line)
        if granted and not granted[2]:
            yield f"no reason for {granted[1]}"


def pins(workflow: Workflow) -> Iterator[str]:
    """Scorecard, Pinned-Dependencies: known actions, each by the commit of its version."""
    for line in workflow.text.splitlines():
        used = re.match(r"\s*(?:- )?uses: (\S+)(?: # (\S+))?$", line)
        if not used:
            continue
        name, _, ref = used[1].partition("@")
        if name.startswith("./"):
            if not re.fullmatch(r"\./\.github/workflows/[a-z]+\.yml", name):
                yield f"{name} is no workflow of this folder"
        elif name not in ACTIONS:
            yield f"{name} is none of the actions that may be used"
        elif (ref, used[2]) != ACTIONS[name]:
            yield f"{name} is not pinned to the commit of {ACTIONS[name][1]} with its version beside it"
    for place in [*(job for _, job in jobs(workflow)), *(step for _, step in steps(workflow))]:
        if "uses" in place and f"uses: {place['uses']}" not in workflow.text:
            yield f"{place['uses']} is written so that it cannot be checked"


def secrets(workflow: Workflow) -> Iterator[str]:
    """A secret is given only to a job in an environment, one by one."""
    for name, job in jobs(workflow):
        if job.get("secrets") is not None:
            yield f"{name}: hands secrets on"
        if "secrets." in str(job) and "environment" not in job:
            yield f"{name}: a secret outside an environment"
        if "toJSON(secrets" in str(job) or "secrets[" in str(job):
            yield f"{name}: reads secrets by an expression"


def stores(workflow: Workflow) -> Iterator[str]:
    """Nothing crosses from a job without rights to one with rights: no caches, no artifacts."""
    for name, step in steps(workflow):
        used = step.get("uses", "")
        if re.match(r"actions/(?:cache|upload-artifact|download-artifact)\b", used):
            yield f"{name}: keeps or takes files of another run ({used.partition('@')[0]})"
        if any("cache" in key for key in step.get("with") or {}):
            yield f"{name}: uses a cache"


def guards(workflow: Workflow) -> Iterator[str]:
    """A job with rights runs on the main branch of the forum's own repository, and not because a program spoke."""
    for name, job in jobs(workflow):
        condition = " ".join(str(job.get("if", "")).split())
        if "needs" in job:  # runs only after one that is guarded
            continue
        if (has_rights(job) or "schedule" in condition) and f"({_GUARD})" not in condition:
            yield f"{name}: would run in somebody's copy"
        if has_rights(job) and not condition.startswith("github.ref == 'refs/heads/main' && "):
            yield f"{name}: would run from another branch"
        if {"issue_comment", "issues"} & set(workflow.triggers) and "sender.type != 'Bot'" not in condition:
            yield f"{name}: would answer a program"


def limits(workflow: Workflow) -> Iterator[str]:
    """Every job has an end, a machine of a known kind, and a place in a queue; none shrugs its failures off."""
    for name, job in jobs(workflow):
        if "uses" in job:
            continue
        if not isinstance(job.get("timeout-minutes"), int):
            yield f"{name}: no timeout"
        if job.get("runs-on") != "ubuntu-24.04":
            yield f"{name}: no fixed machine"
        if "concurrency" not in job and "concurrency" not in workflow.data:
            yield f"{name}: no concurrency"
        if has_rights(job) and "concurrency" in workflow.data:
            # A run that its job's `if` ends would first have taken the place of one that waits.
            yield f"{name}: concurrency of the workflow, where it must be the job's"
        if "continue-on-error" in str(job):
            yield f"{name}: goes on after an error"


def gate(workflow: Workflow) -> Iterator[str]:
    """The gate is a status that is written; nothing that GitHub derives from a job may have its name."""
    for name in [workflow.name, *(str(job.get("name", key)) for key, job in jobs(workflow))]:
        if GATE in name or "${{" in name:
            yield f"{name} could be taken for the gate"
    for key, job in jobs(workflow):
        if "name" not in job:
            yield f"{key}: no name"


def doorbell(workflow: Workflow) -> Iterator[str]:
    """What a review rings has nothing to steal and does nothing."""
    if not {"pull_request_review", "pull_request_review_comment"} & set(workflow.triggers):
        return
    for name, job in jobs(workflow):
        if job.get("permissions") != {}:
            yield f"{name}: a doorbell needs no permissions"
        if [step.get("run") for step in job["steps"]] != ["true"]:
            yield f"{name}: a doorbell does nothing"


CHECKS: tuple[Callable[[Workflow], Iterator[str]], ...] = (
    dangerous_triggers,
    injections,
    commands,
    permissions,
    pins,
    secrets,
    stores,
    guards,
    limits,
    gate,
    doorbell,
)


def problems(workflow: Workflow) -> dict[str, list[str]]:
    """What is wrong with a workflow, by the name of the check."""
    found = {check.__name__: list(check(workflow)) for check in CHECKS}
    return {name: said for name, said in found.items() if said}


# What a script of .ci/ must not do: fetch what a pull request brings, install without digests, or name a registry.
_FORBIDDEN = {
    r"refs/pull|pull/[^ ]*/head|gh pr checkout": "fetches what a pull request brings",
    r"\bcurl\b|\bwget\b": "downloads something",
    r"\beval\b|\bsource\b": "runs words as commands",
    r"GITHUB_(?:ENV|PATH)\b": "changes the environment of later steps",
    r"set-output|save-state": "uses an order in the log",
    r"--(?:extra-)?index-url|--find-links": "names a registry",
}


def script_problems(text: str) -> list[str]:
    """What is wrong with a script of .ci/."""
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    found = [said for pattern, said in _FORBIDDEN.items() if re.search(pattern, code)]
    if "set -euo pipefail" not in code:
        found.append("goes on after an error")
    for line in code.replace("\\\n", " ").splitlines():
        installs = re.search(r"pip\b.* install\b|^\s*pip install\b", line)
        if installs and "--require-hashes" not in line and "--no-index" not in line:
            found.append("installs without digests")
    return found
