"""Settings as GitHub tells them: every answer here is one that its published description allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from accord.adapters.github.limits import Missing, Unanswered
from accord.adapters.github.settings_reader import GitHubSettings
from accord.application.forge.ports import RateLimited
from accord.domain.forge.setting_values import (
    WORKFLOWS,
    ActionsPolicy,
    Bypass,
    Environment,
    Rule,
    Ruleset,
    SelectedActions,
    Settings,
    TokenPolicy,
    Unread,
)
from accord.domain.forge.settings import Standing, examine
from tests.double.contract import contract
from tests.double.poison import Poison

NOW = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
REPOSITORY = "acme/drafts"
AT = f"/repos/{REPOSITORY}"
STAMP = "2024-11-04T08:47:00Z"
Answer = Any | Exception | None
POISON = Poison(contract().schemas)


def described(schema: str, **values: Any) -> dict[str, Any]:
    """An object of GitHub's with these values; all that is required besides is poison."""
    return POISON.shape(schema, **values)


def workflow(file: str, state: str = "active") -> dict[str, Any]:
    return described("workflow", path=f".github/workflows/{file}", state=state)


def run(created: str) -> dict[str, Any]:
    return described("workflow-run", created_at=created, event="schedule")


def ruleset(
    number: int, name: str, target: str, include: list[str], kinds: list[Any], **more: Any
) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "target": target,
        "source_type": "Repository",
        "source": REPOSITORY,
        "enforcement": "active",
        "conditions": {"ref_name": {"include": include, "exclude": []}},
        "rules": [{"type": one} if isinstance(one, str) else one for one in kinds],
        **more,
    }


GATE = {
    "type": "required_status_checks",
    "parameters": {
        "strict_required_status_checks_policy": False,
        "required_status_checks": [{"context": "accord/contribution", "integration_id": 15368}],
    },
}
PULL_REQUEST = {
    "type": "pull_request",
    "parameters": {
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": False,
        "require_last_push_approval": False,
        "required_approving_review_count": 0,
        "required_review_thread_resolution": False,
    },
}
RULESETS = [
    ruleset(
        1,
        "kept",
        "branch",
        ["refs/heads/main", "refs/heads/record"],
        ["deletion", "non_fast_forward"],
        bypass_actors=[],
    ),
    ruleset(2, "main", "branch", ["~DEFAULT_BRANCH"], [PULL_REQUEST, GATE], bypass_actors=[]),
    ruleset(
        3,
        "writer",
        "branch",
        ["refs/heads/record"],
        ["creation", {"type": "update", "parameters": {"update_allows_fetch_and_merge": False}}],
        bypass_actors=[{"actor_id": 77, "actor_type": "Integration", "bypass_mode": "always"}],
    ),
    ruleset(
        4, "tags", "tag", ["refs/tags/draft-*", "refs/tags/final*"], ["update", "deletion"], bypass_actors=[]
    ),
]
SECRETS = {
    "total_count": 1,
    "secrets": [{"name": "ACCORD_APP_PRIVATE_KEY", "created_at": STAMP, "updated_at": STAMP}],
}


def environment(name: str, rules: list[Any]) -> dict[str, Any]:
    return described(
        "environment",
        name=name,
        protection_rules=rules,
        deployment_branch_policy={"protected_branches": False, "custom_branch_policies": True},
    )


def policies(*names: str) -> dict[str, Any]:
    return {
        "total_count": len(names),
        "branch_policies": [
            {"id": number, "node_id": "x", "name": name, "type": "branch"}
            for number, name in enumerate(names)
        ],
    }


def reviewers() -> dict[str, Any]:
    person = {"type": "User", "reviewer": described("simple-user", login="sam", id=4)}
    return {"id": 1, "node_id": "x", "type": "required_reviewers", "reviewers": [person]}


ABOUT = described("full-repository", full_name=REPOSITORY, default_branch="main", fork=False, has_pages=True)


