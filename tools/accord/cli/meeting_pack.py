"""`pack`: the papers of a meeting in one file."""

from __future__ import annotations

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import asking, write_file


@click.command()
@click.argument("meeting")
@click.option("-o", "--output", default="", metavar="FILE", help="The file to write (default: MEETING.zip).")
@asking
def pack(desk: Desk, meeting: str, output: str) -> Report:
    """Write the papers of MEETING (ieg-2): draft, compilation, agenda, the screen in the room; works offline."""
    from accord.application import packing

    data, table = packing.pack(desk, meeting)
    name = output or f"{table.meeting}.zip"
    write_file(name, data)
    return packing.told(table, name)
