"""Commit statuses and checks."""

from __future__ import annotations

from typing import Any

from tests.double.clock import stamp, stamp_or_none
from tests.double.core import node_id
from tests.double.rest.registry import Answered, Request, invalid, operation
from tests.double.rest.shapes import account, api, repository
from tests.double.state import CheckRun, CheckSuite, Status
from tests.double.world import World

MOST = 1_000


def resolved(request: Request, name: str) -> str:
    """The commit that a name in the path means."""
    bare = request.world.bare(request.repository)
    for ref in (name, f"refs/{name}", f"refs/heads/{name}", f"refs/tags/{name}"):
        if sha := bare.tip(f"{ref}^{{commit}}"):
            return sha
    raise invalid("Commit", "invalid", "sha", f"No commit found for SHA: {name}")


def newest(found: list[Status]) -> list[Status]:
    """Of each context the newest."""
    return list({one.context: one for one in found}.values())


def state_of(found: list[Status]) -> str:
    """What they are together."""
    states = {one.state for one in found}
    if states & {"failure", "error"}:
        return "failure"
    return "pending" if not states or "pending" in states else "success"


def _status(world: World, one: Status, schema: str = "status") -> dict[str, Any]:
    known = {
        "id": one.id,
        "node_id": f"SC_{one.id}",
        "state": one.state,
        "context": one.context,
        "description": one.description,
        "target_url": one.url,
        "created_at": stamp(one.at),
        "updated_at": stamp(one.at),
        "creator": account(world, one.creator),
    }
    return world.poison.fitting(schema, known)


@operation("repos/create-commit-status")
def repos_create_commit_status(request: Request) -> Answered:
    """At most a thousand of one context for one commit."""
    body, home = request.body, request.repository
    sha = resolved(request, request.at["sha"])
    context = body.get("context", "default")
    if len(body.get("description") or "") > 140:
        raise invalid(
            "Status", "custom", "description", "description is too long (maximum is 140 characters)"
        )
    if sum(one.context == context for one in home.statuses.get(sha, ())) >= MOST:
        raise invalid(
            "Status", "custom", "sha", "This SHA and context has reached the maximum number of statuses."
        )
    made = request.world.set_status(
        home, sha, context, body["state"], request.me, body.get("description"), body.get("target_url")
    )
    return 201, _status(request.world, made)


@operation("repos/list-commit-statuses-for-ref")
def repos_list_commit_statuses_for_ref(request: Request) -> Answered:
    """All ever set, newest first."""
    found = request.repository.statuses.get(resolved(request, request.at["ref"]), [])
    return 200, request.page(reversed(found), _status)


@operation("repos/get-combined-status-for-ref")
def repos_get_combined_status_for_ref(request: Request) -> Answered:
    """The newest of each context, and what they are together."""
    world, home = request.world, request.repository
    sha = resolved(request, request.at["ref"])
    found = newest(home.statuses.get(sha, []))
    return 200, world.poison.shape(
        "combined-commit-status",
        sha=sha,
        state=state_of(found),
        total_count=len(found),
        statuses=request.page(found, lambda w, one: _status(w, one, "simple-commit-status")),
        repository=repository(world, home, "minimal-repository"),
        commit_url=f"{api(world, home)}/commits/{sha}",
        url=f"{api(world, home)}/commits/{sha}/status",
    )


@operation("checks/create")
def checks_create(request: Request) -> Answered:
    """A check run; only Apps can make one."""
    body = request.body
    sha = resolved(request, body["head_sha"])
    made = request.world.check(request.repository, sha, body["name"], body.get("conclusion"))
    made.status = "completed" if made.conclusion else body.get("status", "queued")
    made.external_id, made.url = body.get("external_id"), body.get("details_url")
    output = body.get("output") or {}
    made.title, made.summary = output.get("title"), output.get("summary")
    return 201, _check(request)(request.world, made)


@operation("checks/list-for-ref")
def checks_list_for_ref(request: Request) -> Answered:
    """Check runs of a commit."""
    sha = resolved(request, request.at["ref"])
    found = [one for one in request.repository.checks if one.sha == sha]
    if name := request.query.get("check_name"):
        found = [one for one in found if one.name == name]
    return 200, {"total_count": len(found), "check_runs": request.page(found, _check(request))}


@operation("checks/list-suites-for-ref")
def checks_list_suites_for_ref(request: Request) -> Answered:
    """Check suites of a commit."""
    sha = resolved(request, request.at["ref"])
    found = [one for one in request.repository.suites if one.sha == sha]
    return 200, {"total_count": len(found), "check_suites": request.page(found, _suite(request))}


def _check(request: Request) -> Any:
    home = request.repository

    def shape(world: World, one: CheckRun) -> dict[str, Any]:
        output = {"title": one.title, "summary": one.summary, "text": None, "annotations_count": 0}
        at = f"{api(world, home)}/check-runs/{one.id}"
        return world.poison.shape(
            "check-run",
            id=one.id,
            node_id=node_id(one),
            name=one.name,
            head_sha=one.sha,
            status=one.status,
            conclusion=one.conclusion,
            started_at=stamp(one.at),
            completed_at=stamp_or_none(one.at if one.conclusion else None),
            external_id=one.external_id,
            details_url=one.url,
            url=at,
            output={**output, "annotations_url": f"{at}/annotations"},
            check_suite={"id": one.suite.id},
            pull_requests=[],
        )

    return shape


def _suite(request: Request) -> Any:
    home = request.repository

    def shape(world: World, one: CheckSuite) -> dict[str, Any]:
        return world.poison.shape(
            "check-suite",
            id=one.id,
            node_id=node_id(one),
            head_sha=one.sha,
            head_branch=one.branch,
            status=one.status,
            conclusion=one.conclusion,
            created_at=stamp(one.at),
            updated_at=stamp(one.at),
            before=None,
            after=one.sha,
            repository=repository(world, home, "minimal-repository"),
            pull_requests=[],
            latest_check_runs_count=sum(run.suite is one for run in home.checks),
        )

    return shape
