"""Read plain mappings field by field, noting every problem with its place instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any, TypeVar

from accord.domain.findings import Finding, Place
from accord.domain.process.days import Days, parse_days
from accord.domain.process.moments import parse_day, parse_from
from accord.domain.process.suggest import did_you_mean, shorten

Locate = Callable[[str], Place]
E = TypeVar("E", bound=Enum)
V = TypeVar("V")
_NO_DAY = date(1900, 1, 1)


class Problems:
    """Collects findings; `locate` turns a JSON pointer into a place in the file."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.found: list[Finding] = []

    def add(self, pointer: str, message: str, fix: str) -> None:
        self.found.append(Finding(rule="field", message=message, fix=fix, place=self.locate(pointer)))


@dataclass(frozen=True, slots=True)
class Reader:
    """One mapping of a file. Each method returns a value of the asked type, a harmless one after a problem."""

    raw: Mapping[str, Any]
    problems: Problems
    pointer: str = ""

    def has(self, key: str) -> bool:
        return self.raw.get(key) is not None

    def _wrong(self, key: str, wanted: str) -> None:
        if key in self.raw and self.raw[key] is not None:
            self.problems.add(f"{self.pointer}/{key}", f"`{key}` must be {wanted}.", f"Write {wanted}.")
        else:
            self.problems.add(self.pointer, f"The field `{key}` is missing.", f"Add `{key}`: {wanted}.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw.get(key)
        if isinstance(value, str):
            return str(value)
        if value is None and default is not None:
            return default
        self._wrong(key, "text")
        return default or ""

    def integer(self, key: str) -> int:
        value = self.raw.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._wrong(key, "a whole number")
        return 0

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self.raw.get(key)
        if isinstance(value, bool):
            return value
        if value is None and default is not None:
            return default
        self._wrong(key, "`true` or `false`")
        return bool(default)

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """A text, or a list of texts; nothing where the field is missing."""
        value = self.raw.get(key)
        return (value,) if isinstance(value, str) else self.texts(key)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        value = self.raw.get(key)
        if value is None and not required:
            return ()
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(str(one) for one in value)
        self._wrong(key, "a list of texts")
        return ()

    def mappings(self, key: str) -> Iterator[Reader]:
        value = self.raw.get(key)
        if not isinstance(value, list):
            self._wrong(key, "a list")
            return
        for index, one in enumerate(value):
            pointer = f"{self.pointer}/{key}/{index}"
            if isinstance(one, Mapping):
                yield Reader(one, self.problems, pointer)
            else:
                self.problems.add(pointer, f"Entry {index + 1} must have fields.", "Write `- name: value`.")

    def mapping(self, key: str) -> Reader:
        value = self.raw.get(key)
        if not isinstance(value, Mapping):
            self._wrong(key, "fields with values")
            value = {}
        return Reader(value, self.problems, f"{self.pointer}/{key}")

    def enum(self, key: str, kind: type[E], default: E | None = None) -> E:
        value = self.raw.get(key)
        if value is None and default is not None:
            return default
        members = list(kind)
        for member in members:
            if member.value == value:
                return member
        if isinstance(value, str):
            self.problems.add(
                f"{self.pointer}/{key}",
                f"`{key}` cannot be `{shorten(value)}`.",
                did_you_mean(value, [str(member.value) for member in members]),
            )
        else:
            self._wrong(key, "one of " + ", ".join(f"`{member.value}`" for member in members))
        return members[0]

    def day(self, key: str) -> date:
        return self._parsed(key, parse_day, _NO_DAY)

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> Days:
        return self._parsed(key, parse_days, Days(text="", first=_NO_DAY, last=_NO_DAY, fixed=True))

    def beginning(self, key: str, zone: tzinfo) -> datetime:
        return self._parsed(key, lambda text: parse_from(text, zone), datetime(1900, 1, 1, tzinfo=zone))

    def _parsed(self, key: str, parse: Callable[[str], V], default: V) -> V:
        value = self.raw.get(key)
        if not isinstance(value, str):
            self._wrong(key, "a date")
            return default
        try:
            return parse(value)
        except ValueError as error:
            sentence = str(error)
            self.problems.add(
                f"{self.pointer}/{key}", f"{sentence[0].upper()}{sentence[1:]}.", "Correct the date."
            )
            return default
