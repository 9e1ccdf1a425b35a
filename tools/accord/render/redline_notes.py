"""What stands at each change on the page: its number, sort and place, whose it is, and the way to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from accord.domain.text.clauses import Clause
from accord.domain.text.redline import Redline, Row, Side
from accord.render.authorship import Authorship
from accord.render.redline_words import mark, said_of


@dataclass(frozen=True, slots=True)
class View:
    """One of the two ways to read a redline; its name begins the ids of all that stands in it."""

    name: str
    id: str
    title: str


INLINE = View("change", "inline", "Both texts in one")
COLUMNS = View("side", "side-by-side", "Side by side")


def anchor(row: Row, view: View) -> str:
    """The id of a change's place; a moved clause has two."""
    return f"{view.name}-{row.number}" + ("-from" if row.moved and row.side is Side.OLD else "")


class Notes:
    """Writes the notes of one view. ``other`` is the view that the page also holds, if it does."""

    def __init__(self, redline: Redline, view: View, *, authorship: Authorship | None, other: View | None):
        self._view = view
        self._authorship = authorship
        self._other = other
        self._last = max((row.number or 0 for row in redline.changes), default=0)
        order = [anchor(row, view) for row in redline.changes]
        self._after = dict(pairwise(order))
        self._before = {after: before for before, after in self._after.items()}

    def note(self, row: Row, tag: str = "span") -> str:
        """The note of a changed row as the element ``tag``; "" for one that did not change."""
        if row.number is None:
            return ""
        here = anchor(row, self._view)
        return (
            f'<{tag} class="change" id="{here}"><b>{row.number} {mark(row)}</b> {" · ".join(self._said(row))}'
            f' <span class="steps">{self._steps(row, here)}</span></{tag}>'
        )

    def facts(self, row: Row) -> str:
        """The attributes of the row's ``ins`` and ``del``: when it was proposed, and the note that says by whom."""
        if row.number is None or self._authorship is None:
            return ""
        author = self._authorship.of(row)
        return f' datetime="{author.stamp}" cite="#{anchor(row, self._view)}"'

    def _said(self, row: Row) -> list[str]:
        said = [escape(text) for text in said_of(row, self._authorship)]
        if row.moved:
            elsewhere = f"{self._view.name}-{row.number}" + ("" if row.side is Side.OLD else "-from")
            said[1] = f'<a href="#{elsewhere}">{said[1]}</a>'
        return said

    def _steps(self, row: Row, here: str) -> str:
        links = [f"change {row.number} of {self._last}"]
        if here in self._before:
            links.append(f'<a href="#{self._before[here]}">previous change</a>')
        if here in self._after:
            links.append(f'<a href="#{self._after[here]}">next change</a>')
        if self._other is not None:
            links.append(f'<a href="#{anchor(row, self._other)}">{self._other.title.lower()}</a>')
        return " · ".join(links)


def structure(clause: Clause, name: str = "data") -> str:
    """What a clause is besides its words, as attributes that begin with ``name``; what is usual is left out."""
    found = f' {name}-kind="{clause.kind.value}"'
    if clause.level:
        found += f' {name}-level="{clause.level}"'
    if frames := clause.frames:
        found += f' {name}-frames="{escape(" ".join(frames))}"'
    if clause.apart:
        found += f' {name}-apart="{clause.apart}"'
    if clause.detail:
        found += f' {name}-detail="{escape(clause.detail)}"'
    return found
