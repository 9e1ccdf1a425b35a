"""What a contribution would bring to the agreed text as it reads, clause by clause, before anything moves (C13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.identities import next_agreed
from accord.application.merging import change_of, put_in
from accord.application.texts import parsed
from accord.application.versions import versions
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.proposal import differences
from accord.domain.findings import Exit, refuse
from accord.domain.record.values import Effect


def brought(desk: Desk, chronicle: Chronicle, main: str, files: Mapping[str, str | None]) -> Effect:
    """What the agreed text at a commit of main would become with these files (None: removed)."""
    identities = desk.identities(chronicle)
    state = identities.seen_at(main)
    previous = Agreed.from_json(chronicle.fact(state.agreed))
    texts = {**desk.texts.sources(main), **files}
    documents = [parsed(path, text) for path, text in sorted(texts.items(), key=_order) if text is not None]
    after = next_agreed(previous, identities.of_seen(state), documents)
    return differences(previous.clauses, after.clauses)


def undeclared(declared: Effect, actual: Effect) -> tuple[str, ...]:
    """Ids of the clauses that would read otherwise than an effect says."""
    by_id = {entry.id: entry.gets for entry in declared}
    added = Counter((entry.path, entry.gets) for entry in declared if entry.had is None)
    out = []
    for entry in actual:
        if entry.id in by_id and by_id[entry.id] == entry.gets:
            continue
        if entry.had is None and added[(entry.path, entry.gets)]:
            added[(entry.path, entry.gets)] -= 1
            continue
        out.append(entry.id)
    return tuple(out)


def refuse_older(desk: Desk, cases: Cases, case: Case) -> None:
    """Refuse to decide on a text that would not come into the agreed text as it was read.

    C13. Where the same clause changed since it was written, putting both changes together makes a sentence that
    nobody proposed; two that cannot be put together are refused with each place. Asked before the call, so that
    it never first shows when the text is to move.

    Raises:
        Refused: as said (exit FINDINGS).
    """
    current = case.current
    onto = case.dossier.onto
    if current.head is None or not current.proposal or current.redacted is not None:
        return
    if onto is not None and onto.incorporated(cases.now) is None:
        return  # what it amends is not there yet
    version = next(one for one in versions(cases.chronicle, case.number) if one.revision == current.number)
    change = change_of(cases.chronicle, version)
    if change is None:
        return
    main = desk.main()
    files = put_in(desk, cases.chronicle, main, change)
    actual = brought(desk, cases.chronicle, main, files)
    refuse_undeclared(case, case.dossier.effect(cases.world, cases.now), actual)


def refuse_undeclared(case: Case, declared: Effect, actual: Effect) -> None:
    """Refuse what would bring a clause that the effect does not name as it would read (C13)."""
    ids = case.dossier.ids_below
    clauses = undeclared(tuple(replace(one, id=ids.get(one.id, one.id)) for one in declared), actual)
    if clauses:
        raise refuse(
            "text-older",
            f"Contribution {case.number} was written before the text changed in the same place: put in now, it would "
            f"say what nobody proposed ({', '.join(clauses)}).",
            fix=f"Its source hands in a version written on the text as it reads: `accord revise {case.number} BRANCH`.",
            exit_code=Exit.FINDINGS,
        )


def _order(item: tuple[str, str | None]) -> tuple[bool, str]:
    """Reading order: the Report, then the Opinions."""
    return not item[0].startswith("report/"), item[0]
