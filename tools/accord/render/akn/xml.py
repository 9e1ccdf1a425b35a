"""Elements and how they are written: strict escaping, and no sign that XML forbids or that would steer a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# What XML 1.0 has no way to hold, and what turns the direction of writing.
_SIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ATTRIBUTE = {**_ESCAPES, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
# Elements that hold words: inside them a line break would be a space that nobody wrote.
_WORDS = frozenset({"p", "num", "heading", "crossHeading", "block", "caption", "tr"})
_STEP = "  "


@dataclass(slots=True)
class Element:
    """An element with its attributes (those that are "" are left out) and what it holds, in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def add(self, name: str, /, *children: Element | str, **attributes: str) -> Element:
        """A new element at the end of this one; a trailing ``_`` of an attribute's name is dropped."""
        made = element(name, *children, **attributes)
        self.children.append(made)
        return made


def element(name: str, /, *children: Element | str, **attributes: str) -> Element:
    """An element by itself."""
    named = {key.rstrip("_"): value for key, value in attributes.items()}
    return Element(name, named, list(children))


def document(root: Element) -> bytes:
    """The whole file in UTF-8."""
    root.attributes = {"xmlns": NAMESPACE, **root.attributes}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, "")]
    return ("\n".join(lines) + "\n").encode()


def spelled(text: str) -> list[Element | str]:
    """Text as children of an element: each sign that cannot or must not stand there is named by its code."""
    parts: list[Element | str] = []
    at = 0
    for match in _SIGN.finditer(text):
        parts += [text[at : match.start()], element("inline", _code(match), name="sign")]
        at = match.end()
    return [part for part in (*parts, text[at:]) if part]


def _code(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"


def _lines(one: Element, margin: str) -> Iterator[str]:
    if one.name in _WORDS or not one.children:
        yield f"{margin}{_inline(one)}"
        return
    yield f"{margin}<{one.name}{_attributes(one)}>"
    for child in one.children:
        if isinstance(child, str):
            raise TypeError(f"<{one.name}> holds no words")
        yield from _lines(child, margin + _STEP)
    yield f"{margin}</{one.name}>"


def _inline(one: Element) -> str:
    start = f"<{one.name}{_attributes(one)}"
    if not one.children:
        return f"{start}/>"
    return f"{start}>{_joined(one.children)}</{one.name}>"


def _joined(children: Iterable[Element | str]) -> str:
    return "".join(
        _escaped(child, _ESCAPES) if isinstance(child, str) else _inline(child) for child in children
    )


def _attributes(one: Element) -> str:
    return "".join(
        f' {name}="{_escaped(_SIGN.sub(_code, value), _ATTRIBUTE)}"'
        for name, value in one.attributes.items()
        if value
    )


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(sign, sign) for sign in text)
