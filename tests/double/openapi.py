"""OpenAPI 3.0 schemas → JSON Schema 2020-12, as far as GitHub's description needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_UNUSED = {"example", "examples", "discriminator", "xml", "externalDocs", "description"}
_COMPONENTS = "#/components/schemas/"
_DEFS = "#/$defs/"


def converted(value: Any, *, names: bool = False) -> Any:
    """The same schema in JSON Schema words. ``names``: the keys are names of properties, not words of the schema."""
    if isinstance(value, list):
        return [converted(one) for one in value]
    if not isinstance(value, dict):
        return value
    if names:
        return {name: converted(one) for name, one in value.items()}
    schema = {
        word: converted(one, names=word in {"properties", "patternProperties"})
        for word, one in value.items()
        if word not in _UNUSED or not isinstance(one, str | list | dict) or word == "$ref"
    }
    if isinstance(reference := schema.get("$ref"), str):
        schema["$ref"] = reference.replace(_COMPONENTS, _DEFS)
    return nullable(schema) if schema.pop("nullable", False) is True else schema


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, null allowed too."""
    kind = schema.get("type")
    if schema.keys() & {"$ref", "allOf", "anyOf", "oneOf"} or not isinstance(kind, str):
        return {"anyOf": [schema, {"type": "null"}]}
    schema = {**schema, "type": [kind, "null"]}
    if None not in schema.get("enum", (None,)):
        schema["enum"] = [*schema["enum"], None]
    return schema


def closure(schema: Any, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """All named schemas that a schema refers to, directly or not."""
    found: dict[str, Any] = {}
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            reference = one.get("$ref")
            if isinstance(reference, str) and (name := reference.removeprefix(_DEFS)) not in found:
                found[name] = schemas[name]
                waiting.append(schemas[name])
            waiting += one.values()
    return found
