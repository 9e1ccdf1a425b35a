"""Does an Opinion have the structure of its stage: points for an outline, title, formula and two parts for a text?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.domain.lint.flaw import Flaw, flaw_at
from accord.domain.lint.keywords import is_preambular, keyword_flaw
from accord.domain.lint.opinion import Opinion
from accord.domain.process.drafting import Drafting
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import Kind

POINTS = "structure-points"
TITLE = "structure-title"
OPENING = "structure-opening"
PREAMBLE = "structure-preamble"
OPERATIVE = "structure-operative"
ORDER = "structure-order"

_NUMBERED = re.compile(r"\s*(?:draft\s+)?opinion\s+(?:no\.?\s*)?\d+\b", re.IGNORECASE)
_FORMULA = re.compile(r"The\s.*\(\s*[^\W\d_][^()]*,\s+\d{4}\s*\),", re.DOTALL)


def points(opinion: Opinion) -> Iterator[Flaw]:
    """An outline gives its points as a list (A10)."""
    if not any(one.clause.kind is Kind.ITEM for one in opinion.passages):
        message = "An outline gives its points as a list, and this has none (A10)."
        yield _whole(opinion, POINTS, message, "Write each point on a line with `- ` before it.")


def title(opinion: Opinion) -> Iterator[Flaw]:
    """A title carries no number, since that is computed, and no full stop. That there is one, the schema asks."""
    words = opinion.title.strip()
    if found := _NUMBERED.match(words):
        message = (
            f"The title begins with `{' '.join(found[0].split())}`: the number of an Opinion is computed."
        )
        yield _whole(opinion, TITLE, message, "Take it out of `title`.")
    elif words.endswith((".", ";", ",")):
        message = f"The title ends with `{words[-1]}`, and a title is no sentence; this tool's default."
        yield _whole(opinion, TITLE, message, "Take the sign at the end of `title` away.")


def opening(opinion: Opinion) -> Iterator[Flaw]:
    """Before the first keyword stands who speaks, where and when: `The Example Forum (Port Arcadia, 2026),`."""
    if not opinion.parts:
        return
    said = [one for one in opinion.before if one.clause.kind is Kind.PARAGRAPH]
    fix = "Write a line such as `The Example Forum (Port Arcadia, 2026),` before the first keyword."
    if not said:
        first = opinion.parts[0].keyword
        message = "It doesn't open with who speaks, where and when; this tool's default."
        yield keyword_flaw(first, OPENING, message, fix)
        return
    if _FORMULA.fullmatch(said[0].source[said[0].start :].rstrip()) is None:
        end = len(said[0].source.rstrip())
        message = "The opening line is not of the form `The NAME (PLACE, YEAR),`; this tool's default."
        yield flaw_at(said[0], OPENING, said[0].start, end, message, fix)


def parts(opinion: Opinion, drafting: Drafting) -> Iterator[Flaw]:
    """A text has a preamble, and then an operative part (A10)."""
    operative = opinion.operative_part
    if all(part.operative for part in opinion.parts):
        message = "A text has a preamble, and this has no keyword such as *considering* (A10)."
        fix = "Put `*considering*` on a line of its own before the clauses of the preamble."
        yield _whole(opinion, PREAMBLE, message, fix)
    if operative == len(opinion.parts):
        message = "A text has an operative part, and this has no keyword such as *is of the view* (A10)."
        fix = "Put `*is of the view*` or `*invites Member States*` on a line of its own before its clauses."
        yield _whole(opinion, OPERATIVE, message, fix)
    for part in opinion.parts[operative:]:
        if not part.operative and is_preambular(part.name, drafting):
            message = (
                f"*{shorten(part.name)}* belongs to the preamble, and the operative part has begun before it."
            )
            yield keyword_flaw(
                part.keyword, ORDER, message, "Move it with its clauses before the operative part."
            )


def _whole(opinion: Opinion, rule: str, message: str, fix: str) -> Flaw:
    return Flaw(rule=rule, path=opinion.path, message=message, fix=fix, digest=opinion.digest)
