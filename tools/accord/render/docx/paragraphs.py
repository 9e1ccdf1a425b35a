"""Paragraphs: their properties in the order that the schema wants, and what a redline adds to them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Shape(NamedTuple):
    """A paragraph's properties. ``left`` and ``hanging`` are twentieths of a point, None leaves them to the style.

    ``list`` is (instance, level) of :class:`accord.render.docx.lists.Lists`; ``align`` is left, center or right.
    """

    style: str = ""
    list: tuple[int, int] | None = None
    left: int | None = None
    hanging: int = 0
    rtl: bool = False
    align: str = ""
    keep: bool = False
    new_page: bool = False


@lru_cache(maxsize=2000)
def shaped(shape: Shape) -> str:
    """What stands inside ``w:pPr``."""
    parts: list[str] = []
    if shape.style:
        parts.append(f'<w:pStyle w:val="{shape.style}"/>')
    if shape.keep:
        parts.append("<w:keepNext/>")
    if shape.new_page:
        parts.append("<w:pageBreakBefore/>")
    if shape.list:
        number, level = shape.list
        parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    if shape.rtl:
        parts.append("<w:bidi/>")
    if shape.left is not None:
        first = f' w:hanging="{shape.hanging}"' if shape.hanging else ' w:firstLine="0"'
        parts.append(f'<w:ind w:left="{shape.left}"{first}/>')
    if shape.align:
        parts.append(f'<w:jc w:val="{shape.align}"/>')
    return "".join(parts)


def paragraph(content: str, shape: Shape, *, mark: str = "", change: str = "") -> str:
    """A paragraph. ``mark`` says how its end came or went, ``change`` how its properties changed, both as XML."""
    properties = shaped(shape)
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    properties += change
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>" if properties else f"<w:p>{content}</w:p>"
