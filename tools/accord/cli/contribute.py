"""`submit`, `revise`, `withdraw`, `position`, `cosign`, `confirm`: what sources and experts do."""

from __future__ import annotations

import click

from accord.application import confirming, cosigning, objecting, receiving, speaking, taking, telling
from accord.application.desk import Desk
from accord.application.intake import Mail, Read, read_words, receipt
from accord.application.receiving import Description, Handed
from accord.application.reports import Report
from accord.cli.options import acting, evidence_of, read_file, receipt_of
from accord.cli.wiring import mail_in

CHANNELS = ["local", "letter", "email", "form"]
MAIL_LIMIT = 32 * 1024 * 1024  # with what came along

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
    "--metadata", default=None, metavar="FILE", help="The description: YAML, or Markdown with the block."
)
@click.option("--form", "filled", default=None, metavar="FILE", help="The form, filled in, instead of both.")
@click.option(
    "--channel",
    type=click.Choice(CHANNELS),
    default=None,
    help="How it came in (default: local; email for a file .eml; form with --form).",
)
@_RECEIVED
@_EVIDENCE
@_REGISTRY
@acting
def submit(
    desk: Desk,
    branch: str | None,
    metadata: str | None,
    filled: str | None,
    channel: str | None,
    received: str | None,
    evidence: str | None,
    registry: str,
) -> Report:
    """Receive BRANCH as a contribution; without BRANCH a statement, or what a filled form asks for.

    A mail saved as a file (`--evidence LETTER.eml`) is read itself: it may hold the filled form or the description.
    """
    desk.may_begin = True
    mail = (
        mail_in(read_file(evidence, MAIL_LIMIT), evidence)
        if evidence and evidence.lower().endswith(".eml")
        else None
    )
    read = _handed_in(desk, branch, metadata, filled, mail, evidence or "")
    handed = Handed(
        channel=channel or ("email" if mail else "form" if filled else "local"),  # type: ignore[arg-type]
        receipt=receipt_of(received, desk),
        alias=registry or branch or read.description.name.rpartition("/")[2],
        evidence=mail.evidence(registry) if mail else evidence_of(evidence, registry),
    )
    done = receiving.submit(desk, read.head or branch, read.description, handed)
    report = telling.after(desk, done)
    return receipt(desk, done, report, mail) if mail or filled else report


def _handed_in(
    desk: Desk, branch: str | None, metadata: str | None, filled: str | None, mail: Mail | None, file: str
) -> Read:
    """The description and the text that goes with it, from the file, form or mail that holds them."""
    if (metadata is None) == (filled is None) and (metadata or mail is None):
        raise click.UsageError(
            "Give the description with --metadata FILE, or a filled form with --form FILE."
        )
    if metadata is not None:
        return Read(description=Description(data=read_file(metadata), name=metadata))
    title = mail.title if mail else ""
    if filled is not None:
        name, words = filled, read_file(filled).decode("utf-8", "replace")
    else:
        assert mail is not None  # noqa: S101 - one of the three is there
        name, words = file, mail.text
    read = read_words(desk, words, name.rpartition("/")[2], title=title, form=filled is not None)
    if read.head and branch:
        raise click.UsageError("The form has a text of its own: leave the branch out, or the wording.")
    return read


@click.command()
@click.argument("number")
@click.argument("branch", required=False)
@click.option("--metadata", default=None, metavar="FILE", help="A new description.")
@click.option("--form", "filled", default=None, metavar="FILE", help="The form, corrected, instead of both.")
@click.option("--take", default="", metavar="M", help="Take amendment M into its text, instead of a branch.")
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
    filled: str | None,
    take: str,
    meeting: str,
    channel: str,
    received: str | None,
    reason: str,
) -> Report:
    """Receive a later version of contribution NUMBER: another text, another description, or both."""
    if take:
        if branch is not None or metadata is not None or filled or meeting or received is not None:
            raise click.UsageError("--take makes the new text itself: it goes with --reason only.")
        return telling.after(desk, taking.take(desk, number, take, reason))
    if branch is None and metadata is None and filled is None:
        raise click.UsageError("Name a branch with the new wording, or a description with --metadata FILE.")
    description = None if metadata is None else Description(data=read_file(metadata), name=metadata)
    if filled is not None:
        read = _handed_in(desk, branch, metadata, filled, None, "")
        description, branch = read.description, read.head or branch or read.ground
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
    return telling.after(desk, objecting.end_objection(desk, what, met=met, reason=reason, meeting=meeting))


@click.command()
@click.argument("subject")
@click.argument("word")
@click.option("--for", "entity", required=True, metavar="ENTITY", help="The entity whose experts say it.")
@click.option("--clause", "clauses", multiple=True, metavar="ID", help="Only about this clause (repeatable).")
@click.option("--revision", type=int, default=None, help="About an earlier version.")
@click.option(
    "--words", default="", metavar="TEXT", help="The words in which an objection was read (the secretariat)."
)
@click.option("--meeting", default="", metavar="ID", help="The recorded meeting in which it was said.")
@_RECEIVED
@_EVIDENCE
@_REGISTRY
@_REASON
@acting
def position(
    desk: Desk,
    subject: str,
    word: str,
    entity: str,
    clauses: tuple[str, ...],
    revision: int | None,
    words: str,
    meeting: str,
    received: str | None,
    evidence: str | None,
    registry: str,
    reason: str,
) -> Report:
    """Enter a position on SUBJECT (a number, or an Opinion): WORD is one of the rules in force, such as support,
    accept, abstain, reserve or object.
    """
    given = speaking.Word(
        entity=entity,
        said=word,
        receipt=receipt_of(received, desk),
        reason=reason,
        clauses=clauses,
        evidence=evidence_of(evidence, registry),
        meeting=meeting,
        revision=revision,
        words=words,
    )
    return telling.after(desk, speaking.position(desk, subject, given))


@click.command()
@click.argument("number")
@click.option("--for", "entity", required=True, metavar="ENTITY", help="The entity that signs.")
@click.option("--decline", is_flag=True, help="It does not sign, though it was named as a co-signer.")
@_RECEIVED
@_EVIDENCE
@_REGISTRY
@_REASON
@acting
def cosign(
    desk: Desk,
    number: str,
    entity: str,
    decline: bool,
    received: str | None,
    evidence: str | None,
    registry: str,
    reason: str,
) -> Report:
    """Sign contribution NUMBER with its source, or decline to."""
    given = cosigning.Signature(
        entity=entity,
        receipt=receipt_of(received, desk),
        accepted=not decline,
        reason=reason,
        evidence=evidence_of(evidence, registry),
    )
    return telling.after(desk, cosigning.cosign(desk, number, given))


@click.command()
@click.argument("what")
@click.option("--for", "entity", required=True, metavar="ENTITY", help="Your entity.")
@acting
def confirm(desk: Desk, what: str, entity: str) -> Report:
    """Confirm what was entered for your entity on WHAT (12, or an Opinion), or that its objection (12-o1) stands."""
    return telling.after(desk, confirming.confirm(desk, what, entity))
