"""JSON Schemas: type the text of a YAML document; say what doesn't fit, where, and how to mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.adapters.yaml import Document, PlainText
from accord.domain.findings import Finding, Place
from accord.domain.process.suggest import did_you_mean, shorten

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

FOLDER = Path(__file__).resolve().parents[3] / "schemas"

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_TRUTH = {"true": True, "false": False}
_NOTHING = ("", "null", "~")
_FINDINGS_LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A typed value of plain JSON kinds, None when it doesn't fit its schema, and every problem."""

    value: Any | None
    findings: tuple[Finding, ...]


@cache
def load_schema(name: str, folder: Path = FOLDER) -> Mapping[str, Any]:
    """The schema `NAME.schema.json`; FileNotFoundError if the tool has none of that name."""
    schema: dict[str, Any] = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(name: str, folder: Path) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load_schema(name, folder))


def check_document(document: Document, schema: str, *, folder: Path = FOLDER) -> Checked:
    """Type a YAML document by a schema and check it. A document with findings is returned with those alone."""
    if document.findings or document.value is None:
        return Checked(value=None, findings=document.findings)
    value = typed(document.value, load_schema(schema, folder))
    findings = _findings(value, _validator(schema, folder), document)
    return Checked(value=None if findings else value, findings=tuple(findings))


def check_value(value: Any, schema: str, *, name: str, folder: Path = FOLDER) -> Checked:
    """Check a value that already has JSON kinds, such as a record event; places are JSON pointers into it."""
    document = Document(name=name, value=None)
    findings = _findings(value, _validator(schema, folder), document)
    return Checked(value=None if findings else value, findings=tuple(findings))


def typed(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """Turn unquoted text into the integer, truth value or nothing that the schema asks for; all else stays text."""
    root = schema if root is None else root
    branches = tuple(_branches(schema, root))
    if isinstance(value, Mapping):
        return {key: typed(inner, _inside(branches, key), root) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner, _items(branches), root) for inner in value]
    return _scalar(value, branches)


