"""Clause identity along the history of main, and what a contribution proposes against it."""

from __future__ import annotations

from collections.abc import Sequence

from accord.application.chronicle import Chronicle
from accord.application.ports import Repository
from accord.application.texts import Texts
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.proposal import agreed_clauses
from accord.domain.record.events import MainSeen
from accord.domain.text.align import align
from accord.domain.text.clauses import Document, digest
from accord.domain.text.identity import Identified, carry


def next_agreed(previous: Agreed, before: Sequence[Identified], documents: Sequence[Document]) -> Agreed:
    """The next state of the agreed text: clauses that survive keep their id, ids of the gone are retired."""
    given = {clause.id for clause in previous.clauses} | set(previous.retired)
    identified = carry(before, documents, ever_given=given)
    kept = {one.id for one in identified}
    gone = [clause.id for clause in previous.clauses if clause.id not in kept]
    return Agreed(clauses=agreed_clauses(identified), retired=(*previous.retired, *gone))


class Identities:
    """Gives clauses of any revision their ids, from the states of main the record saw."""

    def __init__(self, repository: Repository, texts: Texts, chronicle: Chronicle) -> None:
        self._repository = repository
        self._texts = texts
        self._chronicle = chronicle

    def of_seen(self, event: MainSeen) -> tuple[Identified, ...]:
        """The clauses of a state that was seen: its texts, with the ids the record keeps."""
        agreed = Agreed.from_json(self._chronicle.fact(event.agreed))
        clauses = [clause for doc in self._texts.documents(event.commit) for clause in doc.clauses]
        if len(clauses) != len(agreed.clauses) or any(
            digest(clause) != kept.digest for clause, kept in zip(clauses, agreed.clauses, strict=True)
        ):
            # The texts were rewritten behind the record's back; `verify` says so. Ids are carried as well as can be.
            return carry((), self._texts.documents(event.commit), ever_given=())
        return tuple(
            Identified(id=kept.id, clause=clause)
            for clause, kept in zip(clauses, agreed.clauses, strict=True)
        )

    def at(self, commit: str) -> tuple[Identified, ...]:
        """The clauses of a commit on main, with ids carried from the newest state seen at or before it."""
        event = self.seen_at(commit)
        known = self.of_seen(event)
        documents = self._texts.documents(commit)
        if [one.clause for one in known] == [clause for doc in documents for clause in doc.clauses]:
            return known
        return carry(known, documents, ever_given=self.given(event))

    def seen_at(self, commit: str) -> MainSeen:
        """The newest state seen at or before a commit of main; the first one seen for what is older."""
        seen = {event.commit: event for event in self._chronicle.main_seen()}
        if commit in seen:
            return seen[commit]
        for info in reversed(self._repository.first_parent(None, commit)):
            if info.oid in seen:
                return seen[info.oid]
        return self._chronicle.main_seen()[0]

    def given(self, event: MainSeen) -> set[str]:
        """Every id given up to a state."""
        agreed = Agreed.from_json(self._chronicle.fact(event.agreed))
        return {clause.id for clause in agreed.clauses} | set(agreed.retired)

    def of_head(
        self, base: Sequence[Identified], commit: str, earlier: Sequence[Identified], given: set[str]
    ) -> tuple[Identified, ...]:
        """The clauses of a contribution: those of its base keep their ids; new ones keep the id they had in an
        earlier version of the same contribution, so that rewording an addition is a change of that addition.
        """
        head = carry(base, self._texts.documents(commit), ever_given=given)
        known = {one.id for one in base}
        fresh = [one for one in head if one.id not in known]
        before = [one for one in earlier if one.id not in known]
        if not fresh or not before:
            return head
        renamed: dict[str, str] = {}
        for pair in align([one.clause for one in before], [one.clause for one in fresh]):
            if pair.old is not None and pair.new is not None:
                renamed[fresh[pair.new].id] = before[pair.old].id
        return tuple(Identified(id=renamed.get(one.id, one.id), clause=one.clause) for one in head)
