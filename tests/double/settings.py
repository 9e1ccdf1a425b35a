"""What the settings of a repository hold: rules, environments, workflows and their runs."""

from __future__ import annotations

import re
from typing import Literal

from tests.double.repositories import Repositories
from tests.double.state import Account, Environment, Pull, Repository, Ruleset, Run, Token, Workflow


class Settings(Repositories):
    """Settings of repositories, and workflows."""

    def protect(
        self,
        repository: Repository,
        name: str,
        include: list[str],
        rules: list[dict[str, object]],
        *,
        target: Literal["branch", "tag"] = "branch",
        bypass: list[dict[str, object]] | None = None,
        enforcement: Literal["active", "evaluate", "disabled"] = "active",
    ) -> Ruleset:
        """A ruleset, in the words of GitHub: `creation`, `update`, `deletion`, `non_fast_forward`, ..."""
        made = Ruleset(
            id=self.id("small"),
            name=name,
            target=target,
            include=include,
            enforcement=enforcement,
            rules=rules,
            bypass=bypass or [],
        )
        repository.rulesets.append(made)
        return made

    def burn_tag(self, repository: Repository, tag: str) -> None:
        """An immutable release once had this tag: no release can have it again."""
        repository.burned_tags.add(tag)

    def environment(self, repository: Repository, name: str, reviewers: tuple[str, ...] = ()) -> Environment:
        """An environment, with who has to approve."""
        people = [self.account(one) for one in reviewers]
        made = Environment(id=self.id(), name=name, reviewers=people, created=self.clock.now())
        repository.environments.append(made)
        return made

    def workflow(self, repository: Repository, path: str, name: str | None = None) -> Workflow:
        """A workflow that GitHub knows of."""
        made = Workflow(id=self.id(), path=path, name=name or path, created=self.clock.now())
        repository.workflows.append(made)
        return made

    def run(
        self,
        repository: Repository,
        workflow: Workflow,
        *,
        pull: Pull | None = None,
        event: str = "pull_request",
        actor: Account | str | None = None,
        conclusion: str | None = "success",
        status: str = "completed",
    ) -> Run:
        """A run of a workflow; one that waits for approval is completed with `action_required`."""
        bare = self.bare(repository)
        sha = pull.head if pull else bare.tip(f"refs/heads/{repository.default_branch}") or ""
        branch = pull.head_ref if pull else repository.default_branch
        suite = self.arrived(repository, sha, branch)
        if suite is None:
            raise LookupError("no check suites are made")
        who = self.account(actor) if actor else (pull.author if pull else repository.owner)
        now = self.clock.now()
        made = Run(
            id=self.id(),
            number=len(repository.runs) + 1,
            workflow=workflow,
            event=event,
            branch=branch,
            sha=sha,
            actor=who,
            suite=suite,
            head_repository=pull.head_repository if pull else repository,
            at=now,
            updated=now,
            title=pull.title if pull else workflow.name,
            status=status,
            conclusion=conclusion,
        )
        repository.runs.append(made)
        return made

    def refused(self, repository: Repository, token: Token, ref: str) -> list[str]:
        """What the rules of a repository refuse to a token on a ref: `create`, `update`, `delete`, `force`."""
        if any(one.immutable and ref == f"refs/tags/{one.tag}" for one in repository.releases):
            return ["delete", "update"]
        words = {"creation": "create", "update": "update", "deletion": "delete", "non_fast_forward": "force"}
        found = []
        for ruleset in rules_for(repository, ref):
            if not passes_by(ruleset, repository, token):
                found += [words[str(rule["type"])] for rule in ruleset.rules if rule["type"] in words]
                found += ["update" for rule in ruleset.rules if rule["type"] == "pull_request"]
        return sorted(set(found))


def rules_for(repository: Repository, ref: str) -> list[Ruleset]:
    """The active rulesets that are about a ref."""
    kind = "tag" if ref.startswith("refs/tags/") else "branch"
    return [
        one
        for one in repository.rulesets
        if one.enforcement == "active"
        and one.target == kind
        and any(_matches(repository, pattern, ref) for pattern in one.include)
        and not any(_matches(repository, pattern, ref) for pattern in one.exclude)
    ]


def passes_by(ruleset: Ruleset, repository: Repository, token: Token) -> bool:
    """Whether a token is among those that a ruleset lets pass by."""
    for one in ruleset.bypass:
        kind, number = one["actor_type"], one.get("actor_id")
        if kind == "Integration" and token.kind != "user" and number == token.account.app:
            return True
        if kind == "RepositoryRole" and token.kind == "user" and number == 5:
            return repository.role(token.account) == "admin"
        if kind == "User" and number == token.account.id:
            return True
    return False


def _matches(repository: Repository, pattern: str, ref: str) -> bool:
    if pattern == "~ALL":
        return True
    if pattern == "~DEFAULT_BRANCH":
        return ref == f"refs/heads/{repository.default_branch}"
    return re.fullmatch(_as_regex(pattern), ref) is not None


def _as_regex(pattern: str) -> str:
    """A pattern for refs: `*` stays within one part of a name, `**` does not."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return "".join(words.get(part, re.escape(part)) for part in parts)
