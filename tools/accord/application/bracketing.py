"""Square brackets that stand in the text: since when, who brought each, what would take it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.application.answers import source_shown
from accord.application.lineage import Change, Lineage
from accord.application.revision import Revision
from accord.application.seen import SeenState
from accord.application.sheets import speaking_of
from accord.domain.agreement.effect import OPINIONS
from accord.domain.drafts.brackets import Bracket, open_brackets
from accord.domain.record.events import Cut, Incorporated, Posted, Regularised
from accord.domain.text.clauses import Clause
from accord.render.negotiation.lifting import lift
from accord.render.negotiation.model import Alternative, TypedBracket
from accord.render.negotiation.words import age_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A bracket of a revision with the id of the clause it opens in, and the change that brought it there.

    ``change`` is None where the record knows nothing of the text; ``draft`` is the first draft that had it.
    """

    bracket: Bracket
    clause: str
    change: Change | None
    draft: str
    owner: str


def typed_brackets(
    revision: Revision, proposed: Mapping[str, Sequence[Alternative]]
) -> Mapping[str, tuple[TypedBracket, ...]]:
    """By the id of the clause it opens in, every bracket of the text; ``proposed`` are the alternatives by clause."""
    found: dict[str, list[TypedBracket]] = {}
    for one in held_brackets(revision):
        bracket, change = one.bracket, one.change
        found.setdefault(one.clause, []).append(
            TypedBracket(
                text=bracket.whole,
                until=bracket.until or (f"line {bracket.until_line}" if bracket.until_line else ""),
                paired=bracket.paired,
                beside=bracket.beside,
                inside=bracket.inside,
                owner=one.owner,
                since=change.state.recorded if change else None,
                draft=one.draft,
                event=change.state.seq if change else None,
                lift=lift(proposed.get(one.clause, ()), opinion=bracket.path.startswith(OPINIONS)),
                line=bracket.line,
            )
        )
    return {clause: tuple(brackets) for clause, brackets in found.items()}


def told_brackets(revision: Revision) -> Mapping[str, tuple[Bracket, ...]]:
    """By file, every bracket of the text with the words for who brought it and since when."""
    found: dict[str, list[Bracket]] = {}
    zone = revision.process.timetable.zone
    for one in held_brackets(revision):
        age = age_words(one.change.state.recorded if one.change else None, one.draft, revision.moment, zone)
        found.setdefault(one.bracket.path, []).append(
            replace(one.bracket, brought=f"brought by {one.owner}, {age}")
        )
    return {path: tuple(brackets) for path, brackets in found.items()}


def held_brackets(revision: Revision) -> list[Held]:
    """Every bracket of a revision, in reading order. The age of a bracket is that of the state of the text since which
    its clause has had it without a break, whatever happened to its number, to other clauses, or to the words in it.
    """
    clauses = [one.clause for one in revision.identified]
    found = open_brackets(clauses)
    if not found:
        return []
    origins = _Origins(revision)
    return [
        origins.held(bracket, revision.identified[bracket.first].id, clauses[bracket.first])
        for bracket in found
    ]


class _Origins:
    def __init__(self, revision: Revision) -> None:
        chronicle = revision.chronicle
        assert chronicle is not None  # noqa: S101 - clauses have ids only with a record
        last = revision.desk.identities(chronicle).seen_at(revision.commit)
        states = [state for state in chronicle.world().seen if isinstance(state, SeenState)]
        self._states = [state for state in states if state.seq <= last.seq]
        self._lineage = Lineage(revision.desk, chronicle, self._states)
        self._revision = revision
        self._words = speaking_of(revision)
        self._drafts = list(self._shown())

    def held(self, bracket: Bracket, id_: str, clause: Clause) -> Held:
        change = self._first(id_, bracket, clause)
        return Held(
            bracket=bracket,
            clause=id_,
            change=change,
            draft=next((name for name, seq in self._drafts if change and seq >= change.state.seq), ""),
            owner=self._owner(change),
        )

    def _first(self, id_: str, bracket: Bracket, clause: Clause) -> Change | None:
        """The change that brought it, followed back through the states of its clause."""
        nth = _alone(clause, bracket)
        later = clause
        found: Change | None = None
        for change in reversed(list(self._lineage.of(id_))):
            if change.new is None:
                break
            if change.new.text != later.text:
                nth = _earlier(change.new, later, nth)
            if nth is None:
                break
            found = change
            if change.old is None:
                break
            nth, later = _earlier(change.old, change.new, nth), change.old
        return found

    def _owner(self, change: Change | None) -> str:
        act = change.act if change else None
        if change is None:
            return "not known to the record"
        if change.what == "present":
            return "in the text since the record began"
        if isinstance(act, Regularised):
            return f"the secretariat, which took responsibility for the change ({act.by.name})"
        if not isinstance(act, Incorporated):
            return "nobody has answered for the change that brought it (C13)"
        assert self._revision.cases is not None  # noqa: S101 - as above
        case = self._revision.cases.contribution(act.subject)
        if case.current.role == "secretariat":
            return f"the text of the secretariat, contribution {case.number}"
        return f"{source_shown(case, self._words)}, contribution {case.number}"

    def _shown(self) -> Iterator[tuple[str, int]]:
        """Each draft with the state of the text it had, in the order of the drafts."""
        chronicle, revision = self._revision.chronicle, self._revision
        assert chronicle is not None  # noqa: S101 - as above
        identities = revision.desk.identities(chronicle)
        cut = {
            one.draft: identities.seen_at(one.commit).seq
            for one in chronicle.process()
            if isinstance(one, Cut) and one.recorded <= revision.moment
        }
        posted = {
            one.draft: chronicle.world().at(one.at).seq
            for one in chronicle.process()
            if isinstance(one, Posted) and one.recorded <= revision.moment
        }
        return iter(sorted({**posted, **cut}.items(), key=lambda item: item[1]))


def _alone(clause: Clause, bracket: Bracket) -> int | None:
    """Which bracket of its clause it is when the clause is read alone; one that spans several is half a one there."""
    before = [nth for nth, one in enumerate(open_brackets([clause])) if one.at <= bracket.at]
    return before[-1] if before else None


def _earlier(old: Clause, new: Clause, nth: int | None) -> int | None:
    """Which bracket of the clause as it read before it was; None when it was not there.

    The same words are the same bracket; of the others the first is the first, if there were as many.
    """
    before = [one.whole for one in open_brackets([old])]
    after = [one.whole for one in open_brackets([new])]
    left = list(range(len(before)))
    alone = []
    for index, text in enumerate(after):
        twin = next((place for place in left if before[place] == text), None)
        if twin is None:
            alone.append(index)
            continue
        left.remove(twin)
        if index == nth:
            return twin
    return left[alone.index(nth)] if nth in alone and len(left) == len(alone) else None
