"""The page about exactness is the one that the command makes, and the command finds what is not exact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.exactness import BEGIN, END, PAGE, TEXTS, exact, headings, main, tables
from tests.render.document_formats import DOCUMENTS
from tests.render.redline_formats import FORMATS
from tests.render.test_redline_contract import PUNISHING


def rows(markdown: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in markdown.splitlines()
        if line.startswith("|")
    ]


def test_the_page_has_the_tables_of_the_command_and_every_cell_says_yes() -> None:
    made = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    found = rows(made)
    texts, formats = headings(TEXTS)
    assert found[0] == texts
    assert [row[0] for row in found[2 : 2 + len(TEXTS)]] == [text.name for text in TEXTS]
    matrix = found[2 + len(TEXTS) :]
    assert matrix[0] == formats
    assert [row[:2] for row in matrix[2:]] == [[one.name, one.says] for one in (*FORMATS, *DOCUMENTS)]
    assert {cell for row in matrix[2:] for cell in row[2:]} == {"yes / yes"}


def test_a_format_that_loses_something_is_found() -> None:
    text = FORMATS[1]
    careless = replace(
        text, render=lambda redline: str(text.render(redline)).replace("{+", "").replace("+}", "")
    )
    pairs = [("one word\n", "one long word\n")]
    assert exact(text, pairs) == (True, True)
    assert exact(careless, pairs) == (True, False)
    made, right = tables([careless], [replace(TEXTS[-1], pairs=lambda: pairs)])
    assert not right
    assert "| yes / NO |" in made


def test_a_text_that_is_not_here_is_said_and_not_counted() -> None:
    made, right = tables(FORMATS[:1], [replace(TEXTS[0], pairs=lambda: None)])
    assert right
    assert made.count("text not here") == 2


def test_anybody_can_try_two_files_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / name for name in ("old.md", "new.md")]
    for file, text in zip(files, PUNISHING[0], strict=True):
        file.write_text(text, "utf-8")
    assert main([str(file) for file in files]) == 0
    shown = rows(capsys.readouterr().out)
    assert shown[2][:2] == ["yours", "old.md → new.md"]
    assert [row[-1] for row in shown[5:]] == ["yes / yes"] * len((*FORMATS, *DOCUMENTS))


def test_the_samples_are_exact_in_the_documents_too() -> None:
    for one in DOCUMENTS:
        for pair in PUNISHING:
            assert exact(one, [pair]) == (True, True), (one.name, pair)
