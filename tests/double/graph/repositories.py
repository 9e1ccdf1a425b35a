"""Repositories in GraphQL: the way to everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.double.clock import stamp
from tests.double.graph.accounts import account
from tests.double.graph.commits import commit_at
from tests.double.graph.values import Asking, Connection, Node, Told, build, builds, listed
from tests.double.rest.shapes import web
from tests.double.state import Pull, Repository


@builds(Repository)
def repository(asking: Asking, home: Repository) -> Node:
    """A repository."""
    fields = {
        "id": home.node_id,
        "databaseId": home.id,
        "name": home.name,
        "nameWithOwner": home.full_name,
        "owner": lambda: account(asking, home.owner),
        "url": web(asking.world, home),
        "createdAt": stamp(home.created),
        "isPrivate": home.private,
        "isArchived": home.archived,
        "isFork": home.fork_of is not None,
        "isEmpty": not asking.world.bare(home).refs(),
        "defaultBranchRef": lambda: _ref(asking, home, f"refs/heads/{home.default_branch}"),
        "ref": lambda qualifiedName: _ref(asking, home, qualifiedName),  # noqa: N803
        "object": lambda **asked: _object(asking, home, **asked),
        "labels": lambda **_: listed(asking, list(home.labels.values())),
        "label": lambda name: (
            build(asking, home.labels[name.lower()]) if name.lower() in home.labels else None
        ),
        "pullRequests": lambda **asked: _pulls(asking, home, asked),
        "pullRequest": lambda number: _one(asking, home, number, pull=True),
        "issues": lambda **asked: _issues(asking, home, asked),
        "issue": lambda number: _one(asking, home, number, pull=False),
        "issueOrPullRequest": lambda number: _one(asking, home, number, pull=None),
        "_repository": home,
    }
    return Node("Repository", fields)


def _pulls(asking: Asking, home: Repository, asked: Mapping[str, Any]) -> Connection:
    found = [
        one
        for one in home.pulls
        if (asked.get("states") is None or ("MERGED" if one.merged else one.state.upper()) in asked["states"])
        and asked.get("baseRefName") in (None, one.base)
        and asked.get("headRefName") in (None, one.head_ref)
        and _labelled(one, asked.get("labels"))
    ]
    return _ordered(asking, found, asked)


def _issues(asking: Asking, home: Repository, asked: Mapping[str, Any]) -> Connection:
    wanted = asked.get("filterBy") or {}
    # `viewerSubscribed` comes by itself, as false.
    if unknown := {key for key, value in wanted.items() if value} - {"since", "labels", "states"}:
        raise Told("UNMODELLED", f"UNMODELLED Repository.issues(filterBy: {sorted(unknown)})")
    states = asked.get("states") or wanted.get("states")
    since = datetime.fromisoformat(wanted["since"]) if wanted.get("since") else None
    found = [
        one
        for one in home.issues
        if (states is None or one.state.upper() in states)
        and (since is None or one.updated >= since)
        and _labelled(one, asked.get("labels") or wanted.get("labels"))
    ]
    return _ordered(asking, found, asked)


def _labelled(topic: Any, wanted: list[str] | None) -> bool:
    return wanted is None or bool({one.lower() for one in wanted} & {one.lower() for one in topic.labels})


def _ordered(asking: Asking, found: list[Any], asked: Mapping[str, Any]) -> Connection:
    order = asked.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
    match order["field"]:
        case "UPDATED_AT":
            return listed(
                asking, found, lambda one: (stamp(one.updated), one.number), order["direction"] == "DESC"
            )
        case "CREATED_AT":
            return listed(
                asking, found, lambda one: (stamp(one.created), one.number), order["direction"] == "DESC"
            )
        case other:
            raise Told("UNMODELLED", f"UNMODELLED orderBy {other}")


def _one(asking: Asking, home: Repository, number: int, *, pull: bool | None) -> Node:
    found = home.topics.get(number)
    if found is None or (pull is not None and isinstance(found, Pull) is not pull):
        kind = {True: "PullRequest", False: "Issue", None: "issue or pull request"}[pull]
        raise Told(
            "NOT_FOUND",
            f"Could not resolve to {'an' if kind[0] in 'Ii' else 'a'} {kind} with the number of {number}.",
        )
    return build(asking, found)


def _ref(asking: Asking, home: Repository, name: str) -> Node | None:
    full = name if name.startswith("refs/") else f"refs/heads/{name}"
    sha = asking.world.bare(home).tip(full)
    if sha is None:
        return None
    prefix, _, short = (
        full.rpartition("/") if not full.startswith("refs/heads/") else ("refs/heads", "", full[11:])
    )
    fields = {
        "id": f"REF_{home.id}_{full}",
        "name": short,
        "prefix": f"{prefix}/",
        "target": lambda: _object(asking, home, oid=sha),
    }
    return Node("Ref", fields)


def _object(
    asking: Asking, home: Repository, oid: str | None = None, expression: str | None = None
) -> Node | None:
    bare = asking.world.bare(home)
    sha = bare.tip(expression or f"{oid}^{{object}}")
    if sha is None:
        return None
    match bare.git("cat-file", "-t", sha):
        case "commit":
            return commit_at(asking, home, sha)
        case "blob":
            data = bare.read("cat-file", "blob", sha)
            binary = b"\0" in data
            text = None if binary else data.decode("utf-8", "replace")
            known = {
                "oid": sha,
                "byteSize": len(data),
                "isBinary": binary,
                "isTruncated": False,
                "text": text,
            }
            return Node("Blob", known)
        case "tag":
            target = bare.git("rev-parse", f"{sha}^{{}}")
            return Node("Tag", {"oid": sha, "target": lambda: commit_at(asking, home, target)})
        case _:
            return Node("Tree", {"oid": sha})
