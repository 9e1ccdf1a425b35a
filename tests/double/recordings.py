"""Real exchanges with GitHub, read from the archive that PyGithub ships for its own tests."""

from __future__ import annotations

import ast
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

ARCHIVE = Path(__file__).parent / "recorded/pygithub-2.10.0.tar.gz"
_LINES = 11
"""Protocol, method, host, port, address, headers, body; status, headers, body; an empty line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request to GitHub and its answer, as recorded."""

    file: str
    method: str
    path: str
    query: dict[str, str]
    sent: Any = field(repr=False)
    status: int
    at: datetime
    came: Any = field(repr=False)


def there() -> bool:
    """Whether the archive was fetched."""
    return ARCHIVE.is_file()


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All recorded exchanges in JSON, with the day they were recorded on."""
    with tarfile.open(ARCHIVE) as archive:
        return tuple(
            exchange
            for member in archive.getmembers()
            if "/ReplayData/" in member.name and member.isfile() and (file := archive.extractfile(member))
            for exchange in _read(Path(member.name).name, file.read().decode("utf-8", "replace"))
        )


def _read(name: str, text: str) -> Iterator[Exchange]:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for start in range(0, len(lines) - _LINES + 2, _LINES):
        _, method, _, _, address, _, sent, status, headers, came = lines[start : start + _LINES - 1]
        at = _date(headers)
        if at is None or not status.isdigit():
            continue
        parts = urlsplit(address)
        yield Exchange(
            file=name,
            method=method,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            sent=_json(sent),
            status=int(status),
            at=at,
            came=_json(came),
        )


def _date(headers: str) -> datetime | None:
    try:
        found = {str(name).lower(): str(value) for name, value in ast.literal_eval(headers)}
        return parsedate_to_datetime(found["date"])
    except (ValueError, SyntaxError, KeyError):
        return None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
