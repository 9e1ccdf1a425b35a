"""The scripts, by the draft with which each round ends."""

from __future__ import annotations

from collections.abc import Mapping

from accord.application.rehearsal.acts import Scene
from accord.application.rehearsal.scripts import (
    meeting_1,
    meeting_2,
    meeting_3,
    meeting_4,
    window_1,
    window_2,
    window_3,
    window_4,
)  # fmt: skip

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
    "draft-3": (
        window_2.OPINIONS,
        window_2.COMMENTS,
        window_2.POSITIONS,
        meeting_2.DATES,
        meeting_2.MEETING,
        meeting_2.THIRD_DRAFT,
    ),
    "draft-4": (
        window_3.AMENDMENTS,
        window_3.COMMENTS,
        meeting_3.LEAVING,
        meeting_3.MEETING,
        meeting_3.FOURTH_DRAFT,
    ),
    "final": (
        window_4.COMMENTS,
        window_4.CALLS,
        meeting_4.MEETING,
        meeting_4.OPINIONS,
        meeting_4.FINAL_REPORT,
        meeting_4.FORUM,
    ),
}
