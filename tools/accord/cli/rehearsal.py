"""`rehearse`: play the process on a scratch copy with invented entities."""

from __future__ import annotations

from typing import Any

import click

from accord.application.rehearsal.ending import ending
from accord.application.rehearsal.play import Line, found_copy, play, texts_to_copy
from accord.application.rehearsal.scripts import ROUNDS
from accord.application.rehearsal.stage import Played, Stage
from accord.application.reports import Report
from accord.cli.wiring import document_folder, open_desk, scratch_desk

_INDENT = {"heading": "\n", "note": "\n  ", "act": "\n", "answer": "      ", "refusal": "    ✗ "}


@click.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "--until",
    type=click.Choice(list(ROUNDS)),
    default=list(ROUNDS)[-1],
    help="Play up to this draft (default: all of it).",
)
@click.option("--quiet", is_flag=True, help="Only say where everything is at the end.")
@click.option("--repo", default=".", metavar="DIR", help="Where the texts are copied from (default: here).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people or for programs.",
)
def rehearse(folder: str, until: str, quiet: bool, repo: str, form: str) -> Report:
    """Play the whole process in the new folder DIR, with invented entities; nothing outside DIR is changed."""
    from accord.application.cutting import cut

    files = texts_to_copy(open_desk(repo, "", ""))
    desk, open_main = scratch_desk(folder)
    found_copy(desk, files)
    stage = Stage(desk=desk, cut=lambda it, draft: cut(it, draft, document_folder(folder, "build", draft)))
    told: list[Line] = []

    def tell(line: Line) -> None:
        told.append(line)
        if not quiet and form == "text":
            click.echo(f"{_INDENT[line.kind]}{line.text}")

    try:
        played = play(stage, until, tell)
    finally:
        open_main()
    text, data = ending(desk, folder, until, played)
    return Report(text=text, data={**data, "acts": [_act(one) for one in played]})


def _act(one: Played) -> dict[str, Any]:
    return {
        "at": one.act.at,
        "who": one.act.who,
        "act": type(one.act).__name__,
        "refused": [finding.rule for finding in one.report.findings] if one.refused else [],
        "answer": one.report.text,
    }