def good() -> dict[str, Answer]:
    """What GitHub answers for a repository set up as it should be, to an administrator."""
    return {
        "": ABOUT,
        "/actions/permissions": {
            "enabled": True,
            "allowed_actions": "selected",
            "sha_pinning_required": True,
        },
        "/actions/permissions/selected-actions": {
            "github_owned_allowed": True,
            "verified_allowed": False,
            "patterns_allowed": [],
        },
        "/actions/permissions/workflow": {
            "default_workflow_permissions": "read",
            "can_approve_pull_request_reviews": False,
        },
        "/actions/permissions/fork-pr-contributor-approval": {"approval_policy": "all_external_contributors"},
        "/actions/variables": {"total_count": 0, "variables": []},
        "/actions/variables/ACCORD_REPOSITORY": None,
        "/actions/variables/ACCORD_APP_CLIENT_ID": {
            "name": "ACCORD_APP_CLIENT_ID",
            "value": "Iv23example",
            "created_at": STAMP,
            "updated_at": STAMP,
        },
        "/actions/workflows": {
            "total_count": len(WORKFLOWS) + 1,
            "workflows": [*map(workflow, WORKFLOWS), workflow("old.yml", "deleted")],
        },
        "/actions/workflows/reconcile.yml/runs": {"total_count": 9, "workflow_runs": [run(STAMP)]},
        "/actions/runs": {"total_count": 0, "workflow_runs": []},
        "/rulesets": [{key: one[key] for key in ("id", "name", "source", "enforcement")} for one in RULESETS],
        **{f"/rulesets/{one['id']}": one for one in RULESETS},
        "/actions/secrets": {"total_count": 0, "secrets": []},
        "/environments/record/secrets": SECRETS,
        "/environments/release/secrets": SECRETS,
        "/environments/record/variables/ACCORD_APP_CLIENT_ID": None,
        "/environments/release/variables/ACCORD_APP_CLIENT_ID": None,
        "/environments/github-pages": environment("github-pages", []),
        "/environments/github-pages/deployment-branch-policies": policies("main"),
        "/environments/record": environment("record", []),
        "/environments/release": environment("release", [reviewers()]),
        "/environments/record/deployment-branch-policies": policies("main"),
        "/environments/release/deployment-branch-policies": policies("main"),
        "/immutable-releases": {"enabled": True, "enforced_by_owner": False},
        "/pages": described("page", build_type="workflow"),
        "/private-vulnerability-reporting": {"enabled": True},
    }


class Recorded:
    """Answers as given (None: not found), after GitHub's description has judged the request and the answer."""

    repository = REPOSITORY

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def get(self, path: str, **query: str | int | bool) -> Any:
        where = path if path.startswith("/") else f"{AT}/{path}"
        found = contract().match("GET", where)
        assert found is not None, path
        sent = {name: str(value) for name, value in query.items()}
        assert contract().problems_of_request(found[0], None, sent) == []
        self.asked.append(where.removeprefix(AT))
        answer = self.answers[where.removeprefix(AT)]
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            raise Missing("forge-missing", "GitHub has nothing there.", "Check the name.", status=404)
        assert contract().problems_of_response(found[0], 200, answer) == []
        return answer

    def get_list(self, path: str, **query: str | int | bool) -> list[Any]:
        answer = self.get(path, per_page=100, **query)
        if isinstance(answer, dict):
            (answer,) = (value for value in answer.values() if isinstance(value, list))
        assert isinstance(answer, list)
        return answer


def read(changes: dict[str, Answer]) -> Settings:
    """The settings read from good answers with these changes."""
    return GitHubSettings(Recorded({**good(), **changes})).read(NOW, ("draft-1", "final"), ())


