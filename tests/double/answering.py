"""From a request to its answer, with the headers that every answer has, and into the log."""

from __future__ import annotations

from email.utils import format_datetime

from tests.double.core import Call
from tests.double.faults import Answer
from tests.double.graph.answering import answer_graphql
from tests.double.incoming import Incoming, Spent
from tests.double.rest.answering import BROKEN, answer_rest
from tests.double.rest.registry import Refused
from tests.double.world import World


def answer(world: World, incoming: Incoming) -> Answer | None:
    """The answer; None where the connection is to end without one."""
    spent = Spent()
    with world.lock:
        try:
            found = (
                answer_graphql(world, incoming, spent)
                if incoming.path == "/graphql"
                else answer_rest(world, incoming, spent)
            )
        except Refused as refused:
            found = Answer(status=refused.status, body=refused.body)
        except Exception as error:
            world.violations.append(f"the double failed at {incoming.method} {incoming.path}: {error!r}")
            found = Answer(status=BROKEN, body={"message": repr(error)})
        login = spent.token.account.login if spent.token else None
        path = f"{incoming.path}?{incoming.query_string}" if incoming.query_string else incoming.path
        world.log.append(
            Call(
                method=incoming.method,
                path=path,
                operation=spent.operation,
                login=login,
                status=found.status if found else 0,
                points=spent.points,
            )
        )
        if found is None:
            return None
        return Answer(
            status=found.status,
            body=found.body,
            headers={**_budget(world, spent), **spent.headers, **found.headers},
        )


def _budget(world: World, spent: Spent) -> dict[str, str]:
    budget = world.limits.budget(spent.token, spent.resource)
    return {
        "Date": format_datetime(world.clock.now(), usegmt=True),
        "X-GitHub-Request-Id": f"D0B1:{len(world.log):06X}",
        "X-RateLimit-Limit": str(budget.limit),
        "X-RateLimit-Remaining": str(budget.remaining),
        "X-RateLimit-Used": str(budget.used),
        "X-RateLimit-Reset": str(int((budget.reset or world.clock.now()).timestamp())),
        "X-RateLimit-Resource": spent.resource,
    }
