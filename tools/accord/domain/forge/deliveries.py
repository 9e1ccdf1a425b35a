"""What a pull request or a filled form brings, in the order in which it happened: versions, words, changes of words.

A pure function of what the forge shows and of what is known already, so that it makes no difference how often and
when anybody looked. Every moment is a server's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from accord.domain.forge.snapshot import Account, Form, Post, PullRequest, Review, Thread, Topic, Wording
from accord.domain.record.values import Clock, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text, a description, or both: what is None was left as it was. ``account`` handed it in."""

    post: str
    receipt: Receipt
    account: Account
    head: str | None = None
    text: str | None = None

    @property
    def moment(self) -> datetime:
        """When it came at the latest."""
        return self.receipt.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote in a comment or a review, as it read at ``moment``.

    ``before`` are earlier wordings of the same post: only what is new against them is said now. ``first`` tells that
    these are the words as they were posted, by their author; words changed since never give a position (C12).
    ``commit`` is the head that a review is about.
    """

    post: str
    moment: datetime
    account: Account
    text: str
    first: bool
    before: tuple[str, ...] = ()
    state: str = ""
    commit: str | None = None

    @property
    def receipt(self) -> Receipt:
        """Its receipt."""
        return Receipt.instant(self.moment, "server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A post no longer reads as it did: edited to ``text``, deleted, or a review dismissed."""

    post: str
    of: str
    receipt: Receipt
    how: Literal["edited", "deleted", "dismissed"]
    editor: Account | None = None
    text: str = ""

    @property
    def moment(self) -> datetime:
        """When it was changed at the latest."""
        return self.receipt.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The tool's own comment, as it read from ``moment`` on."""

    post: str
    moment: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A thread on a line of the text, as it is now: open or resolved."""

    post: str
    moment: datetime
    thread: Thread


Delivered = Version | Words | Changed | Screen | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the record has of a topic already: the posts taken in, and the heads of its versions in order.

    ``acts`` are the posts from which something was taken that still counts.
    """

    posts: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    acts: Collection[str] = field(default_factory=tuple)


ORDER = {Version: 0, Screen: 1, Words: 2, Changed: 3, Remark: 4}


def delivered(topic: Topic, known: Known, taken: datetime, own: int) -> tuple[Delivered, ...]:
    """Everything a topic brings that the record does not have, oldest first. ``own`` is the account of the tool.

    ``taken`` is the moment of the snapshot, by the server's clock.
    """
    found: list[Delivered] = []
    if isinstance(topic, PullRequest):
        found += versions_of_pull(topic, known, taken)
        for review in topic.reviews:
            found += _review(review)
        found += [
            Remark(post=f"thread/{thread.id}", moment=thread.posts[0].created, thread=thread)
            for thread in topic.threads
            if thread.posts
        ]
    elif isinstance(topic, Form):
        found += versions_of_form(topic, known)
    for comment in topic.comments:
        if comment.author.id == own and comment.author.bot:
            found += _screen(comment, own)
        elif not comment.author.bot:
            found += _comment(comment, "comment")
    found += _gone(topic, known, taken)
    # A post can hold several acts, so it is only the whole posts that are left out here.
    new = [one for one in found if isinstance(one, (Words, Remark)) or one.post not in known.posts]
    return tuple(
        sorted(new, key=lambda one: (one.moment, ORDER[type(one)]))
    )  # versions stay as they followed


# --- versions ---------------------------------------------------------------------------------------------


def versions_of_pull(pull: PullRequest, known: Known, taken: datetime) -> Iterator[Version]:
    """The versions of a pull request that the record does not have.

    The first stands between the creation of the pull request (or when it was last meant for another branch than
    before: until then it was for nothing here) and the first moment at which a server names its head: nothing else
    says that it was there from the beginning. A later head was received when a server first named it, else when the
    tool first saw it.
    """
    begun = _begun(pull)
    texts = _texts(pull.body)
    seen = list(known.heads)
    passed: list[str] = []
    last = begun
    for oid, named in _heads(pull):
        passed.append(oid)
        if seen.count(oid) >= passed.count(oid):
            last = max(last, named or last)
            continue
        if not seen:
            receipt = _receipt(begun, named, taken)
            words = _text_at(texts, receipt.latest)
            yield Version(
                post=f"pull/{pull.number}",
                receipt=receipt,
                account=pull.author,
                head=oid,
                text=words.text or "",
            )
            yield from _descriptions(pull, [one for one in texts if one.moment > words.moment])
        else:
            receipt = _receipt(named or last, named, taken)
            again = f"#{seen.count(oid) + 1}" if oid in seen else ""
            yield Version(post=f"head/{oid}{again}", receipt=receipt, account=pull.author, head=oid)
        last = receipt.latest
        seen.append(oid)
    if known.heads:
        yield from _descriptions(pull, texts[1:])


def versions_of_form(form: Form, known: Known) -> Iterator[Version]:
    """The versions of a filled form: as it was sent, and each correction of it."""
    texts = _texts(form.body)
    post = f"form/{form.number}"
    if post not in known.posts:
        yield Version(
            post=post,
            receipt=Receipt.instant(texts[0].moment, "server"),
            account=form.author,
            text=texts[0].text or "",
        )
    yield from _descriptions(form, texts[1:])


