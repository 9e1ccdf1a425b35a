"""`diff` and `conflicts`: what changes, and what meets."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord.application import comparing
from accord.application.reports import Report
from accord.cli.options import asking, asking_in, read_file

if TYPE_CHECKING:
    from accord.application.desk import Desk

_LIMIT = 8 * 1024 * 1024


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--version", "revision", type=int, default=None, help="Of a contribution: this version.")
@click.option(
    "--as", "form", type=click.Choice(comparing.FORMATS), default="text", help="The form of the redline."
)
@click.option("-o", "--output", default=None, metavar="FILE", help="Write it to a file.")
@click.option("--context", type=int, default=1, help="Unchanged clauses shown around a change.")
@click.option("--whole", is_flag=True, help="Show the whole text.")
@click.option(
    "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours on a terminal."
)
@asking_in(*comparing.FORMATS)
def diff(
    open_desk: Callable[[], Desk],
    old: str,
    new: str | None,
    revision: int | None,
    form: str,
    output: str | None,
    context: int,
    whole: bool,
    colour: str,
) -> Report:
    """The clause redline of OLD and NEW (revisions, drafts or files), or of a contribution (its number)."""
    if new is None:
        if not old.lstrip("#").isdigit():
            raise click.UsageError("Name two revisions, drafts or files; or the number of a contribution.")
        title, redline = comparing.of_contribution(open_desk(), old, revision)
    elif Path(old).is_file() and Path(new).is_file():
        title, redline = comparing.of_files((old, read_file(old, _LIMIT)), (new, read_file(new, _LIMIT)))
    else:
        title, redline = comparing.of_revisions(open_desk(), old, new)
    paint = colour == "always" or (
        colour == "auto" and output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    )
    report = comparing.rendered(title, redline, form, colour=paint, context=None if whole else context)
    if output is None:
        return report
    Path(output).write_text(_written(report, form).rstrip("\n") + "\n", encoding="utf-8")
    return Report(text=f"The redline is in {output}.", data={"file": output})


def _written(report: Report, form: str) -> str:
    if form != "json":
        return report.text
    import json

    return json.dumps({"version": 1, **report.data}, ensure_ascii=False, indent=2)


@click.command()
@asking
def conflicts(desk: Desk) -> Report:
    """Open contributions that touch the same clauses: compatible (with the merged text) or alternatives."""
    from accord.application import conflicts as meeting

    return meeting.conflicts(desk)
