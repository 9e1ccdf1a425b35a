"""All files of a revision, in every form: drawn from its sheet, the compilation of its window and its timetable."""

from __future__ import annotations

from collections.abc import Mapping

from accord.application.compiling import compilation_for
from accord.application.revision import Revision
from accord.domain.process.timetable import Timetable
from accord.render.akn.files import akn_files
from accord.render.calendar_ics import calendar_ics
from accord.render.compilation.files import compilation_files
from accord.render.document_set import documents, typeset
from accord.render.document_sheet import Sheet

CALENDAR = "calendar.ics"


def files_of(revision: Revision, sheet: Sheet, draft: str) -> dict[str, bytes]:
    """The files by name; ``draft`` is the draft of the timetable that the revision is, "" for none.

    The compilation is that of the window in which contributions to the draft before were received (R24, R25): what
    this text was made from. The same revision, record and moment give the same bytes.

    Raises:
        Refused: a sign that no font of the PDF has, with its place (exit FINDINGS).
    """
    files = {
        **documents(sheet),
        **akn_files(sheet),
        **_calendar(revision, sheet),
        **_compilation(revision, sheet, draft),
    }
    for name, source in typeset(sheet).items():
        files[name] = revision.desk.typesetter.pdf(source, sheet.moment)
    return files


def _calendar(revision: Revision, sheet: Sheet) -> Mapping[str, bytes]:
    data = calendar_ics(
        revision.process.timetable.at(revision.moment),
        forum=revision.process.forum,
        posted=revision.posted,
        moment=revision.moment,
        rehearsal=sheet.rehearsal,
    )
    return {CALENDAR: data}


def _compilation(revision: Revision, sheet: Sheet, draft: str) -> Mapping[str, bytes]:
    window = _window(revision.process.timetable.at(revision.moment), draft, sheet.previous)
    if revision.chronicle is None or not window:
        return {}
    return compilation_files(compilation_for(revision, window))


def _window(timetable: Timetable, draft: str, previous: str) -> str:
    """The window on the draft before this one; for a text that is no draft, on the newest one before it."""
    order = timetable.drafts
    place = order.index(draft) if draft in order else 0
    before = order[place - 1] if place else ("" if draft else previous.partition("-corr-")[0])
    return next((window.id for window in timetable.windows if window.draft == before), "")
