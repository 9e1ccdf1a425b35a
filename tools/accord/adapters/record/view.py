"""The record as it is at one commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from accord.adapters.git import Git
from accord.adapters.git.objects import FOLDER, Tree, parse_tree
from accord.adapters.record.layout import (
    FACTS,
    HEAD,
    contribution_number,
    fact_path,
    parse_segment_path,
    segment_path,
    stream_folder,
)
from accord.adapters.record.segments import damaged, parse_head, parse_segment, place
from accord.application.ports import JsonObject, RecordHead


class Cache:
    """What reading the whole record once has shown: folders and segments by object name, which never change."""

    def __init__(self) -> None:
        self.folders: dict[str, Tree] = {}
        self.segments: dict[str, list[JsonObject]] = {}


class GitRecordView:
    """Implements the port `RecordView`. What it returns must not be changed by the caller."""

    def __init__(self, git: Git, commit: str, cache: Cache) -> None:
        self.commit = commit
        self._git = git
        self._cache = cache

    @cached_property
    def head(self) -> RecordHead:
        """The counters."""
        return parse_head(self._git.read_one(f"{self.commit}:{HEAD}"), self.commit)

    @property
    def next_contribution(self) -> int:
        """The number a batch with ``allocate`` takes."""
        return self.head.contributions + 1

    def segments(self, stream: str) -> list[tuple[str, str]]:
        """Path and object name of a stream's segments, in order; empty for a stream that does not exist yet."""
        folder = stream_folder(stream)
        found: dict[str, str] = {}
        for name, (mode, oid) in self._folder(folder).items():
            path = f"{folder}/{name.decode('utf-8', 'replace')}"
            if mode != FOLDER:
                found[path] = oid
            elif contribution_number(stream) is None:
                inside = self._git.folder(oid).items()
                found |= {
                    f"{path}/{leaf.decode('utf-8', 'replace')}": leaf_oid for leaf, (_, leaf_oid) in inside
                }
        numbered = sorted((number, path) for path in found if (number := _number(path, stream)) is not None)
        wanted = [segment_path(stream, number) for number in range(len(numbered))]
        if [path for _, path in numbered] != wanted:
            where = place(next(path for path in wanted if path not in found), self.commit)
            raise damaged(
                "record-segment-missing", "This file is missing, though later ones are there.", where
            )
        return [(path, found[path]) for path in wanted]

    @cached_property
    def _root(self) -> str:
        return self._git.top_folder(self.commit)

    def _folder(self, path: str) -> Tree:
        """What lies in a folder, found part by part: parts seen before are not asked for again."""
        tree = self._git.folder(self._root)
        for part in path.split("/"):
            mode, oid = tree.get(part.encode(), (b"", ""))
            tree = self._git.folder(oid) if mode == FOLDER else {}
        return tree

    def read_stream(self, stream: str) -> list[JsonObject]:
        """The events of a stream, in order."""
        return [event for events in self._parsed(self.segments(stream)) for event in events]

    def last(self, stream: str, kind: str | None = None) -> JsonObject | None:
        """The newest event of a stream (of a kind); reads segments from the end, and no more than it needs."""
        for segment in reversed(self.segments(stream)):
            for event in reversed(self._parsed([segment])[0]):
                if kind is None or event["kind"] == kind:
                    return event
        return None

    def tail(self, stream: str) -> tuple[int, bytes]:
        """Number and content of the last segment of a stream; ``(0, b"")`` if it has none. Checked for damage."""
        segments = self.segments(stream)
        if not segments:
            return 0, b""
        path, oid = segments[-1]
        content = self._git.read([oid])[oid]
        events = parse_segment(content, path, self.commit)
        if int(events[-1]["seq"]) > self.head.events:
            message = f"It counts {self.head.events} events, but {path} has event {events[-1]['seq']}."
            raise damaged("record-count", message, place(HEAD, self.commit))
        return len(segments) - 1, content

    def read_all(self) -> list[JsonObject]:
        """Every event, by ``seq``.

        Raises:
            Refused: the events do not agree with the counters, or with themselves.
        """
        listing = self._listing()
        segments = [(path, oid) for path, oid in listing.items() if parse_segment_path(path)]
        parsed = self._parsed(segments)
        self._cache.segments = {oid: events for (_, oid), events in zip(segments, parsed, strict=True)}
        events = sorted((event for part in parsed for event in part), key=lambda event: int(event["seq"]))
        self._agrees(events, {stream for path, _ in segments if (stream := _stream(path))})
        return events

    def fact(self, digest: str) -> Any:
        """The JSON value with this digest.

        Raises:
            Refused: it is not in the record, or is not what its name says.
        """
        path = fact_path(digest)
        content = self._git.read_one(f"{self.commit}:{path}")
        if content is None:
            raise damaged(
                "record-fact-missing",
                "The record refers to this file, but it is missing.",
                place(path, self.commit),
            )
        if hashlib.sha256(content).hexdigest() != digest:
            raise damaged(
                "record-fact-changed", "The content is not what the name says.", place(path, self.commit)
            )
        return json.loads(content)

    def _agrees(self, events: Sequence[JsonObject], streams: set[str]) -> None:
        for expected, event in enumerate(events, start=1):
            if event["seq"] != expected:
                what = "is there twice" if event["seq"] < expected else f"is missing before {event['seq']}"
                shown = min(expected, event["seq"])
                raise damaged("record-sequence", f"Event {shown} {what}.", place(HEAD, self.commit))
        if len(events) != self.head.events:
            message = f"It counts {self.head.events} events, but there are {len(events)}."
            raise damaged("record-count", message, place(HEAD, self.commit))
        numbers = sorted(number for stream in streams if (number := contribution_number(stream)) is not None)
        if numbers != list(range(1, self.head.contributions + 1)):
            message = (
                f"It counts contributions 1 to {self.head.contributions}, but the folders say otherwise."
            )
            raise damaged("record-count", message, place(HEAD, self.commit))

    def _parsed(self, segments: Sequence[tuple[str, str]]) -> list[list[JsonObject]]:
        known = self._cache.segments
        content = self._git.read(oid for _, oid in segments if oid not in known)
        return [
            known[oid] if oid in known else parse_segment(content[oid], path, self.commit)
            for path, oid in segments
        ]

    def _listing(self) -> dict[str, str]:
        """Path to object name of every file but the facts; folders seen before are not read again."""
        seen: dict[str, Tree] = {}
        files: dict[str, str] = {}
        level = [("", self._root)]
        while level:
            known = self._cache.folders
            unknown = [oid for _, oid in level if oid not in known]
            for oid, found in zip(unknown, self._git.find(unknown), strict=True):
                known[oid] = parse_tree(found.body, self._git.algorithm) if found else self._git.folder(oid)
            deeper = []
            for prefix, oid in level:
                seen[oid] = known[oid]
                for name, (mode, child) in known[oid].items():
                    path = prefix + name.decode("utf-8", "surrogateescape")
                    if mode != FOLDER:
                        files[path] = child
                    elif path != FACTS:
                        deeper.append((f"{path}/", child))
            level = deeper
        self._cache.folders = seen
        return files


def _stream(path: str) -> str | None:
    parsed = parse_segment_path(path)
    return parsed[0] if parsed else None


def _number(path: str, stream: str) -> int | None:
    parsed = parse_segment_path(path)
    return parsed[1] if parsed and parsed[0] == stream else None
