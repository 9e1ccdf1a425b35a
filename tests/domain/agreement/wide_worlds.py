"""Tales of wide worlds, drawn at random: many entities, a list and texts that change, every kind of act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from hypothesis import strategies as st

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.world import World
from accord.domain.process.people import Entity
from accord.domain.process.rules import ChangeInCall, PositionName, Rules, Share
from accord.domain.record.events import (
    Asked,
    Confirmed,
    Corrected,
    Declared,
    Event,
    ObjectionEnded,
    Outcome,
    Position,
    Recalled,
    Reopened,
)
from accord.domain.record.values import Effect, Stance
from tests.domain.agreement.story import BASE, ITU, START, Story, change, day, entity

LASTS = 24 * 30  # hours that a tale lasts
CATEGORIES = ("member-state", "academia", "associate")
WORDS: tuple[PositionName, ...] = (
    PositionName(name="support", means="support"),
    PositionName(name="accept", means="accept"),
    PositionName(name="abstain", means="abstain"),
    PositionName(name="recuse", means="abstain", recuses=True),
    PositionName(name="reserve", means="reserve"),
    PositionName(name="object", means="object"),
)
MEANS: dict[str, Stance] = {word.name: word.means for word in WORDS}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, at an hour; ``pick`` chooses among what there is to act on by then."""

    hour: int
    kind: str
    who: int
    word: str
    pick: int
    yes: bool


@dataclass(frozen=True, slots=True)
class Tale:
    """Rules, how many entities, and what happens."""

    rules: Rules
    size: int
    steps: tuple[Step, ...]


RULES: st.SearchStrategy[Rules] = st.builds(
    replace,
    st.just(ITU),
    positions=st.just(WORDS),
    withholding_categories=st.sampled_from([CATEGORIES, CATEGORIES[:2]]),
    objection_needs_reason=st.booleans(),
    change_in_call=st.sampled_from(ChangeInCall),
    objections_may_lapse=st.booleans(),
    lapse_days=st.sampled_from([0, 2]),
    set_aside_allowed=st.booleans(),
    rough_allowed=st.booleans(),
    needs_support=st.sampled_from([0, 0, 1, 2]),
    supporting_positions=st.sampled_from([("support", "accept"), ("support",)]),
    needs_share=st.sampled_from(
        [Share(), Share(), Share(numerator=1, denominator=2, more=True), Share(numerator=2, denominator=3)]
    ),
    may_be_silent=st.sampled_from([None, None, 0, 2]),
    breadth_categories=st.sampled_from([0, 0, 2]),
    breadth_entities=st.sampled_from([0, 0, 2]),
    escalate_days=st.sampled_from([0, 5]),
)
KINDS = (
    *("position",) * 8,
    *("end", "confirm", "cosign", "ask", "set-aside", "dispose"),
    *("call", "call", "recall", "outcome", "declare", "declare", "reopen", "contest"),
    *("text", "text", "agreed", "leave", "join", "category"),
)
STEP = st.builds(
    Step,
    hour=st.integers(2, LASTS),
    kind=st.sampled_from(KINDS),
    who=st.integers(0, 7),
    word=st.sampled_from([*MEANS, "support"]),
    pick=st.integers(0, 9),
    yes=st.booleans(),
)
TALES = st.builds(
    Tale,
    rules=RULES,
    size=st.integers(3, 8),
    steps=st.lists(STEP, min_size=4, max_size=28, unique_by=lambda step: step.hour).map(tuple),
)
LATER_WORD = st.builds(
    Step,
    hour=st.integers(1, LASTS),
    kind=st.just("position"),
    who=st.integers(0, 8),
    word=st.sampled_from(["support", "object"]),
    pick=st.integers(0, 9),
    yes=st.booleans(),
)


def told(tale: Tale) -> Story:
    """The story, told in order of receipt: a first text, and then everything that happens."""
    people = tuple(entity(f"e{n}", CATEGORIES[n % 3 if n > 2 else 0]) for n in range(tale.size))
    story = Story(rules=tale.rules, entities=people, source="e0", cosigners=("e1",))
    story.text(change("c1", "better"), at=0)
    for step in sorted(tale.steps, key=lambda one: one.hour):
        ACTS[step.kind](story, step, step.hour / 24, f"e{step.who % tale.size}")
    return story


