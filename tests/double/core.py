"""The ground of the world of the double: ids, the clock, who and what exists, what was called and what went wrong."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tests.double.clock import Clock
from tests.double.contract import contract
from tests.double.faults import Faults
from tests.double.gitstore import Bare
from tests.double.limits import Limits
from tests.double.poison import Poison
from tests.double.state import (
    Account,
    CheckRun,
    CheckSuite,
    Comment,
    Happening,
    Pull,
    Release,
    Remark,
    Repository,
    Review,
    Thread,
    Token,
    Topic,
)

Thing = TypeVar("Thing")
BOT = 41898282
ACTIONS = 15368
GHOST = 10137
_PREFIXES: dict[type, str] = {
    Pull: "PR",
    Topic: "I",
    Comment: "IC",
    Review: "PRR",
    Remark: "PRRC",
    Thread: "PRRT",
    Happening: "EVT",
    CheckSuite: "CS",
    CheckRun: "CR",
    Release: "RE",
}


def node_id(thing: Any) -> str:
    """The id in GraphQL of anything that has one."""
    known = getattr(thing, "node_id", None)
    return str(known) if known else f"{_PREFIXES[type(thing)]}_{thing.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that the double answered."""

    method: str
    path: str
    operation: str
    login: str | None
    status: int
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that GitHub would tell a webhook or a workflow of. ``fires`` is false for what its own token did."""

    name: str
    action: str | None
    sender: Account
    repository: Repository
    at: datetime
    about: dict[str, Any] = field(default_factory=dict)
    fires: bool = True


class Core:
    """Ids, clock, accounts, repositories and tokens by their keys; the log and the violations."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self.root = root
        self.clock = clock or Clock()
        self.lock = threading.RLock()
        self.base = "http://127.0.0.1"
        self.contract = contract()
        self.poison = Poison(self.contract.schemas)
        self.limits = Limits(self.clock)
        self.faults = Faults(self.clock)
        self.accounts: dict[int, Account] = {}
        self.repositories: dict[int, Repository] = {}
        self.moved: dict[str, int] = {}
        self.tokens: dict[str, Token] = {}
        self.nodes: dict[str, Any] = {}
        self.events: list[Event] = []
        self.log: list[Call] = []
        self.violations: list[str] = []
        self.check_suites_on_push = True
        self.quiet: set[str] = set()
        # Ids as GitHub has them now: comments are past what fits into GraphQL's Int.
        self._ids = {
            "": itertools.count(3_000_000_001),
            "account": itertools.count(100_001),
            "repository": itertools.count(800_000_001),
            "small": itertools.count(5_001),
        }
        self.bot = self.add(Account(id=BOT, login="github-actions[bot]", kind="Bot", app=ACTIONS))
        self.ghost = self.add(Account(id=GHOST, login="ghost"))

    def id(self, of: str = "") -> int:
        """A fresh id."""
        return next(self._ids[of])

    def add(self, thing: Thing) -> Thing:
        """Make a thing known by its ids."""
        if isinstance(thing, Account):
            self.accounts[thing.id] = thing
        elif isinstance(thing, Repository):
            self.repositories[thing.id] = thing
        self.nodes[node_id(thing)] = thing
        return thing

    def account(self, who: Account | str) -> Account:
        """An account by its login."""
        if isinstance(who, Account):
            return who
        found = self.find_account(who)
        if found is None:
            raise LookupError(f"no account {who}")
        return found

    def find_account(self, login: str) -> Account | None:
        """An account by its login, None if there is none."""
        wanted = login.lower()
        known = (one for one in self.accounts.values() if one.login.lower() == wanted and not one.deleted)
        return next(known, None)

    def find_repository(self, full_name: str) -> Repository | None:
        """A repository by the name it has now, None if there is none."""
        wanted = full_name.lower()
        for one in self.repositories.values():
            if not one.deleted and one.full_name.lower() == wanted:
                return one
        return None

    def find_moved(self, full_name: str) -> Repository | None:
        """A repository by a name it once had."""
        number = self.moved.get(full_name.lower())
        found = self.repositories.get(number) if number else None
        return found if found and not found.deleted else None

    def bare(self, repository: Repository) -> Bare:
        """Its Git repository."""
        return Bare(repository.path)

    def happened(
        self, name: str, action: str | None, sender: Account, repository: Repository, **about: Any
    ) -> None:
        """Note an event. What GitHub's own token does starts nothing."""
        event = Event(
            name=name,
            action=action,
            sender=sender,
            repository=repository,
            at=self.clock.now(),
            about=about,
            fires=sender.id != BOT or name in {"workflow_dispatch", "repository_dispatch"},
        )
        self.events.append(event)

    def touch(self, topic: Topic, what: str) -> None:
        """It counts as changed now, unless the test says of this kind of change that it does not."""
        if what not in self.quiet:
            topic.updated = self.clock.now()

    def calls(self, matching: Callable[[Call], bool] = lambda _: True) -> Counter[str]:
        """How often each operation was called."""
        return Counter(call.operation for call in self.log if matching(call))

    def writes(self) -> list[Call]:
        """All calls that change something, in order."""
        return [
            call for call in self.log if call.method not in {"GET", "HEAD"} and call.operation != "graphql"
        ]
