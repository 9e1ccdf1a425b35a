"""Recorded histories of pull requests: who said what, when, about which commit, and how it really ended.

One JSON object a line. A first line with `source` describes the archive. The format is documented in
`docs/traces.md`; :func:`from_archive` converts the archives that i-d-template writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SHORT = 7  # how many characters of a commit are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review: when it was given, by whom, what it was, about which commit."""

    at: datetime
    who: str
    association: str
    state: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One pull request. ``closed`` and ``merged`` are None while it was open, or closed without a merge."""

    number: int
    author: str
    created: datetime
    closed: datetime | None
    merged: datetime | None
    merged_by: str
    head: str
    reviews: tuple[Review, ...]


class MalformedTrace(ValueError):
    """A line that is no trace; the message names the line and the field."""


def read_traces(lines: Iterable[str]) -> tuple[str, tuple[Trace, ...]]:
    """The archive's own description and its traces, in the order of the file.

    Raises:
        MalformedTrace: a line that is no JSON object, or lacks a field.
    """
    source = ""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = _object(line, number)
        if "source" in value and "pr" not in value:
            source = str(value["source"])
            continue
        found.append(_trace(value, number))
    return source, tuple(found)


def from_archive(archive: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The traces of an archive made by i-d-template (`archive.json`), as lines of this format.

    Only who, when, state and commit are kept; no prose. Reviews that are only comments are left out.

    Raises:
        MalformedTrace: it has no list of pull requests.
    """
    pulls = archive.get("pulls")
    if not isinstance(pulls, list):
        raise MalformedTrace("the archive has no list `pulls`")
    yield {"source": str(archive.get("repo", "an archive made by i-d-template"))}
    for pull in pulls:
        yield {
            "pr": pull["number"],
            "author": _login(pull.get("author")),
            "created": pull["createdAt"],
            "closed": pull.get("closedAt"),
            "merged": pull.get("mergedAt"),
            "merged_by": _login(pull.get("mergedBy")),
            "head": str(pull.get("headRefOid") or "")[:SHORT],
            "ev": [
                [
                    review.get("updatedAt") or review["createdAt"],
                    _login(review.get("author")),
                    review.get("authorAssociation") or "NONE",
                    review["state"],
                    str((review.get("commit") or {}).get("abbreviatedOid") or "")[:SHORT],
                ]
                for review in pull.get("reviews") or []
                if review.get("state") in {"APPROVED", "CHANGES_REQUESTED", "DISMISSED"}
            ],
        }


def _login(value: Any) -> str:
    # An account that is gone is null in an archive.
    if isinstance(value, Mapping):
        return str(value.get("login") or "ghost")
    return str(value or "ghost")


def _object(line: str, number: int) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as problem:
        raise MalformedTrace(f"line {number} is no JSON: {problem}") from problem
    if not isinstance(value, dict):
        raise MalformedTrace(f"line {number} is no JSON object")
    return value


def _trace(value: Mapping[str, Any], number: int) -> Trace:
    try:
        reviews = tuple(
            Review(
                at=_moment(at),
                who=str(who),
                association=str(association),
                state=str(state),
                commit=_short(commit),
            )
            for at, who, association, state, commit in value["ev"]
        )
        return Trace(
            number=int(value["pr"]),
            author=str(value["author"]),
            created=_moment(value["created"]),
            closed=_moment(value["closed"]) if value.get("closed") else None,
            merged=_moment(value["merged"]) if value.get("merged") else None,
            merged_by=str(value.get("merged_by") or ""),
            head=_short(value["head"]),
            reviews=reviews,
        )
    except KeyError as problem:
        raise MalformedTrace(f"line {number}: the field {problem} is missing") from problem
    except (TypeError, ValueError) as problem:
        raise MalformedTrace(f"line {number}: {problem}") from problem


def _short(commit: object) -> str:
    return str(commit)[:SHORT]


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
