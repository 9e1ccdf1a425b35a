"""Every setting on GitHub: what passes, what is missing, what nobody can tell, and the exact way to change it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from accord.domain.forge import ref_checks
from accord.domain.forge.setting_values import (
    APP_SECRET,
    GATE,
    MAIN,
    RECORD,
    WORKFLOWS,
    ActionsPolicy,
    Bypass,
    Environment,
    Rule,
    Ruleset,
    SelectedActions,
    TokenPolicy,
)
from accord.domain.forge.settings import Check, Settings, Standing, Unread, examine
from tests.double.contract import contract

NOW = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
DENIED = Unread(right="Administration (read)", why="Resource not accessible")
APP = Bypass(kind="Integration", id=77)
ADMIN = Bypass(kind="RepositoryRole", id=5)
GATE_RULE = Rule(kind="required_status_checks", required=((GATE, 15368),))


def rules(*kinds: str) -> tuple[Rule, ...]:
    return tuple(Rule(kind=one) for one in kinds)


KEPT = Ruleset(
    name="kept",
    target="branch",
    enforced=True,
    include=(MAIN, RECORD),
    rules=rules("deletion", "non_fast_forward"),
)
BY_REQUEST = Ruleset(
    name="main", target="branch", enforced=True, include=(MAIN,), rules=(*rules("pull_request"), GATE_RULE)
)
WRITER = Ruleset(
    name="writer",
    target="branch",
    enforced=True,
    include=(RECORD,),
    rules=rules("creation", "update"),
    bypass=(APP,),
)
TAGS = Ruleset(
    name="tags",
    target="tag",
    enforced=True,
    include=("refs/tags/draft-*", "refs/tags/final", "refs/tags/final-*"),
    rules=rules("update", "deletion"),
)
ALL_RULES = (KEPT, BY_REQUEST, WRITER, TAGS)

GOOD = Settings(
    repository="acme/drafts",
    moment=NOW,
    default_branch="main",
    fork=False,
    actions=ActionsPolicy(enabled=True, allowed="selected", pinned=True),
    selected=SelectedActions(github_owned=True, verified=False),
    token=TokenPolicy(writes=False, may_approve=False),
    fork_approval="all_external_contributors",
    copy_named=None,
    workflows=dict.fromkeys(WORKFLOWS, "active"),
    scheduled=NOW - timedelta(minutes=20),
    held=0,
    rulesets=ALL_RULES,
    app="Iv23example",
    secrets=frozenset(),
    environment_secrets={"record": frozenset({APP_SECRET}), "release": frozenset({APP_SECRET})},
    environments={
        "record": Environment(branches=("main",)),
        "release": Environment(reviewers=1, branches=("main",)),
        "github-pages": Environment(branches=("main",)),
    },
    immutable_releases=True,
    pages="workflow",
    private_reports=True,
    drafts=("draft-1", "draft-2", "final"),
    uses=("actions/checkout@" + "0" * 40,),
)

TOLD = {"event-policy", "contribution-refs"}


def checks(**changes: Any) -> dict[str, Check]:
    """Every check of the good settings with these changes, by key."""
    found = examine(replace(GOOD, **changes))
    assert len({one.key for one in found}) == len(found), "a key stands twice"
    return {one.key: one for one in found}


def only(key: str, **changes: Any) -> Check:
    """The check of that key; every other one stays as it was."""
    before, after = checks(), checks(**changes)
    assert {name for name in after if after[name].standing is not before[name].standing} <= {key}
    return after[key]


def test_a_repository_set_up_as_it_should_be_passes() -> None:
    """Everything that can be looked up passes; what cannot is told. Nothing that passes says how to change it."""
    for key, one in checks().items():
        assert one.standing is (Standing.TOLD if key in TOLD else Standing.PASSED), (key, one.found)
        assert one.protects.endswith(".")
        assert one.found
        if one.standing is Standing.PASSED:
            assert not one.menu
            assert not one.calls


WORKFLOW_OFF = {**dict.fromkeys(WORKFLOWS, "active"), "reconcile.yml": "disabled_inactivity"}
WORKFLOW_GONE = {name: "active" for name in WORKFLOWS if name != "intake.yml"}


def without(*gone: Ruleset, **changed: Ruleset) -> tuple[Ruleset, ...]:
    """The rulesets without some, with others added."""
    return (*(one for one in ALL_RULES if one not in gone), *changed.values())


@pytest.mark.parametrize(
    ("key", "changes", "words"),
    [
        (
            "actions-enabled",
            {"actions": ActionsPolicy(enabled=False, allowed="selected", pinned=True)},
            "off",
        ),
        ("actions-pinned", {"actions": ActionsPolicy(enabled=True, allowed="selected")}, "can be moved"),
        ("actions-selected", {"actions": ActionsPolicy(enabled=True, allowed="all", pinned=True)}, "Anybody"),
        (
            "actions-selected",
            {"actions": ActionsPolicy(enabled=True, allowed="local_only", pinned=True)},
            "cannot even fetch",
        ),
        ("actions-selected", {"selected": SelectedActions(github_owned=True, verified=True)}, "verified"),
        ("actions-selected", {"selected": SelectedActions(github_owned=False, verified=False)}, "refuses"),
        (
            "actions-selected",
            {"uses": ("stranger/action@" + "0" * 40,)},
            "stranger/action@",
        ),
        ("token-reads-only", {"token": TokenPolicy(writes=True, may_approve=False)}, "may write"),
        ("approvals-by-people", {"token": TokenPolicy(writes=False, may_approve=True)}, "may approve"),
        ("fork-runs-approved", {"fork_approval": "first_time_contributors"}, "`first_time_contributors`"),
        ("default-branch", {"default_branch": "trunk"}, "`trunk`"),
        ("copy-awake", {"fork": True}, "sleep"),
        ("copy-awake", {"fork": True, "copy_named": "acme/other"}, "sleep"),
        ("workflows-active", {"workflows": WORKFLOW_OFF}, "after 60 days"),
        ("workflows-active", {"workflows": WORKFLOW_GONE}, "`intake.yml`"),
        ("schedule-alive", {"scheduled": None}, "never run"),
        ("schedule-alive", {"scheduled": NOW - timedelta(hours=2, seconds=1)}, "2024-11-04 at 06:59"),
        (
            "main-by-pull-request",
            {"rulesets": without(BY_REQUEST, x=replace(BY_REQUEST, rules=(GATE_RULE,)))},
            "push",
        ),
        (
            "main-status-source",
            {
                "rulesets": without(
                    BY_REQUEST,
                    x=replace(
                        BY_REQUEST,
                        rules=(
                            *rules("pull_request"),
                            Rule(kind="required_status_checks", required=((GATE, None),)),
                        ),
                    ),
                )
            },
            "whoever wrote it",
        ),
        (
            "main-kept",
            {"rulesets": without(KEPT, x=replace(KEPT, include=(RECORD,)))},
            "`main` can be deleted",
        ),
        ("main-kept", {"rulesets": without(KEPT, x=replace(KEPT, exclude=(MAIN,)))}, "`main` can be"),
        ("record-kept", {"rulesets": without(KEPT, x=replace(KEPT, include=(MAIN,)))}, "`record` can be"),
        ("record-writer", {"rulesets": without(WRITER)}, "Record unguarded"),
        (
            "record-writer",
            {"rulesets": without(WRITER, x=replace(WRITER, bypass=()))},
            "nothing can be recorded",
        ),
        ("record-writer", {"rulesets": without(WRITER, x=replace(WRITER, bypass=(APP, ADMIN)))}, "a role"),
        ("record-writer", {"rulesets": without(WRITER, x=replace(WRITER, enforced=False))}, "unguarded"),
        ("record-writer", {"rulesets": without(WRITER, x=replace(WRITER, target="tag"))}, "unguarded"),
        ("drafts-kept", {"rulesets": without(TAGS)}, "`draft-1` can be moved"),
        (
            "drafts-kept",
            {"rulesets": without(TAGS, x=replace(TAGS, include=("refs/tags/draft-*",)))},
            "`final` can be moved",
        ),
        (
            "drafts-kept",
            {"rulesets": without(TAGS, x=replace(TAGS, include=("refs/tags/draft-?", "refs/tags/final*")))},
            "`draft-1-corr-1` can be moved",
        ),
        (
            "drafts-kept",
            {"rulesets": without(TAGS, x=replace(TAGS, rules=rules("deletion")))},
            "can be moved",
        ),
        (
            "drafts-kept",
            {"rulesets": without(TAGS, x=replace(TAGS, bypass=(ADMIN,)))},
            "moved by a role in the repository",
        ),
        ("drafts-kept", {"drafts": ("draft-1", "round-a")}, "`round-a` can be moved"),
        ("record-key", {"app": None}, "Record unguarded"),
        ("record-key", {"secrets": frozenset({APP_SECRET})}, "whole repository"),
        (
            "record-key",
            {"environment_secrets": {"record": frozenset(), "release": frozenset({APP_SECRET})}},
            "missing in `record`",
        ),
        ("record-environment", {"environments": {**GOOD.environments, "record": None}}, "no environment"),
        (
            "record-environment",
            {"environments": {**GOOD.environments, "record": Environment()}},
            "Any branch",
        ),
        (
            "record-environment",
            {"environments": {**GOOD.environments, "record": Environment(branches=("main", "r*"))}},
            "r*",
        ),
        (
            "record-environment",
            {"environments": {**GOOD.environments, "record": Environment(branches=("main",), reviewers=1)}},
            "every single run",
        ),
        ("release-approved", {"environments": {**GOOD.environments, "release": None}}, "no environment"),
        (
            "release-approved",
            {"environments": {**GOOD.environments, "release": Environment(branches=("main",))}},
            "Nobody has to approve",
        ),
        (
            "release-approved",
            {"environments": {**GOOD.environments, "release": Environment(reviewers=1)}},
            "Any branch",
        ),
        (
            "pages-environment",
            {"environments": {**GOOD.environments, "github-pages": Environment()}},
            "Any branch",
        ),
        ("releases-immutable", {"immutable_releases": False}, "exchanged"),
        ("pages-source", {"pages": None}, "switched off"),
        ("pages-source", {"pages": "legacy"}, "from a branch"),
    ],
)
def test_what_is_missing_is_found_alone(key: str, changes: dict[str, Any], words: str) -> None:
    """One wrong setting is one finding, with the way in the browser and the command; nothing else changes."""
    one = only(key, **changes)
    assert one.standing is Standing.MISSING
    assert words in one.found
    assert one.menu
    assert one.calls or key == "workflows-active"


def test_a_gate_that_is_not_required_has_no_source_either() -> None:
    """Without the required status both checks of it are missing."""
    found = checks(rulesets=without(BY_REQUEST, x=replace(BY_REQUEST, rules=rules("pull_request"))))
    missing = {key for key, one in found.items() if one.standing is Standing.MISSING}
    assert missing == {"main-status", "main-status-source"}


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"actions": DENIED, "selected": None}, {"actions-enabled", "actions-pinned", "actions-selected"}),
        ({"selected": DENIED}, {"actions-selected"}),
        ({"token": DENIED}, {"token-reads-only", "approvals-by-people"}),
        ({"fork_approval": DENIED}, {"fork-runs-approved"}),
        ({"fork": True, "copy_named": DENIED}, {"copy-awake"}),
        ({"workflows": DENIED}, {"workflows-active"}),
        ({"scheduled": DENIED}, {"schedule-alive"}),
        ({"held": DENIED}, {"held-runs"}),
        (
            {"rulesets": DENIED},
            {
                "main-kept",
                "main-by-pull-request",
                "main-status",
                "main-status-source",
                "record-kept",
                "record-writer",
                "drafts-kept",
            },
        ),
        ({"app": DENIED}, {"record-key"}),
        ({"secrets": DENIED}, {"record-key"}),
        ({"environment_secrets": {"record": DENIED, "release": frozenset({APP_SECRET})}}, {"record-key"}),
        (
            {"environments": dict.fromkeys(("record", "release", "github-pages"), DENIED)},
            {"record-environment", "release-approved", "pages-environment"},
        ),
        ({"immutable_releases": DENIED}, {"releases-immutable"}),
        ({"pages": DENIED}, {"pages-source"}),
        # Whom a ruleset does not hold for is shown to administrators only.
        (
            {"rulesets": tuple(replace(one, bypass=None) for one in ALL_RULES)},
            {"main-kept", "record-kept", "record-writer", "drafts-kept"},
        ),
    ],
)
def test_what_may_not_be_read_is_unknown_and_names_the_right(changes: dict[str, Any], keys: set[str]) -> None:
    """Never passed, and exactly what depends on it; the right that was lacking is said."""
    found = checks(**changes)
    unknown = {key: one for key, one in found.items() if one.standing is Standing.UNKNOWN}
    assert set(unknown) == keys
    assert all(one.right.startswith("Administration") for one in unknown.values())


def test_held_runs_and_private_reports_stop_nothing() -> None:
    """They are for people to see."""
    found = checks(held=2, private_reports=False)
    assert found["held-runs"].standing is Standing.TOLD
    assert "2 runs wait" in found["held-runs"].found
    assert found["private-reports"].standing is Standing.TOLD
    assert checks(private_reports=DENIED)["private-reports"].standing is Standing.TOLD


def test_a_fork_that_names_itself_is_awake() -> None:
    """A fork of another repository works once it is named."""
    assert checks(fork=True, copy_named="acme/drafts")["copy-awake"].standing is Standing.PASSED


def test_one_ruleset_that_nobody_passes_is_enough() -> None:
    """A second one with exceptions takes nothing away from it."""
    loose = replace(KEPT, bypass=(ADMIN,))
    assert checks(rulesets=(*ALL_RULES, loose))["main-kept"].standing is Standing.PASSED
    assert checks(rulesets=(loose, *ALL_RULES))["record-kept"].standing is Standing.PASSED


@pytest.mark.parametrize(
    ("pattern", "ref", "answer"),
    [
        ("~ALL", "refs/heads/record", True),
        ("~DEFAULT_BRANCH", "refs/heads/main", True),
        ("~DEFAULT_BRANCH", "refs/heads/record", False),
        ("refs/heads/*", "refs/heads/record", True),
        ("refs/heads/*", "refs/heads/a/b", False),
        ("refs/heads/**", "refs/heads/a/b", True),
        ("refs/heads/**/b", "refs/heads/b", True),
        ("refs/tags/draft-[0-9]", "refs/tags/draft-2", True),
        ("refs/tags/draft-[0-9]", "refs/tags/draft-12", False),
        ("refs/tags/draft-?", "refs/tags/draft-2", True),
        ("refs/heads/mai.", "refs/heads/main", False),
        ("refs/heads/main", "refs/heads/main2", False),
        ("refs/heads/[z-a]", "refs/heads/main", False),
    ],
)
def test_patterns_of_rulesets(pattern: str, ref: str, answer: bool) -> None:
    """As GitHub reads them; one that cannot be read covers nothing."""
    assert ref_checks.matches(pattern, ref) is answer


BAD = replace(
    GOOD,
    default_branch="trunk",
    fork=True,
    actions=ActionsPolicy(enabled=False),
    token=TokenPolicy(writes=True, may_approve=True),
    fork_approval="first_time_contributors",
    workflows=dict.fromkeys(WORKFLOWS, "disabled_manually"),
    scheduled=None,
    held=1,
    rulesets=(),
    app=None,
    secrets=frozenset({APP_SECRET}),
    environments={"record": None, "release": None},
    immutable_releases=False,
    pages=None,
    private_reports=False,
)


def every_call() -> list[str]:
    """Every command that is ever advised."""
    found = [
        call for one in (BAD, replace(BAD, pages="legacy")) for check in examine(one) for call in check.calls
    ]
    return sorted(set(found))


def test_there_is_a_command_for_everything_that_a_command_can_change() -> None:
    """The loop below does not pass by finding nothing."""
    assert len(every_call()) > 20


@pytest.mark.parametrize("call", every_call(), ids=lambda call: call.splitlines()[0].partition("drafts")[2])
def test_every_command_is_one_that_github_describes(call: str) -> None:
    """Method, path and body of each `gh api` call fit GitHub's published description."""
    first, _, rest = call.partition("\n")
    if first.startswith("gh secret set"):
        return
    words = shlex.split(first.partition(" <<")[0])
    assert words[:3] == ["gh", "api", "-X"]
    found = contract().match(words[3], f"/{words[4]}")
    assert found is not None, first
    body: dict[str, Any] | None = None
    if "--input" in words:
        text = rest.removesuffix("\nJSON")
        body = json.loads(re.sub(r"\b(ACCOUNT_ID|APP_ID)\b", "77", text))
    for flag, pair in pairwise(words):
        name, _, value = pair.partition("=")
        if flag in ("-f", "-F"):
            body = {
                **(body or {}),
                name: {"true": True, "false": False}.get(value, value) if flag == "-F" else value,
            }
    assert contract().problems_of_request(found[0], body, {}) == []


def test_what_is_advised_is_what_is_asked_for() -> None:
    """The rulesets that the commands make pass the checks that asked for them."""
    made = []
    for one in examine(BAD):
        for call in one.calls:
            if "/rulesets" not in call:
                continue
            body = json.loads(call.split("\n")[1].replace("APP_ID", "77"))
            made.append(
                Ruleset(
                    name=body["name"],
                    target=body["target"],
                    enforced=body["enforcement"] == "active",
                    include=tuple(body["conditions"]["ref_name"]["include"]),
                    rules=tuple(
                        Rule(
                            kind=rule["type"],
                            required=tuple(
                                (asked["context"], asked["integration_id"])
                                for asked in rule.get("parameters", {}).get("required_status_checks", ())
                            ),
                        )
                        for rule in body["rules"]
                    ),
                    bypass=tuple(
                        Bypass(kind=by["actor_type"], id=by["actor_id"]) for by in body["bypass_actors"]
                    ),
                )
            )
    assert all(one.standing is not Standing.MISSING for one in checks(rulesets=tuple(made)).values())
