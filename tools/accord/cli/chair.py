"""`call`, `recall`, `declare`, `meeting`: what a chair does."""

from __future__ import annotations

import click

from accord.application import chairing, telling
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting
from accord.domain.record.values import Said

RESULTS = [
    "agreed",
    "agreed ad referendum",
    "not agreed",
    "to drafting group",
    "transmitted in brackets",
    "left out",
]
_REASON = click.option("--reason", default="", metavar="TEXT", help="Why.")


@click.command()
@click.argument("subject")
@click.option(
    "--until",
    required=True,
    metavar="DATE",
    help="Its end: a day (its end in the process zone) or an instant.",
)
@acting
def call(desk: Desk, subject: str, until: str) -> Report:
    """Open a call for consensus on SUBJECT: a contribution, or an Opinion as it reads."""
    return telling.after(desk, chairing.call(desk, subject, until))


@click.command()
@click.argument("subject")
@click.option("--reason", required=True, metavar="TEXT", help="Why it was a mistake.")
@acting
def recall(desk: Desk, subject: str, reason: str) -> Report:
    """Take back the newest call on SUBJECT."""
    return telling.after(desk, chairing.recall(desk, subject, reason))


@click.command()
@click.argument("subject")
@click.argument("result", type=click.Choice(["agreed", "not-agreed"]))
@_REASON
@acting
def declare(desk: Desk, subject: str, result: str, reason: str) -> Report:
    """Declare the RESULT on SUBJECT."""
    return telling.after(desk, chairing.declare(desk, subject, agreed=result == "agreed", reason=reason))


@click.group()
def meeting() -> None:
    """What happened in a meeting of the timetable."""


@meeting.command()
@click.argument("meeting_id", metavar="MEETING")
@click.argument("subject")
@click.argument("result", type=click.Choice(RESULTS))
@click.option("--item", default="", metavar="TEXT", help="The agenda item.")
@click.option("--objection", "objections", multiple=True, metavar="ENTITY[:REASON]", help="Said in the room.")
@click.option("--statement", "statements", multiple=True, metavar="ENTITY:TEXT", help="For the record.")
@click.option("--until", default="", metavar="DATE", help="For `agreed ad referendum`.")
@_REASON
@acting
def outcome(
    desk: Desk,
    meeting_id: str,
    subject: str,
    result: str,
    item: str,
    objections: tuple[str, ...],
    statements: tuple[str, ...],
    until: str,
    reason: str,
) -> Report:
    """Record the RESULT of putting SUBJECT in MEETING."""
    spoken = chairing.Spoken(
        meeting=meeting_id,
        item=item,
        result=result,  # type: ignore[arg-type]
        objections=tuple(_said(text) for text in objections),
        statements=tuple(_said(text) for text in statements),
        until=until,
        reason=reason,
    )
    return telling.after(desk, chairing.meeting_outcome(desk, subject, spoken))


def _said(text: str) -> Said:
    entity, _, words = text.partition(":")
    return Said(entity=entity.strip(), text=words.strip())
