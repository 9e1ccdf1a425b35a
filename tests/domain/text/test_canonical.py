"""Canonical Markdown: the same clauses when read again, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from accord.domain.findings import Refused
from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import digest
from accord.domain.text.markdown import parse_document
from tests.domain.text.drafts import Block, blocks, rubble, written

PAIRS = Path(__file__).parents[3].parent / "shared" / "data" / "redline"


def assert_survives(text: str, path: str = "opinions/x.md") -> None:
    document = parse_document(path, text)
    spelt = canonical(document)
    again = parse_document(path, spelt)
    assert again.clauses == document.clauses
    assert canonical(again) == spelt


@settings(max_examples=250, deadline=None)
@given(rubble)
def test_any_text_keeps_its_clauses(text: str) -> None:
    assert_survives(text)


@settings(max_examples=100, deadline=None)
@given(rubble)
def test_front_matter_keeps_its_clauses(text: str) -> None:
    assert_survives("---\nid: x\n" + text)


@settings(max_examples=200, deadline=None)
@given(blocks)
def test_structured_text_keeps_its_clauses(made: list[Block]) -> None:
    assert_survives(written(made))


@pytest.mark.parametrize("name", ["eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new"])
def test_real_texts_keep_their_clauses(name: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    assert_survives((PAIRS / f"{name}.md").read_text(encoding="utf-8"), "text.md")


SAME = [
    ("_a_ and __b__", "*a* and **b**"),
    ("one\ntwo   three", "one two three"),
    ("# Title #", "Title\n====="),
    ("* a\n* b", "- a\n\n- b"),
    ("~~~\ncode\n~~~", "```\ncode\n```"),
    ("[a]\n\n[a]: http://x.example 't'", '[a](http://x.example "t")'),
    ("a&amp;b &copy; 5 \\> 3", "a&b © 5 > 3"),
    ("line  \nbreak", "line\\\nbreak"),
    ("|a|b|\n|-|-|\n|1|2|", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ("\u201cquoted\u201d, isn\u2019t it", '"quoted", isn\'t it'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_and_wrapping_do_not_count(one: str, other: str) -> None:
    digests = [[digest(clause) for clause in parse_document("x.md", text).clauses] for text in (one, other)]
    assert digests[0] == digests[1]


DIFFERENT = [
    ("[a](x)", "[a](y)"),
    ("a[^1]\n\n[^1]: n", "a\n\n[^1]: n"),
    ("~~a~~", "a"),
    ("*a*", "**a**"),
    ("agreed", "agreed."),
    ("`a`", "a"),
    ("a paragraph", "- a paragraph"),
    ("```\na\n  b\n```", "```\na\nb\n```"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_targets_notes_and_emphasis_count(one: str, other: str) -> None:
    first, second = (digest(parse_document("x.md", text).clauses[0]) for text in (one, other))
    assert first != second


def test_a_digest_names_its_algorithm() -> None:
    [clause] = parse_document("x.md", "The Union agrees.").clauses
    assert digest(clause) == "1:682d69234135095d82c09860576814d6"
    assert len(digest(clause)) == 34


def test_heading_level_is_structure_and_not_in_the_digest() -> None:
    first, second = (parse_document("x.md", text).clauses[0] for text in ("# A", "### A"))
    assert digest(first) == digest(second)
    assert first != second


def test_nesting_that_no_reader_could_follow_is_refused() -> None:
    with pytest.raises(Refused, match="deeper than they can be shown"):
        parse_document("x.md", "> " * 150 + "hidden")


def test_lines_point_at_the_source() -> None:
    text = "---\nid: x\n---\n\n# A\n\npara one\nstill one\n\n- item\n  goes on\n\n| a |\n|---|\n| b |\n"
    lines = text.split("\n")
    found = {clause.text: lines[slice(*clause.lines)] for clause in parse_document("x.md", text).clauses}
    assert found == {
        "id: x": ["id: x"],
        "A": ["# A"],
        "para one still one": ["para one", "still one"],
        "item goes on": ["- item", "  goes on"],
        "| a |": ["| a |"],
        "| b |": ["| b |"],
    }


def test_an_empty_document_stays_empty() -> None:
    assert canonical(parse_document("x.md", "")) == ""
    assert parse_document("x.md", " \n\n").clauses == ()
