"""`accord doctor` as a program's user meets it: against a GitHub on loopback that is held to what GitHub publishes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from accord.adapters.yaml import parse_yaml
from accord.application.starting import DESCRIPTION, FORM
from accord.domain.forge.own_files import FOLDER
from tests.acceptance.world import EXPERTS, ROOT, Round, Told, accord, bare_round, begin
from tests.double.clock import stamp
from tests.double.server import Double
from tests.double.state import Environment, Repository

NAME = "acme/drafts"
WORKFLOWS = {f"{FOLDER}{path.name}": path.read_text("utf-8") for path in (ROOT / FOLDER).glob("*.yml")}
FORMS = {name: (ROOT / name).read_text("utf-8") for name in (FORM, DESCRIPTION)}
NOW = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
GATE = {"context": "accord/contribution", "integration_id": 15368}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workflow's settings of the machine that tests."""
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)


def a_copy(folder: Path) -> Round:
    """A copy with workflows, fetched from GitHub, and people who may act."""
    round_ = bare_round(folder)
    round_.repo.commit({**WORKFLOWS, **FORMS, "process/experts.yaml": EXPERTS}, "Workflows")
    round_.repo.git("remote", "add", "origin", f"https://github.com/{NAME}.git")
    return round_


def as_made(github: Double) -> Repository:
    """A repository as GitHub makes it, with the workflows on its main branch."""
    world = github.world
    world.clock.set(NOW)
    repository = world.repository(NAME, WORKFLOWS, organization=True)
    for path in WORKFLOWS:
        world.workflow(repository, path)
    return repository


def set_up(github: Double) -> Repository:
    """The same, set up as docs/setting-up.md says."""
    world, repository = github.world, as_made(github)
    actions = repository.actions
    actions.allowed, actions.sha_pinning, actions.verified = "selected", True, False
    actions.fork_approval = "all_external_contributors"
    both = ["refs/heads/main", "refs/heads/record"]
    world.protect(repository, "kept", both, [{"type": "deletion"}, {"type": "non_fast_forward"}])
    world.protect(
        repository,
        "main",
        ["refs/heads/main"],
        [
            {
                "type": "pull_request",
                "parameters": {
                    "dismiss_stale_reviews_on_push": False,
                    "require_code_owner_review": False,
                    "require_last_push_approval": False,
                    "required_approving_review_count": 0,
                    "required_review_thread_resolution": False,
                },
            },
            {
                "type": "required_status_checks",
                "parameters": {
                    "required_status_checks": [GATE],
                    "strict_required_status_checks_policy": False,
                },
            },
        ],
    )
    world.protect(
        repository,
        "writer",
        ["refs/heads/record"],
        [{"type": "creation"}, {"type": "update"}],
        bypass=[{"actor_id": 77, "actor_type": "Integration", "bypass_mode": "always"}],
    )
    world.protect(
        repository,
        "drafts",
        ["refs/tags/draft-*", "refs/tags/final", "refs/tags/final-*"],
        [{"type": "update"}, {"type": "deletion"}],
        target="tag",
    )
    world.user("sam")
    for name, reviewers in (("record", ()), ("release", ("sam",)), ("github-pages", ())):
        one: Environment = world.environment(repository, name, reviewers)
        one.protected_branches, one.branch_patterns = False, ["main"]
        one.secrets = {"ACCORD_APP_PRIVATE_KEY"}
    repository.variables["ACCORD_APP_CLIENT_ID"] = "Iv23example"
    repository.immutable_releases = repository.private_reports = True
    repository.pages = {"build_type": "workflow"}
    (reconcile,) = (one for one in repository.workflows if one.path.endswith("/reconcile.yml"))
    world.run(repository, reconcile, event="schedule")
    return repository


def doctor(
    github: Double, round_: Round, token: str, monkeypatch: pytest.MonkeyPatch, *more: str, code: int
) -> Told:
    """What the doctor says, as JSON, at a moment some minutes after the world's."""
    monkeypatch.setenv("GITHUB_TOKEN", token)
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    now = stamp(github.world.clock.now() + timedelta(minutes=10))
    told = accord("doctor", "--repo", str(round_.path), "--now", now, "--format", "json", *more)
    assert told.code == code, told.out + told.err
    return told


def standings(told: Told) -> dict[str, list[str]]:
    """The keys of the checks by how they stand."""
    found: dict[str, list[str]] = {}
    for one in told.data["checks"]:
        found.setdefault(one["standing"], []).append(one["key"])
    return found


def an_owner(github: Double) -> str:
    """The token of an administrator."""
    repository = github.world.find_repository(NAME)
    assert repository is not None
    github.world.user("olga")
    github.world.grant(repository, "olga", "admin")
    return github.world.mint("olga", kind="user", repository=repository)


