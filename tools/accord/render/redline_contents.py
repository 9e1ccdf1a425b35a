"""The head of the page: how many changes of which sort, the bar that stays in sight, and the table of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from operator import itemgetter

from accord.domain.text.redline import Redline, Side
from accord.render.authorship import Authorship
from accord.render.redline_notes import COLUMNS, INLINE, View, anchor
from accord.render.redline_words import credit, mark, place, remarks

_WHEN = {INLINE: "when-inline", COLUMNS: "when-side"}
_HEAD = ("No.", "Change", "Where", "Remarks")


def bar(redline: Redline, views: Sequence[View]) -> Iterator[str]:
    """Links that stay in sight: to the first change, to the table of changes and to the other view."""
    first = next(iter(redline.changes), None)
    links = []
    for view in views:
        kind = _when(view, views)
        if first is not None:
            links.append(f'<a{kind} href="#{anchor(first, view)}">first change</a>')
            links.append(f'<a{kind} href="#{view.name}-table">table of changes</a>')
        links += [
            f'<span{kind}>shown: {view.title.lower()}; <a href="#{other.id}">show {other.title.lower()}</a></span>'
            for other in views
            if other is not view
        ]
    if links:
        yield f'<nav class="bar" aria-label="Views and changes">{" ".join(links)}</nav>'


def contents(redline: Redline, views: Sequence[View], authorship: Authorship | None) -> Iterator[str]:
    """The table of changes, by number; a moved clause is listed where it is."""
    listed = sorted(
        (
            (row.number, file.path, row)
            for file in redline.files
            for row in file.rows
            if row.number is not None and not (row.moved and row.side is Side.OLD)
        ),
        key=itemgetter(0),
    )
    if not listed:
        return
    marks = "".join(f'<span id="{view.name}-table"></span>' for view in views)
    head = "".join(f'<th scope="col">{name}</th>' for name in (*_HEAD, *(["By"] if authorship else [])))
    yield f'<nav class="contents" aria-label="Table of changes">{marks}'
    yield f"<details open><summary>Table of changes</summary><table><thead><tr>{head}</tr></thead><tbody>"
    for number, path, row in listed:
        where = place(row.clause) if len(redline.files) == 1 else f"{path}, {place(row.clause)}"
        cells = [mark(row), where, "; ".join(remarks(row))]
        if authorship is not None:
            cells.append(credit(authorship.of(row)))
        links = "".join(f'<a{_when(view, views)} href="#{anchor(row, view)}">{number}</a>' for view in views)
        rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row">{links}</th>{rest}</tr>'
    yield "</tbody></table></details></nav>"


def _when(view: View, views: Sequence[View]) -> str:
    """The class of what belongs to one of two views."""
    return f' class="{_WHEN[view]}"' if len(views) > 1 else ""
