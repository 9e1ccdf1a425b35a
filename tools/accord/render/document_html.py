"""`report.html`: the Report with cover, contents and computed numbers, and the annex with the draft Opinions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from accord.domain.drafts.facts import Showing
from accord.render.document_blocks import document_html, inline
from accord.render.document_page import page
from accord.render.document_sheet import AnnexEntry, Sheet, sections


def report_html(sheet: Sheet) -> str:
    """The whole document as one page."""
    body = "\n".join([*_cover(sheet), *_contents(sheet), *_report(sheet), *_annex(sheet)])
    return page(sheet, title=f"{sheet.label}: {sheet.title}", body=body)


def _cover(sheet: Sheet) -> Iterator[str]:
    yield '<header class="cover">'
    yield f"<p>{escape(sheet.forum)}</p>"
    yield f"<h1>{escape(sheet.title)}</h1>"
    if sheet.subtitle:
        yield f"<p>{escape(sheet.subtitle)}</p>"
    yield f"<p><strong>{escape(sheet.label)}</strong></p>"
    yield "<dl>"
    for label, value in sheet.cover:
        yield f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"
    yield "</dl>"
    for remark in sheet.remarks:
        yield f"<p>{escape(remark)}</p>"
    yield "</header>"


def _contents(sheet: Sheet) -> Iterator[str]:
    yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ul>'
    for heading in sections(sheet):
        yield f'<li><a href="#section-{escape(heading.label)}">{escape(heading.label)} {inline(heading)[0]}</a></li>'
    if sheet.annex:
        yield '<li><a href="#annex">Annex: draft Opinions</a><ul>'
        for entry in sheet.annex:
            yield (
                f'<li><a href="#opinion-{escape(entry.name)}">Draft Opinion {entry.number}: '
                f"{escape(entry.title)}</a></li>"
            )
        yield "</ul></li>"
    yield "</ul></nav>"


def _report(sheet: Sheet) -> Iterator[str]:
    for document in sheet.report:
        found = [clause for clause in sections(sheet) if clause.path == document.path]
        at = f' id="section-{escape(found[0].label)}"' if found else ""
        blocks = "\n".join(document_html(document, sheet.ids.get(document.path, ()), heading=2))
        if blocks:
            yield f"<section{at}>\n{blocks}\n</section>"


def _annex(sheet: Sheet) -> Iterator[str]:
    if not sheet.annex and not sheet.left_out:
        return
    yield '<section class="annex" id="annex">'
    yield "<h2>Annex: draft Opinions</h2>"
    for one in sheet.left_out:
        yield f'<p class="status">Left out ({escape(one.meeting)}): {escape(one.title)}</p>'
    for entry in sheet.annex:
        yield from _opinion(entry, sheet)
    yield "</section>"


def _opinion(entry: AnnexEntry, sheet: Sheet) -> Iterator[str]:
    yield f'<article class="opinion" id="opinion-{escape(entry.name)}">'
    yield f"<h3>Draft Opinion {entry.number}: {escape(entry.title)}</h3>"
    yield f'<p class="status">Theme: {escape(", ".join(entry.themes))}. {escape(entry.status)}</p>'
    blocks = "\n".join(
        document_html(entry.document, sheet.ids.get(entry.document.path, ()), heading=4, opinion=True)
    )
    if entry.showing is Showing.IN_BRACKETS:
        opening = '<p class="bracket" aria-label="opening square bracket">[</p>'
        closing = '<p class="bracket" aria-label="closing square bracket">]</p>'
        yield f'<div class="brackets">{opening}\n{blocks}\n{closing}</div>'
    else:
        yield blocks
    yield "</article>"
