"""How clauses begin and end: `;` between them, `,` before the operative part, `.` at the end; no typed letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.opinion import Opinion, Part, Passage
from accord.domain.text.clauses import Kind

ENDING = "clause-ending"
BEGINNING = "clause-beginning"
LETTERED = "clause-lettered"

# What may stand after the sign: a footnote, "; and", brackets that are not agreed, emphasis, quotation marks.
_NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]$|(?<=[;,\s])\s*\b(?:and|or)$")
_AFTER = " \t\n]*_\"'\u201d\u2019"
_TAIL = 90
_LEADING = re.compile(r"(?:[\[*_\"'\u201c\u2018(]|\s)*")
# Words that begin a clause in small letters; anything else with a capital may be a name.
_SMALL = (
    "a|all|also|an|and|any|as|at|because|both|by|during|each|every|for|from|how|if|in|including|it|its|many|most|of|on|"
    "some|such|that|the|their|these|they|this|those|through|to|under|what|when|where|whether|which|while|with"
)
_CAPITAL = re.compile(rf"(?:that\s+)?(?P<word>{_SMALL.title()})\b")
_LETTER = re.compile(r"\(?(?:[A-Za-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[).]\s+(?=\S)")
_INSIDE = re.compile(r"[;:]\s+(?:and\s+|or\s+)?(?P<sign>\(?(?:[a-z]|[ivx]{1,4})\))\s+\w")


def endings(opinion: Opinion) -> Iterator[Flaw]:
    """Each clause that does not end as its place asks; this tool's default."""
    for index, part in enumerate(opinion.parts):
        clauses = [one for one in part.body if one.own]
        for passage in clauses:
            asked = _asked(opinion, index, passage, final=passage is clauses[-1])
            if asked is not None:
                yield from _ending(passage, *asked)


def _asked(opinion: Opinion, index: int, passage: Passage, *, final: bool) -> tuple[str, str] | None:
    """The signs a clause may end with, the one suggested first, and its place in words; None for any."""
    part = opinion.parts[index]
    last = index == len(opinion.parts) - 1
    if _continues(passage, part):
        return None
    if _introduces(passage, part):
        return ":,", "a clause before what it introduces"
    if final and last:
        # Without an operative part nothing is the end of one, which is said of the whole text.
        return (".", "the last clause") if part.operative else None
    if final and not part.operative and index == opinion.operative_part - 1:
        return ",", "the last clause before the operative part"
    return ";,", "a clause that others follow"


def beginnings(opinion: Opinion) -> Iterator[Flaw]:
    """Each clause that begins with a capital where none is needed, as `That` or `that The`; this tool's default."""
    for passage in _own(opinion):
        begin = _LEADING.match(passage.source, passage.start)
        found = _CAPITAL.match(passage.source, begin.end() if begin else passage.start)
        if found:
            word = found["word"]
            message = f"A clause goes on from its keyword, so `{word}` is written small; this tool's default."
            start = found.start("word")
            yield flaw_at(passage, BEGINNING, start, start + len(word), message, f"Write `{word.lower()}`.")


def lettered(opinion: Opinion) -> Iterator[Flaw]:
    """Letters and numbers of clauses that were typed: they are computed, and a typed one is wrong after a change."""
    for passage in _own(opinion):
        found = _LETTER.match(passage.source, passage.start)
        sign = found[0].strip() if found else ""
        start = passage.start
        if not found:
            inside = _INSIDE.search(passage.plain, passage.start)
            if inside is None:
                continue
            sign, start = inside["sign"], inside.start("sign")
        message = f"`{sign}` is typed, and letters and numbers of clauses are computed."
        fix = "Take it away, and give each clause a line of its own with `1.` before it."
        yield flaw_at(passage, LETTERED, start, start + len(sign), message, fix)


def _own(opinion: Opinion) -> Iterator[Passage]:
    for part in opinion.parts:
        yield from (one for one in part.body if one.own)


def _introduces(passage: Passage, part: Part) -> bool:
    """Whether something that belongs to it follows: sub-clauses, a quotation, a table."""
    following = _next(passage, part.body)
    if following is None:
        return False
    mine, theirs = passage.clause.frames, following.clause.frames
    deeper = len(theirs) > len(mine) and theirs[: len(mine)] == mine
    return deeper or not following.own


def _continues(passage: Passage, part: Part) -> bool:
    """Whether the same clause goes on with a second paragraph."""
    following = _next(passage, part.body)
    return (
        following is not None
        and following.clause.kind is Kind.PARAGRAPH
        and bool(following.clause.frames)
        and following.clause.frames == passage.clause.frames
    )


def _next(passage: Passage, body: Sequence[Passage]) -> Passage | None:
    index = next(i for i, one in enumerate(body) if one is passage)
    following = body[index + 1 :]
    notes = (one for one in following if one.clause.kind is not Kind.FOOTNOTE)
    return next(notes, None)


def _trimmed(source: str) -> str:
    """A clause up to its sign."""
    said, before = source.rstrip(), ""
    while said != before:
        before = said
        found = _NOTE.search(said[-_TAIL:])
        said = said[: len(said) - len(found[0])] if found else said.rstrip(_AFTER)
    return said


def _ending(passage: Passage, allowed: str, place: str) -> Iterator[Flaw]:
    said = _trimmed(passage.source)
    if said[-1:] and said[-1] in allowed:
        return
    wanted, end = allowed[0], max(len(said), passage.start)
    sign = said[-1:] if said[-1:] in {";", ",", ".", ":"} else ""
    has = f"ends with `{sign}`" if sign else "ends without a sign"
    message = f"It {has}, and {place} ends with `{wanted}`; this tool's default."
    fix = f"Write `{wanted}` instead of `{sign}`." if sign else f"Add `{wanted}` at its end."
    yield flaw_at(passage, ENDING, max(passage.start, end - 1), end, message, fix)
