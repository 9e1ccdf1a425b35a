"""The cover of the Report: what an ITU document states about itself, and what this tool adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from accord.application.revision import Revision
from accord.domain.process.moments import show_day, show_moment, show_until
from accord.domain.process.windows import window_times
from accord.domain.record.events import Posted

_LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}
_COVER = (
    ("Document symbol", "symbol"),
    ("Source", "source"),
    ("Basis", "basis"),
    ("Purpose", "purpose"),
    ("Abstract", "abstract"),
    ("Supersedes", "supersedes"),
    ("Agenda item", "agenda_item"),
)


def cover_pairs(revision: Revision, draft: str, record: str) -> Iterator[tuple[str, str]]:
    """Labels and values, in order; nothing for what is not known."""
    front, process = revision.cover, revision.process
    for label, key in _COVER:
        if front.get(key):
            yield label, str(front[key])
    language = str(front.get("original_language") or "")
    if language:
        yield "Original", _LANGUAGES.get(language, language)
    if action := str(front.get("action") or _action(revision, draft)):
        yield "Action required", action
    if front.get("date"):
        yield "Date on the cover", str(front["date"])
    if draft:
        event = process.timetable.at(revision.moment).event(draft)
        yield "Posting by the timetable", event.days.show()
        for posted in _posted(revision, draft):
            symbol = f", {posted.symbol}" if posted.symbol else ""
            yield (
                "Official posting",
                f"{show_moment(posted.at, process.timetable.zone)}, {posted.url}{symbol}",
            )
    yield "Text", revision.commit
    if record:
        yield "Record", record
        yield "As of", show_moment(revision.moment, process.timetable.zone)


def _posted(revision: Revision, draft: str) -> list[Posted]:
    if revision.chronicle is None:
        return []
    found = [e for e in revision.chronicle.process() if isinstance(e, Posted) and e.draft == draft]
    return [event for event in found if event.recorded <= revision.moment][-1:]


def cover_facts(revision: Revision, draft: str) -> dict[str, str]:
    """What the cover of an ITU document states. The official symbol is the one that the posting gave."""
    front = revision.cover
    posted = _posted(revision, draft)
    language = str(front.get("original_language") or "")
    today = revision.moment.astimezone(revision.process.timetable.zone).date()
    return {
        "symbol": next((one.symbol for one in posted if one.symbol), str(front.get("symbol") or "")),
        "date": show_day(_day(str(front.get("date") or "")) or today),
        "original": _LANGUAGES.get(language, language),
        "source": str(front.get("source") or ""),
        "action": str(front.get("action") or _action(revision, draft)),
    }


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None  # its form is a finding elsewhere


def _action(revision: Revision, draft: str) -> str:
    """What the timetable asks of the reader: to comment while the window of the draft is open."""
    timetable = revision.process.timetable.at(revision.moment)
    for times in window_times(timetable):
        if draft and times.window.draft == draft:
            closing = timetable.event(times.window.closes)
            until = (
                show_until(times.closes.latest, timetable.zone) if times.closes.exact else closing.days.show()
            )
            return f"Comments are invited until {until}."
    return ""
