"""Whose change it is: the name, moment and contribution that every format gives a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from accord.domain.text.redline import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who proposed a change, when it was received, and the number of its contribution (0: none)."""

    name: str
    at: datetime
    contribution: int = 0

    @property
    def stamp(self) -> str:
        """The moment in UTC as Word and HTML write it (RFC 3339, whole seconds)."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """The author of each change by its number; ``default`` for the others."""

    default: Author
    by_change: Mapping[int, Author] = field(default_factory=dict)

    def of(self, row: Row) -> Author:
        """The author of a changed row."""
        return self.by_change.get(row.number or 0, self.default)
