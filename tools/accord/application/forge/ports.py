"""What the doorway needs from a forge, as small protocols. No object of a client library crosses this line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from accord.domain.findings import Exit, Finding, Refused
from accord.domain.forge.snapshot import Form, Post, PullRequest, Snapshot


class RateLimited(Refused):
    """The forge asks us to wait (exit OUTSIDE): stop early, and let the next run go on.

    ``until`` is the moment from which it answers again, None where it does not say.
    """

    def __init__(self, message: str, until: datetime | None = None) -> None:
        self.until = until
        fix = "Nothing is lost: the next run goes on from here."
        super().__init__((Finding(rule="forge-rate", message=message, fix=fix),), Exit.OUTSIDE)


class ForgeReader(Protocol):
    """Reads a forge.

    Raises:
        RateLimited: its budget is used up.
        Refused: it does not answer, refuses, or answers in part (exit OUTSIDE); never a snapshot with a hole.
    """

    def snapshot(self, since: datetime | None) -> Snapshot: ...
    def pull_request(self, number: int) -> PullRequest: ...
    def form(self, number: int) -> Form: ...


class ForgeWriter(Protocol):
    """Writes to a forge, one small difference at a time; each can be done twice without doing it double.

    Raises:
        RateLimited: as for reading, also where writing more would pass the forge's limits.
        Refused: it refuses (exit OUTSIDE), or the head moved since it was read (``head``).
    """

    def add_labels(self, number: int, labels: Collection[str]) -> None: ...
    def remove_label(self, number: int, label: str) -> None: ...
    def comment(self, number: int, body: str) -> Post: ...
    def edit_comment(self, comment: int, body: str) -> Post: ...
    def delete_comment(self, comment: int) -> None: ...
    def head(self, number: int) -> str: ...
    def set_status(self, commit: str, context: str, state: str, description: str, url: str = "") -> None: ...
