"""Who is behind what is on the table, and who asks that a clause stay as it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from accord.application.answers import class_shown, source_shown
from accord.application.clause_names import find_clause
from accord.application.draft_facts import cuts_of
from accord.application.merging import change_of
from accord.application.readings import Reading
from accord.application.revision import Revision
from accord.application.sheets import speaking_of
from accord.application.table import Table
from accord.application.versions import TextVersion, versions
from accord.domain.agreement.case import Case
from accord.domain.agreement.objections import Objection
from accord.domain.findings import Refused
from accord.domain.process.forum import State
from accord.domain.record.events import Posted
from accord.render.building_on import amends_still
from accord.render.messages import next_step, objection_line, state_words
from accord.render.negotiation.model import Insisting, Proposer

_SETTLED = (State.AGREED, State.ADOPTED)
_RANK = {"proposal": 0, "view": 1}


def on_the_table(case: Case) -> bool:
    """Whether it is before the group, neither over nor in the text, and not agreed."""
    return _alive(case) and case.current.counts and case.state not in _SETTLED


def waits_to_go_in(case: Case) -> bool:
    """Whether it is agreed and its text not in the agreed text yet."""
    return _alive(case) and case.state in _SETTLED and bool(case.current.proposal)


def rank(case: Case) -> tuple[int, int]:
    """Proposals before views (R9), then by number."""
    return _RANK.get(class_shown(case), len(_RANK)), case.number


class Proposers:
    """Tells of contributions at one moment, on one text."""

    def __init__(self, revision: Revision) -> None:
        assert revision.chronicle is not None  # noqa: S101 - the caller has a record
        assert revision.cases is not None  # noqa: S101
        self._revision = revision
        self._chronicle = revision.chronicle
        self._world = revision.cases.world
        self._words = speaking_of(revision)
        self._table = Table(revision.desk, revision.chronicle, self._world.at(revision.moment).commit)
        self._drafts: dict[str, Revision | None] = {}

    def version(self, case: Case) -> TextVersion | None:
        """The version before the group, as it was handed in; None when its text is out of reach."""
        known = [v for v in versions(self._chronicle, case.number) if v.revision == case.current.number]
        return known[0] if known and case.current.redacted is None else None

    def proposer(self, case: Case, reading: Reading | None = None) -> Proposer:
        """A contribution; with ``reading`` as far as it is about that place."""
        contribution, admission, verdict = case.current.contribution, case.current.admission, case.verdict
        category = (
            self._words.forum.category(admission.category) if admission and admission.category else None
        )
        standing = [one for one in _standing(case) if reading is None or _about(one, reading)]
        voices = verdict.readiness.voices if verdict else ()
        outdated = [
            self._words.name_of(voice.entity)
            for voice in voices
            if reading and reading.ids & set(voice.outdated)
        ]
        amends = next((one.number for one in case.dossier.requires if amends_still(case, one)), None)
        gated = verdict is not None and verdict.readiness.gated
        return Proposer(
            number=case.number,
            title=case.title,
            source=source_shown(case, self._words),
            category=category.label if category else "",
            input_class=class_shown(case),
            reasons=contribution.reasons if contribution else "",
            state=case.state,
            said=state_words(case, self._words),
            needs=next_step(case, replace(self._words, brief=True)),
            based_on=contribution.based_on if contribution else "",
            since=_since(case, reading),
            objections=tuple(objection_line(one, self._words, gated=gated) for one in standing),
            objectors=tuple(dict.fromkeys(self._words.name_of(one.entity) for one in standing)),
            outdated=tuple(dict.fromkeys(outdated)),
            older=reading is not None and reading.older,
            fits=amends is not None or self._fits(case),
            amends=amends,
        )

    def objecting(self, wanted: Sequence[tuple[Case, Reading]]) -> Iterator[Insisting]:
        """NOC. Who objects to a change of a clause and proposes none there itself."""
        sources = {source_shown(case, self._words) for case, _ in wanted}
        for case, reading in wanted:
            for one in _standing(case):
                who = self._words.name_of(one.entity)
                if _about(one, reading) and who not in sources:
                    yield Insisting(
                        who=f"experts nominated by {who}",
                        words=f"objection {one.id} to contribution {case.number}",
                    )

    def speaking_to(self, case: Case) -> Iterator[tuple[str, Insisting]]:
        """NOC. The clauses that a contribution names without proposing a change of the text, by id."""
        contribution = case.current.contribution
        if contribution is None:
            return
        said = Insisting(
            who=source_shown(case, self._words),
            words=f"contribution {case.number} speaks to it and proposes no change: “{contribution.reasons}”",
        )
        draft = self._draft(contribution.based_on)
        for given in contribution.clauses:
            try:
                yield find_clause(given, draft or self._revision, self._world.seen), said
            except Refused:
                continue  # what it named is checked where it comes in

    def _draft(self, name: str) -> Revision | None:
        """The text of a draft, in which a contribution names its clauses by their numbers."""
        if name not in self._drafts:
            cut = [one.commit for one in cuts_of(self._chronicle) if one.draft == name]
            posted = [
                self._world.at(one.at).commit
                for one in self._chronicle.process()
                if isinstance(one, Posted) and one.draft == name
            ]
            read = self._revision
            self._drafts[name] = next(
                (Revision(read.desk, one, self._chronicle, read.moment) for one in (*cut, *posted)), None
            )
        return self._drafts[name]

    def _fits(self, case: Case) -> bool:
        version = self.version(case)
        change = change_of(self._chronicle, version) if version else None
        return change is None or not case.current.proposal or not self._table.unfit(change)


def _alive(case: Case) -> bool:
    return not case.ended and case.incorporated is None


def _standing(case: Case) -> list[Objection]:
    return [one for one in case.verdict.readiness.objections if one.stands] if case.verdict else []


def _about(objection: Objection, reading: Reading) -> bool:
    return any(entry.id in reading.ids for entry in objection.clauses)


def _since(case: Case, reading: Reading | None) -> datetime:
    """From when on it has been about this place without a break."""
    counting = [one for one in case.revisions if one.counts]
    since = case.current.receipt.latest
    for revision in reversed(counting):
        if reading is not None and not reading.ids & {entry.id for entry in revision.proposal}:
            break
        since = revision.receipt.latest
    return since
