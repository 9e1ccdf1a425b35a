"""Reading what people write: process files and the metadata of contributions, as a port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from accord.domain.findings import Finding, Place

PROCESS_FILES: Mapping[str, str] = {
    "timetable": "process/timetable.yaml",
    "experts": "process/experts.yaml",
    "forum": "process/forum.yaml",
    "consensus": "process/consensus.yaml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A typed value of plain JSON kinds that fits its schema, or None and every problem with its place.

    ``place`` says where in the text the value of a JSON pointer stands, where that is known.
    """

    value: Any | None
    findings: tuple[Finding, ...] = ()
    place: Callable[[str], Place] | None = field(default=None, compare=False)


class FileReader(Protocol):
    """Strict reading: sizes, depths and kinds are limited, every problem is found at once."""

    def process_files(self, files: Mapping[str, bytes]) -> Mapping[str, Any]:
        """The process files by path, typed and checked with each other; the values by key of :data:`PROCESS_FILES`.

        Raises:
            Refused: every problem of every file at once (exit FINDINGS).
        """

    def add_entry(self, text: str, section: str, entry: Mapping[str, str | int | bool], name: str) -> str:
        """The text of a YAML file with one more entry in a section; all else stays as it is, comments too."""

    def metadata(self, data: bytes, name: str) -> Read:
        """The metadata of a contribution: a YAML file, or a description with one fenced block."""

    def front_matter(self, schema: str, text: str, name: str) -> Read:
        """The front matter of a text, by the schema `opinion` or `report`."""

    def event(self, value: Mapping[str, Any]) -> tuple[Finding, ...]:
        """What is wrong with a record event by the schema of its kind."""
