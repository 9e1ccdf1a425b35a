"""`reconcile`: what GitHub shows of each contribution is put right."""

from __future__ import annotations

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting_for_all
from accord.cli.wiring import open_screens


@click.command()
@click.option(
    "--pr", "pulls", type=int, multiple=True, metavar="N", help="Only this pull request (repeatable)."
)
@click.option(
    "--issue", "forms", type=int, multiple=True, metavar="N", help="Only this filled form (repeatable)."
)
@click.option("--full", is_flag=True, help="Look at everything, touched or not.")
@acting_for_all
def reconcile(desk: Desk, pulls: tuple[int, ...], forms: tuple[int, ...], full: bool) -> Report:
    """Write on GitHub how each contribution stands: labels, one comment, one status, and only what differs.

    It never merges and never approves. It needs GITHUB_TOKEN and GITHUB_REPOSITORY.
    """
    from accord.application.forge import reconciling

    screens = open_screens()
    done = reconciling.reconcile(desk, screens, pulls=pulls, forms=forms, full=full)
    return reconciling.report(done, dry_run=desk.dry_run)
