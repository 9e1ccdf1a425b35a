"""`build`, `cut`, `provenance`, `verify`: drafts, and what anybody can prove about them."""

from __future__ import annotations

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting, asking, reading
from accord.cli.wiring import document_folder


@click.command()
@click.argument("ref")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="The folder to write; replaced as a whole."
)
@acting
def build(desk: Desk, ref: str, output: str) -> Report:
    """Write the documents of REF: a draft, a branch, or any other revision."""
    from accord.application import drafting

    return drafting.build(desk, ref, document_folder(output))


@click.command()
@click.argument("draft")
@click.option("-o", "--output", default="", metavar="DIR", help="The folder to write (default: build/DRAFT).")
@click.option(
    "--reason", default="", metavar="TEXT", help="For a Corrigendum (draft-2-corr-1): what it corrects."
)
@acting
def cut(desk: Desk, draft: str, output: str, reason: str) -> Report:
    """Check the gates, then write, tag and record DRAFT."""
    from accord.application import cutting

    desk.may_begin = True
    folder = document_folder(output) if output else document_folder(desk.repository.root, "build", draft)
    return cutting.cut(desk, draft, folder, reason=reason, say=_say)


def _say(text: str) -> None:
    click.echo(text, err=True)


@click.command()
@reading
def verify(desk: Desk) -> Report:
    """Recompute every decision from the record, and compare drafts with their manifests."""
    from accord.application import verifying

    return verifying.verify(desk, _say)


@click.command()
@click.argument("clause")
@click.option("--as-of", "as_of", default="", metavar="DRAFT", help="As it was in this draft.")
@asking
def provenance(desk: Desk, clause: str, as_of: str) -> Report:
    """Say where CLAUSE came from: an id (c-7f3k2a) or a printed number (2.1, skills: considering a))."""
    from accord.application import provenance as use_case

    return use_case.provenance(desk, clause, as_of)
