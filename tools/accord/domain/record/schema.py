"""The JSON Schema (2020-12) of each kind of record event, derived from the event classes.

The files in `schemas/events/` are these values, written out for people and for other programs.
"""

from __future__ import annotations

import inspect
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from typing import Any

from accord.domain.record.codec import hints
from accord.domain.record.events import KINDS

_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
_SIMPLE = {str: "string", int: "integer", bool: "boolean"}


def event_schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of event, as it is stored in ``schemas/events/<kind>.schema.json``."""
    cls = KINDS[kind]
    body = _object(cls)
    body["properties"] = {"kind": {"const": kind}, **body["properties"]}
    body["required"] = ["kind", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"accord:schemas/events/{kind}",
        "title": f"Record event: {kind}",
        "description": inspect.getdoc(cls) or "",
        **body,
    }


def _object(cls: type) -> dict[str, Any]:
    annotations = hints(cls)
    ordered = sorted(fields(cls), key=lambda field: field.default is not MISSING)
    return {
        "type": "object",
        "properties": {field.name: _of(annotations[field.name]) for field in ordered},
        "required": [field.name for field in ordered if field.default is MISSING or field.name == "seq"],
        "additionalProperties": False,
    }


def _of(hint: Any) -> dict[str, Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(args)}
    if origin in (types.UnionType, typing.Union):
        inner = _of(next(arg for arg in args if arg is not type(None)))
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(args[0])}
    if origin is dict:
        value = args[1]
        return {"type": "object"} if value is Any else {"type": "object", "additionalProperties": _of(value)}
    if hint is datetime:
        return dict(_INSTANT)
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    return {"type": _SIMPLE[hint]}
