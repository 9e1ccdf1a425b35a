"""`release`: a draft with its documents on the page of releases."""

from __future__ import annotations

import os

import click

from accord.application.desk import Delivery, Desk
from accord.application.reports import Report
from accord.cli.options import acting
from accord.cli.wiring import document_folder, open_releases, open_remote, scratch_of
from accord.domain.findings import Exit, refuse
from accord.domain.record.values import Receipt


@click.command()
@click.argument("draft")
@click.option("--prepare", is_flag=True, help="Cut, share, upload; nobody else sees it yet.")
@click.option("--publish", is_flag=True, help="Publish what was prepared, after checking every file of it.")
@click.option(
    "--assets-dir",
    default="",
    metavar="DIR",
    help="The folder for the documents, for whatever attests them (default: build/DRAFT).",
)
@click.option(
    "--reason", default="", metavar="TEXT", help="For a Corrigendum (draft-2-corr-1): what it corrects."
)
@click.option(
    "--as-account",
    "account",
    type=int,
    default=None,
    metavar="ID",
    help="Who acts, by the number of their account on GitHub (instead of --as).",
)
@acting
def release(
    desk: Desk, draft: str, prepare: bool, publish: bool, assets_dir: str, reason: str, account: int | None
) -> Report:
    """Cut DRAFT, and release it on GitHub with all its documents.

    Without --prepare or --publish it does both. It needs GITHUB_TOKEN and GITHUB_REPOSITORY, and in the folder a clone
    of that repository. A run that was stopped is finished by running it again.
    """
    from accord.application.forge.releasing import Stage, Ways, mapping_folder
    from accord.application.forge.releasing import release as use_case

    if prepare and publish:
        raise refuse(
            "usage", "--prepare and --publish were both given.", fix="Leave out both.", exit_code=Exit.USAGE
        )
    stage = Stage.PREPARE if prepare else Stage.PUBLISH if publish else Stage.BOTH
    desk = _for_account(desk, account)
    desk.may_begin = True
    folder = (
        document_folder(assets_dir) if assets_dir else document_folder(desk.repository.root, "build", draft)
    )
    forge = open_releases()
    if desk.dry_run:
        with scratch_of(desk) as copy:
            nowhere = mapping_folder({}, folder.name)
            ways = Ways(remote=copy.remote, forge=forge, folder=nowhere, say=lambda _: None)
            return use_case(copy.desk, ways, draft, stage, reason=reason, foreseeing=True)
    guarded = bool(os.environ.get("ACCORD_RECORD_TOKEN"))
    ways = Ways(remote=open_remote(desk), forge=forge, folder=folder, say=_say, record_guarded=guarded)
    return use_case(desk, ways, draft, stage, reason=reason)


def _for_account(desk: Desk, account: int | None) -> Desk:
    """The desk for whoever started a workflow; the doorway signs for them, as for a form they sent."""
    if account is None:
        return desk
    run = os.environ.get("GITHUB_RUN_ID", "")
    post = f"run/{run}" if run else f"typed/{desk.now:%Y%m%dT%H%M%SZ}-{account}"
    login = os.environ.get("GITHUB_ACTOR", str(account))
    receipt = Receipt.instant(desk.now, "server")
    return desk.delivering(
        Delivery(post=post, receipt=receipt, learned=desk.now, account=account, login=login)
    )


def _say(text: str) -> None:
    click.echo(text, err=True)
