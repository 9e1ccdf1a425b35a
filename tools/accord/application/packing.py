"""`pack`: the papers of a meeting in one zip that works without a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from accord.application.calendar import calendar_of
from accord.application.compiling import compilation_for
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of, parts_of
from accord.application.drafting import documents_of, sums
from accord.application.meeting_table import table_of
from accord.application.negotiating import agreed_revision, negotiation_of
from accord.application.reports import Report
from accord.application.revision import Revision
from accord.domain.findings import Exit, refuse
from accord.domain.process.timetable import Event, EventKind, Timetable
from accord.render.archive import archive
from accord.render.compilation.files import compilation_files
from accord.render.meeting.model import Counted, Table
from accord.render.meeting.pages import agenda_html, conflicts_html, count_lines, index_html, objections_html
from accord.render.meeting.screen import screen_html
from accord.render.negotiation.html import negotiation_html

INDEX, SUMS = "index.html", "SHA256SUMS"
_FOLDER = {
    "meeting.html": "the screen in the room: one place of the text a page, with what the chair reads out",
    "agenda.html": "the order of the texts, and what is no longer, or not yet, before the group",
    "negotiation.html": "the text as it reads, and in square brackets what is in question; same letters",
    "conflicts.html": "where contributions meet: compatible, or alternatives",
    "objections.html": "the objections that stand",
    "calendar.ics": "the timetable for a calendar program",
}


def pack(desk: Desk, meeting: str) -> tuple[bytes, Table]:
    """The pack of a meeting as the record stood at the moment, and what is on its table.

    Raises:
        Refused: no record, or the timetable has no such meeting (exit USAGE); or the pack would not hold exactly what
            was received (exit BUG), and then nothing is written.
    """
    revision = agreed_revision(desk)
    event = _meeting(revision.process.timetable.at(desk.now), meeting)
    view = negotiation_of(revision)
    table = table_of(revision, event, view)
    files: dict[str, bytes] = {}
    for window in table.windows:
        made = compilation_for(revision, window.window)
        _refuse_lost(table, window, made.numbers)
        files |= _under(f"compilation-{window.window}", compilation_files(made))
        files |= _under(window.draft, documents_of(desk, _ref(revision, window.draft))[1])
    pages = {
        "meeting.html": screen_html(table),
        "agenda.html": agenda_html(table),
        "negotiation.html": negotiation_html(view),
        "conflicts.html": conflicts_html(table),
        "objections.html": objections_html(table),
    }
    files |= {name: text.encode("utf-8", "replace") for name, text in pages.items()}
    files["calendar.ics"] = calendar_of(desk)
    files[INDEX] = index_html(table, _described(table, files)).encode("utf-8", "replace")
    return archive({**files, SUMS: sums(files)}, first=INDEX), table


def told(table: Table, name: str) -> Report:
    """What was packed, in numbers, and what to do with it."""
    lines = [f"{table.title}, {table.days}: the papers are in {name}.", *count_lines(table)]
    lines.append("Unzip it and open index.html; on the screen of the room open meeting.html.")
    data = {
        "file": name,
        "meeting": table.meeting,
        "windows": {one.window: list(one.numbers) for one in table.windows},
        "shown": list(table.shown),
        "carried": list(table.carried),
        "off": [it.number for it in table.off],
        "open_windows": [one.window for one in table.windows if one.still_open],
    }
    return Report(text="\n".join(lines), data=data)


def _under(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": data for name, data in files.items()}


def _ref(revision: Revision, draft: str) -> str:
    """A draft or its newest Corrigendum as cut by the moment, else the text as it reads."""
    assert revision.chronicle is not None  # noqa: S101 - a pack is made from a record
    cuts = [cut.draft for cut in cuts_of(revision.chronicle) if cut.recorded <= revision.moment]
    return next((name for name in reversed(cuts) if parts_of(name)[0] == draft), revision.commit)


def _refuse_lost(table: Table, window: Counted, compiled: Sequence[int]) -> None:
    """R24. The meeting discusses everything that was received: each contribution is in its compilation, and on the
    screen or named as off the table."""
    off = {it.number for it in table.off}
    lost = set(window.numbers) - set(compiled) | set(window.numbers) - {*table.shown, *off}
    if not lost and len(compiled) == len(window.numbers):
        return
    raise refuse(
        "pack-count",
        f"The pack does not hold everything received for {window.window}: missing "
        f"{', '.join(map(str, sorted(lost))) or 'none, but there is something else in it'}. This is a bug of ours; "
        "nothing was written.",
        fix="Please report it with the name of the meeting and the moment.",
        exit_code=Exit.BUG,
    )


def _described(table: Table, files: Iterable[str]) -> list[tuple[str, str]]:
    """The files to open first, each with what it is good for."""
    known = dict(_FOLDER)
    for window in table.windows:
        draft, compilation = window.draft, f"compilation-{window.window}/compilation"
        known |= {
            f"{draft}/report.html": f"the draft that the meeting discusses ({draft})",
            f"{draft}/report.docx": "the same for Word",
            f"{draft}/report.pdf": "the same to print",
            f"{draft}/redline.html": f"what changed from the draft before it to {draft}",
            f"{draft}/redline.docx": "the same as tracked changes in Word",
            f"{compilation}.html": f"everything received for {window.window}, clause by clause",
            f"{compilation}.xlsx": "the same as a workbook",
            f"{compilation}.docx": "the same for Word",
        }
    there = set(files)
    return [(name, what) for name, what in known.items() if name in there]


def _meeting(timetable: Timetable, given: str) -> Event:
    """The meeting of that id.

    Raises:
        Refused: there is none (exit USAGE).
    """
    kinds = (EventKind.MEETING, EventKind.FORUM)
    known = [event for event in timetable.events if event.kind in kinds]
    for event in known:
        if event.id.casefold() == given.casefold():
            return event
    raise refuse(
        "meeting-unknown",
        f"The timetable has no meeting `{given}`.",
        fix=f"Its meetings are: {', '.join(event.id for event in known) or 'none'}.",
        exit_code=Exit.USAGE,
    )
