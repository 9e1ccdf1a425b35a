"""Hard histories: each a short story that other systems get wrong, and its outcome said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.domain.agreement.dossier import Dossier, Version
from accord.domain.agreement.effect import Agreed, AgreedClause
from accord.domain.agreement.merged import unexplained
from accord.domain.agreement.readiness import readiness
from accord.domain.agreement.split import inherited, only_about
from accord.domain.agreement.verdict import Standing
from accord.domain.process.rules import ChangeInCall, PositionName, Share
from accord.domain.record.events import Event
from accord.domain.record.values import Entry, Receipt
from tests.domain.agreement.story import (
    BASE,
    ITU,
    LIST,
    OPINION,
    State,
    Story,
    change,
    day,
    entity,
    part,
)

C1, C2 = change("c1", "better"), change("c2", "finer")
LAPSING = replace(ITU, objections_may_lapse=True, lapse_days=7, set_aside_allowed=True)
INSTANT = 1 / 86400 / 1_000_000  # the shortest time that the record knows, in days


def told(*entries: Entry, **options: Any) -> Story:
    """A text with a call from day 1 to day 8; by default on one clause."""
    story = Story(**options)
    story.text(*(entries or (C1,)))
    story.call(at=1, until=8)
    return story


def reading(**words: str) -> Agreed:
    """The agreed text with some clauses in other words."""
    return Agreed(
        clauses=tuple(replace(c, digest=f"1:{words[c.id]}") if c.id in words else c for c in BASE.clauses)
    )


def open_objections(story: Story, at: float) -> list[str]:
    """Ids of the objections that stand."""
    return [one.id for one in story.ready(at).objections if one.stands]


# --- One entity, two words -------------------------------------------------------------------------------


def test_two_experts_of_one_entity_support_and_object_in_the_same_second() -> None:
    """One entity, one voice: it objects, whichever of the two the tool heard first."""
    for stances in (("support", "object"), ("object", "support")):
        story = told()
        for stance in stances:
            story.position("arcadia", stance, at=2)
        found = story.ready(9)
        assert [(voice.entity, voice.stance) for voice in found.voices] == [("arcadia", "object")]
        assert [m.what for m in found.missing] == ["objection"]


def test_an_entity_objects_to_one_clause_and_later_to_another_and_withdraws_one() -> None:
    """The other objection stands, and readiness waits for it by its id."""
    story = told(C1, C2)
    first = story.position("arcadia", "object", at=2, on=(C1,))
    second = story.position("arcadia", "object", at=3, on=(C2,))
    story.end(first, at=4)
    assert open_objections(story, 9) == [second.objection]
    shown = story.ready(9).objections
    assert [(o.id, [e.id for e in o.clauses]) for o in shown] == [
        (first.objection, ["c1"]),
        (second.objection, ["c2"]),
    ]


def test_a_support_on_the_current_text_followed_by_an_approval_from_a_stale_page() -> None:
    """The later approval is about the older text, and the support on the current one stands."""
    story = Story(rules=replace(ITU, needs_support=1))
    old = story.text(C1)
    story.text(change("c1", "best"), at=1)
    story.call(at=2, until=9)
    story.position("arcadia", "support", at=3)
    story.position("arcadia", "accept", at=4, on=old)
    assert story.ready(9).voices[0].stances == {"c1": "support"}
    assert story.ready(9).ready


def test_an_approval_from_a_stale_page_alone_is_outdated_from_the_start() -> None:
    """It is shown, and nothing relies on it."""
    story = Story(rules=replace(ITU, needs_support=1))
    old = story.text(C1)
    story.text(change("c1", "best"), at=1)
    story.call(at=2, until=9)
    story.position("arcadia", "support", at=3, on=old)
    voice = story.ready(9).voices[0]
    assert (voice.stances, voice.outdated) == ({}, {"c1": "support"})
    assert [m.what for m in story.ready(9).missing] == ["support"]


# --- Around the declaration ------------------------------------------------------------------------------


def test_an_objection_made_before_a_declaration_but_learned_of_after_it() -> None:
    """The declaration waits to be confirmed, and cannot be while the objection stands."""
    story = told()
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.AGREED
    objection = story.position("arcadia", "object", at=8.5, role="secretariat")
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED
    story.declare(at=11)
    assert story.verdict(11).standing is Standing.TO_BE_CONFIRMED
    story.end(objection, at=12)
    story.declare(at=13)
    assert story.verdict(13).standing is Standing.AGREED


def test_a_strangers_word_learned_of_late_holds_up_nothing() -> None:
    """Who cannot withhold consensus cannot hold up a draft either; the word is shown."""
    story = told()
    story.declare(at=9)
    story.position("ruritania", "object", at=8.5, role="secretariat")
    story.position("example-associate", "reserve", at=8.5, role="secretariat")
    found = story.verdict(10)
    assert found.standing is Standing.AGREED
    assert {voice.entity for voice in found.readiness.voices} == {"ruritania", "example-associate"}


def test_a_declared_amendment_of_an_agreed_clause() -> None:
    """It supersedes: the first agreement keeps what it agreed, and the second is about the new wording."""
    first = told()
    first.declare(at=9)
    first.incorporate(at=10)
    first.main(at=10, agreed=reading(c1="better"))

    second = Story(states=list(first.states), seq=first.seq)
    second.text(change("c1", "best"), at=11)
    assert [(e.had, e.gets) for e in second.effect(11)] == [("1:better", "1:best")]
    second.call(at=12, until=19)
    second.declare(at=20)
    assert second.verdict(20).standing is Standing.AGREED

    first.main(at=21, agreed=reading(c1="best"))
    assert first.verdict(22).standing is Standing.AGREED


def test_other_rules_come_in_the_second_of_a_declaration() -> None:
    """Recorded after it they are not what it was judged by; recorded before it they are."""
    for first in ("declaration", "rules"):
        story = told()
        if first == "declaration":
            story.declare(at=9)
        story.main(at=9, rules=replace(ITU, needs_support=1))
        if first == "rules":
            story.declare(at=9)
        expected = Standing.AGREED if first == "declaration" else Standing.TO_BE_CONFIRMED
        assert story.verdict(10).standing is expected


def test_an_opinion_agreed_for_final_in_which_a_clause_is_inserted() -> None:
    """It is reopened, although every clause that was agreed still reads the same."""
    story = Story(path=OPINION)
    story.call(at=1, until=8)
    story.declare(at=9)
    assert story.verdict(9).standing is Standing.AGREED
    inserted = AgreedClause(id="c9", path=OPINION, digest="1:new", container="k1", form="item")
    story.main(at=10, agreed=Agreed(clauses=(BASE.clauses[0], inserted, *BASE.clauses[1:])))
    assert story.verdict(10).standing is Standing.REOPENED


# --- Who leaves ------------------------------------------------------------------------------------------


def listed(**changes: Any) -> tuple[Any, ...]:
    """The list, which Arcadia leaves after 9 January (day 3)."""
    return (entity("arcadia", last=date(2025, 1, 9), **changes), *LIST[1:])


def test_an_objector_leaves_the_list_without_a_successor() -> None:
    """The objection stands until a chair disposes of it with a reason; it does not leave with its owner."""
    story = told(entities=listed())
    objection = story.position("arcadia", "object", at=2)
    assert [(m.what, m.who) for m in story.ready(9).missing] == [("objection-orphaned", "a chair")]
    story.end(objection, at=9, how="disposed", role="chair")
    assert not story.ready(9).ready, "no reason was given"
    story.end(objection, at=9, how="disposed", role="chair", reason="the text says what it asked for")
    assert story.ready(9).ready


def test_an_objector_comes_back_after_a_chair_disposed_of_its_objection() -> None:
    """What was rightly ended stays ended; it may object again."""
    back = (*listed(), entity("arcadia", first=date(2025, 1, 17)))
    story = told(entities=back)
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=9, how="disposed", role="chair", reason="the text says what it asked for")
    assert story.ready(12).ready
    again = story.position("arcadia", "object", at=12)
    assert open_objections(story, 13) == [again.objection]


def test_an_objector_merges_into_another_entity_on_the_list() -> None:
    """The objection passes to the named successor, who alone may withdraw it."""
    story = told(entities=listed(successors=("lyrania",)))
    story.position("arcadia", "object", at=2)
    found = story.ready(9).objections[0]
    assert (found.entity, found.owners, found.orphaned) == ("arcadia", ("lyrania",), False)


def test_an_objector_splits_and_its_successor_leaves_too() -> None:
    """Successor after successor is followed; the last one that is there owns it."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("north-arcadia",)),
        entity("north-arcadia", last=date(2025, 1, 10), successors=("lyrania",)),
        entity("south-arcadia"),
        *LIST[1:],
    )
    story = told(entities=people)
    story.position("arcadia", "object", at=2)
    assert [story.ready(at).objections[0].owners for at in (3, 4, 9)] == [
        ("arcadia",),
        ("north-arcadia",),
        ("lyrania",),
    ]


