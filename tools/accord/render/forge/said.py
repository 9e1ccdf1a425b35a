"""What was said of a text, and what can be said: the same for a contribution and for an Opinion as it reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from accord.domain.process.moments import show_moment
from accord.render.forge.available import Usable
from accord.render.forge.escaping import code, prose, sentence
from accord.render.forge.moments import show_short
from accord.render.messages import objection_line, voice_line, why_lines
from accord.render.messages.points import point_line

if TYPE_CHECKING:
    from accord.domain.agreement.objections import Objection
    from accord.domain.agreement.verdict import Verdict
    from accord.domain.agreement.voices import Voice
    from accord.domain.process.forum import Forum
    from accord.domain.record.events import Heard, Point
    from accord.render.messages import Speaking

_PLAIN_PAGE = re.compile(r"https://[\w./~%-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people said, worked out already.

    ``name`` is what a verb is told (`3`, `access`) and ``about`` what positions are about (`version 2`), of which
    ``text`` names the exact wording. ``heard`` is what does not count, oldest first. ``over``: nothing is asked of
    anybody any more. ``form``: there is no review with buttons. ``not_signed`` says which entries nobody signed, and
    ``guarded`` that nobody but the tool can write the record.
    """

    words: Speaking
    verdict: Verdict | None
    name: str
    about: str
    text: str = ""
    over: bool = False
    heard: Sequence[Heard] = ()
    points: Sequence[Point] = ()
    usable: Sequence[Usable] = ()
    not_signed: str = ""
    guarded: bool = False
    rehearsal: bool = False
    form: bool = False


def said_parts(said: Said) -> list[str]:
    """The parts of a comment below the text itself."""
    parts = [
        *section("What was said about it", _positions(said)),
        *section("Objections", _objections(said)),
        *section("Open points", _points(said)),
        *section("What is missing", _missing(said)),
        *section("What was said and does not count", _heard(said)),
        *_usable(said),
        _foot(said),
    ]
    return [part for part in parts if part]


def official_line(forum: Forum) -> str:
    """The line that stands on every output (R6)."""
    where = f"<{forum.page}>" if _PLAIN_PAGE.fullmatch(forum.page) else code(forum.page)
    return f"_Unofficial working aid; the official place is {where}._"


def tail(record: str, events: int, now: datetime, words: Speaking) -> str:
    """The last line: from which state of the record and which moment it is, and what to do if it lags behind."""
    return (
        f"Written from entry {events} of the record (commit <code>{record[:12]}</code>), "
        f"{show_moment(now, words.zone)}; nothing of it has changed since. It is brought up to date every twenty "
        "minutes or so: if what you wrote an hour ago is missing, write <code>/recheck</code>."
    )


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


def section(title: str, text: str) -> list[str]:
    """A part under its heading; nothing where there is nothing to say."""
    return [f"#### {title}\n\n{text}"] if text else []


def folded(text: str, summary: str, limit: int) -> str:
    """A text, folded away where it is longer than a screen."""
    if len(text) <= limit:
        return text
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _positions(said: Said) -> str:
    verdict = said.verdict
    if verdict is None:
        return ""
    voices = verdict.readiness.voices
    order = {one.id: place for place, one in enumerate(said.words.forum.categories)}
    ordered = sorted(voices, key=lambda voice: (order.get(voice.category, len(order)), voice.name))
    lines = [_voice(voice, said.words) for voice in ordered]
    nobody = "" if said.over else "Nobody has spoken yet."
    return "\n".join(fitted(lines, 9_000, _all(said))) or nobody


def _voice(voice: Voice, words: Speaking) -> str:
    line = _capital(sentence(voice_line(voice, words)))
    reasons = [f"  - “{prose(reason)}”" for reason in voice.reasons[-2:]]
    return "\n".join([f"- {line}", *reasons])


def _all(said: Said) -> str:
    return f"`accord status {said.name}` shows them"


