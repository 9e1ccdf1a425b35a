"""Words for what was heard and does not count as it was meant, beside slips in writing a command (C6, C12)."""

from __future__ import annotations

from typing import Literal

Heard = Literal["edited", "older-text", "prose-objection", "objection-reason", "too-many"]

_BECAUSE: dict[Heard, str] = {
    "edited": "These words came into an older comment by an edit. What counts is what a comment said when it was "
    "posted, so that nobody's words can be changed afterwards (C12).",
    "older-text": "This was said about an older version than the one before the group now, so it counts as said about "
    "that text only (C5, C12).",
    "objection-reason": "The objection is recorded and counts. It gives no reason, so nobody can answer it (C4).",
    "prose-objection": "This reads as an objection. It is kept as one, and withholds agreement, until you say what you "
    "meant (C6).",
    "too-many": "One comment holds more commands than are taken from one, and this is the first that was left out.",
}
_WRITE: dict[Heard, str] = {
    "edited": "Write it in a new comment.",
    "older-text": "Read the version shown now, and write it again if it is still what you want to say.",
    "objection-reason": "Say in a comment, in your own words, what would have to change.",
    "prose-objection": "If you object, confirm it with `/confirm` and its number. If you do not, take it back with "
    "`/withdraw` and its number.",
    "too-many": "Write what is left in further comments.",
}


BY_ACCOUNT = (
    "Whoever may do it is on the list of nominated experts with this account; "
    "the secretariat adds what is missing there."
)
"""What to write where somebody's account has no part in it: nobody says on a forge who they are."""


def heard_said(what: Heard) -> str:
    """Why something does not count, or counts in another way than it was written."""
    return _BECAUSE[what]


def heard_fix(what: Heard) -> str:
    """What to write."""
    return _WRITE[what]
