"""Word documents, written by ourselves: what other writers cannot write is most of what a redline needs."""

from accord.render.docx.redline import redline_docx
from accord.render.docx.report import report_docx

__all__ = ["redline_docx", "report_docx"]
