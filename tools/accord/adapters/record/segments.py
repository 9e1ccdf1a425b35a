"""Events as lines, and the counters in `head.json`, read strictly: a damaged record is never half read. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from accord.adapters.record.layout import FORMAT, HEAD, SEGMENT_BYTES, SEGMENT_LINES
from accord.application.ports import JsonObject, RecordHead
from accord.domain.canonical import canonical_json
from accord.domain.findings import Exit, Finding, Place, Refused, refuse

MEND = (
    "Nothing may be edited on the branch `record`. Run `accord verify` to see which commit did it, and set the branch "
    "back to the commit before."
)


def place(path: str, commit: str, line: int | None = None) -> Place:
    """A place in the record as it was at a commit."""
    return Place(file=path, line=line, path=f"at {commit[:12]}")


def damaged(rule: str, message: str, where: Place) -> Refused:
    """The refusal for a record that is not as Accord left it."""
    return Refused([Finding(rule=rule, message=message, fix=MEND, place=where)], Exit.FINDINGS)


def event_line(event: JsonObject) -> bytes:
    """An event as one line.

    Raises:
        ValueError: NaN, an infinity, or text that no UTF-8 can hold.
    """
    return (
        json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8") + b"\n"
    )


def parse_segment(content: bytes, path: str, commit: str) -> list[JsonObject]:
    """The events of a segment.

    Raises:
        Refused: a line that is no event, or a last line that was not finished.
    """
    if not content.endswith(b"\n"):
        line = content.count(b"\n") + 1
        raise damaged("record-line-cut", "The last line is not complete.", place(path, commit, line))
    return [
        _parse_line(line, path, commit, number)
        for number, line in enumerate(content[:-1].split(b"\n"), start=1)
    ]


def _parse_line(line: bytes, path: str, commit: str, number: int) -> JsonObject:
    where = place(path, commit, number)
    try:
        event = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        raise damaged("record-line-unreadable", f"This line is no event: {problem}.", where) from problem
    if (
        not isinstance(event, dict)
        or type(event.get("seq")) is not int
        or not isinstance(event.get("kind"), str)
    ):
        raise damaged("record-line-unreadable", "This line is no event: it needs `seq` and `kind`.", where)
    return event


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def head_content(head: RecordHead) -> bytes:
    """The bytes of ``head.json``."""
    return canonical_json(asdict(head)) + b"\n"


def parse_head(content: bytes | None, commit: str) -> RecordHead:
    """The counters of the record.

    Raises:
        Refused: there are none, they make no sense, or a newer Accord wrote them (exit OUTSIDE).
    """
    where = place(HEAD, commit)
    if content is None:
        raise damaged("record-head-missing", f"The record has no `{HEAD}`.", where)
    try:
        value = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise damaged("record-head-unreadable", f"It is no JSON: {problem}.", where) from problem
    if isinstance(value, Mapping) and type(value.get("format")) is int and value["format"] > FORMAT:
        raise refuse(
            "record-newer",
            f"The record was written by a newer Accord (format {value['format']}; this one reads up to {FORMAT}).",
            fix="Install the current version of Accord, then run the same command again.",
            place=where,
            exit_code=Exit.OUTSIDE,
        )
    types = {"format": int, "events": int, "contributions": int, "rehearsal": bool, "forum": str}
    if not isinstance(value, Mapping) or {key: type(item) for key, item in value.items()} != types:
        raise damaged("record-head-unreadable", f"It needs exactly {', '.join(types)}.", where)
    if value["format"] < 1 or value["events"] < 0 or value["contributions"] < 0:
        raise damaged("record-head-unreadable", "A number in it cannot be.", where)
    return RecordHead(**value)


def has_room(content: bytes, line: bytes) -> bool:
    """Whether *line* still goes into a segment with this content."""
    return not content or (content.count(b"\n") < SEGMENT_LINES and len(content) + len(line) <= SEGMENT_BYTES)
