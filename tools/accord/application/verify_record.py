"""The record itself: every event readable and in its place, and written by somebody who had the right to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accord.application.chronicle import Chronicle, decoded, stream_of
from accord.application.desk import Desk
from accord.application.ports import RecordView
from accord.application.seen import SeenState
from accord.domain.agreement.objections import meeting_objection_id
from accord.domain.findings import Finding, Place, Refused
from accord.domain.process.people import ExpertsList, ExpertsView
from accord.domain.record import events as e
from accord.domain.record.events import KIND_OF, Event
from accord.domain.record.values import Actor, Clock, Role

CLOCKS_DIFFER = timedelta(hours=1)
_NOW: tuple[Clock, ...] = ("submit", "meeting", "first-seen")
MEND = "Compare with another copy of the record; the newest good commit that anybody has is the one to go on from."

# Who may write which kind (R28, C7, C9, C11, C14); the source of a contribution may be anybody.
_MAY: Mapping[type[Event], tuple[Role, ...]] = {
    e.Opened: ("tool",),
    e.MainSeen: ("tool",),
    e.Received: ("source", "secretariat"),
    e.Revised: ("source", "secretariat"),
    e.Withdrawn: ("source", "secretariat"),
    e.Split: ("source", "secretariat"),
    e.Position: ("expert", "secretariat", "tool"),
    e.Cosigned: ("expert", "secretariat"),
    e.Confirmed: ("expert",),
    e.Asked: ("chair", "secretariat"),
    e.ObjectionEnded: ("expert", "secretariat", "chair"),
    e.Called: ("chair",),
    e.Recalled: ("chair",),
    e.Declared: ("chair",),
    e.Reopened: ("chair",),
    e.Outcome: ("chair", "secretariat"),
    e.Disposed: ("secretariat",),
    e.Admitted: ("secretariat",),
    e.Waived: ("secretariat",),
    e.Redacted: ("secretariat",),
    e.Corrected: ("secretariat",),
    e.Posted: ("secretariat",),
    e.Nominated: ("secretariat",),
    e.Incorporated: ("secretariat",),
    e.Regularised: ("secretariat",),
    e.Cut: ("secretariat",),
    e.Heard: ("source", "expert", "chair", "secretariat", "guest", "tool"),
    e.WordsChanged: ("tool",),
    e.Shown: ("tool",),
    e.Point: ("expert",),
    e.PointSettled: ("tool",),
    e.Synced: ("tool",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found, and the record for further checks; None when it cannot be read."""

    findings: tuple[Finding, ...]
    chronicle: Chronicle | None = None


def check_events(desk: Desk, view: RecordView) -> Checked:
    """Read every event; check its schema, its place, and the right of its writer."""
    try:
        values = view.read_all()
    except Refused as refused:
        return Checked(findings=refused.findings)
    found: list[Finding] = []
    for value in values:
        found += [
            said(int(value["seq"]), one.rule, f"It does not fit its schema: {one.message}", one.fix or MEND)
            for one in desk.reader.event(value)
        ]
    try:
        decoded(values)
        chronicle = Chronicle(view, desk.facts)
        events = chronicle.everything()
    except Refused as refused:
        return Checked(findings=(*found, *refused.findings))
    found += _places(chronicle)
    found += _facts(chronicle)
    if any(one.rule == "record-fact" for one in found):
        return Checked(findings=tuple(found))
    found += _rights(chronicle, events, desk)
    return Checked(findings=tuple(found), chronicle=chronicle)


def said(seq: int, rule: str, message: str, fix: str = MEND) -> Finding:
    """A finding about one event."""
    return Finding(
        rule=rule,
        message=message,
        fix=fix,
        place=Place(file="record", path=f"event {seq}"),
    )


def _places(chronicle: Chronicle) -> Iterator[Finding]:
    """Each event stands with those of its subject, and none is dated after it was recorded."""
    for subject, events in chronicle.by_subject().items():
        there = {event.seq for event in chronicle.events(subject)}
        for event in events:
            if event.seq not in there:
                yield said(
                    event.seq,
                    "record-stream",
                    f"It is about {subject} but does not stand with those of {stream_of(subject)}.",
                )
    for event in chronicle.everything():
        if isinstance(event, e.Received) and event.split_from is not None:
            continue  # it came in when the whole did that it was split from; the texts are checked for that
        if event.received.latest > event.recorded:
            yield said(event.seq, "record-time", "It is said to have been received after it was recorded.")
        elif event.received.clock in _NOW and _since(event) < event.recorded:
            # What is typed is received when it is recorded; only the registry's clock may say an earlier time.
            yield said(event.seq, "record-time", "It is said to have been received before it was typed.")
        elif event.received.clock == "server" and not event.post:
            yield said(
                event.seq, "record-time", "Its time is said to be a server's, and it came from no post."
            )
        elif event.received.clock == "registry" and event.by.role != "secretariat":
            yield said(
                event.seq, "record-time", f"Its time is the registry's, and a {event.by.role} wrote it."
            )
    if not chronicle.view.head.rehearsal:  # there people choose the moment
        yield from _backdated(chronicle.everything())


def _since(event: Event) -> datetime:
    """From when it may have been received; what a forge showed first at some moment came at latest then."""
    found = event.post and event.received.clock == "first-seen"
    return event.received.latest if found else event.received.earliest


def _backdated(events: Sequence[Event]) -> Iterator[Finding]:
    """None is dated before those entered before it, by more than clocks differ."""
    newest: Event | None = None
    for event in events:
        # Held against the newest of all before it, so that small steps back don't add up.
        if newest and event.recorded < newest.recorded - CLOCKS_DIFFER:
            yield said(
                event.seq, "record-time", f"It is dated before event {newest.seq}, which was there already."
            )
        if newest is None or event.recorded > newest.recorded:
            newest = event