def test_everything_is_read() -> None:
    """Each setting as the value that the checks look at."""
    assert read({}) == Settings(
        repository=REPOSITORY,
        moment=NOW,
        default_branch="main",
        fork=False,
        actions=ActionsPolicy(enabled=True, allowed="selected", pinned=True),
        selected=SelectedActions(github_owned=True, verified=False),
        token=TokenPolicy(writes=False, may_approve=False),
        fork_approval="all_external_contributors",
        copy_named=None,
        workflows=dict.fromkeys(WORKFLOWS, "active"),
        scheduled=datetime(2024, 11, 4, 8, 47, tzinfo=UTC),
        held=0,
        rulesets=(
            Ruleset(
                name="kept",
                target="branch",
                enforced=True,
                include=("refs/heads/main", "refs/heads/record"),
                rules=(Rule(kind="deletion"), Rule(kind="non_fast_forward")),
            ),
            Ruleset(
                name="main",
                target="branch",
                enforced=True,
                include=("~DEFAULT_BRANCH",),
                rules=(
                    Rule(kind="pull_request"),
                    Rule(kind="required_status_checks", required=(("accord/contribution", 15368),)),
                ),
            ),
            Ruleset(
                name="writer",
                target="branch",
                enforced=True,
                include=("refs/heads/record",),
                rules=(Rule(kind="creation"), Rule(kind="update")),
                bypass=(Bypass(kind="Integration", id=77),),
            ),
            Ruleset(
                name="tags",
                target="tag",
                enforced=True,
                include=("refs/tags/draft-*", "refs/tags/final*"),
                rules=(Rule(kind="update"), Rule(kind="deletion")),
            ),
        ),
        app="Iv23example",
        secrets=frozenset(),
        environment_secrets=dict.fromkeys(("record", "release"), frozenset({"ACCORD_APP_PRIVATE_KEY"})),
        environments={
            "record": Environment(branches=("main",)),
            "release": Environment(reviewers=1, branches=("main",)),
            "github-pages": Environment(branches=("main",)),
        },
        immutable_releases=True,
        pages="workflow",
        private_reports=True,
        drafts=("draft-1", "final"),
    )


def test_nothing_is_wrong_with_what_was_read() -> None:
    """The way from GitHub's answers to the checks is whole."""
    standings = {one.standing for one in examine(read({}))}
    assert standings == {Standing.PASSED, Standing.TOLD}


def unanswered(status: int | None) -> Unanswered:
    return Unanswered("forge-rights", "The token may not do this.", "Give it the right.", status=status)


def in_environments(value: str) -> dict[str, Answer]:
    """The App named in both environments."""
    named = {"name": "ACCORD_APP_CLIENT_ID", "value": value, "created_at": STAMP, "updated_at": STAMP}
    return {f"/environments/{one}/variables/ACCORD_APP_CLIENT_ID": named for one in ("record", "release")}


REFUSED = unanswered(403)
UNREADABLE = [path for path in good() if path and not path.startswith("/rulesets/")]


@pytest.mark.parametrize("answer", [REFUSED, None], ids=["refused", "not found"])
@pytest.mark.parametrize("path", UNREADABLE)
def test_what_may_not_be_read_never_passes(path: str, answer: Answer) -> None:
    """Whatever is refused, or hidden as if it were not there: what depends on it is no longer passed."""
    before = {one.key: one.standing for one in examine(read({}))}
    after = {one.key: one.standing for one in examine(read({path: answer}))}
    changed = {key for key in after if after[key] is not before[key]}
    if path in ("/actions/variables/ACCORD_REPOSITORY", "/actions/permissions/selected-actions") or (
        "/variables/ACCORD_APP" in path and "environments" in path
    ):
        assert changed <= {"actions-selected"}
        return
    assert changed, path
    assert not any(after[key] is Standing.PASSED for key in changed)


