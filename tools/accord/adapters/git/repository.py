"""Git: a repository on disk behind the `Repository` port."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from accord.adapters.git import absence, advance, history, objects, refs, signatures
from accord.adapters.git.command import DEFAULT_TIMEOUT, Command
from accord.adapters.git.objects import NewObject, Tree
from accord.adapters.git.opening import open_repository
from accord.adapters.git.reader import Found, ObjectReader
from accord.application.ports import Change, CommitInfo, Sign, Signed, TagInfo, TreeEntry, WorkTree
from accord.domain.findings import Exit, refuse

TREES_KEPT = 2000

# From here on a pack is cheaper to keep as it is than to take apart (git's own limit for received packs).
KEPT_AS_PACK = 100


class Git:
    """One repository, for one thread. Use it as a context manager, or `close` it, to end the reading process."""

    def __init__(self, *, root: str, is_bare: bool, algorithm: str, command: Command) -> None:
        self.root = root
        self.is_bare = is_bare
        self.algorithm = algorithm
        self.command = command
        self._reader = ObjectReader(command)
        self._trees: dict[str, Tree] = {}

    @classmethod
    def open(cls, path: str | Path, *, timeout: float = DEFAULT_TIMEOUT, durable: bool = True) -> Self:
        """The repository *path* lies in.

        *timeout* in seconds for each git process. *durable*: what is written survives a power cut; only a scratch
        copy that can be made again does without.

        Raises:
            Refused: exit USAGE if there is none; exit OUTSIDE if git will not work on it.
        """
        found = open_repository(path, timeout=timeout, durable=durable)
        return cls(
            root=found.command.folder, is_bare=found.is_bare, algorithm=found.algorithm, command=found.command
        )

    def close(self) -> None:
        """End the process that reads objects, if one runs."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading ---------------------------------------------------------------------------------------

    def find(self, names: Sequence[str]) -> list[Found | None]:
        """The object each name stands for (an object name, ``rev:path``, ``rev^{tree}``), in order."""
        return self._reader.find(names)

    def resolve(self, rev: str) -> str | None:
        """The commit *rev* names (through a tag too); ``None`` if it names none."""
        found = self.find([f"{rev}^{{commit}}"])[0] if rev else None
        if found is None:
            absence.explain(self, rev)
        return found.oid if found else None

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The bytes behind each name (an object name or ``rev:path``); names that stand for no file are left out.

        Raises:
            Refused: exit OUTSIDE if an object should be there but is missing or damaged.
        """
        wanted = list(dict.fromkeys(names))
        content = {}
        for name, found in zip(wanted, self.find(wanted), strict=True):
            if found is None:
                absence.explain(self, name, certain=True)
            elif found.kind == "blob":
                content[name] = found.body
        return content

    def read_one(self, name: str) -> bytes | None:
        """The bytes behind one name; ``None`` if it stands for no file."""
        return self.read([name]).get(name)

    def folder(self, oid: str) -> Tree:
        """What lies directly in a folder, by the name of its tree object.

        Raises:
            Refused: exit OUTSIDE if the object is missing or damaged.
        """
        known = self._trees.get(oid)
        if known is None:
            found = self.find([oid])[0]
            if not found or found.kind != "tree":
                raise absence.damaged(self.root, oid)
            known = self._remember(oid, objects.parse_tree(found.body, self.algorithm))
        return known

    def top_folder(self, commit: str) -> str:
        """The name of the tree object of a commit."""
        found = self.find([f"{commit}^{{tree}}"])[0]
        if found is None:
            raise absence.damaged(self.root, f"the files of {commit}")
        return found.oid

    def _remember(self, oid: str, tree: Tree) -> Tree:
        # What an object name stands for never changes. The oldest goes first.
        while len(self._trees) >= TREES_KEPT:
            del self._trees[next(iter(self._trees))]
        self._trees[oid] = tree
        return tree

    def tree(self, rev: str, prefixes: Iterable[str] = ()) -> list[TreeEntry]:
        """Every file at *rev* under *prefixes*, sorted by path."""
        return history.tree(self.command, self._commit(rev), prefixes)

    def first_parent(self, since: str | None, until: str, paths: Iterable[str] = ()) -> list[CommitInfo]:
        """The commits of a branch in the order they came to it, oldest first, after *since* up to *until*."""
        start = None if since is None else self._commit(since)
        return history.first_parent(self.command, start, self._commit(until), paths)

    def raw_log(self, since: str | None, until: str) -> list[tuple[str, tuple[str, ...], list[Change]]]:
        """Commit, parents and changed files of every commit after *since* up to *until*, oldest first."""
        start = None if since is None else self._commit(since)
        return history.raw_log(self.command, start, self._commit(until))

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit both stand on; ``None`` for unrelated histories."""
        return history.merge_base(self.command, self._commit(one), self._commit(other))

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether *newer* contains *older* (a commit contains itself)."""
        return history.is_ancestor(self.command, self._commit(older), self._commit(newer))

    def changed(self, base: str, head: str) -> list[Change]:
        """The files that differ, sorted by path; a renamed file is one deleted and one added."""
        return history.changed(self.command, self._commit(base), self._commit(head))

    def branch_of_head(self) -> str | None:
        """The branch open in this folder; ``None`` when it is no branch."""
        return refs.branch_of_head(self.command)

    def work_tree_clean(self) -> bool:
        """Whether no file that Git knows differs from what is committed."""
        answer = self.command.run(
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=no",
            "--ignore-submodules=none",
            "--no-renames",
        )
        return not answer.out

    def worktrees(self) -> list[WorkTree]:
        """Every folder with files of this repository checked out."""
        return refs.worktrees(self.command)

    def refs(self, prefix: str) -> dict[str, str]:
        """Full name to object name of everything under *prefix* (as in ``refs/tags``), sorted by name."""
        return refs.listed(self.command, prefix)

    def tags(self, pattern: str = "*") -> list[str]:
        """The names of the tags that fit *pattern* (as in ``draft-*``), sorted."""
        return [name.removeprefix("refs/tags/") for name in self.refs(f"refs/tags/{pattern}")]

    def read_tag(self, name: str) -> TagInfo | None:
        """The tag *name*; ``None`` if there is none."""
        return self.read_tag_object(f"refs/tags/{name}")

    def read_tag_object(self, name: str) -> TagInfo | None:
        """The tag behind an object name, whether or not anything points to it."""
        found = self.find([name])[0]
        if found is None:
            absence.explain(self, name)
            return None
        if found.kind == "tag":
            return refs.parse_tag(found.oid, found.body)
        return TagInfo(oid=found.oid, target=found.oid)

    def signed(self, commits: Sequence[str]) -> list[Signed]:
        """What each commit signs, and its signature.

        Raises:
            Refused: exit OUTSIDE if one is missing or damaged.
        """
        out = []
        for oid, found in zip(commits, self.find(commits), strict=True):
            if found is None or found.kind != "commit":
                raise absence.damaged(self.root, oid)
            out.append(signatures.split_commit(found.body, self.algorithm))
        return out

    def setting(self, name: str) -> str:
        """A setting of Git, as a path where it begins with ``~``; an empty text if it is not set."""
        answer = self.command.run("config", "--type=path", "--get", name, ok=(0, 1))
        return answer.out.decode("utf-8", "surrogateescape").rstrip("\n")

    # --- writing ---------------------------------------------------------------------------------------

    def write_commit(
        self,
        tree_changes: Mapping[str, bytes | None],
        parents: Sequence[str],
        message: str,
        moment: datetime,
        author: str,
        committer: str | None = None,
        sign: Sign | None = None,
    ) -> str:
        """Write the commit that changes files of its first parent; no branch, file or index is touched.

        ``None`` removes a file. The same arguments give the same commit: its dates are *moment*. *sign* signs it.

        Raises:
            ValueError: a path, name or moment that a commit cannot hold.
            Refused: exit OUTSIDE if it could not be written.
        """
        oids = [self._commit(parent) for parent in parents]
        base = self.top_folder(oids[0]) if oids else None
        tree, new = objects.changed_tree(base, tree_changes, read=self.folder, algorithm=self.algorithm)
        body = objects.commit_body(
            tree=tree,
            parents=oids,
            author=objects.identity(author, moment),
            committer=objects.identity(committer or author, moment),
            message=message,
        )
        if sign is not None:
            body = signatures.signed_commit(body, sign(body), self.algorithm)
        return self._write([*new, objects.new_object("commit", body, self.algorithm)])

    def write_tag_object(
        self, name: str, target: str, message: str, moment: datetime, tagger: str, sign: Sign | None = None
    ) -> str:
        """Write an annotated tag of *target* that nothing points to yet; the same arguments give the same tag."""
        body = objects.tag_body(
            name=name, target=self._commit(target), tagger=objects.identity(tagger, moment), message=message
        )
        if sign is not None:
            body = signatures.signed_tag(body, sign(body))
        return self._write([objects.new_object("tag", body, self.algorithm)])

    def update_refs(self, wanted: Mapping[str, tuple[str, str | None]]) -> bool:
        """Set names to new values if all still have their old ones, all or none; ``False`` if one has moved.

        The pair is new and old value; old ``""`` means that the name must be new, ``None`` that anything will do.

        Raises:
            Refused: exit OUTSIDE if git could not write.
        """
        answer = refs.update(self.command, wanted)
        if answer.status == 0:
            return True
        moved = any(
            old is not None and (self._value(ref) or refs.ABSENT) != old for ref, (_, old) in wanted.items()
        )
        if moved:
            return False
        raise refs.refused(answer, self.command)

    def update_ref(self, ref: str, new: str, old: str | None) -> bool:
        """Set one name from *old* (``None``: it must not exist yet) to *new*; ``False`` if it is not at *old*."""
        return self.update_refs({ref: (new, refs.ABSENT if old is None else old)})

    def create_ref(self, ref: str, oid: str) -> bool:
        """Give *oid* a name. ``False`` if the name already stands for something else."""
        return self.update_ref(ref, oid, None) or self._value(ref) == oid

    def advance_branch(self, branch: str, new: str, old: str) -> None:
        """Move *branch* from *old* to *new*, with the files of the folder if it is open in this one.

        Raises:
            Refused: exit OUTSIDE, nothing changed: it is no longer at *old*, it is open in another folder, or a
                file with changes of the user's own would be overwritten.
        """
        advance.advance_branch(self, branch, new, old)

    def _write(self, new: Sequence[NewObject]) -> str:
        content = objects.pack(new, self.algorithm)
        if len(new) < KEPT_AS_PACK:
            self.command.run("unpack-objects", "-q", "--strict", stdin=content)
        else:
            self.command.run("index-pack", "--stdin", "--strict", stdin=content)
        for item in new:
            if item.kind == "tree":
                self._remember(item.oid, objects.parse_tree(item.body, self.algorithm))
        return new[-1].oid

    def _value(self, ref: str) -> str | None:
        found = self.find([ref])[0]
        return found.oid if found else None

    def _commit(self, rev: str) -> str:
        oid = self.resolve(rev)
        if oid is None:
            raise refuse(
                "revision-unknown",
                f"There is no revision `{rev}` in this repository.",
                fix="Name a branch, a tag such as `draft-1`, or a commit.",
                exit_code=Exit.USAGE,
            )
        return oid
