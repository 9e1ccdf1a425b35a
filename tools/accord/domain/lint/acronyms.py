"""Is each acronym spelled out once in the text that uses it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.opinion import Opinion
from accord.domain.process.drafting import Drafting
from accord.domain.text.clauses import LITERAL, Kind

ACRONYM = "acronym-undefined"

# Not in a symbol such as CL-24/44 or DT/1; a plural keeps its small s.
_ACRONYM = re.compile(r"(?<![\w/&@.])(?P<name>[A-Z]{2,}(?:&[A-Z]+)?)(?:s\b)?(?![\w/&@]|-?\d+/|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")
# Somebody who writes a sentence in capitals uses no acronyms.
_SHOUTED = re.compile(r"(?:\b[A-Z]{2,}\b[\s,]+){2,}\b[A-Z]{2,}\b")
_EVERYDAY = frozenset(
    {"AND", "ALL", "ANY", "MAY", "NO", "NOT", "ONLY", "OR", "SHOULD", "WILL", "CAN", "MUST", "SHALL"}
)


def acronyms(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """The first use of each acronym that nothing spells out and that the forum does not name as known."""
    if not drafting.acronyms:
        return
    passages = [
        one
        for one in opinion.passages
        if one.clause.kind not in LITERAL
        and one.clause.kind is not Kind.KEYWORD
        and "quote" not in one.clause.frames
    ]
    sources = [one.source for one in passages]
    known = {*drafting.acronyms, *_EVERYDAY}
    told: set[str] = set()
    for passage in passages:
        plain = _SHOUTED.sub(lambda found: " " * len(found[0]), passage.plain)
        for found in _ACRONYM.finditer(plain):
            name = found["name"]
            if name in known or name in told or _ROMAN.fullmatch(name):
                continue
            told.add(name)
            if not _spelled_out(name, sources):
                message = f"`{name}` is spelled out nowhere in this text; this tool's default."
                fix = f"Write it out where it comes first: `the full name ({name})`."
                yield flaw_at(passage, ACRONYM, found.start("name"), found.end("name"), message, fix)


def _spelled_out(name: str, sources: Sequence[str]) -> bool:
    """`the full name (NAME)`, also `(hereinafter “NAME”)`, or `NAME (the full name)`."""
    quoted = re.escape(name)
    after = re.compile(rf"\w[^()]{{0,200}}\([^()]{{0,40}}\b{quoted}s?\b[\"'\u201d\u2019*_]*\)")
    before = re.compile(rf"\b{quoted}s?\s+\(\s*[^\W\d_]\w+[\s-]+[^()]+\)")
    return any(name in source and (after.search(source) or before.search(source)) for source in sources)
