"""The contract of the redline, in each format: without deletions it is the new text, without insertions the old one."""

from __future__ import annotations

import random
import re
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import Document, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare, mirror
from accord.render.redline_html import render_html
from accord.render.redline_json import render_json
from accord.render.redline_markdown import render_markdown
from accord.render.redline_text import render_text
from tests.domain.text.drafts import Block, blocks, edited, pairs, rubble, written
from tests.render.redline_edits import EDITS, SIZE, long_edited_pair
from tests.render.redline_formats import FORMATS, NAMES, assert_exact

PAIRS = Path(__file__).parents[2].parent / "shared" / "data" / "redline"


@pytest.mark.parametrize("form", NAMES)
@settings(max_examples=120, deadline=None)
@given(pair=pairs())
def test_structured_drafts_read_back_exactly(form: str, pair: tuple[str, str]) -> None:
    old, new = (parse_document("opinions/x.md", text) for text in pair)
    assert_exact(compare([old], [new]), old, new, form)


@pytest.mark.parametrize("form", NAMES)
@settings(max_examples=80, deadline=None)
@given(first=rubble, second=rubble, cut=st.integers(0, 200))
def test_any_texts_read_back_exactly(form: str, first: str, second: str, cut: int) -> None:
    old = parse_document("x.md", first)
    new = parse_document("x.md", first[:cut] + second + first[cut + 5 :])
    assert_exact(compare([old], [new]), old, new, form)


