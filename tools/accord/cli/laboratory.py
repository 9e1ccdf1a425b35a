"""`replay`: recorded histories through the rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

from accord.application import replaying
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import asking, read_file
from accord.domain.findings import Place, refuse
from accord.domain.replay.engine import Reading

_LIMIT = 256 * 1024 * 1024


@click.command()
@click.argument("trace")
@click.option(
    "--rules", "preset", default="itu", metavar="PRESET", help="A preset of process/consensus.yaml."
)
@click.option(
    "--approval-replaces",
    is_flag=True,
    help="Read an approval as taking back its owner's earlier request for changes, as hosting services do.",
)
@click.option("--calls", is_flag=True, help="Ask for a call too: one is taken to be open from the beginning.")
@click.option("--archive", is_flag=True, help="TRACE is an `archive.json` made by i-d-template.")
@click.option(
    "--convert", default=None, metavar="FILE", help="With --archive: write it in the format of traces, too."
)
@asking
def replay(
    desk: Desk,
    trace: str,
    preset: str,
    approval_replaces: bool,
    calls: bool,
    archive: bool,
    convert: str | None,
) -> Report:
    """Run the recorded histories of TRACE through the rules and set the answers beside what happened."""
    data = read_file(trace, _LIMIT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise refuse("trace-encoding", "This is not UTF-8 text.", place=Place(file=trace)) from problem
    if archive:
        text = _converted(trace, text)
        if convert is not None:
            Path(convert).write_text(text, encoding="utf-8")
    reading = Reading.REPLACED if approval_replaces else Reading.NAMED
    return replaying.replayed(desk, trace, text, preset, reading, calls=calls)


def _converted(name: str, text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError as problem:
        raise refuse("archive-malformed", f"This is no JSON: {problem}.", place=Place(file=name)) from problem
    lines = replaying.converted(name, value)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
