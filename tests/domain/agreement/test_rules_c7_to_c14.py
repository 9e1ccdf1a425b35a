"""C7-C14, a row or test for each rule sentence that agreement itself obeys."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from accord.domain.agreement.effect import Agreed, AgreedClause
from accord.domain.agreement.verdict import Standing
from accord.domain.process.rules import ChangeInCall
from accord.domain.record.values import Stance
from tests.domain.agreement.story import BASE, ITU, OPINION, Story, change, day

ONE_SECOND = 1 / 86400


def told(**options: object) -> Story:
    """A story with a text on one clause of an Opinion."""
    story = Story(**options)  # type: ignore[arg-type]
    story.text(change("c1", "better"))
    return story


def called(**options: object) -> Story:
    """The same with a call from day 1 to day 8."""
    story = told(**options)
    story.call(at=1, until=8)
    return story


# --- C7: calls -------------------------------------------------------------------------------------------

TIMES = [
    (0.5, Standing.OPEN, "before a call"),
    (1, Standing.IN_CALL, "at its opening"),
    (8 - ONE_SECOND, Standing.IN_CALL, "its last second"),
    (8, Standing.READY, "its end"),
]


@pytest.mark.parametrize(("at", "expected", "when"), TIMES, ids=[row[2] for row in TIMES])
def test_c7_a_call_runs_to_its_end(at: float, expected: Standing, when: str) -> None:
    """The end itself is past the call."""
    assert called().verdict(at).standing is expected


PRESETS = [
    (ChangeInCall.RESTART, 10, Standing.IN_CALL, Standing.READY),
    (ChangeInCall.REFUSE, None, Standing.OPEN, Standing.OPEN),
    (ChangeInCall.HOLD, 8, Standing.NOT_YET_AGREED, Standing.NOT_YET_AGREED),
]


@pytest.mark.parametrize(
    ("policy", "ends", "day9", "day11"), PRESETS, ids=[str(row[0].value) for row in PRESETS]
)
def test_c7_a_change_of_the_effect_follows_the_preset(
    policy: ChangeInCall, ends: float | None, day9: Standing, day11: Standing
) -> None:
    """One trace, three documented ends: the text changes on day 3 of a call from day 1 to day 8."""
    story = called(rules=replace(ITU, change_in_call=policy))
    story.text(change("c1", "best"), at=3)
    call = story.ready(9).call
    assert call is not None
    if ends is None:
        assert call.void_since == day(3)
    else:
        assert call.until == day(ends)
    assert story.verdict(9).standing is day9
    assert story.verdict(11).standing is day11


def test_c7_hold_is_ready_again_once_the_text_reads_as_pinned() -> None:
    """The clock runs on; the pinned text comes back."""
    story = called(rules=replace(ITU, change_in_call=ChangeInCall.HOLD))
    story.text(change("c1", "best"), at=3)
    story.text(change("c1", "better"), at=4)
    assert story.verdict(8).standing is Standing.READY


def test_c7_a_change_after_the_end_restarts_too() -> None:
    """During or after the call."""
    story = called()
    story.text(change("c1", "best"), at=9)
    assert story.verdict(10).standing is Standing.IN_CALL
    assert story.verdict(16).standing is Standing.READY


def test_c7_a_rebase_or_a_change_elsewhere_does_not_touch_the_call() -> None:
    """The pinned thing is the effect, not a commit."""
    story = called()
    story.text(change("c1", "better"), at=3)
    story.main(at=4, agreed=Agreed(clauses=tuple(
        replace(c, digest="1:other") if c.id == "c2" else c for c in BASE.clauses)))  # fmt: skip
    call = story.ready(8).call
    assert call is not None
    assert call.until == day(8)
    assert story.verdict(8).standing is Standing.READY


def test_c7_an_objection_received_after_the_end_and_before_the_declaration_stands() -> None:
    """Silence after the end is not consent to the result."""
    story = called()
    story.position("arcadia", "object", at=8.5)
    assert story.verdict(9).standing is Standing.NOT_YET_AGREED


def test_c7_a_mistaken_call_can_be_recalled() -> None:
    """As if it had not been opened; what was said in it stays."""
    story = told()
    mistake = story.call(at=1, until=8)
    story.position("arcadia", "support", at=2)
    story.recall(mistake, at=3)
    assert story.verdict(9).standing is Standing.OPEN
    assert story.ready(9).voices[0].stance == "support"


# --- C8: ready -------------------------------------------------------------------------------------------


def test_c8_numbers_are_asked_for_only_where_the_rules_have_them() -> None:
    """Both sides of each threshold."""
    rules = replace(ITU, needs_support=2, breadth_categories=2, breadth_entities=2)
    story = called(rules=rules)
    story.position("arcadia", "support", at=2)
    assert [m.what for m in story.ready(9).missing] == ["support", "breadth-categories", "breadth-entities"]
    story.position("lyrania", "accept", at=3)
    assert [m.what for m in story.ready(9).missing] == ["breadth-categories"]
    story.position("example-university", "accept", at=3)
    assert story.ready(9).ready
    assert called().ready(9).ready, "itu asks for none"


def test_c8_a_support_that_is_outdated_is_not_relied_on() -> None:
    """What the rule relies on must be about the current text."""
    story = told(rules=replace(ITU, needs_support=1))
    story.position("arcadia", "support", at=0.5)
    story.text(change("c1", "best"), at=1)
    story.call(at=2, until=9)
    assert [m.what for m in story.ready(9).missing] == ["support"]


RELIED_ON: list[tuple[str, Stance, bool]] = [
    ("arcadia", "support", True),
    ("arcadia", "accept", True),
    ("arcadia", "abstain", False),
    ("arcadia", "reserve", False),
    ("passer-by", "support", False),
    ("example-associate", "support", False),
    ("borduria", "support", False),
]


@pytest.mark.parametrize(("who", "stance", "relied"), RELIED_ON, ids=[f"{a}: {b}" for a, b, _ in RELIED_ON])
@pytest.mark.parametrize("asked", ["needs_support", "breadth_entities", "breadth_categories"])
def test_c8_whose_word_the_numbers_rely_on(who: str, stance: Stance, relied: bool, asked: str) -> None:
    """Support, or being able to live with it, of an entity that counts; never a guest, nor no position."""
    story = called(rules=replace(ITU, **{asked: 1}))  # type: ignore[arg-type]
    story.position(who, stance, at=2)
    assert story.ready(9).ready is relied


# --- C9: declared ----------------------------------------------------------------------------------------


def test_c9_declared_by_a_chair_it_is_agreed() -> None:
    """The tool finds readiness, people declare."""
    story = called()
    assert story.verdict(9).standing is Standing.READY
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.AGREED


UNREADY: list[tuple[str, Callable[[Story], object]]] = [
    ("no call", lambda s: None),
    ("the call still runs", lambda s: s.call(at=5, until=20)),
    ("an objection stands", lambda s: (s.call(at=1, until=8), s.position("arcadia", "object", at=2))),
]


@pytest.mark.parametrize(("why", "happens"), UNREADY, ids=[row[0] for row in UNREADY])
def test_c9_a_declaration_when_not_ready_never_counts_as_agreement(
    why: str, happens: Callable[[Story], object]
) -> None:
    """Whatever stands in the record: the door refuses it, and the rules don't honour it."""
    story = told()
    happens(story)
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.TO_BE_CONFIRMED


def test_c9_a_withdrawal_recorded_after_the_declaration_does_not_make_it_right() -> None:
    """It was judged on what the record had; once the withdrawal is known a chair declares again."""
    story = called()
    objection = story.position("arcadia", "object", at=2)
    story.declare(at=9)
    story.end(objection, at=8.5)
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED
    story.declare(at=11)
    assert story.verdict(11).standing is Standing.AGREED


def test_c9_something_received_earlier_but_recorded_later_makes_it_to_be_confirmed() -> None:
    """The letter lay in the registry; a chair looks again."""
    story = called()
    story.declare(at=9)
    story.position("arcadia", "reserve", at=8.5, role="secretariat")
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED
    story.declare(at=11)
    assert story.verdict(11).standing is Standing.AGREED


def test_c9_a_support_recorded_later_is_no_reason_to_confirm() -> None:
    """C10: adding a support never weakens a result."""
    story = called()
    story.declare(at=9)
    story.position("arcadia", "support", at=8.5)
    assert story.verdict(10).standing is Standing.AGREED


def test_c9_an_objection_after_the_declaration_is_shown_and_does_not_undo_it() -> None:
    """It was judged on everything received before it."""
    story = called()
    story.declare(at=9)
    story.position("arcadia", "object", at=10)
    assert story.verdict(11).standing is Standing.AGREED
    assert [o.stands for o in story.verdict(11).readiness.objections] == [True]


def test_c9_an_agreed_text_that_reads_differently_is_reopened() -> None:
    """The declaration binds to the pinned effect."""
    story = called()
    story.declare(at=9)
    story.text(change("c1", "best"), at=10)
    assert story.verdict(10).standing is Standing.REOPENED


def test_c9_not_agreed_ends_the_call_until_a_new_one() -> None:
    """A new call after it starts afresh."""
    story = called()
    story.position("arcadia", "object", at=2)
    story.declare(at=9, result="not agreed")
    assert story.verdict(10).standing is Standing.NOT_AGREED
    story.call(at=11, until=18)
    assert story.verdict(12).standing is Standing.IN_CALL


def moved(*order: str) -> Agreed:
    """The Opinion with its clauses in another order, or fewer."""
    return Agreed(clauses=tuple(BASE.by_id[c] for c in order))


DOCUMENT: list[tuple[str, Agreed, bool]] = [
    ("as it read", BASE, False),
    ("a clause changed", Agreed(clauses=(replace(BASE.clauses[0], digest="1:x"), BASE.clauses[1])), True),
    ("a clause removed", moved("c1"), True),
    ("a clause moved", moved("c2", "c1"), True),
    (
        "a clause added",
        Agreed(clauses=(*BASE.clauses, AgreedClause(id="c3", path=OPINION, digest="1:3"))),
        True,
    ),
    (
        "a change of the Report",
        Agreed(clauses=(*BASE.clauses[:2], replace(BASE.clauses[2], digest="1:x"))),
        False,
    ),
]


@pytest.mark.parametrize(("what", "agreed", "reopened"), DOCUMENT, ids=[row[0] for row in DOCUMENT])
def test_c9_a_call_on_a_document_pins_the_ordered_list_of_its_clauses(
    what: str, agreed: Agreed, reopened: bool
) -> None:
    """Adding, removing, moving or changing one reopens it."""
    story = Story(path=OPINION)
    story.call(at=1, until=8)
    story.declare(at=9)
    story.main(at=10, agreed=agreed)
    assert story.verdict(11).standing is (Standing.REOPENED if reopened else Standing.AGREED)


READS: list[tuple[str, str | None, Standing]] = [
    ("just as it was declared", "better", Standing.AGREED),
    ("otherwise", "worse", Standing.REOPENED),
    ("no more at all", None, Standing.REOPENED),
]


@pytest.mark.parametrize(("what", "to", "standing"), READS, ids=[row[0] for row in READS])
def test_c13_what_somebody_merged_as_it_was_declared_is_not_reopened(
    what: str, to: str | None, standing: Standing
) -> None:
    """Before it is recorded that it is in the text, it is agreed and no other words are."""
    story = Story()
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    story.declare(at=9)
    kept = tuple(
        replace(clause, digest=f"1:{to}") if clause.id == "c1" else clause
        for clause in BASE.clauses
        if clause.id != "c1" or to is not None
    )
    story.main(at=10, agreed=replace(BASE, clauses=kept))
    assert story.verdict(11).standing is standing, what


def test_c9_a_version_that_changes_nothing_any_more_is_not_what_was_declared() -> None:
    """An empty effect is no agreement on an older one."""
    story = Story()
    story.text(change("c1", "better"))
    story.call(at=1, until=8)
    story.declare(at=9)
    story.text(at=10)
    assert story.verdict(11).standing is Standing.REOPENED


# --- C10: laws -------------------------------------------------------------------------------------------


def test_c10_order_of_delivery_never_matters() -> None:
    """The same events recorded in any order give the same verdict."""
    tellings: list[Callable[[Story], object]] = [
        lambda s: s.position("arcadia", "support", at=2),
        lambda s: s.position("arcadia", "reserve", at=2),
        lambda s: s.position("lyrania", "object", at=3),
        lambda s: s.position("passer-by", "object", at=3),
    ]
    seen = set()
    for order in itertools.permutations(tellings):
        story = called()
        for tell in order:
            tell(story)
        found = story.ready(9)
        seen.add((
            tuple((v.entity, v.stance) for v in found.voices),
            tuple(sorted((o.entity, o.stands) for o in found.objections)),
            story.verdict(9).standing,
        ))  # fmt: skip
    assert len(seen) == 1


# --- C11: meetings ---------------------------------------------------------------------------------------

OUTCOMES = [
    ("agreed", Standing.AGREED),
    ("agreed ad referendum", Standing.AD_REFERENDUM),
    ("not agreed", Standing.NOT_AGREED),
    ("to drafting group", Standing.OPEN),
]


@pytest.mark.parametrize(("result", "expected"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_c11_the_outcome_of_putting_a_text_orally(result: str, expected: Standing) -> None:
    """One recorded event holds the result."""
    story = told()
    story.outcome(result, at=5, until=12 if "ad referendum" in result else None)
    assert story.verdict(5).standing is expected


def test_c11_ad_referendum_becomes_agreed_at_its_date_unless_somebody_objects() -> None:
    """Subject to confirmation from capitals."""
    story = told()
    story.outcome("agreed ad referendum", at=5, until=12)
    assert story.verdict(12 - ONE_SECOND).standing is Standing.AD_REFERENDUM
    assert story.verdict(12).standing is Standing.AGREED
    story.position("arcadia", "object", at=11)
    assert story.verdict(12).standing is Standing.NOT_YET_AGREED


OBJECTED = [
    (12 - ONE_SECOND, Standing.NOT_YET_AGREED, "in its last second"),
    (12, Standing.AGREED, "at its end"),
]


@pytest.mark.parametrize(("at", "expected", "when"), OBJECTED, ids=[row[2] for row in OBJECTED])
def test_c11_an_objection_around_the_end_of_ad_referendum(at: float, expected: Standing, when: str) -> None:
    """What is received before the date keeps it from agreement; at the date it is agreed already."""
    story = told()
    story.outcome("agreed ad referendum", at=5, until=12)
    story.position("arcadia", "object", at=at)
    assert story.verdict(13).standing is expected


def test_c11_an_objection_said_in_the_meeting_stands_with_its_own_id() -> None:
    """And one objection is enough."""
    story = told()
    story.outcome("not agreed", at=5, objections=["arcadia"])
    assert [o.id for o in story.ready(6).objections if o.stands] == ["7-ieg-2-arcadia"]


def test_c11_an_outcome_agreed_against_a_standing_objection_is_not_agreement() -> None:
    """Nobody overrules an objection, not even a meeting's record."""
    story = told()
    story.position("arcadia", "object", at=2)
    story.outcome("agreed", at=5)
    assert story.verdict(6).standing is Standing.TO_BE_CONFIRMED


def test_c11_statements_for_the_record_do_not_block() -> None:
    """They are reservations."""
    story = told()
    story.outcome("agreed", at=5, statements=["lyrania"])
    assert story.verdict(5).standing is Standing.AGREED
    assert [(v.entity, v.stance) for v in story.ready(5).voices] == [("lyrania", "reserve")]


# --- C13: what is merged ---------------------------------------------------------------------------------


def test_c13_a_later_declared_amendment_supersedes_and_does_not_reopen() -> None:
    """Once incorporated, the declaration has done its work."""
    story = called()
    story.declare(at=9)
    story.incorporate(at=10)
    story.main(at=11, agreed=moved("c2"))
    assert story.verdict(12).standing is Standing.AGREED


# --- C14: the secretariat --------------------------------------------------------------------------------


def test_c14_an_entry_for_an_entity_is_marked_unconfirmed_until_an_expert_confirms() -> None:
    """It is notified to its experts."""
    story = called()
    entry = story.position("arcadia", "support", at=2, role="secretariat")
    assert story.ready(3).voices[0].unconfirmed
    story.confirm(entry, at=4, entity_id="arcadia")
    assert not story.ready(5).voices[0].unconfirmed


def test_c14_it_never_replaces_a_position_they_gave_themselves() -> None:
    """Even when the letter is newer."""
    story = called()
    story.position("arcadia", "reserve", at=2)
    story.position("arcadia", "support", at=3, role="secretariat")
    assert story.ready(4).voices[0].stance == "reserve"


def test_c14_it_may_add_an_objection() -> None:
    """Caution needs no confirmation to withhold readiness."""
    story = called()
    story.position("arcadia", "support", at=2)
    story.position("arcadia", "object", at=3, role="secretariat")
    assert not story.ready(9).ready


def test_c14_a_disputed_declaration_shows_as_contested() -> None:
    """Nothing is removed."""
    story = called()
    declared = story.declare(at=9)
    story.contest(declared, at=10)
    verdict = story.verdict(11)
    assert (verdict.standing, verdict.contested) == (Standing.AGREED, True)


def test_judging_never_looks_at_what_came_later() -> None:
    """The verdict at a moment is the same whatever is told afterwards."""
    story = called()
    before = story.verdict(8)
    story.position("arcadia", "object", at=8 + ONE_SECOND)
    assert story.verdict(8).standing is before.standing is Standing.READY
    assert story.ready(8).call is not None
    assert timedelta(days=7) == day(8) - day(1)


def test_once_incorporated_positions_stay_on_the_text_they_were_given_on() -> None:
    """The agreed text moving on does not make a finished contribution's positions look outdated."""
    story = called()
    story.position("arcadia", "support", at=2)
    story.declare(at=9)
    story.incorporate(at=10)
    story.main(at=10, agreed=Agreed(clauses=tuple(
        replace(c, digest="1:better") if c.id == "c1" else c for c in BASE.clauses)))  # fmt: skip
    assert story.ready(11).voices[0].stances == {"c1": "support"}
