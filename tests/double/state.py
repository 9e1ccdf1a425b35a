"""What the double knows: accounts, repositories, and everything people and programs put into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

type_prefixes = {"User": "U", "Bot": "BOT", "Organization": "O"}


@dataclass(eq=False, slots=True, kw_only=True)
class Account:
    """A person, a bot or an organization. ``deleted``: everything it wrote is now a ghost's."""

    id: int
    login: str
    kind: Literal["User", "Bot", "Organization"] = "User"
    deleted: bool = False

    @property
    def node_id(self) -> str:
        """The id in GraphQL."""
        return f"{type_prefixes[self.kind]}_{self.id}"


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
class Comment:
    """A comment under an issue or a pull request."""

    id: int
    topic: Topic
    words: Words
    updated: datetime
    minimized: bool = False


@dataclass(eq=False, slots=True, kw_only=True)
class Review:
    """A review of a pull request: on which commit, submitted when, saying what."""

    id: int
    pull: Pull
    words: Words
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]
    commit: str | None
    submitted: datetime
    updated: datetime


@dataclass(eq=False, slots=True, kw_only=True)
class Remark:
    """A comment on a line of a file, in a thread."""

    id: int
    thread: Thread
    words: Words
    updated: datetime
    review: Review | None
    reply_to: Remark | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class Thread:
    """A thread of remarks on a line; ``line`` None once the line is gone."""

    id: int
    pull: Pull
    path: str
    line: int | None
    commit: str
    resolved: bool = False
    resolved_by: Account | None = None
    remarks: list[Remark] = field(default_factory=list)


@dataclass(eq=False, slots=True, kw_only=True)
class Happening:
    """An entry of a timeline: a GraphQL type name, who, when, and what that type has besides."""

    id: int
    kind: str
    actor: Account
    at: datetime
    before: str | None = None
    after: str | None = None
    author: Account | None = None
    review: Review | None = None
    message: str | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class Topic:
    """An issue; with `Pull` also a pull request."""

    id: int
    number: int
    repository: Repository
    title: str
    body: Words
    updated: datetime
    state: Literal["open", "closed"] = "open"
    closed: datetime | None = None
    closed_by: Account | None = None
    labels: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    timeline: list[Happening] = field(default_factory=list)
    locked: bool = False

    @property
    def author(self) -> Account:
        """Who opened it."""
        return self.body.author

    @property
    def created(self) -> datetime:
        """When it was opened."""
        return self.body.created


@dataclass(eq=False, slots=True, kw_only=True)
class Pull(Topic):
    """A pull request. ``head_repository`` None: the fork was deleted. ``base_sha``: the base when last looked at."""

    head_repository: Repository | None
    head_owner: Account
    head_ref: str
    head: str
    base: str
    base_sha: str
    draft: bool = False
    merged: datetime | None = None
    merged_by: Account | None = None
    merge_sha: str | None = None
    reviews: list[Review] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)


@dataclass(eq=False, slots=True, kw_only=True)
class Label:
    """A label of a repository. Names are unique whatever their case."""

    id: int
    name: str
    color: str
    description: str | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class Status:
    """One commit status; the newest of a context is the one that holds."""

    id: int
    sha: str
    context: str
    state: Literal["error", "failure", "pending", "success"]
    description: str | None
    url: str | None
    creator: Account
    at: datetime


@dataclass(eq=False, slots=True, kw_only=True)
class CheckSuite:
    """The checks that one app makes for one commit; GitHub makes it when the commit arrives."""

    id: int
    sha: str
    branch: str | None
    app: str
    at: datetime
    status: str = "completed"
    conclusion: str | None = "success"


@dataclass(eq=False, slots=True, kw_only=True)
class CheckRun:
    """One check of a commit."""

    id: int
    suite: CheckSuite
    name: str
    sha: str
    status: str
    conclusion: str | None
    at: datetime
    external_id: str | None = None
    title: str | None = None
    summary: str | None = None
    url: str | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class Asset:
    """A file of a release."""

    id: int
    name: str
    label: str | None
    content_type: str
    data: bytes
    uploader: Account
    at: datetime


@dataclass(eq=False, slots=True, kw_only=True)
class Release:
    """A release; immutable once published while the repository has that set."""

    id: int
    tag: str
    target: str
    name: str | None
    body: str | None
    author: Account
    draft: bool
    prerelease: bool
    created: datetime
    published: datetime | None = None
    immutable: bool = False
    assets: list[Asset] = field(default_factory=list)


@dataclass(eq=False, slots=True, kw_only=True)
class Ruleset:
    """Rules for refs: who may pass them by (account ids, with 0 for GitHub's own token), and what they forbid."""

    id: int
    name: str
    target: Literal["branch", "tag", "push"]
    include: list[str]
    exclude: list[str] = field(default_factory=list)
    enforcement: Literal["active", "evaluate", "disabled"] = "active"
    rules: list[dict[str, object]] = field(default_factory=list)
    bypass: list[dict[str, object]] = field(default_factory=list)


@dataclass(eq=False, slots=True, kw_only=True)
class Environment:
    """An environment of a repository and what guards it."""

    id: int
    name: str
    reviewers: list[Account] = field(default_factory=list)
    wait_minutes: int = 0
    prevent_self_review: bool = False
    protected_branches: bool | None = None
    branch_patterns: list[str] = field(default_factory=list)
    created: datetime


@dataclass(eq=False, slots=True, kw_only=True)
class Workflow:
    """A workflow file that GitHub knows."""

    id: int
    path: str
    name: str
    created: datetime
    state: str = "active"


@dataclass(eq=False, slots=True, kw_only=True)
class Run:
    """A run of a workflow; ``conclusion`` is `action_required` while somebody has to approve it."""

    id: int
    number: int
    workflow: Workflow
    event: str
    branch: str | None
    sha: str
    actor: Account
    suite: CheckSuite
    head_repository: Repository | None
    at: datetime
    updated: datetime
    title: str
    status: str = "completed"
    conclusion: str | None = "success"


@dataclass(eq=False, slots=True, kw_only=True)
class ActionsSettings:
    """What a repository lets workflows do."""

    enabled: bool = True
    allowed: Literal["all", "local_only", "selected"] = "all"
    sha_pinning: bool = False
    github_owned: bool = True
    verified: bool = False
    patterns: list[str] = field(default_factory=list)
    token: Literal["read", "write"] = "read"  # noqa: S105  (what the token may do, not the token)
    may_approve: bool = False
    fork_approval: str = "first_time_contributors"


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
    pages: dict[str, object] | None = None

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
