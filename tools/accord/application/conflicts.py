"""`conflicts`: open contributions that touch the same clauses, compatible or alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from accord.application.cases import Cases
from accord.application.desk import Desk
from accord.application.merging import AS_IT_READS, Change, Clash
from accord.application.reports import Report
from accord.application.table import Place, Table
from accord.domain.agreement.case import Case
from accord.domain.record.values import Entry
from accord.render.alternatives import Meeting, meeting_blocks
from accord.render.building_on import amends_still, building_lines


def conflicts(desk: Desk) -> Report:
    """Every clause that open contributions touch together, or place at which they add."""
    cases = Cases(desk.chronicle(), desk.now)
    open_cases = [case for case in cases.all() if _is_open(case)]
    table = _table(desk, cases)
    found = _meetings(table, cases, open_cases)
    titles = {case.number: case.title for case in open_cases}
    lines = meeting_blocks(found, titles) or ["No two open contributions touch the same clause."]
    unfit = [case.number for case in open_cases if (change := _change(case)) and table.unfit(change)]
    lines += [
        f"Contribution {number} no longer fits the text as it reads. "
        "Next: its source hands in a version written on the newest text."
        for number in unfit
    ]
    lines += [
        line
        for case in open_cases
        if any(one.met is None for one in case.dossier.requires)
        for line in building_lines(case)
    ]
    return Report(
        text="\n".join(lines),
        data={
            "clauses": [meeting_data(one) for one in found],
            "no_longer_fit": unfit,
            "builds_on": {
                str(case.number): [one.number for one in case.dossier.requires if one.met is None]
                for case in open_cases
                if any(one.met is None for one in case.dossier.requires)
            },
        },
    )


def meetings_of(desk: Desk, cases: Cases, case: Case) -> list[Meeting]:
    """Where one contribution meets other open ones; cheap when it meets few."""
    if not _is_open(case):
        return []
    others = [other for other in cases.all() if _is_open(other) and other.number != case.number]
    return _meetings(_table(desk, cases), cases, [case, *others], only=case.number)


def every_meeting(desk: Desk, cases: Cases, known: Sequence[Case]) -> list[Meeting]:
    """Where any of these contributions meet, as far as they are open."""
    return _meetings(_table(desk, cases), cases, [case for case in known if _is_open(case)])


def meeting_data(one: Meeting) -> dict[str, object]:
    """A meeting as JSON."""
    return {
        "clause": one.clause,
        "label": one.label,
        "contributions": list(one.numbers),
        "result": "compatible" if one.compatible else "alternatives",
        "current": one.current,
        "proposed": list(one.proposed),
        "merged": one.merged,
    }


def _is_open(case: Case) -> bool:
    return not case.ended and case.incorporated is None and case.current.counts


def _table(desk: Desk, cases: Cases) -> Table:
    return Table(desk, cases.chronicle, cases.world.at(cases.now).commit)


def _meetings(
    table: Table, cases: Cases, open_cases: Sequence[Case], *, only: int | None = None
) -> list[Meeting]:
    """The open contributions that meet (with ``only``: that meet this one), in reading order of the text.

    Two by two, and all that go together where they are more than two: what is compatible in pairs is tried as a whole.
    """
    changes: dict[int, Change] = {}
    shared: dict[Place, set[int]] = {}
    touched: dict[int, set[Place]] = {}
    for case in open_cases:
        change = _change(case)
        if change is None:
            continue
        changes[case.number] = change
        touched[case.number] = {_place(e) for e in case.dossier.effect(cases.world, cases.now)}
        for place in touched[case.number] | table.places(change):
            shared.setdefault(place, set()).add(case.number)
    pairs = {
        pair
        for numbers in shared.values()
        if only is None or only in numbers
        for pair in combinations(sorted(numbers), 2)
        if only is None or only in pair
    }
    found: dict[tuple[Place, tuple[int, ...]], Meeting] = {}
    fitting: dict[Place, set[tuple[int, int]]] = {}
    for pair in sorted(pairs):
        together = [changes[number] for number in pair]
        clashes = table.clashes(together)
        both = touched[pair[0]] & touched[pair[1]]
        wanted = _clash_places(table, together, clashes)
        for place in both | wanted.keys():
            found[place, pair] = _meeting(table, place, together, clashes, wanted.get(place, {}))
            if not clashes:
                fitting.setdefault(place, set()).add(pair)
    for place, fits in fitting.items():
        for group in _groups(fits):
            together = [changes[number] for number in group]
            found[place, group] = _meeting(table, place, together, table.clashes(together), {})
    order = table.order()
    return sorted(found.values(), key=lambda m: (order.get(m.clause, len(order)), m.label, m.numbers))


def _meeting(
    table: Table,
    place: Place,
    together: Sequence[Change],
    clashes: Sequence[Clash],
    wanted: Mapping[int, str],
) -> Meeting:
    kind, clause = place
    label = table.label(clause)
    return Meeting(
        clause=clause,
        label=label if kind == "clause" else f"after {label or clause}",
        current=table.current(clause) if kind == "clause" else None,
        numbers=tuple(change.number for change in together),
        proposed=tuple(
            (wanted[change.number] or None) if change.number in wanted else table.proposed(place, change)
            for change in together
        ),
        merged=None if clashes else table.merged(place, together),
    )


def _clash_places(
    table: Table, together: Sequence[Change], clashes: Sequence[Clash]
) -> dict[Place, dict[int, str]]:
    """Where several clash, and what each of them wants there."""
    out: dict[Place, dict[int, str]] = {}
    for clash in clashes:
        if AS_IT_READS in clash.wanted:
            continue  # one of them does not fit the text as it reads, whatever the other does
        wanted = {n: "\n".join(clause.text for clause in clauses) for n, clauses in clash.wanted.items()}
        if clash.index is None:
            out[("gap", clash.path)] = {}
        else:
            out[table.place_of(clash, together)] = wanted
    return out


def _groups(pairs: set[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Three and more contributions that go together in pairs; each one that goes with any is in one of the groups."""
    groups: list[list[int]] = []
    for number in sorted({number for pair in pairs for number in pair}):
        home = next((g for g in groups if all((other, number) in pairs for other in g)), None)
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    return [tuple(group) for group in groups if len(group) > 2]


def _change(case: Case) -> Change | None:
    current = case.current
    if current.head is None or current.base is None or not current.proposal or current.redacted is not None:
        return None
    if any(amends_still(case, one) for one in case.dossier.requires):
        return None  # it changes a text that is only proposed, not the agreed one
    return Change(number=case.number, base=current.base, head=current.head)


def _place(entry: Entry) -> Place:
    # Two additions meet when they come at the same place.
    return ("clause", entry.id) if entry.had is not None else ("gap", entry.after or entry.path)
