"""The status comment: everything about a contribution, for somebody who has never used Git.

Sentences that the tool says elsewhere are said here in the same words. Everything that people wrote goes through
:mod:`accord.render.forge.escaping` before it is put down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from accord.domain.process.moments import show_moment, show_until
from accord.domain.process.windows import Phase
from accord.render.building_on import building_lines
from accord.render.forge.available import Usable
from accord.render.forge.escaping import code, prose, sentence
from accord.render.forge.moments import show_short
from accord.render.messages import (
    cosigners_line,
    next_step,
    objection_line,
    received_line,
    state_words,
    voice_line,
    why_lines,
)
from accord.render.messages.points import point_line

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.voices import Voice
    from accord.domain.findings import Finding
    from accord.domain.process.windows import Standing
    from accord.domain.record.events import Heard, Point
    from accord.render.alternatives import Meeting
    from accord.render.messages import Speaking

LONGEST = 60_000
"""Characters of the whole comment; a forge takes about 65,000."""

FOLDED = 1_500
"""A redline longer than this is folded away."""

_ROOM = 40_000  # for the redline; what else is said is short
_HOW = (
    "**Where:** the description above has *Edit* behind its three dots; a file is changed under *Files changed*. "
    "Nothing new has to be opened."
)
_PLAIN_PAGE = re.compile(r"https://[\w./~%-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the comment is made of, worked out already.

    ``current`` is where the moment falls in the timetable; ``changes`` are blocks of the redline, ``unshown`` says why
    there are none. ``topics`` gives the number on the forge of other contributions, ``heard`` what was said and does
    not count, oldest first, and ``points`` open threads. ``text`` names the exact text that this is about, ``gate`` is
    the line of the commit status ("" for a form). ``not_signed`` says which entries nobody signed.
    """

    case: Case
    words: Speaking
    now: datetime
    current: Standing
    door: Sequence[Finding] = ()
    changes: Sequence[str] = ()
    unshown: str = ""
    meetings: Sequence[Meeting] = ()
    topics: Mapping[int, int] = field(default_factory=dict)
    heard: Sequence[Heard] = ()
    points: Sequence[Point] = ()
    usable: Sequence[Usable] = ()
    text: str = ""
    gate: str = ""
    not_signed: str = ""
    guarded: bool = False
    form: bool = False


def content(page: Page) -> str:
    """What the comment says, without its mark and its last line. The redline gets the room that all else leaves."""
    before = [_top(page), _facts(page)]
    after = [
        *_section("What others propose for the same places", _meetings(page)),
        *_section("What was said about it", _positions(page)),
        *_section("Objections", _objections(page)),
        *_section("Open points", _points(page)),
        *_section("What is missing", _missing(page)),
        *_section("What was said and does not count", _heard(page)),
        *_usable(page),
        _foot(page),
    ]
    room = LONGEST - 2_000 - sum(len(part) + 2 for part in (*before, *after))
    changes = _section("What it changes", _changes(page, min(room, _ROOM)))
    return "\n\n".join(part for part in (*before, *changes, *after) if part)


def fitted(lines: Sequence[str], room: int, where: str) -> list[str]:
    """As many items of a list as there is room for, and how many more there are and where."""
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return [*shown, *([f"- and {more} more ({sentence(where)})"] if more else [])]


def tail(record: str, events: int, now: datetime, words: Speaking) -> str:
    """The last line: from which state of the record and which moment it is, and what to do if it lags behind."""
    return (
        f"Written from entry {events} of the record (commit <code>{record[:12]}</code>), "
        f"{show_moment(now, words.zone)}; nothing of it has changed since. It is brought up to date every twenty "
        "minutes or so: if what you wrote an hour ago is missing, write <code>/recheck</code>."
    )


# --- parts ------------------------------------------------------------------------------------------------


def _top(page: Page) -> str:
    case, words = page.case, page.words
    official = words.forum.page
    where = f"<{official}>" if _PLAIN_PAGE.fullmatch(official) else code(official)
    lines = [
        f"### Contribution {case.number}{_title(page)}",
        f"_Unofficial working aid; the official place is {where}._",
        f"**Where it stands: {sentence(state_words(case, words))}.** Next: {sentence(next_step(case, words))}",
    ]
    return "\n\n".join(lines)


def _title(page: Page) -> str:
    """Its title; nothing where the description could not be read."""
    case = page.case
    return "" if case.title == case.received.alias else f": {prose(case.title, 200)}"


