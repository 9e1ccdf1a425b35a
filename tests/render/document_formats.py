"""The redline as documents for Word and on paper, in the table of formats: readers of the documents' own tests."""

from __future__ import annotations

from datetime import UTC, datetime

from accord.adapters.typst import Typst
from accord.domain.text.clauses import Document
from accord.domain.text.numbering import number
from accord.domain.text.redline import Redline, compare
from accord.render.authorship import Author, Authorship
from accord.render.docx.redline import redline_docx
from accord.render.pdf.redline import redline_typst
from tests.render.docx.expected import expected_views, read_views
from tests.render.docx.word import Word
from tests.render.pdf.reader import Pdf, blocks, plainly, sides
from tests.render.pdf.test_redline_pdf import shape, wanted
from tests.render.redline_formats import Format

_MOMENT = datetime(2026, 9, 1, 12, tzinfo=UTC)
_WHOSE = Authorship(default=Author(name="Arcadia", at=_MOMENT, contribution=12))


def _docx(redline: Redline) -> object:
    return redline_docx(redline, title="Changes", authorship=_WHOSE, moment=_MOMENT)


def _read_docx(drawn: object, side: str) -> object:
    assert isinstance(drawn, bytes)
    found = Word(drawn).resolve(side).text_blocks()
    return found, read_views(found)


def _text_in_word(document: Document) -> object:
    drawn = _docx(compare([document], [document]))
    assert isinstance(drawn, bytes)
    clauses = [clause for numbered in number([document]) for clause in numbered.clauses]
    return Word(drawn).text_blocks(), expected_views(clauses)


def _pdf(redline: Redline) -> object:
    return Typst().pdf(redline_typst(redline, title="Changes", authorship=_WHOSE), _MOMENT)


def _read_pdf(drawn: object, side: str) -> object:
    assert isinstance(drawn, bytes)
    return [shape(one) for one in sides(blocks(Pdf(drawn)), side)]


DOCUMENTS = (
    Format(
        name="Word",
        says="each paragraph, cell and note, its style, number, words and their look",
        render=_docx,
        read=_read_docx,
        expected=_text_in_word,
    ),
    Format(
        name="PDF",
        says="each block of the tagged structure, its words and their look; a run of spaces or a hard break is a space",
        render=_pdf,
        read=_read_pdf,
        expected=lambda document: [wanted(clause) for clause in document.clauses],
        can=plainly,
    ),
)
