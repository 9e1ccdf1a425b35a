"""Flaw: one finding of the lint, bound to the clause text that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from accord.domain.findings import Finding, Place, Severity
from accord.domain.lint.opinion import Passage
from accord.domain.process.suggest import shorten

_LABEL = 80
_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What reads otherwise than the forum drafts.

    ``line`` and ``column`` are 1-based, None where it is about the whole file; ``label`` is the printed number of the
    clause, ``digest`` that of its text (C5), or of all clauses where it is about the file; ``words`` are those that
    it is about.
    """

    rule: str
    path: str
    message: str
    fix: str
    digest: str
    line: int | None = None
    column: int | None = None
    label: str = ""
    words: str = ""
    severity: Severity = Severity.WARNING

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is about, wherever the clause stands: rule, file, clause text and words."""
        return self.rule, self.path, self.digest, self.words

    def finding(self) -> Finding:
        """As everything else that is found."""
        return Finding(
            rule=self.rule,
            message=self.message,
            fix=self.fix,
            place=Place(file=self.path, line=self.line, column=self.column, path=shorten(self.label, _LABEL)),
            severity=self.severity,
        )


def flaw_at(passage: Passage, rule: str, start: int, end: int, message: str, fix: str) -> Flaw:
    """A flaw of the words between two offsets of a passage's source."""
    line, column = passage.place(start)
    return Flaw(
        rule=rule,
        path=passage.clause.path,
        message=message,
        fix=fix,
        digest=passage.digest,
        line=line,
        column=column,
        label=passage.clause.label,
        words=" ".join(passage.source[start:end].split())[:_WORDS],
    )
