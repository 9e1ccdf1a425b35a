"""The record before there is one: what a first act is decided on, so that a refused one starts no record."""

from __future__ import annotations

from typing import Any

from accord.application.ports import JsonObject, RecordHead


class BlankView:
    """A :class:`~accord.application.ports.RecordView` without an event."""

    commit = ""
    next_contribution = 1

    def __init__(self, forum: str) -> None:
        self.head = RecordHead(format=1, events=0, contributions=0, rehearsal=False, forum=forum)

    def read_stream(self, stream: str) -> list[JsonObject]:
        """No events."""
        del stream
        return []

    def last(self, stream: str, kind: str | None = None) -> JsonObject | None:
        """None."""
        del stream, kind
        return None

    def read_all(self) -> list[JsonObject]:
        """No events."""
        return []

    def fact(self, digest: str) -> Any:
        """There is none.

        Raises:
            LookupError: always.
        """
        raise LookupError(digest)
