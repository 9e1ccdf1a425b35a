"""Co-signers, requests, lapse, setting aside, reopening, splitting, building on others (C3, C6, C8, C9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.effect import effect_against, overlaid
from accord.domain.agreement.readiness import readiness
from accord.domain.agreement.split import inherited, only_about
from accord.domain.agreement.verdict import Standing
from accord.domain.record.events import Incorporated
from accord.domain.record.values import Actor, Receipt
from tests.domain.agreement.story import BASE, ITU, LIST, OPINION, Story, change, day, entity, part

LAPSING = replace(ITU, objections_may_lapse=True, lapse_days=7, set_aside_allowed=True, escalate_days=5)


def told(**changes: object) -> Story:
    """A text of two clauses in a call that ends at day 8."""
    story = Story(**changes)  # type: ignore[arg-type]
    story.text(change("c1", "one!"), change("c2", "two!"), at=0)
    story.call(at=1, until=8)
    return story


def supports(story: Story, at: float = 9) -> list[str]:
    """Entities whose support counts on the whole text."""
    return [v.entity for v in story.ready(at).voices if v.counts and v.stance == "support"]


# --- C3: co-signers ---------------------------------------------------------------------------------------


def test_c3_a_co_signer_counts_only_after_its_own_confirmation() -> None:
    """Named in the description it holds no position; its own signature is a support of the text it signed."""
    story = told(cosigners=("lyrania",))
    assert supports(story) == []
    story.position("lyrania", "support", at=2)
    assert supports(story) == []
    story.cosign("lyrania", at=3)
    assert supports(story) == ["lyrania"]
    assert [v.cosigner for v in story.ready(9).voices] == [True]


def test_c3_a_signature_is_on_the_text_that_was_signed() -> None:
    """After a change it stands for the clauses that read the same, and is outdated for the others."""
    story = told()
    story.cosign("lyrania", at=2)
    story.text(change("c1", "one!"), change("c2", "otherwise"), at=4)
    (voice,) = story.ready(9).voices
    assert (dict(voice.stances), dict(voice.outdated)) == ({"c1": "support"}, {"c2": "support"})


def test_c3_one_that_declines_is_an_entity_like_any_other() -> None:
    """Its words count from the first, and it is no co-signer."""
    story = told(cosigners=("lyrania",))
    story.position("lyrania", "support", at=2)
    story.cosign("lyrania", at=3, accepted=False)
    assert supports(story) == ["lyrania"]
    assert [v.cosigner for v in story.ready(9).voices] == [False]


def test_c3_a_signature_taken_back_supports_no_longer() -> None:
    """Declining after signing takes the support with it."""
    story = told()
    story.cosign("lyrania", at=2)
    story.cosign("lyrania", at=3, accepted=False)
    assert supports(story) == []


def test_c14_a_signature_by_letter_counts_once_its_experts_confirm_it() -> None:
    """The secretariat's entry is no act of the entity."""
    story = told(cosigners=("lyrania",))
    entry = story.cosign("lyrania", at=2, role="secretariat")
    assert supports(story) == []
    story.confirm(entry, at=4, entity_id="lyrania")
    assert supports(story) == ["lyrania"]


def test_c6_nobody_is_silenced_by_being_named_as_a_co_signer() -> None:
    """Its objection withholds, confirmed or not."""
    story = told(cosigners=("lyrania",))
    story.position("lyrania", "object", at=2)
    assert [m.what for m in story.ready(9).missing] == ["objection"]


# --- C6: requests, lapse, setting aside --------------------------------------------------------------------

# rules, what happens after the request of day 2 to answer by day 10 → does the objection stand on day 10?
LAPSES = [
    ("silence", LAPSING, None, False),
    ("in `itu` nothing lapses", ITU, None, True),
    ("the owner says that it stands", LAPSING, "confirm", True),
    ("the owner objects again", LAPSING, "object", True),
    ("the owner supports: no answer that keeps it", LAPSING, "support", False),
    ("another entity objects", LAPSING, "other", False),
    ("the request left too little time", replace(LAPSING, lapse_days=9), None, True),
]


