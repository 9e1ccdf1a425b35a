"""What is written once is read for ever: what a field means that is left out, and which events are refused."""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from accord.domain.record.codec import MalformedEvent, event_from_json, event_to_json
from accord.domain.record.events import KINDS
from accord.domain.record.schema import event_schema
from accord.domain.record.values import CAUTION, Receipt
from tests.domain.record.test_events import MOMENT, sample

GOLDEN = Path(__file__).with_name("golden_left_out.txt")


def classes() -> dict[str, type]:
    """Every kind of event by its name, then every class of the values in them."""
    found: dict[str, type] = dict(KINDS)

    def look(value: Any) -> None:
        if dataclasses.is_dataclass(value):
            if type(value) not in found.values():
                found[type(value).__name__] = type(value)
            for field in dataclasses.fields(value):
                look(getattr(value, field.name))
        elif isinstance(value, tuple):
            for one in value:
                look(one)

    for cls in KINDS.values():
        look(sample(cls))
    return found


def left_out() -> str:
    """Each field that may be left out, with what that means."""
    lines = [
        f"{name}.{field.name}: {json.dumps(field.default)}"
        for name, cls in classes().items()
        for field in dataclasses.fields(cls)
        if field.default is not dataclasses.MISSING
    ]
    return "\n".join(lines) + "\n"


def test_what_is_left_out_keeps_its_meaning() -> None:
    """The record only grows: another default would change what old events say (see ACCORD_WRITE_GOLDEN=1)."""
    found = left_out()
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == found


def smallest(kind: str) -> dict[str, Any]:
    """An event with nothing but what its schema requires."""

    def cut(value: Any, schema: Any) -> Any:
        if schema.get("type") == "object" and "properties" in schema:
            return {name: cut(value[name], schema["properties"][name]) for name in schema["required"]}
        if schema.get("type") == "array":
            return [cut(one, schema["items"]) for one in value]
        return value

    whole = event_to_json(sample(KINDS[kind]))
    found = cut(whole, event_schema(kind))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_event_of_each_kind_is_written_as_it_was_read(kind: str) -> None:
    """Nothing that was left out is written later; its place in the record always is."""
    value = smallest(kind)
    jsonschema.Draft202012Validator(event_schema(kind)).validate(value)
    again = event_to_json(event_from_json(value))
    assert again == value
    assert next(iter(again)) == "kind"
    assert "seq" in again
    assert "seq" in event_to_json(event_from_json(value | {"seq": 0}))


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_tells_what_the_event_is_for(kind: str) -> None:
    """In words, for people who read the record without this tool."""
    assert len(event_schema(kind)["description"]) > 10


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": 7}, "kind: 7"),
        ({"kind": ["withdrawn"]}, "kind: "),
        ({"kind": None}, "kind: None"),
        ({"zebra": 1, "apple": 1}, "withdrawn: `apple` is not a field"),
        ({"by": "Ana"}, "withdrawn.by: expected an object"),
        ({"by": []}, "withdrawn.by: expected an object"),
        ({"by": {"name": "Ana", "role": "chair", "id": "1"}}, "withdrawn.by.id: expected int"),
        ({"by": {"name": "Ana", "role": "chair", "id": True}}, "withdrawn.by.id: expected int"),
        ({"by": {"name": 7, "role": "chair"}}, "withdrawn.by.name: expected str"),
        ({"by": {"role": "chair"}}, "withdrawn.by: `name` is missing"),
        ({"by": {}}, "withdrawn.by: `name` is missing"),
        ({"recorded": 7}, "withdrawn.recorded: 7 is not an instant"),
        ({"received": {"earliest": "2024-12-20T22:59:59Z"}}, "withdrawn.received: `latest` is missing"),
    ],
)
def test_an_event_is_refused_at_the_field_that_is_wrong(change: dict[str, Any], says: str) -> None:
    """The innermost place, once; of several the first by name."""
    value = smallest("withdrawn") | change
    with pytest.raises(MalformedEvent) as refused:
        event_from_json(value)
    assert str(refused.value).startswith(says)


def test_what_may_be_nothing_may_be_said_to_be_nothing() -> None:
    """`null` and leaving it out are the same."""
    value = smallest("withdrawn")
    nothing = value | {"by": value["by"] | {"id": None}}
    assert event_from_json(nothing) == event_from_json(value)


def test_the_most_cautious_stance_counts_at_one_instant() -> None:
    """C3, from the most to the least cautious, no two alike."""
    assert sorted(CAUTION, key=lambda one: -CAUTION[one]) == [
        "object",
        "reserve",
        "abstain",
        "accept",
        "support",
    ]
    assert len(set(CAUTION.values())) == len(CAUTION)


def test_an_instant_is_known_to_the_second_by_the_clock_that_said_so() -> None:
    """Unless another clock is named it was the moment at which it was handed in."""
    exact = Receipt.instant(MOMENT)
    assert (exact.earliest, exact.latest, exact.clock) == (MOMENT, MOMENT, "submit")
    assert Receipt.instant(MOMENT, "registry").clock == "registry"
    with pytest.raises(ValueError, match="ends before it begins"):
        Receipt(earliest=MOMENT, latest=MOMENT - timedelta(seconds=1))
