"""Changes of files as values, applied to the newest text: so that a proposal can be written again on a newer one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Put other words in place of words that the file has exactly once."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Append:
    """Add a paragraph (or, with ``near``, lines) at the end of a file."""

    path: str
    text: str
    near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Write a whole file, new or in place of another text."""

    path: str
    text: str


Edit = Replace | Append | Write


def apply(edits: Iterable[Edit], read: Callable[[str], str]) -> Mapping[str, bytes]:
    """The files that the edits give, by path; ``read`` gives a file as it is.

    Raises:
        ValueError: words to be replaced are not there, or more than once.
    """
    files: dict[str, str] = {}
    for edit in edits:
        match edit:
            case Write():
                files[edit.path] = edit.text
            case Append():
                before = files.get(edit.path) or read(edit.path)
                files[edit.path] = before.rstrip("\n") + ("\n" if edit.near else "\n\n") + edit.text + "\n"
            case Replace():
                before = files.get(edit.path) or read(edit.path)
                if before.count(edit.old) != 1:
                    raise ValueError(f"{edit.path} has “{edit.old}” {before.count(edit.old)} times, not once")
                files[edit.path] = before.replace(edit.old, edit.new)
    return {path: text.encode() for path, text in files.items()}
