"""Where in the record each post of a forge was taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from accord.domain.forge.deliveries import Known
from accord.domain.forge.snapshot import Form, Topic
from accord.domain.record.events import (
    Confirmed,
    Cosigned,
    Event,
    Heard,
    ObjectionEnded,
    Point,
    PointSettled,
    Position,
    Received,
    Revised,
    Shown,
    WordsChanged,
)

ACTS = (Position, Cosigned, Confirmed, ObjectionEnded)


def first_post(topic: Topic) -> str:
    """The post by which a topic was received as a contribution."""
    return f"{'form' if isinstance(topic, Form) else 'pull'}/{topic.number}"


@dataclass
class Index:
    """Posts taken in, by contribution. Built from the events of the record, and kept up while it grows."""

    numbers: dict[str, int] = field(default_factory=dict)
    posts: set[str] = field(default_factory=set)
    heads: dict[str, list[str]] = field(default_factory=dict)
    acts: dict[str, list[Event]] = field(default_factory=dict)
    shown: dict[str, list[Shown]] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    settled: dict[int, bool] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """An index of these events, in the order of the record."""
        index = cls()
        index.add(events)
        return index

    def add(self, events: Iterable[Event]) -> None:
        """Take up further events, in the order of the record."""
        for event in events:
            match event:
                case Received():
                    if event.post:
                        self.numbers[event.post] = int(event.subject)
                    self.heads.setdefault(event.subject, []).extend([event.head] if event.head else [])
                case Revised():
                    known = self.heads.setdefault(event.subject, [])
                    if event.head and known[-1:] != [event.head]:
                        known.append(event.head)
                case Shown():
                    self.shown.setdefault(event.subject, []).append(event)
                case Point():
                    self.points[event.post] = event
                    self.settled[event.seq] = False
                case PointSettled():
                    self.settled[event.target] = event.settled
                case WordsChanged():
                    self.changed.add(event.target)
                case _:
                    pass
            if event.post:
                self.posts.add(event.post)
                if isinstance(event, (*ACTS, Heard)):
                    self.acts.setdefault(event.subject, []).append(event)

    def number(self, topic: Topic) -> int | None:
        """The contribution that a topic is; None if it was not received as one."""
        return self.numbers.get(first_post(topic))

    def known(self, subject: str | None) -> Known:
        """What the record has of whatever a topic is about; None: of one that is about nothing here."""
        if subject is None:
            return Known(posts=frozenset(self.posts))
        acts = (
            event.post
            for event in self.acts.get(subject, ())
            if not isinstance(event, Heard) and event.seq not in self.changed
        )
        posted = (post for post in acts if post.startswith(("comment/", "review/")))
        return Known(
            posts=frozenset(self.posts), heads=tuple(self.heads.get(subject, ())), acts=frozenset(posted)
        )

    def taken_from(self, subject: str, post: str) -> list[Event]:
        """The acts that were read from a post as it was first written."""
        return [
            event
            for event in self.acts.get(subject, ())
            if not isinstance(event, Heard) and event.post.partition("#")[0] == post
        ]
