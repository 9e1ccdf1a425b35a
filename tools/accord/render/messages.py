"""Every sentence said to people about where a contribution stands: who, what, by when. No Git words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from accord.domain.findings import Severity
from accord.domain.process.forum import Forum, State
from accord.domain.process.moments import show_moment, show_until
from accord.domain.process.rules import Rules
from accord.domain.record.values import CAUTION
from accord.render.building_on import taken_sentence

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.endings import End
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.readiness import Missing
    from accord.domain.agreement.verdict import Verdict
    from accord.domain.agreement.voices import Voice
    from accord.domain.record.values import Effect, Entry

NOTICE = "Unofficial working aid; the official place is {page}"
_SHOWN = 40  # more clauses than fit on a screen are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What the sentences need beside their subject: words of the forum, names of entities, the process zone, and
    ``labels``, what the rules call their positions, by name.
    """

    forum: Forum
    zone: tzinfo
    name_of: Callable[[str], str]
    labels: Mapping[str, str] = field(default_factory=dict)


def notice(forum: Forum) -> str:
    """The line that stands on every output (R6)."""
    return NOTICE.format(page=forum.page)


def state_words(case: Case, words: Speaking) -> str:
    """The state of a contribution, with its disposition if it has one, and how it was agreed if that was rough."""
    label = words.forum.state_label(case.state)
    if case.disposed is not None:
        disposition = words.forum.disposition_label(case.disposed.disposition)
        label = disposition if case.state is State.DISPOSED else f"{label} ({disposition})"
    return label + (rough(case.verdict) if case.verdict else "")


def rough(verdict: Verdict) -> str:
    """C9. Rough consensus is said wherever the result is, with its reason; an empty text where there was none."""
    if not verdict.rough or verdict.declared is None:
        return ""
    return f" (rough consensus: {verdict.declared.reason})"


def opinion_state(verdict: Verdict, words: Speaking) -> str:
    """Where an Opinion stands as it reads. The experts agree; only the Forum adopts (C9)."""
    standing = verdict.standing.value
    if verdict.standing.value == "adopted":
        standing = words.forum.words.get("adopted", standing)
    contested = " (contested)" if verdict.contested else ""
    return f"{standing}{contested}{rough(verdict)}"


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
    since = f"{_label(found, words)} of {show_moment(found.raised, words.zone)}" if found else ""
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
    if not case.ended and (taken := taken_sentence(case)):
        return taken
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
    said = _said(voice.said, words) or "nothing"
    category = forum.category(voice.category)
    label = f" ({category.label})" if category else ""
    line = f"experts nominated by {voice.name}{label}: {said} on the text as it reads"
    if voice.outdated:
        old = _said(voice.said_before, words)
        clauses = len(voice.outdated)
        line += (
            f"; {old} on {clauses} clause{'s' if clauses > 1 else ''} that read differently then (outdated)"
        )
    if voice.cosigner:
        line += "; signed as co-signer"
    if voice.recused:
        line += "; recused, so that the rules do not ask it"
    if voice.unconfirmed:
        line += "; entered by the secretariat, not yet confirmed"
    if not voice.counts:
        line += f"; heard, does not count: {voice.why_not}"
    return line


def _said(names: tuple[str, ...], words: Speaking) -> str:
    """Positions as the rules call them, else as the forum does."""
    return ", ".join(words.labels.get(one, words.forum.positions.get(one, one)) for one in names)


def _label(objection: Objection, words: Speaking) -> str:
    label = words.labels.get(objection.said)
    return f" ({label})" if label else ""


def cosigners_line(case: Case, words: Speaking) -> str:
    """Whom the description names as co-signers, and what each of them did; empty where it names nobody."""
    named = [cosigner(case, one, words) for one in case.dossier.cosigners]
    return f"Named as co-signers: {', '.join(named)}." if named else ""


def cosigner(case: Case, entity: str, words: Speaking) -> str:
    """A co-signer that the description names: whether it has itself confirmed (C3)."""
    voices = case.verdict.readiness.voices if case.verdict else ()
    signed = any(voice.entity == entity and voice.cosigner for voice in voices)
    return f"{words.name_of(entity)}{'' if signed else ' (has not itself confirmed)'}"


def names_of_positions(rules: Rules) -> str:
    """What can be said under these rules, with what they call it, the most cautious last."""
    return ", ".join(
        f"`{one.name}`" + (f" ({one.label})" if one.label and one.label != one.name else "")
        for one in sorted(rules.positions, key=lambda one: (CAUTION[one.means], one.recuses))
    )


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
    line = f"{objection.id}{_label(objection, words)}: {whose}, {raised}{reason}"
    if objection.ended is not None:
        return f"{line}; {_end(objection.ended, words)}"
    if not objection.counts:
        return f"{line}; shown, does not withhold agreement: {objection.why_not}"
    said_again = "; its experts say that it stands" if objection.confirmed and not objection.words else ""
    return f"{line}; stands{said_again}{_escalation(objection, words) if gated else ''}"


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


def clauses_touched(count: int) -> str:
    """`1 clause`, `3 clauses`, or `no text`."""
    return "no text" if count == 0 else f"{count} clause{'s' if count > 1 else ''}"


def touched_lines(effect: Effect) -> list[str]:
    """How many clauses are touched, and the name of each with what happens to it."""
    count = clauses_touched(len(effect))
    return [
        f"It touches {count}{':' if effect else '.'}",
        *(f"  {entry.id}  {_change(entry)}, {entry.path}" for entry in effect[:_SHOWN]),
        *([f"  and {len(effect) - _SHOWN} more"] if len(effect) > _SHOWN else []),
    ]


def _change(entry: Entry) -> str:
    if entry.had is None:
        return "added"
    if entry.gets is None:
        return "removed"
    if entry.had == entry.gets:
        return "moved or put in another list"
    return "changed"


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
