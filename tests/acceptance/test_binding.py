"""A position binds to the effect (C5), on real texts in a real record: what keeps it and what outdates it, row by row.

Contribution 1 rewords three clauses of a text, chosen by seed; Lyrania supports all of it. Then something happens, and
exactly the clauses of the row are outdated.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from accord.domain.text.clauses import Clause
from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    LEV,
    POSTED_1,
    REPORT,
    SAM,
    SOL,
    Round,
    bare_round,
    begin,
    scratch,
)
from tests.conftest import Repo
from tests.domain.agreement.real_texts import (
    FORMATS,
    LONG,
    NEW,
    Text,
    real,
    rewordable,
    reworded,
    text_of,
    without_children,
    written,
)

SAID, LATER, END = "2024-08-21T10:00:00Z", "2024-08-22T10:00:00Z", "2024-09-03T10:00:00Z"
THIRD = "2024-08-23T10:00:00Z"
CALLED, DECLARED, AFTER = "2024-08-21T12:00:00Z", "2024-09-01T10:00:00Z", "2024-09-02T10:00:00Z"


@dataclass
class Bench:
    """A round with contribution 1 before the group, its text, the clauses it rewords, and one it doesn't."""

    round: Round
    text: Text
    places: tuple[int, int, int]
    spare: int
    ids: tuple[str, ...]

    def proposal(self) -> list[Clause]:
        """The clauses as contribution 1 proposes them."""
        clauses = list(self.text.clauses)
        for place in self.places:
            clauses[place] = reworded(clauses[place], place)
        return clauses

    def revise(self, clauses: list[Clause], how: Callable[[Text, list[Clause]], str] = written) -> None:
        """A second version."""
        self.round.proposes("again", {self.text.path: how(self.text, clauses)})
        self.round.does(ANA, LATER, "revise", "1", "again")

    def main(self, clauses: list[Clause]) -> None:
        """Contribution 2 changes the agreed text so, and is incorporated in between."""
        self.round.proposes("other", {self.text.path: written(self.text, clauses)})
        self.round.does(
            SOL, SAID, "submit", "other", "--metadata",
            self.round.metadata(category="sector-member", source="Example Telecom", title="Another change"),
        )  # fmt: skip
        self.round.does(CHO, SAID, "call", "2", "--until", "2024-08-30")
        self.round.does(CHO, DECLARED, "declare", "2", "agreed")
        self.round.does(SAM, AFTER, "incorporate", "2")


def _path(name: str) -> str:
    return "opinions/example-lighthouses.md" if name == "opinion" else "report/04-text.md"


@cache
def _prepared(name: str) -> Path:
    folder = scratch()
    round_ = bare_round(folder)
    source = re.sub(r" <[^<>]*@[^<>]*>", "", real(name).source)
    text = text_of(_path(name), source)
    round_.repo.commit({text.path: source}, "A real text")
    begin(round_, POSTED_1)
    round_.does(
        SAM, POSTED_1, "posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org/draft-1"
    )
    return folder


def bench(name: str, row: str, folder: Path, touched: int = 3) -> Bench:
    """The round for a row: its clauses are chosen by name and row, so that rows look at many of them."""
    shutil.copytree(_prepared(name), folder, symlinks=True)
    round_ = Round(Repo(folder))
    path = _path(name)
    text = text_of(path, round_.repo.git("show", f"main:{path}") + "\n")
    possible = sorted(set(rewordable(text)) & set(without_children(text)))
    places = random.Random(f"{name} {row}").sample(possible, 4)
    first, second, third = sorted(places[:3])
    found = Bench(round_, text, (first, second, third), places[3], ())
    clauses = found.proposal()
    if touched == 1:
        clauses = list(text.clauses)
        clauses[first] = reworded(clauses[first], first)
    round_.proposes("change", {path: written(text, clauses)})
    told = round_.does(ANA, IN_W1, "submit", "change", "--metadata", round_.metadata())
    found.ids = tuple(entry["id"] for entry in told.data["events"][-1]["effect"])
    assert len(found.ids) == touched
    round_.does(LEV, SAID, "position", "1", "support", "--for", "lyrania")
    return found


def _with(change: Callable[[Bench, list[Clause]], object]) -> Callable[[Bench], None]:
    def happens(on: Bench) -> None:
        clauses = on.proposal()
        change(on, clauses)
        on.revise(clauses)

    return happens


