"""What a contribution proposes, as entries by clause (C5), from real Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from accord.domain.agreement.proposal import differences, proposal
from accord.domain.record.values import Entry
from accord.domain.text.identity import Identified, carry
from accord.domain.text.markdown import parse_document
from tests.domain.agreement.story import BASE

PATH = "opinions/skills.md"
TEXT = """The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that skills matter to everyone who uses a network;
2. that schools on islands teach them with little equipment;
3. that lighthouses are connected,

*invites Member States*

1. to open schools in the evening;
2. to share what they learn from doing so.
"""


def identified(text: str, base: Sequence[Identified] = ()) -> tuple[Identified, ...]:
    """The clauses of the Opinion, with ids carried from a base."""
    return carry(base, [parse_document(PATH, text)], ever_given=())


BASE_TEXT = identified(TEXT)


def proposed(text: str) -> list[tuple[str, str]]:
    """Each entry as what happens and the base text of its clause (or the new one)."""
    head = identified(text, BASE_TEXT)
    words = {one.id: one.clause.text for one in (*BASE_TEXT, *head)}
    return [(what(entry), words[entry.id]) for entry in proposal(BASE_TEXT, head)]


def what(entry: Entry) -> str:
    """In one word."""
    if entry.had is None:
        return "added"
    if entry.gets is None:
        return "removed"
    return "reworded" if entry.had != entry.gets else "moved" if entry.after is not None else "formed"


ISLANDS = "that schools on islands teach them with little equipment;"
NONE = ISLANDS.replace("with little", "without any")
LIGHTS = "that lighthouses are connected,"
RADIOS = "that radios warn of storms;"
WITHOUT = TEXT.replace(f"2. {ISLANDS}\n", "")
CHANGES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("nothing", TEXT, []),
    ("re-wrapped", TEXT.replace("little equipment", "little\n   equipment"), []),
    ("other spelling of the markup", TEXT.replace("*considering*", "_considering_"), []),
    ("one word", TEXT.replace(ISLANDS, NONE), [("reworded", NONE)]),
    ("one clause removed", WITHOUT, [("removed", ISLANDS)]),
    ("one clause added", TEXT.replace("3. that light", f"3. {RADIOS}\n4. that light"), [("added", RADIOS)]),
    (
        "two clauses change places",
        TEXT.replace(f"2. {ISLANDS}\n3. {LIGHTS}", f"2. {LIGHTS}\n3. {ISLANDS}"),
        [("moved", LIGHTS)],
    ),
    (
        "a keyword put above a clause that stays where it is",
        TEXT.replace(f"2. {ISLANDS}\n3. {LIGHTS}", f"2. {ISLANDS}\n\n*noting*\n\n1. {LIGHTS}"),
        [("added", "*noting*"), ("moved", LIGHTS)],
    ),
    (
        "a clause under another keyword, its words the same",
        WITHOUT.replace("1. to open", f"1. {ISLANDS}\n2. to open"),
        [("moved", ISLANDS)],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), CHANGES, ids=[row[0] for row in CHANGES])
def test_what_is_proposed(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Re-wrapping and markup spelling are no change; words, places and keywords are."""
    assert proposed(text) == expected


def test_a_clause_moved_to_another_keyword_carries_its_new_container() -> None:
    """From *considering* to *invites* is a change though its words are the same."""
    text = TEXT.replace(f"2. {ISLANDS}\n", "").replace("1. to open", f"1. {ISLANDS}\n2. to open")
    head = identified(text, BASE_TEXT)
    keyword = next(one.id for one in BASE_TEXT if one.clause.text == "*invites Member States*")
    assert [entry.container for entry in proposal(BASE_TEXT, head)] == [keyword]


def test_differences_mirror_when_nothing_moves() -> None:
    """What is added one way is removed the other."""
    after = BASE.clauses[1:]
    forth = differences(BASE.clauses, after)
    back = differences(after, BASE.clauses)
    assert [(e.id, e.had, e.gets) for e in forth] == [(e.id, e.gets, e.had) for e in back]
