"""The life of a contribution at its edges: titles, waivers, redaction, parts, what it amends and requires."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

import pytest

from accord.domain.agreement.case import Case, open_case
from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.revisions import Metadata, Revision
from accord.domain.agreement.world import World
from accord.domain.process.admission import Admission
from accord.domain.process.contribution import Contribution, Purpose
from accord.domain.process.door import Verdict as Door
from accord.domain.process.forum import State as Life
from accord.domain.process.windows import Phase, Standing
from accord.domain.record.events import (
    Admitted,
    Called,
    Corrected,
    Declared,
    Event,
    Position,
    Received,
    Redacted,
    Revised,
    Split,
    Waived,
)
from accord.domain.record.values import Actor, FormFinding, Receipt
from tests.domain.agreement.story import BASE, change, day
from tests.domain.agreement.test_case import Dated

CHANGE = (change("c1", "better"),)
OUTSIDE = (FormFinding(rule="path-outside", message="a file too many"),)
HINT = (FormFinding(rule="wording", message="say it shorter", severity="warning"),)


def examine(metadata: Metadata, receipt: Receipt, revision: Revision) -> tuple[Contribution, Admission]:
    """A door that does what the metadata says, and a contribution that says what the metadata says."""
    contribution = Contribution(
        source="Borduria",
        kind="comment",
        based_on="draft-1",
        themes=("resilience",),
        title=str(metadata.get("title", "")),
        reasons="so",
        language="en",
        purpose=Purpose.ACTION,
        cosigners=tuple(metadata.get("cosigners", ())),
        requires=tuple(metadata.get("requires", ())),
        amends=metadata.get("amends"),
    )
    admission = Admission(
        verdict=Door(metadata.get("door", "open")),
        standing=Standing(phase=Phase.OPEN),
        category="member-state",
        input_class=None,
        verified=True,
        entity=metadata.get("entity", "borduria"),
    )
    return contribution, admission


@dataclass
class Neighbours:
    """Other contributions: what they say when they are asked."""

    dossiers: dict[int, Dossier] = field(default_factory=dict)
    words: tuple[Event, ...] = ()
    version: Revision | None = None

    def dossier(self, number: int) -> Dossier | None:
        return self.dossiers.get(number)

    def requirement(self, number: int) -> Requirement:
        return Requirement(number=number)

    def inherited(self, received: Received) -> tuple[Event, ...]:
        return self.words if received.split_from is not None else ()

    def whole(self, received: Received) -> Revision | None:
        return self.version if received.split_from is not None else None


def opened(*events: Event, at: float = 5, others: Neighbours | None = None) -> Case:
    """Contribution 7 as these events tell it."""
    numbered = [replace(event, seq=index) for index, event in enumerate(events, start=1)]
    world = World(cast("Any", [Dated(recorded=day(-1))]))
    return open_case(7, numbered, world, day(at), examine, others)


def common(at: float, role: str = "source") -> dict[str, Any]:
    """What every event here carries."""
    moment: datetime = day(at)
    return {
        "by": Actor(name="Ana", role=cast("Any", role)),
        "received": Receipt.instant(moment),
        "recorded": moment,
        "subject": "7",
    }


def first(metadata: Metadata | None = None, **changes: Any) -> Received:
    """The first version, on day 0."""
    rest: dict[str, Any] = {"channel": "local", "alias": "my-branch", "head": "h1", "base": "m0"}
    rest |= {"effect": CHANGE, "metadata": metadata, **changes}
    return Received(**common(0), **rest)


def second(at: float = 1, **changes: Any) -> Revised:
    """The second version."""
    rest: dict[str, Any] = {"head": "h2", "base": "m0", "effect": CHANGE, "metadata": None, **changes}
    return Revised(**common(at), revision=2, **rest)


# --- its title ---------------------------------------------------------------------------------------------

TITLES: list[tuple[Metadata | None, str]] = [
    ({"title": "Skills"}, "Skills"),
    ({"title": ""}, "my-branch"),
    ({}, "my-branch"),
    (None, "my-branch"),
]


@pytest.mark.parametrize(("metadata", "title"), TITLES)
def test_the_title_is_what_it_says_or_the_name_it_came_under(metadata: Metadata | None, title: str) -> None:
    """A description that could not be read has no title."""
    assert opened(first(metadata)).title == title


def test_a_title_of_a_later_version_serves_where_the_first_could_not_be_read() -> None:
    """The version before the group first, then the newest."""
    case = opened(first(None), second(metadata={"title": "Read now", "door": "held"}))
    assert (case.title, case.current.number) == ("Read now", 2)


# --- findings of form --------------------------------------------------------------------------------------


def waiver(revision: int, rule: str = "path-outside") -> Waived:
    """The secretariat overrules a finding."""
    return Waived(**common(2, "secretariat"), revision=revision, rule=rule, reason="harmless")


FORMS: list[tuple[str, tuple[FormFinding, ...], tuple[Event, ...], bool]] = [
    ("nothing found", (), (), False),
    ("a warning", HINT, (), False),
    ("an error", OUTSIDE, (), True),
    ("overruled", OUTSIDE, (waiver(1),), False),
    ("overruled on another version", OUTSIDE, (waiver(2),), True),
    ("another rule overruled", OUTSIDE, (waiver(1, "structure"),), True),
    (
        "one of two overruled",
        (*OUTSIDE, FormFinding(rule="structure", message="no heading")),
        (waiver(1),),
        True,
    ),
    (
        "admitted with a reason",
        OUTSIDE,
        (Admitted(**common(2, "secretariat"), revision=1, reason="r"),),
        False,
    ),
]


@pytest.mark.parametrize(("what", "form", "acts", "returned"), FORMS, ids=[row[0] for row in FORMS])
def test_what_returns_a_version(
    what: str, form: tuple[FormFinding, ...], acts: tuple[Event, ...], returned: bool
) -> None:
    """An error of form that nobody overruled; a warning never."""
    case = opened(first({}, form=form), *acts)
    assert case.current.returned is returned
    assert case.current.counts is not returned
    assert case.state is (Life.RETURNED if returned else Life.OPEN)


def test_a_description_that_could_not_be_read_returns_it_whatever_was_overruled() -> None:
    """There is nothing to admit."""
    assert opened(first(None), waiver(1)).state is Life.RETURNED


def test_a_version_without_a_description_keeps_that_of_the_one_before() -> None:
    """Unless it came with one that could not be read: then it has findings."""
    assert opened(first({"title": "Kept"}), second()).newest.metadata == {"title": "Kept"}
    assert opened(first({"title": "Kept"}), second(form=OUTSIDE)).newest.metadata is None


def test_drafting_work_of_a_meeting_counts_whenever_it_comes() -> None:
    """A5. Its meeting stands with it; a version of the source's own waits for its window."""
    held = {"door": "held"}
    assert [opened(first({}), second(metadata=held)).current.number] == [1]
    work = opened(first({}), second(metadata=held, meeting="ieg-1"))
    assert (work.current.number, work.current.meeting) == (2, "ieg-1")


