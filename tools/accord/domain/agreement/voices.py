"""Who has said what about exactly this text (C2-C5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.effect import by_clause
from accord.domain.agreement.world import World
from accord.domain.record.events import Confirmed, Outcome, Position
from accord.domain.record.values import CAUTION, Effect, Entry, Said, Stance

WHOLE = "*"  # stands for the whole of a contribution that changes no text
_WHOLE_ENTRY = Entry(id=WHOLE, path="", had=None, gets=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One entity's standing words on the current text, shown as those of *experts nominated by* it.

    ``stances`` by clause id for the current text, ``outdated`` the clauses on which its last word was about
    another wording. ``counts`` says whether it can withhold consensus (C2), ``why_not`` the reason if it can't.
    """

    entity: str
    name: str
    category: str
    counts: bool
    why_not: str = ""
    stances: Mapping[str, Stance] = field(default_factory=dict)
    outdated: Mapping[str, Stance] = field(default_factory=dict)
    unconfirmed: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def stance(self) -> Stance | None:
        """The most cautious of its current words, None when none is about the current text."""
        return max(self.stances.values(), key=CAUTION.__getitem__, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One thing said, by an entity, about some clauses."""

    moment: datetime
    seq: int
    stance: Stance
    entries: Mapping[str, Entry]
    own: bool
    confirmed: bool
    reason: str


def counting(dossier: Dossier, world: World, entity: str, moment: datetime) -> str:
    """Why an entity's word at this moment doesn't count; an empty text when it does.

    C2. It must be on the list of nominated experts at the moment it speaks, of a category that the rules let
    withhold consensus. C3. The source, and a co-signer until it has itself confirmed, hold no position.
    """
    speaker = world.entity(entity, moment)
    if speaker is None:
        return "not on the list of nominated experts at that moment"
    if not world.at(moment).rules.may_withhold(speaker.category):
        return f"the rules do not let {speaker.category} withhold consensus"
    if entity == dossier.source:
        return "it is the source, which holds no position on its own contribution"
    if entity in dossier.cosigners:
        return "it is a co-signer that has not itself confirmed"
    return ""


def voices(dossier: Dossier, world: World, now: datetime) -> tuple[Voice, ...]:
    """Every entity that has spoken by ``now``, with what stands of it on the current text."""
    current = _clauses(dossier.effect(world, now))
    words = _words(dossier, now)
    out = []
    for entity in sorted(words):
        # C2. A word from when it did not count is shown, and never stands beside or before one that does.
        counted = [word for word in words[entity] if not counting(dossier, world, entity, word.moment)]
        said = counted or words[entity]
        last = said[-1].moment
        speaker = world.entity(entity, last)
        why_not = counting(dossier, world, entity, last)
        still_here = world.entity(entity, now)
        stances, outdated = _standing(said, current)
        if not why_not and still_here is None:
            # C2. When an entity leaves, its supports lapse; its objections are kept by `objections`.
            stances = {clause: stance for clause, stance in stances.items() if stance == "object"}
            why_not = "" if stances else "it has left the list of nominated experts"
        out.append(
            Voice(
                entity=entity,
                name=speaker.shown if speaker else entity,
                category=speaker.category if speaker else "",
                counts=not why_not,
                why_not=why_not,
                stances=stances,
                outdated=outdated,
                unconfirmed=any(not w.own and not w.confirmed for w in _deciding(said, current)),
                reasons=tuple(dict.fromkeys(w.reason for w in words[entity] if w.reason)),
            )
        )
    return tuple(out)


def _clauses(effect: Effect) -> Mapping[str, Entry]:
    return by_clause(effect) or {WHOLE: _WHOLE_ENTRY}


def _words(dossier: Dossier, now: datetime) -> Mapping[str, list[_Word]]:
    """By entity, in order of receipt; at one instant the most cautious last (C3)."""
    # C14. Only the entity itself confirms what was entered for it.
    confirmed = {
        (event.target, event.entity)
        for event in dossier.events
        if isinstance(event, Confirmed) and event.received.latest <= now
    }
    found: dict[str, list[_Word]] = defaultdict(list)
    for event in dossier.events:
        if event.received.earliest > now:
            continue
        if isinstance(event, Position):
            if event.stance in ("support", "accept") and event.received.latest > now:
                continue  # C10. It may not have come yet, and what is undetermined opens nothing.
            found[event.entity].append(
                _Word(
                    moment=event.received.latest,
                    seq=event.seq,
                    stance=event.stance,
                    entries=_clauses(event.effect),
                    own=event.by.role == "expert",
                    confirmed=(event.seq, event.entity) in confirmed or bool(event.meeting),
                    reason=event.reason,
                )
            )
        elif isinstance(event, Outcome):
            for stance, said in _said_in(event):
                found[said.entity].append(
                    _Word(
                        moment=event.received.latest,
                        seq=event.seq,
                        stance=stance,
                        entries=_clauses(event.effect),
                        own=False,
                        confirmed=True,
                        reason=said.text,
                    )
                )
    for words in found.values():
        words.sort(key=lambda word: (word.moment, CAUTION[word.stance], word.seq))
    return found


def _said_in(event: Outcome) -> Iterable[tuple[Stance, Said]]:
    for said in event.objections:
        yield "object", said
    for said in event.statements:
        yield "reserve", said


def _standing(
    words: list[_Word], current: Mapping[str, Entry]
) -> tuple[dict[str, Stance], dict[str, Stance]]:
    stances: dict[str, Stance] = {}
    outdated: dict[str, Stance] = {}
    for clause, entry in current.items():
        about = [word for word in words if clause in word.entries]
        # C3. One given on an older text never displaces one on the current text.
        exact = [word for word in about if word.entries[clause] == entry]
        if exact:
            stances[clause] = _last(exact).stance
        elif about:
            outdated[clause] = _last(about).stance
    if not stances and not outdated and words:
        # Nothing it spoke about is touched any more: shown as outdated, never dropped.
        outdated = dict.fromkeys(words[-1].entries, words[-1].stance)
    return stances, outdated


def _deciding(words: list[_Word], current: Mapping[str, Entry]) -> list[_Word]:
    exact = [word for word in words if any(word.entries.get(c) == e for c, e in current.items())]
    return [_last(exact)] if exact else []


def _last(words: list[_Word]) -> _Word:
    """The latest word; an unconfirmed entry by the secretariat never replaces one they gave themselves (C14)."""
    own = [word for word in words if word.own or word.confirmed]
    return own[-1] if own else words[-1]
