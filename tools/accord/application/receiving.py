"""Receiving contributions and their later versions: `submit`, `revise`, `withdraw N`."""

from __future__ import annotations

from dataclasses import dataclass

from accord.application import people
from accord.application.building_on import amending, references, text_amended
from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.proposing import (
    NO_TEXT,
    Proposed,
    as_it_is,
    kept,
    known_commit,
    noted,
    propose,
)
from accord.application.refusals import known_meeting, refuse_ended, refuse_in_call
from accord.application.versions import amended
from accord.domain.agreement.case import Case
from accord.domain.findings import Exit, Finding, Place, Refused, refuse
from accord.domain.process.addresses import address_findings
from accord.domain.process.block import find_block
from accord.domain.record.events import Received, Revised, Withdrawn
from accord.domain.record.values import Actor, Channel, Evidence, FormFinding, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The description handed in: raw bytes and the name of the file they came from.

    ``problems`` are those of the form it was made from; no bytes: there is nothing but these problems.
    """

    data: bytes
    name: str
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How something was handed in: channel, receipt by which clock, what it rests on, under which name.

    ``public``: it lies on a forge for everybody to see, so it is received whatever it looks like, and returned if need
    be; refusing it would only lose it.
    """

    channel: Channel
    receipt: Receipt
    alias: str = ""
    evidence: Evidence | None = None
    public: bool = False


def submit(
    desk: Desk, branch: str | None, description: Description, handed: Handed, *, amends: int | None = None
) -> Done:
    """Receive a branch (or a statement without text) as the next contribution.

    A description that is no YAML at all is not received: nothing changes, and every problem is named. One that is
    readable but breaks a rule is received, keeps its receipt time, and is returned for correction. ``amends`` names the
    contribution whose text it changes, as the description may do.

    Raises:
        Refused: no such branch (USAGE), an unreadable description, not written on the text it amends (FINDINGS).
    """
    _refuse_undated(handed)
    metadata, form = read_description(desk, description, public=handed.public)
    if amends is not None:
        _refuse_unread(metadata, form)
        metadata = amending(metadata or {}, amends, description.name)
    onto = amended(metadata or {})
    head = None if branch is None else known_commit(desk, branch)

    def decide(chronicle: Chronicle) -> Act:
        number = chronicle.view.next_contribution
        proposed = NO_TEXT
        if head:

            def propose_it(head: str = head) -> Proposed:
                base = (
                    text_amended(Cases(chronicle, desk.now), desk, head, onto) if onto is not None else None
                )
                return propose(desk, chronicle, head, base=base, amends=onto)

            proposed = as_it_is(head, propose_it, public=handed.public)
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
            form=(*form, *references(chronicle, number, metadata, description.name), *proposed.form),
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
    metadata, form = (
        (None, ()) if description is None else read_description(desk, description, public=handed.public)
    )
    head = None if branch is None else known_commit(desk, branch)

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        refuse_ended(case)
        by = _reviser(desk, cases, case, meeting)
        people.refuse_dating(cases.world.at(desk.now).experts, desk.who, desk.now, handed.receipt)
        newest = case.newest
        words = metadata if description is not None else newest.metadata
        onto = amended(words or {})
        proposed = Proposed(head=newest.head, base=newest.base, effect=newest.proposal)
        if head:

            def propose_it(head: str = head) -> Proposed:
                base = text_amended(cases, desk, head, onto, case.number) if onto is not None else None
                earlier = desk.identities(chronicle).newest(case.number)
                return propose(desk, chronicle, head, (earlier,), base=base, amends=onto)

            proposed = as_it_is(head, propose_it, public=handed.public)
        elif words is not None and onto != amended(newest.metadata or {}):
            raise refuse(
                "amends-text",
                "Another contribution is to be amended than before, so the text is another one too.",
                fix=f"Name the branch with the text as well: `accord revise {case.number} BRANCH --metadata FILE`.",
            )
        if description is None and (proposed.head, proposed.effect) == (newest.head, newest.proposal):
            raise refuse(
                "revision-same",
                f"Contribution {case.number} reads the same as before.",
                fix="Name a branch with the new wording, or a new description with `--metadata FILE`.",
            )
        refuse_in_call(case, proposed.effect, cases)
        if meeting:
            known_meeting(cases, meeting)
        revision = newest.number + 1
        name = description.name if description is not None else "description"
        wrong = (*form, *references(chronicle, case.number, words, name), *proposed.form)
        event = Revised(
            by=by,
            received=handed.receipt,
            recorded=desk.now,
            subject=str(case.number),
            revision=revision,
            # Left as it was it is not repeated, unless there is something to say about it or the text.
            metadata=words if wrong else metadata,
            head=proposed.head,
            base=proposed.base,
            effect=proposed.effect,
            form=wrong,
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
            by=for_source(desk, cases, case),
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            reason=reason,
        )
        return Act(summary=f"Contribution {case.number} withdrawn by its source", events=(event,))

    return desk.carry_out(decide)


def read_description(
    desk: Desk, description: Description, *, public: bool = False
) -> tuple[dict[str, object] | None, tuple[FormFinding, ...]]:
    """The metadata in a description, or None with the problems of form for which it is returned.

    Raises:
        Refused: it cannot be read as strict YAML at all, or would bring an address into the record (exit FINDINGS);
            one that is ``public`` is then returned, as any other with a problem of form.
    """
    problems = tuple(noted(finding) for finding in description.problems)
    if problems and not description.data:
        return None, problems
    if public:
        block = find_block(description.data.decode("utf-8", "replace"), description.name)
        if isinstance(block, Finding):
            return None, (noted(block),)
    read = desk.reader.metadata(description.data, description.name)
    unreadable = [f for f in read.findings if f.rule.startswith("yaml-") or f.rule.startswith("description-")]
    if unreadable and not public:
        raise Refused(read.findings, Exit.FINDINGS)
    if read.value is None:
        return None, (*problems, *(noted(finding) for finding in read.findings))
    addresses = address_findings(read.value, description.name)
    if addresses and public:
        return None, (*problems, *(noted(finding) for finding in addresses))
    if addresses:
        raise Refused(addresses, Exit.FINDINGS)
    return dict(read.value), problems


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


def for_source(desk: Desk, cases: Cases, case: Case) -> Actor:
    """Whoever acts for the source of a contribution; of a part, whoever handed in the whole it was split from.

    Raises:
        Refused: somebody else (exit USAGE).
    """
    received = case.received
    while received.split_from is not None:
        received = cases.contribution(received.split_from).received
    return people.for_source(
        cases.world.at(desk.now).experts,
        desk.who,
        desk.now,
        entity=case.dossier.source,
        handed_in_by=received.by,
    )


def _reviser(desk: Desk, cases: Cases, case: Case, meeting: str) -> Actor:
    """Its source; and what a meeting drafted is handed in by a chair or an expert of any entity (A5)."""
    experts = cases.world.at(desk.now).experts
    actor = people.source(experts, desk.who, desk.now)
    if meeting and (actor.id is not None or people.is_chair(experts, desk.who, desk.now)):
        known_meeting(cases, meeting)
        return actor
    return for_source(desk, cases, case)


def _refuse_unread(metadata: object, form: tuple[FormFinding, ...]) -> None:
    """An amendment whose description cannot be read does not say what it amends."""
    if metadata is None:
        raise Refused(
            (
                Finding(rule=one.rule, message=one.message, fix=one.fix, place=Place(file=one.place))
                for one in form
            ),
            Exit.FINDINGS,
        )