# --- What happens -----------------------------------------------------------------------------------------------


def say(story: Story, step: Step, at: float, who: str) -> None:
    """A word by an entity, or by a guest; on the text as it reads, on one clause of it, or on a stale page."""
    pages: list[Effect] = [story.effect(at)] * 6
    pages += [version.proposal for version in story.versions[-3:]] + [story.effect(at)[:1]]
    role = "secretariat" if step.pick == 9 else "expert"
    on = pages[step.pick % len(pages)]
    who = "passer-by" if step.who == 8 else who
    reason = "why" if step.yes else ""
    story.position(who, MEANS[step.word], at=at, on=on, role=cast("Any", role), said=step.word, reason=reason)


def _pick(story: Story, step: Step, *kinds: type[Event]) -> Any:
    found = [event for event in story.events if isinstance(event, kinds)]
    if Position in kinds:
        found = [event for event in found if not isinstance(event, Position) or event.objection]
    return found[step.pick % len(found)] if found else None


def end(story: Story, step: Step, at: float, who: str) -> None:
    """Somebody says that an objection is withdrawn or met."""
    if objection := _pick(story, step, Position):
        role = "expert" if step.yes else "secretariat"
        story.end(objection, at=at, how="met" if step.pick % 2 else "withdrawn", role=cast("Any", role))


def confirm(story: Story, step: Step, at: float, who: str) -> None:
    """An entity confirms an entry, an act that ends an objection, or its own objection."""
    if target := _pick(story, step, Position, ObjectionEnded):
        story.confirm(target, at=at, entity_id=getattr(target, "entity", who) if step.yes else who)


def ask(story: Story, step: Step, at: float, who: str) -> None:
    """A chair asks whether an objection stands."""
    if objection := _pick(story, step, Position):
        story.ask(objection, at=at, until=at + 1 + step.pick)


def chairs(how: str) -> Callable[[Story, Step, float, str], None]:
    """A chair sets an objection aside, or disposes of it."""

    def act(story: Story, step: Step, at: float, who: str) -> None:
        if objection := _pick(story, step, Position):
            reason = "said why" if step.yes else ""
            story.end(objection, at=at, how=how, role="chair", reason=reason)

    return act


def text(story: Story, step: Step, at: float, who: str) -> None:
    """Another version: of one clause or of both, in one of three wordings each."""
    entries = (change("c1", f"word {step.pick % 3}"), change("c2", f"word {step.who % 3}"))
    story.text(*(entries if step.yes else entries[: 1 + step.pick % 2]), at=at)


def agreed(story: Story, step: Step, at: float, who: str) -> None:
    """The agreed text moves on in one clause."""
    wording = f"1:word {step.who % 3}"
    clauses = [replace(c, digest=wording) if c.id == "c2" else c for c in BASE.clauses]
    story.main(at=at, agreed=Agreed(clauses=tuple(clauses)))


def listed(change_of: Callable[[list[Entity], Step, str, date], list[Entity]]) -> Any:
    """The list changes, from the day of that moment on."""

    def act(story: Story, step: Step, at: float, who: str) -> None:
        experts = story.states[-1].experts
        today = (START + timedelta(days=at)).date()
        entities = tuple(change_of(list(experts.entities), step, who, today))
        story.main(at=at, experts=replace(experts, entities=entities))

    return act


def _closed(entities: list[Entity], who: str, today: date, **more: Any) -> list[Entity]:
    out = []
    for one in entities:
        mine = one.id == who and (one.term.last is None or one.term.last >= today) and one.term.first < today
        term = replace(one.term, last=today - timedelta(days=1))
        out.append(replace(one, term=term, **more) if mine else one)
    return out


def leave(entities: list[Entity], step: Step, who: str, today: date) -> list[Entity]:
    """It leaves, with no, one or two successors."""
    heirs = tuple(f"e{(step.who + n) % 8}" for n in range(1, 1 + step.pick % 3))
    return _closed(entities, who, today, successors=heirs)