def _facts(page: Page) -> str:
    case, words = page.case, page.words
    lines = [f"**Speaks for:** {_source(page)}"]
    if kind := words.forum.kind(str((case.current.metadata or case.newest.metadata or {}).get("kind", ""))):
        lines.append(f"**Kind:** {prose(kind.label)}")
    if cosigners := cosigners_line(case, words):
        lines.append(f"**{sentence(cosigners)}**")
    lines.append(f"**Window:** {sentence(_window(page))}")
    if case.newest.number > 1:
        lines.append(f"**Version:** {case.newest.number}")
    lines.append(f"**Received:** {sentence(received_line(case, words).removeprefix('Received '))}")
    lines += [sentence(line) for line in building_lines(case)]
    lines += _door(page)
    if case.newest is not case.current:
        lines.append(
            f"Version {case.newest.number} is the newest and is not before the group; "
            f"version {case.current.number} stands until then."
        )
    if page.gate:
        lines.append(f"**The sign at the newest version says:** {sentence(page.gate)}")
    return "\n".join(f"- {line}" for line in lines)


def _door(page: Page) -> list[str]:
    """What stands in its way, and what to do about it; what the next step says already is not said twice."""
    how = [_HOW] if page.case.newest.returned and not page.case.ended else []
    if len(page.door) == 1 and page.door[0].message in next_step(page.case, page.words):
        fix = page.door[0].fix
        return [*([f"**What to do:** {sentence(fix, 700)}"] if fix else []), *how]
    return [
        f"{sentence(one.message, 700)}{f' {sentence(one.fix, 700)}' if one.fix else ''}"
        for one in page.door[:8]
    ] + how


def _source(page: Page) -> str:
    """Who it speaks for, the category and the class; what is not verified says so."""
    case, words = page.case, page.words
    admission = case.current.admission or case.newest.admission
    metadata = case.current.metadata or case.newest.metadata or {}
    claimed = prose(str(metadata.get("source", "not stated")), 200)
    if admission is None:
        return "not known before its description can be read."
    name = prose(words.name_of(admission.entity), 200) if admission.entity and admission.verified else claimed
    category = words.forum.category(admission.category)
    label = f" ({prose(category.label)})" if category and admission.verified else ""
    what = f", so that it is a {admission.input_class.value}" if admission.input_class else ""
    return f"{name}{label}{what}" if admission.verified else f"{name} — **unverified**{what}"


def _window(page: Page) -> str:
    """The window that it came in, and whether that is still open."""
    case, words = page.case, page.words
    admission = case.current.admission or case.newest.admission
    if admission is None:
        return "not looked at before its description can be read."
    came, now = admission.standing, page.current
    if came.phase is Phase.OPEN and came.current is not None:
        window, draft = came.current.window.id, came.current.window.draft
        open_now = now.current is not None and now.phase is Phase.OPEN and now.current.window.id == window
        closes = now.current.closes if open_now and now.current else came.current.closes
        until = show_until(closes.latest, words.zone)
        said = f"open until {until}" if open_now else f"it came in time; the window closed with {until}"
        if not open_now and page.now < closes.earliest:
            said = f"open until {until}"
        return f"{window}, about `{draft}`: {said}."
    if came.phase is Phase.UNDETERMINED:
        return "not known yet; it is kept, and nothing is lost."
    return f"none was open when it came ({came.name}); it is kept, and nothing is lost."


def _changes(page: Page, room: int) -> str:
    if not page.changes:
        return prose(page.unshown)
    shown: list[str] = []
    for block in page.changes:
        if len(block) + 2 > room:
            break
        shown.append(block)
        room -= len(block) + 2
    left = len(page.changes) - len(shown)
    if left:
        where = (
            f"`accord diff {page.case.number}` shows them"
            if page.form
            else f"the page *Files changed* above shows them, and so does `accord diff {page.case.number}`"
        )
        shown.append(f"_And {left} more change{'s' if left > 1 else ''}: {where}._")
    text = "\n\n".join(shown)
    count = len(page.changes)
    legend = "<del>Crossed out</del> is what would go, <ins>underlined</ins> is what would come."
    if len(text) <= FOLDED:
        return f"{legend}\n\n{text}"
    return (
        f"{legend}\n\n<details><summary>{count} change{'s' if count > 1 else ''}, word by word</summary>"
        f"\n\n{text}\n\n</details>"
    )


def _meetings(page: Page) -> str:
    number = page.case.number
    lines: dict[str, None] = {}
    for one in page.meetings:
        others = [other for other in one.numbers if other != number]
        place = prose(one.label or one.clause, 200)
        if one.compatible:
            said = "can come in together with it" if len(others) == 1 else "can all come in together with it"
        else:
            said = "is an alternative to it" if len(others) == 1 else "are alternatives to it"
        named = " and ".join(_contribution(other, page.topics) for other in others)
        lines[f"- {place}: {named} {said}."] = None
    return "\n".join(fitted(list(lines), 4_000, "`accord conflicts` shows them"))


def _contribution(number: int, topics: Mapping[int, int]) -> str:
    topic = topics.get(number)
    return f"contribution {number} (#{topic})" if topic else f"contribution {number}"


