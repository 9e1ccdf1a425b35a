"""The composition root: the only module that names concrete adapters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from accord.adapters.folder import DocumentFolder
from accord.adapters.git import Git
from accord.adapters.reading import StrictReader
from accord.adapters.record import GitRecordStore
from accord.adapters.scratch import new_repository, open_main
from accord.adapters.ssh import SshSigner
from accord.adapters.system import SystemClock
from accord.application.desk import Desk
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import parse_from, parse_instant


def open_desk(repo: str, now: str, who: str, *, dry_run: bool = False) -> Desk:
    """A desk on the repository a folder lies in.

    Raises:
        Refused: no repository, or a moment that is none (exit USAGE).
    """
    git = Git.open(Path(repo))
    desk = Desk(
        repository=git,
        store=GitRecordStore(git),
        reader=StrictReader(),
        signer=SshSigner(setting=git.setting),
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


def document_folder(*parts: str) -> DocumentFolder:
    """The folder for documents that these parts of a path name."""
    return DocumentFolder(Path(*parts))


def scratch_desk(folder: str) -> tuple[Desk, Callable[[], None]]:
    """A desk on a fresh repository, for a rehearsal; calling the second value opens its main branch in the folder.

    Raises:
        Refused: the folder is not empty (exit USAGE) or cannot be made (exit OUTSIDE).
    """
    git = new_repository(Path(folder))
    desk = Desk(
        repository=git,
        store=GitRecordStore(git),
        reader=StrictReader(),
        signer=SshSigner(setting=git.setting),
        now=SystemClock().now(),
        replayed=True,
    )
    return desk, lambda: open_main(git)
