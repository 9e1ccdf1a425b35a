"""What is run in these tests is the workflow as it stands, but for the keys that `act` does not know yet."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.workflows.files import UNKNOWN_TO_ACT, Workflow, own_workflows, parsed, without_unknown
from tests.workflows.harness import single_job

EVERY_KEY = """\
name: Every key
cache-mode: none
permissions: {contents: read, artifact-metadata: write}
concurrency: {group: a, queue: max}
on: push
jobs:
  one:
    cache-mode: none
    permissions: {contents: read, artifact-metadata: write}
    concurrency: {group: a, queue: max}
    environment: {name: record, deployment: false}
    runs-on: ubuntu-24.04
    steps: [{run: "true", env: {queue: max, deployment: "false", cache-mode: none}}]
"""


def leaves(data: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every value with its path."""
    if isinstance(data, dict):
        return {k: v for key, value in data.items() for k, v in leaves(value, (*path, str(key))).items()}
    if isinstance(data, list):
        return {k: v for n, value in enumerate(data) for k, v in leaves(value, (*path, str(n))).items()}
    return {".".join(path): data}


def test_exactly_the_listed_keys_are_taken_out() -> None:
    """One of each in its place is taken out; keys of the same name in another place stay."""
    data = parsed(EVERY_KEY)
    before = leaves(copy.deepcopy(data))
    taken = without_unknown(data)
    assert sorted(taken) == sorted(".".join(keys).replace("*", "one") for keys in UNKNOWN_TO_ACT)
    assert leaves(data) == {path: value for path, value in before.items() if path not in taken}


def test_keys_that_share_a_name_stay() -> None:
    """An environment variable called `queue` is none of these keys."""
    data = parsed(EVERY_KEY)
    without_unknown(data)
    assert data["jobs"]["one"]["steps"][0]["env"] == {
        "queue": "max",
        "deployment": "false",
        "cache-mode": "none",
    }


@pytest.mark.parametrize("one", own_workflows(), ids=lambda one: one.file)
def test_a_copy_of_a_job_differs_from_the_file_in_nothing_else(one: Workflow) -> None:
    """Each job of each workflow: the same values, but for the listed keys, other jobs and what it waits for."""
    for name, job in one.jobs.items():
        if "uses" in job:
            continue
        original = leaves(one.data)
        alone = leaves(parsed(single_job(one.text, name)))
        assert alone.items() <= original.items()
        gone = {path for path in original if path not in alone}
        others = tuple(f"jobs.{other}." for other in one.jobs if other != name)
        listed = {".".join(keys).replace("*", name) for keys in UNKNOWN_TO_ACT}
        assert {p for p in gone if not p.startswith(others)} <= listed | {f"jobs.{name}.needs"}
