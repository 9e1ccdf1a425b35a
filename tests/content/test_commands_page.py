"""`docs/commands.md` says what the grammar says: every command is in its table, and every example there is true.

After a change of the grammar: ``ACCORD_WRITE_REFERENCE=1 pytest tests/content/test_commands_page.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from accord.domain.forge.commands import Read, read_words
from accord.domain.forge.grammar import (
    FOR_DOES,
    FOR_EXAMPLE,
    FOR_USAGE,
    FORMS,
    Command,
    Vocabulary,
    position_form,
    verbs,
)
from accord.domain.process.rules import STANDARD_POSITIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
WRITE = "ACCORD_WRITE_REFERENCE"
WORDS = Vocabulary(entities={"arcadia": "Arcadia"})
END = "<!-- end of commands -->"
ROWS = (
    *((form.usage, form.who, form.example, form.does) for form in map(position_form, STANDARD_POSITIONS)),
    *((form.usage, form.who, form.example, form.does) for form in FORMS),
    (FOR_USAGE, "secretariat", FOR_EXAMPLE, FOR_DOES),
)


def table() -> str:
    """The table of commands."""
    lines = ["| command | who | example | what happens |", "| --- | --- | --- | --- |"]
    for usage, who, example, does in ROWS:
        lines.append(f"| `{usage.replace('|', chr(92) + '|')}` | {who} | `{example}` | {does} |")
    return "\n".join(lines)


def text() -> str:
    return PAGE.read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without marks of code; `↵` is a new line."""
    section = text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [[_code(row[0]), *map(_bare, row[1:])] for row in found]


def _code(cell: str) -> str:
    double = re.fullmatch(r"`` (.*) ``", cell)
    return (double[1] if double else cell.strip("`")).replace("↵", "\n")


def _bare(cell: str) -> str:
    return cell.strip("`")


def read(body: str) -> Read:
    return read_words(body, vocabulary=WORDS)


def meaning(command: Command) -> tuple[object, ...]:
    return tuple(getattr(command, name) for name in Command.__slots__ if name not in ("line", "words"))


def test_the_page_holds_the_table_of_the_grammar() -> None:
    """Word by word, in the order of the grammar."""
    before, _, rest = text().partition(END)
    head, marker, _ = before.partition("test_commands_page.py -->\n")
    wanted = f"{head}{marker}\n{table()}\n\n{END}{rest}"
    if os.environ.get(WRITE):
        PAGE.write_text(wanted, "utf-8")
    assert text() == wanted, f"write it with {WRITE}=1"


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_example_is_read_as_its_command(row: tuple[str, str, str, str]) -> None:
    """No example is an attempt, and each uses the verb of its row."""
    found = read(row[2])
    assert len(found.commands) == 1
    assert not found.attempts
    assert row[2].split()[0] == row[0].split()[0]


def test_every_verb_stands_in_the_table() -> None:
    """Aliases are shown as something that is taken."""
    shown = {row[0].split()[0] for row in ROWS}
    aliases = {f"/{alias}" for form in FORMS for alias in form.aliases}
    assert {f"/{verb}" for verb in verbs(WORDS)} - aliases <= shown


@pytest.mark.parametrize("row", rows("What is taken as it was meant"), ids=lambda row: row[0])
def test_what_the_page_says_is_taken_is_taken(row: list[str]) -> None:
    """Both spellings mean the same."""
    written, plain = read(row[0]), read(row[1])
    assert len(plain.commands) == 1
    assert list(map(meaning, written.commands)) == list(map(meaning, plain.commands))
    assert not written.attempts


@pytest.mark.parametrize("row", rows("What is not taken"), ids=lambda row: row[0])
def test_what_the_page_says_is_not_taken_is_told(row: list[str]) -> None:
    """It is an attempt, and a possible objection where the page says so."""
    found = read(row[0])
    assert not found.commands
    assert [one.objection for one in found.attempts] == [row[2] == "yes"]


def test_the_tables_are_found_at_all() -> None:
    """A changed heading must not silently empty this test."""
    assert len(rows("What is taken as it was meant")) > 10
    assert len(rows("What is not taken")) > 20
