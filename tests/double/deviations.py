"""Where GitHub does otherwise than its description says: each with evidence, each as small as it can be.

A test fails when an entry is no longer needed with the pinned description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.double.openapi import nullable


@dataclass(frozen=True, slots=True, kw_only=True)
class NullAllowed:
    """A property that is null in reality where the description forbids it."""

    schema: str
    path: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BareList:
    """A request whose body may also be the list alone that the description wants in an object."""

    operation: str
    field: str
    evidence: str


_DELETED = (
    "the recordings shipped with PyGithub: of 69 pull requests 8 have `head.repo` null, 10 `head.user`, 5 `head.label` "
    "(deleted forks and accounts)"
)

NULLS = (
    NullAllowed(schema="pull-request", path=("head", "repo"), evidence=_DELETED),
    NullAllowed(schema="pull-request", path=("head", "user"), evidence=_DELETED),
    NullAllowed(schema="pull-request", path=("head", "label"), evidence=_DELETED),
    NullAllowed(schema="pull-request-simple", path=("head", "repo"), evidence=_DELETED),
    NullAllowed(
        schema="pull-request-review-comment",
        path=("original_line",),
        evidence="the same recordings, of 2023: null on a remark whose line is gone",
    ),
    NullAllowed(
        schema="pull-request-simple",
        path=("labels", "[]", "description"),
        evidence="suspected, to be verified live: a label without description has null in the label's own schema "
        "and a string here",
    ),
)

BARE_LISTS = (
    BareList(
        operation="issues/add-labels",
        field="labels",
        evidence="the prose of the description allows an array; PyGithub's `add_to_labels` sends one",
    ),
    BareList(
        operation="issues/set-labels",
        field="labels",
        evidence="the prose of the description allows an array; PyGithub's `set_labels` sends one",
    ),
)


def loosen(schemas: dict[str, Any]) -> None:
    """Allow the nulls of the register in these (already converted) schemas, in place."""
    for entry in NULLS:
        holder, name = find(schemas, entry)
        holder[name] = nullable(holder[name])


def find(schemas: dict[str, Any], entry: NullAllowed) -> tuple[dict[str, Any], str]:
    """The mapping that holds the schema of the property, and its key there."""
    schema = schemas[entry.schema]
    for step in entry.path[:-1]:
        schema = schema["items"] if step == "[]" else schema["properties"][step]
    return schema["properties"], entry.path[-1]


def request_schema(operation: str, schema: Any) -> Any:
    """The schema of a body, the bare list allowed where the register says so."""
    for entry in BARE_LISTS:
        if entry.operation == operation:
            return {"anyOf": [schema, {"type": "array", "items": {"type": "string"}}]}
    return schema
