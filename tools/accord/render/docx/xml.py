"""Text as XML that Word accepts: escaped, and free of signs that would be obeyed instead of seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'

# What XML forbids, what a terminal or a bidirectional text would obey, and what Word takes for a line's end.
_SIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """``text`` for element content or an attribute; a forbidden sign is written as its code."""
    return escape(_SIGN.sub(lambda match: f"U+{ord(match[0]):04X}", text))


def stretches(text: str) -> Iterator[tuple[bool, str]]:
    """``text`` cut where a sign must be shown by its code: (is it such a sign?, escaped text)."""
    at = 0
    for match in _SIGN.finditer(text):
        if at < match.start():
            yield False, escape(text[at : match.start()], quote=False)
        yield True, f"U+{ord(match[0]):04X}"
        at = match.end()
    if at < len(text):
        yield False, escape(text[at:], quote=False)
