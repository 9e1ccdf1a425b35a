"""What hangs on commits and settings: statuses, checks, releases, rules, environments and workflows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests.double.state import Account, Repository


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
    secrets: set[str] = field(default_factory=set)
    variables: dict[str, str] = field(default_factory=dict)
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
