"""Real texts and changes of them, by clause and by spelling.

The texts are the Report's and the Opinion template of this project, and two governance texts that lie beside it. A
change is made on the clauses of a text and written as Markdown again, so that it says exactly what it means to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from accord.domain.agreement.effect import Agreed, effect_against
from accord.domain.agreement.proposal import agreed_clauses, proposal
from accord.domain.record.values import Entry
from accord.domain.text.canonical import canonical, chunks
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.identity import Identified, carry
from accord.domain.text.markdown import parse_document

ROOT = Path(__file__).resolve().parents[3]
BESIDE = ROOT.parent / "shared" / "data" / "redline"
OWN = {
    "forum": "report/01-the-forum.md",
    "process": "report/02-preparatory-process.md",
    "opinion": "opinions/_template.md",
}
_ABSENT = pytest.mark.skipif(
    not BESIDE.is_dir(), reason="the real texts are not beside this repository (../shared/data/redline)"
)
LONG = [
    "opinion",
    *(pytest.param(name, marks=_ABSENT) for name in ("eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new")),
]
"""Those with clauses enough, under several headings or keywords, to have two that are no neighbours."""
TEXTS = [
    *OWN,
    *(pytest.param(name, marks=_ABSENT) for name in ("eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new")),
]
on_long_texts = pytest.mark.parametrize("name", LONG)
on_real_texts = pytest.mark.parametrize("name", TEXTS)
Effects = Mapping[str, Entry]
PROSE = (Kind.PARAGRAPH, Kind.ITEM)
NEW = "An invented sentence about lighthouses of Lyrania and the boats of Arcadia;"


@dataclass(frozen=True)
class Text:
    """A text with its clauses as the agreed text has them."""

    path: str
    source: str
    clauses: tuple[Clause, ...]
    known: tuple[Identified, ...]

    @property
    def agreed(self) -> Agreed:
        return Agreed(clauses=agreed_clauses(self.known))

    def id(self, index: int) -> str:
        return self.known[index].id


@cache
def real(name: str) -> Text:
    path = OWN.get(name, "report/04-text.md")
    source = (ROOT / path if name in OWN else BESIDE / f"{name}.md").read_text(encoding="utf-8")
    return text_of(path, source)


def text_of(path: str, source: str, base: Text | None = None) -> Text:
    document = parse_document(path, source)
    before = base.known if base else ()
    known = carry(before, [document], ever_given={one.id for one in before})
    return Text(path=path, source=source, clauses=document.clauses, known=known)


def written(text: Text, clauses: Sequence[Clause]) -> str:
    return canonical(Document(path=text.path, front=None, clauses=tuple(clauses)))


def effect(base: Text, source: str, agreed: Agreed | None = None) -> Effects:
    """The effect of a head on the text it was written on, or on a newer state of it."""
    head = text_of(base.path, source, base)
    found = effect_against(proposal(base.known, head.known), agreed or base.agreed)
    return {entry.id: entry for entry in found}


def outdated(before: Effects, after: Effects) -> set[str]:
    """The clauses on which a position given before is outdated afterwards."""
    return {id_ for id_, entry in before.items() if after.get(id_) != entry}


# --- Changes ---------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"(?<= )[A-Za-z]{3,}(?= )")


def rewordable(text: Text) -> list[int]:
    """Clauses of prose with several words between spaces, so that one of them can be another."""
    return [
        index
        for index, clause in enumerate(text.clauses)
        if clause.kind in (*PROSE, Kind.ROW, Kind.FOOTNOTE) and len(_WORD.findall(clause.text)) >= 3
    ]


def reworded(clause: Clause, nth: int, word: str = "lighthouse") -> Clause:
    words = list(_WORD.finditer(clause.text))
    found = words[nth % len(words)]
    return replace(clause, text=clause.text[: found.start()] + word + clause.text[found.end() :])


def without_children(text: Text) -> list[int]:
    """Clauses of prose that end where they end: nothing hangs below them, and they begin no list."""
    return [
        index
        for index, clause in enumerate(text.clauses)
        if clause.kind in PROSE
        and not (clause.apart or clause.detail)
        and clause.text
        and _frames(text, index - 1)[: len(clause.frames)] == clause.frames
        and (
            _frames(text, index + 1)[: len(clause.frames)] != clause.frames
            or (len(_frames(text, index + 1)) == len(clause.frames) and _kind(text, index + 1) is clause.kind)
            or not clause.frames
        )
    ]


def _frames(text: Text, index: int) -> tuple[str, ...]:
    return text.clauses[index].frames if 0 <= index < len(text.clauses) else ()


def _kind(text: Text, index: int) -> Kind | None:
    return text.clauses[index].kind if 0 <= index < len(text.clauses) else None


def siblings(text: Text) -> list[int]:
    """Each clause after which another of its kind follows in the same list or under the same heading."""
    alone = set(without_children(text))
    return [
        index
        for index in alone
        if index + 1 in alone
        and text.clauses[index].kind is text.clauses[index + 1].kind
        and text.clauses[index].container == text.clauses[index + 1].container
        and text.clauses[index].text != text.clauses[index + 1].text
    ]


# --- Format ----------------------------------------------------------------------------------------------------------


def by_chunk(change: Callable[[Clause, str, str], str]) -> Callable[[Text, Sequence[Clause]], str]:
    """A text with each clause of prose spelt otherwise: from clause, wording and what its lines begin with."""

    def spelt(text: Text, clauses: Sequence[Clause]) -> str:
        lines: list[str] = []
        for clause, chunk in zip(clauses, chunks(clauses), strict=True):
            body = chunk.body(chunk.text)
            if clause.kind in (*PROSE, Kind.FOOTNOTE):
                body = change(clause, body, chunk.rest)
            lines += [*chunk.gap, *f"{chunk.head}{body}{chunk.tail}".split("\n")]
        return "\n".join(lines) + "\n"

    return spelt


def _wrapped(every: int, end: str = "") -> Callable[[Clause, str, str], str]:
    def change(_clause: Clause, body: str, rest: str) -> str:
        count = 0

        def at(found: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return f"{end}\n{rest}" if count % every == 0 else found[0]

        return re.sub(r"(?<=[\w,;.])(?<!\\) (?=[A-Za-z])", at, body)

    return change


_SMART = str.maketrans({"\u2019": "'", "\u201c": '"', "\u201d": '"'})


def _straight(_clause: Clause, body: str, _rest: str) -> str:
    return re.sub(
        r"(?<=\w)\u2019(?=\w)|(?<=\s)\u201c(?=\w)|(?<=\w)\u201d", lambda m: m[0].translate(_SMART), body
    )


def _typographic(_clause: Clause, body: str, _rest: str) -> str:
    if "`" in body or "](" in body or "<" in body:
        return body
    body = re.sub(r"(?<=\w)'(?=\w)", "\u2019", body)
    body = re.sub(r'(?<=\s)"(?=\w)', "\u201c", body)
    return re.sub(r'(?<=\w)"', "\u201d", body)


def _emphasised(_clause: Clause, body: str, _rest: str) -> str:
    if any(sign in body for sign in "`_<\\"):
        return body
    body = re.sub(r"(?<![\w*])\*\*(\w[^*\n]*\w)\*\*(?![\w*])", r"__\1__", body)
    return re.sub(r"(?<![\w*])\*(\w[^*\n]*\w)\*(?![\w*])", r"_\1_", body)


def _by_source(change: Callable[[str], str]) -> Callable[[Text, Sequence[Clause]], str]:
    return lambda text, clauses: change(written(text, clauses))


def _outside_code(source: str, change: Callable[[str], str]) -> str:
    lines, inside = [], False
    for line in source.split("\n"):
        fence = line.lstrip().startswith("```")
        lines.append(line if inside or fence or line.strip() in ("---", "___") else change(line))
        inside ^= fence
    return "\n".join(lines)


def _other_marker(line: str) -> str:
    line = re.sub(r"^((?:[ >]|\d\. )*)- ", r"\1+ ", line)
    return re.sub(r"^( *)(\d+)\. ", r"\1\2) ", line)


FORMATS: dict[str, Callable[[Text, Sequence[Clause]], str]] = {
    "wrapped": by_chunk(_wrapped(5)),
    "wrapped at every word": by_chunk(_wrapped(1)),
    "lines that end in spaces": by_chunk(_wrapped(7, end="  ")),
    "no-break spaces": by_chunk(lambda _c, body, _r: re.sub(r"(?<=\d) (?=\w)", "\u00a0", body)),
    "straight quotes": by_chunk(_straight),
    "typographic quotes": by_chunk(_typographic),
    "emphasis with underscores": by_chunk(_emphasised),
    "another list marker": _by_source(lambda source: _outside_code(source, _other_marker)),
    "spaces at the end of lines": _by_source(
        lambda source: _outside_code(source, lambda line: line + " " if line else line)
    ),
    "line breaks of Windows": _by_source(lambda source: source.replace("\n", "\r\n")),
    "no line break at the end": _by_source(lambda source: source.rstrip("\n")),
    "more empty lines": _by_source(lambda source: re.sub(r"\n\n(?=[A-Z#])", "\n\n\n\n", source)),
}
