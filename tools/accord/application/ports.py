"""What the use cases need from outside, as small protocols and plain values. No git object crosses this line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from accord.domain.findings import Finding

JsonObject = Mapping[str, Any]

# --- signatures -------------------------------------------------------------------------------------------

Sign = Callable[[bytes], str]
"""Signs what it is given in the name of one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What was signed, byte for byte, and the signature; an empty text where there is none."""

    content: bytes
    signature: str = ""


class Signer(Protocol):
    """Signs for whoever runs the program, and checks signatures. A key is meant by its bytes.

    Raises:
        Refused: no key here that would do (exit USAGE), or the program that signs fails or is not here (OUTSIDE).
    """

    def refuse_without_key(self, name: str, keys: Collection[bytes]) -> None: ...
    def sign(self, content: bytes, name: str, keys: Collection[bytes]) -> str: ...
    def signed_with(self, signed: Sequence[Signed]) -> list[bytes | None]: ...


# --- documents --------------------------------------------------------------------------------------------


class Typesetter(Protocol):
    """Sets a document as PDF, in the mode that checks it for readers who cannot see it (PDF/UA-1)."""

    def pdf(self, source: str, moment: datetime) -> bytes:
        """The PDF of a Typst ``source``, dated ``moment``: the same two give the same bytes.

        Raises:
            Refused: a sign that no shipped font has, with the place it stands at, or a rule of PDF/UA-1 that the
                document breaks (exit FINDINGS).
        """


# --- the repository ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry:
    """A file at a revision: ``mode`` as in ``100644``; ``kind`` ``blob``, or ``commit`` for a submodule.

    ``size`` in bytes, -1 for a submodule. A path that is no UTF-8 carries lone surrogates.
    """

    mode: str
    kind: str
    oid: str
    size: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitInfo:
    """A commit. ``moment`` is the committer's clock in UTC: for display, never for a verdict."""

    oid: str
    parents: tuple[str, ...]
    moment: datetime
    author: str
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file that differs between two revisions; ``status`` A added, M modified, D deleted, T type changed.

    A mode is ``000000`` and an oid all zeros on the side where the file does not exist.
    """

    status: str
    old_mode: str
    new_mode: str
    old_oid: str
    new_oid: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagInfo:
    """A tag. ``target`` is a commit. A tag without a message of its own has ``oid == target``.

    ``message`` is without the signature; ``signed`` has both.
    """

    oid: str
    target: str
    message: str = ""
    moment: datetime | None = None
    tagger: str = ""
    signed: Signed = Signed(content=b"")

    @property
    def annotated(self) -> bool:
        """Whether the tag carries a message and a date of its own."""
        return self.oid != self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTree:
    """A folder with files checked out, and the branch open in it (``None``: none)."""

    path: str
    branch: str | None


class Repository(Protocol):
    """A Git repository. ``rev`` is anything that names a revision; ``oid`` a full object name.

    Every method raises :class:`~accord.domain.findings.Refused` (exit OUTSIDE) where git itself fails.
    """

    @property
    def root(self) -> str: ...
    @property
    def is_bare(self) -> bool: ...
    def resolve(self, rev: str) -> str | None: ...
    def tree(self, rev: str, prefixes: Iterable[str] = ()) -> list[TreeEntry]: ...
    def read(self, names: Iterable[str]) -> dict[str, bytes]: ...
    def read_one(self, name: str) -> bytes | None: ...
    def first_parent(self, since: str | None, until: str, paths: Iterable[str] = ()) -> list[CommitInfo]: ...
    def merge_base(self, one: str, other: str) -> str | None: ...
    def is_ancestor(self, older: str, newer: str) -> bool: ...
    def changed(self, base: str, head: str) -> list[Change]: ...
    def branch_of_head(self) -> str | None: ...
    def work_tree_clean(self) -> bool: ...
    def worktrees(self) -> list[WorkTree]: ...
    def write_commit(
        self,
        tree_changes: Mapping[str, bytes | None],
        parents: Sequence[str],
        message: str,
        moment: datetime,
        author: str,
        committer: str | None = None,
        sign: Sign | None = None,
    ) -> str: ...
    def update_ref(self, ref: str, new: str, old: str | None) -> bool: ...
    def update_refs(self, wanted: Mapping[str, tuple[str, str | None]]) -> bool: ...
    def create_ref(self, ref: str, oid: str) -> bool: ...
    def refs(self, prefix: str) -> dict[str, str]: ...
    def advance_branch(self, branch: str, new: str, old: str) -> None: ...
    def tags(self, pattern: str = "*") -> list[str]: ...
    def read_tag(self, name: str) -> TagInfo | None: ...
    def read_tag_object(self, name: str) -> TagInfo | None: ...
    def write_tag_object(
        self, name: str, target: str, message: str, moment: datetime, tagger: str, sign: Sign | None = None
    ) -> str: ...


class Remote(Protocol):
    """The shared copy of the repository that everybody fetches from.

    Raises:
        Refused: it does not answer, or does not let us (exit OUTSIDE); nothing is changed then.
    """

    def fetch(self, refs: Sequence[str], *, prune: bool = False) -> None: ...
    def fetch_each(self, refs: Sequence[str]) -> frozenset[str]: ...
    def push(self, refs: Sequence[str]) -> bool: ...
    def push_some(self, refs: Sequence[str]) -> bool: ...


# --- the record -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHead:
    """The counters of the record: events and contributions so far, and how it was born."""

    format: int
    events: int
    contributions: int
    rehearsal: bool
    forum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one decision adds to the record, all of it or nothing.

    ``subject`` says it in plain words; ``events`` are pairs of stream and event (the store gives each its
    ``seq``); ``facts`` are JSON values kept under their digest; ``allocate`` takes the next contribution
    number (the view's ``next_contribution``); ``refs`` are set in the same step; ``sign`` signs all of it.
    """

    subject: str
    events: Sequence[tuple[str, JsonObject]] = ()
    facts: Sequence[Any] = ()
    allocate: bool = False
    refs: Mapping[str, str] = field(default_factory=dict)
    sign: Sign | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """A batch that is in the record: its commit, its events with their ``seq``, the number allocated."""

    commit: str
    events: tuple[JsonObject, ...]
    contribution: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where an event stands: its running number, the file, and the line in it."""

    seq: int
    file: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One commit of the record: the events it brought, and what it signs."""

    commit: str
    lines: tuple[Line, ...]
    signed: Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The commits of the record, oldest first, and every place where one did anything but add."""

    findings: tuple[Finding, ...]
    commits: tuple[Added, ...]


class RecordView(Protocol):
    """The record as it is at one commit; what it returns must not be changed by the caller."""

    @property
    def commit(self) -> str: ...
    @property
    def head(self) -> RecordHead: ...
    @property
    def next_contribution(self) -> int: ...
    def read_stream(self, stream: str) -> list[JsonObject]: ...
    def last(self, stream: str, kind: str | None = None) -> JsonObject | None: ...
    def read_all(self) -> list[JsonObject]: ...
    def fact(self, digest: str) -> Any: ...


class RecordStore(Protocol):
    """The append-only record.

    A damaged record raises ``Refused`` (exit FINDINGS) with the place, a missing one ``Refused`` (exit USAGE).
    ``at`` names an older commit of the record; ``None`` is the newest.
    """

    def exists(self) -> bool: ...
    def create(self, *, rehearsal: bool, forum: str, moment: datetime) -> str: ...
    def tip(self) -> str | None: ...
    def view(self, at: str | None = None) -> RecordView: ...
    def head(self, at: str | None = None) -> RecordHead: ...
    def read_stream(self, stream: str, at: str | None = None) -> list[JsonObject]: ...
    def last(self, stream: str, kind: str | None = None, at: str | None = None) -> JsonObject | None: ...
    def read_all(self, at: str | None = None) -> list[JsonObject]: ...
    def fact(self, digest: str, at: str | None = None) -> Any: ...
    def append(self, decide: Callable[[RecordView], Batch], moment: datetime) -> Appended: ...
    def appends_only(self, at: str | None = None, since: str | None = None) -> list[Finding]: ...
    def history(self, at: str | None = None, since: str | None = None) -> History: ...
