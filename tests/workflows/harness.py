"""Runs this project's workflow files, unchanged but for what `act` cannot read yet, against a stand-in of GitHub.

`act` models steps, expressions, outputs and orders in the log. What it does not model is done here: which events start
a workflow and in which version (`triggers.py`), a token for each job with that job's permissions, read-only for a
fork, no secrets for a fork, jobs that need others, and called workflows. Nothing of this machine reaches a job.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.workflows.files import Workflow, parsed, without_unknown, written
from tests.workflows.triggers import Event, granted, starts

ACT = Path(sys.executable).with_name("act")
STUBS = Path(__file__).with_name("stubs")
FAILED = 1


class Forge(Protocol):
    """What the harness needs of whatever plays GitHub."""

    @property
    def base_url(self) -> str:
        """Where the programming interface is."""
        ...

    @property
    def server_url(self) -> str:
        """Where the repositories are, each as owner/name."""
        ...

    @property
    def repository(self) -> str:
        """The forum's own, as owner/name."""
        ...

    def job_token(self, permissions: Mapping[str, str]) -> str:
        """A token that may do this and nothing else."""
        ...

    def files(self, ref: str, folder: str) -> Mapping[str, str]:
        """The files of a folder of the repository at *ref*, by name."""
        ...

    def commit(self, ref: str) -> str:
        """The commit that *ref* names."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What one job came to."""

    name: str
    result: str  # success, failure, skipped
    lines: tuple[str, ...] = ()
    summary: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    permissions: Mapping[str, str] = field(default_factory=dict)
    log: str = field(default="", repr=False)  # all that `act` said, for whoever wonders why

    @property
    def text(self) -> str:
        """Everything it printed."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a workflow came to."""

    workflow: str
    event: Event
    jobs: Mapping[str, Job]

    @property
    def result(self) -> str:
        """`failure` if any job failed, `skipped` if none ran, else `success`."""
        results = {job.result for job in self.jobs.values()}
        return "failure" if "failure" in results else "success" if "success" in results else "skipped"

    @property
    def job(self) -> Job:
        """Its only job."""
        (only,) = self.jobs.values()
        return only

    @property
    def text(self) -> str:
        """Everything that its jobs printed."""
        return "\n".join(job.text for job in self.jobs.values())


