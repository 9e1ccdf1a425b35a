"""The shared copy of the repository: fetched from, and pushed to in one step or not at all."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace

from accord.adapters.git.command import Answer, failure
from accord.adapters.git.repository import Git
from accord.domain.findings import Exit, refuse

# What is fetched is a stranger's: every object is checked before it is kept, and nothing of it is ever checked out.
CAREFUL = {
    "fetch.fsckObjects": "true",
    "transfer.credentialsInUrl": "die",
    "fetch.recurseSubmodules": "false",
}
# What git says when somebody else pushed first.
LOST = ("fetch first", "non-fast-forward", "stale info", "cannot lock ref", "failed to update ref")
# What GitHub says to a job whose push changes a workflow, and no job can have that right.
WORKFLOWS = "refusing to allow a GitHub App to create or update workflow"
SLOW = 600.0  # seconds; a first fetch can be long


class GitRemote:
    """Implements the port `Remote` with git itself. ``token`` goes to it as a header, never in an address."""

    def __init__(self, git: Git, *, name: str = "origin", token: str = "") -> None:
        self._name = name
        settings = dict(CAREFUL)
        if token:
            account = base64.b64encode(f"x-access-token:{token}".encode()).decode()
            settings["http.extraHeader"] = f"Authorization: Basic {account}"
        self._command = replace(git.command, settings=settings, timeout=SLOW)

    def fetch(self, refs: Sequence[str], *, prune: bool = False) -> None:
        """Fetch by refspecs; with *prune* names that are gone there go here too.

        Raises:
            Refused: exit OUTSIDE.
        """
        answer = self._fetch(refs, prune=prune)
        if answer.status != 0:
            raise self._refused("fetch", answer)

    def fetch_each(self, refs: Sequence[str]) -> frozenset[str]:
        """Fetch by refspecs, each on its own where they do not all come at once; those that came."""
        if not refs or self._fetch(refs, prune=False).status == 0:
            return frozenset(refs)
        return frozenset(ref for ref in refs if self._fetch([ref], prune=False).status == 0)

    def push(self, refs: Sequence[str]) -> bool:
        """Push by refspecs, all of them or none; ``False`` if somebody else had pushed before.

        Raises:
            Refused: exit OUTSIDE, for any other reason.
        """
        answer = self._push(refs, "--atomic")
        if answer.status == 0:
            return True
        said = answer.out.decode("utf-8", "replace") + answer.err
        if any(mark in said for mark in LOST):
            return False
        raise self._refused("push", answer)

    def push_some(self, refs: Sequence[str]) -> bool:
        """Push by refspecs whatever is taken, each for itself; ``False`` if not all were."""
        return self._push(refs).status == 0

    def _push(self, refs: Sequence[str], *how: str) -> Answer:
        return self._command.attempt("push", *how, "--porcelain", "--no-verify", self._name, *refs)

    def _fetch(self, refs: Sequence[str], *, prune: bool) -> Answer:
        also = ["--prune"] if prune else []
        return self._command.attempt(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *also, self._name, *refs
        )

    def _refused(self, verb: str, answer: Answer) -> Exception:
        said = answer.out.decode("utf-8", "replace") + answer.err
        if WORKFLOWS in said:
            return refuse(
                "remote-workflows",
                f"The shared copy (`{self._name}`) takes no text from us that changes a workflow with it.",
                fix="The record does not need it; the pull request keeps it.",
                exit_code=Exit.OUTSIDE,
            )
        if "could not read Username" in said or "403" in said or "401" in said or "denied" in said.lower():
            return refuse(
                "remote-rights",
                f"The shared copy (`{self._name}`) does not let us {verb}.",
                fix="Check the token and its rights: writing the record needs `contents: write`, and leave to push to "
                "the branch `record` (`accord doctor` names the setting).",
                exit_code=Exit.OUTSIDE,
            )
        if "protected branch" in said or "rule violations" in said or "GH013" in said or "GH006" in said:
            return refuse(
                "remote-protected",
                f"The shared copy (`{self._name}`) protects this branch from whoever pushes here.",
                fix="Let the account that writes the record through (`accord doctor` names the setting).",
                exit_code=Exit.OUTSIDE,
            )
        return failure(verb, answer.err or said, self._command.folder)
