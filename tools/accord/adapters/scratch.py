"""A scratch repository in a folder of its own: it can be made again, so nothing in it waits for the disk."""

from __future__ import annotations

from pathlib import Path

from accord.adapters.git import Git
from accord.adapters.git.command import Command
from accord.domain.findings import Exit, Place, refuse

# No branch is open while a rehearsal plays, so that no file of the folder has to follow each change.
_NOWHERE = "rehearsal"


def new_repository(folder: Path) -> Git:
    """A fresh repository with no commit and no branch open.

    Raises:
        Refused: the folder is a file, or there is something in it (exit USAGE); it cannot be made (exit OUTSIDE).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise refuse(
            "folder-not-empty",
            f"{folder} exists and is not an empty folder. Nothing was changed.",
            fix="Name a folder that does not exist yet; a rehearsal makes it.",
            place=Place(file=str(folder)),
            exit_code=Exit.USAGE,
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise refuse(
            "folder-not-made",
            f"{folder} cannot be made: {problem.strerror}.",
            fix="Name a folder in a place where you may write.",
            exit_code=Exit.OUTSIDE,
        ) from problem
    command = Command(folder=str(folder.absolute()), durable=False)
    command.run("init", "--quiet", f"--initial-branch={_NOWHERE}")
    return Git.open(folder, durable=False)


def shallow_copy(git: Git, folder: Path) -> Git:
    """A repository that borrows the objects of another and has all its names, for trying something out.

    Raises:
        Refused: it cannot be made (exit OUTSIDE).
    """
    command = Command(folder=str(folder.absolute()), durable=False)
    command.run("init", "--quiet", "--bare", f"--initial-branch={_NOWHERE}")
    common = git.command.run("rev-parse", "--path-format=absolute", "--git-common-dir").out.decode().strip()
    (folder / "objects/info/alternates").write_text(f"{common}/objects\n", encoding="utf-8")
    command.run("fetch", "--quiet", "--no-tags", git.root, "+refs/*:refs/*")
    return Git.open(folder, durable=False)


def open_main(git: Git) -> None:
    """Open the main branch in the folder, with its files."""
    git.command.run("symbolic-ref", "HEAD", "refs/heads/main")
    git.command.run("reset", "--quiet", "--hard")
