"""`split`: named clauses of a contribution go to a new one, with everything that was said of them (C6)."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.merging import Change, together, version
from accord.application.proposing import Proposed, kept, propose
from accord.application.receiving import for_source
from accord.application.refusals import refuse_ended, refuse_in_call, refuse_redacted
from accord.application.texts import parsed
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import by_clause, effect_against
from accord.domain.agreement.objections import objections
from accord.domain.agreement.revisions import Revision
from accord.domain.agreement.split import only_about
from accord.domain.findings import Exit, refuse
from accord.domain.record.events import Received, Revised, Split
from accord.domain.record.values import Effect, Entry, Receipt
from accord.domain.text.identity import Identified
from accord.domain.text.part import Reading, with_changes

AUTHOR = "Accord"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What a version changes, by file: its base and itself, with the ids of their clauses, and which were moved."""

    before: Mapping[str, Reading]
    after: Mapping[str, Reading]
    effect: Effect

    @property
    def moved(self) -> set[str]:
        return {e.id for e in self.effect if e.had is not None and e.gets is not None and e.after is not None}

    def parts(self, chosen: Collection[str]) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """The files of the part and of the rest that differ from the base and from the whole."""
        part: dict[str, str | None] = {}
        rest: dict[str, str | None] = {}
        for path in sorted({*self.before, *self.after}):
            old, new = (
                self.before.get(path, Reading(version=None)),
                self.after.get(path, Reading(version=None)),
            )
            touched = {e.id for e in self.effect if e.id in {*old.ids, *new.ids}}
            here = touched & set(chosen)
            if not here:
                continue
            if here == touched:
                part[path], rest[path] = _text(new), _text(old)
            else:
                part[path] = with_changes(old, new, here, self.moved)
                rest[path] = with_changes(new, old, here, self.moved, undone=True)
        return part, rest


