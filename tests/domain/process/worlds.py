"""A small invented list of experts and one well-formed contribution, to vary in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from accord.adapters.process_files import read_process
from accord.application.loading import Process
from accord.application.reading import PROCESS_FILES
from accord.domain.process.contribution import Contribution, Purpose
from accord.domain.process.door import Circumstances
from accord.domain.process.moments import parse_instant
from accord.domain.process.people import Chair, Entity, Expert, ExpertsList, Secretary, Term
from accord.domain.process.timetable import Amendment, EventChange, Fixing

ROOT = Path(__file__).resolve().parents[3]


def shipped_files() -> dict[str, bytes]:
    """The process files of this repository, by path."""
    return {path: (ROOT / path).read_bytes() for path in PROCESS_FILES.values()}


def shipped() -> Process:
    """The process as this repository ships it."""
    loaded = read_process(shipped_files())
    assert loaded.value is not None, loaded.findings
    return loaded.value


PROCESS = shipped()
ALWAYS = Term(first=date(2024, 6, 1))
# One invented entity for each category that nominates; the public needs none.
MEMBERS = {
    "member-state": "arcadia",
    "sector-member": "arcadian-cables",
    "associate": "lyranian-startups",
    "academia": "example-university",
    "state-of-palestine": "example-delegation",
    "observer-organization": "example-observers",
}
EXPERTS = ExpertsList(
    zone=PROCESS.timetable.zone,
    entities=tuple(
        Entity(id=name, name=name.replace("-", " ").title(), category=category, term=ALWAYS, invented=True)
        for category, name in MEMBERS.items()
    ),
    experts=tuple(
        Expert(
            name=f"Expert {number}",
            entity=name,
            term=ALWAYS,
            account=number,
            country="X",
            active_in_own_country=True,
        )
        for number, name in enumerate(MEMBERS.values(), start=1)
    ),
    chairs=(Chair(name="Chair Example", term=ALWAYS, account=100),),
    secretariat=(Secretary(name="Secretary Example", term=ALWAYS, account=200),),
)
COMMENT = Contribution(
    category="member-state",
    source="arcadia",
    kind="comment",
    based_on="draft-2",
    themes=("resilience",),
    title="An invented title",
    reasons="Invented reasons.",
    language="en",
    purpose=Purpose.ACTION,
)
IN_W2 = parse_instant("2024-11-20T12:00:00Z")


def at(text: str) -> datetime:
    """A short name for reading an instant."""
    return parse_instant(text)


def known(**changes: Any) -> Circumstances:
    """The shipped process with the invented experts and all drafts there are in the timetable."""
    usual = Circumstances(
        timetable=PROCESS.timetable,
        experts=EXPERTS,
        forum=PROCESS.forum,
        rules=PROCESS.rules,
        drafts=PROCESS.timetable.drafts,
        new_opinions=(),
    )
    return replace(usual, **changes)


def with_fixed_forum() -> Circumstances:
    """The same, with the days of the Forum fixed by an invented amendment."""
    from accord.domain.process.days import parse_days

    days = parse_days("2026-05-18/2026-05-20")
    change = EventChange(event="wtpf-26", fixing=Fixing(days=days, source="an invented calendar"))
    amendment = Amendment(adopted=at("2025-01-01T00:00:00Z"), basis="an invented decision", changes=(change,))
    return known(timetable=replace(PROCESS.timetable, amendments=(amendment,)))
