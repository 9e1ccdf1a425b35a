"""Events that only a forge brings: what was said and is no position, what people were shown, what became of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from accord.domain.record.event import Event
from accord.domain.record.values import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """Somebody tried to say something that counts, and it does not (C12): the words, the reason, what to write.

    ``why`` is the rule key of the reason. Each is answered once; nothing of it is lost.
    """

    words: str
    why: str
    reason: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsChanged(Event):
    """The words that event ``target`` was read from were edited, deleted, or their review dismissed (C6, C12).

    An objection stands all the same. Anything else counts no more until it is said again. ``editor`` is the account
    that did it, as far as the forge says.
    """

    target: int
    how: Literal["edited", "deleted", "dismissed"]
    editor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Event):
    """The tool showed people a version with its effect: what they say from here on is about it (C12).

    ``says`` names everything that it showed, so that it is known whether that is still what it should show.
    """

    revision: int
    effect: Effect
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Event):
    """A nominated expert raised a point on a line of the text, and waits for an answer. It is no position."""

    entity: str
    path: str
    line: int | None
    words: str
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSettled(Event):
    """A point was settled, or opened again: ``target`` is the event that raised it."""

    target: int
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced(Event):
    """Everything that the forge showed until a moment of its own clock is in the record."""

    until: datetime
