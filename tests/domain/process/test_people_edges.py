"""The list of nominated experts at its edges: days that touch, places of findings, heirs, names as shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accord.domain.findings import Finding, Severity
from accord.domain.process.people import Chair, Entity, Expert, ExpertsList, Secretary, Term
from accord.domain.process.people_check import experts_findings
from tests.domain.process.worlds import PROCESS, at

ZONE = PROCESS.timetable.zone
MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)
ALL, FIRST, SECOND = Term(first=MAY), Term(first=MAY, last=JUNE), Term(first=JULY)
ARCADIA = Entity(id="arcadia", name="Arcadia", category="member-state", term=ALL, region="Europe")
LYRANIA = Entity(id="lyrania", name="Lyrania", category="academia", term=ALL, region="Africa")
ANA = Expert(name="Ana", entity="arcadia", term=ALL, account=1, country="Arcadia", active_in_own_country=True)
LIST = ExpertsList(
    zone=ZONE,
    entities=(ARCADIA, LYRANIA),
    experts=(ANA,),
    chairs=(Chair(name="Cleo", term=ALL, account=3),),
    secretariat=(Secretary(name="Dan", term=ALL, account=4),),
)


def found(experts: ExpertsList, close: str = "") -> list[Finding]:
    """The findings of a list; `close` is the deadline for nominations."""
    return experts_findings(experts, PROCESS.forum, nominations_close=at(close) if close else None)


def places(experts: ExpertsList, close: str = "") -> list[str]:
    """Rule and place of each finding."""
    return [f"{one.rule} {one.place.file}{one.place.path}" for one in found(experts, close) if one.place]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (ALL, ALL, True),
        (FIRST, SECOND, False),
        (Term(first=MAY, last=JUNE), Term(first=JUNE), True),
        (Term(first=MAY, last=JUNE), Term(first=JUNE, last=JULY), True),
        (Term(first=MAY, last=MAY), Term(first=JUNE, last=JULY), False),
        (ALL, Term(first=JULY, last=JULY), True),
        (Term(first=JULY, last=JULY), Term(first=MAY, last=JUNE), False),
    ],
)
def test_whether_two_terms_share_a_day(one: Term, other: Term, both: bool) -> None:
    """The last day counts, and it makes no difference which is asked."""
    assert one.overlaps(other) is both
    assert other.overlaps(one) is both


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        (ARCADIA, "Arcadia"),
        (replace(ARCADIA, invented=True), "Arcadia (invented)"),
        (replace(ARCADIA, invented=True, name="Arcadia (invented)"), "Arcadia (invented)"),
        (replace(ARCADIA, name="(invented) Arcadia", invented=True), "(invented) Arcadia (invented)"),
    ],
)
def test_an_invented_entity_says_so_once(entity: Entity, shown: str) -> None:
    """Wherever it is shown."""
    assert entity.shown == shown


LEFT = replace(ARCADIA, term=Term(first=MAY, last=MAY))
HEIRS: list[tuple[str, tuple[Entity, ...], tuple[str, ...]]] = [
    ("itself", (ARCADIA,), ("arcadia",)),
    ("nobody", (LEFT,), ()),
    ("one", (replace(LEFT, successors=("lyrania",)), LYRANIA), ("lyrania",)),
    ("two", (replace(LEFT, successors=("b", "c")), replace(LYRANIA, id="b"), replace(LYRANIA, id="c")), ("b", "c")),
    (
        "one after another",
        (replace(LEFT, successors=("b",)), replace(LEFT, id="b", successors=("c",)), replace(LYRANIA, id="c")),
        ("c",),
    ),
    ("each other", (replace(LEFT, successors=("b",)), replace(LEFT, id="b", successors=("arcadia",))), ()),
    (
        "the later entry decides",
        (replace(LEFT, successors=("b",)), replace(LEFT, successors=("c",)), replace(LYRANIA, id="b"),
         replace(LYRANIA, id="c")),
        ("c",),
    ),
    (
        "unless it names nobody",
        (replace(LEFT, successors=("b",)), LEFT, replace(LYRANIA, id="b"), replace(LYRANIA, id="c")),
        ("b",),
    ),
    (
        "both lead to one",
        (replace(LEFT, successors=("b", "c")), replace(LEFT, id="b", successors=("d",)),
         replace(LEFT, id="c", successors=("d",)), replace(LYRANIA, id="d")),
        ("d",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entities", "heirs"), [row[1:] for row in HEIRS], ids=[row[0] for row in HEIRS])
def test_who_speaks_for_an_entity_that_left(entities: tuple[Entity, ...], heirs: tuple[str, ...]) -> None:
    """C2. Successor after successor, each once."""
    assert replace(LIST, entities=entities).heirs("arcadia", at("2024-10-01T00:00:00Z")) == heirs


TWICE = (replace(ANA, term=FIRST), replace(ANA, term=SECOND))
CASES: list[tuple[str, ExpertsList, list[str]]] = [
    ("nothing", LIST, []),
    ("one after the other", replace(LIST, experts=TWICE), []),
    ("one day only", replace(LIST, experts=(replace(ANA, term=Term(first=MAY, last=MAY)),)), []),
    (
        "the same account under two names",
        replace(LIST, experts=(ANA, replace(ANA, name="Anna"))),
        ["experts-overlap process/experts.yaml/experts/1"],
    ),
    ("two accounts under one name", replace(LIST, experts=(ANA, replace(ANA, account=2))), []),
    (
        "one name without accounts",
        replace(LIST, experts=(replace(ANA, account=None), replace(ANA, account=None, name="ANA"))),
        ["experts-overlap process/experts.yaml/experts/1"],
    ),
    (
        "two names without accounts",
        replace(LIST, experts=(replace(ANA, account=None), replace(ANA, account=None, name="Ben"))),
        [],
    ),
    (
        "everybody of every group backwards",
        replace(
            LIST,
            chairs=(replace(LIST.chairs[0], term=Term(first=JUNE, last=MAY)),),
            secretariat=(replace(LIST.secretariat[0], term=Term(first=JUNE, last=MAY)),),
        ),
        [
            "experts-term-reversed process/experts.yaml/chairs/0/until",
            "experts-term-reversed process/experts.yaml/secretariat/0/until",
        ],
    ),
    (
        "two secretaries with one account",
        replace(LIST, secretariat=(*LIST.secretariat, replace(LIST.secretariat[0], name="Dana"))),
        ["experts-overlap process/experts.yaml/secretariat/1"],
    ),
    (
        "what the forum does not have",
        replace(LIST, entities=(replace(ARCADIA, category="guild", region="Atlantis"), LYRANIA)),
        ["experts-category process/experts.yaml/entities/0/category",
         "experts-region process/experts.yaml/entities/0/region"],
    ),
    ("no region", replace(LIST, entities=(replace(ARCADIA, region=""), LYRANIA)), []),
    (
        "a nominator that may not",
        replace(LIST, entities=(ARCADIA, replace(LYRANIA, category="stakeholder")),
                experts=(ANA, replace(ANA, account=2, entity="lyrania"))),
        ["experts-nominator process/experts.yaml/entities/1/category"],
    ),
    ("one that nominates nobody", replace(LIST, entities=(ARCADIA, replace(LYRANIA, category="stakeholder"))), []),
    (
        "its own successor",
        replace(LIST, entities=(replace(ARCADIA, successors=("lyrania", "arcadia")), LYRANIA)),
        ["experts-successor process/experts.yaml/entities/0/successor"],
    ),
    (
        "unknown entities",
        replace(LIST, entities=(replace(ARCADIA, successors=("nowhere",)), LYRANIA),
                experts=(replace(ANA, entity="elsewhere"),), chairs=(replace(LIST.chairs[0], entity="away"),)),
        ["experts-unknown-entity process/experts.yaml/entities/0/successor",
         "experts-unknown-entity process/experts.yaml/experts/0/entity",
         "experts-unknown-entity process/experts.yaml/chairs/0/entity"],
    ),
    ("a successor that left", replace(LIST, entities=(replace(ARCADIA, successors=("lyrania",)),
                                                      replace(LYRANIA, term=FIRST))), []),
    ("no country", replace(LIST, experts=(replace(ANA, country=""),)),
     ["experts-own-country process/experts.yaml/experts/0"]),
    ("not active there", replace(LIST, experts=(replace(ANA, active_in_own_country=False),)),
     ["experts-own-country process/experts.yaml/experts/0"]),
]  # fmt: skip


@pytest.mark.parametrize(("experts", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_each_contradiction_has_its_place(experts: ExpertsList, expected: list[str]) -> None:
    """R12, R13: the file, the group, the entry and the field."""
    assert places(experts) == expected


DAY = Term(first=JUNE, last=JUNE)
COVERED: list[tuple[str, Term, tuple[Term, ...], bool]] = [
    ("for ever in for ever", ALL, (ALL,), True),
    ("from its first day", DAY, (Term(first=JUNE),), True),
    ("until its last day", DAY, (Term(first=MAY, last=JUNE),), True),
    ("begins too early", Term(first=MAY, last=JULY), (Term(first=JUNE),), False),
    ("ends too late", Term(first=MAY, last=JULY), (Term(first=MAY, last=JUNE),), False),
    ("has no end", Term(first=MAY), (Term(first=MAY, last=JUNE),), False),
    ("afterwards", Term(first=JULY, last=JULY), (Term(first=MAY, last=JUNE),), False),
    ("begins in one entry, ends in the next", Term(first=MAY, last=JULY),
     (Term(first=MAY, last=JUNE), Term(first=date(2024, 6, 2))), True),
    ("no end, the next has none", Term(first=MAY), (Term(first=MAY, last=JUNE), Term(first=date(2024, 6, 2))), True),
    ("begins in a gap", Term(first=JUNE, last=JULY), (Term(first=MAY, last=MAY), Term(first=JULY)), False),
    ("ends where an entry is only one day", Term(first=MAY, last=JULY),
     (Term(first=MAY, last=JUNE), Term(first=JULY, last=JULY)), True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "entries", "fine"), [row[1:] for row in COVERED], ids=[row[0] for row in COVERED]
)
def test_an_expert_is_listed_while_its_entity_is(term: Term, entries: tuple[Term, ...], fine: bool) -> None:
    """A warning with the place of the expert's entity if the days do not agree; other entities do not matter."""
    entities = (LYRANIA, *(replace(ARCADIA, term=one) for one in entries))
    experts = replace(LIST, entities=entities, experts=(replace(ANA, term=term),))
    expected = [] if fine else [("experts-entity-term", Severity.WARNING, "/experts/0/entity")]
    assert [(one.rule, one.severity, one.place and one.place.path) for one in found(experts)] == expected


