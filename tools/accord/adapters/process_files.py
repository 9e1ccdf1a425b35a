"""The four files under `process/` as bytes → the process as a value, with every problem and its line."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from accord.adapters.schemas import Checked, check_document
from accord.adapters.yaml import Document, parse_yaml
from accord.application.loaded import Loaded
from accord.application.loading import Process, load_process
from accord.application.reading import PROCESS_FILES
from accord.domain.findings import Finding, Place


def read_process(files: Mapping[str, bytes]) -> Loaded[Process]:
    """Read all four files, keyed by their path in the repository; a missing one is a problem like any other."""
    documents, values, findings = _read(files)
    if any(checked.value is None for checked in values.values()) or len(values) < len(PROCESS_FILES):
        return Loaded(value=None, findings=tuple(findings))
    loaded = load_process(
        **{name: _value(checked) for name, checked in values.items()},
        locate=lambda name: documents[name].place,
    )
    return Loaded(value=loaded.value, findings=(*findings, *loaded.findings))


def resolved_process(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The same files as plain JSON values by short name, for the record; ValueError unless all four fit."""
    _, values, findings = _read(files)
    if findings:
        raise ValueError("; ".join(finding.message for finding in findings))
    # A copy, so that nobody changes what is kept.
    return {name: deepcopy(checked.value) for name, checked in values.items()}


def _value(checked: Checked) -> Mapping[str, Any]:
    return checked.value or {}


def _read(files: Mapping[str, bytes]) -> tuple[dict[str, Document], dict[str, Checked], list[Finding]]:
    documents, values, findings = _parsed(
        tuple((name, files.get(path)) for name, path in PROCESS_FILES.items())
    )
    return dict(documents), dict(values), list(findings)


@lru_cache(maxsize=16)
def _parsed(
    files: tuple[tuple[str, bytes | None], ...],
) -> tuple[dict[str, Document], dict[str, Checked], list[Finding]]:
    """The same bytes are read once, though both the value and the plain form of them are asked for."""
    documents: dict[str, Document] = {}
    values: dict[str, Checked] = {}
    findings: list[Finding] = []
    for name, data in files:
        path = PROCESS_FILES[name]
        if data is None:
            findings.append(
                Finding(
                    rule="process-missing",
                    message=f"There is no `{path}`.",
                    fix="Restore the file; the repository of this forum has it in its history.",
                    place=Place(file=path),
                )
            )
            continue
        documents[name] = parse_yaml(data, path)
        values[name] = check_document(documents[name], name)
        findings += values[name].findings
    return documents, values, findings
