"""Typst: sets a document as tagged PDF in its PDF/UA-1 mode, with the shipped fonts only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from accord.domain.findings import Finding, Place, Refused

if TYPE_CHECKING:
    from typst import Fonts

_FONTS = ("fontpkg_noto_sans", "fontpkg_amiri")
_CHINESE = "pylopdf_fonts_zh_cn"
_HAN = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3100-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f]")
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_RULE = re.compile(r"error: PDF/UA-1 error: (.*)(?:\n\s*┌─ [^:\n]*:(\d+):)?")
_RUST = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_PLACE = re.compile(r"//@ (.*)\t(.*)")
_LITERAL = re.compile(r'link\("(?:[^"\\]|\\.)*"|"((?:[^"\\]|\\.)*)"')  # the address of a link is not shown
_AROUND = 25


class Typst:
    """The typesetter of the documents (a :class:`~accord.application.ports.Typesetter`)."""

    def pdf(self, source: str, moment: datetime) -> bytes:
        """The PDF of ``source``, dated ``moment`` to the second: the same two give the same bytes.

        Raises:
            Refused: signs that no shipped font has, each with every place it stands at, or a rule of PDF/UA-1 that the
                document breaks (exit FINDINGS).
        """
        import typst

        try:
            made = typst.compile(
                source.encode(),
                font_paths=_fonts(chinese=bool(_HAN.search(source))),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            found = [*_signs(error.diagnostic, source)] or [*_rules(error.diagnostic, source)]
            if not found:
                raise
            raise Refused(found) from error
        if not isinstance(made, bytes):
            raise TypeError("Typst gave no single PDF")
        return made


@cache
def _fonts(*, chinese: bool) -> Fonts:
    """The shipped fonts; the large Chinese one is read only for texts that need it."""
    from typst import Fonts

    folders = [str(files(package).joinpath("files")) for package in _FONTS]
    if chinese:
        folders.append(str(files(_CHINESE)))
    return Fonts(include_system_fonts=False, font_paths=folders)


def _signs(diagnostic: str, source: str) -> Iterator[Finding]:
    """A finding for each sign that no font has, at each place it stands at."""
    missing = {_plain(text) for text in _MISSING.findall(diagnostic)}
    # A sign that joins others is only missing where what it joins is.
    missing = {text for text in missing if unicodedata.category(text[0]) != "Cf"} or missing
    for place, line in _lines(source):
        said = "".join(_plain(text) for text in _LITERAL.findall(line))
        for text in sorted(missing):
            at = said.find(text)
            if at >= 0:
                around = said[max(0, at - _AROUND) : at + len(text) + _AROUND].strip()
                yield Finding(
                    rule="sign-without-a-font",
                    message=f"no font for the PDF has the sign “{text}” ({_codes(text)}), in “{around}”",
                    fix="Write it in Latin, Greek, Cyrillic, Arabic or Chinese signs, or read the HTML document.",
                    place=place,
                )


def _codes(text: str) -> str:
    return ", ".join(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in text)


def _rules(diagnostic: str, source: str) -> Iterator[Finding]:
    """A finding for each rule of PDF/UA-1 that is broken, at the place that Typst points at."""
    places = [place for place, _ in _lines(source, every=True)]
    for message, line in _RULE.findall(diagnostic):
        yield Finding(
            rule="pdf-for-everyone",
            message=f"the PDF would not be readable for everyone: {message}",
            fix="Change the text at this place, or read the HTML document.",
            place=places[int(line) - 1] if line else None,
        )


def _lines(source: str, *, every: bool = False) -> Iterator[tuple[Place | None, str]]:
    """The lines of the text with the place that the comment before them names; ``every`` line, or those with one."""
    place = None
    for line in source.split("\n"):
        if match := _PLACE.fullmatch(line):
            place = Place(file=match[1], path=match[2])
        if every or (place and not line.startswith("//@")):
            yield place, line


def _plain(text: str) -> str:
    return _RUST.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
