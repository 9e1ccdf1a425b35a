"""Open square brackets: the mark of what is not agreed, told apart from every other use of the sign (R23)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.domain.drafts.bracket_pairs import CLOSING, OPENING, Match, Sign, matches, outermost
from accord.domain.text.clauses import LITERAL, Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node

_SHOWN = 60
_TASK = re.compile(r"\A\[[ xX]\] ")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_QUOTED_OMISSION = re.compile(r"(?<=[\w\s\"“„«\u2018'])\[(?:\.{3}|…|sic)\]")
_OPENING_QUOTE, _CLOSING_QUOTE = "“„«", "”»"
# A provisional number: DRAFT RESOLUTION [SEN-1], [ABC/12]; not what looks alike, such as [IMT-2020] or [COVID-19].
_NUMBER = re.compile(r"\[[A-Z]{1,4}(?:[-/.][A-Z0-9]{1,8}(?=[-/.]))?[-/.]?\d{1,3}[A-Z]?\]")
_NAMED_NUMBER = re.compile(
    r"(?:opinion|resolution|recommendation|decision|question|report|document|annex|table|figure)s?\s+\[[A-Z0-9][A-Z0-9./-]{0,19}\]",
    re.IGNORECASE,
)
# What the front matter has in words that documents print; its other values are lists, names and dates.
_TITLES = ("title:", "subtitle:", "abstract:", "purpose:", "basis:", "source:", "supersedes:", "agenda_item:")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,/;]|or|and)?\s*")
_PLAIN_SIGNS = str.maketrans(OPENING + CLOSING, "[[]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A pair of square brackets, or one that has no partner in its file.

    ``line`` is 1-based, that of the clause it opens in; ``text`` is shortened, ``whole`` is not. ``until`` and
    ``until_line`` are label and line of the clause in which it closes, if that is another one. ``inside`` are the
    pairs directly in it; ``row`` those that stand in a row as alternatives, itself among them at place ``turn``.
    ``first`` and ``last`` are the clauses it opens and closes in, by their place among those asked about, and ``at``
    is where it begins in the words of its clause. ``brought`` says who brought it and since when, "" where nobody was
    asked.
    """

    path: str
    line: int
    label: str
    text: str
    paired: bool
    whole: str = ""
    until: str = ""
    until_line: int | None = None
    inside: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    turn: int = 0
    first: int = 0
    last: int = 0
    at: int = 0
    brought: str = ""

    @property
    def beside(self) -> tuple[str, ...]:
        """The alternatives that stand next to it."""
        return self.row[: self.turn] + self.row[self.turn + 1 :]


def open_brackets(clauses: Iterable[Clause]) -> tuple[Bracket, ...]:
    """Every negotiating bracket of these clauses, in reading order.

    No bracket of this kind are those of links, pictures, footnotes, task lists, code, raw HTML, lists of the front
    matter, provisional numbers of documents (``DRAFT RESOLUTION [SEN-1]``), and an omission inside a quotation.
    One that opens in a clause may close in a later one of the same file, the front matter and each note apart.
    Only the outermost pair counts; what stands inside it is part of it.
    """
    flows: dict[tuple[str, str], list[tuple[int, Clause]]] = {}
    for index, clause in enumerate(clauses):
        flows.setdefault((clause.path, _flow(index, clause)), []).append((index, clause))
    found = [one for flow in flows.values() for one in _of(flow)]
    return tuple(bracket for _, bracket in sorted(found, key=lambda one: one[0]))


def provisional_numbers(clauses: Iterable[Clause]) -> tuple[Bracket, ...]:
    """The provisional numbers of documents: no disagreement, but nothing that a final text has."""
    out = []
    for index, clause in enumerate(clauses):
        words = _prose(clause)
        spans = {found.span() for pattern in (_NUMBER, _NAMED_NUMBER) for found in pattern.finditer(words)}
        numbers = dict.fromkeys(words[words.index("[", start) : end] for start, end in sorted(spans))
        out += [_bracket(clause, index, text=text) for text in numbers]
    return tuple(out)


def _flow(index: int, clause: Clause) -> str:
    """Words that are read one after another: a title is one, a note is one, the rest of the file is one."""
    if clause.kind is Kind.FRONT:
        return f"front:{index}"
    return next((frame for frame in clause.frames if frame.startswith("note:")), "")


def _of(flow: Sequence[tuple[int, Clause]]) -> Iterator[tuple[tuple[int, int], Bracket]]:
    """The brackets of one flow, each with the clause and the place in it where it begins."""
    texts = [_prose(clause) for _, clause in flow]
    signs = [
        _blank(text, task=clause.kind is Kind.ITEM) for text, (_, clause) in zip(texts, flow, strict=True)
    ]
    found = outermost(matches(signs))
    rows = _rows([it for it, _ in found], texts)
    for one, inner in found:
        start = one.first.clause
        index, clause = flow[start]
        bracket = _bracket(clause, index, text=_words_of(one, texts), paired=one.paired, at=one.first.at)
        if one.opening and one.closing and one.closing.clause != start:
            last, closing = flow[one.closing.clause]
            bracket = replace(bracket, last=last, until=closing.label, until_line=closing.lines[0] + 1)
        row, turn = rows.get(one, ((), 0))
        inside = tuple(_words_of(it, texts) for it in inner)
        yield (index, one.first.at), replace(bracket, inside=inside, row=row, turn=turn)


def _bracket(clause: Clause, index: int, *, text: str, paired: bool = True, at: int = 0) -> Bracket:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 2] + " …"
    return Bracket(
        path=clause.path,
        line=clause.lines[0] + 1,
        label=clause.label,
        text=shown,
        paired=paired,
        whole=text,
        first=index,
        last=index,
        at=at,
    )


def _words_of(one: Match, texts: Sequence[str]) -> str:
    """What a pair holds, with its signs; for a sign alone what follows an opening one, and a closing one itself."""
    if one.opening is None:
        return texts[one.first.clause][one.first.at]
    text = texts[one.opening.clause][one.opening.at :]
    if one.closing is None:
        return text
    if one.closing.clause == one.opening.clause:
        return text[: one.closing.at - one.opening.at + 1]
    between = texts[one.opening.clause + 1 : one.closing.clause]
    parts = [text, *between, texts[one.closing.clause][: one.closing.at + 1]]
    return " ".join(part.strip() for part in parts if part.strip())


def _rows(found: Sequence[Match], texts: Sequence[str]) -> Mapping[Match, tuple[tuple[str, ...], int]]:
    """Alternatives: pairs of one clause that only white space, a comma, a slash or `or` parts from one another."""
    rows: list[list[Match]] = []
    for one in found:
        before = rows[-1][-1] if rows else None
        if not one.paired or _end(one).clause != one.first.clause:
            continue
        joined = (
            before is not None
            and before.first.clause == one.first.clause
            and _BETWEEN.fullmatch(texts[one.first.clause], _end(before).at + 1, one.first.at)
        )
        if joined:
            rows[-1].append(one)
        else:
            rows.append([one])
    out: dict[Match, tuple[tuple[str, ...], int]] = {}
    for row in rows:
        shown = tuple(_words_of(it, texts) for it in row)
        out |= {it: (shown, turn) for turn, it in enumerate(row)}
    return out


def _end(one: Match) -> Sign:
    return one.closing or one.first


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
                words = _words(node.children)
                parts.append(" " if node.tag == "link" and _ADDRESS.fullmatch(words) else words)
            case _:
                parts.append(" ")
    return "".join(parts)


def _blank(text: str, *, task: bool) -> str:
    """The same text, of the same length, without the signs that are no negotiating brackets."""
    text = text.translate(_PLAIN_SIGNS)
    for pattern in (*((_TASK,) if task else ()), _NOTE, _NUMBER, _NAMED_NUMBER):
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
