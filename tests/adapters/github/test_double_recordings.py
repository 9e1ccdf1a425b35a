"""What GitHub really answered, as recorded, beside its description and beside the double."""

from __future__ import annotations

import pytest

from tests.double.conformance import fit, keys_compared, whole_world
from tests.double.recordings import exchanges, there
from tests.double.server import Double

pytestmark = pytest.mark.skipif(not there(), reason="the recordings are not there; `make setup` fetches them")

ONLY_HERE = {
    "issues/get": {"parent_issue_url"},
    "issues/list-for-repo": {"pinned_comment"},
    "repos/list-releases": {"immutable", "updated_at"},
}
"""Properties that came after the recordings of one operation; those of another, with the same things, have them."""

ONLY_THERE = {
    "repos/get": {"parent", "source"},
    "repos/get-release": {"mentions_count"},
}
"""Properties that only some things have: forks, releases that mention somebody."""


def test_recordings_are_as_described_but_for_a_few() -> None:
    counted = fit()
    assert counted.requests_fit == counted.requests >= 209
    assert counted.answers >= 196
    assert counted.answers - counted.answers_fit == len(counted.misses) == 5
    assert counted.answers_fit - counted.answers_fit_without_register == 4, "the register accounts for four"
    assert (counted.queries_fit, counted.queries) == (49, 49)


def test_recordings_are_of_this_time() -> None:
    years = {one.at.year for one in exchanges()}
    assert {2022, 2023, 2024, 2025, 2026} <= years
    assert len(exchanges()) == 2_370


def test_answers_of_the_double_have_the_names_that_recordings_have(github: Double) -> None:
    compared = keys_compared(whole_world(github))
    assert len(compared) >= 19
    assert {name: ours for name, (ours, _) in compared.items() if ours} == ONLY_HERE
    assert {name: theirs for name, (_, theirs) in compared.items() if theirs} == ONLY_THERE
