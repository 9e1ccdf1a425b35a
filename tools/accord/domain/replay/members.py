"""The members of one large JSON object, one after the other and as far as the file goes.

An archive may break off in the middle. What stands before the break is whole, and is not lost with the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Where a file stops being JSON (1-based), and why."""

    line: int
    column: int
    why: str


@dataclass(slots=True, kw_only=True)
class Members:
    """The members of an object; those of the list ``items`` each with the line on which it begins."""

    values: dict[str, Any] = field(default_factory=dict)
    items: list[tuple[int, Any]] | None = None
    broken: Broken | None = None


def members(text: str, listed: str) -> Members:
    """Read an object member by member; the member ``listed`` is a list of which each item is kept by itself."""
    found = Members()
    cursor = _Cursor(text)
    try:
        cursor.expect("{")
        while not cursor.take("}"):
            key = cursor.value()
            cursor.expect(":")
            if key == listed and cursor.take("["):
                found.items = found.items or []
                while not cursor.take("]"):
                    found.items.append((cursor.line(), cursor.value()))
                    cursor.comma("]")
            else:
                found.values[str(key)] = cursor.value()
            cursor.comma("}")
        if cursor.at != len(text):
            raise json.JSONDecodeError("it goes on after its end", text, cursor.at)
    except json.JSONDecodeError as problem:
        found.broken = Broken(
            line=problem.lineno, column=problem.colno, why=problem.msg.removesuffix(" starting at")
        )
    except (ValueError, RecursionError) as problem:
        found.broken = Broken(line=cursor.line(), column=1, why=str(problem))
    return found


class _Cursor:
    """A place in a text; it always stands before something that is no space."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self._counted = 0
        self._line = 1
        self._move(0)

    def line(self) -> int:
        """The line on which it stands."""
        self._line += self._text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def take(self, sign: str) -> bool:
        """Step over a sign if it stands here."""
        if not self._text.startswith(sign, self.at):
            return False
        self._move(self.at + 1)
        return True

    def expect(self, sign: str) -> None:
        """Step over a sign that must stand here."""
        if not self.take(sign):
            what = "the file ends" if self.at == len(self._text) else f"there is no {sign}"
            raise json.JSONDecodeError(what, self._text, self.at)

    def comma(self, end: str) -> None:
        """Step over a comma, or stay before the end."""
        if not self._text.startswith(end, self.at):
            self.expect(",")

    def value(self) -> Any:
        """Read the value that stands here and step over it."""
        value, end = _DECODER.raw_decode(self._text, self.at)
        self._move(end)
        return value

    def _move(self, at: int) -> None:
        match = _SPACE.match(self._text, at)
        self.at = match.end() if match else at
