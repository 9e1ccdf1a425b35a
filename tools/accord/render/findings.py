"""Findings as text: place, what is wrong, the rule, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from accord.domain.findings import Finding, Severity

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "please check", Severity.NOTE: "note"}


def finding_text(finding: Finding) -> str:
    """One finding over one or two lines."""
    place = f"{finding.place}: " if finding.place else ""
    lines = [f"{place}{_WORDS[finding.severity]}: {finding.message} [{finding.rule}]"]
    if finding.fix:
        lines.append(f"    → {finding.fix}")
    return "\n".join(lines)


def findings_text(findings: Iterable[Finding]) -> str:
    """Several findings, each on its own lines."""
    return "\n".join(finding_text(finding) for finding in findings)
