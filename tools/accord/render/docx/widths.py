"""How wide the columns of a table are, judged by the words in them."""

from __future__ import annotations

from collections.abc import Sequence

from accord.render.docx.flow import Piece
from accord.render.docx.parts import shares

_LONGEST_WORD, _LONGEST_TEXT = 24, 400


def widths(rows: Sequence[Sequence[Sequence[Piece]]], total: int) -> list[int]:
    """The widths of columns whose cells hold these pieces; together they are ``total``."""
    weights: list[float] = []
    for column in zip(*rows, strict=True):
        texts = ["".join(piece.text for piece in cell) for cell in column]
        word = max((len(word) for text in texts for word in text.split()), default=1)
        longest = max(len(text) for text in texts)
        # A column holds its longest word; beyond that, twice the words ask for less than twice the room.
        weights.append(2 + max(1.2 * min(word, _LONGEST_WORD), min(longest, _LONGEST_TEXT) ** 0.75))
    return shares(total, *weights)
