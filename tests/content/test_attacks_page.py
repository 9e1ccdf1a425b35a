"""The pages on attacks and complaints name tests for every row, and every one of them exists and is collected."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = (ROOT / "docs" / "attacks.md").read_text("utf-8")
COMPLAINTS = (ROOT / "docs" / "complaints.md").read_text("utf-8")
TABLES = ATTACKS.partition("## Each attack, what stops it, and the tests that try it")[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PAGES = {"attacks.md": (TABLES, 5, 3), "complaints.md": (COMPLAINTS, 3, 2)}
"""What has the tables, how many columns they have, and in which the tests stand."""


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= set("- |")}
    return [row for number, row in enumerate(cells) if number not in heads and number - 1 not in heads]


def functions_of(file: str) -> set[str]:
    """The tests at the top of a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {
        one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_row_is_whole_and_names_a_test(page: str) -> None:
    """No empty cell; one test at least, and nothing else in its cell."""
    text, columns, place = PAGES[page]
    found = rows(text)
    assert len(found) > 10
    for row in found:
        assert len(row) == columns, row
        assert all(row), row
        assert NAMED.findall(row[place]), row
        assert not NAMED.sub("", row[place]).replace(",", "").strip(), row


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_collected(page: str) -> None:
    """By pytest itself."""
    named = set(NAMED.findall(PAGES[page][0]))
    missing = [f"{file}::{name}" for file, name in named if name not in functions_of(file)]
    assert missing == []
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "--no-header",
            *sorted({file for file, _ in named}),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    collected = {line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line}
    assert {f"{file}::{name}" for file, name in named} <= collected


def test_every_attack_that_is_tried_has_a_row() -> None:
    """The tests of the files that are there for nothing else."""
    named = set(NAMED.findall(TABLES))
    files = sorted((ROOT / "tests").rglob("test_attacks_*.py"))
    tried = {
        (str(file.relative_to(ROOT)), name)
        for file in files
        if file.parent.name != "content"
        for name in functions_of(str(file.relative_to(ROOT)))
    }
    assert len(tried) > 40
    assert tried - named == set()
