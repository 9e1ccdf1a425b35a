"""Where a contribution or an Opinion stands: its state, its receipt, what it touches, the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.domain.findings import Severity
from accord.domain.process.forum import State
from accord.domain.process.moments import show_moment, show_until
from accord.render.building_on import taken_sentence
from accord.render.messages.missing import missing_sentence
from accord.render.messages.words import Speaking

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.verdict import Verdict
    from accord.domain.record.values import Effect, Entry

_SHOWN = 40  # more clauses than fit on a screen are counted


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
