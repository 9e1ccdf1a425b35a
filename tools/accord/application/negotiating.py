"""The negotiating view: the agreed text at a moment, with everything that is on the table for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accord.application.answers import class_shown, source_shown
from accord.application.bracketing import typed_brackets
from accord.application.conflicts import every_meeting
from accord.application.desk import Desk
from accord.application.merging import change_of
from accord.application.readings import Ground, Reading, Spot, readings
from accord.application.revision import Revision
from accord.application.sheets import speaking_of
from accord.application.table import Table
from accord.application.versions import versions
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import OPINIONS
from accord.domain.agreement.objections import Objection
from accord.domain.process.forum import State
from accord.domain.process.moments import show_moment
from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.numbering import letter
from accord.render.building_on import amends_still
from accord.render.messages import next_step, objection_line, state_words
from accord.render.negotiation.model import (
    Alternative,
    Insisting,
    NegotiatedFile,
    Negotiation,
    Place,
    Proposer,
    Together,
)

_SETTLED = (State.AGREED, State.ADOPTED)
_RANK = {"proposal": 0, "view": 1}


def agreed_revision(desk: Desk) -> Revision:
    """The agreed text at the desk's moment, with the record.

    Raises:
        Refused: there is no record (exit USAGE).
    """
    chronicle = desk.chronicle()
    desk.see_main(chronicle)
    return Revision(desk, chronicle.world().at(desk.now).commit, chronicle, desk.now)


def negotiation_of(revision: Revision) -> Negotiation:
    """Every clause of a revision in reading order, with the alternatives that open contributions give at its moment.

    The revision must have a record. A contribution is open while it is before the group, neither over nor in the text,
    and not agreed. Readings that are the same are one alternative with several sources; proposals come before views,
    then by number.
    """
    return _Negotiating(revision).result()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A reading with the contribution that wants it."""

    case: Case
    reading: Reading


