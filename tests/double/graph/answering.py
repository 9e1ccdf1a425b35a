"""From a GraphQL request to its answer."""

from __future__ import annotations

import json

from tests.double.faults import GO_ON, Answer, early, late
from tests.double.graph.execute import Asked, execute
from tests.double.incoming import SECONDARY, Incoming, Spent, later, who
from tests.double.rest.registry import Refused
from tests.double.world import World


def answer_graphql(world: World, incoming: Incoming, spent: Spent) -> Answer | None:
    """The answer to a GraphQL request; None where there is to be none.

    Raises:
        Refused: the answer is an HTTP error.
    """
    spent.operation, spent.resource = "graphql", "graphql"
    spent.token = token = who(world, incoming)
    if token is None:
        raise Refused(401, "This endpoint requires you to be authenticated.")
    asked = Asked(world, json.loads(incoming.raw or b"{}"))
    faults = world.faults.due("graphql", *([f"graphql/{asked.name}"] if asked.name else []))
    instead = early(faults)
    if instead is not GO_ON:
        return instead
    if world.limits.burst(token, "graphql", points=5 if asked.mutates else 1, writes=asked.mutates):
        spent.headers |= later(world)
        raise Refused(403, SECONDARY)
    if world.limits.over(token, "graphql"):
        number = token.account.id
        error = {"type": "RATE_LIMITED", "code": "graphql_rate_limit"}
        said = f"API rate limit exceeded for installation ID {number}."
        return Answer(status=200, body={"errors": [{**error, "message": said}]})
    spent.points = asked.reckoning.points
    world.limits.charge(token, "graphql", spent.points)
    return late(faults, execute(world, token, asked, faults))
