"""What stands above every Word document of ours."""

from __future__ import annotations

from collections.abc import Iterator

from accord.render.docx.book import Book
from accord.render.docx.parts import address, para, words


def notices(book: Book, notice: str, page: str) -> Iterator[str]:
    """The box that says what a document is not, and where the official one is."""
    if notice or page:
        yield para(words(f"{notice} ") + address(book, page, page), "Notice")
