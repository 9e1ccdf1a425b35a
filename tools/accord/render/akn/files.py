"""The Akoma Ntoso files of a revision, by file name."""

from __future__ import annotations

from accord.render.akn.opinion import opinion_akn
from accord.render.akn.report import report_akn
from accord.render.document_sheet import Sheet


def akn_files(sheet: Sheet) -> dict[str, bytes]:
    """`report.akn.xml`, and `opinion-NAME.akn.xml` for each draft Opinion of the annex."""
    opinions = {f"opinion-{entry.name}.akn.xml": opinion_akn(sheet, entry) for entry in sheet.annex}
    return {"report.akn.xml": report_akn(sheet), **opinions}
