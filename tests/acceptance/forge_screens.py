"""A writer on the invented forge: what the tool writes is shown there, and every request is counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from accord.adapters.git import Git
from accord.adapters.git.remote import GitRemote
from accord.application.forge.ports import RateLimited
from accord.application.forge.reconciling import Reconciled, Screens, Seen, reconcile
from accord.application.forge.syncing import Doorway, Synchronised, sync
from accord.application.forge.wanted import Wanting
from accord.application.intake import form_text
from accord.cli.wiring import open_desk
from accord.domain.findings import Exit, refuse
from accord.domain.forge.snapshot import BOT, Post, PullRequest, Status, Topic
from tests.acceptance.forge_round import TOOL, Forge, minute, on_a_forge
from tests.acceptance.world import accord
from tests.conftest import Repo


@dataclass
class Writer:
    """Writes to a :class:`Forge` at a minute. ``budget``: after so many requests it asks to wait."""

    forge: Forge
    at: float = 0
    budget: int = 10_000
    requests: list[str] = field(default_factory=list)
    locked: set[int] = field(default_factory=set)
    heads: dict[int, str] = field(default_factory=dict)

    def add_labels(self, number: int, labels: Collection[str]) -> None:
        """Add labels."""
        topic = self._asked("labels", number)
        self._set(replace(topic, labels=(*topic.labels, *labels)))

    def remove_label(self, number: int, label: str) -> None:
        """Remove one."""
        topic = self._asked("unlabel", number)
        assert label in topic.labels, "GitHub answers 404"
        self._set(replace(topic, labels=tuple(one for one in topic.labels if one != label)))

    def comment(self, number: int, body: str) -> Post:
        """Write one."""
        topic = self._asked("comment", number)
        assert len(body) <= 65_536
        post = Post(id=next(self.forge.ids), author=TOOL, body=body, created=minute(self.at))
        self._set(replace(topic, comments=(*topic.comments, post)))
        return post

    def edit_comment(self, comment: int, body: str) -> Post:
        """Edit one of the tool's own."""
        topic, post = self._of(comment)
        self._asked("edit", topic.number)
        assert post.author.id == BOT, "GitHub answers 403"
        self.forge.edits(topic, post, body, at=self.at, who=TOOL)
        return next(one for one in self._topic(topic.number).comments if one.id == comment)

    def delete_comment(self, comment: int) -> None:
        """Delete one of the tool's own."""
        topic, post = self._of(comment)
        self._asked("delete", topic.number)
        assert post.author.id == BOT
        self.forge.deletes(topic, post, at=self.at)

    def head(self, number: int) -> str:
        """The newest head, as it is at this moment."""
        topic = self._asked("head", number)
        assert isinstance(topic, PullRequest)
        return self.heads.get(number, topic.head)

    def set_status(self, commit: str, context: str, state: str, description: str, url: str = "") -> None:
        """Set a status: it belongs to a commit, and shows wherever that is the head."""
        self.requests.append("status")
        self._count()
        assert len(description) <= 140
        status = Status(context=context, state=state, description=description)  # type: ignore[arg-type]
        for pull in list(self.forge.pulls.values()):
            if pull.head == commit:
                rest = tuple(one for one in pull.statuses if one.context != context)
                self._set(replace(pull, statuses=(*rest, status)))

    def _asked(self, what: str, number: int) -> Topic:
        self.requests.append(what)
        self._count()
        if number in self.locked:
            raise refuse("forge-refused", f"#{number} is locked.", exit_code=Exit.OUTSIDE)
        return self._topic(number)

    def _count(self) -> None:
        if len(self.requests) > self.budget:
            self.requests.pop()
            raise RateLimited("The forge asks us to wait.")

    def _topic(self, number: int) -> Topic:
        return self.forge.forms[number] if number in self.forge.forms else self.forge.pulls[number]

    def _of(self, comment: int) -> tuple[Topic, Post]:
        for topic in (*self.forge.pulls.values(), *self.forge.forms.values()):
            for post in topic.comments:
                if post.id == comment:
                    return topic, post
        raise AssertionError("GitHub answers 404")

    def _set(self, topic: Topic) -> None:
        self.forge._set(topic, self.at)


@dataclass
class Stage:
    """A forge, the tool's copy of the shared repository, and what it wrote in the last run."""

    forge: Forge
    folder: Path
    requests: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def runs(
        self,
        at: float,
        *,
        writer: Writer | None = None,
        dry_run: bool = False,
        sync: bool = True,
        **only: object,
    ) -> Reconciled:
        """Sync, then reconcile, at a minute."""
        if sync:
            self.syncs(at)
        writer = writer or Writer(self.forge)
        writer.at = at + 0.2
        desk = open_desk(str(self.folder), minute(at + 0.1).isoformat(), "", dry_run=dry_run)
        screens = Screens(reader=self.forge, writer=writer, shown=self.seen.append)
        done = reconcile(desk, screens, **only)  # type: ignore[arg-type]
        self.requests = writer.requests
        return done

    def syncs(self, at: float) -> Synchronised:
        """Take in what is new; a filled form holds the description of a contribution without a text change."""
        if not self.folder.exists():
            Repo(self.forge.shared).git("clone", "--quiet", str(self.forge.shared), str(self.folder))
        self.forge.now = minute(at)
        desk = open_desk(str(self.folder), minute(at).isoformat(), "")
        assert isinstance(desk.repository, Git)
        doorway = Doorway(reader=self.forge, remote=GitRemote(desk.repository), form_text=form_text)
        return sync(desk, doorway)

    def acts(self, who: str, at: float, *arguments: str) -> None:
        """Somebody acts from a terminal on the tool's copy, and shares what that brought."""
        done = accord(*arguments, "--repo", str(self.folder), "--as", who, "--now", minute(at).isoformat())
        assert done.code == 0, done.out + done.err
        repo = Repo(self.folder)
        repo.git("push", "--quiet", "origin", "refs/heads/main", "refs/heads/record", "+refs/contributions/*")

    def screen(self, number: int = 7) -> str:
        """The status comment under a topic."""
        topic: Topic = self.forge.forms[number] if number in self.forge.forms else self.forge.pulls[number]
        (body,) = (
            post.body
            for post in topic.comments
            if post.author.id == BOT and post.body.startswith("<!-- accord:status")
        )
        return body

    def answers(self, number: int = 7) -> list[str]:
        """The answers under a topic."""
        return [
            post.body
            for post in self.forge.pulls[number].comments
            if post.author.id == BOT and post.body.startswith("<!-- accord:answer")
        ]

    def gate(self, number: int = 7) -> tuple[str, str]:
        """The status of the newest head; empty words where there is none."""
        found = self.forge.pulls[number].statuses
        assert len(found) < 2
        return (found[0].state, found[0].description) if found else ("", "")

    def wanting(self, at: float) -> Wanting:
        """What is wanted at a minute."""
        desk = open_desk(str(self.folder), minute(at).isoformat(), "")
        return Wanting(desk=desk, account=BOT)


def stage(folder: Path) -> Stage:
    """A rehearsal round on a forge, and an empty place for the tool's copy."""
    return Stage(on_a_forge(folder), folder / "run")