def _objections(said: Said) -> str:
    verdict = said.verdict
    if verdict is None or not verdict.readiness.objections:
        return ""
    ready = verdict.readiness
    stand = [one for one in ready.objections if one.stands]
    over = [one for one in ready.objections if not one.stands]
    all_lines = [
        f"- {sentence(objection_line(one, said.words, gated=ready.gated))}." for one in [*stand, *over]
    ]
    lines = fitted(all_lines, 8_000, _all(said))
    if stand and not ready.gated:
        lines.append("- Objections to the Report's text stay visible and do not block it (C1).")
    if stand and not said.over:
        lines += ["", _ends(stand)]
    return "\n".join(lines)


def _ends(stand: Sequence[Objection]) -> str:
    """How those that stand end, with the first of them as the example."""
    one = stand[0]
    line = (
        "Only the experts to whom an objection belongs end it: "
        f"{code(f'/withdraw {one.id}')} takes it back, {code(f'/met {one.id}')} says that a change met it."
    )
    unclear = next((one for one in stand if one.words and not one.confirmed), None)
    if unclear is None:
        return line
    return f"{line} {code(f'/confirm {unclear.id}')} says that one which was read in other words is meant."


def _points(said: Said) -> str:
    lines = [f"- {_capital(sentence(point_line(one, said.words), 800))}" for one in said.points]
    if not lines:
        return ""
    about = "A point is a question, and holds nothing up. It leaves this list with *Resolve conversation*."
    return "\n".join([*fitted(lines, 4_000, "under `Files changed`"), "", about])


def _missing(said: Said) -> str:
    """Everything that is missing, where that is more than the next step says already."""
    verdict = said.verdict
    if verdict is None or len(verdict.missing) < 2 or said.over:
        return ""
    # Dates and reasons of objections stand with them.
    lines = [f"- {sentence(line)}" for line in why_lines(verdict, replace(said.words, brief=True))]
    where = f"`accord why {said.name}` shows them"
    return "\n".join(fitted(lines, 4_000, where))


def _heard(said: Said) -> str:
    shown = said.heard[-5:]
    lines = []
    for one in shown:
        when = show_short(one.received.latest, said.words)
        fix = f" {sentence(one.fix)}" if one.fix else ""
        quoted = "" if one.words and one.words in one.reason else f" “{prose(one.words, 200)}” —"
        lines.append(f"- {prose(one.by.name, 100)}, {when}:{quoted} {sentence(one.reason, 700)}{fix}")
    if len(said.heard) > len(shown):
        lines.append(f"- and {len(said.heard) - len(shown)} earlier")
    return "\n".join(lines)


def _usable(said: Said) -> list[str]:
    if not said.usable:
        return []
    lines: list[str] = []
    for who, group in groupby(said.usable, key=lambda one: one.who):
        lines += ["", f"**{who}**", ""]
        lines += [f"- {code(one.usage)} — {sentence(one.does)}{_example(one)}" for one in group]
    about = "Write one on a line of its own in a new comment. Everything else is read, and is no position."
    if any(one.position for one in said.usable):
        text = f" (text {code(said.text)})" if said.text else ""
        about += (
            f" A position is about {said.about} exactly as it is shown here{text}: once it reads differently, the "
            "position is outdated for the clauses that do."
        )
        if not said.form:
            about += " The buttons *Approve* and *Request changes* of a review count as support and as an objection."
    listed = "\n".join(lines)
    return [f"<details><summary>What you can write here</summary>\n\n{about}\n{listed}\n\n</details>"]


def _example(one: Usable) -> str:
    if one.example == one.usage.partition(" ")[0]:
        return ""
    return f" For instance {code(one.example)}{'' if one.example[-1] in '.?' else '.'}"


def _foot(said: Said) -> str:
    lines = []
    if said.not_signed:
        lines.append(sentence(said.not_signed))
    if said.rehearsal:
        lines.append(
            "_This is a rehearsal: all entities are invented, and nothing here can be released as real._"
        )
    if not said.guarded:
        lines.append(
            "_The record is unguarded: others than the tool could write to it until its branch is protected; "
            "`accord doctor` says how._"
        )
    return "\n".join(lines)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
