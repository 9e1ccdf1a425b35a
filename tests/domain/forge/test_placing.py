"""New wording in the place of a passage, after it, or nothing: only its own lines change."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.findings import Finding
from accord.domain.forge.issue_form import Ask
from accord.domain.forge.passage import LITERAL_KINDS, Passage, locate
from accord.domain.forge.placing import put
from accord.domain.text.clauses import Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number

REPORT = """\
# First section

Lighthouses stand in *every* coastal village[^1].

Many of them have had power
and a connection since they were automated.

- skills
- harbours

> As the Charter says:
> everybody learns.

| When | What |
| --- | --- |
| Monday | The first draft goes online. |
| Tuesday | Comments close. |

[^1]: As of the year
    of the storm.

## Second heading

The end.
"""
OPINION = """\
---
id: access
title: Access in the evening
---

The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that lighthouses have power;
2. that schools close in the afternoon;
3. that people learn in the evening,

*noting*

what was said,

*invites Member States*

1. to open schools:
   1. in the evening;
   2. in the morning;

2. to share what they learn from it.
"""
PATHS = {"report/01-one.md": REPORT, "opinions/access.md": OPINION}
DOCUMENTS = number([parse_document(path, text) for path, text in PATHS.items()])
CHANGE, ADD, DELETE = Ask.CHANGE, Ask.ADD, Ask.DELETE


def placed(given: str, ask: Ask, wording: str = "") -> list[str] | str:
    """The lines that go (-) and come (+); or the rule of the finding."""
    found = locate(given, DOCUMENTS)
    assert isinstance(found, Passage), found
    old = PATHS[found.path]
    new = put(found, old, ask, wording)
    if isinstance(new, Finding):
        return new.rule
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="")
    # Which one of two empty lines came or went is nobody's matter.
    return [line for line in lines if line[1:] and not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("given", "wording", "expected"),
    [
        ("1.2", "All of them have power.", [
            "-Many of them have had power", "-and a connection since they were automated.",
            "+All of them have power."]),
        ("1.2", "1.2 All of them\nhave power.\n\nAnd more.", [
            "-Many of them have had power", "-and a connection since they were automated.",
            "+All of them", "+have power.", "+And more."]),
        ("1.1", "Lighthouses stand in no village.", [
            "-Lighthouses stand in *every* coastal village[^1].", "+Lighthouses stand in no village."]),
        ("1.2(2)", "harbours and quays", ["-- harbours", "+- harbours and quays"]),
        ("1.2(2)", "* harbours\n* quays", ["+- quays"]),
        ("note 1", "As of today.", ["-[^1]: As of the year", "-    of the storm.", "+[^1]: As of today."]),
        ("note 1", "[^1]: As of\ntoday.", [
            "-[^1]: As of the year", "-    of the storm.", "+[^1]: As of", "+    today."]),
        ("As the Charter says", "As the Charter\nof Lyrania says.", [
            "-> As the Charter says:", "-> everybody learns.", "+> As the Charter", "+> of Lyrania says."]),
        ("Table 1, row 2", "| Wednesday | Comments close. |", [
            "-| Tuesday | Comments close. |", "+| Wednesday | Comments close. |"]),
        ("heading 1", "The first section", ["-# First section", "+# The first section"]),
        ("Second heading", "## Another heading", ["-## Second heading", "+## Another heading"]),
        ("considering b)", "that schools close at noon;", [
            "-2. that schools close in the afternoon;", "+2. that schools close at noon;"]),
        ("considering b)", "b) that schools\nclose at noon;", [
            "-2. that schools close in the afternoon;", "+2. that schools", "+   close at noon;"]),
        ("considering b)", "1. that schools close;\n2. that harbours do not;", [
            "-2. that schools close in the afternoon;", "+2. that schools close;", "+3. that harbours do not;"]),
        ("invites Member States 1 a)", "late;", ["-   1. in the evening;", "+   1. late;"]),
        ("invites Member States 1", "to open all schools:", [
            "-1. to open schools:", "+1. to open all schools:"]),
        ("what was said", "what was done,", ["-what was said,", "+what was done,"]),
        ("*considering*", "*considering with care*", ["-*considering*", "+*considering with care*"]),
        ("1.2", "Many of them have\nhad power and a connection since they were automated.", "form-same"),
        ("1.2", "   \n", "form-empty"),
        ("1.2", "```\nAll of them have power.", "form-spills"),
        ("1.2", "<!-- All of them have power.", "form-spills"),
        ("Table 1, row 2", "Comments close on Wednesday.", "form-row"),
        ("note 1", "[^2]: As of today.", [
            "-[^1]: As of the year", "-    of the storm.", "+[^1]: As of today."]),
    ],
)  # fmt: skip
def test_changed(given: str, wording: str, expected: object) -> None:
    """Marker, indentation and quotation sign of the passage stay; a typed number goes; neighbours are not touched."""
    assert placed(given, CHANGE, wording) == expected


@pytest.mark.parametrize(
    ("given", "wording", "expected"),
    [
        ("1.2", "More words.", ["+More words."]),
        ("1.2", "1.3 More words.", ["+More words."]),
        ("The end.", "More words.", ["+More words."]),
        ("1.2(1)", "schools", ["+- schools"]),
        ("1.2(2)", "- schools\n- quays", ["+- schools", "+- quays"]),
        ("Table 1, row 2", "| Friday | All is done. |", ["+| Friday | All is done. |"]),
        ("considering b)", "c) that harbours do not;", ["+3. that harbours do not;"]),
        ("considering c)", "that harbours do not,", ["+4. that harbours do not,"]),
        ("invites Member States 1", "to open harbours;", ["+2. to open harbours;"]),
        ("invites Member States 1 b)", "at night;", ["+   3. at night;"]),
        ("invites Member States 2", "to open harbours.", ["+3. to open harbours."]),
        ("*considering*", "that ships sail;", ["+1. that ships sail;"]),
        ("*noting*", "what was seen,", ["+what was seen,"]),
        ("1.2", "```\nMore words.", "form-spills"),
        ("1.2", "", "form-empty"),
        ("Table 1, row 2", "All is done.", "form-row"),
    ],
)
def test_added(given: str, wording: str, expected: object) -> None:
    """After the passage and everything inside it; in a list as its next item; after a keyword as its first clause."""
    assert placed(given, ADD, wording) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1.2", ["-Many of them have had power", "-and a connection since they were automated."]),
        ("1.2(2)", ["-- harbours"]),
        ("considering b)", ["-2. that schools close in the afternoon;"]),
        ("considering c)", ["-3. that people learn in the evening,"]),
        ("considering a)", [
            "-1. that lighthouses have power;", "-2. that schools close in the afternoon;",
            "+1. that schools close in the afternoon;"]),
        ("invites Member States 1", [
            "-1. to open schools:", "-   1. in the evening;", "-   2. in the morning;",
            "+1. to share what they learn from it.", "-2. to share what they learn from it."]),
        ("invites Member States 1 b)", ["-   2. in the morning;"]),
        ("Table 1, row 1", ["-| Monday | The first draft goes online. |"]),
        ("Table 1, head", "form-spills"),
        ("The end.", ["-The end."]),
    ],
)  # fmt: skip
def test_deleted(given: str, expected: object) -> None:
    """With what stands inside it; a list that began with it begins with the next item."""
    assert placed(given, DELETE) == expected


def test_line_breaks_of_the_file_stay() -> None:
    """A file written on another system keeps its line breaks."""
    text = OPINION.replace("\n", "\r\n")
    document = number([parse_document("opinions/access.md", text)])[0]
    found = locate("considering b)", [document])
    assert isinstance(found, Passage)
    new = put(found, text, CHANGE, "that schools close;")
    assert new == OPINION.replace("that schools close in the afternoon;", "that schools close;").replace(
        "\n", "\r\n"
    )


def test_wording_that_cannot_be_read_is_a_finding() -> None:
    """Deeper than Markdown readers go: said at the field, and nothing fails."""
    assert placed("1.2", CHANGE, ">" * 400) == "text-too-deep"


def test_what_is_no_prose_is_left_to_people() -> None:
    """Code cannot be named by its words, nor the front matter."""
    document = number([parse_document("report/01-one.md", "# A\n\n```\ncode of some length\n```\n")])[0]
    assert isinstance(locate("code of some length", [document]), Finding)
    passage = Passage(document=document, index=1, name="code")
    new = put(passage, "# A\n\n```\ncode of some length\n```\n", CHANGE, "words")
    assert isinstance(new, Finding)
    assert new.rule == "form-literal"


WORDS = st.one_of(
    st.text(alphabet="ab 1.)-*#>|`_[]^:~\n\t<&", max_size=60),
    st.sampled_from(
        [
            "- a\n- b",
            "1. a\n   - b",
            "# a",
            "> a",
            "| a | b |",
            "[^1]: a",
            "a\n===",
            "---",
            "    code",
            "a  \nb",
        ]
    ),
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([(d, i) for d in DOCUMENTS for i in range(len(d.clauses))]),
    st.sampled_from([CHANGE, ADD, DELETE]),
    WORDS,
)
def test_whatever_the_wording_the_rest_reads_the_same(
    where: tuple[object, int], ask: Ask, wording: str
) -> None:
    """What stands before and after a passage is what it was, clause for clause; or the wording is refused."""
    document, index = where
    passage = Passage(document=document, index=index, name="it")  # type: ignore[arg-type]
    old = passage.document.clauses
    new = put(passage, PATHS[passage.path], ask, wording)
    if isinstance(new, Finding):
        assert new.fix
        return
    said = [(one.kind, one.text, one.frames) for one in parse_document(passage.path, new).clauses]
    first = index if ask is not ADD else index + 1
    after = {CHANGE: index + 1, ADD: passage.end, DELETE: passage.end}[ask]
    if ask is ADD and passage.clause.kind is Kind.KEYWORD:
        after = index + 1
    kept = [(one.kind, one.text, one.frames) for one in old]
    assert said[:first] == kept[:first]
    assert not kept[after:] or said[-len(kept[after:]) :] == kept[after:]
    grown = len(said) - len(kept)
    assert grown == passage.index - passage.end if ask is DELETE else grown >= (ask is ADD)
    assert passage.clause.kind not in LITERAL_KINDS or ask is ADD
