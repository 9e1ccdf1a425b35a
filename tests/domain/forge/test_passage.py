"""Which passage a form names: by printed number, by words, or a finding that says what to write instead."""

from __future__ import annotations

import pytest

from accord.domain.findings import Finding
from accord.domain.forge.passage import locate
from accord.domain.text.clauses import Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number

REPORT = {
    "report/01-one.md": """\
# First section

Lighthouses stand in *every* coastal village[^1].

Many of them have had power
and a connection since they were automated.

- skills, and who teaches them
- harbours

[^1]: As of the year of the storm.
""",
    "report/02-two.md": """\
# Second section

The only paragraph, with “typographic quotation marks”.

| When | What |
| --- | --- |
| Monday | The first draft goes online. |
| Tuesday | Comments close. |
""",
    "opinions/access.md": """\
---
id: access
title: Access in the evening
---

The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that lighthouses have power;
2. that schools close in the afternoon;

*invites Member States*

1. to open schools:
   1. in the evening;
   2. in the morning;
2. to share what they learn from it.
""",
    "opinions/ships.md": """\
---
id: ships
title: Ships
---

The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that ships sail at night;
2. that lighthouses have power;
""",
}
DOCUMENTS = number([parse_document(path, text) for path, text in REPORT.items()])


def named(given: str) -> tuple[str, str] | str:
    """File and label of what is named, with its first words where it has no label; or the rule of the finding."""
    found = locate(given, DOCUMENTS)
    if isinstance(found, Finding):
        return found.rule
    return found.path.partition("/")[2].removesuffix(".md"), found.clause.label or found.clause.text[:20]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1.1", ("01-one", "1.1")),
        ("1.2.", ("01-one", "1.2")),
        ("  paragraph 1.2 ", ("01-one", "1.2")),
        ("Para. 1.2", ("01-one", "1.2")),
        ("§ 1.2", ("01-one", "1.2")),
        ("no. 1.2", ("01-one", "1.2")),
        ("“1.2”", ("01-one", "1.2")),
        ("1.2(1)", ("01-one", "1.2(1)")),
        ("note 1", ("01-one", "note 1")),
        ("Table 1, row 2", ("02-two", "Table 1, row 2")),
        ("2", ("02-two", "2")),
        ("invites Member States 1", ("access", "invites Member States 1")),
        ("*invites Member States* 2", ("access", "invites Member States 2")),
        ("invites member states 1 a)", ("access", "invites Member States 1 a)")),
        ("invites Member States 1(a)", ("access", "invites Member States 1 a)")),
        ("access: considering b)", ("access", "considering b)")),
        ("ships: considering (b)", ("ships", "considering b)")),
        ("Ships, considering b", ("ships", "considering b)")),
        ("Opinion access: considering a)", ("access", "considering a)")),
        ("“Access in the evening”: considering a)", ("access", "considering a)")),
        ("considering b)", "form-passage-several"),
        ("ships: invites Member States 1", "form-passage-unknown"),
        ("1.7", "form-passage-unknown"),
        ("c)", "form-passage-unknown"),
        ("", "form-passage-unknown"),
        ("§", "form-passage-unknown"),
        ("the", "form-passage-unknown"),
    ],
)
def test_by_printed_number(given: str, expected: object) -> None:
    """However it is spelt; with the Opinion where several have it."""
    assert named(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Lighthouses stand in every coastal village", ("01-one", "1.1")),
        ("lighthouses  stand in *every* coastal", ("01-one", "1.1")),
        ("“Lighthouses stand in every coastal village.”", ("01-one", "1.1")),
        ("stand in every coastal village[^1].", ("01-one", "1.1")),
        ("have had power\nand a connection since", ("01-one", "1.2")),
        ("1.2 Many of them have had power", ("01-one", "1.2")),
        ("Many of them … since they were automated", ("01-one", "1.2")),
        ("Many of them [...] automated", ("01-one", "1.2")),
        ("since they were automated ... Many of them", "form-passage-unknown"),
        ('with "typographic quotation marks"', ("02-two", "2")),
        ("| Monday | The first draft goes online. |", ("02-two", "Table 1, row 1")),
        ("Monday The first draft", ("02-two", "Table 1, row 1")),
        ("Second section", ("02-two", "2")),
        ("# Second section", ("02-two", "2")),
        ("b) that schools close in the afternoon;", ("access", "considering b)")),
        ("- harbours", ("01-one", "1.2(2)")),
        ("harbours", ("01-one", "1.2(2)")),
        ("that lighthouses have power", "form-passage-several"),
        ("that lighthouses have power; that schools close in the afternoon;", "form-passage-long"),
        ("that ships sail at night; and much more that stands nowhere", ("ships", "considering a)")),
        ("that whales sleep", "form-passage-unknown"),
        ("Access in the evening", "form-passage-unknown"),
    ],
)
def test_by_words(given: str, expected: object) -> None:
    """Pasted from the page or from the file, with or without its number; never a guess between two."""
    assert named(given) == expected


@pytest.mark.parametrize(
    ("given", "hints"),
    [
        ("considering b)", ("`access: considering b)`", "`ships: considering b)`")),
        ("that lighthouses have power", ("`access: considering a)`", "`ships: considering b)`")),
        ("that school close in the afternoons", ("considering b)", "that schools close")),
        ("2.1", ("`1.1`",)),
        ("acess: considering b)", ("`access: considering b)`",)),
        ("Many of them have had power since they became automated", ("`1.2`",)),
    ],
)
def test_a_finding_lists_what_may_be_meant(given: str, hints: tuple[str, ...]) -> None:
    """So that the next try succeeds."""
    found = locate(given, DOCUMENTS)
    assert isinstance(found, Finding)
    assert found.place is not None
    assert found.place.path == "Passage"
    for hint in hints:
        assert hint in found.fix, found.fix


def test_every_passage_can_be_named_by_its_words_or_is_one_of_several() -> None:
    """The whole text of a clause always leads to it, unless another one reads the same."""
    count = 0
    for document in DOCUMENTS:
        for index, clause in enumerate(document.clauses):
            if clause.kind in {Kind.FRONT, Kind.RULE} or len(clause.text) <= 12:
                continue
            count += 1
            found = locate(clause.text, DOCUMENTS)
            if isinstance(found, Finding):
                words = clause.text.strip(";.")
                same = [one for other in DOCUMENTS for one in other.clauses if one.text.strip(";.") == words]
                assert found.rule == "form-passage-several"
                assert len(same) > 1
            else:
                assert (found.path, found.index) == (document.path, index)
    assert count > 15
