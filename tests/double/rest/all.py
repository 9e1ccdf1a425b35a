"""Every operation that is modelled, in one place."""

from __future__ import annotations

from tests.double.rest import (
    actions,
    assets,
    issues,
    labels,
    people,
    places,
    pulls,
    refs,
    releases,
    rules,
    secrets,
    statuses,
)
from tests.double.rest.registry import OPERATIONS

MODULES = (actions, assets, issues, labels, people, places, pulls, refs, releases, rules, secrets, statuses)

__all__ = ["MODULES", "OPERATIONS"]
