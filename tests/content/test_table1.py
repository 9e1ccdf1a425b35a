"""Table 1 of the Report says what process/timetable.yaml says."""

from __future__ import annotations

from pathlib import Path

from accord.adapters.schemas import check_document
from accord.adapters.yaml import parse_yaml
from accord.application.loading import load_timetable
from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.markdown import parse_document
from accord.render.timetable_table import render_table

ROOT = Path(__file__).resolve().parents[2]
TIMETABLE = "process/timetable.yaml"
SECTION = "report/02-preparatory-process.md"


def expected() -> str:
    """The table that the timetable asks for."""
    document = parse_yaml((ROOT / TIMETABLE).read_bytes(), TIMETABLE)
    checked = check_document(document, "timetable")
    assert checked.value is not None, checked.findings
    loaded = load_timetable(checked.value, document.place)
    assert loaded.value is not None, loaded.findings
    return render_table(loaded.value)


def table_in(text: str) -> list[Clause]:
    """Caption, head and rows of the tables of a text, without the labels of their places."""
    wanted = (Kind.CAPTION, Kind.HEADER, Kind.ROW)
    return [clause for clause in parse_document(SECTION, text).clauses if clause.kind in wanted]


def same(text: str, table: str) -> bool:
    """Whether a text holds this table and no other, whatever its spacing."""
    held = [(clause.kind, clause.text) for clause in table_in(text)]
    return held == [(clause.kind, clause.text) for clause in table_in(table)]


def test_table_1_follows_the_timetable() -> None:
    """When this fails, put the table printed below into the section in place of the present one."""
    table = expected()
    assert same((ROOT / SECTION).read_text("utf-8"), table), f"{SECTION} should hold\n\n{table}"


def test_a_table_that_differs_by_one_day_is_found() -> None:
    """The comparison can fail: for a changed day, a missing row and a changed caption."""
    table = expected()
    assert same(f"# A section\n\nText.\n\n{table}\nMore text.\n", table)
    assert "20 December 2024" in table
    lines = table.splitlines(keepends=True)
    for other in (
        table.replace("20 December 2024", "21 December 2024"),
        "".join(lines[:-1]),
        table.replace("Table: Timetable", "Table: A timetable"),
    ):
        assert not same(f"# A section\n\nText.\n\n{other}\nMore text.\n", table)


def test_table_1_has_a_row_for_every_date_of_the_process() -> None:
    """Fourteen rows: five postings, four deadlines, four meetings, and the Forum."""
    rows = [clause for clause in table_in(expected()) if clause.kind is Kind.ROW]
    assert len(rows) == 14