def _facts(chronicle: Chronicle) -> Iterator[Finding]:
    for state in chronicle.main_seen():
        for digest in (state.agreed, state.timetable, state.experts, state.forum, state.consensus):
            try:
                chronicle.fact(digest)
            except Refused as refused:
                for one in refused.findings:
                    yield said(state.seq, "record-fact", one.message)
    if not chronicle.main_seen():
        yield said(1, "record-fact", "The record has seen no state of the text.")


def _rights(chronicle: Chronicle, events: Sequence[Event], desk: Desk) -> Iterator[Finding]:
    """Every writer had the right, by the list of nominated experts as known then."""
    states = [SeenState(event, chronicle.fact, desk.facts) for event in chronicle.main_seen()]
    current = 0
    speaks = _spoken_for(events)
    for event in events:
        while current + 1 < len(states) and states[current + 1].seq < event.seq:
            current += 1
        kind = type(event)
        name = KIND_OF[kind]
        if event.by.role not in _MAY[kind]:
            yield said(
                event.seq, "record-right", f"`{name}` was written by a {event.by.role} ({event.by.name})."
            )
            continue
        moment = event.received.latest if isinstance(event, (e.Position, e.Cosigned)) else event.acted
        experts = states[current].experts
        view = experts.at(moment)
        problem = _wrong(event, view) or _not_theirs(
            event, _owners(experts, speaks.get(_about(event), ()), moment), view
        )
        if problem:
            yield said(
                event.seq,
                "record-right",
                f"`{name}` by {event.by.name}: {problem} by the list as known then.",
            )


def _wrong(event: Event, view: ExpertsView) -> str:
    """What the writer was not; an empty text when it had the right."""
    match event.by.role:
        case "chair" if not any(_is(event.by, one.name, one.account) for one in view.chairs):
            return "no chair"
        case "secretariat" if not any(_is(event.by, one.name, one.account) for one in view.secretariat):
            return "not of the secretariat"
        case "expert":
            entity = event.entity if isinstance(event, (e.Position, e.Cosigned, e.Confirmed)) else None
            experts = view.experts if entity is None else view.experts_of(entity)
            if not any(_is(event.by, one.name, one.account) for one in experts):
                return f"no expert nominated by {entity}" if entity else "no nominated expert"
        case _:
            pass
    if isinstance(event, e.Position) and event.by.role == "secretariat":
        # C14. The secretariat enters what others said only with evidence, or from a recorded meeting.
        return "" if event.evidence or event.meeting else "entered for an entity without evidence"
    if isinstance(event, e.Heard) and not event.post:
        return "what was heard and is no position came from no post"
    if isinstance(event, e.Position) and event.by.role == "tool" and not event.words:
        return "the tool enters no position but words that it read as an objection"
    if isinstance(event, e.Cosigned) and event.by.role == "secretariat" and event.evidence is None:
        return "entered for an entity without evidence"
    chairs = isinstance(event, e.ObjectionEnded) and event.how in ("disposed", "set-aside")
    if isinstance(event, e.ObjectionEnded) and chairs is not (event.by.role == "chair"):
        return "this is for a chair to dispose of or set aside, and for its owner to withdraw"
    return ""


def _owners(experts: ExpertsList, entities: Iterable[str], moment: datetime) -> tuple[str, ...]:
    return tuple(heir for entity in entities for heir in experts.heirs(entity, moment))


def _spoken_for(events: Sequence[Event]) -> Mapping[int, tuple[str, ...]]:
    """Event → whom it speaks for: a position or signature for its own entity, an end of an objection for the one that
    raised it, the outcome of a meeting for all that objected there.
    """
    raised: dict[str, str] = {}
    speaks: dict[int, tuple[str, ...]] = {}
    for event in events:
        match event:
            case e.Position():
                speaks[event.seq] = (event.entity,)
                if event.objection:
                    raised.setdefault(event.objection, event.entity)
            case e.Cosigned():
                speaks[event.seq] = (event.entity,)
            case e.Outcome():
                speaks[event.seq] = tuple(one.entity for one in event.objections)
                for said_there in event.objections:
                    id_ = meeting_objection_id(event.subject, event.meeting, said_there.entity)
                    raised.setdefault(id_, said_there.entity)
            case e.ObjectionEnded():
                speaks[event.seq] = (raised.get(event.objection, ""),)
            case _:
                pass
    return speaks


def _about(event: Event) -> int:
    """The event that somebody must own to write this one: its own for an ending, the confirmed one else."""
    return event.target if isinstance(event, e.Confirmed) else event.seq


def _not_theirs(event: Event, owners: tuple[str, ...], view: ExpertsView) -> str:
    """C6, C14. An objection is withdrawn, and an entry confirmed, by experts of the entity it belongs to alone.

    C2. ``owners`` are the entity, or once it has left its named successors.
    """
    if event.by.role != "expert":
        return ""
    if isinstance(event, e.ObjectionEnded):
        theirs = [one for owner in owners for one in view.experts_of(owner)]
        if not any(_is(event.by, one.name, one.account) for one in theirs):
            owner = " or ".join(owners) or "anybody that raised it"
            return f"no expert nominated by {owner}, whose objection it is,"
    if isinstance(event, e.Confirmed) and event.entity not in owners:
        return f"event {event.target} was not entered for {event.entity}"
    return ""


def _is(actor: Actor, name: str, account: int | None) -> bool:
    return actor.id == account if account is not None else actor.name == name
