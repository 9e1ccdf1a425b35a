"""Receiving contributions and their later versions: `submit`, `revise`, `withdraw N`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accord.application import people
from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.form import form_findings
from accord.application.texts import FOLDERS
from accord.domain.agreement.case import Case
from accord.domain.agreement.proposal import proposal
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.addresses import address_findings, without_addresses
from accord.domain.process.paths import SIZE_LIMIT
from accord.domain.process.rules import ChangeInCall
from accord.domain.record.events import Received, Revised, Withdrawn
from accord.domain.record.values import Actor, Channel, Effect, Evidence, FormFinding, Receipt
from accord.domain.text.identity import Identified

CONTRIBUTIONS = "refs/contributions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The description handed in: raw bytes and the name of the file they came from."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How something was handed in: channel, receipt by which clock, what it rests on, under which name."""

    channel: Channel
    receipt: Receipt
    alias: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The text of a version: its head and base commits, its effect, and problems of form."""

    head: str | None
    base: str | None
    effect: Effect
    form: tuple[FormFinding, ...] = ()


# What can be mended without touching a word: such a text is read, so that one can see that it did not change.
_BESIDE_THE_TEXT = {"path-executable", "path-outside", "path-process"}

NO_TEXT = Proposed(head=None, base=None, effect=())


def submit(desk: Desk, branch: str | None, description: Description, handed: Handed) -> Done:
    """Receive a branch (or a statement without text) as the next contribution.

    A description that is no YAML at all is not received: nothing changes, and every problem is named. One that is
    readable but breaks a rule is received, keeps its receipt time, and is returned for correction.

    Raises:
        Refused: no such branch (USAGE), an unreadable description (FINDINGS).
    """
    _refuse_undated(handed)
    metadata, form = read_description(desk, description)
    head = None if branch is None else known_commit(desk, branch)

    def decide(chronicle: Chronicle) -> Act:
        number = chronicle.view.next_contribution
        proposed = propose(desk, chronicle, head, ()) if head else NO_TEXT
        experts = Cases(chronicle, desk.now).world.at(desk.now).experts
        people.refuse_dating(experts, desk.who, desk.now, handed.receipt)
        event = Received(
            by=people.source(experts, desk.who, desk.now),
            received=handed.receipt,
            recorded=desk.now,
            subject=str(number),
            channel=handed.channel,
            alias=handed.alias or branch or description.name.rpartition("/")[2],
            metadata=metadata,
            head=proposed.head,
            base=proposed.base,
            effect=proposed.effect,
            form=(*form, *proposed.form),
            evidence=handed.evidence,
        )
        return Act(
            summary=f"Contribution {number} received",
            events=(event,),
            refs=kept(number, 1, proposed.head),
            allocate=True,
        )

    return desk.carry_out(decide)


def revise(
    desk: Desk,
    number: str,
    branch: str | None,
    description: Description | None,
    handed: Handed,
    *,
    meeting: str = "",
    reason: str = "",
) -> Done:
    """Receive a later version of a contribution: another text, another description, or both.

    Raises:
        Refused: somebody who is not its source; nothing changed; it is over; or a call runs whose rules refuse a
            change (C7).
    """
    metadata, form = (None, ()) if description is None else read_description(desk, description)
    head = None if branch is None else known_commit(desk, branch)

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        refuse_ended(case)
        by = _reviser(desk, cases, case, meeting)
        people.refuse_dating(cases.world.at(desk.now).experts, desk.who, desk.now, handed.receipt)
        newest = case.newest
        earlier = earlier_heads(desk, chronicle, case)
        proposed = propose(desk, chronicle, head, earlier) if head else None
        if proposed is None:
            proposed = Proposed(head=newest.head, base=newest.base, effect=newest.proposal)
        if description is None and (proposed.head, proposed.effect) == (newest.head, newest.proposal):
            raise refuse(
                "revision-same",
                f"Contribution {case.number} reads the same as before.",
                fix="Name a branch with the new wording, or a new description with `--metadata FILE`.",
            )
        _refuse_in_call(case, proposed.effect, cases)
        if meeting:
            known_meeting(cases, meeting)
        revision = newest.number + 1
        event = Revised(
            by=by,
            received=handed.receipt,
            recorded=desk.now,
            subject=str(case.number),
            revision=revision,
            metadata=metadata,
            head=proposed.head,
            base=proposed.base,
            effect=proposed.effect,
            form=(*form, *proposed.form),
            meeting=meeting,
            reason=reason,
        )
        return Act(
            summary=f"Contribution {case.number}: version {revision} received",
            events=(event,),
            refs=kept(case.number, revision, proposed.head),
        )

    return desk.carry_out(decide)


def withdraw(desk: Desk, number: str, reason: str) -> Done:
    """The source takes its contribution back; it stays visible.

    Raises:
        Refused: somebody who is not its source; it is over, or in the text already.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        refuse_ended(case)
        if case.incorporated is not None:
            raise refuse(
                "withdraw-incorporated",
                f"Contribution {case.number} is already in the text and cannot be withdrawn.",
                fix="Propose a change of the text instead.",
            )
        event = Withdrawn(
            by=_for_source(desk, cases, case),
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            reason=reason,
        )
        return Act(summary=f"Contribution {case.number} withdrawn by its source", events=(event,))

    return desk.carry_out(decide)


