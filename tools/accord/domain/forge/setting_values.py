"""The settings of a repository on GitHub as plain values; what could not be read stays visible as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType

GATE = "accord/contribution"
MAIN = "refs/heads/main"
RECORD = "refs/heads/record"
APP_VARIABLE = "ACCORD_APP_CLIENT_ID"
APP_SECRET = "ACCORD_APP_PRIVATE_KEY"  # noqa: S105  (its name, not the secret)
COPY_VARIABLE = "ACCORD_REPOSITORY"


WORKFLOWS: Mapping[str, str] = {
    "acts.yml": "acts of chairs and secretariat from the browser",
    "ci.yml": "checks of what a change brings",
    "doorbell.yml": "that a pull request or review is noticed at once",
    "intake.yml": "contributions by the form",
    "pages.yml": "the published pages",
    "reconcile.yml": "reading what happened, and answering",
    "release.yml": "cutting and publishing a draft",
}
"""The workflow files that the doorway consists of, and what stops without each."""


class Standing(Enum):
    """What a check came to. ``TOLD`` is for what no program can look up or decide: it is said, and stops nothing."""

    PASSED = "passed"
    MISSING = "missing"
    UNKNOWN = "unknown"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One setting: what it protects, how it stands, what was found, and how to change it.

    ``menu`` is the way in the browser, ``calls`` the same as commands, in this order. Words in capitals in a call
    (``APP_ID``) are to be replaced. ``right`` is what whoever asks would need, where that is why it is unknown.
    """

    key: str
    protects: str
    standing: Standing
    found: str
    menu: str = ""
    calls: tuple[str, ...] = ()
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something that could not be read: which right it takes, and what GitHub said."""

    right: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsPolicy:
    """Whether workflows run, and of whom they may use actions (``all``, ``local_only``, ``selected``)."""

    enabled: bool
    allowed: str = "all"
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedActions:
    """Whose actions may be used where only selected ones may."""

    github_owned: bool
    verified: bool
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPolicy:
    """What a workflow may do that says nothing of it."""

    writes: bool
    may_approve: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bypass:
    """Somebody a ruleset does not hold for: the kind as GitHub names it, and the number where there is one."""

    kind: str
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a ruleset; ``required`` are the statuses asked for, each with the id of its only source or None."""

    kind: str
    required: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """Rules for branches or tags. ``bypass`` None: GitHub shows it to administrators only."""

    name: str
    target: str
    enforced: bool
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    bypass: tuple[Bypass, ...] | None = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An environment: how many may approve, and from which branches it is used. ``branches`` None: from any."""

    reviewers: int = 0
    wait_minutes: int = 0
    branches: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything looked at, at one moment.

    ``drafts`` are the names of the timetable, ``uses`` the actions that the workflow files here use. ``None`` means
    that it is not there; :class:`Unread` that nobody can tell.
    """

    repository: str
    moment: datetime
    default_branch: str
    fork: bool
    actions: ActionsPolicy | Unread
    selected: SelectedActions | Unread | None
    token: TokenPolicy | Unread
    fork_approval: str | Unread
    copy_named: str | Unread | None
    workflows: Mapping[str, str] | Unread
    scheduled: datetime | Unread | None
    held: int | Unread
    rulesets: tuple[Ruleset, ...] | Unread
    app: str | Unread | None
    secrets: frozenset[str] | Unread
    environment_secrets: Mapping[str, frozenset[str] | Unread]
    environments: Mapping[str, Environment | Unread | None]
    immutable_releases: bool | Unread
    pages: str | Unread | None
    private_reports: bool | Unread
    drafts: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    expected: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(WORKFLOWS))

    def check(
        self, key: str, protects: str, standing: Standing, found: str, menu: str = "", *calls: str
    ) -> Check:
        """A check of these settings; how to change something is left out where nothing has to be."""
        if standing is Standing.PASSED:
            menu, calls = "", ()
        return Check(key=key, protects=protects, standing=standing, found=found, menu=menu, calls=calls)

    def unknown(self, key: str, protects: str, unread: Unread, menu: str = "", *calls: str) -> Check:
        """A check of something that could not be read; it is never taken for passed."""
        said = f" GitHub said: {unread.why}" if unread.why else ""
        return Check(
            key=key,
            protects=protects,
            standing=Standing.UNKNOWN,
            found=f"It could not be read.{said}",
            menu=menu,
            calls=calls,
            right=unread.right,
        )

    def call(self, method: str, path: str, *fields: str) -> str:
        """A call of GitHub's interface as a command."""
        given = "".join(f" {one}" for one in fields)
        return f"gh api -X {method} repos/{self.repository}{path}{given}"
