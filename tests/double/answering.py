"""From a request to its answer: who asks, is there budget, is it allowed, is it as described, what goes wrong."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any

from tests.double.contract import Operation
from tests.double.core import Call
from tests.double.faults import Answer, Fault
from tests.double.graph.execute import Asked, execute
from tests.double.permissions import accepted, allowed
from tests.double.rest.all import OPERATIONS
from tests.double.rest.registry import DOCS, Refused, Request
from tests.double.state import Repository, Token
from tests.double.world import World

_BY_NUMBER = re.compile(r"/repositories/(\d+)((?:/.*)?)")
_UPLOADS = "/uploads"
_SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
BROKEN = 599
"""The status of an answer that breaks GitHub's description: no test can pass with it."""


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
class _Spent:
    """What becomes known of a request on its way, for the log and the headers."""

    operation: str = "unknown"
    token: Token | None = None
    resource: str = "core"
    points: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def answer(world: World, incoming: Incoming) -> Answer | None:
    """The answer; None where the connection is to end without one."""
    spent = _Spent()
    with world.lock:
        try:
            found = (
                _graphql(world, incoming, spent)
                if incoming.path == "/graphql"
                else _rest(world, incoming, spent)
            )
        except Refused as refused:
            found = Answer(status=refused.status, body=refused.body)
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


def _budget(world: World, spent: _Spent) -> dict[str, str]:
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


def _who(world: World, incoming: Incoming) -> Token | None:
    said = incoming.headers.get("authorization", "")
    if not said:
        return None
    token = world.tokens.get(said.rpartition(" ")[2])
    if token is None or token.revoked:
        raise Refused(401, "Bad credentials")
    return token


def _graphql(world: World, incoming: Incoming, spent: _Spent) -> Answer | None:
    spent.operation, spent.resource = "graphql", "graphql"
    spent.token = token = _who(world, incoming)
    if token is None:
        raise Refused(401, "This endpoint requires you to be authenticated.")
    asked = Asked(world, json.loads(incoming.raw or b"{}"))
    faults = world.faults.due("graphql", *([f"graphql/{asked.name}"] if asked.name else []))
    early = _early(world, faults)
    if early is not _GO_ON:
        return early
    if world.limits.burst(token, "graphql", points=5 if asked.mutates else 1, writes=asked.mutates):
        raise Refused(403, _SECONDARY)
    if world.limits.over(token, "graphql"):
        number = token.account.id
        error = {"type": "RATE_LIMITED", "code": "graphql_rate_limit"}
        said = f"API rate limit exceeded for installation ID {number}."
        return Answer(status=200, body={"errors": [{**error, "message": said}]})
    spent.points = asked.reckoning.points
    world.limits.charge(token, "graphql", spent.points)
    return _late(faults, execute(world, token, asked, faults))


def _rest(world: World, incoming: Incoming, spent: _Spent) -> Answer | None:
    spent.token = _who(world, incoming)
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
    early = _early(world, faults)
    if early is not _GO_ON:
        return early
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
    return _late(faults, _performed(world, operation, request, incoming, spent))


def _afford(world: World, spent: _Spent, writes: bool) -> None:
    """Take what a request costs, or refuse it."""
    if spent.operation == "rate-limit/get":
        return
    if world.limits.burst(spent.token, "core", points=5 if writes else 1, writes=writes):
        spent.headers["Retry-After"] = "60"
        raise Refused(403, _SECONDARY)
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
    world: World, operation: Operation, request: Request, incoming: Incoming, spent: _Spent
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


_GO_ON = Answer(status=0)


def _early(world: World, faults: list[Fault]) -> Answer | None:
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
    return _GO_ON


def _late(faults: list[Fault], found: Answer) -> Answer | None:
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
