"""A story: a small world in which events are told one after the other and judged at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from accord.domain.agreement.dossier import Dossier, Version
from accord.domain.agreement.effect import Agreed, AgreedClause, effect_against
from accord.domain.agreement.readiness import Readiness, readiness
from accord.domain.agreement.verdict import Verdict, judge
from accord.domain.agreement.world import World
from accord.domain.process.people import Entity, ExpertsList, Term
from accord.domain.process.rules import ChangeInCall, Cutoff, Gated, PublicOutside, Rules
from accord.domain.record.events import (
    Asked,
    Called,
    Confirmed,
    Corrected,
    Cosigned,
    Declared,
    Event,
    Incorporated,
    ObjectionEnded,
    Outcome,
    Position,
    Recalled,
    Received,
    Reopened,
    Split,
    WordsChanged,
)
from accord.domain.record.values import Actor, Effect, Entry, Receipt, Role, Said, Stance

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
OPINION = "opinions/skills.md"
REPORT = "report/01-forum.md"

ITU = Rules(
    name="itu",
    gates=(Gated.OPINIONS,),
    withholding_categories=("member-state", "sector-member", "academia"),
    objection_needs_reason=False,
    minimum_call_days=7,
    call_required=True,
    change_in_call=ChangeInCall.RESTART,
    objections_may_lapse=False,
    lapse_days=0,
    set_aside_allowed=False,
    rough_allowed=False,
    needs_support=0,
    breadth_categories=0,
    breadth_entities=0,
    correction_days=7,
    new_opinion_cutoff=Cutoff.STRICT,
    public_outside_consultation=PublicOutside.HOLD,
)


def day(number: float) -> datetime:
    """The moment so many days after the start of the story."""
    return START + timedelta(days=number)


def entity(id_: str, category: str = "member-state", **changes: Any) -> Entity:
    """An invented entity on the list since 2024."""
    term = Term(first=changes.pop("first", date(2024, 1, 1)), last=changes.pop("last", None))
    return Entity(id=id_, name=id_.title(), category=category, term=term, invented=True, **changes)


LIST = (
    entity("arcadia"),
    entity("lyrania"),
    entity("borduria"),
    entity("example-university", "academia"),
    entity("example-associate", "associate"),
)

BASE = Agreed(
    clauses=(
        AgreedClause(id="c1", path=OPINION, digest="1:one", container="k1", form="item"),
        AgreedClause(id="c2", path=OPINION, digest="1:two", container="k1", form="item"),
        AgreedClause(id="r1", path=REPORT, digest="1:report", container="h1", form="paragraph"),
    )
)


def change(clause: str, to: str | None, **changes: Any) -> Entry:
    """A change of one clause of the base text to another wording (None deletes it)."""
    base = BASE.by_id[clause]
    entry = Entry(
        id=clause,
        path=base.path,
        had=base.digest,
        gets=None if to is None else f"1:{to}",
        container=base.container,
        form=base.form,
    )
    return replace(entry, **changes)


@dataclass(frozen=True)
class State:
    """One seen state of main; process files that agreement does not read are left out."""

    recorded: datetime
    seq: int = 0
    commit: str = "m0"
    agreed: Agreed = BASE
    experts: ExpertsList = field(default_factory=lambda: ExpertsList(zone=UTC, entities=LIST))
    rules: Rules = ITU


@dataclass
class Story:
    """Events of one subject, told in the order in which the tool learned them."""

    rules: Rules = ITU
    entities: tuple[Entity, ...] = LIST
    source: str = "borduria"
    cosigners: tuple[str, ...] = ()
    path: str = ""
    states: list[State] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    seq: int = 0

    def __post_init__(self) -> None:
        if not self.states:
            experts = ExpertsList(zone=UTC, entities=self.entities)
            self.states.append(State(recorded=day(-1), experts=experts, rules=self.rules))

    def text(self, *entries: Entry, at: float = 0) -> Effect:
        """A version of the contribution is received."""
        self.seq += 1
        number = len(self.versions) + 1
        self.versions.append(Version(number=number, moment=day(at), seq=self.seq, proposal=entries))
        return entries

    def main(self, *, at: float, **changes: Any) -> None:
        """The tool sees a new state of the agreed text, the list or the rules."""
        self.seq += 1
        self.states.append(replace(self.states[-1], recorded=day(at), seq=self.seq, **changes))

    def position(
        self,
        entity_id: str,
        stance: Stance,
        *,
        at: float,
        on: Effect | None = None,
        role: Role = "expert",
        **changes: Any,
    ) -> Position:
        """A position, by default on the text as it reads at that moment."""
        effect = self.effect(at) if on is None else on
        objection = f"7-o{self.seq + 1}" if stance == "object" else ""
        event = Position(
            **self._common(at, role),
            entity=entity_id,
            stance=stance,
            effect=effect,
            objection=objection,
            **changes,
        )
        return cast("Position", self._add(event))

    def end(
        self, position: Position, *, at: float, how: str = "withdrawn", role: Role = "expert", **c: Any
    ) -> Event:
        """An act that names an objection."""
        return self._add(
            ObjectionEnded(**self._common(at, role), objection=position.objection, how=cast("Any", how), **c)
        )

    def edited(self, position: Position, *, at: float, how: str = "edited") -> Event:
        """The words that a position was read from were edited, deleted, or their review dismissed."""
        return self._add(WordsChanged(**self._common(at, "tool"), target=position.seq, how=cast("Any", how)))

    def ask(self, position: Position, *, at: float, until: float) -> Event:
        """A chair asks the owner of an objection whether it still stands."""
        return self._add(
            Asked(
                **self._common(at, "chair"),
                objection=position.objection,
                until=day(until),
                reason="nothing was heard of it",
            )
        )

    def cosign(self, entity_id: str, *, at: float, accepted: bool = True, role: Role = "expert") -> Event:
        """An entity signs the contribution with its source, or declines to."""
        return self._add(
            Cosigned(**self._common(at, role), entity=entity_id, accepted=accepted, effect=self.effect(at))
        )

    def reopen(self, declared: Event, *, at: float) -> Event:
        """A chair reopens what was declared."""
        return self._add(
            Reopened(**self._common(at, "chair"), declared=declared.seq, reason="read in the wrong version")
        )

    def split(self, *clauses: str, at: float, objections: tuple[str, ...] = ()) -> Event:
        """The source splits clauses off to contribution 8."""
        return self._add(Split(**self._common(at, "source"), into=8, clauses=clauses, objections=objections))

    def confirm(self, target: Event, *, at: float, entity_id: str) -> Event:
        """An expert confirms what the secretariat entered."""
        return self._add(Confirmed(**self._common(at, "expert"), target=target.seq, entity=entity_id))

    def call(self, *, at: float, until: float) -> Event:
        """A chair opens a call on the text as it reads."""
        return self._add(
            Called(
                **self._common(at, "chair"),
                until=day(until),
                effect=self.effect(at),
                rules=self.states[-1].rules.digest,
            )
        )

    def recall(self, call: Event, *, at: float) -> Event:
        """A chair takes a call back."""
        return self._add(Recalled(**self._common(at, "chair"), call=call.seq, reason="opened by mistake"))

    def declare(self, *, at: float, result: str = "agreed", **changes: Any) -> Event:
        """A chair declares the result."""
        return self._add(
            Declared(
                **self._common(at, "chair"),
                result=cast("Any", result),
                effect=self.effect(at),
                seen="r0",
                basis=0,
                **changes,
            )
        )

    def outcome(self, result: str, *, at: float, until: float | None = None, **changes: Any) -> Event:
        """The chair put the text in a meeting."""
        said = {key: tuple(Said(entity=e) for e in value) for key, value in changes.items()}
        return self._add(
            Outcome(
                **self._common(at, "chair"),
                meeting="ieg-2",
                item="4",
                result=cast("Any", result),
                effect=self.effect(at),
                until=None if until is None else day(until),
                **cast("Any", said),
            )
        )

    def incorporate(self, *, at: float) -> Event:
        """The text enters the agreed text."""
        return self._add(
            Incorporated(
                **self._common(at, "secretariat"),
                commit="m1",
                parent="m0",
                mode="agreed",
                effect=self.effect(at),
                ids={},
            )
        )

    def contest(self, target: Event, *, at: float) -> Event:
        """Somebody disputes a declaration."""
        return self._add(
            Corrected(**self._common(at, "secretariat"), target=target.seq, reason="disputed", contested=True)
        )

    def effect(self, at: float) -> Effect:
        """The effect at a moment."""
        return self.dossier().effect(self.world(), day(at))

    def dossier(self) -> Dossier:
        """The dossier as told so far."""
        return Dossier(
            subject="7",
            events=tuple(self.events),
            versions=tuple(self.versions),
            path=self.path,
            source=self.source,
            cosigners=self.cosigners,
        )

    def world(self) -> World:
        """The world as seen so far."""
        return World(cast("Any", self.states))

    def verdict(self, at: float) -> Verdict:
        """Where the subject stands."""
        return judge(self.dossier(), self.world(), day(at))

    def ready(self, at: float) -> Readiness:
        """What is missing."""
        return readiness(self.dossier(), self.world(), day(at))

    def _common(self, at: float, role: Role) -> dict[str, Any]:
        return {
            "by": Actor(name=role, role=role),
            "received": Receipt.instant(day(at)),
            "recorded": day(at),
            "subject": "7",
        }

    def _add(self, event: Event) -> Event:
        self.seq += 1
        event = replace(event, seq=self.seq)
        if isinstance(event, Position) and event.objection:
            event = replace(event, objection=f"7-o{self.seq}")
        self.events.append(event)
        return event


def part(*clauses: str) -> Received:
    """Contribution 8, split from 7 with these clauses, at event 90."""
    return Received(
        by=Actor(name="b", role="source"),
        received=Receipt.instant(day(0)),
        recorded=day(5),
        subject="8",
        seq=90,
        channel="local",
        alias="",
        metadata={},
        head="h",
        base="b",
        effect=tuple(change(one, f"{one}!") for one in clauses),
        split_from=7,
    )


def against(entries: Effect, agreed: Agreed) -> Effect:
    """Shortcut for tables."""
    return effect_against(entries, agreed)
