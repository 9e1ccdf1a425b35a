"""The list of nominated experts: raw mappings → typed entries, with all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.application.loaded import Loaded, checked
from accord.application.reader import Locate, Problems, Reader
from accord.domain.process import people as p
from accord.domain.process.forum import Forum
from accord.domain.process.people_check import experts_findings
from accord.domain.process.timetable import Timetable


def load_experts(
    raw: Mapping[str, Any], timetable: Timetable, forum: Forum, locate: Locate
) -> Loaded[p.ExpertsList]:
    """`process/experts.yaml`, checked against the timetable (R15) and the forum (R12)."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    experts = p.ExpertsList(
        zone=timetable.zone,
        entities=tuple(
            p.Entity(
                id=one.text("id"),
                name=one.text("name"),
                category=one.text("category"),
                term=_term(one),
                country=one.text("country", ""),
                region=one.text("region", ""),
                successors=one.one_or_more("successor"),
                invented=one.flag("invented", False),
            )
            for one in top.mappings("entities")
        ),
        experts=tuple(
            p.Expert(
                name=one.text("name"),
                entity=one.text("entity"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                country=one.text("country", ""),
                active_in_own_country=one.flag("active_in_own_country", False),
                gender=one.text("gender", ""),
                capacity=one.enum("capacity", p.Capacity, p.Capacity.ENTITY),
                nominated=one.optional_day("nominated"),
                late_reason=one.text("late_reason", ""),
                keys=_keys(one),
            )
            for one in top.mappings("experts")
        ),
        chairs=tuple(
            p.Chair(
                name=one.text("name"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                entity=one.text("entity") if one.has("entity") else None,
                keys=_keys(one),
            )
            for one in top.mappings("chairs")
        ),
        secretariat=tuple(
            p.Secretary(
                name=one.text("name"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                keys=_keys(one),
            )
            for one in top.mappings("secretariat")
        ),
    )
    if problems.found:
        return Loaded(value=None, findings=tuple(problems.found))
    close = timetable.nominations_close()
    return checked(experts, experts_findings(experts, forum, nominations_close=close), locate)


def _term(one: Reader) -> p.Term:
    return p.Term(first=one.day("from"), last=one.optional_day("until"))


def _keys(one: Reader) -> tuple[p.Key, ...]:
    if not one.has("keys"):
        return ()
    return tuple(p.Key(public=key.text("key"), term=_term(key)) for key in one.mappings("keys"))


def _account(one: Reader) -> int | None:
    return one.integer("account") if one.has("account") else None
