"""The manifest: one spelling, read back exactly, carried by the message of a tag."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from accord.domain.drafts.manifest import (
    ClauseRow,
    DecisionRow,
    MalformedManifest,
    Manifest,
    OpinionRow,
    Previous,
    manifest_in,
    parse_manifest,
    tag_message,
)

MANIFEST = Manifest(
    draft="draft-2",
    forum="WTPF-26",
    rehearsal=True,
    at="2024-11-04T07:00:00Z",
    commit="a" * 40,
    record="b" * 40,
    accord="0.1.0",
    lock="",
    previous=Previous(draft="draft-1", commit="c" * 40, tag="d" * 40),
    reason="",
    files={"report.md": "e" * 64, "a.md": "f" * 64},
    clauses=(ClauseRow(id="c-aaaaaa", path="report/01.md", label="1.1 “x”", digest="1:00"),),
    retired=("c-bbbbbb",),
    opinions=(OpinionRow(name="access", showing="annex", standing="agreed", decided=3),),
    decisions=(
        DecisionRow(number=1, state="disposed", disposition="noted", disposed=4, statements=("lyrania",)),
    ),
)


@pytest.mark.parametrize(
    "manifest", [MANIFEST, replace(MANIFEST, previous=None, clauses=(), retired=(), files={})]
)
def test_it_reads_back_as_itself(manifest: Manifest) -> None:
    """From its text, and from the message of a tag."""
    assert parse_manifest(manifest.text()) == manifest
    assert manifest_in(tag_message("Second Draft\n\nin plain words", manifest)) == manifest
    assert parse_manifest(manifest.text()).text() == manifest.text()


def test_it_is_plain_json_with_a_line_for_each_clause() -> None:
    """Any program reads it; a comparison of two shows which clause differs."""
    value = json.loads(MANIFEST.text())
    assert value["format"] == "accord-draft"
    assert list(value["files"]) == ["a.md", "report.md"]
    assert (
        '    {"id": "c-aaaaaa", "path": "report/01.md", "label": "1.1 “x”", "digest": "1:00"}'
        in MANIFEST.text()
    )


def _value(**changes: Any) -> str:
    return json.dumps({**json.loads(MANIFEST.text()), **changes})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "cannot be read"),
        ("[]", "no manifest"),
        (_value(format="other"), "no manifest"),
        (_value(version=2), "of version 2"),
        (_value(extra=1), "`extra` is not a field"),
        (_value(clauses=[{"id": "x"}]), "not what it should be"),
        (_value(files=[]), "not what it should be"),
        (json.dumps({k: v for k, v in json.loads(MANIFEST.text()).items() if k != "record"}), "`record` is missing"),
        ("[" * 100_000, "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_said_in_words(text: str, says: str) -> None:
    """Never a crash, whatever a tag carries."""
    with pytest.raises(MalformedManifest, match=says):
        parse_manifest(text)


def test_a_tag_without_one() -> None:
    """An ordinary message."""
    with pytest.raises(MalformedManifest, match="carries no manifest"):
        manifest_in("Second Draft\n")
