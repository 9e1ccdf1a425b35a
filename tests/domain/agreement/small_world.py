"""A world so small that all that can happen in it is told: two entities, a guest, a call, seven edge instants."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date

from accord.adapters.process_files import read_process
from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.readiness import Readiness, readiness
from accord.domain.agreement.world import World as Seen
from accord.domain.process.people import Expert, ExpertsList, Term
from accord.domain.process.rules import Rules
from accord.domain.record.events import Event, Position
from accord.domain.record.values import Actor, Receipt, Stance
from tests.domain.agreement.story import ITU, LIST, State, Story, change, day
from tests.domain.process.worlds import shipped_files

# With it everything is told for every set of rules, without the help of symmetry: `make exhaust`.
EXHAUST = bool(os.environ.get("ACCORD_EXHAUST"))

ENTITIES, GUEST, SOURCE = ("arcadia", "lyrania"), "passer-by", "borduria"
PEOPLE = {"arcadia": "Ana", "lyrania": "Lev", SOURCE: "Bo"}
INSTANT = 1 / 86400 / 1_000_000  # the shortest time that the record knows, in days
OPENS, ENDS, DECLARED = 1, 8, 9
INSTANTS = (0.5, OPENS, ENDS - INSTANT, ENDS, 8.5, DECLARED, 9.5)
"""Before the call, as it opens, its last instant, its end, after it, the instant of a declaration, after that."""
MOMENTS = (*INSTANTS[1:], 10.0)
"""Everything is judged as the call opens, at each later instant, and when all is said."""


def _preset(name: str) -> Rules:
    """A preset of the shipped process/consensus.yaml."""
    files = shipped_files()
    rules = files["process/consensus.yaml"]
    assert rules.count(b"use: itu") == 1
    loaded = read_process(
        files | {"process/consensus.yaml": rules.replace(b"use: itu", b"use: " + name.encode())}
    )
    assert loaded.value is not None, loaded.findings
    return loaded.value.rules


PRESETS = {name: _preset(name) for name in ("itu", "ietf-ballot", "rust-fcp", "lazy")}
RULES: dict[str, Rules] = {
    "itu": PRESETS["itu"],
    "one support asked for": replace(ITU, needs_support=1, breadth_entities=1),
    "ietf-ballot": PRESETS["ietf-ballot"],
    "rust-fcp": PRESETS["rust-fcp"],
    "rust-fcp, nobody silent": replace(PRESETS["rust-fcp"], may_be_silent=0),
    "lazy": PRESETS["lazy"],
}


@dataclass(frozen=True, slots=True)
class World:
    """A text on one clause of an Opinion, called from day 1 to day 8, under some rules."""

    story: Story
    bare: Dossier
    seen: Seen

    @classmethod
    def under(cls, rules: Rules) -> World:
        """The list has the two entities and the source, each with an expert."""
        term = Term(first=date(2024, 1, 1))
        experts = tuple(
            Expert(name=name, entity=of, term=term, account=number)
            for number, (of, name) in enumerate(PEOPLE.items(), 1)
        )
        listed = ExpertsList(zone=UTC, entities=LIST[:3], experts=experts)
        story = Story(states=[State(recorded=day(-1), experts=listed, rules=rules)])
        story.text(change("c1", "better"))
        story.call(at=OPENS, until=ENDS)
        return cls(story, story.dossier(), story.world())

    def positions(self, who: Sequence[str] = (*ENTITIES, GUEST)) -> list[Position]:
        """Every single thing that can be said under the rules: each word, by each, at each instant.

        An objection also without a reason, where the rules ask for one.
        """
        rules = self.story.states[0].rules
        words = [(one.name, one.means, "why") for one in rules.positions]
        if rules.objection_needs_reason:
            words += [(one.name, one.means, "") for one in rules.positions if one.means == "object"]
        told: list[Position] = []
        for entity, at, (name, means, reason) in itertools.product(who, INSTANTS, words):
            told.append(said(entity, means, at, name=name, reason=reason, number=len(told)))
        return told

    def dossier(self, events: Sequence[Event]) -> Dossier:
        """The dossier with these events recorded after the call, in this order."""
        numbered = [replace(event, seq=100 + index) for index, event in enumerate(events)]
        return replace(self.bare, events=(*self.bare.events, *numbered))

    def judged(self, events: Sequence[Event], moment: float) -> Readiness:
        """What is found at a moment."""
        return readiness(self.dossier(events), self.seen, day(moment))


def said(
    who: str, stance: Stance, at: float, *, name: str = "", reason: str = "", number: int = 0
) -> Position:
    """A position of one of the experts of an entity (or of a guest) on the text of this world."""
    return Position(
        by=expert(who),
        received=Receipt.instant(day(at)),
        recorded=day(at),
        subject="7",
        entity=who,
        stance=stance,
        effect=(change("c1", "better"),),
        objection=f"7-o{number}" if stance == "object" else "",
        reason=reason,
        said=name,
    )


def expert(who: str) -> Actor:
    """The expert of an entity, or a guest."""
    if who not in PEOPLE:
        return Actor(name="Passing By", role="guest")
    return Actor(name=PEOPLE[who], role="expert", id=list(PEOPLE).index(who) + 1)


class Table:
    """Whether each history is ready at each moment; a history is a set of numbers of things that can be said.

    Two shortcuts, each shown to be right by a test and not taken when everything is told: what is said after a moment
    is left out, and of two histories in which only the entities change places one is judged.
    """

    def __init__(self, rules: Rules) -> None:
        self.world = World.under(rules)
        self.told = self.world.positions(ENTITIES)
        self.judgements = 0
        self._found: dict[tuple[frozenset[int], float], bool] = {}
        self._by = {moment: self._said_by(moment) for moment in MOMENTS}

    def histories(self, most: int) -> Iterator[frozenset[int]]:
        """Every history of up to so many events."""
        for size in range(most + 1):
            for chosen in itertools.combinations(range(len(self.told)), size):
                yield frozenset(chosen)

    def events(self, history: Iterable[int]) -> tuple[Position, ...]:
        """What is said in a history, in the order of its numbers."""
        return tuple(self.told[number] for number in sorted(history))

    def come(self, history: frozenset[int], moment: float) -> frozenset[int]:
        """Only what was said by then."""
        return history & self._by[moment]

    def turned(self, history: frozenset[int]) -> frozenset[int]:
        """The same history with the two entities in each other's place."""
        half = len(self.told) // len(ENTITIES)
        return frozenset((number + half) % len(self.told) for number in history)

    def first(self, history: frozenset[int]) -> bool:
        """Whether it is the one of the two to be judged; both are when everything is told."""
        return EXHAUST or sorted(history) <= sorted(self.turned(history))

    def ready(self, history: frozenset[int], moment: float) -> bool:
        """Whether it is ready at a moment."""
        if not EXHAUST:
            history = self.come(history, moment)
        if (history, moment) not in self._found:
            ready = self.world.judged(self.events(history), moment).ready
            self.judgements += 1
            self._found[history, moment] = ready
            if not EXHAUST:
                self._found[self.turned(history), moment] = ready
        return self._found[history, moment]

    def _said_by(self, moment: float) -> frozenset[int]:
        return frozenset(n for n, one in enumerate(self.told) if one.received.latest <= day(moment))


def outline(found: Readiness) -> tuple[object, ...]:
    """Everything that a person could see of what was found, without the numbers that the record gives."""
    return (
        frozenset((one.what, one.who, one.by, one.detail) for one in found.missing),
        tuple(
            (v.entity, v.counts, dict(v.stances), dict(v.outdated), v.said, v.recused) for v in found.voices
        ),
        frozenset((o.id, o.stands, o.counts, o.owners) for o in found.objections),
    )
