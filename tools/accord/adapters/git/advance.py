"""Moving a branch that may be open in a folder, without losing a line the user has not saved in Git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from accord.adapters.git.command import failure
from accord.domain.findings import Exit, refuse

if TYPE_CHECKING:
    from accord.adapters.git.repository import Git


def advance_branch(git: Git, branch: str, new: str, old: str) -> None:
    """See :meth:`accord.adapters.git.repository.Git.advance_branch`."""
    ref = f"refs/heads/{branch}"
    current = git.resolve(ref)
    if current is None or current != git.resolve(old):
        raise _moved(branch)
    open_in = [tree.path for tree in git.worktrees() if tree.branch == branch]
    here = [path for path in open_in if os.path.realpath(path) == os.path.realpath(git.root)]
    elsewhere = [path for path in open_in if path not in here]
    if elsewhere:
        raise refuse(
            "branch-open-elsewhere",
            f"`{branch}` is open in another folder, {elsewhere[0]}; moving it would make the files there look "
            "changed. Nothing was changed.",
            fix=f"Run the command in {elsewhere[0]}, or open another branch there.",
            exit_code=Exit.OUTSIDE,
        )
    if here:
        _with_files(git, branch, new)
    elif not git.update_ref(ref, new, current):
        raise _moved(branch)


def _with_files(git: Git, branch: str, new: str) -> None:
    # Only forward, so that a branch that moved since it was looked at is refused by git itself.
    answer = git.command.attempt(
        "merge", "--ff-only", "--quiet", "--no-stat", "--no-progress", "--no-autostash", "--no-verify-signatures",
        "--no-overwrite-ignore", new,
    )  # fmt: skip
    if answer.status == 0:
        return
    files = [line.strip() for line in answer.err.splitlines() if line.startswith("\t")]
    if files:
        raise refuse(
            "local-changes",
            f"`{branch}` has new text for files you have changed in {git.root} and not committed: "
            f"{', '.join(files)}. Nothing was changed.",
            fix="Commit those changes, or put them aside, then run the same command again.",
            exit_code=Exit.OUTSIDE,
        )
    if not git.is_ancestor(f"refs/heads/{branch}", new):
        raise _moved(branch)
    raise failure("merge", answer.err, git.root)


def _moved(branch: str) -> Exception:
    return refuse(
        "branch-moved",
        f"`{branch}` has moved since it was looked at. Nothing was changed.",
        fix="Run the same command again; it starts from the new state.",
        exit_code=Exit.OUTSIDE,
    )
