"""The quick readers and the reference reader say the same of every text, to the line."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.findings import Refused
from accord.domain.text import blocks as reading
from accord.domain.text.blocks import cut, stretches
from accord.domain.text.clauses import Document, Kind
from accord.domain.text.inline import (
    NOTHING_DEFINED,
    Definitions,
    atoms,
    canonical_inline,
    is_settled,
    reference_inline,
    reference_tree,
    tree,
)
from accord.domain.text.markdown import parse_document, reference_document
from accord.domain.text.nodes import tidy, trim
from accord.domain.text.quick_blocks import quick_stretch
from accord.domain.text.quick_inline import quick_nodes
from tests.domain.text.drafts import Block, blocks, rubble, written

ROOT = Path(__file__).parents[3]
PAIRS = ROOT.parent / "shared" / "data" / "redline"

DEFINED = (
    NOTHING_DEFINED,
    Definitions(
        links=(("A", "https://u.example/x", "t  t"), ("B C", "/b", ""), ("^N", "z", "")), notes=("m", "n")
    ),
    Definitions(links=(("A", "u", ""), ("REF", "#r", "")), notes=("1", "n")),
)
# fmt: off
INLINE = [
    "a", "b", " ", "word", "*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "[a]", "[ref]", "[b\nc]", "[^n]",
    "[^1]", "(u)", "(<u_v>)", "(https://a.example/x_y)", '(/u "t  t")', "(#x-y)", "(../a/b.md)", "(a:b)", "!", "![",
    "![p](q)", "<", "<https://a.example/b>", "<b>", "<x@y>", "&", "&amp;", "&lt;", "& ", "\\", "\\*", "\\[", "~", "~~",
    "\n", "  \n", "\n  ", ".", ":", '"', "-", "漢", "é", "\u201c", "\u00a0", "\t", "|", "#", "^", "=", "@", "1", "$",
    "a_b", "*x*", "**y z**", "_z_", "`c d`", "[x y](u/v)", "https://a.example", "e\u0301", "\x1c", "! ", "**a** ",
]
LINES = [
    "para text", "more words", "a | b", "Table: x", "# head", "## head | x", "### head #", "#", "---", "***", "* * *",
    "===", "___", "- item", "- [ ] task", "* star", "+ plus", "-", "- ", "1. one", "2. two", "3) three", "1) uno",
    "10. ten", "- - nested", "- 1. x", "- # h", "> quote", "> - q", "> ", "> ```", ">", "> > qq", ">no space",
    "| a | b |", "|---|:-:|", "| c | d |", "|---|", "| c |", "| \\| | x |", "```", "```py", "~~~", "~~~~", "``` x|",
    "`code` start", "<div>", "</div>", "<!-- c", "-->", "<!-- c -->", "<!-->", "<!-- | -->", "<b>x</b>", "<script>",
    "[r]: /u", '[r]: /u "t"', "[r]: /u 't'", "[r]:", "/u", "[^n]: note", "[^m]: - x", "[^n]: [r]: /u", "[^n]:", "[^n]",
    "[^k]:\n    ```\n    x\n\n    ```", "[r]", "[R] text [^n]", "*em* text", "_em_", "**b** x", '"t"', "(x)", ": def",
    ":-:", "|-|", "-|-", "--- |", "\\- x", "\\", "\tcode", "    code", "      deep", "\u00a0", "\u00a0x", "2024 was",
    ".5", "a\\", "a  ", "漢字", "&amp; x", "![i](u)", "~x~", "*considering*", "[a]: u|", "\x0c", "x\x0cy", "7.", "^x",
    "==x", "\x00", "a\rb", "\ufeff# x", "{#id}", "# head {#id}", "http://x.example",
]
# fmt: on


def outcome(read: Callable[[str, str], Document], path: str, text: str) -> object:
    """The document and where its clauses stand, or why it was refused."""
    try:
        document = read(path, text)
    except Refused as refused:
        return refused.findings
    return document, [clause.lines for clause in document.clauses]


def assert_agreed(text: str, path: str = "opinions/x.md") -> None:
    """Both readers give the same clauses at the same lines, or both refuse."""
    assert outcome(parse_document, path, text) == outcome(reference_document, path, text)


def assert_inline_agreed(source: str, defined: Definitions) -> None:
    """What the quick reader dares to say of inline text is what the reference reader says."""
    links = {name: (href, " ".join(title.split())) for name, href, title in defined.links}
    nodes = quick_nodes(source, links, frozenset(defined.notes))
    if nodes is not None:
        assert trim(tidy(nodes)) == reference_tree(source, defined)
    assert canonical_inline(source, defined) == reference_inline(source, defined)


def markdown_files() -> list[Path]:
    """All Markdown of the repository, and the real pairs where they are beside it."""
    kept = [path for path in ROOT.rglob("*.md") if not {".venv", "node_modules", "build"} & set(path.parts)]
    return sorted([*kept, *PAIRS.glob("*.md")])


@pytest.mark.parametrize("path", markdown_files(), ids=lambda path: path.name)
def test_every_markdown_file_here(path: Path) -> None:
    text = path.read_text("utf-8")
    assert_agreed(text, "report/x.md" if "report" in path.parts else "opinions/x.md")


@settings(max_examples=300, deadline=None)
@given(rubble)
def test_rubble(text: str) -> None:
    assert_agreed(text)


@settings(max_examples=200, deadline=None)
@given(blocks)
def test_structured_text(made: list[Block]) -> None:
    assert_agreed(written(made))


def indented(line: str, margin: int) -> str:
    """Each line of it moved to the right."""
    return "\n".join(" " * margin + part for part in line.split("\n"))


lines = st.builds(indented, st.sampled_from([*LINES, "", "", ""]), st.sampled_from([0, 0, 0, 0, 2, 3, 4, 6]))


@settings(max_examples=600, deadline=None)
@given(st.lists(lines, max_size=9).map("\n".join))
def test_lines_of_every_sort(text: str) -> None:
    assert_agreed(text)


@pytest.mark.parametrize("first", LINES)
def test_every_line_before_every_other(first: str) -> None:
    for second in LINES:
        assert_agreed(f"{first}\n{second}")


@pytest.mark.parametrize("first", LINES)
def test_every_line_and_every_other_one_parted(first: str) -> None:
    """What a block leaves open is not cut off."""
    for second in LINES:
        assert_agreed(f"{first}\n\n{second}\n\nlast")


@settings(max_examples=800, deadline=None)
@given(st.lists(st.sampled_from(INLINE), max_size=9).map("".join), st.sampled_from(DEFINED))
def test_inline_text(source: str, defined: Definitions) -> None:
    assert_inline_agreed(source.strip(" \n\t"), defined)


@pytest.mark.parametrize("first", INLINE)
def test_every_sign_between_two_others(first: str) -> None:
    for second, third in product(INLINE[:14], ("a", " b", "*", ")", "]")):
        assert_inline_agreed(f"x{second}{first}{third}", DEFINED[2])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*INLINE, "a", " ", "b ", " (", "."]), max_size=12).map("".join))
def test_text_that_needs_no_respelling(source: str) -> None:
    spelt = " ".join(source.split())
    if is_settled(spelt, Definitions(notes=("1", "n"))):
        assert "".join(atom.text for atom in atoms(Kind.PARAGRAPH, spelt)) == spelt
        notes = Definitions(notes=("1", "n"))
        assert tree(Kind.PARAGRAPH, spelt) == reference_tree(spelt, notes)
        assert reference_inline(spelt, notes) == spelt


def test_plainly_written_text_needs_no_reference_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick readers are used at all: what people mostly write is read by them alone."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the reference reader was asked")

    monkeypatch.setattr(reading, "_reference", never)
    text = (
        "# Title\n\nA *plain* paragraph, [linked](https://a.example/x) and noted.[^1]\n\n- one\n  - two\n\n- three\n"
        "\n1. first\n2. second\n   goes on\n\n> said\n\n| a | b |\n|---|:-:|\n| c | d |\n"
        "\n```yaml\nx:\n\n  y\n```\n\n---\n"
        "\n[^1]: A note.\n\n[r]: /u\n\n<!-- unseen -->\n\nLast, [r].\n"
    )
    kinds = [block.kind for _, stretch in stretches(text) for block in stretch.blocks]
    assert {"heading", "paragraph", "item", "open", "close", "header", "row", "code", "rule", "html"} == set(
        kinds
    )


def test_what_stays_open_is_read_on() -> None:
    """A stretch is made longer as long as a block of it is open; at the end of the text it may stay so."""
    text = "".join(f"<!-- {number}\n\nhidden\n\n" for number in range(40))
    assert [clause.kind for clause in parse_document("x.md", text).clauses] == [Kind.HTML]
    assert_agreed(text)


HOSTILE = [
    "x" + "\n" * 100_000 + "  x",
    "x\n" + " \n" * 50_000 + "\tx",
    "# a" + " " * 100_000 + "b",
    "- " * 6 + "x" + " -" * 50_000,
    "[" * 5_000 + "x" + "]" * 5_000,
    "`a``" * 20_000,
    "*a " * 20_000,
    "<!-- x\n\n" * 5_000,
    "> x\n\n- y\n\n" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    """What the cutting and the quick reader cost grows with the length of a text, not with its square."""
    start = process_time()
    places = cut(text)
    for stretch in (text[a:b] for a, b in pairwise(places)):
        quick_stretch(stretch)
        quick_nodes(stretch, {}, frozenset())
    assert process_time() - start < 3
