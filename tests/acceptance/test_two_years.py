"""Where every clause of two invented years came from: asked of each draft and of the text at the end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from accord.application.desk import Desk
from accord.application.provenance import Origins
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import Manifest, manifest_in
from accord.domain.process.moments import format_instant
from accord.domain.record.events import Cut, Event, Incorporated, MainSeen, Regularised
from accord.domain.text.clauses import Clause, digest
from accord.domain.text.markdown import parse_document
from tests.acceptance.two_years import TwoYears
from tests.acceptance.two_years_acts import Happened, Life
from tests.acceptance.two_years_text import Model, render, standings
from tests.acceptance.world import accord

LEFT_OUT = "opinions/bells.md"  # by the fourth meeting, so that the final Report is without it
DECISIONS = ("Declared agreed by Cho Example (chair)", "Agreed in ieg-", "Agreed ad referendum in ieg-")
DRAFTS = ("draft-1", "draft-2", "draft-2-corr-1", "draft-3", "draft-4", "final")


class Lived:
    """The two years, played once, with the answers at each draft as they were given there and then."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.then: dict[str, dict[str, Any]] = {}
        self.years = TwoYears(folder, at_draft=self._ask)
        self.years.play()

    def _ask(self, desk: Desk, draft: str) -> None:
        origins = Origins(desk)
        self.then[draft] = {id_: vars_of(origins.of(id_)) for id_ in clauses_of(desk, draft)}

    @cached_property
    def desk(self) -> Desk:
        """A desk at the end of the two years."""
        return open_desk(str(self.folder), format_instant(self.years.acts.desk.now), "")

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything in the record."""
        return self.desk.chronicle().everything()

    @cached_property
    def manifests(self) -> Mapping[str, Manifest]:
        """The manifests of the drafts."""
        return {draft: manifest_of(self.desk, draft) for draft in DRAFTS}

    @cached_property
    def tip(self) -> Sequence[str]:
        """The clauses of the newest text."""
        seen = self.desk.chronicle().world().seen[-1]
        return [clause.id for clause in seen.agreed.clauses]

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """What is said at the end: by draft (or `tip`), by clause."""
        found = {"tip": {id_: vars_of(one) for id_, one in asked(Origins(self.desk), self.tip).items()}}
        for draft in DRAFTS:
            ids = [row.id for row in self.manifests[draft].clauses]
            found[draft] = {id_: vars_of(one) for id_, one in asked(Origins(self.desk, draft), ids).items()}
        return found

    def truth(self, draft: str) -> tuple[Model, Sequence[Life]]:
        """The text and the lives of its clauses, as they were written down while the years were played."""
        if draft == "tip":
            return self.years.model, self.years.acts.lives
        found = next(one for one in self.years.drafts if one.name == draft)
        return found.model, found.lives


def asked(origins: Origins, ids: Sequence[str]) -> dict[str, Any]:
    """The answers on clauses."""
    return {id_: origins.of(id_) for id_ in ids}


def vars_of(report: Any) -> dict[str, Any]:
    """What a report says, to be compared."""
    return {"text": report.text, **report.data}


def manifest_of(desk: Desk, draft: str) -> Manifest:
    """The manifest in a tag."""
    tag = desk.repository.read_tag(draft)
    assert tag is not None
    return manifest_in(tag.message)


def clauses_of(desk: Desk, draft: str) -> list[str]:
    """The clauses of a draft, by its manifest."""
    return [row.id for row in manifest_of(desk, draft).clauses]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The two years."""
    return Lived(tmp_path_factory.mktemp("two-years") / "text")


PLACES = ("tip", *DRAFTS)


def text_at(lived: Lived, draft: str) -> list[Clause]:
    """The clauses of a draft, in the order of its manifest, read again from what the tag (or branch) has."""
    commit = lived.desk.main() if draft == "tip" else lived.manifests[draft].commit
    left_out = {LEFT_OUT} if draft == "final" else set()
    sources = lived.desk.texts.sources(commit)
    return [
        clause
        for path, text in sources.items()
        if path not in left_out
        for clause in parse_document(path, text).clauses
    ]


def test_the_years_hold_what_they_promise(lived: Lived) -> None:
    """Every kind of change, by every kind of answer, in six drafts."""
    happened = [step for life in lived.years.acts.lives for step in life.steps]
    incorporated = [event for event in lived.events if isinstance(event, Incorporated)]

    assert lived.years.acts.numbers >= 80
    assert {step.what for step in happened} == {"present", "added", "changed", "moved", "removed"}
    assert {event.mode for event in incorporated} == {"agreed", "secretariat-act"}
    assert sum(isinstance(event, Regularised) for event in lived.events) >= 3
    assert [event.draft for event in lived.events if isinstance(event, Cut)] == list(DRAFTS)


@pytest.mark.parametrize("draft", PLACES)
def test_every_clause_has_an_answer_that_ends_somewhere(lived: Lived, draft: str) -> None:
    """It begins with the record, a contribution or a recorded act; each step names who did it and why."""
    acts = {event.seq: event for event in lived.events if isinstance(event, (Incorporated, Regularised))}
    answers = lived.answers[draft]

    assert len(answers) == len(text_at(lived, draft)) > 0
    for id_, answer in answers.items():
        assert not answer["retired"]
        first, *later = answer["steps"]
        assert first["what"] in ("present", "added"), id_
        assert all(step["what"] in ("changed", "moved") for step in later), id_
        for step in answer["steps"]:
            if step["what"] == "present":
                assert "first state that the record saw" in step["says"][0]
                continue
            act = acts[step["event"]]
            assert act.commit == step["commit"]
            assert act.by.name in " ".join(step["says"]), (id_, step["says"])
            said = " ".join(step["says"])
            if isinstance(act, Incorporated):
                assert step["contribution"] == act.subject
            if isinstance(act, Incorporated) and act.mode == "agreed":
                assert any(word in said for word in DECISIONS), (id_, said)
            else:
                assert act.reason
                assert act.reason in said, (id_, said)


