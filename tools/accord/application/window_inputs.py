"""What was received for a window: each contribution of the record belongs to exactly one."""

from __future__ import annotations

from accord.application.revision import Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision as Version
from accord.domain.findings import Exit, refuse
from accord.domain.process.forum import Kind
from accord.domain.process.received_in import window_of
from accord.domain.process.timetable import Timetable
from accord.domain.process.windows import WindowTimes, window_at, window_times


def times_of(revision: Revision, window: str) -> WindowTimes:
    """The window of that id, in any spelling of its letters.

    Raises:
        Refused: the timetable has no such window (exit USAGE).
    """
    timetable = revision.process.timetable.at(revision.moment)
    for times in window_times(timetable, revision.posted):
        if times.window.id.casefold() == window.casefold():
            return times
    known = ", ".join(one.id for one in timetable.windows) or "none"
    raise refuse(
        "window-unknown",
        f"The timetable has no window `{window}`.",
        fix=f"Its windows are: {known}.",
        exit_code=Exit.USAGE,
    )


def received_in(revision: Revision, window: str) -> tuple[Case, ...]:
    """Every contribution received for a window by the moment, by number: admitted, held, returned or withdrawn."""
    return tuple(case for case in revision.contributions if _window(case, revision) == window)


def from_public(case: Case, revision: Revision) -> bool:
    """Whether it belongs to the public consultation (R18): its category is the public's, or its kind is."""
    forum = revision.process.forum
    admission, contribution = case.current.admission, case.current.contribution
    category = forum.category(admission.category) if admission else None
    kind = forum.kind(contribution.kind) if contribution else None
    return bool(category and category.public) or bool(
        kind and only_public(kind, revision.process.timetable.at(revision.moment))
    )


def deciding_version(case: Case) -> Version:
    """The version by whose receipt it belongs to a window: the first that counts, the newest where none does."""
    return next((one for one in case.revisions if one.counts), case.newest)


def only_public(kind: Kind, timetable: Timetable) -> bool:
    """Whether a kind, one that the public may send, comes in only while a public consultation is open."""
    admitting = [window for window in timetable.windows if window.classes_for(kind.id)]
    return kind.public and bool(admitting) and all(window.public for window in admitting)


def _window(case: Case, revision: Revision) -> str:
    version = deciding_version(case)
    standing = version.admission.standing if version.admission else None
    if standing is None:
        received = version.receipt.latest
        timetable = revision.process.timetable.at(received)
        standing = window_at(timetable, received, revision.posted)
    return window_of(standing, _based_on(version))


def _based_on(version: Version) -> str:
    return version.contribution.based_on if version.contribution else ""
