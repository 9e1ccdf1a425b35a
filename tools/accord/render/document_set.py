"""All documents of a revision, by file name: the same sheet gives the same bytes."""

from __future__ import annotations

from accord.render.document_contributions import contributions_html, contributions_markdown
from accord.render.document_html import report_html
from accord.render.document_markdown import heading_blocks, report_markdown
from accord.render.document_page import page
from accord.render.document_sheet import Sheet
from accord.render.redline_html import STYLE, render_html
from accord.render.redline_markdown import render_markdown

CONTEXT = 2


def documents(sheet: Sheet) -> dict[str, bytes]:
    """Report with annex, list of contributions, and the redline to the draft before where there is one."""
    files = {
        "report.md": report_markdown(sheet),
        "report.html": report_html(sheet),
        "contributions.md": contributions_markdown(sheet),
        "contributions.html": contributions_html(sheet),
    }
    if sheet.redline is not None:
        title = f"{sheet.label}: what changed since {sheet.previous}"
        head = "\n\n".join(heading_blocks(sheet, title))
        files["redline.md"] = f"{head}\n\n{render_markdown(sheet.redline, context=CONTEXT)}"
        body = render_html(sheet.redline, title=title, fragment=True)
        files["redline.html"] = page(sheet, title=title, body=body, style=STYLE)
    return {name: text.encode("utf-8", "replace") for name, text in files.items()}
