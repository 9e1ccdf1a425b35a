"""Names of files on the branch `record`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.adapters.record.layout import (
    contribution_number,
    fact_path,
    parse_fact_path,
    parse_segment_path,
    segment_path,
)


@pytest.mark.parametrize(
    ("stream", "number", "path"),
    [
        ("main", 0, "main/00/0000.jsonl"),
        ("process", 100, "process/01/0100.jsonl"),
        ("main", 10_000, "main/100/10000.jsonl"),
        ("documents/op-skills", 3, "documents/op-skills/00/0003.jsonl"),
        ("documents/00", 0, "documents/00/00/0000.jsonl"),
        ("contributions/12", 0, "contributions/00/00/12/0000.jsonl"),
        ("contributions/20000", 1, "contributions/02/00/00/0001.jsonl"),
        ("contributions/1234567", 0, "contributions/123/45/67/0000.jsonl"),
    ],
)
def test_where_a_segment_lies(stream: str, number: int, path: str) -> None:
    """The path of a segment, and back."""
    assert path == segment_path(stream, number)
    assert (stream, number) == parse_segment_path(path)


@pytest.mark.parametrize(
    "stream",
    ["", "Main", "/main", "main/", "a/b/c", "../x", "facts", "facts/00", "contributions", "contributions/0",
     "contributions/01", "contributions/x", "head.json", "a b", "main\n", "documents/.."],
)  # fmt: skip
def test_no_name_of_a_stream(stream: str) -> None:
    """What cannot be a stream is an error of the caller."""
    with pytest.raises(ValueError, match="no name of a stream"):
        segment_path(stream, 0)


@pytest.mark.parametrize(
    "path",
    ["head.json", "README.md", "main/0000.jsonl", "main/01/0000.jsonl", "main/00/00000.jsonl", "main/00/0000.json",
     "contributions/00/00/00/0000.jsonl", "contributions/000/00/12/0000.jsonl", "facts/00/0000.jsonl",
     "x/y/z/00/0000.jsonl"],
)  # fmt: skip
def test_no_place_of_a_segment(path: str) -> None:
    """What lies elsewhere is no segment."""
    assert parse_segment_path(path) is None


@given(st.integers(1, 10**9), st.integers(0, 10**6))
def test_every_contribution_has_a_place_of_its_own(number: int, segment: int) -> None:
    """There and back, and few to a folder."""
    path = segment_path(f"contributions/{number}", segment)

    assert (f"contributions/{number}", segment) == parse_segment_path(path)
    assert number == contribution_number(f"contributions/{number}")


def test_where_a_fact_lies() -> None:
    """Under its digest; anything else has no place."""
    digest = "ab" * 32

    assert f"facts/ab/{digest}.json" == fact_path(digest)
    assert digest == parse_fact_path(fact_path(digest))
    assert parse_fact_path(f"facts/aa/{digest}.json") is None
    for wrong in ("", "AB" * 32, "ab" * 31, "../" + "a" * 61):
        with pytest.raises(ValueError, match="no digest"):
            fact_path(wrong)
