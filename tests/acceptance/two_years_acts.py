"""What people do in the two invented years, and what must have happened to each clause by it.

Every act goes through the use cases that the command line calls, on a real repository and a real record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from accord.application import (
    calling,
    declaring,
    incorporating,
    objecting,
    putting,
    receiving,
    secretariat,
    speaking,
)
from accord.application.cutting import cut
from accord.application.desk import Desk
from accord.application.receiving import Description, Handed
from accord.application.rehearsal.acts import HandIn
from accord.application.rehearsal.cast import CASTS, CHAIR, SECRETARIAT, Cast
from accord.application.rehearsal.descriptions import description
from accord.application.rehearsal.edits import Append, Replace, apply
from accord.application.rehearsal.scripts.common import TIMETABLE, fixed_days
from accord.cli.wiring import document_folder, scratch_desk
from accord.domain.agreement.merged import unexplained
from accord.domain.agreement.world import World
from accord.domain.findings import Refused
from accord.domain.process.moments import parse_instant
from accord.domain.record.values import Disposition, MeetingResult, Receipt, Said
from accord.domain.text.markdown import parse_document
from tests.acceptance.two_years_text import Author, Edit, Model, happened, made, render, standings

PUBLIC = "Friends of the Harbour Bell (invented)"
HELPER = "Pat Example"
_BETWEEN = timedelta(minutes=7)
_ENTITIES = [cast for cast in CASTS if cast.id != "school-of-lamps"]  # it has no account


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A step of a clause as it must be told: what, and which contribution (or else commit) answers for it."""

    what: str
    answer: str = ""


