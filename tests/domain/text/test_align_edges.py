"""Which clause became which: equal, alike, moved, or neither, and the limits between them."""

from __future__ import annotations

import pytest

from accord.domain.text.align import MOVED, MOVED_WORDS, SIMILAR, Pair, align, align_files, likeness
from accord.domain.text.clauses import Clause
from accord.domain.text.markdown import parse_document


def clauses(text: str, path: str = "report/01-a.md") -> tuple[Clause, ...]:
    """The clauses of a Markdown text."""
    return tuple(parse_document(path, text).clauses)


def told(old: str, new: str) -> list[str]:
    """Each pair by the words of both sides."""
    before, after = clauses(old), clauses(new)
    return [_told(pair, before, after) for pair in align(before, after)]


def _told(pair: Pair, before: tuple[Clause, ...], after: tuple[Clause, ...]) -> str:
    left = "-" if pair.old is None else before[pair.old].text
    right = "-" if pair.new is None else after[pair.new].text
    if pair.moved:
        return f"{left} => {right}"
    return left if left == right else f"{left} -> {right}"


ONE = "Networks must be kept open in every storm"
TWO = "Schools teach the use of new devices"
THREE = "Harbours report the weather each morning"


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param(ONE, ONE, [ONE], id="the same"),
        pytest.param("", ONE, [f"- -> {ONE}"], id="added"),
        pytest.param(ONE, "", [f"{ONE} -> -"], id="removed"),
        pytest.param(ONE, TWO, [f"{ONE} -> -", f"- -> {TWO}"], id="another one in its place"),
        pytest.param(ONE, ONE + " and wind", [f"{ONE} -> {ONE} and wind"], id="changed"),
        pytest.param(
            f"{ONE}\n\n{TWO}", f"{ONE}\n\n{THREE}\n\n{TWO}", [ONE, f"- -> {THREE}", TWO], id="one between"
        ),
        pytest.param(
            f"{ONE}\n\n{TWO}\n\n{THREE}",
            f"{THREE}\n\n{ONE}\n\n{TWO}",
            [f"{THREE} => {THREE}", ONE, TWO],
            id="moved to the front",
        ),
        pytest.param(
            f"{ONE}\n\n{TWO}\n\n{THREE}",
            f"{THREE} too\n\n{ONE}\n\n{TWO}",
            [f"{THREE} => {THREE} too", ONE, TWO],
            id="moved and changed a little",
        ),
        pytest.param(
            "a b\n\nc d", "c d\n\na b", ["c d => c d", "a b"], id="short ones move when they are the same"
        ),
        pytest.param(
            "*noting*\n\nx y",
            "*recalling*\n\nx y",
            ["*noting* -> *recalling*", "x y"],
            id="a keyword becomes another",
        ),
        pytest.param(
            "# One title here",
            "One title there",
            ["One title here -> -", "- -> One title there"],
            id="a heading is no paragraph",
        ),
        pytest.param("# One title", "One title", ["One title"], id="unless its words are the same"),
        pytest.param(
            "- One title stands here\n\nx y",
            "One title stands here\n\nx y",
            ["One title stands here", "x y"],
            id="an item may become a paragraph",
        ),
        pytest.param(
            "x\n\n---\n\ny", "---\n\nx\n\ny", ["", "x => x", "y"], id="a rule stays when words move"
        ),
        pytest.param(
            f"{ONE}\n\n{ONE}\n\n{TWO}",
            f"{TWO}\n\n{ONE}\n\n{ONE}",
            [f"{TWO} => {TWO}", ONE, ONE],
            id="twins stay",
        ),
    ],
)
def test_what_became_of_each_clause(old: str, new: str, pairs: list[str]) -> None:
    """In the order of the new text; what was removed comes first."""
    found = told(old, new)
    assert sorted(found) == sorted(pairs)


def sentence(words: int, other: int = 0) -> str:
    """A sentence of so many words, the last ``other`` of them different."""
    kept = [f"word{n}" for n in range(words - other)]
    return " ".join(kept + [f"else{n}" for n in range(other)])


@pytest.mark.parametrize(("words", "moves"), [(MOVED_WORDS, True), (MOVED_WORDS - 1, False)])
def test_how_long_a_clause_must_be_to_be_known_elsewhere(words: int, moves: bool) -> None:
    """A short one that also changed is another one."""
    old = f"{sentence(words)}\n\n{ONE}\n\n{TWO}"
    new = f"{ONE}\n\n{TWO}\n\n{sentence(words)}x"
    assert any("=>" in pair for pair in told(old, new)) is moves