def split(desk: Desk, number: str, clauses: Sequence[str], *, reason: str, title: str = "") -> Done:
    """Split the changes of some clauses off to a new contribution; the others stay.

    Raises:
        Refused: not its source; clauses that it doesn't touch, all of them, or some that hang together with others;
            it is over, in the text, or not before the group; or a call runs whose rules refuse a change (C7).
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        by = for_source(desk, cases, case)
        current = _divisible(case)
        chosen = _chosen(case, current, clauses)
        into = chronicle.view.next_contribution
        part, rest = _divide(desk, chronicle, cases, case, current, chosen, into)
        refuse_in_call(case, rest.effect, cases)
        raised = [
            (one.id, tuple(e for e in one.clauses if e.id in by_clause(current.proposal)))
            for one in objections(case.dossier, cases.world, desk.now)
            if one.ended is None
        ]
        received = Received(
            by=by,
            received=current.own_receipt,
            recorded=desk.now,
            subject=str(into),
            channel=case.received.channel,
            alias=f"part of {case.number}",
            metadata={**(current.metadata or {}), "title": title or f"{case.title} (part)"},
            head=part.head,
            base=part.base,
            effect=part.effect,
            form=part.form,
            evidence=case.received.evidence,
            split_from=case.number,
        )
        act = Split(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            into=into,
            clauses=tuple(entry.id for entry in part.effect),
            objections=only_about(raised, chosen),
            reason=reason,
        )
        revision = current.number + 1
        left = Revised(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            revision=revision,
            metadata=current.metadata,
            head=rest.head,
            base=rest.base,
            effect=rest.effect,
            form=rest.form,
            meeting=current.meeting,
            reason=reason,
        )
        return Act(
            summary=f"Contribution {into} split from contribution {case.number}",
            events=(received, act, left),
            refs={**kept(into, 1, part.head), **kept(case.number, revision, rest.head)},
            allocate=True,
        )

    return desk.carry_out(decide)


def _divisible(case: Case) -> Revision:
    """The version that can be split: the one before the group, and no other."""
    refuse_ended(case)
    current = case.current
    refuse_redacted(case, current)
    if case.incorporated is not None:
        raise refuse(
            "split-incorporated",
            f"Contribution {case.number} is already in the text as a whole.",
            fix="Propose a change of the text instead.",
        )
    if not current.counts or current is not case.newest:
        raise refuse(
            "split-not-open",
            f"The newest version of contribution {case.number} is not before the group, so it cannot be split.",
            fix=f"`accord status {case.number}` says what it needs first.",
        )
    if current.head is None or current.base is None or not current.proposal:
        raise refuse(
            "split-no-text",
            f"Contribution {case.number} changes no text.",
            fix="Hand in another contribution for what should be treated apart.",
        )
    return current


def _chosen(case: Case, current: Revision, clauses: Sequence[str]) -> set[str]:
    known = [entry.id for entry in current.proposal]
    for clause in clauses:
        if clause not in known:
            close = difflib.get_close_matches(clause, known, n=1)
            raise refuse(
                "clause-untouched",
                f"Contribution {case.number} does not touch the clause `{clause}`.",
                fix=f"Did you mean `{close[0]}`?" if close else f"It touches: {', '.join(known)}.",
                exit_code=Exit.USAGE,
            )
    if set(clauses) >= set(known):
        raise refuse(
            "split-all",
            f"These are all the clauses that contribution {case.number} changes: nothing would be left of it.",
            fix=f"Name some of them: {', '.join(known)}.",
            exit_code=Exit.USAGE,
        )
    return set(clauses)


def _divide(
    desk: Desk,
    chronicle: Chronicle,
    cases: Cases,
    case: Case,
    current: Revision,
    chosen: set[str],
    into: int,
) -> tuple[Proposed, Proposed]:
    """The part and the rest, each as a text of its own; together they are the whole, entry for entry."""
    base, head = current.base or "", current.head or ""
    contribution = current.contribution
    amends = contribution.amends if contribution else None
    identities = desk.identities(chronicle)
    whole = identities.newest(case.number)
    text = _Text(
        before=_readings(desk, base, identities.written_on(base, amends)),
        after=_readings(desk, head, whole),
        effect=current.proposal,
    )
    part, rest = text.parts(chosen)
    words = f"Contribution {into}, split from contribution {case.number}"
    part_head = _commit(desk, part, base, f"{words}\n")
    rest_head = _commit(desk, rest, head, f"Contribution {case.number} without what went to {into}\n")
    found = tuple(
        propose(desk, chronicle, one, (whole,), base=base, amends=amends) for one in (part_head, rest_head)
    )
    ground = case.dossier.ground(cases.world, desk.now)
    effects = [{e.id: e for e in effect_against(one.effect, ground)} for one in found]
    wanted = {e.id: e for e in effect_against(current.proposal, ground)}
    changes = [
        Change(number=number, base=base, head=one)
        for number, one in ((into, part_head), (case.number, rest_head))
    ]
    files, clashes = together(desk, base, changes)
    begun = {**desk.texts.sources(base), **files}
    same = not clashes and _clauses(begun) == _clauses(desk.texts.sources(head))
    entries = {e.id: e for one in found for e in one.effect}
    if not same or entries != by_clause(current.proposal) or {**effects[0], **effects[1]} != wanted:
        raise refuse(
            "split-together",
            f"These clauses cannot be taken apart from the others of contribution {case.number}: "
            f"{_together(current.proposal, chosen)}.",
            fix="Name them together, or leave them together; what is moved to another place goes with its new place.",
        )
    return found[0], found[1]


def _together(effect: Effect, chosen: set[str]) -> str:
    """Which clauses stand or fall with which, in words."""
    entries = by_clause(effect)
    said = []
    for entry in effect:
        for other, how in ((entry.after, "comes right after"), (entry.container, "stands under")):
            if other in entries and (entry.id in chosen) is not (other in chosen):
                said.append(f"{entry.id} {how} {other}")
    moved = [entry.id for entry in effect if _is_moved(entry) and entry.id in chosen]
    said += [f"{id_} was moved" for id_ in moved]
    return "; ".join(dict.fromkeys(said)) or "they were changed where others were added, moved or removed"


def _is_moved(entry: Entry) -> bool:
    return entry.had is not None and entry.gets is not None and entry.after is not None


def _readings(desk: Desk, commit: str, clauses: Sequence[Identified]) -> dict[str, Reading]:
    ids: dict[str, list[str]] = {}
    for one in clauses:
        ids.setdefault(one.clause.path, []).append(one.id)
    return {
        path: Reading(version=version(path, text), ids=tuple(ids.get(path, ())))
        for path, text in desk.texts.sources(commit).items()
    }


def _clauses(files: Mapping[str, str | None]) -> list[tuple[object, ...]]:
    """What the clauses say and where they stand, however their numbers and gaps are typed."""
    return [
        (path, one.kind, one.text, one.level, one.container)
        for path, text in sorted(files.items())
        if text is not None
        for one in parsed(path, text).clauses
    ]


def _text(reading: Reading) -> str | None:
    return reading.version.text if reading.version else None


def _commit(desk: Desk, files: Mapping[str, str | None], parent: str, message: str) -> str:
    """The text kept, with nothing but these files changed; the same each time it is decided."""
    changed = {path: None if text is None else text.encode() for path, text in files.items()}
    return desk.repository.write_commit(changed, [parent], message, desk.now, AUTHOR)