def test_two_entities_that_name_each_other_as_successor_and_both_leave() -> None:
    """No circle: a chair is asked."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("lyrania",)),
        entity("lyrania", last=date(2025, 1, 9), successors=("arcadia",)),
        *LIST[2:],
    )
    story = told(entities=people)
    story.position("arcadia", "object", at=2)
    assert [m.what for m in story.ready(9).missing] == ["objection-orphaned"]


def test_a_list_whose_past_is_rewritten_alters_no_earlier_verdict() -> None:
    """A later list that says Arcadia had left before it objected is unknown to what was found before."""
    story = told()
    story.position("arcadia", "object", at=2)
    assert open_objections(story, 9) != []
    gone = (entity("arcadia", last=date(2025, 1, 6), successors=("lyrania",)), *LIST[1:])
    story.main(at=10, experts=replace(story.states[-1].experts, entities=gone))
    assert open_objections(story, 9) == open_objections(story, 11) != []


# --- What is merged, and the secretariat -----------------------------------------------------------------


def test_two_clean_merges_into_a_sentence_that_nobody_declared() -> None:
    """Each half has its declaration; the sentence they make together has none, and is found."""
    stories = [told(change("c1", half)) for half in ("first half", "second half")]
    for story in stories:
        story.declare(at=9)
        story.incorporate(at=10)
    both = stories[1]
    both.main(at=11, agreed=reading(c1="both halves"), commit="m1")
    acts = [event for story in stories for event in story.events]
    found = unexplained(both.world(), acts)
    assert [(one.commit, [(e.id, e.gets) for e in one.clauses]) for one in found] == [
        ("m1", [("c1", "1:both halves")])
    ]


def test_the_secretariats_entry_against_a_position_the_entity_gave_itself() -> None:
    """Unconfirmed it replaces nothing; confirmed by the entity's own expert it is its latest word."""
    story = told()
    story.position("arcadia", "reserve", at=2)
    entry = story.position("arcadia", "support", at=3, role="secretariat")
    assert story.ready(4).voices[0].stance == "reserve"
    story.confirm(entry, at=5, entity_id="arcadia")
    assert story.ready(6).voices[0].stance == "support"