def join(entities: list[Entity], step: Step, who: str, today: date) -> list[Entity]:
    """It joins, or joins again."""
    here = any(one.id == who and (one.term.last is None or one.term.last >= today) for one in entities)
    return entities if here else [*entities, entity(who, CATEGORIES[step.pick % 3], first=today)]


def category(entities: list[Entity], step: Step, who: str, today: date) -> list[Entity]:
    """It is another kind of entity from that day on."""
    return join(_closed(entities, who, today), step, who, today)


def decide(story: Story, step: Step, at: float, who: str) -> None:
    """A chair declares a result."""
    result = "not agreed" if step.pick == 9 else "agreed"
    story.declare(at=at, result=result, rough=not step.yes, reason="said why" if step.pick % 2 else "")


def put(story: Story, step: Step, at: float, who: str) -> None:
    """A chair puts the text in a meeting."""
    result = ("agreed", "agreed ad referendum", "not agreed", "to drafting group")[step.pick % 4]
    more: dict[str, Any] = {"objections": (who,)} if step.yes else {"statements": (who,)}
    story.outcome(result, at=at, until=at + 3 if "referendum" in result else None, **more)


def on_one(*kinds: type[Event]) -> Callable[[Callable[[Story, Event, float], object]], Any]:
    """An act on an earlier event of some kinds."""

    def made(act: Callable[[Story, Event, float], object]) -> Any:
        def acted(story: Story, step: Step, at: float, who: str) -> None:
            if target := _pick(story, step, *kinds):
                act(story, target, at)

        return acted

    return made


def _called(story: Story, step: Step, at: float, who: str) -> None:
    story.call(at=at, until=at + 1 + step.pick / 2)


ACTS: dict[str, Callable[[Story, Step, float, str], None]] = {
    "position": say,
    "end": end,
    "confirm": confirm,
    "cosign": lambda story, step, at, who: (
        story.cosign(who, at=at, accepted=step.yes, role="secretariat" if step.pick == 9 else "expert"),
        None,
    )[1],
    "ask": ask,
    "set-aside": chairs("set-aside"),
    "dispose": chairs("disposed"),
    "call": _called,
    "recall": on_one(Declared, Outcome)(lambda story, target, at: story.recall(target, at=at)),
    "outcome": put,
    "declare": decide,
    "reopen": on_one(Declared, Outcome)(lambda story, target, at: story.reopen(target, at=at)),
    "contest": on_one(Declared)(lambda story, target, at: story.contest(target, at=at)),
    "text": text,
    "agreed": agreed,
    "leave": listed(leave),
    "join": listed(join),
    "category": listed(category),
}


# --- Looking at a tale otherwise --------------------------------------------------------------------------------


def up_to(story: Story, at: float) -> tuple[Dossier, World]:
    """The story as it had been told by a moment, and not a word more."""
    dossier = replace(
        story.dossier(),
        events=tuple(event for event in story.events if event.received.latest <= day(at)),
        versions=tuple(version for version in story.versions if version.moment <= day(at)),
    )
    states = [state for state in story.states if state.recorded <= day(at)]
    return dossier, World(cast("Any", states))


def recorded_as(story: Story, order: Sequence[Event]) -> Dossier:
    """The same events recorded in another order, with what they point at."""
    places = sorted(event.seq for event in order)
    new = {event.seq: place for event, place in zip(order, places, strict=True)}
    moved: list[Event] = []
    for event in order:
        changes: dict[str, Any] = {"seq": new[event.seq]}
        match event:
            case Confirmed(target=target) | Corrected(target=target):
                changes["target"] = new[target]
            case Recalled(call=call):
                changes["call"] = new[call]
            case Reopened(declared=declared):
                changes["declared"] = new[declared]
            case _:
                pass
        moved.append(replace(event, **changes))
    return replace(story.dossier(), events=tuple(moved))


def free(story: Story) -> list[int]:
    """Places of the words that nothing points at: the record could as well have them in another order."""
    named = {event.objection for event in story.events if isinstance(event, (ObjectionEnded, Asked))}
    targets = {event.target for event in story.events if isinstance(event, (Confirmed, Corrected))}
    return [
        place
        for place, event in enumerate(story.events)
        if isinstance(event, Position) and event.objection not in named - {""} and event.seq not in targets
    ]