def _branches(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema itself and everything it refers to or offers as an alternative."""
    yield schema
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        target: Any = root
        for part in reference[2:].split("/"):
            target = target[part]
        yield from _branches(target, root)
    for keyword in ("oneOf", "anyOf", "allOf"):
        for alternative in schema.get(keyword, ()):
            yield from _branches(alternative, root)


def _inside(branches: Sequence[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    found: list[Mapping[str, Any]] = []
    for branch in branches:
        if key in branch.get("properties", {}):
            found.append(branch["properties"][key])
        elif isinstance(branch.get("additionalProperties"), dict):
            found.append(branch["additionalProperties"])
    return found[0] if len(found) == 1 else {"anyOf": found}


def _items(branches: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {"anyOf": [branch["items"] for branch in branches if isinstance(branch.get("items"), dict)]}


def _scalar(value: Any, branches: Sequence[Mapping[str, Any]]) -> Any:
    if not isinstance(value, PlainText):
        return value
    allowed: set[str] = set()
    for branch in branches:
        kinds = branch.get("type", ())
        allowed.update([kinds] if isinstance(kinds, str) else kinds)
    text = str(value)
    if "null" in allowed and text in _NOTHING:
        return None
    if "boolean" in allowed and text in _TRUTH:
        return _TRUTH[text]
    if "integer" in allowed and _INTEGER.fullmatch(text):
        return int(text)
    return text


def _findings(value: Any, validator: Validator, document: Document) -> list[Finding]:
    found: list[Finding] = []
    for error in validator.iter_errors(value):
        for finding in _explain(error, document):
            if finding not in found:
                found.append(finding)
        if len(found) >= _FINDINGS_LIMIT:
            break
    return sorted(found, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else (0, 0))


def _explain(error: ValidationError, document: Document) -> Iterator[Finding]:
    while error.validator in ("oneOf", "anyOf") and error.context:
        from jsonschema.exceptions import best_match

        deeper = best_match(iter(error.context))
        if deeper is None or len(deeper.absolute_path) <= len(error.absolute_path):
            break
        error = deeper
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error.absolute_path)
    what = f"`{error.absolute_path[-1]}`" if error.absolute_path else "This"
    if isinstance(error.absolute_path[-1] if error.absolute_path else None, int):
        what = f"Entry {int(error.absolute_path[-1]) + 1}"
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        known = list(schema.get("properties", {}))
        for key in instance:
            if key not in known:
                yield Finding(
                    rule="schema-unknown-key",
                    message=f"There is no field `{shorten(str(key))}` here.",
                    fix=did_you_mean(str(key), known),
                    place=document.place(f"{pointer}/{key}", key=True),
                )
        return
    rule, message, fix = _sentence(error, schema, what)
    yield Finding(rule=rule, message=message, fix=fix, place=_place(document, pointer))


def _place(document: Document, pointer: str) -> Place:
    if document.value is None:
        return Place(file=document.name, path=pointer)
    return document.place(pointer)


def _sentence(error: ValidationError, schema: Mapping[str, Any], what: str) -> tuple[str, str, str]:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    hint = str(schema.get("description", ""))
    given = shorten(str(instance)) if isinstance(instance, (str, int)) else ""
    match error.validator:
        case "required":
            missing = next((name for name in wanted if name not in instance), wanted[0])
            properties = schema.get("properties", {})
            hint = str(properties.get(missing, {}).get("description", "")) or hint
            return (
                "schema-missing",
                f"The field `{missing}` is missing.",
                f"Add `{missing}: ...`. {hint}".strip(),
            )
        case "enum":
            return (
                "schema-value",
                f"{what} cannot be `{given}`.",
                did_you_mean(given, [str(one) for one in wanted]),
            )
        case "const":
            return "schema-value", f"{what} must be `{wanted}`.", hint or f"Write `{wanted}`."
        case "type":
            return (
                "schema-type",
                f"{what} must be {_kinds(wanted)}, not {_kind_of(instance)}.",
                hint or _write(wanted),
            )
        case "pattern" if isinstance(instance, str) and not instance.strip():
            return "schema-empty", f"{what} is empty.", hint or "Fill it in."
        case "pattern":
            return "schema-pattern", f"{what} cannot be `{given}`.", hint or f"It must match {wanted}"
        case "minLength" | "minItems" | "minProperties":
            return (
                "schema-empty",
                f"{what} is empty." if wanted == 1 else f"{what} is too short.",
                hint or "Fill it in.",
            )
        case "maxLength":
            return (
                "schema-long",
                f"{what} has {len(instance):,} characters; at most {wanted:,} fit.",
                "Shorten it.",
            )
        case "maxItems":
            return (
                "schema-long",
                f"{what} has {len(instance):,} entries; at most {wanted:,} fit.",
                "Shorten it.",
            )
        case "uniqueItems":
            return "schema-twice", f"{what} names something twice.", "Name each once."
        case "minimum" | "maximum":
            bound = "at least" if error.validator == "minimum" else "at most"
            return "schema-number", f"{what} must be {bound} {wanted}.", hint or "Correct the number."
        case "dependentRequired":
            return "schema-missing", f"{what} lacks a field: {error.message}.", hint or "Add it."
        case "oneOf" | "anyOf":
            return (
                "schema-form",
                f"{what} has none of the forms it may have.",
                hint or "See the reference of files.",
            )
        case _:
            return (
                "schema-form",
                f"{what} doesn't fit: {shorten(error.message, 120)}.",
                hint or "See the reference of files.",
            )


_WORDS = {
    "object": "fields with values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "null": "empty",
    "number": "a number",
}


def _kinds(wanted: str | Sequence[str]) -> str:
    return " or ".join(_WORDS.get(one, one) for one in ([wanted] if isinstance(wanted, str) else wanted))


def _kind_of(value: Any) -> str:
    if isinstance(value, str):
        return f"`{shorten(value)}`" if value else "empty"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return (
        _WORDS["array"]
        if isinstance(value, list)
        else _WORDS["object"]
        if isinstance(value, dict)
        else f"`{value}`"
    )


def _write(wanted: str | Sequence[str]) -> str:
    return f"Write {_kinds(wanted)}."
