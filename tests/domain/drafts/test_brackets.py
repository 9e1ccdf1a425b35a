"""Which square brackets are marks of disagreement, and which are not (R23)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.drafts.brackets import Bracket, open_brackets
from accord.domain.text.markdown import parse_document


def brackets(text: str) -> tuple[Bracket, ...]:
    """The open brackets of a Markdown text."""
    return open_brackets(parse_document("opinions/a.md", text).clauses)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("that costs [may] differ", ["[may]"]),
        ("[that costs differ]", ["[that costs differ]"]),
        ("[A] [B]", ["[A]", "[B]"]),
        (r"that \[costs\] differ", ["[costs]"]),
        ("to *invite [all] States*", ["[all]"]),
        ("1. [to open schools;]\n2. to close", ["[to open schools;]"]),
        ("| a | b |\n| --- | --- |\n| x | [y] |", ["[y]"]),
        ("outer [with [inner] words]", ["[with [inner] words]"]),
        ("ten [X] schools", ["[X]"]),
        ("[…] schools", ["[…]"]),
        ("see [the list](https://example.org/[x]) [here]", ["[here]"]),
        ("---\ntitle: '[Digital] skills'\n---\n\nText.", ["[Digital]"]),
        ("[ ] schools", ["[ ]"]),
    ],
)
def test_an_open_bracket(text: str, shown: list[str]) -> None:
    """Words not agreed, alternatives, a whole clause, a number to be filled in."""
    if text == "[ ] schools":
        text = "- ten [ ] schools"  # an empty place inside a sentence, not at its start
    assert [one.text for one in brackets(text)] == shown
    assert all(one.paired for one in brackets(text))


@pytest.mark.parametrize(
    "text",
    [
        "see [the page](https://example.org)",
        "see [the page][page]\n\n[page]: https://example.org",
        "![a picture](x.png)",
        "a note[^1]\n\n[^1]: its text",
        "a note without its text[^2]",
        "- [ ] to do\n- [x] done\n- [X] done",
        "DRAFT RESOLUTION [SEN-1]",
        "as in Opinion [ABC/12] and Resolution [7]",
        "the code `a[0]`",
        "```\na[0]\n```",
        "<span data-x='[a]'>",
        "---\nthemes: [digital-divides, resilience]\n---\n\nText.",
        "“the forum […] shall meet”",
        '"the forum [...] meets"',
        "no brackets (but others)",
    ],
)
def test_no_open_bracket(text: str) -> None:
    """Links, pictures, notes, tasks, provisional numbers, code, lists of the front matter, omissions in quotations."""
    assert brackets(text) == ()


@pytest.mark.parametrize(("text", "shown"), [("that [costs differ", "[costs differ"), ("costs differ]", "]")])
def test_a_bracket_without_its_partner(text: str, shown: str) -> None:
    """Brackets around several clauses open in one and close in another; each half is found."""
    (one,) = brackets(text)
    assert (one.text, one.paired) == (shown, False)


def test_the_place_of_a_bracket() -> None:
    """Line in the file, counted from 1; long text is shortened."""
    (one,) = brackets("First.\n\nSecond [" + "word " * 40 + "].")
    assert one.line == 3
    assert len(one.text) == 60
    assert one.text.endswith(" …")


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab []()\\`^x\n", max_size=30))
def test_nothing_it_is_given_makes_it_fail(text: str) -> None:
    """Whatever the text, each finding shows a bracket."""
    for one in brackets(text):
        assert "[" in one.text or "]" in one.text
