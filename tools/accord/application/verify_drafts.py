"""The drafts: tag, manifest, record and documents say the same, and the gates were met."""

from __future__ import annotations

from collections.abc import Iterator

from accord import __version__
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of, facts_of, parts_of
from accord.application.drafting import Drawn, draw, moment_of
from accord.application.revision import Revision
from accord.application.verify_record import said
from accord.domain.canonical import fact_digest
from accord.domain.drafts.gates import judge_draft
from accord.domain.drafts.manifest import MalformedManifest, Manifest, manifest_in
from accord.domain.findings import Finding, Place, Refused, Severity, errors
from accord.domain.record.events import Cut

_FETCH = "Fetch the tags from another copy: `git fetch --tags`."
_NEVER = "A tag never moves: bring the one back that the record names."


def check(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Every draft the record names, in order; then tags it doesn't know."""
    manifests: list[Manifest] = []
    cuts = cuts_of(chronicle)
    for event in cuts:
        tag = desk.repository.read_tag(event.draft)
        if tag is None:
            yield said(event.seq, "draft-tag", f"The tag `{event.draft}` is not here.", _FETCH)
            continue
        if tag.oid != event.tag or tag.target != event.commit:
            yield said(
                event.seq, "draft-tag", f"The tag `{event.draft}` is another than the one cut.", _NEVER
            )
            continue
        try:
            manifest = manifest_in(tag.message)
        except MalformedManifest as problem:
            yield said(event.seq, "draft-manifest", f"The tag `{event.draft}`: {problem}.")
            continue
        yield from _named(event, manifest)
        yield from _again(desk, chronicle, event, manifest, tag.message)
        manifests.append(manifest)
    yield from _ids(manifests)
    yield from _unrecorded(desk, chronicle, {event.draft for event in cuts})


def _named(event: Cut, manifest: Manifest) -> Iterator[Finding]:
    """Record and manifest name the same things."""
    for what, one, other in (
        ("draft", event.draft, manifest.draft),
        ("text", event.commit, manifest.commit),
        ("record", event.record, manifest.record),
        ("manifest", event.manifest, fact_digest(manifest.to_json())),
    ):
        if one != other:
            yield said(
                event.seq, "draft-manifest", f"The record names another {what} than the tag `{event.draft}`."
            )


def _again(
    desk: Desk, chronicle: Chronicle, event: Cut, manifest: Manifest, message: str
) -> Iterator[Finding]:
    """Make the draft again from text and record, and compare; judge its gates as they were."""
    commit = desk.repository.resolve(manifest.record)
    if commit is None or not desk.repository.is_ancestor(commit, chronicle.view.commit):
        yield said(
            event.seq,
            "draft-record",
            f"The record that {event.draft} was cut from, {manifest.record[:12]}, is not part of this one.",
        )
        return
    try:
        drawn = draw(desk, manifest.draft, manifest.commit, manifest.record, manifest.reason)
    except Refused as refused:
        yield from (said(event.seq, "draft-documents", one.message) for one in refused.findings)
        return
    yield from _compared(event, manifest, drawn, message)
    then = desk.chronicle(manifest.record)
    revision = Revision(desk, manifest.commit, then, moment_of(desk, then))
    for finding in errors(judge_draft(facts_of(revision, manifest.draft))):
        yield said(event.seq, finding.rule, f"{event.draft} was cut although: {finding.message}", finding.fix)


def _compared(event: Cut, manifest: Manifest, drawn: Drawn, message: str) -> Iterator[Finding]:
    other_version = manifest.accord != __version__
    differing = [
        name
        for name in sorted({*manifest.files, *drawn.manifest.files})
        if manifest.files.get(name) != drawn.manifest.files.get(name)
    ]
    if differing and other_version:
        yield Finding(
            rule="draft-documents",
            message=f"{event.draft} was cut with accord {manifest.accord}, which writes other documents than "
            f"{__version__}: they were not compared.",
            fix=f"Verify with accord {manifest.accord}.",
            place=Place(file="record", path=f"event {event.seq}"),
            severity=Severity.WARNING,
        )
    elif differing:
        yield said(
            event.seq,
            "draft-documents",
            f"{event.draft} cannot be made again: {', '.join(differing)} would read differently.",
        )
    names = ("forum", "rehearsal", "at", "lock", "previous", "clauses", "retired", "opinions", "decisions")
    for name in names:
        if getattr(manifest, name) != getattr(drawn.manifest, name):
            yield said(
                event.seq,
                "draft-manifest",
                f"The manifest of {event.draft} says something else under `{name}` than text and record.",
            )
    if message.rstrip("\n") != drawn.message.rstrip("\n") and not differing and not other_version:
        yield said(
            event.seq, "draft-tag", f"The words of the tag `{event.draft}` are not those it was cut with."
        )


def _ids(manifests: list[Manifest]) -> Iterator[Finding]:
    """An id once given in a draft is never given to another clause: what is retired stays so."""
    retired: dict[str, str] = {}
    for manifest in manifests:
        for row in manifest.clauses:
            if row.id in retired:
                yield Finding(
                    rule="clause-id",
                    message=f"{manifest.draft} gives {row.id} again, which {retired[row.id]} had retired.",
                    fix="Compare with another copy of the record.",
                    place=Place(file=manifest.draft, path=row.id),
                )
        retired.update(dict.fromkeys(manifest.retired, manifest.draft))


def _unrecorded(desk: Desk, chronicle: Chronicle, known: set[str]) -> Iterator[Finding]:
    drafts = chronicle.world().at(desk.now).timetable.drafts
    for name in desk.repository.tags():
        if name in known or parts_of(name)[0] not in drafts:
            continue
        yield Finding(
            rule="draft-unrecorded",
            message=f"There is a tag `{name}` that the record knows nothing of.",
            fix=f"If a cut was interrupted, `accord cut {name}` finishes it; else remove the tag.",
            place=Place(file=name),
            severity=Severity.WARNING,
        )
