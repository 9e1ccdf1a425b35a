"""`status N`, `why N`: where one contribution or Opinion stands, for people and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from accord.application.answers import case_data, class_shown, missing_data, opinion_data, source_shown
from accord.application.cases import Cases, OpinionCase, sent_on
from accord.application.chairing import speaking
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.application.signing import unsigned
from accord.application.telling import case_lines, door_findings, opinion_lines, opinion_state
from accord.domain.agreement.case import Case
from accord.domain.agreement.readiness import Readiness
from accord.domain.findings import Exit
from accord.domain.forge.points import open_points
from accord.domain.record.events import Event
from accord.render.acts import NOT_SIGNED, act_line, unsigned_line
from accord.render.messages import (
    Speaking,
    cosigners_line,
    next_step,
    notice,
    objection_line,
    state_words,
    touched_lines,
    voice_line,
    why_lines,
)
from accord.render.messages.points import point_line


def status_of(desk: Desk, subject: str) -> Report:
    """One contribution or Opinion: state, what it needs, positions by entity, objections, its acts."""
    from accord.application.linting import lint_findings

    cases = Cases(desk.chronicle(), desk.now)
    words = speaking(cases)
    found = cases.subject(subject)
    if isinstance(found, Case):
        lines = [
            f"Contribution {found.number}: {found.title}",
            f"Source: {source_shown(found, words)} ({class_shown(found)})",
        ]
        lines += case_lines(found, words)
        lines += filter(None, [cosigners_line(found, words)])
        lines += touched_lines(found.current.proposal)
        data = case_data(found, words)
        findings = (*door_findings(found), *lint_findings(desk, cases, found))
    else:
        lines = [f"Opinion {found.subject.partition('/')[2]}", *opinion_lines(found, words)]
        data = opinion_data(found, words)
        findings = lint_findings(desk, cases, found)
    verdict = found.verdict
    not_signed = unsigned(cases.world, found.dossier.events)
    marked = _about(found.dossier.events, not_signed)
    if verdict is not None:
        lines += ["", *_positions(verdict.readiness, words, marked)]
    points = open_points(found.dossier.events)
    if points:
        lines += ["", "Open points:", *(f"  {point_line(one, words)}" for one in points)]
    data["points"] = [point_line(one, words) for one in points]
    lines += ["", "What happened:", *(f"  {line}" for line in _acts(found.dossier.events, not_signed))]
    lines += _unsigned_lines(not_signed)
    data["unsigned"] = sorted(not_signed)
    lines.append("\n" + notice(words.forum) + ".")
    return Report(text="\n".join(lines), data=data, findings=findings, exit_code=Exit.OK)


def why(desk: Desk, subject: str) -> Report:
    """Everything that is missing, in sentences with rule numbers; exit FINDINGS while something is."""
    cases = Cases(desk.chronicle(), desk.now)
    words = speaking(cases)
    found = cases.subject(subject)
    if found.verdict is None:
        assert isinstance(found, Case)  # noqa: S101 - an Opinion always has a verdict
        lines = [f"It is {state_words(found, words)}.", next_step(found, words)]
        return Report(
            text="\n".join(lines),
            data={"state": found.state.value, "missing": []},
            findings=door_findings(found),
        )
    verdict = found.verdict
    not_signed = unsigned(cases.world, found.dossier.events)
    state = state_words(found, words) if isinstance(found, Case) else opinion_state(found, words)
    lines = [f"It is {state}."]
    lines += [f"- {line}" for line in why_lines(verdict, words)]
    if verdict.declared is not None and verdict.agreed:
        mark = f", {NOT_SIGNED}" if verdict.declared.seq in not_signed else ""
        lines.append(f"Declared by {verdict.declared.by.name} (event {verdict.declared.seq}{mark}).")
    lines += _unsigned_lines(not_signed)
    if isinstance(found, OpinionCase) and (sent := sent_on(found)) is not None:
        lines.append(f"No draft waits for it: {sent.meeting} found that it is {sent.result} (R23).")
    if not verdict.readiness.gated and any(o.stands for o in verdict.readiness.objections):
        lines.append("Objections to the Report's text stay visible and do not block it (C1).")
    return Report(
        text="\n".join(lines),
        data={
            "state": state,
            "missing": [missing_data(one, verdict.readiness, words) for one in verdict.missing],
            "unsigned": sorted(not_signed),
        },
        exit_code=Exit.FINDINGS if verdict.missing else Exit.OK,
    )


def _positions(ready: Readiness, words: Speaking, marked: Collection[str]) -> list[str]:
    lines = ["Positions:"]
    lines += [f"  {voice_line(voice, words)}{_mark(voice.entity, marked)}" for voice in ready.voices] or [
        "  nobody has spoken yet"
    ]
    if ready.objections:
        lines.append("Objections:")
        lines += [
            f"  {objection_line(one, words, gated=ready.gated)}{_mark(one.id, marked)}"
            for one in ready.objections
        ]
    return lines


def _about(events: Iterable[Event], not_signed: Collection[int]) -> set[str]:
    """The entities and objections of which an entry that is not signed says something."""
    about: set[str] = set()
    for event in events:
        if event.seq in not_signed:
            about |= {str(getattr(event, name, "")) for name in ("entity", "objection")}
    return about


def _mark(name: str, marked: Collection[str]) -> str:
    return f"; {NOT_SIGNED}" if name in marked else ""


def _acts(events: Iterable[Event], not_signed: Collection[int]) -> list[str]:
    return [act_line(event) + (f"; {NOT_SIGNED}" if event.seq in not_signed else "") for event in events]


def _unsigned_lines(not_signed: Collection[int]) -> list[str]:
    line = unsigned_line(not_signed)
    return [line] if line else []