@pytest.mark.parametrize(
    ("expert", "late"),
    [
        (replace(ANA, term=Term(first=date(2024, 6, 30))), False),
        (replace(ANA, term=Term(first=date(2024, 7, 1))), True),
        (replace(ANA, term=Term(first=date(2024, 7, 1)), nominated=date(2024, 6, 30)), False),
        (replace(ANA, nominated=date(2024, 7, 2)), True),
        (replace(ANA, nominated=date(2024, 7, 2), late_reason="a vacancy"), False),
    ],
)
def test_a_late_nomination_is_said_and_stops_nothing(expert: Expert, late: bool) -> None:
    """R15. By the day of nomination, else the first day of the entry; none is late where there is no deadline."""
    experts = replace(LIST, experts=(expert,))
    expected = ["experts-late-nomination process/experts.yaml/experts/0"] if late else []
    assert places(experts, "2024-06-30T22:00:00Z") == expected
    assert {one.severity for one in found(experts, "2024-06-30T22:00:00Z")} <= {Severity.WARNING}
    assert places(experts) == []


def test_who_was_ever_listed_is_known_for_suggestions() -> None:
    """Each once, in the order of the list."""
    entities = (replace(ARCADIA, term=FIRST), LYRANIA, replace(ARCADIA, term=SECOND))
    assert replace(LIST, entities=entities).known_entities() == ("arcadia", "lyrania")


