"""Record events as one line each, for people."""

from __future__ import annotations

from collections.abc import Iterable

from accord.domain.record.codec import instant_text
from accord.domain.record.events import (
    Admitted,
    Asked,
    Called,
    Confirmed,
    Corrected,
    Cosigned,
    Cut,
    Declared,
    Disposed,
    Event,
    Heard,
    Incorporated,
    MainSeen,
    Nominated,
    ObjectionEnded,
    Opened,
    Outcome,
    Point,
    PointSettled,
    Position,
    Posted,
    Recalled,
    Received,
    Redacted,
    Regularised,
    Reopened,
    Revised,
    Shown,
    Split,
    Synced,
    Waived,
    Withdrawn,
    WordsChanged,
)

NOT_SIGNED = "not signed"
"""Said of an entry whose writer had a key on the list of nominated experts."""


def unsigned_line(numbers: Iterable[int]) -> str:
    """Which entries that a decision rests on nobody signed; an empty text when there are none."""
    named = ", ".join(map(str, sorted(numbers)))
    return f"Not signed, though their writers have a key: {named} (numbers in the record)." if named else ""


def act_line(event: Event) -> str:
    """When it happened, who did it, what it was; the running number in front so that it can be cited."""
    who = f"{event.by.name} ({event.by.role})" if event.by.role != "tool" else "accord"
    when = instant_text(event.received.latest)
    late = "" if event.recorded <= event.received.latest else f", entered {instant_text(event.recorded)}"
    return f"{event.seq:>4}  {when}{late}  {who}: {_what(event)}"


def _what(event: Event) -> str:
    match event:
        case Opened():
            return f"the record of {event.forum} begins" + (" (rehearsal)" if event.rehearsal else "")
        case MainSeen():
            return f"saw the text {event.commit[:12]}"
        case Received():
            if event.split_from is not None:
                return f"split from contribution {event.split_from}"
            return f"handed in ({event.channel}, {event.alias})"
        case Revised():
            took = f", with contribution {event.took} in it" if event.took else ""
            meeting = f", drafting work of {event.meeting}" if event.meeting else ""
            return f"version {event.revision}{took}{meeting}{_because(event.reason)}"
        case Position():
            return _position(event)
        case Confirmed():
            return f"confirmed event {event.target} for {event.entity}"
        case Cosigned():
            did = "signed it with the source" if event.accepted else "did not sign it"
            return f"{event.entity} {did}{_because(event.reason)}"
        case ObjectionEnded():
            return f"objection {event.objection} {event.how}{_because(event.reason)}"
        case Asked():
            until = instant_text(event.until)
            return f"asked whether objection {event.objection} stands, to answer by {until}{_because(event.reason)}"
        case Called():
            return f"call until {instant_text(event.until)}"
        case Recalled():
            return f"took event {event.call} back{_because(event.reason)}"
        case Declared():
            rough = " (rough consensus)" if event.rough else ""
            return f"declared {event.result}{rough}{_because(event.reason)}"
        case Reopened():
            return f"reopened what event {event.declared} had declared{_because(event.reason)}"
        case Outcome():
            return f"{event.meeting}: {event.result}{_because(event.reason)}"
        case Withdrawn():
            return f"withdrew it{_because(event.reason)}"
        case Split():
            named = f", with objections {', '.join(event.objections)}" if event.objections else ""
            gone = ", ".join(event.clauses)
            return f"split: {gone} to contribution {event.into}{named}{_because(event.reason)}"
        case Disposed():
            return f"disposition: {event.disposition}{_because(event.reason)}"
        case Admitted():
            confirmed = f", category {event.category} confirmed" if event.category else ""
            return f"admitted version {event.revision}{confirmed}{_because(event.reason)}"
        case Waived():
            if event.spots:
                names = dict.fromkeys(spot.label or spot.path for spot in event.spots)
                return f"set aside {event.rule} in {', '.join(names)}{_because(event.reason)}"
            return f"overruled {event.rule} on version {event.revision}{_because(event.reason)}"
        case Redacted():
            versions = ", ".join(str(number) for number in event.revisions)
            return (
                f"took the text of version {versions} out of reach ({event.ground}){_because(event.reason)}"
            )
        case Corrected():
            return f"corrects event {event.target}{_because(event.reason)}"
        case Posted():
            return f"{event.draft} posted at {event.url}"
        case Nominated():
            return f"{event.name} nominated by {event.entity}{_because(event.reason)}"
        case Incorporated():
            return f"put in the text as {event.commit[:12]} ({event.mode}){_because(event.reason)}"
        case Regularised():
            return f"answers for the change {event.commit[:12]}{_because(event.reason)}"
        case Cut():
            return f"{event.draft} tagged"
        case Heard():
            return f"was heard, and it is no position: “{event.words}”{_because(event.reason)}"
        case WordsChanged():
            by = f" by {event.editor}" if event.editor else ""
            return f"the words of event {event.target} were {event.how}{by}"
        case Shown():
            return f"showed version {event.revision}"
        case Point():
            where = event.path + (f", line {event.line}" if event.line else "")
            return f"raised a point for an answer ({where}): “{event.words}”"
        case PointSettled():
            return f"the point of event {event.target} was {'settled' if event.settled else 'opened again'}"
        case Synced():
            return f"everything until {instant_text(event.until)} is here"
        case _:
            return type(event).__name__.lower()


def _position(event: Position) -> str:
    where = "" if not event.clauses else f" on {', '.join(event.clauses)}"
    named = f" ({event.objection})" if event.objection else ""
    said = f", said in {event.meeting}" if event.meeting else ""
    by = f", by {event.evidence.description}" if event.evidence else ""
    read = f", read in “{event.words}”" if event.words else ""
    return f"{event.said or event.stance} for {event.entity}{named}{where}{said}{by}{read}{_because(event.reason)}"


def _because(reason: str) -> str:
    return f" — {reason}" if reason else ""
