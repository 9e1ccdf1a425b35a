"""Open lists, quotations, notes and tables, written as nested Typst calls while clauses come one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isqrt

from accord.domain.text.clauses import Clause, Kind
from accord.render.pdf.literal import at
from accord.render.pdf.words import small

_DEEPEST = 12
"""Blocks that stand in more blocks than this are drawn in the innermost one that there is room for."""
_NARROW = 90
"""Signs of source that a table may hold a row for its columns to be as wide as their words."""
_LISTS = frozenset({"bullet", "ordered"})


@dataclass(slots=True)
class _Table:
    """A table whose rows are still coming: the source line that names a row's place, and its cells."""

    aligns: str
    caption: str = ""
    notes: list[str] = field(default_factory=list)
    head: list[tuple[str, list[str]]] = field(default_factory=list)
    rows: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Nest:
    """Collects source lines.

    ``sign`` gives an item's printed sign, ``caption`` is that of the table to come, ``indent`` how far the outermost
    lists are set in ("" for the usual).
    """

    sign: Callable[[Clause], str]
    out: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    table: _Table | None = None
    caption: str = ""
    indent: str = ""

    def enter(self, clause: Clause) -> None:
        """Close and open what is needed for ``clause`` to stand where it does; its lines may follow."""
        names = clause.frames[:_DEEPEST]
        begins = clause.kind is Kind.ITEM and len(clause.frames) <= _DEEPEST
        shared = 0
        while shared < min(len(names), len(self.frames)) and self.frames[shared] == names[shared]:
            shared += 1
        apart = clause.apart if len(clause.frames) <= _DEEPEST else 0
        goes_on = clause.kind is Kind.ROW and shared == len(names)
        self.close(shared - min(apart, shared), keep_table=goes_on)
        for depth in range(len(self.frames), len(names)):
            self._open(names[depth], item=not begins or depth < len(names) - 1)
        if begins:
            self._item(self.sign(clause))
        if not self.table:
            self.out.append(at(clause.path, clause.label))

    def close(self, depth: int = 0, *, keep_table: bool = False) -> None:
        """Close what is open deeper than ``depth``."""
        if self.table and not (keep_table and depth == len(self.frames)):
            self._table_lines(self.table)
            self.table = None
        while len(self.frames) > depth:
            name = self.frames.pop()
            if self.items.pop():
                self.out.append("}),")
            self.out.append(")" if name in _LISTS else "})" if name == "quote" else "}))")

    def row(self, clause: Clause, cells: list[str], note: str = "") -> None:
        """A table's row, or its head, with a ``note`` about it. A table whose head is gone gets one that says so."""
        here = at(clause.path, clause.label)
        head = clause.kind is Kind.HEADER
        if not self.table:
            self.table = _Table(clause.detail if head else "", self.caption)
            self.caption = ""
            if not head:
                self.table.head.append((here, [small("rows of a table without a head")]))
        if not head:
            self.table.rows.append((here, [f"{{{note};{cells[0]}}}", *cells[1:]] if note else cells))
            return
        self.table.head.append((here, cells))
        if note:
            # A head stands on every page of its table, what links lead to stands once.
            self.table.notes += [here, note]

    def _open(self, name: str, *, item: bool) -> None:
        self.frames.append(name)
        self.items.append(item and name in _LISTS)
        if name in _LISTS:
            self.out.append(
                f"items(indent: {self.indent}," if self.indent and len(self.frames) == 1 else "items("
            )
            if item:
                self.out.append('it("•", {[]' if name == "bullet" else 'it(small("-"), {[]')
        elif name == "quote":
            self.out.append("quoted({[]")
        else:
            self.out.append(f"items(it({small('note ' + name.removeprefix('note:'))}, {{[]")

    def _item(self, sign: str) -> None:
        if self.items[-1]:
            self.out.append("}),")
        self.items[-1] = True
        self.out.append(f"it({sign}, {{[]")

    def _table_lines(self, table: _Table) -> None:
        self.out += table.notes
        width = max(len(cells) for _, cells in [*table.head, *table.rows])
        if table.caption:
            self.out.append(f"captioned({table.caption},")
        self.out.append(f'grid-of({_widths(table, width)}, "{table.aligns}".clusters(), (')
        for part in (table.head, table.rows):
            for place, cells in part:
                self.out += [place, "(" + "".join(f"{cell}," for cell in cells) + "),"]
            if part is table.head:
                self.out.append("), (")
        # A head that comes again on the next page may hold no link there (PDF/UA), so one with links comes once.
        again = ", again: false" if any("link(" in cell for _, cells in table.head for cell in cells) else ""
        self.out.append(f"){again})" + (")" if table.caption else ""))


def _widths(table: _Table, count: int) -> str:
    """Column widths: as wide as needed for little text, else in proportion to how much each column holds."""
    held = [1] * count
    for _, cells in [*table.head, *table.rows]:
        for column, cell in enumerate(cells):
            held[column] = max(held[column], len(cell))
    if sum(held) < _NARROW:
        return "(" + "auto," * count + ")"
    return "(" + "".join(f"{max(3, isqrt(size))}fr," for size in held) + ")"


@dataclass(slots=True)
class Levels:
    """Heading levels without a gap, as PDF/UA wants them: no heading is more than one level below the one before."""

    last: int = 0

    def of(self, wanted: int) -> int:
        """The level to use for one that should be ``wanted``."""
        self.last = max(1, min(wanted, self.last + 1, 6))
        return self.last
