"""The leaves of a meeting's table: a place with its alternatives, what is said of it, what the chair reads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.application.compiling_places import Ground
from accord.application.compiling_rows import Laid
from accord.application.revision import ReadOpinion, Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.readiness import Readiness
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import Showing
from accord.domain.record.values import Entry
from accord.domain.text.clauses import Kind
from accord.domain.text.numbering import letter
from accord.domain.text.redline import Op, Row, Side
from accord.render.alternatives import Meeting
from accord.render.compilation.model import ClauseGroup, Input, RowEntry
from accord.render.meeting.distance import Distance, distance
from accord.render.meeting.model import Alternative, Leaf, Objected, Reading
from accord.render.meeting.reading import heard, objection_short, put, readings
from accord.render.messages import Speaking, next_step, objection_line, opinion_state, voice_line

Letters = Mapping[tuple[str, str], Mapping[int, str]]
_SETTLED = (Standing.AGREED, Standing.ADOPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Lays the contributions that are before the group on the text of a revision.

    ``inputs`` says them in words, by number; ``meetings`` where they meet on a clause; ``letters`` what the negotiating
    text calls their readings, by place (`clause` or `gap`, and the clause's id).
    """

    revision: Revision
    cases: Sequence[Case]
    inputs: Mapping[int, Input]
    meetings: Sequence[Meeting]
    words: Speaking
    letters: Letters

    def all(self) -> Iterator[Leaf]:
        """The places in the order of the text; each draft Opinion as it reads comes after what is proposed on it."""
        laid = Laid(Ground(self.revision.desk, self.revision), self.revision, self.inputs)
        opinions = {one.document.path: one for one in self.revision.opinions}
        waiting = [path for path, one in opinions.items() if one.showing is not Showing.LEFT_OUT]
        known = {document.path.removesuffix(".md").replace("/", "-") for document in self.revision.documents}
        for section in laid.sections(self.cases):
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
        letters = self._letters(where, clause, [entry.input.number for entry in ordered])
        alternatives = tuple(
            self._alternative(entry, shown, clause if where == "clause" else "")
            for entry, shown in zip(ordered, letters, strict=True)
        )
        known = next((one.clause for one in self.revision.identified if one.id == clause), None)
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
            readings=tuple(self._readings(alternatives)),
        )

    def _letters(self, where: str, clause: str, numbers: Sequence[int]) -> list[str]:
        """As in the negotiating text, so that one letter means one thing in the room; else in the order of putting."""
        given = [self.letters.get((where, clause), {}).get(number, "") for number in numbers]
        if all(given) and len(set(given)) == len(given):
            return given
        return [letter(place).upper() for place in range(1, len(numbers) + 1)]

    def _alternative(self, entry: RowEntry, shown: str, clause: str) -> Alternative:
        case = self._case(entry.input.number)
        assert case.verdict is not None  # noqa: S101 - what is on the table is before the group
        ready = case.verdict.readiness
        return Alternative(
            letter=shown,
            input=entry.input,
            symbol=entry.symbol,
            far=_far(entry).said,
            lines=entry.lines,
            remarks=entry.remarks,
            needs=next_step(case, replace(self.words, brief=True)),
            objections=self._open(ready, clause),
            reservations=tuple(
                f"{voice_line(voice, self.words)}: {' '.join(voice.reasons)}"
                for voice in ready.voices
                if "reserve" in voice.stances.values()
            ),
            opposed=self._opposed(ready, clause),
        )

    def _open(self, ready: Readiness, clause: str = "") -> tuple[Objected, ...]:
        """The objections that no act ended (on a clause, where it names any)."""
        return tuple(
            Objected(
                short=objection_short(one, self.words),
                full=objection_line(one, self.words, gated=ready.gated),
            )
            for one in ready.objections
            if one.ended is None and (not clause or _about(one.clauses, clause))
        )

    def _opposed(self, ready: Readiness, clause: str = "") -> tuple[str, ...]:
        """The entities whose objections stand (on a clause), as people know them."""
        return tuple(
            dict.fromkeys(
                self.words.name_of(owner)
                for one in ready.objections
                if one.stands and (not clause or _about(one.clauses, clause))
                for owner in one.owners or (one.entity,)
            )
        )

    def _readings(self, alternatives: Sequence[Alternative]) -> Iterator[Reading]:
        """A question for each alternative that is not agreed yet; one about the comments where nothing is proposed."""
        if not alternatives:
            yield heard("what was said")
        verdicts = {one.input.number: self._case(one.input.number).verdict for one in alternatives}
        waiting = [
            one for one in alternatives if (v := verdicts[one.input.number]) and v.standing not in _SETTLED
        ]
        gated = {number: verdict is None or verdict.readiness.gated for number, verdict in verdicts.items()}
        yield from readings(waiting, self.revision.process.forum.words, gated, several=len(alternatives) > 1)

    def _case(self, number: int) -> Case:
        return next(case for case in self.cases if case.number == number)

    def _together(self, where: str, clause: str, alternatives: Sequence[Alternative]) -> Iterator[str]:
        """Which alternatives can all come in, and which one leaves no room for."""
        letters = {one.input.number: one.letter for one in alternatives}
        for one in self.meetings:
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
        shown = [each.name for each in self.revision.opinions if each.showing is not Showing.LEFT_OUT]
        place = shown.index(one.name) + 1
        label = f"draft Opinion {place} as it reads"
        settled = verdict is not None and verdict.standing in _SETTLED
        gated = verdict is None or verdict.readiness.gated
        opposed = self._opposed(verdict.readiness) if verdict else ()
        words = self.revision.process.forum.words
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
            state=f"As it reads: {opinion_state(verdict, self.words)}." if verdict else "",
            open=self._open(verdict.readiness) if verdict else (),
            readings=() if settled else (question,),
        )


def _far(entry: RowEntry) -> Distance:
    return distance([line.row for line in entry.lines])


def _about(clauses: Sequence[Entry], clause: str) -> bool:
    named = {entry.id for entry in clauses}
    return not named or clause in named
