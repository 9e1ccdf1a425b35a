"""Events to JSON values and back, driven by the annotations of the event classes."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from accord.domain.record.events import KIND_OF, KINDS, Event


class MalformedEvent(ValueError):
    """A JSON value that is no event; the message names the field."""


def instant_text(moment: datetime) -> str:
    """An instant as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    """The instant written as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def event_to_json(event: Event) -> dict[str, Any]:
    """The JSON object written in the record: ``kind`` first; fields at their default are left out."""
    kind: type[Event] = type(event)
    return {"kind": KIND_OF[kind], **_encode_fields(event)}


def event_from_json(value: Mapping[str, Any]) -> Event:
    """The event a JSON object of the record stands for.

    Raises:
        MalformedEvent: unknown kind, missing or unknown field, or a value of the wrong type.
    """
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise MalformedEvent(f"kind: {kind!r} is not a kind of event this version knows")
    body = {key: item for key, item in value.items() if key != "kind"}
    cls: type = KINDS[kind]
    event = _object_decoder(cls)(body, kind)
    assert isinstance(event, Event)  # noqa: S101 - narrows for the type checker
    return event


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if is_dataclass(value):
        return _encode_fields(value)
    return value


def _encode_fields(value: Any) -> dict[str, Any]:
    out = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if field.default is not MISSING and item == field.default and field.name != "seq":
            continue
        out[field.name] = _encode(item)
    return out


Decoder = Callable[[Any, str], Any]


@functools.cache
def hints(cls: type) -> dict[str, Any]:
    """Resolved annotations of an event or value class."""
    return typing.get_type_hints(cls)


@functools.cache
def _object_decoder(cls: type) -> Decoder:
    decoders = {field.name: _decoder(hints(cls)[field.name]) for field in fields(cls)}
    required = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}

    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise MalformedEvent(f"{where}: expected an object")
        if missing := sorted(required - value.keys()):
            raise MalformedEvent(f"{where}: `{missing[0]}` is missing")
        if unknown := sorted(value.keys() - decoders.keys()):
            raise MalformedEvent(f"{where}: `{unknown[0]}` is not a field of it")
        try:
            return cls(**{key: decoders[key](item, f"{where}.{key}") for key, item in value.items()})
        except MalformedEvent:
            raise
        except ValueError as problem:
            raise MalformedEvent(f"{where}: {problem}") from problem

    return decode


def _decoder(hint: Any) -> Decoder:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return _literal(args)
    if origin in (types.UnionType, typing.Union):
        inner = _decoder(next(arg for arg in args if arg is not type(None)))
        return lambda value, where: None if value is None else inner(value, where)
    if origin is tuple:
        item = _decoder(args[0])
        return lambda value, where: tuple(
            item(part, f"{where}[{index}]") for index, part in enumerate(_expect(list)(value, where))
        )
    if hint is datetime:
        return _decode_instant
    if is_dataclass(hint) and isinstance(hint, type):
        return _object_decoder(hint)
    return _expect(origin or hint)


def _literal(allowed: tuple[Any, ...]) -> Decoder:
    def decode(value: Any, where: str) -> Any:
        if value not in allowed:
            raise MalformedEvent(f"{where}: {value!r} is none of {', '.join(map(str, allowed))}")
        return value

    return decode


def _expect(kind: type) -> Decoder:
    def decode(value: Any, where: str) -> Any:
        # bool is a subclass of int in Python; in JSON they are different things.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise MalformedEvent(f"{where}: expected {kind.__name__}, found {type(value).__name__}")
        return value

    return decode


def _decode_instant(value: Any, where: str) -> datetime:
    try:
        return instant(value)
    except (TypeError, ValueError) as problem:
        raise MalformedEvent(f"{where}: {value!r} is not an instant like 2024-12-20T22:59:59Z") from problem
