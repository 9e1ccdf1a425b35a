"""The effect of a contribution on the agreed text (C5), computed from clause ids and digests alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from accord.domain.record.values import Effect, Entry

OPINIONS = "opinions/"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedClause:
    """One clause of the agreed text: stable id, file, digest, id of its heading or keyword, structural form."""

    id: str
    path: str
    digest: str
    container: str = ""
    form: str = ""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """A state of the agreed text: its clauses in reading order, and every id ever given and since retired."""

    clauses: tuple[AgreedClause, ...] = ()
    retired: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, AgreedClause]:
        """The clauses by id."""
        return {clause.id: clause for clause in self.clauses}

    def to_json(self) -> dict[str, Any]:
        """As kept in the record: one row a clause, id, path, digest, container, form."""
        rows = [[c.id, c.path, c.digest, c.container, c.form] for c in self.clauses]
        return {"version": 1, "clauses": rows, "retired": list(self.retired)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Agreed:
        """Read what :meth:`to_json` wrote."""
        rows = (
            AgreedClause(id=row[0], path=row[1], digest=row[2], container=row[3], form=row[4])
            for row in value["clauses"]
        )
        return cls(clauses=tuple(rows), retired=tuple(value["retired"]))


def effect_against(proposal: Effect, agreed: Agreed) -> Effect:
    """The effect of a proposal on this state of the agreed text.

    C5. Computed against the newest known state of the agreed text: for each touched clause the digest it had
    there. What the agreed text already reads is no longer an effect; a clause that is gone is *absent*. A clause
    that the proposal leaves in its place stands where the agreed text has it by now.
    """
    proposed = by_clause(proposal)
    entries = []
    for entry in proposal:
        now = agreed.by_id.get(entry.id)
        if now is None and entry.gets is None:
            continue  # already deleted
        if now and entry.after is None:
            entry = replace(entry, path=now.path, container=now.container)
            if (now.digest, now.form) == (entry.gets, entry.form):
                continue  # already reads so
        had = now.digest if now else None
        entries.append(replace(entry, had=had, lead=_lead(entry.container, proposed, agreed)))
    return tuple(entries)


def _lead(container: str, proposed: Mapping[str, Entry], agreed: Agreed) -> str:
    """The digest that a keyword gets, "" for a heading: an operative verb belongs to each clause below it."""
    if container in proposed:
        entry = proposed[container]
        return entry.gets or "" if entry.form == "keyword" else ""
    clause = agreed.by_id.get(container)
    return clause.digest if clause and clause.form == "keyword" else ""


def overlaid(agreed: Agreed, effect: Effect) -> Agreed:
    """The agreed text, known by id, as if an effect were in it: what an amendment of a contribution is about."""
    changed = {entry.id for entry in effect}
    kept = [clause for clause in agreed.clauses if clause.id not in changed]
    kept += [
        AgreedClause(id=e.id, path=e.path, digest=e.gets, container=e.container, form=e.form)
        for e in effect
        if e.gets is not None
    ]
    return Agreed(clauses=tuple(kept), retired=agreed.retired)


def reads_so(agreed: Agreed, effect: Effect) -> bool:
    """Whether the agreed text reads already as an effect would make it: nothing of it is left to do."""
    added = {(clause.path, clause.digest) for clause in agreed.clauses}
    for entry in effect:
        there = agreed.by_id.get(entry.id)
        if entry.gets is None:
            if there is not None:
                return False
        elif entry.had is None:
            if (entry.path, entry.gets) not in added:
                return False
        elif there is None or there.digest != entry.gets:
            return False
    return bool(effect)


def named(agreed: Agreed, ids: Mapping[str, str]) -> Agreed:
    """The agreed text, with the clauses that a contribution added under the ids it gave them (its own → there)."""
    own = {there: id_ for id_, there in ids.items()}
    if not own:
        return agreed
    clauses = tuple(
        replace(c, id=own.get(c.id, c.id), container=own.get(c.container, c.container))
        for c in agreed.clauses
    )
    return Agreed(clauses=clauses, retired=agreed.retired)


def document_effect(agreed: Agreed, path: str) -> Effect:
    """A document as it reads (C9): its ordered clauses, so that adding, removing, moving or changing one shows."""
    return tuple(
        Entry(id=c.id, path=c.path, had=c.digest, gets=c.digest, container=c.container, form=c.form)
        for c in agreed.clauses
        if c.path == path
    )


def touches_opinions(effect: Effect) -> bool:
    """Whether any touched clause stands in an Opinion (C1: what consensus gates in ``itu``)."""
    return any(entry.path.startswith(OPINIONS) for entry in effect)


def by_clause(effect: Effect) -> Mapping[str, Entry]:
    """The entries by clause id."""
    return {entry.id: entry for entry in effect}


def only(effect: Effect, clauses: Iterable[str]) -> Effect:
    """The part of an effect on the named clauses; the whole of it when none is named."""
    wanted = set(clauses)
    return tuple(entry for entry in effect if entry.id in wanted) if wanted else effect