def test_a_moved_clause_is_the_likest_one() -> None:
    """Of two that would do, the nearer takes it."""
    base = sentence(12)
    old = f"{base}\n\n{ONE}\n\n{TWO}"
    new = f"{ONE}\n\n{TWO}\n\n{sentence(12, 2)}\n\n{sentence(12, 1)}"
    assert f"{base} => {sentence(12, 1)}" in told(old, new)
    assert f"- -> {sentence(12, 2)}" in told(old, new)


@pytest.mark.parametrize(
    ("old", "new", "least", "found"),
    [
        ("aaaaaaaaaa", "aaaaaaaaaa", SIMILAR, 100),
        ("a" * 46 + "b" * 54, "a" * 46 + "c" * 54, SIMILAR, 46),
        ("a" * 44 + "b" * 56, "a" * 44 + "c" * 56, SIMILAR, 0),
        ("a" * 80 + "b" * 20, "a" * 80 + "c" * 20, MOVED, 80),
        ("a" * 79 + "b" * 21, "a" * 79 + "c" * 21, MOVED, 0),
        ("# aaa", "aaa", SIMILAR, 0),
    ],
)
def test_how_alike_two_clauses_are(old: str, new: str, least: float, found: float) -> None:
    """Nothing below the limit; keywords are always alike enough to be one."""
    (before,), (after,) = clauses(old), clauses(new)
    assert round(likeness(before, after, least)) == found


def test_a_keyword_is_always_alike_enough_to_be_another() -> None:
    """In an Opinion, where there are keywords."""
    (before,), (after,) = clauses("*noting*", "opinions/a.md"), clauses("*zeb*", "opinions/a.md")
    assert likeness(before, after, SIMILAR) == SIMILAR + 1
    (longer,) = clauses("*noting that*", "opinions/a.md")
    assert likeness(before, longer, SIMILAR) > SIMILAR + 1


def test_lines_of_the_front_matter_are_known_by_their_names() -> None:
    """Whatever stands behind the colon."""
    title, draft = clauses("---\ntitle: Old words\ndraft: x\n---\n")
    other, another = clauses("---\ntitle: New\ndraft: words\n---\n")
    assert likeness(title, other, SIMILAR) == likeness(draft, another, SIMILAR) == 90
    assert likeness(title, another, SIMILAR) == likeness(draft, other, SIMILAR) == 0
    assert told("---\ntitle: Old words\ndraft: x\n---\n", "---\ntitle: New\ndraft: y\n---\n") == [
        "title: Old words -> title: New",
        "draft: x -> draft: y",
    ]


def test_between_files_a_clause_can_only_move() -> None:
    """Its index counts on from file to file, and its place in the other file is another place."""
    first, second = clauses(f"{ONE}\n\n{TWO}", "report/01-a.md"), clauses(THREE, "report/02-b.md")
    after_first, after_second = clauses(TWO, "report/01-a.md"), clauses(f"{ONE}\n\n{THREE}", "report/02-b.md")
    assert align_files([(first, after_first), (second, after_second)]) == (
        Pair(1, 0),
        Pair(0, 1, moved=True),
        Pair(2, 2),
    )


def test_the_other_way_round_is_the_same() -> None:
    """Whatever was removed was added, and what moved moves back."""
    old, new = clauses(f"{ONE}\n\n{TWO}\n\n{THREE}"), clauses(f"{THREE} too\n\n{ONE}\n\nMore.")
    mirrored = {(pair.new, pair.old, pair.moved) for pair in align(new, old)}
    assert {(pair.old, pair.new, pair.moved) for pair in align(old, new)} == mirrored


def test_every_clause_of_a_very_long_gap_has_its_place() -> None:
    """Only neighbours are compared there, and they are still found."""
    old = "\n\n".join(f"Clause {n} about harbour {n * 7} and its lights" for n in range(230))
    new = "\n\n".join(f"Clause {n} about harbour {n * 7} and all its lights" for n in range(230))
    pairs = align(clauses(old), clauses(new))
    assert [(pair.old, pair.new) for pair in pairs] == [(n, n) for n in range(230)]