PUNISHING = [
    ("[a](https://example.org/#/x#y) one\n", "[a](https://example.org/#/x#y) two\n"),
    ("---\nid: a\ntitle: 'One: two'\n---\n\nx\n", "---\nid: a\n---\n\nx\n"),
    ("---\nid: a\n---\n", "---\nid: b\ntext: |\n  one\n  two\n---\n\nx\n"),
    ("one[^a] two[^b]\n\n[^a]: first\n\n[^b]: second\n", "one[^b] two[^a]\n\n[^a]: first!\n\n[^b]: second\n"),
    ('[x](u "t") <http://a.example> [y][r]\n\n[r]: /v\n', "[x](w) <http://b.example> [y](/v 't')\n"),
    ('![p](p.png "t") a ![q](javascript:x)\n', '![p](q.png "t") a ![r](javascript:x)\n'),
    ("| a | b |\n|:--|--:|\n| 1 | 2 |\n| 3 | 4 |\n", "| a | b |\n|---|:-:|\n| 3 | 4 |\n| 1 | 2 and 2 |\n"),
    ("Table: t\n\n| a |\n|---|\n| 1 |\n", "Table: u\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("```py\nx = 1\n\ny\n```\n", "~~~rb\nx = 2\n\ny\nz\n~~~\n"),
    ("- a\n  - b\n    1. c\n    2. d\n- e\n", "- a\n  1. b\n     - c\n- e\n\n  f\n\n  - d\n"),
    ("1. a\n\n1) b\n\n7. c\n", "3. a\n4. b\n\n- c\n\n* c\n"),
    ("> a\n>\n> > b\n\n> c\n", "> a\n>\n> b\n>\n> > c\n"),
    ("a\n===\n\nb\n---\n\n***\n", "## a\n\n# b\n\ntext\n"),
    ("---\n\x00===\n---\n", "---\n\x00=={x\n---\n"),
    (
        "`a\u202eb` *\u202e*b <b\u202e> x\u202e[^1]\n\n[^1]: a\n",
        "`a\u202eb`\u202e *\u202e*b <b\u202e> x\u202e[^1]\n\n[^1]: a\n",
    ),
    ("```\n{x\u202e}\n{\\x\n```\n\na*\u202ea*\n", "```\n{xb\u202e}\n{\\x\n```\n\na*\u202ea*\n"),
    ("- the\n\n  | a |\n  |---|\n  | b |\n", "| a |\n|---|\n"),
    ("**.* *a*b.** x\n", "**.* *a*b.** y <b>\n"),
    ("**.* *a*b.**\n", ""),
    ("the\n\na\n\n[^n]: the\n\n    b\n", "a\n\n[^n]: the\n\n    b\n"),
    ("the\n\nthe\n\n[^n]: the\n\n    the\n", "the\n\n[^n]: the\n\n    the\n"),
    ("a\u200bb \u061cc \ufeffd\n", "ab c \U000e0041d\n"),
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


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("pair", PUNISHING)
def test_texts_that_look_like_marks_read_back_exactly(pair: tuple[str, str], form: str) -> None:
    old, new = (parse_document("x.md", text) for text in pair)
    assert_exact(compare([old], [new]), old, new, form)
    assert_exact(compare([new], [old]), new, old, form)


@st.composite
def long_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A draft of many clauses and an edited one."""
    old = draw(st.lists(blocks, min_size=4, max_size=12))
    new = [part if draw(st.booleans()) else draw(edited(part)) for part in old]
    return tuple(written([block for part in parts for block in part]) for parts in (old, new))  # type: ignore[return-value]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(pair=long_pairs())
def test_long_drafts_read_back_exactly(pair: tuple[str, str]) -> None:
    old, new = (parse_document("opinions/x.md", text) for text in pair)
    redline = compare([old], [new])
    for name in NAMES:
        assert_exact(redline, old, new, name)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts=st.lists(pairs(), min_size=2, max_size=4), data=st.data())
def test_several_files_that_come_go_and_change_names_read_back_exactly(
    drafts: list[tuple[str, str]], data: st.DataObject
) -> None:
    names = [f"{folder}/{name}.md" for folder in ("report", "opinions") for name in ("a", "b", "c", "d")]
    sides: list[dict[str, Document]] = []
    for which in (0, 1):
        chosen = data.draw(st.permutations(names))[: data.draw(st.integers(0, len(drafts)))]
        sides.append(
            {name: parse_document(name, pair[which]) for name, pair in zip(chosen, drafts, strict=False)}
        )
    old, new = sides
    redline = compare(list(old.values()), list(new.values()))
    for one in FORMATS:
        drawn = one.render(redline)
        for side, documents in (("old", old), ("new", new)):
            paths = [file.old_path if side == "old" else file.new_path for file in redline.files]
            texts = [documents[path] for path in paths if path is not None]
            assert len(texts) == len(documents)
            found: Any = one.read(drawn, side)
            wanted = reduce(add, map(one.expected, texts), type(found)())
            assert found == wanted, (one.name, side)


def test_three_hundred_edits_of_a_text_of_real_size_read_back_exactly() -> None:
    texts = long_edited_pair()
    assert all(len(text) > SIZE * 0.8 for text in texts)
    old, new = (parse_document("opinions/long.md", text) for text in texts)
    assert {clause.kind for clause in (*old.clauses, *new.clauses)} == set(Kind)
    redline = compare([old], [new])
    assert len(redline.changes) > EDITS / 2
    assert {row.op.value for row in redline.rows} == {"same", "ADD", "MOD", "SUP"}
    assert any(row.moved for row in redline.rows)
    for name in NAMES:
        assert_exact(redline, old, new, name)
        assert_exact(compare([new], [old]), new, old, name)
    assert compare([new], [old]) == mirror(redline)


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("name", ["eip1", "rfc3392"])
def test_real_pairs_read_back_exactly(name: str, form: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    old, new = (
        parse_document("text.md", (PAIRS / f"{name}-{state}.md").read_text(encoding="utf-8"))
        for state in ("old", "new")
    )
    assert_exact(compare([old], [new]), old, new, form)
    assert_exact(compare([new], [old]), new, old, form)


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


@settings(max_examples=60, deadline=None)
@given(pair=pairs())
def test_a_text_against_itself_is_drawn_without_a_mark(pair: tuple[str, str]) -> None:
    document = parse_document("opinions/x.md", pair[0])
    redline = compare([document], [document])
    assert not re.search("<(?:ins|del)[ >]|class=.(?:change|at)", render_html(redline))
    assert render_markdown(redline).startswith("No changes.")
    tokens = MarkdownIt("commonmark", {"maxNesting": 100}).parse(render_markdown(redline))
    tags = {
        child.content for token in tokens for child in token.children or [] if child.type == "html_inline"
    }
    assert not tags & {"<ins>", "<del>"}
    assert not any(token.info == "diff" for token in tokens if token.type == "fence")
    assert not re.search(r"^[-+]|^@ \d", render_text(redline), re.MULTILINE)
    assert '"number": 1' not in render_json(redline)
    assert "No changes." in render_html(redline)


_WORD = re.compile(r"[A-Za-z]+")


@st.composite
def rewrapped(draw: st.DrawFn, block: Block) -> Block:
    """The same block with its lines broken elsewhere: between plain words, where a break means nothing else."""
    inner = tuple(draw(rewrapped(one)) for one in block.inner)
    if block.kind in {"code", "table", "html", "heading"} or block.words[0].startswith("<"):
        return Block(block.kind, block.words, block.level, inner)
    text = block.words[0]
    for before, word in zip(block.words, block.words[1:], strict=False):
        plain = _WORD.fullmatch(before) and _WORD.fullmatch(word)
        text += (draw(st.sampled_from(["\n", " ", "  "])) if plain else " ") + word
    return Block(block.kind, (text,), block.level, inner)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_rewrapped_draft_has_no_changes(data: st.DataObject) -> None:
    draft = data.draw(blocks)
    other = [data.draw(rewrapped(block)) for block in draft]
    # A line before it, or a rule at the very top would open front matter, where each space counts.
    old, new = (parse_document("opinions/x.md", f"Text\n\n{written(one)}") for one in (draft, other))
    assert compare([old], [new]).changes == ()
    assert old.clauses == new.clauses


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
