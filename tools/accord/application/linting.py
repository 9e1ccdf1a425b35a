"""The lint of draft Opinions where it is shown: what a contribution brings, what an Opinion or a file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from accord.domain.agreement.effect import OPINIONS
from accord.domain.findings import Finding, Refused
from accord.domain.process.moments import show_moment

if TYPE_CHECKING:
    from accord.application.cases import Cases, OpinionCase
    from accord.application.desk import Desk
    from accord.domain.agreement.case import Case
    from accord.domain.lint.aside import Judged
    from accord.domain.lint.flaw import Flaw
    from accord.domain.process.forum import Forum


def flaws_of(desk: Desk, path: str, text: str, forum: Forum) -> tuple[Flaw, ...]:
    """What the lint finds in the text of an Opinion; nothing in one that cannot be read, which is said elsewhere."""
    from accord.application.form import front_matter
    from accord.domain.lint.check import lint

    front = desk.reader.front_matter("opinion", front_matter(text) or "", path).value
    try:
        return lint(text, path, front or {}, forum.drafting, forum.opinion_readers)
    except Refused:
        return ()


def brought_by(desk: Desk, cases: Cases, case: Case) -> tuple[Flaw, ...]:
    """What the newest version of a contribution brings into Opinions, and the operative verbs that it changes."""
    version = case.newest
    if version.head is None or version.base is None or version.redacted is not None or not version.proposal:
        return ()
    try:
        before, after = desk.texts.sources(version.base), desk.texts.sources(version.head)
    except Refused:
        return ()
    changed = [path for path, text in after.items() if path.startswith(OPINIONS) and before.get(path) != text]
    if not changed:
        return ()
    from accord.domain.lint.check import new_flaws

    forum = cases.world.at(desk.now).forum
    found: list[Flaw] = []
    for path in changed:
        old = flaws_of(desk, path, before[path], forum) if path in before else ()
        found += new_flaws(old, flaws_of(desk, path, after[path], forum))
    return (*found, *_verbs(before, after, changed, forum))


def _verbs(
    before: Mapping[str, str], after: Mapping[str, str], changed: Sequence[str], forum: Forum
) -> tuple[Flaw, ...]:
    """Operative verbs that read differently in Opinions which were there before."""
    from accord.application.texts import parsed
    from accord.domain.lint.verbs import verb_changes
    from accord.domain.text.redline import compare

    paths = [path for path in changed if path in before]
    redline = compare(
        [parsed(path, before[path]) for path in paths], [parsed(path, after[path]) for path in paths]
    )
    return verb_changes(redline, forum.drafting)


def of_opinion(desk: Desk, cases: Cases, found: OpinionCase) -> tuple[Flaw, ...]:
    """What the lint finds in an Opinion as it reads."""
    state = cases.world.at(desk.now)
    text = desk.texts.sources(state.commit).get(found.path)
    return flaws_of(desk, found.path, text, state.forum) if text is not None else ()


def shown_with_acts(cases: Cases, flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Flaws as findings; one that the secretariat set aside says so, with who, when and why."""
    found = tuple(flaws)
    if not found:
        return ()  # without a flaw the whole record need not be read
    from accord.domain.lint.aside import shown

    zone = cases.world.at(cases.now).timetable.zone
    return tuple(
        shown(one, show_moment(one.aside.received.latest, zone) if one.aside else "").finding()
        for one in acts_on(cases, found)
    )


def acts_on(cases: Cases, flaws: Iterable[Flaw]) -> tuple[Judged, ...]:
    """Flaws, each with the act by which it was set aside by now."""
    from accord.domain.lint.aside import judged

    known = (event for event in cases.chronicle.everything() if event.received.earliest <= cases.now)
    return judged(flaws, known)


def lint_findings(desk: Desk, cases: Cases, found: Case | OpinionCase) -> tuple[Finding, ...]:
    """What the lint says of a contribution (what it brings) or of an Opinion (as it reads)."""
    from accord.domain.agreement.case import Case

    flaws = brought_by(desk, cases, found) if isinstance(found, Case) else of_opinion(desk, cases, found)
    return shown_with_acts(cases, flaws)
