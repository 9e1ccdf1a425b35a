"""Every sentence said to people about where a contribution stands: who, what, by when. No Git words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from accord.domain.findings import Severity
from accord.domain.process.forum import Forum, State
from accord.domain.process.moments import show_moment, show_until

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.endings import End
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.readiness import Missing
    from accord.domain.agreement.verdict import Verdict
    from accord.domain.agreement.voices import Voice

NOTICE = "Unofficial working aid; the official place is {page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What the sentences need beside their subject: words of the forum, names of entities, the process zone."""

    forum: Forum
    zone: tzinfo
    name_of: Callable[[str], str]


def notice(forum: Forum) -> str:
    """The line that stands on every output (R6)."""
    return NOTICE.format(page=forum.page)


def state_words(case: Case, words: Speaking) -> str:
    """The state of a contribution, with its disposition if it has one."""
    label = words.forum.state_label(case.state)
    if case.disposed is not None:
        disposition = words.forum.disposition_label(case.disposed.disposition)
        return disposition if case.state is State.DISPOSED else f"{label} ({disposition})"
    return label


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
    since = f" of {show_moment(found.raised, words.zone)}" if found else ""
    why = f" (“{found.reason}”)" if found and found.reason else ""
    if missing.what == "objection-orphaned":
        return (
            f"Objection {missing.detail}{since}{why} has no owner any more: "
            f"a chair disposes of it with a reason ({missing.rule})"
        )
    owners = " and ".join(words.name_of(one) for one in found.owners) if found else words.name_of(missing.who)
    ends = f"it ends when the experts nominated by {owners} withdraw it or say that a change met it"
    if found and found.words and not found.confirmed:
        read = f"was read in the words “{found.words}” and stands until it is cleared up"
        ends = f"the experts nominated by {owners} confirm it or withdraw it"
        return f"Objection {missing.detail}{since} {read}: {ends}{_escalation(found, words)} ({missing.rule})"
    tail = _escalation(found, words) if found else ""
    return f"Objection {missing.detail}{since}{why} stands: {ends}{tail} ({missing.rule})"


def _escalation(objection: Objection, words: Speaking) -> str:
    """C6. What was asked, and from when the chairs take a stuck objection up."""
    asked = objection.asked
    out = ""
    if asked is not None:
        by = f"{show_until(asked.until, words.zone)}"
        out = f"; they were asked on {show_moment(asked.received.latest, words.zone)} to answer by {by}"
    if objection.escalates is not None:
        out += f"; the chairs take it up after {show_until(objection.escalates, words.zone)}"
    return out


def next_step(case: Case, words: Speaking) -> str:
    """In one sentence: what it needs to move on, from whom, by when."""
    match case.state:
        case State.RETURNED:
            return _returned(case, words)
        case State.HELD | State.REFUSED | State.UNDETERMINED:
            admission = case.newest.admission
            reasons = [f.message for f in admission.findings] if admission else []
            return " ".join(reasons) or "The secretariat decides."
        case State.WITHDRAWN:
            return "Nothing is left to do: its source withdrew it."
        case State.DISPOSED:
            reason = case.disposed.reason.rstrip(".") if case.disposed else ""
            return f"Nothing is left to do ({reason})." if reason else "Nothing is left to do."
        case State.AGREED | State.CONTESTED if case.incorporated is not None:
            return "The secretariat records its disposition."
        case State.AGREED:
            return "The secretariat incorporates it."
        case State.READY:
            return "A chair declares the result."
        case State.OPEN if not case.current.proposal:
            return "The secretariat records its disposition before the next draft (R25)."
        case _:
            return _first_missing(case, words)


def _first_missing(case: Case, words: Speaking) -> str:
    verdict = case.verdict
    if verdict is None or not verdict.missing:
        return "A chair decides how to go on."
    return missing_sentence(verdict.missing[0], words, verdict.readiness.objections) + "."