def _begun(pull: PullRequest) -> datetime:
    """Since when a pull request is for the branch that it is for."""
    return pull.body.created if pull.based is None else max(pull.body.created, pull.based)


def _heads(pull: PullRequest) -> list[tuple[str, datetime | None]]:
    """The heads that a pull request had, in order, each with the moment at which a server first names it as that.

    Only a replaced history can bring back an old one; a review or a check suite may name one that is long past.
    """
    named: list[tuple[datetime, int, str, str | None]] = [
        (push.moment, 0 if push.before else 1, push.after, push.before) for push in pull.pushes
    ]
    named += [(review.created, 2, review.commit, None) for review in pull.reviews if review.commit]
    found: list[tuple[str, datetime | None]] = []
    for moment, _, oid, before in sorted(named, key=lambda one: (*one[:2], one[2] == pull.head)):
        if moment < _begun(pull):
            continue
        there = {one for one, _ in found}
        if before is not None and before not in there:
            found.append((before, moment))
        if oid not in there or (before is not None and found[-1][0] != oid):
            found.append((oid, moment))
    if not found or found[-1][0] != pull.head:
        found.append((pull.head, None))
    return found


def _receipt(earliest: datetime, named: datetime | None, taken: datetime) -> Receipt:
    clock: Clock = "first-seen" if named is None else "server"
    latest = taken if named is None else named
    return Receipt(earliest=min(earliest, latest), latest=latest, clock=clock)


def _texts(body: Post) -> list[Wording]:
    """The wordings of a description that are still known; at least the newest."""
    found = [one for one in _wordings(body) if one.text is not None]
    return found or [Wording(moment=body.created, editor=body.author, text=_whole(body.body))]


def _wordings(post: Post) -> list[Wording]:
    """Every wording of a post, in whole characters."""
    return [one if one.text is None else replace(one, text=_whole(one.text)) for one in post.wordings]


def _whole(text: str) -> str:
    """A text with a mark in place of half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text_at(texts: list[Wording], moment: datetime) -> Wording:
    before = [one for one in texts if one.moment <= moment]
    return before[-1] if before else texts[0]


def _descriptions(topic: Topic, texts: Iterable[Wording]) -> Iterator[Version]:
    for one in texts:
        yield Version(
            post=f"description/{topic.number}@{_stamp(one.moment)}",
            receipt=Receipt.instant(one.moment, "server"),
            account=one.editor,
            text=one.text or "",
        )


# --- words ------------------------------------------------------------------------------------------------


def _comment(post: Post, kind: str) -> Iterator[Delivered]:
    name = f"{kind}/{post.id}"
    wordings = _wordings(post)
    first = wordings[0]
    if first.text is not None:
        yield Words(post=name, moment=first.moment, account=post.author, text=first.text, first=True)
    for number, later in enumerate(wordings[1:], start=1):
        if later.text is None:
            continue
        before = tuple(one.text for one in wordings[:number] if one.text is not None)
        stamp = _stamp(later.moment)
        yield Words(
            post=f"{name}@{stamp}",
            moment=later.moment,
            account=later.editor if later.editor.id is not None else post.author,
            text=later.text,
            first=False,
            before=before,
        )
        yield Changed(
            post=f"{name}/edited@{stamp}",
            of=name,
            receipt=Receipt.instant(later.moment, "server"),
            how="edited",
            editor=later.editor,
            text=later.text,
        )


def _review(review: Review) -> Iterator[Delivered]:
    if review.author.bot:
        return
    name = f"review/{review.id}"
    for one in _comment(review, "review"):
        if isinstance(one, Words) and one.first:
            state = (review.was or "COMMENTED") if review.state == "DISMISSED" else review.state
            yield Words(
                post=one.post,
                moment=one.moment,
                account=one.account,
                text=one.text,
                first=True,
                state=state,
                commit=review.commit,
            )
        else:
            yield one
    if review.state == "DISMISSED":
        yield Changed(
            post=f"{name}/dismissed",
            of=name,
            receipt=Receipt.instant(review.dismissed or review.created, "server"),
            how="dismissed",
            editor=review.editor,
        )


def _screen(comment: Post, own: int) -> Iterator[Screen]:
    """The tool's own comment; what somebody else made of it is nothing that the tool showed."""
    for one in _wordings(comment):
        if one.text is not None and one.editor.id == own:
            yield Screen(post=f"comment/{comment.id}@{_stamp(one.moment)}", moment=one.moment, text=one.text)


def _gone(topic: Topic, known: Known, taken: datetime) -> Iterator[Changed]:
    """Posts from which something was taken, and that are no longer there."""
    there = {f"comment/{one.id}" for one in topic.comments}
    if isinstance(topic, PullRequest):
        there |= {f"review/{one.id}" for one in topic.reviews}
    for post in sorted({act.partition("#")[0].partition("@")[0] for act in known.acts} - there):
        yield Changed(
            post=f"{post}/deleted",
            of=post,
            receipt=Receipt(earliest=topic.body.created, latest=taken, clock="first-seen"),
            how="deleted",
        )


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")
