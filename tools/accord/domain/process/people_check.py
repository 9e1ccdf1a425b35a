"""Contradictions in the list of nominated experts: overlaps, strangers, nominators, late entries, keys (R12-R15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.forum import Forum
from accord.domain.process.keys import key_findings
from accord.domain.process.moments import day_start, show_day
from accord.domain.process.people import Chair, Entity, Expert, ExpertsList, Secretary, Term


def experts_findings(
    experts: ExpertsList,
    forum: Forum,
    *,
    nominations_close: datetime | None = None,
    file: str = "process/experts.yaml",
) -> list[Finding]:
    """Every problem of the list at once; `nominations_close` is the timetable's deadline (R15)."""
    return [
        *_terms(experts, file),
        *_entities(experts, forum, file),
        *_experts(experts, file),
        *_references(experts, file),
        *key_findings(experts, file),
        *_late(experts, nominations_close, file),
    ]


def _named(entry: Entity | Expert | Chair | Secretary) -> str:
    return f"`{entry.id}`" if isinstance(entry, Entity) else entry.name


def _groups(experts: ExpertsList) -> Iterator[tuple[str, tuple[Entity | Expert | Chair | Secretary, ...]]]:
    yield "entities", experts.entities
    yield "experts", experts.experts
    yield "chairs", experts.chairs
    yield "secretariat", experts.secretariat


def _identity(entry: Entity | Expert | Chair | Secretary) -> str:
    if isinstance(entry, Entity):
        return entry.id
    return f"account {entry.account}" if entry.account is not None else entry.name.casefold()


def _terms(experts: ExpertsList, file: str) -> Iterator[Finding]:
    for group, entries in _groups(experts):
        for index, entry in enumerate(entries):
            if entry.term.last is not None and entry.term.last < entry.term.first:
                yield _finding(
                    file,
                    f"/{group}/{index}/until",
                    "experts-term-reversed",
                    f"The entry of {_named(entry)} ends before it begins.",
                    "Correct `from` or `until`.",
                )
        for (first, one), (second, other) in combinations(enumerate(entries), 2):
            if _identity(one) == _identity(other) and one.term.overlaps(other.term):
                yield _finding(
                    file,
                    f"/{group}/{second}",
                    "experts-overlap",
                    f"{_capital(_named(other))} has two entries that hold at the same time: entry {first + 1} "
                    f"({_term(one.term)}) and entry {second + 1} ({_term(other.term)}).",
                    "End the earlier entry with `until` the day before the later one begins.",
                )


def _entities(experts: ExpertsList, forum: Forum, file: str) -> Iterator[Finding]:
    for index, entity in enumerate(experts.entities):
        category = forum.category(entity.category)
        if category is None:
            yield _finding(
                file,
                f"/entities/{index}/category",
                "experts-category",
                f"`{entity.category}` is no category of this forum.",
                f"Use one of: {', '.join(c.id for c in forum.categories)}.",
            )
        elif not category.nominates and any(e.entity == entity.id for e in experts.experts):
            # R12. Only six kinds of nominator.
            yield _finding(
                file,
                f"/entities/{index}/category",
                "experts-nominator",
                f"{category.label} is no category that nominates experts, but `{entity.id}` has one (R12).",
                "Only these nominate: " + ", ".join(c.label for c in forum.categories if c.nominates) + ".",
            )
        if entity.region and entity.region not in forum.regions:
            yield _finding(
                file,
                f"/entities/{index}/region",
                "experts-region",
                f"`{entity.region}` is no region of this forum.",
                f"Use one of: {', '.join(forum.regions)}.",
            )
        if entity.id in entity.successors:
            yield _finding(
                file,
                f"/entities/{index}/successor",
                "experts-successor",
                f"`{entity.id}` cannot be its own successor.",
                "Name another entity.",
            )


def _experts(experts: ExpertsList, file: str) -> Iterator[Finding]:
    for index, expert in enumerate(experts.experts):
        # R13. Each expert is active in preparing in the own country.
        if not expert.active_in_own_country or not expert.country:
            yield _finding(
                file,
                f"/experts/{index}",
                "experts-own-country",
                f"Nothing attests that {expert.name} is active in preparing in the own country (R13).",
                "Add `country` and `active_in_own_country: true` once the nomination says so.",
            )


def _references(experts: ExpertsList, file: str) -> Iterator[Finding]:
    known = {entity.id for entity in experts.entities}
    for group, index, entry, target, field in _targets(experts):
        if target not in known:
            yield _finding(
                file,
                f"/{group}/{index}/{field}",
                "experts-unknown-entity",
                f"There is no entity `{target}` on the list.",
                f"Add it under `entities`, or use one of: {', '.join(sorted(known)) or 'none yet'}.",
            )
        elif not isinstance(entry, Entity) and not _covered(experts, target, entry.term):
            yield _finding(
                file,
                f"/{group}/{index}/{field}",
                "experts-entity-term",
                f"{entry.name} is listed for `{target}` at a time when `{target}` is not listed itself.",
                "Make the days of both entries agree.",
                severity=Severity.WARNING,
            )


def _targets(
    experts: ExpertsList,
) -> Iterator[tuple[str, int, Entity | Expert | Chair | Secretary, str, str]]:
    """Each entity that an entry names: as its successors, or as the one that nominated it."""
    for group, entries in _groups(experts):
        for index, entry in enumerate(entries):
            if isinstance(entry, Entity):
                yield from ((group, index, entry, name, "successor") for name in entry.successors)
            elif (target := getattr(entry, "entity", None)) is not None:
                yield group, index, entry, target, "entity"


def _covered(experts: ExpertsList, entity_id: str, term: Term) -> bool:
    terms = [entity.term for entity in experts.entities if entity.id == entity_id]
    begins = any(t.first <= term.first and (t.last is None or term.first <= t.last) for t in terms)
    ends = any(t.last is None or (term.last is not None and t.first <= term.last <= t.last) for t in terms)
    return begins and ends


def _late(experts: ExpertsList, nominations_close: datetime | None, file: str) -> Iterator[Finding]:
    # R15. Late nominations happened before and are allowed with a reason, so this never stops anything.
    if nominations_close is None:
        return
    for index, expert in enumerate(experts.experts):
        day = expert.nominated or expert.term.first
        if day_start(day, experts.zone) >= nominations_close and not expert.late_reason:
            yield _finding(
                file,
                f"/experts/{index}",
                "experts-late-nomination",
                f"{expert.name} was nominated on {show_day(day)}, after the deadline (R15).",
                "Add `late_reason`; a late nomination is allowed with one.",
                severity=Severity.WARNING,
            )


def _term(term: Term) -> str:
    return f"from {show_day(term.first)}" + (f" until {show_day(term.last)}" if term.last else "")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _finding(
    file: str, path: str, rule: str, message: str, fix: str, *, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, path=path), severity=severity)
