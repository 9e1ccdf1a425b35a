"""Laws of a replay (C10): the order in a file never matters, and an approval never stands in the way."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from accord.domain.replay.archive import read_archive
from accord.domain.replay.counts import counts
from accord.domain.replay.engine import Outcome, Reading, Replayed, replay
from accord.domain.replay.trace import read_traces
from tests.domain.agreement.story import ITU
from tests.domain.replay.histories import (
    GONE,
    HEAD,
    NO,
    NO_CALL,
    OK,
    OLD,
    OLDER,
    SHARED,
    SUPPORTED,
    archive,
    line,
    pull,
    review,
    said,
    trace,
)

# Few people, commits and days, so that many reviews are of one person, one text and one instant.
WHO = st.sampled_from(["p01", "p02", "p03", "ghost"])
WHEN = st.sampled_from([2.0, 2.1, 3.0, 8.0, 9.0, 10.0])
COMMIT = st.sampled_from([HEAD, OLD, OLDER, None])
SAYS = st.sampled_from([OK, OK, NO, GONE, "COMMENTED"])
LATER = st.sampled_from([None, None, 8.5, 11.0])
SAID = st.builds(said, WHEN, WHO, SAYS, COMMIT, LATER)
APPROVAL = st.builds(said, WHEN, WHO, st.just(OK), COMMIT, LATER)
ENDS = st.sampled_from(
    [{}, {"merged": None}, {"merged": None, "closed": None}, {"head": None}, {"author": None}]
)
RULES = st.sampled_from([NO_CALL, SUPPORTED, replace(NO_CALL, needs_support=2)])
ALL_RULES = RULES | st.just(SHARED)
READING = st.sampled_from(list(Reading))


@given(st.lists(SAID, max_size=8), ENDS, RULES, READING, APPROVAL)
def test_adding_an_approval_never_makes_ready_not_ready(
    events: list[Any], ends: dict[str, Any], rules: Any, reading: Reading, more: Any
) -> None:
    """Whoever gives it, whenever, about whatever commit."""
    before = replay(trace(*events, **ends), rules, reading)
    after = replay(trace(*events, more, **ends), rules, reading)
    if before.outcome is Outcome.READY:
        assert after.outcome is Outcome.READY


@given(st.lists(SAID, max_size=8), ENDS, READING, APPROVAL)
def test_where_a_share_is_asked_for_neither_if_its_giver_took_part_or_speaks_for_the_last_text(
    events: list[Any], ends: dict[str, Any], reading: Reading, more: Any
) -> None:
    """Somebody new who speaks about an older text is one more who is asked and has not spoken for this one."""
    before = replay(trace(*events, **ends), SHARED, reading)
    certainly = {one.who for one in before.given if one.latest <= before.end}
    assume(more[4] == HEAD or more[1] in certainly)
    if before.outcome is Outcome.READY:
        assert replay(trace(*events, more, **ends), SHARED, reading).outcome is Outcome.READY


@given(
    st.lists(SAID, max_size=8),
    ENDS,
    ALL_RULES,
    READING,
    st.builds(said, WHEN, WHO, st.just(NO), COMMIT, LATER),
)
def test_adding_a_request_for_changes_never_makes_not_ready_ready(
    events: list[Any], ends: dict[str, Any], rules: Any, reading: Reading, more: Any
) -> None:
    """A request that an approval takes back later adds nothing either."""
    before = replay(trace(*events, **ends), rules, reading)
    after = replay(trace(*events, more, **ends), rules, reading)
    if before.outcome is not Outcome.READY:
        assert after.outcome is not Outcome.READY


def told(found: Replayed) -> object:
    """Everything that is said about one history."""
    numbers = {count.key: count.number for count in counts([found])}
    return found.outcome, found.missing, found.standing, numbers


@given(st.lists(SAID, max_size=10), ENDS, ALL_RULES | st.just(ITU), READING, st.randoms())
def test_the_order_of_reviews_in_a_file_never_matters(
    events: list[Any], ends: dict[str, Any], rules: Any, reading: Reading, chance: random.Random
) -> None:
    """Not even of two that one person gave at one instant."""
    shuffled = chance.sample(events, len(events))
    one, two = trace(*events, **ends), trace(*shuffled, **ends)
    assert told(replay(one, rules, reading)) == told(replay(two, rules, reading))


@given(
    st.randoms(), st.lists(st.tuples(WHEN, st.sampled_from(["ned", "nell", None]), SAYS, COMMIT), max_size=8)
)
def test_the_order_in_an_archive_never_matters(chance: random.Random, reviews: list[Any]) -> None:
    """Neither of reviews nor of pull requests: people get the same p01, p02 ..."""
    made = [review(*one) for one in reviews]
    pulls = [pull(number, *made[number::3], author="nemo") for number in range(1, 4)]
    mixed = [
        {**one, "reviews": chance.sample(one["reviews"], len(one["reviews"]))}
        for one in chance.sample(pulls, len(pulls))
    ]
    assert (
        read_archive(json.dumps(archive(*pulls)), "a").traces
        == read_archive(json.dumps(archive(*mixed)), "a").traces
    )


@given(st.text(max_size=60) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(text: str) -> None:
    """Never by a crash, and never as a history."""
    for found in (read_traces(text, "f"), read_archive(text, "f")):
        assert found.traces == ()
    assert read_archive(text, "f").findings


@given(st.integers(min_value=0, max_value=2000), st.characters())
def test_a_spoilt_character_in_an_archive_is_found_or_harmless(at: int, spoilt: str) -> None:
    """What is read is never more than what was there."""
    text = json.dumps(archive(pull(1, review(2, "ned", OK)), pull(2)), indent=2)
    at %= len(text)
    found = read_archive(text[:at] + spoilt + text[at + 1 :], "archive.json")
    assert len(found.traces) <= 2
    assert len(found.traces) == 2 or found.findings


def test_a_file_of_one_history_is_read() -> None:
    """The laws above are not about empty files only."""
    assert len(read_traces(json.dumps(line(said(2, "p02", OK))), "f").traces) == 1
