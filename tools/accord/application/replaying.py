"""`replay`: recorded histories through the rules, beside what really happened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from accord.application.desk import Desk
from accord.application.loading import load_forum, plain_places
from accord.application.loading_rules import load_rules
from accord.application.reports import Report
from accord.domain.findings import Exit, Finding, Place, Refused, errors
from accord.domain.process.rules import Rules
from accord.domain.replay.archive import is_archive, read_archive
from accord.domain.replay.counts import counts
from accord.domain.replay.engine import Reading, Replayed, replay
from accord.domain.replay.trace import Histories, read_traces, to_json
from accord.render.histories import (
    DEFINITIONS,
    READINGS,
    count_lines,
    difference,
    history_line,
    in_the_way,
    left_out_lines,
)

_SHOWN = 50  # findings of one file that are told one by one
_SHOWN_OF_ANOTHER_FILE = 3  # and of one that holds no history at all: it is probably another file


def preset_rules(desk: Desk, preset: str) -> Rules:
    """The rules of a preset of the main branch.

    Raises:
        Refused: there is no such preset (exit USAGE).
    """
    values = desk.process_files(desk.main())
    forum = load_forum(values["forum"], plain_places("process/forum.yaml"))
    assert forum.value is not None  # noqa: S101 - `process_files` has loaded it
    loaded = load_rules(values["consensus"], forum.value, plain_places("process/consensus.yaml"), preset)
    if loaded.value is None:
        raise Refused(loaded.findings, Exit.USAGE)
    return loaded.value


def read_histories(name: str, data: bytes, *, archive: bool = False, names: bool = False) -> Histories:
    """The histories of a file: traces, or an archive made by i-d-template (recognised, or said to be one).

    Raises:
        Refused: there is not one history in it, and something is wrong with it (exit FINDINGS).
    """
    text, findings = _decoded(name, data)
    of_archive = archive or is_archive(text)
    read = read_archive(text, name, names=names) if of_archive else read_traces(text, name)
    if not text.strip():
        findings = [_finding("trace-empty", "There is nothing in it.", Place(file=name))]
    findings += read.findings
    shown = _SHOWN if read.traces else _SHOWN_OF_ANOTHER_FILE
    if len(findings) > shown:
        told = f"And {len(findings) - shown:,} more problems of this kind."
        findings = [*findings[:shown], _finding("trace-malformed", told, Place(file=name))]
    if errors(findings) and not read.traces:
        raise Refused(findings)
    return replace(read, findings=tuple(findings))


def replayed(
    read: Histories,
    rules: Rules,
    reading: Reading,
    *,
    calls: bool = False,
    behind: bool = False,
) -> Report:
    """Run every history through a preset and set the answers beside what happened.

    Archives know no calls. With ``calls`` one is taken to have been open from the beginning; else the rules are asked
    about everything but the call. With ``behind`` each count is followed by the histories it comes from.
    """
    if not calls:
        rules = replace(rules, call_required=False)
    found = [replay(trace, rules, reading) for trace in read.traces]
    return Report(
        text=_text(read, rules, reading, found, calls=calls, behind=behind),
        data=_data(read, rules, reading, found, calls=calls),
        findings=read.findings,
    )


def converted(read: Histories) -> str:
    """Histories as a file in the format of traces."""
    lines = [{"source": read.source}, *map(to_json, read.traces)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _decoded(name: str, data: bytes) -> tuple[str, list[Finding]]:
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        told = (
            f"Byte {problem.start + 1} is no text in {encoding.upper()}. A history that needs it is left out."
        )
        # The byte stays in place: only what needs it cannot be read.
        text = data.decode("utf-8", "surrogateescape")
        return text, [_finding("trace-encoding", told, Place(file=name, line=line))]


def _finding(rule: str, message: str, place: Place) -> Finding:
    return Finding(rule=rule, message=message, fix="docs/traces.md shows what is expected.", place=place)


def _text(
    read: Histories, rules: Rules, reading: Reading, found: Sequence[Replayed], *, calls: bool, behind: bool
) -> str:
    asked = (
        "A call is taken to be open from the beginning." if calls else "Calls are left out of the question."
    )
    left_out = list(left_out_lines(read.left_out))
    lines = [
        read.source,
        f"{len(found)} histories under the rules `{rules.name}`. {asked}",
        READINGS[reading],
        "",
        *map(history_line, found),
        "",
        *count_lines(counts(found), behind=behind),
        *(["", "Left out:", *left_out] if left_out else []),
    ]
    return "\n".join(lines[1:] if not read.source else lines)


def _data(
    read: Histories, rules: Rules, reading: Reading, found: Sequence[Replayed], *, calls: bool
) -> dict[str, Any]:
    numbers = counts(found)
    return {
        "source": read.source,
        "rules": rules.name,
        "reading": reading.value,
        "calls": calls,
        "histories": [_history(one) for one in found],
        "counts": {count.key: count.number for count in numbers},
        "definitions": dict(DEFINITIONS),
        "behind": {count.key: [one.trace.number for one in count.behind] for count in numbers},
        "left_out": {key: number for key, number in read.left_out.items() if number},
    }


def _history(one: Replayed) -> dict[str, Any]:
    return {
        "pr": one.trace.number,
        "fate": one.fate.value,
        "at": one.end.isoformat().replace("+00:00", "Z"),
        "outcome": one.outcome.value,
        "differs": one.differs,
        "missing": [missing.what for missing in one.missing],
        "in_the_way": list(in_the_way(one)),
        "difference": difference(one),
        "approvals": len(one.approvals),
        "approvals_on_an_older_commit": len(one.stale),
        "objecting": [review.who for review in one.objecting],
    }
