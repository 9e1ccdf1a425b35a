"""What the chair reads out: a question that silence answers (C11), in the words of the forum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from accord.render.meeting.model import Alternative, Reading
from accord.render.messages import Speaking

if TYPE_CHECKING:
    from accord.domain.agreement.objections import Objection

_AGREED, _BLOCKED = "agreed", "blocked"
_SILENCE, _SPOKEN = "If nobody speaks up", "If somebody objects"


def readings(
    alternatives: Sequence[Alternative],
    words: Mapping[str, str],
    gated: Mapping[int, bool],
    *,
    several: bool,
) -> Iterator[Reading]:
    """A question for each alternative, in the order in which they are put.

    ``gated`` says by number whether consensus gates the text (C1); the rest is put to be heard, not to be agreed.
    ``several``: the page shows more than one, so that each is called by its letter.
    """
    for one in alternatives:
        named = f"alternative {one.letter}" if several else "the proposal"
        yield put(named, words, one.opposed) if gated[one.input.number] else heard(named)


def put(named: str, words: Mapping[str, str], opposed: Sequence[str], more: str = "") -> Reading:
    """The question about a text that the experts agree on. ``opposed`` are those whose objections stand: they are asked
    first, since nothing is agreed while one does (C8), and only they can end it (C6).
    """
    shown = named[:1].upper() + named[1:]
    agreed = f"{shown} is {words.get(_AGREED, 'agreed')}.{more}"
    blocked = f"{shown} is {words.get(_BLOCKED, 'not yet agreed')}."
    if opposed:
        whose = " and ".join(f"experts nominated by {name}" for name in opposed)
        return Reading(
            ask=f"To {named}, as shown on the screen, an objection of {whose} stands. Is it maintained?",
            answers=(
                ("If it is maintained", blocked),
                ("If it is withdrawn", f"Is there any other objection? ... I see none. {agreed}"),
            ),
        )
    return Reading(
        ask=f"Is there any objection to {named}, as shown on the screen?",
        answers=((_SILENCE, f"I see none. {agreed}"), (_SPOKEN, f"I hear an objection. {blocked}")),
    )


def heard(named: str) -> Reading:
    """The question about everything else. C1. The Report's text is discussed, and written by the secretariat."""
    return Reading(
        ask=f"Does anybody wish to speak on {named}, as shown on the screen?",
        answers=((_SILENCE, "Thank you. The secretariat takes note for the next draft."),),
    )


def objection_short(one: Objection, words: Speaking) -> str:
    """An open objection as it fits on a screen: whose, why, and whether it withholds agreement."""
    owners = " and ".join(words.name_of(name) for name in one.owners or (one.entity,))
    why = one.reason or one.words
    said = f": “{why}”" if why else ", no reason given"
    stands = "" if one.counts else f" (does not withhold agreement: {one.why_not})"
    return f"{one.id}, experts nominated by {owners}{said}{stands}"
