"""From a REST request to its answer: is there budget, is it as described, is it allowed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from tests.double.contract import Operation
from tests.double.faults import GO_ON, Answer, early, late
from tests.double.incoming import SECONDARY, Incoming, Spent, later, who
from tests.double.permissions import accepted, allowed
from tests.double.rest.all import OPERATIONS
from tests.double.rest.registry import DOCS, Refused, Request
from tests.double.state import Repository, Token
from tests.double.world import World

_BY_NUMBER = re.compile(r"/repositories/(\d+)((?:/.*)?)")
_UPLOADS = "/uploads"
BROKEN = 599
"""The status of an answer that breaks GitHub's description: no test can pass with it."""


def answer_rest(world: World, incoming: Incoming, spent: Spent) -> Answer | None:
    """The answer to a REST request; None where there is to be none.

    Raises:
        Refused: the answer is no success.
    """
    spent.token = who(world, incoming)
    path = incoming.path.removeprefix(_UPLOADS)
    if by_number := _BY_NUMBER.fullmatch(path):
        known = world.repositories.get(int(by_number[1]))
        if known is None or known.deleted:
            raise Refused(404, "Not Found")
        path = f"/repos/{known.full_name}{by_number[2]}"
    matched = world.contract.match("GET" if incoming.method == "HEAD" else incoming.method, path)
    if matched is None:
        raise Refused(404, "Not Found")
    operation, at = matched
    spent.operation = operation.id
    faults = world.faults.due(operation.id)
    instead = early(faults)
    if instead is not GO_ON:
        return instead
    writes = incoming.method not in {"GET", "HEAD"}
    _afford(world, spent, writes)
    home = _home(world, incoming, at)
    if isinstance(home, Answer):
        return home
    request = Request(
        world=world,
        at=at,
        query=incoming.query,
        body=_body(incoming),
        token=spent.token,
        url=f"{world.base}{path}",
        place=home,
        raw=incoming.raw,
        content_type=incoming.headers.get("content-type", ""),
    )
    _judge(world, operation, request)
    if home is not None and not allowed(spent.token, home, operation.id):
        spent.headers["X-Accepted-GitHub-Permissions"] = accepted(operation.id)
        raise _forbidden(spent.token, home)
    return late(faults, _performed(world, operation, request, incoming, spent))


def _afford(world: World, spent: Spent, writes: bool) -> None:
    """Take what a request costs, or refuse it."""
    if spent.operation == "rate-limit/get":
        return
    if world.limits.burst(spent.token, "core", points=5 if writes else 1, writes=writes):
        spent.headers |= later(world)
        raise Refused(403, SECONDARY)
    if world.limits.over(spent.token, "core"):
        raise Refused(
            403,
            f"API rate limit exceeded for installation ID {spent.token.account.id if spent.token else 0}.",
        )
    world.limits.charge(spent.token, "core")
    spent.points = 1


def _home(world: World, incoming: Incoming, at: Mapping[str, str]) -> Repository | Answer | None:
    """The repository of a path; a redirect where it has another name now."""
    if "repo" not in at:
        return None
    full = f"{at['owner']}/{at['repo']}"
    if found := world.find_repository(full):
        return found
    moved = world.find_moved(full)
    if moved is None:
        raise Refused(404, "Not Found")
    rest = incoming.path.split(full, 1)[1]
    target = f"{world.base}/repositories/{moved.id}{rest}"
    target += f"?{incoming.query_string}" if incoming.query_string else ""
    status = 301 if incoming.method in {"GET", "HEAD"} else 307
    body = {"message": "Moved Permanently", "url": target, "documentation_url": DOCS}
    return Answer(status=status, body=body, headers={"Location": target})


def _body(incoming: Incoming) -> Any:
    if not incoming.raw or not _is_json(incoming):
        return None
    try:
        return json.loads(incoming.raw)
    except ValueError:
        raise Refused(400, "Problems parsing JSON") from None


def _is_json(incoming: Incoming) -> bool:
    return not incoming.path.startswith(_UPLOADS)


def _judge(world: World, operation: Operation, request: Request) -> None:
    """A request that GitHub's description does not allow is a mistake in the program."""
    problems = world.contract.problems_of_request(operation, request.body, request.query)
    if problems:
        world.violations += [f"{operation.id} request: {problem}" for problem in problems]
        raise Refused(
            422, "Validation Failed", errors=[{"code": "invalid", "message": one} for one in problems]
        )


def _forbidden(token: Token | None, home: Repository) -> Refused:
    if token is None or home.private:
        return Refused(404, "Not Found")
    if token.kind == "user":
        return Refused(403, "Must have admin rights to Repository.")
    return Refused(403, "Resource not accessible by integration")


def _performed(
    world: World, operation: Operation, request: Request, incoming: Incoming, spent: Spent
) -> Answer:
    handler = OPERATIONS.get(operation.id)
    if handler is None:
        world.violations.append(f"UNMODELLED {operation.id}")
        raise Refused(501, f"UNMODELLED {operation.id}")
    status, body = handler(request)
    if problems := world.contract.problems_of_response(operation, status, body):
        world.violations += [f"{operation.id} answer: {problem}" for problem in problems]
        return Answer(
            status=BROKEN, body={"message": "The double broke the description", "errors": problems[:5]}
        )
    headers = {"Link": ", ".join(request.link)} if request.link else {}
    tag = f'W/"{hashlib.sha256(json.dumps(body).encode()).hexdigest()}"'
    if request.world and incoming.method == "GET":
        headers["ETag"] = tag
        if incoming.headers.get("if-none-match") == tag:
            world.limits.charge(spent.token, "core", -1)
            spent.points = 0
            return Answer(status=304, headers=headers)
    return Answer(status=status, body=body, headers=headers)
