"""Clause ids: they stay with a clause through every change of it, and never come back for another."""

from __future__ import annotations

import re

from hypothesis import given, settings

from accord.domain.text.identity import Identified, carry
from accord.domain.text.markdown import parse_document
from tests.domain.text.drafts import Block, blocks, forks, written

TEXT = """# Trends

A first paragraph with words enough to be known again.

- one bullet of the list
- two bullets of the list

| Entity | Word |
| --- | --- |
| Arcadia | agrees |

A last paragraph that nobody touches.
"""


def given_ids(
    text: str, previous: tuple[Identified, ...] = (), ever: set[str] | None = None
) -> tuple[Identified, ...]:
    found = carry(
        previous, [parse_document("report/1.md", text)], ever_given=ever if ever is not None else set()
    )
    if ever is not None:
        ever |= {one.id for one in found}
    return found


def by_text(found: tuple[Identified, ...]) -> dict[str, str]:
    return {one.clause.text: one.id for one in found}


def test_every_clause_gets_a_short_id_of_its_own() -> None:
    found = given_ids(TEXT)
    assert len({one.id for one in found}) == len(found) == 7
    assert all(re.fullmatch("c-[a-z2-7]{6}", one.id) for one in found)


def test_ids_are_the_same_on_every_machine() -> None:
    assert given_ids(TEXT) == given_ids(TEXT)
    assert given_ids("# Trends\n")[0].id == "c-3g64h6"


def test_rewrapping_inserting_and_correcting_keep_the_other_ids() -> None:
    before = given_ids(TEXT)
    after = by_text(
        given_ids(
            TEXT.replace("words enough", "words\nenough")
            .replace("- two", "- a new one of another kind entirely\n- two")
            .replace("nobody touches", "nobody touched"),
            before,
        )
    )
    old = by_text(before)
    assert after.pop("A last paragraph that nobody touched.") == old.pop(
        "A last paragraph that nobody touches."
    )
    assert after.pop("a new one of another kind entirely") not in old.values()
    assert after == old


def test_a_moved_clause_keeps_its_id() -> None:
    before = given_ids(TEXT)
    last = "A last paragraph that nobody touches.\n"
    after = given_ids(TEXT.replace("\n" + last, "").replace("# Trends\n", f"# Trends\n\n{last}"), before)
    assert by_text(after) == by_text(before)


def test_an_id_is_never_given_again_even_when_its_text_comes_back() -> None:
    ever: set[str] = set()
    first = given_ids(TEXT, (), ever)
    without = given_ids(TEXT.replace("- one bullet of the list\n", ""), first, ever)
    again = given_ids(TEXT, without, ever)
    gone = by_text(first)["one bullet of the list"]
    assert gone not in {one.id for one in without} | {one.id for one in again}
    assert by_text(again)["two bullets of the list"] == by_text(first)["two bullets of the list"]


@settings(max_examples=100, deadline=None)
@given(blocks)
def test_ids_are_unique_and_an_unchanged_text_keeps_them(made: list[Block]) -> None:
    text = written(made)
    first = given_ids(text)
    assert len({one.id for one in first}) == len(first)
    assert [one.id for one in given_ids(text, first, {one.id for one in first})] == [one.id for one in first]


@settings(max_examples=100, deadline=None)
@given(forks())
def test_a_history_never_reuses_an_id(history: tuple[str, str, str]) -> None:
    ever: set[str] = set()
    previous: tuple[Identified, ...] = ()
    retired: set[str] = set()
    for text in (*history, history[0]):
        found = given_ids(text, previous, ever)
        ids = {one.id for one in found}
        assert len(ids) == len(found)
        assert not ids & retired
        retired |= {one.id for one in previous} - ids
        previous = found