@dataclass(slots=True)
class Actions:
    """Plays GitHub Actions for one repository."""

    forge: Forge
    folder: Path
    secrets: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    fork: bool = False  # is this repository itself a fork of another?
    environment: Mapping[str, str] = field(default_factory=dict)  # of the runner
    runs: list[Run] = field(default_factory=list)

    def deliver(self, event: Event, *, chain: bool = True, but: str = "") -> list[Run]:
        """Let *event* happen: run every workflow that it starts, and (*chain*) those that listen to these runs.

        Leave out the file *but*.
        """
        started = [
            self.run(workflow, event)
            for workflow in self.workflows(event.runs_as)
            if workflow.file != but and starts(workflow, event)
        ]
        if chain:
            for run in tuple(started):
                started += self.deliver(self.completed(run), chain=event.name != "workflow_run")
        return started

    def workflows(self, ref: str) -> list[Workflow]:
        """The workflow files as they are at *ref*."""
        files = self.forge.files(ref, ".github/workflows")
        return [Workflow(name, text, parsed(text)) for name, text in sorted(files.items())]

    def workflow(self, file: str, ref: str = "refs/heads/main") -> Workflow:
        """One of them."""
        (found,) = [workflow for workflow in self.workflows(ref) if workflow.file == file]
        return found

    def completed(self, run: Run) -> Event:
        """The event that GitHub makes of a finished run. For a fork it names no pull request."""
        head = run.event.payload.get("pull_request", {}).get("head", {})
        return Event(
            "workflow_run",
            {
                "action": "completed",
                "workflow_run": {
                    "name": run.workflow,
                    "event": run.event.name,
                    "conclusion": run.result,
                    "head_sha": head.get("sha", self.forge.commit("refs/heads/main")),
                    "head_branch": head.get("ref", "main"),
                    "head_repository": {"full_name": (head.get("repo") or {}).get("full_name")},
                    "pull_requests": [],
                },
            },
            actor=run.event.actor,
            actor_id=run.event.actor_id,
        )

    def run(self, workflow: Workflow, event: Event) -> Run:
        """Run one workflow for *event*, whether or not that would start it."""
        run = Run(workflow.name, event, dict(self._jobs(workflow, event, {}, "", None)))
        self.runs.append(run)
        return run

    def _jobs(
        self,
        workflow: Workflow,
        event: Event,
        done: dict[str, Job],
        prefix: str,
        limit: Mapping[str, str] | None,
    ) -> Iterator[tuple[str, Job]]:
        for name in _in_order(workflow):
            job = workflow.jobs[name]
            permissions = granted(workflow, job, event)
            if limit is not None and not permissions.items() <= limit.items():
                raise AssertionError(
                    f"{workflow.file}: {name} asks for more than the workflow that calls it has"
                )
            if any(done[need].result != "success" for need in _needs(job)):
                result = {prefix + name: Job(prefix + name, "skipped")}
            elif "uses" in job:
                called = self.workflow(Path(job["uses"]).name, event.runs_as)
                result = dict(self._jobs(called, event, {}, f"{prefix}{name}/", permissions))
            else:
                result = {prefix + name: self._act(workflow, name, event, permissions, prefix)}
            failed = any(one.result == "failure" for one in result.values())
            ran = any(one.result == "success" for one in result.values())
            done[name] = Job(name, "failure" if failed else "success" if ran else "skipped")
            yield from result.items()

    def _act(
        self, workflow: Workflow, name: str, event: Event, permissions: Mapping[str, str], prefix: str
    ) -> Job:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        file = folder / "workflow.yml"
        file.write_text(single_job(workflow.text, name), "utf-8")
        payload = {
            **event.payload,
            "repository": {
                **event.payload.get("repository", {}),
                "full_name": self.forge.repository,
                "fork": self.fork,
                "default_branch": "main",
            },
        }
        payload.setdefault("sender", {"login": event.actor, "id": event.actor_id, "type": "User"})
        (folder / "event.json").write_text(json.dumps(payload), "utf-8")
        (folder / "empty").mkdir()
        token = self.forge.job_token(permissions)
        given = {} if event.from_fork else dict(self.secrets)
        environment = {
            "GITHUB_REPOSITORY": self.forge.repository,
            "GITHUB_API_URL": self.forge.base_url,
            "GITHUB_GRAPHQL_URL": f"{self.forge.base_url}/graphql",
            "GITHUB_SERVER_URL": self.forge.server_url,
            "GITHUB_REF": event.runs_as,
            "SHA_REF": self.forge.commit(event.runs_as),
            "GITHUB_RUN_ID": str(4_000_001 + len(self.runs)),
            "GITHUB_RUN_ATTEMPT": str(event.attempt),
            "GITHUB_ACTOR_ID": str(event.actor_id),
            **self.environment,
        }
        if event.name in {"pull_request", "pull_request_target"}:
            environment["GITHUB_BASE_REF"] = event.payload["pull_request"]["base"]["ref"]
        options = [
            *_pairs("-s", {"GITHUB_TOKEN": token, **given}),
            *_pairs("--var", self.variables),
            *_pairs("--env", environment),
        ]
        for stub, ref in _used(workflow.jobs[name]):
            options += ["--local-repository", f"{self.forge.server_url}/actions/{stub}@{ref}={STUBS / stub}"]
        done = subprocess.run(
            [
                *(ACT, event.name, "--json", "-e", folder / "event.json", "-W", file, "-a", event.actor),
                *("-P", "ubuntu-24.04=-self-hosted", "--no-skip-checkout", "--no-cache-server"),
                *("--container-daemon-socket", "-", "--action-cache-path", folder / "actions"),
                # No file of any folder can add to the settings of the run.
                *(f"--{kind}-file={os.devnull}" for kind in ("env", "secret", "var", "input")),
                *options,
            ],
            cwd=folder / "empty",
            env={
                "PATH": f"{STUBS / 'bin'}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
                "HOME": str(folder),
                "LANG": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        job = _job(prefix + name, done, permissions)
        if job.result != "failure":
            shutil.rmtree(folder, ignore_errors=True)
        return job


def _pairs(option: str, values: Mapping[str, str]) -> list[str]:
    return [part for name, value in values.items() for part in (option, f"{name}={value}")]


def _needs(job: Mapping[str, Any]) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def _in_order(workflow: Workflow) -> list[str]:
    ordered: list[str] = []
    while len(ordered) < len(workflow.jobs):
        ordered += [
            name
            for name, job in workflow.jobs.items()
            if name not in ordered and all(need in ordered for need in _needs(job))
        ]
    return ordered


def _used(job: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for step in job["steps"]:
        owner, _, rest = step.get("uses", "").partition("/")
        name, _, ref = rest.partition("@")
        if owner == "actions" and (STUBS / name).is_dir():
            yield name, ref


def single_job(text: str, name: str) -> str:
    """The text of a workflow with one of its jobs alone, as act can read it.

    A job gets its own token, so each is run by itself. What it needs was run before; it may not read its outputs.
    """
    data = parsed(text)
    without_unknown(data)
    for other in list(data["jobs"]):
        if other != name:
            del data["jobs"][other]
    data["jobs"][name].pop("needs", None)
    alone = written(data)
    if "needs." in alone:
        raise AssertionError(f"{name} reads outputs of another job, which this harness does not pass on")
    return alone


def _job(name: str, done: subprocess.CompletedProcess[str], permissions: Mapping[str, str]) -> Job:
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    results = [entry["jobResult"] for entry in said if "jobResult" in entry]
    if not results and done.returncode == 0:
        return Job(name, "skipped", permissions=permissions)
    if not results:
        raise AssertionError(f"act could not run {name}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return Job(
        name,
        results[-1],
        tuple(str(entry["msg"]).rstrip("\n") for entry in said if entry.get("raw_output")),
        "".join(entry["content"] for entry in said if entry.get("command") == "summary"),
        tuple(entry["arg"] for entry in said if entry.get("command") == "error"),
        tuple(entry["arg"] for entry in said if entry.get("command") == "warning"),
        permissions,
        "\n".join(str(entry.get("msg", "")).rstrip() for entry in said) + done.stderr,
    )
