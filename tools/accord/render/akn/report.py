"""The Report: an AKN4UN statement of sections, paragraphs and what stands in them."""

from __future__ import annotations

from accord.domain.text.clauses import Clause, Kind
from accord.render.akn.blocks import Blocks, note_drawer
from accord.render.akn.inline import words
from accord.render.akn.meta import Work, meta, preface
from accord.render.akn.notes import Notes, lift
from accord.render.akn.paragraphs import paragraphs
from accord.render.akn.places import Located, Places, located
from accord.render.akn.xml import Element, document, element
from accord.render.document_sheet import Sheet


def report_akn(sheet: Sheet) -> bytes:
    """The Report of a sheet, without its annex: each draft Opinion is a document of its own."""
    work = Work(kind="report", name="report", title=sheet.title, status=sheet.label)
    places = Places()
    body = element("mainBody")
    for one in sheet.report:
        clauses, notes = lift(located(one, sheet.ids), places, note_drawer(places, _sign))
        for part in _parts(clauses):
            _section(body, part, places, notes)
    if not body.children:
        body.add("p")
    statement = element("statement", meta(sheet, work), preface(sheet, work), body, name="report")
    return document(element("akomaNtoso", statement))


def _parts(clauses: list[Located]) -> list[list[Located]]:
    """A part for what stands before the first section, and one for each section, its heading first."""
    parts: list[list[Located]] = [[]]
    for one in clauses:
        if _opens(one.clause):
            parts.append([])
        parts[-1].append(one)
    return [part for part in parts if part]


def _opens(clause: Clause) -> bool:
    return clause.kind is Kind.HEADING and clause.level == 1 and not clause.frames


def _section(body: Element, part: list[Located], places: Places, notes: Notes) -> None:
    head = part[0]
    if not _opens(head.clause):
        blocks = Blocks(target=body, above="", places=places, notes=notes, sign=_sign)
        for one in part:
            blocks.add(one)
        return
    section = body.add("section", eId=places.new("", "sec", head.clause.label), wId=head.id)
    if head.clause.label:
        section.add("num", head.clause.label)
    section.add("heading", *words(head.clause, notes))
    paragraphs(section, part[1:], places=places, notes=notes, sign=_sign)


def _sign(clause: Clause) -> str:
    """The printed number of a paragraph, or the letter of an item."""
    if clause.kind is not Kind.ITEM:
        return clause.label
    return clause.label.split(" ")[-1] if clause.frames[-1] == "ordered" else ""
