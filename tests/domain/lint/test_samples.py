"""Whole Opinions: nothing is found in clean ones, and exactly what stands beside them in bad ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from accord.application.rehearsal.scripts import texts_1, texts_2
from accord.domain.lint.catalogue import CATALOGUE
from tests.domain.lint.opinions import CLEAN, SAMPLES, linted, listed
from tests.domain.process.worlds import ROOT

GOOD = sorted((SAMPLES / "clean").glob("*.md"))
BAD = sorted((SAMPLES / "bad").glob("*.md"))
REHEARSED = {
    name: text
    for module in (texts_1, texts_2)
    for name, text in vars(module).items()
    if isinstance(text, str) and text.startswith("---\nid:")
}


@pytest.mark.parametrize("path", [ROOT / "opinions/_template.md", *GOOD], ids=lambda path: path.stem)
def test_nothing_is_found_in_what_is_clean(path: Path) -> None:
    """The template that people copy, and texts full of what a careless rule would stumble over."""
    assert listed(linted(path.read_text("utf-8"))) == ""


@pytest.mark.parametrize("name", REHEARSED)
def test_nothing_is_found_in_the_opinions_of_the_rehearsal(name: str) -> None:
    """Outlines and texts of both rounds."""
    assert listed(linted(REHEARSED[name])) == ""


def test_nothing_is_found_in_the_text_that_defects_are_planted_in() -> None:
    """Otherwise the planted ones would prove nothing."""
    assert listed(linted(CLEAN)) == ""


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_found_stands_beside_the_sample(path: Path) -> None:
    """Every finding with its place, rule, reason and cure (ACCORD_WRITE_GOLDEN=1 writes them anew)."""
    found = listed(linted(path.read_text("utf-8")))
    beside = path.with_suffix(".txt")
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        beside.write_text(found, "utf-8")
    assert found == beside.read_text("utf-8")


def test_the_bad_samples_have_every_rule() -> None:
    """But the one about a redline."""
    found = {flaw.rule for path in BAD for flaw in linted(path.read_text("utf-8"))}
    assert found == set(CATALOGUE) - {"operative-verb"}
