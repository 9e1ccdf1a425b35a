"""`incorporate` and `regularise`: how a text reaches the main branch, and who answers for it (C1, C13)."""

from __future__ import annotations

from dataclasses import dataclass

from accord.application import people
from accord.application.bringing import brought, refuse_undeclared
from accord.application.cases import Cases
from accord.application.chairing import speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.merging import Change, change_of, put_in
from accord.application.refusals import known_meeting, refuse_ended, refuse_redacted, refuse_unmet
from accord.application.texts import MAIN
from accord.application.versions import versions
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import Agreed, touches_opinions
from accord.domain.agreement.merged import unexplained
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.record.events import Disposed, Incorporated, Regularised
from accord.domain.record.values import Actor, Effect, Receipt
from accord.render.messages import state_words, why_lines

AUTHOR = "Accord"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What incorporating comes to, decided before anything moves."""

    case: Case
    by: Actor
    agreed: bool
    effect: Effect
    parent: str
    commit: str
    sources: tuple[str, ...]


def incorporate(desk: Desk, number: str, *, sources: tuple[str, ...] = (), reason: str = "") -> Done:
    """Put the text of a contribution on the main branch with its trailers, and dispose of it as incorporated.

    A text of an Opinion needs agreement (C1). Report text enters by a secretariat act that names its sources and a
    reason, agreed or not. If an earlier run stopped half-way, running again finishes it.

    Raises:
        Refused: not the secretariat; not agreed; both sides changed the same words; nothing to put there.
    """
    plan = _plan(desk, number, sources, reason)
    if not desk.dry_run and not desk.repository.is_ancestor(plan.commit, desk.main()):
        desk.repository.advance_branch(MAIN.removeprefix("refs/heads/"), plan.commit, plan.parent)

    def decide(chronicle: Chronicle) -> Act:
        incorporated = Incorporated(
            by=plan.by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(plan.case.number),
            commit=plan.commit,
            parent=plan.parent,
            mode="agreed" if plan.agreed else "secretariat-act",
            effect=plan.effect,
            ids=_ids(chronicle, plan),
            sources=plan.sources,
            reason=reason,
        )
        disposed = Disposed(
            by=plan.by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=str(plan.case.number),
            disposition="incorporated",
            reason=reason or "put in the text as agreed",
        )
        return Act(
            summary=f"Contribution {plan.case.number} incorporated in the text",
            events=(incorporated, disposed),
        )

    return desk.carry_out(decide)


def regularise(desk: Desk, commit: str, reason: str) -> Done:
    """Take responsibility for what a commit brought without a declaration (C13).

    Raises:
        Refused: not the secretariat; the commit is unknown or brought nothing that is unanswered.
    """
    oid = desk.repository.resolve(commit)

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
        waiting = unexplained(cases.world, chronicle.everything())
        found = next((one for one in waiting if one.commit == oid), None)
        if found is None:
            known = ", ".join(one.commit[:12] for one in waiting) or "none"
            raise refuse(
                "regularise-nothing",
                f"`{commit}` brought no change of the text that nobody answers for.",
                fix=f"Changes without an answer: {known}.",
                exit_code=Exit.USAGE,
            )
        event = Regularised(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            commit=found.commit,
            clauses=found.clauses,
            reason=reason,
        )
        return Act(summary=f"The change {found.commit[:12]} regularised", events=(event,))

    return desk.carry_out(decide)


def _plan(desk: Desk, number: str, sources: tuple[str, ...], reason: str) -> _Plan:
    chronicle = desk.chronicle()
    desk.refuse_given_moment(chronicle)
    desk.see_main(chronicle)
    cases = Cases(chronicle, desk.now)
    case = cases.contribution(number)
    by = people.secretariat(cases.world.at(desk.now).experts, desk.who, desk.now)
    desk.signing(chronicle, by)  # refused before the text moves
    refuse_ended(case)
    current = case.current
    refuse_redacted(case, current)
    if current.head is None or current.base is None or not current.proposal:
        raise refuse(
            "incorporate-no-text",
            f"Contribution {case.number} changes no text.",
            fix=f"Say what becomes of it with `accord dispose {case.number}`.",
        )
    if case.incorporated is not None:
        raise refuse(
            "incorporate-done",
            f"Contribution {case.number} is in the text already.",
            fix="Nothing is left to do.",
        )
    main = desk.main()
    refuse_unmet(case)
    version = next(one for one in versions(chronicle, case.number) if one.revision == current.number)
    change = change_of(chronicle, version)
    assert change is not None  # noqa: S101 - it has a text
    finished = _unrecorded(desk, chronicle, case, change)
    if finished is not None:
        # An earlier run moved the text and stopped: it is judged on the text as it was before.
        main = desk.repository.resolve(f"{finished}^") or main
        cases.before(finished)
        case = cases.contribution(number)
    effect = case.dossier.effect(cases.world, desk.now)
    agreed = case.verdict is not None and case.verdict.agreed
    named = _check_right(case, cases, effect, agreed=agreed, sources=sources, reason=reason)
    files = put_in(desk, chronicle, main, change)
    if not files:
        raise refuse(
            "incorporate-nothing",
            f"The agreed text already reads as contribution {case.number} proposes.",
            fix=f"Dispose of it: `accord dispose {case.number} superseded --reason ...`.",
        )
    actual = brought(desk, chronicle, main, files)
    if agreed:
        refuse_undeclared(case, effect, actual)
    else:
        # C1. What the secretariat answers for is what it brings, words of others put together included.
        effect = actual
    commit = finished or desk.repository.write_commit(
        {path: None if text is None else text.encode() for path, text in files.items()},
        [main],
        _message(case, agreed=agreed, sources=named, reason=reason),
        desk.now,
        AUTHOR,
    )
    return _Plan(case=case, by=by, agreed=agreed, effect=effect, parent=main, commit=commit, sources=named)


def _check_right(
    case: Case, cases: Cases, effect: Effect, *, agreed: bool, sources: tuple[str, ...], reason: str
) -> tuple[str, ...]:
    """The sources of a secretariat act; nothing for an agreed text.

    Raises:
        Refused: a source that is neither a contribution nor a meeting; an Opinion that is not agreed; a secretariat
            act without a reason.
    """
    rules = cases.world.at(cases.now).rules
    for one in sources:
        if one.lstrip("#").isdigit():
            cases.contribution(one)
        else:
            known_meeting(cases, one)
    if agreed:
        return sources
    if rules.gates_report() or (rules.gates_opinions() and touches_opinions(effect)) or case.verdict is None:
        words = speaking(cases)
        missing = why_lines(case.verdict, words) if case.verdict and case.verdict.missing else []
        raise Refused(
            Finding(
                rule="incorporate-not-agreed",
                message=f"Contribution {case.number} is not agreed: {sentence}",
                fix="`accord why` lists everything that is missing.",
            )
            for sentence in missing or [f"It is {state_words(case, words)}."]
        )
    if not reason:
        raise refuse(
            "incorporate-reason",
            "Report text that is not declared agreed enters by an act of the secretariat with a reason (C1).",
            fix="Add `--reason TEXT`, and `--source N` for each contribution or meeting it was written from.",
            exit_code=Exit.USAGE,
        )
    contribution = case.current.contribution
    written_from = tuple(str(one) for one in contribution.sources) if contribution else ()
    return tuple(dict.fromkeys((*sources, *written_from, str(case.number))))


def _message(case: Case, *, agreed: bool, sources: tuple[str, ...], reason: str) -> str:
    lines = [case.title, "", f"Contribution {case.number}, version {case.current.number}."]
    if reason:
        lines.append(reason)
    lines += ["", f"Contribution: {case.number}", f"Version: {case.current.number}"]
    if agreed and case.verdict and case.verdict.declared:
        lines.append(f"Declared: {case.verdict.declared.seq}")
    elif not agreed:
        lines.append("Act: secretariat")
    lines += [f"Written-from: {source}" for source in sources if source != str(case.number)]
    return "\n".join(lines) + "\n"


def _unrecorded(desk: Desk, chronicle: Chronicle, case: Case, change: Change) -> str | None:
    """A commit that reached main but not the record, and does exactly what it would do.

    An earlier run made it, and says so; or somebody pressed the button of a forge, and then it names nothing.
    """
    wanted = (("Contribution", str(case.number)), ("Version", str(case.current.number)))
    touched = {entry.path for entry in case.current.proposal}
    for info in reversed(desk.repository.first_parent(change.written_on, desk.main())):
        named = any(key == "Contribution" for key, _ in info.trailers)
        if not info.parents or (named and not all(trailer in info.trailers for trailer in wanted)):
            continue
        parent = info.parents[0]
        changed = {change.path for change in desk.repository.changed(parent, info.oid)}
        if not named and changed != touched:
            continue
        try:
            files = put_in(desk, chronicle, parent, change)
        except Refused:
            if named:
                return None
            continue
        sources = desk.texts.sources(info.oid)
        if files and changed == set(files) and all(sources.get(path) == text for path, text in files.items()):
            return info.oid
    return None


def _ids(chronicle: Chronicle, plan: _Plan) -> dict[str, str]:
    """Ids of the contribution's new clauses → the ids they have in the agreed text."""
    seen = {event.commit: event for event in chronicle.main_seen()}
    state = seen.get(plan.commit)
    if state is None:
        return {}  # a dry run: the text has not moved
    after = Agreed.from_json(chronicle.fact(state.agreed))
    previous = [event for event in chronicle.main_seen() if event.seq < state.seq]
    before = Agreed.from_json(chronicle.fact(previous[-1].agreed)) if previous else Agreed()
    fresh = [clause for clause in after.clauses if clause.id not in before.by_id]
    # What the contribution it amends had added has the id that it got when that came there.
    ids = dict(plan.case.dossier.ids_below)
    for entry in plan.case.current.proposal:
        if entry.had is not None or entry.id in after.by_id:
            continue
        match = next((c for c in fresh if (c.path, c.digest) == (entry.path, entry.gets)), None)
        if match is not None:
            ids[entry.id] = match.id
            fresh.remove(match)
    return ids
