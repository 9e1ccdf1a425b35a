"""Readiness (C8): what the tool finds. People declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.domain.agreement.calls import Call, current_call
from accord.domain.agreement.dossier import Dossier, Requirement
from accord.domain.agreement.effect import touches_opinions
from accord.domain.agreement.objections import Objection, objections
from accord.domain.agreement.voices import Voice, voices
from accord.domain.agreement.world import World
from accord.domain.process.rules import Rules
from accord.domain.record.values import Effect

SUPPORTING = ("support", "accept")
# What a chair may find rough consensus in spite of, where the rules allow it (C9).
WHAT_PEOPLE_SAID = frozenset(
    {
        "objection",
        "objection-orphaned",
        "support",
        "share",
        "silent",
        "breadth-categories",
        "breadth-entities",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One condition that is not met: rule, what it is (a key of the messages), from whom, by when, details."""

    rule: str
    what: str
    who: str
    by: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Everything that bears on whether a chair may declare agreement at one moment."""

    effect: Effect
    gated: bool
    call: Call | None
    voices: tuple[Voice, ...]
    objections: tuple[Objection, ...]
    missing: tuple[Missing, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def readiness(dossier: Dossier, world: World, now: datetime) -> Readiness:
    """Find whether the subject is ready to be declared agreed at ``now`` (C8), and what is missing."""
    effect = dossier.effect(world, now)
    call = current_call(dossier, world, now)
    heard = voices(dossier, world, now)
    raised = objections(dossier, world, now)
    rules = world.at(now).rules
    gated = rules.gates_report() or (rules.gates_opinions() and touches_opinions(effect))
    supporting = [voice for voice in heard if voice.counts and _supports(voice, effect)]
    missing = (
        *_call_missing(call, effect, now, required=rules.call_required),
        *(
            _first(one, dossier)
            for one in dossier.requires
            if one.met is None or one.met.received.latest > now
        ),
        *(_standing(objection) for objection in raised if objection.stands and gated),
        *_support_missing(rules, supporting),
        *_asked_missing(dossier, world, now, heard, supporting),
        *_breadth_missing(world, now, supporting),
    )
    return Readiness(
        effect=effect, gated=gated, call=call, voices=heard, objections=raised, missing=tuple(missing)
    )


def _call_missing(call: Call | None, effect: Effect, now: datetime, *, required: bool) -> Iterator[Missing]:
    if call is None:
        # C8. The call has ended, or C11 applies.
        if required:
            yield Missing(rule="C7", what="no-call", who="a chair")
        return
    if call.void_since is not None:
        yield Missing(rule="C7", what="call-void", who="a chair", by=call.void_since)
        return
    if not call.ended(now):
        yield Missing(rule="C7", what="call-runs", who="time", by=call.until)
    if call.effect != effect:
        # C8. The effect is still the pinned one.
        yield Missing(rule="C8", what="text-changed", who="a chair")


def _first(requirement: Requirement, dossier: Dossier) -> Missing:
    # C8. What it builds on must be in the text before it.
    number = str(requirement.number)
    what = "amends" if dossier.onto is not None and dossier.onto.subject == number else "requires"
    if requirement.over is not None:
        return Missing(rule="C8", what=f"{what}-over", who="its source", detail=number)
    return Missing(rule="C8", what=what, who="a chair", detail=number)


def _standing(objection: Objection) -> Missing:
    # C6, C8. No objection stands; one is enough to withhold readiness, and nobody overrules it.
    what = "objection-orphaned" if objection.orphaned else "objection"
    who = "a chair" if objection.orphaned else ", ".join(objection.owners)
    return Missing(rule="C6", what=what, who=who, by=objection.escalates, detail=objection.id)


def _support_missing(rules: Rules, supporting: Sequence[Voice]) -> Iterator[Missing]:
    said = [voice for voice in supporting if set(voice.stances.values()) <= set(rules.supporting_positions)]
    if len(said) < rules.needs_support:
        # C8. Nothing the rule relies on is outdated or missing.
        yield Missing(
            rule="C8",
            what="support",
            who="entities on the list",
            detail=f"{len(said)} of {rules.needs_support}",
        )


def _asked_missing(
    dossier: Dossier, world: World, now: datetime, heard: Sequence[Voice], supporting: Sequence[Voice]
) -> Iterator[Missing]:
    """C8. What the rules ask of all that may withhold consensus, those left out that recused themselves."""
    state = world.at(now)
    rules = state.rules
    # C10. A word that may not have come yet neither recuses nor breaks a silence.
    sure = [voice for voice in heard if voice.counts and not voice.undetermined]
    asked = {
        entity.id
        for entity in state.experts.at(now).entities
        if rules.may_withhold(entity.category) and entity.id != dossier.source
    } - {voice.entity for voice in sure if voice.recused}
    for_it = {voice.entity for voice in supporting} & asked
    needed = rules.needs_share.of(len(asked))
    if len(for_it) < needed:
        yield Missing(
            rule="C8", what="share", who="entities on the list", detail=f"{len(for_it)} of {needed}"
        )
    # C10. One that only objects has not spoken for the text, so an objection never makes up for silence.
    spoken = {voice.entity for voice in sure if voice.stance not in (None, "object")}
    silent = len(asked - spoken)
    if rules.may_be_silent is not None and silent > rules.may_be_silent:
        detail = f"{silent}, at most {rules.may_be_silent} may be"
        yield Missing(rule="C8", what="silent", who="entities on the list", detail=detail)


def _breadth_missing(world: World, now: datetime, supporting: Sequence[Voice]) -> Iterator[Missing]:
    state = world.at(now)
    rules, listed = state.rules, state.experts.at(now)
    # C10. The category that each is of now: were it that of its last word, one more support could narrow the breadth.
    categories = {listed.category(voice.entity) for voice in supporting}
    if len(categories) < rules.breadth_categories:
        yield Missing(
            rule="C8",
            what="breadth-categories",
            who="entities of other categories",
            detail=f"{len(categories)} of {rules.breadth_categories}",
        )
    if len(supporting) < rules.breadth_entities:
        yield Missing(
            rule="C8",
            what="breadth-entities",
            who="other entities",
            detail=f"{len(supporting)} of {rules.breadth_entities}",
        )


def _supports(voice: Voice, effect: Effect) -> bool:
    # Support relied on must be about every clause as it reads now, one added since included.
    spoken_to = all(entry.id in voice.stances for entry in effect)
    return spoken_to and not voice.outdated and voice.stance in SUPPORTING