def test_who_handed_a_version_in_is_kept() -> None:
    """A source, or the secretariat for one."""
    entered = replace(first({}), by=Actor(name="Sam", role="secretariat"))
    assert opened(entered).current.role == "secretariat"
    assert opened(first({})).current.role == "source"


def test_only_the_versions_that_were_redacted_are_out_of_reach() -> None:
    """The act says which."""
    act = Redacted(**common(2, "secretariat"), revisions=(1,), heads=("h1",), ground="g", reason="r")
    case = opened(first({}), second(), act)
    assert [revision.redacted is not None for revision in case.revisions] == [True, False]


# --- source, co-signers, disputes --------------------------------------------------------------------------


def test_source_and_co_signers_by_their_ids() -> None:
    """C3. By name or id, however it is written; a stranger as written."""
    found = opened(first({"cosigners": ["LYRANIA", "Arcadia", "Nobody Known"]})).dossier
    assert (found.source, found.cosigners) == ("borduria", ("lyrania", "arcadia", "Nobody Known"))
    assert opened(first({"entity": None})).dossier.source == ""


def test_a_disputed_declaration_shows_as_contested() -> None:
    """C14. Before anything else that it is."""
    call = Called(**common(1, "chair"), until=day(8), effect=CHANGE, rules="r")
    declared = Declared(**common(9, "chair"), result="agreed", effect=CHANGE, seen="s", basis=2)
    note = Corrected(**common(10, "secretariat"), target=3, reason="disputed", contested=True)
    assert opened(first({}), call, declared, at=9).state is Life.AGREED
    assert opened(first({}), call, declared, note, at=11).state is Life.CONTESTED


