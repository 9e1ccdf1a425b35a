"""Are instruments and documents cited in full: `Resolution 2 (Rev. Bucharest, 2022)`, never `Res. No. 2`?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.opinion import Opinion, Passage
from accord.domain.process.drafting import Drafting
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import LITERAL

REFERENCE = "reference-form"

_CITED = re.compile(r"(?P<name>\w+) (?P<number>\d+) (?P<bracket>\(.*\))")
_RIGHT = re.compile(
    r"\((?:Rev\. )?(?![Rr]ev\b)[^\W\d_][^\d()\[\],]*, (?:19|20)\d\d\)"
    r"|\(C\d\d(?:, [^()]*)?\)"
    r"|\((?:Rev\. ?)?(?:C\d\d|[A-Z]{2,5}-?\d\d)\)"
)
_PLACED = re.compile(
    r"(?P<rev>rev(?:ised)?\b\.?[\s,]*)?(?P<place>[^\W\d_][^\d()\[\],]*?)[\s,]+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"(?:C|Council)[\s,-]*(?:20)?(?P<year>\d\d)", re.IGNORECASE)
_ABOUT = re.compile(r"\d\d|\brev\b", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:Doc\b\.?|Document)\s+(?P<no>N(?:o|r)?[.\u00b0\u00ba]*\s*)?(?P<number>\d+)\b"
    r"(?:\s*\(?\s*\b(?P<part>Add|Rev|Corr)\.?\s*(?P<of>\d+)\s*\)?)?"
)
_SYMBOL = re.compile(
    r"(?<![\w/-])(?P<symbol>[A-Z][A-Z0-9-]{0,15}/\d+)\s*\(?\s*(?P<part>Add|Rev|Corr)\b\.?\s*(?P<of>\d+)\b\s*\)?"
)
_MONTH = 31
_Instrument = tuple[str, str]


def citing(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """Each citation that is not in full, with the right form where it can be told; this tool's default.

    A later mention may be short (`Annex 2 of Decision 641`) once the text has cited the instrument in full.
    """
    passages = [one for one in opinion.passages if one.clause.kind not in LITERAL and _unquoted(one)]
    if drafting.instruments:
        yield from _instruments(passages, drafting)
    for passage in passages:
        yield from _documents(passage)


def _unquoted(passage: Passage) -> bool:
    return "quote" not in passage.clause.frames


def _instruments(passages: Sequence[Passage], drafting: Drafting) -> Iterator[Flaw]:
    full = _full_forms(passages, drafting)
    seen: set[_Instrument] = set()
    for passage in passages:
        for found in _citations(passage, drafting.instruments):
            key = _name(found["name"], drafting.instruments), found["number"]
            bracket = _spaced(found["bracket"]) if _ABOUT.search(found["bracket"] or "") else ""
            end = found.end("bracket") if bracket else found.end("number")
            short = found["name"] == key[0] and not found["no"] and not bracket
            if short and (key in seen or _goes_on(passage.plain, end)):
                continue
            seen.add(key)
            right = _right(bracket, full.get(key, ""))
            form = f"{key[0]} {key[1]} {right or '(Rev. PLACE, YEAR)'}"
            if _spaced(passage.source[found.start() : end]) != form:
                yield _flaw(passage, found.start(), end, form, derived=bool(right))


def _full_forms(passages: Sequence[Passage], drafting: Drafting) -> dict[_Instrument, str]:
    """The bracket of each instrument that the forum or the text cites in full; a revised one of the text counts."""
    full: dict[_Instrument, str] = {}
    for one in drafting.citations:
        if known := _CITED.fullmatch(_spaced(one)):
            full[known["name"], known["number"]] = known["bracket"]
    for passage in passages:
        for found in _citations(passage, drafting.instruments):
            bracket = _spaced(found["bracket"])
            key = _name(found["name"], drafting.instruments), found["number"]
            if _RIGHT.fullmatch(bracket) and ("Rev." in bracket or key not in full):
                full[key] = bracket
    return full


def _right(bracket: str, known: str) -> str:
    """How the bracket of a citation reads in full; "" where it lacks something that nobody can guess."""
    if not _RIGHT.fullmatch(bracket):
        return _mended(bracket) or known
    revised = bracket.replace("(", "(Rev. ", 1)
    return revised if known == revised else bracket


def _documents(passage: Passage) -> Iterator[Flaw]:
    for found in _DOCUMENT.finditer(passage.plain):
        part = f"({found['part']}.{found['of']})" if found["part"] else ""
        form = f"Document {found['number']}{part}"
        if " ".join(found[0].split()) != form:
            yield _flaw(passage, found.start(), found.end(), form, derived=True)
    for found in _SYMBOL.finditer(passage.plain):
        form = f"{found['symbol']}({found['part']}.{found['of']})"
        if found[0] != form:
            yield _flaw(passage, found.start(), found.end(), form, derived=True)


def _flaw(passage: Passage, start: int, end: int, form: str, *, derived: bool) -> Flaw:
    said = shorten(_spaced(passage.source[start:end]))
    message = f"`{said}` is not the full form of a citation: its place and year are part of it; this tool's default."
    if form.startswith("Document") or "/" in form:
        message = f"`{said}` is not how a document is cited; this tool's default."
    fix = f"Write `{form}`." if derived else f"Write it like `{form}`, with its own place and year."
    return flaw_at(passage, REFERENCE, start, end, message, fix)


@lru_cache(maxsize=16)
def _pattern(instruments: tuple[str, ...]) -> re.Pattern[str]:
    """A citation: the name or its first letters, perhaps `No.`, the number, perhaps a bracket."""
    names = "|".join(re.escape(one) for one in sorted(instruments, key=len, reverse=True))
    short = "|".join(sorted({re.escape(one[:3]) for one in instruments}))
    return re.compile(
        rf"\b(?P<name>(?:{names})|(?:{short})(?=[.\s]))\.?\s*(?<![^\W\d_])"
        r"(?P<no>(?:N(?:o|r)?[.\u00b0\u00ba]*|no\.|#|number)\s*)?"
        r"(?P<number>\d{1,5})(?![\w/]|[.-]\d)(?P<bracket>\s*[(\[][^()\[\]]{0,80}[)\]])?"
    )


def _name(typed: str, instruments: Sequence[str]) -> str:
    return next((one for one in instruments if one == typed), "") or next(
        one for one in instruments if one.startswith(typed[:3])
    )


def _citations(passage: Passage, instruments: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for found in _pattern(instruments).finditer(passage.plain):
        number = int(found["number"])
        # `Dec. 12` and `Dec 2024` are a day and a month, no Decisions.
        if found["name"] != "Dec" or found["no"] or _MONTH < number < 1900:
            yield found


def _goes_on(plain: str, end: int) -> bool:
    """`Resolution 2 of the Conference (Port Arcadia, 2022)` says the rest in its own way."""
    return re.match(r"\s+of\s+(?:the|its)\b", plain[end : end + 40]) is not None


def _spaced(bracket: str | None) -> str:
    return " ".join((bracket or "").split())


def _mended(bracket: str) -> str:
    """The right form of a bracket; "" where it lacks something nobody can guess."""
    inner = bracket.strip("()[] ")
    if found := _COUNCIL.fullmatch(inner):
        return f"(C{found['year']})"
    if found := _PLACED.fullmatch(inner):
        return f"({'Rev. ' if found['rev'] else ''}{' '.join(found['place'].split())}, {found['year']})"
    return ""
