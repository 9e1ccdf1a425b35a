"""The page `docs/tampering.md` tells every attack of the tests, and where it is found."""

from __future__ import annotations

from tests.acceptance.world import ROOT

PAGE = ROOT / "docs" / "tampering.md"

# How the place of a finding is told: its beginning, or a part of it, and the words.
_PLACES = (
    ("line ", "the line of its file"),
    (".jsonl event", "the event, its file and line"),
    (".jsonl", "its file"),
    ("facts/", "the fact"),
    ("head.json", "`head.json`"),
    ("main commit", "the commit of the main branch"),
    ("record at", "the commit"),
    ("event", "the event"),
)


def row(does: str | None, rule: str, place: str, *, by_the_script: bool = False) -> str:
    """The row of an attack: what somebody does, the rule that names it, the place."""
    what = " ".join((does or "").split())
    where = next(words for part, words in _PLACES if part in place)
    return f"| {what} | `{rule}` | {where}{'; by the script too' if by_the_script else ''} |"


def assert_told(does: str | None, rule: str, place: str, *, by_the_script: bool = False) -> None:
    """The page has this row."""
    wanted = row(does, rule, place, by_the_script=by_the_script)
    assert wanted in PAGE.read_text("utf-8").splitlines(), f"docs/tampering.md needs the row\n{wanted}"


def rows() -> list[str]:
    """Every row of the page."""
    text = PAGE.read_text("utf-8").splitlines()
    return [
        line
        for line in text
        if line.startswith("| ") and not line.startswith(("| What somebody does |", "| ---"))
    ]