# --- what it builds on -------------------------------------------------------------------------------------


def amended(*events: Event, gets: str = "better") -> Dossier:
    """Contribution 3, which changes the first clause."""
    version = Version(number=1, moment=day(-0.5), seq=1, proposal=(change("c1", gets),))
    return Dossier(subject="3", events=events, versions=(version,))


def test_what_it_amends_and_requires_is_asked_of_the_others() -> None:
    """An amendment requires what it amends; only what came earlier can be amended."""
    others = Neighbours({3: amended(), 9: amended()})
    case = opened(first({"amends": 3, "requires": [4]}), others=others)
    assert case.dossier.onto is others.dossiers[3]
    assert [one.number for one in case.dossier.requires] == [4, 3]
    assert opened(first({"amends": 9}), others=others).dossier.onto is None
    assert opened(first({"amends": 7}), others=others).dossier.onto is None
    plain = opened(first({}), others=others).dossier
    assert (plain.onto, plain.requires) == (None, ())


def test_an_amendment_that_its_source_took_is_in_it() -> None:
    """The version that took it says so; one that took another does not, nor does one that left something of it."""
    took = replace(second(), subject="3", took=7)
    other = replace(took, took=8)
    metadata = {"amends": 3}
    assert opened(first(metadata), others=Neighbours({3: amended(other, took)})).taken == took
    assert opened(first(metadata), others=Neighbours({3: amended(other)})).taken is None
    assert opened(first(metadata), others=Neighbours({3: amended(took, gets="else")})).taken is None
    assert opened(first(metadata, effect=()), others=Neighbours({3: amended(took)})).taken is None
    assert opened(first({}), others=Neighbours({3: amended(took)})).taken is None


# --- parts of a split --------------------------------------------------------------------------------------


def test_a_part_came_in_when_and_as_the_whole_did() -> None:
    """C6. Its receipt, its role, its meeting, its admission and what was overruled are those of the whole."""
    admitted = Admitted(**common(2, "secretariat"), revision=1, reason="late post")
    whole = replace(
        opened(first({}), waiver(1)).current, meeting="ieg-1", role="secretariat", admitted=admitted
    )
    word = Position(**common(1, "expert"), entity="arcadia", stance="support", effect=CHANGE)
    others = Neighbours(words=(word,), version=whole)
    part = replace(first({"door": "held"}, split_from=3), received=Receipt.instant(day(4)))
    case = opened(part, waiver(1, "structure"), others=others)
    found = case.current
    assert (found.receipt, found.role, found.meeting) == (whole.receipt, "secretariat", "ieg-1")
    assert (found.admitted, found.waived) == (admitted, ("path-outside", "structure"))
    assert case.dossier.inherited == (word,)
    assert found.counts
    own = Admitted(**common(4, "secretariat"), revision=1, reason="of its own")
    assert opened(part, own, others=others).current.admitted == replace(own, seq=2)


def test_the_rest_of_a_split_came_in_as_the_whole_did_too() -> None:
    """The version right after the act that split it; a later one has a receipt of its own."""
    act = Split(**common(3), into=8, clauses=("c2",))
    rest = replace(second(3, metadata={"door": "held"}), revision=2)
    later = replace(second(4, metadata={"door": "held"}), revision=3)
    case = opened(first({}), act, rest, later)
    assert [revision.receipt.latest for revision in case.revisions] == [day(0), day(0), day(4)]
    assert BASE.by_id["c1"].digest == "1:one"
