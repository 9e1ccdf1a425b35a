"""Strict YAML: a small, safe part of the language, with the place of every value.

Every scalar is text until a schema types it (:mod:`accord.adapters.schemas`). Refused with line and column:
anchors, aliases, tags, merge keys, duplicate or non-text keys, several documents, directives, deep nesting, large
files, text that is not UTF-8.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from accord.domain.findings import Finding, Place
from accord.domain.process.suggest import shorten

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

Raw: TypeAlias = "dict[str, Raw] | list[Raw] | str"

SIZE_LIMIT = 256 * 1024
DEPTH_LIMIT = 32
_FINDINGS_LIMIT = 50


class PlainText(str):
    """A scalar written without quotes: only such a one may become a number, a truth value or nothing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read: `value` is None if nothing usable was; `findings` has every problem found."""

    name: str
    value: Raw | None
    findings: tuple[Finding, ...] = ()
    values_at: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    keys_at: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def place(self, pointer: str = "", *, key: bool = False) -> Place:
        """Where the value (or with `key` its key) of a JSON pointer stands, else the nearest thing around it."""
        path = pointer
        while True:
            found = (self.keys_at.get(path) if key else None) or self.values_at.get(path)
            if found or not path:
                line, column = found or (1, 1)
                return Place(file=self.name, line=line, column=column, path=pointer)
            path = path.rpartition("/")[0]


def read_yaml(path: Path, name: str, *, size_limit: int = SIZE_LIMIT) -> Document:
    """Read a file; one that is too large, missing or no regular file is refused before it is opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(name, "yaml-file", "This is not a regular file.", "Give the name of a YAML file.")
        if status.st_size > size_limit:
            return _too_large(name, status.st_size, size_limit)
        return parse_yaml(path.read_bytes(), name, size_limit=size_limit)
    except OSError as error:
        return _refused(
            name, "yaml-file", f"It cannot be read: {error.strerror}.", "Check the name of the file."
        )


def parse_yaml(
    data: bytes | str,
    name: str,
    *,
    size_limit: int = SIZE_LIMIT,
    depth_limit: int = DEPTH_LIMIT,
    first_line: int = 1,
) -> Document:
    """Read one YAML document. Never raises on bad input; `first_line` is where the text begins in its file."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > size_limit:
        return _too_large(name, len(raw), size_limit)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + raw.count(b"\n", 0, error.start)
        column = error.start - raw.rfind(b"\n", 0, error.start)
        place = Place(file=name, line=line, column=column)
        finding = Finding(
            rule="yaml-encoding",
            message="This is not UTF-8 text.",
            fix="Save the file as UTF-8.",
            place=place,
        )
        return Document(name=name, value=None, findings=(finding,))
    return _Builder(name, depth_limit, first_line).build(text.removeprefix("\ufeff"))


class _Stop(Exception):
    """Reading on would be pointless or harmful."""


@dataclass(slots=True)
class _Frame:
    container: dict[str, Raw] | list[Raw]
    pointer: str
    key: str | None = None
    skip: bool = False  # a duplicate key: read its value, but don't let it win


class _Builder:
    """Builds the value from the parser's events, without recursion, so that depth is ours to limit."""

    def __init__(self, name: str, depth_limit: int, first_line: int) -> None:
        self.name = name
        self.depth_limit = depth_limit
        self.offset = first_line
        self.findings: list[Finding] = []
        self.values_at: dict[str, tuple[int, int]] = {}
        self.keys_at: dict[str, tuple[int, int]] = {}
        self.stack: list[_Frame] = []
        self.root: Raw | None = None
        self.documents = 0

    def build(self, text: str) -> Document:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLStreamError

        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                self._take(event)
        except _Stop:
            pass
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = str(error.problem or error.context or "it cannot be read")
            self._add("yaml-syntax", f"This is not YAML: {shorten(problem, 120)}.", _SYNTAX_FIX, mark)
        except (YAMLError, YAMLStreamError, ValueError, IndexError, AttributeError) as error:
            # The reader refuses control characters with an error without a mark.
            problem = shorten(str(error).splitlines()[0] if str(error) else "it cannot be read", 120)
            self._add("yaml-syntax", f"This is not YAML: {problem}.", _SYNTAX_FIX, None)
        if self.root is None and not self.findings:
            self._add("yaml-empty", "There is nothing in it.", "Fill in the file.", None)
        return Document(
            name=self.name,
            value=None if self.findings else self.root,
            findings=tuple(self.findings),
            values_at=self.values_at,
            keys_at=self.keys_at,
        )

    def _take(self, event: Event) -> None:
        from ruamel.yaml import events

        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            is_alias = isinstance(event, events.AliasEvent)
            what, name = ("alias", f"*{anchor}") if is_alias else ("anchor", f"&{anchor}")
            self._add(
                "yaml-anchor",
                f"The {what} `{shorten(name)}` is not allowed.",
                "Write the value out, and put quotes around text that begins with `&` or `*`.",
                event.start_mark,
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            fix = "Remove it, and put quotes around text that begins with `!`."
            self._add("yaml-tag", f"The tag `{shorten(str(tag))}` is not allowed.", fix, event.start_mark)
        if isinstance(event, events.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, events.AliasEvent):
            self._put(PlainText(""), event.start_mark)
        elif isinstance(event, events.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, events.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, (events.MappingEndEvent, events.SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._add(
                    "yaml-documents",
                    "There is more than one document in it.",
                    "Remove the second `---`.",
                    event.start_mark,
                )
                raise _Stop
            if event.version or event.tags:
                self._add(
                    "yaml-directive",
                    "Directives (lines that begin with `%`) are not allowed.",
                    "Remove them.",
                    event.start_mark,
                )

    def _scalar(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        text = str(event.value)
        if any(_is_unprintable(character) for character in text):
            self._add(
                "yaml-characters",
                "There is a control character in this text.",
                "Remove it.",
                event.start_mark,
            )
            text = ""
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, text, plain=event.style in (None, ""), mark=event.start_mark)
            return
        self._put(PlainText(text) if event.style in (None, "") else text, event.start_mark)

    def _key(self, frame: _Frame, text: str, *, plain: bool, mark: Any) -> None:
        assert isinstance(frame.container, dict)  # noqa: S101 - the caller looked
        pointer = f"{frame.pointer}/{_escape(text)}"
        frame.key, frame.skip = text, False
        if plain and text == "<<":
            self._add("yaml-merge", "The merge key `<<` is not allowed.", "Write the values out.", mark)
        if text in frame.container:
            line = self.keys_at[pointer][0]
            self._add(
                "yaml-duplicate-key",
                f"`{shorten(text)}` stands here twice (first in line {line}).",
                "Keep one of them.",
                mark,
            )
            frame.skip = True
            return
        self.keys_at[pointer] = self._at(mark)

    def _open(self, container: dict[str, Raw] | list[Raw], event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self._add("yaml-key", "A key must be a plain word.", "Write `key: value`.", event.start_mark)
            raise _Stop
        if len(self.stack) >= self.depth_limit:
            self._add(
                "yaml-depth",
                f"It is nested more than {self.depth_limit} levels deep.",
                "Nest less.",
                event.start_mark,
            )
            raise _Stop
        pointer = self._put(container, event.start_mark)
        self.stack.append(_Frame(container=container, pointer=pointer))

    def _put(self, value: Raw, mark: Any) -> str:
        if not self.stack:
            self.root = value
            self.values_at[""] = self._at(mark)
            return ""
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            pointer = f"{frame.pointer}/{len(frame.container)}"
            frame.container.append(value)
        else:
            if frame.key is None:  # an alias in the place of a key
                self._add("yaml-key", "A key must be a plain word.", "Write `key: value`.", mark)
                raise _Stop
            pointer = f"{frame.pointer}/{_escape(frame.key)}"
            if not frame.skip:
                frame.container[frame.key] = value
            frame.key = None
        self.values_at.setdefault(pointer, self._at(mark))
        return pointer

    def _at(self, mark: Any) -> tuple[int, int]:
        return (mark.line + self.offset, mark.column + 1) if mark is not None else (self.offset, 1)

    def _add(self, rule: str, message: str, fix: str, mark: Any) -> None:
        line, column = self._at(mark)
        place = Place(file=self.name, line=line, column=column)
        self.findings.append(Finding(rule=rule, message=message, fix=fix, place=place))
        if len(self.findings) >= _FINDINGS_LIMIT:
            raise _Stop


_SYNTAX_FIX = "Check the indentation, and put quotes around text with `: ` or ` #` in it."


def _is_unprintable(character: str) -> bool:
    # Escapes in double quotes can make characters that no file may contain, lone surrogates among them.
    return (
        (character < " " and character not in "\n\t")
        or "\x7f" <= character <= "\x9f"
        or "\ud800" <= character <= "\udfff"
    )


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _refused(name: str, rule: str, message: str, fix: str) -> Document:
    return Document(
        name=name,
        value=None,
        findings=(Finding(rule=rule, message=message, fix=fix, place=Place(file=name)),),
    )


def _too_large(name: str, size: int, limit: int) -> Document:
    return _refused(name, "yaml-size", f"It has {size:,} bytes; at most {limit:,} are read.", "Shorten it.")
