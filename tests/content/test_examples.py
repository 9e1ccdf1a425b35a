"""The examples in the documents are valid: what a reader copies works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from accord.adapters.schemas import check_document
from accord.adapters.yaml import parse_yaml
from accord.domain.record.codec import event_from_json, event_to_json
from accord.domain.record.events import KINDS
from accord.domain.text.clauses import Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number

ROOT = Path(__file__).resolve().parents[2]


def fences(name: str, info: str) -> list[str]:
    """The content of every fenced block of a document whose opening line says *info*."""
    tokens = MarkdownIt("commonmark").parse((ROOT / name).read_text("utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info.strip() == info]


def problems(schema: str, text: str) -> list[str]:
    """What this tool's strict reader and a schema of this repository find wrong in a YAML text."""
    return [finding.message for finding in check_document(parse_yaml(text, "example"), schema).findings]


def from_yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("document", "info", "schema"),
    [
        ("CONTRIBUTING.md", "yaml contribution", "contribution"),
        ("docs/files.md", "yaml contribution", "contribution"),
        ("docs/files.md", "yaml timetable", "timetable"),
        ("docs/files.md", "yaml experts", "experts"),
    ],
)
def test_an_example_is_valid(document: str, info: str, schema: str) -> None:
    """Exactly one example of the kind stands in the document, and its schema accepts it."""
    (text,) = fences(document, info)
    assert problems(schema, text) == []


def test_a_wrong_example_would_be_found() -> None:
    """The check can fail: for a missing line, a line that does not exist, and a word that is none of the allowed."""
    (text,) = fences("CONTRIBUTING.md", "yaml contribution")
    lines = text.splitlines(keepends=True)
    assert problems("contribution", "".join(line for line in lines if not line.startswith("title:")))
    assert problems("contribution", text + "telephone: none\n")
    assert problems("contribution", text.replace("for: action", "for: nothing"))


def test_the_examples_use_categories_themes_and_kinds_of_the_forum() -> None:
    """Words that the examples use stand in process/forum.yaml."""
    forum = from_yaml((ROOT / "process/forum.yaml").read_text("utf-8"))
    known = {part: {entry["id"] for entry in forum[part]} for part in ("categories", "themes", "kinds")}
    for document in ("CONTRIBUTING.md", "docs/files.md"):
        (text,) = fences(document, "yaml contribution")
        value = from_yaml(text)
        assert value["category"] in known["categories"]
        assert value["kind"] in known["kinds"]
        assert set(value["themes"]) <= known["themes"]


def test_the_table_of_lines_explains_every_line_of_the_example_and_every_category() -> None:
    """A reader finds each word of the example, and each category there is, explained in CONTRIBUTING."""
    (text,) = fences("CONTRIBUTING.md", "yaml contribution")
    whole = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", whole, flags=re.MULTILINE))
    assert set(from_yaml(text)) <= explained
    forum = from_yaml((ROOT / "process/forum.yaml").read_text("utf-8"))
    assert [entry["id"] for entry in forum["categories"] if f"`{entry['id']}`" not in whole] == []


def test_the_event_in_the_page_on_files_is_one() -> None:
    """The example event can be read, and written again as it stands."""
    (text,) = fences("docs/files.md", "json event")
    value = json.loads(text)
    assert event_to_json(event_from_json(value)) == value


def labels(path: str, text: str) -> list[str]:
    """The printed numbers of a text, of every clause that has one, keywords left out."""
    (document,) = number([parse_document(path, text)])
    return [clause.label for clause in document.clauses if clause.label and clause.kind is not Kind.KEYWORD]


def test_the_example_section_is_numbered_as_the_page_says() -> None:
    """Cover, section and Opinion stand in that order in the page on files."""
    _, section, opinion = fences("docs/files.md", "markdown")
    assert labels("report/01-example.md", section) == [
        "1", "1.1", "1.2", "1.2(1)", "1.2(2)", "Table 1", "Table 1, head", "Table 1, row 1"
    ]  # fmt: skip
    assert labels("opinions/example.md", opinion) == [
        "considering a)", "considering b)", "is of the view", "invites Member States"
    ]  # fmt: skip


def test_the_example_cover_and_opinion_keep_to_their_schemas() -> None:
    """Their front matter is what the schemas allow."""
    cover, _, opinion = fences("docs/files.md", "markdown")
    for schema, text in (("cover", cover), ("opinion", opinion)):
        front = parse_document("example.md", text).front
        assert front is not None
        assert problems(schema, front) == []


@pytest.mark.parametrize("part", ["states", "dispositions"])
def test_the_pages_use_the_words_that_are_shown(part: str) -> None:
    """Every state is explained in the concepts, and every disposition there and in CONTRIBUTING, by the word shown."""
    words = from_yaml((ROOT / "process/forum.yaml").read_text("utf-8"))[part].values()
    concepts = (ROOT / "docs/concepts.md").read_text("utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    if part == "states":
        assert [word for word in words if f"| {word} |" not in concepts] == []
    else:
        assert [
            word for word in words if f"*{word}*" not in concepts or f"| {word} |" not in contributing
        ] == []


def test_the_page_on_files_names_every_kind_of_event() -> None:
    """A new kind of event needs its word there."""
    text = (ROOT / "docs/files.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []
