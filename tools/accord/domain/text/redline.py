"""Redline: the one model of what changed between two states of the texts; every format is drawn from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from accord.domain.text.align import Pair, align_files
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.numbering import number
from accord.domain.text.words import Span, spans

_RENAMED = 0.5
"""Two files with at least this share of clauses in common are one file under a new name."""


class Op(Enum):
    """What happened to a clause's wording: the vocabulary of proposals, and ``SAME``."""

    SAME = "same"
    ADD = "ADD"
    SUP = "SUP"
    MOD = "MOD"


class Side(Enum):
    """In which text a row stands: both, or only the old or the new one."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A change of a clause's place in the structure, not of its words.

    ``what``: kind, level, lists, under, start, columns or apart.
    """

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clause of the redline, at one place.

    ``old`` and ``new`` are the clause on either side (None when it has none there). A moved clause has two rows with
    one number: ``side`` OLD where it was, NEW where it is. ``spans`` are the words, on the row that stands in the new
    text; ``number`` counts the changes from 1, None for no change.
    """

    op: Op
    side: Side
    old: Clause | None
    new: Clause | None
    moved: bool = False
    number: int | None = None
    spans: tuple[Span, ...] = ()
    structure: tuple[Structure, ...] = ()

    @property
    def changed(self) -> bool:
        """Does it show a change?"""
        return self.number is not None

    @property
    def clause(self) -> Clause:
        """The clause as it stands at this row's place."""
        shown = self.old if self.side is Side.OLD or self.new is None else self.new
        if shown is None:
            raise ValueError("a row has a clause on one side at least")
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRedline:
    """The rows of one file in reading order; a path is None where the file does not exist."""

    old_path: str | None
    new_path: str | None
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """The path to show."""
        return self.new_path or self.old_path or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """All files, in reading order."""

    files: tuple[FileRedline, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(row for file in self.files for row in file.rows)

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows that show a change (a moved clause shows twice)."""
        return tuple(row for row in self.rows if row.changed)


def compare(old: Sequence[Document], new: Sequence[Document]) -> Redline:
    """What changed from ``old`` to ``new``; files are paired by path, then by content, the Report's first.

    Documents without labels are numbered here as one ordered set; labels that were given are kept.
    """
    files = _pair_files(_labelled(old), _labelled(new))
    sides = [(before.clauses if before else (), after.clauses if after else ()) for before, after in files]
    paths = [(before.path if before else None, after.path if after else None) for before, after in files]
    return build(paths, sides, align_files(sides))


def mirror(redline: Redline) -> Redline:
    """The same comparison read from the new text to the old one."""
    old_rows = [row for row in redline.rows if row.side is not Side.NEW]
    new_rows = [row for row in redline.rows if row.side is not Side.OLD]
    place = {id(row): index for index, row in enumerate(new_rows)}
    moved_to = {row.number: index for index, row in enumerate(new_rows) if row.moved}
    pairs: list[Pair] = []
    for index, row in enumerate(old_rows):
        pairs.append(Pair(moved_to[row.number] if row.moved else place.get(id(row)), index, row.moved))
    found = {pair.old for pair in pairs}
    pairs += [Pair(index, None) for index in range(len(new_rows)) if index not in found]
    return build(
        [(file.new_path, file.old_path) for file in redline.files],
        [(_clauses(file, Side.NEW), _clauses(file, Side.OLD)) for file in redline.files],
        pairs,
    )


def _clauses(file: FileRedline, side: Side) -> tuple[Clause, ...]:
    if side is Side.OLD:
        return tuple(row.old for row in file.rows if row.side is not Side.NEW and row.old is not None)
    return tuple(row.new for row in file.rows if row.side is not Side.OLD and row.new is not None)


def old_side(redline: Redline) -> tuple[Clause, ...]:
    """The clauses of the old text, exactly."""
    return tuple(clause for file in redline.files for clause in _clauses(file, Side.OLD))


def new_side(redline: Redline) -> tuple[Clause, ...]:
    """The clauses of the new text, exactly."""
    return tuple(clause for file in redline.files for clause in _clauses(file, Side.NEW))


def _labelled(documents: Sequence[Document]) -> Sequence[Document]:
    given = any(clause.label for document in documents for clause in document.clauses)
    return documents if given else number(documents)


def _pair_files(
    old: Sequence[Document], new: Sequence[Document]
) -> list[tuple[Document | None, Document | None]]:
    olds = {document.path: document for document in old}
    news = {document.path: document for document in new}
    pairs: list[tuple[Document | None, Document | None]] = [
        (olds.pop(path), news.pop(path)) for path in sorted(olds.keys() & news.keys())
    ]
    alone = len(olds) == len(news) == 1 and not pairs
    scored = sorted(
        (-_shared(before, after), min(a, b), max(a, b), a, b)
        for a, before in olds.items()
        for b, after in news.items()
    )
    for score, _, _, a, b in scored:
        if (alone or -score >= _RENAMED) and a in olds and b in news:
            pairs.append((olds.pop(a), news.pop(b)))
    pairs += [(document, None) for document in olds.values()]
    pairs += [(None, document) for document in news.values()]
    return sorted(pairs, key=lambda pair: _file_order(*pair))


def _shared(old: Document, new: Document) -> float:
    """The share of clauses that two files have in common."""
    ours = {clause.text for clause in old.clauses}
    theirs = {clause.text for clause in new.clauses}
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _file_order(old: Document | None, new: Document | None) -> tuple[bool, str]:
    path = min(document.path for document in (old, new) if document)
    return not path.startswith("report/"), path


def build(
    paths: Sequence[tuple[str | None, str | None]],
    sides: Sequence[tuple[Sequence[Clause], Sequence[Clause]]],
    pairs: Sequence[Pair],
) -> Redline:
    """Lay paired clauses out in reading order and number the changes."""
    old = [clause for before, _ in sides for clause in before]
    new = [clause for _, after in sides for clause in after]
    layout = _Layout(
        old=old,
        new=new,
        to_new={pair.old: pair for pair in pairs if pair.old is not None},
        to_old={pair.new: pair for pair in pairs if pair.new is not None},
        old_keyword=_keywords(old),
        new_keyword=_keywords(new),
    )
    files: list[FileRedline] = []
    a = b = 0
    for (old_path, new_path), (before, after) in zip(paths, sides, strict=True):
        rows = tuple(layout.rows(range(a, a + len(before)), range(b, b + len(after))))
        files.append(FileRedline(old_path=old_path, new_path=new_path, rows=rows))
        a, b = a + len(before), b + len(after)
    return Redline(files=tuple(files))


def _keywords(clauses: Sequence[Clause]) -> list[int | None]:
    """For each clause the index of the keyword it stands under."""
    found: list[int | None] = []
    current: int | None = None
    for index, clause in enumerate(clauses):
        if not any(name.startswith("keyword:") for name in clause.container):
            current = None
        found.append(current)
        if clause.kind is Kind.KEYWORD:
            current = index
    return found


@dataclass(slots=True, kw_only=True)
class _Layout:
    """Two clause lists and their pairing, being laid out."""

    old: Sequence[Clause]
    new: Sequence[Clause]
    to_new: Mapping[int, Pair]
    to_old: Mapping[int, Pair]
    old_keyword: Sequence[int | None]
    new_keyword: Sequence[int | None]
    numbers: dict[Pair, int] = field(default_factory=dict)

    def rows(self, olds: range, news: range) -> Iterator[Row]:
        """One file in reading order: what was removed stands where it was, before what was added there."""
        a = olds.start
        b = news.start
        while a < olds.stop or b < news.stop:
            gone, come = a, b
            while gone < olds.stop and not self._in_place(self.to_new[gone]):
                gone += 1
            while come < news.stop and not self._in_place(self.to_old[come]):
                come += 1
            # Rows of the table that goes on come first, so that no row is parted from its table.
            old_rows = next((i for i in range(a, gone) if self.old[i].kind is not Kind.ROW), gone)
            new_rows = next((i for i in range(b, come) if self.new[i].kind is not Kind.ROW), come)
            for index in range(a, old_rows):
                yield self._row(self.to_new[index], Side.OLD)
            for index in range(b, new_rows):
                yield self._row(self.to_old[index], Side.NEW)
            for index in range(old_rows, gone):
                yield self._row(self.to_new[index], Side.OLD)
            for index in range(new_rows, come):
                yield self._row(self.to_old[index], Side.NEW)
            if gone < olds.stop:
                yield self._row(self.to_new[gone], Side.BOTH)
            a, b = gone + 1, come + 1

    @staticmethod
    def _in_place(pair: Pair) -> bool:
        return pair.old is not None and pair.new is not None and not pair.moved

    def _row(self, pair: Pair, side: Side) -> Row:
        old = None if pair.old is None else self.old[pair.old]
        new = None if pair.new is None else self.new[pair.new]
        structure = self._structure(pair)
        op = Op.SUP if new is None else Op.ADD if old is None else Op.SAME if old.text == new.text else Op.MOD
        words: tuple[Span, ...] = ()
        if side is not Side.OLD and op is Op.MOD and old and new:
            words = spans(new.kind, old.text, new.text)
        number = None
        if op is not Op.SAME or structure or pair.moved:
            number = self.numbers.setdefault(pair, len(self.numbers) + 1)
        return Row(
            op=op,
            side=side,
            old=old,
            new=new,
            moved=pair.moved,
            number=number,
            spans=words,
            structure=structure,
        )

    def _structure(self, pair: Pair) -> tuple[Structure, ...]:
        if pair.old is None or pair.new is None:
            return ()
        old, new = self.old[pair.old], self.new[pair.new]
        if not pair.moved and _placed(old) == _placed(new):
            return ()
        found: list[Structure] = []

        def differ(what: str, before: str, after: str) -> None:
            if before != after:
                found.append(Structure(what=what, old=before, new=after))

        differ("kind", old.kind.value, new.kind.value)
        if old.kind is new.kind is Kind.HEADING:
            differ("level", str(old.level), str(new.level))
        differ("lists", " ".join(old.frames), " ".join(new.frames))
        if old.kind is Kind.HEADER:
            differ("columns", old.detail, new.detail)
        if self._under(pair) or (pair.moved and old.under != new.under):
            differ("under", old.under, new.under)
        before, after = (pair.old - 1, pair.new - 1)
        follows = self.to_new[before].new == after if before in self.to_new else after not in self.to_old
        if follows and not pair.moved:
            differ(
                "start",
                old.detail if old.kind is Kind.ITEM else "",
                new.detail if new.kind is Kind.ITEM else "",
            )
            differ("apart", str(old.apart), str(new.apart))
        return tuple(found)

    def _under(self, pair: Pair) -> bool:
        """Does it stand under a keyword that is not the one it stood under?"""
        if pair.old is None or pair.new is None:
            return False
        before, after = self.old_keyword[pair.old], self.new_keyword[pair.new]
        return after != (None if before is None else self.to_new[before].new)


def _placed(clause: Clause) -> tuple[object, ...]:
    """All that a change of structure can be read from."""
    return clause.kind, clause.level, clause.container, clause.apart, clause.detail
