"""The symbol of a proposal and the type of a comment: a table of decisions."""

from __future__ import annotations

import pytest

from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import Row, compare
from accord.render.compilation.model import CommentType
from accord.render.compilation.symbols import comment_type, statement_symbol, symbol
from tests.render.compilation.sample import row

TE, ED, GE = CommentType.TECHNICAL, CommentType.EDITORIAL, CommentType.GENERAL

CHANGES = [
    ("a word", "Lamps are lit at night.", "Lamps are lit by night.", "MOD", TE),
    ("a capital", "Member states share.", "Member States share.", "MOD", TE),
    ("a comma", "Lamps, radios and tools", "Lamps, radios, and tools", "(MOD)", ED),
    ("other quotation marks", 'a "lamp" is', "a “lamp” is", "(MOD)", ED),
    ("a hyphen between the same words", "a non binding text", "a non-binding text", "(MOD)", ED),
    ("a hyphen that parts one word", "they reform it", "they re-form it", "MOD", TE),
    ("emphasis", "Lamps are *lit* here", "Lamps are lit here", "(MOD)", ED),
    ("the target of a link", "see [it](https://a.example)", "see [it](https://b.example)", "MOD", TE),
    ("a number", "in 12 days", "in 13 days", "MOD", TE),
    ("a point in a number", "a share of 1.5", "a share of 15", "MOD", TE),
    ("a point that becomes a comma in a number", "a share of 1.5 parts", "a share of 1,5 parts", "MOD", TE),
    ("a sign before a number", "at 5 degrees", "at -5 degrees", "MOD", TE),
    ("brackets of what is not agreed", "lamps are lit", "lamps are [lit]", "MOD", TE),
    ("a per cent sign", "5 of them", "5% of them", "MOD", TE),
    ("a slash", "radio and/or lamp", "radio and or lamp", "MOD", TE),
]


@pytest.mark.parametrize(
    ("old", "new", "wanted", "kind"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_a_change_of_words_is_told_from_one_of_form(
    old: str, new: str, wanted: str, kind: CommentType
) -> None:
    """Only what touches no word, number or meaning sign is editorial; both ways."""
    for one in (row(old, new), row(new, old)):
        assert symbol(one) == wanted
        assert comment_type([one], general=False) is kind


def rows(old: str, new: str) -> list[Row]:
    """What changes between two files."""
    before, after = ([parse_document("report/01.md", text)] for text in (old, new))
    return [one for one in compare(number(before), number(after)).rows if one.changed]


def test_additions_deletions_and_moves() -> None:
    """ADD and SUP of whole clauses; a moved one is SUP* where it was and ADD* where it is."""
    one, two, three = (f"Paragraph {word} stands here by itself.\n\n" for word in ("one", "two", "three"))
    head = "# Head\n\n"

    assert [symbol(r) for r in rows(head + one, head + one + two)] == ["ADD"]
    assert [symbol(r) for r in rows(head + one + two, head + one)] == ["SUP"]
    moved = rows(head + one + two + three, head + two + three + one)
    assert sorted(symbol(r) for r in moved) == ["ADD*", "SUP*"]
    assert comment_type(moved, general=False) is TE


def test_a_word_that_crosses_the_border_of_a_cell_is_a_change() -> None:
    """Table rows are compared with their borders."""
    table = "# Head\n\n| a | b |\n| --- | --- |\n| {} | {} |\n"

    (changed,) = rows(table.format("one two", "three"), table.format("one", "two three"))

    assert symbol(changed) == "MOD"


def test_what_is_about_a_whole_is_general() -> None:
    """Whatever else it is; and a comment on a clause is technical."""
    assert comment_type([], general=True) is GE
    assert comment_type([], general=False) is TE


STATEMENTS = [
    ("The Second Draft is supported as it stands", "It is clear.", "NOC"),
    ("On 2.1", "We support the text as drafted.", "NOC"),
    ("On 2.1", "Example University agrees with the paragraph as it is.", "NOC"),
    ("No change to 2.1", "It was hard to find.", "NOC"),
    ("On 2.1", "We cannot support the text as drafted.", "OTHER"),
    ("We support it as it stands", "But 2.2 must go.", "OTHER"),
    ("We support it as it stands", "Unless 2.2 stays.", "OTHER"),
    ("Lessons are in the morning", "Pupils sleep at night.", "OTHER"),
    ("Support for lamps", "Lamps as such are dear.", "OTHER"),
    ("", "", "OTHER"),
]


@pytest.mark.parametrize(("title", "reasons", "wanted"), STATEMENTS)
def test_only_plain_support_as_it_stands_is_no_change(title: str, reasons: str, wanted: str) -> None:
    """Anything with a condition or a denial in it is a comment that people read."""
    assert statement_symbol(title, reasons) == wanted
