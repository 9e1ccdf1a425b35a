"""Finding the repository a folder belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from accord.adapters.git.command import Command, failure
from accord.domain.findings import Exit, Place, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A repository: git in its top folder, and what git says about it."""

    command: Command
    is_bare: bool
    algorithm: str


def open_repository(path: str | Path, *, timeout: float, durable: bool) -> Opened:
    """See :meth:`accord.adapters.git.repository.Git.open`."""
    folder = str(Path(path).absolute())
    if not Path(folder).is_dir():
        raise refuse(
            "repository-missing",
            f"There is no folder {folder}.",
            fix="Check the path, or name the folder of the text with `--repo DIR`.",
            place=Place(file=folder),
            exit_code=Exit.USAGE,
        )
    command = Command(folder=folder, timeout=timeout, durable=durable)
    answer = command.attempt(
        "rev-parse", "--path-format=absolute", "--is-bare-repository", "--show-object-format", "--git-common-dir",
        "--show-toplevel",
    )  # fmt: skip
    # In a bare repository the last question fails, after the others were answered.
    lines = answer.out.decode("utf-8", "surrogateescape").splitlines()
    if len(lines) < 3:
        raise _no_repository(folder, answer.err)
    is_bare, algorithm, common = lines[:3]
    root = lines[3] if len(lines) > 3 else common
    return Opened(command=replace(command, folder=root), is_bare=is_bare == "true", algorithm=algorithm)


def _no_repository(folder: str, err: str) -> Exception:
    if "dubious ownership" in err:
        return refuse(
            "repository-owner",
            f"The repository at {folder} belongs to another user, so Git does not work on it.",
            fix="Ask its owner, or tell Git that you trust it: "
            f"`git config --global --add safe.directory {folder}`.",
            exit_code=Exit.OUTSIDE,
        )
    if "not a git repository" in err:
        return refuse(
            "repository-missing",
            f"{folder} is not in a Git repository.",
            fix="Change to the folder of the text, or name it with `--repo DIR`.",
            place=Place(file=folder),
            exit_code=Exit.USAGE,
        )
    return failure("rev-parse", err, folder)
