"""The list of nominated experts: dated entries, views at a moment, balance, contradictions (R12-R15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accord.domain.findings import Severity
from accord.domain.process.people import Chair, Entity, Expert, ExpertsList, Secretary, Term
from accord.domain.process.people_check import experts_findings
from tests.domain.process.worlds import PROCESS, at

ZONE = PROCESS.timetable.zone
TERM = Term(first=date(2024, 6, 20))
ARCADIA = Entity(
    id="arcadia", name="Arcadia", category="member-state", term=TERM, region="Europe", invented=True
)
LYRANIA = Entity(id="lyrania", name="Lyrania", category="academia", term=TERM, region="Africa", invented=True)
ANA = Expert(
    name="Ana",
    entity="arcadia",
    term=TERM,
    account=1,
    country="Arcadia",
    active_in_own_country=True,
    gender="woman",
)
LIST = ExpertsList(
    zone=ZONE,
    entities=(ARCADIA, LYRANIA),
    experts=(ANA, replace(ANA, name="Ben", account=2, entity="lyrania", gender="")),
    chairs=(Chair(name="Cleo", term=TERM, account=3, entity="arcadia"),),
    secretariat=(Secretary(name="Dan", term=TERM, account=4),),
)


def rules_of(experts: ExpertsList) -> list[str]:
    """The rules a list breaks, by the shipped forum and timetable."""
    close = PROCESS.timetable.nominations_close()
    return [finding.rule for finding in experts_findings(experts, PROCESS.forum, nominations_close=close)]


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2024-06-19T21:59:59Z", False),
        ("2024-06-19T22:00:00Z", True),
        ("2024-12-20T22:59:59Z", True),
        ("2024-12-20T23:00:00Z", False),
    ],
)
def test_an_entry_holds_from_its_first_instant_to_the_end_of_its_last_day(moment: str, there: bool) -> None:
    """Days of entries are days of the process zone, both included."""
    ended = replace(
        LIST, entities=(replace(ARCADIA, term=Term(first=date(2024, 6, 20), last=date(2024, 12, 20))),)
    )
    assert (ended.at(at(moment)).entity("arcadia") is not None) is there


def test_a_view_answers_who_is_who() -> None:
    """Accounts lead to entity and category; strangers lead nowhere."""
    view = LIST.at(at("2024-10-01T00:00:00Z"))
    assert view.entity_of(1) == ARCADIA
    assert view.category("lyrania") == "academia"
    assert view.is_chair(3)
    assert view.is_secretariat(4)
    assert [one.name for one in view.experts_of("lyrania")] == ["Ben"]
    assert (view.entity_of(99), view.category("nowhere"), view.is_chair(1), view.is_secretariat(3)) == (
        None,
        None,
        False,
        False,
    )


def test_an_expert_can_change_entity_between_two_days() -> None:
    """The earlier entry is ended and another one added, so both days keep their answer."""
    moved = replace(
        LIST,
        experts=(
            replace(ANA, term=Term(first=date(2024, 6, 20), last=date(2024, 9, 30))),
            replace(ANA, entity="lyrania", term=Term(first=date(2024, 10, 1)), late_reason="a new post"),
        ),
    )
    assert moved.at(at("2024-09-30T21:59:59Z")).entity_of(1) == ARCADIA
    assert moved.at(at("2024-09-30T22:00:00Z")).entity_of(1) == LYRANIA
    assert rules_of(moved) == []


def test_the_balance_counts_and_judges_nothing() -> None:
    """R14, A13: counts by region, category and gender; what is not stated is said to be so."""
    balance = LIST.at(at("2024-10-01T00:00:00Z")).balance()
    assert balance.experts == 2
    assert balance.by_region == (("Africa", 1), ("Europe", 1))
    assert balance.by_category == (("academia", 1), ("member-state", 1))
    assert balance.by_gender == (("woman", 1), ("not stated", 1))


@pytest.mark.parametrize(
    ("experts", "rule"),
    [
        pytest.param(replace(LIST, experts=(ANA, ANA)), "experts-overlap", id="same-account-twice"),
        pytest.param(
            replace(LIST, experts=(replace(ANA, account=None), replace(ANA, account=None, name="ANA"))),
            "experts-overlap",
            id="same-name-without-account",
        ),
        pytest.param(
            replace(LIST, entities=(ARCADIA, LYRANIA, ARCADIA)), "experts-overlap", id="same-entity-twice"
        ),
        pytest.param(
            replace(
                LIST,
                entities=(
                    replace(ARCADIA, term=Term(first=date(2025, 1, 2), last=date(2025, 1, 1))),
                    LYRANIA,
                ),
            ),
            "experts-term-reversed",
            id="until-before-from",
        ),
        pytest.param(
            replace(LIST, experts=(replace(ANA, entity="nowhere"),)), "experts-unknown-entity", id="dangling"
        ),
        pytest.param(
            replace(LIST, entities=(replace(ARCADIA, successors=("nowhere",)), LYRANIA)),
            "experts-unknown-entity",
            id="successor",
        ),
        pytest.param(
            replace(LIST, entities=(replace(ARCADIA, successors=("arcadia",)), LYRANIA)),
            "experts-successor",
            id="itself",
        ),
        pytest.param(
            replace(LIST, entities=(replace(ARCADIA, category="stakeholder"), LYRANIA)),
            "experts-nominator",
            id="R12",
        ),
        pytest.param(
            replace(LIST, entities=(replace(ARCADIA, category="guild"), LYRANIA)),
            "experts-category",
            id="category",
        ),
        pytest.param(
            replace(LIST, entities=(replace(ARCADIA, region="Moon"), LYRANIA)), "experts-region", id="region"
        ),
        pytest.param(
            replace(LIST, experts=(replace(ANA, active_in_own_country=False),)),
            "experts-own-country",
            id="R13",
        ),
        pytest.param(
            replace(LIST, experts=(replace(ANA, country=""),)), "experts-own-country", id="R13-no-country"
        ),
    ],
)
def test_a_contradiction_is_an_error_with_place_and_fix(experts: ExpertsList, rule: str) -> None:
    """Each kind of contradiction stops the list, and says where and how to mend it."""
    found = [one for one in experts_findings(experts, PROCESS.forum) if one.rule == rule]
    assert found
    assert all(one.severity is Severity.ERROR and one.place and one.place.path and one.fix for one in found)


def test_a_late_nomination_warns_and_is_allowed_with_a_reason() -> None:
    """R15: the last day is inside; the day after warns unless a reason is recorded."""
    inside = replace(LIST, experts=(replace(ANA, nominated=date(2024, 8, 26)),))
    late = replace(LIST, experts=(replace(ANA, nominated=date(2024, 8, 27)),))
    excused = replace(
        LIST, experts=(replace(ANA, nominated=date(2024, 8, 27), late_reason="asked to replace Ben"),)
    )
    assert (rules_of(inside), rules_of(late), rules_of(excused)) == ([], ["experts-late-nomination"], [])
    assert (
        experts_findings(late, PROCESS.forum, nominations_close=PROCESS.timetable.nominations_close())[
            0
        ].severity
        is Severity.WARNING
    )


def test_an_expert_listed_longer_than_the_entity_is_noticed() -> None:
    """C2 relies on both: the entity left, its expert didn't."""
    left = replace(
        LIST, entities=(replace(ARCADIA, term=Term(first=date(2024, 6, 20), last=date(2024, 12, 1))), LYRANIA)
    )
    assert "experts-entity-term" in rules_of(left)


def test_the_shipped_list_has_no_people() -> None:
    """Nobody real stands in the project."""
    experts = PROCESS.experts
    assert (experts.entities, experts.experts, experts.chairs, experts.secretariat) == ((), (), (), ())
