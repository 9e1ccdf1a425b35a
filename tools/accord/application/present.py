"""The process files of the main branch as they are now: timetable, list of experts, forum, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.application.loading import load_process
from accord.domain.findings import Refused

if TYPE_CHECKING:
    from accord.application.desk import Desk
    from accord.application.loading import Process


def process_at(desk: Desk) -> Process:
    """The process files of the main branch as they are.

    Raises:
        Refused: they cannot be read (exit FINDINGS), with every problem.
    """
    if desk.store.exists():
        from accord.application.seen import SeenState

        # What the record keeps of the process files is typed already, and quicker to read than the files.
        chronicle = desk.chronicle()
        seen = chronicle.main_seen()
        if seen and seen[-1].commit == desk.main():
            return SeenState(seen[-1], chronicle.fact, desk.facts).process
    values = desk.process_files(desk.main())
    loaded = load_process(values["timetable"], values["experts"], values["forum"], values["consensus"])
    if loaded.value is None:
        raise Refused(loaded.findings)
    return loaded.value
