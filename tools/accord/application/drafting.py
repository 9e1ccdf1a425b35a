"""`build`: the documents of any revision. What a draft is made of, as a function of the text and the record alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accord import __version__
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.document_files import files_of
from accord.application.draft_facts import cuts_of, parts_of, previous_of
from accord.application.entries import statements
from accord.application.reports import Report
from accord.application.revision import Revision
from accord.application.sheets import sheet_of, shown_documents
from accord.domain.agreement.case import Case
from accord.domain.agreement.objections import objections
from accord.domain.drafts.facts import Showing
from accord.domain.drafts.manifest import (
    ClauseRow,
    DecisionRow,
    MalformedManifest,
    Manifest,
    OpinionRow,
    Previous,
    manifest_in,
    tag_message,
)
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import format_instant
from accord.domain.text.clauses import Document, digest
from accord.render.document_sheet import REHEARSAL, Sheet
from accord.render.messages import notice
from accord.render.redline_words import counts

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LOCK = "requirements.lock"


class Folder(Protocol):
    """A folder that documents are written to, all of them or none."""

    @property
    def name(self) -> str: ...

    def read(self) -> Mapping[str, bytes] | None:
        """The files in it by name; None if it is not there. A folder inside counts as a file without content."""

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put exactly these files there in one step.

        Raises:
            Refused: the disk refuses (exit OUTSIDE); what was there is left as it was.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A draft, ready to be written: its documents, its manifest, and the message of its tag."""

    files: Mapping[str, bytes]
    manifest: Manifest
    summary: str
    moment: datetime
    sheet: Sheet

    @property
    def message(self) -> str:
        """What the tag says."""
        return tag_message(self.summary, self.manifest)

    @property
    def everything(self) -> dict[str, bytes]:
        """Documents, manifest and sums, by file name."""
        files = {**self.files, MANIFEST: self.manifest.text().encode()}
        return {**files, SUMS: sums(files)}


def draw(desk: Desk, name: str, commit: str, record: str, reason: str) -> Drawn:
    """A draft made from the text at one commit and the record at one commit: the same two give the same bytes."""
    chronicle = desk.chronicle(record)
    moment = moment_of(desk, chronicle)
    revision = Revision(desk, commit, chronicle, moment)
    draft, _ = parts_of(name)
    timetable = revision.process.timetable.at(moment)
    previous = previous_of(chronicle, timetable, name)
    before = _texts_of(desk, previous) if previous else ()
    sheet = sheet_of(
        revision, draft=draft, name=name, record=record, previous=previous, before=before, reason=reason
    )
    files = files_of(revision, sheet, draft)
    manifest = Manifest(
        draft=name,
        forum=revision.process.forum.short_name,
        rehearsal=sheet.rehearsal,
        at=format_instant(moment),
        commit=commit,
        record=record,
        accord=__version__,
        lock=_lock(desk, commit),
        previous=previous,
        reason=reason,
        files={file: hashlib.sha256(data).hexdigest() for file, data in sorted(files.items())},
        clauses=_clauses(revision),
        retired=_retired(revision),
        opinions=_opinions(revision),
        decisions=tuple(_decision(case, revision) for case in revision.contributions),
    )
    return Drawn(
        files=files,
        manifest=manifest,
        summary=_summary(revision, sheet, manifest),
        moment=moment,
        sheet=sheet,
    )


def build(desk: Desk, ref: str, folder: Folder) -> Report:
    """Write the documents of any revision; of a tagged draft exactly the ones it was cut with.

    Raises:
        Refused: no such revision (USAGE); the folder holds something else (FINDINGS).
    """
    label, files = documents_of(desk, ref)
    refuse_foreign(folder)
    if not desk.dry_run:
        folder.replace(files)
    text = [f"{label}: {len(files)} files in {folder.name}", *(f"  {name}" for name in sorted(files))]
    return Report(
        text="\n".join([*text, "Open report.html in a browser, report.docx in Word, or print report.pdf."]),
        data={"label": label, "folder": folder.name, "files": sorted(files)},
    )


def documents_of(desk: Desk, ref: str) -> tuple[str, dict[str, bytes]]:
    """What a revision is, in words, and its documents by file name; of a tagged draft exactly those it was cut with.

    Raises:
        Refused: no such revision (exit USAGE).
    """
    tag = desk.repository.read_tag(ref)
    manifest = None
    if tag is not None and tag.annotated:
        try:
            manifest = manifest_in(tag.message)
        except MalformedManifest:
            manifest = None  # somebody's own tag: an ordinary revision
    if manifest is not None and desk.store.exists():
        drawn = draw(desk, manifest.draft, manifest.commit, manifest.record, manifest.reason)
        return drawn.sheet.label, drawn.everything
    revision, sheet = _working_sheet(desk, ref)
    made = files_of(revision, sheet, "")
    return sheet.label, {**made, SUMS: sums(made)}


def _working_sheet(desk: Desk, ref: str) -> tuple[Revision, Sheet]:
    commit = desk.repository.resolve(ref)
    if commit is None:
        raise refuse(
            "revision-unknown",
            f"There is no revision `{ref}` here.",
            fix="Name a draft such as `draft-1`, a branch, or a commit.",
            exit_code=Exit.USAGE,
        )
    chronicle = None
    previous: Previous | None = None
    if desk.store.exists():
        chronicle = desk.chronicle()
        desk.see_main(chronicle)
        candidates = [cut for cut in cuts_of(chronicle) if cut.commit != commit]
        for cut in reversed(candidates):
            if desk.repository.is_ancestor(cut.commit, commit):
                previous = Previous(draft=cut.draft, commit=cut.commit, tag=cut.tag)
                break
    revision = Revision(desk, commit, chronicle, desk.now)
    record = chronicle.view.commit if chronicle else ""
    before = _texts_of(desk, previous) if previous else ()
    return revision, sheet_of(
        revision, draft="", name=commit[:12], record=record, previous=previous, before=before
    )


