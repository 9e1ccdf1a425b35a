"""Does the time allow it? Windows, kinds, classes, the public and new Opinions (R8-R10, R16-R18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from accord.domain.process.contribution import Contribution
from accord.domain.process.door import Circumstances, Reason, Verdict
from accord.domain.process.forum import Category, Kind
from accord.domain.process.moments import Interval, format_instant, show_day, show_until
from accord.domain.process.opinions import NewOpinion, new_opinion_at
from accord.domain.process.rules import PublicOutside
from accord.domain.process.suggest import shorten
from accord.domain.process.timetable import Timetable
from accord.domain.process.windows import Phase, Standing, window_at

_BY_SECRETARIAT = "The secretariat can admit it with a reason."
_WHEN_RECEIVED = "The secretariat says when it was received, with evidence."


def locate(receipt: Interval, known: Circumstances) -> tuple[Standing, tuple[Reason, ...]]:
    """Where a receipt falls. One that spans a deadline is undetermined: the secretariat is asked, nothing guessed."""

    def at(moment: datetime) -> Standing:
        return window_at(known.timetable.at(moment), moment, known.posted)

    first, last = at(receipt.earliest), at(receipt.latest)
    if first.name == last.name:
        return last, ()
    message = (
        f"It was received between {format_instant(receipt.earliest)} and {format_instant(receipt.latest)}: "
        f"first {_falls(first)}, then {_falls(last)} (R16)."
    )
    reason = known.say(Verdict.UNDETERMINED, "receipt-undetermined", message, _WHEN_RECEIVED)
    open_one = next((one for one in (first, last) if one.phase is Phase.OPEN), last)
    return replace(open_one, phase=Phase.UNDETERMINED, awaits="", between=None), (reason,)


def check_window(
    it: Contribution,
    known: Circumstances,
    timetable: Timetable,
    standing: Standing,
    kind: Kind,
    category: Category,
) -> Iterator[Reason]:
    """R16. Only inside a window, and there by kind (R17), class (R9), draft (R8) and public consultation (R18)."""
    match standing.phase:
        case Phase.OPEN:
            yield from _based_on(it, known, standing)
            yield from _open_window(known, timetable, standing, kind, category)
        case Phase.UNDETERMINED:
            yield from _undetermined(known, timetable, standing)
        case _:
            yield from _closed(it, known, timetable, standing)


def _based_on(it: Contribution, known: Circumstances, standing: Standing) -> Iterator[Reason]:
    window = standing.current.window if standing.current else None
    if window and it.based_on != window.draft and it.based_on in known.drafts:
        message = f"Window {window.id} is about `{window.draft}`, but this is based on `{it.based_on}` (R8)."
        fix = f"Read `{window.draft}`, and write `based_on: {window.draft}`."
        yield known.say(Verdict.RETURNED, "draft-not-current", message, fix, "based_on")


def _open_window(
    known: Circumstances, timetable: Timetable, standing: Standing, kind: Kind, category: Category
) -> Iterator[Reason]:
    if standing.current is None:
        return
    window = standing.current.window
    classes = window.classes_for(kind.id)
    if not classes:
        rule = "R17" if kind.presents_opinion else "R18" if category.public or kind.public else "R16"
        others = _listed(w.id for w in timetable.windows if w.classes_for(kind.id))
        message = f"Window {window.id} doesn't admit `{kind.id}` ({rule}); it is admitted in: {others}."
        fix = f"Kinds admitted now: {_listed(f'`{a.kind}`' for a in window.admits)}. {_BY_SECRETARIAT}"
        yield known.say(Verdict.HELD, "kind-not-admitted", message, fix, "kind")
    elif category.input_class.value not in classes:
        message = f"Window {window.id} admits `{kind.id}` only as {' or '.join(classes)} (R9)."
        yield known.say(Verdict.HELD, "class-not-admitted", message, _BY_SECRETARIAT, "category")
    if category.public and not window.public:
        # A8. The public is heard while a public consultation is open; outside it the rules hold or admit it.
        if known.rules.public_outside_consultation is PublicOutside.HOLD:
            others = _listed(w.id for w in timetable.windows if w.public)
            message = f"No public consultation is open in window {window.id} (R18); it is open in: {others}."
            yield known.say(Verdict.HELD, "public-not-open", message, _BY_SECRETARIAT, "category")
    elif category.public and not kind.public:
        kinds = _listed(f"`{one.id}`" for one in known.forum.kinds if one.public)
        message = f"From the public come {kinds}, not `{kind.id}` (R18)."
        fix = f"Choose one of them. {_BY_SECRETARIAT}"
        yield known.say(Verdict.HELD, "public-kind", message, fix, "kind")


def _undetermined(known: Circumstances, timetable: Timetable, standing: Standing) -> Iterator[Reason]:
    if standing.between is None:
        return
    first, last = standing.between
    days = timetable.event(standing.awaits).days
    message = (
        f"Undetermined between {show_day(first)} and {show_day(last)}: "
        f"the days of `{standing.awaits}` are not fixed ({days.show()}) (R16)."
    )
    fix = f"The secretariat fixes the days of `{standing.awaits}` in the timetable."
    yield known.say(Verdict.UNDETERMINED, "window-undetermined", message, fix)


def _closed(
    it: Contribution, known: Circumstances, timetable: Timetable, standing: Standing
) -> Iterator[Reason]:
    # A5. Nothing says what is allowed outside the windows, so it is kept and the secretariat decides.
    previous, following = standing.previous, standing.following
    when = ""
    if following:
        day = following.opens.earliest.astimezone(timetable.zone).date()
        when = f" Window {following.window.id} opens on {show_day(day)}."
    if previous and (it.based_on == previous.window.draft or following is None):
        end = show_until(previous.closes.latest, timetable.zone)
        message = f"Late: window {previous.window.id} closed at {end} (R16).{when}"
        yield known.say(Verdict.HELD, "window-late", message, _BY_SECRETARIAT)
    elif following:
        message = f"Early: no window is open (R16).{when}"
        yield known.say(
            Verdict.HELD, "window-early", message, "It is kept; send it again then if it changes."
        )


def check_new_opinions(
    known: Circumstances, timetable: Timetable, receipt: Interval, standing: Standing, kind: Kind
) -> Iterator[Reason]:
    """R10. No new Opinion after the preparation; from the cut-off on a chair decides (A6, A11)."""
    if not (kind.presents_opinion if known.new_opinions is None else known.new_opinions):
        return
    names = ", ".join(f"`{shorten(one)}`" for one in sorted(known.new_opinions or ()))
    what = f"A new Opinion ({names})" if names else "A new Opinion"
    found = new_opinion_at(timetable, known.rules, known.forum, receipt, known.posted)
    match found.answer:
        case NewOpinion.AFTER_FINAL:
            message = f"{what} cannot be presented after the final Report (R10)."
            fix = "Comment on an Opinion that was presented during the preparation."
            yield known.say(Verdict.REFUSED, "opinion-after-final", message, fix)
        case NewOpinion.AFTER_CUTOFF:
            message = f"{what} after {found.cutoff_words} needs a chair's consent (R10)."
            fix = "A chair lets it in with a reason. If it was merged or split, name the old ones in `derived_from`."
            yield known.say(Verdict.HELD, "opinion-after-cutoff", message, fix)
        case NewOpinion.UNDETERMINED:
            message = f"Whether a new Opinion may still come is undetermined: {found.cutoff_words} (R10)."
            fix = "The secretariat fixes the days." if receipt.exact else _WHEN_RECEIVED
            yield known.say(Verdict.UNDETERMINED, "opinion-undetermined", message, fix)
        case NewOpinion.POSSIBLE:
            yield from _kind_for_opinion(known, standing, kind, what)


def _kind_for_opinion(known: Circumstances, standing: Standing, kind: Kind, what: str) -> Iterator[Reason]:
    window = standing.current.window if standing.phase is Phase.OPEN and standing.current else None
    if window is None or kind.presents_opinion:
        return
    kinds = [one.id for one in known.forum.kinds if one.presents_opinion and window.classes_for(one.id)]
    if kinds:
        message = f"{what} is presented as `{kind.id}`, which is for comments on what is there (R17)."
        fix = f"Write `kind: {kinds[-1]}`" + (
            f", or {_listed(f'`{one}`' for one in kinds[:-1])}." if kinds[1:] else "."
        )
        yield known.say(Verdict.RETURNED, "opinion-kind", message, fix, "kind")


def _falls(standing: Standing) -> str:
    return f"in window {standing.name}" if standing.phase is Phase.OPEN else standing.name


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
