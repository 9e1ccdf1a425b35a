"""One Word document being made: its blocks, and what they refer to in the other parts of the package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from accord.render.docx.lists import Lists
from accord.render.docx.xml import clean

PORTRAIT, LANDSCAPE = 9638, 14570
"""The width of the text in twentieths of a point: A4 with margins of 2 cm."""


@dataclass(slots=True, kw_only=True)
class Book:
    """``blocks`` are the paragraphs and tables in order, as XML; see :mod:`accord.render.docx.parts` for making them.

    ``language`` is the tag of the language that the text is in.
    """

    language: str = "en-GB"
    blocks: list[str] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    links: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    landscape: bool = False
    serial: int = 0

    @property
    def width(self) -> int:
        """The width of the text where the next block goes, in twentieths of a point."""
        return LANDSCAPE if self.landscape else PORTRAIT

    def add(self, *blocks: str) -> None:
        """Put blocks at the end."""
        self.blocks += blocks

    def extend(self, blocks: Iterable[str]) -> None:
        """Put blocks at the end."""
        self.blocks.extend(blocks)

    def turn(self, *, landscape: bool) -> None:
        """What follows stands on new pages, upright or across."""
        if self.blocks:
            section = section_properties(landscape=self.landscape)
            self.blocks.append(f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{section}</w:pPr></w:p>')
        self.landscape = landscape

    def next_id(self) -> int:
        """A number that no annotation (change, comment, bookmark) has yet."""
        self.serial += 1
        return self.serial

    def link(self, target: str) -> str:
        """The relation to an outside ``target``, which must be safe."""
        return self.links.setdefault(target, f"link{len(self.links) + 1}")

    def note(self, runs: str, mark: str) -> int:
        """A footnote of one paragraph; ``mark`` is the run that shows its sign. Gives its number."""
        number = len(self.notes) + 1
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{mark}<w:r><w:tab/></w:r>{runs}</w:p></w:footnote>"
        )
        return number

    def comment(self, *, said: str, author: str, stamp: str) -> int:
        """A comment of one paragraph; gives its number."""
        number = self.next_id()
        self.comments.append(
            f'<w:comment w:id="{number}" w:author="{clean(author)}" w:date="{stamp}">'
            '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">{clean(said)}</w:t></w:r></w:p></w:comment>'
        )
        return number


def section_properties(*, landscape: bool) -> str:
    """Page size, margins, header and footer of a section."""
    name = "Across" if landscape else "Upright"
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        if landscape
        else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="header{name}"/>'
        f'<w:footerReference w:type="default" r:id="footer{name}"/>{size}'
        '<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )
