"""From what a forge shows and what it should show to the smallest difference: a pure list of things to write.

Nothing here is read back from labels or from the words of a comment: they are output. Only comments of the tool's own
account that begin with its mark are the tool's; everybody can paste the mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from accord.domain.forge.marker import Marker, answered, read_marker
from accord.domain.forge.snapshot import Post, PullRequest, Topic

CONTEXT = "accord/contribution"
MANAGED = ("category:", "class:", "kind:", "window:", "state:")

GateState = Literal["pending", "success", "failure"]
Drift = Literal["labels", "status", "comment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A commit status as it should be."""

    state: GateState
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The status comment as it should be: its mark, what it says, and a last line of when it was written.

    Only what it says is compared, so that nothing is written when only the moment differs. ``notes`` are sentences for
    the last line, for what somebody had changed by hand and was put back.
    """

    marker: Marker
    content: str
    tail: str
    notes: Mapping[Drift, str] = field(default_factory=lambda: MappingProxyType({}))

    def body(self, *drift: Drift) -> str:
        """The whole comment. The last line begins with its own sign, and holds no line break."""
        said = " ".join([self.tail, *(self.notes[one] for one in drift if one in self.notes)])
        return f"{self.marker}\n{self.content}\n\n<sub>{said}</sub>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A comment that answers ignored attempts, each post once; ``posts`` are named at the beginning of ``body``."""

    posts: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What should be shown of one topic. None: it is none of the tool's business, and is left as it is.

    ``commit`` is the head that all of it was worked out for; None for a filled form.
    """

    number: int
    commit: str | None = None
    labels: frozenset[str] | None = None
    gate: Gate | None = None
    screen: Screen | None = None
    answers: tuple[Answer, ...] = ()


# --- actions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLabels:
    """Add labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLabel:
    """Remove a label."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus:
    """Set the status of a commit, if it still is the newest."""

    commit: str
    gate: Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class PostComment:
    """Write a comment; ``status`` tells the status comment from an answer."""

    body: str
    status: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditComment:
    """Write the status comment anew, in its place."""

    comment: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteComment:
    """Delete a further status comment of our own."""

    comment: int


Action = AddLabels | RemoveLabel | SetStatus | PostComment | EditComment | DeleteComment


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be written under one topic, in order. ``newer``: a later run was here, so nothing is written."""

    number: int
    actions: tuple[Action, ...] = ()
    drift: tuple[Drift, ...] = ()
    newer: bool = False


def plan(topic: Topic, wanted: Wanted, own: int) -> Plan:
    """The smallest difference; nothing when all is as it should be. ``own`` is the account of the tool."""
    mine = status_comments(topic, own)
    marks = [mark for post in mine for text in own_words(post, own)[-1:] if (mark := read_marker(text))]
    if wanted.screen and any(mark.events > wanted.screen.marker.events for mark in marks):
        return Plan(number=wanted.number, newer=True)
    first = mine[0] if mine else None
    same = (
        first is not None and wanted.screen is not None and _says(first.body) == wanted.screen.content.strip()
    )
    labels = _labels(topic, wanted)
    status = _status(topic, wanted)
    drift: list[Drift] = []
    if same:
        # What we said stands, so what does not fit to it was changed by somebody else.
        drift += ["labels"] if labels else []
        drift += ["status"] if status and _has_status(topic) else []
    elif first is not None and first.editor is not None and first.editor.id != own:
        drift.append("comment")
    return Plan(
        number=wanted.number,
        actions=(*labels, *status, *_answers(wanted), *_comment(mine, wanted, drift, same=same)),
        drift=tuple(drift),
    )


def status_comments(topic: Topic, own: int) -> list[Post]:
    """The status comments of the tool's own account, oldest first; also those whose mark somebody else took away."""
    found = [
        post
        for post in topic.comments
        if post.author.id == own and any(map(read_marker, (*own_words(post, own), post.body)))
    ]
    return sorted(found, key=lambda post: (post.created, post.id))


def answered_posts(topic: Topic, own: int) -> frozenset[str]:
    """The posts that were answered: what the tool wrote at the beginning of a comment says so."""
    return frozenset(
        post
        for comment in topic.comments
        if comment.author.id == own
        for text in own_words(comment, own)
        for post in answered(text)
    )


def own_words(post: Post, own: int) -> tuple[str, ...]:
    """What the tool itself wrote in a comment, oldest first: whoever has the rights can edit comments of others."""
    return tuple(one.text for one in post.wordings if one.text is not None and one.editor.id == own)


def managed(label: str) -> bool:
    """Whether a label is one that the tool sets and takes away."""
    return label.casefold().startswith(MANAGED)


def _labels(topic: Topic, wanted: Wanted) -> list[Action]:
    if wanted.labels is None:
        return []
    # A forge takes labels that differ in capitals for one.
    there = {label.casefold() for label in topic.labels}
    right = {label.casefold() for label in wanted.labels}
    missing = tuple(sorted(label for label in wanted.labels if label.casefold() not in there))
    gone = sorted(label for label in topic.labels if managed(label) and label.casefold() not in right)
    return [*([AddLabels(labels=missing)] if missing else []), *(RemoveLabel(label=label) for label in gone)]


def _status(topic: Topic, wanted: Wanted) -> list[Action]:
    if wanted.gate is None or wanted.commit is None or not isinstance(topic, PullRequest):
        return []
    now = next((one for one in topic.statuses if one.context == CONTEXT), None)
    if now and (now.state, now.description) == (wanted.gate.state, wanted.gate.description):
        return []
    return [SetStatus(commit=wanted.commit, gate=wanted.gate)]


def _has_status(topic: Topic) -> bool:
    return isinstance(topic, PullRequest) and any(one.context == CONTEXT for one in topic.statuses)


def _answers(wanted: Wanted) -> list[Action]:
    return [PostComment(body=answer.body) for answer in wanted.answers]


def _comment(mine: list[Post], wanted: Wanted, drift: list[Drift], *, same: bool) -> list[Action]:
    if wanted.screen is None:
        return []
    # Two runs at once may have written two: the oldest is kept.
    more: list[Action] = [DeleteComment(comment=post.id) for post in mine[1:]]
    if not mine:
        return [PostComment(body=wanted.screen.body(), status=True)]
    if same and not drift:
        return more
    return [EditComment(comment=mine[0].id, body=wanted.screen.body(*drift)), *more]


def _says(body: str) -> str:
    """What a comment says, without its mark and its last line."""
    lines = body.replace("\r\n", "\n").rstrip().split("\n")
    inner = lines[1:-1] if lines[-1].startswith("<sub>") else lines[1:]
    return "\n".join(inner).strip()
