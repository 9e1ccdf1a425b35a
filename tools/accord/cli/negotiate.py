"""`negotiation` and `brackets`: what is in question, where, since when and whose."""

from __future__ import annotations

from pathlib import Path

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import asking, asking_in

_FORMS = ("markdown", "html", "json")


@click.command()
@click.option("-o", "--output", default=None, metavar="FILE", help="Write it to a file.")
@asking_in(*_FORMS)
def negotiation(desk: Desk, form: str, output: str | None) -> Report:
    """The text with everything in question in square brackets: proposals side by side, with their sources."""
    from accord.application import negotiation_shown

    report, written = negotiation_shown.shown(desk, form)
    if output is None:
        return report
    Path(output).write_text(written, encoding="utf-8")
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
