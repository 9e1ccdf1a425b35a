"""Sentences of plain prose that read as an objection, in English, French and Spanish (C6).

A listed expert's is asked about before anything is called agreed, so the reading is cautious; but a question costs
people time, so what is denied, asked, supposed, past or quoted is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from accord.domain.forge.objecting_words import TONGUES, Tongue

_SPOKEN = (
    ("can't", "cannot"), ("can not", "cannot"), ("won't", "will not"), ("n't", " not"), ("i'm", "i am"),
    ("we're", "we are"), ("i've", "i have"), ("we've", "we have"), ("i'd", "i would"), ("we'd", "we would"),
    ("i'll", "i will"), ("we'll", "we will"),
)  # fmt: skip
_ENDS = re.compile(r"(?<=[.!?\u2026;])\s+|\n{2,}")
_QUOTED = re.compile('\u201c[^\u201d\n]*\u201d|\u00ab[^\u00bb\n]*\u00bb|\u201e[^\u201c\n]*\u201c|"[^"\n]*"')
_PARTS = re.compile(
    r"(?:,|\u2013|\u2014| -)? ?\b(?:but|yet|however|mais|pero|sino|cependant|sin embargo)\b,?"
)
_NAME = re.compile(r"[A-Z][A-Z_]+")
_LONGEST = 4000  # characters; what has no full stop for longer is read in pieces


def prose_objection(text: str, names: Iterable[str] = ()) -> str:
    """The first sentence of ``text`` that reads as an objection, as it was written; "" if there is none.

    ``names`` are those of entities: that one of them objects counts, too.
    """
    readers = _readers(tuple(sorted({_folded(name) for name in names} - {""})))
    for sentence in _sentences(text):
        parts = [
            part.strip(" ,:\u2013\u2014-")
            for part in _PARTS.split(_folded(_QUOTED.sub(" \u2026 ", sentence)))
        ]
        for objects, unless in readers:
            if any(objects.search(part) and not unless.search(part) for part in parts):
                return sentence
    return ""


@lru_cache(maxsize=8)
def _readers(names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    entities = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"
    return tuple(
        (_compiled(tongue.objects, tongue, entities), _compiled(tongue.unless, tongue, entities))
        for tongue in TONGUES
    )


def _compiled(lines: str, tongue: Tongue, entities: str) -> re.Pattern[str]:
    words = {**tongue.words, "ENTITIES": entities}

    def spelt(found: re.Match[str]) -> str:
        return f"(?:{_NAME.sub(spelt, words[found[0]])})"

    gap = rf"(?:,? (?!(?:{words.get('TURNS', '(?!)')})\b)[\w'-]+){{0,7}}?,?"
    return re.compile(
        "|".join(_NAME.sub(spelt, line).replace("..", gap) for line in lines.split("\n") if line)
    )


def _sentences(text: str) -> Iterator[str]:
    for sentence in _ENDS.split(text):
        words = " ".join(sentence.split())
        for start in range(0, len(words), _LONGEST):
            yield words[start : start + _LONGEST]


def _folded(text: str) -> str:
    """Lower case, without accents and typographic apostrophes, spoken forms written out."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("\u2019", "'"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    for spoken, written in _SPOKEN:
        plain = plain.replace(spoken, written)
    return " ".join(plain.replace("*", "").replace("_", " ").split())
