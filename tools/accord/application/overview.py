"""`status`: the table of contributions and of the Opinions as they read, and what waits for the chairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from accord.application.answers import case_data, class_shown, objection_data, opinion_data, source_shown
from accord.application.cases import Cases, OpinionCase, sent_on, title_of
from accord.application.chairing import speaking
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.application.telling import opinion_state
from accord.domain.agreement.case import Case
from accord.domain.agreement.merged import Unexplained, unexplained
from accord.domain.agreement.objections import Objection
from accord.domain.agreement.verdict import Verdict
from accord.domain.record.codec import instant_text
from accord.render.messages import (
    Speaking,
    chairs_line,
    clauses_touched,
    missing_sentence,
    next_step,
    notice,
    state_words,
)
from accord.render.tables import table


def status(desk: Desk) -> Report:
    """The table of contributions and of the Opinions as they read."""
    cases = Cases(desk.chronicle(), desk.now)
    words = speaking(cases)
    brief = replace(words, brief=True)  # the table keeps to what is needed and from whom
    found = cases.all()
    opinions = cases.opinions()
    waiting = unexplained(cases.world, cases.chronicle.everything())
    rows = [
        (
            str(c.number),
            c.title,
            source_shown(c, words),
            class_shown(c),
            state_words(c, words),
            next_step(c, brief),
        )
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
                "" if sent_on(o) else _first(o.verdict, brief),
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
            "for_chairs": [objection_data(one, subject=title) for title, one in stuck],
            "unexplained": [one.commit for one in waiting],
        },
    )


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


def _first(verdict: Verdict, words: Speaking) -> str:
    if not verdict.missing:
        return ""
    return missing_sentence(verdict.missing[0], words, verdict.readiness.objections) + "."


def _unexplained_line(one: Unexplained) -> str:
    count = clauses_touched(len(one.clauses))
    return (
        f"The change {one.commit[:12]} brought {count} that nobody declared (C13). "
        f"Next: the secretariat regularises it or puts the text back; no draft is cut before."
    )
