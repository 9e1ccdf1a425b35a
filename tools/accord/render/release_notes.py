"""The notes of a release: what is in it, what changed, what was checked, and where the official version is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.domain.findings import Finding
from accord.render.forge.escaping import code, prose, sentence
from accord.render.messages.words import NOTICE

MOST = 40  # lines of one list; the documents have all of them
UNGUARDED = (
    "> **The files below can be exchanged by whoever may write here**, since releases are not made immutable in this "
    "repository. Before you rely on one, compare it as the last section says."
)
_CONTENTS = (
    ("report.html", "the draft, to be read in a browser: the Report with the draft Opinions as its annex"),
    ("report.docx", "the same, to work on in Word"),
    ("report.pdf", "the same, to print; tagged for readers who cannot see it"),
    ("report.md", "the same as plain text"),
    ("redline.html", "what changed since the draft before, word by word, and whose change it is"),
    ("redline.docx", "the same in Word, as tracked changes"),
    ("redline.pdf", "the same, to print"),
    ("redline.md", "the same as plain text"),
    ("compilation.xlsx", "every contribution on the draft before, clause by clause, as a workbook"),
    ("compilation.docx", "the same in Word"),
    ("compilation.html", "the same, to be read in a browser"),
    ("compilation.csv", "the same as one plain table"),
    ("compilation.md", "the same as plain text"),
    ("contributions.html", "every contribution, and what became of it"),
    ("contributions.md", "the same as plain text"),
    ("calendar.ics", "the timetable, for a calendar program"),
    ("report.akn.xml", "for archives and other systems: the Report as Akoma Ntoso, each Opinion beside it"),
    ("manifest.json", "for programs: where each clause came from, and by which decision"),
    ("SHA256SUMS", "the fingerprints of the files, to check that they arrived unchanged"),
)
_GATES = (
    "The meeting and the deadline before this draft are over, and the drafts come in their order (R19).",
    "Everything received in time came before the group and has an answer with a reason (R24, R25).",
    "What the meetings decided is recorded, and no declaration is contested or still to be confirmed (C9, C11).",
    "The draft Opinions are as far as the timetable asks, and each is shown as what it is (R20 to R23, R26).",
    "Every change of the text was declared, or the secretariat took responsibility for it with a reason (C13).",
)
_CORRECTION_GATES = (
    "It corrects the newest draft, and the text reads differently now.",
    "It brings nothing that was agreed since: that belongs in the next draft.",
    "Every change of the text was declared, or the secretariat took responsibility for it with a reason (C13).",
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """What the secretariat overruled or admitted before this draft: which contribution, what, why, who, when."""

    contribution: str
    what: str
    reason: str
    by: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A finding of form that stands in a draft Opinion and was set aside: rule, place, why, by whom, when."""

    rule: str
    place: str
    reason: str
    by: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPosting:
    """Where and when the draft was posted officially."""

    url: str
    symbol: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the notes are made of. ``tag`` and ``record`` are what anybody checks the draft by; ``changes`` says how
    many clauses changed since ``previous`` ("": there is none); ``correction`` is the reason of a Corrigendum.
    """

    draft: str
    label: str
    forum: str
    page: str
    when: str
    commit: str
    record: str
    tag: str
    files: Sequence[str]
    opinions: Sequence[tuple[str, str]] = ()
    left_out: Sequence[str] = ()
    contributions: Sequence[tuple[str, int]] = ()
    previous: str = ""
    changes: str = ""
    correction: str = ""
    warnings: Sequence[Finding] = ()
    overruled: Sequence[Overruled] = ()
    set_aside: Sequence[SetAside] = ()
    posted: OfficialPosting | None = None


def title(facts: Facts) -> str:
    """The title of the release."""
    return f"{facts.label} ({facts.draft}), {facts.forum}"


def release_notes(facts: Facts, *, guarded: bool) -> str:
    """The notes as Markdown; words of people stand in them as they are, and nothing of them comes alive."""
    parts = [
        f"**{sentence(facts.label)}** as of {facts.when}.",
        f"{NOTICE.format(page=_address(facts.page))}.",
        _official(facts),
        *([] if guarded else [UNGUARDED]),
        _section("What is in it", _contents(facts)),
        _section("What changed", _changes(facts)),
        _section("What was checked before", _checked(facts)),
        _section("What the secretariat overruled", _overruled(facts)),
        *([_section("Findings of form set aside", _set_aside(facts))] if facts.set_aside else []),
        _section("How to check it", _checking(facts)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _official(facts: Facts) -> str:
    if facts.posted is None:
        return (
            "It is not posted on the official page yet, as far as the record knows. "
            "Once it is, the address stands here."
        )
    symbol = f" as {sentence(facts.posted.symbol)}" if facts.posted.symbol else ""
    return f"The official posting{symbol}: {_address(facts.posted.url)} ({facts.posted.when})."


def _contents(facts: Facts) -> Iterator[str]:
    known = dict(_CONTENTS)
    for name, words in _CONTENTS:
        if name in facts.files:
            yield f"{code(name)}: {words}"
    yield from (code(name) for name in facts.files if name not in known)
    if not facts.opinions:
        yield "Draft Opinions in the annex: none"
    for name, status in facts.opinions:
        yield f"Draft Opinion in the annex: {prose(name)}. {sentence(status)}"
    for name in facts.left_out:
        yield f"Draft Opinion left out by a meeting: {prose(name)}"
    number = sum(count for _, count in facts.contributions)
    answers = ", ".join(f"{count} {sentence(label)}" for label, count in facts.contributions)
    yield f"Contributions: {number}{f' ({answers})' if answers else ''}"


def _changes(facts: Facts) -> Iterator[str]:
    if facts.correction:
        yield f"What this Corrigendum corrects: {prose(facts.correction)}"
    if facts.previous:
        yield (
            f"Since {code(facts.previous)}: {sentence(facts.changes)} ADD is new, MOD reads differently, SUP is taken "
            "out. The redline shows each."
        )
    else:
        yield "This is the first draft; there is none to compare it with."


def _checked(facts: Facts) -> Iterator[str]:
    yield from _CORRECTION_GATES if facts.correction else _GATES
    yield from _limited(
        [f"To be looked at ({code(one.rule)}): {sentence(one.message)}" for one in facts.warnings]
    )


def _overruled(facts: Facts) -> Iterator[str]:
    if not facts.overruled:
        yield "Nothing."
    yield from _limited(
        [
            f"Contribution {one.contribution}: {sentence(one.what)}. Reason: {prose(one.reason)} "
            f"({prose(one.by)}, {one.when})"
            for one in facts.overruled
        ]
    )


def _set_aside(facts: Facts) -> Iterator[str]:
    yield from _limited(
        [
            f"{code(one.rule)} in {prose(one.place)}. Reason: {prose(one.reason)} ({prose(one.by)}, {one.when})"
            for one in facts.set_aside
        ]
    )


def _checking(facts: Facts) -> Iterator[str]:
    yield "With the files in one folder: `sha256sum --check SHA256SUMS`"
    yield "In a copy of this repository: `accord verify` recomputes every decision and compares the draft with its tag"
    yield (
        f"The tag {code(facts.draft)} is {code(facts.tag)}, on the text {code(facts.commit)} "
        f"and the record {code(facts.record)}"
    )


def _section(heading: str, lines: Iterator[str]) -> str:
    return "\n".join([f"### {heading}", "", *(f"- {line}" for line in lines)])


def _limited(lines: Sequence[str]) -> list[str]:
    if len(lines) <= MOST:
        return list(lines)
    return [*lines[:MOST], f"and {len(lines) - MOST} more, which the documents name"]


def _address(url: str) -> str:
    """An address that people can follow; anything else stands as code."""
    return f"<{url}>" if _ADDRESS.fullmatch(url) else code(url)
