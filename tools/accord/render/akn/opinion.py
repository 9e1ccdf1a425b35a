"""A draft Opinion: an AKN4UN statement with its preamble, keyword by keyword, and its operative paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.numbering import is_operative
from accord.render.akn.blocks import Blocks, note_drawer
from accord.render.akn.inline import words
from accord.render.akn.meta import Work, meta, preface
from accord.render.akn.notes import lift
from accord.render.akn.paragraphs import paragraphs
from accord.render.akn.places import Located, Places, located
from accord.render.akn.xml import Element, document, element
from accord.render.document_sheet import AnnexEntry, Sheet, sign


def opinion_akn(sheet: Sheet, entry: AnnexEntry) -> bytes:
    """One draft Opinion of the sheet's annex."""
    work = Work(
        kind="opinion",
        name=entry.name,
        title=entry.title,
        status=entry.status,
        number=str(entry.number),
        sources=entry.sources,
    )
    preamble, body = element("preamble"), element("mainBody")
    _text(located(entry.document, sheet.ids), preamble, body)
    if not body.children:
        body.add("p")
    statement = element("statement", meta(sheet, work), preface(sheet, work), name="opinion")
    statement.children += [preamble, body] if preamble.children else [body]
    return document(element("akomaNtoso", statement))


def _text(clauses: list[Located], preamble: Element, body: Element) -> None:
    """Everything up to the first operative keyword is the preamble, if there is a keyword at all."""
    places = Places()
    kept, notes = lift(clauses, places, note_drawer(places, _sign("")))
    parts = _parts(kept)
    where = preamble if any(part[0].clause.kind is Kind.KEYWORD for part in parts) else body
    for part in parts:
        head = part[0]
        keyword = head.clause.label if head.clause.kind is Kind.KEYWORD else ""
        if where is preamble and (is_operative(keyword) or _breaks(head.clause)):
            where = body
        if is_operative(keyword) or (where is body and _breaks(head.clause)):
            kind = "op" if keyword else "sec"
            name = keyword or "part"
            held = body.add("hcontainer", eId=places.new("", kind, keyword), wId=head.id, name=name)
            held.add("heading", *words(head.clause, notes))
            paragraphs(
                held, part[1:], places=places, notes=notes, sign=_sign(keyword), operative=bool(keyword)
            )
            continue
        above = ""
        target = where
        if keyword:
            above = places.new("", "pre", keyword)
            target = where.add("container", eId=above, name=keyword)
        elif where is preamble:
            above = places.new("", "formula", "")
            target = where.add("formula", eId=above, name="enacting")
        blocks = Blocks(target=target, above=above, places=places, notes=notes, sign=_sign(keyword))
        for one in part:
            blocks.add(one)


def _parts(clauses: list[Located]) -> list[list[Located]]:
    """A part for each keyword, for each heading after one, and for what stands before."""
    parts: list[list[Located]] = [[]]
    for one in clauses:
        begun = any(part and part[0].clause.kind is Kind.KEYWORD for part in parts)
        if one.clause.kind is Kind.KEYWORD or (begun and _breaks(one.clause)):
            parts.append([])
        parts[-1].append(one)
    return [part for part in parts if part]


def _breaks(clause: Clause) -> bool:
    return clause.kind is Kind.HEADING and not clause.frames


def _sign(keyword: str) -> Callable[[Clause], str]:
    """What gives the letter or number printed before a clause under a keyword."""

    def of(clause: Clause) -> str:
        shown = sign(clause.label, keyword)
        return shown.split(" ")[-1] if clause.kind is Kind.ITEM else shown

    return of
