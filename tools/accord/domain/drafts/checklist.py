"""The gates of a draft one by one: met, or what fails, or not asked of this draft (R19-R28, C9, C11, C13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from accord.domain.drafts.facts import DraftFacts
from accord.domain.findings import Finding, Severity
from accord.domain.process.timetable import OpinionsForm, ReportForm


class Answer(Enum):
    """What a gate says: ``LOOK`` is met with something for people to look at."""

    MET = "met"
    FAILS = "fails"
    LOOK = "look"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate: its rule, the sentence it holds, its answer, and the findings behind an answer that is not met."""

    rule: str
    sentence: str
    answer: Answer
    findings: tuple[Finding, ...] = ()


_SENTENCES = (
    ("R19", "The meeting on the present draft is over, its deadline has passed, and drafts come in their order."),
    ("R20", "What its meeting discussed is recorded; the second draft includes outlines of draft Opinions."),
    ("R21", "The third draft has the text of the possible draft Opinions as an Annex."),
    ("R22", "The fourth draft has the draft Opinions as an Annex."),
    ("R23", "The final report has the final text of each draft Opinion: agreed as it reads, no bracket open."),
    ("R24", "All that was received for the draft came before the group, or has a disposition."),
    ("R25", "Every contribution received in time has a disposition with a reason."),
    ("R26", "Each Opinion in the Annex was discussed."),
    ("R27", "The stakeholder categories that contributed are shown."),
    ("R28", "The secretariat cuts it."),
    ("C9", "No declaration waits to be confirmed."),
    ("C11", "Every outcome of a meeting has its disposition."),
    ("C13", "Every change of the text was declared, or somebody answers for it."),
    ("C14", "No declaration is contested."),
    ("R7", "The cover names this draft."),
    ("R11", "The table in the Report says what the timetable says."),
    ("corrigendum", "A Corrigendum corrects the newest draft, and brings nothing that belongs in the next one."),
)  # fmt: skip
_FORMS = {
    "R21": OpinionsForm.POSSIBLE_TEXT,
    "R22": OpinionsForm.TEXT,
    "R23": OpinionsForm.FINAL,
}
_OF_DRAFTS = frozenset({"R19", "R20", "R24", "R25", "R27", "C11"})


def checklist(facts: DraftFacts, found: Sequence[Finding]) -> tuple[Gate, ...]:
    """Every gate with its answer; ``found`` is what :func:`accord.domain.drafts.gates.judge_draft` says.

    A finding under a rule that is no gate of its own (the form of a text) makes a last row of its own.
    """
    rules = {rule for rule, _ in _SENTENCES}
    rows = [_gate(rule, sentence, facts, found) for rule, sentence in _SENTENCES]
    others = tuple(finding for finding in found if finding.rule not in rules)
    answer = _answer(others) if others else Answer.MET
    rows.append(Gate(rule="form", sentence="The texts are of good form.", answer=answer, findings=others))
    return tuple(rows)


def _gate(rule: str, sentence: str, facts: DraftFacts, found: Sequence[Finding]) -> Gate:
    about = tuple(finding for finding in found if finding.rule == rule)
    answer = _answer(about) if about else Answer.MET if _asked(rule, facts) else Answer.NOT_ASKED
    return Gate(rule=rule, sentence=sentence, answer=answer, findings=about)


def _answer(about: Sequence[Finding]) -> Answer:
    return Answer.FAILS if any(one.severity is Severity.ERROR for one in about) else Answer.LOOK


def _asked(rule: str, facts: DraftFacts) -> bool:
    """Whether the gate is asked of this draft at all."""
    if facts.correction is not None and rule in _OF_DRAFTS:
        return False
    if rule == "corrigendum":
        return facts.correction is not None
    if rule in _FORMS:
        return facts.contains is not None and facts.contains.opinions is _FORMS[rule]
    if rule == "R27":
        return facts.contains is not None and facts.contains.report is not ReportForm.OUTLINE
    return True
