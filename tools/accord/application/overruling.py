"""`waive` and `redact`: what the secretariat overrules or takes out of reach, each with a reason (C14)."""

from __future__ import annotations

import difflib

from accord.application import people
from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.proposing import CONTRIBUTIONS
from accord.application.refusals import refuse_ended
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision
from accord.domain.findings import Exit, Severity, refuse
from accord.domain.process.door import Verdict as Door
from accord.domain.process.moments import show_moment
from accord.domain.record.events import Redacted, Waived
from accord.domain.record.values import Receipt

AUTHOR = "Accord"


def waive(desk: Desk, number: str, rule: str, reason: str) -> Done:
    """Overrule one finding of form on the newest version of a contribution, with a reason.

    It reaches findings of form alone: never an objection, and never a text or a description that could not be read.

    Raises:
        Refused: not the secretariat; no such finding on the newest version; nothing was read.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        refuse_ended(case)
        version = case.newest
        _refuse_unread(case, version)
        found = _overrulable(version)
        if rule not in found:
            close = difflib.get_close_matches(rule, found, n=1)
            fix = f"Did you mean `{close[0]}`?" if close else f"It has: {', '.join(found) or 'none'}."
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