@pytest.mark.parametrize(("what", "rules", "then", "stands"), LAPSES, ids=[row[0] for row in LAPSES])
def test_c6_lapse(what: str, rules: object, then: str | None, stands: bool) -> None:
    """After a recorded request that was not answered in time, in presets that allow it."""
    story = told(rules=rules)
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=10)
    match then:
        case "confirm":
            story.confirm(objection, at=5, entity_id="arcadia")
        case "object" | "support":
            story.position("arcadia", then, at=5)
        case "other":
            story.position("lyrania", "object", at=5)
        case _:
            pass
    first = story.ready(10).objections[0]
    assert first.stands is stands
    assert story.ready(9.99).objections[0].stands
    if not stands:
        assert first.ended is not None
        assert (first.ended.how, first.ended.rule, first.ended.at) == ("lapsed", "C6", day(10))


def test_c6_an_answer_after_the_date_comes_too_late_and_a_new_objection_stands() -> None:
    """What lapsed has lapsed; its owner may object anew."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    story.ask(objection, at=2, until=10)
    story.position("arcadia", "object", at=10)
    assert [o.stands for o in story.ready(11).objections] == [False, True]


SET_ASIDE = [
    ("in a preset that allows it", LAPSING, "chair", "out of scope", False),
    ("without a reason", LAPSING, "chair", "", True),
    ("not by the secretariat", LAPSING, "secretariat", "out of scope", True),
    ("not in `itu`", ITU, "chair", "out of scope", True),
]


@pytest.mark.parametrize(
    ("what", "rules", "role", "reason", "stands"), SET_ASIDE, ids=[r[0] for r in SET_ASIDE]
)
def test_c6_set_aside(what: str, rules: object, role: str, reason: str, stands: bool) -> None:
    """By a chair with a reason, where the rules allow it."""
    story = told(rules=rules)
    objection = story.position("arcadia", "object", at=2)
    story.end(objection, at=3, how="set-aside", role=role, reason=reason)  # type: ignore[arg-type]
    assert story.ready(9).objections[0].stands is stands


def test_c6_a_stuck_objection_goes_to_the_chairs_with_dates() -> None:
    """So many days after it was raised, or when a request is not answered, whichever comes first."""
    story = told(rules=LAPSING)
    objection = story.position("arcadia", "object", at=2)
    found = story.ready(3).objections[0]
    assert (found.asked, found.escalates) == (None, day(7.625))  # the end of 13 January, UTC
    story.ask(objection, at=3, until=5)
    found = story.ready(4).objections[0]
    assert found.asked is not None
    assert found.escalates == day(5)


def test_c6_words_read_as_an_objection_stand_until_they_are_cleared_up() -> None:
    """A misspelt or prose objection by a listed expert withholds until that expert confirms or withdraws it."""
    story = told()
    read = story.position("arcadia", "object", at=2, role="tool", words="we can not live with this")
    found = story.ready(9).objections[0]
    assert (found.stands, found.words, found.confirmed) == (True, "we can not live with this", False)
    story.confirm(read, at=9, entity_id="arcadia")
    assert story.ready(10).objections[0].confirmed
    story.end(read, at=11)
    assert story.ready(12).ready


def test_c2_the_objection_of_an_entity_that_split_ends_when_each_successor_says_so() -> None:
    """Two successors own it together."""
    people = (
        entity("arcadia", last=date(2025, 1, 9), successors=("north-arcadia", "south-arcadia")),
        entity("north-arcadia"),
        entity("south-arcadia"),
        *LIST[1:],
    )
    story = told(entities=people)
    objection = story.position("arcadia", "object", at=2)
    assert story.ready(9).objections[0].owners == ("north-arcadia", "south-arcadia")
    first = story.end(objection, at=9, role="secretariat")
    story.confirm(first, at=9, entity_id="north-arcadia")
    assert not story.ready(10).ready
    story.confirm(first, at=10, entity_id="south-arcadia")
    assert story.ready(11).ready


# --- C9: reopening, adopting --------------------------------------------------------------------------------


def test_c9_what_a_chair_reopens_needs_a_call_again() -> None:
    """The declaration no longer carries it; another call and another declaration do."""
    story = told()
    declared = story.declare(at=9)
    assert story.verdict(10).standing is Standing.AGREED
    story.reopen(declared, at=11)
    found = story.verdict(12)
    assert found.standing is Standing.REOPENED
    assert [m.what for m in found.missing] == ["reopened-by-chair", "no-call"]
    story.call(at=12, until=20)
    assert story.verdict(13).standing is Standing.IN_CALL
    assert story.verdict(20).standing is Standing.READY
    story.declare(at=21)
    assert story.verdict(22).standing is Standing.AGREED


def test_c9_adopted_is_a_word_of_the_forum() -> None:
    """An Opinion as it reads, put in the Forum's meeting; a clause inserted later reopens it."""
    story = Story(path=OPINION)
    story.outcome("adopted", at=2)
    assert story.verdict(3).standing is Standing.ADOPTED
    assert story.verdict(3).agreed
    story.main(at=4, agreed=replace(BASE, clauses=(*BASE.clauses, replace(BASE.clauses[0], id="c9"))))
    assert story.verdict(5).standing is Standing.REOPENED


