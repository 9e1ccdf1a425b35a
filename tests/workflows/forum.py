"""An invented forum on the double of GitHub, with this project's workflows running in it.

    forum = Forum(github, folder)
    pull = forum.proposes("ana-example", ("to open schools in the evening", "to open schools until nine"))
    forum.settle()

What people do is done on the double; `settle` lets GitHub Actions follow, as it would: each event starts what it
starts, and of several Reconciles that wait the newest runs. The clock of every job is that of the double.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from accord.domain.forge.issue_form import LABELS, NOT_FILLED, PUBLIC
from tests.acceptance.world import EXPERTS, METADATA, OPINION, TEXT
from tests.double.clock import START
from tests.double.core import Event as Happened
from tests.double.events import payload
from tests.double.gitstore import Entry
from tests.double.server import Double
from tests.double.state import Account, Pull, Repository, Topic
from tests.double.world import World
from tests.workflows.files import ROOT, Workflow
from tests.workflows.harness import Actions, Run
from tests.workflows.triggers import OF_THE_PULL_REQUEST, Event, starts

NAME = "arcadia-forum/drafts"
GATE = "accord/contribution"
BEGINS = START.replace(day=18)  # in the second window
CARRIED = (".ci", ".github/workflows", "process", "report", "schemas")

# The list of nominated experts names accounts by number; these are the people behind the numbers.
PEOPLE = {1: "ana-example", 2: "lev-example", 3: "cho-example", 4: "sam-example", 5: "mia-example"}

# In the place of the interpreter: the same program, with the clock of the double, and without the second that it
# leaves between two writes. It is asked as `python -I -m accord ...`.
AT_THE_MOMENT = """\
#!{python} -I
import sys
from datetime import datetime
from pathlib import Path
from accord.adapters.system import SystemClock
SystemClock.now = lambda self: datetime.fromisoformat(Path({moment!r}).read_text())
sys.argv[:] = ["accord", *sys.argv[4:]]
if sys.argv[1] in ("sync", "reconcile", "release", "command"):
    from accord.adapters.github.client import Client
    Client.__init__.__kwdefaults__["pause"] = 0
from accord.__main__ import main
main()
"""


@dataclass(slots=True)
class OnDouble:
    """The double as the harness of the workflows sees it."""

    github: Double
    home: Repository
    tokens: list[str] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Where the programming interface is."""
        return self.github.url

    @property
    def server_url(self) -> str:
        """Where the repositories are."""
        return self.github.url

    @property
    def repository(self) -> str:
        """The forum's own."""
        return self.home.full_name

    def job_token(self, permissions: Mapping[str, str]) -> str:
        """A token of the workflow's bot, on this repository, with these permissions."""
        token = self.github.world.mint(permissions=dict(permissions), repository=self.home)
        self.tokens.append(token)
        return token

    def files(self, ref: str, folder: str) -> Mapping[str, str]:
        """The files of a folder at *ref*."""
        bare = self.github.world.bare(self.home)
        commit = bare.tip(ref) if ref.startswith("refs/heads/") else self.commit(ref)
        if commit is None or bare.tip(f"{commit}:{folder}") is None:
            return {}
        names = bare.git("ls-tree", "--name-only", f"{commit}:{folder}").splitlines()
        return {name: bare.read("show", f"{commit}:{folder}/{name}").decode("utf-8") for name in names}

    def commit(self, ref: str) -> str:
        """The commit that *ref* names. For a pull request GitHub keeps its merge with the target."""
        bare = self.github.world.bare(self.home)
        if ref.startswith("refs/pull/") and ref.endswith("/merge"):
            number = int(ref.split("/")[2])
            pull = self.home.topics[number]
            assert isinstance(pull, Pull)
            tree = bare.git("merge-tree", "--write-tree", f"refs/heads/{pull.base}", pull.head).splitlines()[
                0
            ]
            made = bare.git(
                *("-c", "user.name=GitHub", "-c", "user.email=", "commit-tree", tree, "-m", "Merge"),
                *("-p", f"refs/heads/{pull.base}", "-p", pull.head),
            )
            bare.point(ref, made)
        found = bare.tip(f"{ref}^{{commit}}")
        assert found, ref
        return found


