"""What a contribution proposes: the clause changes from its base to its head, by clause id (C5)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from accord.domain.agreement.effect import AgreedClause
from accord.domain.record.values import Effect, Entry
from accord.domain.text.clauses import Clause, Kind, digest
from accord.domain.text.identity import Identified

_NAMING = {Kind.HEADING: "heading", Kind.KEYWORD: "keyword"}


def agreed_clauses(clauses: Sequence[Identified]) -> tuple[AgreedClause, ...]:
    """The clauses of a text as the record keeps them: id, digest, id of the container, structural form."""
    out = []
    naming: dict[tuple[str, str], str] = {}
    for one in clauses:
        clause = one.clause
        names = [name for name in clause.container if name.startswith(("heading:", "keyword:"))]
        container = naming.get((clause.path, names[-1]), "") if names else ""
        out.append(
            AgreedClause(
                id=one.id, path=clause.path, digest=digest(clause), container=container, form=form(clause)
            )
        )
        if clause.kind in _NAMING:
            # A keyword is an emphasis as a clause, and plain words as a container.
            text = clause.text[1:-1] if clause.kind is Kind.KEYWORD else clause.text
            naming[(clause.path, f"{_NAMING[clause.kind]}:{text}")] = one.id
    return tuple(out)


def form(clause: Clause) -> str:
    """The structural form of a clause: kind, level, and the lists and quotations it stands in."""
    parts = [clause.kind.value]
    if clause.level:
        parts.append(str(clause.level))
    parts.extend(clause.frames)
    return "/".join(parts)


def proposal(base: Sequence[Identified], head: Sequence[Identified]) -> Effect:
    """What a head proposes against its base (C5); see :func:`differences`."""
    return differences(agreed_clauses(base), agreed_clauses(head))


def differences(base: Sequence[AgreedClause], after: Sequence[AgreedClause]) -> Effect:
    """The entries of every clause that reads, stands or is formed differently afterwards, in reading order.

    Deleted clauses come where they stood. ``had`` is the digest in the base.
    """
    before = {clause.id: clause for clause in base}
    kept = [clause.id for clause in after if clause.id in before]
    order = {id_: index for index, id_ in enumerate(before)}
    unmoved = set(_longest_in_order(kept, order))
    entries: list[Entry] = []
    removed = _removed_after(before, {clause.id for clause in after})
    entries.extend(removed.get("", ()))
    previous: dict[str, str] = {}
    for clause in after:
        entry = _entry(clause, before.get(clause.id), previous.get(clause.path, ""), unmoved)
        if entry is not None:
            entries.append(entry)
        entries.extend(removed.get(clause.id, ()))
        previous[clause.path] = clause.id
    return tuple(entries)


def _entry(
    clause: AgreedClause, base: AgreedClause | None, predecessor: str, unmoved: set[str]
) -> Entry | None:
    moved = base is not None and clause.id not in unmoved
    changed = base is None or (base.digest, base.container, base.form, base.path) != (
        clause.digest,
        clause.container,
        clause.form,
        clause.path,
    )
    if not moved and not changed:
        return None
    return Entry(
        id=clause.id,
        path=clause.path,
        had=base.digest if base else None,
        gets=clause.digest,
        container=clause.container,
        # C5. Its predecessor counts if it was added or moved, be it only to another heading, keyword or file.
        after=predecessor if base is None or moved or _elsewhere(clause, base) else None,
        form=clause.form,
    )


def _elsewhere(clause: AgreedClause, base: AgreedClause) -> bool:
    return (clause.path, clause.container) != (base.path, base.container)


def _removed_after(before: Mapping[str, AgreedClause], kept: set[str]) -> dict[str, list[Entry]]:
    """Deletions, by the id of the last kept clause before them in the base."""
    out: dict[str, list[Entry]] = {}
    anchor = ""
    for clause in before.values():
        if clause.id in kept:
            anchor = clause.id
        else:
            out.setdefault(anchor, []).append(
                Entry(
                    id=clause.id,
                    path=clause.path,
                    had=clause.digest,
                    gets=None,
                    container=clause.container,
                    form=clause.form,
                )
            )
    return out


def _longest_in_order(ids: Sequence[str], order: Mapping[str, int]) -> list[str]:
    """The longest run of ids that keeps the base's order (patience sorting); the others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, id_ in enumerate(ids):
        position = bisect_left(tails, order[id_])
        if position == len(tails):
            tails.append(order[id_])
            ends.append(index)
        else:
            tails[position] = order[id_]
            ends[position] = index
        back.append(ends[position - 1] if position else -1)
    run: list[str] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(ids[index])
        index = back[index]
    return run[::-1]
