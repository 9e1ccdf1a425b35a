"""Commits, their statuses and checks in GraphQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.double.clock import stamp
from tests.double.core import ACTIONS, node_id
from tests.double.graph.accounts import actor
from tests.double.graph.values import Asking, Connection, Node, builds, listed
from tests.double.rest.statuses import newest, state_of
from tests.double.state import CheckRun, CheckSuite, Pull, Repository, Status


def commit_at(asking: Asking, home: Repository, sha: str) -> Node:
    """A commit, as a repository knows it."""
    world = asking.world

    def shown(form: str) -> str:
        return world.bare(home).git("show", "--no-patch", f"--format={form}", sha)

    def moment(form: str) -> str:
        return stamp(datetime.fromtimestamp(int(shown(form)), UTC))

    fields = {
        "id": f"C_{home.id}_{sha}",
        "oid": sha,
        "abbreviatedOid": sha[:7],
        "committedDate": lambda: moment("%ct"),
        "authoredDate": lambda: moment("%at"),
        "pushedDate": None,
        "message": lambda: shown("%B"),
        "messageHeadline": lambda: shown("%s"),
        "repository": lambda: _repository(asking, home),
        "status": lambda: _status(asking, home, sha),
        "statusCheckRollup": lambda: _rollup(asking, home, sha),
        "checkSuites": lambda **asked: listed(asking, _suites(home, sha, **asked)),
        "_repository": home,
    }
    return Node("Commit", fields)


def _repository(asking: Asking, home: Repository) -> Node:
    from tests.double.graph.repositories import repository

    return repository(asking, home)


def commits_of(asking: Asking, pull: Pull, asked: Mapping[str, Any]) -> Connection:
    """The commits of a pull request, oldest first. The newest alone needs no walk through the history."""
    home = pull.repository
    if asked.get("last") == 1 and not asked.get("before"):
        shas = [pull.head]
    else:
        shas = asking.world.bare(home).git("rev-list", "--reverse", f"{pull.base_sha}..{pull.head}").split()

    def node(one: tuple[int, str]) -> Node:
        known = {"id": f"PURC_{pull.id}_{one[1]}", "commit": lambda: commit_at(asking, home, one[1])}
        return Node("PullRequestCommit", known)

    return Connection(things=list(enumerate(shas)), node=node, key=lambda one: (one[0],))


def _status(asking: Asking, home: Repository, sha: str) -> Node | None:
    found = newest(home.statuses.get(sha, []))
    if not found:
        return None

    def context(name: str) -> Node | None:
        return next((status(asking, one) for one in found if one.context == name), None)

    fields = {
        "id": f"ST_{sha}",
        "state": state_of(found).upper(),
        "contexts": lambda: [status(asking, one) for one in found],
        "context": context,
    }
    return Node("Status", fields)


@builds(Status)
def status(asking: Asking, one: Status) -> Node:
    """A commit status."""
    fields = {
        "id": f"SC_{one.id}",
        "context": one.context,
        "state": one.state.upper(),
        "description": one.description,
        "targetUrl": one.url,
        "createdAt": stamp(one.at),
        "creator": lambda: actor(asking, one.creator),
        "isRequired": lambda **_: False,
    }
    return Node("StatusContext", fields)


def _suites(home: Repository, sha: str, **asked: Any) -> list[CheckSuite]:
    wanted = asked.get("filterBy") or {}
    return [
        one
        for one in home.suites
        if one.sha == sha and ("appId" not in wanted or wanted["appId"] == _app_number(one.app))
    ]


def _app_number(slug: str) -> int:
    return ACTIONS if slug == "github-actions" else 1_000_000 + sum(slug.encode())


@builds(CheckSuite)
def suite(asking: Asking, one: CheckSuite) -> Node:
    """A check suite: the server's own word for when a commit had come."""
    app = {"slug": one.app, "databaseId": _app_number(one.app), "name": one.app}
    fields = {
        "id": node_id(one),
        "fullDatabaseId": str(one.id),
        "databaseId": one.id,
        "createdAt": stamp(one.at),
        "updatedAt": stamp(one.at),
        "status": one.status.upper(),
        "conclusion": one.conclusion.upper() if one.conclusion else None,
        "app": Node("App", app),
    }
    return Node("CheckSuite", fields)


@builds(CheckRun)
def check_run(_asking: Asking, one: CheckRun) -> Node:
    """A check run."""
    known = {
        "id": node_id(one),
        "fullDatabaseId": str(one.id),
        "name": one.name,
        "status": one.status.upper(),
        "conclusion": one.conclusion.upper() if one.conclusion else None,
        "isRequired": lambda **_: False,
    }
    return Node("CheckRun", known)


def _rollup(asking: Asking, home: Repository, sha: str) -> Node | None:
    """Statuses and checks together: a check of the same name as a status stands beside it."""
    statuses = newest(home.statuses.get(sha, []))
    checks = [one for one in home.checks if one.sha == sha]
    if not statuses and not checks:
        return None
    bad = {"failure", "timed_out", "cancelled", "action_required", "startup_failure"}
    states = {state_of(statuses)} if statuses else set()
    states |= {
        "failure" if one.conclusion in bad else "success" if one.conclusion else "pending" for one in checks
    }
    worst = next(one for one in ("failure", "pending", "success") if one in states)
    fields = {
        "id": f"SCR_{sha}",
        "state": worst.upper(),
        "contexts": lambda **_: listed(asking, [*statuses, *checks]),
    }
    return Node("StatusCheckRollup", fields)
