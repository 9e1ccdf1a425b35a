"""The bare repositories behind the double. Forks share the store of objects, as on GitHub."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_HOOK = """#!/bin/sh
# Refuses what the rules of the repository refuse to whoever pushes: $DOUBLE_REFUSED holds "ref why" lines, with why one
# of all, create, update, delete, force.
zero=0000000000000000000000000000000000000000
case "$1" in refs/pull/*) echo "deny updating a hidden ref" >&2; exit 1;; esac
kind=update
test "$2" = $zero && kind=create
test "$3" = $zero && kind=delete
printf '%s\\n' "$DOUBLE_REFUSED" | while read -r ref why; do
  test "$ref" = "$1" || continue
  refused=$kind
  if test "$why" = force; then
    test $kind = update && ! git merge-base --is-ancestor "$2" "$3" || continue
    refused=force
  fi
  if test "$why" = all || test "$why" = $refused; then
    echo "error: GH013: Repository rule violations found for $1." >&2
    exit 1
  fi
done
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit with a mode of its own, for what nobody should send: links, programs, other repositories."""

    mode: str
    data: bytes


Files = Mapping[str, str | bytes | Entry | None]


@dataclass(frozen=True, slots=True)
class Bare:
    """One bare repository."""

    path: Path

    def git(self, *args: str, stdin: bytes | None = None) -> str:
        """Run git in it and return what it printed."""
        return self.read(*args, stdin=stdin).decode("utf-8", "surrogateescape").strip()

    def read(self, *args: str, stdin: bytes | None = None) -> bytes:
        """The same as bytes, unchanged."""
        done = subprocess.run(["git", *args], cwd=self.path, input=stdin, capture_output=True, check=False)
        if done.returncode:
            raise LookupError(f"git {' '.join(args)}: {done.stderr.decode()}")
        return done.stdout

    def tip(self, ref: str) -> str | None:
        """What a ref (or any name of a commit) points at, None if there is none."""
        done = subprocess.run(
            ["git", "rev-parse", "--quiet", "--verify", "--end-of-options", ref],
            cwd=self.path,
            capture_output=True,
            check=False,
        )
        return done.stdout.decode().strip() or None

    def refs(self) -> dict[str, str]:
        """All refs."""
        lines = self.git("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
        return {name: sha for sha, _, name in (line.partition(" ") for line in lines)}

    def point(self, ref: str, sha: str | None) -> None:
        """Set a ref, or with None remove it."""
        self.git("update-ref", *(("-d", ref) if sha is None else (ref, sha)))

    def holds(self, ancestor: str, sha: str) -> bool:
        """Whether one commit is in the history of another."""
        done = subprocess.run(
            ["git", "merge-base", "--is-ancestor", ancestor, sha],
            cwd=self.path,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def commit(
        self, ref: str, files: Files, *, parent: str | None, message: str, author: str, at: datetime
    ) -> str:
        """Commit files onto a parent and set the ref to it; the commit."""
        when = f"{author} <{_quiet(author)}> {int(at.timestamp())} +0000".encode()
        stream = [
            b"feature done\ncommit " + ref.encode() + b"\nmark :1\nauthor " + when + b"\ncommitter " + when
        ]
        stream.append(b"data %d\n%b" % (len(message.encode()), message.encode()))
        if parent:
            stream.append(b"from " + parent.encode())
        for name, content in files.items():
            path = b'"' + re.sub(rb'(["\\])', rb"\\\1", name.encode()).replace(b"\n", b"\\n") + b'"'
            if content is None:
                stream.append(b"D " + path)
                continue
            entry = content if isinstance(content, Entry) else Entry("100644", _bytes(content))
            if entry.mode == "160000":
                stream.append(b"M 160000 " + entry.data + b" " + path)
            else:
                stream.append(
                    b"M %b inline %b\ndata %d\n%b" % (entry.mode.encode(), path, len(entry.data), entry.data)
                )
        stream.append(b"get-mark :1\ndone\n")
        made = self.git("fast-import", "--quiet", "--force", "--date-format=raw", stdin=b"\n".join(stream))
        return made.split()[-1]


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _quiet(author: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", author.lower())


def create(path: Path, *, share: Path | None = None, branch: str = "main") -> Bare:
    """A new bare repository; with ``share`` one that has its objects in common with another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["git", "init", "--quiet", "--bare", f"--initial-branch={branch}", "--template=", str(path)],
        check=True,
    )
    bare = Bare(path)
    with (path / "config").open("a") as config:
        config.write(
            "[gc]\n\tauto = 0\n[http]\n\treceivepack = true\n[uploadpack]\n\tallowAnySHA1InWant = true\n"
        )
        config.write("\tallowFilter = true\n[receive]\n\tautogc = false\n")
    if share:
        shutil.rmtree(path / "objects")
        (path / "objects").symlink_to((share / "objects").resolve())
    hooks = path / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "update").write_text(_HOOK)
    (hooks / "update").chmod(0o755)
    return bare
