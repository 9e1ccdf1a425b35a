"""`diff` and `conflicts`: what changes, clause by clause, and what meets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.world import ANA, IN_W1, MIA, OPINION, TEXT, Round, accord, first_window, rehearsal

EVENING, NINE = "to open schools in the evening", "to open schools until nine"


def test_a_contribution_in_every_form(tmp_path: Path) -> None:
    """The same change as text, Markdown, HTML and JSON, on the screen or in a file."""
    round_ = first_window(tmp_path / "r")
    for form in ("text", "markdown", "html", "json"):
        shown = round_.says(IN_W1, "diff", "1", "--format", form).out
        assert "evening" in shown
        assert "nine" in shown
        file = tmp_path / f"redline.{form}"
        told = round_.says(IN_W1, "diff", "1", "--format", form, "-o", str(file))
        if form == "json":
            assert told.data == {"version": 1, "file": str(file), "findings": []}
        else:
            assert told.out == f"The redline is in {file}.\n"
        assert "nine" in file.read_text("utf-8")
    data = json.loads((tmp_path / "redline.json").read_text("utf-8"))
    assert data["version"] == 1
    assert data["redline"]


def test_revisions_tags_and_files(tmp_path: Path) -> None:
    """Two names of anything that names a text; two files that need not be in the repository."""
    round_ = first_window(tmp_path / "r")
    round_.repo.git("tag", "-a", "draft-1", "-m", "First Draft")
    round_.repo.commit({OPINION: TEXT.replace(EVENING, NINE)}, "Hours")
    for names in (("draft-1", "main"), ("main~1", "HEAD"), ("draft-1", "hours")):
        assert "MOD" in round_.says(IN_W1, "diff", *names).out
    assert "No clause reads differently." in round_.says(IN_W1, "diff", "main", "main").out
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("# A\n\nOne sentence.\n", "utf-8")
    new.write_text("# A\n\nOne other sentence.\n", "utf-8")
    told = round_.says(IN_W1, "diff", str(old), str(new)).out
    assert "other" in told
    assert "MOD" in told


def test_a_rewrapped_text_is_no_change_and_an_added_clause_moves_no_other(tmp_path: Path) -> None:
    """Inserting a clause re-letters those after it without marking them."""
    round_ = rehearsal(tmp_path / "r")
    wrapped = TEXT.replace("that lighthouses have power", "that lighthouses\n   have power")
    round_.proposes("wrapped", {OPINION: wrapped})
    assert "No clause reads differently." in round_.says(IN_W1, "diff", "main", "wrapped").out
    added = TEXT.replace("2. that schools", "2. that buses run late;\n3. that schools").replace(
        "3. that people", "4. that people"
    )
    round_.proposes("added", {OPINION: added})
    told = round_.says(IN_W1, "diff", "main", "added").out
    assert "1 ADD" in told
    assert "MOD" not in told


def test_an_unknown_version_and_one_without_text(tmp_path: Path) -> None:
    """Refused with what there is."""
    round_ = first_window(tmp_path / "r")
    told = round_.says(IN_W1, "diff", "1", "--version", "4", code=None)
    assert told.code in {1, 2}
    assert "Its versions run from 1 to 1." in told.err
    round_.does(ANA, IN_W1, "submit", "--metadata", round_.metadata())
    assert "changes no text" in round_.says(IN_W1, "diff", "2", code=1).err


def second(round_: Round, *changes: tuple[str, str]) -> None:
    """Contribution 2 by Example University."""
    round_.rewords("second", *changes)
    metadata = round_.metadata(source="Example University", category="academia", title="Another view")
    round_.does(MIA, IN_W1, "submit", "second", "--metadata", metadata)


def test_alternatives_for_one_clause(tmp_path: Path) -> None:
    """Both wordings beside the one that stands; neither wins by count."""
    round_ = first_window(tmp_path / "r")
    second(round_, (EVENING, "to open schools at weekends"))
    told = round_.says(IN_W1, "conflicts").out
    assert "contributions 1 and 2 are alternatives." in told
    for words in (
        "to open schools in the evening",
        "to open schools until nine",
        "to open schools at weekends",
    ):
        assert words in told
    (one,) = accord("conflicts", "--repo", str(round_.path), "--now", IN_W1, "--format", "json").data[
        "clauses"
    ]
    assert (one["result"], one["contributions"], one["merged"]) == ("alternatives", [1, 2], None)


def test_two_changes_of_different_words_of_one_clause_go_together(tmp_path: Path) -> None:
    """Compatible, with the wording that both give."""
    round_ = first_window(tmp_path / "r")
    second(round_, (EVENING, "to open all schools in the evening"))
    (one,) = accord("conflicts", "--repo", str(round_.path), "--now", IN_W1, "--format", "json").data[
        "clauses"
    ]
    assert one["result"] == "compatible"
    assert one["merged"] == "to open all schools until nine;"
    assert "together      to open all schools until nine;" in round_.says(IN_W1, "conflicts").out


@pytest.mark.parametrize("over", ["another clause", "withdrawn", "late"])
def test_what_does_not_meet(tmp_path: Path, over: str) -> None:
    """Other clauses, and what is over or held, are no alternatives."""
    round_ = first_window(tmp_path / "r")
    if over == "another clause":
        second(round_, ("to share what they learn", "to publish what they learn"))
    elif over == "withdrawn":
        second(round_, (EVENING, "to open schools at weekends"))
        round_.does(MIA, IN_W1, "withdraw", "2")
    else:
        round_.rewords("second", (EVENING, "to open schools at weekends"))
        round_.does(ANA, "2024-09-20T10:00:00Z", "submit", "second", "--metadata", round_.metadata(), code=1)
    now = "2024-09-20T11:00:00Z"
    assert round_.says(now, "conflicts").out == "No two open contributions touch the same clause.\n"
