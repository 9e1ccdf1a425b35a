"""Contradictions in a timetable: unknown events, reversed or overlapping windows, in it and after each amendment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from accord.domain.findings import Finding, Place
from accord.domain.process.moments import show_day
from accord.domain.process.suggest import did_you_mean
from accord.domain.process.timetable import EventChange, EventKind, ReportForm, Timetable, WindowChange


def timetable_findings(timetable: Timetable, file: str = "process/timetable.yaml") -> list[Finding]:
    """Every contradiction in the timetable and in what each of its amendments makes of it."""
    problems = _reference_findings(timetable, file)
    if problems:
        return problems
    states = [(datetime(1900, 1, 1, tzinfo=UTC), "")]
    states += [
        (a.adopted, f" with the amendment of {show_day(a.adopted.astimezone(timetable.zone).date())}")
        for a in timetable.amendments
    ]
    for moment, circumstance in states:
        for found in _order_findings(timetable.at(moment), file, circumstance):
            if all(found.rule != known.rule or found.place != known.place for known in problems):
                problems.append(found)
    return problems


def _reference_findings(timetable: Timetable, file: str) -> list[Finding]:
    known = {event.id: event for event in timetable.events}
    problems = [*_duplicates(timetable, file), *_final(timetable, file)]
    for path, target in _event_references(timetable):
        if target not in known:
            message = f"There is no event `{target}`."
            problems.append(
                _finding("timetable-unknown-event", file, path, message, did_you_mean(target, known))
            )
    for path, target in _window_references(timetable):
        windows = [window.id for window in timetable.windows]
        if target not in windows:
            message = f"There is no window `{target}`."
            problems.append(
                _finding("timetable-unknown-window", file, path, message, did_you_mean(target, windows))
            )
    for index, window in enumerate(timetable.windows):
        if window.opens in known and known[window.opens].kind is not EventKind.POSTING:
            message = f"Window {window.id} opens with `{window.opens}`, which is not a posting."
            fix = "Name the posting of the draft that is commented on."
            problems.append(
                _finding("timetable-window-opening", file, f"/windows/{index}/opens", message, fix)
            )
    return problems


def _duplicates(timetable: Timetable, file: str) -> Iterator[Finding]:
    groups = (("events", [e.id for e in timetable.events]), ("windows", [w.id for w in timetable.windows]))
    for group, ids in groups:
        for index, one in enumerate(ids):
            if one in ids[:index]:
                path, message = f"/{group}/{index}/id", f"`{one}` stands twice among the {group}."
                yield _finding("timetable-duplicate", file, path, message, "Give each its own id.")


def _final(timetable: Timetable, file: str) -> Iterator[Finding]:
    postings = timetable.of_kind(EventKind.POSTING)
    finals = [event for event in postings if event.contains and event.contains.report is ReportForm.FINAL]
    if len(finals) > 1:
        message = f"{len(finals)} postings contain the final Report; there is one Report (R7)."
        fix = "Mark only the last one with `contains: {report: final, ...}`."
        yield _finding("timetable-final", file, "/events", message, fix)


def _event_references(timetable: Timetable) -> Iterator[tuple[str, str]]:
    for index, window in enumerate(timetable.windows):
        yield f"/windows/{index}/opens", window.opens
        yield f"/windows/{index}/closes", window.closes
    for index, event in enumerate(timetable.events):
        for position, one in enumerate(event.after):
            yield f"/events/{index}/after/{position}", one
    for path, change in _changes(timetable):
        if isinstance(change, EventChange):
            yield f"{path}/event", change.event


def _window_references(timetable: Timetable) -> Iterator[tuple[str, str]]:
    for path, change in _changes(timetable):
        if isinstance(change, WindowChange):
            yield f"{path}/window", change.window


def _changes(timetable: Timetable) -> Iterator[tuple[str, EventChange | WindowChange]]:
    for number, amendment in enumerate(timetable.amendments):
        for index, change in enumerate(amendment.changes):
            yield f"/amendments/{number}/changes/{index}", change


def _order_findings(timetable: Timetable, file: str, since: str) -> Iterator[Finding]:
    for index, window in enumerate(timetable.windows):
        opens, closes = timetable.begins(window.opens), timetable.ends(window.closes)
        path = f"/windows/{index}"
        if closes.latest <= opens.earliest:
            message = f"Window {window.id} closes before it opens{since}."
            fix = f"Check the dates of `{window.opens}` and `{window.closes}`."
            yield _finding("timetable-window-reversed", file, path, message, fix)
        for earlier in timetable.windows[:index]:
            if opens.earliest < timetable.ends(earlier.closes).latest:
                message = f"Window {window.id} opens before window {earlier.id} has closed{since}."
                fix = f"Check the dates of `{window.opens}` and `{earlier.closes}`."
                yield _finding("timetable-windows-overlap", file, path, message, fix)
    for index, event in enumerate(timetable.events):
        planned, days = event.planned, event.days
        if event.fixing and (days.first < planned.first or days.last > planned.last):
            message = f"`{event.id}` is fixed outside {planned.show()}{since}."
            fix = "Amend its `date` too, or correct `fixed`."
            yield _finding("timetable-fixed-outside", file, f"/events/{index}/fixed", message, fix)
        for position, one in enumerate(event.after):
            if timetable.begins(event.id).latest < timetable.begins(one).earliest:
                message = f"`{event.id}` is planned before `{one}`, which must be over by then (R19){since}."
                fix = f"Check the dates of `{event.id}` and `{one}`."
                yield _finding("timetable-order", file, f"/events/{index}/after/{position}", message, fix)


def _finding(rule: str, file: str, path: str, message: str, fix: str) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, path=path))
