"""Who has said what about exactly this text (C2-C5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from accord.domain.agreement.dossier import Dossier
from accord.domain.agreement.effect import by_clause
from accord.domain.agreement.world import World
from accord.domain.record.events import Confirmed, Cosigned, Outcome, Position, WordsChanged
from accord.domain.record.values import CAUTION, Effect, Entry, Said, Stance

WHOLE = "*"  # stands for the whole of a contribution that changes no text
_WHOLE_ENTRY = Entry(id=WHOLE, path="", had=None, gets=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One entity's standing words on the current text, shown as those of *experts nominated by* it.

    ``stances`` by clause id for the current text, ``outdated`` the clauses on which its last word was about
    another wording. ``counts`` says whether it can withhold consensus (C2), ``why_not`` the reason if it can't.
    ``said`` are the names that the rules give its current words and ``said_before`` those of the outdated ones,
    ``recused`` that it left those whom the rules ask, ``cosigner`` that it signed with the source, ``undetermined``
    that one of these words may not have come yet.
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
    said: tuple[str, ...] = ()
    said_before: tuple[str, ...] = ()
    recused: bool = False
    cosigner: bool = False
    undetermined: bool = False

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
    said: str = ""
    recuses: bool = False
    changed: bool = False

    @property
    def caution(self) -> tuple[int, bool]:
        """C3. The order of caution; one that recuses opens more than others that mean the same."""
        return CAUTION[self.stance], not self.recuses


def counting(
    dossier: Dossier, world: World, entity: str, moment: datetime, now: datetime, stance: Stance
) -> str:
    """Why an entity's word of ``moment`` doesn't count at ``now``; an empty text when it does.

    C2. It must be on the list of nominated experts at the moment it speaks, of a category that the rules let
    withhold consensus. C3. The source, and a co-signer until it has itself confirmed, hold no position. C6. But
    nobody is silenced by being named as a co-signer: its objection counts.
    """
    speaker = world.entity(entity, moment)
    if speaker is None:
        return "not on the list of nominated experts at that moment"
    if not world.at(moment).rules.may_withhold(speaker.category):
        return f"the rules do not let {speaker.category} withhold consensus"
    if entity == dossier.source:
        return "it is the source, which holds no position on its own contribution"
    if entity in dossier.cosigners and stance != "object" and signature(dossier, entity, now) is None:
        return "it is named as a co-signer and has not itself confirmed"
    return ""


def signature(dossier: Dossier, entity: str, now: datetime) -> Cosigned | None:
    """The newest act by which an entity itself signed a contribution or declined to (C3).

    C14. One that the secretariat entered is an act of the entity only once its experts confirmed it.
    """
    confirmed = _confirmed(dossier, now)
    own = [
        event
        for event in dossier.heard
        if isinstance(event, Cosigned)
        and event.entity == entity
        # C10. What may not have come yet opens nothing: a signature counts late, one that is declined early.
        and (event.received.latest if event.accepted else event.received.earliest) <= now
        and (event.by.role == "expert" or (event.seq, entity) in confirmed)
    ]
    return max(own, key=lambda event: (event.received.latest, event.seq), default=None)


def _confirmed(dossier: Dossier, now: datetime) -> set[tuple[int, str]]:
    """Entries confirmed, and by which entity: only the entity itself confirms what was entered for it (C14)."""
    return {
        (event.target, event.entity)
        for event in dossier.heard
        if isinstance(event, Confirmed) and event.received.latest <= now
    }


def voices(dossier: Dossier, world: World, now: datetime) -> tuple[Voice, ...]:
    """Every entity that has spoken by ``now``, with what stands of it on the current text."""
    current = _clauses(dossier.effect(world, now))
    words = _words(dossier, world, now)
    return tuple(_voice(dossier, world, now, entity, words[entity], current) for entity in sorted(words))


def _voice(
    dossier: Dossier,
    world: World,
    now: datetime,
    entity: str,
    words: list[_Word],
    current: Mapping[str, Entry],
) -> Voice:
    # C2. A word from when it did not count is shown, and never stands beside or before one that does.
    counted = [w for w in words if not counting(dossier, world, entity, w.moment, now, w.stance)]
    said = counted or words
    last = said[-1]
    speaker = world.entity(entity, last.moment)
    why_not = counting(dossier, world, entity, last.moment, now, last.stance)
    stances, outdated = _standing(said, current, now)
    if not why_not and world.entity(entity, now) is None:
        # C2. When an entity leaves, its supports lapse; its objections are kept by `objections`.
        stances = {clause: word for clause, word in stances.items() if word.stance == "object"}
        why_not = "" if stances else "it has left the list of nominated experts"
    names = _names(stances)
    known = (world.at(now).rules.position(name) for name in names)
    signed = signature(dossier, entity, now)
    return Voice(
        entity=entity,
        name=speaker.shown if speaker else entity,
        category=speaker.category if speaker else "",
        counts=not why_not,
        why_not=why_not,
        stances={clause: word.stance for clause, word in stances.items()},
        outdated={clause: word.stance for clause, word in outdated.items()},
        unconfirmed=any(not w.own and not w.confirmed for w in _deciding(said, current)),
        reasons=tuple(dict.fromkeys(w.reason for w in words if w.reason)),
        said=names,
        said_before=_names(outdated),
        recused=bool(names) and all(position is not None and position.recuses for position in known),
        cosigner=signed is not None and signed.accepted,
        undetermined=any(word.moment > now for word in stances.values()),
    )


def _names(words: Mapping[str, _Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.said or word.stance for word in words.values()))


def _clauses(effect: Effect) -> Mapping[str, Entry]:
    return by_clause(effect) or {WHOLE: _WHOLE_ENTRY}


def _words(dossier: Dossier, world: World, now: datetime) -> Mapping[str, list[_Word]]:
    """By entity, in order of receipt; at one instant the most cautious last (C3)."""
    confirmed = _confirmed(dossier, now)
    changed = {
        event.target
        for event in dossier.heard
        if isinstance(event, WordsChanged) and event.received.earliest <= now
    }
    found: dict[str, list[_Word]] = defaultdict(list)
    for event in dossier.heard:
        if event.received.earliest > now:
            continue
        if isinstance(event, Position):
            position = world.at(now).rules.position(event.said)
            found[event.entity].append(
                _Word(
                    moment=event.received.latest,
                    seq=event.seq,
                    stance=event.stance,
                    entries=_clauses(event.effect),
                    own=event.by.role == "expert",
                    confirmed=(event.seq, event.entity) in confirmed or bool(event.meeting),
                    reason=event.reason,
                    said=event.said,
                    recuses=position is not None and position.recuses,
                    changed=event.seq in changed and event.stance != "object",
                )
            )
        elif isinstance(event, Cosigned):
            if event is not signature(dossier, event.entity, now) or not event.accepted:
                continue  # C3. Not its own act, taken back since, or declined.
            found[event.entity].append(
                _Word(
                    moment=event.received.latest,
                    seq=event.seq,
                    stance="support",
                    entries=_clauses(event.effect),
                    own=True,
                    confirmed=True,
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
    # C10. What may not have come yet and could only open something is not even heard.
    found = {entity: words for entity, words in found.items() if _sure(words, now)}
    for words in found.values():
        words.sort(key=lambda word: (word.moment, word.caution, word.said, word.seq))
    return found


def _said_in(event: Outcome) -> Iterable[tuple[Stance, Said]]:
    for said in event.objections:
        yield "object", said
    for said in event.statements:
        yield "reserve", said


def _standing(
    words: list[_Word], current: Mapping[str, Entry], now: datetime
) -> tuple[dict[str, _Word], dict[str, _Word]]:
    """By clause the word that stands on it as it reads, and the word on another wording where none does."""
    stands: dict[str, _Word] = {}
    outdated: dict[str, _Word] = {}
    for clause, entry in current.items():
        about = [word for word in words if clause in word.entries]
        # C3. One given on an older text never displaces one on the current text.
        exact = _sure([word for word in about if word.entries[clause] == entry], now)
        # C12. Words edited since say nothing any more, and bring back nothing that was said before them.
        if exact and not _last(exact).changed:
            stands[clause] = _last(exact)
        elif about := _sure(about, now):
            outdated[clause] = _last(about)
    words = _sure(words, now)
    if not stands and not outdated and words:
        # Nothing it spoke about is touched any more: shown as outdated, never dropped.
        outdated = dict.fromkeys(words[-1].entries, words[-1])
    return stands, outdated


def _sure(words: list[_Word], now: datetime) -> list[_Word]:
    """C10. Without the words that may not have come yet, unless they are more cautious than what they would replace."""
    come = [word for word in words if word.moment <= now]
    least = _last(come).caution if come else (CAUTION["accept"], True)
    return come + [word for word in words if word.moment > now and word.caution > least]


def _deciding(words: list[_Word], current: Mapping[str, Entry]) -> list[_Word]:
    exact = [word for word in words if any(word.entries.get(c) == e for c, e in current.items())]
    return [_last(exact)] if exact else []


def _last(words: list[_Word]) -> _Word:
    """The latest word; an unconfirmed entry by the secretariat never replaces one they gave themselves (C14)."""
    own = [word for word in words if word.own or word.confirmed]
    return own[-1] if own else words[-1]
