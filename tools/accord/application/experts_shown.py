"""`status --experts`: the list of nominated experts at a moment, and its balance (R14)."""

from __future__ import annotations

from typing import Any

from accord.application.desk import Desk
from accord.application.present import process_at
from accord.application.reports import Report
from accord.domain.process.people import Balance
from accord.domain.record.codec import instant_text
from accord.render.messages import (
    notice,
)
from accord.render.tables import table


def experts(desk: Desk) -> Report:
    """The list of nominated experts at the moment, and its balance (R14)."""
    loaded = process_at(desk)
    view = loaded.experts.at(desk.now)
    rows = [
        (
            entity.shown,
            _label(loaded.forum.category(entity.category)),
            entity.region or "not stated",
            ", ".join(expert.name for expert in view.experts_of(entity.id)) or "none",
        )
        for entity in view.entities
    ]
    parts = [
        table(("Entity", "Category", "Region", "Experts"), rows)
        if rows
        else "The list of nominated experts is empty at this moment."
    ]
    parts.append(f"Chairs: {', '.join(one.name for one in view.chairs) or 'none'}.")
    parts.append(f"Secretariat: {', '.join(one.name for one in view.secretariat) or 'none'}.")
    parts.append(_balance(view.balance()))
    parts.append(notice(loaded.forum) + ".")
    return Report(
        text="\n\n".join(parts),
        data={
            "moment": instant_text(desk.now),
            "entities": [
                {"id": e.id, "name": e.name, "category": e.category, "region": e.region}
                for e in view.entities
            ],
            "experts": [{"name": e.name, "entity": e.entity, "account": e.account} for e in view.experts],
            "chairs": [one.name for one in view.chairs],
            "secretariat": [one.name for one in view.secretariat],
        },
    )


def _balance(balance: Balance) -> str:
    parts = [f"Balance of {balance.experts} experts (for people to judge; no threshold is set, R14):"]
    for name, counts in (
        ("region", balance.by_region),
        ("category", balance.by_category),
        ("gender", balance.by_gender),
    ):
        parts.append(f"  by {name}: " + (", ".join(f"{key} {count}" for key, count in counts) or "none"))
    return "\n".join(parts)


def _label(category: Any) -> str:
    return category.label if category else "unknown"
