"""The whole process, played to the final Report: everything that is to be shown did happen, by the record."""

from __future__ import annotations

from itertools import pairwise

import pytest

from accord.application.cases import Cases
from accord.application.rehearsal.acts import HandIn
from accord.domain.agreement.objections import objections
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.manifest import manifest_in
from accord.domain.process.moments import parse_instant
from tests.acceptance.rehearsed import Rehearsed, rehearse
from tests.acceptance.test_independent_check import checked, decisions
from tests.acceptance.world import accord

DRAFTS = ("draft-1", "draft-2", "draft-3", "draft-4", "final")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """The whole rehearsal, played once."""
    return rehearse(tmp_path_factory.mktemp("whole"))


def test_five_drafts_are_tagged_and_made_again(whole: Rehearsed) -> None:
    """`verify` recomputes every decision and makes every draft again."""
    told = accord("verify", "--repo", str(whole.folder), "--format", "json")

    assert tuple(sorted(whole.tags())) == DRAFTS
    assert [event.draft for event in whole.of_kind("cut")] == list(DRAFTS)
    assert {event.draft for event in whole.of_kind("posted")} == set(DRAFTS)
    assert told.code == 0, told.out
    assert [f for f in told.data["findings"] if f["severity"] == "error"] == []


def test_every_meeting_left_its_outcomes(whole: Rehearsed) -> None:
    """Four meetings and the Forum, and each result they can have but the one that leaves an Opinion out."""
    outcomes = whole.of_kind("outcome")

    assert {event.meeting for event in outcomes} == {"ieg-1", "ieg-2", "ieg-3", "ieg-4", "wtpf-26"}
    assert {event.result for event in outcomes if event.meeting == "wtpf-26"} == {"adopted"}
    assert {event.result for event in outcomes} == {
        "agreed",
        "agreed ad referendum",
        "not agreed",
        "to drafting group",
        "transmitted in brackets",
        "adopted",
    }
    assert {event.meeting for event in whole.of_kind("revised") if event.meeting} >= {
        "ieg-1",
        "ieg-2",
        "ieg-3",
    }


def test_contributions_come_from_everybody_in_every_window(whole: Rehearsed) -> None:
    """At least sixty, from all seven categories, of every kind, in and outside the windows."""
    cases = [whole.case_of(number) for number in whole.numbers()]
    windows = {case.newest.admission.window for case in cases if case.newest.admission}
    kinds = {str(case.received.metadata["kind"]) for case in cases if case.received.metadata}

    assert len(cases) >= 60
    assert set(whole.categories()) == {category.id for category in whole.process.forum.categories}
    assert windows >= {"W1", "W2", "W3", "W4"}
    assert kinds == {kind.id for kind in whole.process.forum.kinds}
    assert whole.categories()["stakeholder"] >= 10


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("late", "held"),
        ("reading-room", "held"),
        ("night-ferries", "held"),
        ("library", "held"),
        ("lagoons", "held"),
        ("late-3", "held"),
        ("readers-4", "held"),
        ("too-late", "refused"),
        ("to-forum", "undetermined"),
        ("to-forum-2", "open"),
        ("workshops", "returned"),
        ("in-time", "open"),
        ("last-word", "open"),
        ("in-time-3", "open"),
        ("in-time-4", "open"),
    ],
)
def test_at_the_door(whole: Rehearsed, key: str, state: str) -> None:
    """Late by a second, in time by a second, the public where no consultation is open, a new Opinion too late."""
    assert whole.state_when_received(key) == state


def test_the_refusals_met_on_the_way(whole: Rehearsed) -> None:
    """At least five, and none of them left a trace in the record."""
    rules = [act.refused for act in whole.acts if act.refused]

    assert len(rules) >= 15
    assert {
        "position-of-source",
        "entity-unknown",
        "call-too-short",
        "not-ready",
        "evidence-missing",
        "incorporate-not-agreed",
        "objection-owned",
        "R19",
        "R23",
        "R25",
        "C13",
    } <= set(rules)
    moments = {event.recorded for event in whole.events}
    refused = {parse_instant(act.at) for act in whole.acts if act.refused and not isinstance(act, HandIn)}
    assert not moments & refused


def test_each_disposition_is_used(whole: Rehearsed) -> None:
    """And nothing received before the final Report is left without one."""
    used = {event.disposition for event in whole.of_kind("disposed")}
    used |= {"withdrawn" for _ in whole.of_kind("withdrawn")}

    assert used == set(whole.process.forum.dispositions)
    final = parse_instant("2026-04-13T07:00:00Z")
    for number in whole.numbers():
        case = whole.case_of(number)
        assert case.disposed or case.ended or case.received.received.latest > final, case.title
    assert "carried-over" in [
        event.disposition
        for event in whole.of_kind("disposed")
        if event.subject == str(whole.number("schools"))
    ]
    assert whole.case("prizes").state.value == "withdrawn"


def test_one_opinion_goes_to_the_forum_in_brackets(whole: Rehearsed) -> None:
    """The objection to it stands to the end; the Forum adopts the five others as they read; the cover says so."""
    opinions = {one.subject: one for one in Cases(whole.desk.chronicle(), whole.desk.now).opinions()}
    standings = {subject: one.verdict.standing for subject, one in opinions.items()}
    masts = opinions["opinions/shared-masts"]
    report = (whole.folder / "build" / "final" / "report.md").read_text("utf-8")

    assert standings.pop("opinions/shared-masts") is Standing.OPEN
    assert set(standings.values()) == {Standing.ADOPTED}
    assert len(standings) == 5
    assert [objection.stands for objection in masts.verdict.readiness.objections] == [True]
    assert "Transmitted in square brackets, without agreement (ieg-4): Sharing masts" in report


