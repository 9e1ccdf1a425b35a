"""Characters that don't belong into a text that people agree on: hidden, reordering, or no text at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from accord.domain.findings import Finding, Place

_LIMIT = 20
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
# Characters of other categories that show as nothing.
_BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0}


def check_characters(data: bytes, file: str) -> Iterator[Finding]:
    """Every forbidden character of a text file with its line and column (1-based, in characters)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        yield _finding(
            "text-encoding", "This is not UTF-8 text.", "Save the file as UTF-8.", file, line, column
        )
        return
    if text.startswith("\ufeff"):
        yield _finding(
            "text-mark",
            "The file begins with a byte order mark.",
            "Save it as UTF-8 without one.",
            file,
            1,
            1,
        )
        text = text[1:]
    yield from check_text(text, file)


def check_text(text: str, file: str) -> Iterator[Finding]:
    """The same for text that is decoded already; stops after the first twenty."""
    if text.isascii() and text.isprintable():
        return
    count = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.isascii() and line.isprintable():
            continue
        for column, character in enumerate(line, start=1):
            found = _problem(character)
            if found is None:
                continue
            rule, what = found
            code = f"U+{ord(character):04X}"
            yield _finding(
                rule,
                f"There is {what} here ({code}).",
                "Delete it; retype the words around it.",
                file,
                number,
                column,
            )
            count += 1
            if count == _LIMIT:
                return


def _problem(character: str) -> tuple[str, str] | None:
    code = ord(character)
    if code == 0x09 or (0x20 <= code < 0x7F):
        return None
    if code == 0:
        return "text-binary", "a zero byte, so this is no text,"
    if code in _BIDI:
        return "text-bidi", "a hidden character that changes the direction of reading"
    category = unicodedata.category(character)
    if category == "Cc":
        return "text-control", "a control character"
    if category == "Cf" or code in _BLANK or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return "text-hidden", "a character that cannot be seen"
    if category in ("Co", "Cs", "Cn"):
        return "text-unassigned", "a character without an agreed meaning"
    return None


def _finding(rule: str, message: str, fix: str, file: str, line: int, column: int) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, line=line, column=column))
