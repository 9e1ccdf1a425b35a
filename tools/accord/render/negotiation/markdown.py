"""`negotiation.md`: the negotiating view as Markdown; the brackets are signs to be read, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from accord.domain.text.clauses import LITERAL, Kind
from accord.domain.text.inline import cells, joined
from accord.domain.text.nodes import Node
from accord.domain.text.spelling import Atom
from accord.render.document_markdown import plain
from accord.render.document_sheet import REHEARSAL
from accord.render.negotiation.model import NegotiatedFile, Negotiation, Place, Proposer
from accord.render.negotiation.parts import Part, Passage, Sort, passages, text
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
from accord.render.redline_words import UNSEEN


def negotiation_markdown(view: Negotiation) -> str:
    """The whole file."""
    blocks = [*_head(view), *_contents(view)]
    for file in view.files:
        blocks += _file(view, file)
    blocks += _others(view)
    blocks.append(f"---\n\n{said(view.notice)} <{view.page}>")
    return "\n\n".join(blocks) + "\n"


def said(words: str) -> str:
    """What somebody wrote or is called, as itself."""
    return plain(shown(words)).replace("@", "&#64;")


def _head(view: Negotiation) -> Iterator[str]:
    yield f"# {TITLE}: {said(view.title)}"
    yield f"> {said(view.notice)} <{view.page}>"
    if view.rehearsal:
        yield f"> **{plain(REHEARSAL)}**"
    yield f"As of {said(view.shown_moment)}. **{said(summary(view))}**"
    yield f"Text {view.commit}, record {view.record}"
    yield "\n".join(f"- {plain(line)}" for line in HOW_TO_READ)


def _contents(view: Negotiation) -> Iterator[str]:
    yield "## What is in question"
    lines = []
    for file in view.files:
        places = [place for place in file.places if place.open]
        if places:
            lines.append(f"- {said(file.title)}")
            lines += [f"  - {said(place.where)}: {plain(entry(place))}" for place in places]
    yield "\n".join(lines) or "Nothing."


def _file(view: Negotiation, file: NegotiatedFile) -> Iterator[str]:
    if not any(shows(file)):
        return
    yield f"## {said(file.title)}"
    if file.new:
        yield "*Not in the text: all of it is proposed.*"
    keyword = ""
    table: list[str] = []
    for place in shows(file):
        row = _row(place, begun=bool(table))
        if row:
            table += row
            continue
        if table:
            yield "\n".join(table)
            table = []
        if place.clause is not None and place.clause.kind in (Kind.HEADING, Kind.KEYWORD):
            keyword = place.clause.label if place.clause.kind is Kind.KEYWORD else ""
        for passage in passages(place):
            block = _passage(passage, keyword, opinion=file.opinion)
            yield block if passage.own else f"> {block}".replace("\n", "\n> ")
        if place.open:
            yield "\n".join(_notes(view, place))
    if table:
        yield "\n".join(table)


def _row(place: Place, *, begun: bool) -> list[str]:
    """The lines of a table for a row in which nothing is in question; a row after one that is stands alone."""
    clause = place.clause
    if (
        place.open
        or clause is None
        or not (clause.kind is Kind.HEADER or (begun and clause.kind is Kind.ROW))
    ):
        return []
    (passage,) = passages(place)
    words = f"| {_words(passage.parts[0].atoms)} |"
    return [words, "|" + " --- |" * len(cells(clause.text))] if clause.kind is Kind.HEADER else [words]


def _notes(view: Negotiation, place: Place) -> Iterator[str]:
    for one in place.alternatives:
        yield f"- **{said(asked(one))}**"
        yield from (f"  - {said(line)}" for who in one.proposers for line in behind(who))
    yield from (f"- {said(line)}" for line in about(place, view))


def _others(view: Negotiation) -> Iterator[str]:
    groups = (
        ("Open contributions that change no text", view.statements),
        ("Agreed, and not in the text yet", view.agreed),
        ("Open contributions whose text is out of reach", view.unread),
    )
    for title, found in groups:
        if found:
            yield f"## {title}"
            yield "\n".join(_line(one) for one in found)


def _line(one: Proposer) -> str:
    return f"- {said(one.source)}. {' '.join(said(sentence) for sentence in behind(one))}"


def _passage(passage: Passage, keyword: str, *, opinion: bool) -> str:
    clause = passage.clause
    if clause.kind in LITERAL:
        return _fence(UNSEEN.sub(_code, text(passage.parts)))
    words = "".join(_part(part, own=passage.own) for part in passage.parts)
    number = printed(clause, keyword, opinion=opinion) if passage.own else ""
    depth = sum(frame in ("bullet", "ordered") for frame in clause.frames)
    if clause.kind is Kind.HEADING:
        lead = f"{plain(number)} " if number else ""
        return f"{'#' * min(6, clause.level + 1)} {lead}{words}" if passage.own else f"**{words}**"
    return f"{'&emsp;' * depth}{f'**{plain(number)}** ' if number else ''}{words}"


def _part(part: Part, *, own: bool) -> str:
    words = _words(part.atoms)
    if part.fresh and not own:
        words = f"<ins>{words}</ins>"
    if part.sort is Sort.AGREED:
        return words
    lead = f"**{said(part.lead)}:** " if part.lead else ""
    return f"{chr(92) + '[' if part.opens else ''}{lead}{words}{chr(92) + ']' if part.closes else ''}"


def _words(spelling: Sequence[Atom]) -> str:
    """Words with their own emphasis and links; raw HTML, and signs that nobody sees, show as text."""
    return UNSEEN.sub(_code, "".join(_atom(atom) for atom in spelling))


def _atom(atom: Atom) -> str:
    if any(_raw(node) for node in atom.nodes):
        return f"<kbd>{escape(plain(joined([atom])), quote=False)}</kbd>"
    return atom.text.replace("@", "&#64;").replace("\\\n", "<br>")


def _raw(node: Node) -> bool:
    return node.tag in ("html", "image") or any(_raw(child) for child in node.children)


def _code(found: re.Match[str]) -> str:
    return f"(U+{ord(found[0]):04X})"


def _fence(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{words}\n{fence}"
