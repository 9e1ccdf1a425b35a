"""Does an Opinion have the structure of its stage: points for an outline, two parts for a text? (A10)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.wording import OPERATIVE, keywords

_POINT = re.compile(r"\s{0,3}([-*+]|\d{1,3}[.)])\s+\S")


def check_structure(text: str, file: str, *, stage: str) -> Iterator[Finding]:
    """Warnings for what the stage (`outline` or `text`) asks for and the Opinion lacks."""
    if stage == "outline":
        if not any(_POINT.match(line) for line in text.splitlines()):
            message = "An outline gives its points as a list, and this has none (A10)."
            yield _warning(
                "structure-points", message, "Write each point on a line with `- ` before it.", file
            )
        return
    found = [words.casefold() for _, words in keywords(text)]
    operative = [words for words in found if words.startswith(OPERATIVE)]
    if len(operative) == len(found):
        message = "A text has a preamble, and this has no keyword such as *considering* (A10)."
        fix = "Put `*considering*` on a line of its own before the clauses of the preamble."
        yield _warning("structure-preamble", message, fix, file)
    if not operative:
        message = "A text has an operative part, and this has no keyword such as *is of the view* (A10)."
        fix = "Put `*is of the view*` or `*invites Member States*` on a line of its own before its clauses."
        yield _warning("structure-operative", message, fix, file)


def _warning(rule: str, message: str, fix: str, file: str) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file), severity=Severity.WARNING)
