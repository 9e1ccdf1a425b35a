"""Every rule of the lint over one draft Opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from accord.domain.findings import Severity
from accord.domain.lint.acronyms import acronyms
from accord.domain.lint.addressing import addressing
from accord.domain.lint.citing import citing
from accord.domain.lint.clauses import beginnings, endings, lettered
from accord.domain.lint.flaw import Flaw
from accord.domain.lint.keywords import keywords, plain_keywords
from accord.domain.lint.opinion import Opinion, read_opinion
from accord.domain.lint.prescribing import prescribing
from accord.domain.lint.structure import opening, parts, points, title
from accord.domain.process.drafting import Drafting

LANGUAGE = "lint-language"
_ENGLISH = "en"


def lint(
    text: str, path: str, front: Mapping[str, Any], drafting: Drafting, readers: Sequence[str]
) -> tuple[Flaw, ...]:
    """What reads otherwise than the forum drafts, in reading order; ``front`` is the front matter, read.

    The words of an Opinion in another language than English are not looked at, and a note says so.

    Raises:
        Refused: the text nests blocks deeper than anybody could follow.
    """
    opinion = read_opinion(text, path, front)
    found = english(opinion, drafting, readers) if opinion.language == _ENGLISH else _any(opinion)
    return tuple(sorted(found, key=lambda one: (one.line or 0, one.column or 0)))


def new_flaws(before: Iterable[Flaw], after: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """Those of a text that it did not have before: what a contribution brings.

    What is about a whole file is not new because another clause of it changed.
    """
    old = {_same(one) for one in before}
    return tuple(one for one in after if _same(one) not in old)


def _same(one: Flaw) -> tuple[str, ...]:
    return one.key if one.line is not None else (one.rule, one.path, one.message)


def english(opinion: Opinion, drafting: Drafting, readers: Sequence[str]) -> Iterator[Flaw]:
    """Every rule, over an Opinion in English."""
    yield from title(opinion)
    yield from keywords(opinion, drafting)
    yield from prescribing(opinion, drafting)
    yield from addressing(opinion, drafting, readers)
    yield from citing(opinion, drafting)
    yield from acronyms(opinion, drafting)
    if opinion.outline:
        yield from points(opinion)
        return
    yield from opening(opinion)
    plain = tuple(plain_keywords(opinion, drafting))
    yield from plain
    # What was meant as a keyword is no clause, and a part under it is not missing.
    taken = {one.line for one in plain}
    yield from (one for one in parts(opinion, drafting) if not plain or one.line is not None)
    yield from (one for one in endings(opinion) if one.line not in taken)
    yield from beginnings(opinion)
    yield from lettered(opinion)


def _any(opinion: Opinion) -> Iterator[Flaw]:
    """What holds in every language."""
    yield from lettered(opinion)
    if opinion.outline:
        yield from points(opinion)
    yield Flaw(
        rule=LANGUAGE,
        path=opinion.path,
        message=f"The rules of drafting are written for English, and this is in `{opinion.language[:10]}`: "
        "its words were not looked at.",
        fix="Nothing is to be done; somebody who knows the language reads it.",
        digest=opinion.digest,
        severity=Severity.NOTE,
    )
