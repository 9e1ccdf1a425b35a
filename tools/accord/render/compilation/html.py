"""`compilation.html`: one page without a script; every clause and every contribution has an address in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from accord.domain.text.clauses import ROWS, Kind
from accord.render.compilation.columns import (
    NO_TEXT,
    Columns,
    about,
    disposition,
    iso_head,
    joined,
    source,
)
from accord.render.compilation.html_style import STYLE
from accord.render.compilation.model import ClauseGroup, Compilation, Line, Part, RowEntry, Section, where
from accord.render.compilation.runs import harmless
from accord.render.compilation.symbols import SYMBOLS, TYPES
from accord.render.document_page import page
from accord.render.redline_inline import words

_ITU = (
    "Current text",
    "Proposal",
    "Contribution",
    "Reasons",
    "Observation of the secretariat",
    "Disposition",
)
_ISO = (
    "MB/NC",
    "Line no.",
    "Clause/ Subclause/ Annex",
    "Paragraph/ Figure/ Table",
    "Type",
    "Comments (justification)",
    "Proposed change",
    "Observations of the secretariat",
)


def compilation_html(made: Compilation, columns: Columns) -> str:
    """The whole page."""
    body = "\n".join(_Page(made, columns).body())
    return page(made, title=made.title, body=body, style=STYLE, wide=True)


class _Page:
    """A page being written; it knows which contributions have had their address."""

    def __init__(self, made: Compilation, columns: Columns) -> None:
        self._made = made
        self._columns = columns
        self._head = _ITU if columns is Columns.ITU else _ISO
        self._named: set[int] = set()
        self._places: dict[int, list[tuple[str, str]]] = {}
        for part in made.parts:
            for section, group, entry in part.rows:
                spot = (_anchor(part, group), where(section, group))
                self._places.setdefault(entry.input.number, []).append(spot)

    def body(self) -> Iterator[str]:
        """What stands in `main`."""
        made = self._made
        yield f"<h1>{_said(made.title)}</h1>"
        facts = [*iso_head(made), ("As of", made.as_of)]
        yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{_said(value)}</dd>" for name, value in facts) + "</dl>"
        yield "".join(f"<p><strong>{_said(line)}</strong></p>" for line in made.head[:1])
        yield "".join(f"<p>{_said(line)}</p>" for line in made.head[1:])
        yield f'<p class="legend">{_said(SYMBOLS)}</p>'
        if self._columns is Columns.ISO:
            yield f'<p class="legend">{_said(TYPES)}</p>'
        yield from self._contents()
        for part in made.parts:
            yield f'<section aria-labelledby="{part.key}"><h2 id="{part.key}">{_said(part.title)}</h2>'
            if not part.sections:
                yield "<p>Nothing was received.</p>"
            for section in part.sections:
                yield from self._section(part, section)
            yield "</section>"
        yield from self._indexes()

    def _contents(self) -> Iterator[str]:
        yield '<nav aria-label="Contents"><h2>Contents</h2>'
        for part in self._made.parts:
            yield f'<p><a href="#{part.key}">{_said(part.title)}</a></p><ul>'
            for section in part.sections:
                links = " · ".join(
                    f'<a href="#{_anchor(part, group)}">{_said(group.label)}</a> ({len(group.entries)})'
                    for group in section.groups
                )
                name = f'<a href="#{part.key}-{escape(section.key)}">{_said(section.title)}</a>'
                yield f"<li>{name}: {links}</li>"
            yield "</ul>"
        yield '<p><a href="#by-number">Contributions by number</a> · <a href="#by-entity">by entity</a></p></nav>'

    def _section(self, part: Part, section: Section) -> Iterator[str]:
        yield f'<h3 id="{part.key}-{escape(section.key)}">{_said(section.title)}</h3>'
        kind = self._columns.value
        head = "".join(f'<th scope="col">{name}</th>' for name in self._head)
        cols = "".join(f'<col class="{kind}{place}">' for place in range(1, len(self._head) + 1))
        yield f'<table class="{kind}"><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead>'
        for group in section.groups:
            yield "<tbody>"
            what = f' <span class="element">{_said(group.element)}</span>' if group.element else ""
            yield (
                f'<tr class="clause"><th scope="rowgroup" colspan="{len(self._head)}" id="{_anchor(part, group)}">'
                f"{_said(group.label)}{what}</th></tr>"
            )
            for place, entry in enumerate(group.entries):
                yield self._row(group, entry, first=place == 0)
            yield "</tbody>"
        yield "</table>"

    def _row(self, group: ClauseGroup, entry: RowEntry, *, first: bool) -> str:
        it = entry.input
        if self._columns is Columns.ISO:
            cells = [
                self._number(it.number) + _block(it.source),
                _block(group.lines),
                _block(group.clause),
                _block(group.element),
                _block(entry.type.value),
                f"{_block(it.title, strong=True)}{_block(it.reasons)}",
                _proposal(entry),
                _block(joined(*it.observations, disposition(entry))),
            ]
            return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        contribution = (
            self._number(it.number)
            + _block(it.title, strong=True)
            + _block(source(entry))
            + _block(about(entry))
        )
        cells = [
            _proposal(entry),
            contribution,
            _block(it.reasons),
            _block(joined(*it.observations)),
            _block(it.disposition, strong=True) + _block(it.reason),
        ]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        if first:
            now = _text([Line(row=group.current)]) if group.current else ""
            return f"<tr><td>{now}</td>{row}</tr>"
        # One cell over all rows would keep them together on paper, on however many pages.
        return f'<tr><td class="as-above">{_said(group.label)}</td>{row}</tr>'

    def _number(self, number: int) -> str:
        """The number as a link to the index, and once the address of the contribution."""
        mark = "" if number in self._named else f' id="contribution-{number}"'
        self._named.add(number)
        return f'<p class="no"{mark}><a href="#number-{number}">{number}</a></p>'

    def _indexes(self) -> Iterator[str]:
        names = (
            "No.",
            "Title",
            "Source",
            "Category",
            "Class",
            "Kind",
            "Receipt",
            "Where it stands",
            "Disposition",
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        yield '<h2 id="by-number">Contributions by number</h2>'
        yield f'<table class="index"><thead><tr>{head}</tr></thead><tbody>'
        for it in self._made.inputs:
            places = " · ".join(
                f'<a href="#{anchor}">{_said(label)}</a>'
                for anchor, label in dict.fromkeys(self._places.get(it.number, ()))
            )
            cells = "".join(f'<td dir="auto">{_said(one)}</td>' for one in (it.title, it.source, it.category))
            yield (
                f'<tr id="number-{it.number}"><th scope="row"><a href="#contribution-{it.number}">{it.number}</a></th>'
                f"{cells}<td>{_said(it.input_class)}</td><td>{_said(it.kind)}</td><td>{_said(it.received)}</td>"
                f"<td>{places}</td><td>{_said(it.disposition)}</td></tr>"
            )
        yield '</tbody></table><h2 id="by-entity">Contributions by entity</h2><ul>'
        by_source: dict[str, list[int]] = {}
        for it in self._made.inputs:
            by_source.setdefault(it.source, []).append(it.number)
        for name in sorted(by_source, key=str.casefold):
            links = ", ".join(f'<a href="#contribution-{one}">{one}</a>' for one in by_source[name])
            yield f'<li><span dir="auto">{_said(name)}</span>: {links}</li>'
        yield "</ul>"


def _proposal(entry: RowEntry) -> str:
    out = f'<p class="symbol">{_said(entry.symbol)}</p>{_text(entry.lines)}'
    if not entry.lines and not entry.remarks:
        out += _block(NO_TEXT.get(entry.symbol, ""))
    return out + "".join(f'<p class="remark">{_said(remark)}</p>' for remark in entry.remarks)


def _text(lines: Sequence[Line]) -> str:
    out = []
    for line in lines:
        lead = f'<span class="number">{_said(line.lead)}</span> ' if line.lead else ""
        said = "".join(f' <span class="remark">({_said(remark)})</span>' for remark in line.remarks)
        cells = words(line.row)
        text = " | ".join(cells) if line.row.clause.kind in ROWS else "".join(cells)
        kind = ' class="keyword"' if line.row.clause.kind is Kind.KEYWORD else ""
        out.append(f'<p dir="auto"{kind}>{lead}{text}{said}</p>')
    return "".join(out)


def _block(text: str, *, strong: bool = False) -> str:
    """Paragraphs of what somebody wrote."""
    lines = [line for line in harmless(text).split("\n") if line.strip()]
    start, end = ("<strong>", "</strong>") if strong else ("", "")
    return "".join(f'<p dir="auto">{start}{escape(line)}{end}</p>' for line in lines)


def _said(text: str) -> str:
    return escape(" ".join(harmless(text).split()))


def _anchor(part: Part, group: ClauseGroup) -> str:
    return escape(f"{part.key}-{group.key}")
