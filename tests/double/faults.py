"""What goes wrong outside, on demand: at the n-th call of an operation or of a GraphQL query.

    github.world.faults.add("issues/create-comment", bad_gateway(after_commit=True), call=2)

Operations have the names of GitHub's description; a GraphQL query is `graphql`, or `graphql/NAME` by its own name.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.double.clock import Clock

_SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "For more on scraping GitHub and how it may affect your rights, please review our Terms of Service"
)
_TIMEOUT = (
    "We couldn't respond to your request in time. Sorry about that. Please try resubmitting your request."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered instead."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong.

    ``answer`` comes instead of the real one, before anything was done, or ``after_commit``; ``before`` and ``after``
    are run around the operation; ``alter`` changes a good answer; ``drop`` ends the connection without one.
    """

    answer: Answer | None = None
    after_commit: bool = False
    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None
    alter: Callable[[Any], Any] | None = None
    drop: bool = False
    largest_first: int | None = None


def bad_gateway(*, after_commit: bool = False) -> Fault:
    """502 with a page for people; the work may have been done all the same."""
    page = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
    answer = Answer(status=502, body=page, headers={"Content-Type": "text/html"})
    return Fault(answer=answer, after_commit=after_commit)


def gateway_timeout(*, after_commit: bool = False) -> Fault:
    """504 after ten seconds of work there."""
    return Fault(answer=Answer(status=504, body={"message": _TIMEOUT}), after_commit=after_commit)


def too_many(retry_after: int | None = None) -> Fault:
    """429, with or without a Retry-After."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    body = {"message": _SECONDARY, "documentation_url": "https://docs.github.com/rest"}
    return Fault(answer=Answer(status=429, body=body, headers=headers))


def secondary_limit(retry_after: int | None = 60) -> Fault:
    """403 because of a secondary limit."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    body = {"message": _SECONDARY, "documentation_url": "https://docs.github.com/rest"}
    return Fault(answer=Answer(status=403, body=body, headers=headers))


def rate_limited() -> Fault:
    """GraphQL: HTTP 200 and an error that says the budget is used up."""
    error = {"type": "RATE_LIMITED", "code": "graphql_rate_limit", "message": "API rate limit exceeded"}
    return Fault(answer=Answer(status=200, body={"errors": [error]}, headers={"X-RateLimit-Remaining": "0"}))


def partial_data(
    *path: str | int, message: str = "Something went wrong while executing your query."
) -> Fault:
    """GraphQL: what is at this path becomes null, and an error says so; the rest is there."""

    def alter(body: Any) -> Any:
        body = copy.deepcopy(body)
        holder = body["data"]
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = None
        error = {"type": "SERVICE_UNAVAILABLE", "path": list(path), "message": message}
        return {**body, "errors": [error]}

    return Fault(alter=alter)


def resource_limit(largest_first: int) -> Fault:
    """GraphQL: every query that asks for more at once than this fails for the work it makes, as long as it lasts."""
    return Fault(largest_first=largest_first)


def meanwhile(happens: Callable[[], object], *, after: bool = False) -> Fault:
    """Something happens just before (or after) the operation: a push between read and write."""
    return Fault(after=happens) if after else Fault(before=happens)


def truncated(*path: str | int, keep: int = 1) -> Fault:
    """Only the first items of a list come, and nothing says that there are more.

    For REST the list is the whole answer; for GraphQL give the path of the nodes below `data`.
    """

    def alter(body: Any) -> Any:
        if not path:
            return body[:keep]
        body = copy.deepcopy(body)
        holder = body["data"]
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = holder[path[-1]][:keep]
        return body

    return Fault(alter=alter)


def connection_lost(*, after_commit: bool = False) -> Fault:
    """The connection ends without an answer."""
    return Fault(drop=True, after_commit=after_commit)


@dataclass(slots=True)
class _Planned:
    operation: str
    fault: Fault
    first: int
    times: int
    seen: int = 0


class Faults:
    """The faults that are planned."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._planned: list[_Planned] = []

    def add(self, operation: str, fault: Fault, *, call: int = 1, times: int = 1) -> None:
        """Let a fault happen at a call of an operation, counted from now, and at the calls after it."""
        self._planned.append(_Planned(operation, fault, call, times))

    def clear(self) -> None:
        """Plan nothing any more."""
        self._planned.clear()

    def due(self, *names: str) -> list[Fault]:
        """The faults of a call that has these names; the call is counted."""
        found = []
        for planned in self._planned:
            if planned.operation in names:
                planned.seen += 1
                if planned.first <= planned.seen < planned.first + planned.times:
                    found.append(planned.fault)
        return found


GO_ON = Answer(status=0)
"""Nothing went wrong yet."""


def early(faults: list[Fault]) -> Answer | None:
    """What happens instead of, or just before, the real thing."""
    for fault in faults:
        if fault.before:
            fault.before()
        if fault.after_commit:
            continue
        if fault.drop:
            return None
        if fault.answer:
            return fault.answer
    return GO_ON


def late(faults: list[Fault], found: Answer) -> Answer | None:
    """What becomes of the real answer."""
    for fault in faults:
        if fault.after:
            fault.after()
        if fault.after_commit and fault.drop:
            return None
        if fault.after_commit and fault.answer:
            return fault.answer
        if fault.alter and found.status < 300:
            found = Answer(status=found.status, body=fault.alter(found.body), headers=found.headers)
    return found
