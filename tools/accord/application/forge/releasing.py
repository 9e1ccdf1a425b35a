"""`release`: a draft cut, shared, put on the forge with its files, and shown to everybody; safe to stop anywhere.

Each step first looks at what is there. So a run that was stopped is finished by running it again, two at once do no
harm, and a draft that is published already is left as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from accord.application import people
from accord.application.cutting import Say
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of
from accord.application.drafting import MANIFEST, SUMS, Drawn, Folder, draw, refuse_foreign
from accord.application.forge.own_cut import (
    bring_drafts,
    cut_for_all,
    is_shared,
    recorded,
    refuse_second,
    share_cut,
)
from accord.application.forge.publishing import Publisher, Releases, correcting, said
from accord.application.forge.release_facts import facts_of_release
from accord.application.ports import Remote, TagInfo
from accord.application.reports import Report
from accord.domain.canonical import fact_digest
from accord.domain.drafts.manifest import MalformedManifest, Manifest, manifest_in
from accord.domain.findings import Exit, Finding, Severity, refuse
from accord.domain.forge.releasing import File, Plan, Wanted
from accord.render.messages.words import NOTICE
from accord.render.release_notes import Facts, release_notes, title

TRIES = 6
RECORD_UNGUARDED = Finding(
    rule="record-unguarded",
    message="Record unguarded: others than the tool can write to it.",
    fix="`accord doctor` names the setting that lets nobody else.",
    severity=Severity.NOTE,
)


class Stage(Enum):
    """How far a run goes: everything before the files are attested, what comes after, or both."""

    PREPARE = "prepare"
    PUBLISH = "publish"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What a release works with: the shared copy, the releases of the forge, the folder for the files, a voice.

    ``record_guarded`` says that nobody but the tool can write the record.
    """

    remote: Remote
    forge: Releases
    folder: Folder
    say: Say
    record_guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """The draft that is released: its tag, what the tag says, the same made again, and what its notes are made of."""

    tag: TagInfo
    manifest: Manifest
    drawn: Drawn
    facts: Facts

    @property
    def same(self) -> bool:
        """Whether this version of the program makes exactly the files of the tag."""
        return self.drawn.manifest == self.manifest


def release(
    desk: Desk,
    ways: Ways,
    name: str,
    stage: Stage = Stage.BOTH,
    *,
    reason: str = "",
    foreseeing: bool = False,
) -> Report:
    """Bring a draft, or a Corrigendum (with a reason), to everybody.

    With *foreseeing* nothing leaves this copy, and what would be done is said: for a dry run on a copy of its own.

    Raises:
        Refused: not the secretariat (R28); a rehearsal; whatever `accord cut` refuses; not prepared; published with
            other files; a tag that is another one on the forge; the forge or the shared copy (OUTSIDE).
    """
    bring_drafts(desk, ways.remote, name)
    _refuse_rehearsal(desk, name)
    _refuse_strangers(desk)
    was_cut, was_shared = recorded(desk, name), is_shared(desk, name)
    tag = _tag(desk, ways, name, stage, reason, foreseeing=foreseeing)
    draft = _draft(desk, name, tag)
    _refuse_other_tag(ways.forge, draft, there=was_shared or not foreseeing)
    publisher = Publisher(
        forge=ways.forge, wanted=_wanted(draft), say=ways.say, guarding=ways.forge.guarding()
    )
    if foreseeing:
        before = [] if was_cut else [f"cut {name} (its gates are met)"]
        before += [] if was_shared else [f"share the tag {name} and the record"]
        return _foreseen(draft, stage, publisher, ways.folder, before)
    found = _prepared(draft, publisher, ways.folder) if stage is not Stage.PUBLISH else publisher.look()
    if stage is not Stage.PREPARE:
        found = publisher.publish(newest=cuts_of(desk.chronicle())[-1].draft == name)
        _refuse_other_tag(ways.forge, draft, there=True, published=True)
    return _report(draft, publisher, found, guarded=ways.record_guarded)


# --- the tag ----------------------------------------------------------------------------------------------


