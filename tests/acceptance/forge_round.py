"""An invented round on a forge: a shared repository that everybody pushes to, and what people write there.

The forge is a plain value that tests change; it shows itself as GitHub's adapter would. Git is real.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from accord.adapters.git import Git
from accord.adapters.git.remote import GitRemote
from accord.application.forge.syncing import Doorway, Synchronised, sync
from accord.application.receiving import Description
from accord.cli.wiring import open_desk
from accord.domain.forge.snapshot import (
    BOT,
    Account,
    Form,
    Post,
    PullRequest,
    Push,
    Review,
    Snapshot,
    Thread,
    Topic,
    Wording,
)
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import KIND_OF, Event
from tests.acceptance.world import METADATA, OPINION, Round, rehearsal
from tests.conftest import Repo

ANA, LEV, CHO, SAM, MIA = (
    Account(id=1, login="ana"),
    Account(id=2, login="lev"),
    Account(id=3, login="cho"),
    Account(id=4, login="sam"),
    Account(id=5, login="mia"),
)
T = TypeVar("T", bound=Topic)
VIC = Account(id=900, login="visitor")
TOOL = Account(id=BOT, login="github-actions", bot=True)
START = datetime(2024, 8, 20, 10, tzinfo=UTC)


def minute(number: float) -> datetime:
    """So many minutes after the round on the forge begins."""
    return START + timedelta(minutes=number)


def described(**changes: str | None) -> str:
    """A description with its block."""
    fields = {**METADATA, **changes}
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
    return f"We propose this.\n\n```yaml contribution\n{lines}```\n"


@dataclass
class Forge:
    """What the forge shows, and the shared repository behind it."""

    shared: Path
    round: Round
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    forms: dict[int, Form] = field(default_factory=dict)
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(100))
    now: datetime = START
    read: int = 0

    # --- reading, as the port asks for it ---------------------------------------------------------------------

    def snapshot(self, since: datetime | None) -> Snapshot:
        """Everything touched since."""
        self.read += 1
        pulls = [one for one in self.pulls.values() if since is None or one.updated >= since]
        forms = [one for one in self.forms.values() if since is None or one.updated >= since]
        return Snapshot(taken=self.now, since=since, pull_requests=tuple(pulls), forms=tuple(forms))

    def pull_request(self, number: int) -> PullRequest:
        """One of them."""
        return self.pulls[number]

    def form(self, number: int) -> Form:
        """One filled form."""
        return self.forms[number]

    # --- what people do -------------------------------------------------------------------------------------

    def opens(
        self,
        who: Account,
        *changes: tuple[str, str],
        at: float = 0,
        text: str | None = None,
        suite: float = 0.1,
    ) -> PullRequest:
        """A pull request that changes words of the Opinion; a check suite names its head soon after."""
        number = 7 + len(self.pulls) + len(self.forms)
        branch = f"branch-{number}"
        head = self.round.rewords(branch, *changes) if changes else self.round.repo.git("rev-parse", "main")
        self._push(number, head)
        body = Post(id=0, author=who, body=described() if text is None else text, created=minute(at))
        pull = PullRequest(
            number=number,
            author=who,
            title="A title",
            body=body,
            updated=minute(at),
            open=True,
            head=head,
            base="main",
            pushes=(Push(moment=minute(at + suite), after=head),) if suite else (),
        )
        return self._set(pull, at)

    def asks(self, who: Account, text: str, *, at: float) -> Form:
        """An issue, whether or not it was opened with the form."""
        number = 7 + len(self.pulls) + len(self.forms)
        body = Post(id=0, author=who, body=text, created=minute(at))
        form = Form(number=number, author=who, title="T", body=body, updated=minute(at), open=True)
        self._set(form, at)
        return form

    def pushes(
        self, pull: PullRequest, *changes: tuple[str, str], at: float, named: bool = True
    ) -> PullRequest:
        """Another commit on its branch."""
        head = self.round.rewords(f"branch-{pull.number}", *changes)
        self._push(pull.number, head)
        pull = self.pulls[pull.number]
        push = (Push(moment=minute(at), after=head),) if named else ()
        return self._set(replace(pull, head=head, pushes=(*pull.pushes, *push)), at)

    def comments(self, topic: Topic, who: Account, text: str, *, at: float) -> Post:
        """A comment."""
        post = Post(id=next(self.ids), author=who, body=text, created=minute(at))
        topic = self._now(topic)
        self._set(replace(topic, comments=(*topic.comments, post)), at)
        return post

    def edits(self, topic: Topic, post: Post, text: str, *, at: float, who: Account | None = None) -> None:
        """Somebody edits a comment (by default whoever wrote it)."""
        editor = who or post.author

        def edited(one: Post) -> Post:
            if one.id != post.id:
                return one
            history = (*one.wordings, Wording(moment=minute(at), editor=editor, text=text))
            return replace(one, body=text, edited=minute(at), editor=editor, history=history)

        topic = self._now(topic)
        self._set(replace(topic, comments=tuple(edited(one) for one in topic.comments)), at)

    def describes(self, pull: PullRequest, text: str, *, at: float, who: Account | None = None) -> None:
        """Its description is edited."""
        pull = self.pulls[pull.number]
        editor = who or pull.author
        history = (*pull.body.wordings, Wording(moment=minute(at), editor=editor, text=text))
        body = replace(pull.body, body=text, edited=minute(at), editor=editor, history=history)
        self._set(replace(pull, body=body), at)

    def deletes(self, topic: Topic, post: Post, *, at: float) -> None:
        """A comment goes."""
        topic = self._now(topic)
        self._set(replace(topic, comments=tuple(one for one in topic.comments if one.id != post.id)), at)

    def reviews(
        self, pull: PullRequest, who: Account, state: str, text: str = "", *, at: float, on: str | None = None
    ) -> Review:
        """A review on the newest head, or on an older one."""
        pull = self.pulls[pull.number]
        review = Review(
            id=next(self.ids),
            author=who,
            body=text,
            created=minute(at),
            state=state,  # type: ignore[arg-type]
            commit=on or pull.head,
        )
        self._set(replace(pull, reviews=(*pull.reviews, review)), at)
        return review

    def dismisses(self, pull: PullRequest, review: Review, *, at: float) -> None:
        """A maintainer dismisses a review."""
        pull = self.pulls[pull.number]
        gone = replace(review, state="DISMISSED", was=review.state, dismissed=minute(at))  # type: ignore[arg-type]
        reviews = tuple(gone if one.id == review.id else one for one in pull.reviews)
        self._set(replace(pull, reviews=reviews), at)

    def remarks(self, pull: PullRequest, who: Account, text: str, *, at: float, line: int = 3) -> Thread:
        """A thread on a line."""
        pull = self.pulls[pull.number]
        post = Post(id=next(self.ids), author=who, body=text, created=minute(at))
        thread = Thread(id=f"T{post.id}", path=OPINION, line=line, resolved=False, posts=(post,))
        self._set(replace(pull, threads=(*pull.threads, thread)), at)
        return thread

    def resolves(self, pull: PullRequest, thread: Thread, *, at: float, resolved: bool = True) -> None:
        """A thread is resolved, or opened again."""
        pull = self.pulls[pull.number]
        threads = tuple(
            replace(one, resolved=resolved) if one.id == thread.id else one for one in pull.threads
        )
        self._set(replace(pull, threads=threads), at)

    # --- what the tool does -----------------------------------------------------------------------------------

    def syncs(self, folder: Path, at: float, *, full: bool = False) -> Synchronised:
        """One run on its own copy of the shared repository, fresh or kept from before."""
        self.now = minute(at)
        if not folder.exists():
            Repo(self.shared).git("clone", "--quiet", str(self.shared), str(folder))
        desk = open_desk(str(folder), minute(at).isoformat(), "")
        git = desk.repository
        assert isinstance(git, Git)
        doorway = Doorway(reader=self, remote=GitRemote(git), form_text=_no_forms)
        return sync(desk, doorway, full=full)

    def events(self, folder: Path) -> list[Event]:
        """Every event of the record in a copy."""
        return list(open_desk(str(folder), "", "").chronicle().everything())

    def _push(self, number: int, head: str) -> None:
        self.round.repo.git("push", "--quiet", "--force", str(self.shared), f"{head}:refs/pull/{number}/head")

    def _now(self, topic: Topic) -> Topic:
        return self.forms[topic.number] if isinstance(topic, Form) else self.pulls[topic.number]

    def _set(self, topic: T, at: float) -> T:
        topic = replace(topic, updated=max(topic.updated, minute(at)))
        if isinstance(topic, Form):
            self.forms[topic.number] = topic
        elif isinstance(topic, PullRequest):
            self.pulls[topic.number] = topic
        return topic


def _no_forms(desk: object, form: Form, text: str) -> tuple[Description, str | None]:
    raise AssertionError(f"no form is filled here: {desk} {form.number} {text}")


def on_a_forge(folder: Path) -> Forge:
    """The rehearsal round shared on a forge: `shared.git` for everybody, a working copy for contributors."""
    folder.mkdir(parents=True, exist_ok=True)
    round_ = rehearsal(folder / "work")
    shared = folder / "shared.git"
    round_.repo.git("clone", "--quiet", "--bare", str(round_.path), str(shared))
    return Forge(shared=shared, round=round_)


def plain(events: list[Event]) -> list[Mapping[str, object]]:
    """Events without what depends on when the tool looked: the moment at which it learned, and running numbers.

    Where an event names another by its number, it names its post instead.
    """
    named = {event.seq: event.post or KIND_OF[type(event)] for event in events}
    out: list[Mapping[str, object]] = []
    for event in events:
        value = event_to_json(event)
        for name in ("seq", "recorded"):
            value.pop(name, None)
        for name in ("target", "basis", "call"):
            if isinstance(value.get(name), int):
                value[name] = named[value[name]]
        out.append(value)
    return out
