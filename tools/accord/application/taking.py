"""`revise N --take M`: the source of a contribution takes an amendment of it into its own text."""

from __future__ import annotations

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.merging import Change, carried, clash_finding
from accord.application.proposing import kept, propose
from accord.application.receiving import for_source
from accord.application.refusals import refuse_ended, refuse_in_call, refuse_redacted
from accord.domain.agreement.case import Case
from accord.domain.findings import Exit, Refused, refuse
from accord.domain.record.events import Revised
from accord.domain.record.values import Receipt

AUTHOR = "Accord"


def take(desk: Desk, number: str, amendment: str, reason: str = "") -> Done:
    """A new version of a contribution, with the change that an amendment of it proposes.

    Raises:
        Refused: not its source; the other one is no amendment of it, or is over; both changed the same words (exit
            FINDINGS, with what each wants there); or a call runs whose rules refuse a change (C7).
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case, brought = cases.contribution(number), cases.contribution(amendment)
        refuse_ended(case)
        by = for_source(desk, cases, case)
        _refuse_no_amendment(case, brought)
        own, other = case.newest, brought.current
        refuse_redacted(case, own)
        refuse_redacted(brought, other)
        if own.head is None or own.base is None or other.head is None or other.base is None:
            raise refuse(
                "take-no-text", f"Contribution {brought.number} changes no text.", fix="Nothing to take."
            )
        change = Change(number=brought.number, base=other.base, head=other.head)
        files, clashes = carried(desk, own.head, change)
        if clashes:
            raise Refused(clash_finding(one, f"contribution {case.number} proposes") for one in clashes)
        if not files:
            raise refuse(
                "revision-same",
                f"Contribution {case.number} already reads as contribution {brought.number} proposes.",
                fix="Nothing is left to do.",
            )
        head = desk.repository.write_commit(
            {path: None if text is None else text.encode() for path, text in files.items()},
            [own.head, other.head],
            f"Contribution {case.number} with contribution {brought.number}\n",
            desk.now,
            AUTHOR,
        )
        amends = own.contribution.amends if own.contribution else None
        identities = desk.identities(chronicle)
        earlier = (identities.newest(brought.number), identities.newest(case.number))
        proposed = propose(desk, chronicle, head, earlier, base=own.base, amends=amends)
        refuse_in_call(case, proposed.effect, cases)
        revision = own.number + 1
        event = Revised(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            revision=revision,
            metadata=own.metadata,
            head=proposed.head,
            base=proposed.base,
            effect=proposed.effect,
            form=proposed.form,
            reason=reason or f"takes contribution {brought.number} into its own text",
            took=brought.number,
        )
        return Act(
            summary=f"Contribution {case.number}: version {revision}, with contribution {brought.number} in it",
            events=(event,),
            refs=kept(case.number, revision, proposed.head),
        )

    return desk.carry_out(decide)


def _refuse_no_amendment(case: Case, brought: Case) -> None:
    onto = brought.dossier.onto
    if onto is None or onto.subject != str(case.number):
        raise refuse(
            "take-no-amendment",
            f"Contribution {brought.number} does not amend contribution {case.number}.",
            fix="`accord status` shows which contribution amends which.",
            exit_code=Exit.USAGE,
        )
    refuse_ended(brought)
    if not brought.current.counts:
        raise refuse(
            "take-not-open",
            f"Contribution {brought.number} is not before the group yet.",
            fix=f"`accord status {brought.number}` says what it needs first.",
        )
    if case.incorporated is not None:
        raise refuse(
            "take-incorporated",
            f"Contribution {case.number} is in the text already.",
            fix=f"Contribution {brought.number} can be incorporated itself once it is agreed.",
        )