def read_description(
    desk: Desk, description: Description
) -> tuple[dict[str, object] | None, tuple[FormFinding, ...]]:
    """The metadata in a description, or None with the problems of form for which it is returned.

    Raises:
        Refused: it cannot be read as strict YAML at all, or would bring an address into the record (exit FINDINGS).
    """
    read = desk.reader.metadata(description.data, description.name)
    unreadable = [f for f in read.findings if f.rule.startswith("yaml-") or f.rule.startswith("description-")]
    if unreadable:
        raise Refused(read.findings, Exit.FINDINGS)
    if read.value is None:
        return None, tuple(noted(finding) for finding in read.findings)
    addresses = address_findings(read.value, description.name)
    if addresses:
        raise Refused(addresses, Exit.FINDINGS)
    return dict(read.value), ()


def noted(finding: Finding) -> FormFinding:
    """A finding as it is kept in the record: without folders of the sender's, and without addresses."""
    place = finding.place
    if place is not None and "/" in place.file and not place.file.startswith(FOLDERS):
        place = replace(place, file=place.file.rpartition("/")[2])
    return FormFinding(
        rule=finding.rule,
        message=without_addresses(finding.message),
        fix=finding.fix,
        place=str(place or ""),
        severity=finding.severity.value,
    )


def known_commit(desk: Desk, rev: str) -> str:
    """The commit a branch or revision names.

    Raises:
        Refused: there is none (exit USAGE), with the nearest branch.
    """
    commit = desk.repository.resolve(rev)
    if commit is not None:
        return commit
    branches = [ref.removeprefix("refs/heads/") for ref in desk.repository.refs("refs/heads")]
    close = difflib.get_close_matches(rev, branches, n=1)
    raise refuse(
        "branch-unknown",
        f"There is no branch or version `{rev}` here.",
        fix=f"Did you mean `{close[0]}`?" if close else "Check its name.",
        exit_code=Exit.USAGE,
    )


def propose(desk: Desk, chronicle: Chronicle, head: str, earlier: Sequence[Identified]) -> Proposed:
    """What a head proposes against the text it was written on.

    Raises:
        Refused: it shares no history with the main branch (exit FINDINGS).
    """
    base = desk.repository.merge_base(desk.main(), head)
    if base is None:
        raise refuse(
            "history-unrelated",
            "This was not written on the text of the main branch.",
            fix="Start from the main branch and make the change there.",
        )
    form = tuple(noted(f) for f in form_findings(desk.repository, base, head))
    broken = {finding.rule for finding in form if finding.severity == "error"}
    if broken and (broken - _BESIDE_THE_TEXT or not _is_readable(desk, head)):
        # Its files break the rules of form: its text is not read until they are mended.
        return Proposed(head=head, base=base, effect=(), form=form)
    identities = desk.identities(chronicle)
    at_base = identities.at(base)
    given = identities.given(chronicle.main_seen()[-1])
    at_head = identities.of_head(at_base, head, earlier, given)
    return Proposed(head=head, base=base, effect=proposal(at_base, at_head), form=form)


def _is_readable(desk: Desk, head: str) -> bool:
    if any(entry.size > SIZE_LIMIT for entry in desk.texts.entries(head)):
        return False
    try:
        desk.texts.documents(head)
    except Refused:
        return False
    return True


