"""`status`, `why`: where contributions and Opinions stand, for people and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from accord.application.cases import Cases, OpinionCase, sent_on, title_of
from accord.application.chairing import speaking
from accord.application.desk import Desk
from accord.application.present import process_at
from accord.application.reports import Report
from accord.application.signing import unsigned
from accord.application.telling import case_lines, door_findings, opinion_lines, opinion_state
from accord.domain.agreement.case import Case
from accord.domain.agreement.merged import Unexplained, unexplained
from accord.domain.agreement.objections import Objection
from accord.domain.agreement.readiness import Missing, Readiness
from accord.domain.agreement.verdict import Verdict
from accord.domain.findings import Exit
from accord.domain.process.people import Balance
from accord.domain.record.codec import instant_text
from accord.domain.record.events import Event
from accord.render.acts import NOT_SIGNED, act_line, unsigned_line
from accord.render.messages import (
    Speaking,
    chairs_line,
    clauses_touched,
    cosigners_line,
    missing_sentence,
    next_step,
    notice,
    objection_line,
    state_words,
    touched_lines,
    voice_line,
    why_lines,
)
from accord.render.tables import table


def status(desk: Desk) -> Report:
    """The table of contributions and of the Opinions as they read."""
    cases = Cases(desk.chronicle(), desk.now)
    words = speaking(cases)
    found = cases.all()
    opinions = cases.opinions()
    waiting = unexplained(cases.world, cases.chronicle.everything())
    rows = [
        (str(c.number), c.title, _source(c, words), _class(c), state_words(c, words), next_step(c, words))
        for c in found
    ]
    parts = [
        table(("No.", "Title", "Source", "Class", "State", "Next"), rows)
        if rows
        else "No contribution was received by this moment."
    ]
    if opinions:
        lines = [
            (
                o.subject.partition("/")[2],
                opinion_state(o, words),
                "" if sent_on(o) else _first(o.verdict, words),
            )
            for o in opinions
        ]
        parts.append(table(("Opinion as it reads", "State", "Next"), lines))
    stuck = list(stuck_objections([*found, *opinions], desk.now))
    if stuck:
        lines_for_chairs = [f"  {chairs_line(one, title, words)}" for title, one in stuck]
        parts.append("\n".join(["For the chairs, objections that are stuck (C6):", *lines_for_chairs]))
    parts += [_unexplained_line(one) for one in waiting]
    if cases.chronicle.view.head.rehearsal:
        parts.append(
            "This is a rehearsal: all entities are invented, and nothing here can be released as real."
        )
    parts.append(notice(words.forum) + ".")
    return Report(
        text="\n\n".join(parts),
        data={
            "moment": instant_text(desk.now),
            "rehearsal": cases.chronicle.view.head.rehearsal,
            "contributions": [case_data(case, words) for case in found],
            "opinions": [opinion_data(one, words) for one in opinions],
            "for_chairs": [_objection_data(one, subject=title) for title, one in stuck],
            "unexplained": [one.commit for one in waiting],
        },
    )


def status_of(desk: Desk, subject: str) -> Report:
    """One contribution or Opinion: state, what it needs, positions by entity, objections, its acts."""
    cases = Cases(desk.chronicle(), desk.now)
    words = speaking(cases)
    found = cases.subject(subject)
    if isinstance(found, Case):
        lines = [
            f"Contribution {found.number}: {found.title}",
            f"Source: {_source(found, words)} ({_class(found)})",
        ]
        lines += case_lines(found, words)
        lines += filter(None, [cosigners_line(found, words)])
        lines += touched_lines(found.current.proposal)
        data = case_data(found, words)
        findings = door_findings(found)
    else:
        lines = [f"Opinion {found.subject.partition('/')[2]}", *opinion_lines(found, words)]
        data = opinion_data(found, words)
        findings = ()
    verdict = found.verdict
    not_signed = unsigned(cases.world, found.dossier.events)
    marked = _about(found.dossier.events, not_signed)
    if verdict is not None:
        lines += ["", *_positions(verdict.readiness, words, marked)]
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
            "missing": [_missing(one, verdict.readiness, words) for one in verdict.missing],
            "unsigned": sorted(not_signed),
        },
        exit_code=Exit.FINDINGS if verdict.missing else Exit.OK,
    )


def experts(desk: Desk) -> Report:
    """The list of nominated experts at the moment, and its balance (R14)."""
    loaded = process_at(desk)
    view = loaded.experts.at(desk.now)
    rows = [
        (
            entity.shown,
            _label(loaded.forum.category(entity.category)),
            entity.region or "not stated",
            ", ".join(expert.name for expert in view.experts_of(entity.id)) or "none",
        )
        for entity in view.entities
    ]
    parts = [
        table(("Entity", "Category", "Region", "Experts"), rows)
        if rows
        else "The list of nominated experts is empty at this moment."
    ]
    parts.append(f"Chairs: {', '.join(one.name for one in view.chairs) or 'none'}.")
    parts.append(f"Secretariat: {', '.join(one.name for one in view.secretariat) or 'none'}.")
    parts.append(_balance(view.balance()))
    parts.append(notice(loaded.forum) + ".")
    return Report(
        text="\n\n".join(parts),
        data={
            "moment": instant_text(desk.now),
            "entities": [
                {"id": e.id, "name": e.name, "category": e.category, "region": e.region}
                for e in view.entities
            ],
            "experts": [{"name": e.name, "entity": e.entity, "account": e.account} for e in view.experts],
            "chairs": [one.name for one in view.chairs],
            "secretariat": [one.name for one in view.secretariat],
        },
    )


def case_data(case: Case, words: Speaking) -> dict[str, Any]:
    """A contribution as JSON."""
    admission = case.newest.admission
    return {
        "number": case.number,
        "title": case.title,
        "source": _source(case, words),
        "class": _class(case),
        "kind": str((case.current.metadata or {}).get("kind", "")),
        "state": case.state.value,
        "next": next_step(case, words),
        "window": admission.window if admission else None,
        "versions": len(case.revisions),
        "current_version": case.current.number,
        "amends": int(case.dossier.onto.subject) if case.dossier.onto else None,
        "clauses": [entry.id for entry in case.current.proposal],
        "requires": [one.number for one in case.dossier.requires],
        "split_from": case.received.split_from,
        "disposition": case.disposed.disposition if case.disposed else None,
        **_verdict_data(case.verdict, words),
    }


def opinion_data(found: OpinionCase, words: Speaking) -> dict[str, Any]:
    """An Opinion as it reads, as JSON."""
    return {
        "subject": found.subject,
        "state": found.verdict.standing.value,
        **_verdict_data(found.verdict, words),
    }


def _verdict_data(verdict: Verdict | None, words: Speaking) -> dict[str, Any]:
    if verdict is None:
        return {"rough": None, "positions": [], "objections": [], "missing": []}
    ready = verdict.readiness
    return {
        "rough": verdict.declared.reason if verdict.rough and verdict.declared else None,
        "positions": [
            {
                "entity": v.entity,
                "category": v.category,
                "counts": v.counts,
                "said": [words.labels.get(name, name) for name in v.said],
                "recused": v.recused,
                "cosigner": v.cosigner,
                "clauses": dict(v.stances),
                "outdated": dict(v.outdated),
                "unconfirmed": v.unconfirmed,
            }
            for v in ready.voices
        ],
        "objections": [_objection_data(one) for one in ready.objections],
        "missing": [_missing(one, ready, words) for one in verdict.missing],
    }


def _objection_data(one: Objection, **more: str) -> dict[str, Any]:
    return {
        **more,
        "id": one.id,
        "entity": one.entity,
        "owners": list(one.owners),
        "stands": one.stands,
        "said": one.said,
        "reason": one.reason,
        "words": one.words,
        "confirmed": one.confirmed,
        "asked_until": instant_text(one.asked.until) if one.asked else None,
        "escalates": instant_text(one.escalates) if one.escalates else None,
        "ended": one.ended.how if one.ended else None,
    }


def stuck_objections(
    subjects: Iterable[Case | OpinionCase], now: datetime
) -> Iterator[tuple[str, Objection]]:
    """C6. Objections that withhold agreement and that the chairs take up by now, with what they are about."""
    for found in subjects:
        over = isinstance(found, Case) and (found.ended or found.incorporated is not None)
        if found.verdict is None or over or not found.verdict.readiness.gated:
            continue
        for one in found.verdict.readiness.objections:
            if one.stands and one.escalates is not None and one.escalates <= now:
                yield title_of(found), one


def _missing(missing: Missing, ready: Readiness, words: Speaking) -> dict[str, Any]:
    return {
        "rule": missing.rule,
        "what": missing.what,
        "who": missing.who,
        "by": instant_text(missing.by) if missing.by else None,
        "sentence": missing_sentence(missing, words, ready.objections),
    }


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


def _first(verdict: Verdict, words: Speaking) -> str:
    if not verdict.missing:
        return ""
    return missing_sentence(verdict.missing[0], words, verdict.readiness.objections) + "."


def _source(case: Case, words: Speaking) -> str:
    admission = case.current.admission or case.newest.admission
    if admission is not None and admission.entity:
        return words.name_of(admission.entity)
    metadata = case.current.metadata or case.newest.metadata or {}
    return str(metadata.get("source", "not stated"))


def _class(case: Case) -> str:
    admission = case.current.admission or case.newest.admission
    found = admission.input_class if admission else None
    return found.value if found else "not derived"


def _unexplained_line(one: Unexplained) -> str:
    count = clauses_touched(len(one.clauses))
    return (
        f"The change {one.commit[:12]} brought {count} that nobody declared (C13). "
        f"Next: the secretariat regularises it or puts the text back; no draft is cut before."
    )


def _balance(balance: Balance) -> str:
    parts = [f"Balance of {balance.experts} experts (for people to judge; no threshold is set, R14):"]
    for name, counts in (
        ("region", balance.by_region),
        ("category", balance.by_category),
        ("gender", balance.by_gender),
    ):
        parts.append(f"  by {name}: " + (", ".join(f"{key} {count}" for key, count in counts) or "none"))
    return "\n".join(parts)


def _label(category: Any) -> str:
    return category.label if category else "unknown"