def _main(change: Callable[[Bench, list[Clause]], object]) -> Callable[[Bench], None]:
    def happens(on: Bench) -> None:
        clauses = list(on.text.clauses)
        change(on, clauses)
        on.main(clauses)

    return happens


def _put(clauses: list[Clause], at: int, **changes: str) -> None:
    clauses[at] = replace(clauses[at], **changes)  # type: ignore[arg-type]


def _rebased(on: Bench) -> None:
    report = on.round.repo.git("show", f"main:{REPORT}")
    clauses = list(on.text.clauses)
    clauses[on.spare] = reworded(clauses[on.spare], 1, "tower")
    on.round.repo.commit({REPORT: report + "\n\nA sentence more.\n", on.text.path: written(on.text, clauses)})
    proposed = on.proposal()
    proposed[on.spare] = clauses[on.spare]
    on.revise(proposed)


def _squashed(on: Bench) -> None:
    on.round.proposes("again", {on.text.path: written(on.text, list(on.text.clauses)) + "\nA try.\n"})
    on.round.proposes("again", {on.text.path: written(on.text, on.proposal())})
    on.round.repo.switch("again")
    on.round.repo.git("reset", "--quiet", "--soft", "main")
    on.round.repo.git("commit", "--quiet", "-m", "One commit")
    on.round.repo.switch("main")
    on.round.does(ANA, LATER, "revise", "1", "again")


def _negation(on: Bench, clauses: list[Clause], has: int, lacks: int) -> None:
    clauses[has] = reworded(clauses[has], 2, "shall not")
    clauses[lacks] = reworded(clauses[lacks], 2, "shall")


def _moved_negation(on: Bench) -> None:
    clauses = on.proposal()
    _negation(on, clauses, on.places[1], on.places[2])
    on.revise(clauses)
    on.round.does(LEV, LATER, "position", "1", "support", "--for", "lyrania")
    clauses = on.proposal()
    _negation(on, clauses, on.places[2], on.places[1])
    on.round.proposes("third", {on.text.path: written(on.text, clauses)})
    on.round.does(ANA, THIRD, "revise", "1", "third")


def _quoted(on: Bench) -> None:
    clauses = on.proposal()
    _put(clauses, on.places[0], text=reworded(clauses[on.places[0]], 1, 'Arcadia\'s "boat"').text)
    on.revise(clauses)
    on.round.does(LEV, LATER, "position", "1", "support", "--for", "lyrania")
    _put(
        clauses,
        on.places[0],
        text=clauses[on.places[0]].text.replace('\'s "boat"', "\u2019s \u201cboat\u201d"),
    )
    on.round.proposes("third", {on.text.path: written(on.text, clauses)})
    on.round.does(ANA, THIRD, "revise", "1", "third")


def _split(on: Bench, clauses: list[Clause]) -> None:
    at = on.places[1]
    words = clauses[at].text.split(" ")
    half = len(words) // 2
    clauses[at : at + 1] = [
        replace(clauses[at], text=" ".join(words[:half])),
        replace(clauses[at], text="and " + " ".join(words[half:])),
    ]


def _joined(on: Bench, clauses: list[Clause]) -> None:
    _put(clauses, on.places[1], text=f"{clauses[on.places[1]].text} {clauses[on.places[2]].text}")
    del clauses[on.places[2]]


def _elsewhere(on: Bench, clauses: list[Clause]) -> None:
    """The second clause under another heading or keyword, its words the same."""
    at, clause = on.places[1], clauses[on.places[1]]
    taken = set(on.places)
    put = next(
        i
        for i in without_children(on.text)
        if on.text.clauses[i].container != clause.container and i not in taken and i + 1 not in taken
    )
    there = on.text.clauses[put]
    moved = replace(there, text=clause.text)
    clauses.insert(put + 1, moved)
    del clauses[at + (put < at)]


