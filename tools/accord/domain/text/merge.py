"""Three-way merge, clause by clause: two changes of one text put together, or the places where people must choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accord.domain.text.align import align
from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.merge_words import merge_words
from accord.domain.text.splice import Cut, Piece, assemble, cut, respelt


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two changes that people must choose between.

    ``clause``: the clause of the base both change, or the one after which both add (None: at the very top).
    ``ours`` and ``theirs``: the clauses either side wants there, empty where it removes.
    """

    why: str
    clause: Clause | None
    ours: tuple[Clause, ...]
    theirs: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """``text`` with both changes, or None and the ``conflicts``: clauses moved apart, then the rest in order."""

    text: str | None
    conflicts: tuple[Conflict, ...]


def merge_clauses(
    base: Document, ours: Document, theirs: Document, base_text: str, our_text: str, their_text: str
) -> MergeResult:
    """Put the changes of ``ours`` and ``theirs`` to ``base`` together.

    Changes of different clauses combine; so do changes of different words of one clause. The same change on both sides
    counts once. Clauses that nobody changed keep their source as it was typed. Swapping the sides gives the same
    canonical text, and the conflicts with their sides swapped.
    """
    if our_text == their_text or their_text == base_text:
        return MergeResult(text=our_text, conflicts=())
    if our_text == base_text:
        return MergeResult(text=their_text, conflicts=())
    cuts = cut("base", base, base_text), cut("ours", ours, our_text), cut("theirs", theirs, their_text)
    merge = _Merge(
        base=cuts[0].pieces, ours=_Side.of(base, ours, cuts[1]), theirs=_Side.of(base, theirs, cuts[2])
    )
    pieces = _settled(list(merge.pieces()))
    if merge.conflicts:
        return MergeResult(text=None, conflicts=tuple(merge.conflicts))
    before = next((one.before for one in (cuts[1], cuts[2]) if one.before != cuts[0].before), cuts[0].before)
    text = assemble(before, pieces)
    wanted = canonical(Document(path=base.path, front=None, clauses=tuple(piece.clause for piece in pieces)))
    if canonical(parse_document(base.path, text)) != wanted:
        text = wanted  # the sources do not fit together as typed; the canonical text always does
    return MergeResult(text=text, conflicts=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Insert:
    """A clause that a side has and the base does not have at that place; ``base`` when it was moved there."""

    piece: Piece
    base: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """What one side did to the base: each clause kept (perhaps changed), and what comes after each (-1: at the top)."""

    kept: Mapping[int, Piece]
    moved: Mapping[int, Piece]
    inserts: Mapping[int, tuple[_Insert, ...]]

    @classmethod
    def of(cls, base: Document, side: Document, source: Cut) -> _Side:
        kept: dict[int, Piece] = {}
        moved: dict[int, Piece] = {}
        inserts: dict[int, tuple[_Insert, ...]] = {}
        pairs = {pair.new: pair for pair in align(base.clauses, side.clauses)}
        anchor = -1
        for index in range(len(side.clauses)):
            pair, piece = pairs[index], source.pieces[index]
            if pair.old is not None and not pair.moved:
                kept[pair.old] = piece
                anchor = pair.old
                continue
            if pair.old is not None:
                moved[pair.old] = piece
            inserts[anchor] = (*inserts.get(anchor, ()), _Insert(piece=piece, base=pair.old))
        return cls(kept=kept, moved=moved, inserts=inserts)

    def of_clause(self, index: int) -> Piece | None:
        """What the base's clause became on this side, wherever it stands; None when it was removed."""
        return self.kept.get(index) or self.moved.get(index)


@dataclass(slots=True, kw_only=True)
class _Merge:
    """One merge under way."""

    base: Sequence[Piece]
    ours: _Side
    theirs: _Side
    conflicts: list[Conflict] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """The merged pieces; conflicts are noted on the way."""
        for index in range(len(self.base)):
            if self._moved_apart(index):
                ours, theirs = (side.of_clause(index) for side in self._sides())
                self._note("both move it, to different places", index, _one(ours), _one(theirs))
        for first, last in self._regions():
            yield from self._region(first, last)

    def _regions(self) -> Iterator[tuple[int, int]]:
        """Stretches of the base, each begun by a clause that both sides keep in place (or the top)."""
        first = -1
        for index in range(len(self.base)):
            if index in self.ours.kept and index in self.theirs.kept:
                yield first, index
                first = index
        yield first, len(self.base)

    def _region(self, first: int, last: int) -> Iterator[Piece]:
        """The clause that begins the region, what both sides keep of the others, and what they add."""
        added = [
            tuple(one for index in range(first, last) for one in side.inserts.get(index, ()))
            for side in (self.ours, self.theirs)
        ]
        both = bool(added[0] and added[1])
        same = [_shape(one.piece.clause) for one in added[0]] == [
            _shape(one.piece.clause) for one in added[1]
        ]
        anchors = [
            [index for index in range(first, last) if side.inserts.get(index)] for side in self._sides()
        ]
        if both and not (same and anchors[0] == anchors[1]):
            self._note(
                "both add text at the same place", first, *(self._clauses(inserts) for inserts in added)
            )
            return
        for index in range(first, last):
            if index >= 0:
                yield from self._kept(index)
            inserts = self.ours.inserts.get(index) or self.theirs.inserts.get(index, ())
            yield from self._inserted(index, inserts)

    def _sides(self) -> tuple[_Side, _Side]:
        return self.ours, self.theirs

    @staticmethod
    def _clauses(inserts: Sequence[_Insert]) -> tuple[Clause, ...]:
        return tuple(one.piece.clause for one in inserts)

    def _note(self, why: str, base: int, ours: tuple[Clause, ...], theirs: tuple[Clause, ...]) -> None:
        clause = self.base[base].clause if base >= 0 else None
        self.conflicts.append(Conflict(why=why, clause=clause, ours=ours, theirs=theirs))

    def _kept(self, index: int) -> Iterator[Piece]:
        """The clause at its old place, when it still stands there on both sides."""
        if index in self.ours.kept and index in self.theirs.kept:
            piece = self._combined(index)
            if piece is not None:
                yield piece
            return
        ours, theirs = (side.of_clause(index) for side in self._sides())
        if ours is None or theirs is None:
            left = ours or theirs
            if left is not None and (
                _shape(left.clause) != _shape(self.base[index].clause) or self._is_moved(index)
            ):
                self._note("one removes what the other changes or moves", index, _one(ours), _one(theirs))

    def _is_moved(self, index: int) -> bool:
        return any(index in side.moved for side in self._sides())

    def _inserted(self, anchor: int, inserts: Sequence[_Insert]) -> Iterator[Piece]:
        if inserts and anchor >= 0 and not all(side.of_clause(anchor) for side in self._sides()):
            inside = inserts[0].piece.clause
            if inside.frames and inside.kind is not Kind.ITEM:
                mine = self._clauses(inserts)
                ours = mine if self.ours.inserts.get(anchor) else ()
                self._note("one adds to what the other removes", anchor, ours, mine if not ours else ())
                return
        for one in inserts:
            if one.base is None:
                yield one.piece
                continue
            if self._moved_apart(one.base):
                continue
            if all(side.of_clause(one.base) for side in self._sides()):
                piece = self._combined(one.base)
                if piece is not None:
                    yield piece

    def _moved_apart(self, index: int) -> bool:
        """Do both sides move the clause, to different places?"""
        if not all(index in side.moved for side in self._sides()):
            return False
        anchors = [
            next(
                anchor
                for anchor, inserts in side.inserts.items()
                if any(one.base == index for one in inserts)
            )
            for side in self._sides()
        ]
        return anchors[0] != anchors[1]

    def _combined(self, index: int) -> Piece | None:
        """One clause with the changes of both sides."""
        base = self.base[index]
        ours, theirs = (side.of_clause(index) for side in self._sides())
        if ours is None or theirs is None:
            return None
        moved = next((side.moved[index] for side in self._sides() if index in side.moved), None)
        same_ours, same_theirs = (_shape(side.clause) == _shape(base.clause) for side in (ours, theirs))
        apart = theirs.clause.apart if ours.clause.apart == base.clause.apart else ours.clause.apart
        if _shape(ours.clause) == _shape(theirs.clause):
            return _apart(moved or (theirs if ours.text == base.text else ours), apart)
        if moved is None and (same_ours or same_theirs):
            return _apart(theirs if same_ours else ours, apart)
        clause = _merged_clause(base.clause, ours.clause, theirs.clause)
        if clause is None:
            self._note("both change the same words", index, (ours.clause,), (theirs.clause,))
            return None
        clause = replace(clause, apart=apart)
        for piece in (moved,) if moved else (base, ours, theirs):
            if new := respelt(piece, clause):
                return new
        return Piece(
            clause=clause, text="", origin=("", 0)
        )  # read back, it differs: the canonical text is used


def _apart(piece: Piece, apart: int) -> Piece:
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
        settled.append(_apart(piece, min(shared, piece.clause.apart)))
    return settled


def _one(piece: Piece | None) -> tuple[Clause, ...]:
    return (piece.clause,) if piece else ()


def _shape(clause: Clause) -> tuple[object, ...]:
    """What makes a clause this one, apart from its number, its headings and whether its list is a new one."""
    return clause.kind, clause.level, clause.frames, clause.detail, clause.text


def _merged_clause(base: Clause, ours: Clause, theirs: Clause) -> Clause | None:
    """Words and structure of both, None when they disagree about one of them."""
    structure = [(clause.kind, clause.level, clause.frames, clause.detail) for clause in (base, ours, theirs)]
    if structure[1] == structure[0]:
        shaped = theirs
    elif structure[2] in {structure[0], structure[1]}:
        shaped = ours
    else:
        return None
    text = merge_words(shaped.kind, base.text, ours.text, theirs.text)
    return None if text is None else replace(shaped, text=text)