def moment_of(desk: Desk, chronicle: Chronicle) -> datetime:
    """The moment a record commit stands for: when it was written, and never before the last state it saw."""
    commit = chronicle.view.commit
    written = desk.repository.first_parent(f"{commit}~1", commit)[-1].moment
    seen = chronicle.main_seen()
    return max([written, *(event.recorded for event in seen[-1:])])


def refuse_foreign(folder: Folder) -> None:
    """Refuse to overwrite a folder that is not one this tool wrote, or whose files were changed since.

    Raises:
        Refused: exit FINDINGS.
    """
    there = folder.read()
    if not there:
        return
    lines = there.get(SUMS, b"").decode("utf-8", "replace").splitlines()
    listed = {name: hexdigest for hexdigest, _, name in (line.partition("  ") for line in lines) if name}
    strange = [name for name in there if name != SUMS and name not in listed]
    changed = [n for n, d in listed.items() if n in there and hashlib.sha256(there[n]).hexdigest() != d]
    if SUMS not in there or strange:
        what = f"`{strange[0]}` in it" if strange else "what is in it"
        raise refuse(
            "folder-foreign",
            f"The folder {folder.name} is not one of ours: {what} was not written by this tool.",
            fix="Name another folder with `-o DIR`.",
        )
    if changed:
        raise refuse(
            "folder-changed",
            f"`{changed[0]}` in {folder.name} was changed since it was written.",
            fix="Keep your changes elsewhere and remove the folder, or name another with `-o DIR`.",
        )


def sums(files: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of each file, as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return "".join(lines).encode()


def _texts_of(desk: Desk, previous: Previous) -> Sequence[Document]:
    """The texts of the draft before as it showed them."""
    gone: set[str] = set()
    tag = desk.repository.read_tag_object(previous.tag) if previous.tag else None
    if tag is not None:
        try:
            rows = manifest_in(tag.message).opinions
        except MalformedManifest:
            rows = ()
        gone = {f"opinions/{row.name}.md" for row in rows if row.showing == Showing.LEFT_OUT.value}
    return [document for document in desk.texts.documents(previous.commit) if document.path not in gone]


def _lock(desk: Desk, commit: str) -> str:
    content = desk.repository.read_one(f"{commit}:{LOCK}")
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _clauses(revision: Revision) -> tuple[ClauseRow, ...]:
    shown = {document.path for document in shown_documents(revision)}
    return tuple(
        ClauseRow(id=one.id, path=one.clause.path, label=one.clause.label, digest=digest(one.clause))
        for one in revision.identified
        if one.clause.path in shown
    )


def _retired(revision: Revision) -> tuple[str, ...]:
    cases = revision.cases
    return tuple(cases.world.at(revision.moment).agreed.retired) if cases else ()


def _opinions(revision: Revision) -> tuple[OpinionRow, ...]:
    return tuple(
        OpinionRow(
            name=one.name,
            showing=one.showing.value,
            standing=one.standing.value,
            decided=one.decided.seq if one.decided else 0,
        )
        for one in revision.opinions
    )


def _decision(case: Case, revision: Revision) -> DecisionRow:
    cases = revision.cases
    assert cases is not None  # noqa: S101 - there are contributions only with a record
    declared = case.verdict.declared if case.verdict else None
    standing = [o.id for o in objections(case.dossier, cases.world, revision.moment) if o.ended is None]
    return DecisionRow(
        number=case.number,
        state=case.state.value,
        declared=declared.seq if declared else 0,
        disposition=case.disposed.disposition if case.disposed else "",
        disposed=case.disposed.seq if case.disposed else 0,
        incorporated=case.incorporated.commit if case.incorporated else "",
        statements=tuple(entity for entity, *_ in statements(case.dossier.events)),
        objections=tuple(standing),
    )


def _summary(revision: Revision, sheet: Sheet, manifest: Manifest) -> str:
    process = revision.process
    lines = [f"{sheet.label} ({manifest.draft}) of {manifest.forum}", ""]
    if sheet.rehearsal:
        lines.append(REHEARSAL)
    if manifest.reason:
        lines.append(f"Corrigendum: {manifest.reason}")
    lines.append(
        f"As of {manifest.at}, from the text {manifest.commit[:12]} and the record {manifest.record[:12]}."
    )
    named = ", ".join(
        f"{row.name} ({row.showing if row.showing != Showing.ANNEX.value else row.standing})"
        for row in manifest.opinions
    )
    lines.append(f"Draft Opinions: {named or 'none'}.")
    by_disposition: dict[str, int] = {}
    for row in manifest.decisions:
        label = process.forum.disposition_label(row.disposition) or "without a disposition"
        by_disposition[label] = by_disposition.get(label, 0) + 1
    said = ", ".join(f"{number} {label}" for label, number in sorted(by_disposition.items()))
    lines.append(f"Contributions: {len(manifest.decisions)}{f' ({said})' if said else ''}.")
    if sheet.redline is not None:
        lines.append(f"Since {sheet.previous}: {counts(sheet.redline)}")
    lines.append(notice(process.forum) + ".")
    return "\n".join(lines)
