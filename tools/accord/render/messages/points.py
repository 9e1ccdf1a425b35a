"""Words for points that wait for an answer."""

from __future__ import annotations

from accord.domain.record.events import Point
from accord.render.messages.words import Speaking


def point_line(point: Point, words: Speaking) -> str:
    """Who raised it, where, and the words."""
    where = point.path + (f", line {point.line}" if point.line else "")
    return f"experts nominated by {words.name_of(point.entity)} ({where}): “{point.words}”"
