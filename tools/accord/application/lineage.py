"""What happened to clauses along the states of the text that the record saw: each change, and the act that answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.seen import SeenState
from accord.domain.agreement.merged import answering
from accord.domain.agreement.proposal import differences
from accord.domain.findings import Place, refuse
from accord.domain.record.events import Incorporated, Regularised
from accord.domain.record.values import Entry
from accord.domain.text.clauses import Clause
from accord.domain.text.numbering import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A clause from one state of the text to the next: ``what`` is present, added, changed, moved or removed.

    ``old`` and ``new`` carry the printed number of their state. Without ``act`` nobody answers for it.
    """

    what: str
    state: SeenState
    old: Clause | None
    new: Clause | None
    act: Incorporated | Regularised | None


class Lineage:
    """Follows clauses through states, each worked out once however many clauses are asked about."""

    def __init__(self, desk: Desk, chronicle: Chronicle, states: Sequence[SeenState]) -> None:
        self._desk = desk
        self._chronicle = chronicle
        self._states = states
        self._clauses: dict[str, Mapping[str, Clause]] = {}

    def of(self, id_: str) -> Iterator[Change]:
        """Every change of a clause, oldest first.

        Raises:
            Refused: a text does not read as the record says (exit FINDINGS).
        """
        first = self._states[0]
        if id_ in first.agreed.by_id:
            new = self._clause(first, id_)
            yield Change(what="present", state=first, old=None, new=new, act=None)
        for before, after, entry in self._changes.get(id_, ()):
            was, now = before.agreed.by_id.get(id_), after.agreed.by_id.get(id_)
            if was is None or now is None:
                what = "added" if was is None else "removed"
            else:
                what = "moved" if (was.digest, was.form) == (now.digest, now.form) else "changed"
            yield Change(
                what=what,
                state=after,
                old=self._clause(before, id_) if was else None,
                new=self._clause(after, id_) if now else None,
                act=answering(entry, self._acts.get(after.commit, ())),
            )

    @cached_property
    def _changes(self) -> Mapping[str, Sequence[tuple[SeenState, SeenState, Entry]]]:
        found: dict[str, list[tuple[SeenState, SeenState, Entry]]] = {}
        for before, after in zip(self._states, self._states[1:], strict=False):
            if before.event.agreed == after.event.agreed:
                continue
            for entry in differences(before.agreed.clauses, after.agreed.clauses):
                found.setdefault(entry.id, []).append((before, after, entry))
        return found

    @cached_property
    def _acts(self) -> Mapping[str, Sequence[Incorporated | Regularised]]:
        acts: dict[str, list[Incorporated | Regularised]] = {}
        for event in self._chronicle.everything():
            if isinstance(event, (Incorporated, Regularised)):
                acts.setdefault(event.commit, []).append(event)
        return acts

    def _clause(self, state: SeenState, id_: str) -> Clause:
        if state.commit not in self._clauses:
            known = self._desk.identities(self._chronicle).of_seen(state.event)
            documents = number(self._desk.texts.documents(state.commit))
            numbered = [clause for document in documents for clause in document.clauses]
            self._clauses[state.commit] = {
                one.id: clause for one, clause in zip(known, numbered, strict=True)
            }
        clause = self._clauses[state.commit].get(id_)
        if clause is None:
            raise refuse(
                "text-differs",
                f"The text {state.commit[:12]} does not read as the record says.",
                fix="`accord verify` says what differs.",
                place=Place(file="record", path=f"event {state.seq}"),
            )
        return clause
