"""The form of what comes in: files, characters and front matter of a proposed text, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from accord.application.ports import Change, Repository
from accord.application.reading import Read
from accord.application.texts import FOLDERS, is_text
from accord.domain.findings import Finding, Severity
from accord.domain.process.paths import SIZE_LIMIT, Entry, check_entries

_GONE = "000000"
ReadsFront = Callable[[str, str, str], Read]
"""Reads front matter by a schema: its name, the text, the name of the file."""


def form_findings(
    repository: Repository,
    base: str,
    head: str,
    *,
    by_secretariat: bool = False,
    front: ReadsFront | None = None,
) -> list[Finding]:
    """Every problem of the files a head changes against its base (R2, R7).

    ``front`` reads what stands before an Opinion. Errors are what a source must mend before its text is read; warnings
    are for people. How an Opinion is drafted is looked at whenever it is shown (see `linting`), not kept.
    """
    changes = repository.changed(base, head)
    sizes = {entry.path: entry.size for entry in repository.tree(head)} if changes else {}
    wanted = [c.new_oid for c in changes if c.new_mode == "100644" and sizes.get(c.path, 0) <= SIZE_LIMIT]
    blobs = repository.read(wanted) if wanted else {}
    entries = [_entry(change, sizes, blobs) for change in changes]
    existing = [entry.path for entry in repository.tree(base, FOLDERS)]
    found = list(check_entries(entries, existing=existing, by_secretariat=by_secretariat))
    if front is not None and not any(finding.severity is Severity.ERROR for finding in found):
        found.extend(_fronts(entries, front))
    return found


def _entry(change: Change, sizes: dict[str, int], blobs: dict[str, bytes]) -> Entry:
    removed = change.new_mode == _GONE
    return Entry(
        path=change.path,
        mode=change.old_mode if removed else change.new_mode,
        size=0 if removed else max(sizes.get(change.path, 0), 0),
        data=None if removed else blobs.get(change.new_oid),
        removed=removed,
    )


def _fronts(entries: list[Entry], front: ReadsFront) -> Iterator[Finding]:
    """What is wrong with the front matter of Opinions: two programs must not read it differently."""
    for entry in entries:
        if entry.data is not None and is_text(entry.path) and entry.path.startswith("opinions/"):
            yield from front("opinion", front_matter(entry.data.decode("utf-8")) or "", entry.path).findings


def front_matter(text: str) -> str | None:
    """What stands between two lines `---` at the top of a text; None if there are no such lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    return None if end is None else "\n".join(lines[1:end])
