"""Accounts, the repository itself, and what people may do in it."""

from __future__ import annotations

from typing import Any

from tests.double.rest.registry import Answered, Refused, Request, not_found, operation
from tests.double.rest.shapes import account, public_account, repository

_COARSE = {"maintain": "write", "triage": "read"}


@operation("repos/get")
def repos_get(request: Request) -> Answered:
    """The repository."""
    return 200, repository(request.world, request.repository, "full-repository")


@operation("users/get-authenticated")
def users_get_authenticated(request: Request) -> Answered:
    """Only people's own tokens may ask who they are."""
    if request.token is None:
        raise Refused(401, "Requires authentication")
    if request.token.kind != "user":
        raise Refused(403, "Resource not accessible by integration")
    return 200, public_account(request.world, request.me)


@operation("users/get-by-username")
def users_get_by_username(request: Request) -> Answered:
    """By the name it has now."""
    found = request.world.find_account(request.at["username"])
    if found is None:
        raise not_found()
    return 200, public_account(request.world, found)


@operation("users/get-by-id")
def users_get_by_id(request: Request) -> Answered:
    """By its number."""
    found = request.world.accounts.get(int(request.at["account_id"]))
    if found is None or found.deleted:
        raise not_found()
    return 200, public_account(request.world, found)


@operation("repos/get-collaborator-permission-level")
def repos_get_collaborator_permission_level(request: Request) -> Answered:
    """What somebody may do here."""
    found = request.world.find_account(request.at["username"])
    if found is None:
        raise not_found()
    role = request.repository.role(found)
    who: dict[str, Any] = {**account(request.world, found), "role_name": role}
    return 200, {
        "permission": _COARSE.get(role, role),
        "role_name": role,
        "user": _collaborator(request, who),
    }


def _collaborator(request: Request, known: dict[str, Any]) -> dict[str, Any]:
    return request.world.poison.fitting("collaborator", known)


@operation("rate-limit/get")
def rate_limit_get(request: Request) -> Answered:
    """What is left. Asking costs nothing."""
    limits, now = request.world.limits, request.world.clock.now()
    shown = {}
    for resource in ("core", "graphql"):
        budget = limits.budget(request.token, resource)
        reset = budget.reset or now
        numbers = {"limit": budget.limit, "used": budget.used, "remaining": budget.remaining}
        shown[resource] = {**numbers, "reset": int(reset.timestamp())}
    whole = request.world.poison.shape("rate-limit-overview", rate=shown["core"])
    whole["resources"] |= {**shown, "search": {**shown["core"], "limit": 30, "used": 0, "remaining": 30}}
    return 200, whole
