"""Pull requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from tests.double.rest.registry import Answered, Request, invalid, not_found, operation
from tests.double.rest.shapes import api, web
from tests.double.rest.shapes_topics import changed_files, pull_item, pull_whole
from tests.double.rest.shapes_words import remark, review
from tests.double.state import Pull
from tests.double.world import World

_STATUS = {"A": "added", "M": "modified", "D": "removed", "T": "changed"}


@operation("pulls/list")
def pulls_list(request: Request) -> Answered:
    """Newest first, or as asked for."""
    state = request.query.get("state", "open")
    found = [one for one in request.repository.pulls if state in ("all", one.state)]
    if head := request.query.get("head"):
        found = [one for one in found if f"{one.head_owner.login}:{one.head_ref}" == head]
    if base := request.query.get("base"):
        found = [one for one in found if one.base == base]
    return 200, request.page(ordered(found, request.query, "created"), pull_item)


def ordered(found: list[Any], query: Any, default: str) -> Iterable[Any]:
    """In the order a query asks for; newest first where it does not say."""
    by = query.get("sort", default)
    down = query.get("direction", "desc") == "desc"
    return sorted(
        found, key=lambda one: ((one.updated if by == "updated" else one.created), one.number), reverse=down
    )


@operation("pulls/get")
def pulls_get(request: Request) -> Answered:
    """One of them."""
    return 200, pull_whole(request.world, request.pull)


@operation("pulls/create")
def pulls_create(request: Request) -> Answered:
    """Open one; from a fork the head is `OWNER:BRANCH`."""
    world, home, body = request.world, request.repository, request.body
    owner, _, branch = body["head"].rpartition(":")
    heads = [one for one in world.repositories.values() if one.fork_of is home and one.owner.login == owner]
    head = heads[0] if heads else home
    if world.bare(home).tip(f"refs/heads/{body['base']}") is None:
        raise invalid("PullRequest", "invalid", "base")
    if world.bare(head).tip(f"refs/heads/{branch}") is None:
        raise invalid("PullRequest", "invalid", "head")
    if any(
        one.state == "open" and (one.head_repository, one.head_ref) == (head, branch) for one in home.pulls
    ):
        said = f"A pull request already exists for {head.owner.login}:{branch}."
        raise invalid("PullRequest", "custom", "head", said)
    known = {"title": body.get("title", ""), "body": body.get("body") or "", "draft": bool(body.get("draft"))}
    made = world.open_pull(home, request.me, branch=branch, head=head, base=body["base"], **known)
    return 201, pull_whole(world, made)


@operation("pulls/update")
def pulls_update(request: Request) -> Answered:
    """Title, description, state or base."""
    pull, world, body = request.pull, request.world, request.body or {}
    base = body.get("base")
    if base is not None and world.bare(request.repository).tip(f"refs/heads/{base}") is None:
        raise invalid("PullRequest", "invalid", "base")
    world.edit(pull, by=request.me, title=body.get("title"), body=body.get("body"), base=base)
    change_state(request, pull, body.get("state"))
    return 200, pull_whole(world, pull)


def change_state(request: Request, topic: Any, state: str | None) -> None:
    """Close or open again, where that is asked for."""
    if state == "closed" and topic.state == "open":
        request.world.close(topic, by=request.me)
    elif state == "open" and topic.state == "closed":
        if isinstance(topic, Pull) and (topic.merged or topic.head_repository is None):
            raise invalid("PullRequest", "invalid", "state", "state cannot be changed.")
        request.world.reopen(topic, by=request.me)


@operation("pulls/list-reviews")
def pulls_list_reviews(request: Request) -> Answered:
    """In the order they were submitted."""
    return 200, request.page(request.pull.reviews, review)


@operation("pulls/list-review-comments")
def pulls_list_review_comments(request: Request) -> Answered:
    """Of all threads."""
    found = [one for thread in request.pull.threads for one in thread.remarks]
    since = request.query.get("since")
    if since:
        raise not_found()
    return 200, request.page(sorted(found, key=lambda one: one.id), remark)


@operation("pulls/list-files")
def pulls_list_files(request: Request) -> Answered:
    """What it changes against the base."""
    pull = request.pull

    def shape(world: World, one: tuple[str, str]) -> dict[str, Any]:
        status, path = one
        bare, home = world.bare(pull.repository), pull.repository
        return world.poison.shape(
            "diff-entry",
            filename=path,
            status=_STATUS[status],
            sha=bare.tip(f"{pull.base_sha if status == 'D' else pull.head}:{path}"),
            additions=0,
            deletions=0,
            changes=0,
            blob_url=f"{web(world, home)}/blob/{pull.head}/{quote(path)}",
            raw_url=f"{web(world, home)}/raw/{pull.head}/{quote(path)}",
            contents_url=f"{api(world, home)}/contents/{quote(path)}?ref={pull.head}",
        )

    return 200, request.page(changed_files(request.world, pull), shape)
