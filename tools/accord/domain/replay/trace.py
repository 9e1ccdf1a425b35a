"""Recorded histories of pull requests: who said what, when, about which commit, and how it really ended.

One JSON object a line. A line with `source` names the archive that the lines after it come from. The format is
documented in `docs/traces.md`; `archive.py` reads the archives that i-d-template writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accord.domain.findings import Finding, Place
from accord.domain.replay.fields import Fields

SHORT = 7  # how many characters of a commit are compared
APPROVED, ASKED, DISMISSED = "APPROVED", "CHANGES_REQUESTED", "DISMISSED"
SAYS = (APPROVED, DISMISSED, ASKED)  # from the least to the most cautious
SAYS_NOTHING = {"COMMENTED": "comments-only", "PENDING": "never-submitted"}
GHOST = "ghost"  # stands for every account that is gone: they cannot be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review that says something: when it was given, by whom, what it was, about which commit.

    ``at`` is the earliest and ``latest`` the latest moment at which it can have been given: an archive tells when a
    review was begun and when it was last touched, and it was handed in between the two. ``commit`` is empty where the
    archive does not know it any more.
    """

    at: datetime
    latest: datetime
    who: str
    association: str
    state: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One pull request. ``closed`` and ``merged`` are None while it was open, or closed without a merge.

    ``head`` is the commit it ended at; empty where the archive does not say.
    """

    number: int
    author: str
    created: datetime
    closed: datetime | None
    merged: datetime | None
    merged_by: str
    head: str
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """What was read of a file: the histories, every problem, and how much was left out for which reason."""

    source: str
    traces: tuple[Trace, ...]
    findings: tuple[Finding, ...]
    left_out: Mapping[str, int]


def read_traces(text: str, file: str) -> Histories:
    """Every history of a file in this format; a line that is none is left out with a finding that names it."""
    sources: list[str] = []
    found: list[tuple[Place, Trace]] = []
    findings: list[Finding] = []
    left_out: Counter[str] = Counter()
    traces: list[Trace] = []
    # Not splitlines: JSON may hold the other separators of lines inside a text.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(file=file, line=number)
        fields = Fields(_object(line), names={"number": "pr"})
        if "source" in fields.value and "pr" not in fields.value:
            sources.append(fields.text("source", ""))
            traces += distinct(found, findings, left_out)
            found = []
        elif (trace := _trace(fields, left_out)) is not None:
            found.append((place, trace))
        if fields.problems:
            findings.append(malformed(place, fields.problems))
            left_out["malformed"] += 1
    traces += distinct(found, findings, left_out)
    return Histories(
        source="; ".join(sources), traces=tuple(traces), findings=tuple(findings), left_out=left_out
    )


def to_json(trace: Trace) -> dict[str, Any]:
    """A history as one line of the format."""
    return {
        "pr": trace.number,
        "author": trace.author,
        "created": _instant(trace.created),
        "closed": _instant(trace.closed),
        "merged": _instant(trace.merged),
        "merged_by": trace.merged_by or None,
        "head": trace.head or None,
        "ev": [
            [
                _instant(review.at),
                review.who,
                review.association,
                review.state,
                review.commit or None,
                *([_instant(review.latest)] if review.latest != review.at else []),
            ]
            for review in trace.reviews
        ],
    }


def malformed(place: Place, problems: list[str]) -> Finding:
    """The finding about a history that cannot be read; the others are."""
    return Finding(
        rule="trace-malformed",
        message=f"{'; '.join(problems)}. This history is left out.",
        fix="docs/traces.md shows what is expected.",
        place=place,
    )


def distinct(
    found: list[tuple[Place, Trace]], findings: list[Finding], left_out: Counter[str]
) -> list[Trace]:
    """Each history once. One that stands twice and differently is left out: nobody can say which is true."""
    by_number: dict[int, list[tuple[Place, Trace]]] = {}
    for place, trace in found:
        by_number.setdefault(trace.number, []).append((place, trace))
    out = []
    for number, same in by_number.items():
        if all(trace == same[0][1] for _, trace in same):
            out.append(same[0][1])
            left_out["repeated"] += len(same) - 1
            continue
        left_out["contradictory"] += len(same)
        findings.append(
            Finding(
                rule="trace-repeated",
                message=f"#{number} stands here {len(same)} times, and differently. All of them are left out.",
                fix=f"Keep the true one; the first is at {same[0][0]}.",
                place=same[1][0],
            )
        )
    return out


def review_of(fields: Fields, left_out: Counter[str], author: str) -> Review | None:
    """The review that the fields at, who, association, state, commit and latest describe, if it says something."""
    state = fields.text("state")
    if state in SAYS_NOTHING:
        left_out[SAYS_NOTHING[state]] += 1
        return None
    if state not in SAYS and not fields.problems:
        fields.problems.append(f"the state {state} of a review is none of {', '.join(SAYS)}")
    at = fields.moment("at")
    latest = fields.moment("latest", None) or at
    who = fields.text("who", GHOST)
    commit = fields.text("commit", "")[:SHORT]
    if at is None or latest is None or fields.problems:
        return None
    if who == author != GHOST:
        left_out["by-its-author"] += 1  # C3. The source holds no position.
        return None
    return Review(
        at=at,
        latest=max(at, latest),
        who=who,
        association=fields.text("association", "NONE"),
        state=state,
        commit=commit,
    )


def trace_of(fields: Fields, reviews: list[Review]) -> Trace | None:
    """The history that the fields number, author, created, closed, merged, merged_by and head describe."""
    created = fields.moment("created")
    closed, merged = fields.moment("closed", None), fields.moment("merged", None)
    number = fields.number("number")
    if created and any(moment < created for moment in (closed, merged) if moment):
        fields.problems.append("it ended before it began")
    if created is None or fields.problems:
        return None
    return Trace(
        number=number,
        author=fields.text("author", GHOST),
        created=created,
        closed=closed,
        merged=merged,
        merged_by=fields.text("merged_by", ""),
        head=fields.text("head", "")[:SHORT],
        reviews=tuple(sorted(reviews, key=lambda r: (r.at, r.latest, r.who, SAYS.index(r.state), r.commit))),
    )


_EVENT = ("at", "who", "association", "state", "commit", "latest")


def _trace(fields: Fields, left_out: Counter[str]) -> Trace | None:
    if fields.problems:
        return None
    counted: Counter[str] = Counter()
    author = fields.text("author", GHOST)
    reviews = []
    for index, event in enumerate(fields.items("ev")):
        if not isinstance(event, list) or not 5 <= len(event) <= 6:
            fields.problems.append(f"ev[{index}] is no list of five or six")
            continue
        inner = Fields(dict(zip(_EVENT, event, strict=False)), f"ev[{index}].")
        review = review_of(inner, counted, author)
        fields.problems += inner.problems
        if review is not None:
            reviews.append(review)
    trace = trace_of(fields, reviews)
    if trace is not None:
        left_out += counted
    return trace


def _object(line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as problem:
        return ValueError(f"it is no JSON ({problem.msg}, column {problem.colno})")
    except (ValueError, RecursionError) as problem:
        return ValueError(f"it is no JSON ({problem})")


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
