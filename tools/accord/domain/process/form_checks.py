"""Is a contribution well formed? Kind, themes, language, draft and the secretariat's own text (R1, R7, R8, R28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Circumstances, Reason, Verdict
from accord.domain.process.forum import Sender
from accord.domain.process.suggest import did_you_mean, shorten
from accord.domain.process.timetable import Timetable

GENERAL = "general"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def check_form(it: Contribution, known: Circumstances) -> Iterator[Reason]:
    """Everything that needs no date: each problem returns the contribution for correction."""
    yield from _kind(it, known)
    yield from _themes(it, known)
    yield from _texts(it, known)
    yield from _opinion(it, known)


def _kind(it: Contribution, known: Circumstances) -> Iterator[Reason]:
    # R2. Only the forum's kinds.
    if known.forum.kind(it.kind) is None:
        names = [one.id for one in known.forum.kinds if one.sender is Sender.ANYONE]
        message = f"`{shorten(it.kind)}` is no kind of contribution (R2)."
        yield known.say(Verdict.RETURNED, "kind-unknown", message, did_you_mean(it.kind, names), "kind")


def _themes(it: Contribution, known: Circumstances) -> Iterator[Reason]:
    # R1. At least one of the themes of the forum (the Council decided those of WTPF-26); some are the secretariat's.
    free = [theme.id for theme in known.forum.themes if not theme.secretariat_only]
    if not it.themes:
        fix = f"List at least one of: {_names(free)}."
        yield known.say(Verdict.RETURNED, "theme-missing", "No theme is named (R1).", fix, "themes")
    for index, name in enumerate(it.themes):
        theme, at = known.forum.theme(name), f"themes/{index}"
        if theme is None:
            message = f"`{shorten(name)}` is none of the themes of this forum (R1)."
            yield known.say(Verdict.RETURNED, "theme-unknown", message, did_you_mean(name, free), at)
        elif theme.secretariat_only and not known.by_secretariat:
            message = f"`{name}` is a theme that only the secretariat gives (R1)."
            fix = f"Name one or more of: {_names(free)}."
            yield known.say(Verdict.RETURNED, "theme-secretariat", message, fix, at)


def _texts(it: Contribution, known: Circumstances) -> Iterator[Reason]:
    languages = known.forum.languages
    if languages and it.language not in languages:
        message = f"`{shorten(it.language)}` is no language of this forum."
        yield known.say(
            Verdict.RETURNED, "language-unknown", message, f"Use one of: {_names(languages)}.", "language"
        )
    for name, text in (("title", it.title), ("reasons", it.reasons), ("source", it.source)):
        if not text.strip():
            message = f"The field `{name}` is empty."
            yield known.say(Verdict.RETURNED, "field-empty", message, f"Fill in `{name}`.", name)
        if _MAIL.search(text):
            # A public history cannot forget, so nobody's address gets into it.
            message = f"There is an e-mail address in `{name}`."
            fix = "Remove it; the secretariat keeps contact details elsewhere."
            yield known.say(Verdict.RETURNED, "personal-data", message, fix, name)
    if it.source.casefold() in [one.casefold() for one in it.cosigners]:
        message = "The source is also named as a co-signer."
        yield known.say(
            Verdict.RETURNED, "cosigner-source", message, "Remove it from `cosigners`.", "cosigners"
        )


def _opinion(it: Contribution, known: Circumstances) -> Iterator[Reason]:
    if it.opinion is not None and known.known_opinions is not None:
        names = {*known.known_opinions, *(known.new_opinions or ())}
        if it.opinion not in names:
            message = f"There is no Opinion `{shorten(it.opinion)}`."
            fix = did_you_mean(it.opinion, sorted(names))
            yield known.say(Verdict.RETURNED, "opinion-unknown", message, fix, "opinion")


def check_draft(it: Contribution, known: Circumstances, timetable: Timetable) -> Iterator[Reason]:
    """R7, R8. Based on a draft of the one Report that exists, and on clauses it has; `general` is allowed."""
    name = it.based_on
    if name not in timetable.drafts:
        message = f"`{shorten(name)}` is no draft of the Report (R7, R8)."
        fix = did_you_mean(name, timetable.drafts)
        yield known.say(Verdict.RETURNED, "draft-unknown", message, fix, "based_on")
    elif name not in known.drafts:
        existing = [one for one in timetable.drafts if one in known.drafts]
        fix = f"Write `based_on: {existing[-1]}`." if existing else "Wait until the first draft is posted."
        yield known.say(
            Verdict.RETURNED, "draft-missing", f"`{name}` doesn't exist yet (R8).", fix, "based_on"
        )
    elif known.known_clauses is not None:
        for index, clause in enumerate(it.clauses):
            if clause != GENERAL and clause not in known.known_clauses:
                message = f"`{name}` has no clause `{shorten(clause)}` (R8)."
                fix = did_you_mean(clause, [GENERAL, *known.known_clauses])
                yield known.say(Verdict.RETURNED, "clause-unknown", message, fix, f"clauses/{index}")


def check_secretariat_text(it: Contribution, known: Circumstances, timetable: Timetable) -> Iterator[Reason]:
    """R28. The secretariat writes the next draft's text at any time, naming what it was written from."""
    if not known.by_secretariat:
        message = "Only the secretariat brings text of its own into the Report (R28)."
        fix = "Use the kind `comment`: it may change the Report's text too."
        yield known.say(Verdict.RETURNED, "kind-secretariat", message, fix, "kind")
    elif not it.sources:
        message = (
            "A text by the secretariat must name the contributions and meetings it was written from (R28)."
        )
        yield known.say(
            Verdict.RETURNED,
            "sources-missing",
            message,
            "Write them like `sources: [3, 7, ieg-1]`.",
            "sources",
        )
    events = [event.id for event in timetable.events]
    for index, one in enumerate(it.sources):
        if isinstance(one, str) and one not in events:
            message = f"`{shorten(one)}` is neither the number of a contribution nor in the timetable."
            fix = did_you_mean(one, events)
            yield known.say(Verdict.RETURNED, "sources-unknown", message, fix, f"sources/{index}")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)