@dataclass(slots=True)
class Forum:
    """The forum: its repository on the double, its people, and Actions."""

    github: Double
    folder: Path
    begins: datetime = BEGINS
    posted: tuple[tuple[str, str], ...] = (("draft-1", "2024-08-05"), ("draft-2", "2024-11-04"))
    opinion: bool = True
    home: Repository = field(init=False)
    actions: Actions = field(init=False)
    seen: int = 0

    def __post_init__(self) -> None:
        """Make the people and the repository."""
        world = self.github.world
        world.clock.set(self.begins)
        accounts = {number: world.user(login) for number, login in PEOPLE.items()}
        world.user("mallory")
        self.home = world.repository(
            NAME, {**_carried(), **_process(accounts), **({OPINION: TEXT} if self.opinion else {})}
        )
        moment = self.folder / "moment"
        shim = self.folder / "python"
        shim.write_text(AT_THE_MOMENT.format(python=sys.executable, moment=str(moment)), "utf-8")
        shim.chmod(0o755)
        self.actions = Actions(
            OnDouble(self.github, self.home), self.folder, environment={"ACCORD_PYTHON": str(shim)}
        )
        self._drafts_are_posted()
        self.seen = len(world.events)

    # --- what people do ---------------------------------------------------------------------------------

    def proposes(
        self,
        who: str,
        *changes: tuple[str, str],
        title: str = "",
        body: str | None = None,
        branch: str | None = None,
        **metadata: str,
    ) -> Pull:
        """A pull request that rewords the Opinion, with its description."""
        text = TEXT
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        body = f"What we propose.\n\n{self.description(**metadata)}" if body is None else body
        title = title or metadata.get("title", METADATA["title"])
        return self.github.world.open_pull(self.home, who, title, body, files={OPINION: text}, branch=branch)

    def sends_form(self, who: str, **fields: str) -> Topic:
        """The form for contributions, sent."""
        return self.github.world.open_issue(
            self.home, who, "Contribution", self.form(**fields), labels=("contribution",)
        )

    def form(self, **fields: str) -> str:
        """The form as GitHub writes it when it is sent: a heading a field."""
        filled = {
            "category": "Academia",
            "source": "Example University",
            "title": "Opening hours of schools",
            "kind": "Comment on the draft",
            "based_on": "draft-2",
            "themes": "Bridging digital divides",
            "ask": "Change this passage",
            "passage": "to open schools in the evening",
            "wording": "to open schools until nine",
            "reasons": "Skills are needed.",
            "for": "For action: a change or a decision is asked for",
            "language": "English (en)",
            "cosigners": NOT_FILLED,
            "public": f"- [x] {PUBLIC}",
            **fields,
        }
        return "\n\n".join(f"### {LABELS[name]}\n\n{said}" for name, said in filled.items())

    def description(self, **metadata: str) -> str:
        """The block of a description."""
        fields = {**METADATA, "based_on": "draft-2", **metadata}
        return (
            "```yaml contribution\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "```\n"
        )

    def pushes(self, pull: Pull, *changes: tuple[str, str]) -> str:
        """A newer version of it; the commit."""
        head = pull.head_repository
        assert head is not None
        text = self.github.world.bare(self.home).read("show", f"{pull.head}:{OPINION}").decode("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return self.github.world.push(head, pull.head_ref, {OPINION: text}, by=pull.author, parent=pull.head)

    def fills_in(self, who: str, act: str, details: str, contribution: str = "1", **more: str) -> list[Run]:
        """A form of a chair or the secretariat."""
        account = self.github.world.account(who)
        inputs = {"contribution": contribution, "act": act, "details": details, "dry_run": "false", **more}
        return self._deliver(
            Event(
                "workflow_dispatch",
                {"workflow": ".github/workflows/acts.yml", "inputs": inputs},
                actor=account.login,
                actor_id=account.id,
            )
        )

    # --- what GitHub does -------------------------------------------------------------------------------

    def settle(self) -> list[Run]:
        """Let Actions follow everything that happened since; what ran, in order.

        Raises AssertionError when a run is red.
        """
        runs = self.follow()
        red = [
            f"{run.workflow}: {job.log}"
            for run in runs
            for job in run.jobs.values()
            if job.result == "failure"
        ]
        assert not red, "\n".join(red)
        return runs

    def follow(self) -> list[Run]:
        """The same, whatever comes out."""
        happened = self.github.world.events[self.seen :]
        self.seen = len(self.github.world.events)
        ran: list[Run] = []
        waiting: Event | None = None
        reconcile = self.actions.workflow("reconcile.yml")
        for event in (_event(self.github.world, one) for one in happened if one.repository is self.home):
            of_a_fork = event.name in OF_THE_PULL_REQUEST
            for run in self._deliver(event, but="" if of_a_fork else "reconcile.yml"):
                ran.append(run)
                if run.workflow == "Doorbell":
                    waiting = self.actions.completed(run)
            if not of_a_fork and starts(reconcile, event):
                waiting = event
        if waiting:  # of those that wait, the newest runs
            ran += self._deliver(waiting)
        return ran

    def runs(self, workflow: Workflow, event: Event) -> Run:
        """One workflow, as given here, on an event."""
        (self.folder / "moment").write_text(self.github.world.clock.now().isoformat(), "utf-8")
        return self.actions.run(workflow, event)

    def turns(self, schedule: str = "7,27,47 * * * *") -> Run:
        """Reconcile at its hour."""
        (run,) = self._deliver(Event("schedule", {"schedule": schedule}))
        return run

    def rings(self, event: Event) -> list[Run]:
        """Any event, as somebody could bring it about."""
        return self._deliver(event)

    def accord(self, *arguments: str, at: str, code: int = 0) -> str:
        """What the secretariat does in its own copy, at a moment; what it said."""
        copy = self.folder / "copy"
        git = ["git", "-C", str(copy)]
        if not copy.exists():
            subprocess.run(["git", "clone", "--quiet", str(self.home.path), str(copy)], check=True)
            subprocess.run([*git, "config", "user.name", "Sam Example"], check=True)
            subprocess.run([*git, "config", "user.email", ""], check=True)
        refs = ["+refs/heads/record:refs/heads/record", "+refs/contributions/*:refs/contributions/*"]
        subprocess.run([*git, "fetch", "--quiet", "origin", *refs], capture_output=True, check=False)
        subprocess.run([*git, "pull", "--quiet", "--ff-only", "origin", "main"], check=True)
        (self.folder / "moment").write_text(at, "utf-8")
        done = subprocess.run(
            [self.folder / "python", "-I", "-m", "accord", *arguments, "--repo", str(copy)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def _drafts_are_posted(self) -> None:
        if not self.posted:
            return
        for draft, day in self.posted:
            url = f"https://example.org/{draft}"
            more = ["--at", day, "--url", url, "--as", "Sam Example"]
            self.accord("posted", draft, *more, at=f"{day}T08:00:00+00:00")
        subprocess.run(
            ["git", "-C", str(self.folder / "copy"), "push", "--quiet", "origin", "refs/heads/record"],
            check=True,
        )

    def _deliver(self, event: Event, but: str = "") -> list[Run]:
        moment = self.github.world.clock.now().isoformat()
        (self.folder / "moment").write_text(moment, "utf-8")
        return self.actions.deliver(event, chain=False, but=but)

    # --- what is there then -----------------------------------------------------------------------------

    def gate(self, pull: Pull, sha: str = "") -> str:
        """The state of the gate on the head of a pull request (or on *sha*); `none` if there is no status."""
        states = [one.state for one in self.home.statuses.get(sha or pull.head, ()) if one.context == GATE]
        return states[-1] if states else "none"

    def said(self, pull: Topic) -> list[str]:
        """The comments of the bot."""
        return [one.words.text for one in pull.comments if one.words.author is self.github.world.bot]

    def written(self) -> list[str]:
        """What was written to GitHub so far, in order: requests that change something, and pushes."""
        return [call.operation for call in self.github.world.writes() if call.operation != "git fetch"]

    def record(self) -> list[Mapping[str, Any]]:
        """Every event on the branch `record`, in the order of the files."""
        bare = self.github.world.bare(self.home)
        if bare.tip("refs/heads/record") is None:
            return []
        names = bare.git("ls-tree", "-r", "--name-only", "refs/heads/record").splitlines()
        lines = [
            line
            for name in names
            if name.endswith(".jsonl")
            for line in bare.git("show", f"refs/heads/record:{name}").splitlines()
        ]
        return [json.loads(line) for line in lines]


def _carried() -> dict[str, Entry]:
    """The files of this checkout that a forum has. What would run all tests again says so instead."""
    files = [p for folder in CARRIED for p in sorted((ROOT / folder).rglob("*")) if p.is_file()]
    carried = {
        str(path.relative_to(ROOT)): Entry(
            "100755" if path.stat().st_mode & 0o100 else "100644", path.read_bytes()
        )
        for path in files
    }
    everything = b"#!/usr/bin/env bash\nset -euo pipefail\necho 'everything is checked'\n"
    return {**carried, ".ci/run": Entry("100755", everything)}


def _process(accounts: Mapping[int, Account]) -> dict[str, str]:
    experts = EXPERTS
    for number, account in accounts.items():
        assert experts.count(f"account: {number},") == 1
        experts = experts.replace(f"account: {number},", f"account: {account.id},")
    return {"process/experts.yaml": experts}


def _event(world: World, one: Happened) -> Event:
    """What a workflow is told of something that happened, as GitHub describes it."""
    return Event(
        one.name,
        payload(world, one),
        actor=one.sender.login,
        actor_id=one.sender.id,
        by_token=not one.fires,
        ref=one.about.get("ref", "refs/heads/main"),
    )
