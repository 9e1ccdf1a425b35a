"""Clauses as blocks: paragraphs, lists, tables, quotations, notes, code, in whatever they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from accord.domain.text.clauses import Clause, Kind
from accord.render.akn.inline import cells, words
from accord.render.akn.notes import Notes
from accord.render.akn.places import Located, Places
from accord.render.akn.xml import Element, element

_LISTS = ("bullet", "ordered")


@dataclass(slots=True)
class _Frame:
    """An open block: its name and the element that takes what stands in it; for a list, the list too."""

    name: str
    holder: Element
    list_: Element | None = None


@dataclass(slots=True, kw_only=True)
class Blocks:
    """Writes blocks into ``target``, whose place is ``above``; ``sign`` gives the number printed before a clause."""

    target: Element
    above: str
    places: Places
    notes: Notes
    sign: Callable[[Clause], str]
    outer: int = 0
    _frames: list[_Frame] = field(default_factory=list)
    _caption: Element | None = None
    _table: Element | None = None

    def add(self, one: Located) -> None:
        """Write a clause; its ``outer`` outermost blocks are those that the target stands for."""
        clause = one.clause
        names = clause.frames[self.outer :]
        shared = 0
        while shared < min(len(names), len(self._frames)) and self._frames[shared].name == names[shared]:
            shared += 1
        del self._frames[shared - min(clause.apart, shared) :]
        if clause.kind is not Kind.ROW:
            self._table = None
        for depth in range(len(self._frames), len(names)):
            last = depth == len(names) - 1
            self._open(names[depth], one if last else None)
        if clause.kind is Kind.ITEM and self._frames:
            self._item(self._frames[-1], one)
        elif clause.kind is Kind.FOOTNOTE:
            self._holder().add("p", *words(clause, self.notes))
        else:
            self._wording(one)

    def _holder(self) -> Element:
        return self._frames[-1].holder if self._frames else self.target

    def _place(self) -> str:
        return self._frames[-1].holder.attributes["eId"] if self._frames else self.above

    def _open(self, name: str, one: Located | None) -> None:
        holder, above = self._holder(), self._place()
        if name in _LISTS:
            made = holder.add("blockList", eId=self.places.new(above, "list", ""), class_=name)
            frame = _Frame(name, made, made)
            if one is None or one.clause.kind is not Kind.ITEM:
                frame.holder = made.add("item", eId=self.places.new(made.attributes["eId"], "item", "1"))
        else:
            inside = self._inside(name, one, above)
            holder.add("p", inside)
            frame = _Frame(name, inside)
        self._frames.append(frame)

    def _inside(self, name: str, one: Located | None, above: str) -> Element:
        """The structure inside a paragraph that a quotation or a footnote is."""
        if name == "quote":
            return element("embeddedStructure", eId=self.places.new(above, "quote", ""))
        label = name.removeprefix("note:")
        id_ = one.id if one and one.clause.kind is Kind.FOOTNOTE else ""
        second = label in self.notes.taken or label in self.notes.lifted
        other = self.places.new("", "fn", label) if second else ""
        return self.notes.element(label, id_, other)

    def _item(self, frame: _Frame, one: Located) -> None:
        assert frame.list_ is not None  # noqa: S101 - only lists have items
        sign = self.sign(one.clause)
        count = str(len(frame.list_.children) + 1)
        place = self.places.new(frame.list_.attributes["eId"], "item", sign or count)
        item = frame.list_.add("item", eId=place, wId=one.id)
        if sign:
            item.add("num", sign)
        item.add("p", *words(one.clause, self.notes))
        frame.holder = item

    def _wording(self, one: Located) -> None:
        clause, holder, above = one.clause, self._holder(), self._place()
        match clause.kind:
            case Kind.CAPTION:
                self._caption = element(
                    "caption",
                    element("inline", f"{clause.label}:", name="number"),
                    " ",
                    *words(clause, self.notes),
                    eId=self.places.new(above, "caption", clause.label),
                    wId=one.id,
                )
            case Kind.HEADER | Kind.ROW:
                self._row(self._table or self._begin(holder, above), one)
            case Kind.PARAGRAPH:
                self._paragraph(one, holder, above)
            case kind:
                name = {Kind.KEYWORD: "keyword", Kind.HEADING: "heading"}.get(kind, kind.value)
                block = holder.add("block", name=name, eId=self.places.new(above, name, ""), wId=one.id)
                block.children = words(clause, self.notes)
                if kind is Kind.CODE:
                    block.attributes["xml:space"] = "preserve"

    def _paragraph(self, one: Located, holder: Element, above: str) -> None:
        sign = self.sign(one.clause)
        if not sign:
            place = self.places.new(above, "p", "")
            holder.add("p", *words(one.clause, self.notes), eId=place, wId=one.id)
            return
        numbered = holder.add("tblock", eId=self.places.new(above, "para", sign), wId=one.id)
        numbered.add("num", sign)
        numbered.add("p", *words(one.clause, self.notes))

    def _begin(self, holder: Element, above: str) -> Element:
        self._table = holder.add("table", eId=self.places.new(above, "table", ""))
        if self._caption:
            self._table.children.append(self._caption)
        self._caption = None
        return self._table

    def _row(self, table: Element, one: Located) -> None:
        place = self.places.new(table.attributes["eId"], "tr", str(len(table.children)))
        row = table.add("tr", eId=place, wId=one.id)
        for wording in cells(one.clause, self.notes):
            row.add("th" if one.clause.kind is Kind.HEADER else "td", element("p", *wording))


def note_drawer(
    places: Places, sign: Callable[[Clause], str]
) -> Callable[[Sequence[Located], Element, Notes], None]:
    """What writes the clauses of a note into its element."""

    def draw(clauses: Sequence[Located], note: Element, notes: Notes) -> None:
        above = note.attributes["eId"]
        blocks = Blocks(target=note, above=above, places=places, notes=notes, sign=sign, outer=1)
        for one in clauses:
            blocks.add(one)

    return draw