@pytest.mark.parametrize(
    ("changes", "look", "value"),
    [
        ({"/immutable-releases": None}, lambda it: it.immutable_releases, False),
        (
            {"/immutable-releases": None, "/actions/permissions": REFUSED},
            lambda it: type(it.immutable_releases),
            Unread,
        ),
        ({"/environments/record": None}, lambda it: it.environments["record"], None),
        (
            {"/actions/variables/ACCORD_APP_CLIENT_ID": None, **in_environments("Iv1")},
            lambda it: it.app,
            "Iv1",
        ),
        (
            {
                "/actions/variables/ACCORD_APP_CLIENT_ID": None,
                **in_environments("Iv1"),
                "/environments/release/variables/ACCORD_APP_CLIENT_ID": None,
            },
            lambda it: it.app,
            None,
        ),
        (
            {
                "/actions/variables/ACCORD_APP_CLIENT_ID": None,
                **in_environments("Iv1"),
                "/environments/release/variables/ACCORD_APP_CLIENT_ID": REFUSED,
            },
            lambda it: type(it.app),
            Unread,
        ),
        (
            {
                "/environments/record": described(
                    "environment", protection_rules=[], deployment_branch_policy=None
                )
            },
            lambda it: it.environments["record"],
            Environment(),
        ),
        (
            {
                "/environments/record": described(
                    "environment",
                    protection_rules=[{"id": 1, "node_id": "x", "type": "wait_timer", "wait_timer": 30}],
                    deployment_branch_policy={"protected_branches": True, "custom_branch_policies": False},
                )
            },
            lambda it: it.environments["record"],
            Environment(wait_minutes=30, branches=("all protected branches",)),
        ),
        (
            {"/environments/record/deployment-branch-policies": policies("release/*", "main")},
            lambda it: it.environments["record"].branches,
            ("main", "release/*"),
        ),
        (
            {"/actions/workflows/reconcile.yml/runs": {"total_count": 0, "workflow_runs": []}},
            lambda it: it.scheduled,
            None,
        ),
        ({"/actions/workflows/reconcile.yml/runs": None}, lambda it: it.scheduled, None),
        (
            {"/actions/permissions": {"enabled": False}},
            lambda it: (it.actions.enabled, it.selected),
            (False, None),
        ),
        (
            {"/rulesets/3": {key: value for key, value in RULESETS[2].items() if key != "bypass_actors"}},
            lambda it: it.rulesets[2].bypass,
            None,
        ),
        (
            {"/rulesets/3": {**RULESETS[2], "enforcement": "disabled"}},
            lambda it: it.rulesets[2].enforced,
            False,
        ),
        ({"/rulesets/3": None}, lambda it: len(it.rulesets), 3),
        ({"/rulesets/3": REFUSED}, lambda it: type(it.rulesets), Unread),
        ({"/pages": described("page", build_type=None)}, lambda it: it.pages, "legacy"),
        (
            {"": {**ABOUT, "has_pages": False}, "/pages": AssertionError("not asked")},
            lambda it: it.pages,
            None,
        ),
    ],
)
def test_what_an_answer_means(changes: dict[str, Answer], look: Callable[[Any], Any], value: Any) -> None:
    """Edges of single answers."""
    assert look(read(changes)) == value


@pytest.mark.parametrize("path", ["", "/actions/permissions", "/rulesets", "/rulesets/1"])
def test_a_used_up_budget_stops_it(path: str) -> None:
    """It is never taken for a missing right: the answer would be wrong."""
    with pytest.raises(RateLimited):
        read({path: RateLimited("The budget is used up.")})


@pytest.mark.parametrize("status", [None, 401, 500, 502])
@pytest.mark.parametrize("path", ["", "/actions/permissions", "/rulesets", "/pages"])
def test_trouble_is_no_missing_right(path: str, status: int | None) -> None:
    """Whoever is not answered learns that, and not that something is wrong with the settings."""
    with pytest.raises(Unanswered):
        read({path: unanswered(status)})


def test_a_repository_that_is_not_there_is_refused() -> None:
    """As refused from outside."""
    with pytest.raises(Missing):
        read({"": None})


def test_it_takes_few_requests() -> None:
    """A doctor's visit leaves the budget of the hour alone."""
    client = Recorded(good())
    GitHubSettings(client).read(NOW, (), ())
    assert len(client.asked) <= 30
