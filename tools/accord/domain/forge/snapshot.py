"""What a forge shows at one moment, as plain values: pull requests, filled forms, and what people wrote under them.

Nothing here is trusted for more than it is: who wrote it (by numeric account id), when a server says so, and the words.
Names of accounts, repositories and branches are for display; they change hands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BOT = 41898282
"""The account of GitHub's own token; with a dedicated App it is another one, given by the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account: its number for ever, the name it has now. ``id`` None: the account is gone (a ghost)."""

    id: int | None
    login: str
    bot: bool = False


GHOST = Account(id=None, login="ghost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One state of a text that can be edited: from when, by whom, how it then read.

    ``text`` is None where the forge no longer shows it.
    """

    moment: datetime
    editor: Account
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Words that somebody posted: a comment. ``edited`` is the last edit, None if there was none.

    ``history`` holds every wording, oldest first, the first as posted; it is empty where only the newest is known.
    """

    id: int
    author: Account
    body: str
    created: datetime
    edited: datetime | None = None
    editor: Account | None = None
    history: tuple[Wording, ...] = ()

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every wording known, oldest first."""
        if self.history:
            return self.history
        if self.edited is None:
            return (Wording(moment=self.created, editor=self.author, text=self.body),)
        first = Wording(moment=self.created, editor=self.author, text=None)
        return first, Wording(moment=self.edited, editor=self.editor or self.author, text=self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Post):
    """A review. ``created`` is when it was submitted, ``commit`` the head it is about (None: no longer known).

    A review that was dismissed no longer shows what it said: ``state`` is then DISMISSED, ``was`` and ``dismissed``
    what it said and when that happened, where the forge still tells.
    """

    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]
    commit: str | None
    was: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"] | None = None
    dismissed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread of remarks on a line of a file; ``id`` is the forge's own, ``line`` None where the line is gone."""

    id: str
    path: str
    line: int | None
    resolved: bool
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A head that a server names at a moment: ``before`` and ``after`` for a replaced history, else only ``after``."""

    moment: datetime
    after: str
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A commit status as it is set now."""

    context: str
    state: Literal["error", "expected", "failure", "pending", "success"]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What people can write under: its number, its author, its own words, labels and comments.

    ``complete`` says that nothing was left out; what is not complete is never decided on.
    """

    number: int
    author: Account
    title: str
    body: Post
    updated: datetime
    open: bool
    labels: tuple[str, ...] = ()
    comments: tuple[Post, ...] = ()
    complete: bool = True

    def posts(self) -> Iterator[Post]:
        """Everything people wrote under it."""
        yield from self.comments


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest(Topic):
    """A pull request. ``head`` is its newest commit and ``base`` the branch it is meant for.

    ``pushes`` are all moments at which a server names a head, in order: replaced histories, and check suites
    made for a commit. ``statuses`` are those of the newest head. ``based`` is when it was last meant for another branch
    than before, None if it always was for this one.
    """

    head: str
    base: str
    based: datetime | None = None
    merged: bool = False
    reviews: tuple[Review, ...] = ()
    threads: tuple[Thread, ...] = ()
    pushes: tuple[Push, ...] = ()
    statuses: tuple[Status, ...] = ()

    def posts(self) -> Iterator[Post]:
        """Everything people wrote under it: comments and reviews."""
        yield from self.comments
        yield from self.reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Topic):
    """An issue that was opened with the form for contributions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the forge showed at a moment: everything touched since ``since`` (None: everything there is).

    ``taken`` is the server's clock before the first request, so that nothing falls between two snapshots.
    """

    taken: datetime
    since: datetime | None
    pull_requests: tuple[PullRequest, ...] = ()
    forms: tuple[Form, ...] = ()
