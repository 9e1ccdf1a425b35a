"""Checks of the rules for branches and tags: what is agreed, recorded or published is never rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accord.domain.forge.setting_values import (
    GATE,
    MAIN,
    RECORD,
    Bypass,
    Check,
    Rule,
    Ruleset,
    Settings,
    Standing,
    Unread,
)

ACTIONS_APP = 15368
"""The number of GitHub Actions as a source of statuses."""

_MENU = "Settings → Rules → Rulesets"
_PROGRAMS = ("Integration", "DeployKey")
_WORDS = {
    "deletion": "deleted",
    "non_fast_forward": "rewritten by a forced push",
    "update": "moved",
}
_WHO = {
    "Integration": "an App",
    "DeployKey": "deploy keys",
    "OrganizationAdmin": "administrators of the organization",
    "RepositoryRole": "a role in the repository",
    "Team": "a team",
    "User": "a person",
}


def ref_checks(it: Settings) -> Iterator[Check]:
    """Everything that rulesets keep."""
    yield _kept(
        it,
        "main-kept",
        "The agreed text keeps its history: every earlier state of it can be looked up for ever.",
        [MAIN],
        ("deletion", "non_fast_forward"),
        "New branch ruleset for `main`, without bypass: tick “Restrict deletions” and “Block force pushes”",
        ruleset("Nothing is rewritten", "branch", [MAIN, RECORD], ["deletion", "non_fast_forward"]),
    )
    yield _pull_request(it)
    yield from _gate(it)
    yield _kept(
        it,
        "record-kept",
        "Nobody can change or take away what was recorded: positions, calls, declarations.",
        [RECORD],
        ("deletion", "non_fast_forward"),
        "New branch ruleset for `record`, without bypass: tick “Restrict deletions” and “Block force pushes”",
        ruleset("Nothing is rewritten", "branch", [MAIN, RECORD], ["deletion", "non_fast_forward"]),
    )
    yield _writer(it)
    yield _kept(
        it,
        "drafts-kept",
        "A published draft stays what it was.",
        _draft_tags(it),
        ("update", "deletion"),
        "New tag ruleset for `draft-*`, `final` and `final-*`, without bypass: tick “Restrict updates” and "
        "“Restrict deletions”",
        ruleset(
            "Drafts stay",
            "tag",
            ["refs/tags/draft-*", "refs/tags/final", "refs/tags/final-*"],
            ["update", "deletion"],
        ),
    )
    yield it.check(
        "contribution-refs",
        "The texts that positions are about stay reachable.",
        Standing.TOLD,
        "GitHub's rules reach branches and tags only, so nothing can guard `refs/contributions`. Whoever may write "
        "could delete one; `accord verify` would say so, and the digests on `record` show any change.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How far a rule holds for a ref: ``rule`` the rule found, ``passers`` who may pass it; None: not shown."""

    rule: Rule
    passers: tuple[Bypass, ...] | None


def covers(ref: str, kind: str, rulesets: Iterable[Ruleset]) -> list[Cover]:
    """Every rule of a kind that is in force for a ref."""
    return [
        Cover(rule=rule, passers=one.bypass)
        for one in rulesets
        if one.enforced and one.target == _target(ref) and _applies(one, ref)
        for rule in one.rules
        if rule.kind == kind
    ]


def _target(ref: str) -> str:
    return "tag" if ref.startswith("refs/tags/") else "branch"


def _applies(ruleset: Ruleset, ref: str) -> bool:
    return any(matches(one, ref) for one in ruleset.include) and not any(
        matches(one, ref) for one in ruleset.exclude
    )


