"""Moments in passing: where nothing hangs on the second."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from accord.domain.process.moments import show_day

if TYPE_CHECKING:
    from accord.render.messages import Speaking


def show_short(moment: datetime, words: Speaking) -> str:
    """`20 August 2024, 12:02`, in the zone of the process."""
    local = moment.astimezone(words.zone)
    return f"{show_day(local.date())}, {local:%H:%M}"
