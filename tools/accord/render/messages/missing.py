"""What is missing: each condition that is not met, in a sentence with its rule (C8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.domain.process.moments import show_moment, show_until
from accord.render.messages.objections import escalation, objection_label
from accord.render.messages.words import Speaking

if TYPE_CHECKING:
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.readiness import Missing
    from accord.domain.agreement.verdict import Verdict


def why_lines(verdict: Verdict, words: Speaking) -> list[str]:
    """Everything that is missing, one sentence a line; a line that says so when nothing is."""
    lines = [
        missing_sentence(missing, words, verdict.readiness.objections) + "." for missing in verdict.missing
    ]
    if not lines and verdict.declared is None:
        lines = ["Nothing is missing: a chair may declare the result (C9)."]
    return lines


def missing_sentence(missing: Missing, words: Speaking, objections: tuple[Objection, ...] = ()) -> str:
    """One missing condition: what is needed, from whom, by when, under which rule."""
    if missing.what in ("objection", "objection-orphaned"):
        return _objection_sentence(missing, words, objections)
    if missing.by is None:
        return f"{_WITHOUT_DATE[missing.what].format(detail=missing.detail)} ({missing.rule})"
    # `time` is nobody's task: the sentence says until when.
    when = (
        show_until(missing.by, words.zone)
        if missing.what != "call-void"
        else show_moment(missing.by, words.zone)
    )
    return f"{_WITH_DATE[missing.what].format(when=when)} ({missing.rule})"


_WITHOUT_DATE = {
    "no-call": "A chair opens a call for consensus, or puts the text in a meeting",
    "text-changed": "The text no longer reads as it did when the call was opened: a chair opens a new call",
    "requires": "It builds on contribution {detail}, which must be in the text first",
    "requires-over": "It builds on contribution {detail}, which is off the table: its source hands in a version that "
    "does without it, or withdraws it",
    "amends": "It amends contribution {detail}, which must be in the text first; or the source of {detail} takes it "
    "into its own text",
    "amends-over": "It amends contribution {detail}, which is off the table: its source can propose the change of the "
    "text itself (a version written on the agreed text, without `amends`), or withdraw it",
    "support": "Words of support are asked for by the rules: {detail} so far",
    "share": "The rules ask that enough of those on the list are for it: {detail} so far",
    "silent": "The rules ask those on the list to speak: nothing was said by {detail} silent",
    "breadth-categories": "Support from more categories is asked for by the rules: {detail} so far",
    "breadth-entities": "Support from more entities is asked for by the rules: {detail} so far",
    "to-be-confirmed": "Something received before the declaration was entered after it, or it was not ready then: "
    "a chair declares again",
    "contested": "The declaration is disputed: a chair declares again, or takes it back",
    "reopened-by-chair": "A chair reopened it: it needs a call again",
    "reopened": "It reads differently from what was agreed, so it is open again",
    "reopened-ready": "It reads differently from what was agreed; nothing else is missing: a chair declares again",
}

_WITH_DATE = {
    "call-runs": "The call runs until {when}",
    "call-void": "The text changed on {when}, which ended the call: a chair opens a new one",
    "ad-referendum": "Agreed ad referendum: it is agreed after {when} if nobody objects by then",
}


def _objection_sentence(missing: Missing, words: Speaking, objections: tuple[Objection, ...]) -> str:
    found = next((o for o in objections if o.id == missing.detail), None)
    since = f"{objection_label(found, words)} of {show_moment(found.raised, words.zone)}" if found else ""
    why = f" (“{found.reason}”)" if found and found.reason else ""
    if missing.what == "objection-orphaned":
        return (
            f"Objection {missing.detail}{since}{why} has no owner any more: "
            f"a chair disposes of it with a reason ({missing.rule})"
        )
    if words.brief:
        since, why = "", ""
    owners = " and ".join(words.name_of(one) for one in found.owners) if found else words.name_of(missing.who)
    ends = f"it ends when the experts nominated by {owners} withdraw it or say that a change met it"
    tail = escalation(found, words) if found and not words.brief else ""
    if found and found.words and not found.confirmed:
        read = f"was read in the words “{found.words}” and stands until it is cleared up"
        ends = f"the experts nominated by {owners} confirm it or withdraw it"
        return f"Objection {missing.detail}{since} {read}: {ends}{tail} ({missing.rule})"
    return f"Objection {missing.detail}{since}{why} stands: {ends}{tail} ({missing.rule})"