def matches(pattern: str, ref: str) -> bool:
    """Whether a pattern of a ruleset means a ref. A star does not reach over a slash, two stars do."""
    if pattern == "~ALL":
        return True
    if pattern == "~DEFAULT_BRANCH":
        return ref == MAIN
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]+\])", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    made = "".join(words.get(one) or (one if one.startswith("[") else re.escape(one)) for one in parts)
    try:
        return re.fullmatch(made, ref) is not None
    except re.error:
        return False  # what cannot be read covers nothing


def ruleset(
    name: str,
    target: str,
    include: Sequence[str],
    rules: Sequence[str | dict[str, Any]],
    bypass: Sequence[dict[str, Any]] = (),
) -> str:
    """The body that makes a ruleset."""
    body = {
        "name": name,
        "target": target,
        "enforcement": "active",
        "conditions": {"ref_name": {"include": list(include), "exclude": []}},
        "rules": [{"type": one} if isinstance(one, str) else one for one in rules],
        "bypass_actors": list(bypass),
    }
    return json.dumps(body)


def _make(it: Settings, body: str) -> str:
    return it.call("POST", "/rulesets", f"--input - <<'JSON'\n{body}\nJSON")


def _draft_tags(it: Settings) -> list[str]:
    names = [*it.drafts, "final"] if "final" not in it.drafts else list(it.drafts)
    return [f"refs/tags/{name}{end}" for name in names for end in ("", "-corr-1")]


def _kept(
    it: Settings, key: str, protects: str, refs: Sequence[str], kinds: Sequence[str], menu: str, body: str
) -> Check:
    menu, call = f"{_MENU} → {menu}", _make(it, body)
    if isinstance(it.rulesets, Unread):
        return it.unknown(key, protects, it.rulesets, menu, call)
    words: list[str] = []
    hidden = False
    for ref in refs:
        for kind in kinds:
            found = covers(ref, kind, it.rulesets)
            if any(one.passers == () for one in found):
                continue
            if any(one.passers is None for one in found):
                hidden = True
                continue
            passers = sorted({_WHO.get(by.kind, by.kind) for one in found for by in one.passers or ()})
            by = f" by {' and '.join(passers)}" if passers else ""
            words.append(f"`{ref.split('/', 2)[2]}` can be {_WORDS[kind]}{by}.")
    if words:
        return it.check(key, protects, Standing.MISSING, " ".join(words), menu, call)
    if hidden:
        return it.unknown(key, protects, _HIDDEN, menu, call)
    return it.check(key, protects, Standing.PASSED, "Nobody can, not even an administrator by mistake.")


_HIDDEN = Unread(
    right="Administration (write)", why="whom a ruleset does not hold for is shown to administrators only."
)


def _pull_request(it: Settings) -> Check:
    key, protects = (
        "main-by-pull-request",
        "Nothing comes into the agreed text without having been open to all.",
    )
    menu = (
        f"{_MENU} → New branch ruleset for `main`: tick “Require a pull request before merging” (whoever incorporates "
        "with `accord incorporate` and pushes goes into the bypass list)"
    )
    call = _make(it, _main_body())
    if isinstance(it.rulesets, Unread):
        return it.unknown(key, protects, it.rulesets, menu, call)
    if covers(MAIN, "pull_request", it.rulesets):
        return it.check(key, protects, Standing.PASSED, "A change comes by pull request.")
    return it.check(key, protects, Standing.MISSING, "Whoever may write can push to `main`.", menu, call)


def _gate(it: Settings) -> Iterator[Check]:
    protects = "A pull request cannot be merged before Accord has found that it may."
    source = "Nobody else's status of the same name opens the gate."
    menu = f"{_MENU} → the ruleset of `main` → “Require status checks to pass” → add `{GATE}`"
    bind = f"{menu}, and choose GitHub Actions as its source"
    call = _make(it, _main_body())
    if isinstance(it.rulesets, Unread):
        yield it.unknown("main-status", protects, it.rulesets, menu, call)
        yield it.unknown("main-status-source", source, it.rulesets, bind, call)
        return
    rules = [one.rule for one in covers(MAIN, "required_status_checks", it.rulesets)]
    sources = [number for rule in rules for context, number in rule.required if context == GATE]
    if not sources:
        found = f"The status `{GATE}` is not required."
        yield it.check("main-status", protects, Standing.MISSING, found, menu, call)
        yield it.check("main-status-source", source, Standing.MISSING, found, bind, call)
        return
    yield it.check("main-status", protects, Standing.PASSED, f"The status `{GATE}` is required.")
    if any(sources):
        found = (
            "The status counts from one source only. (A workflow of a stranger's change has the same source; that is "
            "why its runs wait for an approval.)"
        )
        yield it.check("main-status-source", source, Standing.PASSED, found)
    else:
        found = "A status of this name counts whoever wrote it."
        yield it.check("main-status-source", source, Standing.MISSING, found, bind, call)


def _main_body() -> str:
    reviews = {
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": False,
        "require_last_push_approval": False,
        "required_approving_review_count": 0,
        "required_review_thread_resolution": False,
    }
    statuses = {
        "strict_required_status_checks_policy": False,
        "required_status_checks": [{"context": GATE, "integration_id": ACTIONS_APP}],
    }
    rules: list[str | dict[str, Any]] = [
        {"type": "pull_request", "parameters": reviews},
        {"type": "required_status_checks", "parameters": statuses},
    ]
    return ruleset("The agreed text changes by pull request", "branch", [MAIN], rules)


def _writer(it: Settings) -> Check:
    key = "record-writer"
    protects = "Only the one job that reads GitHub can add to the record; no person can slip something in."
    menu = (
        f"{_MENU} → New branch ruleset for `record`: tick “Restrict creations” and “Restrict updates”, and put only "
        "the App into the bypass list. First make the App (docs/setting-up.md), or nothing can be recorded."
    )
    body = ruleset(
        "Only the App writes the record",
        "branch",
        [RECORD],
        ["creation", "update"],
        [{"actor_id": "APP_ID", "actor_type": "Integration", "bypass_mode": "always"}],
    ).replace('"APP_ID"', "APP_ID")
    call = _make(it, body)
    if isinstance(it.rulesets, Unread):
        return it.unknown(key, protects, it.rulesets, menu, call)
    found = covers(RECORD, "update", it.rulesets)
    if not found:
        words = "Record unguarded: whoever may write can add to `record`."
        return it.check(key, protects, Standing.MISSING, words, menu, call)
    if any(one.passers == () for one in found):
        words = "Nobody may write `record`, the App neither: nothing can be recorded."
        return it.check(key, protects, Standing.MISSING, words, menu, call)
    if any(one.passers and all(by.kind in _PROGRAMS for by in one.passers) for one in found):
        return it.check(key, protects, Standing.PASSED, "Only a program with its own key writes `record`.")
    if any(one.passers is None for one in found):
        return it.unknown(key, protects, _HIDDEN, menu, call)
    others = sorted(
        {_WHO.get(by.kind, by.kind) for one in found for by in one.passers or () if by.kind not in _PROGRAMS}
    )
    words = f"Record unguarded: besides the App, {' and '.join(others)} may write `record`."
    return it.check(key, protects, Standing.MISSING, words, menu, call)
