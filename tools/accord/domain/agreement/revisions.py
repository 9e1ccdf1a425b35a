"""The versions of a contribution as received: when each counts as received, and whether it is before the group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accord.domain.agreement.world import World
from accord.domain.process.admission import Admission
from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Verdict as Door
from accord.domain.process.moments import days_after
from accord.domain.record.events import Admitted, Event, Received, Redacted, Revised, Split, Waived
from accord.domain.record.values import Effect, FormFinding, Receipt, Role

Metadata = dict[str, Any]
Examine = Callable[[Metadata, Receipt, "Revision"], tuple[Contribution | None, Admission | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One received version. ``receipt`` is the one that counts for its window (see :func:`open_case`).

    ``sender`` is the account that it came from on a forge (0 for one that is gone), None if the channel shows none.
    ``correct_by`` is the first instant at which a corrected one no longer keeps that time of receipt. ``waived`` are
    the findings of form that the secretariat overruled on it, by rule; ``redacted`` is the act that took its text out
    of reach.
    """

    number: int
    seq: int
    receipt: Receipt
    own_receipt: Receipt
    metadata: Metadata | None
    head: str | None
    base: str | None
    proposal: Effect
    form: tuple[FormFinding, ...]
    role: Role = "source"
    sender: int | None = None
    meeting: str = ""
    contribution: Contribution | None = None
    admission: Admission | None = None
    admitted: Admitted | None = None
    waived: tuple[str, ...] = ()
    redacted: Redacted | None = None
    correct_by: datetime | None = None

    @property
    def returned(self) -> bool:
        """Whether something of its form must be corrected before anything else."""
        if self.admitted is not None:
            return False
        errors = (f.rule for f in self.form if f.severity == "error")
        broken = self.metadata is None or any(rule not in self.waived for rule in errors)
        return broken or self.admission is None or self.admission.verdict is Door.RETURNED

    @property
    def counts(self) -> bool:
        """Whether it is before the group: open, admitted with a reason, or drafting work of a meeting (A5)."""
        if self.returned:
            return False
        if self.admitted is not None or self.meeting:
            return True
        return self.admission is not None and self.admission.verdict is Door.OPEN


def revisions(
    first: Received, events: Sequence[Event], world: World, examine: Examine, whole: Revision | None
) -> tuple[Revision, ...]:
    """Every version received, in order; ``whole`` is the one that the contribution was split from, if it was.

    ``examine`` applies the rules of the door to metadata and receipt.
    """
    admitted = {event.revision: event for event in events if isinstance(event, Admitted)}
    rests = {event.seq + 1 for event in events if isinstance(event, Split)}
    out: list[Revision] = []
    received: list[Received | Revised] = [first]
    received += [event for event in events if isinstance(event, Revised)]
    for event in received:
        number = event.revision if isinstance(event, Revised) else 1
        previous = out[-1] if out else None
        metadata = event.metadata
        if metadata is None and isinstance(event, Revised) and previous is not None and not event.form:
            metadata = previous.metadata  # the description was left as it was
        revision = Revision(
            number=number,
            seq=event.seq,
            receipt=_counting_receipt(event, previous, world),
            own_receipt=event.received,
            metadata=metadata,
            head=event.head,
            base=event.base,
            proposal=event.effect,
            form=event.form,
            role=event.by.role,
            sender=(event.by.id or 0) if event.post else None,
            meeting=event.meeting if isinstance(event, Revised) else "",
            admitted=admitted.get(number),
            waived=tuple(
                e.rule for e in events if isinstance(e, Waived) and not e.spots and e.revision == number
            ),
            redacted=next((e for e in events if isinstance(e, Redacted) and number in e.revisions), None),
        )
        split = previous if event.seq in rests else whole if event is first else None
        revision = _let_in_as(split, revision) if split else revision
        revision = replace(revision, correct_by=_correct_by(revision.receipt, world))
        contribution, admission = (
            (None, None) if metadata is None else examine(metadata, revision.receipt, revision)
        )
        out.append(replace(revision, contribution=contribution, admission=admission))
    return tuple(out)


def newest(received: Sequence[Revision]) -> Revision:
    """The version before the group; the newest one where none is."""
    counting = [revision for revision in received if revision.counts]
    return counting[-1] if counting else received[-1]


def since(revision: Revision) -> datetime:
    """From when a version counts: its own receipt, or the moment it was admitted."""
    if revision.admitted is not None:
        return max(revision.own_receipt.latest, revision.admitted.received.latest)
    return revision.own_receipt.latest


def _let_in_as(whole: Revision, part: Revision) -> Revision:
    """C6. The parts of a version that was split are the same text, so each came in when and as the whole did."""
    return replace(
        part,
        receipt=whole.receipt,
        role=whole.role,
        sender=whole.sender,
        meeting=whole.meeting,
        admitted=part.admitted or whole.admitted,
        waived=(*whole.waived, *part.waived),
    )


def _counting_receipt(event: Received | Revised, previous: Revision | None, world: World) -> Receipt:
    """A timely contribution returned for its form keeps its receipt time if corrected in time, text unchanged."""
    if previous is None or not previous.returned or event.effect != previous.proposal:
        return event.received
    by = _correct_by(previous.receipt, world)
    return previous.receipt if event.received.latest < by else event.received


def _correct_by(receipt: Receipt, world: World) -> datetime:
    state = world.at(receipt.latest)
    return days_after(receipt.latest, state.rules.correction_days, state.timetable.zone)
