"""The composition root: the only module that names concrete adapters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from accord.adapters.folder import DocumentFolder
from accord.adapters.git import Git
from accord.adapters.git.remote import GitRemote
from accord.adapters.scratch import new_repository, open_main, shallow_copy
from accord.adapters.ssh import SshSigner
from accord.adapters.system import SystemClock
from accord.adapters.typst import Typst
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import parse_from, parse_instant

if TYPE_CHECKING:
    from accord.adapters.github.client import Client
    from accord.adapters.github.releases import GitHubReleases
    from accord.application.desk import Desk
    from accord.application.doctor import SettingsReader
    from accord.application.forge.reconciling import Screens
    from accord.application.forge.syncing import Doorway
    from accord.application.intake import Mail


def open_desk(repo: str, now: str, who: str, *, dry_run: bool = False) -> Desk:
    """A desk on the repository a folder lies in.

    Raises:
        Refused: no repository, or a moment that is none (exit USAGE).
    """
    from accord.adapters.reading import StrictReader
    from accord.adapters.record import GitRecordStore
    from accord.application.desk import Desk

    git = Git.open(Path(repo))
    desk = Desk(
        repository=git,
        store=GitRecordStore(git),
        reader=StrictReader(),
        signer=SshSigner(setting=git.setting),
        typesetter=Typst(),
        now=SystemClock().now(),
        replayed=bool(now),
        who=who,
        dry_run=dry_run,
    )
    if now:
        desk.now = typed_moment(desk, "--now", now)
    return desk


def typed_moment(desk: Desk, option: str, text: str) -> datetime:
    """A moment typed by a person; a bare day begins when it begins in the zone of the timetable.

    Raises:
        Refused: it is none (exit USAGE).
    """
    try:
        # An instant with its offset needs no zone, and so no timetable.
        return parse_instant(text)
    except ValueError:
        pass
    zone = ZoneInfo(str(desk.process_files(desk.main())["timetable"]["zone"]))
    try:
        return parse_from(text, zone)
    except ValueError as problem:
        raise refuse("moment", f"{option}: {problem}.", exit_code=Exit.USAGE) from problem


def moment_alone(text: str) -> datetime:
    """A moment typed by a person where no timetable gives a zone; the clock's where nothing was typed.

    Raises:
        Refused: it is none (exit USAGE).
    """
    if not text:
        return SystemClock().now()
    try:
        return parse_instant(text)
    except ValueError as problem:
        raise refuse("moment", f"--now: {problem}.", exit_code=Exit.USAGE) from problem


def typesetter() -> Typst:
    """What sets documents as PDF."""
    return Typst()


def mail_in(data: bytes, name: str) -> Mail:
    """The mail in a file; see :func:`accord.adapters.mail.read_mail`."""
    from accord.adapters.mail import read_mail

    return read_mail(data, name)


def document_folder(*parts: str) -> DocumentFolder:
    """The folder for documents that these parts of a path name."""
    return DocumentFolder(Path(*parts))


def scratch_desk(folder: str) -> tuple[Desk, Callable[[], None]]:
    """A desk on a fresh repository, for a rehearsal; calling the second value opens its main branch in the folder.

    Raises:
        Refused: the folder is not empty (exit USAGE) or cannot be made (exit OUTSIDE).
    """
    from accord.adapters.reading import StrictReader
    from accord.adapters.record import GitRecordStore
    from accord.application.desk import Desk

    git = new_repository(Path(folder))
    desk = Desk(
        repository=git,
        store=GitRecordStore(git),
        reader=StrictReader(),
        signer=SshSigner(setting=git.setting),
        typesetter=Typst(),
        now=SystemClock().now(),
        replayed=True,
    )
    return desk, lambda: open_main(git)


# --- the forge --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy to try something out on, and the shared repository it would be pushed to."""

    desk: Desk
    remote: GitRemote


def open_client() -> Client:
    """GitHub, as the environment of a workflow names it.

    Raises:
        Refused: a setting is missing (exit USAGE).
    """
    from accord.adapters.github.client import Client

    token, repository = _wanted("GITHUB_TOKEN"), _wanted("GITHUB_REPOSITORY")
    api = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    graphql = os.environ.get("GITHUB_GRAPHQL_URL") or "https://api.github.com/graphql"
    return Client(token, repository, api, graphql)


def open_releases() -> GitHubReleases:
    """The releases of the repository on GitHub that the environment names.

    Raises:
        Refused: a setting is missing (exit USAGE).
    """
    from accord.adapters.github.releases import GitHubReleases

    return GitHubReleases(open_client())


