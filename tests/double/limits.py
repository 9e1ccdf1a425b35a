"""The limits of GitHub: an hourly budget for each kind of token, and the secondary ones against bursts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.double.clock import Clock
from tests.double.state import Token

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Budget:
    """Points of one resource in the running hour."""

    limit: int
    used: int = 0
    reset: datetime | None = None

    def look(self, now: datetime) -> Budget:
        """Begin a new hour where the old one is over."""
        if self.reset is None or now >= self.reset:
            self.used, self.reset = 0, now + HOUR
        return self

    @property
    def remaining(self) -> int:
        """What is left."""
        return max(0, self.limit - self.used)


@dataclass(slots=True)
class Burst:
    """What one token did lately: points of the last minute, and moments of writes in the last hour."""

    points: deque[tuple[datetime, int]] = field(default_factory=deque)
    writes: deque[datetime] = field(default_factory=deque)


class Limits:
    """Counts requests and says when it is too much. All numbers can be changed by a test."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.hourly = {
            ("workflow", "core"): 1_000,
            ("workflow", "graphql"): 1_000,
            ("app", "core"): 5_000,
            ("app", "graphql"): 5_000,
            ("user", "core"): 5_000,
            ("user", "graphql"): 5_000,
            ("nobody", "core"): 60,
            ("nobody", "graphql"): 0,
        }
        self.points_a_minute = {"core": 900, "graphql": 2_000}
        self.writes_a_minute = 80
        self.writes_an_hour = 500
        self.secondary = True
        self.retry_after: int | None = 60
        self._budgets: dict[tuple[str, str], Budget] = {}
        self._bursts: dict[tuple[str, str], Burst] = {}
        self.most_writes_a_minute = 0

    def budget(self, token: Token | None, resource: str) -> Budget:
        """The budget that a token draws on: jobs of workflows share that of their repository."""
        kind = token.kind if token else "nobody"
        key = (self._owner(token), resource)
        if key not in self._budgets:
            self._budgets[key] = Budget(self.hourly[kind, resource])
        return self._budgets[key].look(self._clock.now())

    def over(self, token: Token | None, resource: str) -> bool:
        """Whether the budget of the hour is used up."""
        return self.budget(token, resource).remaining == 0

    def charge(self, token: Token | None, resource: str, points: int = 1) -> None:
        """Take points from the budget of the hour."""
        self.budget(token, resource).used += points

    def burst(self, token: Token | None, resource: str, *, points: int, writes: bool) -> str | None:
        """Note a request against the secondary limits; which one it passes, None for none."""
        now = self._clock.now()
        burst = self._bursts.setdefault((self._owner(token), resource), Burst())
        while burst.points and burst.points[0][0] <= now - MINUTE:
            burst.points.popleft()
        while burst.writes and burst.writes[0] <= now - HOUR:
            burst.writes.popleft()
        if self.secondary and (passed := self._passed(burst, resource, points, writes, now)):
            return passed
        burst.points.append((now, points))
        if writes:
            burst.writes.append(now)
            self.most_writes_a_minute = max(self.most_writes_a_minute, _since(burst.writes, now - MINUTE))
        return None

    def _passed(self, burst: Burst, resource: str, points: int, writes: bool, now: datetime) -> str | None:
        if sum(spent for _, spent in burst.points) + points > self.points_a_minute[resource]:
            return "points a minute"
        if writes and _since(burst.writes, now - MINUTE) >= self.writes_a_minute:
            return "writes a minute"
        if writes and len(burst.writes) >= self.writes_an_hour:
            return "writes an hour"
        return None

    def _owner(self, token: Token | None) -> str:
        if token is None:
            return "nobody"
        if token.kind == "workflow":
            return f"workflow {token.repository.id if token.repository else ''}"
        return token.secret


def _since(moments: deque[datetime], start: datetime) -> int:
    return sum(1 for moment in moments if moment > start)
