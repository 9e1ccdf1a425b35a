"""Clause identity along the history of main, and what a contribution proposes against it."""

from __future__ import annotations

from collections.abc import Sequence

from accord.application.chronicle import Chronicle
from accord.application.ports import Repository
from accord.application.texts import Texts
from accord.application.versions import TextVersion, incorporated, newest_before, version_at, versions
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.proposal import agreed_clauses
from accord.domain.record.events import MainSeen, Received
from accord.domain.text.align import align_files
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
        self._versions: dict[int, tuple[Identified, ...]] = {}

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

    def given_before(self, seq: int | None) -> set[str]:
        """Every id given to the agreed text before an event of the record; by now if None."""
        seen = [event for event in self._chronicle.main_seen() if seq is None or event.seq < seq]
        return self.given((seen or self._chronicle.main_seen())[-1])

    def written_on(self, base: str, amends: int | None, before: int | None = None) -> tuple[Identified, ...]:
        """The clauses of the text that a version was written on: of main, or for an amendment of what it amends.

        Once that is in the agreed text an amendment may be written on main; what it added keeps the ids it gave.
        ``before``: as the record stood before that event.
        """
        if amends is None:
            return self.at(base)
        found = version_at(self._chronicle, amends, base, before)
        if found is not None:
            return self.of_version(found)
        act = incorporated(self._chronicle, amends, before)
        names = {there: own for own, there in act.ids.items()} if act else {}
        return tuple(Identified(id=names.get(one.id, one.id), clause=one.clause) for one in self.at(base))

    def of_version(self, version: TextVersion) -> tuple[Identified, ...]:
        """The clauses of a version as it was handed in, with the ids they had then."""
        event = version.event
        if event.seq not in self._versions:
            earlier = self.earlier(version)
            if version.unread or self._repository.resolve(event.head or "") is None:
                self._versions[event.seq] = earlier[-1]
            else:
                base = self.written_on(event.base or "", version.amends, event.seq)
                given = self.given_before(event.seq)
                self._versions[event.seq] = self.of_head(base, event.head or "", earlier, given)
        return self._versions[event.seq]

    def earlier(self, version: TextVersion) -> tuple[tuple[Identified, ...], ...]:
        """Where the clauses that a version adds may have their ids from: what it took over, then the one before."""
        event = version.event
        number = event.split_from if isinstance(event, Received) else version.number
        previous = None if number is None else newest_before(self._chronicle, number, event.seq)
        before = self.of_version(previous) if previous else ()
        if isinstance(event, Received) or event.took is None:
            return (before,)
        brought = self._repository.resolve(f"{event.head}^2") or ""
        taken = version_at(self._chronicle, event.took, brought, event.seq)
        return (self.of_version(taken) if taken else (), before)

    def newest(self, number: int) -> tuple[Identified, ...]:
        """The clauses of the newest version of a contribution whose text was read."""
        found = versions(self._chronicle, number)
        return self.of_version(found[-1]) if found else ()

    def of_head(
        self,
        base: Sequence[Identified],
        commit: str,
        earlier: Sequence[Sequence[Identified]],
        given: set[str],
    ) -> tuple[Identified, ...]:
        """The clauses of a contribution: those of its base keep their ids; new ones keep the id they had in an
        earlier version of the same contribution (the first of ``earlier`` that has them), so that rewording an
        addition is a change of that addition.
        """
        head = carry(base, self._texts.documents(commit), ever_given=given)
        known = {one.id for one in base}
        renamed: dict[str, str] = {}
        for version in earlier:
            fresh = [one for one in head if one.id not in known and one.id not in renamed]
            before = [one for one in version if one.id not in known and one.id not in renamed.values()]
            if not fresh or not before:
                continue
            renamed |= _same(before, fresh)
        return tuple(Identified(id=renamed.get(one.id, one.id), clause=one.clause) for one in head)


def _same(before: Sequence[Identified], fresh: Sequence[Identified]) -> dict[str, str]:
    """New id → the id of the clause that it was before, in the same file if it can be."""
    paths = list(dict.fromkeys(one.clause.path for one in (*before, *fresh)))
    olds = [one for path in paths for one in before if one.clause.path == path]
    news = [one for path in paths for one in fresh if one.clause.path == path]
    files = [
        (
            [one.clause for one in olds if one.clause.path == path],
            [one.clause for one in news if one.clause.path == path],
        )
        for path in paths
    ]
    return {
        news[pair.new].id: olds[pair.old].id
        for pair in align_files(files)
        if pair.old is not None and pair.new is not None
    }
