"""Objections: standing or ended, asked about, taken up by the chairs (C6)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from accord.domain.process.moments import show_moment, show_until
from accord.domain.process.rules import Rules
from accord.render.messages.words import Speaking

if TYPE_CHECKING:
    from accord.domain.agreement.endings import End
    from accord.domain.agreement.objections import Objection


def objection_line(objection: Objection, words: Speaking, *, gated: bool = True) -> str:
    """One objection, standing or ended, with the act that ended it; for one that stands the request to its owner and
    from when the chairs take it up, where consensus gates the text (``gated``).
    """
    raised = f"raised {show_moment(objection.raised, words.zone)}"
    reason = f", “{objection.reason}”" if objection.reason else ", no reason given"
    if objection.words:
        confirmed = "since confirmed" if objection.confirmed else "not yet cleared up"
        reason = f", read in the words “{objection.words}”, {confirmed}"
    whose = f"experts nominated by {words.name_of(objection.entity)}"
    line = f"{objection.id}{objection_label(objection, words)}: {whose}, {raised}{reason}"
    if objection.ended is not None:
        return f"{line}; {_end(objection.ended, words)}"
    if not objection.counts:
        return f"{line}; shown, does not withhold agreement: {objection.why_not}"
    said_again = "; its experts say that it stands" if objection.confirmed and not objection.words else ""
    return f"{line}; stands{said_again}{escalation(objection, words) if gated else ''}"


def chairs_line(objection: Objection, subject: str, words: Speaking) -> str:
    """C6. A stuck objection that the chairs take up, with dates."""
    owners = " and ".join(words.name_of(one) for one in objection.owners) or "nobody any more"
    line = f"{objection.id} on {subject}, of experts nominated by {owners}"
    line += f": raised {show_moment(objection.raised, words.zone)}"
    if objection.asked is not None:
        line += f", asked on {show_moment(objection.asked.received.latest, words.zone)}"
        line += f" to answer by {show_until(objection.asked.until, words.zone)}"
        line += ", its experts say that it stands" if objection.confirmed else ", no answer"
    if objection.escalates is not None:
        line += f"; with the chairs since {show_moment(objection.escalates, words.zone)}"
    return line


def asked_line(until: datetime, objection: str, rules: Rules, words: Speaking) -> str:
    """What happens if nobody answers a request, by these rules (C6)."""
    by = show_until(until, words.zone)
    if rules.objections_may_lapse:
        return f"If nobody answers by {by}, objection {objection} lapses ({rules.name}, C6)."
    return (
        f"If nobody answers by {by}, objection {objection} stands all the same and goes to the chairs: "
        f"by these rules ({rules.name}) nothing lapses (C6)."
    )


def escalation(objection: Objection, words: Speaking) -> str:
    """C6. What was asked, and from when the chairs take a stuck objection up."""
    asked = objection.asked
    out = ""
    if asked is not None:
        by = f"{show_until(asked.until, words.zone)}"
        out = f"; they were asked on {show_moment(asked.received.latest, words.zone)} to answer by {by}"
    if objection.escalates is not None:
        out += f"; the chairs take it up after {show_until(objection.escalates, words.zone)}"
    return out


def objection_label(objection: Objection, words: Speaking) -> str:
    """What the rules call it, where they have a word of their own."""
    label = words.labels.get(objection.said)
    return f" ({label})" if label else ""


def _end(end: End, words: Speaking) -> str:
    """C6. By which act an objection ended: the way, who, when, under which rule, why."""
    why = f": {end.reason}" if end.reason else ""
    return f"{ended_how(end)} by {end.by.name} ({end.by.role}) {show_moment(end.at, words.zone)} ({end.rule}){why}"


def ended_how(end: End) -> str:
    """In which way an objection ended."""
    return {
        "withdrawn": "withdrawn",
        "met": "met by a change",
        "disposed": "disposed of",
        "set-aside": "set aside",
        "lapsed": "lapsed without an answer to the request",
        "moved": f"went with its clauses to contribution {end.into}",
    }[end.how]
