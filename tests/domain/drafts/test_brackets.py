"""Which square brackets are marks of disagreement, and which are not (R23)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.drafts.brackets import Bracket, open_brackets, provisional_numbers
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
        ("- ten [ ] schools", ["[ ]"]),
        ("[X] schools", ["[X]"]),
        ("[ ] schools", ["[ ]"]),
        ("the [IMT-2020] family", ["[IMT-2020]"]),
        ("the [COVID-19] years", ["[COVID-19]"]),
        ("of [2026]", ["[2026]"]),
        ("in \uff3btwo\uff3d or \uff3bthree years]", ["\uff3btwo\uff3d", "\uff3bthree years]"]),
        ("**[shall] [should]** open", ["[shall]", "[should]"]),
        ("~~[may]~~ does", ["[may]"]),
        ("a [word with a note[^1] in it]", ["[word with a note[^1] in it]"]),
        ("a [Resolution [7] or another one]", ["[Resolution [7] or another one]"]),
        ("as [the list](https://example.org) and [not agreed]", ["[not agreed]"]),
        ("an omission […] outside a quotation", ["[…]"]),
        ("“the forum” […] meets", ["[…]"]),
        ("*considering [further]*", ["[further]"]),
        ("# A [new] section", ["[new]"]),
        ("> said [so]", ["[so]"]),
        ("a note[^1]\n\n[^1]: its [open] text", ["[open]"]),
        ("---\nabstract: How [many]\n---\n\nText.", ["[many]"]),
        ("---\nsubtitle: '[Second] part'\n---\n\nText.", ["[Second]"]),
        ("Table: [Days]\n\n| a |\n| --- |\n| x |", ["[Days]"]),
        ("a link [to [some] place](https://example.org)", ["[some]"]),
    ],
)
def test_an_open_bracket(text: str, shown: list[str]) -> None:
    """Words not agreed, alternatives, a whole clause, a number to be filled in, in every sort of clause."""
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
        "as ITU-T [X.509] and [ABC/12] say",
        "AFCP proposes [AFCP/42A12/1]",
        "Annex [A-1] and Table [3]",
        "[![a picture](x.png)](https://example.org)",
        "<https://example.org/[x]>",
        "<!-- [a] -->",
        "<b title='[a]'>words</b>",
        "« le forum […] se réunit »",
        '"as it was [sic] said"',
        "    code [a]",
        "1. [x] done",
        "see ![the [old] map](map.png)",
        "see [one][two]\n\n[two]: https://example.org '[t]'",
    ],
)
def test_no_open_bracket(text: str) -> None:
    """Links, pictures, notes, tasks, provisional numbers, code, lists of the front matter, omissions in quotations."""
    assert brackets(text) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("that [costs differ", ["[costs differ"]),
        ("costs differ]", ["]"]),
        ("one] and [two", ["]", "[two"]),
        ("that [costs [may] differ", ["[costs [may] differ"]),
        ("---\ntitle: One [two\n---\n\nthree] four.", ["[two", "]"]),
        ("one [two[^1]\n\n[^1]: its text] here", ["[two ", "]"]),
    ],
)
def test_a_bracket_without_its_partner(text: str, shown: list[str]) -> None:
    """A sign alone is found too; a title and a note keep theirs to themselves."""
    found = brackets(text)
    assert [one.text for one in found] == shown
    assert not any(one.paired for one in found)


@pytest.mark.parametrize(
    ("text", "shown", "lines"),
    [
        ("one [two\n\nthree] four", ["[two three]"], [(1, 3)]),
        ("1. [to open;\n2. to close;\n3. to share.]", ["[to open; to close; to share.]"], [(1, 3)]),
        ("[one\n\n[two\n\nthree]\n\nfour]", ["[one [two three] four]"], [(1, 7)]),
        ("[a] [b\n\nc] [d]", ["[a]", "[b c]", "[d]"], [(1, None), (1, 3), (3, None)]),
        ("[one\n\nin [the] middle\n\nend]", ["[one in [the] middle end]"], [(1, 5)]),
        ("[typo\n\n[open\n\nclose]", ["[typo", "[open close]"], [(1, None), (3, 5)]),
    ],
)
def test_brackets_around_several_clauses(
    text: str, shown: list[str], lines: list[tuple[int, int | None]]
) -> None:
    """One that opens in a clause closes in a later one of the same file, where they nest; its range is said."""
    found = brackets(text)
    assert [one.text for one in found] == shown
    assert [(one.line, one.until_line) for one in found] == lines


def test_two_files_never_share_a_bracket() -> None:
    """What opens at the end of one file does not close in the next."""
    one = parse_document("opinions/a.md", "one [two").clauses
    other = parse_document("opinions/b.md", "three] four").clauses
    assert [it.paired for it in open_brackets([*one, *other])] == [False, False]


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("[A] [B]", [("[B]",), ("[A]",)]),
        ("[A][B] [C]", [("[B]", "[C]"), ("[A]", "[C]"), ("[A]", "[B]")]),
        ("[A] / [B]", [("[B]",), ("[A]",)]),
        ("[A] or [B]", [("[B]",), ("[A]",)]),
        ("[A] and [B]", [("[B]",), ("[A]",)]),
        ("[A] but [B]", [(), ()]),
        ("[A]\n\n[B]", [(), ()]),
        ("[A\n\nB] [C]", [(), ()]),
    ],
)
def test_alternatives_know_each_other(text: str, beside: list[tuple[str, ...]]) -> None:
    """Pairs in a row of one clause; nothing but white space, a comma, a slash, `or` or `and` between them."""
    assert [one.beside for one in brackets(text)] == beside


def test_nested_alternatives_are_part_of_the_outer_pair() -> None:
    """The outer pair counts once and tells what stands in it."""
    (one,) = brackets("that [[schools] [libraries [and museums]] close] early")
    assert one.text == "[[schools] [libraries [and museums]] close]"
    assert one.inside == ("[schools]", "[libraries [and museums]]")


def test_what_is_taken_for_a_provisional_number_is_told() -> None:
    """No bracket, but nothing a final text has; each once a clause."""
    clauses = parse_document("opinions/a.md", "as [ABC/12] and Resolution [7] and [ABC/12] say [not]").clauses
    assert [one.text for one in provisional_numbers(clauses)] == ["[ABC/12]", "[7]"]
    assert [one.text for one in open_brackets(clauses)] == ["[not]"]


_PLAIN = [
    "schools",
    "close",
    "early.",
    "[a page](https://example.org)",
    "![map](m.png)",
    "note[^1]",
    "`a[0]`",
]
_PLAIN += ["Resolution [7]", "DRAFT OPINION [SEN-1]", "“so […] it”", "*well*", "[X.509]", "(or not)", "<i>"]


@settings(max_examples=150, deadline=None)
@given(
    paragraphs=st.lists(st.lists(st.sampled_from(_PLAIN), min_size=1, max_size=8), min_size=1, max_size=5),
    data=st.data(),
)
def test_exactly_the_brackets_that_were_put_in_are_listed(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    """Any text without brackets has none; k put into it, around words or clauses, are k, in their order."""
    plain = "\n\n".join(" ".join(words) for words in paragraphs)
    assert brackets(plain) == ()
    wanted = 0
    for words in paragraphs:
        for place in sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=3)), reverse=True):
            words.insert(
                place, data.draw(st.sampled_from(["[may]", "[not agreed yet]", "\\[or so\\]", "[[a] [b]]"]))
            )
            wanted += 1
    if data.draw(st.booleans()) and len(paragraphs) > 1:
        paragraphs.insert(1, ["[around"])
        paragraphs.insert(2, ["several]"])
        wanted += 1
    text = "\n\n".join(" ".join(words) for words in paragraphs)
    found = brackets(text)
    assert len(found) == wanted, text
    assert all(one.paired for one in found)
    assert [one.line for one in found] == sorted(one.line for one in found)


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
