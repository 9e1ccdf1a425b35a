"""The redline as a Word document: all changes accepted give the new text exactly, all rejected the old one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import Redline, compare
from accord.render.authorship import Author, Authorship
from accord.render.docx.redline import redline_docx
from tests.domain.text.drafts import pairs, rubble
from tests.render.docx.expected import expected_views, read_views
from tests.render.docx.word import Word
from tests.render.test_redline_contract import PUNISHING

PAIRS = Path(__file__).parents[3].parent / "shared" / "data" / "redline"
MOMENT = datetime(2026, 9, 1, 12, tzinfo=UTC)
ARCADIA = Authorship(default=Author(name="Arcadia", at=MOMENT, contribution=12))


def drawn(redline: Redline) -> Word:
    return Word(redline_docx(redline, title="Changes", authorship=ARCADIA, moment=MOMENT))


def assert_contract(old: Sequence[Document], new: Sequence[Document]) -> None:
    redline = compare(old, new)
    for side, text in (("new", new), ("old", old)):
        resolved = drawn(redline).resolve(side).text_blocks()
        assert resolved == drawn(compare(text, text)).text_blocks(), side
        clauses = [clause for document in number(text) for clause in document.clauses]
        assert read_views(resolved) == expected_views(clauses), side


@settings(max_examples=100, deadline=None)
@given(pair=pairs())
def test_structured_drafts_come_out_exactly(pair: tuple[str, str]) -> None:
    old, new = ([parse_document("opinions/x.md", text)] for text in pair)
    assert_contract(old, new)


@settings(max_examples=70, deadline=None)
@given(pair=pairs())
def test_structured_sections_come_out_exactly(pair: tuple[str, str]) -> None:
    old, new = ([parse_document("report/01-x.md", text)] for text in pair)
    assert_contract(old, new)


@settings(max_examples=70, deadline=None)
@given(first=rubble, second=rubble, cut=st.integers(0, 200))
def test_any_texts_come_out_exactly(first: str, second: str, cut: int) -> None:
    old = parse_document("x.md", first)
    new = parse_document("x.md", first[:cut] + second + first[cut + 5 :])
    assert_contract([old], [new])


@pytest.mark.parametrize("pair", PUNISHING)
def test_texts_that_look_like_marks_come_out_exactly(pair: tuple[str, str]) -> None:
    old, new = (parse_document("x.md", text) for text in pair)
    assert_contract([old], [new])
    assert_contract([new], [old])


@pytest.mark.parametrize("name", ["eip1", "rfc3392"])
def test_real_pairs_come_out_exactly(name: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    old, new = (
        [parse_document("text.md", (PAIRS / f"{name}-{state}.md").read_text(encoding="utf-8"))]
        for state in ("old", "new")
    )
    assert_contract(old, new)
    assert_contract(new, old)
