"""`contributions.md` and `.html`: every contribution, what became of it and why, and what was said for the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from accord.render.document_markdown import heading_blocks, plain
from accord.render.document_page import page
from accord.render.document_sheet import ContributionEntry, Sheet

TITLE = "List of contributions"
_HEAD = ("No.", "Title", "Source", "Category", "Class", "Kind", "What became of it")
EXPLANATION = (
    "Positions, statements and objections are those of experts nominated by the entity named, "
    "never the entity's own."
)


def contributions_markdown(sheet: Sheet) -> str:
    """The list as Markdown."""
    blocks = [*heading_blocks(sheet, f"{TITLE}: {sheet.label}"), plain(EXPLANATION)]
    if not sheet.contributions:
        blocks.append("No contribution has been received.")
    else:
        rows = [_HEAD, tuple("---" for _ in _HEAD), *(_row(it) for it in sheet.contributions)]
        blocks.append(
            "\n".join(
                "| " + " | ".join(cell if cell == "---" else plain(cell) for cell in row) + " |"
                for row in rows
            )
        )
    if sheet.index:
        blocks.append("## Who contributed to which section")
        for name, found in sheet.index:
            blocks.append(f"- {plain(name)}: {plain(_who(found))}")
    for it in sheet.contributions:
        blocks.append(f"## {it.number}\\. {plain(it.title)}")
        blocks.append("\n".join(f"- {plain(label)}: {plain(text)}" for label, text in _facts(it)))
    return "\n\n".join(blocks) + "\n"


def contributions_html(sheet: Sheet) -> str:
    """The list as a page."""
    title = f"{TITLE}: {sheet.label}"
    return page(sheet, title=title, body="\n".join(_body(sheet, title)), wide=True)


def _body(sheet: Sheet, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>{escape(EXPLANATION)}</p>"
    if not sheet.contributions:
        yield "<p>No contribution has been received.</p>"
        return
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in _HEAD)
    yield f"<table><caption>All contributions</caption><thead><tr>{head}</tr></thead><tbody>"
    for it in sheet.contributions:
        number, *cells = _row(it)
        rest = "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in cells)
        yield f'<tr><th scope="row"><a href="#contribution-{number}">{number}</a></th>{rest}</tr>'
    yield "</tbody></table>"
    if sheet.index:
        yield '<section aria-labelledby="index"><h2 id="index">Who contributed to which section</h2><ul>'
        for name, found in sheet.index:
            yield f"<li>{escape(name)}: {escape(_who(found))}</li>"
        yield "</ul></section>"
    for it in sheet.contributions:
        yield f'<section id="contribution-{it.number}"><h2>{it.number}. {escape(it.title)}</h2><ul>'
        for label, text in _facts(it):
            yield f'<li><strong>{escape(label)}:</strong> <span dir="auto">{escape(text)}</span></li>'
        yield "</ul></section>"


def _row(it: ContributionEntry) -> tuple[str, ...]:
    return (str(it.number), it.title, it.source, it.category, it.input_class, it.kind, it.state)


def _facts(it: ContributionEntry) -> Iterator[tuple[str, str]]:
    yield "Source", it.source
    if it.cosigners:
        yield "Co-signed by", ", ".join(it.cosigners)
    yield "Category", f"{it.category} ({it.input_class})" if it.input_class else it.category
    yield "Kind", it.kind
    yield "Receipt", it.received
    if it.touches:
        yield "Concerns", "; ".join(it.touches)
    for line in it.building:
        yield "Builds on", line
    yield "What became of it", it.state
    if it.reason:
        yield "Reason", it.reason
    for statement in it.statements:
        yield "Statement for the record", statement
    for objection in it.objections:
        yield "Objection", objection


def _who(found: Iterable[tuple[str, tuple[int, ...]]]) -> str:
    said = [f"{category} ({', '.join(map(str, numbers))})" for category, numbers in found]
    return "; ".join(said) or "nobody"
