"""`provenance`: where a clause came from, step by step, and who answers for each step."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.clause_names import find_clause
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of
from accord.application.entries import statements
from accord.application.reports import Report
from accord.application.revision import Revision
from accord.application.seen import SeenState
from accord.application.sheets import speaking_of
from accord.application.signing import unsigned
from accord.domain.agreement.calls import current_call
from accord.domain.agreement.case import Case
from accord.domain.agreement.merged import answering
from accord.domain.agreement.proposal import differences
from accord.domain.agreement.world import World
from accord.domain.drafts.manifest import MalformedManifest, manifest_in
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import format_instant, show_day
from accord.domain.record.events import Cut, Declared, Event, Incorporated, Outcome, Regularised
from accord.domain.record.values import Entry
from accord.domain.text.align import Pair
from accord.domain.text.clauses import Clause
from accord.domain.text.codec import to_dict
from accord.domain.text.numbering import number
from accord.domain.text.redline import Redline, build
from accord.render.acts import unsigned_line
from accord.render.messages import Speaking, notice, until
from accord.render.redline_text import render_text
from accord.render.redline_words import place


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a clause: what happened to it, by which state of the text, and sentences on who answers for it.

    ``what`` is present, added, changed, moved or removed; ``label`` its printed number afterwards (before, if removed).
    """

    what: str
    at: datetime
    commit: str
    label: str
    old: Clause | None
    new: Clause | None
    act: Event | None
    says: tuple[str, ...]

    @property
    def redline(self) -> Redline:
        """The clause alone, before and after."""
        old = [self.old] if self.old else []
        new = [self.new] if self.new else []
        pair = Pair(0 if old else None, 0 if new else None)
        path = (self.old.path if self.old else None, self.new.path if self.new else None)
        return build([path], [(old, new)], [pair])


def provenance(desk: Desk, clause: str, as_of: str = "") -> Report:
    """Say where a clause came from: by its id, or by its printed number as in the text now (or in a draft).

    Raises:
        Refused: no such clause or draft (exit USAGE), with the nearest name.
    """
    chronicle = desk.chronicle()
    desk.see_main(chronicle)
    states = [state for state in chronicle.world().seen if isinstance(state, SeenState)]
    cut = _cut(chronicle, as_of) if as_of else None
    if cut is not None:
        states = _until(desk, states, cut)
    revision = Revision(desk, cut.commit if cut else states[-1].commit, chronicle, desk.now)
    id_ = find_clause(clause, revision, states)
    words = speaking_of(revision)
    steps = list(_steps(desk, chronicle, states, id_, words))
    drafts = list(_drafts(desk, chronicle, id_))
    current = next((one.clause for one in revision.identified if one.id == id_), None)
    return Report(
        text="\n".join(
            [*_head(id_, current, steps[-1]), *_lines(steps, words), *drafts, f"{notice(words.forum)}."]
        ),
        data={
            "clause": id_,
            "label": current.label if current else "",
            "path": current.path if current else _path(steps[-1]),
            "retired": current is None,
            "steps": [_data(step) for step in steps],
            "drafts": drafts,
        },
    )


def _cut(chronicle: Chronicle, draft: str) -> Cut:
    cuts = cuts_of(chronicle)
    found = [cut for cut in cuts if cut.draft == draft]
    if found:
        return found[-1]
    names = [cut.draft for cut in cuts]
    close = difflib.get_close_matches(draft, names, n=1)
    known = f"Did you mean `{close[0]}`?" if close else f"Drafts: {', '.join(names) or 'none yet'}."
    raise refuse("draft-unknown", f"No draft `{draft}` has been cut.", fix=known, exit_code=Exit.USAGE)


def _until(desk: Desk, states: Sequence[SeenState], cut: Cut) -> list[SeenState]:
    """The states up to the text of a draft."""
    kept = [state for state in states if desk.repository.is_ancestor(state.commit, cut.commit)]
    return kept or list(states[:1])


def _steps(
    desk: Desk, chronicle: Chronicle, states: Sequence[SeenState], id_: str, words: Speaking
) -> Iterator[Step]:
    acts: dict[str, list[Incorporated | Regularised]] = {}
    for event in chronicle.everything():
        if isinstance(event, (Incorporated, Regularised)):
            acts.setdefault(event.commit, []).append(event)
    cases = Cases(chronicle, desk.now)
    if id_ in states[0].agreed.by_id:
        new = _clause(desk, chronicle, states[0], id_)
        says = ("In the text from the first state that the record saw; nothing earlier is known.",)
        yield _step("present", states[0], None, new, None, says)
    for before, after in pairwise(states):
        if before.event.agreed == after.event.agreed:
            continue
        old_row, new_row = before.agreed.by_id.get(id_), after.agreed.by_id.get(id_)
        if old_row is None and new_row is None:
            continue
        entry = _entry(before, after, id_)
        if entry is None:
            continue
        was = _clause(desk, chronicle, before, id_) if old_row else None
        now = _clause(desk, chronicle, after, id_) if new_row else None
        act = answering(entry, acts.get(after.commit, ()))
        what = "added" if was is None else "removed" if now is None else "changed"
        if what == "changed" and entry.had == entry.gets:
            what = "moved"
        yield _step(what, after, was, now, act, tuple(_says(act, cases, words)))


def _entry(before: SeenState, after: SeenState, id_: str) -> Entry | None:
    changed = differences(before.agreed.clauses, after.agreed.clauses)
    return next((entry for entry in changed if entry.id == id_), None)


def _clause(desk: Desk, chronicle: Chronicle, state: SeenState, id_: str) -> Clause:
    """The clause in a state, with its printed number there."""
    known = desk.identities(chronicle).of_seen(state.event)
    numbered = [c for document in number(desk.texts.documents(state.commit)) for c in document.clauses]
    return next(c for one, c in zip(known, numbered, strict=True) if one.id == id_)


