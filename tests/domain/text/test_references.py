"""A reference to a clause is checked, because numbers and letters are computed."""

from __future__ import annotations

import pytest

from accord.domain.text.markdown import parse_document
from accord.domain.text.references import check_references

REPORT = """# The forum

First.

Second: {said}

Table: Dates

| When | What |
| --- | --- |
| now | this |
"""
OPINION = """Enacting line,

*considering*

1. that one;
2. that two, {said}

*considering also*

1. that three;
2. that four,

*invites Member States*

1. to act;
2. to report.
"""
ROWS = [
    ("report/01-forum.md", REPORT, "see paragraph 1.1", []),
    ("report/01-forum.md", REPORT, "see paragraph 1.7", ["1.7"]),
    ("report/01-forum.md", REPORT, "see section 1 and Table 1", []),
    ("report/01-forum.md", REPORT, "see section 4 and Table 2", ["4", "Table 2"]),
    ("report/01-forum.md", REPORT, "see paragraph 9 of Decision 641 (C24)", []),
    ("report/01-forum.md", REPORT, "in 1.7 of all cases", []),
    ("opinions/skills.md", OPINION, "as in *considering* a)", []),
    ("opinions/skills.md", OPINION, "as in considering d)", ["considering d)"]),
    ("opinions/skills.md", OPINION, "as in considering also b)", []),
    ("opinions/skills.md", OPINION, "as in considering also c)", ["considering also c)"]),
    ("opinions/skills.md", OPINION, "see invites Member States 2", []),
    ("opinions/skills.md", OPINION, "see invites Member States 3", ["invites Member States 3"]),
    ("opinions/skills.md", OPINION, "considering 2 of Resolution 71 (Rev. Port Arcadia, 2010)", []),
]


@pytest.mark.parametrize(("path", "text", "said", "unknown"), ROWS, ids=[row[2] for row in ROWS])
def test_which_references_point_at_nothing(path: str, text: str, said: str, unknown: list[str]) -> None:
    """Each is named with its line."""
    found = check_references([parse_document(path, text.format(said=said))])
    assert [finding.message.rpartition("no clause is ")[2].rstrip(".") for finding in found] == unknown
    assert all(finding.place is not None and finding.place.line in (5, 6) for finding in found)
