"""Real Git with the GitHub of the tests: who may fetch and push, and what a push does."""

from __future__ import annotations

import base64
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.double.client import rest
from tests.double.gitstore import Entry
from tests.double.server import Double
from tests.double.state import Pull, Repository

Clone = Callable[[str | None], Path]
BYPASS = {"actor_type": "Integration", "actor_id": 15368, "bypass_mode": "always"}


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one file."""
    github.world.user("ana")
    return github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})


@pytest.fixture
def pull(github: Double, home: Repository) -> Pull:
    """A pull request from a fork."""
    return github.world.open_pull(home, "ana", files={"report/1.md": "Two.\n"})


def git(where: Path, *args: str, ok: bool = True) -> str:
    """Run git as a person would; what it printed, or why it failed."""
    person = ("-c", "user.name=Ana", "-c", "user.email=", "-c", "credential.helper=")
    done = subprocess.run(["git", *person, *args], cwd=where, capture_output=True, check=False, text=True)
    assert (done.returncode == 0) is ok, done.stderr
    return done.stdout.strip() if ok else done.stderr


def address(github: Double, token: str | None, name: str = "acme/wtpf") -> str:
    """Where to clone from, with the token as password."""
    who = f"x-access-token:{token}@" if token else ""
    return github.url.replace("http://", f"http://{who}") + f"/{name}.git"


@pytest.fixture
def clone(github: Double, home: Repository, tmp_path: Path) -> Clone:
    """Clone the repository with a token."""

    def cloned(token: str | None) -> Path:
        git(tmp_path, "clone", "--quiet", address(github, token), "work")
        return tmp_path / "work"

    return cloned


def writer(github: Double, home: Repository) -> str:
    """The token of a job that may push."""
    return github.world.mint(permissions={"contents": "write"}, repository=home)


def test_anybody_fetches_the_head_of_a_pull_request(pull: Pull, clone: Clone) -> None:
    work = clone(None)
    git(work, "fetch", "--quiet", "origin", "refs/pull/1/head:proposed")
    assert git(work, "rev-parse", "proposed") == pull.head
    assert git(work, "show", "proposed:report/1.md") == "Two."


def test_a_private_repository_is_for_those_who_may_read(
    github: Double, home: Repository, tmp_path: Path
) -> None:
    home.private = True
    token = github.world.mint(permissions={"contents": "read"}, repository=home)
    git(tmp_path, "clone", "--quiet", address(github, None), "a", ok=False)
    git(tmp_path, "clone", "--quiet", address(github, "nonsense"), "b", ok=False)
    git(tmp_path, "clone", "--quiet", address(github, token), "c")


def test_a_push_arrives_with_everything_that_hangs_on_it(
    github: Double, home: Repository, clone: Clone
) -> None:
    work = clone(writer(github, home))
    git(work, "commit", "--quiet", "--allow-empty", "-m", "More")
    git(work, "tag", "draft-1")
    refs = ("HEAD:refs/heads/record", "HEAD:refs/contributions/1/head", "draft-1")
    git(work, "push", "--quiet", "origin", *refs)
    sha, bare = git(work, "rev-parse", "HEAD"), github.world.bare(home)
    assert {
        bare.tip(ref) for ref in ("refs/heads/record", "refs/contributions/1/head", "refs/tags/draft-1")
    } == {sha}
    pushed = [event.about["ref"] for event in github.world.events if event.name == "push"][-3:]
    assert pushed == ["refs/contributions/1/head", "refs/heads/record", "refs/tags/draft-1"]


@pytest.mark.parametrize("permissions", [{}, {"contents": "read"}, {"issues": "write"}])
def test_a_job_that_may_not_write_cannot_push(
    github: Double, home: Repository, clone: Clone, permissions: dict[str, str]
) -> None:
    work = clone(github.world.mint(permissions=permissions, repository=home))
    git(work, "commit", "--quiet", "--allow-empty", "-m", "More")
    said = git(work, "push", "origin", "HEAD:refs/heads/x", ok=False)
    assert "403" in said
    assert github.world.bare(home).tip("refs/heads/x") is None


def test_a_token_in_a_header_as_checkouts_of_workflows_have_it(
    github: Double, home: Repository, clone: Clone
) -> None:
    work = clone(None)
    secret = base64.b64encode(f"x-access-token:{writer(github, home)}".encode()).decode()
    header = f"http.{github.url}/.extraheader=AUTHORIZATION: basic {secret}"
    git(work, "-c", header, "push", "--quiet", "origin", "HEAD:refs/heads/x")
    assert github.world.bare(home).tip("refs/heads/x")


def test_nobody_pushes_to_the_refs_of_pull_requests(github: Double, home: Repository, clone: Clone) -> None:
    work = clone(writer(github, home))
    said = git(work, "push", "origin", "HEAD:refs/pull/9/head", ok=False)
    assert "deny updating a hidden ref" in said


@pytest.mark.parametrize(
    ("rules", "forced", "deleted", "allowed"),
    [
        (["update"], False, False, False),
        (["deletion"], False, False, True),
        (["deletion"], False, True, False),
        (["non_fast_forward"], False, False, True),
        (["non_fast_forward"], True, False, False),
        (["pull_request"], False, False, False),
        (["creation"], False, False, True),
    ],
)
def test_rules_hold_for_pushes(
    github: Double,
    home: Repository,
    clone: Clone,
    rules: list[str],
    forced: bool,
    deleted: bool,
    allowed: bool,
) -> None:
    world = github.world
    world.point(home, "refs/heads/record", world.bare(home).tip("refs/heads/main"))
    world.protect(home, "record", ["refs/heads/record"], [{"type": rule} for rule in rules])
    work = clone(writer(github, home))
    git(work, "commit", "--quiet", "--allow-empty", *(("--amend",) if forced else ()), "-m", "More")
    what = ":refs/heads/record" if deleted else "HEAD:refs/heads/record"
    git(work, "push", "--force", "origin", what, ok=allowed)


def test_who_passes_rules_by(github: Double, home: Repository, clone: Clone) -> None:
    world = github.world
    world.protect(home, "record", ["refs/heads/record"], [{"type": "creation"}], bypass=[dict(BYPASS)])
    world.grant(home, "ana", "write")
    own = world.mint("ana", kind="user")
    work = clone(writer(github, home))
    said = git(work, "push", address(github, own), "HEAD:refs/heads/record", ok=False)
    assert "GH013" in said
    git(work, "push", "--quiet", "origin", "HEAD:refs/heads/record")


def test_rules_hold_for_every_ref_of_a_push(github: Double, home: Repository, clone: Clone) -> None:
    world = github.world
    world.protect(home, "kept", ["refs/heads/kept/*"], [{"type": "creation"}])
    work = clone(writer(github, home))
    names = ("free", "kept/a", "other", "kept/b", "kept/deep/er")
    said = git(work, "push", "origin", *(f"HEAD:refs/heads/{name}" for name in names), ok=False)
    assert said.count("hook declined") >= 2
    refs = set(world.bare(home).refs())
    assert refs == {"refs/heads/main", "refs/heads/free", "refs/heads/other", "refs/heads/kept/deep/er"}


def test_an_app_passes_by_under_its_own_number(github: Double, home: Repository, clone: Clone) -> None:
    world = github.world
    writes = world.user("accord-writer[bot]", "Bot")
    bypass: list[dict[str, object]] = [{**BYPASS, "actor_id": writes.app}]
    world.protect(home, "record", ["refs/heads/record"], [{"type": "creation"}], bypass=bypass)
    app = world.mint("accord-writer[bot]", {"contents": "write"}, "app", home)
    work = clone(writer(github, home))
    git(work, "push", "origin", "HEAD:refs/heads/record", ok=False)
    git(work, "push", "--quiet", address(github, app), "HEAD:refs/heads/record")


def test_a_push_of_megabytes(github: Double, home: Repository, clone: Clone) -> None:
    work = clone(writer(github, home))
    (work / "large").write_bytes(random.Random(1).randbytes(2_500_000))
    git(work, "add", "large")
    git(work, "commit", "--quiet", "-m", "Large")
    git(work, "push", "--quiet", "origin", "HEAD:refs/heads/large")
    assert github.world.bare(home).git("cat-file", "-s", "large:large") == "2500000"


def test_a_push_to_the_fork_moves_the_pull_request(github: Double, pull: Pull, tmp_path: Path) -> None:
    before, own = pull.head, github.world.mint("ana", kind="user")
    assert pull.head_repository is not None
    there = address(github, own, pull.head_repository.full_name)
    git(tmp_path, "clone", "--quiet", "--branch", pull.head_ref, there, "fork")
    work = tmp_path / "fork"
    (work / "report/1.md").write_text("Three.\n")
    git(work, "commit", "--quiet", "--all", "--amend", "-m", "Again")
    git(work, "push", "--quiet", "--force", "origin", "HEAD")
    assert pull.head == git(work, "rev-parse", "HEAD") != before
    assert [(one.kind, one.before, one.after) for one in pull.timeline] == [
        ("HeadRefForcePushedEvent", before, pull.head)
    ]
    assert github.world.bare(pull.repository).tip("refs/pull/1/head") == pull.head
    assert github.world.events[-1].action == "synchronize"


def test_a_clone_under_an_old_name(github: Double, home: Repository, tmp_path: Path) -> None:
    github.world.rename_repository(home, "forum/opinions")
    git(tmp_path, "clone", "--quiet", address(github, None), "old")


def test_refs_by_rest(github: Double, home: Repository) -> None:
    world, refs = github.world, "/repos/acme/wtpf/git/refs"
    token = writer(github, home)
    first = world.bare(home).tip("refs/heads/main")
    second = world.push(home, "main", {"report/1.md": "Two.\n"})
    made = {"ref": "refs/heads/record", "sha": first}
    assert rest(github, "POST", refs, token, made).status == 201
    assert rest(github, "POST", refs, token, made).body["message"] == "Reference already exists"
    assert rest(github, "GET", "/repos/acme/wtpf/git/ref/heads/record", token).body["object"]["sha"] == first
    assert rest(github, "GET", "/repos/acme/wtpf/git/ref/heads/rec", token).status == 404
    assert rest(github, "PATCH", f"{refs}/heads/record", token, {"sha": second}).status == 200
    back = rest(github, "PATCH", f"{refs}/heads/record", token, {"sha": first})
    assert (back.status, back.body["message"]) == (422, "Update is not a fast forward")
    assert rest(github, "PATCH", f"{refs}/heads/record", token, {"sha": first, "force": True}).status == 200
    world.protect(home, "record", ["refs/heads/record"], [{"type": "deletion"}])
    assert rest(github, "DELETE", f"{refs}/heads/record", token).status == 422
    home.rulesets.clear()
    assert rest(github, "DELETE", f"{refs}/heads/record", token).status == 204


def test_annotated_tags_by_rest(github: Double, home: Repository) -> None:
    token = writer(github, home)
    tip = github.world.bare(home).tip("refs/heads/main")
    body = {"tag": "draft-1", "message": "The first", "object": tip, "type": "commit"}
    made = rest(github, "POST", "/repos/acme/wtpf/git/tags", token, body).body
    assert rest(github, "GET", f"/repos/acme/wtpf/git/tags/{made['sha']}", token).body == made
    assert (made["object"]["sha"], made["message"], made["tagger"]["date"]) == (
        tip,
        "The first",
        "2024-11-04T09:00:00Z",
    )


def test_what_nobody_should_send_can_be_sent(github: Double, home: Repository) -> None:
    files: dict[str, str | bytes | Entry | None] = {
        "link.md": Entry("120000", b"/etc/passwd"),
        "run.sh": Entry("100755", b"#!/bin/sh\n"),
        "sub": Entry("160000", b"1" * 40),
        'odd "name"\n.md': "x",
    }
    github.world.push(home, "main", files)
    listed = github.world.bare(home).git("ls-tree", "-r", "-z", "main").split("\0")
    assert {line.split()[0] for line in listed if line} == {"100644", "100755", "120000", "160000"}
    assert any(line.endswith('odd "name"\n.md') for line in listed)
