"""`doctor`: are the settings on GitHub, and this copy, as the doorway needs them? Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from accord.application.desk import Desk
from accord.application.present import process_at
from accord.application.reports import Report
from accord.application.starting import outdated_forms
from accord.domain.findings import Exit, Refused
from accord.domain.forge.own_files import FOLDER, form_check, people_check, record_check, uses, workflow_check
from accord.domain.forge.setting_values import Check, Settings, Standing
from accord.domain.forge.settings import examine
from accord.render.settings import settings_data, settings_text

ReadYaml = Callable[[bytes, str], Any]
"""The value of a YAML file, None for one that cannot be read."""


class SettingsReader(Protocol):
    """Reads the settings of a repository on a forge.

    Raises:
        RateLimited: its budget is used up.
        Refused: it does not answer, or shows no such repository (exit OUTSIDE).
    """

    def read(self, moment: datetime, drafts: tuple[str, ...], uses: tuple[str, ...]) -> Settings: ...


def doctor(desk: Desk, reader: SettingsReader, read_yaml: ReadYaml) -> Report:
    """Every check of the repository on GitHub and of this copy.

    Raises:
        Refused: there is no main branch (USAGE), or GitHub does not answer (OUTSIDE).
    """
    workflows = _workflow_files(desk, read_yaml)
    own, drafts = _own(desk)
    settings = reader.read(desk.now, drafts, uses(workflows))
    checks = (*examine(settings), workflow_check(workflows), *own)
    bad = any(one.standing in (Standing.MISSING, Standing.UNKNOWN) for one in checks)
    return Report(
        text=settings_text(settings.repository, checks),
        data={"repository": settings.repository, "checks": settings_data(checks)},
        exit_code=Exit.FINDINGS if bad else Exit.OK,
    )


def _own(desk: Desk) -> tuple[list[Check], tuple[str, ...]]:
    """Checks of the process files and the record, and the names of the drafts."""
    try:
        process = process_at(desk)
    except Refused as refused:
        found = f"{len(refused.findings)} problems stand in the way: {refused.findings[0].message}"
        check = Check(
            key="process-files",
            protects="The doorway knows the windows, the people and the rules.",
            standing=Standing.MISSING,
            found=found,
            menu="`accord check` lists every problem with its place.",
        )
        return [check], ()
    head = desk.store.view().head if desk.store.exists() else None
    record = record_check(
        exists=head is not None,
        rehearsal=head.rehearsal if head else False,
        forum=process.forum.short_name,
        recorded_for=head.forum if head else "",
    )
    people = people_check(process.experts.at(desk.now))
    form = form_check(outdated_forms(desk, process))
    return [record, people, form], process.timetable.at(desk.now).drafts


def _workflow_files(desk: Desk, read_yaml: ReadYaml) -> dict[str, Any]:
    main = desk.main()
    paths = [one.path for one in desk.repository.tree(main, [FOLDER]) if one.path.endswith((".yml", ".yaml"))]
    contents = desk.repository.read([f"{main}:{path}" for path in paths])
    return {path.removeprefix(FOLDER): read_yaml(contents[f"{main}:{path}"], path) for path in paths}
