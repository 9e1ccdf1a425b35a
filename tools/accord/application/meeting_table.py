"""What is before a meeting: everything received for its windows, laid on the text as it reads, place by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from accord.application.compiling_inputs import input_of
from accord.application.conflicts import every_meeting
from accord.application.meeting_leaves import Leaves
from accord.application.revision import Revision
from accord.application.sheets import label_of, speaking_of
from accord.application.window_inputs import received_in, times_of
from accord.domain.agreement.case import Case
from accord.domain.process.moments import show_moment, show_until
from accord.domain.process.timetable import Event, EventKind
from accord.render.alternatives import Meeting
from accord.render.compilation.model import Input
from accord.render.meeting.model import Counted, Table
from accord.render.negotiation.model import Negotiation


def table_of(revision: Revision, meeting: Event, view: Negotiation) -> Table:
    """Everything before a meeting as the record stood at the revision's moment; ``view`` is the negotiating text then.

    Raises:
        Refused: it discusses a window that the timetable does not have (exit USAGE).
    """
    return _Laying(revision, meeting, view).table()


def windows_of(revision: Revision, meeting: Event) -> tuple[str, ...]:
    """The windows a meeting discusses: of the drafts it discusses, and the one it ends; else the last before it."""
    timetable = revision.process.timetable.at(revision.moment)
    named = [
        window.id
        for window in timetable.windows
        if window.opens in meeting.discusses or window.closes == meeting.id
    ]
    if named:
        return tuple(named)
    begins = timetable.begins(meeting.id).latest
    before = [window.id for window in timetable.windows if timetable.ends(window.closes).earliest <= begins]
    return tuple(before[-1:])


class _Laying:
    """Lays what was received on the table."""

    def __init__(self, revision: Revision, meeting: Event, view: Negotiation) -> None:
        assert revision.cases is not None  # noqa: S101 - a meeting is prepared from a record
        self._revision = revision
        self._view = view
        self._cases = revision.cases
        self._meeting = meeting
        self._words = speaking_of(revision)
        self._windows = windows_of(revision, meeting)
        self._received = {window: received_in(revision, window) for window in self._windows}
        numbers = {case.number for cases in self._received.values() for case in cases}
        self._carried = [
            case for case in revision.contributions if case.number not in numbers and _on_table(case)
        ]

    def table(self) -> Table:
        revision, forum = self._revision, self._revision.process.forum
        timetable = revision.process.timetable.at(revision.moment)
        drafts = [timetable.window(window).opens for window in self._windows]
        leaves = Leaves(
            revision=revision,
            cases=self._before_it,
            inputs=self._inputs,
            meetings=self._meetings,
            words=self._words,
            view=self._view,
            adopting=self._meeting.kind is EventKind.FORUM,
        )
        shown = [label_of(timetable, draft, draft) for draft in drafts]
        return Table(
            meeting=self._meeting.id,
            title=self._meeting.label,
            days=self._meeting.days.show() + ("" if self._meeting.days.fixed else " (date not fixed yet)"),
            forum=forum.name,
            notice=forum.notice,
            page=forum.page,
            rehearsal=revision.chronicle.view.head.rehearsal if revision.chronicle else False,
            as_of=show_moment(revision.moment, timetable.zone),
            moment=revision.moment,
            draft=" and ".join(f"{label} ({draft})" for label, draft in zip(shown, drafts, strict=True))
            or "the text as it reads",
            windows=tuple(self._counted(window) for window in self._windows),
            carried=tuple(case.number for case in self._carried),
            leaves=tuple(leaves.all()),
            off=tuple(
                self._inputs[case.number]
                for cases in self._received.values()
                for case in cases
                if not _on_table(case)
            ),
            meetings=tuple(self._meetings),
        )

    @cached_property
    def _inputs(self) -> Mapping[int, Input]:
        everything = [*self._carried, *(case for cases in self._received.values() for case in cases)]
        return {case.number: input_of(case, self._revision, self._words) for case in everything}

    @cached_property
    def _meetings(self) -> Sequence[Meeting]:
        return every_meeting(self._revision.desk, self._cases, self._before_it)

    @cached_property
    def _before_it(self) -> list[Case]:
        received = [case for cases in self._received.values() for case in cases]
        return sorted((c for c in [*self._carried, *received] if _on_table(c)), key=lambda case: case.number)

    def _counted(self, window: str) -> Counted:
        times = times_of(self._revision, window)
        zone = self._revision.process.timetable.zone
        return Counted(
            window=window,
            draft=times.window.draft,
            numbers=tuple(case.number for case in self._received[window]),
            closes=show_until(times.closes.latest, zone),
            still_open=self._revision.moment < times.closes.latest,
        )


def _on_table(case: Case) -> bool:
    """Whether it is before the group: admitted, not over, not in the text, not taken into another one."""
    return case.current.counts and not case.ended and case.incorporated is None and case.taken is None
