"""Rulesets, and what they say about one branch."""

from __future__ import annotations

from typing import Any

from tests.double.rest.registry import Answered, Request, not_found, operation
from tests.double.rest.shapes import api
from tests.double.settings import passes_by, rules_for
from tests.double.state import Ruleset
from tests.double.world import World


@operation("repos/get-repo-rulesets")
def repos_get_repo_rulesets(request: Request) -> Answered:
    """In short: without rules, conditions and who passes by."""
    return 200, request.page(request.repository.rulesets, lambda world, one: _short(request, world, one))


@operation("repos/get-repo-ruleset")
def repos_get_repo_ruleset(request: Request) -> Answered:
    """In full; who passes by is only for those who may change it."""
    number = int(request.at["ruleset_id"])
    found = next((one for one in request.repository.rulesets if one.id == number), None)
    if found is None:
        raise not_found()
    whole = _short(request, request.world, found)
    whole["conditions"] = {"ref_name": {"include": found.include, "exclude": found.exclude}}
    whole["rules"] = found.rules
    if request.token and request.token.kind == "user" and request.repository.role(request.me) == "admin":
        whole["bypass_actors"] = found.bypass
    passes = request.token is not None and passes_by(found, request.repository, request.token)
    whole["current_user_can_bypass"] = "always" if passes else "never"
    return 200, whole


@operation("repos/get-branch-rules")
def repos_get_branch_rules(request: Request) -> Answered:
    """All active rules for one branch, each with the ruleset it is from."""
    home = request.repository
    found = [
        {**rule, "ruleset_source_type": "Repository", "ruleset_source": home.full_name, "ruleset_id": one.id}
        for one in rules_for(home, f"refs/heads/{request.at['branch']}")
        for rule in one.rules
    ]
    return 200, request.page(found, lambda _world, one: one)


def _short(request: Request, world: World, one: Ruleset) -> dict[str, Any]:
    home = request.repository
    return world.poison.shape(
        "repository-ruleset",
        id=one.id,
        node_id=f"RRS_{one.id}",
        name=one.name,
        target=one.target,
        source_type="Repository",
        source=home.full_name,
        enforcement=one.enforcement,
        _links={"self": {"href": f"{api(world, home)}/rulesets/{one.id}"}},
    )
