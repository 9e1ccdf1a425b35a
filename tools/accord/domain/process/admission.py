"""May this come in now? Every reason at once, and the weightiest verdict of them (R1-R18).

Nothing is refused silently: a contribution is *open*, *held* for somebody to decide, *returned* for correction,
*undetermined* while a date isn't fixed, or, only for a new Opinion after the final Report, *refused*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from accord.domain.findings import Finding, Severity
from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Circumstances, Reason, Verdict
from accord.domain.process.form_checks import check_draft, check_form, check_secretariat_text
from accord.domain.process.forum import InputClass, Sender
from accord.domain.process.moments import Interval, days_after
from accord.domain.process.source_check import speaker
from accord.domain.process.timetable import Timetable
from accord.domain.process.window_checks import check_new_opinions, check_window, locate
from accord.domain.process.windows import Standing

__all__ = ["Admission", "Circumstances", "Verdict", "admit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The answer, with every reason.

    `category` is the one that counts: the claimed one if `verified`, else that of the public; empty for the
    secretariat's own text, which has no class either. `entity` is the source's id on the list of nominated experts,
    if it is verified: nobody is made the source of anything by somebody else's word.
    `correct_by` is, for a returned contribution, the first instant at which a corrected one no longer keeps its
    receipt time. `holding` names the rules that stand in the way and that the secretariat could overrule.
    """

    verdict: Verdict
    standing: Standing
    category: str
    input_class: InputClass | None
    verified: bool
    entity: str | None = None
    correct_by: datetime | None = None
    findings: tuple[Finding, ...] = ()
    holding: tuple[str, ...] = ()

    @property
    def window(self) -> str:
        """A short name of where the receipt falls: `W2`, `gap after W2`, ..."""
        return self.standing.name


def admit(it: Contribution, receipt: Interval, known: Circumstances) -> Admission:
    """Say whether a contribution may come in, by the timetable and the list in force when it was received."""
    timetable = known.timetable.at(receipt.latest)
    kind = known.forum.kind(it.kind)
    standing, reasons = locate(receipt, known)
    form = [*check_form(it, known), *check_draft(it, known, timetable)]
    if kind is not None and kind.sender is Sender.SECRETARIAT:
        form += check_secretariat_text(it, known, timetable)
        verdict, findings, holding = _weigh(form, known)
        return Admission(
            verdict=verdict,
            standing=standing,
            category="",
            input_class=None,
            verified=known.by_secretariat,
            correct_by=_correct_by(verdict, receipt, known, timetable),
            findings=findings,
            holding=holding,
        )
    who = speaker(it, known, known.experts.at(receipt.latest))
    everything = [*form, *who.reasons, *reasons]
    if kind is not None and who.category is not None:
        everything += check_window(it, known, timetable, standing, kind, who.category)
        everything += check_new_opinions(known, timetable, receipt, standing, kind)
    verdict, findings, holding = _weigh(everything, known)
    return Admission(
        verdict=verdict,
        standing=standing,
        category=who.category.id if who.category else "",
        input_class=who.category.input_class if who.category else None,
        verified=who.verified,
        entity=who.entity.id if who.entity and who.verified else None,
        correct_by=_correct_by(verdict, receipt, known, timetable),
        findings=findings,
        holding=holding,
    )


def _weigh(
    reasons: Iterable[Reason], known: Circumstances
) -> tuple[Verdict, tuple[Finding, ...], tuple[str, ...]]:
    """The weightiest verdict. Overruling reaches findings of form, never R10 after the final Report."""
    order = list(Verdict)
    verdict, findings, holding = Verdict.OPEN, list[Finding](), list[str]()
    for reason in reasons:
        finding = reason.finding
        if finding.rule in known.waived and reason.verdict is not Verdict.REFUSED:
            findings.append(replace(finding, severity=Severity.NOTE, fix="The secretariat overruled this."))
            continue
        findings.append(finding)
        verdict = max(verdict, reason.verdict, key=order.index)
        if reason.verdict not in (Verdict.OPEN, Verdict.REFUSED) and finding.rule not in holding:
            holding.append(finding.rule)
    return verdict, tuple(findings), tuple(holding)


def _correct_by(
    verdict: Verdict, receipt: Interval, known: Circumstances, timetable: Timetable
) -> datetime | None:
    if verdict is not Verdict.RETURNED:
        return None
    return days_after(receipt.latest, known.rules.correction_days, timetable.zone)
