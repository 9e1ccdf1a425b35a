"""The fields of one JSON object read with care: every problem is kept, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_LONGEST = 200
_MISSING: Any = object()


class Fields:
    """One object of a file from outside. A field that is wrong adds a sentence to ``problems``.

    Without a default a field must be there; with one, null and absent mean the default.
    """

    def __init__(self, value: object, where: str = "", names: Mapping[str, str] | None = None) -> None:
        """``value`` is what was read, or the error that stopped it; ``where`` stands before each field's name.

        ``names`` says what the file calls a field that is asked for by another name.
        """
        self.problems: list[str] = []
        self.value: Mapping[str, Any] = {}
        self._where = where
        self._names = names or {}
        if isinstance(value, Mapping):
            self.value = value
        else:
            self.problems.append(str(value) if isinstance(value, ValueError) else "it is no JSON object")

    def text(self, name: str, default: str = _MISSING) -> str:
        """A short text that can be printed as it is."""
        value = self._get(name, default)
        if value is default:
            return "" if default is _MISSING else default
        if not isinstance(value, str) or not value or len(value) > _LONGEST or not value.isprintable():
            self._problem(name, "is no short text")
            return ""
        return value

    def number(self, name: str) -> int:
        """A whole number of at least 1."""
        value = self._get(name, _MISSING)
        if value is _MISSING:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self._problem(name, "is no number of a pull request")
            return 0
        return value

    def moment(self, name: str, default: None = _MISSING) -> datetime | None:
        """An instant such as `2021-03-03T23:33:24Z`, in UTC."""
        value = self._get(name, default)
        if value is default:
            return None
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            pass
        self._problem(name, "is no instant such as 2021-03-03T23:33:24Z")
        return None

    def items(self, name: str) -> list[Any]:
        """A list."""
        value = self._get(name, _MISSING)
        if value is _MISSING:
            return []
        if not isinstance(value, list):
            self._problem(name, "is no list")
            return []
        return value

    def _get(self, name: str, default: Any) -> Any:
        value = self.value.get(self._names.get(name, name))
        if value is not None:
            return value
        if default is _MISSING:
            self._problem(name, "is missing")
        return default

    def _problem(self, name: str, what: str) -> None:
        self.problems.append(f"`{self._where}{self._names.get(name, name)}` {what}")
