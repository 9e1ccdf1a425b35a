"""`amend`, `split`: changing what another contribution proposes, and taking a contribution apart."""

from __future__ import annotations

import click

from accord.application import receiving, splitting, telling
from accord.application.desk import Desk
from accord.application.receiving import Description, Handed
from accord.application.reports import Report
from accord.cli.options import acting, evidence_of, read_file, receipt_of


@click.command()
@click.argument("number")
@click.argument("branch")
@click.option("--metadata", required=True, metavar="FILE", help="The description, as for `accord submit`.")
@click.option(
    "--channel",
    type=click.Choice(["local", "letter", "email", "form"]),
    default="local",
    help="How it came in.",
)
@click.option(
    "--received", default=None, metavar="MOMENT", help="When the registry got it (letter, mail, form)."
)
@click.option("--evidence", default=None, metavar="FILE", help="The letter or mail, kept by its digest.")
@click.option("--registry", default="", metavar="MARK", help="The registry's own mark for it.")
@acting
def amend(
    desk: Desk,
    number: str,
    branch: str,
    metadata: str,
    channel: str,
    received: str | None,
    evidence: str | None,
    registry: str,
) -> Report:
    """Receive BRANCH as a contribution that changes the text of contribution NUMBER."""
    if not number.lstrip("#").isdigit():
        raise click.UsageError("Name the contribution to amend by its number.")
    description = Description(data=read_file(metadata), name=metadata)
    handed = Handed(
        channel=channel,  # type: ignore[arg-type]
        receipt=receipt_of(received, desk),
        alias=registry or branch,
        evidence=evidence_of(evidence, registry),
    )
    done = receiving.submit(desk, branch, description, handed, amends=int(number.lstrip("#")))
    return telling.after(desk, done)


@click.command()
@click.argument("number")
@click.option(
    "--clause", "clauses", multiple=True, required=True, metavar="ID", help="A clause that goes (repeatable)."
)
@click.option("--title", default="", metavar="TEXT", help="The title of the new contribution.")
@click.option("--reason", required=True, metavar="TEXT", help="Why they are treated apart.")
@acting
def split(desk: Desk, number: str, clauses: tuple[str, ...], title: str, reason: str) -> Report:
    """Split the changes of some clauses of contribution NUMBER off to a new contribution."""
    return telling.after(desk, splitting.split(desk, number, clauses, reason=reason, title=title))
