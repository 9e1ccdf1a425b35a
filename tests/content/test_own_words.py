"""The Report is told in our own words: no long run of words of the official outline stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / ".." / "shared" / "seed"
RUN = 12

# Official names and titles, left out of the count on both sides.
NAMES = (
    "World Telecommunication/Information and Communication Technology Policy Forum",
    "First Draft Outline of the Report by the ITU Secretary-General",
    "Preparatory process for the ITU Secretary-General's Report",
    "Timetable for the elaboration of the ITU Secretary-General's Report",
    "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx",
)

# The theme is an official designation and is quoted as it is, in quotation marks, once.
THEME = (
    "Accelerating an inclusive, sustainable, resilient, and innovative digital future",
    "In this regard, the WTPF-26 will discuss opportunities, challenges and policies to address the following",
    "bridging digital divides, particularly on gender and age as well as skills and connectivity",
    "green digital transformation: climate change and environmental sustainability",
    "resilience of telecommunication/ICTs",
    "space connectivity",
    "strengthening ICT-centric innovation ecosystems and entrepreneurship",
)


def words(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation and markup."""
    return re.findall(r"[\w-]*\w", re.sub("[\u2019']s\\b", "s", text).casefold())


def joined(text: str) -> str:
    """The words again, one space between them and one around them."""
    return f" {' '.join(words(text))} "


def without_names(text: str) -> list[str]:
    """The words of a text with the official names taken out and the theme replaced by a stop."""
    plain = joined(text)
    for name in NAMES:
        plain = plain.replace(joined(name), " ")
    for line in THEME:
        plain = plain.replace(joined(line), " | ")
    return plain.split()


def copied(ours: str, theirs: str, *, run: int = RUN) -> list[str]:
    """Every run of *run* consecutive words of *theirs* that stands in *ours*."""

    def runs(text: str) -> list[tuple[str, ...]]:
        row = without_names(text)
        return [tuple(row[i : i + run]) for i in range(len(row) - run + 1)]

    known = {piece for piece in runs(theirs) if "|" not in piece}
    return [" ".join(piece) for piece in runs(ours) if piece in known]


def report_text() -> str:
    return "\n\n".join(path.read_text("utf-8") for path in sorted((ROOT / "report").glob("*.md")))


def seed_text() -> str:
    if not SEED.is_dir():
        pytest.skip("the official outline (../shared/seed) is not beside this repository")
    return "\n".join(path.read_text("utf-8") for path in sorted(SEED.glob("*.txt")))


def test_a_copied_sentence_is_found_whatever_its_wrapping_case_and_punctuation() -> None:
    """The detector sees through line breaks, capitals, quotation marks and emphasis."""
    theirs = "The council of Arcadia meets every spring in order to read what the members have sent to it."
    ours = "Before.\n\nThe *council* of Arcadia\nmeets every spring, in order to read What the members have sent."
    assert copied(ours, theirs)


def test_eleven_words_in_a_row_are_not_yet_a_copy() -> None:
    """The limit is exact: twelve words in a row are found, eleven are not."""
    theirs = "one two three four five six seven eight nine ten eleven twelve"
    assert copied(theirs, theirs) == [theirs]
    assert copied(theirs.rsplit(" ", 1)[0], theirs) == []


def test_an_official_name_does_not_count_but_cannot_hide_a_copy() -> None:
    """A name is left out of the count, and the words on both sides of it still make one run."""
    name = NAMES[0]
    theirs = f"one two three four five six {name} seven eight nine ten eleven twelve"
    assert copied(f"as the {name} is called", theirs) == []
    assert copied(theirs, theirs)


def test_no_run_of_twelve_words_of_the_outline_stands_in_the_report() -> None:
    """Facts, numbers and references are kept; sentences are ours."""
    assert copied(report_text(), seed_text()) == []


def test_the_detector_finds_every_long_line_of_the_outline_itself() -> None:
    """Were a line of the outline pasted into the Report, the test above would fail."""
    theirs = seed_text()
    long_lines = [
        line for line in theirs.splitlines() if len([w for w in without_names(line) if w != "|"]) > 2 * RUN
    ]
    assert len(long_lines) > 10
    assert [line for line in long_lines if not copied(line, theirs)] == []


def test_the_theme_is_quoted_once_and_word_for_word() -> None:
    """The allowance for the theme is for the theme: each of its lines stands in the Report exactly once."""
    plain = joined(report_text())
    assert [line for line in THEME if plain.count(joined(line)) != 1] == []