def _returned(case: Case, words: Speaking) -> str:
    newest = case.newest
    problems = [f.message for f in newest.form if f.severity == "error"]
    if newest.admission is not None:
        problems += [f.message for f in newest.admission.findings if f.severity is Severity.ERROR]
    by = newest.correct_by
    keeps = f" Corrected before {show_until(by, words.zone)} it keeps its time of receipt." if by else ""
    return f"Its source corrects it: {' '.join(problems) or 'the description cannot be read.'}{keeps}"


def why_lines(verdict: Verdict, words: Speaking) -> list[str]:
    """Everything that is missing, one sentence a line; a line that says so when nothing is."""
    lines = [
        missing_sentence(missing, words, verdict.readiness.objections) + "." for missing in verdict.missing
    ]
    if not lines and verdict.declared is None:
        lines = ["Nothing is missing: a chair may declare the result (C9)."]
    return lines


def voice_line(voice: Voice, words: Speaking) -> str:
    """What the experts nominated by an entity have said, and whether it counts."""
    forum = words.forum
    said = ", ".join(dict.fromkeys(forum.positions.get(s, s) for s in voice.stances.values())) or "nothing"
    category = forum.category(voice.category)
    label = f" ({category.label})" if category else ""
    line = f"experts nominated by {voice.name}{label}: {said} on the text as it reads"
    if voice.outdated:
        old = ", ".join(dict.fromkeys(forum.positions.get(s, s) for s in voice.outdated.values()))
        clauses = len(voice.outdated)
        line += (
            f"; {old} on {clauses} clause{'s' if clauses > 1 else ''} that read differently then (outdated)"
        )
    if voice.unconfirmed:
        line += "; entered by the secretariat, not yet confirmed"
    if not voice.counts:
        line += f"; heard, does not count: {voice.why_not}"
    return line


def objection_line(objection: Objection, words: Speaking) -> str:
    """One objection, standing or ended, with the act that ended it."""
    raised = f"raised {show_moment(objection.raised, words.zone)}"
    reason = f", “{objection.reason}”" if objection.reason else ", no reason given"
    line = f"{objection.id}: experts nominated by {words.name_of(objection.entity)}, {raised}{reason}"
    if objection.ended is not None:
        return f"{line}; {_end(objection.ended, words)}"
    if not objection.counts:
        return f"{line}; shown, does not withhold agreement: {objection.why_not}"
    return f"{line}; stands"


def _end(end: End, words: Speaking) -> str:
    """C6. By which act an objection ended: the way, who, when, under which rule, why."""
    how = {
        "withdrawn": "withdrawn",
        "met": "met by a change",
        "disposed": "disposed of",
        "set-aside": "set aside",
        "lapsed": "lapsed without an answer to the request",
        "moved": f"went with its clauses to contribution {end.into}",
    }[end.how]
    why = f": {end.reason}" if end.reason else ""
    return f"{how} by {end.by.name} ({end.by.role}) {show_moment(end.at, words.zone)} ({end.rule}){why}"


def clauses_touched(count: int) -> str:
    """`1 clause`, `3 clauses`, or `no text`."""
    return "no text" if count == 0 else f"{count} clause{'s' if count > 1 else ''}"


def received_line(case: Case, words: Speaking) -> str:
    """When it was received, by which clock."""
    receipt = case.newest.receipt
    clock = {
        "submit": "when it was handed in here",
        "registry": "by the registry of the secretariat",
        "server": "by the server",
        "first-seen": "when it was first seen",
        "meeting": "in the meeting",
    }[receipt.clock]
    shown = show_moment(receipt.latest, words.zone)
    if receipt.earliest != receipt.latest:
        shown = f"between {show_moment(receipt.earliest, words.zone)} and {shown}"
    return f"Received {shown}, {clock}."


def until(moment: datetime, words: Speaking) -> str:
    """An end, as shown everywhere."""
    return show_until(moment, words.zone)
