"""Results that a chair declares: `declare` (C8, C9)."""

from __future__ import annotations

from collections.abc import Iterable

from accord.application import people
from accord.application.cases import Cases, OpinionCase, subject_of, title_of
from accord.application.chairing import before_the_group, speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.domain.agreement.case import Case
from accord.domain.agreement.readiness import WHAT_PEOPLE_SAID, Missing
from accord.domain.agreement.verdict import Verdict
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.rules import Rules
from accord.domain.record.events import Declared
from accord.domain.record.values import Receipt
from accord.render.messages import missing_sentence


def declare(desk: Desk, subject: str, *, agreed: bool, rough: bool = False, reason: str = "") -> Done:
    """Declare the result (C9). Agreement is refused, with every missing condition, when it is not ready.

    ``rough``: found in spite of what people said, with a reason, where the rules allow it.

    Raises:
        Refused: not a chair; not ready; no call to declare on; rough consensus that the rules do not allow, that has
            no reason, or that is not needed.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        by = people.chair(cases.world.at(desk.now).experts, desk.who, desk.now)
        verdict = before_the_group(found)
        ready = verdict.readiness
        if rough:
            _refuse_rough(subject, verdict, cases.world.at(desk.now).rules, agreed=agreed, reason=reason)
        if agreed:
            waits = WHAT_PEOPLE_SAID if rough else frozenset[str]()
            refuse_missing(found, (one for one in verdict.readiness.missing if one.what not in waits), cases)
        elif ready.call is None:
            raise refuse(
                "declare-without-call",
                f"There was no call on {title_of(found)}.",
                fix=f"Open one with `accord call {subject} --until DATE`.",
            )
        event = Declared(
            by=by,
            received=Receipt.instant(desk.now),
            recorded=desk.now,
            subject=subject_of(found),
            result="agreed" if agreed else "not agreed",
            effect=ready.effect,
            seen=chronicle.view.commit,
            basis=ready.call.basis if ready.call else 0,
            reason=reason,
            rough=rough,
        )
        said = ""
        if by.id is not None and _entity_of_chair(cases, by.id) == found.dossier.source:
            said = " by a chair whose own entity is the source"  # C9
        how = f" by rough consensus ({reason})" if rough else ""
        return Act(
            summary=f"{title_of(found).capitalize()} declared {event.result}{how}{said}", events=(event,)
        )

    return desk.carry_out(decide)


def refuse_missing(found: Case | OpinionCase, missing: Iterable[Missing], cases: Cases) -> None:
    """Refuse to find agreement while a condition is missing, with every one of them (C8)."""
    words = speaking(cases)
    raised = found.verdict.readiness.objections if found.verdict else ()
    findings = [
        Finding(
            rule="not-ready",
            message=f"{title_of(found).capitalize()} cannot be declared agreed: "
            f"{missing_sentence(one, words, raised)}.",
            fix="`accord why` lists everything that is missing.",
        )
        for one in missing
    ]
    if findings:
        raise Refused(findings)


def _refuse_rough(subject: str, verdict: Verdict, rules: Rules, *, agreed: bool, reason: str) -> None:
    if not agreed:
        raise refuse(
            "rough-agreed",
            "`--rough` goes only with `agreed`: it says that agreement was found in spite of what stood (C9).",
            fix="Leave `--rough` out.",
            exit_code=Exit.USAGE,
        )
    if not rules.rough_allowed:
        raise refuse(
            "rough-not-allowed",
            f"These rules ({rules.name}) know no rough consensus: one standing objection withholds agreement (C9).",
            fix=f"`accord why {subject}` says what stands in the way; `accord ask OBJECTION --until DATE` asks its "
            f"owner; or declare it not agreed.",
        )
    if not reason.strip():
        raise refuse(
            "rough-reason",
            "Rough consensus needs a reason, which is shown wherever the result is (C9).",
            fix="Say why with `--reason TEXT`.",
            exit_code=Exit.USAGE,
        )
    if verdict.readiness.ready:
        raise refuse(
            "rough-needless",
            "Nothing is missing, so that no rough consensus is needed (C8).",
            fix=f"Declare it without `--rough`: `accord declare {subject} agreed`.",
        )


def _entity_of_chair(cases: Cases, account: int) -> str | None:
    chair = cases.world.at(cases.now).experts.at(cases.now).chair(account)
    return chair.entity if chair else None
