"""Releases on GitHub, asked as GitHub describes it: drafts that no tag finds, what is refused and what that means."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from accord.adapters.github.client import Client
from accord.adapters.github.limits import NotAccepted, Unanswered
from accord.adapters.github.releases import GitHubReleases
from accord.application.forge.ports import RateLimited
from accord.application.forge.publishing import Burned, Meanwhile
from accord.domain.forge.releasing import Release
from tests.double.server import Double
from tests.double.state import Repository


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one draft's tag, and immutable releases."""
    home = github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})
    home.immutable_releases = True
    tip = github.world.bare(home).tip("main")
    github.world.point(home, "refs/tags/draft-1", tip)
    return home


def forge(github: Double, home: Repository, **rights: str) -> GitHubReleases:
    """GitHub for the token of a workflow's job."""
    token = github.world.mint(permissions=rights or {"contents": "write"}, repository=home)
    return GitHubReleases(Client(token, home.full_name, github.url, f"{github.url}/graphql", pause=0))


def prepared(it: GitHubReleases) -> Release:
    """A draft release with one file."""
    made = it.create("draft-1", "First", "Notes.")
    it.upload(made, "report.md", b"One.\n")
    (found,) = it.releases("draft-1")
    return found


def test_a_draft_is_found_with_its_files(github: Double, home: Repository) -> None:
    """By the list of all; size and SHA-256 of each file are told."""
    it = forge(github, home)
    found = prepared(it)
    assert (found.tag, found.draft, found.title, found.notes) == ("draft-1", True, "First", "Notes.")
    (asset,) = found.assets
    assert (asset.name, asset.size, asset.digest, asset.ready) == (
        "report.md", 5, hashlib.sha256(b"One.\n").hexdigest(), True,
    )  # fmt: skip
    assert it.releases("draft-2") == []
    assert it.release(found.id) == found
    assert home.releases[0].assets[0].content_type == "text/markdown; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.html", "text/html; charset=utf-8"),
        ("manifest.json", "application/json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("a.bin", "application/octet-stream"),
    ],
)
def test_what_kind_of_file_it_is_said_to_be(github: Double, home: Repository, name: str, kind: str) -> None:
    """So that a browser shows what can be shown."""
    it = forge(github, home)
    it.upload(it.create("draft-1", "First", ""), name, b"x")
    assert home.releases[0].assets[0].content_type == kind


def test_published_it_cannot_change_but_its_words_can(github: Double, home: Repository) -> None:
    """It is immutable, says so, and takes another title."""
    it = forge(github, home)
    one = prepared(it)
    it.publish(one, newest=True)
    (found,) = it.releases("draft-1")
    assert (found.draft, found.guarded) == (False, True)
    it.describe(found, "First Draft", "Other notes.")
    assert (home.releases[0].name, home.releases[0].body) == ("First Draft", "Other notes.")
    changes: tuple[Callable[[], None], ...] = (
        lambda: it.upload(found, "more.md", b"x"),
        lambda: it.remove_file(found.assets[0].id),
        lambda: it.remove(found.id),
    )
    for change in changes:
        with pytest.raises(Meanwhile):
            change()
    assert it.releases("draft-1")[0].assets == found.assets


def test_the_same_file_twice(github: Double, home: Repository) -> None:
    """Somebody else uploaded it: look again."""
    it = forge(github, home)
    with pytest.raises(Meanwhile):
        it.upload(prepared(it), "report.md", b"One.\n")


def test_what_is_removed_twice_is_removed_once(github: Double, home: Repository) -> None:
    """And what is worked on and gone meanwhile is looked at again."""
    it = forge(github, home)
    one = prepared(it)
    for _ in range(2):
        it.remove_file(one.assets[0].id)
        it.remove(one.id)
    assert home.releases == []
    assert it.release(one.id) is None
    steps: tuple[Callable[[], None], ...] = (
        lambda: it.describe(one, "x", "y"),
        lambda: it.publish(one, newest=True),
    )
    for step in steps:
        with pytest.raises(Meanwhile):
            step()


def test_a_burned_tag(github: Double, home: Repository) -> None:
    """Of an immutable release that a person removed: neither made nor published again."""
    it = forge(github, home)
    waiting = it.create("draft-1", "Second try", "")
    github.world.repositories[home.id].burned_tags.add("draft-1")
    with pytest.raises(Burned):
        it.create("draft-1", "First", "")
    with pytest.raises(Burned):
        it.publish(waiting, newest=True)


def test_what_github_does_not_accept_otherwise_is_said_as_it_is(github: Double, home: Repository) -> None:
    """An empty file is none."""
    it = forge(github, home)
    with pytest.raises(NotAccepted):
        it.upload(it.create("draft-1", "First", ""), "empty.md", b"")


def test_the_object_of_a_tag(github: Double, home: Repository) -> None:
    """As Git has it; none for a tag that is not there, also where a longer one begins like it."""
    it = forge(github, home)
    bare = github.world.bare(home)
    github.world.point(home, "refs/tags/draft-2-corr-1", bare.tip("main"))
    assert it.tag("draft-1") == bare.tip("refs/tags/draft-1")
    assert it.tag("draft-2") is None


@pytest.mark.parametrize(
    ("rights", "setting", "known"),
    [
        ({"contents": "write"}, True, None),
        ({"contents": "write"}, False, None),
        ({"contents": "write", "administration": "read"}, True, True),
        ({"contents": "write", "administration": "read"}, False, False),
    ],
)
def test_whether_what_is_published_will_be_guarded(
    github: Double, home: Repository, rights: dict[str, str], setting: bool, known: bool | None
) -> None:
    """What a token may not know is unknown, never no."""
    home.immutable_releases = setting
    assert forge(github, home, **rights).guarding() is known


def test_a_token_without_rights(github: Double, home: Repository) -> None:
    """Nothing is made, and the right that is missing is named."""
    with pytest.raises(Unanswered) as refused:
        forge(github, home, contents="read").create("draft-1", "First", "")
    assert "contents: write" in refused.value.findings[0].fix
    assert home.releases == []


def test_a_budget_that_is_used_up_is_no_answer() -> None:
    """It is neither taken for `no` nor for a release that is gone."""

    class Spent:
        def get(self, path: str, **query: Any) -> Any:
            raise RateLimited("wait")

    it = GitHubReleases(Spent())  # type: ignore[arg-type]
    for question in (it.guarding, lambda: it.release(1), lambda: it.tag("draft-1")):
        with pytest.raises(RateLimited):
            question()
