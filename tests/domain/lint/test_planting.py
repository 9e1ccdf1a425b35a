"""One defect planted anywhere in a clean Opinion is found once, by its rule, at its place, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.lint.check import lint, new_flaws
from tests.domain.lint.opinions import DRAFTING, PATH, READERS, front_of, linted

SUBJECTS = ("masts", "lighthouses of invented Arcadia", "schools on islands", "radios that neighbours run")
VERBS = ("help in a storm", "are used by many", "stand in every village", "can be shared")
DEEDS = ("to consider such masts", "to share what was learned", "to open schools in the evening")
PREAMBULAR = ("considering", "noting", "recognizing", "recalling", "aware", "bearing in mind", "welcoming")

clauses = st.builds(
    lambda one, other: f"that {one} {other}", st.sampled_from(SUBJECTS), st.sampled_from(VERBS)
)
deeds = st.sampled_from(DEEDS)


def part(keyword: str, said: list[str], last: str) -> list[str]:
    """The lines of a keyword with its clauses."""
    ended = [f"{one};" for one in said[:-1]] + [said[-1] + last]
    lines = [f"{number}. {one}" for number, one in enumerate(ended, 1)] if ended[1:] else ended
    return [f"*{keyword}*", "", *lines, ""]


@st.composite
def opinions(draw: st.DrawFn) -> list[str]:
    """The lines of a clean Opinion."""
    names = draw(st.lists(st.sampled_from(PREAMBULAR), min_size=2, max_size=4, unique=True))
    lines = ["---", "id: x", "title: Masts", "stage: text", "language: en", "---", ""]
    lines += ["The Seventh Example Forum (Port Arcadia, 2026),", ""]
    for name in names:
        lines += part(name, draw(st.lists(clauses, min_size=1, max_size=4)), ",")
    lines += part("is of the view", draw(st.lists(clauses, min_size=1, max_size=4)), ",")
    return lines + part("invites Member States", draw(st.lists(deeds, min_size=1, max_size=3)), ".")


Plant = Callable[[list[str], int], str]


def _set(lines: list[str], at: int, line: str, words: str) -> str:
    lines[at] = line
    return words


def _prescribes(lines: list[str], at: int) -> str:
    return _set(lines, at, re.sub(r"(that|to) ", r"\1 shall ", lines[at], count=1), "shall")


def _lettered(lines: list[str], at: int) -> str:
    return _set(lines, at, re.sub(r"(that|to) ", r"a) \1 ", lines[at], count=1), "a)")


def _capital(lines: list[str], at: int) -> str:
    word = "That" if "that " in lines[at] else "To"
    return _set(lines, at, re.sub(r"(that|to) ", f"{word} ", lines[at], count=1), word)


def _unended(lines: list[str], at: int) -> str:
    return _set(lines, at, lines[at][:-1], lines[at][-2])


def _cited(lines: list[str], at: int) -> str:
    said = "Resolution No. 2"
    return _set(lines, at, f"{lines[at][:-1]}, as {said} says{lines[at][-1]}", said)


def _unknown(lines: list[str], at: int) -> str:
    return _set(lines, at, f"{lines[at][:-1]}, as IOT does{lines[at][-1]}", "IOT")


def _misspelt(lines: list[str], at: int) -> str:
    keyword = lines[at].strip("*")
    return _set(lines, at, f"*{keyword[0]}{keyword[1:3]}q{keyword[3:]}*", f"*{keyword[:3]}q{keyword[3:]}*")


def _to_others(lines: list[str], at: int) -> str:
    return _set(lines, at, "*invites lighthouses*", "lighthouses")


def _twice(lines: list[str], at: int) -> str:
    # The clauses above it and below it stay as they are.
    keyword = lines[at]
    lines[at + 3 : at + 3] = ["", keyword, "", "that masts are dear,"]
    return keyword


def _empty(lines: list[str], at: int) -> str:
    lines[at:at] = ["*having considered*", ""]
    return "*having considered*"


def _late(lines: list[str], at: int) -> str:
    lines[at:at] = ["*emphasizing*", "", "that masts are dear,", ""]
    return "*emphasizing*"


def _said(lines: list[str]) -> list[int]:
    return [i for i, line in enumerate(lines) if re.match(r"(\d\. )?(that|to) ", line)]


def _keywords(lines: list[str]) -> list[int]:
    return [i for i, line in enumerate(lines) if line.startswith("*")]


def _operative(lines: list[str]) -> int:
    return lines.index("*is of the view*")


PLANTS: dict[str, tuple[str, Plant, Callable[[list[str]], list[int]]]] = {
    "a word": (
        "wording-prescriptive",
        _prescribes,
        lambda lines: [i for i in _said(lines) if i > _operative(lines)],
    ),
    "a letter": ("clause-lettered", _lettered, _said),
    "a capital": ("clause-beginning", _capital, _said),
    "no sign": ("clause-ending", _unended, _said),
    "a citation": ("reference-form", _cited, _said),
    "an acronym": ("acronym-undefined", _unknown, _said),
    "a misspelling": (
        "keyword-unknown",
        _misspelt,
        lambda lines: [i for i in _keywords(lines) if i < _operative(lines) and len(lines[i]) > 8],
    ),
    "another addressee": ("wording-addressee", _to_others, lambda lines: _keywords(lines)[-1:]),
    "nothing under it": ("keyword-empty", _empty, lambda lines: _keywords(lines)[:-2]),
    "a late one": ("structure-order", _late, lambda lines: _keywords(lines)[-1:]),
}


@settings(deadline=None, max_examples=150)
@given(opinions(), st.sampled_from(sorted(PLANTS)), st.data())
def test_a_planted_defect_is_found_once_where_it_is(lines: list[str], kind: str, data: st.DataObject) -> None:
    """Exactly one finding: the rule, the line, the words; and it is new to the text."""
    clean = "\n".join(lines)
    assert linted(clean) == ()
    rule, plant, where = PLANTS[kind]
    at = data.draw(st.sampled_from(where(lines)))
    words = plant(lines, at)
    text = "\n".join(lines)

    found = linted(text)

    assert [(one.rule, one.line, one.words) for one in found] == [(rule, at + 1, words)]
    assert lines[at][(found[0].column or 0) - 1 :].startswith(words)
    assert new_flaws((), found) == found
    assert new_flaws(found, found) == ()


@settings(deadline=None, max_examples=80)
@given(opinions(), st.data())
def test_a_keyword_twice_in_a_row(lines: list[str], data: st.DataObject) -> None:
    """Found at the second one."""
    single = [i for i in _keywords(lines)[:-2] if lines[i + 3 : i + 4] == [""]]
    if single:
        at = data.draw(st.sampled_from(single))
        _twice(lines, at)
        assert [(one.rule, one.line) for one in linted("\n".join(lines))] == [("keyword-repeated", at + 5)]


@settings(deadline=None, max_examples=40)
@given(opinions())
def test_white_space_and_the_spelling_of_emphasis_make_no_difference(lines: list[str]) -> None:
    """The findings of a text with planted words are the same however it is typed."""
    text = (
        "\n".join(lines)
        .replace("*is of the view*\n\n", "*is of the view*\n\n", 1)
        .replace("that ", "that shall ")
    )
    other = (
        re.sub(r"^\*(.*)\*$", r"_\1_", text, flags=re.MULTILINE)
        .replace("\n", "\r\n")
        .replace("\n\r\n", "\n\r\n\r\n")
    )
    front = front_of(text)
    once = lint(text, PATH, front, DRAFTING, READERS)
    again = lint(other, PATH, front, DRAFTING, READERS)
    assert [(one.rule, one.label, one.words, one.digest) for one in once] == [
        (one.rule, one.label, one.words, one.digest) for one in again
    ]
