"""Variables, the names of secrets, and whether weaknesses can be reported in private."""

from __future__ import annotations

from typing import Any

from tests.double.clock import stamp
from tests.double.rest.registry import Answered, Request, not_found, operation
from tests.double.world import World


@operation("actions/list-repo-variables")
def actions_list_repo_variables(request: Request) -> Answered:
    """All of them."""
    every = sorted(request.repository.variables.items())
    return 200, {"total_count": len(every), "variables": request.page(every, _variable(request))}


@operation("actions/get-repo-variable")
def actions_get_repo_variable(request: Request) -> Answered:
    """One."""
    value = request.repository.variables.get(request.at["name"])
    if value is None:
        raise not_found()
    return 200, _variable(request)(request.world, (request.at["name"], value))


@operation("actions/get-environment-variable")
def actions_get_environment_variable(request: Request) -> Answered:
    """One of an environment."""
    for one in request.repository.environments:
        if one.name == request.at["environment_name"] and (value := one.variables.get(request.at["name"])):
            return 200, _variable(request)(request.world, (request.at["name"], value))
    raise not_found()


@operation("actions/list-repo-secrets")
def actions_list_repo_secrets(request: Request) -> Answered:
    """The names of those of the repository."""
    return _named(request, request.repository.secrets)


@operation("actions/list-environment-secrets")
def actions_list_environment_secrets(request: Request) -> Answered:
    """The names of those of an environment."""
    for one in request.repository.environments:
        if one.name == request.at["environment_name"]:
            return _named(request, one.secrets)
    raise not_found()


@operation("repos/check-private-vulnerability-reporting")
def repos_check_private_vulnerability_reporting(request: Request) -> Answered:
    """Whether it is switched on."""
    return 200, {"enabled": request.repository.private_reports}


def _variable(request: Request) -> Any:
    made = stamp(request.repository.created)

    def shape(_world: World, pair: tuple[str, str]) -> dict[str, str]:
        return {"name": pair[0], "value": pair[1], "created_at": made, "updated_at": made}

    return shape


def _named(request: Request, names: set[str]) -> Answered:
    made = stamp(request.repository.created)

    def shape(_world: World, name: str) -> dict[str, str]:
        return {"name": name, "created_at": made, "updated_at": made}

    return 200, {"total_count": len(names), "secrets": request.page(sorted(names), shape)}
