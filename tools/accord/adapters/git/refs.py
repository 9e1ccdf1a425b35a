"""Names of commits: branches, tags and others. Moved only by compare-and-swap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from accord.adapters.git.command import Answer, Command, failure
from accord.adapters.git.signatures import split_tag
from accord.application.ports import TagInfo, WorkTree

ABSENT = ""
"""The old value of a name that must not exist yet."""


def update(command: Command, wanted: Mapping[str, tuple[str, str | None]]) -> Answer:
    """Set every name in *wanted* to its new value if all still have their old one; else none of them.

    The pair is new and old value; old ``ABSENT`` means that it must be new, ``None`` that anything will do.
    """
    # `commit` is said last: should this program be killed while it speaks, git hears no `commit` and does nothing.
    lines = [b"start"]
    for ref, (new, old) in wanted.items():
        name = ref.encode("utf-8", "surrogateescape")
        if old == ABSENT:
            lines.append(b"create %s\0%s" % (name, new.encode()))
        else:
            lines.append(b"update %s\0%s\0%s" % (name, new.encode(), (old or "").encode()))
    lines += [b"prepare", b"commit", b""]
    return command.attempt("update-ref", "--no-deref", "-z", "--stdin", stdin=b"\0".join(lines))


def listed(command: Command, pattern: str) -> dict[str, str]:
    """Full name to object name (of the tag object for an annotated tag), sorted by name."""
    answer = command.run("for-each-ref", "--format=%(objectname) %(refname)", pattern)
    lines = answer.out.decode("utf-8", "surrogateescape").splitlines()
    return {name: oid for oid, _, name in (line.partition(" ") for line in lines)}


def branch_of_head(command: Command) -> str | None:
    """The branch open in this folder; ``None`` when it is no branch."""
    answer = command.run("symbolic-ref", "--quiet", "HEAD", ok=(0, 1))
    return answer.out.decode("utf-8", "surrogateescape").strip().removeprefix("refs/heads/") or None


def worktrees(command: Command) -> list[WorkTree]:
    """Every folder with files of this repository checked out; folders that are gone are left out."""
    found = []
    answer = command.run("worktree", "list", "--porcelain", "-z")
    for block in answer.out.decode("utf-8", "surrogateescape").split("\0\0"):
        facts = dict(line.partition(" ")[::2] for line in block.split("\0") if line)
        if "worktree" in facts and "bare" not in facts and "prunable" not in facts:
            branch = facts.get("branch")
            found.append(
                WorkTree(path=facts["worktree"], branch=branch and branch.removeprefix("refs/heads/"))
            )
    return found


def parse_tag(oid: str, body: bytes) -> TagInfo:
    """An annotated tag from the bytes of its object."""
    signed = split_tag(body)
    head, _, message = signed.content.decode("utf-8", "replace").partition("\n\n")
    facts = dict(line.partition(" ")[::2] for line in head.split("\n"))
    tagger, _, when = facts.get("tagger", "").rpartition("> ")
    seconds = when.split(" ")[0]
    return TagInfo(
        oid=oid,
        target=facts["object"],
        message=message,
        moment=datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None,
        tagger=tagger.partition(" <")[0],
        signed=signed,
    )


def refused(answer: Answer, command: Command) -> Exception:
    """The refusal for an update that failed for another reason than a lost race."""
    return failure("update-ref", answer.err, command.folder)
