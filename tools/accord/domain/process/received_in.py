"""Which window a contribution was received for, also where it came early or late."""

from __future__ import annotations

from accord.domain.process.windows import Phase, Standing


def window_of(standing: Standing, based_on: str) -> str:
    """The id of the one window that what was received then belongs to; "" where the timetable has none.

    Between two windows it is late for the one before if it is based on that one's draft (or says no draft that can be
    read), else early for the next: as its source was told (A5).
    """
    match standing.phase:
        case Phase.OPEN | Phase.UNDETERMINED if standing.current:
            found = standing.current
        case Phase.GAP if standing.previous and based_on in ("", standing.previous.window.draft):
            found = standing.previous
        case _:
            following = standing.following or standing.previous
            if following is None:
                return ""
            found = following
    return found.window.id
