"""Finding: the one vocabulary for problems. Finders yield them, only `cli` prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum


class Severity(Enum):
    """How much a finding weighs.

    ``ERROR`` stops the thing it is about, ``WARNING`` leaves the decision to people, ``NOTE`` informs.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Exit(IntEnum):
    """Exit codes of every verb."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    BUG = 3
    OUTSIDE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is: a file or a thing's name, optionally a 1-based line, column and a path inside."""

    file: str
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
            if self.column is not None:
                where += f":{self.column}"
        return f"{where}: {self.path}" if self.path else where


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem: the rule it breaks (stable kebab-case name), its place, what is wrong, how to mend it."""

    rule: str
    message: str
    fix: str = ""
    place: Place | None = None
    severity: Severity = Severity.ERROR


class Refused(Exception):
    """A verb cannot be carried out; nothing was changed.

    Carries every problem at once and the exit code of the process (see :class:`Exit`).
    """

    def __init__(self, findings: Iterable[Finding], exit_code: Exit = Exit.FINDINGS) -> None:
        self.findings = tuple(findings)
        self.exit_code = exit_code
        super().__init__("; ".join(finding.message for finding in self.findings))


def refuse(
    rule: str, message: str, *, fix: str = "", place: Place | None = None, exit_code: Exit = Exit.FINDINGS
) -> Refused:
    """Build a refusal with a single finding."""
    return Refused([Finding(rule=rule, message=message, fix=fix, place=place)], exit_code)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those that stop something."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
