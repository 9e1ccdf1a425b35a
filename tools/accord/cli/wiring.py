"""The composition root: the only module that names concrete adapters."""

from __future__ import annotations

from pathlib import Path

from accord.adapters.git import Git
from accord.adapters.reading import StrictReader
from accord.adapters.record import GitRecordStore
from accord.adapters.system import SystemClock
from accord.application.desk import Desk
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import parse_from


def open_desk(repo: str, now: str, who: str, *, dry_run: bool = False) -> Desk:
    """A desk on the repository a folder lies in.

    Raises:
        Refused: no repository, or a moment that is none (exit USAGE).
    """
    git = Git.open(Path(repo))
    moment = SystemClock().now()
    if now:
        from zoneinfo import ZoneInfo

        try:
            # The zone of the process; a replayed day begins when it begins there.
            moment = parse_from(now, ZoneInfo("Europe/Zurich"))
        except ValueError as problem:
            raise refuse("moment", f"--now: {problem}.", exit_code=Exit.USAGE) from problem
    return Desk(
        repository=git,
        store=GitRecordStore(git),
        reader=StrictReader(),
        now=moment,
        replayed=bool(now),
        who=who,
        dry_run=dry_run,
    )
