"""GitRecordStore: the record on the branch `record`, written by compare-and-swap."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from accord.adapters.git import Git
from accord.adapters.git.refs import ABSENT
from accord.adapters.record.audit import audit
from accord.adapters.record.layout import (
    FORMAT,
    HEAD,
    README,
    contribution_number,
    fact_path,
    segment_path,
)
from accord.adapters.record.readme import README_TEXT
from accord.adapters.record.segments import event_line, has_room, head_content
from accord.adapters.record.view import Cache, GitRecordView
from accord.application.ports import Appended, Batch, History, JsonObject, RecordHead, RecordView
from accord.domain.canonical import canonical_json, fact_digest
from accord.domain.findings import Exit, Finding, refuse

AUTHOR = "Accord"
TRIES = 60


class GitRecordStore:
    """Implements the port `RecordStore`. The user's files and index are never touched."""

    def __init__(self, git: Git, branch: str = "record", remote: str = "origin") -> None:
        self._git = git
        self._branch = branch
        self._ref = f"refs/heads/{branch}"
        # A fresh clone has the record under the name of where it came from, until something is added to it here.
        self._fallback = f"refs/remotes/{remote}/{branch}"
        self._cache = Cache()
        self._free = False

    # --- reading ---------------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Whether there is a record."""
        return self.tip() is not None

    def tip(self) -> str | None:
        """The newest commit of the record; ``None`` if there is no record."""
        return self._git.resolve(self._ref) or self._git.resolve(self._fallback)

    def view(self, at: str | None = None) -> GitRecordView:
        """The record at a commit (``None``: the newest).

        Raises:
            Refused: exit USAGE if there is no record or no such commit.
        """
        commit = self.tip() if at is None else self._git.resolve(at)
        if commit is None and at is None:
            raise refuse(
                "record-missing",
                "There is no record here yet.",
                fix="`accord submit` starts one with the first contribution; `accord rehearse DIR` shows a whole one.",
                exit_code=Exit.USAGE,
            )
        if commit is None:
            raise refuse(
                "record-commit-unknown",
                f"There is no commit `{at}` of the record here.",
                fix="Name a commit of the branch `record`.",
                exit_code=Exit.USAGE,
            )
        return GitRecordView(self._git, commit, self._cache)

    def head(self, at: str | None = None) -> RecordHead:
        """The counters."""
        return self.view(at).head

    def read_stream(self, stream: str, at: str | None = None) -> list[JsonObject]:
        """The events of a stream, in order."""
        return self.view(at).read_stream(stream)

    def last(self, stream: str, kind: str | None = None, at: str | None = None) -> JsonObject | None:
        """The newest event of a stream (of a kind)."""
        return self.view(at).last(stream, kind)

    def read_all(self, at: str | None = None) -> list[JsonObject]:
        """Every event, by ``seq``."""
        return self.view(at).read_all()

    def fact(self, digest: str, at: str | None = None) -> Any:
        """The JSON value with this digest."""
        return self.view(at).fact(digest)

    def appends_only(self, at: str | None = None, since: str | None = None) -> list[Finding]:
        """Every place where a commit of the record (after *since*) did anything but add."""
        return list(self.history(at, since).findings)

    def history(self, at: str | None = None, since: str | None = None) -> History:
        """The commits of the record (after *since*), and every place where one did anything but add."""
        return audit(self._git, self.view(at).commit, since)

    # --- writing ---------------------------------------------------------------------------------------

    def create(self, *, rehearsal: bool, forum: str, moment: datetime) -> str:
        """Start the record, with no event in it; the commit.

        Raises:
            Refused: exit USAGE if there is one already.
        """
        head = RecordHead(format=FORMAT, events=0, contributions=0, rehearsal=rehearsal, forum=forum)
        files = {README: README_TEXT.encode(), HEAD: head_content(head)}
        subject = f"Start the record of {forum}" + (" (rehearsal)" if rehearsal else "")
        if not self.exists():
            commit = self._git.write_commit(files, (), subject, moment, AUTHOR)
            if self._git.update_ref(self._ref, commit, None):
                return commit
        raise refuse(
            "record-exists",
            "There is a record here already.",
            fix="Use it as it is; a second one needs another copy of the repository.",
            exit_code=Exit.USAGE,
        )

    def append(self, decide: Callable[[RecordView], Batch], moment: datetime) -> Appended:
        """Add what *decide* makes of the newest state, all of it or nothing.

        If somebody else added something meanwhile, *decide* is asked again about the new state, so it must not
        do anything beside deciding. What it raises is passed on; nothing is changed then.

        Raises:
            Refused: no record (USAGE), a damaged one (FINDINGS), disk or git refuse (OUTSIDE).
        """
        self._refuse_if_open()
        for attempt in range(TRIES):
            view = self.view()
            batch = decide(view)
            commit = view.commit
            events: tuple[JsonObject, ...] = ()
            old = view.commit if self._git.resolve(self._ref) else ABSENT
            if batch.events or batch.facts or batch.allocate:
                files, events = self._files(view, batch)
                subject = " ".join(batch.subject.split()) or "Add to the record"
                commit = self._git.write_commit(
                    files, (view.commit,), subject, moment, AUTHOR, sign=batch.sign
                )
            if self._git.update_refs(
                {self._ref: (commit, old)} | {ref: (oid, None) for ref, oid in batch.refs.items()}
            ):
                number = view.next_contribution if batch.allocate else None
                return Appended(commit=commit, events=events, contribution=number)
            time.sleep(0.002 * (1 + (attempt * 7 + os.getpid()) % 11))  # so that two do not keep meeting
        raise refuse(
            "record-busy",
            f"Others kept adding to the record; gave up after {TRIES} tries. Nothing was changed.",
            fix="Run the same command again.",
            exit_code=Exit.OUTSIDE,
        )

    def _files(
        self, view: GitRecordView, batch: Batch
    ) -> tuple[dict[str, bytes | None], tuple[JsonObject, ...]]:
        """What the batch writes, by path, and its events as written."""
        events = []
        streams: dict[str, list[bytes]] = {}
        for seq, (stream, event) in enumerate(batch.events, start=view.head.events + 1):
            stamped = {"seq": seq} | {key: value for key, value in event.items() if key != "seq"}
            if not isinstance(stamped.get("kind"), str):
                raise ValueError(f"an event for {stream} has no kind")
            number = contribution_number(stream)
            if number is not None and number > view.head.contributions + batch.allocate:
                raise ValueError(
                    f"contribution {number} has no number yet: the next is {view.next_contribution}"
                )
            events.append(stamped)
            streams.setdefault(stream, []).append(event_line(stamped))
        if batch.allocate and f"contributions/{view.next_contribution}" not in streams:
            raise ValueError("a batch that takes a number needs an event for that contribution")
        files: dict[str, bytes | None] = {}
        for stream, lines in streams.items():
            files |= self._appended(view, stream, lines)
        for value in batch.facts:
            files[fact_path(fact_digest(value))] = canonical_json(value)
        head = replace(
            view.head,
            events=view.head.events + len(events),
            contributions=view.head.contributions + batch.allocate,
        )
        return files | {HEAD: head_content(head)}, tuple(events)

    def _appended(self, view: GitRecordView, stream: str, lines: list[bytes]) -> dict[str, bytes]:
        number, content = view.tail(stream)
        files = {}
        for line in lines:
            if not has_room(content, line):
                number, content = number + 1, b""
            content += line
            files[segment_path(stream, number)] = content
        return files

    def _refuse_if_open(self) -> None:
        """The record is not added to while a folder has it open: the files there would look changed."""
        if self._free:
            return
        for tree in self._git.worktrees():
            if tree.branch == self._branch:
                raise refuse(
                    "record-open",
                    f"The branch `{self._branch}` is open in {tree.path}. Nothing was changed.",
                    fix="Open another branch there (`git switch main`), then run the same command again.",
                    exit_code=Exit.OUTSIDE,
                )
        self._free = True
