"""The contract of the redline, in each format: without deletions it is the new text, without insertions the old one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import LITERAL, Clause, Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Redline, compare, mirror, new_side, old_side
from accord.render.redline_html import render_html
from accord.render.redline_json import render_json
from accord.render.redline_markdown import render_markdown
from accord.render.redline_text import render_text
from tests.domain.text.drafts import pairs, rubble
from tests.render.redline_readers import (
    expected,
    read_columns,
    read_html,
    read_json,
    read_markdown,
    read_text,
)

PAIRS = Path(__file__).parents[2].parent / "shared" / "data" / "redline"
FORMATS = ["model", "text", "json", "html", "columns", "markdown"]


def assert_contract(redline: Redline, old: Document, new: Document, form: str) -> None:
    for side, document in (("old", old), ("new", new)):
        match form:
            case "model":
                assert (old_side if side == "old" else new_side)(redline) == document.clauses
            case "text":
                read = read_text(render_text(redline), side)
                assert read == canonical(document)
                assert parse_document(document.path, read).clauses == document.clauses
            case "json":
                assert read_json(render_json(redline), side) == [
                    (expected(clause, literal=True).facts, clause.text) for clause in document.clauses
                ]
            case "html":
                assert read_html(render_html(redline), side) == wanted(document.clauses)
            case "columns":
                assert read_columns(render_html(redline), side) == wanted(document.clauses)
            case _:
                assert read_markdown(render_markdown(redline), side) == wanted(document.clauses)


def wanted(clauses: tuple[Clause, ...]) -> list[object]:
    return [expected(clause, literal=clause.kind in LITERAL) for clause in clauses]


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=120, deadline=None)
@given(pair=pairs())
def test_structured_drafts_read_back_exactly(form: str, pair: tuple[str, str]) -> None:
    old, new = (parse_document("opinions/x.md", text) for text in pair)
    assert_contract(compare([old], [new]), old, new, form)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=80, deadline=None)
@given(first=rubble, second=rubble, cut=st.integers(0, 200))
def test_any_texts_read_back_exactly(form: str, first: str, second: str, cut: int) -> None:
    old = parse_document("x.md", first)
    new = parse_document("x.md", first[:cut] + second + first[cut + 5 :])
    assert_contract(compare([old], [new]), old, new, form)


PUNISHING = [
    ("", "**_a_b* a* "),
    ("a **aa* .* ", "**a **aa* .* "),
    ("the the the [\\- the the ~]\n", "the the the the the the ~]\n"),
    ("- the x\\\n  y the\n", "- <script>alert(1)</script> x\\\n  y the\n"),
    ("| a | b |\n|---|---|\n| `x \\| y` | \\| |\n", "| a |\n|---|\n| `x \\| z` |\n"),
    ("[-]{+}[~>~]", "{+[-]+}[\\-]"),
    ("```\n[-x-]\n{x1b}\x1b\n```", "```\n[-y-]\n{x1b}\n```"),
    ("", "~~~~\u00a0~~`\nx\n"),
    ("[^1]\n\n[^1]: *a*\n\n    b\n", "[^1]\n\n[^1]: **a**\n\n> b\n"),
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("pair", PUNISHING)
def test_texts_that_look_like_marks_read_back_exactly(pair: tuple[str, str], form: str) -> None:
    old, new = (parse_document("x.md", text) for text in pair)
    assert_contract(compare([old], [new]), old, new, form)
    assert_contract(compare([new], [old]), new, old, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["eip1", "rfc3392"])
def test_real_pairs_read_back_exactly(name: str, form: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    old, new = (
        parse_document("text.md", (PAIRS / f"{name}-{state}.md").read_text(encoding="utf-8"))
        for state in ("old", "new")
    )
    assert_contract(compare([old], [new]), old, new, form)
    assert_contract(compare([new], [old]), new, old, form)


@settings(max_examples=150, deadline=None)
@given(pair=pairs())
def test_swapping_the_texts_mirrors_the_redline(pair: tuple[str, str]) -> None:
    old, new = (parse_document("opinions/x.md", text) for text in pair)
    redline = compare([old], [new])
    assert compare([new], [old]) == mirror(redline)
    assert mirror(mirror(redline)) == redline


@settings(max_examples=80, deadline=None)
@given(pair=pairs())
def test_a_text_has_no_changes_against_itself(pair: tuple[str, str]) -> None:
    document = parse_document("opinions/x.md", pair[0])
    assert compare([document], [parse_document("opinions/x.md", pair[0])]).changes == ()


@settings(max_examples=150, deadline=None)
@given(pair=pairs())
def test_no_change_is_shown_exactly_when_the_clauses_are_equal(pair: tuple[str, str]) -> None:
    old, new = (parse_document("opinions/x.md", text) for text in pair)
    assert (not compare([old], [new]).changes) == (old.clauses == new.clauses)


@pytest.mark.parametrize("name", ["eip1", "rfc3392"])
def test_a_rewrapped_real_text_has_no_changes(name: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    text = (PAIRS / f"{name}-old.md").read_text(encoding="utf-8")
    old = parse_document("text.md", text)
    lines = canonical(old).split("\n")
    chance = random.Random(7)
    wrapped = [
        line.replace(" and ", chance.choice([" and\n" + " " * (len(line) - len(line.lstrip())), "  and "]))
        if line[:1].isupper()
        else line
        for line in lines
    ]
    new = parse_document("text.md", "\n".join(wrapped))
    assert "\n".join(wrapped) != text
    assert compare([old], [new]).changes == ()
