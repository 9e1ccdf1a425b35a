"""GitHub's published description of its REST interface as judge of every request and response of the double."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from tests.double import deviations
from tests.double.openapi import closure, converted

HERE = Path(__file__).parent
OPENAPI = HERE / "node_modules/@octokit/openapi/generated/api.github.com.json"

Json = Any
_MANY_SEGMENTS = {"{path}", "{ref}", "{basehead}", "{branch}", "{tag}"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the description: its id, method, path template and the description itself."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str] = field(repr=False)
    described: Mapping[str, Json] = field(repr=False)


class Contract:
    """Finds operations and judges what goes in and out of them. Thread-safe; validators are made when first used."""

    def __init__(self, described: Mapping[str, Json], accepted: bool = True) -> None:
        self._described = described
        self._components: Mapping[str, Json] = described["components"]
        self.schemas: dict[str, Json] = converted(self._components["schemas"], names=True)
        if accepted:
            deviations.loosen(self.schemas)
        self._accepted = accepted
        self._validators: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self._by_method: dict[str, list[Operation]] = {}
        for operation in sorted(
            _operations(described), key=lambda one: (one.path.count("{"), -len(one.path))
        ):
            self._by_method.setdefault(operation.method, []).append(operation)
        self.operations = {one.id: one for found in self._by_method.values() for one in found}

    def match(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation that a path (still percent-encoded) calls, and the values in the path."""
        for operation in self._by_method.get(method, ()):
            if found := operation.pattern.fullmatch(path):
                return operation, {name: unquote(value) for name, value in found.groupdict().items()}
        return None

    def problems_of_request(self, operation: Operation, body: Json, query: Mapping[str, str]) -> list[str]:
        """What the description does not allow in a request: its body, unknown body fields, unknown query names."""
        problems = []
        schema = self.body_schema(operation)
        if schema is not None and (body is not None or operation.described["requestBody"].get("required")):
            problems += self._errors(operation.id, "request", schema, {} if body is None else body)
            known = _properties(schema, self._components["schemas"])
            if isinstance(body, dict) and known and not schema.get("additionalProperties"):
                problems += [f"unknown body field {name!r}" for name in body if name not in known]
        elif body is not None and schema is None and "requestBody" not in operation.described:
            problems.append("a body where none is described")
        return problems + self._problems_of_query(operation, query)

    def _problems_of_query(self, operation: Operation, query: Mapping[str, str]) -> list[str]:
        every = [self._resolved(one) for one in operation.described.get("parameters", ())]
        known = {one["name"]: one for one in every if one["in"] == "query"}
        missing = [name for name, one in known.items() if one.get("required") and name not in query]
        problems = [f"query parameter {name!r} is missing" for name in missing]
        for name, value in query.items():
            allowed = known.get(name, {}).get("schema", {}).get("enum")
            if name not in known:
                problems.append(f"undocumented query parameter {name!r}")
            elif allowed and value not in allowed:
                problems.append(f"query parameter {name!r} is {value!r}, not one of {allowed}")
        return problems

    def body_schema(self, operation: Operation) -> Json | None:
        """The schema of the JSON body of an operation."""
        body = operation.described.get("requestBody", {})
        schema = body.get("content", {}).get("application/json", {}).get("schema")
        return deviations.request_schema(operation.id, schema) if self._accepted else schema

    def problems_of_response(self, operation: Operation, status: int, body: Json) -> list[str]:
        """What the description does not allow in a response."""
        described = operation.described["responses"].get(str(status))
        if described is None:
            return [f"status {status} is not described for {operation.id}"]
        schema = self._resolved(described).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return [] if body in (None, "", b"") else ["a body where none is described"]
        return self._errors(operation.id, str(status), schema, body)

    def problems_of_event(self, name: str, payload: Json) -> list[str]:
        """What the description does not allow in the payload of a webhook, for example `pull-request-opened`."""
        body = self._described["x-webhooks"][name]["post"]["requestBody"]
        return self._errors(name, "event", body["content"]["application/json"]["schema"], payload)

    def _resolved(self, one: Json) -> Json:
        if "$ref" not in one:
            return one
        _, _, kind, name = one["$ref"].split("/")
        return self._components[kind][name]

    def _errors(self, owner: str, part: str, schema: Json, value: Json) -> list[str]:
        with self._lock:
            validator = self._validators.get((owner, part))
            if validator is None:
                whole = converted(schema)
                whole = {"$defs": closure(whole, self.schemas), "allOf": [whole]}
                validator = jsonschema_rs.validator_for(whole, validate_formats=False)
                self._validators[owner, part] = validator
        return [_said(error) for error in validator.iter_errors(value)]


def _said(error: Any) -> str:
    where = "/".join(str(step) for step in error.instance_path)
    message = str(error.message)
    return f"{where}: {message if len(message) < 240 else '… ' + message[-240:]}"


def _properties(schema: Json, schemas: Mapping[str, Json]) -> set[str]:
    """All field names that a body may have, through references and alternatives."""
    if "$ref" in schema:
        return _properties(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    found = set(schema.get("properties", ()))
    for word in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(word, ()):
            found |= _properties(part, schemas)
    return found


def _operations(described: Mapping[str, Json]) -> Iterator[Operation]:
    for path, item in described["paths"].items():
        parts = [part for part in re.split(r"(\{[^}]+\})", path) if part]
        pattern = re.compile("".join(_step(part) for part in parts))
        for method, one in item.items():
            if isinstance(one, dict) and "operationId" in one:
                yield Operation(one["operationId"], method.upper(), path, pattern, one)


def _step(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    name = part[1:-1].replace("-", "_")
    return f"(?P<{name}>.+)" if part in _MANY_SEGMENTS else f"(?P<{name}>[^/]+)"


@cache
def described() -> Mapping[str, Json]:
    """GitHub's description as published. Read once a process."""
    if not OPENAPI.is_file():
        raise FileNotFoundError("GitHub's published descriptions are not there. Run: make setup")
    found: Mapping[str, Json] = json.loads(OPENAPI.read_bytes())
    return found


@cache
def contract() -> Contract:
    """The judge that all tests of this process share."""
    return Contract(described())
