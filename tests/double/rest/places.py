"""Environments, pages and files."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

from tests.double.clock import stamp
from tests.double.rest.registry import Answered, Refused, Request, not_found, operation
from tests.double.rest.shapes import account, api, web
from tests.double.state import Environment
from tests.double.world import World

_LARGEST = 1_048_576


@operation("repos/get-all-environments")
def repos_get_all_environments(request: Request) -> Answered:
    """All of them."""
    every = request.repository.environments
    return 200, {"total_count": len(every), "environments": request.page(every, _environment(request))}


@operation("repos/get-environment")
def repos_get_environment(request: Request) -> Answered:
    """One, with what guards it."""
    return 200, _environment(request)(request.world, _found(request))


@operation("repos/list-deployment-branch-policies")
def repos_list_deployment_branch_policies(request: Request) -> Answered:
    """The branches that may deploy, where they are chosen one by one."""
    found = _found(request)
    shown = [
        {"id": number, "node_id": f"DBP_{number}", "name": name, "type": "branch"}
        for number, name in enumerate(found.branch_patterns, 1)
    ]
    return 200, {"total_count": len(shown), "branch_policies": request.page(shown, lambda _world, one: one)}


def _found(request: Request) -> Environment:
    for one in request.repository.environments:
        if one.name == request.at["environment_name"]:
            return one
    raise not_found()


def _environment(request: Request) -> Any:
    home = request.repository

    def shape(world: World, one: Environment) -> dict[str, Any]:
        policy = None
        if one.protected_branches is not None:
            chosen = not one.protected_branches
            policy = {"protected_branches": one.protected_branches, "custom_branch_policies": chosen}
        return world.poison.shape(
            "environment",
            id=one.id,
            node_id=f"EN_{one.id}",
            name=one.name,
            url=f"{api(world, home)}/environments/{quote(one.name, safe='')}",
            html_url=f"{web(world, home)}/deployments/activity_log?environments_filter={quote(one.name)}",
            created_at=stamp(one.created),
            updated_at=stamp(one.created),
            protection_rules=_guards(world, one),
            deployment_branch_policy=policy,
        )

    return shape


def _guards(world: World, one: Environment) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if one.wait_minutes:
        found.append(
            {"id": one.id + 1, "node_id": "GA_1", "type": "wait_timer", "wait_timer": one.wait_minutes}
        )
    if one.reviewers:
        people = [{"type": "User", "reviewer": account(world, who)} for who in one.reviewers]
        more = {"prevent_self_review": one.prevent_self_review, "reviewers": people}
        found.append({"id": one.id + 2, "node_id": "GA_2", "type": "required_reviewers", **more})
    if one.protected_branches is not None:
        found.append({"id": one.id + 3, "node_id": "GA_3", "type": "branch_policy"})
    return found


@operation("repos/get-pages")
def repos_get_pages(request: Request) -> Answered:
    """Where the site is, if there is one."""
    world, home = request.world, request.repository
    if home.pages is None:
        raise not_found()
    at = f"{api(world, home)}/pages"
    known = {"url": at, "status": "built", "cname": None, "custom_404": False, "public": True}
    return 200, world.poison.shape("page", **{**known, "build_type": "workflow", **home.pages})


@operation("repos/get-content")
def repos_get_content(request: Request) -> Answered:
    """A file; folders are not modelled."""
    world, home, path = request.world, request.repository, request.at["path"]
    ref = request.query.get("ref", home.default_branch)
    bare = world.bare(home)
    commit = bare.tip(f"{ref}^{{commit}}")
    if commit is None:
        raise Refused(404, f"No commit found for the ref {ref}")
    listed = bare.git("ls-tree", commit, "--", path).split(maxsplit=3)
    if not listed or ".." in path.split("/"):
        raise not_found()
    mode, kind, sha, _ = listed
    if kind != "blob" or mode == "120000":
        raise Refused(501, f"UNMODELLED contents of a {kind}")
    data = bare.read("cat-file", "blob", sha)
    at = f"{api(world, home)}/contents/{quote(path)}?ref={quote(ref)}"
    page, git = f"{web(world, home)}/blob/{ref}/{quote(path)}", f"{api(world, home)}/git/blobs/{sha}"
    small = len(data) <= _LARGEST
    return 200, world.poison.shape(
        "content-file",
        type="file",
        name=path.rpartition("/")[2],
        path=path,
        sha=sha,
        size=len(data),
        encoding="base64" if small else "none",
        content=base64.encodebytes(data).decode() if small else "",
        url=at,
        html_url=page,
        git_url=git,
        _links={"self": at, "html": page, "git": git},
    )
