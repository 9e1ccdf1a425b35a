"""Where every query begins."""

from __future__ import annotations

from typing import Any

from tests.double.clock import stamp
from tests.double.graph.accounts import account
from tests.double.graph.repositories import repository
from tests.double.graph.values import Asking, Node, Told, build
from tests.double.permissions import holds
from tests.double.state import Comment, Pull, Remark, Review, Thread, Topic


def root(asking: Asking) -> Node:
    """The fields of the query itself."""
    fields = {
        "repository": lambda **asked: _repository(asking, **asked),
        "node": lambda id: _node(asking, id),  # noqa: A006
        "nodes": lambda ids: [_node_or_none(asking, one) for one in ids],
        "rateLimit": lambda **_: _rate_limit(asking),
        "viewer": lambda: _viewer(asking),
        "user": lambda login: _user(asking, login),
    }
    return Node("Query", fields)


def _repository(asking: Asking, owner: str, name: str, followRenames: bool = True) -> Node:  # noqa: N803
    world, full = asking.world, f"{owner}/{name}"
    found = world.find_repository(full) or (world.find_moved(full) if followRenames else None)
    if found is None or not holds(asking.token, found, "metadata", "read"):
        raise Told("NOT_FOUND", f"Could not resolve to a Repository with the name '{full}'.")
    return repository(asking, found)


def _node(asking: Asking, wanted: str) -> Node:
    found = asking.world.nodes.get(wanted)
    if found is None or getattr(found, "deleted", False) is True or _gone(found):
        raise Told("NOT_FOUND", f"Could not resolve to a node with the global id of '{wanted}'")
    needed = _needed(found)
    if needed and not any(holds(asking.token, needed[0], one, "read") for one in needed[1]):
        raise Told("FORBIDDEN", "Resource not accessible by integration")
    return build(asking, found)


def _node_or_none(asking: Asking, wanted: str) -> Any:
    """In a list of nodes each is an error by itself."""
    try:
        return _node(asking, wanted)
    except Told as error:
        return error


def _gone(found: Any) -> bool:
    return isinstance(found, Comment) and found not in found.topic.comments


def _needed(found: Any) -> tuple[Any, tuple[str, ...]] | None:
    match found:
        case Pull():
            return found.repository, ("pull_requests",)
        case Topic():
            return found.repository, ("issues",)
        case Comment():
            kinds = ("pull_requests", "issues") if isinstance(found.topic, Pull) else ("issues",)
            return found.topic.repository, kinds
        case Review() | Thread():
            return found.pull.repository, ("pull_requests",)
        case Remark():
            return found.thread.pull.repository, ("pull_requests",)
        case _:
            return None


def _viewer(asking: Asking) -> Node:
    """Who asks; here a bot's login has the suffix that it lacks as an author."""
    who = asking.token.account
    return Node("User", {**account(asking, who).fields, "login": who.login})


def _user(asking: Asking, login: str) -> Node:
    found = asking.world.find_account(login)
    if found is None or found.kind != "User":
        raise Told("NOT_FOUND", f"Could not resolve to a User with the login of '{login}'.")
    return account(asking, found)


def _rate_limit(asking: Asking) -> Node:
    world = asking.world
    budget = world.limits.budget(asking.token, "graphql")
    fields = {
        "cost": asking.cost,
        "limit": budget.limit,
        "remaining": budget.remaining,
        "used": budget.used,
        "resetAt": stamp(budget.reset or world.clock.now()),
        "nodeCount": asking.nodes,
    }
    return Node("RateLimit", fields)
