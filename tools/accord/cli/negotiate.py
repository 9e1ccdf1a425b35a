"""`negotiation` and `brackets`: what is in question, where, since when and whose."""

from __future__ import annotations

from pathlib import PurePath

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import Opening, asking, asking_in, write_file

_ENDINGS = {".md": "markdown", ".html": "html", ".htm": "html", ".json": "json"}


@click.command()
@click.option(
    "-o", "--output", default=None, metavar="FILE", help="Write it to a file; its ending says in which form."
)
@asking_in("markdown", "html", "json")
def negotiation(opening: Opening, form: str | None, output: str | None) -> Report:
    """The text with everything in question in square brackets: proposals side by side, with their sources."""
    from accord.application import negotiation_shown

    form = form or _ENDINGS.get(PurePath(output or "").suffix.lower(), "markdown")
    report, written = negotiation_shown.shown(opening.desk(), form)
    if output is None:
        return report
    write_file(output, written.encode())
    return Report(text=f"The negotiating text is in {output}.", data={"file": output})


@click.command()
@click.option("--opinion", default="", metavar="NAME", help="Only those of one draft Opinion.")
@click.option("--report", "report", is_flag=True, help="Only those of the Report.")
@click.option("--check", is_flag=True, help="Exit with 1 while any is open.")
@asking
def brackets(desk: Desk, opinion: str, report: bool, check: bool) -> Report:
    """Every square bracket: those in the text and those of open proposals, with place, age, owner and what lifts it."""
    from accord.application import bracket_list

    if opinion and report:
        raise click.UsageError("Name an Opinion, or the Report, not both.")
    return bracket_list.brackets(desk, opinion=opinion, report=report, check=check)
