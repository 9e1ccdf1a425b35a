"""The scripts, by the draft with which each round ends."""

from __future__ import annotations

from collections.abc import Mapping

from accord.application.rehearsal.acts import Scene
from accord.application.rehearsal.scripts import meeting_1, window_1

ROUNDS: Mapping[str, tuple[Scene, ...]] = {
    "draft-2": (
        window_1.FIRST_DRAFT,
        window_1.CONTRIBUTIONS,
        window_1.POSITIONS,
        window_1.DEADLINE,
        meeting_1.BETWEEN,
        meeting_1.MEETING,
        meeting_1.SECOND_DRAFT,
    ),
}
