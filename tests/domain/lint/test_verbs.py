"""Operative verbs that read differently are noted apart, and nothing else is."""

from __future__ import annotations

import pytest

from accord.domain.findings import Severity
from accord.domain.lint.verbs import verb_changes
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from tests.domain.lint.opinions import CLEAN, DRAFTING, PATH

INVITES = "*invites Member States and Sector Members*"


def changes(old: str, new: str, path: str = PATH) -> list[str]:
    """The verb before and after, for each note."""
    found = verb_changes(compare([parse_document(path, old)], [parse_document(path, new)]), DRAFTING)
    assert all(one.severity is Severity.NOTE and one.fix and one.line for one in found)
    return [one.words for one in found]


CHANGES = [
    ((INVITES, "*urges Member States and Sector Members*"), ["invites -> urges"]),
    ((INVITES, "*calls upon Member States and Sector Members*"), ["invites -> calls upon"]),
    ((INVITES, "*requires Member States and Sector Members*"), ["invites -> requires"]),
    (
        (INVITES, "*encourages all who live on the many islands of invented Arcadia*"),
        ["invites -> encourages"],
    ),
    (("*is of the view*", "*affirms*"), ["is of the view -> affirms"]),
    (("to consider offering", "to ensure offering"), ["to consider -> to ensure"]),
    (("masts can be shared", "masts must be shared"), ["can -> must"]),
    (("sharing should be published", "sharing may not be published"), ["should -> may not"]),
    ((INVITES, "*invites Sector Members*"), []),
    ((INVITES, "*further invites Member States and Sector Members*"), []),
    ((INVITES, "_invites Member States and Sector Members_"), []),
    (("to consider offering", "to consider giving"), []),
    (("*considering*", "*noting*"), []),
    (("a mast needs", "a mast can need"), []),
    (("that three masts stand", "that three masts should stand"), []),
    (
        ("masts can be shared where the hill allows it, as said in considering c);", "masts can be shared;"),
        [],
    ),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_which_changes_are_noted(change: tuple[str, str], words: list[str]) -> None:
    """The verb of a keyword, what a clause asks to do, its can and should; there and back."""
    old, new = CLEAN, CLEAN.replace(*change)
    assert new != old
    assert changes(old, new) == words
    assert changes(new, old) == [" -> ".join(reversed(one.split(" -> "))) for one in words]
    assert changes(old, old) == []


def test_a_keyword_that_is_new_or_gone_changes_no_verb() -> None:
    """Nobody's verb was exchanged for another."""
    more = CLEAN + "\n*urges relevant ITU meetings*\n\nto look at it.\n"
    assert changes(CLEAN, more) == []
    assert changes(more, CLEAN) == []


def test_the_report_has_no_operative_verbs() -> None:
    """Only Opinions are looked at."""
    assert changes(CLEAN, CLEAN.replace("can be shared", "must be shared"), "report/01-a.md") == []
