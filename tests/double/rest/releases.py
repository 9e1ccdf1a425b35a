"""Releases: drafts, publishing, and what can no longer change once published as immutable."""

from __future__ import annotations

from typing import Any

from tests.double.rest.refs import guard
from tests.double.rest.registry import Answered, Refused, Request, invalid, not_found, operation
from tests.double.rest.shapes_releases import release
from tests.double.state import Release

BURNED = "tag_name was used by an immutable release"


def found_release(request: Request) -> Release:
    """The release of the path."""
    number = int(request.at["release_id"])
    found = next((one for one in request.repository.releases if one.id == number), None)
    if found is None:
        raise not_found()
    return found


def _visible(request: Request) -> list[Release]:
    """Drafts are only for who may write."""
    drafts = request.token is not None and request.token.permissions.get("contents") == "write"
    drafts = drafts or (request.token is not None and request.repository.may_write(request.token.account))
    every = sorted(request.repository.releases, key=lambda one: (one.created, one.id), reverse=True)
    return [one for one in every if drafts or not one.draft]


@operation("repos/list-releases")
def repos_list_releases(request: Request) -> Answered:
    """Newest first."""
    return 200, request.page(_visible(request), _shape(request))


@operation("repos/get-release")
def repos_get_release(request: Request) -> Answered:
    """By number, drafts too."""
    return 200, release(request.world, request.repository, found_release(request))


@operation("repos/get-release-by-tag")
def repos_get_release_by_tag(request: Request) -> Answered:
    """By tag; a draft is not found this way."""
    for one in request.repository.releases:
        if one.tag == request.at["tag"] and not one.draft:
            return 200, release(request.world, request.repository, one)
    raise not_found()


@operation("repos/get-latest-release")
def repos_get_latest_release(request: Request) -> Answered:
    """The newest that is neither draft nor prerelease."""
    for one in _visible(request):
        if not one.draft and not one.prerelease:
            return 200, release(request.world, request.repository, one)
    raise not_found()


@operation("repos/create-release")
def repos_create_release(request: Request) -> Answered:
    """A draft, or published at once."""
    body, home, world = request.body, request.repository, request.world
    tag = body["tag_name"]
    draft = bool(body.get("draft"))
    _unburned(request, tag)
    if not draft and any(one.tag == tag and not one.draft for one in home.releases):
        raise invalid("Release", "already_exists", "tag_name")
    made = Release(
        id=world.id(),
        tag=tag,
        target=body.get("target_commitish") or home.default_branch,
        name=body.get("name"),
        body=body.get("body"),
        author=request.me,
        draft=True,
        prerelease=bool(body.get("prerelease")),
        created=world.clock.now(),
    )
    if not draft:
        _publish(request, made)
    home.releases.append(world.add(made))
    return 201, release(world, home, made)


@operation("repos/update-release")
def repos_update_release(request: Request) -> Answered:
    """Change or publish; of an immutable one only name, text and whether it is a prerelease."""
    one, body = found_release(request), request.body or {}
    tag = body.get("tag_name", one.tag)
    target = body.get("target_commitish", one.target)
    if one.immutable and (tag != one.tag or target != one.target or body.get("draft")):
        raise invalid("Release", "custom", "tag_name", "Cannot change the tag of an immutable release.")
    if tag != one.tag:
        _unburned(request, tag)
    one.tag, one.target = tag, target
    one.name, one.body = body.get("name", one.name), body.get("body", one.body)
    one.prerelease = body.get("prerelease", one.prerelease)
    if one.draft and body.get("draft") is False:
        if any(other.tag == tag and not other.draft for other in request.repository.releases):
            raise invalid("Release", "already_exists", "tag_name")
        _unburned(request, tag)
        _publish(request, one)
    return 200, release(request.world, request.repository, one)


@operation("repos/delete-release")
def repos_delete_release(request: Request) -> Answered:
    """Remove it. The tag of an immutable one can never be used for a release again."""
    one = found_release(request)
    request.repository.releases.remove(one)
    if one.immutable:
        request.repository.burned_tags.add(one.tag)
    return 204, None


def _publish(request: Request, one: Release) -> None:
    home, world = request.repository, request.world
    bare, ref = world.bare(home), f"refs/tags/{one.tag}"
    if bare.tip(ref) is None:
        sha = bare.tip(f"refs/heads/{one.target}") or bare.tip(f"{one.target}^{{commit}}")
        if sha is None:
            raise invalid("Release", "invalid", "target_commitish")
        guard(request, ref, "create")
        world.point(home, ref, sha, by=request.me)
    one.draft, one.published = False, world.clock.now()
    one.immutable = home.immutable_releases
    world.happened("release", "published", request.me, home, release=one)


def _unburned(request: Request, tag: str) -> None:
    if tag in request.repository.burned_tags:
        raise invalid("Release", "custom", "tag_name", BURNED)


def _shape(request: Request) -> Any:
    home = request.repository
    return lambda world, one: release(world, home, one)


@operation("repos/check-immutable-releases")
def repos_check_immutable_releases(request: Request) -> Answered:
    """Whether releases become immutable; 404 when not."""
    if not request.repository.immutable_releases:
        raise not_found()
    return 200, {"enabled": True, "enforced_by_owner": False}


@operation("repos/enable-immutable-releases")
def repos_enable_immutable_releases(request: Request) -> Answered:
    """From now on, for releases published later."""
    request.repository.immutable_releases = True
    return 204, None


@operation("repos/disable-immutable-releases")
def repos_disable_immutable_releases(request: Request) -> Answered:
    """No longer, for releases published later."""
    request.repository.immutable_releases = False
    return 204, None


def fixed(one: Release, message: str) -> None:
    """Refuse to change the files of an immutable release."""
    if one.immutable:
        raise Refused(422, message)
