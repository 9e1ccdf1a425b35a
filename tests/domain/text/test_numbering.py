"""Printed numbers and letters, row by row."""

from __future__ import annotations

import pytest

from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import is_operative, letter, number, roman

OPINION = """---
id: gaps
---

The Forum,

*considering*

1. that a
1. that b
   1. deep
   1. deeper
      - bullet

*noting*

that it stands alone,

*is of the view*

1. that one item has no number

*invites Member States*

1. to do
   1. this
   2. that
2. to be
"""


def labels(path: str, *texts: str) -> list[tuple[str, str]]:
    documents = number([parse_document(f"{path}{index}.md", text) for index, text in enumerate(texts)])
    return [(clause.label, clause.text) for document in documents for clause in document.clauses]


def test_an_opinion_letters_its_preamble_and_numbers_its_operative_part() -> None:
    assert labels("opinions/", OPINION) == [
        ("", "id: gaps"),
        ("", "The Forum,"),
        ("considering", "*considering*"),
        ("considering a)", "that a"),
        ("considering b)", "that b"),
        ("considering b) i)", "deep"),
        ("considering b) ii)", "deeper"),
        ("considering b) ii)(1)", "bullet"),
        ("noting", "*noting*"),
        ("noting", "that it stands alone,"),
        ("is of the view", "*is of the view*"),
        ("is of the view", "that one item has no number"),
        ("invites Member States", "*invites Member States*"),
        ("invites Member States 1", "to do"),
        ("invites Member States 1 a)", "this"),
        ("invites Member States 1 b)", "that"),
        ("invites Member States 2", "to be"),
    ]


def test_sections_and_tables_count_over_the_files_of_the_report() -> None:
    one = "# Intro\n\nFirst:\n\n- x\n- y\n  1. z\n\nSecond\n\n1. o\n\nTable: t\n\n| h |\n|---|\n| r |\n"
    two = "# Only\n\nAlone[^1]\n\n[^1]: said\n"
    three = "# More\n\nA\n\n## Sub\n\nB\n\n| h |\n|---|\n| r |\n| s |\n"
    assert labels("report/", one, two, three) == [
        ("1", "Intro"),
        ("1.1", "First:"),
        ("1.1(1)", "x"),
        ("1.1(2)", "y"),
        ("1.1(2) a)", "z"),
        ("1.2", "Second"),
        ("1.2 a)", "o"),
        ("Table 1", "Table: t"),
        ("Table 1, head", "| h |"),
        ("Table 1, row 1", "| r |"),
        ("2", "Only"),
        ("2", "Alone[^1]"),
        ("note 1", "said"),
        ("3", "More"),
        ("3.1", "A"),
        ("", "Sub"),
        ("3.2", "B"),
        ("Table 2, head", "| h |"),
        ("Table 2, row 1", "| r |"),
        ("Table 2, row 2", "| s |"),
    ]


@pytest.mark.parametrize(
    ("keyword", "operative"),
    [
        ("considering", False),
        ("conscious", False),
        ("aware", False),
        ("bearing in mind", False),
        ("is of the view", True),
        ("invites Member States", True),
        ("calls upon", True),
    ],
)
def test_operative_keywords_are_verbs_in_the_present(keyword: str, operative: bool) -> None:
    assert is_operative(keyword) is operative


def test_letters_and_romans() -> None:
    assert [letter(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "ba"]
    assert [roman(n) for n in (1, 4, 9, 14)] == ["i", "iv", "ix", "xiv"]


def test_a_label_takes_no_part_in_equality() -> None:
    [plain] = parse_document("report/1.md", "# A").clauses
    [document] = number([parse_document("report/1.md", "# A")])
    assert document.clauses == (plain,)
    assert document.clauses[0].label == "1"
