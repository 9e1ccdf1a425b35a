"""`conflicts`: open contributions that touch the same clauses, compatible or alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from accord.application.cases import Cases
from accord.application.desk import Desk
from accord.application.merging import merge_files
from accord.application.proposing import earlier_heads
from accord.application.reports import Report
from accord.application.texts import parsed
from accord.domain.agreement.case import Case
from accord.domain.record.values import Entry
from accord.domain.text.identity import Identified, carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two contributions that meet on a clause: the merged wording if they are compatible, else None.

    ``proposed`` gives the wording each of them proposes, None where it deletes the clause.
    """

    clause: str
    label: str
    current: str | None
    numbers: tuple[int, int]
    proposed: tuple[str | None, str | None]
    merged: str | None

    @property
    def compatible(self) -> bool:
        """Whether both can be incorporated as they are."""
        return self.merged is not None


def conflicts(desk: Desk) -> Report:
    """Every clause that two open contributions touch (or place at which both add)."""
    cases = Cases(desk.chronicle(), desk.now)
    open_cases = _open(cases)
    found = meetings(desk, cases, open_cases)
    if not found:
        return Report(text="No two open contributions touch the same clause.", data={"clauses": []})
    titles = {case.number: case.title for case in open_cases}
    lines: list[str] = []
    for one in found:
        word = "compatible" if one.compatible else "alternatives"
        lines.append(
            f"{one.label or one.clause}: contributions {one.numbers[0]} and {one.numbers[1]} are {word}."
        )
        if one.current is not None:
            lines.append(f"  as it reads   {one.current}")
        for number, text in zip(one.numbers, one.proposed, strict=True):
            lines.append(f"  {number:<12}  {text if text is not None else '(deleted)'}   — {titles[number]}")
        if one.merged is not None:
            lines.append(f"  together      {one.merged or '(deleted)'}")
        lines.append("")
    return Report(
        text="\n".join(lines),
        data={
            "clauses": [
                {
                    "clause": one.clause,
                    "label": one.label,
                    "contributions": list(one.numbers),
                    "result": "compatible" if one.compatible else "alternatives",
                    "current": one.current,
                    "proposed": list(one.proposed),
                    "merged": one.merged,
                }
                for one in found
            ]
        },
    )


def meetings(desk: Desk, cases: Cases, open_cases: Sequence[Case]) -> list[Meeting]:
    """The pairs of open contributions that meet, in reading order of the text."""
    from accord.domain.text import numbering

    chronicle = cases.chronicle
    identities = desk.identities(chronicle)
    seen = chronicle.main_seen()[-1]
    agreed = identities.of_seen(seen)
    documents = numbering.number(desk.texts.documents(seen.commit))
    labels = {
        one.id: clause.label
        for one, clause in zip(agreed, (c for d in documents for c in d.clauses), strict=True)
    }
    texts = {one.id: one.clause.text for one in agreed}
    touching: dict[str, list[tuple[Case, Entry]]] = defaultdict(list)
    for case in open_cases:
        for entry in case.dossier.effect(cases.world, cases.now):
            touching[_place(entry)].append((case, entry))
    meeting = {case.number: case for touches in touching.values() if len(touches) > 1 for case, _ in touches}
    heads = {number: _texts_of(earlier_heads(desk, chronicle, case)) for number, case in meeting.items()}
    given = identities.given(seen)
    trials: dict[tuple[int, int], Mapping[str, str] | None] = {}
    found = []
    for place, touches in touching.items():
        for (one, first), (other, second) in combinations(touches, 2):
            pair = (one.number, other.number)
            if pair not in trials:
                trials[pair] = _together(desk, seen.commit, agreed, one, other, given)
            together = trials[pair]
            clause = place.removeprefix("after ")
            found.append(
                Meeting(
                    clause=clause,
                    label=f"after {labels.get(clause) or clause}"
                    if place != clause
                    else labels.get(clause, ""),
                    current=texts.get(clause) if place == clause else None,
                    numbers=pair,
                    proposed=(heads[one.number].get(first.id), heads[other.number].get(second.id)),
                    merged=None if together is None else together.get(first.id, ""),
                )
            )
    order = {one.id: index for index, one in enumerate(agreed)}
    return sorted(found, key=lambda m: (order.get(m.clause, len(order)), m.numbers))


def _open(cases: Cases) -> list[Case]:
    return [c for c in cases.all() if not c.ended and c.incorporated is None and c.current.counts]


def _place(entry: Entry) -> str:
    # Two additions meet when they come at the same place.
    return entry.id if entry.had is not None else f"after {entry.after or entry.path}"


def _texts_of(clauses: Sequence[Identified]) -> Mapping[str, str]:
    return {one.id: one.clause.text for one in clauses}


def _together(
    desk: Desk, main: str, agreed: Sequence[Identified], one: Case, other: Case, given: set[str]
) -> Mapping[str, str] | None:
    """The wording of each clause with both contributions in the text; None if they exclude each other."""
    sources = desk.texts.sources
    files = sources(main)
    touched: set[str] = set()
    for case in (one, other):
        current = case.current
        if current.base is None or current.head is None:
            return None
        result = merge_files(sources(current.base), files, sources(current.head))
        if result.conflicts:
            return None
        touched.update(result.files)
        for path, text in result.files.items():
            if text is None:
                files.pop(path, None)
            else:
                files[path] = text
    # Only what was touched is identified anew: the rest reads as the agreed text does.
    before = [known for known in agreed if known.clause.path in touched]
    documents = [parsed(path, files[path]) for path in sorted(touched) if path in files]
    return _texts_of(carry(before, documents, ever_given=given))