def test_a_letter_of_support_does_not_end_an_objection_even_when_confirmed() -> None:
    """Support and withdrawal are two acts."""
    story = told()
    objection = story.position("arcadia", "object", at=2)
    entry = story.position("arcadia", "support", at=3, role="secretariat")
    story.confirm(entry, at=4, entity_id="arcadia")
    assert open_objections(story, 9) == [objection.objection]


# --- Meetings --------------------------------------------------------------------------------------------


def test_agreed_ad_referendum_lapses_when_a_capital_objects_in_time() -> None:
    """It is not yet agreed, stays so at its date, and is agreed once the objection is withdrawn."""
    story = Story()
    story.text(C1)
    story.outcome("agreed ad referendum", at=5, until=12)
    objection = story.position("arcadia", "object", at=10)
    assert [story.verdict(at).standing for at in (9, 10, 12)] == [
        Standing.AD_REFERENDUM,
        Standing.NOT_YET_AGREED,
        Standing.NOT_YET_AGREED,
    ]
    story.end(objection, at=13)
    assert story.verdict(13).standing is Standing.AGREED


def test_agreed_ad_referendum_on_a_text_that_reads_differently_at_its_date() -> None:
    """Nobody referred the new text to a capital: it is reopened."""
    story = Story()
    story.text(C1)
    story.outcome("agreed ad referendum", at=5, until=12)
    story.text(change("c1", "best"), at=8)
    assert story.verdict(12).standing is Standing.REOPENED


