"""Why there is no answer to a name: it does not exist, or the repository lost it. The second is never passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.adapters.git.objects import FOLDER
from accord.domain.findings import Exit, refuse

if TYPE_CHECKING:
    from accord.adapters.git.repository import Git

SUBMODULE = b"160000"
_OBJECT_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def explain(git: Git, name: str, *, certain: bool = False) -> None:
    """Return if *name* stands for nothing in this repository.

    *certain*: the name of an object was not typed by a person but read from another object, so it must be there.

    Raises:
        Refused: exit OUTSIDE; it stands for something that is missing or damaged.
    """
    # `cat-file` says "missing" for an unknown name and for a damaged object alike.
    rev, colon, path = name.partition(":")
    if not rev.strip() or "\n" in name or "\0" in name:
        return
    if colon:
        _explain_path(git, rev, path)
    elif _OBJECT_NAME.fullmatch(rev):
        if git.find([rev])[0] is None and (certain or git.command.attempt("cat-file", "-e", rev).err):
            raise damaged(git.root, rev)
    else:
        answer = git.command.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", rev)
        oid = answer.out.decode("ascii").strip().splitlines()[-1:]
        if answer.status == 0 and oid and oid[0] != rev and git.find(oid)[0] is None:
            raise damaged(git.root, f"{oid[0]} ({rev})")


def _explain_path(git: Git, rev: str, path: str) -> None:
    commit = git.resolve(rev)
    if commit is None:
        return
    oid = git.top_folder(commit)
    *folders, last = (part.encode("utf-8", "surrogateescape") for part in path.split("/"))
    for part in folders:
        mode, oid = git.folder(oid).get(part, (b"", ""))
        if mode != FOLDER:
            return
    mode, oid = git.folder(oid).get(last, (SUBMODULE, ""))
    if mode != SUBMODULE and git.find([oid])[0] is None:
        raise damaged(git.root, f"{oid} ({path})")


def damaged(folder: str, what: str) -> Exception:
    """The refusal for an object that the repository refers to but cannot give."""
    return refuse(
        "repository-damaged",
        f"The repository in {folder} is damaged: {what} is missing or cannot be read.",
        fix="Look with `git fsck`; fetch what is missing from another copy, or make a fresh clone.",
        exit_code=Exit.OUTSIDE,
    )
