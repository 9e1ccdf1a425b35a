"""Workflow files as data, and the copies of them that `act` can read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "workflows"

# What GitHub knows and act 0.2.89 does not yet; `*` stands for any name. Nothing else is taken out.
UNKNOWN_TO_ACT = (
    ("cache-mode",),
    ("concurrency", "queue"),
    ("permissions", "artifact-metadata"),
    ("jobs", "*", "cache-mode"),
    ("jobs", "*", "concurrency", "queue"),
    ("jobs", "*", "environment", "deployment"),
    ("jobs", "*", "permissions", "artifact-metadata"),
)


def _yaml() -> YAML:
    # YAML 1.2, so that `on:` is a word and not a truth value.
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    return yaml


def parsed(text: str) -> Any:
    """A workflow as mappings, lists and scalars."""
    return _yaml().load(text)


def written(data: Any) -> str:
    """The text of such data."""
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow file."""

    file: str
    text: str
    data: Any

    @property
    def name(self) -> str:
        """What `workflow_run` and people call it."""
        return str(self.data.get("name", f".github/workflows/{self.file}"))

    @property
    def triggers(self) -> Mapping[str, Mapping[str, Any]]:
        """The events it listens to, each with its filters."""
        on = self.data["on"]
        if isinstance(on, str):
            return {on: {}}
        if isinstance(on, list):
            return {str(name): {} for name in on}
        return {
            str(name): {"crons": [row["cron"] for row in filters]} if name == "schedule" else filters or {}
            for name, filters in on.items()
        }

    @property
    def jobs(self) -> Mapping[str, Any]:
        """Its jobs by id."""
        jobs: Mapping[str, Any] = self.data["jobs"]
        return jobs


def workflow(file: str, text: str) -> Workflow:
    """The workflow in a text."""
    return Workflow(file, text, parsed(text))


def own_workflows() -> list[Workflow]:
    """The workflows of this project."""
    return [workflow(path.name, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.y*ml"))]


def without_unknown(data: Any) -> list[str]:
    """Take out of *data* what act does not know; the paths that were taken out."""
    return [path for keys in UNKNOWN_TO_ACT for path in _strip(data, keys, ())]


def _strip(data: Any, keys: tuple[str, ...], seen: tuple[str, ...]) -> list[str]:
    if not isinstance(data, dict):
        return []
    first, *rest = keys
    names = list(data) if first == "*" else [first] if first in data else []
    if rest:
        return [path for name in names for path in _strip(data[name], tuple(rest), (*seen, str(name)))]
    for name in names:
        del data[name]
    return [".".join((*seen, str(name))) for name in names]
