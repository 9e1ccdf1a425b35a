"""Whatever a text holds, the lint comes to an end, and its places are inside the text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.lint.check import english
from accord.domain.lint.flaw import Flaw
from accord.domain.lint.opinion import read_opinion
from tests.domain.lint.opinions import CLEAN, DRAFTING, PATH, READERS, linted
from tests.domain.process.worlds import ROOT

REAL = ROOT.parent / "shared" / "data" / "redline"
FRONT = "---\nid: x\ntitle: T\nstage: text\nlanguage: en\n---\n"
PIECES = (
    "*considering*", "*is of the view*", "*invites all*", "*", "_", "`", '"', "\u201c", "'", "<", ">", "](", "[", "1. ",
    "- ", "> ", "# ", "```", "| a | b |", "| - | - |", "[^1]", "[^1]: ", "    ", "\n", "\n\n", "shall", "must",
    "Resolution No. 2", "(Rev", "Res. ", "IOT", "a) ", "That ", "\u202e", "\x00", "\ufeff", "\\",
    "&amp;", "that masts stand;",
)  # fmt: skip


def check(text: str, flaws: tuple[Flaw, ...]) -> None:
    """Every place is one of the text, in reading order, and every finding says what and how."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in flaws:
        assert one.message
        assert one.fix
        if one.line is not None and one.column is not None:
            assert 1 <= one.line <= len(lines)
            assert 1 <= one.column <= len(lines[one.line - 1]) + 1
    places = [(one.line or 0, one.column or 0) for one in flaws]
    assert places == sorted(places)


@settings(deadline=None, max_examples=250)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_pieces_in_any_order(body: str) -> None:
    """Markup that is torn, nested, unended."""
    for text in (body, FRONT + body, CLEAN + body):
        check(text, linted(text))


@pytest.mark.parametrize("name", ["eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new"])
def test_real_texts(name: str) -> None:
    """Governance texts of other people, read as Opinions: no form, no crash."""
    path: Path = REAL / f"{name}.md"
    if not path.exists():
        pytest.skip("the real texts are not beside this checkout")
    text = FRONT + path.read_text("utf-8")
    found = linted(text)
    check(text, found)
    assert {"structure-operative", "acronym-undefined"} <= {one.rule for one in found}
    assert "wording-prescriptive" not in {one.rule for one in found}


@pytest.mark.parametrize(
    "piece",
    ['"', "'", "\u201c", "<", "`", "](", "[", "*", "1. ", "A ", "IOT ", "IOT (", "Res. ", "a) ", "; and "],
)
def test_long_runs_of_one_sign_take_no_long_time(piece: str) -> None:
    """Each rule reads a text once, or nearly so; how long the reading of Markdown takes is not looked at here."""
    body = piece * (15_000 // len(piece))
    text = f"{FRONT}The Forum,\n\n*noting*\n\nx {body}\n\n*is of the view*\n\ny {body}.\n"
    opinion = read_opinion(text, PATH, {})
    began = time.process_time()
    tuple(english(opinion, DRAFTING, READERS))
    assert time.process_time() - began < 2