def _positions(page: Page) -> str:
    verdict = page.case.verdict
    if verdict is None:
        return ""
    voices = verdict.readiness.voices
    order = {one.id: place for place, one in enumerate(page.words.forum.categories)}
    ordered = sorted(voices, key=lambda voice: (order.get(voice.category, len(order)), voice.name))
    lines = [_voice(voice, page.words) for voice in ordered]
    nobody = "" if page.case.ended else "Nobody has spoken yet."
    return "\n".join(fitted(lines, 9_000, _all(page))) or nobody


def _voice(voice: Voice, words: Speaking) -> str:
    line = _capital(sentence(voice_line(voice, words)))
    reasons = [f"  - “{prose(reason)}”" for reason in voice.reasons[-2:]]
    return "\n".join([f"- {line}", *reasons])


def _all(page: Page) -> str:
    return f"`accord status {page.case.number}` shows them"


def _objections(page: Page) -> str:
    verdict = page.case.verdict
    if verdict is None or not verdict.readiness.objections:
        return ""
    ready = verdict.readiness
    stand = [one for one in ready.objections if one.stands]
    over = [one for one in ready.objections if not one.stands]
    all_lines = [
        f"- {sentence(objection_line(one, page.words, gated=ready.gated))}." for one in [*stand, *over]
    ]
    lines = fitted(all_lines, 8_000, _all(page))
    if stand and not ready.gated:
        lines.append("- Objections to the Report's text stay visible and do not block it (C1).")
    if stand and not page.case.ended:
        lines += ["", _ends(stand)]
    return "\n".join(lines)


def _ends(stand: Sequence[Objection]) -> str:
    """How those that stand end, with the first of them as the example."""
    one = stand[0]
    said = (
        "Only the experts to whom an objection belongs end it: "
        f"{code(f'/withdraw {one.id}')} takes it back, {code(f'/met {one.id}')} says that a change met it."
    )
    unclear = next((one for one in stand if one.words and not one.confirmed), None)
    if unclear is None:
        return said
    return f"{said} {code(f'/confirm {unclear.id}')} says that one which was read in other words is meant."


def _points(page: Page) -> str:
    lines = [f"- {_capital(sentence(point_line(one, page.words), 800))}" for one in page.points]
    if not lines:
        return ""
    said = "A point is a question, and holds nothing up. It leaves this list with *Resolve conversation*."
    return "\n".join([*fitted(lines, 4_000, "under `Files changed`"), "", said])


def _missing(page: Page) -> str:
    """Everything that is missing, where that is more than the next step says already."""
    verdict = page.case.verdict
    if verdict is None or len(verdict.missing) < 2 or page.case.ended:
        return ""
    # Dates and reasons of objections stand with them.
    lines = [f"- {sentence(line)}" for line in why_lines(verdict, replace(page.words, brief=True))]
    where = f"`accord why {page.case.number}` shows them"
    return "\n".join(fitted(lines, 4_000, where))


def _heard(page: Page) -> str:
    shown = page.heard[-5:]
    lines = []
    for one in shown:
        when = show_short(one.received.latest, page.words)
        fix = f" {sentence(one.fix)}" if one.fix else ""
        quoted = "" if one.words and one.words in one.reason else f" “{prose(one.words, 200)}”"
        lines.append(f"- {prose(one.by.name, 100)}, {when}:{quoted} {sentence(one.reason, 700)}{fix}")
    if len(page.heard) > len(shown):
        lines.append(f"- and {len(page.heard) - len(shown)} earlier")
    return "\n".join(lines)


def _usable(page: Page) -> list[str]:
    if not page.usable:
        return []
    lines: list[str] = []
    for who, group in groupby(page.usable, key=lambda one: one.who):
        lines += ["", f"**{who}**", ""]
        for one in group:
            told = one.example != one.usage.partition(" ")[0]
            example = f" For instance {code(one.example)}." if told else ""
            lines.append(f"- {code(one.usage)} — {sentence(one.does)}{example}")
    about = "Write one on a line of its own in a new comment. Everything else is read, and is no position."
    if any(one.position for one in page.usable):
        text = f" (text {code(page.text)})" if page.text else ""
        about += (
            f" A position is about version {page.case.current.number} exactly as it is shown here{text}: once it "
            "reads differently, the position is outdated for the clauses that do."
        )
        if not page.form:
            about += " The buttons *Approve* and *Request changes* of a review count too, as support and as an objection."
    listed = "\n".join(lines)
    return [f"<details><summary>What you can write here</summary>\n\n{about}\n{listed}\n\n</details>"]


def _foot(page: Page) -> str:
    lines = []
    if page.not_signed:
        lines.append(sentence(page.not_signed))
    if not page.guarded:
        lines.append(
            "_The record is unguarded: others than the tool could write to it until its branch is protected; "
            "`accord doctor` says how._"
        )
    return "\n".join(lines)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _section(title: str, text: str) -> list[str]:
    return [f"#### {title}\n\n{text}"] if text else []
