"""Merge, clause by clause: any number of changes of one text together, or the places where people must choose.

The order of the changes never matters. Every change is held against the same base, never against the outcome of another
merge; which clauses clash is judged pair by pair; and of several spellings of one clause the choice goes by their
source. So the same changes give the same bytes, in whatever order they come (decision 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from accord.domain.text.align import align
from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import LITERAL, ROWS, Clause, Document, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.merge_words import merge_words
from accord.domain.text.splice import Cut, Piece, assemble, cut, respelt

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Version:
    """One reading of a text: its clauses, and its source."""

    document: Document
    text: str

    @cached_property
    def source(self) -> Cut:
        """The source, cut up."""
        return cut(self.text, self.document, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Changes that people must choose between.

    ``index``: the clause of the base they change, or the one after which they add (-1: at the very top).
    ``wanted``: the clauses that each side wants there, by the number of the side; none where it removes.
    """

    why: str
    index: int
    wanted: Mapping[int, tuple[Clause, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """``text`` with all changes, or None and the ``conflicts`` in reading order."""

    text: str | None
    conflicts: tuple[Conflict, ...] = ()


def merge_versions(base: Version, versions: Sequence[Version]) -> MergeResult:
    """Put the changes of ``versions`` to ``base`` together.

    Changes of different clauses combine; so do changes of different words of one clause. The same change in several
    versions counts once. Clauses that nobody changed keep their source as it was typed, and a clause that one version
    changed is spelt as it is there. Another order of ``versions`` gives the same text, byte for byte.
    """
    changed = {one.text: number for number, one in enumerate(versions) if one.text != base.text}
    numbers = [changed[text] for text in sorted(changed)]
    if not numbers:
        return MergeResult(text=base.text)
    if len(numbers) == 1:
        return MergeResult(text=versions[numbers[0]].text)
    source = base.source
    merge = Merge(base=source.pieces, sides={n: side_of(base, versions[n]) for n in numbers})
    pieces = _settled(list(merge.pieces()))
    if conflicts := merge.conflicts():
        return MergeResult(text=None, conflicts=conflicts)
    before = _changed(source.before, (side.before for side in merge.sides.values()))
    return MergeResult(text=_text(base.document.path, before, pieces))


def _text(path: str, before: str, pieces: Sequence[Piece]) -> str:
    """The pieces as one source that reads as their clauses say, each spelt as it was typed if that can be."""
    clauses = tuple(piece.clause for piece in pieces)
    wanted = canonical(Document(path=path, front=None, clauses=clauses))
    for _ in range(2):
        text = assemble(before, pieces)
        read = parse_document(path, text)
        if canonical(read) == wanted:
            return text
        if len(read.clauses) != len(pieces):
            break
        # A link whose definition went with another clause, say: such a clause is spelt so that it needs no other.
        pieces = [
            piece if _shape(found) == _shape(piece.clause) else respelt(piece, piece.clause) or piece
            for piece, found in zip(pieces, read.clauses, strict=True)
        ]
    return wanted  # the sources do not fit together as typed; the canonical text always does


def side_of(base: Version, version: Version) -> Side:
    """What a version does to the base."""
    old, source = base.source.pieces, version.source
    changed: dict[int, Piece] = {}
    moved: dict[int, _Move] = {}
    inserts: dict[int, tuple[_Insert, ...]] = {}
    gone = set(range(len(old)))
    pairs = {pair.new: pair for pair in align(base.document.clauses, version.document.clauses)}
    anchor = -1
    for index, piece in enumerate(source.pieces):
        pair = pairs[index]
        if pair.old is not None and not pair.moved:
            anchor = pair.old
            gone.discard(anchor)
            if (piece.text, _look(piece)) != (old[anchor].text, _look(old[anchor])):
                changed[anchor] = piece
            continue
        if pair.old is not None:
            moved[pair.old] = _Move(anchor=anchor, piece=piece)
        inserts[anchor] = (*inserts.get(anchor, ()), _Insert(piece=piece, base=pair.old))
    return Side(before=source.before, changed=changed, gone=frozenset(gone), moved=moved, inserts=inserts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Insert:
    """A clause that a side has and the base does not have at that place; ``base`` when it was moved there."""

    piece: Piece
    base: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """Where a moved clause went (after which clause of the base), and how it reads there."""

    anchor: int
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one version does to the base, by the index of the base's clauses.

    ``changed`` where they stand, or only typed in another way; ``gone`` from where they stood, removed or ``moved``;
    ``inserts`` after each (-1: at the top). ``before`` is what stands above the first clause.
    """

    before: str
    changed: Mapping[int, Piece]
    gone: frozenset[int]
    moved: Mapping[int, _Move]
    inserts: Mapping[int, tuple[_Insert, ...]]

    def reading(self, index: int) -> Piece | None:
        """The clause as this side has it, if it differs in any way and is still there."""
        if index in self.moved:
            return self.moved[index].piece
        return self.changed.get(index)

    def removes(self, index: int) -> bool:
        """Is the clause nowhere in this version?"""
        return index in self.gone and index not in self.moved

    def added(self, index: int) -> tuple[Clause, ...]:
        """The clauses that come after a clause of the base."""
        return tuple(one.piece.clause for one in self.inserts.get(index, ()))

    def places(self) -> Iterator[tuple[str, int]]:
        """Every clause of the base it touches, and every gap between two of them (named by the clause before).

        Two sides can only clash where they have such a place in common.
        """
        for index in (*self.changed, *self.gone):
            yield "clause", index
        for index in self.inserts:
            yield "gap", index
        for index in self.gone:
            yield "gap", index
            yield "gap", index - 1


@dataclass(slots=True, kw_only=True)
class Merge:
    """One merge: the base, and the sides by number in the order that decides between spellings."""

    base: Sequence[Piece]
    sides: Mapping[int, Side]
    _found: dict[tuple[int, str], Conflict] = field(default_factory=dict)
    _apart: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for index in sorted({index for side in self.sides.values() for index in side.moved}):
            movers = {n: side.moved[index] for n, side in self.sides.items() if index in side.moved}
            if len({move.anchor for move in movers.values()}) > 1:
                self._apart.add(index)
                wanted = {n: (move.piece.clause,) for n, move in movers.items()}
                self._note("both move it, to different places", index, wanted)
        adding = [(n, side) for n, side in self.sides.items() if side.inserts]
        for one, other in combinations(adding, 2):
            self._note_same_place(one, other)

    def conflicts(self) -> tuple[Conflict, ...]:
        """The places where people must choose, in reading order."""
        for index in {i for s in self.sides.values() for i in (*s.changed, *s.gone, *s.inserts)}:
            list(self._at(index))
        return tuple(self._found[key] for key in sorted(self._found))

    def pieces(self) -> Iterator[Piece]:
        """The merged pieces; they mean something only if there are no conflicts."""
        for index in range(-1, len(self.base)):
            yield from self._at(index)

    def combined(self, index: int) -> Piece | None:
        """One clause with the changes of all sides, None where they clash or remove it."""
        base = self.base[index]
        pieces = {n: piece for n, side in self.sides.items() if (piece := side.reading(index))}
        if any(side.removes(index) for side in self.sides.values()):
            return None
        if not pieces:
            return base
        moved = next((side.moved[index].piece for side in self.sides.values() if index in side.moved), None)
        apart = _changed(base.clause.apart, (p.clause.apart for p in pieces.values()))
        piece = self._reading(index, list(pieces.values()), moved)
        if piece is None:
            shape = _shape(base.clause)
            wanted = {n: (p.clause,) for n, p in pieces.items() if _shape(p.clause) != shape}
            self._note("both change the same words", index, wanted)
            return None
        return replace(
            piece,
            clause=replace(piece.clause, apart=apart),
            text=piece.own + _changed(base.tail, (p.tail for p in pieces.values())),
        )

    def _reading(self, index: int, pieces: Sequence[Piece], moved: Piece | None) -> Piece | None:
        """The clause with the words of all, None where they clash."""
        base = self.base[index]
        shapes = {_shape(p.clause): p for p in pieces if _shape(p.clause) != _shape(base.clause)}
        if moved is not None and set(shapes) <= {_shape(moved.clause)}:
            return moved
        if moved is None and not shapes:
            spellings = {piece.own: piece for piece in pieces if piece.own != base.own}
            return next(iter(spellings.values())) if len(spellings) == 1 else base
        if moved is None and len(shapes) == 1:
            return next(p for p in pieces if _shape(p.clause) in shapes)
        clause = _merged_clause(base.clause, [piece.clause for piece in shapes.values()])
        if clause is None:
            return None
        spelt = (respelt(piece, clause) for piece in ((moved,) if moved else (base, *pieces)))
        # Spelt by none of them, it reads differently, and the canonical text is used.
        return next(filter(None, spelt), Piece(clause=clause, text="", origin=("", 0), size=0))

    def _at(self, index: int) -> Iterator[Piece]:
        """The clause at its old place, if it still stands there, and what comes after it."""
        if index >= 0:
            if any(index in side.gone for side in self.sides.values()):
                self._note_removed(index)
            elif piece := self.combined(index):
                yield piece
        done = []
        for number, side in self.sides.items():
            inserts = side.inserts.get(index, ())
            if not inserts or _same(inserts) in done:
                continue
            done.append(_same(inserts))
            if self._adds_to_what_goes(index, number):
                continue
            for one in inserts:
                if one.base is None:
                    yield one.piece
                elif one.base not in self._apart and (piece := self.combined(one.base)):
                    yield piece

    def _note_same_place(self, one: tuple[int, Side], other: tuple[int, Side]) -> None:
        """Two sides add at the same place if both keep no clause between: which comes first is for people to say."""
        gone = one[1].gone | other[1].gone
        anchors = sorted({*one[1].inserts, *other[1].inserts})
        for anchors_here in _runs(anchors, gone):
            added = [[(a, _same(side.inserts.get(a, ()))) for a in anchors_here] for _, side in (one, other)]
            if added[0] != added[1] and all(any(same for _, same in side) for side in added):
                wanted = {
                    n: tuple(c for a in anchors_here for c in side.added(a)) for n, side in (one, other)
                }
                self._note("both add text at the same place", anchors_here[0], wanted)

    def _note_removed(self, index: int) -> None:
        shape = _shape(self.base[index].clause)
        removed = [n for n, side in self.sides.items() if side.removes(index)]
        wanted = {
            n: (piece.clause,)
            for n, side in self.sides.items()
            if (piece := side.reading(index)) and (index in side.moved or _shape(piece.clause) != shape)
        }
        if removed and wanted:
            nothing: dict[int, tuple[Clause, ...]] = dict.fromkeys(removed, ())
            self._note("one removes what the other changes or moves", index, {**nothing, **wanted})

    def _adds_to_what_goes(self, anchor: int, number: int) -> bool:
        """Does the side add a part of an item, a note or a quotation that another takes away from there?"""
        added = self.sides[number].added(anchor)
        goes = [n for n, side in self.sides.items() if anchor in side.gone]
        if not goes:
            return False
        first, frames = added[0], self.base[anchor].clause.frames
        if not first.frames or (first.kind is Kind.ITEM and len(first.frames) <= len(frames)):
            return False
        nothing: dict[int, tuple[Clause, ...]] = dict.fromkeys(goes, ())
        self._note("one adds to what the other removes", anchor, {**nothing, number: added})
        return True

    def _note(self, why: str, index: int, wanted: Mapping[int, tuple[Clause, ...]]) -> None:
        known = self._found.get((index, why))
        both = {**(known.wanted if known else {}), **wanted}
        ordered = {number: both[number] for number in sorted(both)}
        self._found[index, why] = Conflict(why=why, index=index, wanted=ordered)


def _runs(anchors: Sequence[int], gone: Iterable[int]) -> Iterator[list[int]]:
    """The anchors, those together between which every clause is gone."""
    run: list[int] = []
    for anchor in anchors:
        if run and not all(index in gone for index in range(run[-1] + 1, anchor + 1)):
            yield run
            run = []
        run.append(anchor)
    if run:
        yield run


def _same(inserts: Sequence[_Insert]) -> list[tuple[object, ...]]:
    """What makes two additions the same one."""
    return [(one.base, _shape(one.piece.clause)) for one in inserts]


def _changed(base: _T, sides: Iterable[_T]) -> _T:
    """What the first side that changed it makes of it."""
    return next((one for one in sides if one != base), base)


def _set_apart(piece: Piece, apart: int) -> Piece:
    return piece if piece.clause.apart == apart else replace(piece, clause=replace(piece.clause, apart=apart))


def _settled(pieces: Sequence[Piece]) -> list[Piece]:
    """``apart`` says only what is still true between the neighbours a clause has now."""
    settled: list[Piece] = []
    for piece in pieces:
        last = settled[-1].clause.frames if settled else ()
        shared = 0
        for mine, theirs in zip(piece.clause.frames, last, strict=False):
            if mine != theirs:
                break
            shared += 1
        settled.append(_set_apart(piece, min(shared, piece.clause.apart)))
    return settled


def _structure(clause: Clause) -> tuple[object, ...]:
    return clause.kind, clause.level, clause.frames, clause.detail


def _shape(clause: Clause) -> tuple[object, ...]:
    """What makes a clause this one, apart from its number, its headings and whether its list is a new one."""
    return *_structure(clause), clause.text


def _look(piece: Piece) -> tuple[object, ...]:
    return *_shape(piece.clause), piece.clause.apart


def _merged_clause(base: Clause, sides: Sequence[Clause]) -> Clause | None:
    """Words and structure of all, None when they disagree about one of them."""
    structures = {_structure(clause): clause for clause in sides if _structure(clause) != _structure(base)}
    if len(structures) > 1:
        return None
    shaped = next(iter(structures.values()), base)
    if shaped.kind is not base.kind and {shaped.kind, base.kind} & {*LITERAL, *ROWS}:
        return None  # their words are of another kind
    text = merge_words(shaped.kind, base.text, *(clause.text for clause in sides))
    return None if text is None else replace(shaped, text=text)