def _tag(desk: Desk, ways: Ways, name: str, stage: Stage, reason: str, *, foreseeing: bool) -> TagInfo:
    """The tag that everybody has, or (with *foreseeing*) would have."""
    refuse_second(desk, name)
    if stage is Stage.PUBLISH and not (recorded(desk, name) and is_shared(desk, name)):
        raise refuse(
            "release-unprepared",
            f"{name} is not published: it is not cut, or not shared.",
            fix=f"`accord release {name} --prepare` does that; then attest the files, and publish.",
        )
    for _ in range(TRIES):
        tag = cut_for_all(desk, name, ways.folder, reason=reason, say=ways.say)
        if foreseeing or share_cut(desk, ways.remote, name, tag):
            return tag
        ways.say("Others wrote to the record at the same moment; once more on what they wrote.")
        bring_drafts(desk, ways.remote, name)
    raise refuse(
        "record-busy",
        f"Others kept writing to the shared record; gave up after {TRIES} tries. {name} was not released.",
        fix="Run the same command again.",
        exit_code=Exit.OUTSIDE,
    )


def _draft(desk: Desk, name: str, tag: TagInfo) -> _Draft:
    try:
        manifest = manifest_in(tag.message)
    except MalformedManifest as problem:
        raise refuse(
            "tag-foreign", f"There is a tag `{name}` that is no draft of this tool: {problem}."
        ) from problem
    events = [event for event in cuts_of(desk.chronicle()) if event.tag == tag.oid]
    said_by_record = bool(events) and events[-1].manifest == fact_digest(manifest.to_json())
    if tag.target != manifest.commit or manifest.draft != name or not said_by_record:
        raise refuse(
            "tag-moved",
            f"The tag `{name}` is not the one that the record says was cut.",
            fix="`accord verify` says what differs. Nothing is released before it is known why.",
        )
    drawn = draw(desk, name, manifest.commit, manifest.record, manifest.reason)
    files = tuple(file.name for file in _files(manifest))
    return _Draft(
        tag=tag, manifest=manifest, drawn=drawn, facts=facts_of_release(desk, drawn, tag.oid, files)
    )


def _refuse_rehearsal(desk: Desk, name: str) -> None:
    if desk.store.exists() and desk.store.head().rehearsal:
        raise refuse(
            "release-rehearsal",
            f"This record is a rehearsal, and nothing in it can be released as real; {name} was not released.",
            fix=f"Look at its documents with `accord cut {name}` or `accord build {name} -o DIR`.",
        )


def _refuse_strangers(desk: Desk) -> None:
    """Only the secretariat releases (R28). A record that does not exist yet is begun by the cut, which asks again."""
    if not desk.store.exists():
        return
    chronicle = desk.chronicle()
    desk.refuse_given_moment(chronicle)
    desk.see_main(chronicle)
    people.secretariat(chronicle.world().at(desk.now).experts, desk.who, desk.now)


def _refuse_other_tag(forge: Releases, draft: _Draft, *, there: bool, published: bool = False) -> None:
    name, found = draft.manifest.draft, forge.tag(draft.manifest.draft)
    if found == draft.tag.oid or (found is None and not there):
        return
    message = f"GitHub has another tag `{name}` than the one that was cut ({draft.tag.oid[:12]})."
    if found is None:
        message = f"GitHub has no tag `{name}`, though it was shared."
    who = "Find out who moved or removed it: `accord doctor` says how tags are protected."
    if published:
        message += " It was published at the same moment, with that tag."
        fix = f"{who} Then release a Corrigendum ({correcting(name)}); what is published cannot be changed."
    else:
        fix = f"{who} Then put it back (`git push origin refs/tags/{name}`), and run it again."
    raise refuse("tag-moved", message, fix=fix)


# --- the release ------------------------------------------------------------------------------------------


def _wanted(draft: _Draft) -> Wanted:
    files = _files(draft.manifest)
    if draft.same:
        made = draft.drawn.everything
        files = tuple(replace(file, size=len(made[file.name])) for file in files)
    return Wanted(
        tag=draft.manifest.draft,
        title=title(draft.facts),
        notes=release_notes(draft.facts, guarded=True),
        open_notes=release_notes(draft.facts, guarded=False),
        files=files,
    )


