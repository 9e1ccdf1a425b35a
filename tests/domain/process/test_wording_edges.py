"""Which lines of an Opinion are its running text, and what a keyword, an addressee and a point are."""

from __future__ import annotations

import pytest

from accord.domain.process.structure import check_structure
from accord.domain.process.wording import ADDRESSEES, OPERATIVE, PRESCRIPTIVE, check_wording, keywords


def places(text: str) -> list[tuple[str, int | None, int | None]]:
    """Rule, line and column of each warning."""
    return [
        (one.rule, one.place.line, one.place.column)
        for one in check_wording(text, "opinions/a.md")
        if one.place
    ]


HIT = "*invites Member States*\n\nthat all {word} plan\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("*a*\n*b*\n", [1, 2], id="no front matter"),
        pytest.param("---\nx: 1\n---\n*a*\n", [4], id="front matter"),
        pytest.param(
            "---  \n*in*\n---  \n*a*\n", [4], id="front matter with spaces at the ends of its marks"
        ),
        pytest.param("---\n*in*\n--- no end\n*a*\n---\n*b*\n", [6], id="a longer line does not end it"),
        pytest.param("---\n*a*\n", [2], id="front matter that never ends is none"),
        pytest.param("---\n---\n*a*\n", [3], id="empty front matter"),
        pytest.param(" ---\n*a*\n---\n", [2], id="a mark that is moved in begins none"),
        pytest.param("*a*\n---\n*b*\n---\n*c*\n", [1, 3, 5], id="rules in the middle are no front matter"),
        pytest.param("*a*\r\n*b*\r\n", [1, 2], id="lines of another system"),
        pytest.param("```\n*in*\n```\n*a*\n", [4], id="code"),
        pytest.param("```\n*in*\n~~~\n*in*\n```\n*a*\n", [6], id="code ends with its own mark"),
        pytest.param("````\n*in*\n```\n*in*\n````\n*a*\n", [6], id="code ends with a mark as long"),
        pytest.param("```\n*in*\n````\n*a*\n", [4], id="or longer"),
        pytest.param("a ``` b\n*a*\n", [2], id="three backticks within a line begin no code"),
        pytest.param("> *in*\n  > *in*\n*a*\n", [3], id="quotations"),
        pytest.param("# x\n   # *in*\n*a*\n", [3], id="headings"),
    ],
)
def test_which_lines_are_read(text: str, lines: list[int]) -> None:
    """The keyword paragraphs found, by line."""
    assert [number for number, _ in keywords(text)] == lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("*considering*", ["considering"]), ("_considering_,", ["considering"]),
        ("*is  of the view*:", ["is of the view"]),
        ("   *noting*  ", ["noting"]), ("    *noting*", []), ("*noting* that", []), ("*noting_", []), ("* noting*", []),
        ("**noting**", []),
    ],
)  # fmt: skip
def test_what_a_keyword_is(line: str, words: list[str]) -> None:
    """A line of its own in italics, with a comma or colon at most."""
    assert [found for _, found in keywords(line)] == words


@pytest.mark.parametrize("keyword", [*OPERATIVE, "Is of the view", "INVITES"])
def test_the_operative_part_begins_with_each_of_its_keywords(keyword: str) -> None:
    """Prescriptive words count from there to the next keyword of the preamble."""
    found = places(
        f"that all shall plan\n\n*{keyword}*\n\nthat all shall plan\n\n*noting*\n\nthat all shall plan\n"
    )
    assert ("wording-prescriptive", 5, 10) in found
    assert {line for _, line, _ in found} <= {3, 5}


@pytest.mark.parametrize(
    "line", ["  > all must plan", "> all must plan", "## All must plan", "  # All must plan"]
)
def test_quotations_and_headings_may_say_what_they_like(line: str) -> None:
    """In the operative part too."""
    assert places(f"*invites Member States*\n\n{line}\n") == []


WORDS = {
    "shall": "should, may", "must": "should, is encouraged to", "decides": "is of the view",
    "resolves": "is of the view", "instructs": "invites", "requires": "encourages", "mandates": "encourages",
    "prohibits": "discourages",
}  # fmt: skip


def test_the_words_of_the_rules_are_those_that_are_looked_for() -> None:
    """R4 and R5, as the rules have them; what an operative part begins with, besides."""
    assert WORDS == PRESCRIPTIVE
    mild = ("is of the view", "invites", "encourages", "requests", "calls upon", "urges")
    assert (*mild, *WORDS) == OPERATIVE
    assert ADDRESSEES == ("Member States", "Sector Members", "relevant ITU meetings")


@pytest.mark.parametrize(("word", "instead"), WORDS.items())
def test_each_prescriptive_word_is_warned_about_with_what_to_say_instead(word: str, instead: str) -> None:
    """R4. In any capitals; the cure names the other words."""
    for written in (word, word.upper(), word.title()):
        (found,) = check_wording(HIT.format(word=written), "opinions/a.md")
        assert found.rule == "wording-prescriptive"
        assert f"`{written}`" in found.message
        assert instead in found.fix


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("that all must plan", 10),
        ('that "all must" plan and must pay', 26),
        ("that “all must” plan and must pay", 26),
        ("that `must` plan and must pay", 22),
        ("that [this](must.md) must pay", 22),
        ("that <must> must pay", 13),
    ],
)
def test_quotations_hide_words_and_shift_no_column(line: str, column: int) -> None:
    """What is quoted, code or an address keeps its words; the place of the next one is right."""
    assert places(f"*invites Member States*\n\n{line}\n") == [("wording-prescriptive", 3, column)]


@pytest.mark.parametrize(
    ("keyword", "columns"),
    [
        *((f"*invites {name}*", []) for name in ADDRESSEES),
        ("*invites the member states*", []),
        ("*invites Member States, Sector Members and relevant ITU meetings*", []),
        ("*invites Member States:*", []),
        ("*urges the lighthouses*", [12]),
        ("*requests Member States, lighthouses, and harbours*", [26, 43]),
        ("*calls upon  lighthouses and Member States*", [14]),
        ("*instructs the Director*", [16]),
        ("*notes the lighthouses*", []),
        ("*urges Member States, , Sector Members*", []),
        ("*urges lighthouses and lighthouses*", [8, 8]),
        ("*invites  a  b*", [1]),
    ],
)
def test_each_addressee_is_looked_at(keyword: str, columns: list[int]) -> None:
    """R5. One warning for each other reader, where its name stands (the line's begin if it is spaced otherwise)."""
    found = [place for place in places(keyword) if place[0] == "wording-addressee"]
    assert found == [("wording-addressee", 1, column) for column in columns]


@pytest.mark.parametrize(
    ("text", "stage", "rules"),
    [
        ("- a point", "outline", []), ("12. a point", "outline", []), ("   3) a point", "outline", []),
        ("a - b", "outline", ["structure-points"]), ("-\n", "outline", ["structure-points"]),
        ("words", "outline", ["structure-points"]),
        ("*Considering*\n*Invites Member States*", "text", []),
        ("*considering*\n*noting invites*", "text", ["structure-operative"]),
        ("*INVITES Member States*", "text", ["structure-preamble"]),
        ("- a point", "text", ["structure-preamble", "structure-operative"]),
    ],
)  # fmt: skip
def test_what_each_stage_asks_for(text: str, stage: str, rules: list[str]) -> None:
    """A10. Points for an outline, both parts for a text; only warnings, about this file."""
    found = list(check_structure(text, "opinions/a.md", stage=stage))
    assert [one.rule for one in found] == rules
    assert {(one.severity.value, one.place and one.place.file) for one in found} <= {
        ("warning", "opinions/a.md")
    }