def earlier_heads(desk: Desk, chronicle: Chronicle, case: Case) -> tuple[Identified, ...]:
    """The clauses of the newest earlier version with the ids its record gives them."""
    identities = desk.identities(chronicle)
    clauses: tuple[Identified, ...] = ()
    for revision in case.revisions:
        if revision.head is None or revision.base is None or not revision.proposal:
            continue
        at_base = identities.at(revision.base)
        given = identities.given(chronicle.main_seen()[-1])
        clauses = identities.of_head(at_base, revision.head, clauses, given)
    return clauses


def kept(number: int, revision: int, head: str | None) -> dict[str, str]:
    """Names that keep a version's text reachable: its own, and the newest."""
    if head is None:
        return {}
    folder = f"{CONTRIBUTIONS}/{number}"
    return {f"{folder}/v{revision}": head, f"{folder}/head": head}


def refuse_ended(case: Case) -> None:
    """Refuse to act on what is over."""
    if case.ended:
        raise refuse(
            "contribution-over",
            f"Contribution {case.number} is over ({case.state.value}).",
            fix="Hand in a new contribution.",
        )


def known_meeting(cases: Cases, meeting: str) -> None:
    """Refuse a meeting that the timetable doesn't have, or that has not begun: nothing was said in it yet."""
    timetable = cases.world.at(cases.now).timetable.at(cases.now)
    meetings = {event.id: event for event in timetable.events if event.kind.value == "meeting"}
    names = list(meetings)
    if meeting not in meetings:
        close = difflib.get_close_matches(meeting, names, n=1)
        raise refuse(
            "meeting-unknown",
            f"The timetable has no meeting `{meeting}`.",
            fix=f"Did you mean `{close[0]}`?" if close else f"Meetings: {', '.join(names)}.",
            exit_code=Exit.USAGE,
        )
    days = meetings[meeting].days
    if cases.now.astimezone(timetable.zone).date() < days.first:
        raise refuse(
            "meeting-ahead",
            f"The meeting `{meeting}` has not begun: {days.show()}.",
            fix="Enter what is said in it once it has begun; a change of its days is an amendment of the timetable.",
            exit_code=Exit.USAGE,
        )


def _refuse_undated(handed: Handed) -> None:
    """The registry's time goes with a letter, mail or form, and with the evidence for it."""
    if handed.receipt.clock != "registry":
        return
    if handed.channel == "local":
        raise refuse(
            "registry-channel",
            "What is handed in here is received now; a letter, mail or form has a time of its own.",
            fix="Say how it came in: `--channel letter`, `--channel email` or `--channel form`.",
            exit_code=Exit.USAGE,
        )
    if handed.evidence is None:
        raise refuse(
            "evidence-missing",
            "A time of receipt is kept with the evidence for it (C14).",
            fix="Name the letter or mail with `--evidence FILE`, or its mark with `--registry MARK`.",
            exit_code=Exit.USAGE,
        )


def _for_source(desk: Desk, cases: Cases, case: Case) -> Actor:
    return people.for_source(
        cases.world.at(desk.now).experts,
        desk.who,
        desk.now,
        entity=case.dossier.source,
        handed_in_by=case.received.by.name,
    )


def _reviser(desk: Desk, cases: Cases, case: Case, meeting: str) -> Actor:
    """Its source; and what a meeting drafted is handed in by a chair or an expert of any entity (A5)."""
    experts = cases.world.at(desk.now).experts
    actor = people.source(experts, desk.who, desk.now)
    if meeting and (actor.id is not None or people.is_chair(experts, desk.who, desk.now)):
        known_meeting(cases, meeting)
        return actor
    return _for_source(desk, cases, case)


def _refuse_in_call(case: Case, effect: Effect, cases: Cases) -> None:
    verdict = case.verdict
    call = verdict.readiness.call if verdict else None
    if call is None or verdict is None or verdict.declared is not None or effect == case.newest.proposal:
        return
    if cases.world.at(call.opened).rules.change_in_call is ChangeInCall.REFUSE and call.void_since is None:
        raise refuse(
            "change-in-call",
            f"A call on contribution {case.number} is open, and the rules refuse a change of its text then (C7).",
            fix="Wait for the result, or ask a chair to take the call back.",
        )
