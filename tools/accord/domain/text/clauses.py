"""Clause and Document: what people agree on, free of how it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

DIGEST_VERSION = "1"

_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'"}
    | {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"'}
)
_BLOCK = r"(?m)\s*[|>][-+0-9]*(\s*#.*)?$"
_QUOTED = r"""(["'])([^"'\\]*)\1"""


class Kind(Enum):
    """What a clause is; together with the text it decides the digest."""

    FRONT = "front"
    HEADING = "heading"
    KEYWORD = "keyword"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    HEADER = "header-row"
    ROW = "row"
    CODE = "code"
    HTML = "html"
    RULE = "rule"
    FOOTNOTE = "footnote"


LITERAL = frozenset({Kind.FRONT, Kind.CODE, Kind.HTML, Kind.RULE})
"""Kinds whose text is literal lines; all others hold canonical inline Markdown."""

ROWS = frozenset({Kind.HEADER, Kind.ROW})

_NAMING = ("heading:", "keyword:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause.

    ``level``: a heading's level (1-6); for everything else how many lists it stands in.
    ``container``: ``heading:TEXT`` and ``keyword:TEXT`` it stands under, outermost first, then the blocks it stands in:
    ``bullet``, ``ordered``, ``quote``, ``note:LABEL``.
    ``text``: canonical inline Markdown (white space collapsed, one newline only for a hard break); a table row is
    ``| a | b |``; a code block is its info line, then its lines; front matter, HTML and code are kept literally.
    ``apart``: how many of the innermost blocks it shares by name with the clause before it are in truth new ones
    (two lists or two quotations in a row); nearly always 0.
    ``detail``: where a list starts that does not start at 1 (on its first item), or a table's column alignment
    (one of ``-lcr`` a column, on its header row).
    ``lines``: its place in the source, 0-based, half-open. ``label``: its printed number, "" when it has none.
    Neither takes part in equality.
    """

    path: str
    kind: Kind
    text: str
    level: int = 0
    container: tuple[str, ...] = ()
    apart: int = 0
    detail: str = ""
    lines: tuple[int, int] = field(default=(0, 0), compare=False)
    label: str = field(default="", compare=False)

    @property
    def frames(self) -> tuple[str, ...]:
        """The blocks it stands in, without the headings and keywords it stands under."""
        return _frames(self.container)

    @property
    def under(self) -> str:
        """The text of the keyword or heading it stands under, "" at the top."""
        return _under(self.container)


@lru_cache(maxsize=10_000)
def _frames(container: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in container if not name.startswith(_NAMING))


@lru_cache(maxsize=10_000)
def _under(container: tuple[str, ...]) -> str:
    names = [name for name in container if name.startswith(_NAMING)]
    return names[-1].partition(":")[2] if names else ""


def labelled(clause: Clause, label: str) -> Clause:
    """The clause with its printed number."""
    if label == clause.label:
        return clause
    return Clause(  # a text has thousands; `replace` takes four times as long
        path=clause.path,
        kind=clause.kind,
        text=clause.text,
        level=clause.level,
        container=clause.container,
        apart=clause.apart,
        detail=clause.detail,
        lines=clause.lines,
        label=label,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file. ``front`` is its raw front matter (also present as clauses), None when it has none."""

    path: str
    front: str | None
    clauses: tuple[Clause, ...]


def digest(clause: Clause) -> str:
    """``1:`` and 32 hex digits over kind and what the clause says (C5).

    White space, wrapping (a hard break is one), the spelling of markup and typographic quotes don't count. Structure
    (level, container) is carried beside the digest, not in it.
    """
    import hashlib  # its start costs as much as the comparison of a short text

    hashed = hashlib.sha256(f"{clause.kind.value}\n{_said(clause)}".encode()).hexdigest()
    return f"{DIGEST_VERSION}:{hashed[:32]}"


def _said(clause: Clause) -> str:
    """The text without what doesn't count and the canonical text has not dropped yet."""
    # The same letter may be typed as one character or as two; nobody sees which.
    text = unicodedata.normalize("NFC", clause.text)
    match clause.kind:
        case Kind.FRONT:
            return _value_said(text)
        case Kind.CODE:
            return "\n".join(line.rstrip() for line in text.split("\n"))
        case kind if kind in LITERAL:
            return text
        case _:
            return text.replace("\\\n", " ").translate(_QUOTES)


def _value_said(text: str) -> str:
    """A key of the front matter and its value, however the value is quoted and wrapped."""
    key, _, value = text.partition(":")
    if re.match(_BLOCK, value):
        return text  # a literal block keeps its lines
    value = " ".join(value.split())
    if quoted := re.fullmatch(_QUOTED, value):
        value = quoted[2]
    return f"{key}: {value.translate(_QUOTES)}"
