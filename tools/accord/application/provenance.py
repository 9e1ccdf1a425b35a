"""`provenance`: where a clause came from, step by step, and who answers for each step."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from accord.application.cases import Cases, deciding
from accord.application.chronicle import Chronicle
from accord.application.clause_names import find_clause
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of
from accord.application.earlier import Earlier
from accord.application.entries import statements
from accord.application.lineage import Change, Lineage
from accord.application.reports import Report
from accord.application.revision import Revision
from accord.application.seen import SeenState
from accord.application.sheets import speaking_of
from accord.application.signing import unsigned
from accord.domain.agreement.calls import current_call
from accord.domain.agreement.case import Case
from accord.domain.agreement.world import World
from accord.domain.drafts.manifest import MalformedManifest, manifest_in
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import format_instant, show_day
from accord.domain.record.events import Cut, Declared, Event, Incorporated, Outcome, Regularised
from accord.domain.text.align import Pair
from accord.domain.text.clauses import Clause
from accord.domain.text.codec import to_dict
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


class Origins:
    """Answers for many clauses of one text: today's, or that of a draft with what the record said when it was cut.

    Raises:
        Refused: no such draft (exit USAGE), with the nearest name.
    """

    def __init__(self, desk: Desk, as_of: str = "") -> None:
        self._desk = desk
        chronicle = desk.chronicle()
        desk.see_main(chronicle)
        moment, commit = desk.now, chronicle.main_seen()[-1].commit
        if as_of:
            cut = _cut(chronicle, as_of)
            chronicle = Earlier(chronicle, desk.facts, cut.seq + 1)
            moment, commit = cut.recorded, cut.commit
        last = desk.identities(chronicle).seen_at(commit)
        known = [state for state in chronicle.world().seen if isinstance(state, SeenState)]
        self._states = [state for state in known if state.seq <= last.seq]
        self._chronicle = chronicle
        self._cases = Cases(chronicle, moment)
        self._revision = Revision(desk, commit, chronicle, moment)
        self._lineage = Lineage(desk, chronicle, self._states)
        self._words = speaking_of(self._revision)
        self._said: dict[int, tuple[str, ...]] = {}

    def of(self, clause: str) -> Report:
        """Say where a clause came from: by its id, or by its printed number in this text.

        Raises:
            Refused: no such clause (exit USAGE), with the nearest name.
        """
        id_ = find_clause(clause, self._revision, self._states)
        steps = [self._step(change) for change in self._lineage.of(id_)]
        current = self._current.get(id_)
        drafts = self._drafts.get(id_, [])
        lines = [*_head(id_, current, steps[-1]), *_lines(steps, self._words), *drafts]
        return Report(
            text="\n".join([*lines, f"{notice(self._words.forum)}."]),
            data={
                "clause": id_,
                "label": current.label if current else "",
                "path": current.path if current else _path(steps[-1]),
                "retired": current is None,
                "steps": [_data(step) for step in steps],
                "drafts": list(drafts),
            },
        )

    @cached_property
    def _current(self) -> Mapping[str, Clause]:
        return {one.id: one.clause for one in self._revision.identified}

    @cached_property
    def _drafts(self) -> Mapping[str, Sequence[str]]:
        """By clause, in which drafts it stands, and under which number there."""
        found: dict[str, list[str]] = {}
        for cut in cuts_of(self._chronicle):
            tag = self._desk.repository.read_tag_object(cut.tag)
            if tag is None:
                continue
            try:
                rows = manifest_in(tag.message).clauses
            except MalformedManifest:
                continue
            for row in rows:
                label = f" as {row.label}" if row.label else ""
                found.setdefault(row.id, []).append(f"In {cut.draft}{label}.")
        return found

    def _step(self, change: Change) -> Step:
        # An act says the same of every clause it touched.
        key = change.act.seq if change.act else 0
        if key and key in self._said:
            says = self._said[key]
        else:
            says = self._said[key] = tuple(_says(change, self._cases, self._words))
        shown = change.new or change.old
        assert shown is not None  # noqa: S101 - a change is of a clause
        return Step(
            what=change.what,
            at=change.act.received.latest if change.act else change.state.recorded,
            commit=change.state.commit,
            label=shown.label,
            old=change.old,
            new=change.new,
            act=change.act,
            says=says,
        )


def provenance(desk: Desk, clause: str, as_of: str = "") -> Report:
    """Say where one clause came from; see :class:`Origins`.

    Raises:
        Refused: no such clause or draft (exit USAGE), with the nearest name.
    """
    return Origins(desk, as_of).of(clause)


def _cut(chronicle: Chronicle, draft: str) -> Cut:
    cuts = cuts_of(chronicle)
    found = [cut for cut in cuts if cut.draft == draft]
    if found:
        return found[-1]
    names = [cut.draft for cut in cuts]
    close = difflib.get_close_matches(draft, names, n=1)
    known = f"Did you mean `{close[0]}`?" if close else f"Drafts: {', '.join(names) or 'none yet'}."
    raise refuse("draft-unknown", f"No draft `{draft}` has been cut.", fix=known, exit_code=Exit.USAGE)


def _says(change: Change, cases: Cases, words: Speaking) -> Iterator[str]:
    act = change.act
    if change.what == "present":
        yield "In the text from the first state that the record saw; nothing earlier is known."
    elif act is None:
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
        for entity, text, meeting, _ in statements(case.dossier.heard):
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
    declared = deciding(events)
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
            f"record event {declared.seq} (C9){_rough(declared)}."
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


def _rough(declared: Declared) -> str:
    return f"; rough consensus: {declared.reason}" if declared.rough else ""


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
