"""`verify`: recompute everything from the text and the record alone, and compare it with what was written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from accord.application import (
    verify_acts,
    verify_decisions,
    verify_drafts,
    verify_record,
    verify_signatures,
    verify_texts,
)
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.domain.findings import Finding, Refused, Severity, errors
from accord.domain.record.events import Cut, Declared, Event, MainSeen, Outcome, Received

Say = Callable[[str], None]


def verify(desk: Desk, say: Say = lambda _: None) -> Report:
    """Check that the record was only added to, that every act was allowed, that every decision follows from what came
    before it, that the text is what was decided, and that every draft can be made again byte for byte.

    Raises:
        Refused: there is no record (exit USAGE), or git refuses (exit OUTSIDE).
    """
    view = desk.store.view()
    say("The record: only added to?")
    history = desk.store.history()
    found = list(history.findings)
    say("The record: every event readable, in order, by somebody who had the right?")
    checked = verify_record.check_events(desk, view)
    found += checked.findings
    counted = {"events": view.head.events, "contributions": view.head.contributions}
    if checked.chronicle is not None:
        chronicle = checked.chronicle
        events = chronicle.everything()
        signatures = partial(verify_signatures.check, commits=history.commits)
        counted["states"] = sum(isinstance(event, MainSeen) for event in events)
        counted["decisions"] = sum(isinstance(event, (Declared, Outcome)) for event in events)
        counted["drafts"] = sum(isinstance(event, Cut) for event in events)
        counted["contributions"] = sum(isinstance(event, Received) for event in events)
        for question, check in (
            ("The signatures: by those who wrote, and whole?", signatures),
            ("The text: every state as the record saw it, every change answered for?", verify_texts.check),
            ("The acts: each one what the rules allow?", verify_acts.check),
            ("The decisions: each follows from what came before it?", verify_decisions.check),
            ("The drafts: each made again, byte for byte?", verify_drafts.check),
        ):
            say(question)
            try:
                found += check(desk, chronicle)
            except Refused as refused:
                found += refused.findings
    found = _with_commits(desk, view.commit, list(dict.fromkeys(found)))
    found.append(_unguarded(checked.chronicle.everything() if checked.chronicle else ()))
    return Report(text=_text(counted, found), data={"checked": counted}, findings=tuple(found))


def _with_commits(desk: Desk, tip: str, found: list[Finding]) -> list[Finding]:
    """Whatever is wrong with an event names the commit of the record that it came with."""
    about = {one: _event(one) for one in found if _event(one)}
    if not about:
        return found
    commits = [info.oid for info in desk.repository.first_parent(None, tip)]
    try:
        came = {
            one: commits[bisect_left(commits, seq, key=lambda commit: desk.store.head(commit).events)]
            for one, seq in about.items()
        }
    except (Refused, IndexError):
        return found  # its counters were tampered with, which is said at its own place
    return [
        replace(one, fix=f"It came with commit {came[one][:12]} of the record. {one.fix}")
        if one in came
        else one
        for one in found
    ]


def _event(finding: Finding) -> int:
    """The running number of the event it is about; 0 for anything else."""
    place = finding.place
    number = place.path.removeprefix("event ") if place and place.file == "record" and place.path else ""
    return int(number) if number.isdigit() else 0


def _unguarded(events: Sequence[Event]) -> Finding:
    people = [event for event in events if event.by.role != "tool"]
    signed = sum(event.by.signed for event in people)
    if signed == 0:
        which = "entries are not signed" if events else "it is empty"
    else:
        which = f"{signed} of {len(people)} entries of people are signed"
    return Finding(
        rule="record-unguarded",
        message=f"Record unguarded: {which}, and anybody who can write this copy can add to it.",
        fix="Compare its newest state with that of another copy, or with the one a draft's tag names.",
        severity=Severity.NOTE,
    )


def _text(counted: dict[str, int], found: list[Finding]) -> str:
    parts = (
        ("events", "event"),
        ("contributions", "contribution"),
        ("states", "state of the text"),
        ("decisions", "decision"),
        ("drafts", "draft"),
    )
    said = [_count(counted[key], words) for key, words in parts if key in counted]
    checked = f"Checked: {', '.join(said)}."
    wrong = len(errors(found))
    if wrong:
        return (
            f"{checked}\n{_count(wrong, 'thing')} that should not be so; each is named below with its place."
        )
    return f"{checked}\nEverything follows from the text and the record."


def _count(number: int, words: str) -> str:
    first, _, rest = words.partition(" ")
    plural = first if number == 1 else f"{first}s"
    return f"{number} {plural}{' ' if rest else ''}{rest}"
