"""Clauses as HTML blocks: headings, numbered paragraphs, lettered lists, tables with captions, each with its anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from accord.domain.text.clauses import LITERAL, Clause, Document, Kind
from accord.domain.text.redline import Op, Row, Side
from accord.render.document_sheet import caption, sign
from accord.render.redline_inline import words

_CLOSING = {"bullet": "</ul>", "ordered": "</ol>", "quote": "</blockquote>"}


def inline(clause: Clause) -> list[str]:
    """The clause's wording as escaped HTML: one part, or one a cell for a table row."""
    return words(Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause))


def document_html(
    document: Document, ids: Sequence[str], *, heading: int, opinion: bool = False
) -> Iterator[str]:
    """One file without its front matter. ``heading`` is the level of its first-level headings."""
    writer = _Blocks(heading=heading, opinion=opinion)
    for index, clause in enumerate(document.clauses):
        if clause.kind is not Kind.FRONT:
            yield from writer.clause(clause, ids[index] if index < len(ids) else "")
    yield from writer.close(0)


@dataclass(slots=True, kw_only=True)
class _Blocks:
    """Writes blocks; remembers which are open, and the keyword in force."""

    heading: int
    opinion: bool
    frames: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    table: bool = False
    rows: bool = False
    caption: str = ""
    keyword: str = ""

    def clause(self, clause: Clause, anchor: str) -> Iterator[str]:
        names = clause.frames
        shared = 0
        while shared < min(len(names), len(self.frames)) and self.frames[shared] == names[shared]:
            shared += 1
        inside = clause.kind is Kind.ROW
        yield from self.close(shared - min(clause.apart, shared), keep_table=inside)
        for depth in range(len(self.frames), len(names)):
            yield from self._open(names[depth], item=clause.kind is not Kind.ITEM or depth < len(names) - 1)
        if clause.kind is Kind.ITEM:
            if self.items[-1]:
                yield "</li>"
            self.items[-1] = True
            yield "<li>"
        yield from self._wording(clause, anchor)

    def close(self, depth: int, *, keep_table: bool = False) -> Iterator[str]:
        """Close what is open deeper than ``depth``."""
        if self.table and not (keep_table and depth == len(self.frames)):
            yield "</tbody></table>" if self.rows else "</table>"
            self.table = self.rows = False
        while len(self.frames) > depth:
            if self.items.pop():
                yield "</li>"
            yield _CLOSING.get(self.frames.pop(), "</aside>")

    def _open(self, name: str, *, item: bool) -> Iterator[str]:
        self.frames.append(name)
        listed = name in ("bullet", "ordered")
        if name == "bullet":
            yield "<ul>"
        elif name == "ordered":
            yield '<ol class="signed">'
        elif name == "quote":
            yield "<blockquote>"
        else:
            label = escape(name.removeprefix("note:"))
            yield f'<aside class="note" aria-label="Note {label}"><sup>{label}</sup> '
        self.items.append(item and listed)
        if self.items[-1]:
            yield "<li>"

    def _wording(self, clause: Clause, anchor: str) -> Iterator[str]:
        at = f' id="{escape(anchor)}"' if anchor else ""
        match clause.kind:
            case Kind.HEADING:
                level = min(6, self.heading + clause.level - 1)
                number = f'<span class="number">{escape(clause.label)}</span> ' if clause.label else ""
                self.keyword = ""
                yield f"<h{level}{at}>{number}{inline(clause)[0]}</h{level}>"
            case Kind.KEYWORD:
                self.keyword = clause.label
                yield f'<p{at} class="keyword">{inline(clause)[0]}</p>'
            case Kind.CAPTION:
                self.caption = (
                    f"<caption{at}><b>{escape(clause.label)}:</b> {caption(inline(clause)[0])}</caption>"
                )
            case Kind.HEADER:
                yield from self._head(clause, at)
            case Kind.ROW:
                if not self.rows:
                    self.rows = True
                    yield "<tbody>"
                cells = "".join(f"<td>{cell}</td>" for cell in inline(clause))
                yield f"<tr{at}>{cells}</tr>"
            case Kind.RULE:
                yield "<hr>"
            case kind if kind in LITERAL:
                yield f"<pre{at}>{inline(clause)[0]}</pre>"
            case _:
                yield f"<p{at}>{self._number(clause, anchor)}{inline(clause)[0]}</p>"

    def _head(self, clause: Clause, at: str) -> Iterator[str]:
        self.table = True
        cells = "".join(f'<th scope="col">{cell}</th>' for cell in inline(clause))
        yield f"<table>{self.caption}<thead><tr{at}>{cells}</tr></thead>"
        self.caption = ""

    def _number(self, clause: Clause, anchor: str) -> str:
        """The printed number, which links to itself so that anybody can cite the place."""
        shown = clause.label
        if self.opinion:
            shown = sign(clause.label, self.keyword)
            if clause.kind is Kind.ITEM:
                shown = shown.split(" ")[-1]
        elif clause.kind is Kind.ITEM:
            shown = "" if clause.frames[-1] == "bullet" else clause.label.split(" ")[-1]
        elif clause.kind is Kind.FOOTNOTE:
            shown = ""
        if not shown:
            return ""
        text = f'<span class="number">{escape(shown)}</span>'
        if not anchor:
            return f"{text} "
        name = escape(clause.label)
        return f'<a class="place" href="#{escape(anchor)}" title="{name}">{text}</a> '
