"""Writing to GitHub: one small difference at a time, each of which can be done twice without doing it double."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from accord.adapters.github.client import Client
from accord.adapters.github.limits import Missing, NotAccepted, Unanswered
from accord.adapters.github.mapping import rest_account, rest_post
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, refuse
from accord.domain.forge.snapshot import BOT, Post

Json = Any
MINUTE, HOUR = 60.0, 3600.0
RESERVE = 200
"""Requests of an hour that are not spent on writing: all runs of a repository share them, and GitHub takes half as many
texts as requests. What is left is for reading, and for a release."""
LOOK_BACK = timedelta(minutes=2)
LONGEST_DESCRIPTION = 140
COLOURS = {
    "category:": "1d76db",
    "class:": "5319e7",
    "kind:": "0e8a16",
    "window:": "fbca04",
    "state:": "006b75",
}
"""The colour of a label by what it begins with. All are dark or light enough to be read on."""
PLAIN = "ededed"


@dataclass(kw_only=True)
class Budget:
    """What one run may write: fewer a minute than GitHub lets through, and then fewer an hour.

    It waits for a minute to pass, and stops where an hour would have to: the next run goes on.
    """

    a_minute: int = 59
    an_hour: int = 400
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _written: deque[float] = field(default_factory=deque)

    def spend(self) -> float | None:
        """Take one write from it, waiting where that is short; None, or the seconds until there is one again."""
        now = self.clock()
        while self._written and now - self._written[0] >= HOUR:
            self._written.popleft()
        if len(self._written) >= self.an_hour:
            return HOUR - (now - self._written[0])
        if len(self._written) >= self.a_minute:
            oldest = self._written[-self.a_minute]
            if now - oldest < MINUTE:
                self.sleep(MINUTE - (now - oldest))
        self._written.append(self.clock())
        return None


class GitHubWriter:
    """Implements the port `ForgeWriter`. ``account`` is who the token writes as."""

    def __init__(self, client: Client, account: int = BOT, budget: Budget | None = None) -> None:
        self._client = client
        self._account = account
        self._budget = budget or Budget()
        self._labels: set[str] | None = None

    # --- labels -------------------------------------------------------------------------------------------

    def add_labels(self, number: int, labels: Collection[str]) -> None:
        """Put labels on a topic, making those that the repository does not have.

        Raises:
            RateLimited: writing more would pass a limit.
            Refused: GitHub refuses (exit OUTSIDE).
        """
        if not labels:
            return
        for label in labels:
            self._make_label(label)
        self._write(self._client.post, f"issues/{number}/labels", {"labels": sorted(labels)})

    def remove_label(self, number: int, label: str) -> None:
        """Take a label off a topic; it is as good if it was not on.

        Raises:
            RateLimited: as above.
            Refused: as above.
        """
        self._without(f"issues/{number}/labels/{quote(label, safe='')}")

    def _make_label(self, label: str) -> None:
        if self._labels is None:
            self._labels = {str(one["name"]).lower() for one in self._client.get_list("labels")}
        if label.lower() in self._labels:
            return
        colour = next((one for prefix, one in COLOURS.items() if label.startswith(prefix)), PLAIN)
        try:
            self._write(self._client.post, "labels", {"name": label, "color": colour})
        except NotAccepted as refused:
            if "already_exists" not in refused.codes:
                raise
        self._labels.add(label.lower())

    # --- comments -----------------------------------------------------------------------------------------

    def comment(self, number: int, body: str) -> Post:
        """Comment on a topic. Should the answer be lost, the comment is looked for before anything is said again.

        Raises:
            RateLimited: as above.
            Refused: as above.
        """
        before = self._client.server_time
        try:
            return rest_post(self._write(self._client.post, f"issues/{number}/comments", {"body": body}))
        except Unanswered as problem:
            if not problem.maybe_done:
                raise
            since = {} if before is None else {"since": f"{before - LOOK_BACK:%Y-%m-%dT%H:%M:%SZ}"}
            for one in reversed(self._client.get_list(f"issues/{number}/comments", **since)):
                if rest_account(one["user"]).id == self._account and _same(one["body"], body):
                    return rest_post(one)
            raise

    def edit_comment(self, comment: int, body: str) -> Post:
        """Change a comment. Should the answer be lost, it is looked at how the comment reads.

        Raises:
            RateLimited: as above.
            Refused: as above, also where it was deleted.
        """
        path = f"issues/comments/{comment}"
        try:
            return rest_post(self._write(self._client.patch, path, {"body": body}))
        except Unanswered as problem:
            if not problem.maybe_done:
                raise
            now = self._client.get(path)
            if not _same(now["body"], body):
                raise
            return rest_post(now)

    def delete_comment(self, comment: int) -> None:
        """Delete a comment; it is as good if it was gone.

        Raises:
            RateLimited: as above.
            Refused: as above.
        """
        self._without(f"issues/comments/{comment}")

    # --- the newest version and its status ----------------------------------------------------------------

    def head(self, number: int) -> str:
        """The newest commit of a pull request, asked now.

        Raises:
            RateLimited: as above.
            Refused: as above.
        """
        return str(self._client.get(f"pulls/{number}")["head"]["sha"])

    def set_status(self, commit: str, context: str, state: str, description: str, url: str = "") -> None:
        """Set a status of a commit, unless it is set so already.

        Raises:
            RateLimited: as above.
            Refused: as above, also where this commit was given this status too often.
        """
        wanted = {"state": state, "description": _short(description), "target_url": url or None}
        newest = next((one for one in self._statuses(commit) if one["context"] == context), {})
        if all((newest.get(name) or None) == (value or None) for name, value in wanted.items()):
            return
        try:
            body = {"context": context, **{name: value for name, value in wanted.items() if value}}
            self._write(self._client.post, f"statuses/{commit}", body)
        except NotAccepted as refused:
            if not any("maximum number of statuses" in code for code in (refused.said, *refused.codes)):
                raise
            raise refuse(
                "forge-status-full",
                f"GitHub takes no more statuses of {context} for {commit[:12]}: it has had a thousand.",
                fix="Look in the log why it changes so often. A new version of the text begins afresh.",
                exit_code=Exit.OUTSIDE,
            ) from refused

    def _statuses(self, commit: str) -> list[Mapping[str, Json]]:
        return self._client.get_list(f"commits/{commit}/status")

    # --- one write ----------------------------------------------------------------------------------------

    def _without(self, path: str) -> None:
        try:
            self._write(self._client.delete, path)
        except Missing:
            return

    def _write(self, method: Callable[..., Json], path: str, body: Json = None) -> Json:
        """One write, within the limits of all runs together, then of this one."""
        left = self._client.left
        if left is not None and left < RESERVE:
            raise RateLimited("Enough was written for this hour.", self._client.until)
        seconds = self._budget.spend()
        if seconds is not None:
            now = self._client.server_time
            until = None if now is None else now + timedelta(seconds=seconds)
            raise RateLimited("This run has written as much as GitHub lets through in an hour.", until)
        return method(path, body)


def _same(one: str | None, other: str) -> bool:
    """Whether two texts are the same, whatever GitHub makes of their line ends and edges."""
    return (one or "").replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _short(description: str) -> str:
    if len(description) <= LONGEST_DESCRIPTION:
        return description
    return description[: LONGEST_DESCRIPTION - 1] + "…"
