"""Names written in files are a promise: those in the code are those of the published schemas and of `forum.yaml`."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

import pytest

from accord.domain.process.contribution import Purpose
from accord.domain.process.forum import Disposition, InputClass, Matter, Sender, State
from accord.domain.process.rules import (
    FIELDS,
    STANDARD_POSITIONS,
    ChangeInCall,
    Cutoff,
    Gated,
    PublicOutside,
    Share,
)
from tests.domain.process.worlds import PROCESS, ROOT


def enums(schema: str) -> list[set[str]]:
    """Every list of allowed names in a schema file."""
    found: list[set[str]] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("enum"), list):
                found.append({str(one) for one in part["enum"]})
            for one in part.values():
                look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(json.loads((ROOT / "schemas" / schema).read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize(
    ("names", "schema"),
    [
        (Purpose, "contribution.schema.json"),
        (Gated, "consensus.schema.json"),
        (ChangeInCall, "consensus.schema.json"),
        (Cutoff, "consensus.schema.json"),
        (PublicOutside, "consensus.schema.json"),
        (Sender, "forum.schema.json"),
        (Matter, "forum.schema.json"),
        (InputClass, "forum.schema.json"),
    ],
)
def test_the_names_of_a_choice_are_those_of_its_schema(names: type[Enum], schema: str) -> None:
    """Nobody can write what the code does not know, and the code knows nothing that nobody can write."""
    assert {str(one.value) for one in names} in enums(schema)


def test_every_state_and_disposition_has_words_in_the_forum_file() -> None:
    """And none is named there that cannot occur; a name without words is shown as it is."""
    assert set(PROCESS.forum.states) == {one.value for one in State}
    assert set(PROCESS.forum.dispositions) == {one.value for one in Disposition}


def test_the_fields_of_the_rules_can_be_changed_by_name() -> None:
    """All but the name of the preset."""
    assert set(FIELDS) == set(PROCESS.rules.to_json()) - {"name"}
    assert PROCESS.rules.digest.startswith("sha256:")
    assert len(PROCESS.rules.digest) == len("sha256:") + 64


def test_the_usual_positions_mean_themselves() -> None:
    """C4, from the most to the least in favour."""
    assert [(one.name, one.means) for one in STANDARD_POSITIONS] == [
        (name, name) for name in ("support", "accept", "abstain", "reserve", "object")
    ]


@pytest.mark.parametrize(
    ("share", "asked", "needed"),
    [
        (Share(), 9, 0),
        (Share(numerator=1), 0, 0),
        (Share(numerator=1, more=True), 0, 0),
        (Share(more=True), 9, 0),
        (Share(numerator=1), 9, 9),
        (Share(numerator=2, denominator=3), 9, 6),
        (Share(numerator=2, denominator=3), 10, 7),
        (Share(numerator=1, denominator=2, more=True), 10, 6),
        (Share(numerator=1, denominator=2, more=True), 11, 6),
        (Share(numerator=1, denominator=2), 11, 6),
    ],
)
def test_how_many_a_share_comes_to(share: Share, asked: int, needed: int) -> None:
    """At least, or more than; nothing is asked of nobody."""
    assert share.of(asked) == needed
