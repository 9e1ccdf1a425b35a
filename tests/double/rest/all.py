"""Every operation that is modelled, in one place."""

from __future__ import annotations

from tests.double.rest import issues, labels, people, pulls, statuses
from tests.double.rest.registry import OPERATIONS

MODULES = (issues, labels, people, pulls, statuses)

__all__ = ["MODULES", "OPERATIONS"]
