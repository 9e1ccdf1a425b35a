"""References from one clause to another: numbers and letters are computed, so a reference to one is checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from accord.domain.findings import Finding, Place, Severity
from accord.domain.text.clauses import LITERAL, Clause, Document, Kind
from accord.domain.text.numbering import number

_REPORT = re.compile(r"\b(?:paragraphs?|sections?|§+)\s+(\d+(?:\.\d+)*)\b|\b(Table \d+)\b", re.IGNORECASE)
# "paragraph 2 of Decision 641" points outside the text.
_OUTSIDE = re.compile(
    r"\s+(?:of|to)\s+(?:its\s+|the\s+)?(?:Annex|Decision|Resolution|Opinion|Charter|Constitution)\b"
)
_MARK = r"([a-z]\)(?:\s*[ivx]+\))?|\d+(?:\s+[a-z]\))?)"


def check_references(documents: Sequence[Document]) -> list[Finding]:
    """A warning for each reference to a number or letter that no clause has.

    In the Report `paragraph 2.1`, `section 2` and `Table 1`; in an Opinion its own keywords with a mark, as in
    `considering b)`. A reference to a part of something else (`paragraph 2 of Decision 641`) is left alone.
    """
    numbered = number(documents)
    report = {c.label for d in numbered if d.path.startswith("report/") for c in d.clauses if c.label}
    tables = {label.partition(",")[0] for label in report}
    found: list[Finding] = []
    for document in numbered:
        if document.path.startswith("report/"):
            found.extend(_in_report(document, report | tables))
        else:
            found.extend(_in_opinion(document))
    return found


def _in_report(document: Document, labels: set[str]) -> Iterator[Finding]:
    for clause in _prose(document):
        for match in _REPORT.finditer(clause.text):
            if _OUTSIDE.match(clause.text, match.end()):
                continue
            label = match[1] or f"Table {match[2].split()[1]}"
            if label not in labels:
                yield _finding(clause, match[0], label, labels)


def _in_opinion(document: Document) -> Iterator[Finding]:
    labels = {clause.label for clause in document.clauses if clause.label}
    keywords = {clause.text[1:-1] for clause in document.clauses if clause.kind is Kind.KEYWORD}
    if not keywords:
        return
    names = "|".join(re.escape(name) for name in sorted(keywords, key=len, reverse=True))
    pattern = re.compile(rf"\*?\b({names})\b\*?\s+{_MARK}")
    for clause in _prose(document):
        for match in pattern.finditer(clause.text):
            label = f"{match[1]} {' '.join(match[2].split())}"
            if label not in labels and not _OUTSIDE.match(clause.text, match.end()):
                yield _finding(clause, match[0], label, labels)


def _prose(document: Document) -> Iterator[Clause]:
    return (clause for clause in document.clauses if clause.kind not in LITERAL)


def _finding(clause: Clause, said: str, label: str, labels: set[str]) -> Finding:
    close = difflib.get_close_matches(label, sorted(labels), n=1)
    return Finding(
        rule="reference-unknown",
        message=f"“{said}” points at nothing: no clause is {label}.",
        fix=f"Did you mean `{close[0]}`?" if close else "Name a clause that exists; numbers are computed.",
        place=Place(file=clause.path, line=clause.lines[0] + 1),
        severity=Severity.WARNING,
    )
