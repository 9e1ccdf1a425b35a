"""Refs and annotated tags."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.double.clock import stamp
from tests.double.gitstore import Bare
from tests.double.rest.registry import Answered, Refused, Request, not_found, operation
from tests.double.rest.shapes import api
from tests.double.world import World


def _ref(request: Request) -> Any:
    home = request.repository

    def shape(world: World, ref: str) -> dict[str, Any]:
        bare, at = world.bare(home), api(world, home)
        sha = bare.tip(ref) or ""
        kind = bare.git("cat-file", "-t", sha)
        found = {"type": kind, "sha": sha, "url": f"{at}/git/{kind}s/{sha}"}
        return world.poison.shape("git-ref", ref=ref, url=f"{at}/git/{ref}", object=found)

    return shape


def guard(request: Request, ref: str, *what: str) -> None:
    """Refuse what the rules of the repository refuse."""
    if request.token is None:
        raise Refused(401, "Requires authentication")
    if set(what) & set(request.world.refused(request.repository, request.token, ref)):
        raise Refused(422, f"Repository rule violations found\n\nCannot change {ref}.\n\n")


def _move(request: Request, ref: str, sha: str | None) -> None:
    request.world.point(request.repository, ref, sha, by=request.me)


@operation("git/get-ref")
def git_get_ref(request: Request) -> Answered:
    """Exactly this ref."""
    ref = f"refs/{request.at['ref']}"
    if request.world.bare(request.repository).tip(ref) is None:
        raise not_found()
    return 200, _ref(request)(request.world, ref)


@operation("git/list-matching-refs")
def git_list_matching_refs(request: Request) -> Answered:
    """All refs that begin so."""
    every = sorted(request.world.bare(request.repository).refs())
    found = [one for one in every if one.startswith(f"refs/{request.at['ref']}")]
    return 200, request.page(found, _ref(request))


@operation("git/create-ref")
def git_create_ref(request: Request) -> Answered:
    """A new ref."""
    ref, sha = request.body["ref"], request.body["sha"]
    bare = request.world.bare(request.repository)
    if not ref.startswith("refs/") or ref.count("/") < 2:
        raise Refused(422, f"{ref} is not a valid ref name.")
    if bare.tip(ref):
        raise Refused(422, "Reference already exists")
    _known(bare, sha)
    guard(request, ref, "create")
    _move(request, ref, sha)
    return 201, _ref(request)(request.world, ref)


@operation("git/update-ref")
def git_update_ref(request: Request) -> Answered:
    """Move a ref: forward only, unless forced."""
    ref, sha = f"refs/{request.at['ref']}", request.body["sha"]
    bare = request.world.bare(request.repository)
    before = bare.tip(ref)
    if before is None:
        raise Refused(422, "Reference does not exist")
    _known(bare, sha)
    forward = bare.holds(before, sha)
    if not forward and not request.body.get("force"):
        raise Refused(422, "Update is not a fast forward")
    guard(request, ref, "update", *(() if forward else ("force",)))
    _move(request, ref, sha)
    return 200, _ref(request)(request.world, ref)


@operation("git/delete-ref")
def git_delete_ref(request: Request) -> Answered:
    """Remove a ref."""
    ref = f"refs/{request.at['ref']}"
    if request.world.bare(request.repository).tip(ref) is None:
        raise Refused(422, "Reference does not exist")
    guard(request, ref, "delete")
    _move(request, ref, None)
    return 204, None


def _known(bare: Bare, sha: str) -> None:
    if bare.tip(f"{sha}^{{object}}") is None:
        raise Refused(422, "Object does not exist")


@operation("git/create-tag")
def git_create_tag(request: Request) -> Answered:
    """The object of an annotated tag; the ref to it is made by itself."""
    body, world = request.body, request.world
    bare, tagger = world.bare(request.repository), body.get("tagger") or {}
    _known(bare, body["object"])
    who = {"name": tagger.get("name", request.me.login), "email": tagger.get("email", "")}
    when = int(world.clock.now().timestamp())
    head = f"object {body['object']}\ntype {body['type']}\ntag {body['tag']}\n"
    whole = f"{head}tagger {who['name']} <{who['email']}> {when} +0000\n\n{body['message']}\n"
    sha = bare.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=whole.encode())
    return 201, _tag(request, sha)


@operation("git/get-tag")
def git_get_tag(request: Request) -> Answered:
    """An annotated tag by its object."""
    sha = request.at["tag_sha"]
    bare = request.world.bare(request.repository)
    if bare.tip(f"{sha}^{{tag}}") is None:
        raise not_found()
    return 200, _tag(request, sha)


def _tag(request: Request, sha: str) -> dict[str, Any]:
    world, home = request.world, request.repository
    head, _, message = world.bare(home).git("cat-file", "tag", sha).partition("\n\n")
    said = dict(line.split(" ", 1) for line in head.splitlines())
    name, _, rest = said.get("tagger", " <> 0").partition(" <")
    email, _, when = rest.partition("> ")
    date = stamp(datetime.fromtimestamp(int(when.split()[0]), UTC))
    at = api(world, home)
    target = {
        "sha": said["object"],
        "type": said["type"],
        "url": f"{at}/git/{said['type']}s/{said['object']}",
    }
    return world.poison.shape(
        "git-tag",
        sha=sha,
        tag=said["tag"],
        message=message,
        tagger={"name": name, "email": email, "date": date},
        object=target,
        url=f"{at}/git/tags/{sha}",
    )