class _Negotiating:
    def __init__(self, revision: Revision) -> None:
        assert revision.chronicle is not None  # noqa: S101 - the caller has a record
        assert revision.cases is not None  # noqa: S101
        self._revision = revision
        self._chronicle = revision.chronicle
        self._cases = revision.cases
        self._desk = revision.desk
        self._words = speaking_of(revision)
        self._ground = Ground(revision.identified)
        self._identities = self._desk.identities(self._chronicle)
        self._open = [case for case in revision.contributions if _is_open(case)]
        self._unread: list[Case] = []
        self._statements: list[Case] = []
        self._table = Table(self._desk, self._chronicle, self._cases.world.at(revision.moment).commit)

    def result(self) -> Negotiation:
        wanted = self._wanted()
        places = self._places(wanted)
        process = self._revision.process
        return Negotiation(
            forum=process.forum.name,
            title=str(self._revision.cover.get("title") or process.forum.name),
            notice=process.forum.notice,
            page=process.forum.page,
            rehearsal=self._chronicle.view.head.rehearsal,
            moment=self._revision.moment,
            shown_moment=show_moment(self._revision.moment, process.timetable.zone),
            commit=self._revision.commit,
            record=self._chronicle.view.commit,
            files=tuple(self._files(places)),
            statements=tuple(self._proposer(case) for case in self._statements),
            agreed=tuple(
                self._proposer(case)
                for case in self._revision.contributions
                if case.state in _SETTLED and case.incorporated is None and case.current.proposal
            ),
            unread=tuple(self._proposer(case) for case in self._unread),
        )

    def _wanted(self) -> Mapping[Spot, list[_Wanted]]:
        """By place, what the open contributions want there."""
        found: dict[Spot, list[_Wanted]] = {}
        hosts: dict[str, Spot] = {}
        texts: dict[int, Mapping[str, Clause]] = {}
        for case in self._open:
            if not case.current.proposal:
                self._statements.append(case)
                continue
            read = self._readings(case, texts, hosts)
            if read is None:
                self._unread.append(case)
                continue
            for reading in read:
                found.setdefault(reading.spot, []).append(_Wanted(case=case, reading=reading))
                if reading.mark == "ADD":
                    hosts |= dict.fromkeys(reading.ids, reading.spot)
        return found

    def _readings(
        self, case: Case, texts: dict[int, Mapping[str, Clause]], hosts: Mapping[str, Spot]
    ) -> list[Reading] | None:
        known = [v for v in versions(self._chronicle, case.number) if v.revision == case.current.number]
        if case.current.redacted is not None or not known:
            return None
        proposed = self._identities.of_version(known[0])
        texts[case.number] = {one.id: one.clause for one in proposed}
        below = dict(self._ground.by_id)
        if case.dossier.onto is not None:
            amended = texts.get(int(case.dossier.onto.subject), {})
            below |= {id_: clause for id_, clause in amended.items() if id_ not in below}
            onto = {entry.id for entry in case.dossier.onto.effect(self._cases.world, self._revision.moment)}
            below |= {id_: replace(amended[id_], label=below[id_].label) for id_ in onto if id_ in amended}
        try:
            return list(
                readings(
                    case.dossier.effect(self._cases.world, self._revision.moment),
                    case.current.proposal,
                    proposed,
                    below,
                    self._ground,
                    case.dossier.ids_below,
                    hosts,
                )
            )
        except KeyError:
            return None  # its text, or that of what it amends, is out of reach

    def _places(self, wanted: Mapping[Spot, list[_Wanted]]) -> Mapping[Spot, Place]:
        """Every place that is a clause, or at which something is wanted."""
        lines = {one.id: one.clause for one in self._ground.clauses}
        spots: dict[Spot, Clause | None] = {
            ("clause", id_, clause.path): clause for id_, clause in lines.items()
        }
        spots |= {spot: None for spot in wanted if spot not in spots}
        anchors = _Anchors(self._ground)
        touched: dict[str, list[Alternative]] = {}
        alternatives = {spot: self._alternatives(found) for spot, found in wanted.items()}
        for (kind, id_, _), found in alternatives.items():
            if kind == "clause":
                touched[id_] = list(found)
        brackets = typed_brackets(self._revision, touched)
        together = self._together()
        out: dict[Spot, Place] = {}
        for spot, clause in spots.items():
            kind, id_, path = spot
            here = alternatives.get(spot, ())
            out[spot] = Place(
                id=id_,
                anchor=anchors.of(spot),
                label=clause.label if clause else "",
                where=self._ground.where(spot),
                path=path,
                line=(clause or lines.get(id_) or _TOP).lines[0] + 1,
                clause=clause,
                alternatives=tuple(here),
                brackets=brackets.get(id_, ()) if kind == "clause" else (),
                together=tuple(together.get((kind, id_ or path), ())),
                insisting=tuple(self._insisting(id_, clause, wanted.get(spot, ()), here)),
            )
        return out

    def _alternatives(self, wanted: Sequence[_Wanted]) -> tuple[Alternative, ...]:
        groups: dict[object, list[_Wanted]] = {}
        for one in wanted:
            groups.setdefault(one.reading.same, []).append(one)
        made = []
        for group in groups.values():
            group.sort(key=lambda one: _order(one.case))
            first = group[0].reading
            made.append(
                (
                    _order(group[0].case),
                    Alternative(
                        letter="",
                        mark=first.mark,
                        rows=first.rows,
                        reading=first.clauses,
                        to=first.to,
                        proposers=tuple(self._proposer(one.case, one.reading) for one in group),
                    ),
                )
            )
        ordered = [one for _, one in sorted(made, key=lambda pair: pair[0])]
        if len(ordered) == 1:
            return tuple(ordered)
        return tuple(replace(one, letter=letter(n).upper()) for n, one in enumerate(ordered, start=1))

    def _proposer(self, case: Case, reading: Reading | None = None) -> Proposer:
        contribution, admission = case.current.contribution, case.current.admission
        category = (
            self._words.forum.category(admission.category) if admission and admission.category else None
        )
        standing = [one for one in _standing(case) if reading is None or _about(one, reading)]
        verdict = case.verdict
        gated = verdict is not None and verdict.readiness.gated
        voices = verdict.readiness.voices if verdict else ()
        outdated = [
            voice.name for voice in voices if reading is not None and reading.ids & set(voice.outdated)
        ]
        amends = next((one.number for one in case.dossier.requires if amends_still(case, one)), None)
        return Proposer(
            number=case.number,
            title=case.title,
            source=source_shown(case, self._words),
            category=category.label if category else "",
            input_class=class_shown(case),
            reasons=contribution.reasons if contribution else "",
            state=case.state,
            said=state_words(case, self._words),
            needs=next_step(case, self._words),
            based_on=contribution.based_on if contribution else "",
            since=_since(case, reading),
            objections=tuple(objection_line(one, self._words, gated=gated) for one in standing),
            objectors=tuple(dict.fromkeys(self._words.name_of(one.entity) for one in standing)),
            outdated=tuple(dict.fromkeys(outdated)),
            older=reading is not None and reading.older,
            fits=amends is not None or self._fits(case),
            amends=amends,
        )

    def _fits(self, case: Case) -> bool:
        known = [v for v in versions(self._chronicle, case.number) if v.revision == case.current.number]
        change = change_of(self._chronicle, known[0]) if known and case.current.redacted is None else None
        return change is None or not case.current.proposal or not self._table.unfit(change)

    def _together(self) -> Mapping[tuple[str, str], list[Together]]:
        found: dict[tuple[str, str], list[Together]] = {}
        for one in every_meeting(self._desk, self._cases, self._open):
            if one.merged is not None and len(one.numbers) > 1:
                kind = "gap" if one.current is None else "clause"
                found.setdefault((kind, one.clause), []).append(
                    Together(numbers=one.numbers, text=one.merged)
                )
        return found

    def _insisting(
        self, id_: str, clause: Clause | None, wanted: Sequence[_Wanted], here: Sequence[Alternative]
    ) -> Iterator[Insisting]:
        """NOC. Who objects to a change of a clause and proposes none there; who speaks to it and proposes none."""
        if clause is None:
            return
        sources = {source for one in here for source in one.sources}
        for one in wanted:
            for objection in _standing(one.case):
                who = self._words.name_of(objection.entity)
                if _about(objection, one.reading) and who not in sources:
                    reason = f": “{objection.reason}”" if objection.reason else ""
                    yield Insisting(
                        who=f"experts nominated by {who}",
                        words=f"objection {objection.id} to contribution {one.case.number}{reason}",
                    )
        for case in self._statements:
            contribution = case.current.contribution
            if contribution is not None and id_ in contribution.clauses:
                yield Insisting(
                    who=source_shown(case, self._words),
                    words=f"contribution {case.number} speaks to it and proposes no change: “{contribution.reasons}”",
                )

    def _files(self, places: Mapping[Spot, Place]) -> Iterator[NegotiatedFile]:
        by_path: dict[str, list[Place]] = {}
        for path in dict.fromkeys(document.path for document in self._revision.documents):
            if ("gap", "", path) in places:
                by_path.setdefault(path, []).append(places["gap", "", path])
        for one in self._ground.clauses:
            path = one.clause.path
            by_path.setdefault(path, []).append(places["clause", one.id, path])
            if ("gap", one.id, path) in places:
                by_path[path].append(places["gap", one.id, path])
        known = {document.path for document in self._revision.documents}
        for spot, place in sorted(places.items(), key=lambda item: item[0][2]):
            if spot[2] not in known:
                by_path.setdefault(spot[2], []).append(place)
        titles = dict(_titles(self._revision))
        for path, found in by_path.items():
            yield NegotiatedFile(
                path=path,
                title=titles.get(path) or _title_of(path, found),
                new=path not in known,
                places=tuple(found),
            )


_TOP = Clause(path="", kind=Kind.PARAGRAPH, text="")


class _Anchors:
    """One word for each place, made of its label; never the same twice."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._given: dict[str, Spot] = {}

    def of(self, spot: Spot) -> str:
        kind, id_, path = spot
        clause = self._ground.by_id.get(id_)
        opinion = path.removeprefix(OPINIONS).removesuffix(".md") if path.startswith(OPINIONS) else ""
        label = _word(clause.label) if clause else ""
        word = (f"{opinion}-{label}" if opinion else label) if label else id_ or f"top-{_word(path)}"
        word = f"after-{word}" if kind == "gap" and id_ else word
        return self._unique(word, spot)

    def _unique(self, word: str, spot: Spot) -> str:
        number, found = 1, word
        while self._given.setdefault(found, spot) != spot:
            number += 1
            found = f"{word}-{number}"
        return found


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _titles(revision: Revision) -> Iterator[tuple[str, str]]:
    """File → how people call it."""
    for document in revision.report:
        heading = next((c for c in document.clauses if c.kind is Kind.HEADING and c.level == 1), None)
        yield document.path, f"{heading.label} {heading.text}".strip() if heading else "Cover"
    for one in revision.opinions:
        yield one.document.path, f"Draft Opinion: {one.title}"


def _title_of(path: str, places: Sequence[Place]) -> str:
    """A file that is only proposed: the title it would have."""
    for place in places:
        for alternative in place.alternatives:
            for clause in alternative.reading:
                if clause.kind is Kind.FRONT and clause.text.startswith("title:"):
                    title = clause.text.partition(":")[2].strip().strip("\"'")
                    return f"Proposed draft Opinion: {title}"
    return f"Proposed: {path}"


def _is_open(case: Case) -> bool:
    on_the_table = not case.ended and case.incorporated is None and case.current.counts
    return on_the_table and case.state not in _SETTLED


def _order(case: Case) -> tuple[int, int]:
    """Proposals before views (R9), then by number."""
    return _RANK.get(class_shown(case), 2), case.number


def _standing(case: Case) -> list[Objection]:
    return [one for one in case.verdict.readiness.objections if one.stands] if case.verdict else []


def _about(objection: Objection, reading: Reading) -> bool:
    return any(entry.id in reading.ids for entry in objection.clauses)


def _since(case: Case, reading: Reading | None) -> datetime:
    """From when on it has been about this place without a break."""
    counting = [one for one in case.revisions if one.counts]
    since = counting[-1].receipt.latest if counting else case.received.received.latest
    for revision in reversed(counting):
        if reading is not None and not reading.ids & {entry.id for entry in revision.proposal}:
            break
        since = revision.receipt.latest
    return since