@pytest.mark.parametrize("draft", PLACES)
def test_the_last_step_reads_as_the_text_does(lived: Lived, draft: str) -> None:
    """Clause by clause, in the order of the manifest, the answer ends at the words that stand there."""
    for (id_, answer), clause in zip(lived.answers[draft].items(), text_at(lived, draft), strict=True):
        new = answer["steps"][-1]["redline"]["files"][0]["rows"][-1]["new"]
        assert (new["kind"], new["text"]) == (clause.kind.value, clause.text), id_
        assert answer["path"] == clause.path
    if draft != "tip":
        rows = lived.manifests[draft].clauses
        assert [row.digest for row in rows] == [digest(clause) for clause in text_at(lived, draft)]
        assert [row.label for row in rows] == [answer["label"] for answer in lived.answers[draft].values()]


@pytest.mark.parametrize("draft", PLACES)
def test_what_is_told_is_what_happened(lived: Lived, draft: str) -> None:
    """Steps and who answers for them are those that were written down from the texts alone, clause by clause."""
    model, lives = lived.truth(draft)
    standing = {life.place: life for life in lives if not life.over}
    place_of = {}
    for path, units in model.items():
        followed = [unit.place for unit in units if unit.place]
        clauses = parse_document(path, render(units)).clauses
        known = [clause for clause in clauses if any(place in clause.text for place in followed)]
        for place, clause in zip(followed, known, strict=True):
            place_of[clause.path, clause.kind, clause.text] = place

    told: dict[str, list[Happened]] = {}
    for answer, clause in zip(lived.answers[draft].values(), text_at(lived, draft), strict=True):
        found = place_of.get((clause.path, clause.kind, clause.text))
        if found is not None:
            told[found] = [Happened(what=step["what"], answer=who(step)) for step in answer["steps"]]

    at = standings(model)
    shown = {
        place: life for place, life in standing.items() if draft != "final" or at[place].path != LEFT_OUT
    }
    assert told == {place: life.steps for place, life in shown.items()}


def who(step: Mapping[str, Any]) -> str:
    """Which contribution answers for a step, else which commit; nothing for what stood there from the beginning."""
    return "" if step["what"] == "present" else str(step["contribution"] or step["commit"])


def test_an_answer_as_of_a_draft_is_the_one_given_then(lived: Lived) -> None:
    """Nothing that happened later changes it: not one word."""
    for draft in DRAFTS:
        assert lived.answers[draft] == lived.then[draft], draft


def test_an_id_stays_with_its_clause_and_is_never_given_again(lived: Lived) -> None:
    """A place has one id while it lives, another one after it was removed and put back; a retired id stays retired."""
    states = [event for event in lived.events if isinstance(event, MainSeen)]
    ids = [{clause.id for clause in state.agreed.clauses} for state in lived.desk.chronicle().world().seen]
    assert len(ids) == len(states)
    gone: set[str] = set()
    for before, after in pairwise(ids):
        gone |= before - after
        assert not gone & after
    for draft in DRAFTS:
        rows = lived.manifests[draft].clauses
        assert max(Counter(row.id for row in rows).values()) == 1
    assert gone


def test_a_clause_that_is_gone_says_what_removed_it(lived: Lived) -> None:
    """For every clause of every draft that is no longer in the text."""
    origins = Origins(lived.desk)
    gone = {row.id for one in lived.manifests.values() for row in one.clauses} - set(lived.tip)
    assert len(gone) >= 5
    for id_ in sorted(gone):
        answer = vars_of(origins.of(id_))
        assert answer["retired"]
        assert answer["steps"][-1]["what"] == "removed"
        assert answer["steps"][-1]["event"] is not None


def test_the_command_says_the_same(lived: Lived) -> None:
    """A sample, by id and with `--as-of`, through the command line."""
    pick = random.Random(7)
    for draft in PLACES:
        for id_ in pick.sample(sorted(lived.answers[draft]), 2):
            more = [] if draft == "tip" else ["--as-of", draft]
            told = accord("provenance", id_, *more, "--repo", str(lived.folder), "--format", "json")
            assert told.code == 0, told.err
            assert told.data["steps"] == lived.answers[draft][id_]["steps"]


def test_every_contribution_is_in_the_compilation_of_one_window(lived: Lived) -> None:
    """Of some ninety, however often their text changed: none is lost, none is there twice."""
    moment = format_instant(lived.years.acts.desk.now)
    found: Counter[int] = Counter()
    for window in ("W1", "W2", "W3", "W4", "forum"):
        told = accord("compile", window, "--repo", str(lived.folder), "--now", moment, "--format", "json")
        assert told.code == 0, told.err
        found.update({row["contribution"] for row in told.data["rows"]})
    assert found == dict.fromkeys(lived.desk.chronicle().numbers(), 1)
