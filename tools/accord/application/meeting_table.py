"""What is before a meeting: everything received for its windows, laid on the text as it reads, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from accord.application.compiling_inputs import input_of
from accord.application.compiling_places import Ground
from accord.application.compiling_rows import Laid
from accord.application.conflicts import every_meeting
from accord.application.revision import ReadOpinion, Revision
from accord.application.sheets import label_of, speaking_of
from accord.application.window_inputs import received_in, times_of
from accord.domain.agreement.case import Case
from accord.domain.agreement.readiness import Readiness
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import Showing
from accord.domain.process.moments import show_moment, show_until
from accord.domain.process.timetable import Event
from accord.domain.record.values import Entry
from accord.domain.text.clauses import Kind
from accord.domain.text.numbering import letter
from accord.domain.text.redline import Op, Row, Side
from accord.render.alternatives import Meeting
from accord.render.compilation.model import ClauseGroup, Input, RowEntry
from accord.render.meeting.distance import Distance, distance
from accord.render.meeting.model import Alternative, Counted, Leaf, Table
from accord.render.meeting.reading import heard, put, readings
from accord.render.messages import next_step, objection_line, opinion_state, voice_line


def table_of(revision: Revision, meeting: Event) -> Table:
    """Everything before a meeting as the record stood at the revision's moment.

    Raises:
        Refused: it discusses a window that the timetable does not have (exit USAGE).
    """
    return _Laying(revision, meeting).table()


def windows_of(revision: Revision, meeting: Event) -> tuple[str, ...]:
    """The windows a meeting discusses: those of the drafts that it discusses, else the last one before it."""
    timetable = revision.process.timetable.at(revision.moment)
    named = [window.id for window in timetable.windows if window.opens in meeting.discusses]
    if named:
        return tuple(named)
    begins = timetable.begins(meeting.id).latest
    before = [window.id for window in timetable.windows if timetable.ends(window.closes).earliest <= begins]
    return tuple(before[-1:])


class _Laying:
    """Lays what was received on the table."""

    def __init__(self, revision: Revision, meeting: Event) -> None:
        assert revision.cases is not None  # noqa: S101 - a meeting is prepared from a record
        self._revision = revision
        self._cases = revision.cases
        self._meeting = meeting
        self._words = speaking_of(revision)
        self._windows = windows_of(revision, meeting)
        self._received = {window: received_in(revision, window) for window in self._windows}
        numbers = {case.number for cases in self._received.values() for case in cases}
        self._carried = [
            case for case in revision.contributions if case.number not in numbers and _on_table(case)
        ]
        self._by_number = {case.number: case for case in revision.contributions}

    def table(self) -> Table:
        revision, forum = self._revision, self._revision.process.forum
        timetable = revision.process.timetable.at(revision.moment)
        drafts = [timetable.window(window).opens for window in self._windows]
        shown = [label_of(timetable, draft, draft) for draft in drafts]
        return Table(
            meeting=self._meeting.id,
            title=self._meeting.label,
            days=self._meeting.days.show() + ("" if self._meeting.days.fixed else " (date not fixed yet)"),
            forum=forum.name,
            notice=forum.notice,
            page=forum.page,
            rehearsal=revision.chronicle.view.head.rehearsal if revision.chronicle else False,
            as_of=show_moment(revision.moment, timetable.zone),
            moment=revision.moment,
            draft=" and ".join(f"{label} ({draft})" for label, draft in zip(shown, drafts, strict=True))
            or "the text as it reads",
            windows=tuple(self._counted(window) for window in self._windows),
            carried=tuple(case.number for case in self._carried),
            leaves=tuple(self._leaves()),
            off=tuple(
                self._inputs[case.number]
                for cases in self._received.values()
                for case in cases
                if not _on_table(case)
            ),
            meetings=tuple(self._meetings),
        )

    @cached_property
    def _inputs(self) -> Mapping[int, Input]:
        everything = [*self._carried, *(case for cases in self._received.values() for case in cases)]
        return {case.number: input_of(case, self._revision, self._words) for case in everything}

    @cached_property
    def _meetings(self) -> Sequence[Meeting]:
        return every_meeting(self._revision.desk, self._cases, self._before_it)

    @cached_property
    def _before_it(self) -> list[Case]:
        received = [case for cases in self._received.values() for case in cases]
        return sorted((c for c in [*self._carried, *received] if _on_table(c)), key=lambda case: case.number)

    def _counted(self, window: str) -> Counted:
        times = times_of(self._revision, window)
        zone = self._revision.process.timetable.zone
        return Counted(
            window=window,
            draft=times.window.draft,
            numbers=tuple(case.number for case in self._received[window]),
            closes=show_until(times.closes.latest, zone),
            still_open=self._revision.moment < times.closes.latest,
        )

    def _leaves(self) -> Iterator[Leaf]:
        """The places in the order of the text; each draft Opinion as it reads comes after what is proposed on it."""
        laid = Laid(Ground(self._revision.desk, self._revision), self._revision, self._inputs)
        opinions = {one.document.path: one for one in self._revision.opinions}
        waiting = [path for path, one in opinions.items() if one.showing is not Showing.LEFT_OUT]
        known = {document.path.removesuffix(".md").replace("/", "-") for document in self._revision.documents}
        for section in laid.sections(self._before_it):
            path = next((p for p in waiting if p.removesuffix(".md").replace("/", "-") == section.key), "")
            new = section.key not in known and section.key != "general"
            while waiting and (new or (path and waiting[0] != path)):
                yield self._opinion(opinions[waiting.pop(0)])
            for group in section.groups:
                yield self._leaf("General" if section.key == "general" else section.title, group)
            if path:
                yield self._opinion(opinions[waiting.pop(0)])
        for left in waiting:
            yield self._opinion(opinions[left])

    def _leaf(self, section: str, group: ClauseGroup) -> Leaf:
        where, _, clause = group.key.partition("-")
        proposed = [entry for entry in group.entries if entry.lines or entry.symbol in ("ADD", "MOD", "SUP")]
        ordered = sorted(proposed, key=lambda e: (*_far(e).key, e.input.number))
        alternatives = tuple(
            self._alternative(entry, letter(place).upper(), clause if where == "clause" else "")
            for place, entry in enumerate(ordered, start=1)
        )
        gated = {number: self._gated(number) for number in self._inputs}
        words = self._revision.process.forum.words
        known = next((one.clause for one in self._revision.identified if one.id == clause), None)
        before = Row(op=Op.SAME, side=Side.BOTH, old=known, new=known) if known and where == "gap" else None
        return Leaf(
            id=group.key,
            section=section,
            label=group.label,
            element=group.element,
            current=(group.current,) if group.current else (),
            before=before,
            alternatives=alternatives,
            together=tuple(self._together(where, clause, alternatives)),
            said=tuple(entry.input for entry in group.entries if entry not in proposed),
            readings=tuple(readings(alternatives, words, gated)) or (heard("what was said"),),
        )

    def _alternative(self, entry: RowEntry, shown: str, clause: str) -> Alternative:
        case = self._by_number[entry.input.number]
        assert case.verdict is not None  # noqa: S101 - what is on the table is before the group
        ready = case.verdict.readiness
        return Alternative(
            letter=shown,
            input=entry.input,
            symbol=entry.symbol,
            far=_far(entry).said,
            lines=entry.lines,
            remarks=entry.remarks,
            needs=next_step(case, self._words),
            objections=tuple(
                objection_line(one, self._words, gated=ready.gated)
                for one in ready.objections
                if one.ended is None and (not clause or _about(one.clauses, clause))
            ),
            reservations=tuple(
                f"{voice_line(voice, self._words)}: {' '.join(voice.reasons)}"
                for voice in ready.voices
                if "reserve" in voice.stances.values()
            ),
            opposed=self._opposed(ready, clause),
        )

    def _opposed(self, ready: Readiness, clause: str = "") -> tuple[str, ...]:
        """The entities whose objections stand (on a clause), as people know them."""
        return tuple(
            dict.fromkeys(
                self._words.name_of(owner)
                for one in ready.objections
                if one.stands and (not clause or _about(one.clauses, clause))
                for owner in one.owners or (one.entity,)
            )
        )

    def _gated(self, number: int) -> bool:
        verdict = self._by_number[number].verdict
        return verdict is None or verdict.readiness.gated

    def _together(self, where: str, clause: str, alternatives: Sequence[Alternative]) -> Iterator[str]:
        """Which alternatives can all come in, and which one leaves no room for."""
        letters = {one.input.number: one.letter for one in alternatives}
        for one in self._meetings:
            here = one.label.startswith("after ") == (where == "gap") and one.clause == clause
            if not here or not set(one.numbers) <= letters.keys():
                continue
            named = " and ".join(sorted(letters[number] for number in one.numbers))
            if one.compatible:
                yield f"{named} go together: {one.merged or '(deleted)'}"
            else:
                yield f"{named} are alternatives: as they are written, not all of them can come in."

    def _opinion(self, one: ReadOpinion) -> Leaf:
        verdict = one.case.verdict if one.case and one.current else None
        place = [opinion.name for opinion in self._revision.opinions].index(one.name) + 1
        label = f"draft Opinion {place} as it reads"
        settled = verdict is not None and verdict.standing in (Standing.AGREED, Standing.ADOPTED)
        gated = verdict is None or verdict.readiness.gated
        opposed = self._opposed(verdict.readiness) if verdict else ()
        words = self._revision.process.forum.words
        question = put(label, words, opposed, " Only the Forum adopts it.") if gated else heard(label)
        return Leaf(
            id=f"opinion-{one.name}",
            section=f"Draft Opinion: {one.title}",
            label=label[:1].upper() + label[1:],
            current=tuple(
                Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause)
                for clause in one.document.clauses
                if clause.kind is not Kind.FRONT
            ),
            state=f"As it reads: {opinion_state(verdict, self._words)}." if verdict else "",
            open=tuple(
                objection_line(objection, self._words, gated=gated)
                for objection in (verdict.readiness.objections if verdict else ())
                if objection.ended is None
            ),
            readings=() if settled else (question,),
        )


def _on_table(case: Case) -> bool:
    """Whether it is before the group: admitted, not over, not in the text, not taken into another one."""
    return case.current.counts and not case.ended and case.incorporated is None and case.taken is None


def _far(entry: RowEntry) -> Distance:
    return distance([line.row for line in entry.lines])


def _about(clauses: Sequence[Entry], clause: str) -> bool:
    named = {entry.id for entry in clauses}
    return not named or clause in named