# --- The verb above a clause -----------------------------------------------------------------------------


def under(verb: str, heading: str = "heading") -> Agreed:
    """The agreed text with the operative verb above its two clauses, and the heading above its paragraph."""
    keyword = AgreedClause(id="k1", path=OPINION, digest=f"1:{verb}", form="keyword")
    title = AgreedClause(id="h1", path=BASE.clauses[2].path, digest=f"1:{heading}", form="heading/2")
    return Agreed(clauses=(keyword, *BASE.clauses[:2], title, BASE.clauses[2]))


def test_the_verb_above_a_clause_changes_under_a_call() -> None:
    """What was supported as an invitation is not supported as an instruction: outdated, and the call starts again."""
    story = Story(states=[State(recorded=day(-1), agreed=under("invites"))])
    story.text(C1)
    story.call(at=1, until=8)
    story.position("arcadia", "support", at=2)
    story.main(at=3, agreed=under("instructs"))
    found = story.ready(9)
    assert (found.voices[0].stances, found.voices[0].outdated) == ({}, {"c1": "support"})
    assert [m.what for m in found.missing] == ["call-runs"]


def test_a_contribution_changes_the_verb_above_a_clause_it_had_changed_before() -> None:
    """The words of the clause are the same, and what was said of it is outdated all the same."""
    story = Story(states=[State(recorded=day(-1), agreed=under("invites"))])
    story.text(C1)
    story.position("arcadia", "support", at=1)
    verb = Entry(id="k1", path=OPINION, had="1:invites", gets="1:instructs", form="keyword")
    story.text(verb, C1, at=2)
    assert story.ready(3).voices[0].outdated == {"c1": "support"}


def test_another_heading_above_a_paragraph_outdates_nothing() -> None:
    """A heading is no part of the sentence below it."""
    story = Story(states=[State(recorded=day(-1), agreed=under("invites"))])
    story.text(change("r1", "better"))
    story.position("arcadia", "support", at=1)
    story.main(at=2, agreed=under("invites", heading="another heading"))
    assert story.ready(3).voices[0].stances == {"r1": "support"}


# --- Co-signers ------------------------------------------------------------------------------------------


def between(story: Story, event: Event, first: float, last: float) -> None:
    """It was received at some instant between two, as far as anybody knows."""
    index = story.events.index(event)
    story.events[index] = replace(event, received=Receipt(earliest=day(first), latest=day(last)))


def test_an_entity_is_named_as_a_co_signer_to_silence_it() -> None:
    """Its objection withholds; its support counts only once it has itself signed; signing ends no objection."""
    story = told(cosigners=("lyrania",), rules=replace(ITU, needs_support=1))
    objection = story.position("lyrania", "object", at=2)
    story.position("arcadia", "support", at=2)
    assert [m.what for m in story.ready(9).missing] == ["objection"]
    story.cosign("lyrania", at=9)
    assert open_objections(story, 10) == [objection.objection]
    story.end(objection, at=11)
    assert story.ready(12).ready


def test_a_named_co_signer_supports_and_then_declines_to_sign() -> None:
    """Named by the source it is not relied on; once it said that it does not sign, it is an entity like any other."""
    story = told(cosigners=("lyrania",), rules=replace(ITU, needs_support=1))
    story.position("lyrania", "support", at=2)
    assert [m.what for m in story.ready(9).missing] == ["support"]
    story.cosign("lyrania", at=9, accepted=False)
    assert story.ready(10).ready