def test_c11_adopted_over_an_objection_is_to_be_confirmed() -> None:
    """Nobody overrules an objection, in the Forum neither."""
    story = Story(path=OPINION)
    story.position("arcadia", "object", at=1)
    story.outcome("adopted", at=2)
    assert story.verdict(3).standing is Standing.TO_BE_CONFIRMED


# --- C8: what it builds on -----------------------------------------------------------------------------------


def act(moment: float, seq: int = 5) -> Incorporated:
    """The act that brought contribution 3 to the text."""
    return Incorporated(
        by=Actor(name="s", role="secretariat"),
        received=Receipt.instant(day(moment)),
        recorded=day(moment),
        subject="3",
        seq=seq,
        commit="m",
        parent="m0",
        mode="agreed",
        effect=(change("c1", "one?"),),
        ids={},
    )


@pytest.mark.parametrize(
    ("met", "ready"), [(None, False), (act(8.5), True), (act(9.5), False)], ids=["not", "before", "after"]
)
def test_c8_what_it_requires_must_be_in_the_text_first(met: Incorporated | None, ready: bool) -> None:
    """A requirement is met by the act that brought it there, from that moment."""
    story = told()
    dossier = replace(story.dossier(), requires=(Requirement(number=3, met=met),))
    found = readiness(dossier, story.world(), day(9))
    assert found.ready is ready
    assert [(m.what, m.detail) for m in found.missing] == ([] if ready else [("requires", "3")])


def test_c9_a_requirement_met_after_a_declaration_was_not_met_for_it() -> None:
    """Looking back, only what was known then counts."""
    dossier = replace(told().dossier(), requires=(Requirement(number=3, met=act(4, seq=50)),))
    assert [one.met for one in dossier.as_of(seq_below=50).requires] == [None]
    assert [one.met for one in dossier.as_of(received_by=day(3)).requires] == [None]
    assert [one.met is None for one in dossier.as_of(received_by=day(4)).requires] == [False]


def amendment(story: Story) -> Dossier:
    """Contribution 8, which changes what contribution 7 proposes for the first clause."""
    wanted = change("c1", "one, amended", had="1:one!")
    version = Version(number=1, moment=day(2), seq=40, proposal=(wanted,))
    return Dossier(subject="8", events=(), versions=(version,), onto=story.dossier())


