"""The page about the double says what the double is. After a change write it again:

ACCORD_WRITE_REFERENCE=1 .venv/bin/python -m pytest tests/adapters/github/test_double_page.py
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.double import deviations, faults
from tests.double.conformance import fit, used
from tests.double.permissions import NEEDS, accepted
from tests.double.recordings import there
from tests.double.rest.all import OPERATIONS
from tests.double.world import World

PAGE = Path(__file__).parents[3] / "docs/double.md"
BEGIN, END = "<!-- begin -->\n", "<!-- end -->\n"


def written() -> Iterator[str]:
    """The part of the page that is written here."""
    yield f"{len(OPERATIONS)} operations of REST, each with the permissions of which one is enough:\n"
    yield "| operation | permission |\n| --- | --- |"
    for name in sorted(OPERATIONS):
        yield f"| `{name}` | {accepted(name) if name in NEEDS else 'none'} |"
    yield "\n## The register of deviations\n"
    yield "| where | what | evidence |\n| --- | --- | --- |"
    for entry in deviations.NULLS:
        yield f"| `{entry.schema}`: `{'.'.join(entry.path)}` | null is sent | {entry.evidence} |"
    for body in deviations.BARE_LISTS:
        yield f"| `{body.operation}` | the bare list of `{body.field}` is taken | {body.evidence} |"
    yield "\n## Recorded reality\n"
    yield "The source distribution of PyGithub ships recorded exchanges with GitHub for its own tests; those since"
    yield "2022 of the operations above are judged. `make conformance` prints this and each miss.\n"
    counted = fit()
    register = counted.answers_fit - counted.answers_fit_without_register
    yield "| | fit | of |\n| --- | --- | --- |"
    yield f"| requests | {counted.requests_fit} | {counted.requests} |"
    yield f"| answers ({register} by the register) | {counted.answers_fit} | {counted.answers} |"
    yield f"| queries of GraphQL, of all years | {counted.queries_fit} | {counted.queries} |\n"
    yield f"There are recordings of {len({name for name, _ in used()})} operations. What does not fit:\n"
    yield from (f"- {_miss(miss)}" for miss in counted.misses)


def _miss(said: str) -> str:
    return re.sub(r"^(\d+) (\S+) \((.+?)\): (?:: )?", r"\1, `\2` in `\3`: ", said)


@pytest.mark.skipif(not there(), reason="the recordings are not there; `make setup` fetches them")
def test_the_page_says_what_is_modelled() -> None:
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    wanted = head + BEGIN + "\n".join(written()) + "\n" + END + rest.partition(END)[2]
    if os.environ.get("ACCORD_WRITE_REFERENCE"):
        PAGE.write_text(wanted, "utf-8")
    assert PAGE.read_text("utf-8") == wanted, "write the page again, as the top of this file says"


def test_the_page_names_every_way_of_going_wrong() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
    every = inspect.getmembers(faults, inspect.isfunction)
    ways = {name for name, one in every if one.__annotations__.get("return") == "Fault"}
    assert len(ways) == 10
    assert ways <= named


def test_what_the_page_calls_by_name_is_there() -> None:
    people = re.search(r"\*\*People do\*\*(.*?)and the attributes", PAGE.read_text("utf-8"), re.DOTALL)
    assert people is not None
    missing = [name for name in re.findall(r"`(\w+)`", people[1]) if not hasattr(World, name)]
    assert missing == []
