"""The examples in the documents are valid: what a reader copies works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from accord.domain.record.codec import event_from_json, event_to_json

ROOT = Path(__file__).resolve().parents[2]


def fences(name: str, info: str) -> list[str]:
    """The content of every fenced block of a document whose opening line says *info*."""
    tokens = MarkdownIt("commonmark").parse((ROOT / name).read_text("utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info.strip() == info]


def problems(schema: str, value: Any) -> list[str]:
    """What a schema of this repository finds wrong in a value."""
    validator = Draft202012Validator(json.loads((ROOT / "schemas" / schema).read_text("utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def from_yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("document", "info", "schema"),
    [
        ("CONTRIBUTING.md", "yaml contribution", "contribution.schema.json"),
        ("docs/files.md", "yaml contribution", "contribution.schema.json"),
        ("docs/files.md", "yaml timetable", "timetable.schema.json"),
        ("docs/files.md", "yaml experts", "experts.schema.json"),
    ],
)
def test_an_example_is_valid(document: str, info: str, schema: str) -> None:
    """Exactly one example of the kind stands in the document, and its schema accepts it."""
    (text,) = fences(document, info)
    assert problems(schema, from_yaml(text)) == []


def test_a_wrong_example_would_be_found() -> None:
    """The check can fail: a missing line and a word that does not exist are both found."""
    (text,) = fences("CONTRIBUTING.md", "yaml contribution")
    value = from_yaml(text)
    assert problems("contribution.schema.json", {**value, "kind": "manifesto"})
    assert problems("contribution.schema.json", {k: v for k, v in value.items() if k != "title"})


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
