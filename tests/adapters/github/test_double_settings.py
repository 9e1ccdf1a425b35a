"""Releases, rules, environments and workflows of the GitHub of the tests."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.double.client import Came, rest
from tests.double.server import Double
from tests.double.state import Repository

WTPF = "/repos/acme/wtpf"


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one file."""
    github.world.user("ana")
    return github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})


@pytest.fixture
def job(github: Double, home: Repository) -> str:
    """The token of a job that releases."""
    return github.world.mint(permissions={"contents": "write", "actions": "write"}, repository=home)


@pytest.fixture
def admin(github: Double, home: Repository) -> str:
    """The token of somebody who may change settings."""
    return github.world.mint("acme", kind="user")


def release(github: Double, token: str, **more: Any) -> Came:
    """Make a release."""
    return rest(github, "POST", f"{WTPF}/releases", token, {"tag_name": "draft-1", "draft": True, **more})


def upload(github: Double, token: str, made: Any, name: str, data: bytes = b"text") -> Came:
    """Upload a file to where the release says."""
    where = made["upload_url"].partition("{")[0] + f"?name={name}"
    return rest(github, "POST", where, token, data, Content_Type="text/plain")


def messages(came: Came) -> list[Any]:
    """What a refusal says."""
    return [one.get("message") or one["code"] for one in came.body["errors"]]


def test_a_draft_has_no_tag_until_it_is_published(github: Double, home: Repository, job: str) -> None:
    made = release(github, job).body
    bare = github.world.bare(home)
    assert rest(github, "GET", f"{WTPF}/releases/tags/draft-1", job).status == 404
    assert bare.tip("refs/tags/draft-1") is None
    assert upload(github, job, made, "report.html").status == 201
    published = rest(github, "PATCH", f"{WTPF}/releases/{made['id']}", job, {"draft": False}).body
    assert (published["draft"], published["immutable"]) == (False, False)
    assert bare.tip("refs/tags/draft-1") == bare.tip("refs/heads/main")
    assert rest(github, "GET", f"{WTPF}/releases/tags/draft-1", job).body["id"] == made["id"]
    assert rest(github, "GET", f"{WTPF}/releases/latest", job).body["id"] == made["id"]


def test_drafts_are_only_for_those_who_may_write(github: Double, job: str) -> None:
    release(github, job)
    reader = github.world.mint(permissions={"contents": "read"})
    assert len(rest(github, "GET", f"{WTPF}/releases", job).body) == 1
    assert rest(github, "GET", f"{WTPF}/releases", reader).body == []


def test_a_draft_can_be_there_twice_a_release_cannot(github: Double, job: str) -> None:
    assert [release(github, job).status for _ in range(2)] == [201, 201]
    assert release(github, job, draft=False).status == 201
    assert messages(release(github, job, draft=False)) == ["already_exists"]
    first = rest(github, "GET", f"{WTPF}/releases", job).body[-1]
    again = rest(github, "PATCH", f"{WTPF}/releases/{first['id']}", job, {"draft": False})
    assert messages(again) == ["already_exists"]


def test_files_of_a_release(github: Double, job: str) -> None:
    made = release(github, job).body
    file = upload(github, job, made, "report.html", b"text").body
    assert file["digest"] == f"sha256:{hashlib.sha256(b'text').hexdigest()}"
    assert messages(upload(github, job, made, "report.html")) == ["already_exists"]
    assert [one["name"] for one in rest(github, "GET", f"{WTPF}/releases/{made['id']}/assets", job).body] == [
        "report.html"
    ]
    assert rest(github, "DELETE", f"{WTPF}/releases/assets/{file['id']}", job).status == 204
    assert rest(github, "GET", f"{WTPF}/releases/assets/{file['id']}", job).status == 404


def test_what_is_published_as_immutable_stays(github: Double, home: Repository, job: str, admin: str) -> None:
    assert rest(github, "GET", f"{WTPF}/immutable-releases", admin).status == 404
    assert rest(github, "PUT", f"{WTPF}/immutable-releases", admin).status == 204
    assert rest(github, "GET", f"{WTPF}/immutable-releases", admin).body["enabled"] is True
    made = release(github, job).body
    file = upload(github, job, made, "report.html").body
    path = f"{WTPF}/releases/{made['id']}"
    assert rest(github, "PATCH", path, job, {"draft": False}).body["immutable"] is True
    refused = upload(github, job, made, "more.html")
    assert (refused.status, refused.body["message"]) == (422, "Cannot upload assets to an immutable release.")
    assert rest(github, "DELETE", f"{WTPF}/releases/assets/{file['id']}", job).status == 422
    assert rest(github, "PATCH", path, job, {"tag_name": "other"}).status == 422
    assert rest(github, "PATCH", path, job, {"name": "The first draft"}).status == 200
    assert rest(github, "DELETE", f"{WTPF}/git/refs/tags/draft-1", job).status == 422
    assert rest(github, "DELETE", path, job).status == 204
    assert messages(release(github, job)) == ["tag_name was used by an immutable release"]


def test_a_burned_tag(github: Double, home: Repository, job: str) -> None:
    made = release(github, job).body
    github.world.burn_tag(home, "draft-1")
    published = rest(github, "PATCH", f"{WTPF}/releases/{made['id']}", job, {"draft": False})
    assert (published.status, messages(published)) == (422, ["tag_name was used by an immutable release"])
    assert github.world.bare(home).tip("refs/tags/draft-1") is None


def test_rules_as_settings_show_them(github: Double, home: Repository, job: str, admin: str) -> None:
    checks = [{"context": "accord/contribution"}]
    asked = {"required_status_checks": checks, "strict_required_status_checks_policy": False}
    gate: dict[str, object] = {"type": "required_status_checks", "parameters": asked}
    bypass: list[dict[str, object]] = [
        {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}
    ]
    made = github.world.protect(
        home, "main", ["~DEFAULT_BRANCH"], [{"type": "deletion"}, gate], bypass=bypass
    )
    (short,) = rest(github, "GET", f"{WTPF}/rulesets", job).body
    assert (short["name"], "rules" in short) == ("main", False)
    whole = rest(github, "GET", f"{WTPF}/rulesets/{made.id}", admin).body
    assert (whole["rules"], whole["bypass_actors"], whole["current_user_can_bypass"]) == (
        made.rules,
        bypass,
        "always",
    )
    hidden = rest(github, "GET", f"{WTPF}/rulesets/{made.id}", job).body
    assert ("bypass_actors" in hidden, hidden["current_user_can_bypass"]) == (False, "never")
    rules = rest(github, "GET", f"{WTPF}/rules/branches/main", job).body
    assert [(one["type"], one["ruleset_id"]) for one in rules] == [
        ("deletion", made.id),
        ("required_status_checks", made.id),
    ]
    assert rest(github, "GET", f"{WTPF}/rules/branches/other", job).body == []


def test_settings_of_workflows(github: Double, home: Repository, admin: str) -> None:
    at = f"{WTPF}/actions/permissions"
    assert rest(github, "GET", at, admin).body["allowed_actions"] == "all"
    assert rest(github, "GET", f"{at}/selected-actions", admin).status == 409
    home.actions.allowed, home.actions.patterns = "selected", ["actions/checkout@*"]
    assert rest(github, "GET", f"{at}/selected-actions", admin).body["patterns_allowed"] == [
        "actions/checkout@*"
    ]
    assert rest(github, "GET", f"{at}/workflow", admin).body["default_workflow_permissions"] == "read"
    policy = rest(github, "GET", f"{at}/fork-pr-contributor-approval", admin).body
    assert policy == {"approval_policy": "first_time_contributors"}


def test_environments(github: Double, home: Repository, job: str) -> None:
    made = github.world.environment(home, "release", reviewers=("ana",))
    made.protected_branches, made.branch_patterns = False, ["main"]
    found = rest(github, "GET", f"{WTPF}/environments/release", job).body
    assert [one["type"] for one in found["protection_rules"]] == ["required_reviewers", "branch_policy"]
    assert rest(github, "GET", f"{WTPF}/environments", job).body["total_count"] == 1
    policies = rest(github, "GET", f"{WTPF}/environments/release/deployment-branch-policies", job).body
    assert [one["name"] for one in policies["branch_policies"]] == ["main"]
    assert rest(github, "GET", f"{WTPF}/environments/nothing", job).status == 404


def test_workflows_and_their_runs(github: Double, home: Repository, job: str) -> None:
    world = github.world
    made = world.workflow(home, ".github/workflows/reconcile.yml", "reconcile")
    pull = world.open_pull(home, "ana", files={"report/1.md": "Two.\n"})
    world.run(home, made, pull=pull, conclusion="action_required")
    world.run(home, made, event="schedule")
    at = f"{WTPF}/actions/workflows/reconcile.yml"
    held = rest(github, "GET", f"{WTPF}/actions/runs?status=action_required", job).body
    (run,) = held["workflow_runs"]
    assert (run["head_sha"], run["pull_requests"], run["event"]) == (pull.head, [], "pull_request")
    assert rest(github, "GET", f"{at}/runs?event=schedule", job).body["total_count"] == 1
    assert rest(github, "PUT", f"{at}/disable", job).status == 204
    assert rest(github, "GET", at, job).body["state"] == "disabled_manually"
    assert rest(github, "POST", f"{at}/dispatches", job, {"ref": "main"}).status == 403
    assert rest(github, "PUT", f"{at}/enable", job).status == 204
    assert rest(github, "POST", f"{at}/dispatches", job, {"ref": "main", "inputs": {"pr": "1"}}).status == 204
    event = world.events[-1]
    assert (event.name, event.fires, event.about["inputs"]) == ("workflow_dispatch", True, {"pr": "1"})
    assert rest(github, "POST", f"{at}/dispatches", job, {"ref": "nothing"}).status == 422


@pytest.mark.parametrize(
    ("role", "permission"),
    [("write", "write"), ("triage", "read"), ("maintain", "write"), ("admin", "admin")],
)
def test_what_somebody_may(github: Double, home: Repository, job: str, role: str, permission: str) -> None:
    github.world.grant(home, "ana", role)
    found = rest(github, "GET", f"{WTPF}/collaborators/ana/permission", job).body
    assert (found["permission"], found["role_name"], found["user"]["login"]) == (permission, role, "ana")


def test_pages_and_files(github: Double, home: Repository) -> None:
    reader = github.world.mint(permissions={"pages": "read", "contents": "read"})
    assert rest(github, "GET", f"{WTPF}/pages", reader).status == 404
    home.pages = {"html_url": "https://acme.example/wtpf"}
    assert rest(github, "GET", f"{WTPF}/pages", reader).body["html_url"] == "https://acme.example/wtpf"
    assert rest(github, "GET", f"{WTPF}/contents/report/1.md", reader).body["content"] == "T25lLgo=\n"
    assert rest(github, "GET", f"{WTPF}/contents/nothing.md", reader).status == 404