def test_a_repository_that_is_set_up_passes(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 0; only what no program can decide is told."""
    set_up(github)
    told = doctor(github, a_copy(tmp_path / "r"), an_owner(github), monkeypatch, code=0)
    found = standings(told)
    assert set(found) == {"passed", "told"}
    assert found["told"] == ["event-policy", "contribution-refs"]
    assert told.data["repository"] == NAME
    assert told.data["version"] == 1


def test_a_repository_as_github_makes_it_lists_what_is_missing(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that has to be changed, each with the menu and the command; exit code 1."""
    as_made(github)
    round_ = a_copy(tmp_path / "r")
    token = an_owner(github)
    told = doctor(github, round_, token, monkeypatch, code=1)
    assert set(standings(told)["missing"]) == {
        "actions-pinned", "actions-selected", "fork-runs-approved", "schedule-alive", "main-kept",
        "main-by-pull-request", "main-status", "main-status-source", "record-kept", "record-writer", "drafts-kept",
        "record-key", "record-environment", "release-approved", "releases-immutable", "pages-source",
    }  # fmt: skip
    assert "unknown" not in standings(told)

    text = accord("doctor", "--repo", str(round_.path), "--now", stamp(NOW))
    assert text.code == 1
    assert text.out.startswith(f"{NAME}: 16 to change. docs/setting-up.md")
    assert "Record unguarded" in text.out
    assert "In the browser: Settings → Rules → Rulesets" in text.out
    assert f"As a command: gh api -X PUT repos/{NAME}/immutable-releases" in text.out
    assert text.out.count('"name": "Nothing is rewritten"') == 1, "a ruleset is made once"
    assert "As a command: the one given for main-kept does it" in text.out
    assert text.out.index("To change:") < text.out.index("To know:") < text.out.index("In order:")


def test_the_token_of_a_workflow_knows_little_and_says_so(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it may not read is unknown and never passed, though everything is right; the lacking right is named."""
    repository = set_up(github)
    token = github.world.mint(permissions={"contents": "read"}, repository=repository)
    told = doctor(github, a_copy(tmp_path / "r"), token, monkeypatch, code=1)
    unknown = {one["key"]: one for one in told.data["checks"] if one["standing"] == "unknown"}
    assert {
        "actions-pinned", "actions-selected", "token-reads-only", "fork-runs-approved", "workflows-active",
        "schedule-alive", "record-key", "record-environment", "release-approved", "releases-immutable", "pages-source",
    } <= set(unknown)  # fmt: skip
    assert unknown["releases-immutable"]["right"] == "Administration (read)"
    assert "403" in unknown["actions-pinned"]["found"]
    assert "missing" not in standings(told)


def test_the_copy_itself_is_looked_at(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow that was changed, nobody to act, a record that is a rehearsal."""
    set_up(github)
    round_ = a_copy(tmp_path / "r")
    changed = WORKFLOWS[f"{FOLDER}doorbell.yml"].replace('run: "true"', "run: make")
    nobody = "version: 1\nentities: []\nexperts: []\nchairs: []\nsecretariat: []\n"
    round_.repo.commit({f"{FOLDER}doorbell.yml": changed, "process/experts.yaml": nobody}, "Worse")
    begin(round_, "2024-08-05T08:00:00Z")
    told = doctor(github, round_, an_owner(github), monkeypatch, code=1)
    assert standings(told)["missing"] == ["workflow-files", "record-born", "people-named"]

    forum = (round_.path / "process/forum.yaml").read_text("utf-8")
    other = forum.replace("label: Academia", "label: Universities")
    round_.repo.commit({"process/forum.yaml": other}, "Another label")
    told = doctor(github, round_, an_owner(github), monkeypatch, code=1)
    assert "issue-form" in standings(told)["missing"]

    round_.repo.commit({"process/forum.yaml": "version: 1\n"}, "Broken")
    told = doctor(github, round_, an_owner(github), monkeypatch, code=1)
    assert "process-files" in standings(told)["missing"]


def test_a_switched_off_schedule_is_found(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 60 days without a change GitHub switches the schedule off."""
    repository = set_up(github)
    (reconcile,) = (one for one in repository.workflows if one.path.endswith("/reconcile.yml"))
    reconcile.state = "disabled_inactivity"
    github.world.clock.advance(days=61)
    told = doctor(github, a_copy(tmp_path / "r"), an_owner(github), monkeypatch, code=1)
    assert standings(told)["missing"] == ["workflows-active", "schedule-alive"]
    (found,) = (one for one in told.data["checks"] if one["key"] == "workflows-active")
    assert found["calls"] == [f"gh api -X PUT repos/{NAME}/actions/workflows/reconcile.yml/enable"]


def test_trouble_at_github_is_no_finding(
    github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No such repository, a token that is none, or nobody there: exit code 4, and nothing is said of the settings."""
    set_up(github)
    round_ = a_copy(tmp_path / "r")
    told = doctor(github, round_, an_owner(github), monkeypatch, "--repository", "acme/other", code=4)
    assert told.rules == ["forge-missing"]
    told = doctor(github, round_, "ghp_wrong", monkeypatch, code=4)
    assert told.rules == ["forge-token"]
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    told = accord("doctor", "--repo", str(round_.path), "--format", "json")
    assert (told.code, told.rules) == (4, ["forge-silent"])


def test_what_has_to_be_known_before_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which repository, and a token; each is asked for in words."""
    round_ = bare_round(tmp_path / "r")
    told = accord("doctor", "--repo", str(round_.path), "--format", "json")
    assert (told.code, told.rules) == (2, ["forge-repository"])
    told = accord("doctor", "--repo", str(round_.path), "--repository", NAME, "--format", "json")
    assert (told.code, told.rules) == (2, ["forge-token"])


def test_all_workflow_files_can_be_read() -> None:
    """By the strict reader, as the doctor does."""
    assert len(WORKFLOWS) == 7
    assert not [path for path, text in WORKFLOWS.items() if parse_yaml(text, path).findings]
