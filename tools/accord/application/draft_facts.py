"""What the gates look at, gathered from a revision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from accord.application.bracketing import told_brackets
from accord.application.chronicle import Chronicle
from accord.application.entries import touched_paths
from accord.application.revision import Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.merged import unexplained
from accord.domain.drafts.brackets import Bracket, provisional_numbers
from accord.domain.drafts.facts import (
    ContributionFacts,
    Correction,
    DraftFacts,
    OpinionFacts,
    Showing,
    Unanswered,
)
from accord.domain.drafts.manifest import Previous
from accord.domain.process.timetable import Timetable
from accord.domain.record.events import (
    Cut,
    Event,
    Incorporated,
    ObjectionEnded,
    Outcome,
    Position,
    Posted,
    Recalled,
    Revised,
)
from accord.domain.text.clauses import Clause, Kind, digest
from accord.domain.text.markdown import parse_document
from accord.render.timetable_table import render_table

_CORRECTION = re.compile(r"(?P<of>.+)-corr-(?P<number>[1-9]\d{0,2})")


def parts_of(name: str) -> tuple[str, int]:
    """The draft a name is about and the number of the Corrigendum: `draft-2-corr-1` is (`draft-2`, 1); else 0."""
    found = _CORRECTION.fullmatch(name)
    return (found["of"], int(found["number"])) if found else (name, 0)


def facts_of(revision: Revision, name: str) -> DraftFacts:
    """The facts for a draft (or Corrigendum) of this name. The revision must have a record."""
    chronicle, cases = revision.chronicle, revision.cases
    assert chronicle is not None  # noqa: S101 - a draft is cut from a record
    assert cases is not None  # noqa: S101
    draft, number = parts_of(name)
    timetable = revision.process.timetable.at(revision.moment)
    cuts = cuts_of(chronicle)
    everything = [event for event in chronicle.everything() if event.received.earliest <= revision.moment]
    brackets = told_brackets(revision)
    opinions = tuple(_opinions(revision, brackets))
    revision.cover  # noqa: B018 - reading it notes problems of its form
    return DraftFacts(
        draft=draft,
        now=revision.moment,
        timetable=timetable,
        event=timetable.event(draft),
        existing=cases.drafts(),
        previous_seq=_previous_seq(chronicle, timetable, draft),
        contributions=tuple(_contribution(case) for case in revision.contributions),
        opinions=opinions,
        report_brackets=tuple(one for doc in revision.report for one in brackets.get(doc.path, ())),
        provisional=tuple(
            number
            for doc in revision.documents
            if not any(one.path == doc.path and one.showing is Showing.LEFT_OUT for one in opinions)
            for number in provisional_numbers(doc.clauses)
        ),
        unanswered=tuple(
            Unanswered(commit=one.commit, clauses=len(one.clauses))
            for one in unexplained(cases.world, everything)
        ),
        traces=frozenset(_traces(everything)),
        table_agrees=_table_agrees(revision, timetable),
        cover_draft=str(revision.cover.get("draft") or ""),
        categories=tuple(category.id for category in revision.process.forum.categories),
        form=tuple(revision.form),
        correction=_correction(revision, cuts, draft, number) if number else None,
    )


def cuts_of(chronicle: Chronicle) -> tuple[Cut, ...]:
    """Every draft the record says was cut, in order."""
    return tuple(event for event in chronicle.process() if isinstance(event, Cut))


def previous_of(chronicle: Chronicle, timetable: Timetable, name: str) -> Previous | None:
    """The draft that a draft is compared with: the newest one cut before it in order, else the newest posted.

    For a Corrigendum the draft it corrects, with the Corrigenda before.
    """
    draft, number = parts_of(name)
    order = timetable.drafts
    earlier = order[: order.index(draft) + (1 if number else 0)]
    posted = {event.draft: event for event in chronicle.process() if isinstance(event, Posted)}
    cuts = cuts_of(chronicle)
    for candidate in reversed(earlier):
        made = [c for c in cuts if parts_of(c.draft)[0] == candidate and c.draft != name]
        if made:
            return Previous(draft=made[-1].draft, commit=made[-1].commit, tag=made[-1].tag)
        if candidate in posted:
            state = chronicle.world().at(posted[candidate].at)
            return Previous(draft=candidate, commit=state.commit)
    return None


def _previous_seq(chronicle: Chronicle, timetable: Timetable, draft: str) -> int:
    earlier = timetable.drafts[: timetable.drafts.index(draft)]
    marks = [
        event.seq
        for event in chronicle.process()
        if isinstance(event, (Cut, Posted)) and event.draft in earlier
    ]
    return max(marks, default=0)


def _contribution(case: Case) -> ContributionFacts:
    gone = {event.call for event in case.dossier.events if isinstance(event, Recalled)}
    verdict, admission = case.verdict, case.current.admission
    return ContributionFacts(
        number=case.number,
        title=case.title,
        received=min(revision.receipt.earliest for revision in case.revisions),
        state=case.state,
        reached=case.current.counts,
        category=admission.category if admission else "",
        disposed=case.disposed.disposition if case.disposed else "",
        reason=case.disposed.reason if case.disposed else "",
        disposed_seq=case.disposed.seq if case.disposed else 0,
        outcomes=tuple(
            (event.meeting, event.seq)
            for event in case.dossier.events
            if isinstance(event, Outcome) and event.seq not in gone
        ),
        standing=verdict.standing if verdict else None,
        contested=verdict.contested if verdict else False,
        paths=touched_paths(case),
    )


def _opinions(revision: Revision, brackets: Mapping[str, tuple[Bracket, ...]]) -> list[OpinionFacts]:
    return [
        OpinionFacts(
            name=one.name,
            path=one.document.path,
            title=one.title,
            stage=one.stage,
            standing=one.standing,
            showing=one.showing,
            discussed=one.discussed,
            contested=bool(one.case and one.case.verdict.contested),
            stale=one.stale and one.showing is not Showing.LEFT_OUT,
            brackets=brackets.get(one.document.path, ()),
        )
        for one in revision.opinions
    ]


def _traces(events: Sequence[Event]) -> set[str]:
    """Every meeting that left something in the record."""
    found: set[str] = set()
    for event in events:
        if isinstance(event, (Outcome, Position, ObjectionEnded, Revised)) and event.meeting:
            found.add(event.meeting)
        elif isinstance(event, Incorporated):
            found.update(event.sources)
    return found


def _table_agrees(revision: Revision, timetable: Timetable) -> bool:
    """Whether the table under the timetable's caption says what the timetable says."""
    wanted = parse_document("timetable", render_table(timetable)).clauses
    clauses = [clause for document in revision.report for clause in document.clauses]
    for index, clause in enumerate(clauses):
        if clause.kind is Kind.CAPTION and digest(clause) == digest(wanted[0]):
            return _rows(clauses[index + 1 :]) == _rows(wanted[1:])
    return False


def _rows(clauses: Sequence[Clause]) -> list[str]:
    rows = []
    for clause in clauses:
        if clause.kind not in (Kind.HEADER, Kind.ROW):
            break
        rows.append(digest(clause))
    return rows


def _correction(revision: Revision, cuts: Sequence[Cut], draft: str, number: int) -> Correction:
    made = [cut for cut in cuts if parts_of(cut.draft)[0] == draft]
    if not made:
        return Correction(of=draft, number=number, expected=1, exists=False, changed=False)
    last = made[-1]
    agreed = [
        case.number
        for case in revision.contributions
        if case.incorporated is not None
        and case.incorporated.mode == "agreed"
        and case.incorporated.seq > last.seq
    ]
    texts = revision.desk.texts
    return Correction(
        of=draft,
        number=number,
        expected=parts_of(last.draft)[1] + 1,
        exists=True,
        changed=texts.sources(last.commit) != texts.sources(revision.commit),
        agreed=tuple(agreed),
    )
