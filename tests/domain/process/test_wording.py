"""Wording and structure of Opinions (R4, R5, A10): warnings with line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.domain.findings import Severity
from accord.domain.process.structure import check_structure
from accord.domain.process.wording import PRESCRIPTIVE, check_wording, keywords
from tests.domain.process.worlds import ROOT

OPINION = """---
id: lighthouses
title: What Member States must do
---

The Forum of Arcadia (Port Example, 2026),

*considering*

that networks must be resilient and shall last,

*is of the view*

1. that operators {word} plan ahead;
2. that the rule "operators shall plan" is old, as `must` is;

> a quotation: everybody must read it

*invites {whom}*

to consider it.
"""


def findings(word: str = "can", whom: str = "Member States") -> list[tuple[str, int | None, int | None]]:
    """Rule, line and column of each warning."""
    text = OPINION.format(word=word, whom=whom)
    found = list(check_wording(text, "opinions/lighthouses.md"))
    assert all(one.severity is Severity.WARNING and one.fix for one in found)
    return [(one.rule, one.place.line, one.place.column) for one in found if one.place]


@pytest.mark.parametrize("word", [*PRESCRIPTIVE, "Shall", "MUST"])
def test_a_prescriptive_word_in_the_operative_part_warns(word: str) -> None:
    """R4: each of the eight, in whatever capitals, with its place."""
    assert findings(word) == [("wording-prescriptive", 14, 19)]


@pytest.mark.parametrize("word", ["can", "should", "mustard", "marshall", "decided", "prohibition"])
def test_other_words_do_not(word: str) -> None:
    """The title, the preamble, quotations and code are not the operative part; parts of words are no words."""
    assert findings(word) == []


@pytest.mark.parametrize(
    ("whom", "columns"),
    [
        ("Member States", []),
        ("Sector Members and Member States", []),
        ("the relevant ITU meetings", []),
        ("all stakeholders", [10]),
        ("Member States, the Secretary-General, and Academia", [29, 52]),
    ],
)
def test_other_addressees_warn(whom: str, columns: list[int]) -> None:
    """R5: precedents invite others as well, so this is a warning for the chair."""
    assert findings(whom=whom) == [("wording-addressee", 19, column) for column in columns]


def test_a_keyword_that_prescribes_warns_itself() -> None:
    """R4: *resolves* and *instructs* are keywords of resolutions."""
    text = "*resolves*\n\nto go;\n\n*instructs the Secretary-General*\n\nto help.\n"
    assert [one.rule for one in check_wording(text, "x")] == [
        "wording-prescriptive",
        "wording-addressee",
        "wording-prescriptive",
    ]


def test_a_keyword_in_code_is_none() -> None:
    """What stands in a fenced block is shown, not said."""
    assert list(keywords("```\n*resolves*\n```\n\n*noting*\n")) == [(5, "noting")]


@pytest.mark.parametrize(
    ("text", "stage", "rules"),
    [
        ("Why.\n\n- one point\n", "outline", []),
        ("Why.\n", "outline", ["structure-points"]),
        ("*noting*\n\na;\n\n*is of the view*\n\nb.\n", "text", []),
        ("*noting*\n\na.\n", "text", ["structure-operative"]),
        ("*is of the view*\n\na.\n", "text", ["structure-preamble"]),
        ("Words.\n", "text", ["structure-preamble", "structure-operative"]),
    ],
)
def test_the_structure_of_each_stage(text: str, stage: str, rules: list[str]) -> None:
    """A10: an outline has points, a text has a preamble and an operative part."""
    assert [one.rule for one in check_structure(text, "x", stage=stage)] == rules


def test_the_template_teaches_what_passes() -> None:
    """opinions/_template.md has both parts, no warning, and says that it is a template."""
    text = (ROOT / "opinions" / "_template.md").read_text("utf-8")
    assert list(check_wording(text, "x")) == []
    assert list(check_structure(text, "x", stage="text")) == []
    assert [words for _, words in keywords(text)][:2] == ["recalling", "considering"]
    assert Path("opinions/_template.md").name.startswith("_")
