"""From a revision to the sheet its documents are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.application.attributing import authorship_of
from accord.application.chairing import labels
from accord.application.cover import cover_facts, cover_pairs
from accord.application.entries import entry_of, index_of
from accord.application.revision import ReadOpinion, Revision
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import Showing
from accord.domain.drafts.manifest import Previous
from accord.domain.process.forum import Forum
from accord.domain.process.timetable import Timetable
from accord.domain.record.events import Outcome
from accord.domain.text.clauses import Document
from accord.domain.text.numbering import number
from accord.domain.text.redline import compare
from accord.render.document_sheet import AnnexEntry, LeftOut, Sheet
from accord.render.messages import Speaking, rough


def sheet_of(
    revision: Revision,
    *,
    draft: str,
    name: str,
    record: str,
    previous: Previous | None,
    before: Sequence[Document],
    reason: str = "",
) -> Sheet:
    """The sheet of a revision.

    ``draft`` is the draft of the timetable that it is ("" for none), ``name`` how it is named, ``before`` the texts of
    the previous draft as shown there.
    """
    process = revision.process
    words = speaking_of(revision)
    annex = tuple(_annex(revision, process.forum))
    label = label_of(process.timetable.at(revision.moment), draft, name)
    redline = authorship = None
    if previous is not None:
        redline = compare(number(before), shown_documents(revision))
        authorship = authorship_of(revision, previous.commit, redline, words)
    return Sheet(
        name=name,
        label=label,
        title=str(revision.cover.get("title") or process.forum.name),
        subtitle=str(revision.cover.get("subtitle") or ""),
        forum=process.forum.name,
        notice=process.forum.notice,
        page=process.forum.page,
        cover=tuple(cover_pairs(revision, draft, record)),
        remarks=tuple(_remarks(revision, reason)),
        rehearsal=revision.chronicle.view.head.rehearsal if revision.chronicle else False,
        report=revision.report,
        annex=annex,
        left_out=tuple(_left_out(revision)),
        ids=_ids(revision),
        contributions=tuple(entry_of(case, revision, words) for case in revision.contributions),
        index=tuple(index_of(revision)),
        redline=redline,
        previous=previous.draft if previous else "",
        authorship=authorship,
        moment=revision.moment,
        **cover_facts(revision, draft),
    )


def speaking_of(revision: Revision) -> Speaking:
    """Words, zone and names; an entity that the list marks so is shown as invented."""
    process = revision.process
    names = {entity.id: entity.shown for entity in process.experts.entities}
    return Speaking(
        forum=process.forum,
        zone=process.timetable.zone,
        name_of=lambda entity: names.get(entity, entity),
        labels=labels(revision.cases.world, revision.moment) if revision.cases else {},
    )


def label_of(timetable: Timetable, draft: str, name: str) -> str:
    """A draft in words: *Second Draft*, *Second Draft, Corrigendum 1*, or what else a revision is."""
    if not draft:
        return f"Working text ({name}), not a draft"
    label = timetable.event(draft).label
    _, _, correction = name.partition(f"{draft}-corr-")
    return f"{label}, Corrigendum {correction}" if correction else label


def shown_documents(revision: Revision) -> tuple[Document, ...]:
    """The texts as a draft shows them: without the Opinions that were left out."""
    gone = {one.document.path for one in revision.opinions if one.showing is Showing.LEFT_OUT}
    return tuple(document for document in revision.documents if document.path not in gone)


def _remarks(revision: Revision, reason: str) -> Iterator[str]:
    if reason:
        yield f"Corrigendum: {reason}"
    bracketed = [one for one in revision.opinions if one.showing is Showing.IN_BRACKETS]
    for one in bracketed:
        yield f"Transmitted in square brackets, without agreement{_meeting(one)}: {one.title}."
    for one in revision.opinions:
        if one.showing is Showing.LEFT_OUT:
            yield f"Left out of the annex{_meeting(one)}: {one.title}."
    if any(one.showing is not Showing.LEFT_OUT for one in revision.opinions):
        yield (
            f"The {revision.process.forum.experts_name} agrees on draft Opinions; only the Forum adopts them."
        )


def _meeting(one: ReadOpinion) -> str:
    return f" ({one.decided.meeting})" if isinstance(one.decided, Outcome) else ""


def _annex(revision: Revision, forum: Forum) -> Iterator[AnnexEntry]:
    shown = [one for one in revision.opinions if one.showing is not Showing.LEFT_OUT]
    for place, one in enumerate(shown, start=1):
        names = [str(theme) for theme in one.front.get("themes") or ()]
        themes = tuple(found.label if (found := forum.theme(name)) else name for name in names)
        yield AnnexEntry(
            number=place,
            name=one.name,
            title=one.title,
            themes=themes or ("not stated",),
            document=one.document,
            status=_status(one, forum),
            showing=one.showing,
            sources=one.sources,
        )


def _status(one: ReadOpinion, forum: Forum) -> str:
    stage = "Outline." if one.stage == "outline" else "Text."
    sources = f" From contribution{'s' if len(one.sources) > 1 else ''} {', '.join(map(str, one.sources))}."
    said = f"{stage}{sources if one.sources else ''}"
    if one.showing is Showing.IN_BRACKETS:
        return f"{said} Transmitted in square brackets{_meeting(one)}: the experts did not agree on it."
    if one.case is None or not one.current:
        return f"{said} How far it is cannot be said for this revision."
    if one.case.verdict.contested:
        return f"{said} Declared agreed as it reads; the declaration is contested."
    match one.standing:
        case Standing.AGREED:
            agreed = forum.words.get("agreed", "agreed")
            return f"{said} As it reads: {agreed}{rough(one.case.verdict)}."
        case Standing.ADOPTED:
            return f"{said} As it reads: {forum.words.get('adopted', 'adopted')}."
        case Standing.OPEN:
            how = "its parts were discussed" if one.discussed else "not discussed yet"
            return f"{said} Not yet declared agreed as a whole; {how}."
        case standing:
            return f"{said} As it reads: {standing.value}."


def _left_out(revision: Revision) -> Iterator[LeftOut]:
    for one in revision.opinions:
        if one.showing is Showing.LEFT_OUT and isinstance(one.decided, Outcome):
            yield LeftOut(title=one.title, meeting=one.decided.meeting)


def _ids(revision: Revision) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for one in revision.identified:
        out.setdefault(one.clause.path, []).append(one.id)
    return {path: tuple(ids) for path, ids in out.items()}
