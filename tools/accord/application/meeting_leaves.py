"""The leaves of a meeting's table: a place with its alternatives, what is said of it, what the chair reads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.application.compiling_places import Ground
from accord.application.compiling_rows import Laid, section_key
from accord.application.meeting_objections import open_on, opposed_on
from accord.application.revision import ReadOpinion, Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.verdict import Standing
from accord.domain.drafts.facts import Showing
from accord.domain.text.clauses import Kind
from accord.domain.text.numbering import letter
from accord.domain.text.redline import Op, Row, Side
from accord.render.alternatives import Meeting, without_parts
from accord.render.compilation.model import ClauseGroup, Input, RowEntry
from accord.render.meeting.distance import Distance, distance
from accord.render.meeting.model import Alternative, Leaf, Reading
from accord.render.meeting.reading import heard, put, readings
from accord.render.messages import Speaking, next_step, opinion_state, voice_line
from accord.render.negotiation.model import Negotiation, Place
from accord.render.negotiation.words import typed
from accord.render.redline_words import KINDS

_GENERAL = "general"
_WHERE = {"whole": 0, "clause": 1, "gap": 2}
_SETTLED = (Standing.AGREED, Standing.ADOPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Lays the contributions that are before the group on the text of a revision.

    ``inputs`` says them in words, by number; ``meetings`` where they meet on a clause; ``view`` is the text they
    negotiate on, with its brackets and letters; ``adopting`` says that the meeting is the Forum, which adopts.
    """

    revision: Revision
    cases: Sequence[Case]
    inputs: Mapping[int, Input]
    meetings: Sequence[Meeting]
    words: Speaking
    view: Negotiation
    adopting: bool = False

    def all(self) -> Iterator[Leaf]:
        """The places in the order of the text, those with nothing but a bracket too.

        Each draft Opinion as it reads comes after what is proposed on it; texts that are only proposed come last.
        """
        found: dict[str, list[tuple[tuple[int, int], Leaf]]] = {}
        paths = {section_key(document.path): document.path for document in self.revision.documents}
        titles: dict[str, str] = {}
        laid = Laid(Ground(self.revision.desk, self.revision), self.revision, self.inputs)
        for section in laid.sections(self.cases):
            path = paths.get(section.key, section.key)
            titles[path] = "General" if section.key == _GENERAL else section.title
            found[path] = [(self._position(one.key), self._leaf(titles[path], one)) for one in section.groups]
        shown = {leaf.id for leaves in found.values() for _, leaf in leaves}
        for file in self.view.files:
            for place in file.places:
                key = f"clause-{place.id}"
                if place.brackets and key not in shown:
                    leaf = self._bracketed(titles.get(file.path) or file.title, place)
                    found.setdefault(file.path, []).append((self._position(key), leaf))
        opinions = {
            one.document.path: one for one in self.revision.opinions if one.showing is not Showing.LEFT_OUT
        }
        for path in dict.fromkeys([_GENERAL, *paths.values(), *found]):
            yield from (leaf for _, leaf in sorted(found.get(path, ()), key=lambda one: one[0]))
            if path in opinions:
                yield self._opinion(opinions[path], [*opinions].index(path) + 1)

    def _position(self, key: str) -> tuple[int, int]:
        """Where a place stands in its file: the whole of it first, a gap after the clause before it."""
        where, _, clause = key.partition("-")
        order = next((n for n, one in enumerate(self.revision.identified) if one.id == clause), -1)
        return order, _WHERE[where]

    def _bracketed(self, section: str, place: Place) -> Leaf:
        """A clause about which nothing was received, but that holds a bracket."""
        assert place.clause is not None  # noqa: S101 - a gap holds no words
        return Leaf(
            id=f"clause-{place.id}",
            section=section,
            label=place.where,
            element=KINDS[place.clause.kind],
            current=(Row(op=Op.SAME, side=Side.BOTH, old=place.clause, new=place.clause),),
            brackets=tuple(_beside(place)),
            readings=(heard("the words in brackets"),),
        )

    def _leaf(self, section: str, group: ClauseGroup) -> Leaf:
        where, _, clause = group.key.partition("-")
        proposed = [entry for entry in group.entries if entry.lines or entry.symbol in ("ADD", "MOD", "SUP")]
        ordered = sorted(proposed, key=lambda e: (*_far(e).key, e.input.number))
        place = self._place(where, clause)
        letters = _letters(place, [entry.input.number for entry in ordered])
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
            brackets=tuple(_beside(place)) if place else (),
            said=tuple(entry.input for entry in group.entries if entry not in proposed),
            readings=tuple(self._readings(alternatives)),
        )

    def _place(self, where: str, clause: str) -> Place | None:
        """The same place in the negotiating text."""
        gap = where == "gap"
        return next((p for p in self.view.places if p.id == clause and (p.clause is None) == gap), None)

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
            objections=open_on(ready, self.words, clause),
            reservations=tuple(
                f"{voice_line(voice, self.words)}: {' '.join(voice.reasons)}"
                for voice in ready.voices
                if "reserve" in voice.stances.values()
            ),
            opposed=opposed_on(ready, self.words, clause),
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
        words = self.revision.process.forum.words
        if self.adopting:
            words = {
                **words,
                "agreed": "agreed",
            }  # what the experts agree and what the Forum adopts are not this
        yield from readings(waiting, words, gated, several=len(alternatives) > 1)

    def _case(self, number: int) -> Case:
        return next(case for case in self.cases if case.number == number)

    def _together(self, where: str, clause: str, alternatives: Sequence[Alternative]) -> Iterator[str]:
        """Which alternatives can all come in, and which one leaves no room for."""
        letters = {one.input.number: one.letter for one in alternatives}
        here = [
            one
            for one in self.meetings
            if one.label.startswith("after ") == (where == "gap")
            and one.clause == clause
            and set(one.numbers) <= letters.keys()
        ]
        for one in without_parts(here):
            *first, last = sorted(letters[number] for number in one.numbers)
            named = f"{', '.join(first)} and {last}"
            if one.compatible:
                yield f"{named} go together: {one.merged or '(deleted)'}"
                continue
            verdicts = [self._case(number).verdict for number in one.numbers]
            gated = all(verdict is None or verdict.readiness.gated for verdict in verdicts)
            more = " Once one of them is agreed, the others are not put any more." if gated else ""
            yield f"{named} are alternatives: as they are written, not all of them can come in.{more}"

    def _opinion(self, one: ReadOpinion, place: int) -> Leaf:
        verdict = one.case.verdict if one.case and one.current else None
        label = f"draft Opinion {place} as it reads"
        over = _SETTLED[1:] if self.adopting else _SETTLED
        settled = verdict is not None and verdict.standing in over
        gated = verdict is None or verdict.readiness.gated
        opposed = opposed_on(verdict.readiness, self.words) if verdict else ()
        words = self.revision.process.forum.words
        more = "" if self.adopting else " Only the Forum adopts it."
        if self.adopting:
            words = {**words, "agreed": words.get("adopted", "adopted")}
        question = put(label, words, opposed, more) if gated else heard(label)
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
            open=open_on(verdict.readiness, self.words) if verdict else (),
            readings=() if settled else (question,),
        )


def _letters(place: Place | None, numbers: Sequence[int]) -> list[str]:
    """As in the negotiating text, so that one letter means one thing in the room; else in the order of putting."""
    known = {number: one.letter for one in (place.alternatives if place else ()) for number in one.numbers}
    given = [known.get(number, "") for number in numbers]
    if all(given) and len(set(given)) == len(given):
        return given
    return [letter(count).upper() for count in range(1, len(numbers) + 1)]


def _beside(place: Place) -> Iterator[str]:
    """Brackets of the text itself with what would lift them, and who asks that the clause stay as it is."""
    yield from (f"{typed(bracket)}. {bracket.lift}" for bracket in place.brackets)
    yield from (f"NOC asked for by {one.who}: {one.words}" for one in place.insisting)


def _far(entry: RowEntry) -> Distance:
    return distance([line.row for line in entry.lines])
