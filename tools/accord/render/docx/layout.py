"""Rows of a file as they can stand in a Word document: tables whole, footnotes apart, nothing of two kinds at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import atoms, cells, tree
from accord.domain.text.nodes import Node
from accord.domain.text.redline import Row, Side
from accord.render.docx.flow import DEL, FROM, INS, TO
from accord.render.docx.right_to_left import runs_left

_FIXED = LITERAL | ROWS | {Kind.CAPTION}
"""Kinds whose words are shown in a way of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A clause at its place: in both texts (``mark`` ""), or only in the old or the new one."""

    row: Row
    old: Clause | None
    new: Clause | None
    mark: str

    @property
    def clause(self) -> Clause:
        """The clause as it stands here."""
        clause = self.new or self.old
        if clause is None:
            raise ValueError("nothing is placed")
        return clause


@dataclass(slots=True, eq=False)
class Table:
    """A table: its head and its rows."""

    head: Placed
    rows: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """``blocks`` in order; ``notes`` are the clauses of each footnote that a text refers to, by its label."""

    blocks: list[Placed | Table] = field(default_factory=list)
    notes: dict[str, list[Placed]] = field(default_factory=dict)


def lay_out(rows: Sequence[Row]) -> Layout:
    """The layout of one file."""
    layout = Layout()
    referred = {
        side: _referred(clause for row in rows if (clause := _on(row, side))) for side in (Side.OLD, Side.NEW)
    }
    placed: list[Placed] = []
    for one in (one for row in rows for one in _placed(row)):
        label = note_label(one.clause)
        if label is None:
            placed.append(one)
        else:
            layout.notes.setdefault(label, []).append(one)
            placed += _left(one, label, referred)
    layout.blocks = list(_with_tables(placed))
    return layout


def note_label(clause: Clause) -> str | None:
    """The label of the footnote that a clause is part of."""
    for name in clause.frames:
        if name.startswith("note:"):
            return name.removeprefix("note:")
    return None


def _on(row: Row, side: Side) -> Clause | None:
    if row.side not in {Side.BOTH, side}:
        return None
    return row.old if side is Side.OLD else row.new


def _referred(clauses: Iterator[Clause]) -> set[str]:
    """The labels of footnotes that words outside of footnotes refer to."""
    found: set[str] = set()
    for clause in clauses:
        if "[^" in clause.text and clause.kind not in LITERAL and note_label(clause) is None:
            nodes = (
                [node for atom in atoms(clause.kind, clause.text) for node in atom.nodes]
                if clause.kind in ROWS
                else tree(clause.kind, clause.text)
            )
            found.update(_labels(nodes))
    return found


def _labels(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag == "note":
            yield node.text
        yield from _labels(node.children)


def _placed(row: Row) -> Iterator[Placed]:
    if row.side is Side.BOTH and row.old is not None and row.new is not None:
        if _is_one(row.old, row.new):
            yield Placed(row, row.old, row.new, "")
        else:
            yield from _apart(Placed(row, row.old, row.new, ""))
    elif row.side is Side.OLD or row.new is None:
        yield Placed(row, row.old, None, FROM if _is_move(row) else DEL)
    else:
        yield Placed(row, None, row.new, TO if _is_move(row) else INS)


def _apart(one: Placed) -> Iterator[Placed]:
    """The old clause as gone, the new one as come."""
    yield Placed(one.row, one.old, None, DEL)
    yield Placed(one.row, None, one.new, INS)


def _is_one(old: Clause, new: Clause) -> bool:
    """Can both stand in one paragraph or table row?"""
    if note_label(old) != note_label(new):
        return False
    if (old.kind is Kind.FOOTNOTE) != (new.kind is Kind.FOOTNOTE):
        return False  # only one of them shows the label of its footnote
    if old.kind is new.kind and old.kind in ROWS:
        same = len(cells(old.text)) == len(cells(new.text))
        turned = old.kind is Kind.HEADER and runs_left(old.text) != runs_left(new.text)
        return same and not turned and (old.frames, old.detail) == (new.frames, new.detail)
    return old.kind is new.kind or not {old.kind, new.kind} & _FIXED


def _is_move(row: Row) -> bool:
    """Word moves paragraphs, not table rows; nothing moves in or out of footnotes."""
    return row.moved and all(
        clause is not None and clause.kind not in ROWS and note_label(clause) is None
        for clause in (row.old, row.new)
    )


def _left(one: Placed, label: str, referred: Mapping[Side, set[str]]) -> list[Placed]:
    """Where nothing refers to a footnote it is left in the text."""
    old = one.old if label not in referred[Side.OLD] else None
    new = one.new if label not in referred[Side.NEW] else None
    if old and new:
        return [one]
    if old or new:
        return [Placed(one.row, old, new, DEL if old else INS)]
    return []


def _with_tables(placed: Sequence[Placed]) -> Iterator[Placed | Table]:
    """Rows gathered at the head they stand under; a row that changed heads went and came."""
    blocks: list[Placed | Table] = []
    head_old: Table | None = None
    head_new: Table | None = None
    for one in placed:
        if one.clause.kind is Kind.HEADER:
            table = Table(one)
            blocks.append(table)
            head_old = table if one.old else head_old
            head_new = table if one.new else head_new
        elif one.clause.kind is not Kind.ROW:
            blocks.append(one)
        elif one.old and one.new and head_old is not head_new:
            gone, come = _apart(one)
            _into(head_old, gone)
            _into(head_new, come)
        else:
            _into(head_old if one.old else head_new, one)
    yield from blocks


def _into(table: Table | None, one: Placed) -> None:
    if table is None:
        raise ValueError("a table row stands under a head")
    table.rows.append(one)
