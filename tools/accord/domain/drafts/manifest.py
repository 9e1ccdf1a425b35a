"""The manifest of a draft: what it was cut from and what it holds, carried by the tag itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

FORMAT = "accord-draft"
VERSION = 1


class MalformedManifest(ValueError):
    """A text that holds no manifest this version reads; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause of the draft: its id, file, printed number and digest."""

    id: str
    path: str
    label: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """How a draft Opinion is shown, and the event (place in the record) that says so; 0 for none."""

    name: str
    showing: str
    standing: str
    decided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """What became of a contribution: declaration or outcome, disposition, the commit that brought it, and what stays.

    ``declared`` and ``disposed`` are places in the record, 0 for none; ``statements`` and ``objections`` are the
    entities that joined with a statement, and ids of objections that stand.
    """

    number: int
    state: str
    declared: int = 0
    disposition: str = ""
    disposed: int = 0
    incorporated: str = ""
    statements: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The draft before: its name, its tag object (empty if it was posted without one) and its commit."""

    draft: str
    commit: str
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything by which a draft can be made again and checked.

    ``files`` maps each document to its SHA-256; ``lock`` is that of `requirements.lock` ("" when there is none);
    ``at`` the moment at which it was judged, an instant in UTC as text.
    """

    draft: str
    forum: str
    rehearsal: bool
    at: str
    commit: str
    record: str
    accord: str
    lock: str
    previous: Previous | None
    reason: str
    files: Mapping[str, str]
    clauses: tuple[ClauseRow, ...]
    retired: tuple[str, ...]
    opinions: tuple[OpinionRow, ...]
    decisions: tuple[DecisionRow, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain values, with the format first."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}

    def text(self) -> str:
        """Its one spelling: JSON, a line for each field, and in lists and mappings a line for each entry."""
        lines = []
        for key, value in self.to_json().items():
            if isinstance(value, (list, tuple)) and value:
                body = ",\n".join(f"    {_compact(one)}" for one in value)
                lines.append(f"  {json.dumps(key)}: [\n{body}\n  ]")
            elif key == "files":
                body = ",\n".join(f"    {json.dumps(k)}: {_compact(v)}" for k, v in sorted(value.items()))
                lines.append(f"  {json.dumps(key)}: {{\n{body}\n  }}")
            else:
                lines.append(f"  {json.dumps(key)}: {_compact(value)}")
        return "{\n" + ",\n".join(lines) + "\n}\n"

    @classmethod
    def from_json(cls, value: Any) -> Manifest:
        """The manifest of plain values.

        Raises:
            MalformedManifest: it is none, or of a version this one doesn't read.
        """
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise MalformedManifest("it is no manifest of a draft")
        if value.get("version") != VERSION:
            raise MalformedManifest(f"it is of version {value.get('version')}, and this reads {VERSION}")
        body = {key: item for key, item in value.items() if key not in ("format", "version")}
        names = {field.name for field in fields(cls)}
        if missing := sorted(names - body.keys()):
            raise MalformedManifest(f"`{missing[0]}` is missing")
        if unknown := sorted(body.keys() - names):
            raise MalformedManifest(f"`{unknown[0]}` is not a field of it")
        try:
            previous = body["previous"]
            decisions = tuple(
                DecisionRow(
                    **{**row, "statements": tuple(row["statements"]), "objections": tuple(row["objections"])}
                )
                for row in body["decisions"]
            )
            return cls(
                **{
                    **body,
                    "previous": None if previous is None else Previous(**previous),
                    "files": {str(k): str(v) for k, v in body["files"].items()},
                    "clauses": tuple(ClauseRow(**row) for row in body["clauses"]),
                    "retired": tuple(body["retired"]),
                    "opinions": tuple(OpinionRow(**row) for row in body["opinions"]),
                    "decisions": decisions,
                }
            )
        except (TypeError, KeyError, AttributeError) as problem:
            raise MalformedManifest(f"a field of it is not what it should be: {problem}") from problem


def tag_message(summary: str, manifest: Manifest) -> str:
    """The message of the tag: what the draft is in plain words, then the manifest."""
    return f"{summary.rstrip()}\n\n{manifest.text()}"


def manifest_in(message: str) -> Manifest:
    """The manifest in the message of a tag.

    Raises:
        MalformedManifest: there is none.
    """
    start = message.find("\n{\n")
    if start < 0:
        raise MalformedManifest("the tag carries no manifest")
    return parse_manifest(message[start + 1 :])


def parse_manifest(text: str) -> Manifest:
    """The manifest written in a text.

    Raises:
        MalformedManifest: the text holds none.
    """
    try:
        return Manifest.from_json(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as problem:
        raise MalformedManifest(f"the manifest cannot be read: {problem}") from problem


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
