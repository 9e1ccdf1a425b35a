"""Checks of what runs on GitHub: which actions, with which rights, whose code, and whether it is alive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase

from accord.domain.forge.setting_values import COPY_VARIABLE, Check, Settings, Standing, Unread

ALIVE = timedelta(hours=2)
_GENERAL = "Settings → Actions → General"
_GITHUB_OWNED = ("actions/", "github/")


def actions_checks(it: Settings) -> Iterator[Check]:
    """Everything about workflows and their runs."""
    yield from _policy(it)
    yield _selected(it)
    yield from _token(it)
    yield _fork_approval(it)
    yield _event_policy(it)
    yield _default_branch(it)
    yield _copy(it)
    yield _workflows(it)
    yield _schedule(it)
    yield _held(it)


def _policy(it: Settings) -> Iterator[Check]:
    on = "Without workflows nothing that happens on GitHub is read or answered."
    pinned = "An action that somebody took over cannot bring other code under the name it had."
    put = it.call("PUT", "/actions/permissions", "-F enabled=true", "-f allowed_actions=selected")
    put += " -F sha_pinning_required=true"
    menu = f"{_GENERAL} → Actions permissions"
    if isinstance(it.actions, Unread):
        yield it.unknown("actions-enabled", on, it.actions, menu, put)
        yield it.unknown("actions-pinned", pinned, it.actions, menu, put)
        return
    enabled = Standing.PASSED if it.actions.enabled else Standing.MISSING
    found = "Workflows run." if it.actions.enabled else "Workflows are switched off."
    yield it.check("actions-enabled", on, enabled, found, menu, put)
    standing = Standing.PASSED if it.actions.pinned else Standing.MISSING
    found = (
        "Actions are taken by their full commit only."
        if it.actions.pinned
        else "A workflow may take an action by a name that can be moved."
    )
    tick = f"{menu} → tick “Require actions to be pinned to a full-length commit SHA”"
    yield it.check("actions-pinned", pinned, standing, found, tick, put)


def _selected(it: Settings) -> Check:
    key, protects = "actions-selected", "Only programs that somebody has looked at run here."
    menu = (
        f"{_GENERAL} → Actions permissions → “Allow OWNER, and select non-OWNER, actions and reusable workflows” → "
        "tick only “Allow actions created by GitHub”"
    )
    calls = (
        it.call("PUT", "/actions/permissions", "-F enabled=true", "-f allowed_actions=selected")
        + " -F sha_pinning_required=true",
        it.call("PUT", "/actions/permissions/selected-actions", "-F github_owned_allowed=true")
        + " -F verified_allowed=false",
    )
    if isinstance(it.actions, Unread):
        return it.unknown(key, protects, it.actions, menu, *calls)
    if it.actions.allowed == "local_only":
        found = (
            "Only actions of this repository are allowed, so that the workflows cannot even fetch its files."
        )
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    if it.actions.allowed != "selected":
        return it.check(key, protects, Standing.MISSING, "Anybody's actions are allowed.", menu, *calls)
    if it.selected is None or isinstance(it.selected, Unread):
        unread = it.selected or Unread(right="Administration (read)")
        return it.unknown(key, protects, unread, menu, *calls)
    if it.selected.verified:
        found = "Actions of all creators that GitHub has verified are allowed, thousands of them."
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    refused = [one for one in it.uses if not _allowed(one, it.selected.github_owned, it.selected.patterns)]
    if refused:
        found = f"The workflows use {', '.join(f'`{one}`' for one in refused)}, which this setting refuses."
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    return it.check(key, protects, Standing.PASSED, "Only selected actions are allowed.")


def _allowed(action: str, github_owned: bool, patterns: tuple[str, ...]) -> bool:
    if github_owned and action.startswith(_GITHUB_OWNED):
        return True
    return any(fnmatchcase(action, one) or fnmatchcase(action.partition("@")[0], one) for one in patterns)


def _token(it: Settings) -> Iterator[Check]:
    read_only = "A workflow that forgets to say what it may do can change nothing."
    approvals = "No program counts as a person who has approved a change."
    menu = f"{_GENERAL} → Workflow permissions"
    put = it.call("PUT", "/actions/permissions/workflow", "-f default_workflow_permissions=read")
    put += " -F can_approve_pull_request_reviews=false"
    if isinstance(it.token, Unread):
        yield it.unknown("token-reads-only", read_only, it.token, menu, put)
        yield it.unknown("approvals-by-people", approvals, it.token, menu, put)
        return
    standing = Standing.MISSING if it.token.writes else Standing.PASSED
    found = (
        "Every workflow may write unless it says otherwise."
        if it.token.writes
        else "Without a word, a workflow only reads."
    )
    way = f"{menu} → “Read repository contents and packages permissions”"
    yield it.check("token-reads-only", read_only, standing, found, way, put)
    standing = Standing.MISSING if it.token.may_approve else Standing.PASSED
    found = (
        "Workflows may approve pull requests."
        if it.token.may_approve
        else "Only people approve pull requests."
    )
    way = f"{menu} → untick “Allow GitHub Actions to create and approve pull requests”"
    yield it.check("approvals-by-people", approvals, standing, found, way, put)


def _fork_approval(it: Settings) -> Check:
    key = "fork-runs-approved"
    protects = (
        "What a stranger brings runs only after somebody has looked at it; so nobody can forge a green check of the "
        "gate's name before it has been judged."
    )
    menu = (
        f"{_GENERAL} → Approval for running fork pull request workflows from contributors → “Require approval for all "
        "external contributors”"
    )
    put = it.call(
        "PUT",
        "/actions/permissions/fork-pr-contributor-approval",
        "-f approval_policy=all_external_contributors",
    )
    if isinstance(it.fork_approval, Unread):
        return it.unknown(key, protects, it.fork_approval, menu, put)
    if it.fork_approval == "all_external_contributors":
        return it.check(
            key, protects, Standing.PASSED, "Runs of all external contributors wait for an approval."
        )
    found = f"It says `{it.fork_approval}`: who contributed once runs unseen from then on."
    return it.check(key, protects, Standing.MISSING, found, menu, put)


def _event_policy(it: Settings) -> Check:
    found = (
        "Nothing to do: no workflow here uses `pull_request_target`, which GitHub blocks in public repositories. "
        "Everything works with it blocked; leave it so."
    )
    protects = "No workflow with rights starts in the name of a stranger's change."
    return it.check("event-policy", protects, Standing.TOLD, found, "Settings → Actions → Policies")


def _default_branch(it: Settings) -> Check:
    protects = "The schedule and the forms run from the branch with the agreed text."
    right = it.default_branch == "main"
    standing = Standing.PASSED if right else Standing.MISSING
    found = f"The default branch is `{it.default_branch}`."
    menu = "Settings → General → Default branch"
    return it.check(
        "default-branch", protects, standing, found, menu, it.call("PATCH", "", "-f default_branch=main")
    )


def _copy(it: Settings) -> Check:
    key = "copy-awake"
    protects = "A contributor's copy of the repository does not answer in the name of the forum; the forum's own does."
    menu = f"Settings → Secrets and variables → Actions → Variables → {COPY_VARIABLE} = {it.repository}"
    post = it.call("POST", "/actions/variables", f"-f name={COPY_VARIABLE}", f"-f value={it.repository}")
    if not it.fork:
        return it.check(key, protects, Standing.PASSED, "This repository is no fork.")
    if isinstance(it.copy_named, Unread):
        return it.unknown(key, protects, it.copy_named, menu, post)
    if it.copy_named == it.repository:
        return it.check(
            key, protects, Standing.PASSED, "It is a fork, and named as the forum's own repository."
        )
    found = "It is a fork of another repository, so its workflows sleep until it is named."
    return it.check(key, protects, Standing.MISSING, found, menu, post)


def _workflows(it: Settings) -> Check:
    key, protects = "workflows-active", "Everything that happens is read and answered."
    menu = "Actions → the workflow → “Enable workflow”"
    if isinstance(it.workflows, Unread):
        return it.unknown(key, protects, it.workflows, menu)
    words, calls = [], []
    for file, what in it.expected.items():
        state = it.workflows.get(file)
        if state is None:
            words.append(f"GitHub knows no workflow `{file}` ({what}); is the file on the main branch?")
        elif state != "active":
            why = " after 60 days without a change" if state == "disabled_inactivity" else ""
            words.append(f"`{file}` is switched off{why} ({what}).")
            calls.append(it.call("PUT", f"/actions/workflows/{file}/enable"))
    if words:
        return it.check(key, protects, Standing.MISSING, " ".join(words), menu, *calls)
    return it.check(key, protects, Standing.PASSED, f"All {len(it.expected)} workflows are switched on.")


def _schedule(it: Settings) -> Check:
    key = "schedule-alive"
    protects = "What a ring did not announce is found all the same, three times an hour."
    menu = "Actions → Reconcile → “Enable workflow”, then “Run workflow”"
    calls = (
        it.call("PUT", "/actions/workflows/reconcile.yml/enable"),
        it.call("POST", "/actions/workflows/reconcile.yml/dispatches", "-f ref=main"),
    )
    if isinstance(it.scheduled, Unread):
        return it.unknown(key, protects, it.scheduled, menu, *calls)
    if it.scheduled is None:
        found = "Reconcile has never run by its schedule. After the first set-up this takes up to an hour."
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    when = f"The last run by schedule was on {it.scheduled:%Y-%m-%d at %H:%M} UTC."
    if it.moment - it.scheduled <= ALIVE:
        return it.check(key, protects, Standing.PASSED, when)
    found = f"{when} GitHub switches schedules off after 60 days without a change in the repository."
    return it.check(key, protects, Standing.MISSING, found, menu, *calls)


def _held(it: Settings) -> Check:
    key, protects = "held-runs", "Nobody's change waits unseen."
    menu = "Actions → filter “status: action_required” → look at the change → “Approve and run”"
    if isinstance(it.held, Unread):
        return it.unknown(key, protects, it.held, menu)
    if not it.held:
        return it.check(key, protects, Standing.PASSED, "No run waits for an approval.")
    runs = "1 run waits" if it.held == 1 else f"{it.held} runs wait"
    found = f"{runs} for somebody to look and approve; after 30 days GitHub deletes them. No gate depends on them."
    return it.check(key, protects, Standing.TOLD, found, menu)
