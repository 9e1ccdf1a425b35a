"""The numbered paragraphs of a section or of an operative part, each with the blocks that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accord.domain.text.clauses import Clause, Kind
from accord.render.akn.blocks import Blocks
from accord.render.akn.inline import words
from accord.render.akn.notes import Notes
from accord.render.akn.places import Located, Places
from accord.render.akn.xml import Element

_LISTS = ("bullet", "ordered")


def paragraphs(
    section: Element,
    clauses: Iterable[Located],
    *,
    places: Places,
    notes: Notes,
    sign: Callable[[Clause], str],
    operative: bool = False,
) -> None:
    """Write clauses into ``section`` as ``paragraph`` elements; what follows a paragraph unnumbered belongs to it.

    ``operative``: the items of a list that stands by itself are paragraphs of their own.
    """
    above = section.attributes["eId"]
    blocks: Blocks | None = None
    for one in clauses:
        clause = one.clause
        outer = int(operative and bool(clause.frames) and clause.frames[0] in _LISTS)
        if clause.kind is Kind.HEADING and not clause.frames:
            heading = section.add("crossHeading", eId=places.new(above, "crossHeading", ""), wId=one.id)
            heading.children = words(clause, notes)
            blocks = None
            continue
        begins = (clause.kind is Kind.PARAGRAPH and not clause.frames) or (
            outer and clause.kind is Kind.ITEM and len(clause.frames) == 1
        )
        if begins or blocks is None or (blocks.outer and not outer):
            paragraph = _paragraph(section, one if begins else None, places, sign(clause) if begins else "")
            place = paragraph.attributes["eId"]
            blocks = Blocks(
                target=paragraph.add("content", eId=places.new(place, "content", "")),
                above=place,
                places=places,
                notes=notes,
                sign=sign,
                outer=outer,
            )
        if begins:
            blocks.target.add("p", *words(clause, notes))
        else:
            blocks.outer = outer
            blocks.add(one)


def _paragraph(section: Element, one: Located | None, places: Places, sign: str) -> Element:
    place = places.new(section.attributes["eId"], "para", sign)
    made = section.add("paragraph", eId=place, wId=one.id if one else "")
    if sign:
        made.add("num", sign)
    return made
