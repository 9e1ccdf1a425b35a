"""The timetable of a fresh copy: each draft with its window, the meetings, the final Report, the forum itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from accord.domain.forge.blank import Blank, Span, comment, flow, scalar


def timetable(it: Blank) -> Iterator[str]:
    """The lines of `process/timetable.yaml`."""
    yield "# The timetable: when each draft is posted, until when contributions to it are received, when people meet."
    yield "#"
    if "windows" in it.invented:
        yield "# EXAMPLE. All dates below are invented. Replace them before the first draft is cut."
        yield "#"
    yield from comment(
        "Later, do not edit a date: add an entry to `amendments`, with the day it was adopted and its basis. What was "
        "received before that day keeps the verdict it had. Dates are days (2027-02-01), months (2027-02) where the "
        "day is not fixed yet, or two of them with `/` between. Drafts are called draft-1, draft-2, ... and final."
    )
    yield "version: 1"
    yield f"title: {scalar('Timetable of ' + it.short)}"
    yield 'basis: "to be named: the decision that this timetable rests on"'
    yield f"page: {scalar(it.page)}"
    yield ""
    yield "# Times are shown in this zone and in UTC. A deadline includes its whole day."
    yield f"zone: {scalar(it.zone)}"
    yield ""
    yield "events:"
    for event in _events(it):
        yield from event
    yield from comment(
        "A window opens when its draft is posted and closes with its deadline. `admits` names the kinds that may come "
        "in and from which classes; `public: true` opens it to the public, for the kinds that forum.yaml opens to it."
    )
    yield "windows:"
    count = len(it.windows)
    for number in range(1, count + 1):
        yield from _window(it, f"W{number}", f"draft-{number}", f"dl-{number}", _kinds(it, number))
    if it.final and it.held:
        yield "  # After the final Report only what is based on it."
        yield from _window(it, "forum", "final", "forum", ("comment",), public=False)
    yield ""
    yield "# For example:"
    yield "#"
    yield '#   - adopted: "2027-01-15"'
    yield "#     basis: the decision that changes it"
    yield "#     changes:"
    yield "#       - event: dl-1"
    yield '#         date: "2027-03-22"'
    yield "amendments: []"


def _events(it: Blank) -> Iterator[list[str]]:
    """The entries, in the order of their dates."""
    entries: list[tuple[date, int, list[str]]] = []
    meetings = {f"meeting-{n}": one for n, one in enumerate(it.meetings, 1)}
    before: list[str] = []
    for number, window in enumerate(it.windows, 1):
        after = [*before, *(name for name, one in meetings.items() if _between(it, number, one))]
        entries.append((window.first, 0, _posting(it, f"draft-{number}", number, window.first, after)))
        entries.append((window.last, 1, _deadline(it, number, window.last)))
        before = [f"dl-{number}"]
    for number, (name, one) in enumerate(meetings.items(), 1):
        says = "The experts meet and discuss the draft and what was received on it."
        entries.append(
            (one.first, 2, _event(name, "meeting", one, _nth(number, "meeting of the experts"), says))
        )
    if it.final:
        after = [
            *before,
            *(name for name, one in meetings.items() if it.windows[-1].first < one.last < it.final),
        ]
        entries.append((it.final, 0, _posting(it, "final", 0, it.final, after)))
    if it.held:
        says = f"{it.short} takes place."
        entries.append((it.held.first, 3, _event("forum", "forum", it.held, says.removesuffix("."), says)))
    for _, _, lines in sorted(entries, key=lambda entry: entry[:2]):
        yield lines


def _between(it: Blank, number: int, meeting: Span) -> bool:
    """Whether a meeting lies between the opening of the window before and that of this one."""
    earlier = it.windows[number - 2].first if number > 1 else date.min
    return earlier < meeting.last < it.windows[number - 1].first


def _posting(it: Blank, name: str, number: int, day: date, after: Sequence[str]) -> list[str]:
    last = name == "final"
    report = "final" if last else "outline" if number == 1 else "full"
    opinions = "none" if not it.opinions or number == 1 else "final" if last else "text"
    label = "Final Report" if last else _nth(number, "draft")
    says = f"The {label[0].lower()}{label[1:]} goes online{'' if last else ', and contributions to it are invited'}."
    more = [
        f"    contains: {{report: {report}, opinions: {opinions}}}",
        f"    public: {'true' if it.public and not last else 'false'}",
        *([f"    after: {flow(after)}"] if after else []),
    ]
    return _event(name, "posting", day, label, says, more)


def _deadline(it: Blank, number: int, day: date) -> list[str]:
    closes = [*_kinds(it, number), *(["nomination"] if number == 1 else [])]
    says = f"Last day on which contributions to the {_nth(number, 'draft').lower()} can be received."
    label = f"End of the {_nth(number, 'window').lower()}"
    return _event(f"dl-{number}", "deadline", day, label, says, [f"    closes: {flow(closes)}"])


def _event(
    name: str, kind: str, day: date | Span, label: str, says: str, more: Sequence[str] = ()
) -> list[str]:
    return [
        f"  - id: {name}",
        f"    kind: {kind}",
        f'    date: "{day}"',
        f"    label: {scalar(label)}",
        "    basis: to be named",
        *more,
        f"    text: [{scalar(says)}]",
        "",
    ]


def _window(
    it: Blank, name: str, opens: str, closes: str, kinds: Sequence[str], *, public: bool = True
) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    opens: {opens}"
    yield f"    closes: {closes}"
    yield f"    public: {'true' if public and it.public else 'false'}"
    yield "    admits:"
    for kind in kinds:
        yield f"      - {{kind: {kind}, classes: [proposal, view]}}"


def _kinds(it: Blank, number: int) -> tuple[str, ...]:
    """What a window admits: new Opinions in all but the last one, so that there is time to discuss them."""
    new = ("opinion-outline", "opinion-text") if it.opinions and number < max(len(it.windows), 2) else ()
    return ("comment", *new, *(("public-input",) if it.public else ()))


def _nth(number: int, what: str) -> str:
    words = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
    return f"{words[number - 1]} {what}" if number <= len(words) else f"{what.capitalize()} {number}"
