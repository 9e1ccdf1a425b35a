"""Which way a paragraph runs, and which of its words Word must be told to run from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RTL = "\u0590-\u05ff\u0600-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_ANY = re.compile(f"[{_RTL}]")
_LTR = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u058f\u0900-\u1fff\u2c00-\ud7ff"
_STRONG = re.compile(f"[{_LTR}{_RTL}]")
_WORDS = re.compile(f"[{_LTR}]+")


def has_rtl(text: str) -> bool:
    """Are there letters that run from right to left?"""
    return not text.isascii() and _ANY.search(text) is not None


def runs_left(text: str) -> bool:
    """Does the paragraph run from right to left, as its first letter does?"""
    if text.isascii():
        return False
    first = _STRONG.search(text)
    return first is not None and _ANY.match(first[0]) is not None


def directed(text: str, rtl: bool) -> Iterator[tuple[bool, str]]:
    """``text`` cut by direction: (right to left?, part). In a right-to-left paragraph all but foreign words run so.

    A part's direction depends on nothing around ``text``, except that signs between two right-to-left words in it
    go with them.
    """
    if not rtl and not has_rtl(text):
        yield False, text
        return
    at = 0
    for match in _WORDS.finditer(text) if rtl else _PHRASES.finditer(text):
        if at < match.start():
            yield rtl, text[at : match.start()]
        yield not rtl, match[0]
        at = match.end()
    if at < len(text):
        yield rtl, text[at:]


_PHRASES = re.compile(f"[{_RTL}](?:[^{_LTR}]*[{_RTL}])?")
