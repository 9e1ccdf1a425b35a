"""Answers to questions that people ask in comments: `/why`, `/status`, `/help`, `/recheck`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.application.asking import status_of, why
from accord.application.desk import Desk
from accord.domain.process.addresses import without_addresses
from accord.domain.process.moments import show_moment

if TYPE_CHECKING:
    from accord.domain.forge.grammar import Command

LONGEST = 4000


def answer(desk: Desk, subject: str, command: Command) -> str:
    """What somebody who asked is told, as it was at that moment."""
    match command.kind:
        case "why":
            said = why(desk, subject).text
        case "status":
            said = status_of(desk, subject).text
        case "recheck":
            zone = desk.chronicle().world().at(desk.now).timetable.zone
            said = f"Everything here was looked at again after {show_moment(desk.now, zone)}."
        case _:
            said = "The comment above says what can be written here and by whom."
    return without_addresses(said)[:LONGEST]
