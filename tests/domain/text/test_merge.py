"""Two changes of one text: put together when they touch different clauses or words, else shown as a choice."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.merge import MergeResult, Version, merge_versions
from accord.domain.text.merge_words import merge_words
from tests.domain.text.drafts import forks

BASE = """---
id: gaps
title: Gaps
---

The Forum,

*considering*

1. that the gap between regions remains wide
2. that networks
   grow every year
3. that skills matter

*invites Member States*

1. to share what they learn with others

| Entity  | Word   |
|---------|--------|
| Arcadia | agrees |
| Lyrania | waits  |

See [the list][1].

[1]: https://example.org/list
"""


def merge(base: str, ours: str, theirs: str) -> MergeResult:
    versions = [
        Version(document=parse_document("opinions/x.md", text), text=text) for text in (base, ours, theirs)
    ]
    return merge_versions(versions[0], versions[1:])


def merged(ours: tuple[str, str], theirs: tuple[str, str], base: str = BASE) -> MergeResult:
    for before, _ in (ours, theirs):
        assert before in base
    return merge(base, base.replace(*ours), base.replace(*theirs))


COMPATIBLE = {
    "different clauses": (("gap between", "gulf between"), ("skills matter", "skills count")),
    "different words of one clause": (("the gap", "the gulf"), ("remains wide", "stays wide")),
    "an added item and a changed one": (
        ("3. that skills", "3. that cables break\n4. that skills"),
        ("networks", "nets"),
    ),
    "added items at different places": (
        ("2. that n", "2. that x\n2. that n"),
        ("matter\n", "matter\n4. that y\n"),
    ),
    "a removed clause and a changed one": (("3. that skills matter\n", ""), ("networks", "nets")),
    "different rows": (("| Arcadia | agrees |", "| Arcadia | asks |"), ("waits", "agrees")),
    "different cells of one row": (("Lyrania", "The Republic of Lyrania"), ("waits  |", "agrees |")),
    "an added row and a changed one": (
        ("| Lyrania", "| Example | x |\n| Lyrania"),
        ("| agrees |", "| asks |"),
    ),
    "front matter and body": (("title: Gaps", "title: The gaps"), ("networks", "nets")),
    "different keys of front matter": (("title: Gaps", "title: The gaps"), ("id: gaps", "id: gulfs")),
    "a changed verb and a clause under it": (("*invites", "*requests"), ("to share", "to tell")),
    "the same change twice": (("networks", "nets"), ("networks", "nets")),
    "a rewrapped clause and another": (
        ("networks\n   grow", "networks grow"),
        ("skills matter", "skills count"),
    ),
    "a heading level and its words": (("The Forum,", "The Forum of Arcadia,"), ("See [the", "And see [the")),
}


@pytest.mark.parametrize("name", COMPATIBLE)
def test_compatible_changes_combine(name: str) -> None:
    ours, theirs = COMPATIBLE[name]
    result = merged(ours, theirs)
    assert result.conflicts == ()
    assert result.text == (BASE.replace(*ours).replace(*theirs) if ours != theirs else BASE.replace(*ours))


CONFLICTING = {
    "the same word": (("the gap", "the gulf"), ("the gap", "the hole"), "both change the same words"),
    "neighbouring words": (
        ("the gap", "the gulf"),
        ("between regions", "among regions"),
        "both change the same words",
    ),
    "a removed clause that changed": (
        ("3. that skills matter\n", ""),
        ("skills matter", "skills count"),
        "one removes what the other changes or moves",
    ),
    "items added at one place": (
        ("3. that", "3. that cables break\n4. that"),
        ("3. that", "3. that storms come\n4. that"),
        "both add text at the same place",
    ),
    "rows added at one place": (
        ("| Lyrania", "| Example | a |\n| Lyrania"),
        ("| Lyrania", "| University | b |\n| Lyrania"),
        "both add text at the same place",
    ),
    "one cell": (("waits", "agrees"), ("waits", "asks"), "both change the same words"),
    "one verb": (("*invites", "*requests"), ("*invites", "*urges"), "both change the same words"),
    "one key of front matter": (
        ("title: Gaps", "title: A"),
        ("title: Gaps", "title: B"),
        "both change the same words",
    ),
}


@pytest.mark.parametrize("name", CONFLICTING)
def test_changes_that_meet_are_a_choice(name: str) -> None:
    ours, theirs, why = CONFLICTING[name]
    result = merged(ours, theirs)
    assert result.text is None
    assert [conflict.why for conflict in result.conflicts] == [why]
    back = merged(theirs, ours)
    assert [(one.wanted[0], one.wanted[1]) for one in back.conflicts] == [
        (one.wanted[1], one.wanted[0]) for one in result.conflicts
    ]


def test_a_choice_shows_both_readings() -> None:
    [conflict] = merged(("the gap", "the gulf"), ("the gap", "the hole")).conflicts
    clauses = parse_document("opinions/x.md", BASE).clauses
    assert clauses[conflict.index].text == "that the gap between regions remains wide"
    assert [clause.text for clause in conflict.wanted[0]] == ["that the gulf between regions remains wide"]
    assert [clause.text for clause in conflict.wanted[1]] == ["that the hole between regions remains wide"]


def test_a_moved_clause_takes_the_other_sides_words_along() -> None:
    moved = BASE.replace("3. that skills matter\n", "").replace(
        "1. that the gap", "1. that skills matter\n1. that the gap"
    )
    result = merge(BASE, moved, BASE.replace("skills matter", "skills of all matter"))
    assert result.text == moved.replace("skills matter", "skills of all matter")


def test_untouched_clauses_keep_their_source() -> None:
    result = merged(("the gap", "the gulf"), ("skills matter", "skills count"))
    assert result.text is not None
    for kept in (
        "2. that networks\n   grow every year\n",
        "| Lyrania | waits  |\n",
        "[1]: https://example.org/list\n",
    ):
        assert kept in result.text


def test_both_sides_may_not_make_markup_together() -> None:
    assert merge_words(Kind.PARAGRAPH, "a b c d e", "x b c d e", "a b c d y") == "x b c d y"
    assert merge_words(Kind.PARAGRAPH, "a b", "a b", "c") == "c"


@settings(max_examples=200, deadline=None)
@given(forks())
def test_the_order_of_the_sides_never_matters(fork: tuple[str, str, str]) -> None:
    base, ours, theirs = fork
    one, two = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.text == two.text
    assert [(c.why, c.index, c.wanted.get(0), c.wanted.get(1)) for c in one.conflicts] == [
        (c.why, c.index, c.wanted.get(1), c.wanted.get(0)) for c in two.conflicts
    ]


@settings(max_examples=100, deadline=None)
@given(forks())
def test_a_side_without_changes_gives_the_other_one(fork: tuple[str, str, str]) -> None:
    base, ours, _ = fork
    assert merge(base, ours, base).text == ours
    assert merge(base, base, ours).text == ours
    assert merge(base, ours, ours).text == ours
    rewrapped = base + "\n"
    assume(parse_document("x.md", rewrapped).clauses == parse_document("x.md", base).clauses)
    result = merge(base, ours, rewrapped)
    assert result.text is not None
    assert canonical(parse_document("opinions/x.md", result.text)) == canonical(
        parse_document("opinions/x.md", ours)
    )