ROWS: dict[str, tuple[Callable[[Bench], None], set[int]]] = {
    "a rebase over a change of another clause": (_rebased, set()),
    "a squash": (_squashed, set()),
    "a re-wrap": (lambda on: on.revise(on.proposal(), FORMATS["wrapped"]), set()),
    "typographic quotes": (_quoted, set()),
    "a typo in another clause": (_with(lambda on, c: _put(c, on.spare, text=c[on.spare].text + " x")), set()),
    "a changed word": (
        _with(lambda on, c: _put(c, on.places[1], text=reworded(c[on.places[1]], 1, "boat").text)),
        {1},
    ),
    "an operative verb": (
        _with(lambda on, c: _put(c, on.places[0], text=reworded(c[on.places[0]], 0, "requests").text)),
        {0},
    ),
    "a moved negation": (_moved_negation, {1, 2}),
    "a deletion instead": (_with(lambda on, c: c.pop(on.places[1])), {1}),
    "an insertion beside": (
        _with(lambda on, c: c.insert(on.places[2] + 1, replace(c[on.places[2]], text=NEW))),
        set(),
    ),
    "a move to another heading or keyword": (_with(_elsewhere), {1}),
    "a clause split in two": (_with(_split), {1}),
    "two clauses joined": (_with(_joined), {1, 2}),
    "an overlapping contribution in between": (
        _main(lambda on, c: _put(c, on.places[1], text=reworded(c[on.places[1]], 1, "tower").text)),
        {1},
    ),
    "another contribution beside in between": (
        _main(lambda on, c: _put(c, on.spare, text=reworded(c[on.spare], 1, "tower").text)),
        set(),
    ),
    "a touched clause moved in between": (_main(_elsewhere), {1}),
}
DOCUMENTS = [LONG[0], LONG[1], LONG[4]]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("row", ROWS)
def test_exactly_these_clauses_are_outdated(tmp_path: Path, row: str, name: str) -> None:
    """C5. The positions on the others hold, and `status` says so in the same numbers."""
    on = bench(name, row, tmp_path / "r")
    happens, expected = ROWS[row]
    happens(on)
    (voice,) = on.round.status("1", END)["positions"]
    wanted = {on.ids[index] for index in expected}
    assert set(voice["outdated"]) == wanted
    assert set(on.ids) - wanted <= set(voice["clauses"])
    assert wanted.isdisjoint(voice["clauses"])
    told = on.round.says(END, "status", "1").out
    count = f"supports on {len(wanted)} clause{'s' if len(wanted) > 1 else ''} that read differently then (outdated)"
    assert (count in told) == bool(wanted)
    assert ("(outdated)" in told) == bool(wanted)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_call_says_nothing_of_a_later_change_to_another_clause(tmp_path: Path, name: str) -> None:
    """C7, C8. Nobody objected to one clause; about the other nobody was asked: the call starts again."""
    on = bench(name, "call", tmp_path / "r", touched=1)
    on.round.does(CHO, CALLED, "call", "1", "--until", "2024-08-30")
    assert on.round.state("1", DECLARED) == "ready"
    on.revise(on.proposal())
    (voice,) = on.round.status("1", "2024-08-23T10:00:00Z")["positions"]
    assert set(voice["clauses"]) == set(on.ids), "the position on the first clause holds, and is on no other"
    assert on.round.state("1", "2024-08-30T23:00:00Z") == "in-call"
    early = on.round.does(CHO, "2024-08-30T23:00:00Z", "declare", "1", "agreed", code=1)
    assert early.rules == ["not-ready"]
    assert "The call runs until" in on.round.says("2024-08-30T23:00:00Z", "why", "1", code=None).out


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_was_declared_is_reopened_by_its_own_clause_only(tmp_path: Path, name: str) -> None:
    """C9. It stays agreed while another clause of the agreed text changes, and is reopened when its own does."""
    on = bench(name, "declared", tmp_path / "r", touched=1)
    on.round.does(CHO, CALLED, "call", "1", "--until", "2024-08-30")
    on.round.does(CHO, DECLARED, "declare", "1", "agreed")
    clauses = list(on.text.clauses)
    for place, moment, state in ((on.spare, AFTER, "agreed"), (on.places[0], END, "reopened")):
        clauses[place] = reworded(clauses[place], 1, "tower")
        on.round.repo.commit({on.text.path: written(on.text, clauses)}, "By hand")
        on.round.does(SAM, moment, "dispose", "1", "carried-over", "--reason", "seen again")
        assert on.round.state("1", moment) == state
    assert "reads differently from what was agreed" in on.round.says(END, "why", "1", code=None).out