def test_a_signature_that_may_not_have_come_yet_opens_nothing() -> None:
    """One given counts once it has certainly come, one taken back stops counting once that may have come."""
    story = told(rules=replace(ITU, needs_support=1))
    between(story, story.cosign("lyrania", at=7), 7, 9)
    assert [story.ready(at).ready for at in (8.5, 9)] == [False, True]
    between(story, story.cosign("lyrania", at=10, accepted=False), 10, 12)
    assert [story.ready(at).ready for at in (9.5, 10, 12)] == [True, False, False]
    named = told(rules=replace(ITU, needs_support=1), cosigners=("lyrania",))
    named.position("lyrania", "support", at=2)
    between(named, named.cosign("lyrania", at=7), 7, 9)
    assert [named.ready(at).ready for at in (8.5, 9)] == [False, True]


# --- Words that are not quite an objection, requests -------------------------------------------------------


@pytest.mark.parametrize("asked_for", [False, True], ids=["no reason needed", "the rules ask for a reason"])
def test_a_misspelt_objection_in_prose(asked_for: bool) -> None:
    """Once seen it withholds, a support beside it ends nothing; its expert says that it stands, or withdraws it."""
    story = told(rules=replace(ITU, objection_needs_reason=asked_for))
    read = story.position("arcadia", "object", at=2, role="tool", words="we objekt to this sentence")
    story.position("arcadia", "support", at=3)
    assert [m.what for m in story.ready(9).missing] == ["objection"]
    story.confirm(read, at=9, entity_id="arcadia")
    assert story.ready(10).objections[0].confirmed
    assert open_objections(story, 10) == [read.objection]
    story.end(read, at=11)
    assert story.ready(12).ready


ANSWERS = [
    ("in the instant before the date", 10 - INSTANT, True),
    ("on the date itself", 10, False),
]


