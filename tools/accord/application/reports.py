"""What a use case hands back: text for people, the same as data for programs, findings, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.domain.findings import Exit, Finding, errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one verb. ``data`` is what ``--format json`` prints, without its ``version``."""

    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    exit_code: Exit | None = None

    @property
    def code(self) -> Exit:
        """The exit code: as given, else FINDINGS when any finding stops something."""
        if self.exit_code is not None:
            return self.exit_code
        return Exit.FINDINGS if errors(self.findings) else Exit.OK


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "fix": finding.fix,
        "place": None
        if place is None
        else {"file": place.file, "line": place.line, "column": place.column, "path": place.path},
    }
