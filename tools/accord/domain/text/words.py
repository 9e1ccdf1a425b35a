"""What changed inside one clause, word by word; markup is never torn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from accord.domain.text.clauses import LITERAL, ROWS, Kind
from accord.domain.text.inline import atoms, joined
from accord.domain.text.nodes import visible
from accord.domain.text.spelling import Atom

_ALIKE = 0.5
_SHORT_WORD = 3


class SpanOp(Enum):
    """``FORMAT``: the same words with other markup or another target. ``WITHIN``: a change inside kept markup."""

    KEEP = "keep"
    DEL = "del"
    INS = "ins"
    FORMAT = "format"
    WITHIN = "within"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a changed clause.

    ``atoms``: what is kept, deleted or inserted; for ``FORMAT`` the new reading, ``before`` the old one; for ``WITHIN``
    the one wrapper whose ``inside`` changed. Joining the texts of one side gives its canonical text exactly.
    """

    op: SpanOp
    atoms: tuple[Atom, ...]
    before: tuple[Atom, ...] = ()
    inside: tuple[Span, ...] = field(default=())

    @property
    def text(self) -> str:
        """The canonical text of its atoms."""
        return joined(self.atoms)


class _Region(NamedTuple):
    """Two stretches that stand for each other; ``op`` KEEP, FORMAT, WITHIN, or DEL for any other change."""

    op: SpanOp
    old: tuple[Atom, ...]
    new: tuple[Atom, ...]
    inside: tuple[_Region, ...] = ()


def spans(kind: Kind, old: str, new: str) -> tuple[Span, ...]:
    """The changes between two canonical texts of one kind; swapping the texts mirrors them exactly."""
    if old == new:
        return (Span(op=SpanOp.KEEP, atoms=atoms(kind, old)),) if old else ()
    swap = old > new
    first, second = (new, old) if swap else (old, new)
    return tuple(_spans(_regions(kind, atoms(kind, first), atoms(kind, second)), swap=swap))


def side(row: Sequence[Span], op: SpanOp) -> str:
    """The text of one side: of the old one for ``DEL``, of the new one for ``INS``."""
    parts: list[str] = []
    for span in row:
        if span.op is SpanOp.WITHIN:
            parts += [span.atoms[0].head, side(span.inside, op), span.atoms[0].tail]
        elif span.op is SpanOp.FORMAT:
            parts.append(joined(span.before if op is SpanOp.DEL else span.atoms))
        elif span.op in {SpanOp.KEEP, op}:
            parts.append(span.text)
    return "".join(parts)


def _spans(regions: Sequence[_Region], *, swap: bool) -> Iterator[Span]:
    for region in regions:
        old, new = (region.new, region.old) if swap else (region.old, region.new)
        match region.op:
            case SpanOp.KEEP:
                yield Span(op=SpanOp.KEEP, atoms=new)
            case SpanOp.FORMAT:
                yield Span(op=SpanOp.FORMAT, atoms=new, before=old)
            case SpanOp.WITHIN:
                inside = tuple(_spans(region.inside, swap=swap))
                yield Span(op=SpanOp.WITHIN, atoms=new, before=old, inside=inside)
            case _:
                if old:
                    yield Span(op=SpanOp.DEL, atoms=old)
                if new:
                    yield Span(op=SpanOp.INS, atoms=new)


def _regions(kind: Kind, old: tuple[Atom, ...], new: tuple[Atom, ...]) -> list[_Region]:
    if kind in ROWS:
        return _row(old, new)
    if kind in LITERAL:
        return [part for region in _by_line(old, new) for part in _refined(region)]
    return _compare(old, new)


def _row(old: tuple[Atom, ...], new: tuple[Atom, ...]) -> list[_Region]:
    """Cell by cell; a row that gained or lost a cell changes as a whole."""
    ours, theirs = _cells(old), _cells(new)
    if len(ours) != len(theirs):
        return [_Region(SpanOp.DEL, old, new)]
    regions: list[_Region] = []
    for mine, yours in zip(ours, theirs, strict=True):
        if _is_border(mine):
            regions.append(_Region(SpanOp.KEEP, mine, yours))
        else:
            regions += _compare(mine, yours)
    return regions


def _is_border(cell: tuple[Atom, ...]) -> bool:
    return len(cell) == 1 and bool(cell[0].nodes) and cell[0].nodes[0].tag == "cell"


def _cells(row: tuple[Atom, ...]) -> list[tuple[Atom, ...]]:
    """Borders and what stands between them, alternating."""
    parts: list[tuple[Atom, ...]] = []
    cell: list[Atom] = []
    for atom in row:
        if _is_border((atom,)):
            if parts:
                parts.append(tuple(cell))
            parts.append((atom,))
            cell = []
        else:
            cell.append(atom)
    return parts


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """(equal, old start, old end, new start, new end), changes merged."""
    from rapidfuzz.distance import Indel

    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(text, len(numbers)) for text in old]
    theirs = [numbers.setdefault(text, len(numbers)) for text in new]
    a = b = 0
    for code in Indel.opcodes(ours, theirs):
        if code.tag == "equal":
            if (a, b) != (code.src_start, code.dest_start):
                yield False, a, code.src_start, b, code.dest_start
            yield True, code.src_start, code.src_end, code.dest_start, code.dest_end
            a, b = code.src_end, code.dest_end
    if (a, b) != (len(ours), len(theirs)):
        yield False, a, len(ours), b, len(theirs)


