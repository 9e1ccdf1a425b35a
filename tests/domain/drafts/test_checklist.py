"""The gates one by one: which answer each gives, and how it reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.checklist import Answer, checklist
from accord.domain.drafts.facts import Correction
from accord.domain.drafts.gates import judge_draft
from accord.domain.findings import Finding
from accord.render.checklist import gate_lines
from tests.domain.drafts.test_gates import BRACKET, ORDER, contribution, facts, opinion

FORMS = {"draft-1": set(), "draft-2": set(), "draft-3": {"R21"}, "draft-4": {"R22"}, "final": {"R23"}}


@pytest.mark.parametrize("draft", ORDER)
def test_each_draft_is_asked_what_the_timetable_says(draft: str) -> None:
    """R21-R23 each belong to one draft; R27 to those that are no outline."""
    it = facts(draft, contributions=(contribution(),))
    answers = {gate.rule: gate.answer for gate in checklist(it, judge_draft(it))}
    asked = {rule for rule in ("R21", "R22", "R23") if answers[rule] is not Answer.NOT_ASKED}
    assert asked == FORMS[draft]
    assert (answers["R27"] is Answer.NOT_ASKED) == (draft == "draft-1")
    assert answers["corrigendum"] is Answer.NOT_ASKED
    assert Answer.FAILS not in answers.values()


def test_every_finding_stands_under_one_gate_and_none_is_lost() -> None:
    """Whatever is wrong, in one list."""
    it = facts(
        "final",
        contributions=(
            contribution(disposed="", reason=""),
            contribution(number=8, reached=False, disposed=""),
        ),
        opinions=(opinion(discussed=False, standing=Standing.OPEN, brackets=(BRACKET,)),),
        form=(Finding(rule="front-key", message="An unknown key.", fix="Remove it."),),
        traces=frozenset(),
        cover_draft="draft-2",
    )
    found = judge_draft(it)
    gates = checklist(it, found)
    assert sorted((one.rule, one.message) for gate in gates for one in gate.findings) == sorted(
        (one.rule, one.message) for one in found
    )
    assert {gate.rule for gate in gates if gate.answer is Answer.FAILS} >= {
        "R23",
        "R24",
        "R25",
        "R26",
        "form",
    }
    assert next(gate for gate in gates if gate.rule == "R7").answer is Answer.LOOK
    lines = list(gate_lines(gates))
    at = next(index for index, line in enumerate(lines) if line.startswith("R26"))
    assert lines[at].startswith("R26          FAILS      Each Opinion")
    assert lines[at + 1].strip().startswith("opinions/access.md: Opinion access")


def test_a_corrigendum_is_not_asked_for_what_a_draft_is() -> None:
    """It has its own gate."""
    it = replace(
        facts("draft-2"),
        correction=Correction(of="draft-2", number=1, expected=1, exists=True, changed=False),
    )
    answers = {gate.rule: gate.answer for gate in checklist(it, judge_draft(it))}
    assert answers["R19"] is answers["R25"] is Answer.NOT_ASKED
    assert answers["corrigendum"] is Answer.FAILS
