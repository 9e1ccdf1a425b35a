"""Schemas: the example files, the words of each message, and schema = code = data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from accord.adapters.schemas import FOLDER, check_document, check_value, load_schema, typed
from accord.adapters.yaml import PlainText, parse_yaml, read_yaml
from accord.application.loading import load_process
from accord.domain.process import forum, people, rules, timetable
from accord.domain.process.contribution import Contribution, Purpose
from accord.domain.record import values as record
from accord.domain.record.values import CAUTION

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))
EXAMPLES = sorted((ROOT / "tests" / "examples").glob("*/*/*.yaml"))


def test_there_are_examples_of_both_sorts_for_every_schema() -> None:
    """The loop below cannot pass by finding nothing."""
    found = {path.parts[-3:-1] for path in EXAMPLES}
    assert found == {(schema, sort) for schema in SCHEMAS for sort in ("valid", "invalid")}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_schema_is_a_schema(schema: str) -> None:
    """By the metaschema of 2020-12, with an id and a description, and closed against unknown fields."""
    content = load_schema(schema)
    Draft202012Validator.check_schema(content)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert content["$id"]
    assert content["description"]
    assert content["additionalProperties"] is False


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_an_example_is_what_its_folder_says(path: Path) -> None:
    """Valid ones pass; invalid ones break the rule named in their first line, with line, column and fix."""
    found = check_document(read_yaml(path, path.name), path.parts[-3])
    if path.parts[-2] == "valid":
        assert found.findings == ()
        assert Draft202012Validator(load_schema(path.parts[-3])).is_valid(found.value)
        return
    rule = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
    assert rule in [finding.rule for finding in found.findings]
    assert found.value is None
    for finding in found.findings:
        assert finding.fix
        assert finding.place is not None
        assert finding.place.line is not None
        assert len(finding.message) < 200


def findings(text: str, schema: str = "contribution") -> list[str]:
    """Place, message and fix of each finding, as people read them."""
    found = check_document(parse_yaml(text, "c.yaml"), schema).findings
    return [f"{one.place.line}:{one.place.column} {one.message} {one.fix}" for one in found if one.place]


def test_the_words_of_the_messages() -> None:
    """All problems at once, in order, each with its place and what to do."""
    text = (
        "category: Member State\n"
        "source: arcadia\n"
        "kind: comment\n"
        "based_on: draft-2\n"
        "theme: [resilience]\n"
        "title: ''\n"
        "reasons: |\n"
        "  Why not.\n"
        "language: en\n"
        "for: informaton\n"
        "requires: [3, x]\n"
    )
    assert findings(text) == [
        "1:1 The field `themes` is missing. Add `themes: ...`. List at least one theme, such as `[resilience]`.",
        (
            "1:11 `category` cannot be `Member State`. Write the stakeholder category, such as `member-state` or "
            "`stakeholder`."
        ),
        "5:1 There is no field `theme` here. Did you mean `themes`?",
        "6:8 `title` is empty. Write a title of one line.",
        "10:6 `for` cannot be `informaton`. Did you mean `information`?",
        "11:15 Entry 2 must be a whole number, not `x`. Write the number of a contribution.",
    ]


def test_unquoted_text_becomes_what_the_schema_asks_for() -> None:
    """Numbers, truth and nothing only where wanted, and never from quoted text."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "n": {"type": "integer"},
            "t": {"type": "string"},
            "b": {"type": "boolean"},
            "o": {"type": ["string", "null"]},
            "e": {"oneOf": [{"type": "integer"}, {"$ref": "#/$defs/word"}]},
        },
        "additionalProperties": {"type": "array", "items": {"type": "integer"}},
        "$defs": {"word": {"type": "string"}},
    }
    document = parse_yaml("n: 12\nt: 12\nb: true\no:\ne: 7\nx: [1, '2', 007, 1e3]", "x")
    value = typed(document.value, schema)
    assert value == {"n": 12, "t": "12", "b": True, "o": None, "e": 7, "x": [1, "2", "007", "1e3"]}
    assert typed({"e": PlainText("seven"), "n": PlainText("9" * 5000)}, schema) == {
        "e": "seven",
        "n": "9" * 5000,
    }
    assert not any(isinstance(one, PlainText) for one in value.values())


def test_values_of_a_record_are_checked_without_lines() -> None:
    """Places are JSON pointers then."""
    (finding,) = check_value({"id": "x", "title": "y", "themes": ["z!"]}, "opinion", name="event 7").findings
    assert str(finding.place) == "event 7: /themes/0"


def test_a_flood_of_problems_is_cut() -> None:
    """Fifty are enough to start with."""
    text = "".join(f"k{n}: x\n" for n in range(2000))
    assert 0 < len(check_document(parse_yaml(text, "x"), "forum").findings) <= 2100
    long = "themes: [" + ", ".join(f"t{n}" for n in range(500)) + "]\nid: a\ntitle: b\n"
    assert len(check_document(parse_yaml(long, "x"), "opinion").findings) <= 60


# Schema enums, code enums and data say the same.


