"""`compile`: every contribution received for a window, laid on the text of the draft that the window is about."""

from __future__ import annotations

from collections.abc import Sequence

from accord.application.compiling_head import head_of, parts_for
from accord.application.compiling_inputs import input_of
from accord.application.compiling_places import Ground
from accord.application.compiling_rows import Laid
from accord.application.draft_facts import cuts_of, parts_of
from accord.application.revision import Revision
from accord.application.sheets import label_of, speaking_of
from accord.application.window_inputs import received_in, times_of
from accord.domain.agreement.case import Case
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import show_day, show_moment
from accord.domain.process.windows import WindowTimes
from accord.domain.record.events import Posted
from accord.render.compilation.model import Compilation, Part


def compilation_for(revision: Revision, window: str) -> Compilation:
    """The compilation of a window as the record stood at the revision's moment.

    Raises:
        Refused: there is no such window (exit USAGE); or it would not hold exactly the contributions that the
            record has (exit BUG), and then nothing is written.
    """
    times = times_of(revision, window)
    draft, document = _draft(revision, times)
    cases = received_in(revision, times.window.id)
    words = speaking_of(revision)
    inputs = {case.number: input_of(case, revision, words) for case in cases}
    laid = Laid(Ground(revision.desk, draft), draft, inputs)
    parts = [
        Part(key=key, title=title, sections=tuple(laid.sections(some)))
        for key, title, some in parts_for(cases, revision, times)
    ]
    forum, zone = revision.process.forum, revision.process.timetable.zone
    made = Compilation(
        name=times.window.id,
        title=f"Compilation of contributions: window {times.window.id}",
        forum=forum.name,
        notice=forum.notice,
        page=forum.page,
        rehearsal=revision.chronicle.view.head.rehearsal if revision.chronicle else False,
        document=document,
        date=show_day(revision.moment.astimezone(zone).date()),
        as_of=show_moment(revision.moment, zone),
        moment=revision.moment,
        head=tuple(head_of(cases, revision, times)),
        inputs=tuple(inputs.values()),
        parts=tuple(parts),
    )
    _refuse_miscounted(made, cases)
    return made


def _refuse_miscounted(made: Compilation, cases: Sequence[Case]) -> None:
    """Nothing received is lost, and nothing else comes in."""
    wanted = {case.number for case in cases}
    found = set(made.numbers)
    if found == wanted and len(made.inputs) == len(wanted):
        return
    lost = ", ".join(map(str, sorted(wanted - found))) or "none"
    strange = ", ".join(map(str, sorted(found - wanted))) or "none"
    raise refuse(
        "compilation-count",
        f"The compilation of {made.name} does not hold what the record has: missing {lost}; not of this window "
        f"{strange}. This is a bug of ours; nothing was written.",
        fix="Please report it with the name of the window and the moment.",
        exit_code=Exit.BUG,
    )


def _draft(revision: Revision, times: WindowTimes) -> tuple[Revision, str]:
    """The text that the window comments on, and how it is called: the draft as cut, as posted, or what there is."""
    name, chronicle = times.window.draft, revision.chronicle
    timetable = revision.process.timetable.at(revision.moment)
    assert chronicle is not None  # noqa: S101 - windows are compiled from a record
    cuts = [c for c in cuts_of(chronicle) if parts_of(c.draft)[0] == name and c.recorded <= revision.moment]
    posted = [
        event
        for event in chronicle.process()
        if isinstance(event, Posted) and event.draft == name and event.recorded <= revision.moment
    ]
    world = chronicle.world()
    label = (
        f"{label_of(timetable, name, cuts[-1].draft if cuts else name)} ({cuts[-1].draft if cuts else name})"
    )
    if posted and posted[-1].symbol:
        label += f", {posted[-1].symbol}"
    if cuts:
        commit = cuts[-1].commit
    elif posted:
        commit = world.at(posted[-1].at).commit
    else:
        commit = world.at(revision.moment).commit
        label += ", which is not there yet; set against the text as it reads"
    draft = Revision(revision.desk, commit, chronicle, revision.moment)
    draft.cases = revision.cases
    return draft, label
