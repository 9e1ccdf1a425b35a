"""Does an Opinion prescribe? Words of a prescriptive outcome in its operative part (R4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.opinion import Opinion, Passage
from accord.domain.process.drafting import Drafting, Prescriptive
from accord.domain.text.clauses import ROWS, Kind

PRESCRIPTIVE = "wording-prescriptive"

_SAID = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CAPTION, *ROWS})
# "does not require", "without requiring", "nothing in it requires": the word says what is not asked.
_NEGATED = re.compile(
    r"\b(?:not|never|nothing|without|nor|cannot)\b(?:\s+(?!(?:and|or|but)\b)[\w'\u2019-]+){0,3}\s+$",
    re.IGNORECASE,
)
# A title goes on with small words between its capitals: "the Charter on What Must Be Done".
_TITLE = re.compile(r"(?:[A-Z][\w'\u2019-]*\s+)(?:(?:[A-Z][\w'\u2019-]*|[a-z]{1,4}|which)\s+)*$")
_TITLED = re.compile(
    r"\b(?:Act|Agreement|Charter|Code|Constitution|Convention|Declaration|Decision|Guidelines?|Law|Opinion|Plan|"
    r"Principles?|Programme|Protocol|Recommendation|Regulations?|Report|Resolution|Statement|Strategy|Treaty)\b"
)


def prescribing(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """Each prescriptive word of the operative part that is the Opinion's own.

    A quotation, code, the title of an instrument, what an instrument says (`Resolution 71 resolves`), and for most
    words a negation are left alone.
    """
    if not drafting.prescriptive:
        return
    words, known = _words(drafting.prescriptive)
    saying = _saying(drafting.instruments)
    for part in opinion.parts:
        if not part.operative:
            continue
        for passage in (part.keyword, *(one for one in part.body if _said(one))):
            for found in words.finditer(passage.plain):
                entry = known[" ".join(found[0].casefold().split())]
                if not _excused(passage.plain, found.start(), found.end(), entry, saying):
                    said = " ".join(found[0].split())
                    message = f"`{said}` is prescriptive; Opinions are non-binding (R4)."
                    fix = f"Consider: {entry.instead}. A quotation or a title may keep it."
                    yield flaw_at(passage, PRESCRIPTIVE, found.start(), found.end(), message, fix)


def _said(passage: Passage) -> bool:
    quoted = any(name == "quote" or name.startswith("note:") for name in passage.clause.frames)
    return passage.clause.kind in _SAID and not quoted


def _excused(plain: str, start: int, end: int, entry: Prescriptive, saying: re.Pattern[str] | None) -> bool:
    before = " ".join(plain[max(0, start - 200) : start].split()) + " "
    if not entry.even_negated and _NEGATED.search(before):
        return True
    if saying is not None and saying.search(before):
        return True
    title = _TITLE.search(before) if plain[start:end].istitle() else None
    return title is not None and _TITLED.search(title[0]) is not None


@lru_cache(maxsize=16)
def _words(entries: tuple[Prescriptive, ...]) -> tuple[re.Pattern[str], dict[str, Prescriptive]]:
    known = {" ".join(word.casefold().split()): entry for entry in entries for word in entry.words}
    ordered = sorted(known, key=lambda word: (-len(word), word))
    pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), known


@lru_cache(maxsize=16)
def _saying(instruments: tuple[str, ...]) -> re.Pattern[str] | None:
    """What stands before the verb of an instrument: `Resolution 71 (Rev. Guadalajara, 2010), which`."""
    if not instruments:
        return None
    names = "|".join(re.escape(one) for one in instruments)
    return re.compile(
        rf"\b(?:{names})\s+\d[\w/.-]*(?:\s*\([^()]{{0,80}}\))?,?(?:\s+(?:which|that|also))?\s+$"
    )
