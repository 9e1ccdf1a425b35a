"""The draft as a Word document: cover, contents, the Report, and the annex with the draft Opinions."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.drafts.facts import Showing
from accord.domain.text.clauses import Clause
from accord.domain.text.redline import Op, Row, Side
from accord.render.document_sheet import AnnexEntry, Sheet, body, sections
from accord.render.docx.body import Body
from accord.render.docx.book import Book
from accord.render.docx.contents import Entry, contents
from accord.render.docx.cover import cover
from accord.render.docx.package import Facts, package
from accord.render.docx.parts import para, place, words
from accord.render.docx.right_to_left import runs_left
from accord.render.docx.signs import signs_of

_ANNEX = "Annex: draft Opinions"
_LANGUAGES = {
    "arabic": "ar-SA",
    "chinese": "zh-CN",
    "english": "en-GB",
    "french": "fr-FR",
    "russian": "ru-RU",
    "spanish": "es-ES",
}
_IN_ANNEX = 2
"""How much deeper the headings of an Opinion stand in the outline."""


def report_docx(sheet: Sheet) -> bytes:
    """The document; the same sheet gives the same bytes."""
    book = Book(language=_LANGUAGES.get(sheet.original.lower(), "en-GB"))
    book.extend(cover(book, sheet))
    book.extend(contents(_entries(sheet)))
    documents = [*sheet.report, *(entry.document for entry in sheet.annex)]
    signs = signs_of([document.clauses for document in documents])
    places = {id(clause): _section(clause) for clause in sections(sheet)}
    text = Body(book=book, old=signs, new=signs, places=places)
    for index, document in enumerate(sheet.report):
        text.new_page = index == 0
        text.file(_rows(body(document)))
    if sheet.annex or sheet.left_out:
        book.add(_part(book, _ANNEX, "annex"))
    for one in sheet.left_out:
        book.add(para(words(f"Left out ({one.meeting}): {one.title}"), "Status"))
    opinions = Body(book=book, old=signs, new=signs, shift=_IN_ANNEX)
    for entry in sheet.annex:
        _opinion(book, entry, opinions)
    facts = Facts(
        title=f"{sheet.label}: {sheet.title}",
        moment=sheet.moment,
        symbol=sheet.symbol,
        label=sheet.label,
        short=sheet.forum,
        notice=sheet.notice,
    )
    return package(book, facts)


def _section(clause: Clause) -> str:
    return f"section_{clause.label}"


def _opinion_place(entry: AnnexEntry) -> str:
    return f"opinion_{entry.number}"


def _entries(sheet: Sheet) -> Iterator[Entry]:
    for clause in sections(sheet):
        yield Entry(level=1, number=clause.label, clause=clause, place=_section(clause))
    if sheet.annex or sheet.left_out:
        yield Entry(level=1, text=_ANNEX, place="annex")
    for entry in sheet.annex:
        yield Entry(level=2, text=f"Draft Opinion {entry.number}: {entry.title}", place=_opinion_place(entry))


def _part(book: Book, text: str, name: str) -> str:
    return para(place(book, name, words(text)), "PartTitle", new_page=True)


def _rows(clauses: tuple[Clause, ...]) -> list[Row]:
    return [Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause) for clause in clauses]


def _opinion(book: Book, entry: AnnexEntry, text: Body) -> None:
    title = words(f"Draft Opinion {entry.number}: {entry.title}")
    book.add(para(place(book, _opinion_place(entry), title), "OpinionTitle", rtl=runs_left(entry.title)))
    book.add(para(words(f"Theme: {', '.join(entry.themes)}. {entry.status}"), "Status"))
    bracketed = entry.showing is Showing.IN_BRACKETS
    if bracketed:
        book.add(para(words("["), "Bracket", keep=True))
    text.file(_rows(body(entry.document)))
    if bracketed:
        book.add(para(words("]"), "Bracket"))
