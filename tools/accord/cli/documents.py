"""`compile`: what people negotiate from."""

from __future__ import annotations

from pathlib import PurePath

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import asking, write_file
from accord.cli.wiring import document_folder

_ENDINGS = {".xlsx": "xlsx", ".docx": "docx", ".html": "html", ".csv": "csv", ".md": "markdown"}
_FORMS = [*_ENDINGS.values(), "all"]
_NO_TEXT = {"xlsx", "docx"}


@click.command()
@click.argument("window")
@click.option(
    "-o",
    "--output",
    default="",
    metavar="DIR|FILE",
    help="The folder (replaced as a whole) or file to write.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(_FORMS),
    default=None,
    help="The form of what is written (default: all).",
)
@click.option(
    "--columns",
    type=click.Choice(["itu", "iso"]),
    default="itu",
    help="A table for negotiation, or the eight columns of standards bodies.",
)
@asking
def compile(desk: Desk, window: str, output: str, kind: str | None, columns: str) -> Report:  # noqa: A001 - the verb
    """Everything received for WINDOW (W1, W2 ...), clause by clause: text, proposal, reasons, what became of it."""
    from accord.application import compiling_files as use_case

    ending = _ENDINGS.get(PurePath(output).suffix.lower(), "")
    if output and ending:
        if kind not in (None, ending):
            raise click.UsageError(f"{output} is a file for {ending}, not for {kind}.")
        report, data = use_case.one(desk, window, ending, columns)
        write_file(output, data)
        return use_case.written(report, output, [PurePath(output).name])
    if output:
        return use_case.folder(desk, window, kind or "all", columns, document_folder(output))
    if kind in _NO_TEXT or kind == "all":
        raise click.UsageError(f"`--as {kind}` is not for a terminal: name a file or a folder with `-o`.")
    return use_case.shown(desk, window, kind or "", columns)
