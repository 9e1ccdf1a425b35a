"""Table 1 of the Report, written from the timetable."""

from __future__ import annotations

from accord.domain.process.timetable import Timetable, table_rows

CAPTION = "Timetable for the preparation of the Report by the Secretary-General"


def render_table(timetable: Timetable) -> str:
    """The caption and the table in Markdown, ending with a newline; one row an event, in the timetable's own words."""
    rows = [("Date or meeting", "What happens"), ("---", "---"), *table_rows(timetable)]
    lines = [f"| {_cell(when)} | {_cell(what)} |" for when, what in rows]
    return f"Table: {timetable.title or CAPTION}\n\n" + "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
