"""What resolvers hand to the executor: nodes with their known fields, and connections with pages."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

if TYPE_CHECKING:
    from tests.double.state import Token
    from tests.double.world import World

Key = Callable[[Any], tuple[Any, ...]]
Value = Any
"""Plain data, a `Node`, a `Connection`, or a function of the field's arguments that gives one of these."""


class Told(GraphQLError):
    """An error with the type that GitHub puts beside the message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Node:
    """An object: its type, and the fields the double models. Any other field is an error."""

    typename: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A list in pages. ``key`` puts the things in order; a cursor is the key of a thing, so that pages shift as they do
    when things change between them.
    """

    things: Sequence[Any]
    node: Callable[[Any], Node]
    key: Key
    down: bool = False
    total: int | None = None
    more: Mapping[str, Value] = field(default_factory=dict)

    def page(self, arguments: Mapping[str, Any]) -> Node:
        """The page that the arguments ask for."""
        ordered = sorted(self.things, key=self.key, reverse=self.down)
        start, end = 0, len(ordered)
        if after := arguments.get("after"):
            start = sum(not self._past(one, after) for one in ordered)
        if before := arguments.get("before"):
            end = sum(not self._past(one, before) for one in ordered) - 1
        if (first := arguments.get("first")) is not None:
            end = min(end, start + first)
        if (last := arguments.get("last")) is not None:
            start = max(start, end - last)
        found = ordered[start:end]
        info = {
            "hasNextPage": end < len(ordered),
            "hasPreviousPage": start > 0,
            "startCursor": self._cursor(found[0]) if found else None,
            "endCursor": self._cursor(found[-1]) if found else None,
        }
        nodes = [self.node(one) for one in found]
        edges = [
            Node("Edge", {"cursor": self._cursor(one), "node": node})
            for one, node in zip(found, nodes, strict=True)
        ]
        total = len(ordered) if self.total is None else self.total
        shown = {"totalCount": total, "nodes": nodes, "edges": edges, "pageInfo": Node("PageInfo", info)}
        return Node("Connection", {**shown, **self.more})

    def _cursor(self, thing: Any) -> str:
        return base64.b64encode(json.dumps(list(self.key(thing)), default=str).encode()).decode()

    def _past(self, thing: Any, cursor: str) -> bool:
        try:
            at = json.loads(base64.b64decode(cursor))
        except ValueError:
            raise Told(
                "INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor."
            ) from None
        here = json.loads(json.dumps(list(self.key(thing)), default=str))
        return bool(here < at if self.down else here > at)


@dataclass(slots=True, kw_only=True)
class Asking:
    """One query: in which world, by whom, and what it costs."""

    world: World
    token: Token
    nodes: int = 0
    cost: int = 1


Builder = Callable[[Asking, Any], Node]
BUILDERS: dict[type, Builder] = {}


def builds(kind: type) -> Callable[[Builder], Builder]:
    """Register how a thing becomes a node."""

    def register(builder: Builder) -> Builder:
        BUILDERS[kind] = builder
        return builder

    return register


def build(asking: Asking, thing: Any) -> Node:
    """A thing as a node."""
    return BUILDERS[type(thing)](asking, thing)


def _number(one: Any) -> tuple[Any, ...]:
    return (one.id,)


def listed(asking: Asking, things: Sequence[Any], key: Key = _number, down: bool = False) -> Connection:
    """Things in a connection, by their number unless told otherwise."""
    return Connection(things=things, node=lambda one: build(asking, one), key=key, down=down)
