"""The Report is numbered as the official outline is: 1, 1.1 ... 1.5, 2, 2.1 ... 2.3, Table 1, 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.adapters.schemas import check_document
from accord.adapters.yaml import parse_yaml
from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number

ROOT = Path(__file__).resolve().parents[2]


def clauses() -> list[Clause]:
    """Every clause of the Report in order, with its printed number."""
    paths = sorted((ROOT / "report").glob("*.md"))
    documents = [parse_document(f"report/{path.name}", path.read_text("utf-8")) for path in paths]
    return [clause for document in number(documents) for clause in document.clauses]


def labels(*kinds: Kind) -> list[str]:
    return [clause.label for clause in clauses() if clause.kind in kinds]


def test_sections_and_paragraphs_have_the_numbers_of_the_outline() -> None:
    """The last section has one paragraph, which is printed with the number of the section."""
    assert labels(Kind.HEADING) == ["1", "2", "3"]
    assert labels(Kind.PARAGRAPH) == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "3"]


def test_the_five_themes_are_a_list_under_1_3() -> None:
    """R1: exactly five, and they belong to the paragraph that names the theme."""
    assert labels(Kind.ITEM) == [f"1.3({n})" for n in range(1, 6)]


def test_the_timetable_is_table_1() -> None:
    """One table, with a caption of its own and numbered rows."""
    assert labels(Kind.CAPTION) == ["Table 1"]
    assert labels(Kind.ROW) == [f"Table 1, row {n}" for n in range(1, 15)]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("1.1", "Kyoto, 1994"),
        ("1.2", "shared vision"),
        ("1.3", "theme of WTPF-26"),
        ("1.4", "consensus"),
        ("1.5", "https://www.itu.int"),
        ("2.1", "proposals of Member States"),
        ("2.2", "CL-24/44"),
        ("2.3", "Annex 2"),
        ("3", "Annex of the Report"),
    ],
)
def test_each_paragraph_says_what_the_outline_says_under_that_number(label: str, words: str) -> None:
    """A citation of the official paragraph leads to ours."""
    (text,) = [c.text for c in clauses() if c.label == label and c.kind is Kind.PARAGRAPH]
    assert words in text


def test_the_cover_keeps_to_its_schema() -> None:
    """The front matter is what schemas/cover.schema.json allows."""
    front = parse_document("report/00-cover.md", (ROOT / "report/00-cover.md").read_text("utf-8")).front
    assert front is not None
    assert check_document(parse_yaml(front, "report/00-cover.md"), "cover").findings == ()
