"""Until when may a new Opinion be presented? Until the cut-off of the rules; after it a chair decides (R10, A6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from accord.domain.process.forum import Forum
from accord.domain.process.moments import Interval, format_instant, show_until
from accord.domain.process.rules import Cutoff, Rules
from accord.domain.process.timetable import EventKind, Timetable
from accord.domain.process.windows import is_final, window_times


class NewOpinion(Enum):
    """Whether a new Opinion may come in."""

    POSSIBLE = "possible"
    AFTER_CUTOFF = "after-cutoff"
    AFTER_FINAL = "after-final"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpinionAnswer:
    """The answer, and what the cut-off is in words."""

    answer: NewOpinion
    cutoff_words: str


def cutoff(
    timetable: Timetable, rules: Rules, forum: Forum, posted: Mapping[str, datetime] | None = None
) -> Interval | None:
    """The first instant at which a new Opinion needs a chair: between two instants while days are not fixed.

    None if the timetable has nothing that could end the time for new Opinions.
    """
    match rules.new_opinion_cutoff:
        case Cutoff.STRICT:
            kinds = [kind.id for kind in forum.kinds if kind.presents_opinion]
            ends = [
                times.closes
                for times in window_times(timetable, posted)
                if any(times.window.classes_for(kind) for kind in kinds)
            ]
            if ends:
                return max(ends, key=lambda end: end.latest)
        case Cutoff.MEETING:
            meetings = timetable.of_kind(EventKind.MEETING)
            if meetings:
                return timetable.ends(meetings[-1].id)
        case Cutoff.FINAL:
            pass
    final = timetable.final
    if final is None:
        return None
    actual = (posted or {}).get(final)
    return Interval.at(actual) if actual else timetable.begins(final)


def new_opinion_at(
    timetable: Timetable,
    rules: Rules,
    forum: Forum,
    receipt: Interval,
    posted: Mapping[str, datetime] | None = None,
) -> NewOpinionAnswer:
    """Whether a new Opinion received then may come in. After the final Report nobody can let it in."""
    limit = cutoff(timetable, rules, forum, posted)
    if limit is None:
        return NewOpinionAnswer(answer=NewOpinion.POSSIBLE, cutoff_words="")
    words = show_until(limit.latest, timetable.zone)
    if is_final(timetable, receipt.earliest, posted):
        return NewOpinionAnswer(answer=NewOpinion.AFTER_FINAL, cutoff_words=words)
    if receipt.earliest >= limit.latest and not is_final(timetable, receipt.latest, posted):
        return NewOpinionAnswer(answer=NewOpinion.AFTER_CUTOFF, cutoff_words=words)
    if receipt.latest < limit.earliest:
        return NewOpinionAnswer(answer=NewOpinion.POSSIBLE, cutoff_words=words)
    between = (
        f"the end lies between {format_instant(limit.earliest)} and {format_instant(limit.latest)}"
        if not limit.exact
        else f"it was received around {words}"
    )
    return NewOpinionAnswer(answer=NewOpinion.UNDETERMINED, cutoff_words=between)
