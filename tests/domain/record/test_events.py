"""Record events: classes, JSON form and published schemas say the same."""

from __future__ import annotations

import dataclasses
import json
import typing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from accord.domain.record.codec import MalformedEvent, event_from_json, event_to_json, hints, instant
from accord.domain.record.events import KIND_OF, KINDS, Event
from accord.domain.record.schema import event_schema

SCHEMAS = Path(__file__).parents[3] / "schemas" / "events"
MOMENT = instant("2024-12-20T22:59:59Z")


def sample(hint: Any, depth: int = 0) -> Any:
    """Some value that fits an annotation, with every optional part present."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return args[-1]
    if origin is tuple:
        return (sample(args[0], depth + 1),)
    if origin is dict:
        return {"key": "value"}
    if args and type(None) in args:
        return sample(args[0], depth + 1)
    if dataclasses.is_dataclass(hint):
        return hint(**{f.name: sample(hints(hint)[f.name], depth + 1) for f in dataclasses.fields(hint)})  # type: ignore[operator,arg-type]
    return {str: "text", int: 7, bool: True}.get(hint, MOMENT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_survives_json_and_fits_its_schema(kind: str) -> None:
    """To JSON and back gives the same event, and the JSON fits the schema file."""
    event = sample(KINDS[kind])
    assert isinstance(event, Event)

    value = json.loads(json.dumps(event_to_json(event)))

    assert event_from_json(value) == event
    jsonschema.Draft202012Validator(event_schema(kind)).validate(value)


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schema_is_the_one_of_the_class(kind: str) -> None:
    """`schemas/events/` never drifts from the code."""
    published = SCHEMAS / f"{kind}.schema.json"
    expected = json.dumps(event_schema(kind), indent=2, ensure_ascii=False) + "\n"
    assert published.read_text("utf-8") == expected, f"write this into {published.name}:\n{expected}"


def test_there_is_no_schema_without_a_kind() -> None:
    """One file a kind."""
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{kind}.schema.json" for kind in KINDS}
    assert len(KIND_OF) == len(KINDS)


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "kind"),
    ({"kind": "unheard-of"}, "unheard-of"),
    ({"kind": "withdrawn"}, "`by` is missing"),
    ({"more": 1}, "`more` is not a field"),
    ({"seq": "1"}, "withdrawn.seq: expected int"),
    ({"seq": True}, "withdrawn.seq: expected int"),
    ({"recorded": "yesterday"}, "withdrawn.recorded"),
    ({"by": {"name": "a", "role": "king"}}, "withdrawn.by.role"),
    (
        {"received": {"earliest": "2024-12-20T22:59:59Z", "latest": "2024-12-20T22:59:58Z"}},
        "ends before it begins",
    ),
]


@pytest.mark.parametrize(("change", "says"), BAD, ids=[row[1] for row in BAD])
def test_a_malformed_event_is_refused_with_its_field(change: dict[str, Any], says: str) -> None:
    """The message names the field and what is wrong with it."""
    value: dict[str, Any] = event_to_json(sample(KINDS["withdrawn"]))
    value = change if set(change) <= {"kind"} else value | change
    with pytest.raises(MalformedEvent, match=says.replace("[", r"\[")):
        event_from_json(value)
