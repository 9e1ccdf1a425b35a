"""FileReader: strict YAML and JSON Schemas behind the port of `application.reading`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.adapters.process_files import read_process, resolved_process
from accord.adapters.schemas import FOLDER, check_document, check_value
from accord.adapters.yaml import Document, parse_yaml
from accord.adapters.yaml_edit import add_entry
from accord.application.reading import Read
from accord.domain.findings import Exit, Finding, Place, Refused, errors
from accord.domain.process.block import find_block


class StrictReader:
    """Reads process files, descriptions and front matter; nothing it is given can make it fail otherwise."""

    def __init__(self) -> None:
        self._process: dict[tuple[tuple[str, bytes], ...], Mapping[str, Any]] = {}

    def process_files(self, files: Mapping[str, bytes]) -> Mapping[str, Any]:
        """The process files, typed and checked with each other; the same bytes are read once."""
        key = tuple(sorted(files.items()))
        if key not in self._process:
            loaded = read_process(files)
            if loaded.value is None:
                raise Refused(errors(loaded.findings), Exit.FINDINGS)
            self._process[key] = resolved_process(files)
        return self._process[key]

    def add_entry(self, text: str, section: str, entry: Mapping[str, str | int | bool], name: str) -> str:
        """One more entry in a section of a YAML file; comments and all else stay."""
        return add_entry(text, section, entry, name=name)

    def metadata(self, data: bytes, name: str) -> Read:
        """The metadata of a contribution: a YAML file, or a description with one fenced block."""
        if not name.endswith((".yaml", ".yml")):
            return self._from_description(data, name)
        return self._typed(parse_yaml(data, name), "contribution")

    def front_matter(self, schema: str, text: str, name: str) -> Read:
        """The front matter of an Opinion or of the cover."""
        return self._typed(parse_yaml(text, name, first_line=2), schema)

    def event(self, value: Mapping[str, Any]) -> tuple[Finding, ...]:
        """What is wrong with a record event by the schema of its kind."""
        kind = str(value.get("kind"))
        if not (FOLDER / "events" / f"{kind}.schema.json").is_file():
            return (
                Finding(
                    rule="record-event",
                    message=f"`{kind}` is no kind of event this version knows.",
                    fix="Use the version of accord that wrote it.",
                    place=Place(file="record", path=f"event {value.get('seq')}"),
                ),
            )
        return check_value(dict(value), f"events/{kind}", name="record").findings

    def _from_description(self, data: bytes, name: str) -> Read:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return self._typed(parse_yaml(data, name), "contribution")  # says where it is no UTF-8
        block = find_block(text, name)
        if isinstance(block, Finding):
            if text.lstrip().startswith("```") or "\n```" in text or "\n#" in text:
                return Read(value=None, findings=(block,))
            # No Markdown at all: a bare YAML file under another name.
            return self._typed(parse_yaml(data, name), "contribution")
        return self._typed(parse_yaml(block.text, name, first_line=block.first_line), "contribution")

    @staticmethod
    def _typed(document: Document, schema: str) -> Read:
        checked = check_document(document, schema)
        return Read(value=checked.value, findings=checked.findings, place=document.place)
