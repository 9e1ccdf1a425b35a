"""What a repository on GitHub must be set to, and how its settings stand: `accord doctor`, as a pure function."""

from __future__ import annotations

from accord.domain.forge.actions_checks import actions_checks
from accord.domain.forge.ref_checks import ref_checks
from accord.domain.forge.release_checks import release_checks
from accord.domain.forge.setting_values import Check, Settings, Standing, Unread

__all__ = ["Check", "Settings", "Standing", "Unread", "examine"]


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check, in the order in which a secretariat sets things up. What could not be read never passes."""
    return (*actions_checks(settings), *ref_checks(settings), *release_checks(settings))
