"""What every event of the record carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.domain.record.values import Actor, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that happened.

    ``seq`` is its place in the whole record (1, 2, ...), ``received`` when it happened by a server's clock,
    ``recorded`` when the tool learned it, ``subject`` what it is about: a contribution number as text or
    ``opinions/<id>``; empty for acts of the process. ``post`` names what on a forge said it (``pull/12``,
    ``comment/881#2``: the second line that is an act), and nothing is taken from the same place twice; it is empty
    for what was entered here.
    """

    by: Actor
    received: Receipt
    recorded: datetime
    subject: str = ""
    seq: int = 0
    post: str = ""

    @property
    def acted(self) -> datetime:
        """The moment at which it is judged: when it was done; by a server's clock if it came from a forge.

        What is entered here is done when it is recorded, however much earlier its letter was received.
        """
        return self.received.latest if self.received.clock == "server" else self.recorded
