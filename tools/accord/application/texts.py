"""The texts at a revision, as documents: the Report, then the Opinions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.domain.findings import Exit, Finding, Place, Refused

if TYPE_CHECKING:
    from accord.application.ports import Repository, TreeEntry
    from accord.domain.text.clauses import Document

FOLDERS = ("report/", "opinions/")
MAIN = "refs/heads/main"


def is_text(path: str) -> bool:
    """Whether a path is one of the texts: Markdown under `report/` or `opinions/`, no template."""
    folder, _, name = path.partition("/")
    return f"{folder}/" in FOLDERS and "/" not in name and name.endswith(".md") and not name.startswith("_")


class Texts:
    """Reads and parses texts, each file content once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._parsed: dict[tuple[str, str], Document] = {}
        self._trees: dict[str, tuple[Document, ...]] = {}
        self._sources: dict[str, dict[str, str]] = {}

    def entries(self, commit: str) -> list[TreeEntry]:
        """The text files at a commit, in reading order."""
        found = [e for e in self._repository.tree(commit, FOLDERS) if is_text(e.path) and e.kind == "blob"]
        return sorted(found, key=lambda e: (FOLDERS.index(e.path.partition("/")[0] + "/"), e.path))

    def documents(self, commit: str) -> tuple[Document, ...]:
        """The documents at a commit.

        Raises:
            Refused: a text is not UTF-8 (exit FINDINGS), with its place.
        """
        if commit not in self._trees:
            self._trees[commit] = self._read(self.entries(commit))
        return self._trees[commit]

    def sources(self, commit: str) -> dict[str, str]:
        """Path to source text at a commit, in reading order."""
        if commit not in self._sources:
            entries = self.entries(commit)
            blobs = self._repository.read([entry.oid for entry in entries])
            self._sources[commit] = {entry.path: decode(entry.path, blobs[entry.oid]) for entry in entries}
        return dict(self._sources[commit])

    def _read(self, entries: Sequence[TreeEntry]) -> tuple[Document, ...]:
        missing = [e for e in entries if (e.path, e.oid) not in self._parsed]
        blobs = self._repository.read([entry.oid for entry in missing]) if missing else {}
        for entry in missing:
            text = decode(entry.path, blobs[entry.oid])
            self._parsed[(entry.path, entry.oid)] = parsed(entry.path, text)
        return tuple(self._parsed[(entry.path, entry.oid)] for entry in entries)


@lru_cache(maxsize=1024)
def parsed(path: str, text: str) -> Document:
    """A text as a document; the same text is parsed once."""
    from accord.domain.text.markdown import parse_document

    return parse_document(path, text)


def decode(path: str, data: bytes) -> str:
    """UTF-8 text, or a refusal that names the byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        finding = Finding(
            rule="text-encoding",
            message="This text is not UTF-8.",
            fix="Save the file as UTF-8.",
            place=Place(file=path, line=line),
        )
        raise Refused([finding], Exit.FINDINGS) from problem
