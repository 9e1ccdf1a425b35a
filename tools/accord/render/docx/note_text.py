"""Footnotes: whatever a definition holds becomes lines of one paragraph, so that nothing of it is left half there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.domain.text.clauses import LITERAL, Clause, Kind
from accord.domain.text.redline import Row
from accord.render.docx.flow import DEL, FROM, INS, Piece
from accord.render.docx.layout import Placed
from accord.render.docx.looks import PLAIN
from accord.render.docx.row_words import changed_pieces, pieces_of

_CODE = PLAIN._replace(style="InlineCode")
_BREAK = Piece("br", "", PLAIN, None, "")


def note_lines(clauses: Sequence[Placed], mark: str) -> Iterator[tuple[Row, list[Piece]]]:
    """The words of a footnote whose reference has ``mark``, by the rows that they come from; nothing where it has none.

    A reference that went takes the old words with it, one that came brings the new ones.
    """
    old_started = new_started = False
    for one in clauses:
        old = one.old if mark in {"", DEL, FROM} else None
        new = one.new if mark not in {DEL, FROM} else None
        if old is None and new is None:
            continue
        line = _pair(
            [_BREAK] * (old is not None and old_started), [_BREAK] * (new is not None and new_started)
        )
        old_started |= old is not None
        new_started |= new is not None
        yield one.row, line + _line(one, old, new) if mark == "" else _all(line + _line(one, old, new), mark)


def _all(pieces: list[Piece], mark: str) -> list[Piece]:
    return [piece._replace(mark=DEL if mark in {DEL, FROM} else INS) for piece in pieces]


def _line(one: Placed, old: Clause | None, new: Clause | None) -> list[Piece]:
    start = _pair([_prefix(old)] if old else [], [_prefix(new)] if new else [])
    if old is not None and new is not None:
        cells, mark = changed_pieces(old, new, one.row.spans), ""
    else:
        mark = DEL if old else INS
        cells = pieces_of(old or new or one.clause, mark)
    line = [piece for piece in start if piece.text]
    for index, cell in enumerate(cells):
        if index:
            line.append(Piece("text", " | ", PLAIN, None, mark))
        line += [piece._replace(look=_CODE) if one.clause.kind in LITERAL else piece for piece in cell]
    return line


def _pair(old: list[Piece], new: list[Piece]) -> list[Piece]:
    """What both sides have once, what only one has marked."""
    if old == new:
        return new
    return [piece._replace(mark=DEL) for piece in old] + [piece._replace(mark=INS) for piece in new]


def _prefix(clause: Clause) -> Piece:
    """The sign of a list item, as text."""
    text = ""
    if clause.kind is Kind.ITEM:
        text = "• " if clause.frames[-1] == "bullet" else f"{clause.label.split(' ')[-1]} "
    return Piece("text", text, PLAIN, None, "")
