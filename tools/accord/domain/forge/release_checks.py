"""Checks of what is published and of the key that writes the record."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.forge.setting_values import (
    APP_SECRET,
    APP_VARIABLE,
    Check,
    Environment,
    Settings,
    Standing,
    Unread,
)

_ONLY_MAIN = ("main",)
_BRANCHES = "Deployment branches and tags → “Selected branches and tags” → add `main`"


def release_checks(it: Settings) -> Iterator[Check]:
    """The key of the record, the two environments, releases, pages, reports of weaknesses."""
    yield _key(it)
    yield _record_environment(it)
    yield _release_environment(it)
    yield _immutable(it)
    yield _pages(it)
    yield _pages_environment(it)
    yield _private_reports(it)


def _key(it: Settings) -> Check:
    key = "record-key"
    protects = "The record is written with a key of its own, which no other job can use."
    menu = (
        f"Settings → Secrets and variables → Actions → Variables → {APP_VARIABLE}; Settings → Environments → `record`, "
        f"and again → `release` → Environment secrets → {APP_SECRET}"
    )
    calls: tuple[str, ...] = (
        it.call("POST", "/actions/variables", f"-f name={APP_VARIABLE}", "-f value=CLIENT_ID"),
        f"gh secret set {APP_SECRET} --repo {it.repository} --env record < KEY_FILE",
        f"gh secret set {APP_SECRET} --repo {it.repository} --env release < KEY_FILE",
    )
    if isinstance(it.secrets, frozenset) and APP_SECRET in it.secrets:
        found = "The key lies among the secrets of the whole repository, where every workflow of every branch gets it."
        calls = (*calls, it.call("DELETE", f"/actions/secrets/{APP_SECRET}"))
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    if it.app is None:
        found = "Record unguarded: there is no App, so the record is written with the token that every workflow has."
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    for part in (it.app, it.secrets, *it.environment_secrets.values()):
        if isinstance(part, Unread):
            return it.unknown(key, protects, part, menu, *calls)
    without = [
        name
        for name, held in it.environment_secrets.items()
        if isinstance(held, frozenset) and APP_SECRET not in held
    ]
    if without:
        found = f"The App is named, but its key is missing in {' and '.join(f'`{one}`' for one in without)}."
        return it.check(key, protects, Standing.MISSING, found, menu, *calls)
    return it.check(
        key, protects, Standing.PASSED, "The App is named, and its key lies in the two environments only."
    )


def _record_environment(it: Settings) -> Check:
    key = "record-environment"
    protects = "The key of the record is given to the main branch only, whatever another branch brings."
    menu = f"Settings → Environments → `record` → {_BRANCHES}; no reviewers, no waiting"
    calls = _environment_calls(it, "record", "")
    found = it.environments.get("record")
    if isinstance(found, Unread):
        return it.unknown(key, protects, found, menu, *calls)
    if found is None:
        return it.check(key, protects, Standing.MISSING, "There is no environment `record`.", menu, *calls)
    words = _open_to(found)
    if found.reviewers or found.wait_minutes:
        words += " Somebody has to approve every single run, or it waits, so that nothing is read or answered at once."
    standing = Standing.MISSING if words else Standing.PASSED
    return it.check(key, protects, standing, words.strip() or "Only the main branch uses it.", menu, *calls)


def _release_environment(it: Settings) -> Check:
    key = "release-approved"
    protects = "A draft is published only after a person of the secretariat has said so, and only from the agreed text."
    menu = (
        f"Settings → Environments → `release` → tick “Required reviewers”, name the secretariat; {_BRANCHES}"
    )
    reviewers = '"reviewers":[{"type":"User","id":ACCOUNT_ID}],'
    calls = _environment_calls(it, "release", reviewers)
    found = it.environments.get("release")
    if isinstance(found, Unread):
        return it.unknown(key, protects, found, menu, *calls)
    if found is None:
        return it.check(key, protects, Standing.MISSING, "There is no environment `release`.", menu, *calls)
    words = _open_to(found)
    if not found.reviewers:
        words += " Nobody has to approve a release."
    standing = Standing.MISSING if words else Standing.PASSED
    return it.check(
        key, protects, standing, words.strip() or "Somebody approves, from the main branch.", menu, *calls
    )


def _open_to(found: Environment) -> str:
    if found.branches is None:
        return "Any branch can use it."
    if found.branches != _ONLY_MAIN:
        return f"It is not limited to `main`, but to: {', '.join(found.branches) or 'nothing'}."
    return ""


def _environment_calls(it: Settings, name: str, reviewers: str) -> tuple[str, ...]:
    body = f'{{{reviewers}"deployment_branch_policy":{{"protected_branches":false,"custom_branch_policies":true}}}}'
    return (
        it.call("PUT", f"/environments/{name}", f"--input - <<'JSON'\n{body}\nJSON"),
        it.call("POST", f"/environments/{name}/deployment-branch-policies", "-f name=main"),
    )


def _immutable(it: Settings) -> Check:
    key, protects = "releases-immutable", "The files of a published draft can never be exchanged, by anybody."
    menu = "Settings → General → Releases → tick “Enable release immutability”"
    put = it.call("PUT", "/immutable-releases")
    if isinstance(it.immutable_releases, Unread):
        return it.unknown(key, protects, it.immutable_releases, menu, put)
    if it.immutable_releases:
        return it.check(key, protects, Standing.PASSED, "Releases are immutable.")
    return it.check(key, protects, Standing.MISSING, "Files of a release can be exchanged later.", menu, put)


def _pages(it: Settings) -> Check:
    key, protects = "pages-source", "The pages show what the main branch says, and nothing else."
    menu = "Settings → Pages → Build and deployment → Source: “GitHub Actions”"
    if isinstance(it.pages, Unread):
        return it.unknown(key, protects, it.pages, menu, it.call("POST", "/pages", "-f build_type=workflow"))
    if it.pages is None:
        call = it.call("POST", "/pages", "-f build_type=workflow")
        return it.check(key, protects, Standing.MISSING, "Pages are switched off.", menu, call)
    if it.pages == "workflow":
        return it.check(key, protects, Standing.PASSED, "Pages come from the workflow.")
    call = it.call("PUT", "/pages", "-f build_type=workflow")
    return it.check(
        key, protects, Standing.MISSING, "Pages come from a branch, not from the workflow.", menu, call
    )


def _pages_environment(it: Settings) -> Check:
    key, protects = "pages-environment", "Only the agreed text is published, whatever another branch brings."
    menu = f"Settings → Environments → `github-pages` → {_BRANCHES}"
    calls = _environment_calls(it, "github-pages", "")
    found = it.environments.get("github-pages")
    if isinstance(found, Unread):
        return it.unknown(key, protects, found, menu, *calls)
    if found is None:
        words = "GitHub makes this environment with the first publication, limited to the default branch."
        return it.check(key, protects, Standing.TOLD, words)
    words = _open_to(found)
    standing = Standing.MISSING if words else Standing.PASSED
    return it.check(key, protects, standing, words or "Only the main branch publishes pages.", menu, *calls)


def _private_reports(it: Settings) -> Check:
    key, protects = (
        "private-reports",
        "Whoever finds a weakness can say so without telling everybody at once.",
    )
    menu = "Settings → Advanced Security → Private vulnerability reporting → Enable"
    put = it.call("PUT", "/private-vulnerability-reporting")
    if isinstance(it.private_reports, Unread):
        found = "It could not be read. This is a recommendation; nothing depends on it."
        return it.check(key, protects, Standing.TOLD, found, menu, put)
    if it.private_reports:
        return it.check(key, protects, Standing.PASSED, "It is switched on.")
    found = "It is switched off. This is a recommendation; nothing depends on it."
    return it.check(key, protects, Standing.TOLD, found, menu, put)
