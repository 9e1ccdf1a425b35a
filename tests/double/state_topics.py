"""What people open and write: issues, pull requests, comments, reviews, and what the timeline keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests.double.state import Account, Repository, Words


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
