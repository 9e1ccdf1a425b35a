"""Who does a contribution speak for? Its category, held against the list of nominated experts (R9)."""

from __future__ import annotations

from dataclasses import dataclass

from accord.domain.findings import Severity
from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Circumstances, Reason, Verdict
from accord.domain.process.forum import Category
from accord.domain.process.people import Entity, ExpertsView
from accord.domain.process.suggest import did_you_mean, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The entity if it is on the list, and the category that counts: that of the public unless verified."""

    entity: Entity | None
    category: Category | None
    verified: bool
    reasons: tuple[Reason, ...] = ()


def find_entity(name: str, view: ExpertsView) -> Entity | None:
    """The entity of that id or, without regard to capitals, of that name."""
    wanted = name.casefold()
    return next((one for one in view.entities if wanted in (one.id.casefold(), one.name.casefold())), None)


def speaker(it: Contribution, known: Circumstances, view: ExpertsView) -> Speaker:
    """Establish the category (R9): the class follows from it, so nobody types a class."""
    entity = find_entity(it.source, view)
    claimed = known.confirmed or it.category
    category = known.forum.category(claimed)
    if category is None:
        message = f"`{shorten(claimed)}` is no category of this forum (R9)."
        fix = did_you_mean(claimed, [one.id for one in known.forum.categories])
        reason = known.say(Verdict.RETURNED, "category-unknown", message, fix, "category")
        return Speaker(entity=entity, category=None, verified=False, reasons=(reason,))
    if known.confirmed is not None:
        return Speaker(entity=entity, category=category, verified=True)
    listed = known.forum.category(entity.category) if entity else None
    if entity and listed and listed.id != category.id:
        # A category that the list knows must agree with it.
        message = (
            f"{entity.name} is on the list of nominated experts as {listed.label}, "
            f"but this says {category.label} (R9)."
        )
        fix = f"Write `category: {listed.id}`, or ask the secretariat to correct the list."
        reason = known.say(Verdict.RETURNED, "category-disagrees", message, fix, "category")
        return Speaker(entity=entity, category=listed, verified=True, reasons=(reason,))
    if category.public or (entity and _may_speak_for(entity, known, view)):
        return Speaker(entity=entity, category=category, verified=True)
    return _unverified(it, known, category, entity)


def _may_speak_for(entity: Entity, known: Circumstances, view: ExpertsView) -> bool:
    if known.sender is None or known.by_secretariat or view.is_secretariat(known.sender):
        return True
    nominated_by = view.entity_of(known.sender)
    return nominated_by is not None and nominated_by.id == entity.id


def _unverified(it: Contribution, known: Circumstances, claimed: Category, entity: Entity | None) -> Speaker:
    # A stranger's claim is admitted as a view of the public until the secretariat confirms it.
    public = next((one for one in known.forum.categories if one.public), None)
    names = {name.casefold() for one in known.experts.entities for name in (one.id, one.name)}
    if entity is not None:
        why = f"it was not sent by an expert nominated by {entity.name}"
    elif it.source.casefold() in names:
        why = f"{shorten(it.source)} was not on the list of nominated experts when it was received"
    else:
        why = f"{shorten(it.source)} is not on the list of nominated experts"
    message = (
        f"That this comes from the category {claimed.label} is not verified: {why}. "
        "Until the secretariat confirms it, it counts as a view of the public (R9)."
    )
    fix = "The secretariat confirms the category; the time of receipt stays."
    reason = known.say(
        Verdict.OPEN, "category-unverified", message, fix, "category", severity=Severity.WARNING
    )
    return Speaker(entity=entity, category=public, verified=False, reasons=(reason,))
