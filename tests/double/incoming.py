"""A request as it came, and what becomes known of it on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.double.rest.registry import Refused
from tests.double.state import Token
from tests.double.world import World

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it came."""

    method: str
    path: str
    query_string: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes = field(repr=False)


@dataclass(slots=True)
class Spent:
    """What becomes known of a request on its way, for the log and the headers."""

    operation: str = "unknown"
    token: Token | None = None
    resource: str = "core"
    points: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def who(world: World, incoming: Incoming) -> Token | None:
    """The token that came with it, None where none did.

    Raises:
        Refused: the token is no good.
    """
    said = incoming.headers.get("authorization", "")
    if not said:
        return None
    token = world.tokens.get(said.rpartition(" ")[2])
    if token is None or token.revoked:
        raise Refused(401, "Bad credentials")
    return token


def later(world: World) -> dict[str, str]:
    """When to come again after a secondary limit, where GitHub says so."""
    seconds = world.limits.retry_after
    return {} if seconds is None else {"Retry-After": str(seconds)}
