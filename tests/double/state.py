"""What the double knows: accounts, texts, tokens, and repositories with all that is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.double.state_settings import (
    ActionsSettings,
    Asset,
    CheckRun,
    CheckSuite,
    Environment,
    Release,
    Ruleset,
    Run,
    Status,
    Workflow,
)
from tests.double.state_topics import Comment, Happening, Label, Pull, Remark, Review, Thread, Topic

_NODE_PREFIXES = {"User": "U", "Bot": "BOT", "Organization": "O"}

__all__ = [
    "Account",
    "ActionsSettings",
    "Asset",
    "CheckRun",
    "CheckSuite",
    "Comment",
    "Edit",
    "Environment",
    "Happening",
    "Label",
    "Pull",
    "Release",
    "Remark",
    "Repository",
    "Review",
    "Ruleset",
    "Run",
    "Status",
    "Thread",
    "Token",
    "Topic",
    "Words",
    "Workflow",
]


@dataclass(eq=False, slots=True, kw_only=True)
class Account:
    """A person, a bot or an organization. ``deleted``: everything it wrote is now a ghost's.

    ``app`` is the number of the App that a bot belongs to: another one than the bot's own, and the one that rules and
    required statuses name.
    """

    id: int
    login: str
    kind: Literal["User", "Bot", "Organization"] = "User"
    deleted: bool = False
    app: int | None = None

    @property
    def node_id(self) -> str:
        """The id in GraphQL."""
        return f"{_NODE_PREFIXES[self.kind]}_{self.id}"


@dataclass(eq=False, slots=True, kw_only=True)
class Edit:
    """One wording of a text, from a moment on; ``deleted`` if it was taken out of the history shown."""

    id: int
    editor: Account
    at: datetime
    text: str
    deleted: datetime | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class Words:
    """A text with its author and every wording since the first edit."""

    author: Account
    text: str
    created: datetime
    edits: list[Edit] = field(default_factory=list)

    @property
    def edited(self) -> Edit | None:
        """The last edit."""
        return self.edits[-1] if len(self.edits) > 1 else None


@dataclass(eq=False, slots=True, kw_only=True)
class Repository:
    """A repository: its bare Git repository is at ``path``, whatever its name becomes."""

    id: int
    owner: Account
    name: str
    path: Path
    created: datetime
    fork_of: Repository | None = None
    default_branch: str = "main"
    private: bool = False
    archived: bool = False
    deleted: bool = False
    description: str | None = None
    next_number: int = 1
    labels: dict[str, Label] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    suites: list[CheckSuite] = field(default_factory=list)
    checks: list[CheckRun] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    burned_tags: set[str] = field(default_factory=set)
    immutable_releases: bool = False
    rulesets: list[Ruleset] = field(default_factory=list)
    environments: list[Environment] = field(default_factory=list)
    workflows: list[Workflow] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    actions: ActionsSettings = field(default_factory=ActionsSettings)
    roles: dict[int, str] = field(default_factory=dict)
    contributors: set[int] = field(default_factory=set)
    pages: dict[str, object] | None = None
    variables: dict[str, str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    private_reports: bool = False

    @property
    def full_name(self) -> str:
        """Owner and name, as they are now."""
        return f"{self.owner.login}/{self.name}"

    @property
    def node_id(self) -> str:
        """The id in GraphQL."""
        return f"R_{self.id}"

    @property
    def pulls(self) -> Iterator[Pull]:
        """Its pull requests, by number."""
        return (topic for topic in self.topics.values() if isinstance(topic, Pull))

    @property
    def issues(self) -> Iterator[Topic]:
        """Its issues without the pull requests, by number."""
        return (topic for topic in self.topics.values() if not isinstance(topic, Pull))

    def role(self, account: Account) -> str:
        """What an account may do here: admin, maintain, write, triage, read or none."""
        if account is self.owner:
            return "admin"
        return self.roles.get(account.id, "none" if self.private else "read")

    def may_write(self, account: Account) -> bool:
        """Whether it may push."""
        return self.role(account) in {"admin", "maintain", "write"}


@dataclass(eq=False, slots=True, kw_only=True)
class Token:
    """A token: whose, what it may do, in which repository (None: in all), and of which kind.

    ``workflow`` is the token of a workflow's job, ``app`` of an App's installation, ``user`` a person's own.
    """

    secret: str
    account: Account
    permissions: dict[str, str]
    kind: Literal["workflow", "app", "user"]
    repository: Repository | None = None
    revoked: bool = False
