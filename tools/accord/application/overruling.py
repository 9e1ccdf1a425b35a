"""`waive` and `redact`: what the secretariat overrules or takes out of reach, each with a reason (C14)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.application import people
from accord.application.cases import Cases, subject_of, title_of
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.linting import acts_on, brought_by, of_opinion
from accord.application.proposing import CONTRIBUTIONS
from accord.application.refusals import refuse_ended
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision
from accord.domain.findings import Exit, Severity, refuse
from accord.domain.lint.catalogue import CATALOGUE
from accord.domain.process.door import Verdict as Door
from accord.domain.process.moments import show_moment
from accord.domain.record.events import Redacted, Waived
from accord.domain.record.values import Receipt, Spot

if TYPE_CHECKING:
    from accord.domain.lint.flaw import Flaw

AUTHOR = "Accord"


def waive(desk: Desk, subject: str, rule: str, reason: str, *, place: str = "") -> Done:
    """Overrule a finding of form on the newest version of a contribution, or on an Opinion as it reads, with a reason.

    It reaches findings of form alone: never an objection, and never a text or a description that could not be read. One
    of the lint is set aside in each clause that has it, or in the one at ``place``, and for as long as that clause
    reads so.

    Raises:
        Refused: not the secretariat; no such finding on the newest version or at the place; nothing was read.
    """
    if rule in CATALOGUE:
        return _set_aside(desk, subject, rule, reason, place)

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(subject)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        refuse_ended(case)
        version = case.newest
        _refuse_unread(case, version)
        found = [*_overrulable(version), *(flaw.rule for flaw in _open(cases, brought_by(desk, cases, case)))]
        if rule not in found:
            close = difflib.get_close_matches(rule, found, n=1)
            fix = (
                f"Did you mean `{close[0]}`?"
                if close
                else f"It has: {', '.join(dict.fromkeys(found)) or 'none'}."
            )
            raise refuse(
                "waive-nothing",
                f"Version {version.number} of contribution {case.number} has no finding `{rule}` to overrule.",
                fix=fix,
                exit_code=Exit.USAGE,
            )
        event = Waived(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            revision=version.number,
            rule=rule,
            reason=reason,
        )
        return Act(
            summary=f"Contribution {case.number}: `{rule}` overruled on version {version.number}",
            events=(event,),
        )

    return desk.carry_out(decide)


def _set_aside(desk: Desk, subject: str, rule: str, reason: str, place: str) -> Done:
    """Set a finding of the lint aside, bound to the clauses as they read."""

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        if isinstance(found, Case):
            refuse_ended(found)
            _refuse_unread(found, found.newest)
        flaws = brought_by(desk, cases, found) if isinstance(found, Case) else of_opinion(desk, cases, found)
        standing = _open(cases, flaws)
        wanted = [
            flaw for flaw in standing if flaw.rule == rule and place in ("", flaw.label, str(flaw.line))
        ]
        if not wanted:
            has = [f"{one.rule} in {one.label or 'line ' + str(one.line)}" for one in standing]
            raise refuse(
                "waive-nothing",
                f"{_capital(title_of(found))} has no finding `{rule}` to set aside{f' at `{place}`' if place else ''}.",
                fix=f"It has: {', '.join(dict.fromkeys(has)) or 'none'}.",
                exit_code=Exit.USAGE,
            )
        event = Waived(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            revision=found.newest.number if isinstance(found, Case) else 0,
            rule=rule,
            reason=reason,
            spots=tuple(
                Spot(path=one.path, digest=one.digest, label=one.label, words=one.words) for one in wanted
            ),
        )
        where = ", ".join(dict.fromkeys(one.label or one.path for one in wanted))
        return Act(summary=f"{_capital(title_of(found))}: `{rule}` set aside in {where}", events=(event,))

    return desk.carry_out(decide)


def _open(cases: Cases, flaws: Iterable[Flaw]) -> list[Flaw]:
    """Findings of the lint that nobody has set aside; a note needs no act."""
    return [
        one.flaw
        for one in acts_on(cases, flaws)
        if one.aside is None and one.flaw.severity is Severity.WARNING
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def redact(desk: Desk, number: str, ground: str, reason: str, *, revision: int | None = None) -> Done:
    """Take the text of a contribution (or of one version) out of reach, with the ground.

    Its names point to a notice instead, so that whoever fetches it learns what happened. What it changed stays known
    by digests, so every decision can still be recomputed. What others already fetched stays with them.

    Raises:
        Refused: not the secretariat; the text is part of the agreed text, or others build on it; nothing to redact.
    """
    notice = "" if desk.dry_run else _notice(desk, number, ground)

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        chosen = _to_redact(case, revision)
        _refuse_used(desk, cases, chosen)
        event = Redacted(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            revisions=tuple(version.number for version in chosen),
            heads=tuple(dict.fromkeys(version.head for version in chosen if version.head)),
            ground=ground,
            reason=reason,
        )
        folder = f"{CONTRIBUTIONS}/{case.number}"
        refs = {f"{folder}/v{version.number}": notice for version in chosen}
        if case.newest.head in event.heads:
            refs[f"{folder}/head"] = notice
        versions = ", ".join(str(one) for one in event.revisions)
        summary = f"Contribution {case.number}: the text of version {versions} taken out of reach"
        return Act(summary=summary, events=(event,), refs=refs)

    return desk.carry_out(decide)


def _overrulable(version: Revision) -> list[str]:
    """Rules of the findings that return it for correction and that have not been overruled."""
    found = [one.rule for one in version.form if one.severity == "error"]
    if version.admission is not None and version.admission.verdict is Door.RETURNED:
        found += [f.rule for f in version.admission.findings if f.severity is Severity.ERROR]
    return [rule for rule in dict.fromkeys(found) if rule not in version.waived]


def _refuse_unread(case: Case, version: Revision) -> None:
    errors = [one for one in version.form if one.severity == "error"]
    unread = version.metadata is None or (bool(errors) and version.head is not None and not version.proposal)
    if unread:
        raise refuse(
            "waive-unreadable",
            f"Version {version.number} of contribution {case.number} could not be read, so there is nothing to admit.",
            fix="Its source corrects it first.",
        )


def _to_redact(case: Case, revision: int | None) -> list[Revision]:
    if case.incorporated is not None:
        raise refuse(
            "redact-incorporated",
            f"The text of contribution {case.number} is part of the agreed text, which is public.",
            fix="Change the agreed text first, by a contribution or an act of the secretariat.",
        )
    chosen = [
        one
        for one in case.revisions
        if one.head is not None and one.redacted is None and revision in (None, one.number)
    ]
    if revision is not None and chosen:
        # Versions that kept the text of this one lose it with it.
        chosen = [one for one in case.revisions if one.head == chosen[0].head]
    if not chosen:
        which = "it" if revision is None else f"its version {revision}"
        raise refuse(
            "redact-nothing",
            f"Contribution {case.number} changes no text, or the text of {which} is out of reach already.",
            fix=f"`accord status {case.number}` shows its versions.",
            exit_code=Exit.USAGE,
        )
    return chosen


def _refuse_used(desk: Desk, cases: Cases, chosen: list[Revision]) -> None:
    """A text that others build on stays in reach through theirs."""
    heads = {version.head for version in chosen if version.head}
    others = [
        (other.number, version.head)
        for other in cases.all()
        for version in other.revisions
        if version.head and version.redacted is None and version not in chosen
    ]
    using = sorted(
        {
            number
            for number, theirs in others
            if any(desk.repository.is_ancestor(head, theirs) for head in heads)
        }
    )
    if using:
        named = " and ".join(f"contribution {number}" for number in using)
        raise refuse(
            "redact-used",
            f"The text is also part of {named}, which builds on it.",
            fix="Take later versions and amendments out of reach first, the newest first.",
        )


def _notice(desk: Desk, number: str, ground: str) -> str:
    """A commit that says what happened, to stand where the text stood."""
    when = show_moment(desk.now, Cases(desk.chronicle(), desk.now).world.at(desk.now).timetable.zone)
    text = f"The text of contribution {number} was taken out of reach by the secretariat, {when}.\n\nGround: {ground}\n"
    return desk.repository.write_commit(
        {"REDACTED.md": text.encode()},
        [],
        f"Contribution {number}: text taken out of reach\n",
        desk.now,
        AUTHOR,
    )
