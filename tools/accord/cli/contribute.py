"""`submit`, `revise`, `withdraw`, `position`, `confirm`: what sources and experts do."""

from __future__ import annotations

import click

from accord.application import receiving, speaking, telling
from accord.application.desk import Desk
from accord.application.receiving import Description, Handed
from accord.application.reports import Report
from accord.cli.options import acting, evidence_of, read_file, receipt_of

CHANNELS = ["local", "letter", "email", "form"]
STANCES = ["support", "accept", "abstain", "reserve", "object"]

_RECEIVED = click.option(
    "--received",
    default=None,
    metavar="MOMENT",
    help="When the registry got it (letter, mail, form); FROM/TO if that is all it knows.",
)
_EVIDENCE = click.option(
    "--evidence", default=None, metavar="FILE", help="The letter or mail, kept by its digest."
)
_REGISTRY = click.option("--registry", default="", metavar="MARK", help="The registry's own mark for it.")
_REASON = click.option("--reason", default="", metavar="TEXT", help="Why.")


@click.command()
@click.argument("branch", required=False)
@click.option(
    "--metadata", required=True, metavar="FILE", help="The description: YAML, or Markdown with the block."
)
@click.option("--channel", type=click.Choice(CHANNELS), default="local", help="How it came in.")
@_RECEIVED
@_EVIDENCE
@_REGISTRY
@acting
def submit(
    desk: Desk,
    branch: str | None,
    metadata: str,
    channel: str,
    received: str | None,
    evidence: str | None,
    registry: str,
) -> Report:
    """Receive BRANCH as a contribution; without BRANCH a statement that changes no text."""
    description = Description(data=read_file(metadata), name=metadata)
    handed = Handed(
        channel=channel,  # type: ignore[arg-type]
        receipt=receipt_of(received, desk),
        alias=registry or branch or "",
        evidence=evidence_of(evidence, registry),
    )
    desk.may_begin = True
    done = receiving.submit(desk, branch, description, handed)
    return telling.after(desk, done)


@click.command()
@click.argument("number")
@click.argument("branch", required=False)
@click.option("--metadata", default=None, metavar="FILE", help="A new description.")
@click.option("--meeting", default="", metavar="ID", help="The meeting whose drafting work this is (A5).")
@click.option("--channel", type=click.Choice(CHANNELS), default="local", help="How it came in.")
@_RECEIVED
@_REASON
@acting
def revise(
    desk: Desk,
    number: str,
    branch: str | None,
    metadata: str | None,
    meeting: str,
    channel: str,
    received: str | None,
    reason: str,
) -> Report:
    """Receive a later version of contribution NUMBER: another text, another description, or both."""
    if branch is None and metadata is None:
        raise click.UsageError("Name a branch with the new wording, or a description with --metadata FILE.")
    description = None if metadata is None else Description(data=read_file(metadata), name=metadata)
    handed = Handed(channel=channel, receipt=receipt_of(received, desk))  # type: ignore[arg-type]
    done = receiving.revise(desk, number, branch, description, handed, meeting=meeting, reason=reason)
    return telling.after(desk, done)


@click.command()
@click.argument("what")
@click.option("--met", is_flag=True, help="For an objection: a change met it.")
@click.option(
    "--meeting", default="", metavar="ID", help="For an objection: the meeting in which it was said."
)
@_REASON
@acting
def withdraw(desk: Desk, what: str, met: bool, meeting: str, reason: str) -> Report:
    """Take back WHAT: a contribution (12) or an objection (12-o1)."""
    if what.lstrip("#").isdigit():
        return telling.after(desk, receiving.withdraw(desk, what, reason))
    return telling.after(desk, speaking.end_objection(desk, what, met=met, reason=reason, meeting=meeting))


@click.command()
@click.argument("subject")
@click.argument("stance", type=click.Choice(STANCES))
@click.option("--for", "entity", required=True, metavar="ENTITY", help="The entity whose experts say it.")
@click.option("--clause", "clauses", multiple=True, metavar="ID", help="Only about this clause (repeatable).")
@click.option("--revision", type=int, default=None, help="About an earlier version.")
@click.option("--meeting", default="", metavar="ID", help="The recorded meeting in which it was said.")
@_RECEIVED
@_EVIDENCE
@_REGISTRY
@_REASON
@acting
def position(
    desk: Desk,
    subject: str,
    stance: str,
    entity: str,
    clauses: tuple[str, ...],
    revision: int | None,
    meeting: str,
    received: str | None,
    evidence: str | None,
    registry: str,
    reason: str,
) -> Report:
    """Enter a position on SUBJECT (a number, or an Opinion): support, accept, abstain, reserve or object."""
    word = speaking.Word(
        entity=entity,
        stance=stance,  # type: ignore[arg-type]
        receipt=receipt_of(received, desk),
        reason=reason,
        clauses=clauses,
        evidence=evidence_of(evidence, registry),
        meeting=meeting,
        revision=revision,
    )
    return telling.after(desk, speaking.position(desk, subject, word))


@click.command()
@click.argument("subject")
@click.option("--for", "entity", required=True, metavar="ENTITY", help="Your entity.")
@acting
def confirm(desk: Desk, subject: str, entity: str) -> Report:
    """Confirm what the secretariat entered on SUBJECT for your entity."""
    return telling.after(desk, speaking.confirm(desk, subject, entity))
