"""The gates of a draft: what must be true before it is cut (R19-R27, C9, C11, C13). Each failing one is named."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.drafts.contribution_gates import contribution_gates
from accord.domain.drafts.facts import DraftFacts
from accord.domain.drafts.opinion_gates import opinion_gates
from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.moments import show_day, show_until
from accord.domain.process.timetable import Event, Passed


def judge_draft(facts: DraftFacts) -> tuple[Finding, ...]:
    """Everything that keeps the draft from being cut (errors) and what people should look at (warnings, notes)."""
    found: list[Finding] = []
    if facts.correction is None:
        found += time_gates(facts)
        found += contribution_gates(facts)
    else:
        found += correction_gates(facts)
    found += opinion_gates(facts)
    found += text_gates(facts)
    return tuple(found)


def time_gates(facts: DraftFacts) -> Iterator[Finding]:
    """R19. The next draft comes after the meeting on the present one is over and its deadline has passed."""
    for event in facts.before:
        match facts.timetable.passed(event.id, facts.now):
            case Passed.NO:
                yield _gate(
                    "R19",
                    f"{event.label} ({event.id}) is not over: it ends at {_end(facts, event)}.",
                    "Wait for it; a change of the timetable needs a recorded amendment (A15).",
                )
            case Passed.UNDETERMINED:
                span = facts.timetable.ends(event.id)
                zone = facts.timetable.zone
                first = show_day(span.earliest.astimezone(zone).date())
                last = show_day(span.latest.astimezone(zone).date())
                yield _gate(
                    "R19",
                    f"Whether {event.label} ({event.id}) is over is undetermined: it ends between {first} and {last}.",
                    "Record its days in `process/timetable.yaml` as an amendment with `fixed`.",
                )
            case Passed.YES:
                pass
    order = facts.timetable.drafts
    place = order.index(facts.draft)
    if place and order[place - 1] not in facts.existing:
        yield _gate(
            "R19",
            f"The draft before it, {order[place - 1]}, does not exist yet.",
            f"Cut it (`accord cut {order[place - 1]}`), or record that it was posted (`accord posted`).",
        )
    later = [name for name in order[place + 1 :] if name in facts.existing]
    if later:
        yield _gate(
            "R19",
            f"{later[-1]} exists already, and drafts come in their order.",
            f"Correct a tagged draft with a Corrigendum: `accord cut {later[-1]}-corr-1 --reason ...`.",
        )


def correction_gates(facts: DraftFacts) -> Iterator[Finding]:
    """A Corrigendum corrects a tagged draft and brings nothing that belongs in the next one."""
    it = facts.correction
    if it is None:
        return
    if not it.exists:
        yield _gate("corrigendum", f"There is no draft {it.of} to correct.", f"Cut it: `accord cut {it.of}`.")
        return
    if it.number != it.expected:
        yield _gate(
            "corrigendum",
            f"The next Corrigendum of {it.of} is number {it.expected}.",
            f"`accord cut {it.of}-corr-{it.expected} --reason ...`",
        )
    newest = [name for name in facts.timetable.drafts if name in facts.existing]
    if newest and newest[-1] != it.of:
        yield _gate(
            "corrigendum",
            f"{newest[-1]} has been cut since; a correction of {it.of} would not be what people work on.",
            f"Correct {newest[-1]} instead.",
        )
    if not it.changed:
        yield _gate(
            "corrigendum",
            f"The text reads exactly as in {it.of}.",
            "Put the correction in the text first: `accord incorporate N --reason ...`.",
        )
    if it.agreed:
        listed = ", ".join(map(str, it.agreed))
        yield _gate(
            "corrigendum",
            f"Contributions {listed} were incorporated as agreed since {it.of}; they belong in the next draft.",
            "Carry the correction into the next draft.",
        )


def text_gates(facts: DraftFacts) -> Iterator[Finding]:
    """C13 and what the texts say about themselves."""
    # C13. A change that nobody declared stops the next draft until it is regularised or taken back.
    for one in facts.unanswered:
        clauses = f"{one.clauses} clause{'s' if one.clauses != 1 else ''}"
        yield _gate(
            "C13",
            f"The change {one.commit[:12]} of the text touched {clauses} without a declaration or a recorded act.",
            f"Take it back, or take responsibility for it: `accord regularise {one.commit[:12]} --reason ...`.",
        )
    yield from facts.form
    if not facts.table_agrees:
        yield Finding(
            rule="R11",
            message="Table 1 of the Report does not say what the timetable says.",
            fix="Bring the table into line with `process/timetable.yaml` by a text of the secretariat.",
            severity=Severity.WARNING,
            place=Place(file="report/"),
        )
    named = facts.correction.of if facts.correction else facts.draft
    if facts.cover_draft and facts.cover_draft != named:
        yield Finding(
            rule="R7",
            message=f"The cover of the Report says `{facts.cover_draft}`, and this is {named}.",
            fix="Change `draft`, `title` and `date` on the cover by a text of the secretariat.",
            severity=Severity.WARNING,
            place=Place(file="report/00-cover.md"),
        )


def _end(facts: DraftFacts, event: Event) -> str:
    return show_until(facts.timetable.ends(event.id).latest, facts.timetable.zone)


def _gate(rule: str, message: str, fix: str) -> Finding:
    return Finding(rule=rule, message=message, fix=fix)
