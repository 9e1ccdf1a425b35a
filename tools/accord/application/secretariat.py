"""What the secretariat does beside incorporating: `admit`, `dispose`, `correct`, `posted`. Each with a reason."""

from __future__ import annotations

import difflib

from accord.application import people
from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.refusals import refuse_ended
from accord.domain.findings import Exit, refuse
from accord.domain.process.door import Verdict as Door
from accord.domain.process.moments import parse_from
from accord.domain.record.events import Admitted, Corrected, Declared, Disposed, Outcome, Posted
from accord.domain.record.values import Disposition, Receipt

_NOT_IN_THE_TEXT = ("noted", "not-retained", "carried-over")


def admit(desk: Desk, number: str, reason: str, *, revision: int | None = None, category: str = "") -> Done:
    """Admit a held contribution or late version, or confirm a category, with a reason (C14, R16).

    It overrules findings of form only; a new Opinion after the final Report stays refused (R10).

    Raises:
        Refused: not the secretariat, nothing is held, an unknown category.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        state = cases.world.at(desk.now)
        by = people.secretariat(state.experts, desk.who, desk.now)
        refuse_ended(case)
        which = revision or case.newest.number
        found = next((r for r in case.revisions if r.number == which), None)
        if found is None:
            raise refuse(
                "revision-unknown",
                f"Contribution {case.number} has no version {which}.",
                fix=f"Its versions run from 1 to {case.newest.number}.",
                exit_code=Exit.USAGE,
            )
        if category and state.forum.category(category) is None:
            close = difflib.get_close_matches(category, [c.id for c in state.forum.categories], n=1)
            raise refuse(
                "category-unknown",
                f"`{category}` is no category of this forum.",
                fix=f"Did you mean `{close[0]}`?" if close else "`accord now` lists the categories.",
                exit_code=Exit.USAGE,
            )
        door = found.admission.verdict if found.admission else None
        if door is Door.REFUSED:
            raise refuse(
                "admit-refused",
                f"Contribution {case.number} cannot be admitted: a new Opinion after the final Report (R10).",
                fix="Its source can comment on an Opinion that was presented in time.",
            )
        if found.counts and not category:
            raise refuse(
                "admit-nothing",
                f"Version {which} of contribution {case.number} is before the group already.",
                fix="Nothing is left to admit.",
            )
        if found.metadata is None or any(f.severity == "error" for f in found.form):
            raise refuse(
                "admit-unreadable",
                f"Version {which} of contribution {case.number} cannot be read, so it cannot be admitted.",
                fix="Its source corrects it first.",
            )
        event = Admitted(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            revision=which,
            reason=reason,
            category=category,
        )
        return Act(summary=f"Contribution {case.number}: version {which} admitted", events=(event,))

    return desk.carry_out(decide)


def dispose(desk: Desk, number: str, disposition: Disposition, reason: str) -> Done:
    """Say what became of a contribution (R25).

    Raises:
        Refused: not the secretariat; a disposition that is untrue of what is, or is not, in the text.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        case = cases.contribution(number)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        if disposition == "incorporated" and case.incorporated is None:
            raise refuse(
                "dispose-not-incorporated",
                f"Contribution {case.number} is not in the text, so it cannot be disposed of as incorporated.",
                fix=f"`accord incorporate {case.number}` puts it there; or choose another disposition.",
            )
        if disposition in _NOT_IN_THE_TEXT and case.incorporated is not None:
            raise refuse(
                "dispose-incorporated",
                f"Contribution {case.number} is in the text, so it cannot be disposed of as {disposition}.",
                fix="Propose a change of the text instead; `accord correct` adds a note to what was recorded.",
            )
        event = Disposed(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(case.number),
            disposition=disposition,
            reason=reason,
        )
        return Act(summary=f"Contribution {case.number}: {disposition}", events=(event,))

    return desk.carry_out(decide)


def correct(desk: Desk, target: int, reason: str, *, contested: bool = False) -> Done:
    """Add a note of correction to an event; nothing is removed (C14). A declaration can be marked contested.

    Raises:
        Refused: there is no such event; only a declaration can be contested.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        last = chronicle.view.head.events
        found = next((e for e in chronicle.everything() if e.seq == target), None)
        if found is None:
            raise refuse(
                "event-unknown",
                f"The record has no event {target}.",
                fix=f"Events run from 1 to {last}; `accord status N` shows those of a contribution.",
                exit_code=Exit.USAGE,
            )
        if contested and not isinstance(found, (Declared, Outcome)):
            raise refuse(
                "contest-no-declaration",
                f"Event {target} is no declaration, so it cannot be contested.",
                fix="Leave `--contested` out.",
                exit_code=Exit.USAGE,
            )
        event = Corrected(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=found.subject,
            target=target,
            reason=reason,
            contested=contested,
        )
        return Act(summary=f"Event {target} corrected", events=(event,))

    return desk.carry_out(decide)


def posted(desk: Desk, draft: str, at: str, url: str, symbol: str) -> Done:
    """Record the official posting of a draft: windows open by it (A4).

    Raises:
        Refused: not the secretariat; an unknown draft; an address that is none.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        state = cases.world.at(desk.now)
        by = people.secretariat(state.experts, desk.who, desk.now)
        known_draft(cases, draft)
        try:
            moment = parse_from(at, state.timetable.zone)
        except ValueError as problem:
            raise refuse("moment", f"{problem}.", exit_code=Exit.USAGE) from problem
        if moment > desk.now:
            raise refuse(
                "moment-future",
                "--at lies in the future: what is not posted yet cannot be recorded as posted.",
                fix="Record it once it is posted; until then the planned day opens the window (A4).",
                exit_code=Exit.USAGE,
            )
        if not url.startswith(("https://", "http://")):
            raise refuse(
                "posted-address",
                f"`{url}` is no web address.",
                fix="Write it like `https://...`.",
                exit_code=Exit.USAGE,
            )
        event = Posted(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            draft=draft,
            at=moment,
            url=url,
            symbol=symbol,
        )
        return Act(summary=f"{draft} posted officially", events=(event,))

    return desk.carry_out(decide)


def known_draft(cases: Cases, draft: str) -> None:
    """Refuse a draft that the timetable doesn't have (exit USAGE), with the nearest name."""
    names = cases.world.at(cases.now).timetable.at(cases.now).drafts
    if draft not in names:
        close = difflib.get_close_matches(draft, names, n=1)
        raise refuse(
            "draft-unknown",
            f"`{draft}` is no draft of the timetable.",
            fix=f"Did you mean `{close[0]}`?" if close else f"Drafts: {', '.join(names)}.",
            exit_code=Exit.USAGE,
        )
