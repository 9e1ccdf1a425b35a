"""A finding is set aside for exactly the clause text that was looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.domain.findings import Severity
from accord.domain.lint.aside import judged, shown
from accord.domain.process.moments import parse_instant
from accord.domain.record.events import Waived
from accord.domain.record.values import Actor, Receipt, Spot
from tests.domain.lint.opinions import CLEAN, linted

NOW = parse_instant("2024-11-20T12:00:00Z")
TEXT = CLEAN.replace("that masts can be shared", "that masts shall be shared and must stand")
FLAW = linted(TEXT)[0]
SPOT = Spot(path=FLAW.path, digest=FLAW.digest, label=FLAW.label, words=FLAW.words)


def waived(spot: Spot, rule: str = FLAW.rule, seq: int = 7) -> Waived:
    """The act."""
    return Waived(
        by=Actor(name="Sam Example", role="secretariat"),
        received=Receipt.instant(NOW),
        recorded=NOW,
        revision=1,
        rule=rule,
        reason="agreed language",
        spots=(spot,),
        seq=seq,
    )


@pytest.mark.parametrize(
    ("act", "holds"),
    [
        (waived(SPOT), True),
        (waived(replace(SPOT, label="is of the view 5")), True),
        (waived(replace(SPOT, digest="1:other")), False),
        (waived(replace(SPOT, path="opinions/y.md")), False),
        (waived(replace(SPOT, words="other")), False),
        (waived(SPOT, rule="clause-ending"), False),
    ],
)
def test_what_an_act_reaches(act: Waived, holds: bool) -> None:
    """Rule, file, clause text and words; the printed label may change with what stands before."""
    first, second = judged(linted(TEXT), [act])
    assert (first.aside is act) is holds
    assert second.aside is None


def test_it_lapses_with_the_text_and_comes_back_with_it() -> None:
    """A clause that reads differently is another text; elsewhere in the file it is still the same."""
    act = waived(SPOT)
    assert judged(linted(TEXT.replace("must stand", "must fall")), [act])[0].aside is None
    moved = TEXT.replace("1. that masts shall", "1. that hills are high;\n2. that masts shall")
    assert judged(linted(moved), [act])[0].aside is act


def test_it_stays_in_sight_with_who_when_and_why() -> None:
    """As a note; the message and the rule stay."""
    first, second = (shown(one, "today") for one in judged(linted(TEXT), [waived(SPOT)]))
    assert (first.rule, first.message, first.severity) == (FLAW.rule, FLAW.message, Severity.NOTE)
    assert first.fix == "Set aside by Sam Example, today: agreed language"
    assert second.severity is Severity.WARNING


def test_the_newest_act_is_the_one_shown() -> None:
    """A reason may be given anew."""
    newer = replace(waived(SPOT, seq=9), reason="a better reason")
    assert judged(linted(TEXT), [waived(SPOT), newer])[0].aside is newer


def test_what_is_about_the_whole_text_lapses_with_any_change_of_it() -> None:
    """No clause is looked at there, so all of them are."""
    text = CLEAN.partition("*is of the view*")[0]
    (flaw,) = linted(text)
    act = waived(Spot(path=flaw.path, digest=flaw.digest), rule=flaw.rule)
    assert judged([flaw], [act])[0].aside is act
    assert judged(linted(text.replace("three masts", "four masts")), [act])[0].aside is None
