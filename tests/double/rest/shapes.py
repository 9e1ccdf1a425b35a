"""Accounts, repositories and labels as REST shows them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.double.clock import stamp
from tests.double.state import Account, Label, Repository
from tests.double.world import World

Shape = dict[str, Any]


def account(world: World, who: Account) -> Shape:
    """An account; a deleted one is the ghost."""
    who = world.ghost if who.deleted else who
    login = quote(who.login)
    return world.poison.shape("simple-user", **_account(world, who), url=f"{world.base}/users/{login}")


def account_or_null(world: World, who: Account | None) -> Shape | None:
    """An account; null for a deleted one, as reviews and heads have it."""
    return None if who is None or who.deleted else account(world, who)


def public_account(world: World, who: Account) -> Shape:
    """An account by itself."""
    return world.poison.shape(
        "public-user",
        **_account(world, who),
        url=f"{world.base}/users/{quote(who.login)}",
        name=None,
        created_at=stamp(world.clock.now()),
        updated_at=stamp(world.clock.now()),
    )


def _account(world: World, who: Account) -> Shape:
    return {
        "login": who.login,
        "id": who.id,
        "node_id": who.node_id,
        "type": who.kind,
        "site_admin": False,
        "gravatar_id": "",
        "html_url": f"{world.base}/{quote(who.login)}",
        "user_view_type": "public",
    }


def api(world: World, repository: Repository) -> str:
    """The address of a repository in REST."""
    return f"{world.base}/repos/{repository.full_name}"


def web(world: World, repository: Repository) -> str:
    """The address of a repository for people."""
    return f"{world.base}/{repository.full_name}"


def repository(world: World, one: Repository, schema: str = "repository") -> Shape:
    """A repository; the schemas for it differ in how much they hold."""
    known = {
        "id": one.id,
        "node_id": one.node_id,
        "name": one.name,
        "full_name": one.full_name,
        "owner": account(world, one.owner),
        "private": one.private,
        "visibility": "private" if one.private else "public",
        "archived": one.archived,
        "disabled": False,
        "fork": one.fork_of is not None,
        "description": one.description,
        "default_branch": one.default_branch,
        "url": api(world, one),
        "html_url": web(world, one),
        "clone_url": f"{web(world, one)}.git",
        "has_pages": one.pages is not None,
        "has_issues": True,
        "has_discussions": False,
        "topics": [],
        "is_template": False,
        "allow_forking": True,
        "web_commit_signoff_required": False,
        "open_issues_count": sum(topic.state == "open" for topic in one.topics.values()),
        "created_at": stamp(one.created),
        "updated_at": stamp(one.created),
        "pushed_at": stamp(one.created),
    }
    if one.owner.kind == "Organization" and schema == "full-repository":
        known["organization"] = account(world, one.owner)
    if one.fork_of is not None and schema == "full-repository":
        known["parent"] = known["source"] = repository(world, one.fork_of)
    return world.poison.fitting(schema, known)


def label(world: World, home: Repository, one: Label) -> Shape:
    """A label."""
    return world.poison.shape(
        "label",
        id=one.id,
        node_id=f"LA_{one.id}",
        name=one.name,
        color=one.color,
        description=one.description,
        default=False,
        url=f"{api(world, home)}/labels/{quote(one.name)}",
    )


def association(home: Repository, who: Account) -> str:
    """What somebody is to a repository."""
    if who.deleted:
        return "NONE"
    if who is home.owner:
        return "OWNER"
    if home.roles.get(who.id, "none") not in {"none", "read"}:
        return "COLLABORATOR"
    return "CONTRIBUTOR" if who.id in home.contributors else "NONE"


def reactions(at: str) -> Shape:
    """Nobody reacted."""
    kinds = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
    return {"url": f"{at}/reactions", "total_count": 0, **dict.fromkeys(kinds, 0)}