def open_remote(desk: Desk, name: str = "origin") -> GitRemote:
    """The shared copy that this one was cloned from, written with the token for the record where there is one."""
    assert isinstance(desk.repository, Git)  # noqa: S101 - made here
    token = os.environ.get("ACCORD_RECORD_TOKEN") or os.environ.get("GITHUB_TOKEN") or ""
    return GitRemote(desk.repository, name=name, token=token)


def open_doorway(desk: Desk) -> tuple[Doorway, Callable[[], Mapping[str, int]]]:
    """The doorway to GitHub, and what it has asked of it so far: requests and points.

    Raises:
        Refused: a setting is missing (exit USAGE).
    """
    from accord.adapters.github.reading import GitHubReader
    from accord.application.forge.syncing import Doorway
    from accord.application.intake import form_text
    from accord.domain.forge.snapshot import BOT

    client = open_client()
    account = int(os.environ.get("ACCORD_ACCOUNT_ID") or BOT)
    doorway = Doorway(
        reader=GitHubReader(client),
        remote=open_remote(desk),
        form_text=form_text,
        account=account,
        clock=lambda: client.server_time,
    )
    return doorway, lambda: {"requests": client.requests, "points": client.points}


def open_screens() -> Screens:
    """What GitHub shows, to be put right.

    Raises:
        Refused: a setting is missing (exit USAGE).
    """
    from accord.adapters.github.reading import GitHubReader
    from accord.adapters.github.writing import GitHubWriter
    from accord.application.forge.reconciling import Screens
    from accord.domain.forge.snapshot import BOT

    client = open_client()
    account = int(os.environ.get("ACCORD_ACCOUNT_ID") or BOT)
    return Screens(
        reader=GitHubReader(client),
        writer=GitHubWriter(client, account=account),
        account=account,
        guarded=bool(os.environ.get("ACCORD_RECORD_TOKEN")),
    )


@contextmanager
def scratch_of(desk: Desk) -> Iterator[Copy]:
    """A copy of the repository that is gone afterwards: what a dry run does, it does there, and pushes nothing."""
    from accord.adapters.record import GitRecordStore

    assert isinstance(desk.repository, Git)  # noqa: S101 - made here
    origin = desk.repository.setting("remote.origin.url")
    with TemporaryDirectory(prefix="accord-dry-run-") as folder:
        git = shallow_copy(desk.repository, Path(folder))
        copy = replace(desk, repository=git, store=GitRecordStore(git), dry_run=False)
        with git:
            yield Copy(desk=copy, remote=open_remote(copy, origin))


def _wanted(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise refuse(
            "environment-missing",
            f"{name} is not set, and without it GitHub is not asked.",
            fix=f"Run it from the workflow, or set {name} (docs/on-github.md).",
            exit_code=Exit.USAGE,
        )
    return value


def settings_reader(folder: str, repository: str) -> SettingsReader:
    """What reads the settings of a repository on GitHub: of that name, or of the one this copy was fetched from.

    Raises:
        Refused: there is no name or no token to ask with (exit USAGE).
    """
    from accord.adapters.github.client import API_URL, Client
    from accord.adapters.github.settings_reader import GitHubSettings
    from accord.domain.forge.repository_name import repository_of

    host = urlsplit(os.environ.get("GITHUB_SERVER_URL") or "https://github.com").hostname or ""
    name = repository or repository_of(Git.open(Path(folder)).setting("remote.origin.url"), host)
    if not name:
        raise refuse(
            "forge-repository",
            "This copy was not fetched from GitHub, so there is no telling which repository is meant.",
            fix="Add `--repository OWNER/NAME`.",
            exit_code=Exit.USAGE,
        )
    token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or ""
    if not token.strip():
        raise refuse(
            "forge-token",
            "GitHub tells its settings only to somebody it knows, and there is no token here.",
            fix="Set GITHUB_TOKEN, for example: GITHUB_TOKEN=$(gh auth token) accord doctor",
            exit_code=Exit.USAGE,
        )
    return GitHubSettings(Client(token, name, os.environ.get("GITHUB_API_URL") or API_URL))


def read_plain_yaml(data: bytes, name: str) -> Any:
    """The value of a YAML file in which every scalar is text; None for one that cannot be read."""
    from accord.adapters.yaml import parse_yaml

    document = parse_yaml(data, name)
    return None if document.findings else document.value
