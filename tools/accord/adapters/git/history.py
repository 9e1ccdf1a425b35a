"""Questions about revisions and their differences, each one git process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from accord.adapters.git.command import Command
from accord.application.ports import Change, CommitInfo, TreeEntry

COMMIT_FIELDS = ("%H", "%P", "%ct", "%an", "%s", "%(trailers:only=true,unfold=true)")


def text(raw: bytes) -> str:
    """A path as git keeps it; bytes that are no UTF-8 become lone surrogates and so stay recognisable."""
    return raw.decode("utf-8", "surrogateescape")


def tree(command: Command, commit: str, prefixes: Iterable[str]) -> list[TreeEntry]:
    """Every file at *commit* under *prefixes* (all files when there are none), sorted by path."""
    answer = command.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", *prefixes)
    entries = []
    for line in answer.out.split(b"\0")[:-1]:
        meta, _, path = line.partition(b"\t")
        mode, kind, oid, size = meta.decode("ascii").split()
        entries.append(
            TreeEntry(mode=mode, kind=kind, oid=oid, size=-1 if size == "-" else int(size), path=text(path))
        )
    return entries


def first_parent(command: Command, since: str | None, until: str, paths: Iterable[str]) -> list[CommitInfo]:
    """The commits of a branch in the order they came to it, oldest first, after *since* up to *until*.

    With *paths* only those that changed one of them against their first parent.
    """
    span = [until] if since is None else [until, f"^{since}"]
    answer = command.run(
        "log", "-z", "--first-parent", "--reverse", "--no-color", "--no-decorate", "--no-notes", "--no-patch",
        f"--format=tformat:{'%x00'.join(COMMIT_FIELDS)}", *span, "--", *paths,
    )  # fmt: skip
    values = answer.out.decode("utf-8", "replace").split("\0")[:-1]
    width = len(COMMIT_FIELDS)
    return [_commit(values[at : at + width]) for at in range(0, len(values), width)]


def _commit(values: list[str]) -> CommitInfo:
    oid, parents, seconds, author, subject, trailers = values
    pairs = (line.partition(":") for line in trailers.split("\n") if ":" in line)
    return CommitInfo(
        oid=oid,
        parents=tuple(parents.split()),
        moment=datetime.fromtimestamp(int(seconds), UTC),
        author=author,
        subject=subject,
        trailers=tuple((key.strip(), value.strip()) for key, _, value in pairs),
    )


def merge_base(command: Command, one: str, other: str) -> str | None:
    """The newest commit both stand on; ``None`` for unrelated histories."""
    answer = command.run("merge-base", one, other, ok=(0, 1))
    return answer.out.decode("ascii").strip() or None


def is_ancestor(command: Command, older: str, newer: str) -> bool:
    """Whether *newer* contains *older* (a commit contains itself)."""
    return command.run("merge-base", "--is-ancestor", older, newer, ok=(0, 1)).status == 0


def changed(command: Command, base: str, head: str) -> list[Change]:
    """The files that differ, sorted by path; a renamed file is one deleted and one added."""
    answer = command.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", base, head, "--")
    values = answer.out.split(b"\0")[:-1]
    return [raw_change(meta, path) for meta, path in zip(values[::2], values[1::2], strict=True)]


def raw_change(meta: bytes, path: bytes) -> Change:
    """A line of git's raw difference: ``:100644 100644 <oid> <oid> M`` and its path."""
    old_mode, new_mode, old_oid, new_oid, status = meta.decode("ascii").removeprefix(":").split(" ")
    return Change(
        status=status[0],
        old_mode=old_mode,
        new_mode=new_mode,
        old_oid=old_oid,
        new_oid=new_oid,
        path=text(path),
    )


def raw_log(
    command: Command, since: str | None, until: str
) -> list[tuple[str, tuple[str, ...], list[Change]]]:
    """Commit, parents and changed files of every commit in *until* but not in *since*, oldest first; one pass.

    A commit with several parents has no changed files here.
    """
    span = [until] if since is None else [until, f"^{since}"]
    answer = command.run(
        "log", "-z", "--raw", "--root", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-merges=off",
        "--reverse", "--topo-order", "--no-color", "--no-decorate", "--no-notes",
        "--format=tformat:%x01%H %P", *span, "--",
    )  # fmt: skip
    commits: list[tuple[str, tuple[str, ...], list[Change]]] = []
    values = iter(answer.out.split(b"\0"))
    for value in values:
        item = value.lstrip(b"\n")
        if item.startswith(b"\x01"):
            oid, *parents = item[1:].decode("ascii").split()
            commits.append((oid, tuple(parents), []))
        elif item.startswith(b":"):
            commits[-1][2].append(raw_change(item, next(values)))
    return commits
