"""Points that nominated experts raised on lines of the text, and that nobody has settled yet."""

from __future__ import annotations

from collections.abc import Iterable

from accord.domain.record.events import Event, Point, PointSettled


def open_points(events: Iterable[Event]) -> tuple[Point, ...]:
    """Those that wait for an answer, in the order in which they were raised."""
    points: dict[int, Point] = {}
    settled: set[int] = set()
    for event in events:
        if isinstance(event, Point):
            points[event.seq] = event
        elif isinstance(event, PointSettled):
            (settled.add if event.settled else settled.discard)(event.target)
    return tuple(point for seq, point in points.items() if seq not in settled)
