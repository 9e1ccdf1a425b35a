"""The list of open brackets: those that stand in the text, and those that proposals put at their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.domain.process.moments import show_day
from accord.render.negotiation.model import Alternative, NegotiatedFile, Negotiation, Place, TypedBracket
from accord.render.negotiation.words import asked, counted, lead, listed, shown

_LONG = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBracket:
    """A bracket with its place: one of the text (``typed``), or the one around a proposed reading (``proposed``)."""

    file: NegotiatedFile
    place: Place
    typed: TypedBracket | None = None
    proposed: Alternative | None = None

    @property
    def since(self) -> datetime | None:
        """Since when it has been there; None where nothing is known."""
        if self.proposed is not None:
            return min(one.since for one in self.proposed.proposers)
        return self.typed.since if self.typed else None

    @property
    def draft(self) -> str:
        """The first draft that had it; for a proposal the one it is based on."""
        if self.proposed is not None:
            return self.proposed.proposers[0].based_on
        return self.typed.draft if self.typed else ""

    @property
    def text(self) -> str:
        """What stands in the brackets, with them."""
        if self.proposed is None:
            return self.typed.text if self.typed else ""
        if self.proposed.mark in ("SUP", "moved", "structure"):
            return f"[{self.place.clause.text if self.place.clause else self.proposed.rows[0].clause.text}]"
        return f"[{lead(self.proposed)}: {self.proposed.text}]"

    @property
    def owner(self) -> str:
        """Who brought it."""
        if self.proposed is None:
            return self.typed.owner if self.typed else ""
        return "; ".join(f"{one.source}, contribution {one.number}" for one in self.proposed.proposers)

    @property
    def lift(self) -> str:
        """Who must do what for it to go."""
        if self.proposed is None:
            return self.typed.lift if self.typed else ""
        return " ".join(f"Contribution {one.number}: {one.needs}" for one in self.proposed.proposers)

    @property
    def beside(self) -> tuple[str, ...]:
        """The alternatives next to it."""
        if self.typed is not None:
            return self.typed.beside
        others = (one for one in self.place.alternatives if one is not self.proposed)
        return tuple(f"{asked(one)}: [{one.text}]" if one.reading else asked(one) for one in others)


def open_ones(view: Negotiation) -> Iterator[OpenBracket]:
    """Every open bracket, in reading order: at each place those of the text first."""
    for file in view.files:
        for place in file.places:
            for typed in place.brackets:
                yield OpenBracket(file=file, place=place, typed=typed)
            for proposed in place.alternatives:
                yield OpenBracket(file=file, place=place, proposed=proposed)


def listing(found: Sequence[OpenBracket], view: Negotiation) -> list[str]:
    """The list as lines, a heading a file, the summary at the end."""
    lines: list[str] = []
    path = ""
    for one in found:
        if one.file.path != path:
            path = one.file.path
            lines += [f"{shown(one.file.title)} ({path})", ""]
        lines += [*_lines(one, view), ""]
    return [*lines, total(found, view)]


def total(found: Sequence[OpenBracket], view: Negotiation) -> str:
    """How many brackets in how many clauses, and the oldest."""
    if not found:
        return "No bracket is open."
    places = {(one.file.path, one.place.anchor) for one in found}
    line = f"{counted(len(found), 'bracket')} in {counted(len(places), 'clause')}"
    dated = [(one.since, index) for index, one in enumerate(found) if one.since is not None]
    if dated:
        oldest = found[min(dated)[1]]
        place = oldest.place.where
        where = place if oldest.file.path in place else f"{place} in {oldest.file.path}"
        line += f"; the oldest: {shown(where)}, {since(oldest, view)}"
    return f"{line}."


def since(one: OpenBracket, view: Negotiation) -> str:
    """Since when, how long, since which draft."""
    if one.since is None:
        return "since when is not known"
    days = counted((view.moment - one.since).days, "day")
    first = "on" if one.proposed else "first in"
    draft = f", {first} {one.draft}" if one.draft else ", in no draft yet"
    return f"since {show_day(one.since.astimezone(view.zone).date())} ({days}){draft}"


def _lines(one: OpenBracket, view: Negotiation) -> Iterator[str]:
    at = f"{one.place.id}, line {one.place.line}" if one.place.id else f"line {one.place.line}"
    yield f"  {shown(one.place.where)} ({at})"
    yield f"    {_short(one.text)}"
    if one.typed is not None:
        if one.typed.until:
            yield f"    it closes in {shown(one.typed.until)}"
        if not one.typed.paired:
            yield "    it has no partner in this text"
        yield f"    in the text, {since(one, view)}, brought by {shown(one.owner)}"
    elif one.proposed is not None:
        number = "contribution" if len(one.proposed.numbers) == 1 else "contributions"
        yield f"    {shown(asked(one.proposed))}, {number} {listed(one.proposed.numbers)}, {since(one, view)}"
    yield from (f"    beside it: {_short(other)}" for other in one.beside)
    yield f"    to lift it: {shown(one.lift)}"


def _short(text: str) -> str:
    flat = shown(text)
    return flat if len(flat) <= _LONG else f"{flat[: _LONG - 2]} …"
