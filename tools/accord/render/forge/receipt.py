"""The receipt for whoever handed something in: its number, what becomes of it, how to correct it. Plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.render.messages import next_step, notice, received_line, state_words

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.render.messages import Speaking

_CORRECT = {
    "form": (
        "To correct it, edit the form above: open the menu with the three dots at its top and choose “Edit”. Leave "
        "the lines that begin with ### as they are and change what stands below them. It is read again within minutes."
    ),
    "pull-request": (
        "To correct the description, edit it: open the menu with the three dots at its top and choose “Edit”."
    ),
}
_BY_THE_SECRETARIAT = "To correct it, write to the secretariat and name this number."


def receipt_said(case: Case, words: Speaking) -> tuple[str, ...]:
    """The receipt of a contribution, a paragraph each: number, when and how it was received, next step, correction."""
    part = f"Thank you. This is contribution {case.number} to {words.forum.short_name}: “{case.title}”."
    said = f"{received_line(case, words)} It is {state_words(case, words)}."
    keep = "Please name the number whenever you write about it."
    correct = "" if case.ended else correction_said(case)
    return tuple(
        one
        for one in (
            part,
            said,
            f"What comes next: {next_step(case, words)}",
            correct,
            keep,
            notice(words.forum) + ".",
        )
        if one
    )


def correction_said(case: Case) -> str:
    """How its source corrects what it handed in, by the way it came: on the forge, or through the secretariat."""
    if not case.received.post:
        return _BY_THE_SECRETARIAT
    return _CORRECT.get(case.received.channel, _BY_THE_SECRETARIAT)
