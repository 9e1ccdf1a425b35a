"""The only module that asks the machine for the time."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present instant in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)
