"""`replay`: recorded histories through the rules, beside what really happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from accord.application.desk import Desk
from accord.application.loading import load_forum, load_rules, plain_places
from accord.application.reports import Report
from accord.domain.findings import Exit, Place, Refused, refuse
from accord.domain.process.rules import Rules
from accord.domain.replay.engine import Fate, Reading, Replayed, replay
from accord.domain.replay.trace import MalformedTrace, from_archive, read_traces

_MISSING = {
    "no-call": "no call",
    "call-runs": "the call still ran",
    "call-void": "the text changed in the call",
    "text-changed": "the text was not the one called on",
    "objection": "an objection stood",
    "objection-orphaned": "an objection without an owner stood",
    "support": "too little support on this text",
    "breadth-categories": "support from too few categories",
    "breadth-entities": "support from too few",
}


def replayed(
    desk: Desk, name: str, text: str, preset: str, reading: Reading, *, calls: bool = False
) -> Report:
    """Run every history of an archive through a preset and set the answers beside what happened.

    Archives know no calls. With ``calls`` one is taken to have been open from the beginning; else the rules are asked
    about everything but the call.

    Raises:
        Refused: the archive is malformed (exit FINDINGS), or there is no such preset (exit USAGE).
    """
    rules = _rules(desk, preset)
    if not calls:
        rules = replace(rules, call_required=False)
    try:
        source, traces = read_traces(text.splitlines())
    except MalformedTrace as problem:
        raise refuse(
            "trace-malformed",
            f"This is no archive of histories: {problem}.",
            fix="docs/traces.md shows the format; `--archive` reads an archive made by i-d-template.",
            place=Place(file=name),
        ) from problem
    found = [replay(trace, rules, reading) for trace in traces]
    lines = [f"{source or name}", f"{len(found)} histories under the rules `{rules.name}`.", ""]
    lines += [_line(one) for one in found]
    lines += ["", *_summary(found)]
    return Report(
        text="\n".join(lines),
        data={
            "source": source,
            "rules": rules.name,
            "histories": [_data(one) for one in found],
            "counts": counts(found),
        },
    )


def converted(name: str, archive: Any) -> Iterable[dict[str, Any]]:
    """An archive made by i-d-template as lines of the format of traces.

    Raises:
        Refused: it is no such archive (exit FINDINGS).
    """
    try:
        return list(from_archive(archive))
    except (MalformedTrace, KeyError, TypeError, AttributeError) as problem:
        raise refuse(
            "archive-malformed",
            f"This is no archive made by i-d-template: {problem}.",
            fix="Name its `archive.json`.",
            place=Place(file=name),
        ) from problem


def counts(found: Sequence[Replayed]) -> dict[str, int]:
    """What a reader can count by hand, and what the rules would have answered."""
    merged = [one for one in found if one.fate is Fate.MERGED]
    return {
        "histories": len(found),
        "merged": len(merged),
        "approvals_standing_at_merge": sum(one.approvals for one in merged),
        "approvals_on_an_older_commit": sum(one.stale for one in merged),
        "merges_without_any_approval": sum(one.approvals == 0 for one in merged),
        "merges_approved_but_not_on_the_merged_head": sum(one.none_on_head for one in merged),
        "merges_with_an_objection_its_owner_never_withdrew": sum(bool(one.objecting) for one in merged),
        "merged_and_ready_by_the_rules": sum(one.ready for one in merged),
        "merged_but_not_ready_by_the_rules": sum(not one.ready for one in merged),
        "not_merged_but_ready_by_the_rules": sum(one.ready for one in found if one.fate is not Fate.MERGED),
    }


def _rules(desk: Desk, preset: str) -> Rules:
    values = desk.process_files(desk.main())
    forum = load_forum(values["forum"], plain_places("process/forum.yaml"))
    assert forum.value is not None  # noqa: S101 - `process_files` has loaded it
    loaded = load_rules(values["consensus"], forum.value, plain_places("process/consensus.yaml"), preset)
    if loaded.value is None:
        raise Refused(loaded.findings, Exit.USAGE)
    return loaded.value


def _line(one: Replayed) -> str:
    answer = "ready" if one.ready else "not ready: " + ", ".join(dict.fromkeys(_words(one)))
    mark = "≠" if one.differs else "="
    stale = f", {one.stale} of {one.approvals} approvals on an older commit" if one.stale else ""
    objecting = f", {', '.join(one.objecting)} still asked for changes" if one.objecting else ""
    return f"{mark} #{one.trace.number:<5} {one.fate.value}{stale}{objecting}; by the rules {answer}"


def _words(one: Replayed) -> list[str]:
    return [_MISSING[missing.what] for missing in one.missing]


def _summary(found: Sequence[Replayed]) -> list[str]:
    numbers = counts(found)
    return [f"{value:>6}  {key.replace('_', ' ')}" for key, value in numbers.items()]


def _data(one: Replayed) -> dict[str, Any]:
    return {
        "pr": one.trace.number,
        "fate": one.fate.value,
        "ready": one.ready,
        "differs": one.differs,
        "missing": [missing.what for missing in one.missing],
        "approvals": one.approvals,
        "approvals_on_an_older_commit": one.stale,
        "objecting": list(one.objecting),
    }
