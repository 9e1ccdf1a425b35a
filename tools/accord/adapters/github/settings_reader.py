"""Reads the settings of a repository on GitHub. What the token may not read is kept as unread, never as right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from accord.adapters.github.limits import Missing, Unanswered
from accord.domain.forge.setting_values import (
    APP_VARIABLE,
    COPY_VARIABLE,
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

T = TypeVar("T")

_ADMINISTRATION = "Administration (read)"
_ACTIONS = "Actions (read)"
_ENVIRONMENTS = ("record", "release")
_PAGES = "github-pages"
_NO_RIGHT = {400, 403, 405, 409, 410, 422, 451}


class Getter(Protocol):
    """Reads from GitHub; a path is of the repository unless it begins with a slash.

    Raises:
        RateLimited: the budget is used up.
        Missing: there is no such thing, or not for this token.
        Unanswered: GitHub refuses or does not answer.
    """

    @property
    def repository(self) -> str: ...
    def get(self, path: str, **query: str | int | bool) -> Any: ...
    def get_list(self, path: str, **query: str | int | bool) -> list[Any]: ...


class GitHubSettings:
    """Implements the port `SettingsReader`."""

    def __init__(self, client: Getter) -> None:
        self._client = client

    def read(self, moment: datetime, drafts: tuple[str, ...], uses: tuple[str, ...]) -> Settings:
        """All settings, as they are now.

        Raises:
            RateLimited: as for every request.
            Unanswered: GitHub does not answer, or shows no such repository to this token.
        """
        about = self._client.get(f"/repos/{self._client.repository}")
        actions = self._value("actions/permissions", _ADMINISTRATION, _actions)
        variables = self._value("actions/variables", "Variables (read)", lambda _: True, per_page=1)
        return Settings(
            repository=str(about["full_name"]),
            moment=moment,
            default_branch=str(about["default_branch"]),
            fork=bool(about["fork"]),
            actions=actions,
            selected=self._selected(actions),
            token=self._value("actions/permissions/workflow", _ADMINISTRATION, _token),
            fork_approval=self._value(
                "actions/permissions/fork-pr-contributor-approval",
                _ADMINISTRATION,
                lambda it: str(it["approval_policy"]),
            ),
            copy_named=self._variable(COPY_VARIABLE, variables),
            workflows=self._list("actions/workflows", _ACTIONS, _workflows),
            scheduled=self._scheduled(),
            held=self._value(
                "actions/runs",
                _ACTIONS,
                lambda it: int(it["total_count"]),
                status="action_required",
                per_page=1,
            ),
            rulesets=self._rulesets(),
            app=self._app(variables),
            secrets=self._list("actions/secrets", "Secrets (read)", _names),
            environment_secrets={
                name: self._list(f"environments/{name}/secrets", "Environments (read)", _names)
                for name in _ENVIRONMENTS
            },
            environments={name: self._environment(name) for name in (*_ENVIRONMENTS, _PAGES)},
            immutable_releases=self._immutable(actions),
            pages=self._pages(on=bool(about["has_pages"])),
            private_reports=self._value(
                "private-vulnerability-reporting", _ADMINISTRATION, lambda it: bool(it["enabled"])
            ),
            drafts=drafts,
            uses=uses,
        )

    # --- one request --------------------------------------------------------------------------------------

    def _value(
        self, path: str, right: str, made: Callable[[Any], T], **query: str | int | bool
    ) -> T | Unread:
        """What an answer says, for something that is always there: if it is not, there is no right to it."""
        found = self._maybe(path, right, made, **query)
        return Unread(right=right) if found is None else found

    def _maybe(
        self, path: str, right: str, made: Callable[[Any], T], **query: str | int | bool
    ) -> T | Unread | None:
        """The same for something that may not be there."""
        return _tried(lambda: made(self._client.get(path, **query)), right)

    def _list(self, path: str, right: str, made: Callable[[Sequence[Any]], T]) -> T | Unread:
        found = _tried(lambda: made(self._client.get_list(path)), right)
        return Unread(right=right) if found is None else found

    # --- settings that take more than one -------------------------------------------------------------------

    def _selected(self, actions: ActionsPolicy | Unread) -> SelectedActions | Unread | None:
        if isinstance(actions, Unread) or actions.allowed != "selected":
            return None
        return self._value("actions/permissions/selected-actions", _ADMINISTRATION, _selection)

    def _variable(self, name: str, listed: bool | Unread) -> str | Unread | None:
        """The value of a variable. That it is not there is known only by whoever may see those that are."""
        if isinstance(listed, Unread):
            return listed
        return self._maybe(f"actions/variables/{name}", "Variables (read)", lambda it: str(it["value"]))

    def _app(self, listed: bool | Unread) -> str | Unread | None:
        """The App that is named for the whole repository, or else in both environments that use it."""
        named = self._variable(APP_VARIABLE, listed)
        if named is not None:
            return named
        found = [
            self._maybe(
                f"environments/{name}/variables/{APP_VARIABLE}",
                "Environments (read)",
                lambda it: str(it["value"]),
            )
            for name in _ENVIRONMENTS
        ]
        return next((one for one in found if one is None or isinstance(one, Unread)), found[0])

    def _scheduled(self) -> datetime | Unread | None:
        return self._maybe(
            "actions/workflows/reconcile.yml/runs",
            _ACTIONS,
            lambda it: _moment(it["workflow_runs"][0]["created_at"]) if it["workflow_runs"] else None,
            event="schedule",
            per_page=1,
        )

    def _rulesets(self) -> tuple[Ruleset, ...] | Unread:
        right = "Metadata (read)"
        listed = _tried(lambda: self._client.get_list("rulesets", includes_parents=True), right)
        if listed is None or isinstance(listed, Unread):
            return listed or Unread(right=right)
        found = []
        for number in [int(one["id"]) for one in listed]:
            one = self._maybe(f"rulesets/{number}", right, _ruleset, includes_parents=True)
            if isinstance(one, Unread):
                return one
            if one is not None:  # one that was taken away in between is no longer in force
                found.append(one)
        return tuple(found)

    def _environment(self, name: str) -> Environment | Unread | None:
        found = self._maybe(f"environments/{name}", _ACTIONS, lambda it: it)
        if found is None or isinstance(found, Unread):
            return found
        branches: tuple[str, ...] | Unread | None = None
        policy = found.get("deployment_branch_policy")
        if policy and policy["protected_branches"]:
            branches = ("all protected branches",)
        elif policy:
            branches = self._list(f"environments/{name}/deployment-branch-policies", _ACTIONS, _branches)
        if isinstance(branches, Unread):
            return branches
        rules = found.get("protection_rules") or []
        return Environment(
            reviewers=sum(len(one.get("reviewers") or ()) for one in rules),
            wait_minutes=sum(int(one.get("wait_timer") or 0) for one in rules),
            branches=branches,
        )

    def _immutable(self, actions: ActionsPolicy | Unread) -> bool | Unread:
        found = self._maybe("immutable-releases", _ADMINISTRATION, lambda it: bool(it["enabled"]))
        if found is None:
            # GitHub says "not found" both where it is switched off and to whoever may not know.
            return Unread(right=_ADMINISTRATION) if isinstance(actions, Unread) else False
        return found

    def _pages(self, *, on: bool) -> str | Unread | None:
        if not on:
            return None
        return self._value("pages", "Pages (read)", lambda it: str(it.get("build_type") or "legacy"))


def _tried(ask: Callable[[], T], right: str) -> T | Unread | None:
    """What came of asking: None for what is not there, `Unread` for what is not shown.

    That GitHub has trouble, asks to wait or knows nothing of the token is no answer to any question: it goes on up.
    """
    try:
        return ask()
    except Missing:
        return None
    except Unanswered as problem:
        if problem.status not in _NO_RIGHT:
            raise
        return Unread(right=right, why=problem.findings[0].message)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _actions(it: Mapping[str, Any]) -> ActionsPolicy:
    return ActionsPolicy(
        enabled=bool(it["enabled"]),
        allowed=str(it.get("allowed_actions", "all")),
        pinned=bool(it.get("sha_pinning_required", False)),
    )


def _selection(it: Mapping[str, Any]) -> SelectedActions:
    return SelectedActions(
        github_owned=bool(it.get("github_owned_allowed", False)),
        verified=bool(it.get("verified_allowed", False)),
        patterns=tuple(str(one) for one in it.get("patterns_allowed") or ()),
    )


def _token(it: Mapping[str, Any]) -> TokenPolicy:
    return TokenPolicy(
        writes=it["default_workflow_permissions"] != "read",
        may_approve=bool(it["can_approve_pull_request_reviews"]),
    )


def _workflows(listed: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The state of each workflow by the name of its file. One that was taken away is listed for a while."""
    return {
        str(one["path"]).rpartition("/")[2]: str(one["state"]) for one in listed if one["state"] != "deleted"
    }


def _names(listed: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(one["name"]) for one in listed)


def _branches(listed: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    found = (
        str(one["name"]) if one.get("type", "branch") == "branch" else f"tag {one['name']}" for one in listed
    )
    return tuple(sorted(found))


def _ruleset(it: Mapping[str, Any]) -> Ruleset:
    refs = (it.get("conditions") or {}).get("ref_name") or {}
    shown = it.get("bypass_actors")
    return Ruleset(
        name=str(it["name"]),
        target=str(it.get("target", "branch")),
        enforced=it["enforcement"] == "active",
        include=tuple(refs.get("include") or ()),
        exclude=tuple(refs.get("exclude") or ()),
        rules=tuple(_rule(one) for one in it.get("rules") or ()),
        bypass=None
        if shown is None
        else tuple(Bypass(kind=str(one["actor_type"]), id=one.get("actor_id")) for one in shown),
    )


def _rule(it: Mapping[str, Any]) -> Rule:
    asked = (it.get("parameters") or {}).get("required_status_checks") or ()
    return Rule(
        kind=str(it["type"]),
        required=tuple((str(one["context"]), one.get("integration_id")) for one in asked),
    )
