"""The gates that are about the annex: which Opinions it shows, in what form, how far they are (R20-R23, R26)."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.agreement.effect import OPINIONS
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.brackets import Bracket
from accord.domain.drafts.facts import DraftFacts, OpinionFacts, Showing
from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.timetable import OpinionsForm

# The rule by which each form of the annex is asked for, and what it is called.
_ASKED = {
    OpinionsForm.OUTLINE: ("R20", "outlines of draft Opinions"),
    OpinionsForm.POSSIBLE_TEXT: ("R21", "the text of the possible draft Opinions as an Annex"),
    OpinionsForm.TEXT: ("R22", "the draft Opinions as an Annex"),
    OpinionsForm.FINAL: ("R23", "the draft Opinions with their final text"),
}
_TEXTS = (OpinionsForm.POSSIBLE_TEXT, OpinionsForm.TEXT, OpinionsForm.FINAL)


def opinion_gates(facts: DraftFacts) -> Iterator[Finding]:
    """Every gate about the annex of this draft, driven by what the timetable says it contains."""
    form = facts.contains.opinions if facts.contains else OpinionsForm.NONE
    shown = [it for it in facts.opinions if it.showing is not Showing.LEFT_OUT]
    if form in _ASKED and not facts.opinions:
        rule, what = _ASKED[form]
        yield Finding(
            rule=rule,
            message=f"{facts.event.label} includes {what}, and the text has none.",
            fix="Incorporate what was agreed: `accord incorporate N`; `accord status` shows what is on the table.",
            place=Place(file="opinions/"),
        )
    for it in shown:
        yield from _one(it, form)
        if form is OpinionsForm.FINAL:
            yield from _final(it)
    if form is OpinionsForm.FINAL:
        yield from (_bracket(bracket) for bracket in facts.report_brackets)
        yield from (_provisional(number) for number in facts.provisional)


def _one(it: OpinionFacts, form: OpinionsForm) -> Iterator[Finding]:
    if form in _TEXTS and it.stage == "outline":
        # R21, R22. From the third draft on the annex has texts.
        rule, what = _ASKED[form]
        yield _gate(
            it,
            rule,
            f"is still an outline; this draft has {what}",
            "Incorporate its text, or have a meeting say that it is left out.",
        )
    if not it.discussed:
        # R26. The annex shows Opinions as and when they are discussed and agreed.
        yield _gate(
            it,
            "R26",
            "is in the text and was never discussed",
            f"Put it in a meeting: `accord meeting outcome MEETING {it.name} RESULT`.",
        )
    if it.standing is Standing.TO_BE_CONFIRMED:
        yield _gate(
            it,
            "C9",
            "has a declaration that is to be confirmed",
            f"A chair looks at it and declares again: `accord declare {it.name} agreed`.",
        )
    if it.contested:
        yield _gate(
            it,
            "C14",
            "has a declaration that is contested; the draft says so",
            f"`accord why {it.name}`",
            severity=Severity.WARNING,
        )


def _final(it: OpinionFacts) -> Iterator[Finding]:
    """R23. The final Report has the final text of the Opinions: each agreed as it reads, no bracket open.

    One without agreement never stops it: a meeting says that it is left out, or transmitted in square brackets.
    """
    if it.showing is Showing.IN_BRACKETS:
        return
    if it.stale:
        yield _gate(
            it,
            "R23",
            "reads differently than when a meeting said that it is transmitted in square brackets",
            f"The meeting says so again: `accord meeting outcome MEETING {it.name} 'transmitted in brackets'`.",
        )
    elif it.standing not in (Standing.AGREED, Standing.ADOPTED, Standing.TO_BE_CONFIRMED):
        yield _gate(
            it,
            "R23",
            f"is not agreed as it reads now ({it.standing.value})",
            f"A chair opens a call (`accord call {it.name} --until DATE`), or a meeting says that it is left out or "
            "transmitted in square brackets.",
        )
    yield from (_bracket(bracket) for bracket in it.brackets)


def _bracket(bracket: Bracket) -> Finding:
    where = f" in {bracket.label}" if bracket.label else ""
    until = bracket.until or (f"line {bracket.until_line}" if bracket.until_line else "")
    upto = f" (closed in {until})" if until else ""
    what = (
        "Square brackets are open"
        if bracket.paired
        else "A square bracket without its partner is in the text"
    )
    opinion = bracket.path.startswith(OPINIONS)
    instead = ", or a meeting says that the Opinion is left out or transmitted in square brackets"
    return Finding(
        rule="R23",
        message=f"{what}{where}{upto}: {bracket.text}{f'; {bracket.brought}' if bracket.brought else ''}",
        fix=f"Agree on the words and take the brackets away by a contribution{instead if opinion else ''}.",
        place=Place(file=bracket.path, line=bracket.line),
    )


def _provisional(number: Bracket) -> Finding:
    where = f" in {number.label}" if number.label else ""
    return Finding(
        rule="R23",
        message=f"What reads like the provisional number of a document stands in the final text{where}: {number.text}",
        fix="Write the number it got; if it is a bracket about words, agree on them and take it away.",
        place=Place(file=number.path, line=number.line),
        severity=Severity.WARNING,
    )


def _gate(
    it: OpinionFacts, rule: str, what: str, fix: str, *, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(
        rule=rule,
        message=f"Opinion {it.name} (“{it.title}”) {what}.",
        fix=fix,
        place=Place(file=it.path),
        severity=severity,
    )
