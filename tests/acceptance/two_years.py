"""Two invented years by the real timetable, by one seed: some ninety contributions, all ways a text can change."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.application.desk import Desk
from accord.application.rehearsal.cast import SECRETARIAT
from accord.application.rehearsal.play import found_copy
from tests.acceptance.two_years_acts import Acts, Life, Submitted, present
from tests.acceptance.two_years_text import Edit, Model, Unit, made, render

ROOT = Path(__file__).parents[2]
SEED = 20260413
THEMES = ("digital-divides", "green-transformation", "resilience", "space-connectivity", "innovation")
OPINIONS = ("access", "tides", "masts")
_ACT = "taken from what was received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was true when a draft was cut: the text, and the lives of its clauses so far."""

    name: str
    model: Model
    lives: Sequence[Life]


class TwoYears:
    """Plays; afterwards ``acts`` and ``drafts`` say what came of it."""

    def __init__(
        self,
        folder: Path,
        seed: int = SEED,
        *,
        at_draft: Callable[[Desk, str], None] = lambda _desk, _draft: None,
    ) -> None:
        """``at_draft`` is called when a draft has just been cut, with the desk and its name."""
        self.at_draft = at_draft
        self.acts = Acts(folder, seed)
        self.author = self.acts.author
        self.random = self.acts.random
        self.drafts: list[Draft] = []
        self.busy: set[str] = set()

    @property
    def model(self) -> Model:
        """The text as it must be."""
        return self.acts.model

    def play(self) -> TwoYears:
        """All of it."""
        self._begin()
        self._first_round()
        self._second_round()
        self._third_round()
        self._last_round()
        self.acts.open_main()
        return self

    # --- the rounds ---------------------------------------------------------------------------------------

    def _begin(self) -> None:
        acts, author = self.acts, self.author
        files = {
            file.relative_to(ROOT).as_posix(): file.read_bytes()
            for folder in ("report", "process", "schemas")
            for file in sorted((ROOT / folder).rglob("*"))
            if file.is_file()
        }
        for number, theme in enumerate(THEMES, 4):
            units: list[Unit] = []
            for _ in range(4):
                units += [author.unit("heading")]
                units += [author.unit("paragraph", self.random.randint(1, 3)) for _ in range(7)]
            units += [author.unit("item") for _ in range(4)]
            path = f"report/{number:02}-{theme}.md"
            acts.model = {**acts.model, path: tuple(units)}
            files[path] = render(units).encode()
        found_copy(acts.desk, files)
        acts.lives = present(acts.model)
        acts.at("2024-08-05T06:00:00Z")
        acts.by(SECRETARIAT).open_record(rehearsal=True)
        self._cut("2024-08-05T07:00:00Z", "draft-1", "2024-08-05")

    def _first_round(self) -> None:
        acts = self.acts
        acts.at("2024-08-06T09:00:00Z")
        outlines = [
            acts.hand_in([self._opinion(name, "outline")], kind="opinion-outline") for name in OPINIONS
        ]
        comments = self._comments(16)
        statement = acts.hand_in([])
        acts.at("2024-08-27T09:00:00Z")
        acts.object_and_explain(outlines[0])
        acts.call(outlines[0].name, "2024-09-13")
        acts.at("2024-09-14T09:00:00Z")
        acts.declare(outlines[0].name)
        acts.at("2024-10-08T09:00:00Z")
        acts.meet(outlines[1].name, "ieg-1", "agreed")
        acts.meet(outlines[2].name, "ieg-1", "agreed ad referendum", until="2024-10-20")
        acts.at("2024-10-21T09:00:00Z")
        for one in outlines:
            assert acts.incorporate(one)
        self._take_in(comments)
        acts.dispose(statement, "noted", "read with attention")
        acts.merged_by_people(self._reword(), self._reword())
        self._cut("2024-11-04T07:00:00Z", "draft-2", "2024-11-04")

    def _second_round(self) -> None:
        acts = self.acts
        acts.at("2024-11-04T12:00:00Z")
        acts.by_secretariat([self._reword()], "a slip of the pen", ["ieg-1"])
        self._cut("2024-11-04T15:00:00Z", "draft-2-corr-1", reason="one word was wrong")
        acts.at("2024-11-05T09:00:00Z")
        texts = [acts.hand_in([self._text(name)], kind="opinion-text") for name in OPINIONS]
        texts.append(acts.hand_in([self._opinion("bells", "text")], kind="opinion-text"))
        comments = self._comments(16)
        public = [acts.hand_in([self._report_edit()], kind="public-input", public=True) for _ in range(4)]
        acts.at("2024-12-10T09:00:00Z")
        acts.revise(texts[1], [*texts[1].edits, self.author.reword(self._first_item("tides"), "what")])
        acts.at("2025-01-13T09:00:00Z")
        acts.fix_days("ieg-2", "2025-02-11", "2025-02-12")
        acts.call(texts[0].name, "2025-01-31")
        acts.call(texts[1].name, "2025-01-31")
        acts.at("2025-02-01T09:00:00Z")
        for one in texts[:2]:
            acts.declare(one.name)
        acts.at("2025-02-11T09:00:00Z")
        acts.meet(texts[2].name, "ieg-2", "to drafting group")
        acts.meet(texts[2].name, "ieg-2", "agreed", statement="the costs are not settled")
        acts.meet(texts[3].name, "ieg-2", "agreed")
        acts.at("2025-03-03T09:00:00Z")
        for one in texts:
            assert acts.incorporate(one)
        self._take_in([*comments, *public])
        acts.by_secretariat(
            [self.author.rename("report/06-resilience.md", "report/09-resilience.md")],
            "it comes last",
            ["ieg-2"],
        )
        self._cut("2025-03-31T07:00:00Z", "draft-3", "2025-03-31")

    def _third_round(self) -> None:
        acts = self.acts
        acts.at("2025-04-01T09:00:00Z")
        amendments = [acts.hand_in([edit]) for edit in self._opinion_edits(12)]
        comments = self._comments(18)
        place = self._free("report/", ("paragraph",))
        doubled = [acts.hand_in([self.author.reword(place, which)]) for which in ("thing", "when")]
        acts.at("2025-08-13T09:00:00Z")
        acts.fix_days("ieg-3", "2025-09-10", "2025-09-11")
        acts.at("2025-09-10T09:00:00Z")
        self._decide(amendments, "ieg-3")
        self._take_in(comments)
        for one in doubled:
            assert acts.incorporate(one, reason=_ACT)
        self._put_back()
        self._cut("2025-11-03T07:00:00Z", "draft-4", "2025-11-03")

    def _last_round(self) -> None:
        acts = self.acts
        acts.at("2025-11-04T09:00:00Z")
        amendments = [acts.hand_in([edit]) for edit in self._opinion_edits(8)]
        comments = self._comments(12)
        acts.at("2026-01-15T09:00:00Z")
        acts.fix_days("ieg-4", "2026-02-10", "2026-02-11")
        acts.at("2026-02-10T09:00:00Z")
        self._decide(amendments, "ieg-4")
        self._take_in(comments)
        acts.meet("tides", "ieg-4", "agreed")
        acts.meet("masts", "ieg-4", "transmitted in brackets")
        acts.meet("bells", "ieg-4", "left out")
        acts.call("access", "2026-03-20")
        acts.at("2026-03-21T09:00:00Z")
        acts.declare("access")
        self._cut("2026-04-13T07:00:00Z", "final", "2026-04-13")
        acts.at("2026-04-20T09:00:00Z")
        acts.by_secretariat([self._report_edit()], "found while reading", ["ieg-4"])
        acts.by_hand([self._reword()])

    def _cut(self, moment: str, draft: str, posted: str = "", reason: str = "") -> None:
        self.acts.at(moment)
        self.acts.cut(draft, reason)
        self.drafts.append(Draft(name=draft, model=self.model, lives=copy.deepcopy(self.acts.lives)))
        self.at_draft(self.acts.desk, draft)
        if posted:
            self.acts.post(draft, posted)
        self.busy.clear()

    # --- what becomes of contributions --------------------------------------------------------------------

    def _take_in(self, comments: Sequence[Submitted]) -> None:
        """Three of four enter by an act of their own, others by a text of the secretariat."""
        for index, one in enumerate(comments):
            if index % 4 == 3:
                self._reflected(one)
                continue
            if not self.acts.incorporate(one, reason=_ACT):
                self.acts.dispose(one, "not-retained", "another wording is in the text")

    def _reflected(self, one: Submitted) -> None:
        self.acts.by_secretariat(one.edits, "written from what was received", [one.name])
        self.acts.dispose(one, "reflected-in-part", "in other words")

    def _decide(self, amendments: Sequence[Submitted], meeting: str) -> None:
        """Most are agreed in the meeting; one of five is not."""
        for index, one in enumerate(amendments):
            if index % 5 == 4:
                self.acts.meet(one.name, meeting, "not agreed")
                self.acts.dispose(one, "not-retained", "the meeting did not agree")
                continue
            self.acts.meet(one.name, meeting, "agreed")
            assert self.acts.incorporate(one)

    def _put_back(self) -> None:
        """A paragraph is removed, and the same words are put back later: a clause of its own."""
        place = self._free("report/", ("paragraph",))
        unit = next(unit for units in self.model.values() for unit in units if unit.place == place)
        self.acts.by_secretariat([self.author.drop(place)], "said elsewhere", ["ieg-3"])
        self.acts.by_secretariat(
            [self.author.restore(unit, self._free("report/", ("paragraph",)))],
            "not said elsewhere",
            ["ieg-3"],
        )

    # --- what is proposed ---------------------------------------------------------------------------------

    def _free(self, folder: str, kinds: Sequence[str], sentences: int = 1) -> str:
        """A place beside which nobody else proposes anything in this round."""
        free = [
            near
            for path, units in self.model.items()
            if path.startswith(folder)
            for near in zip(units, (*units[1:], None), strict=True)
            if near[0].kind in kinds
            and len(near[0].sentences) >= sentences
            and not any(one and one.place in self.busy for one in near)
        ]
        chosen = self.random.choice(free)
        self.busy |= {one.place for one in chosen if one and one.place}
        return chosen[0].place

    def _reword(self) -> Edit:
        return self.author.reword(self._free("report/", ("paragraph",)))

    def _report_edit(self) -> Edit:
        author = self.author
        match self.random.randrange(8):
            case 0 | 1:
                field = self.random.choice(("when", "what"))
                return author.reword(self._free("report/", ("paragraph", "item")), field)
            case 2:
                after = self._free("report/", ("paragraph",))
                return author.add(after, "paragraph", self.random.randint(1, 2))
            case 3:
                return author.drop(self._free("report/", ("paragraph",)))
            case 4:
                return author.move(
                    self._free("report/", ("paragraph",)), self._free("report/", ("paragraph",))
                )
            case 5:  # the longer part, which keeps the id, comes first
                return author.split(self._free("report/", ("paragraph",), sentences=3))
            case 6:
                return author.reword(self._free("report/", ("heading",)))
            case _:
                return self._join()

    def _join(self) -> Edit:
        """A paragraph takes in the shorter one after it."""
        for _ in range(100):
            place = self._free("report/", ("paragraph",))
            path = next(
                path for path, units in self.model.items() if any(unit.place == place for unit in units)
            )
            units = self.model[path]
            index = [unit.place for unit in units].index(place)
            first, second = units[index : index + 2]
            if second.kind == "paragraph" and len(first.sentences) > len(second.sentences):
                return self.author.join(place)
            self.busy -= {place}
        raise AssertionError("no two paragraphs are left that can be joined")

    def _comments(self, count: int) -> list[Submitted]:
        """Comments on the Report: each third changes a second place, each fourth wraps a paragraph anew beside it."""
        out = []
        for index in range(count):
            edits = [self._report_edit()]
            if index % 3 == 0:
                edits.append(self._reword())
            if index % 4 == 0:
                edits.append(self.author.rewrap(self._free("report/", ("paragraph",))))
            out.append(self.acts.hand_in(edits))
        return out

    def _opinion_edits(self, count: int) -> Iterable[Edit]:
        for index in range(count):
            place = self._free("opinions/", ("item",))
            match index % 4:
                case 2:
                    yield self.author.add(place, "item")
                case 3:
                    yield self.author.drop(place)
                case _:
                    yield self.author.reword(place)

    def _opinion(self, name: str, stage: str) -> Edit:
        front = f"---\nid: {name}\ntitle: An Opinion on {name}\nthemes: [resilience]\nstage: {stage}\nlanguage: en\n---"
        units = [
            Unit(kind="raw", raw=front),
            Unit(kind="raw", raw="The Seventh Example Forum (Port Arcadia, 2026),"),
            Unit(kind="keyword", raw="*considering*"),
            *(self.author.unit("item") for _ in range(9)),
            Unit(kind="keyword", raw="*invites Member States*"),
            *(self.author.unit("item") for _ in range(7)),
        ]
        return self.author.write(f"opinions/{name}.md", units)

    def _first_item(self, name: str) -> str:
        return next(unit.place for unit in self.model[f"opinions/{name}.md"] if unit.kind == "item")

    def _text(self, name: str) -> Edit:
        """The outline made a text: every other item reworded, a keyword and its items added."""
        path = f"opinions/{name}.md"
        places = [unit.place for unit in self.model[path] if unit.place]
        edits = [self.author.reword(place) for place in places[::2]]
        noting = (Unit(kind="keyword", raw="*noting*"), *(self.author.unit("item") for _ in range(4)))
        stage = self.author.spell(path, "stage: outline", "stage: text")

        def make(model: Model) -> Model:
            model = stage.make(made(model, edits))
            units = model[path]
            at = next(index for index, unit in enumerate(units) if unit.raw == "*invites Member States*")
            return {**model, path: (*units[:at], *noting, *units[at:])}

        return Edit(make=make)
