"""Checks of the copy itself: its workflow files, its record, and who is named to act on GitHub."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from accord.domain.forge.setting_values import WORKFLOWS, Check, Standing
from accord.domain.process.people import ExpertsView

FOLDER = ".github/workflows/"
DOORBELL = "Doorbell"
TRIGGERS: Mapping[str, tuple[str, ...]] = {
    "acts.yml": ("workflow_dispatch",),
    "ci.yml": ("pull_request",),
    "doorbell.yml": ("pull_request", "pull_request_review"),
    "intake.yml": ("issues",),
    "pages.yml": ("workflow_call", "workflow_dispatch"),
    "reconcile.yml": ("workflow_run", "schedule", "issue_comment", "workflow_dispatch"),
    "release.yml": ("workflow_dispatch",),
}
ENVIRONMENTS: Mapping[str, str] = {
    "acts.yml": "record",
    "intake.yml": "record",
    "reconcile.yml": "record",
    "release.yml": "release",
}
_PINNED = re.compile(r"[^@]+@[0-9a-f]{40}")
_RESTORE = "Take the files of this release of Accord again, or undo the change to them."


def workflow_check(files: Mapping[str, Any]) -> Check:
    """Whether the workflow files are there and keep what the settings rely on; ``files`` by name, parsed."""
    protects = "What has rights runs only the agreed text's own program, never what a change brings."
    words = [
        f"`{FOLDER}{name}` {problem}." for name in WORKFLOWS for problem in _problems(name, files.get(name))
    ]
    strange = sorted(name for name in files if name not in WORKFLOWS)
    words += [f"`{FOLDER}{name}` {problem}." for name in strange for problem in _unsafe(files[name])]
    if words:
        return Check(
            key="workflow-files",
            protects=protects,
            standing=Standing.MISSING,
            found=" ".join(words),
            menu=_RESTORE,
        )
    return Check(
        key="workflow-files",
        protects=protects,
        standing=Standing.PASSED,
        found=f"All {len(WORKFLOWS)} workflow files keep what the settings rely on.",
    )


def record_check(*, exists: bool, rehearsal: bool, forum: str, recorded_for: str) -> Check:
    """How the record here was born."""
    protects = "What is decided here is meant, and belongs to this forum."
    key = "record-born"
    if not exists:
        found = "There is no record yet; it begins with the first thing received, as a real one."
        return Check(key=key, protects=protects, standing=Standing.PASSED, found=found)
    if rehearsal:
        found = "The record was born as a rehearsal. Nothing of it can ever be released as real."
        menu = "Begin again with a fresh copy (docs/setting-up.md), without the branch `record`."
        return Check(key=key, protects=protects, standing=Standing.MISSING, found=found, menu=menu)
    if forum and recorded_for != forum:
        found = f"The record is that of {recorded_for}, but process/forum.yaml names {forum}."
        menu = "Begin again with a fresh copy (docs/setting-up.md), or give the forum its name back."
        return Check(key=key, protects=protects, standing=Standing.MISSING, found=found, menu=menu)
    found = f"The record was born as the real one of {recorded_for}."
    return Check(key=key, protects=protects, standing=Standing.PASSED, found=found)


def people_check(view: ExpertsView) -> Check:
    """Whether there is somebody who may declare and somebody who may cut, known to GitHub by a number."""
    protects = "What a chair or the secretariat does on GitHub is known to be theirs, whatever they are called there."
    key, menu = (
        "people-named",
        "process/experts.yaml, by a pull request: `account:` is the number of the account",
    )
    calls = ("gh api users/LOGIN --jq .id",)
    words = [*_unnamed("chair", view.chairs), *_unnamed("member of the secretariat", view.secretariat)]
    if words:
        return Check(
            key=key,
            protects=protects,
            standing=Standing.MISSING,
            found=" ".join(words),
            menu=menu,
            calls=calls,
        )
    found = "Chairs and secretariat are named with the numbers of their accounts."
    return Check(key=key, protects=protects, standing=Standing.PASSED, found=found)


def form_check(outdated: Collection[str]) -> Check:
    """Whether the forms for contributors offer what the process files have; ``outdated`` are those that do not."""
    protects = "The forms offer the categories, themes and drafts that there are."
    if outdated:
        found = f"Not as the process files have it: {', '.join(f'`{one}`' for one in outdated)}."
        menu = "In a terminal, then send the change to GitHub"
        return Check(
            key="issue-form",
            protects=protects,
            standing=Standing.MISSING,
            found=found,
            menu=menu,
            calls=("accord init . --forms",),
        )
    found = "The forms for contributors are those of the process files."
    return Check(key="issue-form", protects=protects, standing=Standing.PASSED, found=found)


def uses(files: Mapping[str, Any]) -> tuple[str, ...]:
    """The actions of others that the workflow files use."""
    found = {one for content in files.values() for one in _uses(content) if not one.startswith("./")}
    return tuple(sorted(found))


def _unnamed(what: str, people: Iterable[Any]) -> Iterator[str]:
    everybody = list(people)
    if not everybody:
        yield f"Nobody is named as {what}."
    elif all(one.account is None for one in everybody):
        yield f"No {what} is named with the number of an account."


def _problems(name: str, content: Any) -> Iterator[str]:
    if content is None:
        yield "is missing"
        return
    if not isinstance(content, Mapping) or not isinstance(content.get("on"), (Mapping, list)):
        yield "cannot be read"
        return
    for trigger in TRIGGERS[name]:
        if trigger not in content["on"]:
            yield f"no longer starts by `{trigger}`"
    if content.get("permissions") != {}:
        yield "no longer begins without rights (`permissions: {}`)"
    wanted = ENVIRONMENTS.get(name)
    if wanted and wanted not in [_environment(job) for job in _jobs(content)]:
        yield f"no longer uses the environment `{wanted}`"
    if name == "reconcile.yml" and DOORBELL not in _doorbells(content):
        yield f"no longer listens to `{DOORBELL}`"
    if name == "doorbell.yml":
        yield from _silent(content)
    elif name != "ci.yml":
        for step in _steps(content):
            if str(step.get("uses", "")).startswith("actions/checkout@") and _ref(step) != "main":
                yield "fetches something else than `main`"
    yield from _unsafe(content)


def _silent(content: Mapping[str, Any]) -> Iterator[str]:
    if content.get("name") != DOORBELL:
        yield f"is no longer called `{DOORBELL}`"
    for job in _jobs(content):
        if job.get("permissions", {}) != {}:
            yield "has rights, although it runs what a stranger brings"
    for step in _steps(content):
        if "uses" in step or step.get("run") != "true":
            yield "does more than ring"


def _unsafe(content: Any) -> Iterator[str]:
    if not isinstance(content, Mapping):
        yield "cannot be read"
        return
    if "pull_request_target" in (content.get("on") or ()):
        yield "starts by `pull_request_target`"
    for one in _uses(content):
        if not one.startswith("./") and not _PINNED.fullmatch(one):
            yield f"takes `{one}` by a name that can be moved"


def _doorbells(content: Mapping[str, Any]) -> list[str]:
    heard = content["on"].get("workflow_run") if isinstance(content["on"], Mapping) else None
    return list(heard.get("workflows") or ()) if isinstance(heard, Mapping) else []


def _environment(job: Mapping[str, Any]) -> str:
    value = job.get("environment", "")
    return str(value.get("name", "")) if isinstance(value, Mapping) else str(value)


def _ref(step: Mapping[str, Any]) -> str:
    given = step.get("with")
    return str(given.get("ref", "")) if isinstance(given, Mapping) else ""


def _jobs(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    jobs = content.get("jobs")
    return [job for job in jobs.values() if isinstance(job, Mapping)] if isinstance(jobs, Mapping) else []


def _steps(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for job in _jobs(content):
        steps = job.get("steps")
        yield from (step for step in steps if isinstance(step, Mapping)) if isinstance(steps, list) else ()


def _uses(content: Any) -> Iterator[str]:
    if not isinstance(content, Mapping):
        return
    for part in (*_steps(content), *_jobs(content)):
        if "uses" in part:
            yield str(part["uses"])
