"""`cut`: judge the gates, write the documents, tag the draft, record it; safe to stop anywhere and run again."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from accord.application import people
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk
from accord.application.draft_facts import cuts_of, facts_of, parts_of
from accord.application.drafting import SUMS, Drawn, Folder, draw, refuse_foreign
from accord.application.ports import Sign, TagInfo
from accord.application.present import process_at
from accord.application.reports import Report, finding_data
from accord.application.revision import Revision
from accord.domain.canonical import fact_digest
from accord.domain.drafts.checklist import Answer, Gate, checklist
from accord.domain.drafts.gates import judge_draft
from accord.domain.drafts.manifest import MalformedManifest, Manifest, manifest_in
from accord.domain.findings import Exit, Finding, Refused, errors, refuse
from accord.domain.process.moments import format_instant
from accord.domain.record.events import Cut
from accord.domain.record.values import Receipt
from accord.render.checklist import gate_lines
from accord.render.messages import notice

TAGGER = "Accord"
TRIES = 8
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """The gates were met: at this text, with so many events in the record, and what people should look at.

    In a dry run they may fail, and ``gates`` says which.
    """

    commit: str
    events: int
    warnings: tuple[Finding, ...]
    gates: tuple[Gate, ...] = ()


def cut(desk: Desk, name: str, folder: Folder, *, reason: str = "", say: Say = lambda _: None) -> Report:
    """Cut a draft of the timetable, or a Corrigendum (`draft-2-corr-1`, with a reason).

    First the gates are judged; if one fails nothing is changed. Then documents, tag and record follow in this order,
    and a run that was stopped is finished by running again.

    Raises:
        Refused: not the secretariat (R28); a gate fails, each named with its rule; it is cut already with another
            content; others kept writing in between (exit OUTSIDE).
    """
    _known(desk, name, reason)
    for _ in range(TRIES):
        tag = desk.repository.read_tag(name) or _lost(desk, name, reason)
        if tag is not None:
            return _finish(desk, name, tag, folder, say)
        judged = _judge(desk, name)
        if desk.dry_run:
            return _would(name, judged)
        record = desk.store.tip() or ""
        if desk.chronicle(record).view.head.events != judged.events:
            continue  # somebody wrote in between: judge again
        say("The gates are met; writing the documents.")
        refuse_foreign(folder)
        drawn = draw(desk, name, judged.commit, record, reason)
        folder.replace(drawn.everything)
        if not _tag(desk, drawn):
            continue  # the text or the record moved in between: judge again
        say("Tagged; recording it.")
        _record(desk, drawn.manifest)
        return _receipt(desk, drawn, folder, judged.warnings, "is cut")
    raise refuse(
        "cut-busy",
        f"Others kept writing while {name} was being cut; nothing was tagged.",
        fix="Run the same command again.",
        exit_code=Exit.OUTSIDE,
    )


def _lost(desk: Desk, name: str, reason: str) -> TagInfo | None:
    """The tag of a draft that the record says was cut, but whose name is not here: the very same one again.

    Raises:
        Refused: it cannot be made again here (exit FINDINGS); a second one of that name is never made.
    """
    if not desk.store.exists():
        return None
    cuts = [event for event in cuts_of(desk.chronicle()) if event.draft == name]
    if not cuts:
        return None
    known = desk.repository.read_tag_object(cuts[-1].tag)
    if known is None:
        drawn = draw(desk, name, cuts[-1].commit, cuts[-1].record, reason)
        sign = _signature(desk, desk.chronicle())
        oid = desk.repository.write_tag_object(
            name, drawn.manifest.commit, drawn.message, drawn.moment, TAGGER, sign
        )
        known = desk.repository.read_tag_object(oid) if oid == cuts[-1].tag else None
    if known is None:
        raise refuse(
            "tag-missing",
            f"The record says that {name} was cut, but its tag is not here.",
            fix="Bring it from another copy: `git fetch --tags`.",
        )
    if not desk.dry_run:
        desk.repository.create_ref(f"refs/tags/{name}", known.oid)
    return known


def _judge(desk: Desk, name: str) -> _Judged:
    """Judge the gates on the newest text and record, and fix the moment by a commit of the record.

    What follows is made from that commit alone, so that anybody can make it again.
    """
    judged: list[_Judged] = []

    def decide(chronicle: Chronicle) -> Act:
        _signature(desk, chronicle)  # refused before anything is written
        commit = desk.main()
        facts = facts_of(Revision(desk, commit, chronicle, desk.now), name)
        found = judge_draft(facts)
        if errors(found) and not desk.dry_run:
            raise Refused(found, Exit.FINDINGS)
        chronicle.add_fact({"judged": name, "text": commit, "at": format_instant(desk.now)})
        judged.append(
            _Judged(
                commit=commit,
                events=chronicle.next_seq - 1,
                warnings=found,
                gates=checklist(facts, found),
            )
        )
        return Act(summary=f"The gates of {name} are met")

    desk.carry_out(decide)
    return judged[-1]


def _tag(desk: Desk, drawn: Drawn) -> bool:
    """Tag the draft if text and record are still the ones it was made from; False if one has moved."""
    manifest = drawn.manifest
    sign = _signature(desk, desk.chronicle())
    oid = desk.repository.write_tag_object(
        manifest.draft, manifest.commit, drawn.message, drawn.moment, TAGGER, sign
    )
    wanted: dict[str, tuple[str, str | None]] = {f"refs/tags/{manifest.draft}": (oid, "")}
    for ref, commit in ((desk.main_ref, manifest.commit), ("refs/heads/record", manifest.record)):
        if desk.repository.resolve(ref) is not None:
            wanted[ref] = (commit, commit)
    return desk.repository.update_refs(wanted)


def _signature(desk: Desk, chronicle: Chronicle) -> Sign | None:
    """How the draft is signed by the member of the secretariat who cuts it; None if unsigned.

    Raises:
        Refused: not the secretariat, or a key is listed and not here (exit USAGE).
    """
    by = people.secretariat(chronicle.world().at(desk.now).experts, desk.who, desk.now)
    return desk.signing(chronicle, by)


def _record(desk: Desk, manifest: Manifest) -> None:
    tag = desk.repository.read_tag(manifest.draft)
    assert tag is not None  # noqa: S101 - it was made just now, and tags don't move

    def decide(chronicle: Chronicle) -> Act:
        if any(event.tag == tag.oid for event in cuts_of(chronicle)):
            return Act(summary=f"{manifest.draft} is recorded")
        by = people.secretariat(chronicle.world().at(desk.now).experts, desk.who, desk.now)
        event = Cut(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            draft=manifest.draft,
            tag=tag.oid,
            commit=manifest.commit,
            record=manifest.record,
            manifest=fact_digest(manifest.to_json()),
        )
        return Act(summary=f"{manifest.draft} cut", events=(event,))

    desk.carry_out(decide)


def _finish(desk: Desk, name: str, tag: TagInfo, folder: Folder, say: Say) -> Report:
    """The tag is there: add what an interrupted run left out, or say that it is cut.

    Raises:
        Refused: the tag is not one of a draft, or the text has changed since: a tag never moves.
    """
    try:
        manifest = manifest_in(tag.message)
    except MalformedManifest as problem:
        raise refuse(
            "tag-foreign",
            f"There is a tag `{name}` that is no draft of this tool: {problem}.",
            fix="Give that tag another name, then run the same command again.",
        ) from problem
    chronicle = desk.chronicle()
    sign = _signature(desk, chronicle)
    recorded = any(event.tag == tag.oid for event in cuts_of(chronicle))
    if sign is not None and not recorded and not tag.signed.signature:
        raise refuse(
            "tag-unsigned",
            f"There is a tag `{name}` that nobody signed, and what you cut is signed.",
            fix=f"Remove it with `git tag -d {name}`, then run the same command again.",
        )
    if recorded and desk.texts.sources(desk.main()) != desk.texts.sources(manifest.commit):
        draft, number = parts_of(name)
        raise refuse(
            "draft-cut",
            f"{name} is cut already, from another text than today's, and a tag never moves.",
            fix=f"Correct it with `accord cut {draft}-corr-{number + 1} --reason ...`, or cut the next draft.",
        )
    if desk.dry_run:
        what = "is cut already" if recorded else "would be finished"
        return Report(text=f"{name} {what}.", data={"draft": name, "dry_run": True})
    say("It is tagged already; finishing what is left.")
    drawn = draw(desk, manifest.draft, manifest.commit, manifest.record, manifest.reason)
    if drawn.manifest != manifest:
        raise refuse(
            "draft-differs",
            f"The documents of {name} cannot be made again as its tag says.",
            fix="`accord verify` says what differs; use the version of accord that cut it.",
        )
    there = folder.read() or {}
    if there.get(SUMS) != drawn.everything[SUMS]:
        refuse_foreign(folder)
        folder.replace(drawn.everything)
    if not recorded:
        _record(desk, manifest)
    return _receipt(desk, drawn, folder, (), "is cut" if recorded else "is finished")


def _known(desk: Desk, name: str, reason: str) -> None:
    timetable = process_at(desk).timetable.at(desk.now)
    draft, number = parts_of(name)
    if draft not in timetable.drafts:
        close = difflib.get_close_matches(draft, timetable.drafts, n=1)
        known = f"Did you mean `{close[0]}`?" if close else f"Drafts: {', '.join(timetable.drafts)}."
        raise refuse(
            "draft-unknown", f"`{name}` is no draft of the timetable.", fix=known, exit_code=Exit.USAGE
        )
    if number and not reason:
        raise refuse(
            "corrigendum-reason",
            "A Corrigendum says what it corrects.",
            fix="Add `--reason TEXT`.",
            exit_code=Exit.USAGE,
        )
    if reason and not number:
        raise refuse(
            "corrigendum-reason",
            "`--reason` goes only with a Corrigendum.",
            fix="Leave it out, or name `" + draft + "-corr-1`.",
            exit_code=Exit.USAGE,
        )


def _would(name: str, judged: _Judged) -> Report:
    """The gates one by one, and what would happen."""
    failing = [gate for gate in judged.gates if gate.answer is Answer.FAILS]
    if failing:
        rules = ", ".join(gate.rule for gate in failing)
        verdict = f"{name} would not be cut: {rules}. Nothing is changed."
    else:
        verdict = f"Every gate of {name} is met. `accord cut {name}` would write its documents and tag it."
    return Report(
        text="\n".join([*gate_lines(judged.gates), verdict]),
        data={
            "draft": name,
            "dry_run": True,
            "text": judged.commit,
            "gates": [
                {
                    "rule": gate.rule,
                    "sentence": gate.sentence,
                    "answer": gate.answer.value,
                    "findings": [finding_data(finding) for finding in gate.findings],
                }
                for gate in judged.gates
            ],
        },
        findings=judged.warnings,
    )


def _receipt(desk: Desk, drawn: Drawn, folder: Folder, warnings: tuple[Finding, ...], how: str) -> Report:
    manifest = drawn.manifest
    forum = Revision(desk, manifest.commit, desk.chronicle(manifest.record), drawn.moment).process.forum
    files = sorted(drawn.everything)
    next_step = (
        "Next: check it as anybody can (`accord verify`), post it on the official page, and record the posting "
        f"(`accord posted {parts_of(manifest.draft)[0]} --at MOMENT --url ADDRESS`)."
    )
    lines = [
        f"{drawn.sheet.label} ({manifest.draft}) {how}: {folder.name}",
        *(f"  {file}" for file in files),
        next_step,
        notice(forum) + ".",
    ]
    return Report(
        text="\n".join(lines),
        data={
            "draft": manifest.draft,
            "commit": manifest.commit,
            "record": manifest.record,
            "folder": folder.name,
            "files": files,
            "manifest": manifest.to_json(),
        },
        findings=warnings,
    )
