"""Workflows, their runs, and what they may do."""

from __future__ import annotations

from typing import Any

from tests.double.rest.registry import Answered, Refused, Request, not_found, operation
from tests.double.rest.shapes import api
from tests.double.rest.shapes_actions import run, workflow
from tests.double.state import Run, Workflow


@operation("actions/get-github-actions-permissions-repository")
def actions_get_github_actions_permissions_repository(request: Request) -> Answered:
    """Whether workflows run, and with which actions."""
    settings = request.repository.actions
    found: dict[str, Any] = {
        "enabled": settings.enabled,
        "allowed_actions": settings.allowed,
        "sha_pinning_required": settings.sha_pinning,
    }
    if settings.allowed == "selected":
        at = api(request.world, request.repository)
        found["selected_actions_url"] = f"{at}/actions/permissions/selected-actions"
    return 200, found


@operation("actions/get-allowed-actions-repository")
def actions_get_allowed_actions_repository(request: Request) -> Answered:
    """Which actions, where only some are allowed."""
    settings = request.repository.actions
    if settings.allowed != "selected":
        raise Refused(409, "Conflict")
    return 200, {
        "github_owned_allowed": settings.github_owned,
        "verified_allowed": settings.verified,
        "patterns_allowed": settings.patterns,
    }


@operation("actions/get-github-actions-default-workflow-permissions-repository")
def actions_get_default_workflow_permissions(request: Request) -> Answered:
    """What a job's token may do when the workflow says nothing."""
    settings = request.repository.actions
    return 200, {
        "default_workflow_permissions": settings.token,
        "can_approve_pull_request_reviews": settings.may_approve,
    }


@operation("actions/get-fork-pr-contributor-approval-permissions-repository")
def actions_get_fork_approval(request: Request) -> Answered:
    """Whose workflows wait for an approval."""
    return 200, {"approval_policy": request.repository.actions.fork_approval}


@operation("actions/list-repo-workflows")
def actions_list_repo_workflows(request: Request) -> Answered:
    """All workflows that GitHub knows."""
    home = request.repository
    found = request.page(home.workflows, lambda world, one: workflow(world, home, one))
    return 200, {"total_count": len(home.workflows), "workflows": found}


@operation("actions/get-workflow")
def actions_get_workflow(request: Request) -> Answered:
    """By number or by file name."""
    return 200, workflow(request.world, request.repository, _workflow(request))


@operation("actions/enable-workflow")
def actions_enable_workflow(request: Request) -> Answered:
    """Let it run again."""
    _workflow(request).state = "active"
    return 204, None


@operation("actions/disable-workflow")
def actions_disable_workflow(request: Request) -> Answered:
    """Let it run no more."""
    _workflow(request).state = "disabled_manually"
    return 204, None


@operation("actions/create-workflow-dispatch")
def actions_create_workflow_dispatch(request: Request) -> Answered:
    """Start it; also GitHub's own token may."""
    one, body, home, world = _workflow(request), request.body, request.repository, request.world
    if one.state != "active":
        raise Refused(403, "Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    if not any(world.bare(home).tip(f"{kind}/{body['ref']}") for kind in ("refs/heads", "refs/tags")):
        raise Refused(422, f"No ref found for: {body['ref']}")
    world.happened(
        "workflow_dispatch",
        None,
        request.me,
        home,
        workflow=one,
        ref=body["ref"],
        inputs=body.get("inputs") or {},
    )
    return 204, None


@operation("actions/list-workflow-runs-for-repo")
def actions_list_workflow_runs_for_repo(request: Request) -> Answered:
    """Newest first."""
    return 200, _runs(request, request.repository.runs)


@operation("actions/list-workflow-runs")
def actions_list_workflow_runs(request: Request) -> Answered:
    """Of one workflow, newest first."""
    wanted = _workflow(request)
    return 200, _runs(request, [one for one in request.repository.runs if one.workflow is wanted])


@operation("actions/get-workflow-run")
def actions_get_workflow_run(request: Request) -> Answered:
    """One run."""
    number = int(request.at["run_id"])
    for one in request.repository.runs:
        if one.id == number:
            return 200, run(request.world, request.repository, one)
    raise not_found()


def _runs(request: Request, every: list[Run]) -> dict[str, Any]:
    home, query = request.repository, request.query
    if unknown := set(query) - {"status", "event", "branch", "head_sha", "actor", "per_page", "page"}:
        raise Refused(501, f"UNMODELLED query {sorted(unknown)}")
    found = [
        one
        for one in reversed(every)
        if query.get("status") in (None, one.status, one.conclusion)
        and query.get("event") in (None, one.event)
        and query.get("branch") in (None, one.branch)
        and query.get("head_sha") in (None, one.sha)
        and query.get("actor") in (None, one.actor.login)
    ]
    shown = request.page(found, lambda world, one: run(world, home, one))
    return {"total_count": len(found), "workflow_runs": shown}


def _workflow(request: Request) -> Workflow:
    wanted = request.at["workflow_id"]
    for one in request.repository.workflows:
        if wanted in (str(one.id), one.path.rpartition("/")[2]):
            return one
    raise not_found()
