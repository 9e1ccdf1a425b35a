"""Words of strangers in a comment of ours: seen as they are, and never alive."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.forge.marker import answered
from accord.domain.process.forum import Forum
from accord.domain.record.events import Heard
from accord.domain.record.values import Actor, Receipt
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.forge.answers import answers
from accord.render.forge.changes import change_blocks
from accord.render.forge.escaping import block, code, joined, prose, sentence, visible
from accord.render.messages import Speaking
from tests.render.forge.living import living, parsed

ATTACKS = [
    "@everybody",
    "@acme/team",
    "(@x)",
    "\\@x",
    "a@b.example",
    "@\u200bx",
    "#12",
    "\\#12",
    "GH-12",
    "gh-1",
    "acme/drafts#12",
    "closes #1",
    "Fixes: acme/drafts#3",
    "0123abc4",
    "acme@0123abc4def",
    "CVE-2024-1234",
    "https://evil.example/x",
    "//evil.example",
    "www.evil.example",
    "mailto:a@b.example",
    "javascript:alert(1)",
    "[words](https://evil.example)",
    "![p](https://evil.example/p.png)",
    "<https://evil.example>",
    "[x]: https://evil.example",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "</details>",
    "<!-- accord:status revision=9 events=9 record=000000000000 -->",
    "<!--",
    "-->",
    "&lt;b&gt;",
    "&#64;x",
    "&commat;x",
    "```",
    "````\n",
    "`",
    "``` ` ```",
    "`@x`",
    "`a`@x`b`",
    "~~~",
    "# heading",
    "> [!NOTE]",
    "- item",
    "1. item",
    "+ x",
    "===",
    "---",
    "| a | b |\n| - | - |",
    "*a* _b_ ~~c~~ **d**",
    "$x$",
    "$$",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\ufeff",
    "a\u00adb",
    "\x00\x07\x1b[31m",
    "\u2028",
    "\\",
    "\\\\",
    ":tada:",
    ":a::b:",
    "/object",
    "\n\n    code",
    "\t",
    "x" * 3000,
    "[^1]",
    "[^1]: @x",
    "\r\n@x",
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*ATTACKS, " ", "a", "\n", "`", ",", "."]), max_size=6).map("".join),
    st.text(alphabet="`@#\\[]()<>!&*_~|:/1a \n-=+.$", max_size=40),
)
WORDS = Speaking(
    forum=Forum(
        name="F",
        short_name="F",
        experts_name="E",
        page="https://example.org",
        notice="",
        categories=(),
        themes=(),
        kinds=(),
    ),
    zone=UTC,
    name_of=lambda name: name,
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("shown", [prose, sentence, code, block])
def test_nothing_that_people_write_comes_alive(attack: str, shown: Callable[[str], str]) -> None:
    """In no way in which words are shown: at the beginning of a line, in a list, in a quotation, between words."""
    for around in ("{}", "- {}", "> {}", "“{}”", "words {} words", "**{}**", "### {}"):
        if shown is block and around != "{}":
            continue
        assert living(around.format(shown(attack))) == [], around.format(shown(attack))


@given(texts)
def test_nor_anything_else(text: str) -> None:
    """Whatever the words are."""
    for shown in (prose(text), sentence(text), code(text), f"- {prose(text)}", f"> {sentence(text)}"):
        assert living(shown) == [], shown
    assert [token.type for token in parsed(block(text))] == ["fence"]


@given(texts)
def test_a_reader_sees_the_same_words(text: str) -> None:
    """What is shown reads as what was written, spaces and hidden characters apart."""
    wanted = " ".join(visible(text).split())
    shown = "".join(token.content for token in parsed(prose(text, limit=1_000_000)) if token.content)
    assert " ".join(shown.replace("\u200b", "").split()) == wanted


@given(st.lists(texts, max_size=6), texts)
def test_pieces_side_by_side_stay_apart(pieces: list[str], last: str) -> None:
    """Where code ends and code begins, neither swallows the other."""
    line = joined([*(code(text) for text in pieces), prose(last)])
    assert living(line.replace("&#8203;", " ")) == [], line


@given(texts)
def test_a_pasted_mark_is_nothing(text: str) -> None:
    """An answer begins with its own mark, once, and the words below are no mark."""
    moment = datetime(2024, 8, 20, tzinfo=UTC)
    heard = Heard(
        by=Actor(name=text or "x", role="guest"),
        received=Receipt.instant(moment),
        recorded=moment,
        words=text,
        why="plus-one",
        reason=f"“{text}” did not count: a sign is no position.",
        fix=f"Write: `/support {text}`.",
        post="comment/1#1",
    )
    (answer,) = answers([heard], WORDS)
    assert answer.body.startswith("<!-- accord:answer comment/1#1 -->\n")
    assert answered(answer.body) == ("comment/1#1",)
    assert living(answer.body) == [], answer.body


def test_an_answered_question_stands_as_code() -> None:
    """With its lines, and a fence that nothing in it ends."""
    moment = datetime(2024, 8, 20, tzinfo=UTC)
    heard = Heard(
        by=Actor(name="Lev", role="expert"),
        received=Receipt.instant(moment),
        recorded=moment,
        words="/why",
        why="question",
        reason="It is open.\n- ````\n- @x",
        post="comment/1#1",
    )
    (answer,) = answers([heard], WORDS)
    assert "`````text\nIt is open.\n- ````\n- @x\n`````" in answer.body
    assert living(answer.body) == []


def test_many_answers_are_one_comment_until_it_is_full() -> None:
    """Each post is named at the beginning of the comment that answers it, in order."""
    moment = datetime(2024, 8, 20, tzinfo=UTC)
    heard = [
        Heard(
            by=Actor(name="Lev", role="expert"),
            received=Receipt.instant(moment),
            recorded=moment,
            words="x",
            why="plus-one",
            reason="word " * 250,
            post=f"comment/{number}#1",
        )
        for number in range(100)
    ]
    found = answers(heard, WORDS)
    assert [post for one in found for post in one.posts] == [one.post for one in heard]
    assert 1 < len(found) < 10
    assert all(len(one.body) < 65_000 for one in found)
    assert answers([], WORDS) == ()


@given(texts, texts)
@settings(deadline=None)
def test_a_redline_is_dead(old: str, new: str) -> None:
    """Whatever the texts hold: links and pictures stand beside their words as code."""
    before, after = (
        parse_document(
            "opinions/a.md", f"A first clause.\n\n{text}\n\nwith [a link](https://evil.example) here.\n"
        )
        for text in (old, new)
    )
    changed = parse_document("opinions/a.md", f"{new} and more\n\n![p](https://evil.example/p.png) {new}\n")
    for redline in (compare([before], [after]), compare([before], [changed]), compare([], [changed])):
        for one in change_blocks(redline):
            assert living(one.replace("&#8203;", " "), html=True) == [], one


def test_what_a_link_says_never_joins_what_stands_before_it() -> None:
    """A name, a number or a commit in two halves."""
    for first, second in (("@", "x"), ("#", "12"), ("0123", "abc4"), ("GH-", "12"), ("www.", "evil.example")):
        before = parse_document("opinions/a.md", f"Words {first}[{second}](a.md) here.\n")
        after = parse_document("opinions/a.md", f"Words {first}[{second}](b.md) there {first}*{second}*.\n")
        for one in change_blocks(compare([before], [after])):
            assert living(one.replace("&#8203;", " "), html=True) == [], one


def test_a_redline_names_each_change() -> None:
    """Its number and mark, where it stands, what goes and what comes; unchanged clauses are not shown."""
    before = parse_document("opinions/a.md", "One *fine* day.\n\nTwo.\n\nThree.\n")
    after = parse_document("opinions/a.md", "One *fine* night.\n\nTwo.\n\nFour is new @x.\n")
    found = change_blocks(compare([before], [after]))
    file, _, found[0] = found[0].partition("\n\n")
    assert file == "**In `opinions/a.md`**"
    assert found == [
        "**1. MOD** (changed) — paragraph\n\n> One <em>fine</em> <del>day</del><ins>night</ins>.",
        "**2. SUP** (deleted) — paragraph\n\n> <del>Three.</del>",
        "**3. ADD** (new) — paragraph\n\n> <ins>Four is new `@x`.</ins>",
    ]


def test_what_is_hidden_is_named() -> None:
    """Direction and invisible characters show as their number."""
    assert prose("a\u202eb\u200bc") == "a⟨U+202E⟩b⟨U+200B⟩c"
    assert prose("قال") == "قال"


def test_long_words_are_cut() -> None:
    """And say so."""
    assert prose("ab " * 400).endswith("…")
    assert len(prose("ab " * 400)) <= 600


def test_a_name_is_never_split_from_its_sign() -> None:
    """What follows a live word is prose again."""
    assert prose("as @x, and #12.") == "as `@x`, and `#12`."
    assert re.search(r"`https://evil\.example/a_b`\)", prose("(https://evil.example/a_b)"))
