"""Workflows and runs as REST shows them."""

from __future__ import annotations

from tests.double.clock import stamp
from tests.double.rest.shapes import Shape, account, api, repository, web
from tests.double.state import Repository, Run, Workflow
from tests.double.world import World


def workflow(world: World, home: Repository, one: Workflow) -> Shape:
    """A workflow."""
    return world.poison.shape(
        "workflow",
        id=one.id,
        node_id=f"W_{one.id}",
        name=one.name,
        path=one.path,
        state=one.state,
        created_at=stamp(one.created),
        updated_at=stamp(one.created),
        url=f"{api(world, home)}/actions/workflows/{one.id}",
        html_url=f"{web(world, home)}/blob/{home.default_branch}/{one.path}",
    )


def run(world: World, home: Repository, one: Run) -> Shape:
    """A run. Its list of pull requests is empty for those from forks."""
    at = f"{api(world, home)}/actions/runs/{one.id}"
    head = one.head_repository
    return world.poison.shape(
        "workflow-run",
        id=one.id,
        node_id=f"WFR_{one.id}",
        name=one.workflow.name,
        display_title=one.title,
        path=one.workflow.path,
        workflow_id=one.workflow.id,
        run_number=one.number,
        run_attempt=1,
        event=one.event,
        status=one.status,
        conclusion=one.conclusion,
        head_branch=one.branch,
        head_sha=one.sha,
        check_suite_id=one.suite.id,
        actor=account(world, one.actor),
        triggering_actor=account(world, one.actor),
        created_at=stamp(one.at),
        updated_at=stamp(one.updated),
        run_started_at=stamp(one.at),
        url=at,
        html_url=f"{web(world, home)}/actions/runs/{one.id}",
        repository=repository(world, home, "minimal-repository"),
        head_repository=repository(world, head or home, "minimal-repository"),
        head_commit=_commit(world, home, one),
        pull_requests=[],
    )


def _commit(world: World, home: Repository, one: Run) -> Shape:
    who = {"name": one.actor.login, "email": ""}
    bare = world.bare(home)
    return {
        "id": one.sha,
        "tree_id": bare.tip(f"{one.sha}^{{tree}}"),
        "message": bare.git("show", "--no-patch", "--format=%B", one.sha),
        "timestamp": stamp(one.at),
        "author": who,
        "committer": who,
    }
