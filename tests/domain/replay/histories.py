"""Builders of recorded histories: lines of the format of traces, and archives as i-d-template writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accord.domain.process.rules import Share
from accord.domain.replay.trace import Trace, read_traces
from tests.domain.agreement.story import ITU

OK, NO, GONE = "APPROVED", "CHANGES_REQUESTED", "DISMISSED"
HEAD, OLD, OLDER = "bbbbbbb", "aaaaaaa", "0000000"
NO_CALL = replace(ITU, call_required=False)
SUPPORTED = replace(NO_CALL, needs_support=1)
SHARED = replace(NO_CALL, needs_share=Share(numerator=1, denominator=2, more=True), may_be_silent=1)


def day(number: float) -> str:
    """Noon of a day of March, as an instant; a fraction is of that day."""
    hours = 12 + round(number % 1 * 10)
    return f"2021-03-{int(number):02}T{hours:02}:00:00Z"


def said(
    when: float, who: str, state: str, commit: str | None = HEAD, latest: float | None = None
) -> list[str | None]:
    """A review on a day of March, perhaps handed in later."""
    event = [day(when), who, "MEMBER", state, commit]
    return event if latest is None else [*event, day(latest)]


def line(*events: list[str | None], **changes: Any) -> dict[str, Any]:
    """A history from 1 to 9 March, merged at its end unless said otherwise."""
    return {
        "pr": 7,
        "author": "p01",
        "created": day(1),
        "closed": day(9),
        "merged": day(9),
        "merged_by": "p01",
        "head": HEAD,
        "ev": [list(event) for event in events],
        **changes,
    }


def trace(*events: list[str | None], **changes: Any) -> Trace:
    """The same, read."""
    read = read_traces(json.dumps(line(*events, **changes)), "made-up.jsonl")
    assert not read.findings
    return read.traces[0]


def review(
    when: float, who: str | None, state: str, commit: str | None = HEAD, **changes: Any
) -> dict[str, Any]:
    """A review as the newer archives hold it."""
    return {
        "id": "R1",
        "commit": None if commit is None else {"abbreviatedOid": commit},
        "author": who,
        "authorAssociation": "MEMBER",
        "state": state,
        "body": "words that are not kept",
        "createdAt": day(when),
        "updatedAt": day(when),
        "comments": [
            {"originalPosition": 1, "body": "words", "createdAt": day(when), "updatedAt": day(when)}
        ],
        **changes,
    }


def pull(number: int, *reviews: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A pull request as the newer archives hold it, merged unless said otherwise."""
    return {
        "number": number,
        "id": "P1",
        "title": "a title that is not kept",
        "url": "https://example.org/1",
        "state": "MERGED",
        "author": "nemo",
        "authorAssociation": "MEMBER",
        "assignees": ["nemo"],
        "labels": ["editorial"],
        "body": "words that are not kept",
        "createdAt": day(1),
        "updatedAt": day(10),
        "baseRefName": "main",
        "headRefName": "nemo/words",
        "headRefOid": HEAD + "0" * 33,
        "closedAt": day(9),
        "mergedAt": day(9),
        "mergedBy": "nemo",
        "mergeCommit": {"oid": "c" * 40},
        "comments": [{"author": "ned", "body": "+1", "createdAt": day(2), "updatedAt": day(2)}],
        "reviews": list(reviews),
        **changes,
    }


def archive(*pulls: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A newer archive."""
    return {
        "magic": "E!vIA5L86J2I",
        "timestamp": "2022-08-24T00:08:40.763943+00:00",
        "repo": "example/draft",
        "labels": [{"name": "editorial", "description": None, "color": "e99695"}],
        "issues": [{"number": 90, "title": "an issue", "comments": []}],
        "pulls": list(pulls),
        **changes,
    }


def older(value: Mapping[str, Any]) -> dict[str, Any]:
    """A pull request as the older archives hold it: people as objects, lists as nodes, no last commit."""
    kept = {key: one for key, one in value.items() if key not in ("headRefOid", "mergeCommit", "baseRefName")}
    reviews = [_with_people(one, "author") for one in value["reviews"]]
    nodes = {"nodes": reviews, "totalCount": len(reviews)}
    return {**_with_people(kept, "author", "mergedBy"), "reviews": nodes}


def _with_people(value: Mapping[str, Any], *people: str) -> dict[str, Any]:
    named = {one: {"login": value[one], "email": ""} for one in people if value[one] is not None}
    return {**value, **named}
