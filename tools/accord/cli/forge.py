"""`sync` and `reconcile`: what happens on GitHub comes into the record, and what GitHub shows is put right."""

from __future__ import annotations

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting_for_all
from accord.cli.wiring import open_doorway, open_screens, scratch_of

_PULLS = click.option(
    "--pr", "pulls", type=int, multiple=True, metavar="N", help="Only this pull request (repeatable)."
)
_FORMS = click.option(
    "--issue", "forms", type=int, multiple=True, metavar="N", help="Only this filled form (repeatable)."
)


@click.command()
@_PULLS
@_FORMS
@click.option("--full", is_flag=True, help="Read everything again, whatever was read before.")
@acting_for_all
def sync(desk: Desk, pulls: tuple[int, ...], forms: tuple[int, ...], full: bool) -> Report:
    """Read what is new on GitHub into the record, and share it.

    Nothing of it is ever run or opened as files. It needs GITHUB_TOKEN and GITHUB_REPOSITORY, and in the folder a
    clone of that repository; ACCORD_RECORD_TOKEN, if set, is what the record is written with.
    """
    from accord.application.forge import syncing, telling

    doorway, spent = open_doorway(desk)
    if desk.dry_run:
        with scratch_of(desk) as copy:
            doorway.remote = copy.remote
            done = syncing.sync(copy.desk, doorway, full=full, pulls=pulls, forms=forms, sharing=False)
    else:
        done = syncing.sync(desk, doorway, full=full, pulls=pulls, forms=forms)
    return telling.synchronised(done, spent(), dry_run=desk.dry_run)


@click.command()
@_PULLS
@_FORMS
@click.option("--full", is_flag=True, help="Look at everything, touched or not.")
@acting_for_all
def reconcile(desk: Desk, pulls: tuple[int, ...], forms: tuple[int, ...], full: bool) -> Report:
    """Write on GitHub how each contribution stands: labels, one comment, one status, and only what differs.

    It never merges and never approves. It needs GITHUB_TOKEN and GITHUB_REPOSITORY.
    """
    from accord.application.forge import reconciling
    from accord.application.forge.sharing import refuse_unshared

    refuse_unshared(desk)
    screens = open_screens()
    done = reconciling.reconcile(desk, screens, pulls=pulls, forms=forms, full=full)
    return reconciling.report(done, dry_run=desk.dry_run)