def _by_line(old: tuple[Atom, ...], new: tuple[Atom, ...]) -> Iterator[_Region]:
    ours, theirs = _lines(old), _lines(new)
    texts = [joined(line) for line in ours], [joined(line) for line in theirs]
    for equal, a, b, c, d in opcodes(*texts):
        mine = tuple(atom for line in ours[a:b] for atom in line)
        yours = tuple(atom for line in theirs[c:d] for atom in line)
        yield _Region(SpanOp.KEEP if equal else SpanOp.DEL, mine, yours)


def _lines(text: tuple[Atom, ...]) -> list[tuple[Atom, ...]]:
    lines: list[list[Atom]] = [[]]
    for atom in text:
        lines[-1].append(atom)
        if atom.text == "\n":
            lines.append([])
    return [tuple(line) for line in lines if line]


def _refined(region: _Region) -> list[_Region]:
    return [region] if region.op is SpanOp.KEEP else _merged(_compare_flat(region.old, region.new))


def _compare(old: tuple[Atom, ...], new: tuple[Atom, ...]) -> list[_Region]:
    regions: list[_Region] = []
    for region in _merged(_compare_flat(old, new)):
        regions += [region] if region.op is SpanOp.KEEP else _marked(region.old, region.new)
    return regions


def _compare_flat(old: tuple[Atom, ...], new: tuple[Atom, ...]) -> list[_Region]:
    texts = [atom.text for atom in old], [atom.text for atom in new]
    return [
        _Region(SpanOp.KEEP if equal else SpanOp.DEL, old[a:b], new[c:d])
        for equal, a, b, c, d in opcodes(*texts)
    ]


def _merged(regions: list[_Region]) -> list[_Region]:
    """Changes parted only by a space, a sign or one short word are one change: people read phrases."""
    merged: list[_Region] = []
    for index, region in enumerate(regions):
        island = (
            region.op is SpanOp.KEEP
            and 0 < index < len(regions) - 1
            and _is_island(region.old, regions[index - 1], regions[index + 1])
        )
        if merged and merged[-1].op is not SpanOp.KEEP and (island or region.op is not SpanOp.KEEP):
            last = merged[-1]
            merged[-1] = _Region(SpanOp.DEL, last.old + region.old, last.new + region.new)
        elif island:
            merged.append(_Region(SpanOp.DEL, region.old, region.new))
        else:
            merged.append(region)
    return merged


def _is_island(kept: tuple[Atom, ...], before: _Region, after: _Region) -> bool:
    if any(len(atom.nodes) != 1 or atom.nodes[0].tag != "text" or "\n" in atom.text for atom in kept):
        return False
    words = [atom.text for atom in kept if atom.text[0].isalnum()]
    replaced = bool(before.old and before.new) + bool(after.old and after.new)
    if not words:
        return replaced > 0
    return len(words) == 1 and len(words[0]) <= _SHORT_WORD and replaced == 2


def _marked(old: tuple[Atom, ...], new: tuple[Atom, ...]) -> list[_Region]:
    """A change that may be one of markup only, or lie inside markup that both sides have."""
    if old and new:
        said = _said(old)
        if said.strip() and said == _said(new):
            return [_Region(SpanOp.FORMAT, old, new)]
        for i, mine in enumerate(old):
            for j, yours in enumerate(new):
                if mine.inside and (mine.head, mine.tail) == (yours.head, yours.tail) and _alike(mine, yours):
                    within = _Region(
                        SpanOp.WITHIN, (mine,), (yours,), tuple(_compare(mine.inside, yours.inside))
                    )
                    return [*_marked(old[:i], new[:j]), within, *_marked(old[i + 1 :], new[j + 1 :])]
        for i, mine in enumerate(old):
            if mine.inside and (run := _run(_said((mine,)), new)):
                middle = _Region(SpanOp.FORMAT, (mine,), new[run[0] : run[1]])
                return [*_marked(old[:i], new[: run[0]]), middle, *_marked(old[i + 1 :], new[run[1] :])]
        for j, yours in enumerate(new):
            if yours.inside and (run := _run(_said((yours,)), old)):
                middle = _Region(SpanOp.FORMAT, old[run[0] : run[1]], (yours,))
                return [*_marked(old[: run[0]], new[:j]), middle, *_marked(old[run[1] :], new[j + 1 :])]
    return [_Region(SpanOp.DEL, old, new)] if old or new else []


def _said(stretch: Sequence[Atom]) -> str:
    return visible(node for atom in stretch for node in atom.nodes)


def _alike(old: Atom, new: Atom) -> bool:
    from rapidfuzz.distance import Indel

    return bool(Indel.normalized_similarity(_said((old,)), _said((new,))) >= _ALIKE)


def _run(said: str, stretch: tuple[Atom, ...]) -> tuple[int, int] | None:
    """Where consecutive atoms say exactly ``said``."""
    if not said.strip():
        return None
    for start in range(len(stretch)):
        text = ""
        for end in range(start, len(stretch)):
            text += _said(stretch[end : end + 1])
            if text == said:
                return start, end + 1
            if not said.startswith(text):
                break
    return None
