"""The paragraph that a clause becomes: its style, its place in lists and quotations, its number."""

from __future__ import annotations

from accord.domain.text.clauses import Clause, Kind
from accord.render.docx.book import Book
from accord.render.docx.lists import NOTHING
from accord.render.docx.paragraphs import Shape
from accord.render.docx.signs import Sign

_STYLES = {
    Kind.FRONT: "FrontMatter",
    Kind.KEYWORD: "Keyword",
    Kind.CAPTION: "Caption",
    Kind.CODE: "Code",
    Kind.HTML: "RawHtml",
    Kind.RULE: "Rule",
    Kind.FOOTNOTE: "FootnoteText",
}
_FIRST, _FURTHER, _QUOTED = 794, 397, 567
_DEEPEST = 6000  # so that some of the line is left for words
_LEVELS = 6


def shape_of(book: Book, clause: Clause, sign: Sign | None, *, shift: int = 0, rtl: bool = False) -> Shape:
    """The shape of a clause that is no table row. ``shift`` is added to the level of headings."""
    numbered = (book.lists.instance(*sign), sign.level) if sign else None
    style = _style(clause, shift)
    left = hanging = None
    if clause.frames and clause.kind not in {Kind.FOOTNOTE, Kind.HEADING}:
        left, step = indent(clause.frames)
        if clause.kind is Kind.ITEM and sign and sign.printed == NOTHING:
            left -= step
        elif clause.kind is Kind.ITEM:
            hanging = step
    return Shape(style=style, list=numbered, left=left, hanging=hanging or 0, rtl=rtl)


def indent(frames: tuple[str, ...]) -> tuple[int, int]:
    """How far in the words of a clause stand, and how much of that the innermost list adds."""
    left = step = lists = 0
    for name in frames:
        if name in {"bullet", "ordered"}:
            step = _FURTHER if lists else _FIRST
            lists += 1
            left += step
        elif name == "quote":
            left += _QUOTED
    return min(left, _DEEPEST), step


def _style(clause: Clause, shift: int) -> str:
    if clause.kind is Kind.HEADING:
        return f"Heading{min(_LEVELS, clause.level + shift)}"
    if clause.kind in _STYLES:
        return _STYLES[clause.kind]
    if "quote" in clause.frames:
        return "Quote"
    if any(name.startswith("note:") for name in clause.frames):
        return "FootnoteText"
    depth = clause.level
    return f"Enumlev{min(3, depth)}" if depth else ""
