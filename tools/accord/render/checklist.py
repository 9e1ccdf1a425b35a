"""The gates of a draft in lines: what is met, what fails and where, what this draft is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.domain.drafts.checklist import Answer, Gate

_SAID = {Answer.MET: "met", Answer.FAILS: "FAILS", Answer.LOOK: "look", Answer.NOT_ASKED: "not asked"}


def gate_lines(gates: Sequence[Gate]) -> Iterator[str]:
    """One line a gate; under one that is not met, what is in the way and where."""
    width = max(len(gate.rule) for gate in gates)
    for gate in gates:
        yield f"{gate.rule:<{width}}  {_SAID[gate.answer]:<9}  {gate.sentence}"
        for finding in gate.findings:
            where = f"{finding.place}: " if finding.place else ""
            yield f"{'':<{width + 13}}{where}{finding.message}"
