"""The status of a commit: whether this text may come into the agreed one, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.domain.findings import Severity
from accord.domain.forge.plan import Gate, GateState
from accord.domain.process.forum import State
from accord.render.forge.escaping import cut, visible
from accord.render.messages import next_step, state_words

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.revisions import Revision
    from accord.render.messages import Speaking

LONGEST = 140


def gate(case: Case, head: str, words: Speaking, *, hindrance: str, by_secretariat: bool) -> Gate:
    """What the gate says of the text at a commit; it opens for what is agreed and nothing stands in the way of.

    ``hindrance`` says why an agreed text cannot come in as it is ("" if it can); ``by_secretariat`` that it is a text
    of the secretariat that is admitted and that consensus does not gate (C1). A red cross is only for what its source
    can mend at once: everything else waits.
    """
    newest = case.newest
    if newest.head != head:
        return _pending("This version was not looked at yet; the next run does.")
    if case.ended or case.incorporated is not None:
        return standing(case, words)
    if newest.returned:
        return _line("failure", f"Returned for correction: {first_problem(newest)}")
    if not newest.counts:
        held = newest.admission.findings[0].message if newest.admission and newest.admission.findings else ""
        return _pending(f"{_at_door(case, words)}: {held or next_step(case, words)}")
    if hindrance:
        return _pending(hindrance)
    if case.verdict is not None and case.verdict.agreed:
        return _line("success", f"Contribution {case.number} is {_agreed(words)}, exactly as it reads here.")
    if by_secretariat:
        return _line("success", f"Contribution {case.number} is a text of the secretariat, and admitted.")
    return standing(case, words)


def standing(case: Case, words: Speaking) -> Gate:
    """A gate that is shut because of where the contribution stands, and says no more than that."""
    return _pending(f"{state_words(case, words)}: {next_step(case, words)}")


def no_contribution(*, process: bool) -> Gate:
    """What the gate says of a change that touches no text the group agrees on."""
    if process:
        return _line(
            "success",
            "No contribution: no text changes. It changes how the process runs, which the secretariat decides.",
        )
    return _line("success", "No contribution: it changes no text that the group agrees on.")


def not_read() -> Gate:
    """What the gate says of what was not looked at."""
    return _pending("This was not looked at yet; the next run does.")


def first_problem(version: Revision) -> str:
    """The first thing that the source mends."""
    messages = [one.message for one in version.form if one.severity == "error"]
    if version.admission is not None:
        messages += [one.message for one in version.admission.findings if one.severity is Severity.ERROR]
    return messages[0] if messages else "the description cannot be read."


def _at_door(case: Case, words: Speaking) -> str:
    if case.state in (State.HELD, State.REFUSED, State.UNDETERMINED):
        return state_words(case, words)
    return f"Version {case.newest.number} is held for the secretariat"


def _agreed(words: Speaking) -> str:
    return words.forum.words.get("agreed", words.forum.state_label(State.AGREED))


def _pending(text: str) -> Gate:
    return _line("pending", text)


def _line(state: GateState, text: str) -> Gate:
    line = " ".join(visible(text).replace("`", "").split())
    return Gate(state=state, description=cut(line[:1].upper() + line[1:], LONGEST))
