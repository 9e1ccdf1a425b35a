"""Repositories, forks, and what happens when something is pushed to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.double.gitstore import Files, create
from tests.double.people import People
from tests.double.state import Account, CheckSuite, Happening, Label, Pull, Repository

ZERO = "0" * 40
# The labels a new repository has are of no interest here: it starts without any.


class Repositories(People):
    """Repositories and their refs."""

    def repository(
        self, full_name: str, files: Files | None = None, *, private: bool = False, organization: bool = True
    ) -> Repository:
        """A new repository, with a first commit on `main` when there are files."""
        owner, _, name = full_name.partition("/")
        account = self.find_account(owner) or self.user(owner, "Organization" if organization else "User")
        number = self.id("repository")
        repository = self.add(
            Repository(
                id=number,
                owner=account,
                name=name,
                path=self.root / f"{number}.git",
                private=private,
                created=self.clock.now(),
            )
        )
        create(repository.path)
        if files:
            self.push(repository, "main", files, by=account, message="Begin")
        return repository

    def fork(self, repository: Repository, who: Account | str) -> Repository:
        """A fork, with the branches as they are now."""
        owner = self.account(who)
        number = self.id("repository")
        fork = self.add(
            Repository(
                id=number,
                owner=owner,
                name=repository.name,
                path=self.root / f"{number}.git",
                created=self.clock.now(),
                fork_of=repository,
            )
        )
        bare = create(fork.path, share=repository.path)
        for ref, sha in self.bare(repository).refs().items():
            if ref.startswith("refs/heads/"):
                bare.point(ref, sha)
        self.happened("fork", None, owner, repository, fork=fork)
        return fork

    def delete_fork(self, fork: Repository) -> None:
        """The fork is gone; pull requests from it stay, without their head repository."""
        fork.deleted = True
        for pull in self.all_pulls():
            if pull.head_repository is fork:
                pull.head_repository = None

    def rename_repository(self, repository: Repository, full_name: str) -> None:
        """Rename or transfer it; it is still found under the old name, by a redirect."""
        self.moved[repository.full_name.lower()] = repository.id
        owner, _, repository.name = full_name.partition("/")
        repository.owner = self.find_account(owner) or self.user(owner, "Organization")

    def grant(self, repository: Repository, who: Account | str, role: str) -> None:
        """Give an account a role: admin, maintain, write, triage, read or none."""
        repository.roles[self.account(who).id] = role

    def label(
        self, repository: Repository, name: str, color: str = "ededed", text: str | None = None
    ) -> Label:
        """A label of the repository, made when there is none of this name, whatever its case."""
        found = repository.labels.get(name.lower())
        if found is None:
            found = Label(id=self.id(), name=name, color=color, description=text)
            repository.labels[name.lower()] = found
        return found

    def push(
        self,
        repository: Repository,
        branch: str,
        files: Files,
        *,
        by: Account | str | None = None,
        message: str = "Change the text",
        parent: str | None = None,
        at: datetime | None = None,
    ) -> str:
        """Push one commit on a branch (or a full ref); ``parent`` makes it a forced one. The commit."""
        who = self.account(by) if by else repository.owner
        ref = branch if branch.startswith("refs/") else f"refs/heads/{branch}"
        bare = self.bare(repository)
        before = bare.tip(ref)
        start = parent or before or bare.tip(f"refs/heads/{repository.default_branch}")
        moment = at or self.clock.now()
        sha = bare.commit(ref, files, parent=start, message=message, author=who.login, at=moment)
        self._ref_moved(repository, ref, before, sha, who)
        return sha

    def point(
        self, repository: Repository, ref: str, sha: str | None, *, by: Account | str | None = None
    ) -> None:
        """Set or (with None) remove a ref, as a push would."""
        before = self.bare(repository).tip(ref)
        self.bare(repository).point(ref, sha)
        self._ref_moved(repository, ref, before, sha, self.account(by) if by else repository.owner)

    def all_pulls(self) -> list[Pull]:
        """The pull requests of all repositories."""
        return [pull for repository in self.repositories.values() for pull in repository.pulls]

    def refs_changed(self, repository: Repository, before: dict[str, str], who: Account) -> list[str]:
        """Let everything that hangs on refs follow them; the names of those that changed."""
        after = self.bare(repository).refs()
        changed = sorted(ref for ref in before.keys() | after.keys() if before.get(ref) != after.get(ref))
        for ref in changed:
            self._ref_moved(repository, ref, before.get(ref), after.get(ref), who)
        return changed

    def _ref_moved(
        self, repository: Repository, ref: str, old: str | None, new: str | None, who: Account
    ) -> None:
        if ref.startswith("refs/pull/") or old == new:
            return
        forced = bool(old and new) and not self.bare(repository).holds(old or "", new or "")
        self.happened(
            "push", None, who, repository, ref=ref, before=old or ZERO, after=new or ZERO, forced=forced
        )
        if ref.startswith("refs/heads/"):
            self._branch_moved(repository, ref.removeprefix("refs/heads/"), old, new, who)

    def _branch_moved(
        self, repository: Repository, branch: str, old: str | None, new: str | None, who: Account
    ) -> None:
        for pull in self.all_pulls():
            if pull.head_repository is repository and pull.head_ref == branch and pull.state == "open":
                self._head_moved(pull, old, new, who)
            if new and pull.repository is repository and pull.base == branch and pull.state == "open":
                self._base_moved(pull, new, who)

    def _head_moved(self, pull: Pull, old: str | None, new: str | None, who: Account) -> None:
        if new is None:
            self.close(pull, by=who)
            return
        bare = self.bare(pull.repository)
        if old and not bare.holds(old, new):
            self.note(pull, "HeadRefForcePushedEvent", who, before=old, after=new)
        pull.head = new
        pull.base_sha = bare.tip(f"refs/heads/{pull.base}") or pull.base_sha
        bare.point(f"refs/pull/{pull.number}/head", new)
        self.touch(pull, "push")
        for thread in pull.threads:
            if thread.line is not None and not self._still_there(pull, thread.path):
                thread.line = None
        self.arrived(pull.repository, new, pull.head_ref)
        self.happened("pull_request", "synchronize", who, pull.repository, pull=pull, before=old, after=new)

    def _base_moved(self, pull: Pull, new: str, who: Account) -> None:
        """A pull request whose head came into its base is merged, whoever did it and however."""
        if self.bare(pull.repository).holds(pull.head, new):
            pull.merged, pull.merged_by, pull.merge_sha = self.clock.now(), who, new
            pull.repository.contributors.add(pull.author.id)
            self.close(pull, by=who)

    def _still_there(self, pull: Pull, path: str) -> bool:
        return self.bare(pull.repository).tip(f"{pull.head}:{path}") is not None

    def arrived(self, repository: Repository, sha: str, branch: str | None) -> CheckSuite | None:
        """A commit has come: GitHub makes the check suite of its own Actions for it, as of now."""
        if not self.check_suites_on_push:
            return None
        known = [suite for suite in repository.suites if suite.sha == sha]
        if known:
            return known[0]
        suite = self.add(
            CheckSuite(id=self.id(), sha=sha, branch=branch, app="github-actions", at=self.clock.now())
        )
        repository.suites.append(suite)
        return suite

    def note(self, pull: Any, kind: str, actor: Account, **what: Any) -> Happening:
        """An entry in the timeline."""
        entry = self.add(Happening(id=self.id(), kind=kind, actor=actor, at=self.clock.now(), **what))
        pull.timeline.append(entry)
        return entry

    def close(self, pull: Any, *, by: Account | str | None = None) -> None:
        """Close it."""
        raise NotImplementedError