@pytest.mark.parametrize(("when", "at", "stands"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_a_request_that_is_answered_at_the_last_instant(when: str, at: float, stands: bool) -> None:
    """The objection stands if its owner says so before the date; on the date it has lapsed."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=10)
    story.confirm(objection, at=at, entity_id="arcadia")
    assert (open_objections(story, 10) == [objection.objection]) is stands


TIMES = [("exactly the days asked for", 9, False), ("an instant less", 9 - INSTANT, True)]


@pytest.mark.parametrize(("what", "until", "stands"), TIMES, ids=[row[0] for row in TIMES])
def test_a_request_leaves_exactly_the_time_that_the_rules_ask_for(
    what: str, until: float, stands: bool
) -> None:
    """Seven whole days are enough; an instant less lets nothing lapse."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=until)
    assert (open_objections(story, 10) == [objection.objection]) is stands


def test_the_owner_leaves_before_the_request_is_due() -> None:
    """Nobody was there to answer: it does not lapse, and a chair disposes of it with a reason."""
    story = told(rules=LAPSING, entities=listed())
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=10)
    assert [m.what for m in story.ready(11).missing] == ["objection-orphaned"]
    story.end(objection, at=11, how="disposed", role="chair", reason="the text says what it asked for")
    assert story.ready(12).ready


# --- Splitting, amending ---------------------------------------------------------------------------------


def test_an_objection_is_moved_by_a_split_and_withdrawn_later() -> None:
    """It no longer stands in the rest, it stands in the part, and its owner's one act ends it there."""
    story = told(change("c1", "c1!"), change("c2", "c2!"))
    objection = story.position("arcadia", "object", at=2, on=(change("c2", "c2!"),))
    named = only_about([(objection.objection, objection.effect)], ["c2"])
    story.split("c2", at=3, objections=named)
    story.text(change("c1", "c1!"), at=3)
    assert open_objections(story, 4) == []

    def split_off() -> list[str]:
        version = Version(number=1, moment=day(0), seq=90, proposal=(change("c2", "c2!"),))
        words = inherited(story.events, part("c2"))
        dossier = Dossier(subject="8", events=(), versions=(version,), inherited=words)
        return [one.id for one in readiness(dossier, story.world(), day(12)).objections if one.stands]

    assert split_off() == [objection.objection]
    story.end(objection, at=11)
    assert split_off() == []
    assert open_objections(story, 12) == []


def test_an_objection_from_a_stale_page_to_a_clause_that_was_split_off() -> None:
    """The split does not name it: it stands here until its owner withdraws it."""
    story = told(change("c1", "c1!"), change("c2", "c2!"))
    story.split("c2", at=3, objections=())
    story.text(change("c1", "c1!"), at=3)
    objection = story.position("arcadia", "object", at=4, on=(change("c2", "c2!"),))
    assert open_objections(story, 9) == [objection.objection]


def test_a_clause_that_was_split_off_is_proposed_here_again() -> None:
    """A split is no way to lose an objection: with its clause it stands here again."""
    story = told(change("c1", "c1!"), change("c2", "c2!"))
    objection = story.position("arcadia", "object", at=2, on=(change("c2", "c2!"),))
    story.split("c2", at=3, objections=(objection.objection,))
    story.text(change("c1", "c1!"), at=3)
    assert open_objections(story, 4) == []
    story.text(change("c1", "c1!"), change("c2", "almost the same"), at=5)
    assert open_objections(story, 6) == [objection.objection]


def test_an_amendment_of_a_clause_that_got_another_name_in_the_text() -> None:
    """What the amended contribution added is the same clause once it is in the text, and what was said of it stands."""
    added = change("c1", "new", id="n1", had=None, after="c1")
    story = told(added)
    wanted = replace(added, had="1:new", gets="1:newer", after=None)
    version = Version(number=1, moment=day(2), seq=40, proposal=(wanted,))

    def amendment() -> Dossier:
        return Dossier(subject="8", events=(), versions=(version,), onto=story.dossier())

    before = amendment().effect(story.world(), day(3))
    assert [(one.id, one.had, one.gets) for one in before] == [("n1", "1:new", "1:newer")]
    act = story.incorporate(at=9)
    story.events[-1] = replace(act, ids={"n1": "c9"})  # type: ignore[call-arg]
    there = AgreedClause(id="c9", path=OPINION, digest="1:new", container="k1", form="item")
    story.main(at=9, agreed=Agreed(clauses=(BASE.clauses[0], there, *BASE.clauses[1:])))
    assert amendment().effect(story.world(), day(10)) == before


# --- Reopening, rough consensus, recusal --------------------------------------------------------------------


def test_a_chair_reopens_what_is_already_in_the_text() -> None:
    """Without effect: what is in the agreed text is changed by a later declared amendment only."""
    story = told()
    declared = story.declare(at=9)
    story.incorporate(at=10)
    story.reopen(declared, at=11)
    assert story.verdict(12).standing is Standing.AGREED


def test_a_chair_had_reopened_it_before_it_came_into_the_text() -> None:
    """Learned of later it still counts: nothing agreed carried that act."""
    story = told()
    declared = story.declare(at=9)
    story.incorporate(at=10)
    story.reopen(declared, at=9.5)
    assert story.verdict(12).standing is Standing.REOPENED


def test_an_opinion_adopted_by_the_forum_in_which_a_clause_is_inserted() -> None:
    """It is reopened, and no longer adopted: the Forum adopted another text."""
    story = Story(path=OPINION)
    story.outcome("adopted", at=2)
    assert story.verdict(3).standing is Standing.ADOPTED
    inserted = AgreedClause(id="c9", path=OPINION, digest="1:new", container="k1", form="item")
    story.main(at=4, agreed=Agreed(clauses=(BASE.clauses[0], inserted, *BASE.clauses[1:])))
    found = story.verdict(5)
    assert (found.standing, found.agreed) == (Standing.REOPENED, False)


def test_rough_consensus_on_a_text_that_moved_under_a_held_call() -> None:
    """It sets aside what people said, never that the text is another: to be confirmed."""
    story = told(rules=replace(ITU, rough_allowed=True, change_in_call=ChangeInCall.HOLD))
    story.text(change("c1", "best"), at=3)
    story.declare(at=9, rough=True, reason="tried")
    assert story.verdict(10).standing is Standing.TO_BE_CONFIRMED


RECUSING = replace(
    ITU,
    positions=(
        PositionName(name="yes", means="support"),
        PositionName(name="recuse", means="abstain", recuses=True),
    ),
    withholding_categories=("member-state",),
    needs_share=Share(numerator=1, denominator=1),
)


def test_an_entity_that_recused_itself_comes_back() -> None:
    """Left out of those asked while it is recused; with its next word it is asked, and counted, again."""
    story = told(rules=RECUSING)
    story.position("arcadia", "support", at=2, said="yes")
    assert [m.detail for m in story.ready(9).missing] == ["1 of 2"]
    story.position("lyrania", "abstain", at=9, said="recuse")
    assert story.ready(10).ready
    story.text(change("c1", "best"), at=11)
    story.position("arcadia", "support", at=12, said="yes")
    assert [m.detail for m in story.ready(20).missing] == ["1 of 2"], "it recused itself from another text"
    story.position("lyrania", "support", at=20, said="yes")
    assert story.ready(21).ready


def test_an_entity_recuses_itself_from_one_clause_of_two() -> None:
    """It is asked all the same, for it spoke to the other."""
    story = told(C1, C2, rules=RECUSING)
    story.position("arcadia", "support", at=2, said="yes")
    story.position("lyrania", "abstain", at=2, said="recuse", on=(C1,))
    story.position("lyrania", "support", at=2, said="yes", on=(C2,))
    found = story.ready(9)
    assert [m.detail for m in found.missing] == ["1 of 2"]
    assert [voice.recused for voice in found.voices] == [False, False]


def test_an_entity_that_may_have_recused_itself_is_asked() -> None:
    """Until it certainly has: what may not have come yet opens nothing."""
    story = told(rules=RECUSING)
    story.position("arcadia", "support", at=2, said="yes")
    between(story, story.position("lyrania", "abstain", at=7, said="recuse"), 7, 9)
    assert [story.ready(at).ready for at in (8, 8.5, 9)] == [False, False, True]


def test_an_entity_that_recused_itself_and_may_have_come_back_is_asked() -> None:
    """Another abstention may have come, one that recuses from nothing: the more cautious reading counts."""
    words = (*RECUSING.positions, PositionName(name="abstain", means="abstain"))
    story = told(rules=replace(RECUSING, positions=words))
    story.position("arcadia", "support", at=2, said="yes")
    story.position("lyrania", "abstain", at=2, said="recuse")
    between(story, story.position("lyrania", "abstain", at=8.5, said="abstain"), 8.5, 9)
    assert [story.ready(at).ready for at in (8, 8.75, 9)] == [True, False, False]


def test_a_word_that_may_not_have_come_yet_breaks_no_silence() -> None:
    """Nobody may be silent: an abstention counts as a word once it has certainly come."""
    story = told(rules=replace(ITU, withholding_categories=("member-state",), may_be_silent=0))
    story.position("arcadia", "support", at=2)
    between(story, story.position("lyrania", "abstain", at=7), 7, 9)
    assert [story.ready(at).ready for at in (8, 8.5, 9)] == [False, False, True]


def test_a_yes_that_may_have_been_taken_back_to_no_objection() -> None:
    """One Yes is asked for: a milder word that may have come takes it away, a stronger one adds nothing yet."""
    only_yes = replace(ITU, needs_support=1, supporting_positions=("support",))
    story = told(rules=only_yes)
    story.position("arcadia", "support", at=2)
    between(story, story.position("arcadia", "accept", at=7), 7, 9)
    assert [story.ready(at).ready for at in (8, 8.5, 9)] == [False, False, False]
    story = told(rules=replace(ITU, needs_support=1))
    story.position("arcadia", "abstain", at=2)
    between(story, story.position("arcadia", "accept", at=7), 7, 9)
    assert [story.ready(at).ready for at in (8, 8.5, 9)] == [False, False, True]
    assert [story.ready(at).voices[0].stance for at in (8, 9)] == ["abstain", "accept"]


def test_two_experts_of_one_entity_abstain_and_recuse_in_the_same_second() -> None:
    """It is asked, whichever of the two the tool heard first: the more cautious of the two counts."""
    words = (*RECUSING.positions, PositionName(name="abstain", means="abstain"))
    for names in (("abstain", "recuse"), ("recuse", "abstain")):
        story = told(rules=replace(RECUSING, positions=words))
        story.position("arcadia", "support", at=2, said="yes")
        for name in names:
            story.position("lyrania", "abstain", at=3, said=name)
        assert [m.detail for m in story.ready(9).missing] == ["1 of 2"], names
