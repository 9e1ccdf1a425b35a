"""Text as Typst string literals: whatever somebody wrote stays text and can never be Typst code."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ARABIC = "\u0600-\u061b\u061d-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_HAN = "\u2e80-\u303f\u3040-\u30ff\u3100-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f"
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    f"|(?<=[^{_ARABIC}])[\u200c\u200d]|[\u200c\u200d](?=[^{_ARABIC}])|\\A[\u200c\u200d]\\Z"
)
_GREEK, _CYRILLIC = "\u0370-\u03ff\u1f00-\u1fff", "\u0400-\u052f"


def _run(language: str, letters: str, marks: str, between: str) -> str:
    """The pattern of words in one script, with what may stand between them."""
    word = f"[{letters}][{letters}{marks}]*"
    return f"(?P<{language}>{word}(?:{between}{word})*)"


_RUN = re.compile(
    "|".join(
        (
            f"(?P<ar>[ \u00a0]*[{_ARABIC}][ \u00a0{_ARABIC}\u200c\u200d]*)",
            f"(?P<zh>[{_HAN}]+)",
            _run("ru", _CYRILLIC, "\u0300-\u036f", "[ \u00a0,;.:-]+"),
            _run("el", _GREEK, "\u0300-\u036f", "[ \u00a0,;.:-]+"),
        )
    )
)
_OTHER = re.compile(rf"[{_ARABIC}{_HAN}{_GREEK}{_CYRILLIC}]")
_LEFT, _RIGHT = re.compile(r"[^\W\d_]"), re.compile(f"[{_HEBREW}{_ARABIC}]")
_LONG = re.compile(r"[!-%'-,.0->@-~]{25,}")
_STEP = 10
_ESCAPES = {"\\": "\\\\", '"': '\\"'}


def quoted(text: str) -> str:
    """One string literal on one line; signs that cannot be seen become their code, never obeyed."""
    return f'"{_escaped(shown(text))}"'


def shown(text: str) -> str:
    """``text`` as it is printed: a sign that cannot be seen as its code (``U+202E``)."""
    return _UNSEEN.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def pieces(text: str, *, apart: bool = False) -> Iterator[str]:
    """Typst expressions that print ``text``, each script in its language, with places to break a very long word.

    A sign that cannot be seen is printed as its code in a frame. ``apart``: it stands beside words that run from right
    to left, so every sign that is no letter is set alone, else Typst writes them into the file in the order of the eye.
    """
    text = text.replace("\t", "    ")
    at = 0
    for match in _UNSEEN.finditer(text):
        yield from _scripts(text[at : match.start()], apart)
        yield f"sign({quoted(match[0])})"
        at = match.end()
    yield from _scripts(text[at:], apart)


def has_leftward(text: str) -> bool:
    """Has it words that run from right to left?"""
    return not text.isascii() and bool(_RIGHT.search(text))


def leftward(text: str) -> bool:
    """Is the first letter one of a script written from right to left?"""
    first = _LEFT.search(text)
    return bool(first and _RIGHT.match(first[0]))


def turned(expression: str) -> str:
    """``expression`` as a paragraph that runs from right to left."""
    # Where an Arabic word has the direction of its paragraph, Typst writes no direction signs into the file.
    return f'{{let (ar, gap, code, html) = leftward;set text(dir: rtl, lang: "ar");{expression}}}'


def _scripts(text: str, apart: bool) -> Iterator[str]:
    plain = _apart if apart else _plain
    if not _OTHER.search(text):
        yield from plain(text)
        return
    at = 0
    for match in _RUN.finditer(text):
        yield from plain(text[at : match.start()])
        if match.lastgroup == "ar":
            yield from _arabic(match[0])
        else:
            yield f'{match.lastgroup}("{_escaped(match[0])}")'
        at = match.end()
    yield from plain(text[at:])


def _apart(text: str) -> Iterator[str]:
    for index, part in enumerate(re.split(r"([^\w])", text)):
        if part:
            yield f'odd("{_escaped(part)}")' if index % 4 == 1 else f'"{_escaped(part)}"'


def _arabic(run: str) -> Iterator[str]:
    """Words and spaces apart: Typst writes words that it set in one go into the file from left to right."""
    for word in re.split("([ \u00a0]+)", run):
        if word:
            yield f'{"gap" if word.isspace() else "ar"}("{word}")'


def _plain(text: str) -> Iterator[str]:
    at = 0
    for match in _LONG.finditer(text):
        for cut in range(match.start() + _STEP, match.end(), _STEP):
            yield f'"{_escaped(text[at:cut])}"'
            yield "z"
            at = cut
    if text[at:]:
        yield f'"{_escaped(text[at:])}"'


def _escaped(text: str) -> str:
    if "\\" not in text and '"' not in text:
        return text
    return "".join(_ESCAPES.get(sign, sign) for sign in text)


def joined(expressions: list[str]) -> str:
    """One expression for several in a row."""
    if len(expressions) == 1:
        return expressions[0]
    return "{" + ";".join(expressions) + "}" if expressions else "[]"


def text(said: str) -> str:
    """One expression that prints ``said``."""
    return joined(list(pieces(said, apart=has_leftward(said))))


def at(place: str, label: str = "") -> str:
    """A comment that names the place of the lines after it, for whoever must say where a sign stands."""
    return f"//@ {shown(place)}\t{shown(label)}"
