"""Archives made by i-d-template (`archive.json`): everything that a reader of them meets, as histories.

Two shapes are in use, and one file may mix them, because newer versions of that program only add to what an older one
wrote. The newer (`magic` E!vIA5L86J2I) gives people as account names and lists as lists. The older (B8n2c@e8kvfx)
gives people as objects and lists as `nodes`, and does not say at which commit a pull request ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from accord.domain.findings import Finding, Place, Severity
from accord.domain.replay.fields import Fields
from accord.domain.replay.members import Members, members
from accord.domain.replay.trace import (
    GHOST,
    Histories,
    Review,
    Trace,
    distinct,
    malformed,
    review_of,
    trace_of,
)

_PULL = {
    "created": "createdAt",
    "closed": "closedAt",
    "merged": "mergedAt",
    "merged_by": "mergedBy",
    "head": "headRefOid",
}
_REVIEW = {"who": "author", "association": "authorAssociation", "at": "createdAt", "latest": "updatedAt"}
_OPEN_UNTIL = {"MERGED": "mergedAt", "CLOSED": "closedAt"}


def is_archive(text: str) -> bool:
    """Whether a file looks like such an archive: an object over several lines, or one with its marks."""
    head = text[:4096].lstrip()
    first = head.split("\n", 1)[0].strip()
    return first == "{" or (
        first.startswith("{") and any(f'"{mark}"' in first for mark in ("magic", "pulls"))
    )


def read_archive(text: str, file: str, *, names: bool = False) -> Histories:
    """Every history of an archive; what cannot be read is left out with a finding.

    People become p01, p02 ... in the order of the pull requests, unless their ``names`` are asked for. No prose is
    kept.
    """
    read = members(text, "pulls")
    findings = list(_about(read, file))
    left_out: Counter[str] = Counter()
    found: list[tuple[Place, Trace]] = []
    for index, (line, value) in enumerate(read.items or ()):
        place = Place(file=file, line=line, path=f"pulls[{index}]")
        fields = Fields(_plain(value, "author", "mergedBy"), names=_PULL)
        trace = _trace(fields, left_out)
        if trace is not None:
            found.append((place, trace))
        else:
            findings.append(malformed(place, fields.problems))
            left_out["malformed"] += 1
    issues = read.values.get("issues")
    left_out["issues"] += len(issues) if isinstance(issues, list) else 0
    traces = sorted(distinct(found, findings, left_out), key=lambda trace: trace.number)
    return Histories(
        source=_source(read.values),
        traces=tuple(traces if names else _without_names(traces)),
        findings=tuple(findings),
        left_out=left_out,
    )


def _about(read: Members, file: str) -> Iterable[Finding]:
    if read.broken is not None:
        whole = len(read.items or ())
        before = (
            f"the {whole} pull requests before it are read" if whole else "no pull request stands before it"
        )
        yield Finding(
            rule="archive-broken",
            message=f"Here it stops being JSON: {read.broken.why}; {before}, and nothing after it.",
            fix="Get the whole file again.",
            place=Place(file=file, line=read.broken.line, column=read.broken.column),
        )
    elif read.items is None:
        no_list = "pulls" in read.values or "issues" not in read.values
        yield Finding(
            rule="archive-pulls",
            message="It has no list `pulls`." if no_list else "It holds issues only, and no pull request.",
            fix="Name an `archive.json` made by i-d-template, not one made with `--issues-only`.",
            place=Place(file=file),
            severity=Severity.ERROR if no_list else Severity.WARNING,
        )


def _source(values: Mapping[str, Any]) -> str:
    fields = Fields(values)
    repo, made = fields.text("repo", "an archive"), fields.text("timestamp", "")
    return f"{repo or 'an archive'} (archive made by i-d-template{', ' + made[:10] if made else ''})"


def _trace(fields: Fields, left_out: Counter[str]) -> Trace | None:
    if fields.problems:
        return None
    counted: Counter[str] = Counter()
    author = fields.text("author", GHOST)
    _check_state(fields)
    reviews: list[Review] = []
    for index, value in enumerate(_listed(fields)):
        inner = Fields(_review(value), f"reviews[{index}].", _REVIEW)
        review = review_of(inner, counted, author)
        fields.problems += inner.problems
        if review is not None:
            reviews.append(review)
    trace = trace_of(fields, reviews)
    if trace is not None:
        left_out += counted
    return trace


def _check_state(fields: Fields) -> None:
    """What became of it is said twice in an archive; the two must agree."""
    state = fields.text("state", "")
    moment = _OPEN_UNTIL.get(state)
    if moment is not None and fields.value.get(moment) is None:
        fields.problems.append(f"`state` is {state}, and `{moment}` is missing")
    if state in ("OPEN", "CLOSED") and fields.value.get("mergedAt") is not None:
        fields.problems.append(f"`state` is {state}, and `mergedAt` says that it was merged")


def _listed(fields: Fields) -> list[Any]:
    """The reviews, as a list or as `nodes`; a list that says that it goes on is no whole list."""
    value = fields.value.get("reviews")
    if isinstance(value, Mapping):
        inner = Fields(value, "reviews.")
        nodes = inner.items("nodes")
        fields.problems += inner.problems
        total = value.get("totalCount", len(nodes))
        more = isinstance(page := value.get("pageInfo"), Mapping) and page.get("hasNextPage")
        if total != len(nodes) or more:
            fields.problems.append(f"only {len(nodes)} of its {total} reviews are here")
        return nodes
    return fields.items("reviews")


def _review(value: Any) -> Any:
    """One review with people and commit as plain texts. Where it says when it was handed in, that is its moment."""
    plain = _plain(value, "author")
    if not isinstance(plain, Mapping):
        return plain
    commit = plain.get("commit")
    if isinstance(commit, Mapping):
        commit = commit.get("abbreviatedOid") or commit.get("oid")
    given = plain.get("submittedAt")
    moments = {} if given is None else {"createdAt": given, "updatedAt": given}
    return {**plain, **moments, "commit": commit}


def _plain(value: Any, *people: str) -> Any:
    """An object in which people are account names; null is one that is gone."""
    if not isinstance(value, Mapping):
        return value
    names = {one: value[one].get("login") for one in people if isinstance(value.get(one), Mapping)}
    return {**value, **names} if names else value


def _without_names(traces: Iterable[Trace]) -> Iterable[Trace]:
    given: dict[str, str] = {GHOST: GHOST, "": ""}

    def name(who: str) -> str:
        return given.setdefault(who, f"p{len(given) - 1:02}")

    for trace in traces:
        yield replace(
            trace,
            author=name(trace.author),
            reviews=tuple(replace(review, who=name(review.who)) for review in trace.reviews),
            merged_by=name(trace.merged_by),
        )
