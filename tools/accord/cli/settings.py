"""`doctor`, `init`: putting a copy of this repository to work for a forum."""

from __future__ import annotations

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import reading
from accord.cli.wiring import read_plain_yaml, settings_reader


@click.command()
@click.option(
    "--repository",
    default="",
    envvar="GITHUB_REPOSITORY",
    metavar="OWNER/NAME",
    help="The repository on GitHub (default: the one this copy was fetched from).",
)
@reading
def doctor(desk: Desk, repository: str) -> Report:
    """Check the settings of the repository on GitHub, and say how to change each that is missing."""
    from accord.application import doctor as use_case

    return use_case.doctor(desk, settings_reader(desk.repository.root, repository), read_plain_yaml)
