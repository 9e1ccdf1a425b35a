"""Which keyword is meant: the forum's own, well formed, each with clauses under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.opinion import Opinion, Part, Passage, without_leading
from accord.domain.process.drafting import Drafting
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import Kind
from accord.domain.text.numbering import is_operative

UNKNOWN = "keyword-unknown"
FORM = "keyword-form"
EMPTY = "keyword-empty"
REPEATED = "keyword-repeated"
PLAIN = "keyword-plain"

_MISSPELT = 2
_SHORT = 6
_LONGEST = 60


def keywords(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """What is wrong with a keyword by itself: misspelt, of another form, without clauses, or there twice in a row."""
    previous = ""
    for index, part in enumerate(opinion.parts):
        yield from _itself(part, drafting, preamble=index <= opinion.operative_part)
        if not part.body:
            message = f"No clause stands under *{shorten(part.name)}*."
            yield _of(part, EMPTY, message, "Write its clauses, or take the keyword away.")
        name = " ".join(part.name.casefold().split())
        if name == previous:
            message = f"*{shorten(part.name)}* comes twice in a row."
            fix = "Put its clauses under the first one."
            if not part.operative:
                fix = f"Put its clauses under the first one, or write *{shorten(part.name)} further*."
            yield _of(part, REPEATED, message, fix)
        previous = name


def plain_keywords(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """Paragraphs that are nothing but a keyword, and are not in italics, so that nothing stands under them."""
    known = {one.casefold() for one in (*drafting.preambular, *drafting.operative)}
    for passage in opinion.passages:
        words = passage.words.strip("*_").rstrip(",:")
        if passage.clause.kind is not Kind.PARAGRAPH or not passage.own or passage.clause.frames:
            continue
        if words.casefold() in known or (_addressed(words, drafting) is not None and len(words) <= _LONGEST):
            message = f"`{shorten(words)}` stands alone like a keyword, and is not marked as one."
            fix = f"Write `*{shorten(words)}*` on a line of its own, with an empty line before and after it."
            yield flaw_at(passage, PLAIN, passage.start, len(passage.source.rstrip()), message, fix)


def keyword_head(name: str, known: Sequence[str]) -> tuple[str, str]:
    """The known keyword that a name begins with and what follows it; ("", name) for none."""
    rest = without_leading(name)
    for one in sorted(known, key=len, reverse=True):
        if re.match(rf"{re.escape(one)}(?!\w)", rest, re.IGNORECASE):
            return one, rest[len(one) :].strip(" ,:")
    return "", rest


def _addressed(words: str, drafting: Drafting) -> str | None:
    """Whom a paragraph such as `invites Member States` addresses; None where it is no such paragraph."""
    if words[-1:] in ".;" or words[:1].isupper():
        return None
    head, whom = keyword_head(words, drafting.addressing)
    return whom if head and (not whom or whom[:1].isupper()) else None


def _itself(part: Part, drafting: Drafting, *, preamble: bool) -> Iterator[Flaw]:
    prescriptive = [word for entry in drafting.prescriptive for word in entry.words]
    head, rest = keyword_head(part.name, (*drafting.keywords, *prescriptive))
    if head or not drafting.keywords:
        return
    first = rest.split()[0] if rest.split() else ""
    meant = _misspelt(rest, drafting)
    if meant:
        message = f"*{shorten(part.name)}* is no keyword of this forum."
        yield _of(part, UNKNOWN, message, f"Did you mean `{meant}`?")
    elif not _formed(first):
        expected = drafting.preambular if preamble else (*drafting.operative, *drafting.addressing)
        same = next((one for one in expected if _stem(one.split()[0]) == _stem(first)), "")
        message = (
            f"*{shorten(part.name)}* is neither a participle or adjective, as in the preamble, nor a verb in the "
            "present tense, as in the operative part; this tool's default."
        )
        fix = (
            f"Write `*{same}*`." if same else "Write a keyword such as `*considering*` or `*is of the view*`."
        )
        yield _of(part, FORM, message, fix)


def _formed(word: str) -> bool:
    return word.casefold().endswith("ing") or is_operative(word)


def is_preambular(name: str, drafting: Drafting) -> bool:
    """Whether a keyword belongs to the preamble: one that the forum knows there, or another participle."""
    head, rest = keyword_head(name, drafting.preambular)
    return bool(head) or (rest.split() or [""])[0].casefold().endswith("ing")


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|e|d)$", "", word.casefold())


def _misspelt(rest: str, drafting: Drafting) -> str:
    """The keyword that a name misspells, with what follows it; "" for none."""
    from rapidfuzz.distance import OSA

    words = rest.split()
    best: tuple[int, str] | None = None
    for one in drafting.keywords:
        count = len(one.split())
        typed = " ".join(words[:count])[:_LONGEST].casefold()
        if len(words) < count or typed[:1] != one[:1] or _stem(typed) == _stem(one):
            continue
        far = int(OSA.distance(typed, one))
        if 0 < far <= (1 if len(one) <= _SHORT else _MISSPELT) and (best is None or far < best[0]):
            best = far, " ".join([one, *words[count:]])
    return shorten(best[1]) if best else ""


def _of(part: Part, rule: str, message: str, fix: str) -> Flaw:
    return keyword_flaw(part.keyword, rule, message, fix)


def keyword_flaw(keyword: Passage, rule: str, message: str, fix: str) -> Flaw:
    """A flaw of a whole keyword."""
    return flaw_at(keyword, rule, keyword.start, len(keyword.source.rstrip()), message, fix)