def test_c5_an_amendment_is_about_the_text_that_it_amends() -> None:
    """Its effect is against the amended contribution as it stands, and reads the same once that is in the text."""
    story = told()
    (entry,) = amendment(story).effect(story.world(), day(3))
    assert (entry.had, entry.gets) == ("1:one!", "1:one, amended")
    story.incorporate(at=9)
    after = tuple(replace(c, digest="1:one!") if c.id == "c1" else c for c in BASE.clauses)
    story.main(at=9, agreed=replace(BASE, clauses=after))
    assert amendment(story).effect(story.world(), day(10)) == (entry,)


def test_c5_a_change_of_the_amended_text_outdates_what_was_said_of_the_amendment() -> None:
    """Only for the clauses that read differently."""
    story = told()
    before = amendment(story).effect(story.world(), day(3))
    story.text(change("c1", "one!"), change("c2", "otherwise"), at=4)
    assert amendment(story).effect(story.world(), day(5)) == before
    story.text(change("c1", "something else"), at=6)
    dossier = amendment(story)
    assert dossier.effect(story.world(), day(7)) != before
    assert [moment for moment, _ in dossier.changes(story.world(), day(2.5), day(7))] == [day(4), day(6)]


def test_overlaid_text_has_what_was_added_and_lacks_what_was_removed() -> None:
    """The text an amendment of it is read against."""
    added = change("c2", "new", id="n1", had=None, after="c1")
    agreed = overlaid(BASE, (change("c1", None), added))
    assert set(agreed.by_id) == {"c2", "n1", "r1"}
    assert effect_against((change("n1", None, path=OPINION),) if "n1" in BASE.by_id else (), agreed) == ()


# --- C6: splitting ------------------------------------------------------------------------------------------


def test_c6_an_objection_goes_with_its_clauses_and_lives_on_there() -> None:
    """In the rest it shows as moved, by whom and where to; in the part it stands."""
    story = told()
    moved = story.position("arcadia", "object", at=2, on=(change("c2", "two!"),))
    whole = story.position("lyrania", "object", at=2)
    named = only_about([(moved.objection, moved.effect), (whole.objection, whole.effect)], ["c2"])
    assert named == (moved.objection,)
    story.split("c2", at=5, objections=named)
    story.text(change("c1", "one!"), at=5)

    rest = {o.id: o for o in story.ready(9).objections}
    assert [rest[moved.objection].stands, rest[whole.objection].stands] == [False, True]
    end = rest[moved.objection].ended
    assert end is not None
    assert (end.how, end.into, end.by.role) == ("moved", 8, "source")

    words = inherited(story.events, part("c2"))
    version = Version(number=1, moment=day(0), seq=90, proposal=(change("c2", "two!"),))
    dossier = Dossier(subject="8", events=(), versions=(version,), inherited=words)
    found = readiness(dossier, story.world(), day(9))
    assert [(o.id, o.stands) for o in found.objections] == [(moved.objection, True), (whole.objection, True)]

    story.end(whole, at=10)
    dossier = replace(dossier, inherited=inherited(story.events, part("c2")))
    assert [o.stands for o in readiness(dossier, story.world(), day(11)).objections] == [True, False]
    assert story.ready(11).ready is False or [m.what for m in story.ready(11).missing] == []


def test_c6_a_split_is_no_way_to_lose_an_objection() -> None:
    """Once the source proposes the clause here again, whatever became of the part, the objection stands here again."""
    story = told()
    moved = story.position("arcadia", "object", at=2, on=(change("c2", "two!"),))
    story.split("c2", at=5, objections=(moved.objection,))
    story.text(change("c1", "one!"), at=5)
    assert [o.stands for o in story.ready(6).objections] == [False]
    story.text(change("c1", "one!"), change("c2", "two, again"), at=7)
    assert [o.stands for o in story.ready(8).objections] == [True]


def test_c5_words_on_other_clauses_do_not_go_with_a_part() -> None:
    """Nor do words said after the split: they are about the rest."""
    story = told()
    story.position("arcadia", "support", at=2, on=(change("c1", "one!"),))
    kept = story.position("lyrania", "support", at=2)
    later = replace(kept, seq=95)
    assert inherited([*story.events, later], part("c2")) == (kept,)
