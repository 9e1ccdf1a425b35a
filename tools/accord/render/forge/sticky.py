"""The status comment: everything about a contribution, for somebody who has never used Git.

Sentences that the tool says elsewhere are said here in the same words. Everything that people wrote goes through
:mod:`accord.render.forge.escaping` before it is put down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from accord.domain.lint.verbs import VERB
from accord.domain.process.moments import show_until
from accord.domain.process.windows import Phase
from accord.render.building_on import building_lines
from accord.render.forge.escaping import prose, sentence
from accord.render.forge.said import Said, fitted, folded, official_line, said_parts, section
from accord.render.messages import cosigners_line, next_step, received_line, state_words

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.findings import Finding
    from accord.domain.process.windows import Standing
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the comment is made of, worked out already.

    ``current`` is where the moment falls in the timetable; ``changes`` are blocks of the redline, ``unshown`` says why
    there are none. ``topics`` gives the number on the forge of other contributions. ``gate`` is the line of the commit
    status, where it says more than where the contribution stands.
    """

    case: Case
    said: Said
    now: datetime
    current: Standing
    door: Sequence[Finding] = ()
    drafting: Sequence[Finding] = ()
    changes: Sequence[str] = ()
    unshown: str = ""
    meetings: Sequence[Meeting] = ()
    topics: Mapping[int, int] = field(default_factory=dict)
    gate: str = ""

    @property
    def words(self) -> Speaking:
        """Words, zone and names."""
        return self.said.words


def content(page: Page) -> str:
    """What the comment says, without its mark and its last line. The redline gets the room that all else leaves."""
    before = [_top(page), _facts(page)]
    after = [
        *section("Operative verbs that change", _drafted(page, verbs=True)),
        *section("How it is drafted", _drafted(page, verbs=False)),
        *section("What others propose for the same places", _meetings(page)),
        *said_parts(page.said),
    ]
    room = LONGEST - 2_000 - sum(len(part) + 2 for part in (*before, *after))
    changes = section("What it changes", _changes(page, min(room, _ROOM)))
    return "\n\n".join(part for part in (*before, *changes, *after) if part)


# --- parts ------------------------------------------------------------------------------------------------


def _top(page: Page) -> str:
    case, words = page.case, page.words
    lines = [
        f"### Contribution {case.number}{_title(page)}",
        official_line(words.forum),
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
        named, _, who = cosigners.partition(": ")
        lines.append(f"**{named}:** {sentence(who)}")
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
    step = next_step(page.case, page.words)
    shown = page.door[:8]
    if shown and all(one.message in step for one in shown):
        fixes = dict.fromkeys(sentence(one.fix, 700) for one in shown if one.fix)
        return [*([f"**What to do:** {' '.join(fixes)}"] if fixes else []), *how]
    return [
        f"{sentence(one.message, 700)}{f' {sentence(one.fix, 700)}' if one.fix else ''}" for one in shown
    ] + how


def _drafted(page: Page, *, verbs: bool) -> str:
    """What the lint of draft Opinions says; the verbs apart, since whole sessions are spent on them."""
    lines = [
        f"- {_place(one)}: {sentence(one.message, 700)} {sentence(one.fix, 700)}".rstrip()
        for one in page.drafting
        if (one.rule == VERB) is verbs
    ]
    return "\n".join(fitted(lines, 4_000, f"`accord check {page.case.number}` shows them"))


def _place(finding: Finding) -> str:
    """The clause where it is, or the file."""
    where = finding.place
    return prose((where.path or where.file) if where else "the text", 200)


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
            if page.said.form
            else f"the page *Files changed* above shows them, and so does `accord diff {page.case.number}`"
        )
        shown.append(f"_And {left} more change{'s' if left > 1 else ''}: {where}._")
    text = "\n\n".join(shown)
    count = len(page.changes)
    legend = "<del>Crossed out</del> is what would go, <ins>underlined</ins> is what would come."
    summary = f"{count} change{'s' if count > 1 else ''}, word by word"
    return f"{legend}\n\n{folded(text, summary, FOLDED)}"


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
