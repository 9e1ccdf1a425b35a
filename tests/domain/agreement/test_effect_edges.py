"""Effects at their edges: what is kept of a text, keywords, what is there already, documents, names of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.domain.agreement.dossier import Dossier, Requirement, Version
from accord.domain.agreement.effect import (
    Agreed,
    AgreedClause,
    document_effect,
    effect_against,
    named,
    only,
    overlaid,
    touches_opinions,
)
from accord.domain.record.events import Incorporated, Withdrawn
from accord.domain.record.values import Actor, Entry, Receipt
from tests.domain.agreement.story import BASE, OPINION, REPORT, State, change, day

KEYWORD = AgreedClause(id="k1", path=OPINION, digest="1:invites", form="keyword")
HEADING = AgreedClause(id="h1", path=REPORT, digest="1:Next steps", form="heading/2")
TEXT = replace(BASE, clauses=(KEYWORD, HEADING, *BASE.clauses), retired=("gone",))
REWORDED = Entry(id="k1", path=OPINION, had="1:invites", gets="1:requests", form="keyword")


def test_a_text_as_it_is_kept_in_the_record() -> None:
    """A row a clause: id, path, digest, container, form."""
    kept = Agreed(clauses=(BASE.clauses[0],), retired=("gone",)).to_json()
    assert kept == {
        "version": 1,
        "clauses": [["c1", OPINION, "1:one", "k1", "item"]],
        "retired": ["gone"],
    }
    assert Agreed.from_json(TEXT.to_json()) == TEXT


# a proposal beside the change of the clause, and the keyword that the clause will stand under
LEADS: list[tuple[str, tuple[Entry, ...], str]] = [
    ("the keyword as it is", (), "1:invites"),
    ("the keyword reworded beside it", (REWORDED,), "1:requests"),
    ("the keyword taken away", (replace(REWORDED, gets=None),), ""),
    ("a heading in its place", (replace(REWORDED, form="heading/2"),), ""),
]


@pytest.mark.parametrize(("what", "beside", "lead"), LEADS, ids=[row[0] for row in LEADS])
def test_c5_the_keyword_that_a_clause_will_stand_under(
    what: str, beside: tuple[Entry, ...], lead: str
) -> None:
    """An operative verb belongs to each clause below it."""
    found = {entry.id: entry for entry in effect_against((*beside, change("c1", "better")), TEXT)}
    assert found["c1"].lead == lead


def test_c5_a_heading_is_no_keyword() -> None:
    """Its words may be corrected without anybody looking again."""
    (entry,) = effect_against((change("r1", "better"),), TEXT)
    assert (entry.container, entry.lead) == ("h1", "")


def test_c5_what_is_there_already_is_no_effect_and_hides_nothing_after_it() -> None:
    """Already deleted, already read so; the next entry is looked at all the same."""
    gone = replace(change("c1", None), id="c0", had="1:gone")
    same = change("c1", "one")
    assert [e.id for e in effect_against((gone, same, change("c2", "better")), TEXT)] == ["c2"]
    assert [e.id for e in effect_against((change("c2", None), gone), TEXT)] == ["c2"]


def test_c5_a_clause_that_is_left_in_its_place_stands_where_the_text_has_it_now() -> None:
    """Its file and its keyword are those of the agreed text; of one that is placed, those of the proposal."""
    moved = replace(BASE.clauses[0], path=REPORT, container="h1")
    text = Agreed(clauses=(KEYWORD, HEADING, moved))
    (kept,) = effect_against((change("c1", "better"),), text)
    assert (kept.path, kept.container) == (REPORT, "h1")
    (placed,) = effect_against((change("c1", "better", after="k1"),), text)
    assert (placed.path, placed.container) == (OPINION, "k1")


def test_c9_a_document_as_it_reads_is_all_its_clauses_in_order() -> None:
    """With where each stands and in which form."""
    found = document_effect(TEXT, OPINION)
    assert [(e.id, e.had, e.gets, e.container, e.form) for e in found] == [
        ("k1", "1:invites", "1:invites", "", "keyword"),
        ("c1", "1:one", "1:one", "k1", "item"),
        ("c2", "1:two", "1:two", "k1", "item"),
    ]


def test_the_part_of_an_effect_on_named_clauses() -> None:
    """All of it when none is named."""
    effect = (change("c1", "better"), change("c2", "better"))
    assert only(effect, ["c2"]) == effect[1:]
    assert only(effect, []) == effect


def test_c1_one_clause_of_an_opinion_is_enough() -> None:
    """A contribution to both is gated."""
    assert touches_opinions((change("r1", "x"), change("c1", "x")))
    assert not touches_opinions((change("r1", "x"),))


def test_ids_that_were_retired_stay_retired_whatever_is_laid_over_a_text() -> None:
    """An id once given is never given again."""
    assert overlaid(TEXT, (change("c1", "better"),)).retired == ("gone",)
    assert named(TEXT, {"own": "c1"}).retired == ("gone",)
    assert named(TEXT, {}) is TEXT


def test_clauses_known_by_the_ids_of_a_contribution() -> None:
    """Containers too; the others keep theirs."""
    found = named(TEXT, {"own": "c1", "mine": "k1"}).by_id
    assert (set(found), found["own"].container) == ({"mine", "h1", "own", "c2", "r1"}, "mine")


# --- dossiers ------------------------------------------------------------------------------------------------


def version(number: int, at: float, seq: int, to: str) -> Version:
    """A version that rewords the first clause."""
    return Version(number=number, moment=day(at), seq=seq, proposal=(change("c1", to),))


def act(at: float, seq: int, **changes: object) -> Incorporated:
    """The act that brought it to the text."""
    return Incorporated(
        by=Actor(name="s", role="secretariat"),
        received=Receipt.instant(day(at)),
        recorded=day(at),
        subject="3",
        seq=seq,
        commit="m",
        parent="m0",
        mode="agreed",
        effect=(change("c1", str(changes.get("to", "better"))),),
        ids={"own": "c1"},
    )


DOSSIER = Dossier(
    subject="7",
    events=(act(4, 40), act(5, 50, to="best")),
    inherited=(act(1, 10), act(3, 30)),
    versions=(version(1, 1, 11, "better"), version(2, 3, 31, "best")),
)


@pytest.mark.parametrize(
    ("received_by", "seq_below", "kept"),
    [
        (3, None, ([], [10, 30], [1, 2])),
        (2.9, None, ([], [10], [1])),
        (None, 31, ([], [10, 30], [1])),
        (None, 32, ([], [10, 30], [1, 2])),
        (4, 50, ([40], [10, 30], [1, 2])),
    ],
)
def test_looking_back_shows_only_what_was_there(
    received_by: float | None, seq_below: int | None, kept: tuple[list[int], list[int], list[int]]
) -> None:
    """Received by a moment, and earlier in the record; of what it amends too."""
    by = None if received_by is None else day(received_by)
    for found in (
        DOSSIER.as_of(received_by=by, seq_below=seq_below),
        replace(DOSSIER, onto=DOSSIER).as_of(received_by=by, seq_below=seq_below).onto,
    ):
        assert found is not None
        seen = (
            [e.seq for e in found.events],
            [e.seq for e in found.inherited],
            [v.number for v in found.versions],
        )
        assert seen == kept


def test_the_newest_act_says_how_it_came_to_the_text() -> None:
    """From its moment on."""
    assert DOSSIER.incorporated(day(3.9)) is None
    assert [DOSSIER.incorporated(day(at)) for at in (4, 6)] == [DOSSIER.events[0], DOSSIER.events[1]]


def test_changes_are_told_after_a_moment_and_in_their_order() -> None:
    """A version that came at the moment itself is no change after it."""
    from tests.domain.agreement.story import Story

    story = Story(states=[State(recorded=day(-1)), State(recorded=day(2), seq=20)])
    dossier = replace(DOSSIER, events=())
    moments = [moment for moment, _ in dossier.changes(story.world(), day(1), day(3))]
    assert moments == [day(2), day(3)]


OVER = Withdrawn(
    by=Actor(name="b", role="source"), received=Receipt.instant(day(2)), recorded=day(2), subject="3", seq=20
)


def test_what_became_of_what_it_requires_is_known_from_its_moment() -> None:
    """In the text, or off the table."""
    dossier = Dossier(subject="7", events=(), requires=(Requirement(number=3, met=act(4, 40), over=OVER),))
    (early,) = dossier.as_of(received_by=day(1.9)).requires
    (off,) = dossier.as_of(received_by=day(2)).requires
    (there,) = dossier.as_of(received_by=day(4)).requires
    assert (early.met, early.over) == (None, None)
    assert (off.met, off.over) == (None, OVER)
    assert (there.met, there.over) == (act(4, 40), OVER)
