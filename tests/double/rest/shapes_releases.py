"""Releases and their files as REST shows them."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from tests.double.clock import stamp, stamp_or_none
from tests.double.core import node_id
from tests.double.rest.shapes import Shape, account, api, web
from tests.double.state import Asset, Release, Repository
from tests.double.world import World


def release(world: World, home: Repository, one: Release) -> Shape:
    """A release."""
    at = f"{api(world, home)}/releases/{one.id}"
    name = f"untagged-{one.id}" if one.draft else one.tag
    return world.poison.shape(
        "release",
        id=one.id,
        node_id=node_id(one),
        tag_name=one.tag,
        target_commitish=one.target,
        name=one.name,
        body=one.body,
        draft=one.draft,
        prerelease=one.prerelease,
        immutable=one.immutable,
        author=account(world, one.author),
        created_at=stamp(one.created),
        updated_at=stamp(one.published or one.created),
        published_at=stamp_or_none(one.published),
        assets=[asset(world, home, one, each) for each in one.assets],
        url=at,
        assets_url=f"{at}/assets",
        upload_url=f"{world.base}/uploads/repos/{home.full_name}/releases/{one.id}/assets{{?name,label}}",
        html_url=f"{web(world, home)}/releases/tag/{quote(name)}",
        tarball_url=None if one.draft else f"{api(world, home)}/tarball/{quote(one.tag)}",
        zipball_url=None if one.draft else f"{api(world, home)}/zipball/{quote(one.tag)}",
    )


def asset(world: World, home: Repository, one: Release, each: Asset) -> Shape:
    """A file of a release."""
    return world.poison.shape(
        "release-asset",
        id=each.id,
        node_id=f"RA_{each.id}",
        name=each.name,
        label=each.label,
        state="uploaded",
        content_type=each.content_type,
        size=len(each.data),
        digest=f"sha256:{hashlib.sha256(each.data).hexdigest()}",
        download_count=0,
        uploader=account(world, each.uploader),
        created_at=stamp(each.at),
        updated_at=stamp(each.at),
        url=f"{api(world, home)}/releases/assets/{each.id}",
        browser_download_url=f"{web(world, home)}/releases/download/{quote(one.tag)}/{quote(each.name)}",
    )
