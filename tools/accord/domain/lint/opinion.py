"""A draft Opinion as the lint reads it: its parts under their keywords, and each clause with its source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.domain.text.clauses import LITERAL, Clause, Kind, digest
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import is_operative, number

# What is quoted, code, an address or HTML: its words are somebody else's. Bounded, so that no text takes long to read.
_QUOTED = re.compile(
    r"`+[^`]*`+"
    r'|"[^"]{0,4000}"'
    "|\u201c[^\u201d]{0,4000}\u201d|\u2018[^\u2019]{0,4000}\u2019|\u00ab[^\u00bb]{0,4000}\u00bb"
    r"|(?<!\w)'[^']{1,4000}'(?!\w)"
    r"|\]\([^)]{0,4000}\)"
    r"|<[^<>]{0,4000}>"
)
_SIGNS = re.compile(r"(?:[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s|\[\^[^\]\s]+\]:))*[\s>]*")
_SPACE = re.compile(r"[\s>]*")
_LEADING = re.compile(r"^(?:(?:further|also|again|[a-z]+ly)\s+)+", re.IGNORECASE)
_BODY = frozenset({Kind.PARAGRAPH, Kind.ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause with the lines it was typed in.

    ``source`` is what was typed, ``plain`` the same length with quotations and code as spaces; ``start`` is where its
    own words begin, after the sign of a list. ``line`` is 1-based. Offsets count characters of ``source``.
    """

    clause: Clause
    digest: str
    source: str
    plain: str
    start: int
    line: int

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        before = self.source[:offset]
        return self.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1

    @property
    def own(self) -> bool:
        """Whether it is a clause in its own words: a paragraph or an item, no quotation, note, table or code."""
        frames = self.clause.frames
        quoted = any(name == "quote" or name.startswith("note:") for name in frames)
        return self.clause.kind in _BODY and bool(self.clause.text) and not quoted

    @property
    def words(self) -> str:
        """Its own words as they were typed, on one line."""
        return " ".join(self.source[self.start :].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A keyword with what stands under it. ``operative``: its verb is in the present tense."""

    name: str
    keyword: Passage
    body: tuple[Passage, ...]
    operative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A draft Opinion. ``before`` is what stands above the first keyword; ``digest`` is one of all clauses."""

    path: str
    title: str
    stage: str
    language: str
    before: tuple[Passage, ...]
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    digest: str

    @property
    def outline(self) -> bool:
        """Whether it is an outline, which has points and need not have two parts (A10)."""
        return self.stage == "outline"

    @property
    def operative_part(self) -> int:
        """The index of the first operative part; the number of parts where there is none."""
        found = (index for index, part in enumerate(self.parts) if part.operative)
        return next(found, len(self.parts))


def read_opinion(text: str, path: str, front: Mapping[str, Any]) -> Opinion:
    """The Opinion that ``text`` is; ``front`` is its front matter, read.

    Raises:
        Refused: blocks nested deeper than anybody could follow.
    """
    (document,) = number([parse_document(path, text)])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    passages = tuple(_passage(one, lines) for one in document.clauses if one.kind is not Kind.FRONT)
    first, parts = _parts(passages)
    return Opinion(
        path=path,
        title=str(front.get("title") or ""),
        stage=str(front.get("stage") or "text"),
        language=str(front.get("language") or "en"),
        before=passages[:first],
        parts=parts,
        passages=passages,
        digest=_whole(passages),
    )


def without_leading(name: str) -> str:
    """A keyword without the adverbs before it: `further invites`, `deeply concerned`."""
    return _LEADING.sub("", " ".join(name.split()), count=1)


def _passage(clause: Clause, lines: Sequence[str]) -> Passage:
    source = "\n".join(lines[clause.lines[0] : clause.lines[1]])
    literal = clause.kind in LITERAL
    plain = " " * len(source) if literal else _QUOTED.sub(lambda found: " " * len(found[0]), source)
    return Passage(
        clause=clause,
        digest=digest(clause),
        source=source,
        plain=plain,
        start=0 if literal else _begins(clause, source),
        line=clause.lines[0] + 1,
    )


def _begins(clause: Clause, source: str) -> int:
    """Where the words begin: after the signs of the lists, quotations and notes that begin on the line."""
    signs = _SIGNS if clause.kind in {Kind.ITEM, Kind.FOOTNOTE} else _SPACE
    found = signs.match(source)
    return found.end() if found else 0


def _parts(passages: Sequence[Passage]) -> tuple[int, tuple[Part, ...]]:
    """How many passages stand above the first keyword, and the parts."""
    starts = [index for index, one in enumerate(passages) if one.clause.kind is Kind.KEYWORD]
    parts: list[Part] = []
    for start, end in zip(starts, [*starts, len(passages)][1:], strict=True):
        under = passages[start + 1 : end]
        heads = [
            i for i, one in enumerate(under) if one.clause.kind is Kind.HEADING and not one.clause.frames
        ]
        name = passages[start].clause.text[1:-1].rstrip(",: ")
        parts.append(
            Part(
                name=name,
                keyword=passages[start],
                body=tuple(under[: heads[0] if heads else len(under)]),
                operative=is_operative(without_leading(name)),
            )
        )
    return (starts[0] if starts else len(passages)), tuple(parts)


def _whole(passages: Sequence[Passage]) -> str:
    hashed = hashlib.sha256("\n".join(one.digest for one in passages).encode()).hexdigest()
    return f"all:{hashed[:32]}"
