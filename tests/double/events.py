"""What GitHub tells webhooks and workflows: payloads made from the state of the double.

They are laid over the poisoned shape of GitHub's own description of each event and judged by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.double.core import Event
from tests.double.rest.shapes import account, label, repository
from tests.double.rest.shapes_actions import run, workflow
from tests.double.rest.shapes_releases import release
from tests.double.rest.shapes_topics import issue, pull_whole
from tests.double.rest.shapes_words import comment, remark, review
from tests.double.world import World

Payload = dict[str, Any]


def payload(world: World, event: Event) -> Payload:
    """The payload of an event, with things as they are now."""
    known: Payload = {
        "repository": repository(world, event.repository),
        "sender": account(world, event.sender),
        **({"action": event.action} if event.action else {}),
        **{name: value for name, value in event.about.items() if isinstance(value, dict | str | bool)},
    }
    for name, thing in event.about.items():
        if name in _SHAPES:
            known.update(_SHAPES[name](world, event, thing))
    made: Payload = laid_over(world.poison.shape(f"webhook-{described_as(event)}"), known)
    return made


def described_as(event: Event) -> str:
    """The name of an event in the description."""
    return "-".join(part.replace("_", "-") for part in (event.name, event.action) if part)


def problems(world: World, event: Event) -> list[str]:
    """Where the payload is not as described."""
    return world.contract.problems_of_event(described_as(event), payload(world, event))


def laid_over(below: Any, above: Any) -> Any:
    """What is known, over what is poisoned."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{name: laid_over(below.get(name), value) for name, value in above.items()}}


def _pull(world: World, event: Event, thing: Any) -> Payload:
    shown = {"pull_request": pull_whole(world, thing)}
    return {**shown, "number": thing.number} if event.name == "pull_request" else shown


def _topic(world: World, _event: Event, thing: Any) -> Payload:
    return {"issue": issue(world, thing)}


def _review(world: World, _event: Event, thing: Any) -> Payload:
    shown = review(world, thing)
    return {"review": {**shown, "state": shown["state"].lower()}}


def _thread(world: World, _event: Event, thing: Any) -> Payload:
    return {
        "thread": {"node_id": f"PRRT_{thing.id}", "comments": [remark(world, one) for one in thing.remarks]}
    }


def _run(world: World, event: Event, thing: Any) -> Payload:
    home = event.repository
    return {"workflow_run": run(world, home, thing), "workflow": workflow(world, home, thing.workflow)}


def _push(_world: World, event: Event, thing: Any) -> Payload:
    zero = "0" * 40
    about = event.about
    who = {"name": event.sender.login, "email": None}
    made = {
        "created": about["before"] == zero,
        "deleted": about["after"] == zero,
        "forced": bool(about["forced"]),
    }
    return {"ref": thing, "commits": [], "head_commit": None, "pusher": who, "base_ref": None, **made}


def _workflow(_world: World, event: Event, thing: Any) -> Payload:
    return {"workflow": thing.path} if event.name == "workflow_dispatch" else {}


_SHAPES: dict[str, Callable[[World, Event, Any], Payload]] = {
    "pull": _pull,
    "topic": _topic,
    "review": _review,
    "thread": _thread,
    "run": _run,
    "ref": lambda world, event, thing: _push(world, event, thing) if event.name == "push" else {"ref": thing},
    "workflow": _workflow,
    "comment": lambda world, _event, thing: {"comment": comment(world, thing)},
    "remark": lambda world, _event, thing: {"comment": remark(world, thing)},
    "label": lambda world, event, thing: {"label": label(world, event.repository, thing)},
    "release": lambda world, event, thing: {"release": release(world, event.repository, thing)},
    "fork": lambda world, _event, thing: {"forkee": repository(world, thing)},
}