def test_outlines_became_texts_and_were_amended(whole: Rehearsed) -> None:
    """An Opinion comes as an outline, gets its text, and is amended afterwards."""
    radio = whole.git(
        "log", "--reverse", "--format=%s", "main", "--", "opinions/weather-radio.md"
    ).splitlines()

    assert radio == [
        "Outline of an Opinion on neighbourhood weather radio",
        "Text of the Opinion on weather radio",
        "Call signs beside the plans",
        "Rules that are followed",
    ]


def test_a_change_that_nobody_declared_was_regularised(whole: Rehearsed) -> None:
    """It was found, it stopped the draft, and somebody answered for it (C13)."""
    (event,) = whole.of_kind("regularised")

    assert event.commit in whole.git("rev-list", "main").split()
    assert whole.git("log", "-1", "--format=%an", event.commit) == "Pat Example"


def test_objections_end_only_as_the_rules_say(whole: Rehearsed) -> None:
    """Withdrawn, met by a change, said in a meeting, by a successor, disposed of when nobody owns it any more."""
    ended = whole.of_kind("objection-ended")

    assert {event.how for event in ended} == {"withdrawn", "met", "disposed"}
    assert [event for event in ended if event.meeting]
    heir = next(event for event in ended if event.subject == str(whole.number("repair-amend")))
    assert heir.by.name == "Tom Example"
    orphan = next(event for event in ended if event.how == "disposed")
    assert orphan.by.role == "chair"


def test_the_list_of_experts_changes_by_entries_that_end(whole: Rehearsed) -> None:
    """A late nomination by letter; one entity leaves with a successor, one without; no entry is taken away."""
    (nominated,) = whole.of_kind("nominated")
    gone = {one.id: one.successors for one in whole.process.experts.entities if one.term.last is not None}

    assert nominated.name == "Abe Example"
    assert nominated.reason
    assert gone == {"gullfeather": ("tinker-and-loom",), "school-of-lamps": ()}
    assert len(whole.process.experts.entities) == 13


def test_what_came_by_letter_keeps_the_time_of_the_registry(whole: Rehearsed) -> None:
    """The registry had it a day before it was entered."""
    case = whole.case("oil-lamps")

    assert case.received.channel == "letter"
    assert case.received.received.clock == "registry"
    assert case.received.received.latest < case.received.recorded
    assert case.received.evidence is not None
    assert len(case.received.evidence.digest) == 64


def test_each_draft_names_the_one_before_it(whole: Rehearsed) -> None:
    """Five manifests, each in its tag, in one chain; each is that of a rehearsal."""
    manifests = {}
    for draft in DRAFTS:
        tag = whole.desk.repository.read_tag(draft)
        assert tag is not None
        manifests[draft] = manifest_in(tag.message)

    assert all(manifest.rehearsal for manifest in manifests.values())
    for before, after in pairwise(DRAFTS):
        previous = manifests[after].previous
        assert previous is not None
        assert previous.draft == before
        assert previous.tag == whole.tags()[before]


def test_acts_between_the_lines(whole: Rehearsed) -> None:
    """A co-signer signs; an amendment is taken; a part is split off with its objection; a stuck objector answers."""
    (signed,) = whole.of_kind("cosigned")
    assert (signed.entity, signed.accepted) == ("zephyria", True)
    taken = [event for event in whole.of_kind("revised") if event.took]
    assert [(event.subject, event.took) for event in taken] == [
        (str(whole.number("skills")), whole.number("skills-sooner"))
    ]
    (split,) = whole.of_kind("split")
    assert split.into == whole.number("lent-tools")
    assert split.objections == (f"{whole.number('used-longer')}-o1",)
    (asked,) = whole.of_kind("asked")
    answers = [event for event in whole.of_kind("confirmed") if event.seq > asked.seq]
    assert answers[0].subject == asked.subject == str(whole.number("lamps-text"))


def test_what_the_secretariat_overrules_and_takes_out_of_reach(whole: Rehearsed) -> None:
    """A finding of form on the name of a draft; a text of the public, of which `verify` says so."""
    (waived,) = whole.of_kind("waived")
    (redacted,) = whole.of_kind("redacted")
    told = accord("verify", "--repo", str(whole.folder), "--format", "json")
    notes = [one for one in told.data["findings"] if one["rule"] == "version-redacted"]

    assert (waived.subject, waived.rule) == (str(whole.number("benches")), "draft-not-current")
    assert redacted.subject == str(whole.number("readers-3"))
    assert [one["severity"] for one in notes] == ["note"]
    kept = whole.git("log", f"--glob=refs/contributions/{redacted.subject}", "-p", "--format=")
    assert "Readers ask for chairs" not in kept


def test_the_script_follows_every_decision(whole: Rehearsed) -> None:
    """With nothing but git and the standard library, as `verify` does."""
    code, lines, text = checked(whole.folder)

    assert code == 0, text
    assert [(line.subject, line.seq, line.result) for line in lines] == decisions(whole.desk.chronicle())


def test_objections_to_the_report_do_not_block_it(whole: Rehearsed) -> None:
    """Ostrania objects to the text of the Fourth Draft: it stays visible, and the text is in (C1)."""
    case = whole.case("text-4")

    assert [o.stands for o in objections(case.dossier, whole.desk.chronicle().world(), whole.desk.now)] == [
        True
    ]
    assert case.incorporated is not None
    assert case.incorporated.mode == "secretariat-act"
    assert "ieg-3" in case.incorporated.sources