def _step(
    what: str,
    state: SeenState,
    old: Clause | None,
    new: Clause | None,
    act: Event | None,
    says: tuple[str, ...],
) -> Step:
    shown = new or old
    assert shown is not None  # noqa: S101 - a step is about a clause
    return Step(
        what=what,
        at=act.received.latest if act else state.recorded,
        commit=state.commit,
        label=shown.label,
        old=old,
        new=new,
        act=act,
        says=says,
    )


def _says(act: Incorporated | Regularised | None, cases: Cases, words: Speaking) -> Iterator[str]:
    if act is None:
        yield "Nobody has answered for this change yet: no declaration, no recorded act (C13)."
    elif isinstance(act, Regularised):
        yield f"{act.by.name} (secretariat) took responsibility for it: {act.reason} (C13)."
    else:
        case = cases.contribution(act.subject)
        yield from _contribution(case, words)
        if act.mode == "agreed":
            yield from _agreement(case, act, cases.world, words)
        else:
            others = [source for source in act.sources if source != act.subject]
            sources = f", from {', '.join(map(_source_words, others))}" if others else ""
            yield f"By an act of the secretariat ({act.by.name}){sources}: {act.reason} (C1)."
        for entity, text, meeting, _ in statements(case.dossier.events):
            where = f" ({meeting})" if meeting else ""
            said = f": “{text}”" if text else ""
            yield f"Statement for the record{where} of experts nominated by {words.name_of(entity)}{said}."


def _source_words(source: str) -> str:
    return f"contribution {source}" if source.isdigit() else source


def _contribution(case: Case, words: Speaking) -> Iterator[str]:
    admission, contribution = case.current.admission, case.current.contribution
    entity = words.name_of(admission.entity) if admission and admission.entity else ""
    source = entity or (contribution.source if contribution else case.received.by.name)
    category = words.forum.category(admission.category) if admission and admission.category else None
    kind = f", {category.label}" if category else ""
    yield f"Contribution {case.number}, version {case.current.number}: “{case.title}”, by {source}{kind}."


def _agreement(case: Case, act: Incorporated, world: World, words: Speaking) -> Iterator[str]:
    events = [event for event in case.dossier.events if event.seq < act.seq]
    not_signed = unsigned(world, (*events, act))
    declared = next((e for e in reversed(events) if isinstance(e, (Declared, Outcome))), None)
    if isinstance(declared, Declared):
        # As it stood when the chair spoke: a change of the text may have started it again (C7).
        before = case.dossier.as_of(received_by=declared.received.latest, seq_below=declared.seq)
        call = current_call(before, world, declared.received.latest)
        opened = (
            f" after a call from {_day(max([call.opened, *call.restarted]), words)} until {until(call.until, words)}"
            if call and call.oral is None
            else ""
        )
        yield (
            f"Declared agreed by {declared.by.name} (chair) on {_day(declared.received.latest, words)}{opened}, "
            f"record event {declared.seq} (C9)."
        )
    elif isinstance(declared, Outcome):
        item = f", item {declared.item}" if declared.item else ""
        yield (
            f"{declared.result[0].upper()}{declared.result[1:]} in {declared.meeting}{item}, "
            f"record event {declared.seq} (C11)."
        )
    yield f"Put in the text by {act.by.name} (secretariat) on {_day(act.received.latest, words)}."
    if line := unsigned_line(not_signed):
        yield line


def _day(moment: datetime, words: Speaking) -> str:
    return show_day(moment.astimezone(words.zone).date())


def _head(id_: str, current: Clause | None, last: Step) -> Iterator[str]:
    if current is not None:
        yield f"{id_}: {place(current)} in {current.path}"
        return
    was = f"; it was {place(last.old)} in {last.old.path}" if last.old else ""
    yield f"{id_} is no longer in the text{was}."
    yield "Its id is retired and is never given again."


def _lines(steps: Sequence[Step], words: Speaking) -> Iterator[str]:
    for place_, step in enumerate(steps, start=1):
        yield ""
        label = f" as {step.label}" if step.label and step.what in ("present", "added") else ""
        yield f"{place_}. {_day(step.at, words)}: {step.what}{label} (text {step.commit[:12]})"
        yield from (f"   {sentence}" for sentence in step.says)
        yield from (f"   {line}" for line in _shown(step))
    yield ""


def _shown(step: Step) -> list[str]:
    lines = render_text(step.redline).rstrip("\n").splitlines()
    shown = [line for line in lines if not line.startswith("@") and line.strip("+- ")]
    if step.what == "present":
        return [line[1:].strip() for line in shown]
    return shown


def _drafts(desk: Desk, chronicle: Chronicle, id_: str) -> Iterator[str]:
    """In which drafts it stands, and under which number there."""
    for cut in cuts_of(chronicle):
        tag = desk.repository.read_tag_object(cut.tag)
        if tag is None:
            continue
        try:
            rows = manifest_in(tag.message).clauses
        except MalformedManifest:
            continue
        row = next((row for row in rows if row.id == id_), None)
        if row is not None:
            yield f"In {cut.draft}{f' as {row.label}' if row.label else ''}."


def _path(step: Step) -> str:
    shown = step.new or step.old
    return shown.path if shown else ""


def _data(step: Step) -> Mapping[str, Any]:
    return {
        "what": step.what,
        "at": format_instant(step.at),
        "commit": step.commit,
        "label": step.label,
        "event": step.act.seq if step.act else None,
        "contribution": step.act.subject or None if step.act else None,
        "says": list(step.says),
        "redline": to_dict(step.redline),
    }
