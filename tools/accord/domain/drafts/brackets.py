"""Open square brackets: the mark of what is not agreed, told apart from every other use of the sign (R23)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node

_SHOWN = 60
_TASK = re.compile(r"\A\[[ xX]\] ")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_QUOTED_OMISSION = re.compile(r"(?<=[\w\s\"“„«\u2018'])\[(?:\.{3}|…|sic)\]")
_OPENING_QUOTE, _CLOSING_QUOTE = "“„«", "”»"
# A provisional number: DRAFT RESOLUTION [SEN-1], [ABC/12].
_NUMBER = re.compile(r"\[[A-Z][A-Z0-9]*(?:[-/.][A-Z0-9]+)*[-/]?\d+[A-Z]?\]")
_NAMED_NUMBER = re.compile(
    r"(?:opinion|resolution|recommendation|decision|question|report|document|annex|table|figure)s?\s+\[[A-Z0-9][A-Z0-9./-]{0,19}\]",
    re.IGNORECASE,
)
_TITLES = ("title:", "subtitle:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A pair of square brackets, or one that has no partner in its clause; ``line`` is 1-based, ``text`` shortened."""

    path: str
    line: int
    label: str
    text: str
    paired: bool


def open_brackets(clauses: Iterable[Clause]) -> tuple[Bracket, ...]:
    """Every negotiating bracket of these clauses, in reading order.

    No bracket of this kind are those of links, pictures, footnotes, task lists, code, raw HTML, lists of the front
    matter, provisional numbers of documents (``DRAFT RESOLUTION [SEN-1]``), and an omission inside a quotation.
    Only the outermost pair counts; what stands inside it is part of it.
    """
    return tuple(bracket for clause in clauses for bracket in _of(clause))


def _of(clause: Clause) -> Iterator[Bracket]:
    for start, end, paired, text in _pairs(_blank(_prose(clause))):
        shown = text[start:end]
        if len(shown) > _SHOWN:
            shown = shown[: _SHOWN - 2] + " …"
        yield Bracket(
            path=clause.path, line=clause.lines[0] + 1, label=clause.label, text=shown, paired=paired
        )


def _prose(clause: Clause) -> str:
    """The words in which a bracket is a bracket."""
    if clause.kind is Kind.FRONT:
        return clause.text.partition(":")[2] if clause.text.startswith(_TITLES) else ""
    if clause.kind in LITERAL:
        return ""
    return _words(tree(clause.kind, clause.text))


def _words(nodes: Iterable[Node]) -> str:
    parts = []
    for node in nodes:
        match node.tag:
            case "text":
                parts.append(node.text)
            case "link" | "em" | "strong" | "s":
                parts.append(_words(node.children))
            case _:
                parts.append(" ")
    return "".join(parts)


def _blank(text: str) -> str:
    """The same text, of the same length, without the signs that are no negotiating brackets."""
    for pattern in (_TASK, _NOTE, _NUMBER, _NAMED_NUMBER):
        text = pattern.sub(_unbracketed, text)
    return _QUOTED_OMISSION.sub(lambda found: _unbracketed(found) if _quoted(text, found) else found[0], text)


def _unbracketed(found: re.Match[str]) -> str:
    return found[0].replace("[", " ").replace("]", " ")


def _quoted(text: str, found: re.Match[str]) -> bool:
    """Whether an opening quotation mark before it is still open."""
    before = text[: found.start()]
    opened = sum(before.count(sign) for sign in _OPENING_QUOTE)
    closed = sum(before.count(sign) for sign in _CLOSING_QUOTE)
    return opened > closed or before.count('"') % 2 == 1


def _pairs(text: str) -> Iterator[tuple[int, int, bool, str]]:
    """Start and end of each outermost pair, and of each sign without a partner."""
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign == "[":
            opened.append(index)
        elif sign == "]":
            if not opened:
                yield index, index + 1, False, text
                continue
            start = opened.pop()
            if not opened:
                yield start, index + 1, True, text
    if opened:
        yield opened[0], len(text), False, text
