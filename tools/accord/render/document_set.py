"""All documents of a revision, by file name: the same sheet gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping

from accord.render.document_contributions import contributions_html, contributions_markdown
from accord.render.document_html import report_html
from accord.render.document_markdown import heading_blocks, report_markdown
from accord.render.document_page import page
from accord.render.document_sheet import REHEARSAL, Sheet
from accord.render.docx.redline import redline_docx
from accord.render.docx.report import report_docx
from accord.render.pdf.redline import redline_typst
from accord.render.pdf.report import report_typst
from accord.render.redline_html import STYLE, render_html
from accord.render.redline_markdown import render_markdown

CONTEXT = 2


def documents(sheet: Sheet) -> dict[str, bytes]:
    """Report with annex, list of contributions, and the redline to the draft before where there is one."""
    texts = {
        "report.md": report_markdown(sheet),
        "report.html": report_html(sheet),
        "contributions.md": contributions_markdown(sheet),
        "contributions.html": contributions_html(sheet),
    }
    files = {"report.docx": report_docx(sheet)}
    if sheet.redline is not None and sheet.authorship is not None:
        title = _title(sheet)
        head = "\n\n".join(heading_blocks(sheet, title))
        marked = render_markdown(sheet.redline, context=CONTEXT, authorship=sheet.authorship)
        texts["redline.md"] = f"{head}\n\n{marked}"
        body = render_html(
            sheet.redline, title=title, fragment=True, view="both", authorship=sheet.authorship
        )
        texts["redline.html"] = page(sheet, title=title, body=body, style=STYLE, wide=True)
        files["redline.docx"] = redline_docx(
            sheet.redline,
            title=title,
            authorship=sheet.authorship,
            notice=sheet.notice,
            page=sheet.page,
            moment=sheet.moment,
            remarks=_remarks(sheet),
        )
    return files | {name: text.encode("utf-8", "replace") for name, text in texts.items()}


def typeset(sheet: Sheet) -> Mapping[str, str]:
    """The Typst sources of the PDFs, by the name of the PDF."""
    sources = {"report.pdf": report_typst(sheet)}
    if sheet.redline is not None and sheet.authorship is not None:
        sources["redline.pdf"] = redline_typst(
            sheet.redline,
            title=_title(sheet),
            authorship=sheet.authorship,
            notice=sheet.notice,
            page=sheet.page,
            remarks=_remarks(sheet),
        )
    return sources


def _title(sheet: Sheet) -> str:
    return f"{sheet.label}: what changed since {sheet.previous}"


def _remarks(sheet: Sheet) -> tuple[str, ...]:
    return (*((REHEARSAL,) if sheet.rehearsal else ()), *sheet.remarks)