def test_what_is_not_stated_is_counted_as_such() -> None:
    """R14, A13. An expert of an entity that is not on the list then has no region and no category."""
    experts = replace(LIST, experts=(ANA, replace(ANA, account=2, entity="nowhere", gender="woman")))
    balance = experts.at(at("2024-10-01T00:00:00Z")).balance()
    assert dict(balance.by_region) == {"Europe": 1, "not stated": 1}
    assert dict(balance.by_category) == {"member-state": 1, "not stated": 1}
    assert dict(balance.by_gender) == {"woman": 1, "not stated": 1}


def test_how_two_entries_at_one_time_are_told() -> None:
    """Who, which entries, and when each holds."""
    low = replace(ANA, name="ana de Arcadia")
    experts = replace(LIST, experts=(replace(low, term=FIRST), replace(low, term=Term(first=JUNE))))
    (one,) = found(experts)
    assert one.message == (
        "Ana de Arcadia has two entries that hold at the same time: entry 1 (from 1 May 2024 until 1 June 2024) "
        "and entry 2 (from 1 June 2024)."
    )
    (one,) = found(replace(LIST, entities=(ARCADIA, LYRANIA, replace(LYRANIA, term=SECOND))))
    assert one.message.startswith("`lyrania` has two entries")


def test_who_may_nominate_is_said() -> None:
    """R12. All of them, and nobody else."""
    experts = replace(LIST, entities=(replace(ARCADIA, category="stakeholder"), LYRANIA))
    (one,) = found(experts)
    labels = [category.label for category in PROCESS.forum.categories if category.nominates]
    assert len(labels) == 6
    assert one.fix == f"Only these nominate: {', '.join(labels)}."
