"""Notices to experts: something was entered for their entity, and it is for them to confirm it (C14)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from accord.domain.forge.marker import answer_marks
from accord.domain.forge.plan import Answer
from accord.domain.record.events import Confirmed, Cosigned, Position
from accord.render.forge.escaping import prose

if TYPE_CHECKING:
    from accord.domain.record.events import Event
    from accord.render.messages import Speaking

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")


def entry_post(seq: int) -> str:
    """The name under which an entry is told of once."""
    return f"entry/{seq}"


def notices(
    events: Iterable[Event], words: Speaking, accounts: Mapping[str, Sequence[str]], told: Iterable[str]
) -> tuple[Answer, ...]:
    """A comment for each entry of the secretariat for an entity that awaits its word and was not told of yet.

    ``accounts`` are the names of the experts' accounts by entity. They are called by name, as nobody else ever is, so
    that it reaches them.
    """
    known = tuple(events)
    done = {event.target for event in known if isinstance(event, Confirmed)}
    before = set(told)
    return tuple(
        Answer(posts=(entry_post(event.seq),), body=_notice(event, words, accounts.get(event.entity, ())))
        for event in known
        if isinstance(event, (Position, Cosigned))
        and event.by.role == "secretariat"
        and not getattr(event, "meeting", "")
        and event.seq not in done
        and entry_post(event.seq) not in before
    )


def _notice(event: Position | Cosigned, words: Speaking, accounts: Sequence[str]) -> str:
    called = " ".join(f"@{login}" for login in accounts if _LOGIN.fullmatch(login))
    who = prose(words.name_of(event.entity), 100)
    if isinstance(event, Position):
        what = f"the position *{prose(event.said or event.stance, 40)}*"
    else:
        what = "that it signs this with its source" if event.accepted else "that it does not sign this"
    on = (
        f", from {prose(event.evidence.description, 100)}"
        if event.evidence and event.evidence.description
        else ""
    )
    calling = f"{called} " if called else ""
    return (
        f"{answer_marks((entry_post(event.seq),))}{calling}The secretariat entered {what} for {who}{on}. It is marked "
        "unconfirmed, and replaces nothing that you said yourselves (C14). If it is right, write `/confirm` in a new "
        "comment; if not, say what your position is, and that counts instead."
    )
