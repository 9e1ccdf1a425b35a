"""The contents: a field that Word can update, already filled in so that it reads without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accord.domain.text.clauses import Clause
from accord.render.docx.parts import jump, para, words
from accord.render.docx.row_words import pieces_of

# Headings of the first level and the two titles of the annex; links instead of page numbers until it is updated.
_FIELD = ' TOC \\o "1-1" \\h \\z \\t "Part title,1,Opinion title,2" '
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve">{_FIELD.replace(chr(34), "&quot;")}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line; its words are ``text`` or those of a heading."""

    level: int
    place: str
    number: str = ""
    text: str = ""
    clause: Clause | None = None

    @property
    def said(self) -> str:
        """Number and words."""
        text = self.text
        if self.clause is not None:
            text = "".join(piece.text for piece in pieces_of(self.clause)[0] if piece.kind == "text")
        return f"{self.number}\t{text}" if self.number else text


def contents(entries: Iterable[Entry]) -> Iterator[str]:
    """The heading and the lines."""
    listed = list(entries)
    if not listed:
        return
    yield para(words("Contents"), "ContentsTitle")
    for index, entry in enumerate(listed):
        line = jump(entry.said, entry.place)
        if index == 0:
            line = _BEGIN + line
        if index + 1 == len(listed):
            line += _END
        yield para(line, f"TOC{entry.level}")
