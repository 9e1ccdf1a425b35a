"""What a contribution may bring: which files, of which kind, with which characters (R2, R7).

Inputs are plain values; nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from accord.domain.findings import Finding, Place
from accord.domain.process.characters import check_characters

COVER = "report/00-cover.md"
SIZE_LIMIT = 1024 * 1024
COUNT_LIMIT = 500

_REGULAR = "100644"
_MODES = {
    "120000": ("path-symlink", "is a link to something else"),
    "160000": ("path-submodule", "is a reference to another repository"),
    "100755": ("path-executable", "is marked as a program"),
    "040000": ("path-folder", "is a folder"),
}
_REPORT = re.compile(r"report/[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*\.md", re.ASCII)
_OPINION = re.compile(r"opinions/[a-z0-9]+(-[a-z0-9]+)*\.md", re.ASCII)
_PLAIN = re.compile(r"[a-z0-9._-]+(/[a-z0-9._-]+)*", re.ASCII)
_RESERVED = {"aux", "con", "nul", "prn", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
_SECRETARIAT = re.compile(
    r"(process/[a-z]+\.yaml|opinions/_template\.md|docs/[a-z0-9/_-]+\.md|[A-Z]+\.md)", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file as a contribution would leave it: `mode` as Git writes it, `data` None if it is removed or unread."""

    path: str
    mode: str = _REGULAR
    size: int = 0
    data: bytes | None = None
    removed: bool = False


def check_entries(
    entries: Iterable[Entry], *, existing: Collection[str] = (), by_secretariat: bool = False
) -> list[Finding]:
    """Every problem of the files a contribution adds, changes or removes; `existing` has the paths there now."""
    found: list[Finding] = []
    listed = list(entries)
    if len(listed) > COUNT_LIMIT:
        message = f"It changes {len(listed):,} files; at most {COUNT_LIMIT} can be looked at."
        found.append(_finding("path-count", message, "Split it into several contributions.", "contribution"))
        return found
    for entry in listed:
        found += check_entry(entry, by_secretariat=by_secretariat)
    found += _one_report(listed, existing)
    return found


def check_entry(entry: Entry, *, by_secretariat: bool = False) -> Iterator[Finding]:
    """The problems of one file."""
    path = _shown(entry.path)
    name_problem = _name(entry.path)
    if name_problem:
        fix = "Use small letters a-z, digits, hyphens and dots, such as `report/02-process.md`."
        yield _finding("path-name", f"The name {name_problem}.", fix, path)
    elif not _allowed(entry.path, by_secretariat=by_secretariat):
        yield _outside(entry.path)
    if entry.removed:
        return
    if entry.mode != _REGULAR:
        rule, what = _MODES.get(entry.mode, ("path-mode", f"has the unknown mode {entry.mode[:10]}"))
        yield _finding(
            rule, f"It {what}; only plain text files come in.", "Put a plain text file there.", path
        )
        return
    size = max(entry.size, len(entry.data or b""))
    if size > SIZE_LIMIT:
        message = f"It has {size:,} bytes; at most {SIZE_LIMIT:,} come in."
        yield _finding("path-size", message, "Shorten it or split it.", path)
    elif entry.data is not None:
        yield from check_characters(entry.data, path)


def _allowed(path: str, *, by_secretariat: bool) -> bool:
    # R2. Two kinds of output only: the Report and Opinions.
    if _REPORT.fullmatch(path) or _OPINION.fullmatch(path):
        return True
    return by_secretariat and bool(_SECRETARIAT.fullmatch(path))


def _outside(path: str) -> Finding:
    folder = path.partition("/")[0]
    if folder == "process":
        fix = "Write to the secretariat: the timetable, the lists and the rules are its to change."
        return _finding(
            "path-process", "Only the secretariat changes the process files (R11, R28).", fix, path
        )
    if folder == "report":
        fix = "Name a section like `report/02-process.md`: two digits, a hyphen, words."
        return _finding("path-report", "This is not how a section of the Report is named (R7).", fix, path)
    if folder == "opinions":
        fix = "Name it like `opinions/resilient-networks.md`, without a folder below `opinions/`."
        return _finding("path-opinion", "This is not how an Opinion is named (R2).", fix, path)
    fix = "Change only files in `report/` and `opinions/`."
    return _finding("path-outside", "A contribution changes only the Report and Opinions (R2).", fix, path)


def _one_report(entries: list[Entry], existing: Collection[str]) -> Iterator[Finding]:
    # R7. Discussions are based on one report, so there is one cover and it stays.
    for entry in entries:
        if entry.path == COVER and entry.removed:
            yield _finding(
                "report-cover", "The Report cannot lose its cover (R7).", f"Leave `{COVER}`.", COVER
            )
        elif entry.path != COVER and re.fullmatch(r"report/00-.*\.md", entry.path) and not entry.removed:
            message = "This would be the cover of a second report; there is one Report (R7)."
            yield _finding(
                "report-second",
                message,
                f"Change `{COVER}`, or number the section from 01.",
                _shown(entry.path),
            )
    numbers: dict[str, str] = {path[:9]: path for path in existing if _REPORT.fullmatch(path)}
    gone = {entry.path for entry in entries if entry.removed}
    numbers = {number: path for number, path in numbers.items() if path not in gone}
    for entry in entries:
        if not entry.removed and _REPORT.fullmatch(entry.path):
            other = numbers.setdefault(entry.path[:9], entry.path)
            if other != entry.path:
                message = f"Section number {entry.path[7:9]} is taken by `{other}`."
                yield _finding("report-number", message, "Choose a free number.", entry.path)


def _name(path: str) -> str:
    parts = path.split("/")
    if len(path) > 200:
        return "is longer than 200 characters"
    if any(part in ("", ".", "..") for part in parts):
        return "leads out of its folder"
    if re.fullmatch(r"[A-Z]+\.md", path, re.ASCII):
        return ""
    if not _PLAIN.fullmatch(path):
        return "has characters that not every computer can write"
    if any(part.startswith((".", "-")) or part.endswith(".") for part in parts):
        return "has a part that begins with a dot or a hyphen, or ends with a dot"
    if any(part.partition(".")[0] in _RESERVED for part in parts):
        return "has a part that some computers reserve for devices"
    return ""


def _shown(path: str) -> str:
    return path if path.isprintable() and path.isascii() else ascii(path)[1:-1]


def _finding(rule: str, message: str, fix: str, path: str) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=path))
