"""`replay`: recorded histories through the rules."""

from __future__ import annotations

from pathlib import Path

import click

from accord.application import replaying
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import read_file, reading
from accord.domain.findings import Exit, refuse
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
@click.option("--list", "behind", is_flag=True, help="Show behind each count the histories it comes from.")
@click.option(
    "--archive",
    is_flag=True,
    help="TRACE is an `archive.json` made by i-d-template, even if it does not look so.",
)
@click.option(
    "--convert", default=None, metavar="FILE", help="Write what was read in the format of traces, too."
)
@click.option(
    "--names", is_flag=True, help="Keep the account names of an archive; else people are p01, p02 ..."
)
@reading
def replay(
    desk: Desk,
    trace: str,
    preset: str,
    approval_replaces: bool,
    calls: bool,
    behind: bool,
    archive: bool,
    convert: str | None,
    names: bool,
) -> Report:
    """Run the recorded histories of TRACE through the rules and set the answers beside what happened.

    TRACE holds one history a line, or is an `archive.json` made by i-d-template. docs/traces.md tells the format, how a
    history is read, and what is counted.
    """
    rules = replaying.preset_rules(desk, preset)
    read = replaying.read_histories(trace, read_file(trace, _LIMIT), archive=archive, names=names)
    if convert is not None:
        _write(Path(convert), replaying.converted(read), keep=Path(trace))
    reading = Reading.REPLACED if approval_replaces else Reading.NAMED
    return replaying.replayed(read, rules, reading, calls=calls, behind=behind)


def _write(path: Path, text: str, *, keep: Path) -> None:
    """Write a file whole or not at all, and never in the place of the one that was read."""
    if path.exists() and path.samefile(keep):
        raise refuse(
            "convert-itself",
            f"{path} is the file that was read.",
            fix="Give `--convert` another name.",
            exit_code=Exit.USAGE,
        )
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
