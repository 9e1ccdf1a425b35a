"""Pieces of words as runs: hyperlinks around changes around runs, as the schema nests them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from accord.render.authorship import Author
from accord.render.docx.book import Book
from accord.render.docx.flow import DEL, Link, Piece
from accord.render.docx.looks import PLAIN, Look, properties
from accord.render.docx.right_to_left import directed
from accord.render.docx.xml import clean, stretches

Notes = Callable[[str, str], int | None]
"""From a footnote's label and how its reference changed to the footnote's number; None where there is no footnote."""


def no_notes(_label: str, _mark: str) -> int | None:
    """Where a footnote cannot stand: only its sign is shown."""
    return None


def changed(book: Book, mark: str, author: Author | None, inside: str | None = None) -> str:
    """A change element around ``inside``, or an empty one."""
    if author is None:
        raise ValueError("a change has an author")
    attributes = f'w:id="{book.next_id()}" w:author="{clean(author.name)}" w:date="{author.stamp}"'
    if inside is None:
        return f"<w:{mark} {attributes}/>"
    return f"<w:{mark} {attributes}>{inside}</w:{mark}>"


def runs(
    book: Book,
    pieces: Iterable[Piece],
    *,
    author: Author | None = None,
    notes: Notes = no_notes,
    rtl: tuple[bool, bool] = (False, False),
) -> str:
    """The runs of ``pieces``, those that changed marked as by ``author``.

    ``rtl``: did the paragraph run from right to left before, and does it now?
    Raises ValueError when something changed and nobody did it.
    """
    parts: list[str] = []
    for link, linked in groupby(_joined(pieces), key=lambda piece: piece.link):
        inner: list[str] = []
        for mark, marked in groupby(linked, key=lambda piece: piece.mark):
            made = "".join(_piece(book, piece, author, notes, rtl[mark != DEL]) for piece in marked)
            if made:
                inner.append(changed(book, mark, author, made) if mark else made)
        parts.append(_hyperlink(book, link, "".join(inner)) if link else "".join(inner))
    return "".join(parts)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that differ in nothing but their text as one."""
    last: Piece | None = None
    texts: list[str] = []
    for piece in pieces:
        if last is not None and piece.kind == last.kind == "text" and piece[2:] == last[2:]:
            texts.append(piece.text)
            continue
        if last is not None:
            yield last._replace(text="".join(texts))
        last, texts = piece, [piece.text]
    if last is not None:
        yield last._replace(text="".join(texts))


def _hyperlink(book: Book, link: Link, inside: str) -> str:
    title = f' w:tooltip="{clean(link.title)}"' if link.title else ""
    return f'<w:hyperlink r:id="{book.link(link.target)}"{title} w:history="1">{inside}</w:hyperlink>'


def _piece(book: Book, piece: Piece, author: Author | None, notes: Notes, rtl: bool) -> str:
    match piece.kind:
        case "br":
            return "<w:r><w:br/></w:r>"
        case "note":
            return _reference(piece, notes(piece.text, piece.mark))
        case _:
            gone = piece.mark == DEL
            if piece.was is None:
                return written(piece.text, piece.look, gone=gone, rtl=rtl)
            was = properties(piece.was)
            change = changed(book, "rPrChange", author, f"<w:rPr>{was}</w:rPr>")
            return written(piece.text, piece.look, gone=gone, rtl=rtl, change=change)


def written(text: str, look: Look = PLAIN, *, gone: bool = False, rtl: bool = False, change: str = "") -> str:
    """``text`` as runs of one look; ``gone`` words are written as deleted ones, ``change`` ends their properties."""
    return "".join(
        _run(sign, part, look._replace(rtl=direction), gone=gone, change=change)
        for direction, stretch in directed(text, rtl)
        for sign, part in stretches(stretch)
    )


def _run(sign: bool, part: str, look: Look, *, gone: bool, change: str) -> str:
    said = properties(look._replace(sign=True, rtl=False) if sign else look) + change
    inside = f"<w:rPr>{said}</w:rPr>" if said else ""
    return f"<w:r>{inside}{_text(part, 'delText' if gone else 't')}</w:r>"


def _text(part: str, tag: str) -> str:
    """Escaped text; lines and tabs are elements of their own."""
    if "\n" not in part and "\t" not in part:
        return f'<w:{tag} xml:space="preserve">{part}</w:{tag}>'
    lines = []
    for line in part.split("\n"):
        cells = (
            f'<w:{tag} xml:space="preserve">{cell}</w:{tag}>' if cell else "" for cell in line.split("\t")
        )
        lines.append("<w:tab/>".join(cells))
    return "<w:br/>".join(lines)


def _reference(piece: Piece, number: int | None) -> str:
    label = _text(clean(piece.text), "delText" if piece.mark == DEL else "t")
    # The label is printed as it is cited, so Word must not count by itself.
    note = f'<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>' if number else ""
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{note}{label}</w:r>'
