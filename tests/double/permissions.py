"""Which permission each operation needs, as GitHub's own list for apps has it, and who has it.

Stricter than GitHub in one thing: reading a public repository needs the permission to read, too, so that a job
which forgot to ask for it is found out here.
"""

from __future__ import annotations

from tests.double.state import Repository, Token

_TALK = "issues|pull_requests"

NEEDS: dict[str, tuple[str, str]] = {
    "repos/get": ("metadata", "read"),
    "pulls/list": ("pull_requests", "read"),
    "pulls/get": ("pull_requests", "read"),
    "pulls/create": ("pull_requests", "write"),
    "pulls/update": ("pull_requests", "write"),
    "pulls/list-reviews": ("pull_requests", "read"),
    "pulls/list-review-comments": ("pull_requests", "read"),
    "pulls/list-files": ("pull_requests", "read"),
    "issues/list-for-repo": ("issues", "read"),
    "issues/get": (_TALK, "read"),
    "issues/create": ("issues", "write"),
    "issues/update": (_TALK, "write"),
    "issues/list-comments": (_TALK, "read"),
    "issues/list-comments-for-repo": (_TALK, "read"),
    "issues/get-comment": (_TALK, "read"),
    "issues/create-comment": (_TALK, "write"),
    "issues/update-comment": (_TALK, "write"),
    "issues/delete-comment": (_TALK, "write"),
    "issues/list-labels-for-repo": (_TALK, "read"),
    "issues/get-label": (_TALK, "read"),
    "issues/create-label": (_TALK, "write"),
    "issues/update-label": (_TALK, "write"),
    "issues/list-labels-on-issue": (_TALK, "read"),
    "issues/add-labels": (_TALK, "write"),
    "issues/set-labels": (_TALK, "write"),
    "issues/remove-label": (_TALK, "write"),
    "repos/create-commit-status": ("statuses", "write"),
    "repos/get-combined-status-for-ref": ("statuses", "read"),
    "repos/list-commit-statuses-for-ref": ("statuses", "read"),
    "checks/create": ("checks", "write"),
    "checks/list-for-ref": ("checks", "read"),
    "checks/list-suites-for-ref": ("checks", "read"),
    "git/get-ref": ("contents", "read"),
    "git/list-matching-refs": ("contents", "read"),
    "git/create-ref": ("contents", "write"),
    "git/update-ref": ("contents", "write"),
    "git/delete-ref": ("contents", "write"),
    "git/create-tag": ("contents", "write"),
    "git/get-tag": ("contents", "read"),
    "repos/list-releases": ("contents", "read"),
    "repos/get-release": ("contents", "read"),
    "repos/get-latest-release": ("contents", "read"),
    "repos/get-release-by-tag": ("contents", "read"),
    "repos/create-release": ("contents", "write"),
    "repos/update-release": ("contents", "write"),
    "repos/delete-release": ("contents", "write"),
    "repos/list-release-assets": ("contents", "read"),
    "repos/get-release-asset": ("contents", "read"),
    "repos/upload-release-asset": ("contents", "write"),
    "repos/delete-release-asset": ("contents", "write"),
    "repos/get-content": ("contents", "read"),
    "repos/check-immutable-releases": ("administration", "read"),
    "repos/enable-immutable-releases": ("administration", "write"),
    "repos/disable-immutable-releases": ("administration", "write"),
    "repos/get-repo-rulesets": ("metadata", "read"),
    "repos/get-repo-ruleset": ("metadata", "read"),
    "repos/get-branch-rules": ("metadata", "read"),
    "actions/get-github-actions-permissions-repository": ("administration", "read"),
    "actions/get-allowed-actions-repository": ("administration", "read"),
    "actions/get-github-actions-default-workflow-permissions-repository": ("administration", "read"),
    "actions/get-fork-pr-contributor-approval-permissions-repository": ("administration", "read"),
    "actions/list-repo-workflows": ("actions", "read"),
    "actions/get-workflow": ("actions", "read"),
    "actions/enable-workflow": ("actions", "write"),
    "actions/disable-workflow": ("actions", "write"),
    "actions/list-workflow-runs-for-repo": ("actions", "read"),
    "actions/list-workflow-runs": ("actions", "read"),
    "actions/get-workflow-run": ("actions", "read"),
    "actions/create-workflow-dispatch": ("actions", "write"),
    "repos/get-all-environments": ("actions", "read"),
    "repos/get-environment": ("actions", "read"),
    "repos/list-deployment-branch-policies": ("actions", "read"),
    "repos/get-collaborator-permission-level": ("metadata", "read"),
    "repos/get-pages": ("pages", "read"),
    "actions/list-repo-variables": ("actions_variables", "read"),
    "actions/get-repo-variable": ("actions_variables", "read"),
    "actions/list-repo-secrets": ("secrets", "read"),
    "actions/list-environment-secrets": ("environments", "read"),
    "actions/get-environment-variable": ("environments", "read"),
    "repos/check-private-vulnerability-reporting": ("administration", "read"),
}
"""Operation → the permissions of which one is enough, and the access needed."""

_ORDER = {"none": 0, "read": 1, "write": 2, "admin": 3}
_ROLES = {
    "none": "none",
    "read": "read",
    "triage": "read",
    "write": "write",
    "maintain": "write",
    "admin": "admin",
}


def accepted(operation: str) -> str:
    """The header that names what would have been enough."""
    names, access = NEEDS[operation]
    return "; ".join(f"{name}={access}" for name in names.split("|"))


def allowed(token: Token | None, repository: Repository, operation: str) -> bool:
    """Whether a token may call an operation on a repository."""
    need = NEEDS.get(operation)
    if need is None:
        return True
    names, access = need
    return any(holds(token, repository, name, access) for name in names.split("|"))


def holds(token: Token | None, repository: Repository, permission: str, access: str) -> bool:
    """Whether a token has a permission on a repository."""
    if token is None:
        return access == "read" and not repository.private and permission != "administration"
    if token.repository not in (None, repository):
        return access == "read" and not repository.private and permission == "metadata"
    if token.kind == "user" and len(token.permissions) == 1:
        return _by_role(repository.role(token.account), permission, access)
    return _ORDER[token.permissions.get(permission, "none")] >= _ORDER[access]


def _by_role(role: str, permission: str, access: str) -> bool:
    """What a person's own token may do: what the person may. Anyone who reads may also open and comment."""
    if permission == "administration":
        return role == "admin"
    if permission in {"issues", "pull_requests"} and _ROLES[role] == "read":
        return True
    return _ORDER[_ROLES[role]] >= _ORDER[access]
