"""`call`, `recall`, `declare`, `reopen`, `ask`, `set-aside`, `meeting`, `adopt`: what a chair does."""

from __future__ import annotations

import click

from accord.application import calling, declaring, objecting, putting, telling
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
_WHY = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; it is shown wherever the result is."
)


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
    return telling.after(desk, calling.call(desk, subject, until))


@click.command()
@click.argument("subject")
@click.option("--reason", required=True, metavar="TEXT", help="Why it was a mistake.")
@acting
def recall(desk: Desk, subject: str, reason: str) -> Report:
    """Take back the newest call on SUBJECT."""
    return telling.after(desk, calling.recall(desk, subject, reason))


@click.command()
@click.argument("subject")
@click.argument("result", type=click.Choice(["agreed", "not-agreed"]))
@click.option("--rough", is_flag=True, help="Rough consensus, where the rules allow it; with a reason.")
@_REASON
@acting
def declare(desk: Desk, subject: str, result: str, rough: bool, reason: str) -> Report:
    """Declare the RESULT on SUBJECT."""
    agreed = result == "agreed"
    return telling.after(desk, declaring.declare(desk, subject, agreed=agreed, rough=rough, reason=reason))


@click.command()
@click.argument("subject")
@_WHY
@acting
def reopen(desk: Desk, subject: str, reason: str) -> Report:
    """Open again what was declared on SUBJECT: it needs a call again."""
    return telling.after(desk, calling.reopen(desk, subject, reason))


@click.command()
@click.argument("objection")
@click.option(
    "--until",
    required=True,
    metavar="DATE",
    help="By when to answer: a day (its end in the process zone) or an instant.",
)
@_WHY
@acting
def ask(desk: Desk, objection: str, until: str, reason: str) -> Report:
    """Ask the owner of OBJECTION (12-o1) whether it still stands."""
    return telling.after(desk, objecting.ask(desk, objection, until, reason))


@click.command()
@click.argument("objection")
@_WHY
@acting
def set_aside(desk: Desk, objection: str, reason: str) -> Report:
    """Set OBJECTION (12-o1) aside, where the rules allow it."""
    return telling.after(desk, objecting.set_aside(desk, objection, reason))


@click.command()
@click.argument("opinion")
@click.option(
    "--meeting", "meeting_id", required=True, metavar="ID", help="The Forum, as the timetable names it."
)
@click.option("--item", default="", metavar="TEXT", help="The agenda item.")
@click.option("--statement", "statements", multiple=True, metavar="ENTITY:TEXT", help="For the record.")
@_REASON
@acting
def adopt(
    desk: Desk, opinion: str, meeting_id: str, item: str, statements: tuple[str, ...], reason: str
) -> Report:
    """Record that the Forum adopted OPINION as it reads."""
    spoken = putting.Spoken(
        meeting=meeting_id,
        item=item,
        result="adopted",
        statements=tuple(_said(text) for text in statements),
        reason=reason,
    )
    return telling.after(desk, putting.adopt(desk, opinion, spoken))


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
    spoken = putting.Spoken(
        meeting=meeting_id,
        item=item,
        result=result,  # type: ignore[arg-type]
        objections=tuple(_said(text) for text in objections),
        statements=tuple(_said(text) for text in statements),
        until=until,
        reason=reason,
    )
    return telling.after(desk, putting.meeting_outcome(desk, subject, spoken))


def _said(text: str) -> Said:
    entity, _, words = text.partition(":")
    return Said(entity=entity.strip(), text=words.strip())