def _files(manifest: Manifest) -> tuple[File, ...]:
    """Every file of a draft with its SHA-256, from its manifest alone."""
    digests = {**manifest.files, MANIFEST: _sha256(manifest.text().encode())}
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    digests[SUMS] = _sha256(sums.encode())
    return tuple(File(name=name, digest=digest) for name, digest in sorted(digests.items()))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _prepared(draft: _Draft, publisher: Publisher, folder: Folder) -> Plan:
    """The files in the folder and on the forge, and nothing public yet (unless it was published before)."""
    if not draft.same:
        found = publisher.look()
        if found.published:
            return publisher.complete({})
        raise refuse(
            "draft-differs",
            f"The documents of {draft.manifest.draft} cannot be made again as its tag says.",
            fix="`accord verify` says what differs; use the version of accord that cut it.",
        )
    files = draft.drawn.everything
    if folder.read() != files:
        refuse_foreign(folder)
        folder.replace(files)
    return publisher.complete(files)


# --- what is said -----------------------------------------------------------------------------------------


def _foreseen(draft: _Draft, stage: Stage, publisher: Publisher, folder: Folder, before: list[str]) -> Report:
    found = publisher.look()
    steps = list(before)
    if stage is not Stage.PUBLISH:
        steps.append(f"write {len(publisher.wanted.files)} files to {folder.name}")
    steps += [said(step) for step in found.steps]
    if stage is not Stage.PREPARE and not found.published:
        steps.append("publish it")
    name = draft.manifest.draft
    if not found.steps and not before and found.published:
        text = f"{name} is published, and everything is as it must be: nothing to do."
    else:
        text = "\n".join([f"`accord release {name}` would:", *(f"  {one}" for one in steps)])
    data = {"draft": name, "dry_run": True, "published": found.published, "steps": steps}
    return Report(text=text, data=data, findings=_unguarded(publisher, found))


def _report(draft: _Draft, publisher: Publisher, found: Plan, *, guarded: bool) -> Report:
    release_ = found.release
    assert release_ is not None  # noqa: S101 - it is complete
    name, facts = draft.manifest.draft, draft.facts
    if not found.published:
        how = (
            f"is ready, with {len(publisher.wanted.files)} files, and nobody else sees it yet: {release_.url}\n"
            f"Next: attest the files, then `accord release {name} --publish`."
        )
    elif publisher.steps:
        how = f"is published: {release_.url}"
        if facts.posted is None:
            how += (
                "\nNext: post it on the official page, record that "
                f"(`accord posted {name} --at MOMENT --url ADDRESS`), and run this once more, so that the address "
                "stands in the notes."
            )
    else:
        how = f"is published, and everything is as it must be: {release_.url}"
    return Report(
        text=f"{facts.label} ({name}) {how}\n{NOTICE.format(page=facts.page)}.",
        data={
            "draft": name,
            "tag": draft.tag.oid,
            "commit": draft.manifest.commit,
            "record": draft.manifest.record,
            "published": found.published,
            "immutable": release_.guarded,
            "release": release_.id,
            "url": release_.url,
            "files": {file.name: file.digest for file in publisher.wanted.files},
            "steps": publisher.steps,
        },
        findings=(*_unguarded(publisher, found), *(() if guarded else (RECORD_UNGUARDED,))),
    )


def _unguarded(publisher: Publisher, found: Plan) -> tuple[Finding, ...]:
    """A warning where the files can be exchanged later."""
    release_ = found.release
    open_now = release_ is not None and not release_.draft and not release_.guarded
    if not open_now and (found.published or publisher.guarding is not False):
        return ()
    what = "can be exchanged" if found.published else "could be exchanged once it is published,"
    return (
        Finding(
            rule="release-unguarded",
            message=f"The files of this release {what} by whoever may write here; its notes say so.",
            fix="Let releases be immutable (`accord doctor` names the setting) before you publish the next one.",
            severity=Severity.WARNING,
        ),
    )


def mapping_folder(files: Mapping[str, bytes], name: str) -> Folder:
    """A folder that is only in memory: for saying what would be written where."""
    return _InMemory(dict(files), name)


class _InMemory:
    def __init__(self, files: dict[str, bytes], name: str) -> None:
        self._files: dict[str, bytes] | None = files or None
        self.name = name

    def read(self) -> Mapping[str, bytes] | None:
        """What was put there."""
        return self._files

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put exactly these there."""
        self._files = dict(files)