def values(kind: type[Enum]) -> list[str]:
    """The values of a code enum, in order."""
    return [str(member.value) for member in kind]


def at(schema: str, *path: str) -> Any:
    """A place in a schema."""
    found: Any = load_schema(schema)
    for part in path:
        found = found[part]
    return found


EVENT = ("properties", "events", "items", "properties")
PRESET = ("properties", "presets", "additionalProperties", "properties")


@pytest.mark.parametrize(
    ("kind", "schema", "path"),
    [
        (timetable.EventKind, "timetable", (*EVENT, "kind", "enum")),
        (timetable.ReportForm, "timetable", (*EVENT, "contains", "properties", "report", "enum")),
        (timetable.OpinionsForm, "timetable", (*EVENT, "contains", "properties", "opinions", "enum")),
        (forum.InputClass, "forum", ("properties", "classes", "items", "properties", "id", "enum")),
        (forum.InputClass, "forum", ("properties", "categories", "items", "properties", "class", "enum")),
        (forum.Matter, "forum", ("properties", "kinds", "items", "properties", "matter", "enum")),
        (forum.Sender, "forum", ("properties", "kinds", "items", "properties", "sender", "enum")),
        (forum.State, "forum", ("properties", "states", "required")),
        (forum.Disposition, "forum", ("properties", "dispositions", "required")),
        (people.Capacity, "experts", ("properties", "experts", "items", "properties", "capacity", "enum")),
        (rules.ChangeInCall, "consensus", (*PRESET, "change_in_call", "enum")),
        (rules.Cutoff, "consensus", (*PRESET, "new_opinion_cutoff", "enum")),
        (rules.PublicOutside, "consensus", (*PRESET, "public_outside_consultation", "enum")),
        (rules.Gated, "consensus", (*PRESET, "gates", "items", "enum")),
        (Purpose, "contribution", ("properties", "for", "enum")),
    ],
)
def test_code_and_schema_have_the_same_words(kind: type[Enum], schema: str, path: tuple[str, ...]) -> None:
    """In the same order."""
    assert at(schema, *path) == values(kind)


def test_code_and_schema_have_the_same_stances() -> None:
    """The positions that can be taken, in the words of the forum and the rules."""
    assert set(at("forum", "properties", "positions", "required")) == set(CAUTION)
    position = at("consensus", *PRESET, "positions", "additionalProperties", "properties")
    assert set(position["means"]["enum"]) == set(CAUTION)


def test_the_record_knows_the_dispositions_of_the_forum() -> None:
    """R25: the record's events and the forum's words name the same ways to end."""
    assert list(get_args(record.Disposition)) == values(forum.Disposition)


def test_code_and_schema_have_the_same_rules() -> None:
    """Every field of the rules, as a preset's field and as one that can be changed."""
    fields = set(rules.FIELDS)
    assert set(at("consensus", *PRESET)) == fields
    with_a_default = {"positions", "escalate_days", "supporting_positions", "needs_share", "may_be_silent"}
    required = set(at("consensus", "properties", "presets", "additionalProperties", "required"))
    assert required == fields - with_a_default
    changeable = set(at("consensus", "properties", "changes", "items", "properties", "field", "enum"))
    assert changeable == fields - {"positions"}


def test_code_and_schema_have_the_same_fields_of_a_contribution() -> None:
    """`for` is a word of the language and so has another name in code."""
    fields = {"for" if name == "purpose" else name for name in Contribution.__slots__}
    assert set(at("contribution", "properties")) == fields


def test_no_schema_knows_a_forum() -> None:
    """Categories, kinds and themes are the forum's data, so that another forum changes data and not a schema."""
    document = read_yaml(ROOT / "process" / "forum.yaml", "process/forum.yaml")
    assert isinstance(document.value, dict)
    forum_: Any = document.value
    names = {str(one["id"]) for part in ("categories", "themes") for one in forum_[part]}
    known = {word for name in SCHEMAS for word in _enums(load_schema(name))}
    assert names
    assert not names & known


def _enums(schema: Any) -> set[str]:
    """Every word that a schema lists as one of a few."""
    if isinstance(schema, list):
        return {word for part in schema for word in _enums(part)}
    if not isinstance(schema, Mapping):
        return set()
    own = {str(word) for word in schema.get("enum", ())} if isinstance(schema.get("enum"), list) else set()
    return own | {word for part in schema.values() for word in _enums(part)}


def test_the_files_of_this_repository_fit_their_schemas_and_each_other() -> None:
    """As typed JSON they load as they do from YAML, so that a record can keep them."""
    raw: dict[str, Any] = {}
    for name in ("timetable", "experts", "forum", "consensus"):
        checked = check_document(read_yaml(ROOT / "process" / f"{name}.yaml", name), name)
        assert checked.findings == ()
        raw[name] = json.loads(json.dumps(checked.value))
    loaded = load_process(raw["timetable"], raw["experts"], raw["forum"], raw["consensus"])
    assert loaded.findings == ()
    assert loaded.value is not None