@dataclass(slots=True, kw_only=True)
class Life:
    """A clause from its first day to its last. A place whose clause was removed and put back has two."""

    place: str
    steps: list[Happened] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether it was removed."""
        return self.steps[-1].what == "removed"


@dataclass(slots=True, kw_only=True)
class Submitted:
    """A contribution on its way: its number, the edits it means, the branch it came by."""

    number: int
    cast: Cast | None
    edits: Sequence[Edit]

    @property
    def name(self) -> str:
        """As the use cases name it."""
        return str(self.number)


class Acts:
    """The desk, the texts as they must be, and the lives of their clauses."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.author = Author(seed)
        self.random = self.author.random
        self.desk, self.open_main = scratch_desk(str(folder))
        self.model: Model = {}
        self.lives: list[Life] = []
        self.draft = "draft-1"
        self.numbers = 0
        self.refusals: list[str] = []

    def at(self, moment: str) -> None:
        """Time goes on to a moment."""
        wanted = parse_instant(moment)
        assert not self.numbers or wanted >= self.desk.now, f"{moment} is before {self.desk.now}"
        self.desk.now = wanted

    def by(self, who: str) -> Desk:
        """The desk, for the next act of somebody."""
        self.desk.now += _BETWEEN
        self.desk.who = who
        return self.desk

    # --- contributions ------------------------------------------------------------------------------------

    def hand_in(self, edits: Sequence[Edit], *, kind: str = "comment", public: bool = False) -> Submitted:
        """Somebody hands in a contribution; without edits a statement."""
        cast = self.random.choice(_ENTITIES)
        source, category = (PUBLIC, "stakeholder") if public else (cast.name, cast.category)
        desk = self.by("Ida Example" if public else f"{cast.expert} Example")
        return self._submit(desk, edits, kind, source, category, (), None if public else cast)

    def revise(self, one: Submitted, edits: Sequence[Edit]) -> None:
        """Its source hands in another version."""
        assert one.cast is not None
        desk = self.by(f"{one.cast.expert} Example")
        one.edits = edits
        branch = f"text-{one.number}-again"
        self._branch(branch, edits)
        handed = Handed(channel="local", receipt=Receipt.instant(desk.now))
        receiving.revise(desk, one.name, branch, None, handed)

    def by_secretariat(self, edits: Sequence[Edit], reason: str, sources: Sequence[str] = ()) -> None:
        """A text of the secretariat, handed in and put in the text at once (R28)."""
        desk = self.by(SECRETARIAT)
        one = self._submit(desk, edits, "secretariat-text", "Secretariat", "", tuple(sources), None)
        assert self.incorporate(one, reason=reason), self.refusals[-1]

    def incorporate(self, one: Submitted, reason: str = "") -> bool:
        """The secretariat puts it in the text; False when it is refused, which changes nothing."""
        before = self.desk.main()
        try:
            incorporating.incorporate(self.by(SECRETARIAT), one.name, reason=reason)
        except Refused as refused:
            assert self.desk.main() == before
            self.refusals.append(f"{one.name}: {refused}")
            return False
        # C13. Two changes of different words of one sentence make one that nobody declared: somebody answers for it.
        unanswered = self.unanswered(newest=2)
        for commit in unanswered:
            incorporating.regularise(self.by(SECRETARIAT), commit, "both changes are in it")
        self._changed(one.edits, unanswered[0] if unanswered else one.name)
        return True

    def dispose(self, one: Submitted, disposition: Disposition, reason: str) -> None:
        """The secretariat answers it."""
        secretariat.dispose(self.by(SECRETARIAT), one.name, disposition, reason)

    def _submit(
        self, desk: Desk, edits: Sequence[Edit], kind: str, source: str, category: str, sources: tuple[str, ...],
        cast: Cast | None,
    ) -> Submitted:  # fmt: skip
        self.numbers += 1
        number = self.numbers
        branch = f"text-{number}" if edits else None
        if branch:
            self._branch(branch, edits)
        act = HandIn(
            at="", who=desk.who, key=str(number), source=source, title=f"Proposal {number} (invented)", kind=kind,
            reasons="Because it reads better.", themes=("cross-cutting" if not category else "resilience",),
            sources=sources, purpose="action" if edits else "information",
        )  # fmt: skip
        data = description(
            act, category, self.draft, source, {one: int(one) for one in sources if one.isdigit()}
        )
        handed = Handed(channel="local", receipt=Receipt.instant(desk.now))
        receiving.submit(desk, branch, Description(data=data.encode(), name="description.yaml"), handed)
        return Submitted(number=number, cast=cast, edits=edits)

    # --- agreement ----------------------------------------------------------------------------------------

    def object_and_explain(self, one: Submitted) -> None:
        """An entity objects, and withdraws that when it is explained."""
        cast = next(cast for cast in _ENTITIES if cast != one.cast)
        who = f"{cast.expert} Example"
        desk = self.by(who)
        word = speaking.Word(
            entity=cast.id, said="object", receipt=Receipt.instant(desk.now), reason="too soon"
        )
        speaking.position(desk, one.name, word)
        objecting.end_objection(
            self.by(who), f"{one.name}-o1", met=False, reason="it was explained", meeting=""
        )

    def call(self, subject: str, until: str) -> None:
        """A chair calls for last objections until the end of a day."""
        calling.call(self.by(CHAIR), subject, until)

    def declare(self, subject: str) -> None:
        """A chair declares that it is agreed."""
        declaring.declare(self.by(CHAIR), subject, agreed=True, reason="")

    def meet(
        self, subject: str, meeting: str, result: MeetingResult, *, until: str = "", statement: str = ""
    ) -> None:
        """A meeting finds something on a text."""
        said = (Said(entity=_ENTITIES[1].id, text=statement),) if statement else ()
        spoken = putting.Spoken(
            meeting=meeting,
            item="5",
            result=result,
            until=until,
            statements=said,
            reason="as the meeting found",
        )
        putting.meeting_outcome(self.by(CHAIR), subject, spoken)

    # --- the main branch ----------------------------------------------------------------------------------

    def merged_by_people(self, first: Edit, second: Edit) -> str:
        """Somebody merges a branch that nobody declared, with another change already there; the commit."""
        desk = self.by(HELPER)
        main = desk.main()
        side = self._commit([second], [main])
        mine = self._commit([first], [main])
        desk.repository.advance_branch("main", mine, main)
        self.regularised(mine, [first])
        merge = self._commit([second], [mine, side])
        desk.repository.advance_branch("main", merge, mine)
        return self.regularised(merge, [second])

    def by_hand(self, edits: Sequence[Edit]) -> str:
        """Somebody changes the main text by hand, and the secretariat answers for it."""
        desk = self.by(HELPER)
        main = desk.main()
        commit = self._commit(edits, [main])
        desk.repository.advance_branch("main", commit, main)
        return self.regularised(commit, edits)

    def regularised(self, commit: str, edits: Sequence[Edit]) -> str:
        """The secretariat answers for a change by hand."""
        incorporating.regularise(self.by(SECRETARIAT), commit, "the sentence is right")
        self._changed(edits, commit)
        return commit

    def fix_days(self, event: str, start: str, end: str) -> None:
        """An amendment of the timetable: a state of the main branch that changes no text."""
        desk = self.by(SECRETARIAT)
        main = desk.main()
        before = (desk.repository.read_one(f"{main}:{TIMETABLE}") or b"").decode()
        entry = fixed_days(desk.now.date().isoformat(), event, start, end)
        first = Replace(path=TIMETABLE, old="amendments: []", new=f"amendments:\n{entry}")
        edit = first if "amendments: []\n" in before else Append(path=TIMETABLE, near=True, text=entry)
        files = apply([edit], lambda _: before)
        commit = desk.repository.write_commit(files, [main], f"The days of {event}", desk.now, SECRETARIAT)
        desk.repository.advance_branch("main", commit, main)

    def cut(self, draft: str, reason: str = "") -> None:
        """The secretariat cuts a draft."""
        assert not self.unanswered(), "somebody must answer for every change first"
        desk = self.by(SECRETARIAT)
        cut(desk, draft, document_folder(str(self.folder), "build", draft), reason=reason)

    def post(self, draft: str, day: str) -> None:
        """The official posting is recorded."""
        secretariat.posted(self.by(SECRETARIAT), draft, day, f"https://example.org/{draft}", "")
        self.draft = draft

    def unanswered(self, newest: int = 0) -> list[str]:
        """Commits of the main branch (of its newest states) that changed clauses nobody answers for."""
        chronicle = self.desk.chronicle()
        self.desk.see_main(chronicle)
        states = World(chronicle.world().seen[-newest:])
        return [one.commit for one in unexplained(states, chronicle.everything())]

    def _branch(self, name: str, edits: Sequence[Edit]) -> None:
        commit = self._commit(edits, [self.desk.main()])
        assert self.desk.repository.create_ref(f"refs/heads/{name}", commit)

    def _commit(self, edits: Sequence[Edit], parents: Sequence[str]) -> str:
        after = made(self.model, edits)
        tree = self.desk.texts.sources(parents[0])
        files: dict[str, bytes | None] = {path: None for path in self.model if path not in after}
        wanted = {path: render(units) for path, units in after.items() if self.model.get(path) != units}
        files |= {path: text.encode() for path, text in wanted.items() if tree.get(path) != text}
        return self.desk.repository.write_commit(
            files, parents, "Change the text", self.desk.now, self.desk.who
        )

    def _changed(self, edits: Sequence[Edit], answer: str) -> None:
        """Note what an act must have done to each clause, and see that the text reads as it must."""
        after = made(self.model, edits)
        moved = frozenset(place for edit in edits for place in edit.moved)
        open_ = {life.place: life for life in self.lives if not life.over}
        for place, what in happened(self.model, after, moved):
            if what == "added":
                self.lives.append(Life(place=place, steps=[Happened(what=what, answer=answer)]))
            else:
                open_[place].steps.append(Happened(what=what, answer=answer))
        self.model = after
        found = {document.path: document.clauses for document in self.desk.texts.documents(self.desk.main())}
        for path, units in self.model.items():
            wanted = parse_document(path, render(units)).clauses
            assert found.get(path) == wanted, (path, set(found.get(path, ())) ^ set(wanted))


def present(model: Model) -> list[Life]:
    """The lives of the clauses of the text with which the record begins."""
    return [Life(place=place, steps=[Happened(what="present")]) for place in standings(model)]
