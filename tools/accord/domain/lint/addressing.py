"""Whom does an Opinion address? Others than its readers are pointed out (R5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.keywords import keyword_head
from accord.domain.lint.opinion import Opinion, Part, Passage
from accord.domain.process.drafting import Drafting
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import Kind

ADDRESSEE = "wording-addressee"

_BETWEEN = re.compile(r",\s*and\s+|,\s*|\s+and\s+")
# "as appropriate", "within their competence": how, not whom.
_HOW = re.compile(r"(?:as|if|in|on|under|when|where|within|to)\b.*", re.IGNORECASE)
_BEFORE = re.compile(r"(?:the|all|its|their)\s+", re.IGNORECASE)
_ITEM = re.compile(r"(?P<whom>[\w'\u2019 ,/-]{1,200}?)\s+to\s+\w", re.DOTALL)


def addressing(opinion: Opinion, drafting: Drafting, readers: Sequence[str]) -> Iterator[Flaw]:
    """Each addressee of a keyword such as *invites* that is none of the ``readers``; without any nobody is another one.

    Where the keyword names nobody, the clauses under it may: `1. operators to consider`.
    """
    if not readers:
        return
    verbs = _verbs(drafting)
    for part in opinion.parts:
        head, whom = keyword_head(part.name, verbs) if part.operative else ("", "")
        if not head:
            continue
        if whom:
            yield from _others(part.keyword, whom, readers)
        else:
            yield from _in_clauses(part, readers)


def _verbs(drafting: Drafting) -> tuple[str, ...]:
    """What is followed by whom it addresses: prescriptive verbs too, such as *instructs*."""
    silent = {"shall", "must"}
    single = (w for one in drafting.prescriptive for w in one.words if w.endswith("s") and " " not in w)
    return (*drafting.addressing, *(word for word in single if word not in silent))


def _in_clauses(part: Part, readers: Sequence[str]) -> Iterator[Flaw]:
    for passage in part.body:
        if (
            not passage.own
            or passage.clause.level > 1
            or passage.clause.kind not in {Kind.ITEM, Kind.PARAGRAPH}
        ):
            continue
        found = _ITEM.match(passage.source, passage.start)
        if found and not re.match(r"(?:to|that)\b", found["whom"], re.IGNORECASE):
            yield from _others(passage, " ".join(found["whom"].split()), readers)


def _others(passage: Passage, whom: str, readers: Sequence[str]) -> Iterator[Flaw]:
    known = [one.casefold() for one in readers]
    for one in _BETWEEN.split(whom):
        name = _BEFORE.sub("", one.strip(), count=1) if _BEFORE.match(one.strip()) else one.strip()
        name = re.sub(r"\s+(?:as|if|in|on|under|when|where|within|to)\b.*", "", name)
        if not name or _HOW.fullmatch(name) or name.casefold() in known:
            continue
        at = _find(passage.source, name, passage.start)
        message = f"`{shorten(name)}` is not among the readers that Opinions are for (R5)."
        fix = f"Those are: {', '.join(readers)}. Others are possible; the chair looks at it."
        yield flaw_at(passage, ADDRESSEE, at, at + len(name), message, fix)


def _find(source: str, name: str, start: int) -> int:
    """Where a name stands, however it is spaced; the beginning of the words if it cannot be told."""
    found = re.search(r"\s+".join(map(re.escape, name.split())), source[start:])
    return start + found.start() if found else start
