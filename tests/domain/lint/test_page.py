"""docs/lint.md names every rule of the lint, in the same words, and its examples are what the lint finds."""

from __future__ import annotations

import re

import pytest

from accord.domain.lint.catalogue import CATALOGUE
from accord.domain.lint.verbs import verb_changes
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from tests.domain.lint.opinions import CLEAN, DRAFTING, PATH, linted
from tests.domain.process.worlds import ROOT

PAGE = (ROOT / "docs" / "lint.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `([\w-]+)`\n\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
OUTLINE = "---\nid: a\nstage: outline\n---\n"
# What of the clean text the example of a rule stands for.
SLOTS = {
    "wording-prescriptive": "that the terms of sharing should be published,",
    "wording-addressee": "*invites Member States and Sector Members*",
    "structure-title": "title: Sharing masts among community networks",
    "structure-opening": "The Seventh Example Forum (Port Arcadia, 2026),",
    "structure-order": "*invites Member States and Sector Members*",
    "keyword-unknown": "*considering*",
    "keyword-form": "*considering*",
    "keyword-repeated": "*considering*",
    "keyword-plain": "*considering*",
    "clause-ending": "that three masts stand on the same hill of invented Lyrania;",
    "clause-beginning": "1. that three masts",
    "clause-lettered": "1. that three masts",
    "reference-form": "Resolution 2 (Rev. Bucharest, 2022),",
    "acronym-undefined": "that low Earth orbit (LEO) satellites",
}


def example(rule: str, name: str) -> str:
    """What the page gives as found, or to be written instead."""
    return str(re.findall(rf"^- {name}: `(.*)`$", SECTIONS[rule], re.MULTILINE)[0])


def test_every_rule_has_a_section_in_the_words_of_the_code() -> None:
    """None is missing, none is invented; basis, weight and outlines too."""
    assert list(SECTIONS) == list(CATALOGUE)
    for rule in CATALOGUE.values():
        said = " ".join(SECTIONS[rule.id].split())
        assert rule.asks in said
        assert f"*Rests on:* {rule.basis}. *Weighs:* {rule.severity.value}." in said
        assert ("*Also outlines.*" in said) is (rule.outlines and rule.id != "structure-points")


@pytest.mark.parametrize("rule", SLOTS)
def test_an_example_is_found_and_its_cure_is_not(rule: str) -> None:
    """The one finding is of the rule; what to write instead has none."""
    assert CLEAN.count(SLOTS[rule]) == 1
    text = CLEAN.replace(", as said in considering c)", "")
    assert [one.rule for one in linted(text.replace(SLOTS[rule], example(rule, "Found")))] == [rule]
    assert linted(text.replace(SLOTS[rule], example(rule, "Instead"))) == ()


def test_the_example_of_an_outline() -> None:
    """A10."""
    assert [one.rule for one in linted(OUTLINE + example("structure-points", "Found"))] == [
        "structure-points"
    ]
    assert linted(OUTLINE + example("structure-points", "Instead")) == ()


def test_the_example_of_a_verb() -> None:
    """From before to after."""
    sides = [
        parse_document(PATH, CLEAN.replace(SLOTS["wording-addressee"], example("operative-verb", name)))
        for name in ("Before", "After")
    ]
    (note,) = verb_changes(compare(sides[:1], sides[1:]), DRAFTING)
    assert (note.rule, note.words) == ("operative-verb", "invites -> urges")


def test_each_rule_that_outlines_are_held_to_is_so_marked() -> None:
    """A defect in an outline is found exactly where the catalogue says that outlines are looked at."""
    for rule, slot in SLOTS.items():
        text = CLEAN.replace("stage: text", "stage: outline").replace(slot, example(rule, "Found"))
        held = {one.rule for one in linted(text)}
        assert (rule in held) is CATALOGUE[rule].outlines, rule


@pytest.mark.parametrize(
    "key", sorted(set(re.findall(r"`(?:drafting\.)?(\w+)`", PAGE)) & set(DRAFTING.__slots__))
)
def test_the_lists_that_the_page_names_are_lists_of_the_forum(key: str) -> None:
    """And each list of the forum is named on the page."""
    assert getattr(DRAFTING, key)
    assert all(f"{name}" in PAGE for name in DRAFTING.__slots__)
