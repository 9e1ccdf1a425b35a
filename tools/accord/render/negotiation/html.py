"""`negotiation.html`: the text as it reads, and in square brackets everything that is in question; no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from accord.domain.text.clauses import LITERAL, ROWS, Kind
from accord.domain.text.inline import cells
from accord.render.document_page import page
from accord.render.negotiation.model import NegotiatedFile, Negotiation, Place, Proposer
from accord.render.negotiation.parts import Part, Passage, Sort, passages
from accord.render.negotiation.style import STYLE
from accord.render.negotiation.words import (
    HOW_TO_READ,
    TITLE,
    about,
    asked,
    behind,
    entry,
    printed,
    shown,
    shows,
    summary,
)
from accord.render.redline_nodes import atoms_html


def negotiation_html(view: Negotiation) -> str:
    """The whole page."""
    body = "\n".join([*_head(view), *_contents(view), *_texts(view), *_others(view)])
    return page(view, title=f"{TITLE}: {shown(view.title)}", body=body, style=STYLE, wide=True)


def said(text: str) -> str:
    """What somebody wrote or is called, as one run."""
    return f"<bdi>{escape(shown(text))}</bdi>"


def _head(view: Negotiation) -> Iterator[str]:
    yield '<header class="cover">'
    yield f"<p>{said(view.forum)}</p><h1>{TITLE}: {said(view.title)}</h1>"
    yield f"<p>As of {escape(view.shown_moment)}. <strong>{escape(summary(view))}</strong></p>"
    yield f"<p class='remark'>Text {escape(view.commit)}, record {escape(view.record)}</p>"
    yield '<ul class="how">' + "".join(f"<li>{escape(line)}</li>" for line in HOW_TO_READ) + "</ul>"
    yield "</header>"


def _contents(view: Negotiation) -> Iterator[str]:
    yield '<nav aria-labelledby="contents"><h2 id="contents">What is in question</h2>'
    if not view.open:
        yield "<p>Nothing.</p>"
    yield "<ul>"
    for number, file in enumerate(view.files, start=1):
        places = [place for place in file.places if place.open]
        if places:
            yield f'<li><a href="#text-{number}">{said(file.title)}</a><ul>'
            for place in places:
                yield f'<li><a href="#{escape(place.anchor)}">{said(place.where)}</a>: {escape(entry(place))}</li>'
            yield "</ul></li>"
    yield "</ul></nav>"


def _texts(view: Negotiation) -> Iterator[str]:
    for number, file in enumerate(view.files, start=1):
        if not any(shows(file)):
            continue
        yield f'<section class="file" id="text-{number}"><h2>{said(file.title)}</h2>'
        if file.new:
            yield '<p class="remark">Not in the text: all of it is proposed.</p>'
        yield from _File(view, file).blocks()
        yield "</section>"


def _others(view: Negotiation) -> Iterator[str]:
    groups = (
        ("Open contributions that change no text", view.statements),
        ("Agreed, and not in the text yet", view.agreed),
        ("Open contributions whose text is out of reach", view.unread),
    )
    for title, found in groups:
        if found:
            yield f"<section><h2>{title}</h2><ul>"
            yield from (f"<li>{_proposer(one)}</li>" for one in found)
            yield "</ul></section>"


def _proposer(one: Proposer) -> str:
    return f"{said(one.source)}. " + " ".join(said(sentence) for sentence in behind(one))


@dataclass(slots=True)
class _File:
    """Writes the places of one file; remembers the keyword in force and whether a table is open."""

    view: Negotiation
    file: NegotiatedFile
    keyword: str = ""
    columns: int = 0

    def blocks(self) -> Iterator[str]:
        for place in shows(self.file):
            inside = self._in_table(place)
            if self.columns and not inside:
                yield "</table>"
                self.columns = 0
            if inside and not self.columns:
                self.columns = len(cells(self._first(place)))
                yield "<table>"
            yield from self._row(place) if inside else self._place(place)
        if self.columns:
            yield "</table>"

    def _in_table(self, place: Place) -> bool:
        if place.clause is not None:
            return place.clause.kind in ROWS
        kinds = {clause.kind for one in place.alternatives for clause in one.reading}
        return bool(self.columns) and kinds <= {Kind.ROW}

    def _first(self, place: Place) -> str:
        return place.clause.text if place.clause else ""

    def _row(self, place: Place) -> Iterator[str]:
        if place.open:
            inner = "".join(self._place(place, at=False))
            yield f'<tr><td colspan="{self.columns}" id="{escape(place.anchor)}">{inner}</td></tr>'
            return
        head = place.clause is not None and place.clause.kind is Kind.HEADER
        opening, closing = ('<th scope="col">', "</th>") if head else ("<td>", "</td>")
        (passage,) = passages(place)
        found: list[list[str]] = [[]]
        for atom in passage.parts[0].atoms:
            if atom.text == " | ":
                found.append([])
            else:
                found[-1].append(atoms_html([atom]))
        row = "".join(f"{opening}{''.join(one)}{closing}" for one in found)
        yield f'<tr id="{escape(place.anchor)}">{row}</tr>'

    def _place(self, place: Place, *, at: bool = True) -> Iterator[str]:
        here = f' id="{escape(place.anchor)}"' if at else ""
        if place.clause is not None and place.clause.kind is Kind.HEADING:
            self.keyword = ""
        if place.clause is not None and place.clause.kind is Kind.KEYWORD:
            self.keyword = place.clause.label
        if not place.open:
            (passage,) = passages(place)
            yield self._passage(passage, here)
            return
        yield f'<div class="open"{here}>'
        yield f'<p class="where">{said(place.where)}</p>'
        yield from (self._passage(one, "") for one in passages(place))
        yield from self._notes(place)
        yield "</div>"

    def _passage(self, passage: Passage, here: str) -> str:
        clause = passage.clause
        text = "".join(_part(part, own=passage.own) for part in passage.parts)
        number = printed(clause, self.keyword, opinion=self.file.opinion) if passage.own else ""
        lead = f'<span class="number">{escape(number)}</span> ' if number else ""
        depth = sum(frame in ("bullet", "ordered") for frame in clause.frames)
        kind = "proposed" if not passage.own else "own"
        kind += f" in-{min(depth, 4)}" if depth else ""
        kind += " quote" if "quote" in clause.frames else ""
        match clause.kind:
            case Kind.HEADING if passage.own:
                level = min(6, clause.level + 1)
                return f'<h{level} class="{kind}"{here}>{lead}{text}</h{level}>'
            case Kind.HEADING | Kind.CAPTION:
                return f'<p class="{kind} strong"{here}>{lead}{text}</p>'
            case Kind.KEYWORD:
                return f'<p class="{kind} keyword"{here}>{text}</p>'
            case Kind.RULE if passage.own:
                return f"<hr{here}>"
            case found if found in LITERAL:
                return f'<pre class="{kind}"{here}>{text}</pre>'
            case _:
                return f'<p class="{kind}" dir="auto"{here}>{lead}{text}</p>'

    def _notes(self, place: Place) -> Iterator[str]:
        yield '<ul class="notes">'
        for one in place.alternatives:
            told = "".join(f"<li>{said(line)}</li>" for who in one.proposers for line in behind(who))
            yield f"<li><strong>{said(asked(one))}</strong><ul>{told}</ul></li>"
        yield from (f"<li>{said(line)}</li>" for line in about(place, self.view))
        yield "</ul>"


def _part(part: Part, *, own: bool) -> str:
    text = atoms_html(part.atoms)
    if part.fresh and not own:
        text = f'<ins><span class="spoken">new words: </span>{text}<span class="spoken"> end of new words</span></ins>'
    match part.sort:
        case Sort.AGREED:
            return text
        case Sort.CURRENT:
            return f'<span class="current">{_sign("[", "in question, the text as it reads: ")}{text}{_END}</span>'
        case _:
            opening = _sign("[", "proposed by ") if part.opens else ""
            lead = f"<b>{said(part.lead)}:</b> " if part.lead else ""
            return f'<span class="words">{opening}{lead}{text}{_END if part.closes else ""}</span>'


def _sign(sign: str, heard: str) -> str:
    """A bracket to be seen, and what it means to be heard."""
    return f'<span class="sign-of" aria-hidden="true">{sign}</span><span class="spoken">({heard}</span>'


_END = '<span class="sign-of" aria-hidden="true">]</span><span class="spoken"> end of brackets) </span>'
