"""A revision with all that is known about it: texts, clause ids, contributions and Opinions as they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from accord.application.cases import Cases, OpinionCase, deciding
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.loading import Process, load_process
from accord.application.reading import PROCESS_FILES
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import OPINIONS, document_effect
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import Showing
from accord.domain.findings import Exit, Finding, Refused
from accord.domain.process.opinion_themes import opinion_themes
from accord.domain.record.events import Declared, Outcome, Recalled
from accord.domain.text.clauses import Document
from accord.domain.text.identity import Identified
from accord.domain.text.numbering import number

_SHOWING: Mapping[str, Showing] = {
    "transmitted in brackets": Showing.IN_BRACKETS,
    "left out": Showing.LEFT_OUT,
}
COVER = "report/00-cover.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOpinion:
    """A draft Opinion of a revision.

    ``current`` says whether it reads as the newest agreed text does; only then does its case speak about it.
    ``decided`` is the event that says how it is shown, or its declaration. ``stale``: that event is about another
    wording. ``sources`` are the incorporated contributions it came from.
    """

    name: str
    document: Document
    front: Mapping[str, Any]
    case: OpinionCase | None
    current: bool
    showing: Showing
    decided: Declared | Outcome | None
    stale: bool
    discussed: bool
    sources: tuple[int, ...]

    @property
    def title(self) -> str:
        """Its title, or its name where the front matter cannot be read."""
        return str(self.front.get("title") or self.name)

    @property
    def stage(self) -> str:
        """`outline` or `text`; a text when nothing is said, since its structure is what is judged."""
        return str(self.front.get("stage") or "text")

    @property
    def standing(self) -> Standing:
        """Where it stands as it reads."""
        return self.case.verdict.standing if self.case and self.current else Standing.OPEN


class Revision:
    """One commit of the text, read with the record at one commit and one moment; without a record nothing is known
    but the texts themselves.
    """

    def __init__(self, desk: Desk, commit: str, chronicle: Chronicle | None, moment: datetime) -> None:
        self.desk = desk
        self.commit = commit
        self.chronicle = chronicle
        self.moment = moment
        self.form: list[Finding] = []
        self.cases = Cases(chronicle, moment) if chronicle is not None else None

    @cached_property
    def process(self) -> Process:
        """The process files: as the record saw them, else as they are at the commit.

        Raises:
            Refused: without a record, process files that cannot be read (exit FINDINGS).
        """
        if self.cases is not None:
            state = self.cases.world.at(self.moment)
            return Process(
                timetable=state.timetable, experts=state.experts, forum=state.forum, rules=state.rules
            )
        values = self.desk.process_files(self.commit)
        loaded = load_process(*(values[key] for key in PROCESS_FILES))
        if loaded.value is None:
            raise Refused(loaded.findings, Exit.FINDINGS)
        return loaded.value

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The texts, numbered."""
        return number(self.desk.texts.documents(self.commit))

    @cached_property
    def identified(self) -> tuple[Identified, ...]:
        """The clauses with their ids, in reading order; empty without a record."""
        if self.chronicle is None:
            return ()
        known = self.desk.identities(self.chronicle).at(self.commit)
        labelled = [clause for document in self.documents for clause in document.clauses]
        return tuple(
            replace(one, clause=clause) for one, clause in zip(known, labelled, strict=True)
        )  # `at` keeps the reading order

    @cached_property
    def posted(self) -> Mapping[str, datetime]:
        """When each draft was posted officially, as recorded by the moment."""
        return self.chronicle.posted(self.moment) if self.chronicle is not None else {}

    @cached_property
    def report(self) -> tuple[Document, ...]:
        """The files of the Report."""
        return tuple(one for one in self.documents if not one.path.startswith(OPINIONS))

    @cached_property
    def contributions(self) -> tuple[Case, ...]:
        """Every contribution received by the moment."""
        return tuple(self.cases.all()) if self.cases is not None else ()

    @cached_property
    def opinions(self) -> tuple[ReadOpinion, ...]:
        """The draft Opinions, in the order of their files."""
        return tuple(self._opinion(one) for one in self.documents if one.path.startswith(OPINIONS))

    @cached_property
    def cover(self) -> Mapping[str, Any]:
        """The front matter of the cover."""
        for document in self.report:
            if document.path == COVER:
                return self._front(document, "cover")
        return {}

    def outcomes(self) -> Sequence[tuple[str, Outcome]]:
        """Every outcome of a meeting received by the moment, with its subject."""
        if self.chronicle is None:
            return ()
        everything = self.chronicle.everything()
        gone = {event.call for event in everything if isinstance(event, Recalled)}
        return [
            (event.subject, event)
            for event in everything
            if isinstance(event, Outcome) and event.received.earliest <= self.moment and event.seq not in gone
        ]

    def _front(self, document: Document, schema: str) -> Mapping[str, Any]:
        if document.front is None:
            return {}
        read = self.desk.reader.front_matter(schema, document.front, document.path)
        found = list(read.findings)
        value = read.value if isinstance(read.value, Mapping) else {}
        if schema == "opinion":
            found += opinion_themes(value, self.process.forum, document.path)
        self.form += [finding for finding in found if finding not in self.form]
        return value

    def _opinion(self, document: Document) -> ReadOpinion:
        subject = document.path.removesuffix(".md")
        case, current = self._case(document)
        decided = deciding(case.dossier.events) if case is not None else None
        showing = Showing.ANNEX
        stale = False
        if isinstance(decided, Outcome) and decided.result in _SHOWING:
            showing = _SHOWING[decided.result]
            stale = not current or (case is not None and decided.effect != self._as_it_reads(document.path))
            if stale and showing is Showing.IN_BRACKETS:
                showing = Showing.ANNEX
        sources = tuple(
            one.number
            for one in self.contributions
            if one.incorporated is not None
            and any(entry.path == document.path for entry in one.incorporated.effect)
        )
        return ReadOpinion(
            name=subject.removeprefix(OPINIONS),
            document=document,
            front=self._front(document, "opinion"),
            case=case,
            current=current,
            showing=showing,
            decided=decided,
            stale=stale,
            discussed=self._discussed(case, sources),
            sources=sources,
        )

    def _case(self, document: Document) -> tuple[OpinionCase | None, bool]:
        """The case of the Opinion, and whether it reads here as in the newest agreed text."""
        if self.cases is None or document.path not in self.cases.opinion_paths():
            return None, False
        ours = [one.id for one in self.identified if one.clause.path == document.path]
        state = self.cases.world.at(self.moment)
        theirs = [clause.id for clause in state.agreed.clauses if clause.path == document.path]
        same = state.commit == self.commit or self.desk.texts.documents(state.commit) == tuple(
            self.desk.texts.documents(self.commit)
        )
        return self.cases.opinion(document.path), ours == theirs and (
            same or self._reads_the_same(document, state.commit)
        )

    def _reads_the_same(self, document: Document, commit: str) -> bool:
        return any(
            other.path == document.path and other.clauses == document.clauses
            for other in self.desk.texts.documents(commit)
        )

    def _as_it_reads(self, path: str) -> object:
        assert self.cases is not None  # noqa: S101 - only asked for a case of the record
        return document_effect(self.cases.world.at(self.moment).agreed, path)

    def _discussed(self, case: OpinionCase | None, sources: Sequence[int]) -> bool:
        """R26. It came by an incorporated contribution with a declaration or meeting outcome, or was itself put."""
        if case is not None and any(isinstance(e, (Declared, Outcome)) for e in case.dossier.events):
            return True
        by_number = {one.number: one for one in self.contributions}
        return any(
            isinstance(event, (Declared, Outcome))
            for source in sources
            for event in by_number[source].dossier.events
        )
