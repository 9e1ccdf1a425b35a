"""What the notes of a release say, gathered from the draft and the record."""

from __future__ import annotations

from collections import Counter

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of, facts_of
from accord.application.drafting import Drawn
from accord.application.linting import acts_on, flaws_of
from accord.application.revision import Revision
from accord.domain.drafts.facts import Showing
from accord.domain.drafts.gates import judge_draft
from accord.domain.drafts.manifest import Manifest
from accord.domain.findings import Severity
from accord.domain.process.forum import Forum
from accord.domain.process.moments import show_moment
from accord.domain.record.events import Admitted, Posted, Waived
from accord.render.redline_words import counts
from accord.render.release_notes import Facts, OfficialPosting, Overruled, SetAside


def facts_of_release(desk: Desk, drawn: Drawn, tag: str, files: tuple[str, ...]) -> Facts:
    """The facts of a draft that is cut; ``tag`` is its tag object, ``files`` are the names of its files."""
    manifest, sheet = drawn.manifest, drawn.sheet
    then = desk.chronicle(manifest.record)
    revision = Revision(desk, manifest.commit, then, drawn.moment)
    process = revision.process
    zone = process.timetable.zone
    warnings = judge_draft(facts_of(revision, manifest.draft))
    return Facts(
        draft=manifest.draft,
        label=sheet.label,
        forum=process.forum.short_name,
        page=process.forum.page,
        when=show_moment(drawn.moment, zone),
        commit=manifest.commit,
        record=manifest.record,
        tag=tag,
        files=files,
        opinions=tuple((entry.title, entry.status) for entry in sheet.annex),
        left_out=tuple(entry.title for entry in sheet.left_out),
        contributions=_answers(manifest, process.forum),
        previous=sheet.previous,
        changes=counts(sheet.redline) if sheet.redline is not None else "",
        correction=manifest.reason,
        warnings=tuple(one for one in warnings if one.severity is not Severity.ERROR),
        overruled=_overruled(then, manifest, revision),
        set_aside=_set_aside(revision),
        posted=_posted(desk.chronicle(), manifest.draft, revision),
    )


def _answers(manifest: Manifest, forum: Forum) -> tuple[tuple[str, int], ...]:
    labels = [
        forum.disposition_label(row.disposition) or "without a disposition" for row in manifest.decisions
    ]
    return tuple(sorted(Counter(labels).items()))


def _overruled(then: Chronicle, manifest: Manifest, revision: Revision) -> tuple[Overruled, ...]:
    """What was overruled or admitted since the draft before."""
    earlier = [event.seq for event in cuts_of(then) if event.draft != manifest.draft]
    since = max(earlier, default=0)
    zone = revision.process.timetable.zone
    found = []
    for event in then.everything():
        if event.seq <= since or not isinstance(event, (Waived, Admitted)):
            continue
        if isinstance(event, Waived) and event.spots:
            continue  # it holds while the clause reads so, and stands with the draft that has it
        what = f"`{event.rule}` overruled" if isinstance(event, Waived) else "admitted"
        found.append(
            Overruled(
                contribution=event.subject,
                what=f"{what} on version {event.revision}",
                reason=event.reason,
                by=event.by.name,
                when=show_moment(event.received.latest, zone),
            )
        )
    return tuple(found)


def _set_aside(revision: Revision) -> tuple[SetAside, ...]:
    """Findings of form in the Opinions of the draft that the secretariat set aside, whenever that was."""
    assert revision.cases is not None  # noqa: S101 - a draft is cut from a record
    sources = revision.desk.texts.sources(revision.commit)
    forum, zone = revision.process.forum, revision.process.timetable.zone
    return tuple(
        SetAside(
            rule=one.flaw.rule,
            place=f"{opinion.title}, {one.flaw.label}" if one.flaw.label else opinion.title,
            reason=one.aside.reason,
            by=one.aside.by.name,
            when=show_moment(one.aside.received.latest, zone),
        )
        for opinion in revision.opinions
        if opinion.showing is not Showing.LEFT_OUT
        for path in [opinion.document.path]
        for one in acts_on(revision.cases, flaws_of(revision.desk, path, sources[path], forum))
        if one.aside is not None
    )


def _posted(now: Chronicle, draft: str, revision: Revision) -> OfficialPosting | None:
    """The newest posting that the record knows today."""
    found = [event for event in now.process() if isinstance(event, Posted) and event.draft == draft]
    if not found:
        return None
    last = found[-1]
    when = show_moment(last.at, revision.process.timetable.zone)
    return OfficialPosting(url=last.url, symbol=last.symbol, when=when)
