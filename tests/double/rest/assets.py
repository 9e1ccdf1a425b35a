"""The files of releases; they are uploaded to an address of their own."""

from __future__ import annotations

from typing import Any

from tests.double.rest.registry import Answered, Request, invalid, not_found, operation
from tests.double.rest.releases import fixed, found_release
from tests.double.rest.shapes_releases import asset
from tests.double.state import Asset, Release
from tests.double.world import World


@operation("repos/upload-release-asset")
def repos_upload_release_asset(request: Request) -> Answered:
    """One file, as it is."""
    one, name = found_release(request), request.query["name"]
    fixed(one, "Cannot upload assets to an immutable release.")
    if any(each.name == name for each in one.assets):
        raise invalid("ReleaseAsset", "already_exists", "name")
    if not request.raw:
        raise invalid("ReleaseAsset", "custom", "size", "size must be greater than or equal to 1")
    made = Asset(
        id=request.world.id(),
        name=name,
        label=request.query.get("label"),
        content_type=request.content_type or "application/octet-stream",
        data=request.raw,
        uploader=request.me,
        at=request.world.clock.now(),
    )
    one.assets.append(made)
    return 201, asset(request.world, request.repository, one, made)


@operation("repos/list-release-assets")
def repos_list_release_assets(request: Request) -> Answered:
    """Of one release."""
    one = found_release(request)
    home = request.repository

    def shape(world: World, each: Asset) -> Any:
        return asset(world, home, one, each)

    return 200, request.page(one.assets, shape)


@operation("repos/get-release-asset")
def repos_get_release_asset(request: Request) -> Answered:
    """What is known of a file."""
    one, each = _asset(request)
    return 200, asset(request.world, request.repository, one, each)


@operation("repos/delete-release-asset")
def repos_delete_release_asset(request: Request) -> Answered:
    """Remove a file."""
    one, each = _asset(request)
    fixed(one, "Cannot delete assets of an immutable release.")
    one.assets.remove(each)
    return 204, None


def _asset(request: Request) -> tuple[Release, Asset]:
    number = int(request.at["asset_id"])
    for one in request.repository.releases:
        for each in one.assets:
            if each.id == number:
                return one, each
    raise not_found()
