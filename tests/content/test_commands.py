"""The commands in the documents exist: verb, options and choices are those of the command line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from accord.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/secretariat.md")


def commands(name: str) -> list[str]:
    """Every line of a fenced block that calls `accord`, without a prompt."""
    tokens = MarkdownIt("commonmark").parse((ROOT / name).read_text("utf-8"))
    lines = [line for t in tokens if t.type == "fence" for line in t.content.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith("accord ")]


def understand(line: str) -> click.Context:
    """Parse a command line as `accord` would, and run nothing. Raises click.UsageError if it is none."""
    words = shlex.split(line, comments=True)[1:]
    group: click.Group = cli
    context = click.Context(cli, info_name="accord")
    while True:
        name, command, words = group.resolve_command(context, words)
        assert command is not None, line
        if not isinstance(command, click.Group):
            return command.make_context(name, words, parent=context)
        group = command


@pytest.mark.parametrize(
    "line",
    [line for name in DOCUMENTS for line in commands(name)],
    ids=lambda line: line.partition("#")[0].strip(),
)
def test_a_command_in_the_documents_is_understood(line: str) -> None:
    """What a reader copies from a page is a command that this version has."""
    understand(line)


@pytest.mark.parametrize("line", ["accord submitt x", "accord recall 12", "accord call 12 --till tomorrow"])
def test_a_wrong_command_would_be_found(line: str) -> None:
    """The check can fail: for a verb, a missing option and an option that do not exist."""
    with pytest.raises(click.UsageError):
        understand(line)


def test_the_documents_show_commands_at_all() -> None:
    """A changed fence must not silently empty this test."""
    assert all(len(commands(name)) > 10 for name in DOCUMENTS)


def test_only_commands_that_need_no_record_are_offered_for_copying_in_the_readme() -> None:
    """A `console` block of the README works on a fresh copy; everything else stands in a `text` block."""
    blocks = re.findall(
        r"^```console\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    lines = [line for block in blocks for line in block.splitlines()]
    assert lines
    assert all(line.startswith("$ accord ") for line in lines)
    assert {line.split()[2] for line in lines} <= {"now", "check", "build"}
