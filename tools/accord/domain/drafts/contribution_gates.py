"""The gates that are about contributions: all reached the meeting, all have an answer (R24, R25, R27, C9, C11)."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import ContributionFacts, DraftFacts
from accord.domain.findings import Finding, Place, Severity
from accord.domain.process.forum import State
from accord.domain.process.timetable import ReportForm


def contribution_gates(facts: DraftFacts) -> Iterator[Finding]:
    """Every gate about a contribution, by number; then what is missing from the whole."""
    for it in facts.contributions:
        yield from _one(it, facts)
    yield from _meeting_left_something(facts)
    yield from _categories(facts)


def _one(it: ContributionFacts, facts: DraftFacts) -> Iterator[Finding]:
    if it.state is State.WITHDRAWN:
        return
    answered = has_disposition(it, facts)
    in_time = facts.closed is not None and it.received < facts.closed
    unanswered_outcome = [meeting for meeting, seq in it.outcomes if not it.disposed or it.disposed_seq < seq]
    if answered and not it.reason:
        yield _gate(
            it, "R25", "has a disposition without a reason", f"accord dispose {it.number} ... --reason ..."
        )
    if unanswered_outcome:
        # C11. No draft is cut while an outcome of its meeting lacks a disposition.
        yield _gate(
            it,
            "C11",
            f"was put in {unanswered_outcome[-1]}, and what became of it is not recorded",
            f"accord dispose {it.number} DISPOSITION --reason ...` or `accord incorporate {it.number}",
        )
    elif not answered and in_time and not it.reached:
        # R24. The meeting discusses all that was received: what is held or returned is decided, never forgotten.
        yield _gate(
            it,
            "R24",
            f"was received for this draft and never came before the group ({it.state.value})",
            f"accord admit {it.number} --reason ...` or `accord dispose {it.number} DISPOSITION --reason ...",
        )
    elif not answered and in_time:
        # R25. Every contribution has a disposition with a reason before the next draft.
        carried = " since it was carried over" if it.disposed else ""
        yield _gate(
            it,
            "R25",
            f"has no disposition{carried}",
            f"accord incorporate {it.number}` or `accord dispose {it.number} DISPOSITION --reason ...",
        )
    elif not answered and facts.closed is not None:
        yield _gate(
            it,
            "R25",
            f"came after the deadline and is still {it.state.value}; it goes to the next draft",
            f"accord dispose {it.number} carried-over --reason ...",
            severity=Severity.WARNING,
        )
    if it.standing is Standing.TO_BE_CONFIRMED:
        # C9. Something received before the declaration was recorded after it.
        yield _gate(
            it,
            "C9",
            "has a declaration that is to be confirmed",
            f"a chair looks at it and declares again: accord declare {it.number} agreed",
        )
    if it.contested:
        yield _gate(
            it,
            "C14",
            "has a declaration that is contested; the draft says so",
            f"accord why {it.number}",
            severity=Severity.WARNING,
        )


def has_disposition(it: ContributionFacts, facts: DraftFacts) -> bool:
    """Whether it has its answer for this draft. Carried over counts for the draft it was carried over to, once."""
    if it.disposed == "carried-over":
        return it.disposed_seq > facts.previous_seq
    return bool(it.disposed)


def _meeting_left_something(facts: DraftFacts) -> Iterator[Finding]:
    """R20, R24. A draft takes in what its meeting discussed: with contributions before it, something is recorded."""
    discussed = [
        it for it in facts.contributions if it.reached and facts.closed and it.received < facts.closed
    ]
    for meeting in facts.meetings:
        if discussed and meeting.id not in facts.traces:
            yield Finding(
                rule="R20",
                message=f"The record has nothing from {meeting.label} ({meeting.id}), "
                "which had contributions before it.",
                fix=f"Record what it found: `accord meeting outcome {meeting.id} N RESULT`.",
            )


def _categories(facts: DraftFacts) -> Iterator[Finding]:
    """R27. Later drafts describe the policy issues among different stakeholder groups."""
    if facts.contains is None or facts.contains.report is ReportForm.OUTLINE:
        return
    heard = {it.category for it in facts.contributions if it.reached}
    silent = [category for category in facts.categories if category not in heard]
    if silent and facts.contributions:
        yield Finding(
            rule="R27",
            message=f"Nothing that was admitted came from these categories so far: {', '.join(silent)}.",
            fix="The list of contributions shows who contributed to which section; people judge.",
            severity=Severity.WARNING,
        )


def _gate(
    it: ContributionFacts, rule: str, what: str, command: str, *, severity: Severity = Severity.ERROR
) -> Finding:
    fix = command if command.startswith("a chair") else f"`{command}`"
    return Finding(
        rule=rule,
        message=f"Contribution {it.number} (“{it.title}”) {what}.",
        fix=fix,
        place=Place(file=f"contribution {it.number}"),
        severity=severity,
    )
