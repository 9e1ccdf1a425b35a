"""Proving that the record was only ever added to: every commit of it, in one pass over its history."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from accord.adapters.git import Git
from accord.adapters.record.layout import (
    HEAD,
    README,
    contribution_number,
    parse_fact_path,
    parse_segment_path,
)
from accord.adapters.record.segments import MEND, parse_head, parse_segment, place
from accord.application.ports import Added, Change, History, Line, RecordHead
from accord.domain.findings import Finding, Refused, Severity

COMMITS_AT_ONCE = 200
REGULAR = "100644"


@dataclass(slots=True, kw_only=True)
class _State:
    """What the walk knows: the counters, how many segments each stream has, and contents still at hand."""

    head: RecordHead | None = None
    segments: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def audit(git: Git, until: str, since: str | None = None) -> History:
    """The commits up to *until* (after *since*), and every place where one did anything but add.

    Checked for each commit: files are only added, or events added at the end of a stream's last segment; every event
    is readable and carries the next `seq`; the counters grow by exactly what was added; a fact is what its name
    says; history is one line. A history of which only the newest part is here (a shallow clone) is
    checked from there on, with a note.
    """
    state = _State()
    added: list[Added] = []
    commits = git.raw_log(since, until)
    if since is not None:
        _start_from(git, since, state)
    for start in range(0, len(commits), COMMITS_AT_ONCE):
        part = commits[start : start + COMMITS_AT_ONCE]
        contents = _contents(git, part)
        signed = git.signed([commit for commit, _, _ in part])
        for index, (commit, parents, changes) in enumerate(part, start=start):
            if index == 0 and since is None and _is_cut(git, commit, state):
                continue
            if len(parents) > 1 or (not parents and (index > 0 or since is not None)):
                _say(state, "record-history-joined", "Two histories were joined here.", "", commit)
            try:
                _check(state, commit, changes, contents)
            except Refused as problem:  # an unreadable line: the rest of this commit cannot be judged
                state.findings += problem.findings
                state.head = None
            added.append(Added(commit=commit, lines=tuple(state.lines), signed=signed[index - start]))
            state.lines.clear()
    return History(findings=tuple(state.findings), commits=tuple(added))


def _start_from(git: Git, commit: str, state: _State) -> None:
    """Take the record at *commit* for given."""
    state.head = parse_head(git.read_one(f"{commit}:{HEAD}"), commit)
    for entry in git.tree(commit):
        if parsed := parse_segment_path(entry.path):
            state.segments[parsed[0]] += 1


def _is_cut(git: Git, commit: str, state: _State) -> bool:
    """Whether the history before *commit* is not in this repository."""
    found = git.find([commit])[0]
    if found is None or b"\nparent " not in found.body.partition(b"\n\n")[0]:
        return False
    _start_from(git, commit, state)
    _say(
        state, "record-history-partial", "Older history of the record is not here; it was checked from this commit on.",
        "", commit, severity=Severity.NOTE, fix="Use a complete clone to check all of it.",
    )  # fmt: skip
    return True


def _contents(git: Git, commits: Sequence[tuple[str, tuple[str, ...], list[Change]]]) -> dict[str, bytes]:
    oids = {
        oid
        for _, _, changes in commits
        for change in changes
        for oid in (change.old_oid, change.new_oid)
        if oid.strip("0")
    }
    return git.read(sorted(oids))


def _check(state: _State, commit: str, changes: Sequence[Change], contents: dict[str, bytes]) -> None:
    sequence: list[int] = []
    born: list[int] = []
    head: RecordHead | None = None
    for change in changes:
        path, content = change.path, contents.get(change.new_oid, b"")
        if change.status == "D":
            _say(state, "record-file-removed", "The file was removed.", path, commit)
            if parsed := parse_segment_path(path):
                state.segments[parsed[0]] -= 1
        elif change.new_mode != REGULAR:
            _say(state, "record-file-odd", "It is not a plain file.", path, commit)
        elif path == HEAD:
            head = parse_head(content, commit)
        elif parsed := parse_segment_path(path):
            old = contents.get(change.old_oid, b"") if change.status != "A" else None
            sequence += _segment(state, commit, path, old, content)
            number = contribution_number(parsed[0])
            if change.status == "A" and parsed[1] == 0 and number is not None:
                born.append(number)
        elif digest := parse_fact_path(path):
            if change.status != "A":
                _say(state, "record-fact-changed", "The fact was rewritten.", path, commit)
            elif hashlib.sha256(content).hexdigest() != digest:
                _say(state, "record-fact-changed", "The content is not what the name says.", path, commit)
        elif path == README:
            if change.status != "A":
                _say(
                    state,
                    "record-readme-changed",
                    "The file was edited.",
                    path,
                    commit,
                    severity=Severity.WARNING,
                )
        else:
            _say(state, "record-file-unknown", "Accord keeps no such file.", path, commit)
    _counters(state, commit, head, sorted(sequence), sorted(born))


def _segment(state: _State, commit: str, path: str, old: bytes | None, new: bytes) -> list[int]:
    """The `seq` of each event this commit added to a segment."""
    stream, number = parse_segment_path(path) or ("", 0)
    if old is None:
        if number != state.segments[stream]:
            _say(state, "record-segment-order", "It is not the next file of its events.", path, commit)
        state.segments[stream] += 1
    else:
        if number != state.segments[stream] - 1:
            _say(state, "record-segment-order", "Events were added to a file that was closed.", path, commit)
        if not new.startswith(old):
            line, what = _difference(old, new)
            _say(state, "record-line-changed", what, path, commit, line=line)
            return []
    events = parse_segment(new, path, commit)
    known = (old or b"").count(b"\n")
    added = [
        Line(seq=int(event["seq"]), file=path, number=number)
        for number, event in enumerate(events[known:], start=known + 1)
    ]
    state.lines += added
    for added_line in new[len(old or b"") : -1].split(b"\n"):
        json.loads(added_line, object_pairs_hook=_unique(path, commit))
    return [line.seq for line in added]


def _difference(old: bytes, new: bytes) -> tuple[int, str]:
    """Line number of the first difference, and what was done to the lines that were there."""
    # With its end, so that a line whose end was taken away is another line.
    before, after = re.findall(rb"[^\n]*\n|[^\n]+", old), re.findall(rb"[^\n]*\n|[^\n]+", new)
    same = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(after)
    )
    lost = Counter(before) - Counter(after)
    if not lost:
        inserted = len(after) > len(before)
        return (
            same + 1,
            "A line was put before others." if inserted else "The lines were put in another order.",
        )
    if not (Counter(before) & Counter(after)):
        return 1, "The whole file was rewritten."
    if len(after) < len(before) and not (Counter(after) - Counter(before)):
        return same + 1, f"Dropped: {lost.total()} of the lines that were there."
    return same + 1, "The line was edited."


def _counters(
    state: _State, commit: str, head: RecordHead | None, sequence: Sequence[int], born: Sequence[int]
) -> None:
    before = state.head
    if head is None:
        if before is None or sequence or born:
            _say(state, "record-count", "Events were added without counting them.", HEAD, commit)
            if before is not None:
                state.head = replace(
                    before,
                    events=before.events + len(sequence),
                    contributions=before.contributions + len(born),
                )
        return
    state.head = head
    if before is None:
        before = replace(head, events=0, contributions=0) if not state.findings else head
        if state.findings:
            return  # after an unreadable commit there is nothing to count from
    if (head.format, head.rehearsal, head.forum) != (before.format, before.rehearsal, before.forum):
        _say(state, "record-head-changed", "How the record was born was rewritten.", HEAD, commit)
    if list(sequence) != list(range(before.events + 1, before.events + 1 + len(sequence))):
        shown = ", ".join(map(str, sequence[:5])) + (", ..." if len(sequence) > 5 else "")
        message = f"The events added are numbered {shown}; {before.events + 1} comes next."
        _say(state, "record-sequence", message, HEAD, commit)
    if head.events != before.events + len(sequence):
        message = f"It counts {head.events - before.events} more events, but {len(sequence)} were added."
        _say(state, "record-count", message, HEAD, commit)
    if list(born) != list(range(before.contributions + 1, head.contributions + 1)):
        shown = ", ".join(map(str, born)) or "none"
        message = f"It counts contributions from {before.contributions} to {head.contributions}, but new are: {shown}."
        _say(state, "record-count", message, HEAD, commit)


def _unique(path: str, commit: str) -> Callable[[list[tuple[str, object]]], dict[str, object]]:
    def hook(pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            raise Refused(
                [
                    Finding(
                        rule="record-line-unreadable",
                        message="A field is there twice in one event.",
                        fix=MEND,
                        place=place(path, commit),
                    )
                ]
            )
        return value

    return hook


def _say(
    state: _State,
    rule: str,
    message: str,
    path: str,
    commit: str,
    *,
    line: int | None = None,
    severity: Severity = Severity.ERROR,
    fix: str = MEND,
) -> None:
    where = place(path or "record", commit, line)
    state.findings.append(Finding(rule=rule, message=message, fix=fix, place=where, severity=severity))


__all__ = ["audit"]
