"""What a preset can ask for beside the absence of objections: words, shares, silence, rough consensus (C4, C8, C9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accord.domain.agreement.verdict import Standing
from accord.domain.process.rules import PositionName, Share
from tests.domain.agreement.story import ITU, LIST, Story, change, entity

FIVE = (*(entity(name) for name in ("arcadia", "lyrania", "ruritania", "syldavia", "graustark")), LIST[2])
BALLOT = replace(
    ITU,
    positions=(
        PositionName(name="yes", means="support", label="Yes"),
        PositionName(name="no-objection", means="accept", label="No Objection"),
        PositionName(name="discuss", means="object", label="Discuss"),
        PositionName(name="recuse", means="abstain", label="Recuse", recuses=True),
    ),
    objection_needs_reason=True,
    needs_support=1,
    supporting_positions=("support",),
    needs_share=Share(numerator=2, denominator=3),
)
MEANS: dict[str, Any] = {position.name: position.means for position in BALLOT.positions}


def ballot(*said: str, rules: Any = BALLOT, reason: str = "why") -> Story:
    """A call that ended, in which five entities were asked and the first of them said these words."""
    story = Story(rules=rules, entities=FIVE)
    story.text(change("c1", "one!"), at=0)
    story.call(at=1, until=8)
    for one, word in zip(FIVE, said, strict=False):
        if word:
            story.position(one.id, MEANS[word], at=2, said=word, reason=reason)
    return story


# what was said by the five, and what is missing after the call
BALLOTS: list[tuple[str, tuple[str, ...], list[tuple[str, str]]]] = [
    ("nothing", (), [("support", "0 of 1"), ("share", "0 of 4")]),
    ("one Yes is enough of Yes, but not for two thirds", ("yes",), [("share", "1 of 4")]),
    ("three of five: below two thirds", ("yes", "no-objection", "yes"), [("share", "3 of 4")]),
    ("four of five: two thirds", ("yes", "no-objection", "yes", "no-objection"), []),
    ("nobody says Yes", ("no-objection",) * 4, [("support", "0 of 1")]),
    ("one recused: four are asked, three are enough", ("yes", "yes", "yes", "recuse"), []),
    ("one recused: two are not", ("yes", "yes", "", "recuse"), [("share", "2 of 3")]),
    ("all others recused", ("yes", "recuse", "recuse", "recuse", "recuse"), []),
    ("a Discuss withholds", ("yes", "yes", "yes", "yes", "discuss"), [("objection", "7-o7")]),
]


@pytest.mark.parametrize(("what", "said", "missing"), BALLOTS, ids=[row[0] for row in BALLOTS])
def test_c8_the_ballot(what: str, said: tuple[str, ...], missing: list[tuple[str, str]]) -> None:
    """One Yes at least, two thirds of those that did not recuse themselves, and no Discuss."""
    assert [(one.what, one.detail) for one in ballot(*said).ready(9).missing] == missing


def test_c4_a_discuss_without_a_reason_does_not_stand() -> None:
    """Preset data says whether an objection stands without one."""
    found = ballot("yes", "yes", "yes", "yes", "discuss", reason="").ready(9)
    assert found.ready
    assert [o.why_not for o in found.objections] == ["the rules ask for a reason, and none was given"]


def test_c4_words_of_the_rules_are_shown_as_they_were_said() -> None:
    """A voice keeps the name that the rules give its position, and says that it recused itself."""
    heard = {voice.entity: voice for voice in ballot("no-objection", "recuse").ready(9).voices}
    assert (heard["arcadia"].said, heard["arcadia"].recused) == (("no-objection",), False)
    assert (heard["lyrania"].said, heard["lyrania"].recused) == (("recuse",), True)


def test_c10_an_objection_that_does_not_stand_makes_up_for_no_silence() -> None:
    """One that only objects, without the reason asked for, has not spoken for the text."""
    rules = replace(BALLOT, needs_share=Share(), may_be_silent=3)
    before = ballot("yes", rules=rules).ready(9)
    assert [(m.what, m.detail) for m in before.missing] == [("silent", "4, at most 3 may be")]
    assert [m.what for m in ballot("yes", "discuss", rules=rules, reason="").ready(9).missing] == ["silent"]
    assert ballot("yes", "recuse", rules=rules).ready(9).ready


SHARES = [
    (Share(), 5, 0),
    (Share(numerator=2, denominator=3), 0, 0),
    (Share(numerator=2, denominator=3), 3, 2),
    (Share(numerator=2, denominator=3), 4, 3),
    (Share(numerator=2, denominator=3), 6, 4),
    (Share(numerator=1, denominator=2, more=True), 4, 3),
    (Share(numerator=1, denominator=2, more=True), 5, 3),
    (Share(numerator=1, denominator=2), 4, 2),
    (Share(numerator=1, denominator=1), 4, 4),
]


@pytest.mark.parametrize(("share", "asked", "needed"), SHARES)
def test_how_many_a_share_comes_to(share: Share, asked: int, needed: int) -> None:
    """At least so many, or more than so many; both sides of the threshold."""
    assert share.of(asked) == needed


# rules allow it, a reason is given, an objection stands, the call has ended → what becomes of it
ROUGH = [
    (True, "one voice of many", 9, Standing.AGREED),
    (False, "one voice of many", 9, Standing.TO_BE_CONFIRMED),
    (True, "", 9, Standing.TO_BE_CONFIRMED),
    (True, "one voice of many", 3, Standing.TO_BE_CONFIRMED),
]


@pytest.mark.parametrize(("allowed", "reason", "at", "standing"), ROUGH)
def test_c9_rough_consensus_only_where_the_rules_allow_it(
    allowed: bool, reason: str, at: float, standing: Standing
) -> None:
    """With a reason, after the call, and the objection stays visible as standing."""
    story = Story(rules=replace(ITU, rough_allowed=allowed))
    story.text(change("c1", "one!"), at=0)
    story.call(at=1, until=8)
    story.position("arcadia", "object", at=2)
    story.declare(at=at, rough=True, reason=reason)
    found = story.verdict(10)
    assert (found.standing, found.rough) == (standing, True)
    assert [o.stands for o in found.readiness.objections] == [True]


def test_c9_rough_consensus_is_about_the_text_as_it_was_called() -> None:
    """It sets aside what people said, never a change of the text."""
    story = Story(rules=replace(ITU, rough_allowed=True))
    story.text(change("c1", "one!"), at=0)
    story.call(at=1, until=8)
    story.text(change("c1", "another"), at=7.9)
    story.declare(at=9, rough=True, reason="tried")
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED
