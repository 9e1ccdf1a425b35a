"""C10 and fail closed in wide worlds: the laws of the small world in tales that nobody thought of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.domain.agreement.readiness import SUPPORTING
from accord.domain.agreement.verdict import Standing, judge
from accord.domain.record.events import Declared, Outcome, Reopened
from tests.domain.agreement.story import Story, day
from tests.domain.agreement.wide_worlds import (
    ACTS,
    LASTS,
    LATER_WORD,
    TALES,
    Step,
    Tale,
    free,
    recorded_as,
    told,
    up_to,
)

laws = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MOMENTS = [hours / 24 for hours in range(0, LASTS + 96, 48)]


@laws
@given(tale=TALES, added=LATER_WORD)
def test_one_more_support_unmakes_nothing_and_one_more_objection_makes_nothing(
    tale: Tale, added: Step
) -> None:
    """C10. Whenever it comes, by whomever, however late it is recorded."""
    story, more = told(tale), told(tale)
    ACTS["position"](more, added, added.hour / 24, f"e{added.who % tale.size}")
    for at in MOMENTS:
        before, after = story.ready(at), more.ready(at)
        if added.word == "support":
            assert after.ready or not before.ready, (at, after.missing)
        else:
            assert before.ready or not after.ready, (at, before.missing)


@laws
@given(tale=TALES)
def test_what_is_ready_lacks_nothing(tale: Tale) -> None:
    """C8. No objection stands, the call has ended on this very text, and the numbers of the rules are there."""
    story = told(tale)
    for at in MOMENTS:
        found = story.ready(at)
        if not found.ready:
            continue
        rules = story.states[0].rules
        assert not [one for one in found.objections if one.stands]
        assert found.call is not None
        assert found.call.until <= day(at)
        assert (found.call.effect, found.call.void_since) == (found.effect, None)
        for_it = [v for v in found.voices if v.counts and v.stance in SUPPORTING and not v.outdated]
        assert len(for_it) >= max(rules.needs_support, rules.breadth_entities)
        assert all(set(v.stances) <= {entry.id for entry in found.effect} | {"*"} for v in for_it)


@laws
@given(tale=TALES)
def test_every_objection_that_ended_says_how(tale: Tale) -> None:
    """C6. By whom, under which rule, by which act of the record, and with a reason where a chair ended it."""
    story = told(tale)
    acts = {event.seq for event in story.events}
    for at in MOMENTS:
        for one in story.ready(at).objections:
            if one.ended is None:
                continue
            assert one.ended.by.name
            assert one.ended.rule in ("C2", "C6")
            assert one.ended.seq in acts
            assert one.ended.at <= day(at)
            assert one.ended.reason or one.ended.how in ("withdrawn", "met")


@laws
@given(tale=TALES)
def test_looking_back_is_the_story_as_it_was_told_up_to_then(tale: Tale) -> None:
    """Nothing that came later changes what is found of an earlier moment."""
    story = told(tale)
    for at in MOMENTS:
        known, world = up_to(story, at)
        then = judge(known, world, day(at))
        assert story.verdict(at) == then
        assert judge(story.dossier().as_of(received_by=day(at)), story.world(), day(at)) == then


@laws
@given(tale=TALES, data=st.data())
def test_the_order_of_the_record_decides_nothing(tale: Tale, data: st.DataObject) -> None:
    """C10. Words received one after the other may be recorded in any order that nobody decided in between."""
    story = told(tale)
    order = list(story.events)
    places = free(story)
    deciding = [n for n, event in enumerate(order) if isinstance(event, (Declared, Outcome, Reopened))]
    for first, last in zip([-1, *deciding], [*deciding, len(order)], strict=True):
        between = [place for place in places if first < place < last]
        for place, event in zip(
            between, data.draw(st.permutations([order[n] for n in between])), strict=True
        ):
            order[place] = event
    dossier = recorded_as(story, order)
    for at in MOMENTS:
        one, other = story.verdict(at), judge(dossier, story.world(), day(at))
        assert one.standing is other.standing
        assert {replace(m, detail="") for m in one.missing} == {replace(m, detail="") for m in other.missing}
        assert [replace(v, reasons=()) for v in one.readiness.voices] == [
            replace(v, reasons=()) for v in other.readiness.voices
        ]
        assert stands(one) == stands(other)


def stands(verdict: object) -> dict[str, bool]:
    """Which objections stand."""
    return {one.id: one.stands for one in verdict.readiness.objections}  # type: ignore[attr-defined]


@laws
@given(tale=TALES, added=LATER_WORD)
def test_a_word_learned_of_late_never_makes_an_agreement(tale: Tale, added: Step) -> None:
    """C9. What was received before and recorded after a declaration can only make it wait, never make it right."""
    story: Story = told(tale)
    more = told(tale)
    ACTS["position"](more, added, added.hour / 24, f"e{added.who % tale.size}")
    last = more.events[-1]
    for at in MOMENTS:
        before, after = story.verdict(at), more.verdict(at)
        declared = after.declared
        if declared is None or declared.received.latest < last.received.latest:
            continue
        if after.standing in (Standing.AGREED, Standing.ADOPTED):
            assert before.standing is after.standing, at


def test_the_tales_reach_every_standing() -> None:
    """The laws above are not told of nothing: every standing but adoption comes up among a thousand tales."""
    seen: set[Standing] = set()

    @settings(laws, max_examples=1000, database=None, derandomize=True)
    @given(tale=TALES)
    def look(tale: Tale) -> None:
        story = told(tale)
        seen.update(story.verdict(at).standing for at in MOMENTS)

    look()
    assert seen == set(Standing) - {Standing.ADOPTED}
