"""`diff` and `conflicts`: what changes, and what meets."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord.application import comparing
from accord.application.reports import Report
from accord.cli.options import Opening, asking, asking_in, read_file

if TYPE_CHECKING:
    from accord.application.desk import Desk

_LIMIT = 8 * 1024 * 1024
_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".docx": "docx",
    ".pdf": "pdf",
}


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--version", "revision", type=int, default=None, help="Of a contribution: this version.")
@click.option(
    "-o", "--output", default=None, metavar="FILE", help="Write it to a file; its ending says in which form."
)
@click.option("--context", type=int, default=None, help="Unchanged clauses shown around a change.")
@click.option("--whole", is_flag=True, help="Show the whole text; documents do unless --context is given.")
@click.option(
    "--view",
    type=click.Choice(["inline", "side-by-side", "both"]),
    default="inline",
    help="Of the page: one text with marks, old beside new, or both with a switch.",
)
@click.option(
    "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours on a terminal."
)
@asking_in(*comparing.FORMATS)
def diff(
    opening: Opening,
    old: str,
    new: str | None,
    revision: int | None,
    form: str | None,
    output: str | None,
    context: int | None,
    whole: bool,
    view: str,
    colour: str,
) -> Report:
    """The clause redline of OLD and NEW (revisions, drafts or files), or of a contribution (its number).

    Taking every change of it gives the new text exactly, refusing every change the old one, in each form.
    """
    form = form or _ENDINGS.get(Path(output or "").suffix.lower(), "text")
    if form in comparing.FILES and (output is None or context is not None):
        raise click.UsageError(
            f"A {form.upper()} is a whole document: name its file with -o, and no --context."
        )
    if form in comparing.FILES:
        context = None
    elif context is None and not whole and form in {"text", "markdown", "json"} and output is None:
        context = 1
    made = _compared(opening, old, new, revision)
    if form in comparing.FILES:
        from accord.cli.wiring import typesetter

        written = comparing.document(made, form, typesetter(), made.moment or opening.moment())
    else:
        paint = colour == "always" or (
            colour == "auto" and output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        )
        report = comparing.rendered(made, form, colour=paint, context=None if whole else context, view=view)
        if output is None:
            return report
        written = (_text(report, form).rstrip("\n") + "\n").encode()
    assert output is not None  # noqa: S101 - the two branches above
    Path(output).write_bytes(written)
    return Report(text=f"The redline is in {output}.", data={"file": output})


def _compared(opening: Opening, old: str, new: str | None, revision: int | None) -> comparing.Comparison:
    if new is None:
        if not old.lstrip("#").isdigit():
            raise click.UsageError("Name two revisions, drafts or files; or the number of a contribution.")
        return comparing.of_contribution(opening.desk(), old, revision)
    if Path(old).is_file() and Path(new).is_file():
        before, after = ((name, read_file(name, _LIMIT)) for name in (old, new))
        return comparing.of_files(before, after)
    return comparing.of_revisions(opening.desk(), old, new)


def _text(report: Report, form: str) -> str:
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
