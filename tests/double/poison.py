"""Objects in the shape of a schema, in which everything that the double does not know about is poisoned.

Program code that reads a field the double does not model meets a value that no test can take for a real one.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

_DEEP = 7

REALLY_THERE = {
    "full-repository": (
        *(
            "allow_auto_merge",
            "allow_merge_commit",
            "allow_rebase_merge",
            "allow_squash_merge",
            "allow_update_branch",
        ),
        *("custom_properties", "delete_branch_on_merge", "has_downloads", "has_pull_requests", "permissions"),
        *(
            "merge_commit_message",
            "merge_commit_title",
            "squash_merge_commit_message",
            "squash_merge_commit_title",
        ),
        *("pull_request_creation_policy", "security_and_analysis", "temp_clone_token"),
        "use_squash_pr_title_as_default",
    ),
    "issue": (
        "issue_dependencies_summary",
        "parent_issue_url",
        "pinned_comment",
        "sub_issues_summary",
        "type",
    ),
    "public-user": ("twitter_username",),
    "pull-request": ("active_lock_reason", "rebaseable"),
    "workflow-run": ("check_suite_node_id", "previous_attempt_url", "referenced_workflows"),
}
"""Properties that a schema does not require and that GitHub sends all the same, as its recordings show."""


class Poison:
    """Makes such objects out of named schemas; the patterns are kept."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._made: dict[str, Any] = {}

    def shape(self, schema: str, /, **known: Any) -> dict[str, Any]:
        """An object of a schema: all required properties poisoned, those known laid over."""
        if schema not in self._made:
            made = self._value({"$ref": "#/$defs/" + schema}, schema, 0)
            for name in REALLY_THERE.get(schema, ()):
                made[name] = self._value(self._schemas[schema]["properties"][name], f"{schema}.{name}", 1)
            self._made[schema] = made
        found: dict[str, Any] = copy.deepcopy(self._made[schema])
        found.update(known)
        return found

    def fitting(self, schema: str, source: Mapping[str, Any]) -> dict[str, Any]:
        """An object of a schema with what a richer one knows of its properties."""
        properties = self._schemas[schema].get("properties", {})
        return self.shape(schema, **{name: value for name, value in source.items() if name in properties})

    def _value(self, schema: Mapping[str, Any], name: str, depth: int) -> Any:
        if "$ref" in schema:
            return self._value(self._schemas[schema["$ref"].removeprefix("#/$defs/")], name, depth)
        for word in ("anyOf", "oneOf"):
            if word in schema and "properties" not in schema:
                nothing = any(one.get("type") == "null" for one in schema[word])
                return None if nothing else self._value(schema[word][0], name, depth)
        if "allOf" in schema:
            parts = [self._value(one, name, depth) for one in schema["allOf"]]
            return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}
        return self._plain(schema, name, depth)

    def _plain(self, schema: Mapping[str, Any], name: str, depth: int) -> Any:
        kind = schema.get("type", "object" if "properties" in schema else None)
        if isinstance(kind, list):
            if "null" in kind:
                return None
            kind = kind[0]
        if "enum" in schema:
            return schema["enum"][-1]
        match kind:
            case "object":
                return self._object(schema, name, depth)
            case "array":
                return []
            case "string":
                return _string(schema.get("format"), name)
            case "integer" | "number":
                return -1
            case "boolean":
                return False
            case _:
                return None

    def _object(self, schema: Mapping[str, Any], name: str, depth: int) -> dict[str, Any]:
        if depth >= _DEEP:
            return {}
        properties = schema.get("properties", {})
        return {
            key: self._value(properties[key], f"{name}.{key}", depth + 1)
            for key in schema.get("required", ())
            if key in properties
        }


def _string(form: str | None, name: str) -> str:
    match form:
        case "uri":
            return f"http://127.0.0.1:1/UNMODELLED/{name}"
        case "date-time":
            return "1970-01-01T00:00:00Z"
        case _:
            return f"UNMODELLED:{name}"
